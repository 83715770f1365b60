"""All who decide, asked the same: the reference, the closure, and the plan in DuckDB, PostgreSQL and Spark; and where they first differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import duckdb
from attrs import define, frozen

from fayan.population import by_closure, by_duckdb, by_spark
from fayan.population.statements import making
from fayan_compiler.targets.python.closure import compile_closure
from fayan_compiler.targets.relational.plan import Plan, make_plan
from fayan_runtime import ir, reference
from fayan_runtime.results import DECISIONS, ITEMS, LACKS
from fayan_runtime.tables import tables_of
from fayan_runtime.values import Facts
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.reference_policy import reference_policy
from tests.relational.engines import Postgres
from tests.relational.population import Decided, decided, enterprises, expected, load, with_money

REAL = reference_policy().program
REAL_DAYS = tuple(date.fromisoformat(day) for day in ("2025-12-31", "2026-06-30", "2024-12-12", "2025-06-30"))


@frozen
class Case:
    """What is asked; ``facts`` by key."""

    program: ir.Program
    facts: Mapping[str, Facts]
    on: date
    readings: Mapping[str, str]
    measures: Sequence[int] | None = None

    @property
    def plan(self) -> Plan:
        return make_plan(self.program, self.on, self.readings, self.measures)


#: What is decided, and for which enterprises 128 bits did not do.
Engine = Callable[[Case], tuple[Decided, set[str]]]


def difference(case: Case, first: Engine, *others: Engine, overflowing: float = 0.05) -> object:
    """The first row in which another differs from the first; None where all are alike. At most so much of the population may overflow."""
    promised, _ = first(case)
    assert promised
    for other in others:
        found, lost = other(case)
        assert len(lost) <= len(case.facts) * overflowing
        for place in promised.keys() | found.keys():
            if promised.get(place) != found.get(place) and place[0] not in lost:
                return place, promised.get(place), found.get(place)
    return None


# ---------------------------------------------------------------- what is asked


def random_case(seed: int, count: int) -> Case:
    """A random program, on a random day, under random readings."""
    program = with_money(programs.random_program(seed, 1 + seed % 6, seed % 5))
    on = Random(seed).choice(schema.DATES[2:])
    readings = random_facts.random_readings(program, seed)
    return Case(program, enterprises(schema.SCOPES, seed, count), on, readings, (1, 2) if seed % 7 == 0 else None)


def policy_case(seed: int, count: int, measures: Sequence[int] | None = None) -> Case:
    """The reference policy, at first with each reading's first option."""
    readings = random_facts.random_readings(REAL, seed) if seed else first_options(REAL)
    enums = {each.name: each.members for each in REAL.enums}
    paid = [(each.measure, each.name) for each in REAL.provisions if each.nature in ("cash", "relief")]
    pools = {**random_facts.REAL_POOLS, **enums, "number": (0, 1, 3, 5, 180, 23)}
    pools["元1"] = *pools["元1"], Fraction(1, 200), Fraction(166666667, 10000)  # parts of a 分
    facts = enterprises(REAL.scopes, seed, count, pools, paid)
    return Case(REAL, facts, REAL_DAYS[seed % len(REAL_DAYS)], readings, measures)


def first_options(program: ir.Program) -> dict[str, str]:
    return {each.id: each.options[0][0] for each in program.readings if not each.uncomputed}


# ---------------------------------------------------------------- who decides


def one_by_one(decide: Callable[..., Any], case: Case, *money: Any) -> tuple[Decided, set[str]]:
    found: Decided = {}
    for key, facts in case.facts.items():
        found |= expected(case.program, key, decide(facts, case.on, dict(case.readings), case.measures), *money)
    return found, set()


def in_reference(case: Case) -> tuple[Decided, set[str]]:
    return one_by_one(partial(reference.decide, case.program), case)


def in_closure(case: Case) -> tuple[Decided, set[str]]:
    """Amounts as ``fayan run`` writes them down."""
    return one_by_one(compile_closure(case.program).decide, case, by_closure.money)


@contextmanager
def tables(case: Case) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect()) as base:
        base.execute("SET threads = 1")
        load(base, case.program, case.facts)
        yield base


def in_duckdb(case: Case) -> tuple[Decided, set[str]]:
    with tables(case) as base:
        plan = case.plan
        by_duckdb.execute(base, plan)
        return decided(base, case.program, plan)


def printed(base: Any, program: ir.Program, plan: Plan) -> tuple[Decided, set[str]]:
    """What a printed script leaves: missing facts in order, each once, whatever the dialect."""
    for table in {DECISIONS, ITEMS} & {*plan.results}:
        for (codes,) in base.execute(f'SELECT DISTINCT "{LACKS}" FROM "{table}"').fetchall():
            assert codes is None or codes == in_order(codes), (table, codes)
    return decided(base, program, plan)


def in_order(codes: str) -> str:
    return ",".join(sorted(set(codes.split(",")), key=lambda code: [int(part) for part in code.split(".")]))


def in_printed_duckdb(case: Case) -> tuple[Decided, set[str]]:
    """As the printed script says."""
    with tables(case) as base:
        plan = case.plan
        for statement in making(plan, "duckdb"):
            base.execute(statement)
        return printed(base, case.program, plan)


@define
class Asked:
    """An engine as ``decided`` asks it: ``execute(sql)``, then ``fetchall()``."""

    rows: Callable[[str], list[Any]]
    sql: str = ""

    def execute(self, sql: str) -> Asked:
        return Asked(self.rows, sql)

    def fetchall(self) -> list[Any]:
        return self.rows(self.sql)


def in_postgres(address: str) -> Engine:
    """As the printed script says."""

    def decide(case: Case) -> tuple[Decided, set[str]]:
        plan = case.plan
        with tables(case) as facts, closing(Postgres(address)) as base:
            for table in tables_of(case.program):
                found = facts.table(table.name)
                types = dict(zip(found.columns, map(str, found.types), strict=True))
                base.table(table.name, types, found.fetchall())
            with base.base.transaction(force_rollback=True):  # what is made is gone afterwards
                for statement in making(plan, "postgres"):
                    base.base.execute(statement)  # type: ignore[arg-type]
                asked = Asked(lambda sql: base.base.execute(sql).fetchall())  # type: ignore[arg-type]
                return printed(asked, case.program, plan)

    return decide


def in_spark(session: Any, as_printed: bool = False) -> Engine:
    """As ``fayan run`` does, or as the printed script says."""

    def decide(case: Case) -> tuple[Decided, set[str]]:
        plan = case.plan
        with tables(case) as facts:
            for table in tables_of(case.program):
                frame = session.createDataFrame(facts.table(table.name).to_arrow_table())
                frame.createOrReplaceTempView(f"`{table.name}`")
        if as_printed:
            for made in session.sql("SHOW TABLES LIKE 'fayan_*'").collect():
                session.sql(f"DROP TABLE {made.tableName}")
            for statement in making(plan, "spark"):
                session.sql(statement)
        else:
            by_spark.execute(session, case.program, plan)
        asked = Asked(lambda sql: [tuple(row) for row in session.sql(sql.replace('"', "`")).collect()])
        return (printed if as_printed else decided)(asked, case.program, plan)  # type: ignore[arg-type]

    return decide
