"""分配: shares of a fixed pot, cut off at 分, and who takes what is left over; and rounding by word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from fayan_compiler.targets.python.closure import compile_closure
from fayan_runtime import ir
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.reference import decide
from fayan_runtime.values import Facts, Unknown, round_to
from tests.compiler.samples import body, compiled, fault

DAY = date(2025, 6, 30)


def decided(rule: str, district: dict[str, object] | None = None, **known: object) -> ProvisionDecision:
    """The award, which both executions agree on."""
    program = compiled(rule)
    facts = Facts({"企业": {"收入": 0, "规上": False, **known}, "全区": {"企业数": 1, **(district or {})}}, "甲")
    readings = {each.id: each.options[0][0] for each in program.readings}
    found = [
        outcome.measures[1].provisions["甲奖"]
        for outcome in (
            decide(program, facts, DAY, readings),
            compile_closure(program).decide(facts, DAY, readings),
        )
    ]
    both = [[(item.index, item.status, item.amount, item.missing) for item in each.items] for each in found]
    assert both[0] == both[1]
    return found[0]


def orders(*amounts: Any, **more: Any) -> list[dict[str, object]]:
    """Orders a day apart, from 1 January 2025."""
    rows = [{"日期": date(2025, 1, 1 + place), "数额": each} for place, each in enumerate(amounts)]
    return [{"等次": "甲级", "截止": None, **row, **more} for row in rows]


def yuan(decision: ProvisionDecision) -> list[Decimal]:
    return [Decimal(str(float(item.amount or 0))) for item in decision.items]


POT = """奖励 甲奖
    逐次 订单
    金额 分配 100元
        按 数额
        尾差 {}"""


@pytest.mark.parametrize(
    ("rest", "shares"),
    [
        # 100 ÷ 3 is 33.333…: each gets 33.33, one 分 is left
        ("归 最先一项", ["33.34", "33.33", "33.33"]),
        ("归 最后一项", ["33.33", "33.33", "33.34"]),
        ("归 最大一项", ["33.34", "33.33", "33.33"]),
        ("不分", ["33.33", "33.33", "33.33"]),
    ],
)
def test_three_equal_shares(rest: str, shares: list[str]) -> None:
    assert yuan(decided(POT.format(rest), 订单=orders(1, 1, 1))) == [Decimal(each) for each in shares]


def test_the_largest_takes_what_is_left() -> None:
    # 100 × 1/7 = 14.2857…, × 2/7 = 28.5714…, × 4/7 = 57.1428…: 14.28 + 28.57 + 57.14 leave 0.01
    found = decided(POT.format("归 最大一项"), 订单=orders(1, 4, 2))
    assert yuan(found) == [Decimal("14.28"), Decimal("57.15"), Decimal("28.57")]
    assert found.exact_amount == 100


def test_the_shares_add_up_whatever_the_weights() -> None:
    for weights in ([1], [3, 7, 11, 13], [Fraction(1, 3), Fraction(22, 7), 5], [0, 0, 1], list(range(1, 12))):
        assert decided(POT.format("归 最后一项"), 订单=orders(*weights)).exact_amount == 100


def test_only_what_gets_something_shares() -> None:
    rule = """奖励 甲奖
    逐次 订单
    其中 等次 为 甲级
    须 数额 超过 1元
    有效期 至 2025年1月3日
    金额 分配 100元
        按 数额
        尾差 归 最先一项"""
    rows = orders(1, 2, 2, 2) + orders(2, 等次="乙级") + [{**orders(9)[0], "日期": date(2025, 12, 1)}]
    found = {item.index: (item.status, item.amount) for item in decided(rule, 订单=rows).items}
    assert found == {0: ("denied", 0), 1: ("granted", 50), 2: ("granted", 50), 3: ("not_in_force", 0)}


def test_one_that_may_share_leaves_all_open() -> None:
    rows = orders(1, 2)
    rows[1]["数额"] = Unknown(frozenset({(12, 1, 2, "订单[1].数额")}))
    found = decided(POT.format("归 最先一项"), 订单=rows)
    assert [item.status for item in found.items] == ["unknown", "unknown"]
    assert [item.missing for item in found.items] == [["订单[1].数额"]] * 2


def test_nothing_to_share_by_is_an_error() -> None:
    assert decided(POT.format("不分"), 订单=orders(0, 0)).status == "error"


DISTRICT = """奖励 甲奖
    金额 分配 100元
        按 收入 占 上年收入
        尾差 {}"""


def test_one_enterprise_of_many() -> None:
    assert decided(DISTRICT.format("不分"), 收入=1, 上年收入=3).exact_amount == Fraction("33.33")
    assert decided(DISTRICT.format("0.02元 归 规上"), 收入=1, 上年收入=3).exact_amount == Fraction("33.33")
    assert decided(DISTRICT.format("0.02元 归 规上"), 收入=1, 上年收入=3, 规上=True).exact_amount == Fraction("33.35")
    assert decided(DISTRICT.format("不分"), 收入=3, 上年收入=3).exact_amount == 100


def test_more_than_the_whole_is_an_error() -> None:
    assert decided(DISTRICT.format("不分"), 收入=4, 上年收入=3).status == "error"
    assert decided(DISTRICT.format("不分"), 收入=0, 上年收入=0).status == "error"


@pytest.mark.parametrize(
    ("rule", "code", "place"),
    [
        (DISTRICT.format("归 最大一项"), "FY4301", "尾差 归 最大一项"),
        ("奖励 甲奖\n    金额 分配 100元\n        按 收入\n        尾差 不分", "FY4301", "收入"),
        (POT.format("1元 归 规上"), "FY4301", "尾差 1元 归 规上"),
        (POT.format("不分").replace("100元", "3%"), "FY3006", "3%"),
        (POT.format("不分").replace("100元", "数额"), "FY2001", "数额"),
        (POT.format("不分").replace("按 数额", "按 日期"), "FY3001", "日期"),
        (DISTRICT.format("不分").replace("占 上年收入", "占 厂房"), "FY3101", "收入 占 厂房"),
        (DISTRICT.format("3% 归 规上"), "FY3006", "3%"),
        (DISTRICT.format("3元 归 收入"), "FY3001", "收入"),
    ],
)
def test_what_can_be_wrong(rule: str, code: str, place: str) -> None:
    assert fault(rule)[:2] == (code, place)


# ---------------------------------------------------------------- rounding
@pytest.mark.parametrize(
    ("number", "step", "down", "up", "half"),
    [
        ("12.5", "1", "12", "13", "13"),
        ("12.4", "1", "12", "13", "12"),
        ("12", "1", "12", "12", "12"),
        ("-12.5", "1", "-13", "-12", "-13"),
        ("123456", "10000", "120000", "130000", "120000"),
        ("0.125", "0.01", "0.12", "0.13", "0.13"),
    ],
)
def test_to_a_multiple(number: str, step: str, down: str, up: str, half: str) -> None:
    found = [round_to(Fraction(number), Fraction(step), way) for way in ("down", "up", "half")]
    assert found == [Fraction(down), Fraction(up), Fraction(half)]


@pytest.mark.parametrize(
    ("expression", "way", "step"),
    [
        ("去尾（收入，1万元）", "down", 10_000),
        ("进一（收入，1元）", "up", 1),
        ("四舍五入（占比，1%）", "half", Fraction(1, 100)),
    ],
)
def test_rounding_by_word(expression: str, way: str, step: object) -> None:
    found = body(expression)
    assert isinstance(found, ir.Round)
    assert (found.way, found.step) == (way, step)


@pytest.mark.parametrize(
    ("expression", "code", "place"),
    [
        ("去尾（收入）", "FY3003", "去尾（收入）"),
        ("去尾（收入，1平方米）", "FY3101", "收入，1平方米"),
        ("去尾（收入，上年收入）", "FY3009", "上年收入"),
        ("去尾（收入，0元）", "FY3009", "0元"),
        ("去尾（成立日期，1元）", "FY3001", "成立日期"),
    ],
)
def test_what_cannot_be_rounded(expression: str, code: str, place: str) -> None:
    assert fault(more=f"定义 测试式 指 {expression}")[:2] == (code, place)
