"""Where a line stopped making sense, as those look at it who say why."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from fayan_dsl.machine import Machine
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.problems import NoSuchForm
from fayan_dsl.source import Source, Span
from fayan_dsl.tokens import Token

#: The kinds of words that are values by themselves.
VALUES = {"NAME", "NUMBER", "DATE", "MONTHDATE", "YEARDATE", "STRING", "TRUE", "FALSE", "ID"}


@frozen
class Stop:
    """Where a line stopped: the word (``_NL`` at its end), those read before it, and the machine before the word."""

    source: Source
    machine: Machine
    token: Token
    tokens: Sequence[Token]
    #: Where the line ends.
    end: int

    @property
    def span(self) -> Span:
        return Span(self.token.start, self.token.end)

    @property
    def text(self) -> str:
        """As it is written."""
        return self.source.text[self.token.start : self.token.end]

    def problem(self, way: Term, *fixes: Fix, at: Token | None = None, labels: tuple[Label, ...] = ()) -> Problem:
        one = at or self.token
        word = self.source.text[one.start : one.end]
        return NoSuchForm(
            source=self.source, span=Span(one.start, one.end), labels=labels, fixes=fixes, word=word, way=way
        )


def fix(zh: str, en: str, *edits: Edit, safe: bool = False) -> Fix:
    return Fix(Term(zh, en), edits, Applicability.SAFE if safe else Applicability.UNSAFE)
