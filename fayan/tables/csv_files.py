"""A table in a CSV file: UTF-8 with or without BOM, else GB18030, each strictly; rows are counted as a spreadsheet program shows them."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from fayan.problems import tables as faults
from fayan.problems.files import Unreadable, why_unreadable
from fayan.problems.given import whole
from fayan.tables import sql
from fayan.tables.quotes import codes, first_of_several, several_rows
from fayan.tables.sheet import (
    ROW,
    TITLES,
    CellFault,
    Sheet,
    columns_named,
    header_of,
    names_key,
    table_named,
    units_apart,
)
from fayan_dsl.problem import Problem, Term
from fayan_runtime.names import KEY
from fayan_runtime.one_value import credit_code
from fayan_runtime.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import duckdb

_CHUNK = 1 << 22


def read_csv(
    path: Path, tables: Sequence[Table], connection: duckdb.DuckDBPyConnection, place: int
) -> tuple[Sheet | None, list[Problem]]:
    """The sheet of a file; ``place`` makes its relation's name."""
    table, problems = table_named(path.stem, tables, str(path))
    if table is None:
        return None, problems
    encoding, problems = encoding_of(path)
    if encoding is None:
        return None, problems
    with path.open(encoding=encoding, newline="") as file:
        try:
            first = list(_first_rows(file))
        except csv.Error as error:
            file.seek(0)
            row = first_of_several(file, 1)
            return None, [_bad(path, error) if row is None else _open_quote(path, row)]
    if not any(cell.strip("\ufeff \t") for row in first for cell in row):
        return None, [_whole(faults.EmptyTable, path)]
    if separator := _separator(first):
        return None, [_whole(faults.OtherSeparator, path, separator=separator)]
    top = header_of(first)
    header = first[top]
    columns, problems = columns_named(header, table, str(path), row=top + 1)
    if problems := problems or list(units_apart(first, top, columns, table, str(path))):
        return None, problems
    relation = f"表{place}"
    try:
        key = next((at for at, column in enumerate(columns) if column and column.name == KEY), len(header))
        ragged = _load(path, encoding, len(header), top, key, connection, relation)
    except _SeveralRows as found:
        return None, [_open_quote(path, found.row)]
    except ValueError as error:  # what pyarrow cannot make rows of
        with path.open(encoding=encoding, newline="") as file:
            row = first_of_several(file, len(header))
        return None, [_bad(path, error) if row is None else _open_quote(path, row)]
    blank = [f"c{at}" for at, column in enumerate(columns) if column is None]
    counted = ", ".join(f"count({each})" for each in blank)
    if blank and any(sql.one(connection, f"SELECT {counted} FROM {relation}")):
        return None, columns_named(header, table, str(path), [column is None for column in columns], top + 1)[1]
    kept = [(column, f"c{at}") for at, column in enumerate(columns) if column is not None]
    picked = ", ".join(f"{cell} AS c{at}" for at, (_, cell) in enumerate(kept))
    view = f"(SELECT {ROW}, {picked} FROM {relation})"
    sheet = Sheet(
        table=table, file=str(path), name=table.name, columns=tuple(column for column, _ in kept), types=("VARCHAR",) * len(kept),
        relation=view, faults=ragged, lost=len(ragged),
    )  # fmt: skip
    return sheet, []


def _first_rows(file: Iterable[str]) -> Iterator[list[str]]:
    """Those among which the names of the columns are; none after one of several lines, or that is not to be read."""
    reader = csv.reader(file, strict=True)
    for row in range(TITLES):
        try:
            yield next(reader, [])
        except csv.Error:
            if not row:
                raise
            return
        if reader.line_num > row + 1:
            return


def encoding_of(path: Path) -> tuple[str | None, list[Problem]]:
    """The encoding in which all of a file can be read; never guessed from a part of it."""
    lines = []
    source, span = whole(str(path), str(path))
    try:
        for encoding in ("utf-8-sig", "gb18030"):
            line = _undecodable(path, encoding)
            if line is None:
                return encoding, []
            lines.append(line)
    except (OSError, ValueError) as error:
        return None, [Unreadable(source=source, span=span, path=str(path), reason=why_unreadable(error))]
    return None, [faults.Undecodable(source=source, span=span, path=str(path), line=lines[0], other=lines[1])]


def _undecodable(path: Path, encoding: str) -> int | None:
    """The line of the first bytes that are no text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            data = file.read(_CHUNK)
            try:
                decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                return line + data.count(b"\n", 0, error.start)
            if not data:
                return None
            line += data.count(b"\n")


def _load(
    path: Path, encoding: str, width: int, top: int, place: int, connection: duckdb.DuckDBPyConnection, relation: str
) -> list[CellFault]:
    """Make the relation of all rows that are not blank and have as many cells as the header, below ``top`` others; the others are faults.
    Raises ``_SeveralRows`` where a row is more than one.

    ``place`` is that of the key: a row with a comma too many still says whose it is.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    ragged: list[CellFault] = []
    several: list[int] = []

    def refuse(row: arrow_csv.InvalidRow) -> str:
        if several_rows(row.text, width):
            several.append(row.number)
            return "skip"
        choices = (str(row.actual_columns), str(row.expected_columns))
        key = credit_code(next(iter(next(csv.reader([row.text]), [])[place : place + 1]), ""))
        if key is None and len(found := codes(row.text)) == 1:  # all of the row in quotes
            (key,) = found
        ragged.append(CellFault(row.number, None, row.text[:40], "ragged-row", choices, key))
        return "skip"

    names = [f"c{at}" for at in range(width)]
    with path.open("rb") as raw:
        if encoding == "utf-8-sig":
            raw.seek(len(codecs.BOM_UTF8) if raw.read(3) == codecs.BOM_UTF8 else 0)
            data: object = raw
        else:
            data = io.BufferedReader(_Recoded(raw, encoding), _CHUNK)
        reader = arrow_csv.open_csv(
            data,
            read_options=arrow_csv.ReadOptions(
                column_names=names, skip_rows=top, skip_rows_after_names=1, use_threads=False, block_size=_CHUNK
            ),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        connection.register("cells", reader)
        cells = ", ".join(names)
        # the key is looked at first, as almost every row has one
        some = "regexp_matches({}, '[^\\s\\x{{a0}}\\x{{3000}}]')".format
        filled = " OR ".join(some(each) for each in (*names[place : place + 1], f"concat({cells})"))
        connection.execute(
            f"CREATE TEMP TABLE {relation} AS SELECT * FROM (SELECT row_number() OVER () + {top + 1} AS {ROW}, {cells} FROM cells)"
            f" WHERE {filled}"
        )
        connection.unregister("cells")
    if ragged:
        # rows after one that is left out have come up by one
        moved = [(fault.row - before, before + 1) for before, fault in enumerate(ragged)]
        connection.register("moved", pa.table([pa.array(each) for each in zip(*moved, strict=True)], ("first", "up")))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {relation} AS SELECT {ROW} + coalesce(moved.up, 0) AS {ROW}, {cells}"
            f" FROM {relation} ASOF LEFT JOIN (SELECT first, max(up) AS up FROM moved GROUP BY first) AS moved ON {ROW} >= moved.first"
        )
        connection.unregister("moved")
    several += _of_several_lines(connection, relation, names)
    if several:
        raise _SeveralRows(min(several))
    return ragged


class _SeveralRows(Exception):
    """A row that is more than one; never leaves this module."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def _of_several_lines(connection: duckdb.DuckDBPyConnection, relation: str, names: Sequence[str]) -> Iterator[int]:
    """The rows that are more than one, of those with line breaks."""
    breaks = " OR ".join(f"contains({name}, chr({each}))" for name in names for each in (10, 13))
    for row, *cells in connection.execute(f"SELECT * FROM {relation} WHERE {breaks}").fetchall():
        if several_rows(",".join(cell or "" for cell in cells), len(names)):
            yield row


class _Recoded(io.RawIOBase):
    """A file in another encoding, as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._rest:
            data = self._file.read(_CHUNK)
            self._rest = self._decoder.decode(data, final=not data).encode()
            if not data:
                break
        size = min(len(into), len(self._rest))
        into[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


#: What cells are divided by in other files that are called CSV.
_SEPARATORS = {
    ";": Term("分号", "semicolons"),
    "\t": Term("制表符", "tabs"),
    "|": Term("竖线", "bars"),
    "，": Term("全角逗号", "full-width commas"),
    "；": Term("全角分号", "full-width semicolons"),
}


def _separator(rows: Iterable[Sequence[str]]) -> Term | None:
    """By what else the names of the columns are divided, where the key is among them only then."""
    for row in rows:
        for cell in row:
            for separator, told in _SEPARATORS.items():
                if separator in cell and names_key(cell.split(separator)):
                    return told
    return None


def _open_quote(path: Path, row: int) -> Problem:
    return _whole(faults.RowsInOne, path, row=row)


def _bad(path: Path, error: Exception) -> Problem:
    return _whole(
        faults.BadTable, path, reason=Term("有的格太长，或者不合 CSV 的写法", str(error).split("\n")[0][:200])
    )


def _whole(kind: Callable[..., Problem], path: Path, **said: Any) -> Problem:
    """What is wrong with a file as a whole."""
    source, span = whole(str(path), str(path))
    return kind(source=source, span=span, path=str(path), **said)
