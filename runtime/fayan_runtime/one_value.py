"""One value as people write it: numbers with units, days, words; what is not exactly one value of its type is refused."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fayan_runtime import chinese_numerals, document_number, units
from fayan_runtime.given import MAX_DIGITS, Numeral, shown
from fayan_runtime.ir import Type, Value
from fayan_runtime.values import exact

#: Limits are counts, the same on every machine.
MAX_TEXT = 1000
YEARS = range(1900, 2201)
#: What no YAML may hold, and what a person could not see: controls, lone surrogates, direction marks, zero-width characters.
UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Refused(Exception):
    """A single value that cannot be taken: ``kind`` says why, ``choices`` what would have been possible or right."""

    def __init__(self, kind: str, *choices: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.choices = choices


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width twins, without space around."""
    return (text if text.isascii() else text.translate(document_number.HALF_WIDTH)).strip()


# ---------------------------------------------------------------- numbers and units

_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?\s*(.*)", re.DOTALL)


def number(value: object, type: Type) -> int | Fraction:
    amount, unit = _amount(value)
    if unit:
        found = units.unit_of(unit)
        if found is None:
            raise Refused("unknown-unit", shown(unit))
        if found[0] != type.unit or (unit == "%" and not is_ratio(type)):
            raise Refused("wrong-unit", unit)
        amount *= found[1]
    elif type.shown not in ("", "%"):
        amount *= (units.unit_of(type.shown) or ((), 1))[1]
    if amount < 0:
        raise Refused("negative")
    if is_ratio(type) and amount > 1:
        raise Refused("ratio-out-of-range")
    if is_count(type) and amount.denominator != 1:
        raise Refused("not-whole")
    return exact(amount)


def _amount(value: object) -> tuple[Fraction, str]:
    """The number and the unit written after it, which may be empty."""
    if isinstance(value, (float, Decimal)):
        if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
            raise Refused("not-finite")
        value = Numeral(str(value))
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        if max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
            raise Refused("number-too-long")
        return Fraction(value), ""
    match = _NUMBER.fullmatch(value.text if isinstance(value, Numeral) else half_width(_text(value)))
    if match is None:
        return _in_words(value)
    sign, whole, decimals, exponent, unit = match.groups(default="")
    if len(whole) + len(decimals) + len(exponent) > MAX_DIGITS or abs(int(exponent or 0)) > MAX_DIGITS:
        raise Refused("number-too-long")
    amount = Fraction(int(whole.replace(",", "") + decimals), 10 ** len(decimals))
    if exponent:
        amount *= Fraction(10) ** int(exponent)
    return -amount if sign == "-" else amount, re.sub(r"\s+", "", unit).replace("m²", "㎡")


def _in_words(value: object) -> tuple[Fraction, str]:
    """The same of 五千万元, 百分之十二. Where what follows may begin with 万, it is of the number: 五千万 and 元."""
    text = re.sub(r"\s+", "", half_width(value) if isinstance(value, str) else "")
    if text.startswith("百分之"):
        share = chinese_numerals.value(text.removeprefix("百分之"))
        if share is None:
            raise Refused("not-a-number")
        return share, "%"
    numeral = chinese_numerals.NUMERAL.match(text)
    for end in range(numeral.end() if numeral else 0, 0, -1):
        amount, unit = chinese_numerals.value(text[:end]), text[end:]
        if amount is None:
            continue
        if not unit and text[-1] in "万亿":
            raise Refused("unknown-unit", text[-1])  # as 5000万 is
        if not unit or units.unit_of(unit):
            return amount, unit
        if numeral and end == numeral.end():
            raise Refused("unknown-unit", shown(unit))
    raise Refused("not-a-number")


def is_ratio(type: Type) -> bool:
    return type.kind == "number" and not type.unit and type.shown == "%"


def is_count(type: Type) -> bool:
    """Whether only whole numbers make sense: 整数, 家, 人 …"""
    return not is_ratio(type) and (not type.unit or (len(type.unit) == 1 and type.unit[0][0] in units.MEASURE_WORDS))


# ---------------------------------------------------------------- the calendar

_YEAR = re.compile(r"([0-9]{4})(?:年度?)?")
_MONTH = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月|[-/]([0-9]{1,2}))")
_DATE = re.compile(
    r"([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日|-([0-9]{1,2})-([0-9]{1,2})(?:T?00:00:00(?:\.0+)?)?|/([0-9]{1,2})/([0-9]{1,2}))"
)


def _calendar(pattern: re.Pattern[str], value: object, kind: str) -> list[int]:
    match = pattern.fullmatch(re.sub(r"\s+", "", half_width(_text(value))))
    if match is None:
        raise Refused(kind)
    return [int(group) for group in match.groups() if group is not None]


def _in_range(year: int) -> int:
    if year not in YEARS:
        raise Refused("year-out-of-range")
    return year


def _date(value: object) -> date:
    if type(value) is date:
        _in_range(value.year)
        return value
    year, month, day = _calendar(_DATE, value, "not-a-date")
    _in_range(year)
    if not 1 <= month <= 12:
        raise Refused("no-such-month")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Refused("no-such-day", f"{year}-{month}", str(monthrange(year, month)[1]))
    return date(year, month, day)


def _month(value: object) -> int:
    year, month = _calendar(_MONTH, value, "not-a-month")
    _in_range(year)
    if not 1 <= month <= 12:
        raise Refused("no-such-month")
    return year * 12 + month - 1


def year(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return _in_range(value)
    return _in_range(_calendar(_YEAR, value, "not-a-year")[0])


# ---------------------------------------------------------------- words

_TRUTH = {"是": True, "true": True, "否": False, "false": False}
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(code: str) -> str:
    """The 18th character that GB 32100-2015 gives for the first 17 of a unified social credit code."""
    total = sum(_CODE_CHARACTERS.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _CODE_CHARACTERS[-total % 31]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("wrong-type")
    return value


def _words(value: object, type: Type) -> str:
    text = _text(value).strip()
    if not text:
        raise Refused("empty-text")
    if unseen := UNSEEN.search(text):
        raise Refused("unseen-in-text", f"U+{ord(unseen[0]):04X}")
    if len(text.splitlines()) > 1 or len(text) > MAX_TEXT:
        raise Refused("long-text", str(MAX_TEXT))
    if type.name == "文号":
        number = document_number.normal(text)
        if number is None:
            raise Refused("document-number-form")
        return number
    if type.name != "信用代码":
        return text
    code = half_width(text).upper()
    if len(code) != 18 or not set(code) <= set(_CODE_CHARACTERS):
        raise Refused("credit-code-form", str(len(code)))
    if code[17] != check_character(code):
        raise Refused("credit-code-check", code[17], check_character(code))
    return code


def credit_code(text: str) -> str | None:
    """The unified social credit code that a text is; None where it is none."""
    try:
        return _words(text, Type(kind="text", name="信用代码"))
    except Refused:
        return None


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    truth = _TRUTH.get(_text(value).strip().lower())
    if truth is None:
        raise Refused("not-yes-no")
    return truth


def _member(value: object, members: tuple[str, ...]) -> str:
    text = _text(value).strip()
    for written in (text, half_width(text)):
        if written in members:
            return written
    raise Refused("not-a-member", *members)


def value_of(type: Type, given: object, members: Mapping[str, tuple[str, ...]]) -> Value:
    """The value that something given is; ``members`` are those of each enumeration. Raises :class:`Refused` where it is none."""
    match type.kind:
        case "bool":
            return _truth(given)
        case "number":
            return number(given, type)
        case "date":
            return _date(given)
        case "month":
            return _month(given)
        case "year":
            return year(given)
        case "enum":
            return _member(given, members[type.name])
        case _:
            return _words(given, type)
