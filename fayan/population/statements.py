"""The plan of a population as SQL, for those who run it inside their own database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import fill

from sqlglot import exp

from fayan.population.question import Question
from fayan_compiler.targets.relational.between.parts import col
from fayan_compiler.targets.relational.dialects import SETTINGS, in_order, render, spelt
from fayan_compiler.targets.relational.plan import OVERFLOW, Plan, make_plan, quoted
from fayan_runtime import ir
from fayan_runtime.names import KEY
from fayan_runtime.reference import readings_of
from fayan_runtime.results import DECISIONS, ITEMS, LACKS, TABLES, UNMATCHED
from fayan_runtime.tables import DIGITS, POSITION, Column, Kind, Table, tables_of

#: Spark's catalogues take no other names for tables than plain ones; only views are called as they are elsewhere.
PLAIN = {DECISIONS: "decisions", ITEMS: "items", UNMATCHED: "unmatched"}

#: Of the columns of facts; numbers have digits of their own.
TYPES: dict[Kind, str] = {
    "text": "TEXT", "enum": "TEXT", "bool": "BOOLEAN", "date": "DATE", "month": "INT", "year": "INT", "set": "TEXT[]",
    "years": "INT[]",
}  # fmt: skip
#: What a table is, by the beginning of its name; of others, what they are made from is told.
ABOUT = {
    "payments": "已兑付，逐笔",
    "set off": "抵扣已兑付",
    "group": "限额要看所计事项的，逐组算限额",
    "figure": "限额里的数",
    DECISIONS: "结果：每家企业每个事项一行",
    ITEMS: "结果：每一项一行",
    UNMATCHED: "结果：没有对上任何一项的已兑付",
    OVERFLOW: "数字太大、128位算不下的企业，以上结果对它们不作数",
}
KINDS = {ir.Ceiling: "限额", ir.Highest: "就高", ir.Deduct: "扣减"}
#: Columns in a line, and what is said of one.
WIDTH, NOTES = 140, 3


def statements(question: Question, dialect: str) -> str:
    """One statement for each table, in order; the tables of facts are there, as ``fayan_runtime.tables`` says, the last are the results."""
    plan = make_plan(question.program, question.on, question.readings, question.measures)
    program = question.program
    head = [f"{program.title} {program.number}", program.digest, f"评估日 {question.on.isoformat()}"]
    if question.measures is not None:
        head.append("只判定" + "、".join(f"第{each}条" for each in question.measures))
    taken = {
        id for each in plan.program.provisions for id in readings_of(plan.program, each)
    } & question.readings.keys()
    if taken:
        head.append("口径 " + " ".join(f"{id}={option}" for id, option in question.readings.items() if id in taken))
    head += [f"结果在 {'、'.join(plan.results)}；其余的表是中间步骤，最后删去", "用到的事实，要先有这些表和列："]
    head += facts(question.program, plan, dialect)
    lines = [f"-- {each}".replace("\n", " ") for each in head]
    made = "".join(f"\n{'' if each.startswith('DROP') else chr(10)}{each};" for each in making(plan, dialect))
    return "\n".join(lines) + made + "\n"


def making(plan: Plan, dialect: str) -> Iterator[str]:
    """The statements that make the tables of a plan, those of the results last; what they were made from is gone then."""
    plain = {name: _plain(name) if dialect == "spark" else name for name in plan.tables}
    steps = [name for name in plan.tables if name not in plan.results]
    yield from (f"SET {name} = {value}" for name, value in SETTINGS[dialect].items())
    for name, query in plan.tables.items():
        kind = "TABLE" if name in plan.results or dialect == "spark" else "TEMPORARY TABLE"
        made = render(_told(_in_order(name, query, dialect), plan, plain), dialect, pretty=True)
        yield f"-- {_about(name, query, plan)}\nCREATE {kind} {render(quoted(plain[name]), dialect)} AS\n{_filled(made)}"
    for name in plan.results:
        if plain[name] != name:
            view, table = (render(quoted(each), dialect) for each in (name, plain[name]))
            yield f"CREATE OR REPLACE TEMPORARY VIEW {view} AS\nSELECT\n  *\nFROM {table}"
    yield from (f"DROP TABLE {render(quoted(plain[name]), dialect)}" for name in reversed(steps))
    if dialect == "duckdb":
        yield from (f"RESET {name}" for name in SETTINGS[dialect])


def _in_order(name: str, query: exp.Query, dialect: str) -> exp.Query:
    """A result as it is told: what is missing stands in the same order, and once, in every dialect."""
    columns = [each.name for table in TABLES if table.name == name for each in table.columns]
    if LACKS not in columns:
        return query
    made = [
        exp.alias_(in_order(col(each), dialect), each, quoted=True) if each == LACKS else col(each) for each in columns
    ]
    return exp.select(*made).from_(query.copy().subquery("·found"))


def facts(program: ir.Program, plan: Plan, dialect: str) -> Iterator[str]:
    """The tables that have to be there, with the columns that are looked at, as statements that make them empty."""
    queries = plan.tables.values()
    named = {each.name for query in queries for each in query.find_all(exp.Table)}
    looked_at = {each.name for query in queries for each in query.find_all(exp.Column)}
    for table in tables_of(program):
        if table.name in named:
            columns = [each for each in table.columns if each.name in looked_at or each.name in (KEY, POSITION)]
            yield making_empty(table, columns, dialect)


def making_empty(table: Table, columns: Sequence[Column], dialect: str) -> str:
    of = [exp.ColumnDef(this=exp.to_identifier(each.name, quoted=True), kind=_type(each)) for each in columns]
    made = exp.Create(this=exp.Schema(this=quoted(table.name), expressions=of), kind="TABLE")
    return made.sql(dialect, identify=True)


def _type(column: Column) -> exp.DataType:
    if column.kind == "number":
        return exp.DataType.build(f"DECIMAL({DIGITS}, {column.scale})")
    return exp.DataType.build(TYPES[column.kind], dialect="duckdb")


def _plain(name: str) -> str:
    return "fayan_" + re.sub(r"[^0-9a-z]+", "_", PLAIN.get(name, name).lower())


def _about(name: str, query: exp.Query, plan: Plan) -> str:
    program = plan.program
    match re.match(r"(items|sums|between) (\d+)", name):
        case re.Match() as found if found[1] == "between":
            each = program.adjustments[int(found[2])]
            told = each.name if isinstance(each, ir.Ceiling) else ""
            return f"第{each.measure}条 {KINDS[type(each)]} {told}".rstrip()
        case re.Match() as found:
            of = program.provisions[int(found[2])]
            return f"第{of.measure}条 {of.name}：{'各项' if found[1] == 'items' else '合计'}"
    for start, told in ABOUT.items():
        if name.startswith(start):
            return told
    tables = [each.name for each in tables_of(program)]
    used = {each.name for each in query.find_all(exp.Table)}
    return f"条件和金额，取自{'、'.join([each for each in tables if each in used] or ['以上各步'])}"


def _told(query: exp.Query, plan: Plan, plain: dict[str, str]) -> exp.Expr:
    """With names that the dialect takes, and what is said of columns where they are made."""

    def change(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Table) and node.name in plain:
            node.set("this", exp.to_identifier(plain[node.name], quoted=True))
        elif isinstance(node, exp.Alias) and node.alias in plan.notes and not isinstance(node.this, exp.Column):
            notes = list(plan.notes[node.alias])
            more = f" 等{len(notes)}处" if len(notes) > NOTES else ""
            node.comments = ["；".join(notes[:NOTES]) + more]
        return spelt(node)

    return query.transform(change)


def _filled(made: str) -> str:
    """Columns that are only taken on stand in one line, where they have one each."""
    lines: list[str] = []
    run: list[str] = []
    for line in [*made.split("\n"), ""]:
        if re.fullmatch(r' +(["`]\w+["`]\.)?["`]\w+["`],', line):
            run.append(line)
            continue
        if run:
            indent = run[0][: len(run[0]) - len(run[0].lstrip())]
            filled = fill(" ".join(each.strip() for each in run), WIDTH, break_long_words=False, break_on_hyphens=False)
            lines += [indent + each for each in filled.split("\n")]
            run = []
        lines.append(line)
    return "\n".join(lines[:-1])
