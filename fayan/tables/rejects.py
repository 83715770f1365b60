"""Rows that are not decided: where they stand, what is wrong, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define

from fayan.complaints import problem_class, problem_of
from fayan.tables import sql
from fayan.tables.cells import OneByOne, type_in
from fayan.tables.sheet import ROW, CellFault, Sheet
from fayan_dsl.source import Source
from fayan_runtime.ir import Program
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.read import Complaint
from fayan_runtime.tables import Column

if TYPE_CHECKING:
    import duckdb

#: The relation of rejected rows; one row for each fault, and one for each row that goes with its enterprise.
REJECTS = "拒收"
#: By table and row, 企业 first: as they stand in what was given.
PLACE = f"表 <> '{ENTERPRISE}', min(rowid) OVER (PARTITION BY 文件, 表), 行 NULLS FIRST, rowid"
IN_ORDER = f"ORDER BY {PLACE}"
COLUMNS = ("文件", "表", ROW, "列", "值", "代码", "事由", "reason", KEY)
#: Row, key, column or place in the row, what was given, what the message says.
_Found = tuple[int, str | None, str | None, str | None, tuple[str, ...]]


@define
class Rejects:
    connection: duckdb.DuckDBPyConnection
    program: Program

    def __attrs_post_init__(self) -> None:
        types = ", ".join(f"{sql.name(each)} {'BIGINT' if each == ROW else 'VARCHAR'}" for each in COLUMNS)
        self.connection.execute(f"CREATE TABLE {REJECTS} ({types})")

    def cells(self, sheet: Sheet, column: Column, cell: str, wrong: Sequence[tuple[str, Complaint]]) -> None:
        """The rows whose cell is one of these texts."""
        import pyarrow as pa

        said = {given: (complaint.given, told(complaint, sheet.place)) for given, complaint in wrong}
        self.connection.register("wrong", pa.table([pa.array(said, pa.string())], ("given",)))
        found = self.connection.execute(
            f"SELECT {ROW}, given FROM {sheet.relation} JOIN wrong ON {cell} = given ORDER BY {ROW}"
        ).fetchall()
        self.connection.unregister("wrong")
        self._insert([(sheet, row, column.name, *said[given], None) for row, given in found])

    def given(self, sheet: Sheet) -> None:
        """Faults that were seen when the file was read."""
        self._insert(
            [(sheet, each.row, each.column, each.given, each.told, each.key) for each in sheet.faults if each.told]
        )
        columns = {column.name: column for column in sheet.columns}
        alike: dict[tuple[str, Column | None], list[CellFault]] = {}
        for each in sheet.faults:
            if not each.told:
                alike.setdefault((each.kind, columns.get(each.column or "")), []).append(each)
        for (kind, column), several in alike.items():
            self._write(sheet, kind, column, [(e.row, e.key, e.column, e.given, e.choices) for e in several])

    def rows(
        self,
        sheet: Sheet,
        kind: str,
        query: str,
        column: Column | None = None,
        choices: Sequence[str] = (),
        given: str = "NULL",
        place: str = "",
    ) -> None:
        """The rows of a query (``FROM …``, with ``行`` and the key); ``choices`` are SQL of what the message says, and so are ``given``
        and ``place``, which stands for the name of the column.
        """
        said = ", ".join(f"CAST({each} AS VARCHAR)" for each in choices)
        where = place or (sql.text(column.name) if column else "NULL")
        found = self.connection.execute(
            f"SELECT {ROW}, {KEY}, {where}, CAST({given} AS VARCHAR), [{said}] {query} ORDER BY ALL"
        ).fetchall()
        self._write(sheet, kind, column, [(*rest, tuple(more)) for *rest, more in found])

    def instead(self, sheet: Sheet, kind: str, query: str, column: Column, given: str) -> None:
        """Tell this of the rows of a query, in place of all that was told of them."""
        rows = self.connection.execute(f"SELECT {ROW} {query}").fetchall()
        self.rows(sheet, kind, query, column, (), given)
        self.connection.execute(
            f"DELETE FROM {REJECTS} WHERE 表 = ? AND {ROW} IN ({', '.join(str(row) for (row,) in rows)}) AND 代码 <> ?",
            [sheet.table.name, problem_class(kind).code],
        )

    def orphans(self, sheet: Sheet, query: str, column: Column) -> None:
        """The rows of a query, whose enterprise is not there: because it is not, or because the key was miscopied."""
        one = OneByOne(self.program)
        found = self.connection.execute(f"SELECT {ROW}, {KEY} {query} ORDER BY {ROW}").fetchall()
        wrong = {key: one.read(column, key)[2] for key in dict.fromkeys(key for _, key in found)}
        said = {
            key: told(complaint or self._complaint("orphan-row", column, key, ()), sheet.place)
            for key, complaint in wrong.items()
        }
        # a code that is none says nothing of whose row it is
        self._insert([(sheet, row, column.name, key, said[key], None if wrong[key] else key) for row, key in found])

    def _write(self, sheet: Sheet, kind: str, column: Column | None, found: Sequence[_Found]) -> None:
        words = {each[3:]: told(self._complaint(kind, column, each[3] or "", each[4]), sheet.place) for each in found}
        self._insert([(sheet, row, place, given, words[given, more], key) for row, key, place, given, more in found])

    def _insert(
        self, found: Sequence[tuple[Sheet, int, str | None, str | None, tuple[str, str, str], str | None]]
    ) -> None:
        import pyarrow as pa

        if not found:
            return
        rows = [
            (sheet.file, sheet.table.name, str(row), column, given or None, *words, key)
            for sheet, row, column, given, words, key in found
        ]
        texts = [pa.array(each, pa.string()) for each in zip(*rows, strict=True)]
        self.connection.register("found", pa.table(texts, COLUMNS))
        self.connection.execute(f"INSERT INTO {REJECTS} SELECT * FROM found")
        self.connection.unregister("found")

    def _complaint(self, kind: str, column: Column | None, given: str, choices: tuple[str, ...]) -> Complaint:
        type = type_in(column) if column else None
        members = next((each.members for each in self.program.enums if type and each.name == type.name), ())
        path = column.name if column else KEY
        return Complaint(kind=kind, path=path, place=None, given=given, type=type, choices=choices, members=members)


def told(complaint: Complaint, place: str) -> tuple[str, str, str]:
    """The code, and the whole reason in both languages: what is wrong and what to do."""
    problem = problem_of(complaint, Source(place, complaint.given))
    return problem.code, problem.title("zh") + problem.help("zh"), f"{problem.title('en')} {problem.help('en')}"
