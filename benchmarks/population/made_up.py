"""The populations that are decided: made up by ``fayan synth``, and as DuckDB sees them where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fayan.policy import load
from fayan.tables.sql import type_of
from fayan.tables.staged import Staged
from fayan.tables.synth.population import Population
from fayan.tables.synth.write import write_population
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT
from fayan_runtime.tables import tables_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

POLICY = Path(__file__).parents[2] / "policies" / "yubei_2024.pol"
SEED = 1


def population(folder: Path, n: int) -> Path:
    """The folder of so many enterprises, made up where they are not there yet."""
    path = folder / f"{n}"
    if not path.exists():
        problems = write_population(Population(load(POLICY).program, n, SEED), f"{path}/")
        assert not problems, problems
    return path


def connect(path: Path | None, threads: int, memory: str) -> DuckDBPyConnection:
    """The tables of a population by their names, read where they lie."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}; SET memory_limit = '{memory}'; SET preserve_insertion_order = false")
    if path is not None:
        for name in sorted({each.stem for each in path.rglob("*.parquet")}):
            connection.execute(f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{path}/**/{name}.parquet')")
    return connection


def staged(connection: DuckDBPyConnection, program: Program) -> Staged:
    """The same as the engines take them; nothing is checked, what ``fayan synth`` writes has nothing to reject."""
    tables = tables_of(program)
    there = {
        name for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    }
    assert {each.name for each in tables} - there <= {DISTRICT}
    for table in tables:
        if table.name == DISTRICT:
            columns = ", ".join(f'CAST(NULL AS {type_of(each)}) AS "{each.name}"' for each in table.columns)
            connection.execute(f'CREATE VIEW "{DISTRICT}" AS SELECT {columns} WHERE false')
    return Staged(program, connection, tables, tuple(sorted(there)), ())
