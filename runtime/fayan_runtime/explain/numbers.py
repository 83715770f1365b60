"""Values as people read them, in Chinese and in English: exact, or marked with ≈ and given as a fraction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from fayan_runtime.ir import Type
from fayan_runtime.units import POINTS, Unit
from fayan_runtime.values import Absent, Failed

Number = int | Fraction
MONEY: Unit = (("元", 1),)
MONTHS: Unit = (("月", 1),)


def decimals(number: Number, most: int = 12) -> int | None:
    """How many decimal places write the number exactly; None where more than ``most`` would be needed."""
    rest = Fraction(number).denominator
    return next((places for places in range(most + 1) if 10**places % rest == 0), None)


def _whole(number: Number) -> bool:
    return Fraction(number).denominator == 1


def fixed(number: Number, places: int) -> str:
    """Thousands separated, rounded half up to so many places."""
    scaled = Fraction(number) * 10**places
    digits = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(digits, 10**places)
    sign = "−" if scaled < 0 and digits else ""
    return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")


class Numbers(ABC):
    """What the two languages share: which form a value takes."""

    YES: str
    NO: str
    NONE: str
    UNKNOWN: str
    #: Between the parts of an enumeration.
    COMMA: str
    ERRORS: dict[str, str]

    def show(self, value: Any, kind: Type, like: Type | None = None, against: object = None) -> str:
        """Any value. ``like`` and ``against`` are the type and value it is compared with."""
        if isinstance(value, Failed):
            return self.ERRORS.get(value.code, value.code)
        if isinstance(value, Absent):
            return self.UNKNOWN
        if value is None:
            return self.NONE
        if isinstance(value, bool):
            return self.YES if value else self.NO
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, frozenset):
            member = Type("year" if kind.name == "年度" else "text")
            return self.listed(self.show(each, member) for each in sorted(value, key=str)) or self.NONE
        if isinstance(value, (int, Fraction)):
            if kind.kind == "year":
                return self.year(int(value))
            if kind.kind == "month":
                return self.month(int(value))
            other = against if isinstance(against, (int, Fraction)) and not isinstance(against, bool) else None
            return self.quantity(value, kind, like, other)
        return str(value)

    def quantity(self, number: Number, kind: Type, like: Type | None = None, against: Number | None = None) -> str:
        """A number with its unit, in the unit of ``like`` where its own type does not say."""
        shown = kind.shown or (like.shown if like is not None and like.unit == kind.unit else "")
        if kind.unit == MONEY:
            return self.money(number, against)
        if not kind.unit:
            # two whole numbers that nobody wrote as a percentage are counts
            counts = like is None or (against is not None and _whole(number) and _whole(against))
            return self.plain(number, against) if counts and not shown else self.percent(number, against)
        if kind.unit == POINTS:
            return self.points(number, against)
        if kind.unit == MONTHS and shown == "年" and Fraction(number) % 12 == 0:
            return self.in_unit(Fraction(number) / 12, (("年", 1),))
        return self.in_unit(number, kind.unit, against)

    def plain(
        self, number: Number, against: Number | None = None, scale: int = 1, suffix: str = "", prefix: str = ""
    ) -> str:
        """``number × scale`` exactly, or with ≈ to at least four places and its fraction: to more where it would look like ``against``, or
        like a round number that it is not, so that one figure reads the same beside a threshold and by itself.
        """
        scaled = Fraction(number) * scale
        places = decimals(scaled)
        if places is not None:
            return prefix + fixed(scaled, places) + suffix
        places = next((each for each in range(4, 14, 2) if not fixed(scaled, each).endswith("00")), 4)
        if against is not None:
            while places < 30 and fixed(scaled, places) == fixed(Fraction(against) * scale, places):
                places += 2
        fraction = f"{Fraction(number).numerator:,}/{Fraction(number).denominator:,}".replace("-", "−")
        return f"≈{prefix}{fixed(scaled, places)}{suffix}" + (self.that_is(fraction) if len(fraction) <= 27 else "")

    def percent(self, ratio: Number, against: Number | None = None) -> str:
        return self.plain(ratio, against, 100, "%")

    def listed(self, parts: Iterable[str]) -> str:
        return self.COMMA.join(parts)

    @abstractmethod
    def that_is(self, fraction: str) -> str:
        """The exact value beside an inexact one."""

    def rounded(self, said: str) -> str:
        """An inexact value without the exact one beside it."""
        return said.split(self.that_is("").rstrip("）)"))[0]

    @abstractmethod
    def yuan(self, amount: Number) -> str:
        """An amount as it is paid, with 分."""

    @abstractmethod
    def money(self, amount: Number, against: Number | None = None) -> str:
        """An amount as people read it."""

    @abstractmethod
    def in_unit(self, number: Number, unit: Unit, against: Number | None = None) -> str: ...

    @abstractmethod
    def unit(self, unit: Unit) -> str:
        """The unit alone."""

    @abstractmethod
    def points(self, ratio: Number, against: Number | None = None) -> str:
        """A difference between percentages."""

    @abstractmethod
    def year(self, year: int) -> str: ...

    @abstractmethod
    def month(self, index: int) -> str: ...

    @abstractmethod
    def day(self, on: date) -> str: ...


CHINESE_ERRORS = {
    "division-by-zero": "除数为零，无法计算",
    "not-set": "这一天没有规定的数，无法计算",
    "not-a-part": "所占的数大于总数，无法计算",
    "no-value": "没有可用的数值，无法计算",
    "not-one": "不是恰有一条，无法确定",
    "date-out-of-range": "日期超出范围",
    "negative-amount": "金额小于零，无法给予",
    "amount-too-large": "金额超过十万亿元，所报的数可能有误",
}


class ChineseNumbers(Numbers):
    YES, NO, NONE, UNKNOWN, COMMA = "是", "否", "无", "不明", "、"
    ERRORS = CHINESE_ERRORS

    def that_is(self, fraction: str) -> str:
        return f"（即{fraction}）"

    def yuan(self, amount: Number) -> str:
        return f"{fixed(amount, 2)}元"

    def money(self, amount: Number, against: Number | None = None) -> str:
        """6,000万元 where that is short and exact, else 元."""
        places = decimals(Fraction(amount) / 10_000)
        if places is not None and places <= 2 and abs(Fraction(amount)) >= 10_000:
            return f"{fixed(Fraction(amount) / 10_000, places)}万元"
        return self.plain(amount, against, 1, "元")

    def in_unit(self, number: Number, unit: Unit, against: Number | None = None) -> str:
        return self.plain(number, against, 1, "个月" if unit == MONTHS else self.unit(unit))

    def unit(self, unit: Unit) -> str:
        over = "·".join(name if power == 1 else f"{name}^{power}" for name, power in unit if power > 0)
        under = "·".join(name if power == -1 else f"{name}^{-power}" for name, power in unit if power < 0)
        return f"{over or '1'}/{under}" if under else over

    def points(self, ratio: Number, against: Number | None = None) -> str:
        return self.plain(ratio, against, 100, "个百分点")

    def year(self, year: int) -> str:
        return f"{year}年"

    def month(self, index: int) -> str:
        return f"{index // 12}年{index % 12 + 1}月"

    def day(self, on: date) -> str:
        return f"{on.year}年{on.month}月{on.day}日"


MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Units in English, for one and for several; a unit that is not here keeps its name.
ENGLISH_UNITS = {
    "元": ("RMB", "RMB"), "平方米": ("m²", "m²"), "亩": ("mu", "mu"), "年": ("year", "years"), "月": ("month", "months"),
    "日": ("day", "days"), "天": ("day", "days"), "家": ("enterprise", "enterprises"), "人": ("person", "persons"),
    "户": ("household", "households"), "项": ("item", "items"), "个": ("unit", "units"), "件": ("piece", "pieces"),
    "次": ("time", "times"), "份": ("copy", "copies"), "名": ("person", "persons"), "台": ("machine", "machines"), "套": ("set", "sets"), "辆": ("vehicle", "vehicles"),
    "公顷": ("hectare", "hectares"), "吨": ("tonne", "tonnes"), "百分点": ("percentage point", "percentage points"),
}  # fmt: skip


ENGLISH_ERRORS = {
    "division-by-zero": "cannot be computed: the divisor is zero",
    "not-set": "cannot be computed: no value is set for that day",
    "not-a-part": "cannot be computed: the part is more than the whole",
    "no-value": "cannot be computed: there is no value to use",
    "not-one": "cannot be determined: there is not exactly one",
    "date-out-of-range": "the date is out of range",
    "negative-amount": "cannot be given: the amount is below zero",
    "amount-too-large": "cannot be given: the amount is above 10 trillion yuan, a figure given may be wrong",
}


class EnglishNumbers(Numbers):
    YES, NO, NONE, UNKNOWN, COMMA = "yes", "no", "none", "not known", ", "
    ERRORS = ENGLISH_ERRORS

    def that_is(self, fraction: str) -> str:
        return f" (exactly {fraction})"

    def yuan(self, amount: Number) -> str:
        return f"RMB {fixed(amount, 2)}"

    def money(self, amount: Number, against: Number | None = None) -> str:
        return self.plain(amount, against, prefix="RMB ")

    def in_unit(self, number: Number, unit: Unit, against: Number | None = None) -> str:
        """RMB 5 per m² per month; 12 months."""
        one = abs(number) == 1
        money = ("元", 1) in unit
        over = [ENGLISH_UNITS.get(name, (name, name)) for name, power in unit if power > 0 and name != "元"]
        suffix = "·".join(pair[0 if one else 1] for pair in over)
        return self.plain(
            number, against, 1, (f" {suffix}" if suffix else "") + self.per(unit), "RMB " if money else ""
        )

    def unit(self, unit: Unit) -> str:
        over = "·".join(ENGLISH_UNITS.get(name, (name, name))[1] for name, power in unit if power > 0)
        return f"{over}{self.per(unit)}".strip()

    @staticmethod
    def per(unit: Unit) -> str:
        return "".join(f" per {ENGLISH_UNITS.get(name, (name, name))[0]}" for name, power in unit if power < 0)

    def points(self, ratio: Number, against: Number | None = None) -> str:
        return self.plain(ratio, against, 100, " percentage points")

    def year(self, year: int) -> str:
        return str(year)

    def month(self, index: int) -> str:
        return f"{MONTH_NAMES[index % 12]} {index // 12}"

    def day(self, on: date) -> str:
        return f"{on.day} {MONTH_NAMES[on.month - 1]} {on.year}"


_BOTH = {"zh": ChineseNumbers(), "en": EnglishNumbers()}


def numbers(language: str) -> Numbers:
    return _BOTH[language]
