"""The tables of results as DuckDB keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fayan.tables import sql
from fayan.tables.sheet import ROW
from fayan.tables.staging import ROWS_OF
from fayan_runtime.codes import codes
from fayan_runtime.names import KEY
from fayan_runtime.reference import readings_of
from fayan_runtime.results import DECISIONS, LACKS, TABLES, UNMATCHED, WIDE, Kind, Table, wide_columns, wide_name
from fayan_runtime.tables import POSITION

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

    from fayan.population.question import Question
    from fayan_runtime.ir import Program

#: After the columns of 判定, where it is written: the readings that the provision refers to.
READINGS = "口径"
_SQL: dict[Kind, str] = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "bool": "BOOLEAN",
    "date": "DATE",
    "int": "INTEGER",
    "long": "BIGINT",
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


def readings(question: Question) -> dict[str, list[str]]:
    """By provision, the readings that it refers to, and the option of each that was used: R5.2=b."""
    used = question.readings
    return {
        each.name: [f"{id}={used[id]}" for id in readings_of(question.program, each) if id in used]
        for each in question.asked
    }


def decisions(question: Question, schema: str) -> str:
    """SQL of 判定 with the readings of each row."""
    columns = ", ".join(f'of."{each.name}"' for table in TABLES if table.name == DECISIONS for each in table.columns)
    told = ", ".join(
        f"({sql.text(name)}, CAST([{', '.join(map(sql.text, each))}] AS VARCHAR[]))"
        for name, each in readings(question).items()
    )
    if not told:
        return f'SELECT *, CAST([] AS VARCHAR[]) AS {READINGS} FROM "{schema}"."{DECISIONS}"'
    return f'SELECT {columns}, {READINGS} FROM "{schema}"."{DECISIONS}" AS of JOIN (VALUES {told}) AS told(事项, {READINGS}) USING (事项)'


def unmatched(program: Program, schema: str) -> str:
    """SQL of 未对上 with what each payment says of itself, and its row in the table that was given."""
    says = ("措施", "事项", "日期", "金额")
    if program.offset is None:
        nothing = ", ".join(f"NULL AS {each}" for each in (*says, ROW))
        return f'SELECT *, {nothing} FROM "{schema}"."{UNMATCHED}"'
    of = program.offset.list
    one = f'("{KEY}", "{POSITION}")'
    return (
        f'SELECT "{KEY}", "{POSITION}", {", ".join(says)}, {ROW} FROM (SELECT "{KEY}", "{POSITION}" FROM "{schema}"."{UNMATCHED}")'
        f" JOIN {sql.name(of)} USING {one} LEFT JOIN (SELECT * FROM {sql.name(of + ROWS_OF)}) USING {one}"
    )


def widen(connection: DuckDBPyConnection, schema: str, question: Question) -> None:
    """``判定宽`` as a view of 判定, where the engine did not give it."""
    there = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?"
    if connection.execute(there, [schema, WIDE]).fetchall():
        return
    lacking = connection.execute(f'SELECT DISTINCT "{LACKS}" FROM "{schema}"."{DECISIONS}"').fetchall()
    told = [(found, codes(question.program, found)) for (found,) in lacking if found]
    table(connection, f'"{schema}"."{LACKS}"', "paths VARCHAR[], codes VARCHAR", told, "TABLE")
    columns = []
    for provision in question.asked:
        of = f"事项 = {sql.text(provision.name)}"
        for column in wide_columns(provision):
            name = column.name.removeprefix(wide_name(provision, ""))
            value = f"理由[{int(name[2:] or 0) + 1}]" if column.kind == "long" else "codes" if name == LACKS else name
            columns.append(f"any_value({value}) FILTER ({of})::{_SQL[column.kind]} AS {sql.name(column.name)}")
    connection.execute(
        f'CREATE VIEW "{schema}"."{WIDE}" AS SELECT "{KEY}", {", ".join(columns)} FROM "{schema}"."{DECISIONS}" '
        f'LEFT JOIN "{schema}"."{LACKS}" ON paths = "{LACKS}" GROUP BY "{KEY}"'
    )


def _arrow(table: Table, rows: Iterable[Sequence[Any]]) -> pyarrow.Table:
    import pyarrow as pa

    types: dict[Kind, Any] = {
        "text": pa.string(),
        "code": pa.string(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "int": pa.int32(),
        "long": pa.int64(),
        "money": pa.decimal128(38, 2),
        "texts": pa.list_(pa.string()),
        "bits": pa.list_(pa.int64()),
    }
    columns = zip(*rows, strict=True)
    return pa.table(
        {each.name: pa.array(values, types[each.kind]) for each, values in zip(table.columns, columns, strict=True)}
    )
