"""Deciding a population with one plan for all: DuckDB executes it over the tables of facts.

Where 128 bits do not do for the numbers of an enterprise, it is decided by the closure, which has no such bounds: never a wrong answer.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import define
from sqlglot import exp

from fayan.population import store
from fayan.population.by_closure import decide_batch
from fayan.population.question import Progress, Question
from fayan.population.store import BESIDE, WORKED_OUT
from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.dialects import SETTINGS, render
from fayan_compiler.targets.relational.plan import CODES, OVERFLOW, SUMS_OF, Plan, make_plan
from fayan_runtime.codes import paths
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.results import DECISIONS, LACKS, TABLES, WIDE, Table, wide_columns
from fayan_runtime.tables import Column as FactColumn
from fayan_runtime.tables import Table as FactTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from fayan.tables.staged import Staged

#: The table of keys by their numbers.
NUMBERS = "户"


@define
class Decider:
    """Decides what it is asked; it keeps what it was asked last as statements, for the parts of a population are all asked the same."""

    _asked: tuple[Question, str] | None = None
    _statements: tuple[str, ...] = ()
    _results: tuple[str, ...] = ()
    _sums: tuple[str, ...] = ()

    def decide(self, staged: Staged, question: Question, schema: str, progress: Progress) -> None:
        """The engine: see ``question.Engine``."""
        worked_out = f"{schema}{WORKED_OUT}"
        if self._asked != (question, schema):
            self._asked = question, schema
            with _keeping_everything():
                self._plan(staged.tables, question, worked_out)
        staged.connection.execute(f'CREATE SCHEMA "{worked_out}"')
        _run(staged.connection, self._statements)
        tell(staged, question, schema, self._results, self._sums, numbered=True)
        progress(staged.enterprises)

    def _plan(self, tables: Sequence[FactTable], question: Question, schema: str) -> None:
        plan = make_plan(
            question.program, question.on, question.readings, question.measures, question.reasons, wide=True
        )
        self._results, self._sums = plan.results, tuple(each for each in plan.tables if each.startswith(SUMS_OF))
        facts = [table.name for table in tables if table.name != DISTRICT]
        self._statements = (*_numbering(tables, plan, schema), *_making(plan, schema, facts))


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """A plan is some hundred thousand nodes, none of which is garbage before it is printed: to look among them takes half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def execute(connection: DuckDBPyConnection, plan: Plan) -> None:
    """Make the tables of a plan beside the tables of facts."""
    _run(connection, _making(plan, "main", ()))


def _run(connection: DuckDBPyConnection, statements: Iterable[str]) -> None:
    for setting, value in SETTINGS["duckdb"].items():
        connection.execute(f"SET {setting} = {value}")
    for each in statements:
        connection.execute(each)
    for setting in SETTINGS["duckdb"]:
        connection.execute(f"RESET {setting}")


def _numbering(tables: Sequence[FactTable], plan: Plan, schema: str) -> Iterator[str]:
    """The tables of facts in a schema, with numbers for keys and what the plan looks at: to join and to group by numbers is cheaper.

    What is looked at once or twice is a view: to write it down first costs more.
    """
    numbers = f'"{schema}"."{NUMBERS}"'
    yield f'CREATE TABLE {numbers} AS SELECT row_number() OVER ()::INTEGER AS n, "{KEY}" FROM "{ENTERPRISE}"'
    asked = {node.name for query in plan.tables.values() for node in sql.parts_of(query, exp.Column)}
    looked = Counter(node.name for query in plan.tables.values() for node in sql.parts_of(query, exp.Table))
    members = {each.name: each.members for each in plan.program.enums}
    for table in tables:
        if table.name != DISTRICT and looked[table.name]:
            columns = [_coded(each, members) for each in table.columns if each.name in asked and each.name != KEY]
            yield (
                f'CREATE {"TABLE" if looked[table.name] > 2 else "VIEW"} "{schema}"."{table.name}" AS'
                f" SELECT {', '.join([f'·n.n AS {KEY}', *columns])}"
                f' FROM main."{table.name}" AS ·of JOIN {numbers} AS ·n ON ·n."{KEY}" = ·of."{KEY}"'
            )


def _coded(column: FactColumn, members: Mapping[str, Sequence[str]]) -> str:
    """A column of a table of facts; one of a few words as its place among them."""
    if column.kind != "enum" or column.fact is None:
        return f'·of."{column.name}"'
    words = exp.DataType(
        this=exp.DataType.Type.ENUM, expressions=list(map(sql.literal, members[column.fact.type.name]))
    )
    return f'CAST(·of."{column.name}" AS {render(words, "duckdb")}) AS "{column.name}"'


def _making(plan: Plan, schema: str, facts: Collection[str]) -> Iterator[str]:
    """The tables of a plan in a schema, where some tables of facts are too; what none of the results looks at goes again.

    The results are views.
    """
    used = {name: _within(query, {*plan.tables, *facts}, schema) for name, query in plan.tables.items()}
    last = {each: name for name in plan.tables for each in used[name]}
    kept = {each for name in plan.results for each in used[name]}
    for name, query in plan.tables.items():
        kind = "VIEW" if name in plan.results else "TABLE"
        yield f'CREATE OR REPLACE {kind} "{schema}"."{name}" AS {render(query, "duckdb")}'
        for each in sorted(used[name] - kept):
            if last[each] == name and each not in facts:
                yield f'DROP TABLE "{schema}"."{each}"'


def _within(query: exp.Query, tables: Collection[str], schema: str) -> set[str]:
    """The tables of a schema that a query looks at; it now says where they are."""
    found = [table for table in sql.parts_of(query, exp.Table) if table.name in tables]
    for table in found:
        table.set("db", exp.to_identifier(schema, quoted=True))
    return {table.name for table in found}


def tell(
    staged: Staged, question: Question, schema: str, results: Collection[str], sums: Collection[str], numbered: bool
) -> None:
    """The results of a plan, with codes for what is missing and perhaps numbers for keys, as results of a population: views of them.

    ``sums`` are the tables that say what awards come to."""
    connection, worked_out, beside = staged.connection, f"{schema}{WORKED_OUT}", f"{schema}{BESIDE}"
    store.create(connection, schema, but=results)
    key = (
        f'SELECT "{KEY}" FROM "{worked_out}"."{NUMBERS}" WHERE n'
        if numbered
        else f'SELECT "{KEY}" FROM "{ENTERPRISE}" WHERE "{KEY}"'
    )
    overflow = f'{key} IN (SELECT k FROM "{worked_out}"."{OVERFLOW}")'
    overflowing = connection.execute(f"{overflow} ORDER BY 1").fetchall()
    if overflowing:
        facts = [(key, found) for (key,) in overflowing if (found := staged.facts(key)) is not None]
        store.create(connection, beside)
        store.insert(connection, beside, decide_batch(question, facts))
    for table in TABLES:
        if table.name in results:
            query = _told(connection, question.program, table, worked_out, numbered)
            if overflowing:
                query += f' WHERE ·found."{KEY}" NOT IN (SELECT k FROM "{worked_out}"."{OVERFLOW}")'
                query += f' UNION ALL SELECT * FROM "{beside}"."{table.name}"'
            connection.execute(f'CREATE VIEW "{schema}"."{table.name}" AS {query}')
    if WIDE in results:
        query = _wide(connection, question, sums, worked_out)
        if overflowing:
            store.widen(connection, beside, question)
            query += f' WHERE ·found."{KEY}" NOT IN (SELECT k FROM "{worked_out}"."{OVERFLOW}")'
            query += f' UNION ALL SELECT * FROM "{beside}"."{WIDE}"'
        connection.execute(f'CREATE VIEW "{schema}"."{WIDE}" AS {query}')


def _wide(connection: DuckDBPyConnection, question: Question, sums: Collection[str], schema: str) -> str:
    """``判定宽`` with keys. Its amounts have 64 bits, where none is larger: they are half as dear to write."""
    most = "greatest(max(abs(amount)), max(abs(paid)), max(abs(payable)))"
    found = [connection.execute(f'SELECT {most} FROM "{schema}"."{each}"').fetchall()[0][0] for each in sums]
    kind = {} if any(each is not None and each >= 10**16 for each in found) else {"money": "DECIMAL(18, 2)"}
    columns = [
        f'CAST(·found."{column.name}" AS {kind[column.kind]}) AS "{column.name}"'
        if column.kind in kind
        else f'·found."{column.name}"'
        for provision in question.asked
        for column in wide_columns(provision)
    ]
    return (
        f'SELECT {", ".join([f"·n.{KEY}", *columns])} FROM "{schema}"."{WIDE}" AS ·found'
        f' JOIN "{schema}"."{NUMBERS}" AS ·n ON ·n.n = ·found."{KEY}"'
    )


def _told(connection: DuckDBPyConnection, program: Program, table: Table, schema: str, numbered: bool) -> str:
    """A table of results with keys, and paths for their codes: there are far fewer lists of codes than rows."""
    of = f'"{schema}"."{table.name}"'
    source, columns = f"{of} AS ·found", {each.name: f'·found."{each.name}"' for each in table.columns}
    if numbered:
        source += f' JOIN "{schema}"."{NUMBERS}" AS ·n ON ·n.n = ·found."{KEY}"'
        columns[KEY] = f'·n."{KEY}"'
    if LACKS in columns:
        told = f'"{schema}"."{CODES}"' if table.name == DECISIONS and numbered else of
        codes = connection.execute(f'SELECT DISTINCT "{LACKS}" FROM {told} WHERE "{LACKS}" IS NOT NULL').fetchall()
        found = [(code, [path[3] for path in paths(program, code)]) for (code,) in codes]
        columns[LACKS] = f'[]::VARCHAR[] AS "{LACKS}"'
        if found:
            name = f'"{schema}"."{table.name}{LACKS}"'
            store.table(connection, name, "codes VARCHAR, paths VARCHAR[]", found, "TABLE")
            source += f' LEFT JOIN {name} AS ·told ON ·told.codes = ·found."{LACKS}"'
            columns[LACKS] = f'coalesce(·told.paths, []) AS "{LACKS}"'
    return f"SELECT {', '.join(columns.values())} FROM {source}"
