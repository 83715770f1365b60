"""Numbers in Chinese words: 五千万, 一百零五, 一点二亿, 叁佰万.

Only what is said as numbers properly are is taken, so that none is guessed: 三百五 may be 305 or 350, 一百五十万零 is nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = "零一二三四五六七八九"
_TENS = {"千": 1000, "百": 100, "十": 10}
#: Other ways of writing the same.
_PLAIN = str.maketrans("两〇壹贰叁肆伍陆柒捌玖拾佰仟萬億", "二零一二三四五六七八九十百千万亿")
#: What a number is made of, and how long one may be.
NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億]{1,40}")
_DECIMAL = re.compile(rf"(.+)点([{_DIGITS}]+)(万亿|亿|万|)")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
#: Beyond 亿亿 nothing is counted in these words.
_BEYOND = 10**16


def value(text: str) -> Fraction | None:
    """What a number in words is worth, exactly; None for what is no number, or not said as one."""
    plain = text.translate(_PLAIN)
    if decimal := _DECIMAL.fullmatch(plain):
        whole, digits, scale = decimal.groups()
        before = _whole(whole)
        if before is None or before >= 10**4:
            return None
        after = Fraction(int("".join(str(_DIGITS.index(each)) for each in digits)), 10 ** len(digits))
        return (before + after) * _SCALES[scale]
    found = _whole(plain)
    return None if found is None else Fraction(found)


def _whole(text: str) -> int | None:
    """Added up in any order, then said again: it is a number where that gives the same words."""
    number = _sum(text)
    if number is None or number >= _BEYOND:
        return None
    said = _said(number)
    return number if text in (said, re.sub("^一十", "十", said)) else None


def _sum(text: str) -> int | None:
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        before, found, after = text.partition(scale)
        if found:
            above, below = _sum(before), _sum(after) if after else 0
            return None if above is None or below is None else above * size + below
    total, digit = 0, None
    for each in text:
        if each in _TENS:
            total, digit = total + (1 if digit is None else digit) * _TENS[each], None
        elif each in _DIGITS:
            digit = _DIGITS.index(each)
        else:
            return None
    return total + (digit or 0) if text else None


def _said(number: int) -> str:
    for scale, size in (("亿", 10**8), ("万", 10**4), *_TENS.items()):
        if number >= size:
            above, below = divmod(number, size)
            return _said(above) + scale + _below(below, size // 10)
    return _DIGITS[number]


def _below(number: int, least: int) -> str:
    """What is said after a scale: 零 where the place right below it is empty."""
    return ("零" if number < least else "") + _said(number) if number else ""
