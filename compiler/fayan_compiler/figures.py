"""Figures, as 原文 has them and as rules have them, and when a rule uses one of 原文.

Values are compared, not spellings: 10万元 is 100000元, 20% is 0.2, 3年 is 36个月, 2022年以后 is computed with as 2022年1月1日.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import frozen

from fayan_dsl import tree
from fayan_dsl.lexer import even, figures_in
from fayan_dsl.source import Source, Span


@frozen
class Figure:
    """A figure of a text or of a rule: its value, ``unit`` (元, %, 日期, 年月, 年度 …), how and where it is written."""

    value: Fraction | int | str | tuple[int, int]
    unit: str
    text: str
    span: Span

    def is_used_by(self, other: Figure) -> bool:
        """Whether a rule that has ``other`` uses this figure of 原文."""
        if self.unit == "年度" and other.unit in ("日期", "年月"):
            return other.value in _edges(self.value)
        if self.unit == "年月" and other.unit == "日期":
            return str(other.value).startswith("{:04}-{:02}-".format(*self.value))  # type: ignore[misc]
        if self.unit in CALENDAR or other.unit in CALENDAR:
            return (self.value, self.unit) == (other.value, other.unit)
        return (_same_value(self, other) and _one_unit(self.unit, other.unit)) or _per(self, other)


CALENDAR = ("日期", "年月", "年度")


def _edges(year: object) -> tuple[str | tuple[int, int], ...]:
    """The days and months a rule computes with where the text says 2022年以后, 2022年以前 or 到2022年."""
    assert isinstance(year, int)
    days = (f"{year - 1}-12-31", f"{year}-01-01", f"{year}-12-31", f"{year + 1}-01-01")
    return (*days, (year - 1, 12), (year, 1), (year, 12), (year + 1, 1))


def _same_value(left: Figure, right: Figure) -> bool:
    """Durations are compared in months."""
    if {left.unit, right.unit} == {"年", "月"}:
        years, months = (left, right) if left.unit == "年" else (right, left)
        return isinstance(years.value, Fraction) and years.value * 12 == months.value
    return left.value == right.value


def _per(text: Figure, rule: Figure) -> bool:
    """每提高1个百分点给予1万元 is used by 1万元/百分点."""
    one = Fraction(1, 100) if text.unit == "百分点" else 1
    return text.value == one and text.unit in rule.unit.partition("/")[2].split("·") and bool(text.unit)


def _one_unit(left: str, right: str) -> bool:
    """50万元/年 is used by a cap of 50万元 a year; a bare number uses any."""
    if {left, right} == {"年", "月"}:
        return True
    short, long = sorted((left, right), key=len)
    return long == short or long.startswith(short + "/") or not short


def figures_of_text(text: str, start: int) -> list[Figure]:
    """The figures of a sentence that stands at ``start``."""
    found: list[Figure] = []
    for token in figures_in(even(text)):
        worth: Any = token.value
        value, unit = (worth, _LITERALS[token.kind]) if token.kind in _LITERALS else worth
        span = Span(start + token.start, start + token.end)
        found.append(Figure(value, unit, text[token.start : token.end], span))
    return found


_LITERALS = {"DATE": "日期", "MONTHDATE": "年月", "YEARDATE": "年度"}


def figure_of(node: tree.Node, source: Source) -> Figure | None:
    text = source.text[node.span.start : node.span.end]
    match node:
        case tree.Number():
            return Figure(node.value, node.unit, node.text, node.span)
        case tree.DateLit():
            return Figure(node.iso, "日期", text, node.span)
        case tree.MonthLit():
            return Figure((node.year, node.month), "年月", text, node.span)
        case tree.YearLit():
            return Figure(node.year, "年度", text, node.span)
        case _:
            return None


def is_neutral(figure: Figure) -> bool:
    """0 and 1 (100%, 1年, 增速 - 1) belong to arithmetic, not to the document."""
    return figure.value == 0 or (figure.value == 1 and not figure.unit.startswith("元"))
