"""Parts of the page about a population: a title, remarks and a table, whatever they are printed as."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from fayan_runtime.explain.lines import cells
from fayan_runtime.explain.numbers import fixed

#: What a column holds: words, a number that is a name (of a measure, of a row), a number of things, an amount in 元.
Kind = Literal["text", "label", "count", "money"]
Cell = str | int | Decimal | None


@frozen
class Column:
    """``wide``: left out where there is little room."""

    title: str
    kind: Kind = "text"
    wide: bool = False


@frozen
class Bar:
    """A piece of a bar: where it begins and how long it is, of 100; its colour."""

    start: str
    length: str
    tone: str


@frozen(slots=False)
class Section:
    """``bars`` has for each row the pieces of its bar; empty where nothing is drawn. ``key`` names the section in files."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    bars: Sequence[Sequence[Bar]] = field(factory=tuple)
    legend: Sequence[tuple[str, str]] = ()
    #: The rows as sentences, for a terminal; where there are none, it gets the table.
    told: Sequence[str] = ()
    #: Shown on a terminal too.
    brief: bool = True

    @cached_property
    def shown(self) -> list[list[str]]:
        kinds = [column.kind for column in self.columns]
        return [[show(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in self.rows]

    @property
    def drawn(self) -> int:
        """The column that bars stand in: the first of words."""
        return next((number for number, column in enumerate(self.columns) if column.kind == "text"), 0)

    @property
    def lines(self) -> list[str]:
        """The table for a terminal: columns aligned, wide characters counting twice."""
        kept = [number for number, column in enumerate(self.columns) if not column.wide]
        table = [[self.columns[number].title for number in kept]]
        table += [[row[number] for number in kept] for row in self.shown]
        widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
        right = [self.columns[number].kind != "text" for number in kept]
        return [
            "  ".join(
                pad(text, width, at_right) for text, width, at_right in zip(row, widths, right, strict=True)
            ).rstrip()
            for row in table
        ]


def show(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return fixed(Fraction(cell), 2)
    if isinstance(cell, int):
        return str(cell) if kind == "label" else f"{cell:,}"
    return cell


def pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


def stacked(parts: Sequence[tuple[int | Decimal, str]], whole: int | Decimal) -> tuple[Bar, ...]:
    """Pieces beside each other: amount and colour of each, all of ``whole``."""
    found, start = [], 0
    for amount, tone in parts:
        # in hundredths of a hundredth: what is drawn needs no more, and no binary fractions
        length = int(amount * 10_000 / whole) if whole else 0
        if length:
            found.append(Bar(_percent(start), _percent(length), tone))
        start += length
    return tuple(found)


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"
