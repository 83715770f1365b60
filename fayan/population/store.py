"""The tables of results as DuckDB keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fayan_runtime.results import TABLES, Kind, Table

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

_SQL: dict[Kind, str] = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "bool": "BOOLEAN",
    "date": "DATE",
    "int": "INTEGER",
    "money": "DECIMAL(38, 2)",
    "texts": "VARCHAR[]",
    "bits": "BIGINT[]",
}


#: What stands beside a schema of results: what they are views of, and results of the closure that are put to those of a plan.
WORKED_OUT, BESIDE = "·算", "·补"


def create(connection: DuckDBPyConnection, schema: str, but: Collection[str] = ()) -> None:
    """Empty tables of results in a schema of their own."""
    connection.execute(f'CREATE SCHEMA "{schema}"')
    for table in TABLES:
        if table.name in but:
            continue
        columns = ", ".join(f'"{column.name}" {_SQL[column.kind]}' for column in table.columns)
        connection.execute(f'CREATE TABLE "{schema}"."{table.name}" ({columns})')


def drop(connection: DuckDBPyConnection, schema: str) -> None:
    for beside in ("", WORKED_OUT, BESIDE):
        connection.execute(f'DROP SCHEMA IF EXISTS "{schema}{beside}" CASCADE')


def insert(connection: DuckDBPyConnection, schema: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Rows, each a value for each column in order, table by table."""
    for table in TABLES:
        if rows[table.name]:
            connection.register("·rows", _arrow(table, rows[table.name]))
            connection.execute(f'INSERT INTO "{schema}"."{table.name}" SELECT * FROM "·rows"')
            connection.unregister("·rows")


def table(
    connection: DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[Any]], kind: str = "TEMP TABLE"
) -> None:
    """A small table, made in one step: adding rows one by one is slow."""
    import pyarrow as pa

    connection.execute(f"CREATE OR REPLACE {kind} {name} ({columns})")
    if rows:
        values = [list(each) for each in zip(*rows, strict=True)]
        connection.register("·rows", pa.table(values, [f"c{place}" for place in range(len(values))]))
        connection.execute(f'INSERT INTO {name} SELECT * FROM "·rows"')
        connection.unregister("·rows")


def _arrow(table: Table, rows: Iterable[Sequence[Any]]) -> pyarrow.Table:
    import pyarrow as pa

    types: dict[Kind, Any] = {
        "text": pa.string(),
        "code": pa.string(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "int": pa.int32(),
        "money": pa.decimal128(38, 2),
        "texts": pa.list_(pa.string()),
        "bits": pa.list_(pa.int64()),
    }
    columns = zip(*rows, strict=True)
    return pa.table(
        {each.name: pa.array(values, types[each.kind]) for each, values in zip(table.columns, columns, strict=True)}
    )
