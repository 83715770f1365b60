"""What the grammar is fed with: words, each with its place."""

from __future__ import annotations

from typing import NamedTuple

#: Reserved word → the terminals it may be, each with the Chinese word.
Words = dict[str, list[tuple[str, str]]]
#: Terminal or rule → what the tables say, in one state.
Row = dict[str, int]


class Token(NamedTuple):
    """A word: its terminal, its text (a reserved word in Chinese), its place, and what a literal is worth."""

    kind: str
    text: str
    start: int
    end: int
    value: object = None


#: What stands where no word can be cut: kinds that no grammar knows.
STRAY, NOT_A_NUMBER, NOT_A_DATE = "?sign", "?number", "?date"
