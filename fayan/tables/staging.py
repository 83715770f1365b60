"""From sheets to typed tables: every row goes to its table or to the rejects, with the place and the reason; none is lost.

An enterprise is decided on all of its facts or not at all: where one of its rows cannot be read, its other rows are rejected with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from fayan.problems.tables import HeaderAgain, NoteRow, TotalRow
from fayan.tables import sql
from fayan.tables.owners import find_owners
from fayan.tables.reading import SAYS_NONE, Reading
from fayan.tables.rejects import REJECTS, Rejects
from fayan.tables.sheet import ROW, Sheet
from fayan_runtime import document_number
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY, PASSED_FIELD, UNTIL_FIELD, YEAR_FIELD
from fayan_runtime.tables import KNOWN, NONE, POSITION, Column, Table

if TYPE_CHECKING:
    import duckdb

#: The keys of enterprises, and of rows without one, that are not decided.
_GONE = "不判"
#: After the name of the list of payments: on which rows of its table its items stand.
ROWS_OF = "·行"
#: The relation of rows that say the same as an earlier one of their enterprise, and which that is.
REPEATS = "重复"
#: What stands first in a row of totals.
_TOTAL = "(本页|本表)?(合计|总计|小计|共计|累计)[：:]?"
#: And in a row below the table that says who made it, or explains it.
_NOTE = "((制表|填表|填报|报送|审核|复核|核准|批准|经办|负责|联系|单位负责|主管)(人|单位|部门|日期|时间|电话|领导)?|备注|附注|注|说明|日期|单位)[：:].*"


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

    @property
    def name(self) -> str:
        return self.sheet.table.name

    @property
    def rows(self) -> str:
        """The cells, with a key where the table has none."""
        return self.cells if self.has(KEY) else f"(SELECT *, NULL AS {KEY} FROM {self.cells})"

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.sheet.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.sheet.columns if column.name == name)


@frozen
class _Check:
    """A fault of rows: ``holds`` is SQL, ``choices`` and ``given`` SQL of what is said. ``unless_faulty``: told only where nothing else is said of the cell."""

    kind: str
    column: Column
    holds: str
    choices: tuple[str, ...] = ()
    given: str = "NULL"
    unless_faulty: bool = False


def _contradiction(mark: Column, holds: str, other: str) -> _Check:
    given = f"CASE WHEN {sql.name(mark.name)} THEN '是' ELSE '否' END"
    return _Check("marked-otherwise", mark, holds, (sql.text(other),), given)


@define
class Staging:
    connection: duckdb.DuckDBPyConnection
    program: Program
    tables: tuple[Table, ...]
    rejects: Rejects = field(init=False)
    #: SQL that leaves out enterprises of more than one row: what their lists hold is of the one or the other.
    _twice: str = field(default="", init=False)

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
            self._no_data(each)
        self._keys(read)
        for each in read.values():
            if each.sheet.table.of is not None and each.has(KEY) and not each.sheet.nested:
                several = find_owners(self.connection, each.name, each.cells, read[ENTERPRISE].cells)
                self._perhaps(each, read[ENTERPRISE], several)
        self._gone_with(read)
        filtered = self._number(f"SELECT count(*) FROM {REJECTS}") > 0
        self.connection.execute(
            f"CREATE TABLE {REPEATS} (文件 VARCHAR, 表 VARCHAR, {ROW} BIGINT, 前行 BIGINT, {KEY} VARCHAR)"
        )
        for each in read.values():
            if each.sheet.table.of is not None and each.has(KEY) and not each.sheet.base:
                self._repeats(each, filtered)
        counts = []
        for table in self.tables:
            self._make(table, read, filtered)
            if table.name in read:
                counts.append(self._count(read[table.name].sheet))
        return counts

    def _number(self, query: str) -> int:
        return sql.number(self.connection, query)

    def _count(self, sheet: Sheet) -> Count:
        """Rows that are nested have a fault each, with its place: several stand on one line."""
        table, apart = sheet.table.name, f"({ROW}, 列)" if sheet.nested else ROW
        given = self._number(f"SELECT count(*) FROM {sheet.relation}") + sheet.lost
        kept = self._number(f"SELECT count(*) FROM {sql.name(table)}")
        rejected = self._number(f"SELECT count(DISTINCT {apart}) FROM {REJECTS} WHERE 表 = {sql.text(table)}")
        return Count(table, given, kept, rejected)

    # ------------------------------------------------------------ rows by themselves
    def _own_faults(self, read: _Read) -> None:
        """What is wrong with a row whatever the others are: looked for in one pass, told of one by one."""
        self._fill_keys(read)
        checks = list(self._checks(read))
        if not checks:
            return
        counted = ", ".join(f"count_if({check.holds})" for check in checks)
        counts = sql.one(self.connection, f"SELECT {counted} FROM {read.rows}")
        for check, count in zip(checks, counts, strict=True):
            if count:
                query = f"FROM {read.rows} WHERE ({check.holds})"
                if check.unless_faulty:
                    query += (
                        f" AND {ROW} NOT IN (SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(read.name)}"
                        f" AND (列 IS NULL OR 列 = {sql.text(check.column.name)}))"
                    )
                self.rejects.rows(read.sheet, check.kind, query, check.column, check.choices, check.given)

    def _no_data(self, read: _Read) -> None:
        """Rows that are no one's: the names of the columns again, totals, and who made the table. They are told as that, whatever else is wrong with them."""
        sheet = read.sheet
        cells = [f"c{at}" for at, type in enumerate(sheet.types) if type == "VARCHAR"]
        at = sheet.columns.index(read.column(KEY)) if read.has(KEY) else None
        if sheet.nested or at is None or sheet.types[at] != "VARCHAR":
            return
        key = f"c{at}"
        keyless = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(read.name)} AND 列 = '{KEY}'"
        first = f"trim(coalesce({', '.join(cells)}))"
        bare = f"regexp_replace({first}, '[[:space:]　]', '', 'g')"
        kinds = {
            HeaderAgain.name: f"trim({key}) = '{KEY}'",
            TotalRow.name: f"regexp_full_match({bare}, '{_TOTAL}')",
            NoteRow.name: f"regexp_full_match({bare}, '{_NOTE}')",
        }
        for kind, holds in kinds.items():
            rows = f"FROM (SELECT *, NULL AS {KEY} FROM {sheet.relation} WHERE {ROW} IN ({keyless}) AND {holds})"
            if self._number(f"SELECT count(*) {rows}"):
                self.rejects.instead(sheet, kind, rows, read.column(KEY), first)

    def _fill_keys(self, read: _Read) -> None:
        """Whose rows those are that are rejected so far."""
        faulty = f"{REJECTS}.{KEY} IS NULL AND 表 = {sql.text(read.name)}"
        if read.has(KEY) and self._number(f"SELECT count(*) FROM {REJECTS} WHERE {faulty}"):
            self.connection.execute(
                f"UPDATE {REJECTS} SET {KEY} = read.{KEY} FROM {read.cells} AS read WHERE {REJECTS}.{ROW} = read.{ROW} AND {faulty}"
            )

    @staticmethod
    def _checks(read: _Read) -> Iterator[_Check]:
        if read.has(KEY):
            yield _Check("no-key", read.column(KEY), f"{KEY} IS NULL", unless_faulty=True)
        for column in read.sheet.columns:
            if column.fact and column.fact.type.optional and read.has(column.name + NONE):
                mark, value, none = (sql.name(column.name + more) for more in (NONE, "", SAYS_NONE))
                both = f"({mark} AND {value} IS NOT NULL) OR (NOT {mark} AND {none})"
                yield _contradiction(read.column(column.name + NONE), both, column.name)
        fact = read.sheet.table.of
        if fact is None:
            return
        if fact.series:
            dated = read.has(YEAR_FIELD)
            holds = f"{sql.name(YEAR_FIELD)} IS NULL" if dated else "TRUE"
            yield _Check("no-year", read.column(YEAR_FIELD if dated else KEY), holds, unless_faulty=True)
        if all(read.has(each) and read.column(each).kind == "date" for each in (fact.event, UNTIL_FIELD)):
            begins, ends = sql.name(fact.event), sql.name(UNTIL_FIELD)
            failed = f" AND {sql.name(PASSED_FIELD)} IS NOT FALSE" if read.has(PASSED_FIELD) else ""
            yield _Check(
                "ends-before",
                read.column(UNTIL_FIELD),
                f"{ends} < {begins}{failed}",
                (sql.text(fact.event), begins),
                ends,
            )

    # ------------------------------------------------------------ rows and their enterprises
    def _keys(self, read: dict[str, _Read]) -> None:
        """Each enterprise stands on one row, and every other row is of one that is there."""
        own = read[ENTERPRISE]
        if self._number(f"SELECT count({KEY}) - count(DISTINCT {KEY}) FROM {own.cells}"):
            again = f"SELECT {KEY}, count(*) AS n FROM {own.cells} WHERE {KEY} IS NOT NULL GROUP BY {KEY} HAVING count(*) > 1"
            rows = f"FROM {own.cells} JOIN ({again}) AS again USING ({KEY})"
            self.rejects.rows(own.sheet, "duplicate-enterprise", rows, own.column(KEY), ("n",), KEY)
            self._twice = f" AND {KEY} NOT IN (SELECT {KEY} FROM ({again}))"
        for each in read.values():
            if each.sheet.table.of is not None:
                self._list(each, own)

    def _list(self, read: _Read, own: _Read) -> None:
        """The rows of a list by enterprise: whether it is there, and whether their positions or years are each of their own."""
        sheet, cells = read.sheet, read.cells
        place = POSITION if read.has(POSITION) else None
        year = sql.name(YEAR_FIELD) if sheet.table.of and sheet.table.of.series and read.has(YEAR_FIELD) else None
        groups = {
            "astray": f"NOT coalesce({self._numbered(cells, place)}, FALSE)" if place else "FALSE",
            "twice": f"count({year}) > {self._distinct(cells, year)}" if year else "FALSE",
        }
        grouped = ", ".join(f"{condition} AS {name}" for name, condition in groups.items())
        single = f"FROM {cells} WHERE {KEY} IS NOT NULL{self._twice}"
        by_key = f"(SELECT {KEY}, {grouped} {single} GROUP BY {KEY})"
        alone, astray, twice = sql.one(
            self.connection,
            f"SELECT count_if(own.{KEY} IS NULL), count_if(astray), count_if(twice)"
            f" FROM {by_key} AS rows LEFT JOIN (SELECT DISTINCT {KEY} FROM {own.cells}) AS own USING ({KEY})",
        )
        if alone:
            rows = f"FROM {cells} ANTI JOIN {own.cells} AS own USING ({KEY}) WHERE {KEY} IS NOT NULL"
            self.rejects.orphans(sheet, rows, read.column(KEY))
        if astray:
            # where a row is rejected already, its position is missing for that
            wrong = (
                f"(FROM {by_key} WHERE astray AND {KEY} NOT IN (SELECT {KEY} FROM {REJECTS} WHERE {KEY} IS NOT NULL))"
            )
            rows = f"FROM {cells} AS rows SEMI JOIN {wrong} AS wrong USING ({KEY})"
            self.rejects.rows(sheet, "bad-position", rows, read.column(POSITION), (), sql.text(read.name))
        if twice:
            again = f"SELECT {KEY}, {year} {single} AND {year} IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
            rows = f"FROM {cells} SEMI JOIN ({again}) AS again USING ({KEY}, {year})"
            self.rejects.rows(sheet, "duplicate-year", rows, read.column(YEAR_FIELD), (str(year),), str(year))
        if own.has(read.name + KNOWN):
            check = _contradiction(own.column(read.name + KNOWN), "", read.name)
            rows = f"FROM {own.cells} AS own SEMI JOIN {cells} AS rows USING ({KEY}) WHERE {sql.name(check.column.name)} IS FALSE"
            self.rejects.rows(own.sheet, check.kind, rows, check.column, check.choices, check.given)

    def _numbered(self, cells: str, place: str) -> str:
        """That n positions are 0 to n - 1: their bits make up n ones, which is told much faster than that they are distinct."""
        if self._number(f"SELECT coalesce(max({place}), 0) FROM {cells}") < 62:
            return f"count({place}) = count(*) AND count(*) < 63 AND bit_or(1::BIGINT << {place}) = (1::BIGINT << count(*)) - 1"
        return f"count(DISTINCT {place}) = count(*) AND max({place}) = count(*) - 1"

    def _distinct(self, cells: str, year: str) -> str:
        """How many different years there are, by the same means."""
        first = self._number(f"SELECT coalesce(min({year}), 0) FROM {cells}")
        if self._number(f"SELECT coalesce(max({year}), 0) FROM {cells}") - first < 62:
            return f"bit_count(bit_or(1::BIGINT << ({year} - {first})))"
        return f"count(DISTINCT {year})"

    def _perhaps(self, read: _Read, own: _Read, several: str) -> None:
        """Enterprises to each of which a row may belong, as its code is one slip from theirs: none is decided without it."""
        if not several:
            return
        column = own.column(KEY)
        rows = (
            f"FROM (SELECT own.{ROW}, own.{KEY}, 值, min(that.{ROW}) AS there FROM {own.cells} AS own"
            f" JOIN ({several}) AS that ON owner = own.{KEY} GROUP BY ALL)"
        )
        self.rejects.rows(own.sheet, "perhaps-its-row", rows, column, (sql.text(read.name), "there"), "值")

    def _gone_with(self, read: dict[str, _Read]) -> None:
        """The other rows of an enterprise of which one is rejected."""
        if not self._number(f"SELECT count(*) FROM {REJECTS}"):
            return
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
            place = f"{sql.text(name)} || '[' || {POSITION} || ']'" if each.sheet.nested else ""
            self.rejects.rows(each.sheet, "gone-with-its-enterprise", rows, None, ("表", "first"), place=place)

    def _repeats(self, read: _Read, filtered: bool) -> None:
        """Write down the rows that repeat another. Two payments or leases may be alike, so that both count; tables of ours were looked
        through when they were made.
        """
        named = [column for column in read.sheet.columns if column.name != POSITION]
        optional = [column.name + SAYS_NONE for column in named if column.fact and column.fact.type.optional]
        cells = ", ".join(sql.name(each) for each in (*(column.name for column in named), *optional))
        kept = f"{KEY} IS NOT NULL"
        if filtered:
            rejected = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(read.name)}"
            kept += f" AND {KEY} NOT IN (SELECT {KEY} FROM {_GONE}) AND {ROW} NOT IN ({rejected})"
        alike = f"SELECT hash({cells}) FROM {read.cells} GROUP BY ALL HAVING count(*) > 1"
        self.connection.execute(
            f"INSERT INTO {REPEATS} SELECT {sql.text(read.sheet.file)}, {sql.text(read.name)}, {ROW}, min({ROW}) OVER same, {KEY}"
            f" FROM {read.cells} WHERE {kept} AND hash({cells}) IN ({alike})"
            f" WINDOW same AS (PARTITION BY {cells}) QUALIFY row_number() OVER (PARTITION BY {cells} ORDER BY {ROW}) > 1"
            f" ORDER BY {ROW}"
        )

    # ------------------------------------------------------------ the tables
    def _make(self, table: Table, read: dict[str, _Read], filtered: bool) -> None:
        given = read.get(table.name)
        if given is None:
            columns = ", ".join(f"{sql.name(column.name)} {sql.type_of(column)}" for column in table.columns)
            self.connection.execute(f"CREATE TABLE {sql.name(table.name)} ({columns})")
            if table.name == DISTRICT:
                self.connection.execute(f"INSERT INTO {sql.name(table.name)} DEFAULT VALUES")
            if self._payments(table):
                none = f"SELECT {KEY}, {POSITION}, NULL::BIGINT AS {ROW} FROM {sql.name(table.name)}"
                self.connection.execute(f"CREATE VIEW {sql.name(table.name + ROWS_OF)} AS {none}")
            return
        columns = ", ".join(
            f"CAST({self._column(column, given, read)} AS {sql.type_of(column)}) AS {sql.name(column.name)}"
            for column in table.columns
        )
        rows = f"{given.cells} AS rows"
        if filtered and table.name != DISTRICT:
            rejected = f"SELECT {ROW} FROM {REJECTS} WHERE 表 = {sql.text(table.name)}"
            rows += f" ANTI JOIN {_GONE} AS gone USING ({KEY}) WHERE {KEY} IS NOT NULL AND {ROW} NOT IN ({rejected})"
        stays = "VIEW" if given.cells.startswith("(") and (table.of is None or given.has(POSITION)) else "TABLE"
        # enterprises are told in the order in which they were given; of others their positions say it
        ordered = stays == "TABLE" and (not filtered or table.name == ENTERPRISE)
        order = f" ORDER BY {ROW}" if ordered else ""
        self.connection.execute(f"CREATE {stays} {sql.name(table.name)} AS SELECT {columns} FROM {rows}{order}")
        if self._payments(table):
            position = next(column for column in table.columns if column.name == POSITION)
            places = f"SELECT {KEY}, {self._column(position, given, read)} AS {POSITION}, {ROW} FROM {rows}"
            self.connection.execute(f"CREATE VIEW {sql.name(table.name + ROWS_OF)} AS {places}")

    def _payments(self, table: Table) -> bool:
        return self.program.offset is not None and table.name == self.program.offset.list

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
