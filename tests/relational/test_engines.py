"""PostgreSQL and Spark execute the plan that DuckDB executes, and give what the closure gives: random programs and the reference policy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

import fayan
from fayan.population import by_spark, statements
from fayan.population.engines import DIALECTS
from fayan_compiler.targets.relational import conclude, dialects
from fayan_compiler.targets.relational.dialects import CHANGES
from tests.relational.engines import DuckDB, Engine, Postgres, Spark
from tests.relational.harness import (
    Case,
    difference,
    in_closure,
    in_postgres,
    in_printed_duckdb,
    in_spark,
    policy_case,
    random_case,
)
from tests.relational.population import Decided
from tests.relational.test_agree import replaced

#: The servers are started once: all of these tests run in one process.
pytestmark = pytest.mark.xdist_group("engines")

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


def test_the_printed_script_decides_alike() -> None:
    assert difference(random_case(9, 200), in_closure, in_printed_duckdb) is None


def test_what_is_printed_in_any_order_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "in_order", lambda codes, dialect: codes)
    with pytest.raises(AssertionError, match=","):
        in_printed_duckdb(random_case(9, 200))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_missing_facts_are_told_in_order(dialect: str, request: pytest.FixtureRequest) -> None:
    made: Callable[[], Engine] = DuckDB
    if dialect != "duckdb":
        started = request.getfixturevalue(dialect)
        made = partial({"postgres": Postgres, "spark": Spark}[dialect], started)
    given = {"15.10.1,3,,15.2.1,3,15": "3,15,15.2.1,15.10.1", "7": "7", "": None, None: None}
    with closing(made()) as engine:
        for codes, told in given.items():
            of = exp.cast(exp.convert(codes), "TEXT")
            assert engine.ask(exp.select(dialects.in_order(of, dialect))) == [(told,)], codes


def test_postgres_decides_alike(postgres: str) -> None:
    for seed in (4, 9, 10):
        assert difference(random_case(seed, 200), in_closure, in_postgres(postgres)) is None, seed
    assert difference(policy_case(0, 400), in_closure, in_postgres(postgres)) is None


def test_spark_decides_the_policy_alike(spark: Any) -> None:
    """All measures; it is the planning that takes Spark long, not the enterprises."""
    assert difference(policy_case(0, 1000), in_closure, in_spark(spark), overflowing=0) is None


def test_spark_decides_random_programs_alike(spark: Any) -> None:
    assert difference(random_case(9, 1000), in_closure, in_spark(spark, as_printed=True)) is None


@pytest.mark.soak
def test_spark_decides_many_alike(spark: Any) -> None:
    for seed in range(1, 6):
        assert difference(policy_case(seed, 5000), in_closure, in_spark(spark), overflowing=0) is None, seed


@pytest.mark.soak
def test_postgres_and_spark_decide_random_programs_alike(postgres: str, spark: Any) -> None:
    for seed in range(100, 140):
        assert difference(random_case(seed, 300), in_closure, in_postgres(postgres), in_spark(spark)) is None, seed


# ---------------------------------------------------------------- the harness notices


def instead(dialect: str, was: Callable[..., Any], wrong: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in one of the things that are changed for a dialect."""
    steps = tuple(wrong if each is was else each for each in CHANGES[dialect])
    return lambda patch: patch.setitem(CHANGES, dialect, steps)


def is_always_element(node: exp.Expr) -> exp.Expr:
    return node if dialects._is_element(node) is node else exp.true()


def divided_and_rounded(node: exp.Expr) -> exp.Expr:
    if dialects._whole_division(node) is node:
        return node
    return exp.cast(exp.Div(this=node.this.copy(), expression=node.expression.copy(), typed=True), dialects.WIDE)


def joined_to_nothing(node: exp.Expr) -> exp.Expr:
    made = dialects._joined(node)
    return node if made is node else exp.cast(exp.null(), "TEXT")


#: For each engine a random program, and what is planted; one of them in the plan itself.
IN_PLAN = replaced(conclude, "GRANTED", 1)
FAULTS: dict[str, tuple[int, dict[str, Callable[[pytest.MonkeyPatch], None]]]] = {
    "postgres": (51, {
        "each set has all there is": instead("postgres", dialects._is_element, is_always_element),
        "items that are open count": IN_PLAN,
    }),
    "spark": (12, {
        "division rounds": instead("spark", dialects._whole_division, divided_and_rounded),
        "nothing is missing": instead("spark", dialects._joined, joined_to_nothing),
        "items that are open count": IN_PLAN,
    }),
}  # fmt: skip


@pytest.mark.parametrize("engine", FAULTS)
def test_planted_faults_are_noticed(engine: str, request: pytest.FixtureRequest) -> None:
    """By another row: a query that cannot be executed shows nothing."""
    execute = {"postgres": in_postgres, "spark": in_spark}[engine](request.getfixturevalue(engine))
    seed, faults = FAULTS[engine]
    case = random_case(seed, 60)
    promised = in_closure(case)

    def right(case: Case) -> tuple[Decided, set[str]]:
        return promised

    assert difference(case, right, execute) is None
    for name, plant in faults.items():
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            assert difference(case, right, execute) is not None, name


# ---------------------------------------------------------------- a run


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
