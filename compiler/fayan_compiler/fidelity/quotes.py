"""The lint of quotations: 「…」 is verbatim. A slip of the text that several quotations meet, or a figure too, is told once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from attrs import frozen

from fayan_compiler.fidelity.check import Check, here, in_text, said_of
from fayan_compiler.fidelity.table import squeeze
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.lexer import even
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.source import Span

_OF_MEASURE = re.compile(r"R(\d+)\.")


@frozen
class Text:
    """The words of the document without white space, each character with its place; and where each measure lies in them."""

    words: str
    places: tuple[int, ...]
    measures: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, check: Check) -> Text:
        words: list[str] = []
        places: list[int] = []
        measures: dict[int, tuple[int, int]] = {}
        source = check.table.policy.source.text
        for row in check.table.rows:
            first = len(words)
            for sentence in row.passage.sentences:
                start = source.find(sentence.text, sentence.span.start)
                for at, char in enumerate(even(sentence.text), start):
                    if not char.isspace():
                        words.append(char)
                        places.append(at)
            first = measures.get(row.measure.number, (first, 0))[0]
            measures[row.measure.number] = (first, len(words))
        return cls("".join(words), tuple(places), measures)

    def nearest(self, cite: str, start: int, end: int) -> Span | None:
        """The stretch between ``start`` and ``end`` that a quotation seems to mean."""
        if "……" in cite or not cite:
            return None
        same = SequenceMatcher(None, cite, self.words[start:end], autojunk=False).find_longest_match()
        if same.size * 2 < len(cite):
            return None
        first = start + max(0, same.b - same.a)
        return Span(first, min(first + len(cite), end))

    def span(self, stretch: Span) -> Span:
        """Where a stretch of the words stands in the file."""
        return Span(self.places[stretch.start], self.places[stretch.end - 1] + 1)


def quotes(check: Check) -> None:
    """After the other lints of the text, so that a figure told of already is not told again."""
    text = Text.of(check)
    lost: dict[int | None, int] = {}  # measure → the problem of its quotations that nothing is like
    for measure, span, cite in _cites(check):
        start, end = text.measures.get(measure.number, (0, 0)) if measure else (0, len(text.words))
        if _stands(cite, text.words[start:end]):
            continue
        near = text.nearest(squeeze(cite), start, end)
        label = here(span, "这里引了", "quoted here")
        if near and (index := _told(check.problems, text.span(near))) is not None:
            check.problems[index] = _also(check.problems[index], label, text.span(near))
            continue
        number = measure.number if measure else _measure_of(check, span)
        if near is None and number in lost:
            check.problems[lost[number]] = _also(check.problems[lost[number]], label)
            continue
        count = len(check.problems)
        words = text.words[near.start : near.end] if near else ""
        hint = Term(f"，原文写的是「{words}」", f"; the text has “{words}”") if near else Term("", "")
        labels = [in_text(text.span(near))] if near else []
        check.say(faults.CiteNotVerbatim, span, *labels, cite=cite, where=said_of(measure), nearest=hint)
        if near is None and len(check.problems) > count:
            lost[number] = count


def _told(problems: list[Problem], at: Span) -> int | None:
    """The problem that has to do with this stretch of the text already."""
    for index, problem in enumerate(problems):
        for span in (problem.span, *(label.span for label in problem.labels)):
            if at.start <= span.start < at.end:
                return index
    return None


def _also(problem: Problem, label: Label, at: Span | None = None) -> Problem:
    """The problem with one more place. Where rule and quotation agree against the text, it is the text that is pointed at."""
    labels = (*problem.labels, label)
    if at is not None and isinstance(problem, faults.FigureDiffers | faults.BoundaryWord | faults.DateWord):
        of_text = next((each for each in problem.labels if at.start <= each.span.start < at.end), None)
        if of_text is not None:
            others = tuple(each for each in labels if each is not of_text)
            return problem.but(
                span=of_text.span, labels=(here(problem.span, "规则在这里", "the rule is here"), *others)
            )
    return problem.but(labels=labels)


def _cites(check: Check) -> Iterator[tuple[tree.Measure | None, Span, str]]:
    """The quotations, with the measure they may be from; those of an appendix may be from any."""
    table = check.table
    for row in table.rows:
        for annotation in row.annotations:
            if isinstance(annotation, tree.Reading):
                if annotation.cite:
                    yield row.measure, annotation.cite.span, annotation.cite.text
            elif not isinstance(annotation, tree.Example):
                yield from ((row.measure, part.span, part.quote) for part in table.parts(annotation) if part.quote)
    for appendix in table.policy.appendices:
        for annotation in appendix.annotations:
            if isinstance(annotation, tree.Reading):
                if annotation.cite:
                    yield None, annotation.cite.span, annotation.cite.text
            elif not isinstance(annotation, tree.Example):
                yield from ((None, part.span, part.quote) for part in table.parts(annotation) if part.quote)


def _measure_of(check: Check, span: Span) -> int | None:
    """The measure that a reading is about, as its number says: R5.2."""
    for id, reading in check.table.readings.items():
        if reading.cite and reading.cite.span == span and (found := _OF_MEASURE.match(id)):
            return int(found[1])
    return None


def _stands(cite: str, squeezed: str) -> bool:
    """Whether the words stand in the text; 甲……乙 where 乙 stands after 甲."""
    at = 0
    for piece in cite.split("……"):
        at = squeezed.find(squeeze(piece), at)
        if at < 0:
            return False
        at += len(squeeze(piece))
    return True
