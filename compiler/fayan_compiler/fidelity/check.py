"""What every lint has at hand: the table, and the say. What the drafter has let stand is not said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import define, field

from fayan_compiler.fidelity.table import NAMED, Table, name_of
from fayan_compiler.fidelity.waivers import Waivers
from fayan_compiler.problems.fidelity.names import RuleIgnores
from fayan_dsl import tree
from fayan_dsl.problem import Fix, Label, Problem, Term
from fayan_dsl.source import Span


@define(eq=False)
class Ignored:
    rule: tree.Annotation
    at: Span
    words: dict[str, list[str]] = field(factory=dict)


@define(eq=False)
class Check:
    table: Table
    waivers: Waivers
    problems: list[Problem] = field(factory=list)
    #: Rules with a figure that is wrong already: what else they seem to leave out may be that figure.
    suspect: set[int] = field(factory=set)
    #: What rules leave out of the text, gathered so that each rule is told once: mark (数字, 用词) → words.
    _ignored: dict[int, Ignored] = field(factory=dict)

    def ignores(self, rule: tree.Annotation, at: Span, mark: str, words: Iterable[str]) -> None:
        ignored = self._ignored.setdefault(id(rule), Ignored(rule, at))
        ignored.words.setdefault(mark, []).extend(words)

    def tell_ignored(self) -> None:
        for each in self._ignored.values():
            marks = {mark: list(dict.fromkeys(words)) for mark, words in each.words.items()}
            said = listed(word for words in marks.values() for word in words)
            mark = "；".join(f"{mark} {'、'.join(words)}" for mark, words in marks.items())
            rule = each.rule
            self.say(RuleIgnores, span_of(rule), in_text(each.at), rule=name_of(rule), words=said, mark=mark)

    def told_of(self, span: Span) -> bool:
        """Whether a problem stands in, or points to, this stretch of the file."""
        return any(
            inside(place, span)
            for problem in self.problems
            for place in (problem.span, *(label.span for label in problem.labels))
        )

    def say(self, cls: type[Problem], span: Span, *labels: Label, fixes: tuple[Fix, ...] = (), **said: Any) -> None:
        problem = cls(source=self.table.policy.source, span=span, labels=labels, fixes=fixes, **said)
        if not self.waivers.keep(problem):
            self.problems.append(problem)


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
    return annotation.name.span if isinstance(annotation, NAMED) and annotation.name.text else annotation.span


def inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end
