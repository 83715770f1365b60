"""Figures in running text: every number and date of 原文, in figures or in words, as the tokens the same words are in a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from fayan_dsl.numbers import COMPOUND, DATE, NUMBER, SPOKEN, TIMES, dated, numeral, share, worth
from fayan_dsl.tokens import Token

_DIGIT = "一二两三四五六七八九"
#: Chinese numerals with what is counted; not 第三年, 几十家, 五月五日, 上一年. 一次性, 一人 and 统一年度 count nothing.
_COUNTED = re.compile(
    rf"(?<![第几数{_DIGIT}十百千万亿月/])(?P<base>[{_DIGIT}十][零〇{_DIGIT}十百千]{{0,12}})"
    rf"(?:(?P<large>万亿|[亿万])(?:(?P<rest>[零〇{_DIGIT}十百千]{{1,9}})(?P<more>万)?)?)?"
    rf"(?:(?P<times>倍)|(?P<unit>(?!月){COMPOUND})(?P<half>(?<=年)半)?)(?!度|龄|级|(?<=次)产业|(?<=个)(?:方面|环节|层面))"
)
_COUNTS_NOTHING = re.compile(r"一(?:[家户人名项个次份件台套辆日天]|(?:年|倍)一)")
_ONE_OF_ALL = "统同唯单任每上下前后某另"
_FULL_YEAR = re.compile(
    r"([零〇一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_HALF = re.compile(r"一半|减半|半数|(?<![一二两三四五六七八九十年])半(?=年(?!度))年")
#: What stands in these is a name: 《三年行动计划》, “两个维护”.
_NAMED = re.compile("《[^《》]*》|“[^“”]*”")
_FIRST_FIGURE = re.compile(
    rf"(?<![A-Za-z.])\d|{SPOKEN.pattern}|{_FULL_YEAR.pattern}|{_HALF.pattern}|{_COUNTED.pattern}"
)


def figures_in(text: str) -> Iterator[Token]:
    """Every date, month, year and number that stands in a text, as the tokens the same words are in a rule."""
    at = 0
    named = [match.span() for match in _NAMED.finditer(text)]
    while match := _FIRST_FIGURE.search(text, at):
        start = match.start()
        found = DATE.match(text, start)
        if found:
            yield dated(found)
        elif found := NUMBER.match(text, start):
            yield Token("NUMBER", found[0], start, found.end(), worth(found))
        elif found := SPOKEN.match(text, start):
            yield Token("NUMBER", found[0], start, found.end(), (share(found), ""))
        else:
            found = match
            if not any(first < start < last for first, last in named) and (token := _in_numerals(text, start)):
                yield token
        at = found.end()


def _in_numerals(text: str, start: int) -> Token | None:
    """The figure that Chinese numerals with a unit are; None where they count nothing."""
    if found := _FULL_YEAR.match(text, start):
        year = "".join(str("零一二三四五六七八九".find("零" if char == "〇" else char)) for char in found[1])
        parts = [str(numeral(part)) + unit for part, unit in ((found[2], "月"), (found[3], "日")) if part]
        if date_found := DATE.fullmatch(year + "年" + "".join(parts)):
            return dated(date_found)._replace(text=found[0], start=start, end=found.end())
        return None
    if found := _HALF.match(text, start):
        return Token("NUMBER", found[0], start, found.end(), (Fraction(1, 2), "年" if found[0] == "半年" else ""))
    counted = _COUNTED.match(text, start)
    if counted is None or re.search(f"[{_DIGIT}]{{2}}", counted["base"]):  # 两三家
        return None
    if counted["base"] == "一" and not counted["large"]:
        if _COUNTS_NOTHING.match(text, start) and not (counted["unit"] or "").startswith(("个月", "个百分点")):
            return None
        if text[start - 1 : start] in tuple(_ONE_OF_ALL):
            return None
    value = Fraction(numeral(counted["base"])) * TIMES[counted["large"] or ""]
    value += numeral(counted["rest"] or "") * TIMES[counted["more"] or ""]
    if counted["half"]:
        value += Fraction(1, 2)
    as_figure = NUMBER.fullmatch("1" + (counted["unit"] or ""))
    assert as_figure is not None
    size, unit = worth(as_figure)
    return Token("NUMBER", counted[0], start, counted.end(), (value * size, unit))
