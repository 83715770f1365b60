"""Deciding a population with one plan for all: DuckDB executes it over the tables of facts.

Where 128 bits do not do for the numbers of an enterprise, it is decided by the closure, which has no such bounds: never a wrong answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from fayan.population import store
from fayan.population.by_closure import decide_batch
from fayan.population.question import Progress, Question
from fayan.population.store import BESIDE, WORKED_OUT
from fayan_compiler.targets.relational.dialects import render
from fayan_compiler.targets.relational.facts import paths
from fayan_compiler.targets.relational.plan import OVERFLOW, Plan, make_plan
from fayan_runtime.ir import Program
from fayan_runtime.results import TABLES, Table
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
    staged.connection.execute(f'CREATE SCHEMA "{schema}{WORKED_OUT}"')
    execute(staged.connection, plan, f"{schema}{WORKED_OUT}")
    tell(staged, question, schema, plan)
    progress(staged.enterprises)


def execute(connection: DuckDBPyConnection, plan: Plan, schema: str = "main") -> None:
    """Make the tables of a plan in a schema: the results are views, and stay with the tables they look at."""
    connection.execute(f"SET disabled_optimizers = '{HINDERS}'")
    used = {name: _within(query, plan, schema) for name, query in plan.tables.items()}
    last = {each: name for name in plan.tables for each in used[name]}
    kept = {each for name in plan.results for each in used[name]}
    for name, query in plan.tables.items():
        kind = "VIEW" if name in plan.results else "TABLE"
        connection.execute(f'CREATE OR REPLACE {kind} "{schema}"."{name}" AS {render(query, "duckdb")}')
        for each in used[name] - kept:
            if last[each] == name:
                connection.execute(f'DROP TABLE "{schema}"."{each}"')
    connection.execute("RESET disabled_optimizers")


def _within(query: exp.Query, plan: Plan, schema: str) -> set[str]:
    """The tables of the plan that a query looks at; it now says where they are."""
    found = [table for table in query.find_all(exp.Table) if table.name in plan.tables]
    for table in found:
        table.set("db", exp.to_identifier(schema, quoted=True))
    return {table.name for table in found}


def tell(staged: Staged, question: Question, schema: str, plan: Plan) -> None:
    """The results of a plan, with codes for what is missing, as results of a population: views of them."""
    connection, worked_out, beside = staged.connection, f"{schema}{WORKED_OUT}", f"{schema}{BESIDE}"
    store.create(connection, schema, but=plan.results)
    overflowing = connection.execute(f'SELECT DISTINCT k FROM "{worked_out}"."{OVERFLOW}" ORDER BY k').fetchall()
    if overflowing:
        facts = [(key, found) for (key,) in overflowing if (found := staged.facts(key)) is not None]
        store.create(connection, beside)
        store.insert(connection, beside, decide_batch(question, facts))
    for table in TABLES:
        if table.name in plan.results:
            query = _told(connection, question.program, table, worked_out)
            if overflowing:
                query += f' WHERE ·found."{KEY}" NOT IN (SELECT k FROM "{worked_out}"."{OVERFLOW}")'
                query += f' UNION ALL SELECT * FROM "{beside}"."{table.name}"'
            connection.execute(f'CREATE VIEW "{schema}"."{table.name}" AS {query}')


def _told(connection: DuckDBPyConnection, program: Program, table: Table, schema: str) -> str:
    """A table of results with paths for their codes: there are far fewer lists of codes than rows."""
    of = f'"{schema}"."{table.name}"'
    columns = ", ".join(
        f'coalesce(·told.paths, []) AS "{LACKS}"' if each.name == LACKS else f'·found."{each.name}"'
        for each in table.columns
    )
    if LACKS not in [each.name for each in table.columns]:
        return f"SELECT {columns} FROM {of} AS ·found"
    codes = connection.execute(f'SELECT DISTINCT "{LACKS}" FROM {of} WHERE "{LACKS}" IS NOT NULL').fetchall()
    told = [(code, [path[3] for path in paths(program, code)]) for (code,) in codes]
    name = f'"{schema}"."{table.name}{LACKS}"'
    store.table(connection, name, "codes VARCHAR, paths VARCHAR[]", told, "TABLE")
    return f'SELECT {columns} FROM {of} AS ·found LEFT JOIN {name} AS ·told ON ·told.codes = ·found."{LACKS}"'
