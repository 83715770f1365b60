"""Whose rows stand in tables: their keys alone are read, before anything else is, as cheaply as their files allow."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import evolve

from fayan.tables import sql
from fayan.tables.csv_files import encoding_of
from fayan.tables.json_lines import keys_of
from fayan.tables.read import connect, files_of, sheets_of
from fayan.tables.reading import Reading
from fayan.tables.rejects import Rejects
from fayan.tables.sheet import ROW, Sheet
from fayan_dsl.problem import Problem
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.tables import tables_of

if TYPE_CHECKING:
    import duckdb
    import pyarrow


def read_keys(paths: Iterable[str | os.PathLike[str]], program: Program) -> tuple[pyarrow.Table | None, list[Problem]]:
    """The different keys of 企业, right ones, and for each other table those of its rows that are of none of these: each key with the name
    of its table (``表``). None where a file cannot be read as a whole.
    """
    import pyarrow as pa

    tables = tables_of(program)
    files, problems = files_of(paths, tables)
    with connect() as connection:
        connection.execute(f"CREATE TABLE keys (表 VARCHAR, {KEY} VARCHAR)")
        reading = Reading(connection, program, Rejects(connection, program))
        for place, file in enumerate(files if not problems else ()):
            if file.path.suffix.lower() == ".jsonl":
                encoding, found = encoding_of(file.path)
                lines = pa.table({KEY: pa.array(keys_of(file.path, encoding) if encoding else (), pa.string())})
                connection.register("lines", lines)
                connection.execute(f"INSERT INTO keys SELECT '{ENTERPRISE}', {KEY} FROM lines")
            else:
                sheets, found = sheets_of(file, tables, connection, place)
                for sheet in sheets if not found else ():
                    if sheet.table.name != DISTRICT:
                        _gather(connection, reading, sheet)
            problems += found
        if problems:
            return None, problems
        own = f"SELECT {KEY} FROM keys WHERE 表 = '{ENTERPRISE}'"
        strays = f"SELECT 表, {KEY} FROM keys WHERE 表 <> '{ENTERPRISE}' AND {KEY} NOT IN ({own})"
        keys = f"SELECT '{ENTERPRISE}' AS 表, {KEY} FROM ({own}) UNION {strays}"
        return connection.sql(keys).to_arrow_table(), []


def _gather(connection: duckdb.DuckDBPyConnection, reading: Reading, sheet: Sheet) -> None:
    """The keys of a sheet, read as those of all its rows will be."""
    at = next(place for place, column in enumerate(sheet.columns) if column.name == KEY)
    relation = f"(SELECT {ROW}, c{at} AS c0 FROM {sheet.relation})"
    keys = evolve(sheet, columns=(sheet.columns[at],), types=(sheet.types[at],), relation=relation)
    connection.execute(
        f"INSERT INTO keys SELECT DISTINCT {sql.text(sheet.table.name)}, {KEY} FROM {reading.cells(keys)} WHERE {KEY} IS NOT NULL"
    )
