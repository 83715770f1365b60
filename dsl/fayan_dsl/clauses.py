"""Lines of a block, kept by the word they go by until the block is put together: which may stand once, and which again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from attrs import define, field

from fayan_dsl.build_values import HOLE
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.problems import DuplicateClause
from fayan_dsl.source import Source, Span


class Clause(NamedTuple):
    """A line of a block, by the word it goes by, until the block is put together."""

    key: str
    node: Any
    span: Span


@define
class Clauses:
    """Takes the clauses of blocks apart; ``unread`` are words of the file that are not in the tree."""

    source: Source
    unread: frozenset[str]
    problems: list[Problem] = field(factory=list)
    #: What stands twice in a block, by where the block begins.
    again: dict[int, DuplicateClause] = field(factory=dict)

    def one(self, clauses: Sequence[Clause], key: str) -> Any:
        """The one clause of its kind, or None; a second one is told."""
        same = [clause for clause in clauses if clause.key == key]
        for clause in same[1:]:
            self.twice(key, clause.span, same[0].span, clauses[0].span.start)
        return same[0].node if same else None

    def many(self, clauses: Iterable[Clause], key: str) -> tuple[Any, ...]:
        return tuple(clause.node for clause in clauses if clause.key == key)

    def twice(self, word: str, again: Span, first: Span, block: int) -> None:
        """A line that its block has already; several are told together, since they may have lost the head they stand
        under, and what that declared is missing."""
        told = self.again.get(block)
        if told is None:
            label = Label(first, Term("前面已有这一条", "the first one"))
            self.again[block] = DuplicateClause(source=self.source, span=again, word=word, labels=(label,))
            return
        label = Label(
            max(told.span, again, key=lambda span: span.start), Term("这一条也写了两次", "written twice as well")
        )
        span = min(told.span, again, key=lambda span: span.start)
        self.again[block] = told.but(span=span, word=f"{told.word}”“{word}", labels=(*told.labels, label))
        self.unread |= {HOLE}
