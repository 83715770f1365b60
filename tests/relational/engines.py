"""The engines that execute a plan: DuckDB within the test, a PostgreSQL server and a Spark cluster of its own, each started once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow
from sqlglot import exp

from fayan_compiler.targets.relational.dialects import render

Rows = Sequence[tuple[Any, ...]]


class Engine(Protocol):
    """Tables by name; types are those of DuckDB."""

    dialect: str

    def table(self, name: str, types: Mapping[str, str], rows: Rows) -> None: ...

    def make(self, name: str, query: exp.Expr) -> None:
        """A table of what a query gives."""
        ...

    def ask(self, query: exp.Expr) -> list[tuple[Any, ...]]: ...

    def close(self) -> None: ...


def columns(types: Mapping[str, str], dialect: str) -> str:
    named = [
        (exp.to_identifier(name, quoted=True), exp.DataType.build(type, dialect="duckdb"))
        for name, type in types.items()
    ]
    return ", ".join(f"{render(name, dialect)} {render(type, dialect)}" for name, type in named)


class DuckDB:
    dialect = "duckdb"

    def __init__(self) -> None:
        self.base = duckdb.connect()
        self.base.execute("SET threads = 1")

    def table(self, name: str, types: Mapping[str, str], rows: Rows) -> None:
        self.base.execute(f'CREATE TABLE "{name}" ({columns(types, self.dialect)})')
        if rows:
            by_column = dict(zip(types, map(list, zip(*rows, strict=True)), strict=True))
            self.base.register("given", pyarrow.table(by_column))
            self.base.execute(f'INSERT INTO "{name}" SELECT * FROM given').unregister("given")

    def make(self, name: str, query: exp.Expr) -> None:
        self.base.execute(f'CREATE TEMP TABLE "{name}" AS {render(query, self.dialect)}')

    def ask(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        return self.base.execute(render(query, self.dialect)).fetchall()

    def close(self) -> None:
        self.base.close()


# ---------------------------------------------------------------- PostgreSQL


@cache
def postgres_programs() -> str | None:
    """Where the server's programs are; Debian keeps them out of the way."""
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which("initdb")
    return (
        str(Path(found).parent) if found else next((str(each) for each in places if (each / "initdb").exists()), None)
    )


def run_postgres(folder: str) -> str:
    """A private server on a socket in a folder; where to connect. It refuses to run as root, so root runs it as another user."""
    programs = postgres_programs()
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody")
    data = f"{folder}/data"
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **user}
    subprocess.run(
        [f"{programs}/initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "fayan", "-N"], **quiet
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c statement_timeout=60s"
    limited = [
        "sh",
        "-c",
        'ulimit -v 4000000 && exec "$@"',
        "sh",
    ]  # a plan that grows beyond measure fails, not the machine
    subprocess.run(
        [*limited, f"{programs}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"], **quiet
    )
    return f"host={folder} user=fayan dbname=postgres"


def stop_postgres(folder: str) -> None:
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    subprocess.run(
        [f"{postgres_programs()}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **user,
    )  # fmt: skip


class Postgres:
    dialect = "postgres"

    def __init__(self, address: str) -> None:
        import psycopg

        self.base = psycopg.connect(address, autocommit=True)

    def table(self, name: str, types: Mapping[str, str], rows: Rows) -> None:
        self.base.execute(f'CREATE TEMP TABLE "{name}" ({columns(types, self.dialect)})')  # type: ignore[arg-type]
        with self.base.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:  # type: ignore[arg-type]
            for row in rows:
                copy.write_row(row)
        self.base.execute(f'ANALYZE "{name}"')  # type: ignore[arg-type]

    def make(self, name: str, query: exp.Expr) -> None:
        self.base.execute(f'CREATE TEMP TABLE "{name}" AS {render(query, self.dialect)}')  # type: ignore[arg-type]

    def ask(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        return self.base.execute(render(query, self.dialect)).fetchall()  # type: ignore[arg-type]

    def close(self) -> None:
        self.base.close()


# ---------------------------------------------------------------- Spark


@cache
def java() -> str | None:
    return shutil.which("java")


def run_spark(folder: str) -> Any:
    """A master and two executors, each a process of its own; tables that stay are in the folder."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", folder)
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.default.parallelism", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.constraintPropagation.enabled", "false")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # Few rows, many plans: what is compiled would run once.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session


class Spark:
    dialect = "spark"

    def __init__(self, session: Any) -> None:
        self.session = session
        self.views: list[str] = []

    def table(self, name: str, types: Mapping[str, str], rows: Rows) -> None:
        frame = self.session.createDataFrame([tuple(row) for row in rows], columns(types, self.dialect))
        self._view(name, frame)

    def make(self, name: str, query: exp.Expr) -> None:
        self._view(name, self.session.sql(render(query, self.dialect)).localCheckpoint())

    def _view(self, name: str, frame: Any) -> None:
        frame.createOrReplaceTempView(f"`{name}`")
        self.views.append(name)

    def ask(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(render(query, self.dialect)).collect()]

    def close(self) -> None:
        for name in self.views:
            self.session.catalog.dropTempView(f"`{name}`")
