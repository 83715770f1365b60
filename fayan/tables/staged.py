"""A population in typed tables, ready to be decided: as relations of DuckDB, as Parquet, and enterprise by enterprise as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

from fayan.problems.tables import OF_NO_ONE
from fayan.tables import sql
from fayan.tables.parquet_files import MARK, VERSION
from fayan.tables.rejects import IN_ORDER, REJECTS
from fayan.tables.sheet import ROW
from fayan.tables.staging import Count
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.rows import Row, facts_of
from fayan_runtime.tables import POSITION, Table
from fayan_runtime.values import Facts

if TYPE_CHECKING:
    import duckdb

_BATCH = 2000


@frozen
class Staged:
    """``connection`` holds every table of the program under its name, and the relation ``拒收`` of the rows that are not decided.

    ``given`` names the tables that were given. Close it, or use it as a context: its connection is its own.
    """

    program: Program
    connection: duckdb.DuckDBPyConnection
    tables: tuple[Table, ...]
    given: tuple[str, ...]
    counts: tuple[Count, ...]

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ what there is
    @property
    def enterprises(self) -> int:
        return self._number(f"SELECT count(*) FROM {sql.name(ENTERPRISE)}")

    @property
    def rejected(self) -> int:
        """How many enterprises are not decided: several rows of one code, right or wrong, are one, and rows that are no one's are none."""
        no_one = sql.texts(each.code for each in OF_NO_ONE)
        codes = (
            f"SELECT coalesce(any_value({KEY}), max(值) FILTER (列 = '{KEY}'), concat_ws(' ', 文件, {ROW})) AS code"
            f" FROM {REJECTS} WHERE 表 = '{ENTERPRISE}' AND 代码 NOT IN {no_one} GROUP BY 文件, {ROW}"
        )
        return self._number(f"SELECT count(DISTINCT code) FROM ({codes})")

    def rejects(self) -> list[dict[str, Any]]:
        """The rejects, in the order of the tables and their rows."""
        found = self.connection.execute(f"SELECT * FROM {REJECTS} {IN_ORDER}")
        names = [each[0] for each in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def _number(self, query: str) -> int:
        return sql.number(self.connection, query)

    # ------------------------------------------------------------ as Parquet
    def write_parquet(self, folder: Path) -> None:
        """Each table as a file of its name, marked as ours."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.tables:
            path = str(folder / f"{table.name}.parquet")
            self.connection.execute(
                f"COPY {sql.name(table.name)} TO {sql.text(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{sql.text(MARK)}: {sql.text(VERSION)}}})"
            )

    # ------------------------------------------------------------ as facts
    def facts(self, key: str) -> Facts | None:
        """The facts of one enterprise; None where it is not among those decided."""
        rows: dict[str, list[Row]] = {}
        for table in self.tables:
            query = f"SELECT * FROM {sql.name(table.name)}"
            if table.name == DISTRICT:
                found = self.connection.execute(query)
            else:
                found = self.connection.execute(f"{query} WHERE {KEY} = ?", [key])
            names = [column.name for column in table.columns]
            rows[table.name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return facts_of(self.program, rows) if rows.get(ENTERPRISE) else None

    def all_facts(self) -> Iterator[tuple[str, Facts]]:
        """The key and the facts of every enterprise, by key; holds some thousand rows at a time."""
        enterprises, *lists = (table for table in self.tables if table.name != DISTRICT)
        district = {
            table.name: rows for table in self.tables if table.name == DISTRICT for _, rows in self._by_key(table)
        }
        runs = {table.name: _Run(self._by_key(table)) for table in lists}
        for key, own in self._by_key(enterprises):
            rows: dict[str, Sequence[Row]] = {name: run.of(key) for name, run in runs.items()}
            yield key, facts_of(self.program, {**rows, **district, ENTERPRISE: own})

    def _by_key(self, table: Table) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each key, in order of the keys; what has no key has one run."""
        order = "1" if table.name == DISTRICT else f"{KEY}, {POSITION}" if table.of else KEY
        cursor = self.connection.cursor().execute(f"SELECT * FROM {sql.name(table.name)} ORDER BY {order}")
        names = [column.name for column in table.columns]
        batches = iter(lambda: cursor.fetchmany(_BATCH), [])
        rows = (dict(zip(names, row, strict=True)) for row in chain.from_iterable(batches))
        for key, several in groupby(rows, key=lambda row: str(row.get(KEY, ""))):
            yield key, list(several)


class _Run:
    """The rows of a list, read along as their keys are asked for, in order."""

    def __init__(self, groups: Iterator[tuple[str, list[Row]]]) -> None:
        self._groups = groups
        self._next = next(groups, None)

    def of(self, key: str) -> list[Row]:
        if self._next is None or self._next[0] != key:
            return []
        rows, self._next = self._next[1], next(self._groups, None)
        return rows
