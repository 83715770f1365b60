"""The items of a file put into chapters, measures, passages and appendices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from attrs import define, evolve, field

from fayan_dsl import tree
from fayan_dsl.clauses import Clause, Clauses
from fayan_dsl.problems import MisplacedInAppendix
from fayan_dsl.source import Span


@define
class Document:
    """Puts the items of a file into measures and appendices, sentences and what rests on them into passages."""

    clauses: Clauses
    span: Span
    title: str
    headers: tuple[tree.Header, ...]
    chapters: list[tree.Chapter] = field(factory=list)
    measures: list[tree.Measure] = field(factory=list)
    appendices: list[tree.Appendix] = field(factory=list)
    #: What stands open: the measure's or appendix's heading, and what has been read under it.
    heading: Clause | None = None
    chapter: str = ""
    coming: str = ""
    sentences: list[tree.Sentence] = field(factory=list)
    passages: list[tree.Passage] = field(factory=list)
    parts: list[Clause] = field(factory=list)
    loose: list[tree.Annotation] = field(factory=list)
    pending: list[int] = field(factory=list)

    def read(self, items: Sequence[Any]) -> tree.Policy:
        for item in items:
            if isinstance(item, tree.Chapter):
                if self._in_appendix:
                    self._shut()
                self.coming = item.label
                self.pending.append(len(self.chapters))
                self.chapters.append(item)
            elif not isinstance(item, Clause):
                self._annotation(item)
            elif item.key in ("措施", "附"):
                self._shut()
                self.heading, self.chapter = item, self.coming
                if item.key == "措施":
                    self._first_measure(item.node[0])
            elif self._in_appendix:
                problem = MisplacedInAppendix(source=self.clauses.source, span=item.span, word=item.key)
                self.clauses.problems.append(problem)
            elif item.key == "｜":
                self._sentence(*item.node)
            else:
                self.parts.append(item)
        self._shut()
        return tree.Policy(
            span=self.span,
            source=self.clauses.source,
            title=self.title,
            headers=self.headers,
            chapters=tuple(self.chapters),
            measures=tuple(self.measures),
            appendices=tuple(self.appendices),
            unread=self.clauses.unread,
        )

    @property
    def _in_appendix(self) -> bool:
        return self.heading is not None and self.heading.key == "附"

    def _first_measure(self, number: int) -> None:
        for index in self.pending:
            self.chapters[index] = evolve(self.chapters[index], first_measure=number)
        self.pending = []

    def _annotation(self, node: tree.Annotation) -> None:
        if self._in_appendix:
            self.loose.append(node)
            return
        self._end_passage()
        self.passages.append(tree.Passage(span=node.span, sentences=(), annotations=(node,)))

    def _sentence(self, sentence: tree.Sentence, annotations: tuple[tree.Annotation, ...]) -> None:
        if not self.passages and not self.sentences:
            sentence = evolve(sentence, opens=True)
        self.sentences.append(sentence)
        if annotations:
            self._end_passage(annotations)

    def _end_passage(self, annotations: tuple[tree.Annotation, ...] = ()) -> None:
        if self.sentences:
            span = self.sentences[0].span.to(annotations[-1].span if annotations else self.sentences[-1].span)
            self.passages.append(tree.Passage(span=span, sentences=tuple(self.sentences), annotations=annotations))
            self.sentences = []

    def _only(self, key: str) -> str | None:
        clauses = [part for part in self.parts if part.key == key]
        # the lines of a measure whose heading could not be read have come under the measure before: no second fault
        found: str | None = self.clauses.one(clauses[:1] if self.clauses.unread else clauses, key)
        return found

    def _sentences(self) -> bool:
        return any(passage.sentences for passage in self.passages)

    def _header(self, key: str) -> str | None:
        return next((header.text for header in self.headers if header.key == key), None)

    def _shut(self) -> None:
        """Close the measure or appendix that stands open."""
        self._end_passage()
        head = self.heading
        if head is not None and head.key == "附":
            self.appendices.append(tree.Appendix(span=head.span, title=head.node, annotations=tuple(self.loose)))
        elif head is not None or self.passages or self.parts:
            number, title = head.node if head else (0, "")
            spans = [passage.span for passage in self.passages] + [part.span for part in self.parts]
            first = head.span if head else min(spans, key=lambda span: span.start)
            units = self._only("责任单位") or ""
            self.measures.append(
                tree.Measure(
                    span=first.to(max(spans, key=lambda span: span.end, default=first)),
                    number=number,
                    title=title,
                    chapter=self.chapter,
                    units=tuple(unit for unit in re.split(r"[、，,；;\s]+", units) if unit),
                    units_text=units,
                    passages=tuple(self.passages),
                    unseen=self._only("原文未见"),
                    unseen_at=next((part.span for part in self.parts if part.key == "原文未见"), None),
                    unrecorded=self._only("原文未录") or (None if self._sentences() else self._header("原文未录")),
                )
            )
        self.heading, self.passages, self.parts, self.loose = None, [], [], []
