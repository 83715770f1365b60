"""Rows that are not decided: where they stand, what is wrong, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define

from fayan.complaints import problem_of
from fayan.tables import sql
from fayan.tables.cells import type_in
from fayan.tables.sheet import ROW, Sheet
from fayan_dsl.source import Source
from fayan_runtime.ir import Program
from fayan_runtime.read import Complaint
from fayan_runtime.tables import KEY, Column

if TYPE_CHECKING:
    import duckdb

#: The relation of rejected rows; one row for each fault, and one for each row that goes with its enterprise.
REJECTS = "拒收"
COLUMNS = ("文件", "表", ROW, "列", "值", "代码", "事由", "reason", KEY)


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

        names = ("given", "shown", "code", "zh", "en")
        rows = [(given, complaint.given, *told(complaint, sheet.place)) for given, complaint in wrong]
        self.connection.register(
            "wrong", pa.table([pa.array(each, pa.string()) for each in zip(*rows, strict=True)], names)
        )
        self._insert(
            sheet,
            f"{ROW}, {sql.text(column.name)}, shown, code, zh, en, NULL FROM {sheet.relation} JOIN wrong ON {cell} = given",
        )
        self.connection.unregister("wrong")

    def given(self, sheet: Sheet) -> None:
        """Faults that were seen when the file was read."""
        columns = {column.name: column for column in sheet.columns}
        for kind, name in dict.fromkeys((fault.kind, fault.column) for fault in sheet.faults):
            of_kind = [fault for fault in sheet.faults if (fault.kind, fault.column) == (kind, name)]
            found = [(fault.row, fault.key, fault.given, fault.choices) for fault in of_kind]
            self._write(sheet, found, kind, columns.get(name or ""))

    def rows(
        self,
        sheet: Sheet,
        kind: str,
        query: str,
        column: Column | None = None,
        choices: Sequence[str] = (),
        given: str = "NULL",
    ) -> None:
        """The rows of a query (``FROM …``, with ``行`` and the key); ``choices`` are SQL of what the message says, and so is ``given``."""
        said = ", ".join(f"CAST({each} AS VARCHAR)" for each in choices)
        found = self.connection.execute(
            f"SELECT {ROW}, {KEY}, CAST({given} AS VARCHAR), [{said}] {query} ORDER BY {ROW}"
        ).fetchall()
        self._write(sheet, [(row, key, value, tuple(more)) for row, key, value, more in found], kind, column)

    def _write(
        self,
        sheet: Sheet,
        found: Sequence[tuple[int, str | None, str | None, tuple[str, ...]]],
        kind: str,
        column: Column | None,
    ) -> None:
        import pyarrow as pa

        if not found:
            return
        words = {
            each[2:]: told(self._complaint(kind, column, each[2] or "", each[3]), sheet.place)
            for each in dict.fromkeys(found)
        }
        rows = [
            (sheet.file, sheet.table.name, str(row), column and column.name, given, *words[given, more], key)
            for row, key, given, more in found
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

    def _insert(self, sheet: Sheet, query: str) -> None:
        self.connection.execute(
            f"INSERT INTO {REJECTS} SELECT {sql.text(sheet.file)}, {sql.text(sheet.table.name)}, {query}"
        )


def told(complaint: Complaint, place: str) -> tuple[str, str, str]:
    """The code, and the whole reason in both languages: what is wrong and what to do."""
    problem = problem_of(complaint, Source(place, complaint.given))
    return problem.code, problem.title("zh") + problem.help("zh"), f"{problem.title('en')} {problem.help('en')}"
