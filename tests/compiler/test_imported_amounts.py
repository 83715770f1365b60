"""Parameters, boundary words and units of another document: they keep its meaning, and do not mix with other units here."""

from __future__ import annotations

from pathlib import Path

import pytest

import fayan
from tests.compiler.test_imports import faults, write

RATES = """事实 企业
    人数 人
参数 扣除比例
    自 2022年7月1日 起 10%
    自 2023年1月1日 起 20%
定义 微型 指 人数 在 10人 以下
定义 标准线 指 1000人
"""
HERE = """｜对企业给予奖励。
    引用 标准〔2011〕1号
        取用 人数、扣除比例、微型、标准线
    奖励 订单奖
        逐次 订单
        须 微型
        金额 数额 × 扣除比例
"""
ORDERS = """事实 企业
    订单 清单
        日期 日期
        数额 金额
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "upstream").mkdir()
    upstream = tmp_path / "upstream" / "标准.pol"
    write(upstream, "标准〔2011〕1号", declarations=RATES, more="    以下 不含本数", dated="2011年6月18日")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "people", "status", "amount"),
    [
        ("2022-12-31", 9, "granted", "100.00"),
        ("2023-01-01", 9, "granted", "200.00"),
        ("2022-06-30", 9, "error", "0.00"),
        ("2023-01-01", 10, "denied", "0.00"),  # 以下 there excludes 10
    ],
)
def test_what_was_taken_means_what_it_means_there(
    folder: Path, day: str, people: int, status: str, amount: str
) -> None:
    policy = fayan.load(write(folder / "甲.pol", "甲〔2024〕1号", HERE, ORDERS, dated="2020年1月1日"))
    facts = {"企业": {"人数": people, "订单": [{"日期": day, "数额": "1000元"}]}}
    award = policy.decide(facts, "2025-01-01").measures[1].provisions["订单奖"]
    assert (award.status, str(award.amount)) == (status, amount)


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("标准线 + 3家", "FY3101", "标准线 + 3家"),
        ("扣除比例（评估日） + 1元", "FY3101", "扣除比例（评估日） + 1元"),
        ("扣除比例（评估日） + 1家", "FY3101", "扣除比例（评估日） + 1家"),
        ("扣除比例 × 2", "FY3011", "扣除比例"),
    ],
)
def test_units_do_not_mix_across_files(folder: Path, line: str, code: str, place: str) -> None:
    path = write(folder / "甲.pol", "甲〔2024〕1号", HERE, f"{ORDERS}定义 乙 指 {line}\n", dated="2020年1月1日")
    assert [each[:2] for each in faults(path) if each[0].startswith("FY3")] == [(code, place)]
