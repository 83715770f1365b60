"""Laying a policy out anew: its words, comments and empty lines, each in its one place.

A statement (one line of the drafter, with the lines that carry it on) is broken where it is too long, before a word that
can carry it on, and else only at a comment. A comment stands as deep as the statement below it, or where that is further
out, at the level of the block above that it was aligned with. Rows of a table stand in columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from fayan_dsl.lines import even, lines
from fayan_dsl.source import cells
from fayan_dsl.spelling import Spelling, gap
from fayan_dsl.tables import Rule
from fayan_dsl.tokens import Token

#: The widest a statement is laid out, in terminal cells; a level of indentation; what parts columns, and a comment from words.
WIDTH, STEP, APART = 120, 4, "  "
#: How many levels deeper a line may begin for the brackets it begins in.
MOST_LEVELS = 3
#: Where a statement may be broken; of those in the same brackets the loosest comes first.
_BREAKS = {"AND": 0, "OR": 0, "ADD": 1, "MUL": 2}
_AFTER_ENUMCOMMA = 3
#: An empty line stands before these at the margin, and after those with what hangs under them.
_HEADS = {"CHAPTER", "MEASURE", "APPENDIX", "EXAMPLE"}
_OPENERS = {"POLICY", "CHAPTER", "APPENDIX"}
#: The rules of the grammar that are a row of a table, and those that are a column in it; what is left is the last column.
_ROWS = {"row", "heading", "table_row"}
_COLUMNS = {"cells", "subject", "table_cell"}


# ---------------------------------------------------------------- what stands where
@define
class Piece:
    """What stands on one line of a file: words, a comment, or both; and whether an empty line stands before it."""

    words: list[Token]
    comment: str
    indent: int
    blank: bool


@define
class Statement:
    """One line of the drafter, in the pieces it stood in; some may be comments between."""

    pieces: list[Piece] = field(factory=list)
    depth: int = 0
    #: Whether it is a row of a table; where columns end, if it is.
    row: bool = False
    columns: set[int] = field(factory=set)

    @property
    def kind(self) -> str:
        return self.pieces[0].words[0].kind

    def joined(self) -> list[Piece]:
        """The pieces put together as far as no comment stands between them."""
        found: list[Piece] = []
        for piece in self.pieces:
            if found and found[-1].words and piece.words and not found[-1].comment:
                found[-1].words += piece.words
                found[-1].comment = piece.comment
            else:
                found.append(Piece(piece.words.copy(), piece.comment, piece.indent, piece.blank))
        return found


_LINE = re.compile(r"\ufeff?([^\S\n]*)([^\n]*)")


def comments(text: str) -> list[str]:
    """The comments of a text, in order."""
    return [piece.comment for piece, _ in _pieces(text) if piece.comment]


def _pieces(text: str) -> Iterator[tuple[Piece, tuple[bool, int]]]:
    """The lines of a file in order, each with whether it carries on the one before and where its words end (-1 for none)."""
    parts = [(start, end, index > 0) for line in lines(even(text)) for index, (start, end) in enumerate(line.parts)]
    left = iter([*parts, (len(text) + 1, 0, False)])
    start, end, carries = next(left)
    blank, at = False, 0
    for line in text.split("\n"):
        stop = at + len(line)
        match = _LINE.match(text, at)
        assert match is not None
        indent = len(match[1].expandtabs(STEP))
        if start <= stop:
            yield Piece([], text[end:stop].strip(), indent, blank), (carries, end)
            start, end, carries = next(left)
            blank = False
        elif comment := match[2].strip():
            yield Piece([], comment, indent, blank), (False, -1)
            blank = False
        else:
            blank = True
        at = stop + 1


def read(text: str, steps: Sequence[Token | int], rules: Sequence[Rule]) -> list[Statement | Piece]:
    """The statements of a text, each with its words, and the comments between them."""
    items: list[Statement | Piece] = []
    places: list[tuple[int, Statement, Piece]] = []
    last, statement = -1, Statement()
    for piece, (carries, end) in _pieces(text):
        if end < 0:
            items.append(piece)
            continue
        if carries:
            between = items[last + 1 :]
            del items[last + 1 :]
            statement.pieces += [item for item in between if isinstance(item, Piece)]
        else:
            last, statement = len(items), Statement()
            items.append(statement)
        statement.pieces.append(piece)
        places.append((end, statement, piece))
    at, depth, last_end = 0, 0, 0
    for step in steps:
        if isinstance(step, int):
            # a rule is complete when the word after it is seen, which has not been put down yet
            statement, origin = places[at][1], rules[step].origin
            if origin in _COLUMNS:
                statement.columns.add(last_end)
            statement.row |= origin in _ROWS and bool(statement.columns)
        elif step.kind in ("_INDENT", "_DEDENT"):
            depth += 1 if step.kind == "_INDENT" else -1
        elif step.start >= 0:
            while places[at][0] <= step.start:
                at += 1
            places[at][1].depth = depth
            places[at][2].words.append(step)
            last_end = step.end
    assert all(piece.words for _, _, piece in places), "a line was passed over in silence"
    return items


# ---------------------------------------------------------------- lines laid out
@define
class _Part:
    """A comment or a statement: its depth, its lines, and whether an empty line stood before it."""

    depth: int
    blank: bool
    lines: list[str]


def lay_out(items: Sequence[Statement | Piece], spelling: Spelling) -> str:
    rows = _rows(items, spelling)
    out: list[str] = []
    margins = {0: 0}
    above: Statement | None = None
    outermost = ""
    waiting: list[Piece] = []
    for item in (*items, None):
        if isinstance(item, Piece):
            waiting.append(item)
            continue
        parts = list(_comments(waiting, above, item, margins))
        if item is not None:
            margins[item.depth] = item.pieces[0].indent
            told = rows[id(item)] if id(item) in rows else _statement(item, spelling)
            parts.append(_Part(item.depth, item.pieces[0].blank, told))
        apart = _apart(parts, outermost in _OPENERS, item)
        for index, part in enumerate(parts):
            inside = index == 0 and above is not None and part.depth > above.depth
            if out and (index in apart or (part.blank and not inside)):
                out.append("")
            out += [" " * STEP * part.depth + line for line in part.lines]
        above, waiting = item, []
        if item is not None and item.depth == 0:
            outermost = item.kind
    return "\n".join(out) + "\n"


def _comments(
    waiting: Sequence[Piece], above: Statement | None, below: Statement | None, margins: dict[int, int]
) -> Iterator[_Part]:
    """Comments between two statements; none stands deeper than the one before it."""
    least = below.depth if below else 0
    deepest = max(least, above.depth if above else 0)
    for piece in waiting:
        if deepest > least:
            deepest = max((d for d in range(least, deepest + 1) if margins[d] <= piece.indent), default=least)
        yield _Part(deepest, piece.blank, [piece.comment])


def _apart(parts: Sequence[_Part], opened: bool, below: Statement | None) -> set[int]:
    """Which parts must have an empty line before them: a heading with the comments on it, and what follows an opening."""
    found: set[int] = set()
    if opened:
        found.update(itertools.islice((index for index, part in enumerate(parts) if part.depth == 0), 1))
    if below is not None and below.kind in _HEADS and below.depth == 0:
        first = len(parts) - 1
        while first and not parts[first].blank and parts[first - 1].depth == 0:
            first -= 1
        found.add(first)
    return found


def _statement(statement: Statement, spelling: Spelling) -> list[str]:
    """The lines of a statement; all but the first stand one level deeper, and deeper still where they begin in brackets."""
    pieces = statement.joined()
    words = [word for piece in pieces for word in piece.words]
    spaced = [gap(before, word) + spelling.write(word) for before, word in itertools.pairwise([words[0], *words])]
    spaced[0] = spelling.write(words[0])
    widths = list(map(cells, spaced))
    ranks = _ranks(words)
    outermost = min((rank[0] for rank in ranks if rank), default=0)
    levels = [1 + min(rank[0] - outermost, MOST_LEVELS) if rank else 1 for rank in ranks]
    levels[0] = 0
    rooms = [WIDTH - STEP * (statement.depth + level) for level in levels]
    found: list[str] = []
    first = 0
    for piece in pieces:
        last = first + len(piece.words)
        starts = [first] if first < last else []
        while starts and not statement.row and (start := _next_line(starts[-1], last, ranks, widths, rooms)):
            starts.append(start)
        lines = [
            " " * STEP * levels[start] + "".join(spaced[start:end]).strip()
            for start, end in itertools.pairwise([*starts, last])
        ]
        if piece.comment:
            lines = [*lines[:-1], lines[-1] + APART + piece.comment] if lines else [" " * STEP + piece.comment]
        found += lines
        first = last
    return found


def _next_line(
    first: int, last: int, ranks: Sequence[tuple[int, int] | None], widths: Sequence[int], rooms: Sequence[int]
) -> int:
    """Where the line after the one from ``first`` begins, 0 where there is room for all: as far out of brackets as can
    be, before the loosest word, as late as there is room."""
    width, best = 0, 0
    for index in range(first, last):
        rank = ranks[index]
        if rank and index > first and (not best or (width <= rooms[first] and rank <= (ranks[best] or rank))):
            best = index
        width += widths[index]
        if width > rooms[first] and best:
            return best
    return 0


def _ranks(words: Sequence[Token]) -> list[tuple[int, int] | None]:
    """How deep in brackets and how tight each word binds that may begin a new line."""
    ranks: list[tuple[int, int] | None] = []
    depth = 0
    for index, word in enumerate(words):
        closes = word.kind in ("RPAR", "THAT") or (word.kind == "AGGREGATE" and words[index - 1].kind == "OF")
        depth += (word.kind in ("LPAR", "OF")) - closes
        listed = index and words[index - 1].kind == "ENUMCOMMA"
        tight = _AFTER_ENUMCOMMA if listed else _BREAKS.get(word.kind)
        ranks.append(None if tight is None else (depth, tight))
    return ranks


# ---------------------------------------------------------------- tables
def _rows(items: Sequence[Statement | Piece], spelling: Spelling) -> dict[int, list[str]]:
    """The lines of rows in columns, by the identity of the statement."""
    found: dict[int, list[str]] = {}
    statements = [item for item in items if isinstance(item, Statement)]
    for (row, _), table in itertools.groupby(statements, key=lambda statement: (statement.row, statement.depth)):
        whole = [(each, pieces[0]) for each in table if len(pieces := each.joined()) == 1] if row else []
        cut = [_cells_of(statement, piece.words, spelling) for statement, piece in whole]
        wide = [max(map(cells, column)) for column in itertools.zip_longest(*cut, fillvalue="")]
        for (statement, piece), columns in zip(whole, cut, strict=True):
            padded = [text + " " * (width - cells(text)) for text, width in zip(columns, wide, strict=False)]
            found[id(statement)] = [APART.join([*padded[:-1], columns[-1]]) + (piece.comment and APART + piece.comment)]
    return found


def _cells_of(statement: Statement, words: Sequence[Token], spelling: Spelling) -> list[str]:
    found = [""]
    for before, word in itertools.pairwise([None, *words]):
        assert word is not None
        if before is not None and before.end in statement.columns:
            found.append("")
        found[-1] += (gap(before, word) if before and found[-1] else "") + spelling.write(word)
    return found
