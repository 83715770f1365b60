"""PostgreSQL and Spark execute the plan that DuckDB executes, and give what the closure gives: random programs and the reference policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from attrs import define

import fayan
from fayan.population import by_spark
from fayan.population.engines import DIALECTS
from fayan.population.question import Question
from fayan.population.statements import making
from fayan_compiler.targets.closure import compile_closure
from fayan_compiler.targets.relational.dialects import CHANGES
from fayan_compiler.targets.relational.plan import Plan, make_plan
from fayan_runtime import ir
from fayan_runtime.tables import tables_of
from fayan_runtime.values import Facts
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.relational.engines import Postgres
from tests.relational.population import decided, enterprises, expected, load, with_money
from tests.relational.test_agree import REAL, first_options, policy_pools

#: The servers are started once: all of these tests run in one process.
pytestmark = pytest.mark.xdist_group("engines")

#: Makes the tables of results of facts that a connection to DuckDB has; gives where to ask for them.
Execute = Callable[[duckdb.DuckDBPyConnection, Question, Plan], AbstractContextManager[Any]]

SMALL = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元的企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：收入 超过 100万元
        金额 5万元
责任单位 区财政局

附 事实

事实 企业
    收入 金额
"""


@define
class Asked:
    """An engine as ``decided`` asks it: ``execute(sql)``, then ``fetchall()``."""

    rows: Callable[[str], list[Any]]
    sql: str = ""

    def execute(self, sql: str) -> Asked:
        return Asked(self.rows, sql)

    def fetchall(self) -> list[Any]:
        return self.rows(self.sql)


@contextmanager
def in_duckdb(facts: duckdb.DuckDBPyConnection, question: Question, plan: Plan) -> Iterator[Any]:
    """As the printed script says."""
    for statement in making(plan, "duckdb"):
        facts.execute(statement)
    yield facts


def in_postgres(address: str) -> Execute:
    """As the printed script says."""

    @contextmanager
    def execute(facts: duckdb.DuckDBPyConnection, question: Question, plan: Plan) -> Iterator[Any]:
        with closing(Postgres(address)) as base:
            for table in tables_of(question.program):
                found = facts.table(table.name)
                types = dict(zip(found.columns, map(str, found.types), strict=True))
                base.table(table.name, types, found.fetchall())
            with base.base.transaction(force_rollback=True):  # what is made is gone afterwards
                for statement in making(plan, "postgres"):
                    base.base.execute(statement)  # type: ignore[arg-type]
                yield Asked(lambda sql: base.base.execute(sql).fetchall())  # type: ignore[arg-type]

    return execute


def in_spark(session: Any, printed: bool = False) -> Execute:
    @contextmanager
    def execute(facts: duckdb.DuckDBPyConnection, question: Question, plan: Plan) -> Iterator[Any]:
        for table in tables_of(question.program):
            session.createDataFrame(facts.table(table.name).to_arrow_table()).createOrReplaceTempView(f"`{table.name}`")
        if printed:
            for statement in making(plan, "spark"):
                session.sql(statement)
        else:
            by_spark.execute(session, question.program, plan)
        yield Asked(lambda sql: [tuple(row) for row in session.sql(sql.replace('"', "`")).collect()])

    return execute


def difference(
    execute: Execute,
    program: ir.Program,
    population: Mapping[str, Facts],
    on: date,
    readings: dict[str, str],
    measures: tuple[int, ...] | None = None,
) -> object:
    """The first row in which the engine and the closure differ; None where they are alike."""
    base = duckdb.connect()
    load(base, program, population)
    plan = make_plan(program, on, readings, measures)
    with execute(base, Question(program, on, readings, measures), plan) as asked:
        found, overflowing = decided(asked, program, plan)
    base.close()
    assert len(overflowing) <= len(population) // 20
    closure = compile_closure(program)
    for key, facts in population.items():
        if key not in overflowing:
            for place, row in expected(program, key, closure.decide(facts, on, readings, measures)).items():
                if found.pop(place, None) != row:
                    return place, row
    return next((each for each in found.items() if each[0][0] not in overflowing), None)


def of_random(execute: Execute, seed: int, count: int) -> object:
    program = with_money(programs.random_program(seed, 1 + seed % 6, seed % 5))
    population = enterprises(schema.SCOPES, seed, count)
    return difference(execute, program, population, schema.DATES[6], random_facts.random_readings(program, seed))


def of_policy(execute: Execute, count: int, measures: tuple[int, ...] | None = None) -> object:
    population = enterprises(REAL.program.scopes, 7, count, *policy_pools(REAL.program))
    return difference(execute, REAL.program, population, date(2025, 12, 31), first_options(REAL.program), measures)


def test_the_printed_script_decides_alike() -> None:
    assert of_random(in_duckdb, 9, 200) is None


def test_postgres_decides_alike(postgres: str) -> None:
    for seed in (4, 9, 10):
        assert of_random(in_postgres(postgres), seed, 200) is None, seed
    assert of_policy(in_postgres(postgres), 400) is None


def test_spark_decides_alike(spark: Any) -> None:
    """Planning takes Spark long: a program of middling size here, all of the policy where time does not matter."""
    assert of_random(in_spark(spark), 9, 1000) is None
    assert of_random(in_spark(spark, printed=True), 9, 100) is None


@pytest.mark.soak
def test_spark_decides_the_policy_alike(spark: Any) -> None:
    assert of_policy(in_spark(spark), 5000, (3, 5, 7)) is None
    assert of_policy(in_spark(spark), 5000) is None


@pytest.mark.soak
def test_postgres_and_spark_decide_many_alike(postgres: str, spark: Any) -> None:
    for seed in range(100, 140):
        assert of_random(in_postgres(postgres), seed, 300) is None, seed
        assert of_random(in_spark(spark), seed, 300) is None, seed


def test_a_run_by_spark_writes_what_others_write(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "某办法.pol").write_text(SMALL, "utf-8")
    rows = ["统一社会信用代码,收入", "91350100M000100Y43,200万元", "91500112MA0FY00739,100万元", "91500112MA0FY00146,"]
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "企业.csv").write_text("\n".join(rows), "utf-8")
    policy = fayan.load(tmp_path / "某办法.pol")
    for engine in ("spark", "closure"):
        policy.run(tmp_path / "表", tmp_path / f"{engine}.csv", on="2025-12-31", engine=engine).close()
    written, expected = ((tmp_path / f"{engine}.csv").read_text("utf-8-sig") for engine in ("spark", "closure"))
    assert written == expected
    assert "50000.00" in written
    told = by_spark.decided(spark, policy.question("2025-12-31"))["判定"].select("缺").collect()
    assert sorted(told) == [([],), ([],), (["收入"],)]


def test_what_can_be_printed_is_what_can_be_rendered() -> None:
    assert tuple(CHANGES) == DIALECTS
