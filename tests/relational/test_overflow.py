"""Numbers for which 128 bits do not do: the plan says so of the enterprise, a run then decides it otherwise; never a wrong amount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import fayan
from fayan.policy import loads
from fayan_runtime.values import Facts
from tests.relational.harness import (
    Case,
    Engine,
    difference,
    in_closure,
    in_duckdb,
    in_postgres,
    in_reference,
    in_spark,
)

pytestmark = pytest.mark.xdist_group("engines")

POLICY = """\
政策 某区大数办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励
｜按甲、乙之比给予奖励。
    奖励 按比奖励
        金额 甲 × 甲 × 甲 × 甲 ÷ 乙 ÷ 乙 ÷ 乙
｜甲大于乙的另奖1万元。
    奖励 另奖
        须 过线：甲 × 甲 × 甲 × 甲 超过 乙 × 乙 × 乙 × 乙
        金额 1万元
｜各份按数的平方与基之比奖励，合计不超过甲。
    奖励 各份奖励
        逐次 份额
        金额 数 × 数 ÷ 基
    限额 合计限额 每户
        不超过 甲
        及于 各份奖励
责任单位 区财政局

附 事实

事实 企业
    甲 金额
    乙 金额
    份额 清单
        数 金额
        基 金额
"""
A, B, C, D, E = (
    "91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146", "91500112MA0000000R", "91500112MA0FY00221",
)  # fmt: skip
#: 甲, 乙, and 数 and 基 of each 份额.
GIVEN: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    A: ("200000000", "100000000", [("300000000", "900000000")]),
    B: ("100", "50", [("30", "10")]),
    C: ("50000000000000", "40000000000000", [("90000000000000", "0.0001"), ("10", "10")]),
    D: ("0.01", "0.02", [("10", "0")]),
    E: ("40000000000000", "40000000000000", [("10000000000000", "10000000000000")] * 3 + [("10000000000000", "9999999999999.99")]),
}  # fmt: skip
#: By hand: 甲⁴ ÷ 乙³; 甲 > 乙; the sum of 数² ÷ 基, not above 甲. An item above ten trillion is an error; (status, amount).
PROMISED: dict[str, tuple[tuple[str, str], ...]] = {
    A: (("granted", "1600000000"), ("granted", "10000"), ("granted", "100000000")),
    B: (("granted", "800"), ("granted", "10000"), ("granted", "90")),
    C: (
        ("error", "0"),
        ("granted", "10000"),
        ("granted", "10"),
    ),  # one in error gives nothing, and takes nothing from its fellows
    D: (("granted", "0"), ("denied", "0"), ("error", "0")),
    E: (("error", "0"), ("denied", "0"), ("granted", "30000000000000")),
}
"""E: (4·10¹³)⁴ ÷ (4·10¹³)³ = 4·10¹³; 10²⁶ ÷ 9999999999999.99 > 10¹³."""


def case() -> Case:
    facts = {
        key: Facts({"企业": {"甲": Fraction(one), "乙": Fraction(other), "份额": [
            {"数": Fraction(number), "基": Fraction(base)} for number, base in shares
        ]}}, key)
        for key, (one, other, shares) in GIVEN.items()
    }  # fmt: skip
    return Case(loads(POLICY).program, facts, date(2025, 6, 30), {})


def test_the_reference_gives_what_is_worked_out_by_hand() -> None:
    found, _ = in_reference(case())
    names = ("按比奖励", "另奖", "各份奖励")
    for key, promised in PROMISED.items():
        assert [(found[key, each][2], found[key, each][3]) for each in names] == [
            (status, Fraction(amount)) for status, amount in promised
        ], key
    assert in_closure(case())[0] == found


def told(engine: Engine) -> None:
    assert difference(case(), in_reference, engine, overflowing=1) is None
    assert engine(case())[1] == {A, C, E}


def test_duckdb_says_for_whom_it_does_not_do() -> None:
    told(in_duckdb)


def test_postgres_does(postgres: str) -> None:
    told(in_postgres(postgres))


def test_spark_does(spark: Any) -> None:
    told(in_spark(spark))


def tables(folder: Path) -> Path:
    folder.mkdir()
    one = [f"{key},{a},{b}" for key, (a, b, _) in GIVEN.items()]
    many = [f"{key},{a},{b}" for key, (_, _, shares) in GIVEN.items() for a, b in shares]
    (folder / "企业.csv").write_text("\n".join(["统一社会信用代码,甲,乙", *one]), "utf-8")
    (folder / "份额.csv").write_text("\n".join(["统一社会信用代码,数,基", *many]), "utf-8")
    return folder


@pytest.mark.parametrize("engine", ["closure", "duckdb", "spark"])
def test_a_run_decides_all(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if engine == "spark":
        request.getfixturevalue("spark")
    (tmp_path / "大数.pol").write_text(POLICY, "utf-8")
    with fayan.load(tmp_path / "大数.pol").run(tables(tmp_path / "表"), on="2025-06-30", engine=engine) as run:
        rows = {(row["统一社会信用代码"], row["事项"]): (row["状态"], row["金额"]) for row in run.rows()}
    for key, promised in PROMISED.items():
        for name, (status, amount) in zip(("按比奖励", "另奖", "各份奖励"), promised, strict=True):
            assert rows[key, name] == (status, Decimal(amount)), (key, name)


# ---------------------------------------------------------------- sums of what has 64 bits

SUMS = """\
政策 某区合计办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励
｜各份按数奖励，合计不超过上限；按数另行补贴，不设上限。
    奖励 各份奖励
        逐次 份额
        金额 数
    奖励 各份补贴
        逐次 份额
        金额 数
    限额 合计限额 每户
        不超过 上限
        及于 各份奖励
｜家数合计超过所定家数的另奖1万元。
    奖励 另奖
        须 过线：份额 中 家数 达到 1家 的 合计 家数 超过 所定家数
        金额 1万元
责任单位 区财政局

附 事实

事实 企业
    上限 金额
    所定家数 家
    份额 清单
        数 金额
        家数 家
"""
#: With 9,300 shares of ten trillion and of a thousand trillion firms each, every sum has more than 64 bits: 9.3 × 10¹⁸.
SHARES, MOST, FIRMS = 9_300, 10**13, 10**15


def sums(engine: Engine) -> None:
    facts = {
        key: Facts({"企业": {"上限": Fraction(MOST), "所定家数": Fraction(line), "份额": [
            {"数": Fraction(MOST), "家数": Fraction(FIRMS)}
        ] * SHARES}}, key)
        for key, line in ((A, 9 * 10**17), (B, 10**18 - 1))
    }  # fmt: skip
    found, lost = engine(Case(loads(SUMS).program, facts, date(2025, 6, 30), {}))
    assert not lost
    for key in facts:
        assert {name: found[key, name][2:4] for name in ("各份奖励", "各份补贴", "另奖")} == {
            "各份奖励": ("granted", MOST),
            "各份补贴": ("granted", MOST * SHARES),
            "另奖": ("granted", 10_000),
        }


def test_duckdb_adds_up_more_than_64_bits() -> None:
    sums(in_duckdb)


def test_postgres_adds_up_more_than_64_bits(postgres: str) -> None:
    sums(in_postgres(postgres))


def test_spark_adds_up_more_than_64_bits(spark: Any) -> None:
    sums(in_spark(spark))
