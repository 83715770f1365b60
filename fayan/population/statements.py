"""The plan of a population as SQL, for those who run it inside their own database."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from fayan.population.question import Question
from fayan_compiler.targets.relational.dialects import render
from fayan_compiler.targets.relational.plan import Plan, make_plan, quoted
from fayan_runtime.ir import Program
from fayan_runtime.results import DECISIONS, ITEMS, UNMATCHED
from fayan_runtime.tables import DIGITS, Column, Kind, tables_of

#: Spark's catalogues take no other names for tables than plain ones; only views are called as they are elsewhere.
PLAIN = {DECISIONS: "decisions", ITEMS: "items", UNMATCHED: "unmatched"}

#: Of the columns of facts; numbers have digits of their own.
TYPES: dict[Kind, str] = {
    "text": "TEXT", "enum": "TEXT", "bool": "BOOLEAN", "date": "DATE", "month": "INT", "year": "INT", "set": "TEXT[]",
    "years": "INT[]",
}  # fmt: skip


def statements(question: Question, dialect: str) -> str:
    """One statement for each table, in order; the tables of facts are there, as ``fayan_runtime.tables`` says, the last are the results."""
    plan = make_plan(question.program, question.on, question.readings, question.measures)
    program = question.program
    changed = " ".join(f"{id}={option}" for id, option in question.readings.items())
    head = [
        f"-- {program.title} {program.number}",
        f"-- {program.digest}",
        f"-- 评估日 {question.on.isoformat()}；口径 {changed}",
        f"-- 结果：{'、'.join(plan.results)}",
    ]
    comment = [
        line.replace("\n", " ") for line in [*head, "-- 事实的表：", *map("-- {}".format, facts(program, dialect))]
    ]
    return "\n".join(comment) + "\n\n" + "\n\n".join(f"{each};" for each in making(plan, dialect)) + "\n"


def making(plan: Plan, dialect: str) -> Iterator[str]:
    """The statements that make the tables of a plan."""
    plain = {name: _plain(name) if dialect == "spark" else name for name in plan.tables}
    for name, query in plan.tables.items():
        made = query.transform(lambda node: _renamed(node, plain))
        yield f"CREATE TABLE {render(quoted(plain[name]), dialect)} AS\n{render(made, dialect, pretty=True)}"
    for name in plan.results:
        if plain[name] != name:
            view, table = (render(quoted(each), dialect) for each in (name, plain[name]))
            yield f"CREATE OR REPLACE TEMPORARY VIEW {view} AS\nSELECT\n  *\nFROM {table}"


def facts(program: Program, dialect: str) -> Iterator[str]:
    """The tables that have to be there, as statements that make them empty."""
    for table in tables_of(program):
        columns = [
            exp.ColumnDef(this=exp.to_identifier(each.name, quoted=True), kind=_type(each)) for each in table.columns
        ]
        made = exp.Create(this=exp.Schema(this=quoted(table.name), expressions=columns), kind="TABLE")
        yield made.sql(dialect, identify=True)


def _type(column: Column) -> exp.DataType:
    if column.kind == "number":
        return exp.DataType.build(f"DECIMAL({DIGITS}, {column.scale})")
    return exp.DataType.build(TYPES[column.kind], dialect="duckdb")


def _plain(name: str) -> str:
    return "fayan_" + re.sub(r"[^0-9a-z]+", "_", PLAIN.get(name, name).lower())


def _renamed(node: exp.Expr, names: dict[str, str]) -> exp.Expr:
    if isinstance(node, exp.Table) and node.name in names:
        node.set("this", exp.to_identifier(names[node.name], quoted=True))
    return node
