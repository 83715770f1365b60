"""Deciding a population with one plan for all: DuckDB executes it over the tables of facts.

Where 128 bits do not do for the numbers of an enterprise, it is decided by the closure, which has no such bounds: never a wrong answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fayan.population import store
from fayan.population.by_closure import decide_batch
from fayan.population.question import Progress, Question
from fayan_compiler.targets.relational.dialects import render
from fayan_compiler.targets.relational.facts import paths
from fayan_compiler.targets.relational.plan import OVERFLOW, Plan, make_plan
from fayan_runtime.ir import Program
from fayan_runtime.results import TABLES
from fayan_runtime.tables import KEY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from fayan.tables.staged import Staged

LACKS = "缺"
#: An optimizer that takes for ever with selects that stand deep in each other.
HINDERS = "partial_aggregate_pushdown"


def decide(staged: Staged, question: Question, schema: str, progress: Progress) -> None:
    """The engine: see ``question.Engine``."""
    plan = make_plan(question.program, question.on, question.readings, question.measures, question.reasons)
    execute(staged.connection, plan)
    take(staged, question, schema, plan)
    progress(staged.enterprises)


def take(staged: Staged, question: Question, schema: str, plan: Plan) -> None:
    """The results of a plan, which are temporary tables of the connection, as results of a population. The tables of the plan go."""
    connection, program = staged.connection, question.program
    store.create(connection, schema)
    _tell_missing(connection, program, plan)
    for table in TABLES:
        if table.name in plan.results:
            columns = ", ".join(
                f'coalesce(·told.paths, []) AS "{LACKS}"' if each.name == LACKS else f'·found."{each.name}"'
                for each in table.columns
            )
            told = (
                f'LEFT JOIN "·told" AS ·told ON ·told.codes = ·found."{LACKS}"'
                if any(each.name == LACKS for each in table.columns)
                else ""
            )
            connection.execute(
                f'INSERT INTO "{schema}"."{table.name}" SELECT {columns} FROM "{table.name}" AS ·found {told}'
                f' WHERE ·found."{KEY}" NOT IN (SELECT k FROM "{OVERFLOW}")'
            )
    overflowing = [key for (key,) in connection.execute(f'SELECT DISTINCT k FROM "{OVERFLOW}" ORDER BY k').fetchall()]
    for name in (*plan.tables, "·told"):
        connection.execute(f'DROP TABLE IF EXISTS temp."{name}"')
    if overflowing:
        facts = [(key, found) for key in overflowing if (found := staged.facts(key)) is not None]
        store.insert(connection, schema, decide_batch(question, facts))


def execute(connection: DuckDBPyConnection, plan: Plan) -> None:
    """Make the tables of a plan, as temporary tables of the connection."""
    connection.execute(f"SET disabled_optimizers = '{HINDERS}'")
    for name, query in plan.tables.items():
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {render(query, "duckdb")}')
    connection.execute("RESET disabled_optimizers")


def _tell_missing(connection: DuckDBPyConnection, program: Program, plan: Plan) -> None:
    """The paths for each list of codes: there are far fewer of them than rows."""
    wanting = [
        table.name for table in TABLES if table.name in plan.results and LACKS in [each.name for each in table.columns]
    ]
    several = " UNION ".join(
        f'SELECT DISTINCT "{LACKS}" AS codes FROM "{name}" WHERE "{LACKS}" IS NOT NULL' for name in wanting
    )
    codes = [code for (code,) in connection.execute(several).fetchall()]
    told = [(code, [path[3] for path in paths(program, code)]) for code in codes]
    store.table(connection, '"·told"', "codes VARCHAR, paths VARCHAR[]", told)
