"""The document's own words in the core form, and what 见 adds to the words a rule rests on."""

from __future__ import annotations

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
    )


def _passage(passage: tree.Passage, source: Source) -> ir.Passage:
    marks: list[tuple[str, str]] = []
    for each in passage.annotations:
        if isinstance(each, tree.Mark):
            marks.append((each.kind, each.text))
        elif isinstance(each, tree.Figure):
            marks.append(("数字", each.text))
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
    source = policy.source
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    lines = {each.name: each.origin.line for each in provisions}
    for passage in (passage for measure in policy.measures for passage in measure.passages):
        for name in _seen(passage):
            earlier = source.position(passage.span.start)[0] < lines.get(name, 0)
            (before if earlier else after).setdefault(name, []).append(paragraphs(passage.sentences))

    def quote(rule: ir.Provision) -> str:
        return "……".join(dict.fromkeys([*before.get(rule.name, ()), rule.origin.quote, *after.get(rule.name, ())]))

    return tuple(evolve(each, origin=evolve(each.origin, quote=quote(each))) for each in provisions)
