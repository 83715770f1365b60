"""The document's own words in the core form, and what 见 adds to the words a rule rests on."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable

from attrs import evolve

from fayan_compiler.places import paragraphs
from fayan_dsl import tree
from fayan_dsl.source import Source
from fayan_runtime import ir


def measures(policy: tree.Policy) -> tuple[ir.Measure, ...]:
    return tuple(_measure(each, policy.source) for each in policy.measures)


def _measure(measure: tree.Measure, source: Source) -> ir.Measure:
    return ir.Measure(
        number=measure.number,
        title=measure.title,
        chapter=measure.chapter,
        responsible=measure.units,
        passages=tuple(_passage(each, source) for each in measure.passages if each.sentences),
        unseen=measure.unseen,
        unrecorded=measure.unrecorded,
        unseen_line=source.position(measure.unseen_at.start)[0] if measure.unseen_at else 0,
    )


def _passage(passage: tree.Passage, source: Source) -> ir.Passage:
    marks: list[tuple[str, str]] = []
    for each in passage.annotations:
        if isinstance(each, (tree.Mark, tree.Figure)):
            marks.append((each.kind, each.text))
    return ir.Passage(
        sentences=tuple(
            ir.Sentence(text=each.text, opens=each.opens, line=source.position(each.span.start)[0])
            for each in passage.sentences
        ),
        marks=tuple(marks),
        sees=tuple(_seen(passage)),
    )


def _seen(passage: tree.Passage) -> Iterable[str]:
    return (name.text for each in passage.annotations if isinstance(each, tree.See) for name in each.names)


def with_seen(provisions: Iterable[ir.Provision], policy: tree.Policy) -> tuple[ir.Provision, ...]:
    """Each provision rests also on the passages that name it in 见; the words stay in the order of the text."""
    passages = [each for measure in policy.measures for each in measure.passages if each.sentences]
    lines = [policy.source.position(each.span.start)[0] for each in passages]
    seen: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        for name in _seen(passage):
            seen.setdefault(name, []).append(place)

    def quote(rule: ir.Provision) -> str:
        own = bisect(lines, rule.origin.line) - 1
        words = {place: paragraphs(passages[place].sentences) for place in seen.get(rule.name, ())}
        words[own] = rule.origin.quote
        said, last = "", own
        for place in sorted(words):
            if words[place] not in said:
                said += ("……" if said and place > last + 1 else "") + words[place]
            last = place
        return said

    return tuple(evolve(each, origin=evolve(each.origin, quote=quote(each))) for each in provisions)
