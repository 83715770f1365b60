"""The lint of quotations: 「…」 is verbatim. A slip of the text that several quotations meet, or a figure too, is told once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher

from attrs import evolve, frozen

from fayan_compiler.fidelity.check import Check, here, said_of
from fayan_compiler.fidelity.table import squeeze
from fayan_compiler.problems.fidelity.figures import FigureDiffers, FigureUnfounded
from fayan_compiler.problems.fidelity.names import NameUnfounded, RuleIgnores
from fayan_compiler.problems.fidelity.words import BoundaryWord, CiteNotVerbatim, DateWord
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.source import Span

_OF_MEASURE = re.compile(r"R(\d+)\.")


#: So many characters in a row are enough to say what a quotation is like, however much of it is not there.
_PLAIN = 6


@frozen
class Text:
    """The words of the document without white space, each character with its place; and where each measure lies in them."""

    words: str
    places: tuple[int, ...]
    measures: dict[int, tuple[int, int]]
    #: The characters of figures but for the first of each.
    figures: frozenset[int]

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
        inner = {at for span in check.table.all_figures for at in range(span.span.start + 1, span.span.end)}
        figures = frozenset(index for index, at in enumerate(places) if at in inner)
        return cls("".join(words), tuple(places), measures, figures)

    def nearest(self, cite: str, start: int, end: int) -> Span | None:
        """The stretch between ``start`` and ``end`` that a quotation seems to mean."""
        if "……" in cite or not cite:
            return None
        same = SequenceMatcher(None, cite, self.words[start:end], autojunk=False).find_longest_match()
        if same.size < 2:
            return None
        first = max(start, start + same.b - 2 * same.a)
        last = min(end, start + same.b + same.size + 2 * (len(cite) - same.a - same.size))
        *blocks, _ = SequenceMatcher(None, cite, self.words[first:last], autojunk=False).get_matching_blocks()
        if 2 * same.size < len(cite) and 3 * sum(block.size for block in blocks) < 2 * len(cite):
            return Span(start + same.b, start + same.b + same.size) if same.size >= _PLAIN else None
        # a single character at either end that is another one there
        ahead = blocks[0].a == 1 and blocks[0].b > 0
        behind = blocks[-1].a + blocks[-1].size == len(cite) - 1 and first + blocks[-1].b + blocks[-1].size < last
        return Span(first + blocks[0].b - ahead, first + blocks[-1].b + blocks[-1].size + behind)

    def range(self, measure: int | None) -> tuple[int, int]:
        """Where a measure lies, or the whole text."""
        whole = (0, len(self.words))
        return whole if measure is None else self.measures.get(measure, (0, 0))

    def holds(self, cite: str, start: int, end: int) -> Span | None:
        """Where the words of a quotation stand, one piece after the other, none of which begins or ends inside a figure."""
        first, at = None, start
        for piece in _pieces(cite):
            while (found := self.words.find(piece, at, end)) >= 0 and self._cuts(found, found + len(piece)):
                at = found + 1
            if found < 0:
                return None
            first, at = (found if first is None else first), found + len(piece)
        return Span(start if first is None else first, at)

    def _cuts(self, first: int, last: int) -> bool:
        """Whether a stretch leaves part of a figure outside: 100 of 100%."""
        return any(at in self.figures for at in (first, last))

    def at(self, place: int) -> int | None:
        """Which character of the words stands at a place of the file."""
        index = bisect_left(self.places, place)
        return index if index < len(self.places) and self.places[index] == place else None

    def span(self, stretch: Span) -> Span:
        """Where a stretch of the words stands in the file."""
        return Span(self.places[stretch.start], self.places[stretch.end - 1] + 1)


@frozen
class Quote:
    """A quotation: the measure whose words it is to be of (None: any), and the one it is about, as R5.2 says."""

    span: Span
    text: str
    where: Term
    number: int | None
    about: int | None
    #: The piece of it that is not there.
    missing: str = ""

    @property
    def label(self) -> Label:
        return here(self.span, "这里引了", "quoted here")


def quotes(check: Check) -> None:
    """After the other lints of the text, so that a slip told of already is not told again."""
    text = Text.of(check)
    lost: dict[int | None, int] = {}  # measure → the problem of its quotations that nothing is like
    left: list[Quote] = []
    sound: list[Span] = []
    for quote in _cites(check):
        start, end = text.range(quote.number)
        if found := text.holds(quote.text, start, end):
            sound.append(found)
            continue
        missing = next(
            (piece for piece in _pieces(quote.text) if piece not in text.words[start:end]), squeeze(quote.text)
        )
        told = _explained(check.problems, text, missing, start, end)
        if told is None:
            left.append(evolve(quote, missing=missing))
            continue
        index, near = told
        check.problems[index] = _also(check.problems[index], quote.label, near)
        if near is None:
            lost.setdefault(quote.about, index)
    alike: dict[str, list[Quote]] = {}
    for quote in left:
        alike.setdefault(quote.missing, []).append(quote)
    for same in sorted(alike.values(), key=lambda same: -len(same[0].missing)):
        # the words of a measure are looked for there, those of the whole document anywhere
        first, *others = sorted(same, key=lambda quote: quote.about is None)
        _not_verbatim(check, text, first, others, lost, sound)


def _not_verbatim(
    check: Check, text: Text, quote: Quote, others: list[Quote], lost: dict[int | None, int], sound: list[Span]
) -> None:
    """Of quotations of the same words, told once. Where several agree, and what is like them in the text is not what another
    quotes (``sound``), it is the text that has a slip and is pointed at."""
    if told := _explained(check.problems, text, quote.missing, *text.range(quote.number)):
        for each in (quote, *others):
            check.problems[told[0]] = _also(check.problems[told[0]], each.label, told[1])
        return
    near = text.nearest(quote.missing, *text.range(quote.about))
    if near is None and quote.about in lost:
        index = lost[quote.about]
        for each in (quote, *others):
            check.problems[index] = _also(check.problems[index], each.label)
        return
    count = len(check.problems)
    words = text.words[near.start : near.end] if near else ""
    hint = (
        Term(f"，原文里相近的是「{words}」", f"; the nearest words of the text are “{words}”") if near else Term("", "")
    )
    span, labels = quote.span, [each.label for each in others]
    taken = near is not None and any(near.start < each.end and each.start < near.end for each in sound)
    if near is not None and others and not taken:
        span, labels = text.span(near), [each.label for each in (quote, *others)]
    elif near is not None:
        labels.append(here(text.span(near), "相近的在这里", "the nearest words are here"))
    check.say(CiteNotVerbatim, span, *labels, cite=quote.text, where=quote.where, nearest=hint)
    if near is None and len(check.problems) > count:
        lost[quote.about] = count


def _explained(problems: list[Problem], text: Text, cite: str, start: int, end: int) -> tuple[int, Span | None] | None:
    """The problem told already that is why words are not in the text: it points into a stretch like them, with that stretch;
    or it is of a figure that is among them."""
    for index, problem in enumerate(problems):
        for span in (problem.span, *(label.span for label in problem.labels)):
            at = text.at(span.start)
            if at is None or not start <= at < end:
                continue
            first = max(start, at - len(cite))
            same = SequenceMatcher(None, cite, text.words[first : min(end, at + len(cite))], autojunk=False)
            *blocks, _ = same.get_matching_blocks()
            if 3 * sum(block.size for block in blocks) >= 2 * len(cite):
                near = Span(first + blocks[0].b, first + blocks[-1].b + blocks[-1].size)
                if near.start - 1 <= at <= near.end:
                    return index, text.span(near)
        match problem:
            case CiteNotVerbatim(cite=words) if cite in squeeze(words):
                return index, None
            case FigureDiffers(rule=words) if squeeze(words) in cite:
                return index, None
            case FigureUnfounded(figure=words) | NameUnfounded(words=words) | RuleIgnores(words=words):
                if any(squeeze(word) in cite for word in words.split("”、“")):
                    return index, None
            case _:
                pass
    return None


def _also(problem: Problem, label: Label, at: Span | None = None) -> Problem:
    """The problem with one more place. Where rule and quotation agree against the text, it is the text that is pointed at."""
    labels = (*problem.labels, label)
    if at is not None and isinstance(problem, FigureDiffers | BoundaryWord | DateWord):
        of_text = next((each for each in problem.labels if at.start <= each.span.start < at.end), None)
        if of_text is not None:
            others = tuple(each for each in labels if each is not of_text)
            return problem.but(
                span=of_text.span, labels=(here(problem.span, "规则在这里", "the rule is here"), *others)
            )
    return problem.but(labels=labels)


def _cites(check: Check) -> Iterator[Quote]:
    """The quotations, with the measure they may be from; those of an appendix may be from any."""
    for row in check.table.rows:
        for annotation in row.annotations:
            for span, text in _quoted(check, annotation):
                yield Quote(span, text, said_of(row.measure), row.measure.number, row.measure.number)
    for appendix in check.table.policy.appendices:
        for annotation in appendix.annotations:
            number = _OF_MEASURE.match(annotation.id.text) if isinstance(annotation, tree.Reading) else None
            for span, text in _quoted(check, annotation):
                yield Quote(span, text, said_of(None), None, int(number[1]) if number else None)


def _quoted(check: Check, annotation: tree.Annotation) -> Iterator[tuple[Span, str]]:
    if isinstance(annotation, tree.Reading):
        if annotation.cite:
            yield annotation.cite.span, annotation.cite.text
    elif not isinstance(annotation, tree.Example):
        yield from ((part.span, part.quote) for part in check.table.parts(annotation) if part.quote)


def _pieces(cite: str) -> list[str]:
    """甲……乙 quotes 甲, and 乙 after it."""
    return [squeeze(piece) for piece in cite.split("……")]
