"""Where annotations stand, and which words of 原文 they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import define, field

from fayan_dsl import tree
from fayan_dsl.source import Source, Span
from fayan_runtime.ir import Origin

_FIGURE = re.compile(r"(?<![\w.])\d{4}年(?:\d+月(?:\d+日)?)?|(?<![\w.])\d[\d,]*(?:\.\d+)?(?:%|[万亿]?[^\W\d_]{1,3})?")
_SPACE = re.compile(r"\s+")


@define(eq=False)
class Place:
    """One passage of a measure or one appendix (``measure`` None)."""

    measure: tree.Measure | None
    passage: tree.Passage | None
    headings: tuple[str, ...]
    #: The texts a quotation may be taken from: that of the measure; in an appendix all of them.
    texts: tuple[str, ...]
    whole: str = field(init=False)
    _figures: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.whole = paragraphs(self.passage.sentences) if self.passage else ""

    @property
    def number(self) -> int:
        return self.measure.number if self.measure else 0

    def cited(self, cite: tree.Cite) -> str:
        """The words of 原文 that 「甲……乙」 means; the cited words themselves where they are not found."""
        first, _, last = cite.text.partition("……")
        pattern = _loose(first) + (f".*?{_loose(last)}" if last else "")
        for text in self.texts:
            found = re.search(pattern, text, re.DOTALL)
            if found:
                return found.group()
        return cite.text

    def resting(self, written: str) -> str:
        """The sentences that hold a figure of this clause, else none."""
        if self.passage is None:
            return ""
        lines = [(line, _SPACE.sub("", figure)) for line in written.splitlines() for figure in _FIGURE.findall(line)]
        held = {text for line, figure in lines for text in self._holding(figure, line)}
        found = [each.text for each in self.passage.sentences if each.text in held]
        return "……".join(found) if len(found) < len(self.passage.sentences) else self.whole

    def _holding(self, figure: str, line: str) -> list[str]:
        """The sentences with the figure; where there are several, those that share most with the line it is used on."""
        assert self.passage is not None
        holding = [each.text for each in self.passage.sentences if _holds(each.text, figure)]
        shared = [len(_pairs(text) & _pairs(line)) for text in holding]
        return [text for text, pairs in zip(holding, shared, strict=True) if pairs == max(shared)]


def _loose(words: str) -> str:
    """A pattern for words whatever the space between their characters."""
    return r"\s*".join(map(re.escape, _SPACE.sub("", words)))


def _pairs(text: str) -> set[str]:
    """Every two characters that stand together, figures left out."""
    compact = _SPACE.sub("", _FIGURE.sub("", text))
    return {compact[place : place + 2] for place in range(len(compact) - 1)}


def _holds(sentence: str, figure: str) -> bool:
    compact = _SPACE.sub("", sentence)
    year = figure[:5] if figure[4:5] == "年" else figure
    return any(_stands(one, compact) for one in {figure, year})


def _stands(figure: str, text: str) -> bool:
    """Whether the figure is there, not as the end of a longer one."""
    at = text.find(figure)
    while at >= 0:
        if not at or not (text[at - 1].isdigit() or text[at - 1] in ".,"):
            return True
        at = text.find(figure, at + 1)
    return False


def paragraphs(sentences: tuple[tree.Sentence, ...]) -> str:
    """Sentences as they are printed: those of one paragraph run on."""
    return "".join(("\n" if s.opens and place else "") + s.text for place, s in enumerate(sentences))


def headings_of(measure: tree.Measure) -> tuple[str, ...]:
    """The headings a measure stands under, itself included; the notice has none."""
    if not measure.number:
        return ()
    return (*((f"第{measure.chapter}章",) if measure.chapter else ()), f"措施 {measure.number}")


def every_annotation(policy: tree.Policy) -> Iterator[tuple[Place, tree.Annotation]]:
    """Every annotation in the order of the file's measures, then the appendices."""
    texts = [paragraphs(tuple(s for p in measure.passages for s in p.sentences)) for measure in policy.measures]
    for measure, text in zip(policy.measures, texts, strict=True):
        headings = (policy.title, *headings_of(measure))
        for passage in measure.passages:
            place = Place(measure, passage, headings, (text,))
            for annotation in passage.annotations:
                yield place, annotation
    for appendix in policy.appendices:
        place = Place(None, None, (policy.title, f"附 {appendix.title}"), tuple(texts))
        for annotation in appendix.annotations:
            yield place, annotation


@define
class Origins:
    """Makes the origins of nodes: ``quote`` is what the line being lowered rests on."""

    source: Source
    place: Place
    quote: str = ""

    def at(self, span: Span) -> Origin:
        text = self.source.text[span.start : span.end]
        return Origin(self.source.position(max(span.start, 0))[0], text, self.quote)

    @contextmanager
    def resting(self, cite: tree.Cite | None, span: Span) -> Iterator[None]:
        """Within, what is made rests on what a line quotes, or else on what it would rest on without."""
        outer = self.quote
        self.quote = self.rest(cite, span, outer)
        yield
        self.quote = outer

    def rest(self, cite: tree.Cite | None, span: Span, inherited: str = "") -> str:
        """What a line rests on: its quotation, else the sentences with its figures, else what its rule rests on."""
        if cite is not None:
            return self.place.cited(cite)
        written = self.source.text[span.start : span.end]
        return self.place.resting(written) or inherited or self.place.whole
