"""Numbers, units and dates as they are written, and what they are worth."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from fayan_dsl.tokens import NOT_A_DATE, Token

#: The words that may follow a number; what they are worth is no matter of syntax.
UNITS = (
    "元", "万元", "亿元", "平方米", "㎡", "亩", "公顷", "吨", "月", "个月", "年", "日", "天", "家", "户", "人", "名", "项", "个", "次",
    "份", "件", "台", "套", "辆", "%", "百分点", "个百分点",
)  # fmt: skip
_UNIT = f"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
COMPOUND = rf"{_UNIT}(?:/{_UNIT}(?:·{_UNIT})*)?"
# longer numbers than any policy has are no numbers, nor a way to make arithmetic slow
_DIGITS = r"-?(?:\d{1,3}(?:,\d{3}){1,12}|\d{1,40})(?:\.\d{1,40})?"
NUMBER = re.compile(rf"({_DIGITS})(?: ?(?:(万亿|[亿万千百])(?: ?({COMPOUND}))?|({COMPOUND})))?")
DATE = re.compile(r"(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?|(\d{4})-(\d{1,2})-(\d{1,2})")
UNIT_WORD = re.compile(rf"{COMPOUND}(?![\w/·])")
SPOKEN = re.compile(
    r"([一二两三四五六七八九])成([一二三四五六七八九半])?|百分之([零〇一二两三四五六七八九十百]+)"
    r"|([一二两三四五六七八九十百]+)分之([一二两三四五六七八九十百]+)"
)
_IN_WORDS = re.compile(rf"([零一二两三四五六七八九十百千]+)(万亿|[亿万])?({COMPOUND})?")
WHOLE = re.compile(r"\d{1,6}(?!\w)|[一二两三四五六七八九十百]+(?!\w)")
TIMES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SAME_UNIT = {"㎡": "平方米", "个月": "月", "天": "日", "个百分点": "百分点"}


def numeral(text: str) -> int:
    """一 to 九千九百九十九 as an integer."""
    total, digit = 0, 0
    for char in text:
        if char in "十百千":
            total, digit = total + (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char], 0
        else:
            digit = "零一二三四五六七八九".find("二" if char == "两" else "零" if char == "〇" else char)
    return total + digit


def number(text: str) -> Token | None:
    """A number in words with its unit, such as 十万元, in figures (10万元); None where it is none."""
    words = _IN_WORDS.fullmatch(text)
    if percent := re.fullmatch(rf"百分之({_DIGITS})", text):
        text = f"{percent[1]}%"
        match = NUMBER.fullmatch(text)
        return Token("NUMBER", text, 0, len(text), worth(match)) if match else None
    if words is None or not (words[2] or words[3]):
        return None
    figures = f"{numeral(words[1])}{words[2] or ''}{words[3] or ''}"
    match = NUMBER.fullmatch(figures)
    return Token("NUMBER", figures, 0, len(figures), worth(match)) if match else None


def worth(match: re.Match[str]) -> tuple[Fraction, str]:
    """Value and unit of a number as matched."""
    value = Fraction(match[1].replace(",", ""))
    times, shown = match[2] or "", match[3] or match[4] or ""
    first, slash, rest = shown.partition("/")
    if first in ("万元", "亿元"):
        times, first, value = first[0], "元", value * TIMES[times]
    value *= TIMES[times]
    if first in ("%", "百分点", "个百分点"):
        value /= 100
    units = [_SAME_UNIT.get(unit, unit) for unit in rest.split("·")]
    return value, _SAME_UNIT.get(first, first) + slash + "·".join(units)


def share(match: re.Match[str]) -> Fraction:
    """三成, 百分之五, 三分之一 as a fraction."""
    if match[1]:
        return Fraction(10 * numeral(match[1]) + (5 if match[2] == "半" else numeral(match[2] or "")), 100)
    if match[3]:
        return Fraction(numeral(match[3]), 100)
    return Fraction(numeral(match[5]), numeral(match[4]))


def dated(match: re.Match[str]) -> Token:
    """A date, month or year as a literal; one that is not in the calendar is told by its kind."""
    year, month, day = match[1] or match[4], match[2] or match[5], match[3] or match[6]
    at, end = match.span()
    if not month:
        return Token("YEARDATE", match[0], at, end, int(year))
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return Token(NOT_A_DATE, match[0], at, end)
    if not day:
        return Token("MONTHDATE", match[0], at, end, (found.year, found.month))
    return Token("DATE", match[0], at, end, found.isoformat())
