"""What every lint has at hand: the table, and the say. What the drafter has let stand is not said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import define, field

from fayan_compiler.fidelity.table import Table, name_of
from fayan_compiler.fidelity.waivers import Waivers
from fayan_dsl import tree
from fayan_dsl.problem import Fix, Label, Problem, Term
from fayan_dsl.source import Span


@define(eq=False)
class Check:
    table: Table
    waivers: Waivers
    problems: list[Problem] = field(factory=list)

    def say(self, cls: type[Problem], span: Span, *labels: Label, fixes: tuple[Fix, ...] = (), **said: Any) -> None:
        if not self.waivers.let(cls, span):
            source = self.table.policy.source
            self.problems.append(cls(source=source, span=span, labels=labels, fixes=fixes, **said))


def here(span: Span, zh: str, en: str) -> Label:
    return Label(span, Term(zh, en))


def in_text(span: Span) -> Label:
    return here(span, "原文在这里", "the text is here")


def listed(words: Iterable[str]) -> str:
    """Words as they stand between one pair of quotation marks in a message."""
    return "”、“".join(dict.fromkeys(words))


def said_of(measure: tree.Measure | None) -> Term:
    if measure is None:
        return Term("全文", "the document")
    number = measure.number
    return Term(f"措施 {number} ", f"measure {number}") if number else Term("通知", "the notice")


def span_of(annotation: tree.Annotation) -> Span:
    """Where a message about a whole rule points: its name."""
    return annotation.name.span if name_of(annotation) else annotation.span  # type: ignore[union-attr]


def inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end
