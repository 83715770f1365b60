"""The tables of an .xlsx workbook: a sheet each. What a formula or an error stands in is not taken, and said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from fayan.problems import tables as faults
from fayan.problems.files import Unreadable, why_unreadable
from fayan.problems.given import whole
from fayan.problems.tables import DateAsNumber, UnitInFormat
from fayan.tables.sheet import (
    NOT_TABLES,
    ROW,
    TITLES,
    CellFault,
    Sheet,
    columns_named,
    header_of,
    table_named,
    units_apart,
)
from fayan_dsl.problem import Problem, Term
from fayan_runtime.one_value import half_width
from fayan_runtime.tables import Column, Table

if TYPE_CHECKING:
    import duckdb

#: Limits are counts: a sheet may not spread further than that, whether filled or not.
MAX_CELLS = 50_000_000
MAX_MIB = 2048
#: Numbers that are dates of this age, 1954 to 2119, where a cell is not formatted as one.
_DAYS = range(20_000, 80_000)
#: As much of a formula is shown.
_FORMULA = 60
#: By row (from 1) and place (from 0): the kind of fault, what the cell says, and what more is said of it.
Odd = dict[tuple[int, int], tuple[str, str, str]]


def read_workbook(
    path: Path, tables: Sequence[Table], connection: duckdb.DuckDBPyConnection, place: int
) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of a workbook; those that are blank and those that explain it are left out."""
    from xml.etree import ElementTree

    import python_calamine as calamine

    source, span = whole(str(path), str(path))
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            seen, problems = _look(path, archive)
        if problems:
            return [], problems
        workbook = calamine.CalamineWorkbook.from_path(path)
    except (OSError, ValueError) as error:
        return [], [Unreadable(source=source, span=span, path=str(path), reason=why_unreadable(error))]
    except zipfile.BadZipFile:
        return [], [faults.NoWorkbook(source=source, span=span, path=str(path), found=_found(path))]
    except (calamine.CalamineError, KeyError, expat.ExpatError, ElementTree.ParseError) as error:
        return [], [
            faults.BadTable(
                source=source, span=span, path=str(path), reason=Term("里面不合 .xlsx 的格式", str(error)[:200])
            )
        ]
    sheets: list[Sheet] = []
    with workbook:
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if half_width(name) in NOT_TABLES or all(map(blank, rows)):
                continue
            sheet, found = _sheet(
                str(path), name, rows, seen.get(name, {}), tables, connection, f"表{place}之{len(sheets)}"
            )
            sheets += [sheet] if sheet else []
            problems += found
    return sheets, problems


#: What files begin with that are no .xlsx, whatever they are called.
_BEGINS = (
    (b"\xd0\xcf\x11\xe0", Term("旧的 .xls 格式，或者加了密码", "in the old .xls format, or has a password")),
    (b"PK", Term("不完整的文件", "not complete")),
    (b"<", Term("网页或者 XML", "a web page or XML")),
    (b"", Term("别的文件", "some other file")),
)


def _found(path: Path) -> Term:
    """What a file is that is no workbook."""
    with path.open("rb") as file:
        begin = file.read(8).lstrip(b"\xef\xbb\xbf")
    return next(told for magic, told in _BEGINS if begin.startswith(magic))


def _sheet(
    file: str,
    name: str,
    rows: Sequence[Sequence[object]],
    odd: Odd,
    tables: Sequence[Table],
    connection: duckdb.DuckDBPyConnection,
    relation: str,
) -> tuple[Sheet | None, list[Problem]]:
    import pyarrow as pa

    table, problems = table_named(name, tables, file)
    if table is None:
        return None, problems
    top = header_of(rows)
    header = [_written(cell) or "" for cell in rows[top]]
    width = range(len(header))
    filled = [any(row[place] != "" for row in rows[top + 1 :]) for place in width]
    columns, problems = columns_named(header, table, file, filled, top + 1)
    if problems := problems or list(units_apart(rows[: TITLES + 1], top, columns, table, file)):
        return None, problems
    kept = [(place, column) for place, column in enumerate(columns) if column is not None]
    found: list[CellFault] = []
    by_row: dict[int, list[int]] = {}
    for row, place in odd:
        by_row.setdefault(row, []).append(place)
    numbers: list[int] = []
    cells: list[list[str | None]] = [[] for _ in kept]
    for number, values in enumerate(rows[top + 1 :], top + 2):
        if blank(values) and number not in by_row:
            continue
        numbers.append(number)
        for into, (place, column) in zip(cells, kept, strict=True):
            kind, written, more = odd.get((number, place), ("", "", ""))
            written = "=…" if written == "=" else written  # one that is shared stands in another cell
            if not kind or (kind == UnitInFormat.name and column.kind != "number"):
                kind, written = _cell(values[place], column)
            if kind:
                more = _day(int(written)).isoformat() if kind == DateAsNumber.name else more
                choices = (more,) if more else ()
                found.append(CellFault(number, column.name, written, kind, choices))
            into.append(None if kind else written or None)
    arrays = [pa.array(numbers, pa.int64()), *(pa.array(each, pa.string()) for each in cells)]
    names = [ROW, *(f"c{place}" for place in range(len(kept)))]
    connection.register("cells", pa.table(arrays, names))
    connection.execute(f"CREATE TEMP TABLE {relation} AS SELECT * FROM cells")
    connection.unregister("cells")
    types = ("VARCHAR",) * len(kept)
    own = tuple(column for _, column in kept)
    return Sheet(table, file, table.name, own, types, relation, faults=found), []


def blank(row: Sequence[object]) -> bool:
    """Whether a row has nothing in it but space."""
    return not any(cell.strip() if isinstance(cell, str) else True for cell in row)


def _cell(value: object, column: Column) -> tuple[str, str]:
    """What is wrong with a cell, if anything is, and how its value is written."""
    written = _written(value)
    if column.kind == "text" and not isinstance(value, str):
        return (
            "not-a-text-cell",
            written,
        )  # a code or name that was taken for a number has lost its zeros or its last digits
    if column.kind == "date" and isinstance(value, float) and value.is_integer() and value in _DAYS:
        return DateAsNumber.name, written
    if column.kind == "month" and type(value) is date and value.day == 1:
        return "", f"{value:%Y-%m}"  # spreadsheet programs make 2024-11 the first of that month
    return "", written


def _day(number: int) -> date:
    """The date that spreadsheet programs keep as a number."""
    return date(1899, 12, 30) + timedelta(days=number)


def _written(value: object) -> str:
    """A cell as people would have typed it: numbers in as few digits as say them, as spreadsheet programs keep them."""
    match value:
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return repr(value)


# ---------------------------------------------------------------- what the cells do not tell


def _look(path: Path, archive: zipfile.ZipFile) -> tuple[dict[str, Odd], list[Problem]]:
    """Of each sheet: the cells with formulas, errors and units that only the format has."""
    source, span = whole(str(path), str(path))
    size = sum(part.file_size for part in archive.infolist())
    if size > MAX_MIB * 2**20:
        reason = Term(*[f"{size >> 20} MiB > {MAX_MIB} MiB"] * 2)
        return {}, [faults.BadTable(source=source, span=span, path=str(path), reason=reason)]
    seen: dict[str, Odd] = {}
    formats = _many(archive)
    for name, part in _parts(archive):
        look = _Look(formats)
        with archive.open(part) as stream:
            look.parser.ParseFile(stream)
        cells = look.rows * look.columns
        if cells > MAX_CELLS:
            where = f"{path} › {name}"
            return {}, [faults.SheetTooLarge(source=source, span=span, path=where, cells=cells, limit=MAX_CELLS)]
        seen[name] = look.odd
    return seen, []


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part of the archive it is in."""
    from xml.etree import ElementTree

    targets = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind("{*}sheets/{*}sheet"):
        id = next((value for key, value in each.items() if key.endswith("}id")), "")
        target = targets.get(id, "")
        if "worksheets" in target:
            yield each.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


#: What a format adds to a number that makes it many: 万, 亿元 …
_FORMAT = re.compile(r"[百千万亿]+\w{0,2}")


def _many(archive: zipfile.ZipFile) -> dict[str, str]:
    """The styles whose format shows a unit of many, and that unit."""
    from xml.etree import ElementTree

    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    units: dict[str, str] = {}
    for each in styles.iterfind("{*}numFmts/{*}numFmt"):
        shown = re.sub(r'\[[^\]]*\]|["\\!]', "", each.get("formatCode", ""))
        if found := _FORMAT.search(shown):
            units[each.get("numFmtId", "")] = found[0]
    used = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    return {str(at): units[id] for at, each in used if (id := each.get("numFmtId", "")) in units}


_CELL = re.compile(r"([A-Z]+)([0-9]+)")


class _Look:
    """How far a sheet spreads, and where it has formulas, errors and numbers that only their format makes many."""

    def __init__(self, formats: dict[str, str]) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.buffer_text = True
        self.odd: Odd = {}
        self._formats = formats
        self._unit = ""
        self.rows = self.columns = 0
        self._at = (0, -1)
        self._error = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        row, place = self._at
        self.parser.CharacterDataHandler = None
        if tag == "c":
            match = _CELL.fullmatch(attributes.get("r", ""))
            self._at = (int(match[2]), _place(match[1])) if match else (row, place + 1)
            self._error = attributes.get("t") == "e"
            self._unit = self._formats.get(attributes.get("s", ""), "") if attributes.get("t", "n") == "n" else ""
        elif tag == "row":
            self._at = (int(attributes.get("r", row + 1)), -1)
        elif tag in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, row), max(self.columns, place + 1)
            if tag == "f":
                self.odd[self._at] = ("formula-cell", "=", "")
                self.parser.CharacterDataHandler = self._text
            elif self._at not in self.odd and (self._error or self._unit):
                self.odd[self._at] = ("error-cell", "", "") if self._error else (UnitInFormat.name, "", self._unit)
                self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        kind, before, more = self.odd[self._at]
        self.odd[self._at] = (kind, (before + text.strip())[:_FORMULA], more)


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
