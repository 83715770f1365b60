"""Which measure, rule and definition of one version is which of the other.

A measure may have been moved, renumbered, renamed or reworded; what it says, its title and its number speak for a pair, in that order.
A rule or definition keeps its name, or, where the name is gone, what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from attrs import frozen

from fayan_compiler.diff.keys import Keys
from fayan_runtime import ir

#: Below this likeness two measures are two measures.
ENOUGH = 0.5

T = TypeVar("T")


@frozen
class Pair(Generic[T]):
    """What became of a thing: both sides, or one."""

    old: T | None
    new: T | None


def pair_measures(old: Sequence[ir.Measure], new: Sequence[ir.Measure]) -> list[Pair[ir.Measure]]:
    """The best likeness first. In the order of the new version; what is gone stands after the measure it used to follow."""
    scored = [(likeness(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)]
    became: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score >= ENOUGH and i not in became and j not in became.values():
            became[i] = j
    was = {j: i for i, j in became.items()}
    pairs = [Pair(old[was[j]] if j in was else None, each) for j, each in enumerate(new)]
    for i, each in enumerate(old):
        if i not in became:
            after = next((place + 1 for place, pair in enumerate(pairs) if i and pair.old is old[i - 1]), 0)
            pairs.insert(after, Pair(each, None))
    return pairs


def likeness(one: ir.Measure, other: ir.Measure) -> float:
    """Between 0 and 1. A text that is not on file says nothing: then title and number decide."""
    same_number = one.number == other.number
    title = 1.0 if one.title == other.title else SequenceMatcher(None, one.title, other.title, False).ratio()
    if {one.number, other.number} & {0} and not same_number:  # the preamble is no measure
        return 0.0
    if one.unseen or other.unseen:
        untold = any(each.unseen and not each.sentences for each in (one, other))
        return 0.9 if same_number and (untold or title == 1.0) else 0.6 * title
    text = SequenceMatcher(None, text_of(one), text_of(other), False)
    if text.real_quick_ratio() < ENOUGH / 2 or text.quick_ratio() < ENOUGH / 2:
        return 0.3 * title + 0.1 * same_number
    return 0.6 * text.ratio() + 0.3 * title + 0.1 * same_number


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


def pair_functions(old: ir.Program, new: ir.Program) -> list[Pair[ir.Function]]:
    """By name, else by what they say all the way down."""
    before, after = Keys(old), Keys(new)
    return pair_by(
        old.functions,
        new.functions,
        (lambda each: each.name, lambda each: each.name),
        (lambda each: before.body(each.name), lambda each: after.body(each.name)),
    )
