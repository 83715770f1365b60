"""Layer one of a comparison, structure: which measure became which, and every meaningful thing that differs.

Things are what the program says, never lines: formatting, comments, the order of independent rules and the names of definitions are no
change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from attrs import field, frozen

from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.texts import TextRow

#: What kind of thing differs, in the order in which it is told.
Aspect = Literal[
    "header", "number", "title", "chapter", "chapter_title", "unrecorded", "responsible", "import", "note", "uncoded",
    "provision", "renamed", "moved", "kind", "nature", "called", "each", "among", "period", "must", "amount", "stage", "stage_renamed", "stated_total",
    "check", "goal", "until", "quota", "chosen", "discretion", "payer", "evidence",
    "ceiling", "highest", "deduct", "offset", "definition", "reading", "reading_renamed", "option_renamed", "fact", "fact_renamed", "derived", "enum", "enum_renamed", "member_renamed", "example",
]  # fmt: skip


@frozen
class WorkedOut:
    """How a fact is worked out where it is not given: by a definition, or not at all ("")."""

    function: str


@frozen
class Place:
    """The measure a rule stands in, and who is responsible for that."""

    measure: int
    responsible: tuple[str, ...]


@frozen
class Example:
    """An example: its title and its cases, one for each row of a table."""

    title: str
    cases: tuple[ExampleCase, ...]


#: One side of a change: a part of the program, words of the document, or nothing.
Thing = (
    ir.Expr | ir.Condition | ir.Period | ir.Stage | ir.Provision | ir.Ceiling | ir.Highest | ir.Deduct | ir.Offset
    | ir.Function | ir.ReadingDecl | ir.FactDecl | WorkedOut | ir.EnumDecl | ir.Import | Place | Example | tuple[str, ...] | str | int | date | None
)  # fmt: skip


@frozen(kw_only=True)
class Change:
    """One meaningful thing that differs; a side that is None is not there.

    ``of``: the rule, cap, definition or scope it belongs to, by its new name where there is one; ``also``: the others to which the same was
    done. ``name``: its own name.
    ``parts``: the smallest parts of two expressions that differ, each with the option of a reading it stands under ("" for all).
    """

    aspect: Aspect
    of: str = ""
    also: tuple[str, ...] = ()
    name: str = ""
    before: Thing = None
    after: Thing = None
    parts: tuple[Part, ...] = ()
    old: ir.Origin = field(default=ir.NOWHERE, eq=False)
    new: ir.Origin = field(default=ir.NOWHERE, eq=False)

    @property
    def belongs_to(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.of, *self.also)))


#: When an arm of cases counts; None: in all other cases.
Case = ir.Expr | None


@frozen(kw_only=True)
class Part:
    """The smallest differing parts of two expressions; a side that is None is not there.

    ``under``: (reading, option) pairs on the way to them; ``cases``: the arms, in the words of the new version. ``joined``: of a
    part on one side only, whether it stands among what must hold together (all) or what may hold instead (any). ``row``: of a part of the
    condition of an arm, what stays of that condition, and last what comes of the arm: the rest of a row of a table.
    """

    before: ir.Expr | None
    after: ir.Expr | None
    under: tuple[tuple[str, str], ...] = ()
    cases: tuple[Case, ...] = ()
    joined: Literal["", "all", "any"] = ""
    row: tuple[ir.Expr, ...] = ()


@frozen(kw_only=True)
class Likeness:
    """What speaks for two measures being one, in percent; ``rules``: so many of so many have one name or say the same."""

    number: bool = False
    title: int = 0
    text: int = 0
    rules: tuple[int, int] = (0, 0)
    score: int = 0


@frozen(kw_only=True)
class MeasureComparison:
    """One measure in both versions, or in one of them (the other side None).

    ``comparable``: "" where both texts are on file, else which side's is not, or not wholly (``old``, ``new`` or ``both``).
    ``text``: the two texts, as far as they are on file, sentence beside sentence; empty where they are equal.
    """

    old: ir.Measure | None
    new: ir.Measure | None
    comparable: Literal["", "old", "new", "both"] = ""
    likeness: Likeness | None = None
    text: tuple[TextRow, ...] = ()
    changes: tuple[Change, ...] = ()

    def resting(self, old: ir.Origin, new: ir.Origin) -> list[int]:
        """The rows of the text that something rests on: of the passage it stands under, those it quotes, else those that changed."""
        found = {*self._rows(self.new, new, lambda row: row.new), *self._rows(self.old, old, lambda row: row.old)}
        changed = [row for row in found if any(part.kind != "kept" for part in self.text[row].parts)]
        return sorted(changed or found)

    def _rows(
        self, side: ir.Measure | None, at: ir.Origin, of: Callable[[TextRow], tuple[ir.Sentence, ...]]
    ) -> list[int]:
        above = [
            each for each in (side.passages if side else ()) if each.sentences and each.sentences[0].line < at.line
        ]
        if not above:
            return []
        sentences = above[-1].sentences
        quoted = [each for each in sentences if at.quote and at.quote in each.text]
        return [place for place, row in enumerate(self.text) if any(each in (quoted or sentences) for each in of(row))]
