"""Which measure, rule and definition of one version is which of the other.

A measure may have been moved, renumbered, renamed and reworded, all at once; its text, its rules, its title and its number speak for a
pair, in that order.
A rule or definition keeps its name, or, where the name is gone, what it says; a rule of the same measure, most of what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Generic, TypeVar

from attrs import frozen

from fayan_compiler.diff.keys import Keys
from fayan_runtime import ir
from fayan_runtime.changes import Likeness

#: Of 100; below this likeness two measures are two measures.
ENOUGH = 40

T = TypeVar("T")
Rules = dict[str, str]


@frozen
class Pair(Generic[T]):
    """What became of a thing: both sides, or one. ``likeness``: of two measures, what speaks for the pair."""

    old: T | None
    new: T | None
    likeness: Likeness | None = None


def pair_measures(old: ir.Program, new: ir.Program) -> list[Pair[ir.Measure]]:
    """The most alike first. In the order of the new version; what is gone stands after the measure it used to follow."""
    rules = _rules(old), _rules(new)
    found: dict[tuple[int, int], Likeness] = {}
    for i, one in enumerate(old.measures):
        for j, other in enumerate(new.measures):
            like = likeness(one, other, rules[0].get(one.number, {}), rules[1].get(other.number, {}))
            if like.score >= ENOUGH:
                found[i, j] = like
    became: dict[int, int] = {}
    for i, j in sorted(found, key=lambda each: (-found[each].score, each)):
        if i not in became and j not in became.values():
            became[i] = j
    was = {j: i for i, j in became.items()}
    pairs: list[Pair[ir.Measure]] = [
        Pair(old.measures[was[j]], each, found[was[j], j]) if j in was else Pair(None, each)
        for j, each in enumerate(new.measures)
    ]
    for i, each in enumerate(old.measures):
        if i not in became:
            after = next((place + 1 for place, pair in enumerate(pairs) if i and pair.old is old.measures[i - 1]), 0)
            pairs.insert(after, Pair(each, None))
    return pairs


def likeness(one: ir.Measure, other: ir.Measure, ours: Rules, theirs: Rules) -> Likeness:
    """What speaks for two measures being one. A text that is not on file says nothing: then title and number decide."""
    if {one.number, other.number} & {0} and one.number != other.number:  # the preamble is no measure
        return Likeness()
    title = 1.0 if one.title == other.title else SequenceMatcher(None, one.title, other.title, False).ratio()
    number = one.number == other.number
    if one.unseen or other.unseen:
        untold = any(each.unseen and not each.sentences for each in (one, other))
        sure = number and (untold or title == 1.0)
        return Likeness(number=number, title=round(100 * title), score=90 if sure else round(60 * title))
    same = sum(name in theirs or says in theirs.values() for name, says in ours.items())
    shared = same / max(len(ours), len(theirs)) if ours or theirs else None
    text = _text_likeness(text_of(one), text_of(other), enough=ENOUGH / 200 if title < 1 and not same else 0.0)
    weights = [(0.5, text), (0.2, title), (0.05, float(number))]
    weights += [(0.25, shared)] if shared is not None else []
    score = sum(weight * value for weight, value in weights) / sum(weight for weight, _ in weights)
    return Likeness(
        number=number,
        title=round(100 * title),
        text=round(100 * text),
        rules=(same, max(len(ours), len(theirs))),
        score=round(100 * score),
    )


def _text_likeness(one: str, other: str, enough: float) -> float:
    """How much of the two is in common, in runs of two characters and more; 0 where it is sure to be less than is ``enough``."""
    if one == other:
        return 1.0
    match = SequenceMatcher(None, one, other, False)
    if match.real_quick_ratio() < enough or match.quick_ratio() < enough:
        return 0.0
    return 2 * sum(each.size for each in match.get_matching_blocks() if each.size > 1) / max(len(one) + len(other), 1)


def _rules(program: ir.Program) -> dict[int, Rules]:
    """What rules say, by measure and name."""
    keys = Keys(program)
    found: dict[int, Rules] = {}
    for each in program.provisions:
        says = keys.deep([each.kind, each.each, each.must, each.amount, each.stages, each.goal, each.checks])
        found.setdefault(each.measure, {})[each.name] = says
    return found


def text_of(measure: ir.Measure) -> str:
    """原文 as one run of characters, white space apart."""
    return "".join("".join(each.text.split()) for each in measure.sentences)


def pair_by(
    old: Iterable[T], new: Iterable[T], *keys: tuple[Callable[[T], Hashable], Callable[[T], Hashable]]
) -> list[Pair[T]]:
    """By the first key, what is left by the next, and so on; each key as (of the old, of the new)."""
    left, right = list(old), list(new)
    partner: dict[int, T] = {}
    for of_old, of_new in keys:
        waiting: dict[Hashable, list[T]] = {}
        for each in left:
            waiting.setdefault(of_old(each), []).append(each)
        for place, each in enumerate(right):
            if place not in partner and waiting.get(of_new(each)):
                partner[place] = waiting[of_new(each)].pop(0)
        taken = {id(each) for each in partner.values()}
        left = [each for each in left if id(each) not in taken]
    return [Pair(partner.get(place), each) for place, each in enumerate(right)] + [Pair(each, None) for each in left]


def alike_enough(
    old: Sequence[tuple[frozenset[Hashable], Hashable]],
    new: Sequence[tuple[frozenset[Hashable], Hashable]],
    common: Mapping[Hashable, int],
) -> dict[int, int]:
    """Of things that say several things each, and stand somewhere, those that stand at one place and have most in common: new place → old
    place, the most alike first. What ``common`` says many say speaks less for a pair."""

    def weight(said: Iterable[Hashable]) -> Fraction:
        return sum((Fraction(1, max(common.get(each, 1), 1)) for each in said), Fraction())

    found = {
        (i, j): weight(one & other) / weight(one | other)
        for i, (one, here) in enumerate(old)
        for j, (other, there) in enumerate(new)
        if here == there and one & other
    }
    became: dict[int, int] = {}
    for i, j in sorted(found, key=lambda each: (-found[each], each)):
        if 100 * found[i, j] >= ENOUGH and j not in became and i not in became.values():
            became[j] = i
    return became


def pair_functions(old: ir.Program, new: ir.Program, guessed: ir.Program) -> list[Pair[ir.Function]]:
    """By name, else by what they say all the way down; at last by what the old ones say with facts ``guessed`` to be renamed."""
    before, after, perhaps = Keys(old), Keys(new), Keys(guessed)
    return pair_by(
        old.functions,
        new.functions,
        (lambda each: each.name, lambda each: each.name),
        (lambda each: before.body(each.name), lambda each: after.body(each.name)),
        (lambda each: perhaps.body(each.name), lambda each: after.body(each.name)),
    )
