from datetime import date
from fractions import Fraction

import pytest

from fayan_runtime.explain.numbers import fixed, numbers
from fayan_runtime.ir import Type
from fayan_runtime.values import Failed, Unknown

ZH, EN = numbers("zh"), numbers("en")
YUAN = Type("number", unit=(("元", 1),))
RENT = Type("number", unit=(("元", 1), ("平方米", -1), ("月", -1)))
MONTHS = Type("number", unit=(("月", 1),))
YEARS = Type("number", unit=(("月", 1),), shown="年")
RATIO = Type("number", shown="%")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (60_000_000, "6,000万元"),
        (Fraction(6_000_000_001, 100), "60,000,000.01元"),
        (125_000, "12.5万元"),
        (9_999, "9,999元"),
        (Fraction(1, 3), "≈0.3333元（即1/3）"),
    ],
)
def test_amounts_are_exact_or_say_that_they_are_not(amount: Fraction, said: str) -> None:
    assert ZH.money(amount) == said


def test_payable_amounts_have_two_places() -> None:
    assert ZH.yuan(180_000) == "180,000.00元"
    assert ZH.yuan(Fraction(-5, 2)) == "−2.50元"
    assert fixed(Fraction(1, 2), 0) == "1"  # half up


def test_percentages() -> None:
    assert ZH.percent(Fraction(1, 5)) == "20%"
    assert ZH.percent(Fraction(43, 300)) == "≈14.3333%（即43/300）"


def test_an_inexact_number_never_looks_like_the_threshold() -> None:
    just_over = Fraction(1, 5) + Fraction(1, 30_000_000)
    assert ZH.percent(just_over, Fraction(1, 5)) == "≈20.000003%（即6,000,001/30,000,000）"


def test_an_inexact_number_reads_the_same_beside_the_threshold_and_by_itself() -> None:
    growth = Fraction(206_399_999, 172_000_000) - 1
    assert ZH.percent(growth) == ZH.percent(growth, Fraction(1, 5)) == "≈19.999999%（即34,399,999/172,000,000）"


def test_no_fraction_where_it_would_be_too_long() -> None:
    assert ZH.plain(Fraction(10**30, 10**31 + 1)) == "≈0.1000"


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (5, RENT, "5元/平方米·月"),
        (12, MONTHS, "12个月"),
        (120, YEARS, "10年"),
        (18, YEARS, "18个月"),
        (Fraction(1, 4), RATIO, "25%"),
        (2024, Type("year"), "2024年"),
        (2024 * 12 + 10, Type("month"), "2024年11月"),
        (date(2024, 12, 2), Type("date"), "2024年12月2日"),
        (True, Type("bool"), "是"),
        (None, Type("date", optional=True), "无"),
        (frozenset(), Type("set", name="领域"), "无"),
        (frozenset({2025, 2024}), Type("set", name="年度"), "2024年、2025年"),
        (Unknown(frozenset()), YUAN, "不明"),
        (Failed("division-by-zero", 1), YUAN, "除数为零，无法计算"),
        ("工业", Type("enum", name="门类"), "工业"),
    ],
)
def test_values(value: object, kind: Type, said: str) -> None:
    assert ZH.show(value, kind) == said


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (60_000_000, YUAN, "RMB 60,000,000"),
        (Fraction(6_000_000_001, 100), YUAN, "RMB 60,000,000.01"),
        (Fraction(1, 3), YUAN, "≈RMB 0.3333 (exactly 1/3)"),
        (5, RENT, "RMB 5 per m² per month"),
        (12, MONTHS, "12 months"),
        (1, MONTHS, "1 month"),
        (120, YEARS, "10 years"),
        (180, Type("number", unit=(("家", 1),)), "180 enterprises"),
        (2000, Type("number", unit=(("平方米", 1),)), "2,000 m²"),
        (3, Type("number", unit=(("栋", 1),)), "3 栋"),
        (Fraction(1, 4), RATIO, "25%"),
        (2024, Type("year"), "2024"),
        (2024 * 12 + 10, Type("month"), "November 2024"),
        (date(2024, 12, 12), Type("date"), "12 December 2024"),
        (True, Type("bool"), "yes"),
        (None, Type("date", optional=True), "none"),
        (frozenset({2025, 2024}), Type("set", name="年度"), "2024, 2025"),
        (Unknown(frozenset()), YUAN, "not known"),
        (Failed("division-by-zero", 1), YUAN, "cannot be computed: the divisor is zero"),
    ],
)
def test_values_in_english(value: object, kind: Type, said: str) -> None:
    assert EN.show(value, kind) == said


def test_units_and_payable_amounts_in_english() -> None:
    assert EN.yuan(180_000) == "RMB 180,000.00"
    assert EN.unit(RENT.unit) == "RMB per m² per month"
    assert EN.points(Fraction(1, 20)) == "5 percentage points"


def test_how_many_is_no_percentage() -> None:
    """3 reviews beside a limit of 2; a growth of 300% beside one that is written as a percentage."""
    number, share = Type("number"), Type("number", shown="%")
    assert ZH.show(Fraction(3), number, number, Fraction(2)) == "3"
    assert ZH.show(Fraction(3), number, share, Fraction(1, 5)) == "300%"
    assert ZH.show(Fraction(3), share, number, Fraction(2)) == "300%"
    assert ZH.show(Fraction(1, 4), number, number, Fraction(1, 5)) == "25%"
