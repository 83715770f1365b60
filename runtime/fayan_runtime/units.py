"""Units of quantities: the one table of how many 平方米 are one 亩, for policies and for facts alike.

A unit is a product of base units with exponents, sorted. A ratio (%) has no unit; a difference of two ratios has one of its own,
百分点, so that neither passes for the other.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import prod

Unit = tuple[tuple[str, int], ...]

#: What things are counted in. They never mix: 3家 and 3人 are not 6 of anything.
MEASURE_WORDS = ("家", "户", "人", "名", "项", "个", "次", "份", "件", "台", "套", "辆")

#: Word → (base unit, how many of it).
WORDS: dict[str, tuple[str, Fraction]] = {
    "%": ("", Fraction(1, 100)),
    "百分点": ("百分点", Fraction(1, 100)),
    "个百分点": ("百分点", Fraction(1, 100)),
    "元": ("元", Fraction(1)),
    "平方米": ("平方米", Fraction(1)),
    "㎡": ("平方米", Fraction(1)),
    "亩": ("平方米", Fraction(2000, 3)),
    "公顷": ("平方米", Fraction(10_000)),
    "吨": ("吨", Fraction(1)),
    "月": ("月", Fraction(1)),
    "个月": ("月", Fraction(1)),
    "年": ("月", Fraction(12)),
    "日": ("日", Fraction(1)),
    "天": ("日", Fraction(1)),
} | {word: (word, Fraction(1)) for word in MEASURE_WORDS}

#: What two percentages differ by.
POINTS: Unit = (("百分点", 1),)

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SCALED = re.compile(r"([百千]?)(万亿|万|亿|)(.*)", re.DOTALL)


@lru_cache(maxsize=256)
def unit_of(text: str) -> tuple[Unit, Fraction] | None:
    """``万元/平方米·月`` → its base units and how many of them it is; None for words that are no units."""
    exponents: dict[str, int] = {}
    size = Fraction(1)
    for place, part in enumerate(text.split("/")):
        sign = -1 if place else 1
        for word in part.strip("()").split("·"):
            scales: list[str] = []
            if word not in WORDS:  # 百分点 is no hundred of anything
                scaled = _SCALED.fullmatch(word)
                assert scaled is not None, "it matches any text"
                *scales, word = scaled.groups()
            if word not in WORDS:
                return None
            base, factor = WORDS[word]
            size *= (prod(_SCALES[each] for each in scales) * factor) ** sign
            if base:
                exponents[base] = exponents.get(base, 0) + sign
    return ordered(exponents), size


def ordered(exponents: dict[str, int]) -> Unit:
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))
