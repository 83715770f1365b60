"""From sheets to typed tables: every row goes to its table or to the rejects, with the place and the reason; none is lost.

An enterprise is decided on all of its facts or not at all: where one of its rows cannot be read, its other rows are rejected with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from fayan.tables import sql
from fayan.tables.reading import SAYS_NONE, Reading
from fayan.tables.rejects import REJECTS, Rejects
from fayan.tables.sheet import ROW, Sheet
from fayan_runtime import document_number
from fayan_runtime.ir import FactDecl, Program
from fayan_runtime.read import PASSED_FIELD, UNTIL_FIELD, YEAR_FIELD
from fayan_runtime.tables import DISTRICT, ENTERPRISE, KEY, KNOWN, NONE, POSITION, Column, Table

if TYPE_CHECKING:
    import duckdb

#: The keys of enterprises, and of rows without one, that are not decided.
_GONE = "不判"


@frozen
class Count:
    """Of the rows of a table that were given, how many are kept, and how many rejected."""

    table: str
    given: int
    kept: int
    rejected: int

    @property
    def balanced(self) -> bool:
        return self.given == self.kept + self.rejected


@frozen
class _Read:
    """A sheet and the relation of its cells."""

    sheet: Sheet
    cells: str

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.sheet.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.sheet.columns if column.name == name)


@define
class Staging:
    connection: duckdb.DuckDBPyConnection
    program: Program
    tables: tuple[Table, ...]
    rejects: Rejects = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rejects = Rejects(self.connection, self.program)

    def stage(self, sheets: Sequence[Sheet]) -> list[Count]:
        """Make the tables, those not given too; the counts are of the sheets, in order of the tables."""
        reading = Reading(self.connection, self.program, self.rejects)
        read: dict[str, _Read] = {}
        for sheet in sheets:
            self.rejects.given(sheet)
            read[sheet.table.name] = _Read(sheet, reading.cells(sheet))
        for each in read.values():
            self._own_faults(each)
        self._keys(read)
        self._positions(read)
        self._gone_with(read)
        filtered = self._number(f"SELECT count(*) FROM {REJECTS}") > 0
        counts = []
        for table in self.tables:
            self._make(table, read, filtered)
            if table.name in read:
                counts.append(self._count(read[table.name].sheet))
        return counts

    def _number(self, query: str) -> int:
        found = self.connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    def _count(self, sheet: Sheet) -> Count:
        table = sheet.table.name
        given = self._number(f"SELECT count(*) FROM {sheet.relation}") + sheet.lost
        kept = self._number(f"SELECT count(*) FROM {sql.name(table)}")
        rejected = self._number(f"SELECT count(DISTINCT {ROW}) FROM {REJECTS} WHERE 表 = {sql.text(table)}")
        return Count(table, given, kept, rejected)

    # ------------------------------------------------------------ rows by themselves
    def _own_faults(self, read: _Read) -> None:
        sheet, cells = read.sheet, read.cells
        keyed = f"(SELECT *, NULL AS {KEY} FROM {cells})" if sheet.table.name == DISTRICT else cells
        if sheet.table.name != DISTRICT:
            self._fill_keys(sheet, cells)
            key = read.column(KEY)
            faulty = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(sheet.table.name)} AND (列 = {sql.text(KEY)} OR 列 IS NULL)"
            self.rejects.rows(sheet, "no-key", f"FROM {cells} WHERE {KEY} IS NULL AND {ROW} NOT IN ({faulty})", key)
        for column in sheet.columns:
            if column.fact and column.fact.type.optional and read.has(column.name + NONE):
                mark = sql.name(column.name + NONE)
                value, none = sql.name(column.name), sql.name(column.name + SAYS_NONE)
                both = f"({mark} AND {value} IS NOT NULL) OR (NOT {mark} AND {none})"
                marked = read.column(column.name + NONE)
                self._contradiction(read, marked.name, f"FROM {keyed} WHERE {both}", column.name)
        fact = sheet.table.of
        if fact is None:
            return
        if fact.event and read.has(fact.event) and read.has(UNTIL_FIELD) and read.column(UNTIL_FIELD).kind == "date":
            begins, ends = sql.name(fact.event), sql.name(UNTIL_FIELD)
            failed = f" AND {sql.name(PASSED_FIELD)} IS NOT FALSE" if read.has(PASSED_FIELD) else ""
            if read.column(fact.event).kind == "date":
                self.rejects.rows(
                    sheet, "ends-before", f"FROM {cells} WHERE {ends} < {begins}{failed}", read.column(UNTIL_FIELD),
                    (fact.event, begins), ends,
                )  # fmt: skip
        if fact.series:
            self._years(read, fact)

    def _fill_keys(self, sheet: Sheet, cells: str) -> None:
        """Whose rows those are that are rejected so far."""
        self.connection.execute(
            f"UPDATE {REJECTS} SET {KEY} = read.{KEY} FROM {cells} AS read"
            f" WHERE {REJECTS}.{ROW} = read.{ROW} AND 表 = {sql.text(sheet.table.name)} AND {REJECTS}.{KEY} IS NULL"
        )

    def _years(self, read: _Read, fact: FactDecl) -> None:
        sheet, cells = read.sheet, read.cells
        if not read.has(YEAR_FIELD):
            self.rejects.rows(sheet, "no-year", f"FROM {cells}")
            return
        year, column = sql.name(YEAR_FIELD), read.column(YEAR_FIELD)
        faulty = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(sheet.table.name)} AND 列 = {sql.text(YEAR_FIELD)}"
        self.rejects.rows(sheet, "no-year", f"FROM {cells} WHERE {year} IS NULL AND {ROW} NOT IN ({faulty})", column)
        again = f"SELECT {KEY}, {year} FROM {cells} WHERE {KEY} IS NOT NULL AND {year} IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
        self.rejects.rows(
            sheet, "duplicate-year", f"FROM {cells} SEMI JOIN ({again}) USING ({KEY}, {year})", column, (year,), year
        )

    def _contradiction(self, read: _Read, marked: str, query: str, other: str) -> None:
        given = f"CASE WHEN {sql.name(marked)} THEN '是' ELSE '否' END"
        self.rejects.rows(read.sheet, "marked-otherwise", query, read.column(marked), (sql.text(other),), given)

    # ------------------------------------------------------------ rows and their enterprises
    def _keys(self, read: dict[str, _Read]) -> None:
        """Each enterprise stands on one row, and every other row is of one that is there."""
        own = read[ENTERPRISE]
        again = (
            f"SELECT {KEY}, count(*) AS n FROM {own.cells} WHERE {KEY} IS NOT NULL GROUP BY {KEY} HAVING count(*) > 1"
        )
        self.rejects.rows(
            own.sheet,
            "duplicate-enterprise",
            f"FROM {own.cells} JOIN ({again}) AS again USING ({KEY})",
            own.column(KEY),
            ("n",),
            KEY,
        )
        for each in self._lists(read):
            alone = f"FROM {each.cells} ANTI JOIN {own.cells} AS own USING ({KEY}) WHERE {KEY} IS NOT NULL"
            self.rejects.rows(each.sheet, "orphan-row", alone, each.column(KEY), (), KEY)
            known = each.sheet.table.name + KNOWN
            if own.has(known):
                mark = sql.name(known)
                rows = f"FROM {own.cells} AS own SEMI JOIN {each.cells} AS rows USING ({KEY}) WHERE {mark} IS FALSE"
                name = each.sheet.table.name
                self._contradiction(own, known, rows, name)

    @staticmethod
    def _lists(read: dict[str, _Read]) -> list[_Read]:
        return [each for each in read.values() if each.sheet.table.of is not None]

    def _positions(self, read: dict[str, _Read]) -> None:
        for each in self._lists(read):
            if not each.has(POSITION):
                continue
            most = self._number(f"SELECT coalesce(max({POSITION}), 0) FROM {each.cells}")
            # n positions are 0 to n - 1 where their bits make up n ones, which is much faster than counting distinct ones
            good = f"bit_or(1::HUGEINT << {POSITION}) = (1::HUGEINT << count(*)) - 1"
            if most > 120:
                good = f"max({POSITION}) = count(*) - 1 AND count(DISTINCT {POSITION}) = count(*)"
            wrong = (
                f"SELECT {KEY} FROM {each.cells} WHERE {KEY} IS NOT NULL GROUP BY {KEY}"
                f" HAVING count({POSITION}) < count(*) OR count(*) > 121 AND {most} <= 120 OR NOT ({good})"
            )
            rows = f"FROM {each.cells} AS rows SEMI JOIN ({wrong}) AS wrong USING ({KEY})"
            self.rejects.rows(
                each.sheet, "bad-position", rows, each.column(POSITION), (), sql.text(each.sheet.table.name)
            )

    def _gone_with(self, read: dict[str, _Read]) -> None:
        """The other rows of an enterprise of which one is rejected."""
        first = (
            f"SELECT {KEY}, arg_min(表, rowid) AS 表, arg_min({ROW}, rowid) AS first FROM {REJECTS}"
            f" WHERE {KEY} IS NOT NULL GROUP BY {KEY}"
        )
        self.connection.execute(f"CREATE TABLE {_GONE} AS {first}")
        if not self._number(f"SELECT count(*) FROM {_GONE}"):
            return
        for name, each in read.items():
            if name == DISTRICT:
                continue
            faulty = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(name)}"
            rows = f"FROM {each.cells} AS rows JOIN {_GONE} AS gone USING ({KEY}) WHERE rows.{ROW} NOT IN ({faulty})"
            self.rejects.rows(each.sheet, "gone-with-its-enterprise", rows, None, ("表", "first"))

    # ------------------------------------------------------------ the tables
    def _make(self, table: Table, read: dict[str, _Read], filtered: bool) -> None:
        given = read.get(table.name)
        if given is None:
            columns = ", ".join(f"{sql.name(column.name)} {sql.type_of(column)}" for column in table.columns)
            self.connection.execute(f"CREATE TABLE {sql.name(table.name)} ({columns})")
            if table.name == DISTRICT:
                self.connection.execute(f"INSERT INTO {sql.name(table.name)} DEFAULT VALUES")
            return
        columns = ", ".join(
            f"CAST({self._column(column, given, read)} AS {sql.type_of(column)}) AS {sql.name(column.name)}"
            for column in table.columns
        )
        rows = f"{given.cells} AS rows"
        if filtered and table.name != DISTRICT:
            rows += f" ANTI JOIN {_GONE} AS gone USING ({KEY}) WHERE {KEY} IS NOT NULL"
        stays = "VIEW" if given.cells.startswith("(") and (table.of is None or given.has(POSITION)) else "TABLE"
        order = f" ORDER BY {ROW}" if stays == "TABLE" and not filtered else ""
        self.connection.execute(f"CREATE {stays} {sql.name(table.name)} AS SELECT {columns} FROM {rows}{order}")

    def _column(self, column: Column, given: _Read, read: dict[str, _Read]) -> str:
        """SQL of a column of a table from the cells of its sheet."""
        name = column.name
        own = sql.name(name) if given.has(name) else "NULL"
        if name == POSITION and column.fact is None:
            return own if given.has(name) else f"row_number() OVER (PARTITION BY {KEY} ORDER BY {ROW}) - 1"
        if name == KEY:
            return KEY
        if column.fact is None and name.endswith(KNOWN):
            return f"coalesce({own}, {name.removesuffix(KNOWN) in read})"
        if column.fact is None:
            value = name.removesuffix(NONE)
            said = sql.name(value + SAYS_NONE) if given.has(value) else "FALSE"
            return f"coalesce({own}, FALSE) OR {said}"
        if column.fact.has_default:
            return f"coalesce({own}, {self._default(column)})"
        return own

    def _default(self, column: Column) -> str:
        assert column.fact is not None
        value = column.fact.default
        if value == "本文件":
            value = self.program.number
            if column.fact.type.name == "文号":
                value = document_number.normal(value) or value
        if value is None:
            return "NULL"
        if isinstance(value, frozenset):
            return (
                "[" + ", ".join(sql.text(each) if isinstance(each, str) else str(each) for each in sorted(value)) + "]"
            )
        return str(value) if isinstance(value, (bool, int)) else sql.text(str(value))
