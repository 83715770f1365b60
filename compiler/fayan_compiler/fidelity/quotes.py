"""The lint of quotations: 「…」 is verbatim; one slip of the text that several quotations meet is told once."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from attrs import evolve

from fayan_compiler.fidelity.check import Check, here, said_of
from fayan_compiler.fidelity.table import squeeze
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_dsl.source import Span


def quotes(check: Check) -> None:
    table = check.table
    whole = squeeze(table.everything)
    told: list[tuple[int, int, int]] = []  # where in the text, and which problem
    for measure, notes in _places(check):
        text = squeeze("\n".join(row.text for row in table.rows_of(measure))) if measure else whole
        for span, cite in (found for annotation in notes for found in _cites(check, annotation)):
            if _stands(cite, text):
                continue
            near = _nearest(squeeze(cite), text)
            start = whole.find(near) if near else -1
            same = [index for first, last, index in told if start >= 0 and first < start + len(near) and start < last]
            if same:
                problem = check.problems[same[0]]
                label = here(span, "这里也引了", "quoted here too")
                check.problems[same[0]] = evolve(problem, labels=(*problem.labels, label))
                continue
            before = len(check.problems)
            hint = Term(f"，原文写的是「{near}」", f"; the text has “{near}”") if near else Term("", "")
            check.say(faults.CiteNotVerbatim, span, cite=cite, where=said_of(measure), nearest=hint)
            if start >= 0 and len(check.problems) > before:
                told.append((start, start + len(near), before))


def _places(check: Check) -> Iterator[tuple[tree.Measure | None, tuple[tree.Annotation, ...]]]:
    """Annotations with the measure they may quote; those of an appendix may quote any."""
    for row in check.table.rows:
        yield row.measure, row.annotations
    for appendix in check.table.policy.appendices:
        yield None, appendix.annotations


def _cites(check: Check, annotation: tree.Annotation) -> Iterator[tuple[Span, str]]:
    if isinstance(annotation, tree.Reading):
        if annotation.cite:
            yield annotation.cite.span, annotation.cite.text
    elif not isinstance(annotation, tree.Example):
        for part in check.table.parts(annotation):
            if part.quote:
                yield part.span, part.quote


def _stands(cite: str, squeezed: str) -> bool:
    """Whether the words stand in the text; 甲……乙 where 乙 stands after 甲."""
    at = 0
    for piece in cite.split("……"):
        at = squeezed.find(squeeze(piece), at)
        if at < 0:
            return False
        at += len(squeeze(piece))
    return True


def _nearest(cite: str, squeezed: str) -> str:
    """The stretch of the text that the quotation seems to mean; empty where there is none."""
    if "……" in cite or not cite:
        return ""
    same = SequenceMatcher(None, cite, squeezed, autojunk=False).find_longest_match()
    start = max(0, same.b - same.a)
    return squeezed[start : start + len(cite)] if same.size * 2 >= len(cite) else ""
