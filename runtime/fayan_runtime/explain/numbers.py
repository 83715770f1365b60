"""Numbers and dates as official Chinese writes them. What is shown is exact, or starts with ≈ and says the exact fraction."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from fayan_runtime.ir import Type
from fayan_runtime.values import Absent, Failed

Number = int | Fraction
MONEY = (("元", 1),)
ERRORS = {
    "division-by-zero": "除数为零，无法计算",
    "no-value": "没有可用的数值，无法计算",
    "not-one": "不是恰有一条，无法确定",
    "date-out-of-range": "日期超出范围",
}


def decimals(number: Number, most: int = 12) -> int | None:
    """How many decimal places write the number exactly; None where more than ``most`` would be needed."""
    rest = Fraction(number).denominator
    return next((places for places in range(most + 1) if 10**places % rest == 0), None)


def fixed(number: Number, places: int) -> str:
    """Thousands separated, rounded half up to so many places."""
    scaled = Fraction(number) * 10**places
    digits = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(digits, 10**places)
    sign = "−" if scaled < 0 and digits else ""
    return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")


def plain(number: Number, against: Number | None = None, scale: int = 1, suffix: str = "") -> str:
    """``number × scale`` exactly, or with ≈ to at least four places (more where it would look like ``against``) and its fraction."""
    scaled = Fraction(number) * scale
    places = decimals(scaled)
    if places is not None:
        return fixed(scaled, places) + suffix
    places = 4
    if against is not None:
        while places < 30 and fixed(scaled, places) == fixed(Fraction(against) * scale, places):
            places += 2
    fraction = f"{Fraction(number).numerator:,}/{Fraction(number).denominator:,}"
    exact = f"（即{fraction.replace('-', '−')}）" if len(fraction) <= 27 else ""
    return f"≈{fixed(scaled, places)}{suffix}{exact}"


def yuan(amount: Number) -> str:
    """An amount as it is paid: 180,000.00元."""
    return f"{fixed(amount, 2)}元"


def money(amount: Number, against: Number | None = None) -> str:
    """An amount as people read it: 6,000万元 where that is short and exact, else 元."""
    places = decimals(Fraction(amount) / 10_000)
    if places is not None and places <= 2 and abs(Fraction(amount)) >= 10_000:
        return f"{fixed(Fraction(amount) / 10_000, places)}万元"
    return plain(amount, against, 1, "元")


def percent(ratio: Number, against: Number | None = None) -> str:
    return plain(ratio, against, 100, "%")


def unit_text(unit: tuple[tuple[str, int], ...]) -> str:
    """元/平方米·月 from its exponents."""
    over = "·".join(name if power == 1 else f"{name}^{power}" for name, power in unit if power > 0)
    under = "·".join(name if power == -1 else f"{name}^{-power}" for name, power in unit if power < 0)
    return f"{over or '1'}/{under}" if under else over


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def month(index: int) -> str:
    return f"{index // 12}年{index % 12 + 1}月"


def quantity(number: Number, kind: Type, like: Type | None = None, against: Number | None = None) -> str:
    """A number with its unit, in the unit of ``like`` where its own type does not say."""
    shown = kind.shown or (like.shown if like is not None and like.unit == kind.unit else "")
    if kind.unit == MONEY:
        return money(number, against)
    if not kind.unit:
        return plain(number, against) if like is None and not shown else percent(number, against)
    if kind.unit == (("月", 1),):
        if shown == "年" and Fraction(number) % 12 == 0:
            return f"{fixed(Fraction(number) / 12, 0)}年"
        return plain(number, against, 1, "个月")
    return plain(number, against, 1, unit_text(kind.unit))


def show(value: Any, kind: Type, like: Type | None = None, against: object = None) -> str:
    """Any value as people read it."""
    if isinstance(value, Failed):
        return ERRORS.get(value.code, value.code)
    if isinstance(value, Absent):
        return "不明"
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, frozenset):
        members = sorted(value, key=str)
        return "、".join(show(one, Type("year" if kind.name == "年度" else "text")) for one in members) or "无"
    if isinstance(value, (int, Fraction)):
        if kind.kind == "year":
            return f"{value}年"
        if kind.kind == "month":
            return month(int(value))
        other = against if isinstance(against, (int, Fraction)) and not isinstance(against, bool) else None
        return quantity(value, kind, like, other)
    return str(value)
