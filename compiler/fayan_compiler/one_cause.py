"""Problems that one slip makes in several places, as one problem where the slip is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from fayan_compiler.problems import names, rules, types
from fayan_compiler.problems.imports import FactNotHere, NothingToTake
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.source import Span

P = TypeVar("P", bound=Problem)
_DECLARED = Term(
    "看这里声明的类型、单位是不是写错了；没有错的，改用到它的各处。",
    "See whether the type or unit declared here is wrong; if it is right, correct the places that use it.",
)


def _of(told: Sequence[Problem], kind: type[P]) -> list[P]:
    return [each for each in told if isinstance(each, kind)]


# ---------------------------------------------------------------- types
def of_types(
    told: list[Problem], members: Mapping[tuple[str, str], Span], facts: Sequence[tuple[str, str, Span]]
) -> list[Problem]:
    """A member that no 按 has a row for, and a fact whose type or unit fits nowhere, are told at their declarations.

    ``members`` says where each member of each type stands; ``facts`` has their names, what their types are called, and where these stand.
    """
    lacking: dict[tuple[str, str], list[rules.MissingMember]] = {}
    for each in _of(told, rules.MissingMember):
        lacking.setdefault((each.type, each.missing), []).append(each)
    for (type, missing), same in lacking.items():
        declared = members.get((type, missing.split("、")[0]))
        if declared is not None and len(same) > 1:
            told = _merged(told, same, declared, Term("这里没有写它", "no row for it here"))
    unlike: dict[frozenset[str], list[types.UnitMismatch]] = {}
    for one in _of(told, types.UnitMismatch):
        unlike.setdefault(frozenset((one.left.zh, one.right.zh)), []).append(one)
    for pair, alike in unlike.items():
        places = [span for _, said, span in facts if said in pair]
        if len(alike) > 1 and len(places) == 1:
            used = Term("用在这里，单位不合", "used here, where the unit does not fit")
            hinted = alike[0].but(hint=_DECLARED)
            told = [hinted if each is alike[0] else each for each in told]
            told = _merged(told, [hinted, *alike[1:]], places[0], used)
    return _of_one_type(told, facts)


def _of_one_type(told: list[Problem], facts: Sequence[tuple[str, str, Span]]) -> list[Problem]:
    """Uses of a name that is declared with a type none of them is good for."""
    wrong = [each for each in told if isinstance(each, types.TypeMismatch | types.WrongComparison)]
    if len(wrong) < 2:
        return told
    words = {id(each): re.findall(r"\w+", each.source.text[each.span.start : each.span.end]) for each in wrong}
    for name, said, span in facts:
        same = [each for each in wrong if name in words[id(each)] and each.found.zh == said]
        if len(same) > 1 and [one[:2] for one in facts].count((name, said)) == 1:
            same.sort(key=lambda each: isinstance(each, types.WrongComparison))  # what a type is for says more
            used = Term("用在这里，类型不合", "used here, where the type does not fit")
            wrong = [each for each in wrong if each not in same]
            first = same[0]
            if isinstance(first, types.TypeMismatch):
                hinted = first.but(hint=_DECLARED)
                told = [hinted if each is first else each for each in told]
                same[0] = hinted
            told = _merged(told, same, span, used)
    return told


def _merged(told: list[Problem], same: Sequence[Problem], at: Span, used: Term) -> list[Problem]:
    """``same`` as one problem that stands ``at`` its cause and points to where each of them stood."""
    labels = tuple(Label(each.span, used) for each in same)
    one = same[0].but(span=at, labels=labels, fixes=())
    return [one if each is same[0] else each for each in told if each is same[0] or each not in same]


def of_facts(told: list[Problem]) -> list[Problem]:
    """A fact that is not taken, and that several things taken look at, is told once."""
    lacking: dict[str, list[FactNotHere]] = {}
    for each in _of(told, FactNotHere):
        lacking.setdefault(each.facts, []).append(each)
    for first, *others in lacking.values():
        labels = (Label(each.span, Term(f"“{each.word}”也要看它", f"{each.word} looks at it too")) for each in others)
        one = first.but(labels=(*first.labels, *labels))
        told = [one if each is first else each for each in told if each not in others]
    return told


# ---------------------------------------------------------------- names
def of_taking(
    unknown: dict[tuple[Any, ...], list[names.Unknown]], known: Mapping[tuple[Any, ...], Iterable[str]]
) -> None:
    """A name misspelt where it is taken from another document is used under its own: told where it is taken."""
    for cause, uses in list(unknown.items()):
        if not isinstance(uses[0], NothingToTake):
            continue
        near = nearest(uses[0].word, known[cause])
        for other, lost in list(unknown.items()):
            if near is not None and lost[0].word == near and isinstance(lost[0], names.UnknownName):
                labels = tuple(Label(use.span, Term(f"“{near}”用在这里", f"{near} is used here")) for use in lost)
                uses[0] = uses[0].but(labels=(*uses[0].labels, *labels))
                del unknown[other]


def of_names(
    told: list[Problem],
    unknown: dict[tuple[Any, ...], list[names.Unknown]],
    members: Mapping[tuple[str, str], Span],
) -> list[Problem]:
    """A name given to a declaration in place of its own: the name it has lost is used and not declared.

    What is told of it here is taken out of ``unknown``.
    """
    told = [*told, *_joined(members, unknown)]
    again, idle = _of(told, names.DuplicateDeclaration), _of(told, rules.ReadingNeverUsed)
    if len(again) == 1 and len(unknown) == 1 and "、" not in again[0].word:
        ((cause, uses),) = unknown.items()
        one = again[0]
        if one.source.text[one.span.start : one.span.end] == one.word:
            del unknown[cause]
            return [_given_twice(one, uses) if each is one else each for each in told]
    lost = [cause for cause, uses in unknown.items() if isinstance(uses[0], names.UnknownReading)]
    if len(idle) == 1 and len(lost) == 1 and "、" not in idle[0].reading:
        uses = sorted(unknown.pop(lost[0]), key=lambda use: use.span.start)
        return [_renumbered(idle[0], uses) if each is idle[0] else each for each in told]
    return told


def _joined(
    members: Mapping[tuple[str, str], Span], unknown: dict[tuple[Any, ...], list[names.Unknown]]
) -> Iterator[Problem]:
    """Members run together where they are declared: each of them is used, and not known."""
    for (type, member), span in members.items():
        uses = {
            cause: found
            for cause, found in unknown.items()
            if isinstance(first := found[0], names.UnknownMember) and first.type == type and first.word in member
        }
        words = sorted({found[0].word for found in uses.values()}, key=member.find)
        if len(words) > 1 and "".join(words) == member:
            places = [use for cause in uses for use in unknown.pop(cause)]
            apart = "、".join(words)
            fix = Fix(Term(f"改为“{apart}”", f"write “{apart}”"), (Edit(span, apart),), Applicability.UNSAFE)
            labels = tuple(Label(use.span, Term("这里用到", "used here")) for use in places)
            yield names.MisspeltDeclaration(
                source=places[0].source,
                span=span,
                labels=labels,
                fixes=(fix,),
                word=member,
                used=apart,
                uses=len(places),
            )


def _given_twice(again: names.DuplicateDeclaration, uses: list[names.Unknown]) -> Problem:
    word = uses[0].word
    used = Term(f"“{word}”用在这里，没有声明", f"“{word}” is used here, not declared")
    labels = (*again.labels, *(Label(use.span, used) for use in uses))
    hint = Term(
        f"“{word}”用到了而没有声明，看两处中有没有一处本来是它；不是的，换一个名字，或者删去其中一处。",
        f"“{word}” is used and not declared: see whether it is what one of the two was called; if not, choose another "
        "name, or delete one of the two.",
    )
    fix = Fix(Term(f"这一处改为“{word}”", f"call this one “{word}”"), (Edit(again.span, word),), Applicability.UNSAFE)
    return again.but(labels=labels, hint=hint, fixes=(fix,))


def _renumbered(idle: rules.ReadingNeverUsed, uses: list[names.Unknown]) -> Problem:
    """A number that no reading has and a reading that no rule uses: the one that the file has in more places is right."""
    word, declared = uses[0].word, idle.reading
    said = re.findall(r"(?<![\w.])[A-Z][\d.]*\d(?![\w.])", idle.source.text)
    if said.count(word) <= said.count(declared):
        use = uses[0]
        label = Label(idle.span, Term("声明了这一条，没有规则用到", "declared here, and no rule uses it"))
        hint = Term(f"是不是“{declared}”？", f"Did you mean “{declared}”?")
        fix = Fix(Term(f"改为“{declared}”", f"write “{declared}”"), (Edit(use.span, declared),), Applicability.UNSAFE)
        return use.but(labels=(label,), hint=hint, fixes=(fix,))
    labels = tuple(Label(use.span, Term("这里用到", "used here")) for use in uses)
    title = Term(f"声明也写成“{word}”", f"declare “{word}”")
    fix = Fix(title, (Edit(idle.span, word),), Applicability.UNSAFE)
    return names.MisspeltDeclaration(
        source=idle.source, span=idle.span, labels=labels, fixes=(fix,), word=declared, used=word, uses=len(uses)
    )
