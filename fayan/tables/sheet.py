"""A table as it was given, its cells not yet read: which table it is, and which of its columns is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import define, field, frozen

from fayan.complaints import listed
from fayan.problems import tables as faults
from fayan_dsl.near import nearest
from fayan_dsl.problem import Edit, Fix, Problem, Term
from fayan_dsl.source import Source, Span
from fayan_runtime.names import DISTRICT, KEY
from fayan_runtime.one_value import half_width
from fayan_runtime.tables import Column, Table

#: What our own workbooks have besides tables: nothing is read from there.
NOT_TABLES = ("说明", "选项")
#: So many rows may name the columns: above them may stand what a table is called and who filled it in.
TITLES = 10
#: The relation of a sheet has its row number as people see it and a column for each place of ``columns``.
ROW = "行"


@frozen
class CellFault:
    """What is wrong with a cell or a row before its values are looked at; ``kind`` is the name of a problem.

    ``key`` is whose row it is, where the row is not in the relation.
    """

    row: int
    column: str | None
    given: str
    kind: str
    choices: tuple[str, ...] = ()
    key: str | None = None
    #: The code and the reason in both languages, where they are told already.
    told: tuple[str, str, str] | None = None


@frozen
class Sheet:
    """``relation`` is the SQL of a relation with ``行`` and, for each of ``columns``, the column ``c0``, ``c1`` … of the type in ``types``.

    ``stays`` where the relation reads the file itself, so that nothing needs to be copied; ``base`` where its numbers are in base units,
    as in the tables we write; ``nested`` where several rows stand on one line, as the items of a list do. ``faults`` are of cells and rows that hold nothing to read; ``lost`` counts rows that are not in the relation.
    """

    table: Table
    file: str
    name: str
    columns: tuple[Column, ...]
    types: tuple[str, ...]
    relation: str
    stays: bool = False
    base: bool = False
    nested: bool = False
    faults: Sequence[CellFault] = field(factory=tuple)
    lost: int = 0

    @property
    def place(self) -> str:
        return source_of(self.file, self.name)


def nested_place(table: str, position: int) -> str:
    """Where a row stands on its line: 租赁[0]."""
    return f"{table}[{position}]"


def source_of(file: str, sheet: str = "") -> str:
    return f"{file} › {sheet}" if sheet and not file.endswith((".csv", ".parquet")) else file


def table_named(given: str, tables: Sequence[Table], file: str) -> tuple[Table | None, list[Problem]]:
    """The table a sheet is, by its name."""
    plain = half_width(given)
    for table in tables:
        if table.name == plain:
            return table, []
    names = tuple(table.name for table in tables)
    source, span = Source(file, given), Span(0, len(given))
    return None, [
        faults.UnknownSheet(
            source=source, span=span, given=given, listed=listed(plain, names), fixes=_meant(plain, names, span)
        )
    ]


@define(slots=False, eq=False)
class _Header(Source):
    """The names of columns, of which people are told the cell in a workbook."""

    row: int

    def place(self, offset: int) -> str:
        if self.name.endswith((".csv", ".parquet")):
            return f"{self.name}:{self.row}:{self.position(offset)[1]}"
        return f"{self.name}!{letters(self.text.count(',', 0, offset))}{self.row}"


def header_of(rows: Iterable[Sequence[object]]) -> int:
    """Of the first rows, the place of that which names the columns: the first, or below the title of a table the one that names the key."""
    first = enumerate(islice(rows, TITLES))
    return next((at for at, row in first if names_key(row)), 0)


def names_key(row: Iterable[object]) -> bool:
    """Whether one of the names is that of the key."""
    return any(_name(str(cell), (KEY,)) == KEY for cell in row)


def _plain(heading: str) -> str:
    """The name of a column without space, wherever it stands, and without the mark that some files begin with."""
    return re.sub(r"[\s\ufeff]", "", half_width(heading))


#: A name with a note behind it: 产值（万元）, 面积/平方米.
_NOTED = re.compile(r"(.+?)[(\[{【〔/、,:;_\-].*")


def _name(heading: str, names: Sequence[str]) -> str:
    """Which of the names a heading has, perhaps with a note behind it; else the heading itself."""
    plain = _plain(heading)
    noted = _NOTED.fullmatch(plain) if plain not in names else None
    return noted[1] if noted and noted[1] in names else plain


#: Many of a unit, not of a number before it: 万元, but not 10万元 or 百万元以上.
_MANY = r"(?<![0-9.零〇一二两三四五六七八九十百千万亿数])[十百千万亿]+"
_UNIT = re.compile(
    rf"单位.{{0,6}}?{_MANY}|{_MANY}(元|人民币|平方米|平米|㎡)(?!以|及|级)|单位[:为]?(人民币)?(美元|欧元|港元|港币|亩|公顷|吨|平方公里)"
)


def units_apart(
    rows: Sequence[Sequence[object]], top: int, columns: Sequence[Column | None], table: Table, file: str
) -> Iterator[Problem]:
    """Where a unit stands above or below the names of the columns, on row ``top``, and not in the cells: nothing is read by it."""
    if not any(column and column.kind == "number" for column in columns):
        return
    keys = [at for at, cell in enumerate(rows[top]) if _plain(str(cell)) == KEY] if rows else []
    for number, row in enumerate(rows[: top + 2], 1):
        if number == top + 1 or (number > top and any(str(cell).strip() for at, cell in enumerate(row) if at in keys)):
            continue
        for cell in row:
            if isinstance(cell, str) and _UNIT.search(_plain(cell)):
                given = " ".join(cell.split())[:40]
                source, span = Source(source_of(file, table.name), given), Span(0, len(given))
                yield faults.UnitApart(source=source, span=span, sheet=table.name, row=number, given=given)


def columns_named(
    header: Sequence[str | None], table: Table, file: str, filled: Sequence[bool] | None = None, row: int = 1
) -> tuple[list[Column | None], list[Problem]]:
    """The column that each cell of the header, on ``row``, names; None where it is blank and so is what stands below it."""
    known = {column.name: column for column in table.columns}
    listable = tuple(name for name, column in known.items() if column.fact or name == KEY)
    text = ",".join((each or "").replace(",", "，") for each in header)
    line = _Header(source_of(file, table.name), text, row)
    starts = [sum(len(each or "") + 1 for each in header[:place]) for place in range(len(header))]
    found: list[Column | None] = []
    problems: list[Problem] = []
    for place, given in enumerate(header):
        plain = _plain(given or "")
        meant = _name(plain, listable)
        source, span = line, Span(starts[place], starts[place] + len(given or ""))
        column = known.get(plain)
        if not plain:
            if filled and filled[place]:
                problems.append(faults.UnnamedColumn(source=source, span=span, sheet=table.name, column=letters(place)))
        elif column is None and meant != plain:
            problems.append(faults.NoteInHeading(source=source, span=span, sheet=table.name, given=plain, wanted=meant))
        elif column is None:
            problems.append(
                faults.UnknownColumn(
                    source=source,
                    span=span,
                    sheet=table.name,
                    given=plain,
                    listed=listed(plain, listable),
                    fixes=_meant(plain, listable, span),
                )
            )
        elif column in found:
            problems.append(faults.RepeatedColumn(source=source, span=span, sheet=table.name, given=plain))
        found.append(column or known.get(meant))
    if table.name != DISTRICT and not any(column and column.name == KEY for column in found):
        if len(problems) == len(header) > 0:
            problems = []  # no name is known: this is no header at all
        problems.append(faults.NoKeyColumn(source=line, span=Span(0, len(line.text)), sheet=table.name))
    return found, problems


def letters(place: int) -> str:
    """The name of a column in a spreadsheet: A, B … Z, AA."""
    word = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        word = chr(65 + rest) + word
    return word


def _meant(word: str, names: tuple[str, ...], span: Span) -> tuple[Fix, ...]:
    near = nearest(word, names)
    return () if near is None else (Fix(Term(f"是不是“{near}”？", f"Did you mean “{near}”?"), (Edit(span, near),)),)
