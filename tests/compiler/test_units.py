"""The units of a policy: what words there are, what they are worth, and what may be added, compared and multiplied."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from fayan_compiler import units
from fayan_dsl.numbers import UNITS
from fayan_runtime import ir
from fayan_runtime.units import MEASURE_WORDS, WORDS, Unit, unit_of
from tests.compiler.samples import body, fault

MONEY = (("元", 1),)


@pytest.mark.parametrize(
    ("text", "unit", "size"),
    [
        ("元/平方米·月", (("元", 1), ("平方米", -1), ("月", -1)), 1),
        ("万元", MONEY, 10_000),
        ("亿元", MONEY, 100_000_000),
        ("万亿元", MONEY, 10**12),
        ("年", (("月", 1),), 12),
        ("元/年", (("元", 1), ("月", -1)), Fraction(1, 12)),
        ("万元/年", (("元", 1), ("月", -1)), Fraction(2500, 3)),
        ("万元/亩", (("元", 1), ("平方米", -1)), 15),
        ("元/人·月", (("人", -1), ("元", 1), ("月", -1)), 1),
        ("亩", (("平方米", 1),), Fraction(2000, 3)),
        ("公顷", (("平方米", 1),), 10_000),
        ("%", (), Fraction(1, 100)),
        ("百分点", (("百分点", 1),), Fraction(1, 100)),
        ("万元/百分点", (("元", 1), ("百分点", -1)), 1_000_000),
        ("天", (("日", 1),), 1),
        ("万人", (("人", 1),), 10_000),
    ],
)
def test_a_unit_is_base_units_and_a_size(text: str, unit: Unit, size: Fraction) -> None:
    assert unit_of(text) == (unit, size)


@pytest.mark.parametrize("text", ["", "万", "斤", "元/公里", "元/", "/月"])
def test_what_is_no_unit(text: str) -> None:
    assert unit_of(text) is None


def test_what_can_be_written_after_a_number_is_what_has_a_worth() -> None:
    assert {word.removeprefix("万").removeprefix("亿") for word in UNITS} == set(WORDS)


def test_units_multiply_and_divide() -> None:
    rate = unit_of("元/平方米·月")
    assert rate is not None
    assert units.times(units.times(rate[0], (("平方米", 1),)), (("月", 1),)) == MONEY
    assert units.times(MONEY, MONEY, -1) == ()
    assert units.written(rate[0]) == "元/平方米·月"
    assert units.written((("月", -1),)) == "1/月"


def test_things_counted_in_different_words_never_mix() -> None:
    for one, other in combinations(MEASURE_WORDS, 2):
        left, right = (ir.Type("number", unit=((word, 1),), shown=word) for word in (one, other))
        assert units.agree(left, left)
        assert not units.agree(left, right)
        assert units.total([(1, left), (1, right)]) is None
        assert units.total([(1, left), (1, units.COUNT)]) == left


@pytest.mark.parametrize(
    ("expression", "unit", "shown"),
    [
        ("占比 - 10%", units.POINTS, "百分点"),
        ("占比 - 10% - 2个百分点", units.POINTS, "百分点"),
        ("占比 - 占比 + 3个百分点", units.POINTS, "百分点"),
        ("占比 + 3个百分点", (), "%"),
        ("占比 - 3个百分点", (), "%"),
        ("收入 ÷ 上年收入 - 1 + 3个百分点", (), "%"),
        ("100% - 占比", (), "%"),
        ("200% - 100%", (), "%"),
        ("1 - 占比", (), ""),
        ("占比 + 占比", (), "%"),
        ("1万元/百分点 × （占比 - 10%）", MONEY, "元"),
        ("1万元/亩 × 厂房", MONEY, "元"),
        ("1000元/人 × 员工", MONEY, "元"),
        ("年限 + 3个月", (("月", 1),), "年"),
    ],
)
def test_what_comes_of_a_sum_or_a_product(expression: str, unit: Unit, shown: str) -> None:
    type = body(expression).type
    assert (type.kind, type.unit, type.shown) == ("number", unit, shown)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("占比 超过 5个百分点", "比例（%）和百分点不能比较。"),
        ("占比 - 10% 达到 5%", "百分点和比例（%）不能比较。"),
        ("3个百分点 + 占比", "百分点和比例（%）不能相加减。"),
        ("收入 + 3个百分点", "金额（元）和百分点不能相加减。"),
        ("员工 + 3家", "数量（人）和数量（家）不能相加减。"),
        ("企业数 - 3户", "数量（家）和数量（户）不能相加减。"),
        ("厂房 超过 3吨", "面积（平方米）和数量（吨）不能比较。"),
        ("年限 + 3日", "时长（年）和时长（日）不能相加减。"),
        ("收入 ÷ 员工 超过 5万元", "数量（元/人）和金额（元）不能比较。"),
    ],
)
def test_unlike_units_do_not_mix(expression: str, sentence: str) -> None:
    assert fault(more=f"定义 测试式 指 {expression}") == (
        "FY3101",
        expression.replace("（", "").replace("）", ""),
        sentence,
    )


def test_a_money_amount_does_not_come_of_percentage_points() -> None:
    code, place, sentence = fault("奖励 甲奖\n    金额 收入 × 3个百分点")
    assert (code, place, sentence) == ("FY3006", "收入 × 3个百分点", "金额要以元计，这里得出的是数量（元·百分点）。")


def test_a_sum_of_many_terms_compares_each_with_the_first_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not each with the first for every length of the sum: that would be two million for two thousand terms."""
    asked = 0
    real = units.agree

    def counted(left: ir.Type, right: ir.Type) -> bool:
        nonlocal asked
        asked += 1
        return real(left, right)

    monkeypatch.setattr(units, "agree", counted)
    sum_of = body(" + ".join(["1元"] * 2000))
    assert isinstance(sum_of, ir.Add) and len(sum_of.args) == 2000
    assert asked == 1999  # all but the first, once


@pytest.mark.parametrize("at", [1, 2, 5, 8, 9])
def test_the_first_term_that_cannot_be_added_is_told(at: int) -> None:
    terms = ["1元"] * 10
    terms[at] = f"{at}平方米"
    if at < 9:
        terms[9] = "77户"
    code, told, _ = fault(f"    定义 甲甲 指 {' + '.join(terms)}\n")
    assert (code, told) == ("FY3101", " + ".join(terms[: at + 1]))
