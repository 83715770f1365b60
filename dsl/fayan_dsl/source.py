"""Where text stands: a source file, a span in it, and the three ways people count columns.

Spans are half-open ``[start, end)`` in Python string indexes. They are turned into lines, UTF-16 columns (editors)
or terminal cells (carets under Chinese) only at the doors.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cached_property

from attrs import define, field, frozen


@frozen
class Span:
    """A stretch of one source: string indexes, end excluded."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this span to the end of ``other``."""
        return Span(self.start, max(self.end, other.end))


@define(slots=False, eq=False)
class Source:
    """A text with the name it is reported under."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for index, char in enumerate(self.text):
            if char == "\n":
                starts.append(index + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and 1-based column (in characters) of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def place(self, offset: int) -> str:
        """Where it stands, as people are told: file, line and column."""
        return "{}:{}:{}".format(self.name, *self.position(offset))

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its line break."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] - 1 if line < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def line_span(self, line: int) -> Span:
        """Where a 1-based line stands, white space around it apart."""
        start, text = self._line_starts[line - 1], self.line_text(line)
        return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    @property
    def line_count(self) -> int:
        return len(self._line_starts)


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide and full-width characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text
    )


def utf16_column(text: str) -> int:
    """How many UTF-16 code units a text takes, as editors count columns."""
    return len(text.encode("utf-16-le")) // 2
