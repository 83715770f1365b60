"""Rows spoilt on request, as tables in use are: codes miscopied, rows twice, values that are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fayan.tables import sql
from fayan.tables.written import columns_written
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.tables import Column, Table

if TYPE_CHECKING:
    import duckdb

#: What people write instead of a value of each kind.
_INSTEAD = {
    "bool": "也许", "date": "2024-02-30", "month": "2024年13月", "year": "去年", "number": "约5000万", "enum": "其它类",
    "set": "待定", "years": "历年", "text": "\u200b",
}  # fmt: skip
_SPOILT = "坏"
#: Of those whose spoilt place is in a list: the one row.
_ROW = "坏行"


def spoil(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], seed: int, per_million: int) -> None:
    """Spoil one place of so many enterprises in a million; relations have the names of the tables, all cells texts.

    By chance one of: a value of 企业, a value of an item, the last character of the code, no code, the row twice, the row left out.
    """
    draw = f"hash_of({KEY}, 'x')"
    connection.execute(
        f"CREATE OR REPLACE MACRO hash_of(k, salt) AS"
        f" CAST('0x' || left(md5('{int(seed)}' || salt || k), 8) AS UINTEGER)"
    )
    own = next(table for table in tables if table.name == ENTERPRISE)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_SPOILT} AS SELECT {KEY}, hash_of({KEY}, 'y') % 10 AS way"
        f" FROM {ENTERPRISE} WHERE {draw} % 1000000 < {int(per_million)}"
    )
    rows = sql.name(ENTERPRISE)
    _values(connection, own, _is("way IN (0, 1, 2)"))
    lists = [table for table in tables if table.of is not None]
    if lists:
        _pick_rows(connection, lists)
    for table in lists:
        picked = f"SELECT {KEY}, draw FROM {_ROW} WHERE 表 = {sql.text(table.name)}"
        _values(connection, table, f"({KEY}, {_draw(table)}) IN ({picked})")
    connection.execute(f"INSERT INTO {rows} FROM {rows} WHERE {_is('way = 5')}")
    connection.execute(f"DELETE FROM {rows} WHERE {_is('way = 6')}")
    connection.execute(f"UPDATE {rows} SET {KEY} = NULL WHERE {_is('way = 7')}")
    last = f"CASE right({KEY}, 1) WHEN '0' THEN '1' ELSE '0' END"
    connection.execute(f"UPDATE {rows} SET {KEY} = left({KEY}, 17) || {last} WHERE {_is('way IN (8, 9)')}")


def _is(way: str) -> str:
    return f"{KEY} IN (SELECT {KEY} FROM {_SPOILT} WHERE {way})"


def _pick_rows(connection: duckdb.DuckDBPyConnection, lists: Sequence[Table]) -> None:
    """One row of one list for each enterprise; by what it says, as the order of rows is no one's promise."""
    rows = " UNION ALL ".join(
        f"SELECT {KEY}, {sql.text(table.name)} AS 表, {_draw(table)} AS draw FROM {sql.name(table.name)} WHERE {_is('way IN (3, 4)')}"
        for table in lists
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_ROW} AS SELECT {KEY}, arg_min(表, (draw, 表)) AS 表, min(draw) AS draw FROM ({rows}) GROUP BY 1"
    )


def _draw(table: Table) -> str:
    said = ", ".join(f"coalesce({sql.name(column.name)}, '')" for column in columns_written(table))
    return f"hash_of({KEY}, concat_ws('|', {sql.text(table.name)}, {said}))"


def _values(connection: duckdb.DuckDBPyConnection, table: Table, where: str) -> None:
    """A value of a column that chance picks for each enterprise."""
    columns = [column for column in columns_written(table) if column.fact is not None]
    changed = ", ".join(
        f"{sql.name(column.name)} = CASE WHEN hash_of({KEY}, 'z') % {len(columns)} = {place}"
        f" THEN {sql.text(_instead(column))} ELSE {sql.name(column.name)} END"
        for place, column in enumerate(columns)
    )
    connection.execute(f"UPDATE {sql.name(table.name)} SET {changed} WHERE {where}")


def _instead(column: Column) -> str:
    return _INSTEAD[column.kind]
