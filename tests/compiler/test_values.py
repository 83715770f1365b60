"""Values and their units: numbers, dates, words of comparison, sets, queries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fayan_compiler import units
from fayan_runtime import ir
from tests.compiler.samples import body

MONEY = (("元", 1),)


@pytest.mark.parametrize(
    ("expression", "unit", "shown"),
    [
        ("5元/平方米·月 × 厂房 × 3个月", MONEY, "元"),
        ("收入 ÷ 上年收入 - 1", (), "%"),
        ("收入 ÷ 厂房", (("元", 1), ("平方米", -1)), "元/平方米"),
        ("3个月 ÷ 12个月", (), ""),
        ("占比 × 50%", (), "%"),
        ("订单 中 合计 数额", MONEY, "元"),
        ("订单 中 个数", (), ""),
        ("较大（收入，0元） - 3元", MONEY, "元"),
        ("1 + 员工", (("人", 1),), "人"),
    ],
)
def test_the_unit_of_a_value(expression: str, unit: units.Unit, shown: str) -> None:
    type = body(expression).type
    assert (type.kind, type.unit, type.shown) == ("number", unit, shown)


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("50万元", 500000, "50万元"),
        ("10年", 120, "10年"),
        ("12.5%", Fraction(1, 8), "12.5%"),
        ("1亩", Fraction(2000, 3), "1亩"),
    ],
)
def test_a_number_is_exact_in_base_units(expression: str, value: Fraction, shown: str) -> None:
    const = body(expression)
    assert isinstance(const, ir.Const)
    assert (const.value, const.shown) == (value, shown)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2024年11月3日", date(2024, 11, 3)),
        ("2024年11月", 2024 * 12 + 10),
        ("2024年", 2024),
        ("施行日期", date(2024, 12, 12)),
    ],
)
def test_a_day_month_or_year(expression: str, value: object) -> None:
    const = body(expression)
    assert isinstance(const, ir.Const) and const.value == value


@pytest.mark.parametrize(
    ("word", "op"),
    [("超过", ">"), ("高于", ">"), ("达到", ">="), ("不低于", ">="), ("不满", "<"), ("低于", "<"), ("不超过", "<="), ("为", "=="), ("不为", "!=")],
)  # fmt: skip
def test_boundary_words(word: str, op: str) -> None:
    compare = body(f"收入 {word} 20元")
    assert isinstance(compare, ir.Compare) and (compare.op, compare.word) == (op, word)


@pytest.mark.parametrize(("word", "op"), [("以上", ">="), ("以下", "<="), ("以内", "<="), ("以外", ">")])
def test_boundary_words_after_the_number(word: str, op: str) -> None:
    compare = body(f"收入 在 20元 {word}")
    assert isinstance(compare, ir.Compare) and compare.op == op


@pytest.mark.parametrize(("word", "op"), [("早于", "<"), ("不早于", ">="), ("晚于", ">"), ("不晚于", "<=")])
def test_words_for_days(word: str, op: str) -> None:
    compare = body(f"成立日期 {word} 评估日")
    assert isinstance(compare, ir.Compare) and compare.op == op


@pytest.mark.parametrize(
    ("expression", "op", "amount", "kind"),
    [
        ("年度（成立日期）", "year_of", 0, "year"),
        ("上年（2024年）", "shift_year", -1, "year"),
        ("前年（2024年）", "shift_year", -2, "year"),
        ("年末（2024年）", "year_end", 0, "date"),
        ("月末（2024年11月）", "month_end", 0, "date"),
        ("月份（成立日期）", "month_of", 0, "month"),
        ("成立日期 + 3个月", "shift_date", 3, "date"),
        ("成立日期 + 5年", "shift_date", 60, "date"),
        ("成立日期 - 30日", "shift_day", -30, "date"),
        ("2024年 - 1年", "shift_year", -1, "year"),
        ("2024年11月 + 2个月", "shift_month", 2, "month"),
    ],
)
def test_the_calendar(expression: str, op: str, amount: int, kind: str) -> None:
    shift = body(expression)
    assert isinstance(shift, ir.Calendar) and (shift.op, shift.amount, shift.type.kind) == (op, amount, kind)


def test_sets_and_members() -> None:
    assert body("等级 属于 甲级、乙级") == ir.OneOf(
        type=ir.Type("bool"),
        arg=ir.Fact(type=ir.Type("enum", name="级别"), scope="企业", name="等级"),
        members=("甲级", "乙级"),
    )
    some = body("领域 含 红色、甲级")
    every = body("领域 都含 红色、甲级")
    assert isinstance(some, ir.Contains) and (some.members, some.every) == (("红色", "甲级"), False)
    assert isinstance(every, ir.Contains) and every.every
    years = body("标杆年度 含 2024年、2025年")
    assert isinstance(years, ir.Contains) and years.members == (2024, 2025)
    assert isinstance(body("标杆年度 含 年度（评估日）"), ir.HasYear)
    assert isinstance(body("标杆年度 都含 年度（评估日）、2024年"), ir.And)
    assert isinstance(body("收入 属于 5元、6元"), ir.Or)


def test_a_member_is_what_the_other_side_says() -> None:
    """甲级 is a member of two types: the type compared with decides, on either side."""
    for expression in ("等级 为 甲级", "甲级 为 等级"):
        compare = body(expression)
        assert isinstance(compare, ir.Compare)
        assert {side.type.name for side in (compare.left, compare.right)} == {"级别"}


def test_queries() -> None:
    expected = {
        "订单 中 有 等次 为 甲级 的": ("some", "bool", False),
        "订单 中 没有 等次 为 甲级 的": ("none", "bool", False),
        "订单 中 全部 等次 为 甲级 的": ("every", "bool", False),
        "订单 中 等次 为 甲级 的 日期": ("the", "date", False),
        "订单 中 等次 为 甲级 的 截止": ("the", "date", False),
        "订单 中 最早 日期": ("min", "date", True),
        "订单 中 最晚 日期": ("max", "date", True),
        "订单 中 等次 为 甲级 的 最大 （数额 × 2）": ("max", "number", True),
        "订单 中 合计 数额": ("sum", "number", False),
        "订单 中 等次 为 甲级 的 个数": ("count", "number", False),
    }
    for expression, (kind, type, optional) in expected.items():
        query = body(expression)
        assert isinstance(query, ir.Query)
        assert (query.kind, query.list, query.type.kind, query.type.optional) == (kind, "订单", type, optional)
    assert isinstance(body("订单 中 最早"), ir.Query)


def test_a_series_is_looked_up_by_year() -> None:
    lookup = body("经营 中 年度 为 上年（2024年） 的 产值")
    assert isinstance(lookup, ir.Lookup)
    assert (lookup.list, lookup.field_name, lookup.type.unit) == ("经营", "产值", MONEY)
