"""Each name is declared once: what is declared already, and what is told where a name is declared again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from attrs import define, field

from fayan_compiler.problems.names import DuplicateDeclaration, DuplicateNumber, ReservedName
from fayan_compiler.report import Reporter
from fayan_compiler.symbols import Symbols
from fayan_dsl import tree
from fayan_dsl.build_values import HOLE
from fayan_dsl.built_in import CONTEXT, FUNCTIONS
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Span

Named = TypeVar("Named", bound=tree.Node)


@define
class Declared:
    """The names of one policy, as they are filled in."""

    reporter: Reporter
    symbols: Symbols = field(factory=Symbols, init=False)
    #: Where each name was declared first, by kind of name.
    _seen: dict[tuple[str, str], Span] = field(factory=dict, init=False)

    def headed(self, word: str, headings: list[tuple[str, Span]]) -> None:
        """A chapter or measure whose number another one has: its rules would come under the other's title."""
        first: dict[str, Span] = {}
        for number, span in headings:
            here = Span(span.start, span.start + len(word) + 1 + len(number))
            if number in first:
                label = Label(first[number], Term("先用在这里", "used here first"))
                self.reporter.report(DuplicateNumber, here, (label,), word=f"{word} {number}")
            first.setdefault(number, here)

    def once(self, items: Sequence[Named], name: Callable[[Named], tree.Name], *, lines: bool = True) -> list[Named]:
        """The items of one block without those whose name another has; these are told together. Where each has a line
        of its own, the later lines may have lost the line they stand under."""
        first: dict[str, Span] = {}
        again: list[tree.Name] = []
        fresh: list[Named] = []
        for item in items:
            word = name(item)
            if word.text in first:
                again.append(word)
            elif word.text != HOLE:
                first[word.text] = word.span
                fresh.append(item)
        if again:
            self.reporter.torn |= lines
            words = "、".join(dict.fromkeys(word.text for word in again))
            label = Label(first[again[0].text], Term("先在这里声明", "declared here first"))
            self.reporter.report(DuplicateDeclaration, again[0].span, (label,), word=words)
            more = Term("这里也是第二次声明", "declared a second time here too")
            self.reporter.also([word.span for word in again[1:]], more)
        return fresh

    def new(self, kind: str, name: tree.Name) -> bool:
        """Whether the name is free among its kind; what it means already is reported."""
        if name.text == HOLE:
            return False
        first = self._seen.setdefault((kind, name.text), name.span)
        if first is not name.span:
            label = Label(first, Term("先在这里声明", "declared here first"))
            self.reporter.report(DuplicateDeclaration, name.span, (label,), word=name.text)
            return False
        if kind == "value" and name.text in CONTEXT + FUNCTIONS:
            self.reporter.report(ReservedName, name.span, word=name.text)
            return False
        return True
