"""Figures, as 原文 has them and as rules have them, and when a rule uses one of 原文.

Values are compared, not spellings: 10万元 is 100000元, 20% is 0.2, 3年 is 36个月, 2022年以后 is computed with as 2022年1月1日.
Units are compared too: 20元/平方米·月 is not 20, and 50万元 is 50万元/年 only where it is counted by the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from attrs import frozen

from fayan_compiler.boundaries import AFTER
from fayan_dsl import tree
from fayan_dsl.figures import figures_in
from fayan_dsl.lines import even
from fayan_dsl.source import Source, Span
from fayan_dsl.tokens import Token

#: 5月1日, of whatever year.
MONTH_DAY = "月日"
CALENDAR = ("日期", "年月", "年度", MONTH_DAY)
#: 翻一番: twice as much, or 100% more.
DOUBLED = "番"
_LITERALS = {"DATE": "日期", "MONTHDATE": "年月", "YEARDATE": "年度"}


@frozen
class Figure:
    """A figure of a text or of a rule: its value, ``unit`` (元, %, 日期, 年月, 年度 …), how and where it is written.

    ``said`` is the comparison word that stands beside it in 原文, ``word`` the word of the rules that says the same.
    """

    value: Fraction | int | str | tuple[int, int]
    unit: str
    text: str
    span: Span
    word: str = ""
    said: str = ""

    def is_used_by(self, other: Figure) -> bool:
        """Whether a rule that has ``other`` uses this figure of 原文."""
        if self.unit == "年度" and other.unit in ("日期", "年月"):
            return other.value in _edges(self.value)
        if self.unit == MONTH_DAY and other.unit == "日期" and isinstance(self.value, tuple):
            return str(other.value).endswith("-{:02}-{:02}".format(*self.value))
        if self.unit == DOUBLED and other.unit in ("", "%"):
            return isinstance(self.value, Fraction) and other.value in (self.value, self.value - 1)
        if self.unit == "年月" and other.unit == "日期" and isinstance(self.value, tuple):
            return str(other.value).startswith("{:04}-{:02}-".format(*self.value))
        if self.unit in CALENDAR or other.unit in CALENDAR:
            return (self.value, self.unit) == (other.value, other.unit)
        return (_same_value(self, other) and _one_unit(self.unit, other.unit)) or _per(self, other)


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


#: What a bare number of a rule may stand for: a share, or how many years, months, enterprises …
_BARE = ("", "%", "百分点", "年", "月", "日", "家", "人", "项", "个", "次", "份")


def _one_unit(text: str, rule: str) -> bool:
    """1万元 is used by 1万元/百分点, and 50万元/年 by a cap of 50万元 a year; a share or a count by a bare number."""
    if text == rule or {text, rule} == {"年", "月"}:
        return True
    if not text or not rule:
        return (text or rule) in _BARE
    return rule.startswith(f"{text}/") or text == f"{rule}/年"


#: What a 文号 ends with; its figures are none to compute with.
NUMBERED = r"(?:〔 ?\d{4} ?〕 ?\d+ ?号|公告 ?\d{4} ?年第 ?\d+ ?号)"
_NUMBERED = re.compile(NUMBERED)
#: 第5条 counts articles, it is no figure of a rule.
_ORDINAL = tuple("条款项章")


def figures_of_text(text: str, start: int) -> list[Figure]:
    """The figures of a sentence that stands at ``start``, with the comparison words beside them."""
    found: list[Figure] = []
    evened = even(text)
    numbered = [match.span() for match in _NUMBERED.finditer(evened)]
    for token in _tokens(evened):
        if evened[: token.start].rstrip().endswith("第") and evened[token.end :].lstrip()[:1] in _ORDINAL:
            continue
        if any(first <= token.start < last for first, last in numbered):
            continue
        worth: Any = token.value if token.value is not None else (token.text, "日期")  # no day of the calendar
        literals = {**_LITERALS, "MONTHDAY": MONTH_DAY}
        value, unit = (worth, literals[token.kind]) if token.kind in literals else worth
        word, said = "", ""
        if unit not in CALENDAR:
            word, said = _word_beside(evened, token.start, token.end, unit)
        span = Span(start + token.start, start + token.end)
        found.append(Figure(value, unit, text[token.start : token.end], span, word, said))
    return found


_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_TO = re.compile(r" ?(?:[-—–－~～]+|至|到) ?")
_DOUBLED = re.compile(r"翻([一两二三四])番")


def _tokens(text: str) -> Iterator[Token]:
    """The figures of a text, and what it writes shorter than rules do: 5月1日, 2024—2026年, 翻一番."""
    found = list(figures_in(text))
    dated = [token for token in found if token.kind in _LITERALS]
    days = {
        match.start(): match
        for match in _MONTH_DAY.finditer(text)
        if not any(token.start <= match.start() < token.end for token in dated)
    }
    found = [each for each in found if not any(match.start() < each.start < match.end() for match in days.values())]
    for token, after in zip_longest(found, found[1:]):
        if match := days.get(token.start):
            month, day = int(match[1]), int(match[2])
            yield Token("MONTHDAY", match[0], match.start(), match.end(), (month, day))
        elif after is not None and _TO.fullmatch(text, token.end, after.start) and token.text.strip().isdigit():
            yield _of_range(token, after)
        else:
            yield token
    for doubled in _DOUBLED.finditer(text):
        times = Fraction(2 ** (1 + "一两二三四".index(doubled[1]) - ("一两二三四".index(doubled[1]) > 1)))
        yield Token("NUMBER", doubled[0], doubled.start(), doubled.end(), (times, DOUBLED))


def _of_range(first: Token, last: Token) -> Token:
    """The first figure of a range, which has the unit of the last."""
    unit = last.text.lstrip("0123456789. ")
    whole = next(figures_in(first.text.strip() + unit), None) if unit else None
    return first if whole is None else whole._replace(text=first.text, start=first.start, end=first.end)


def figure_of(node: object, source: Source) -> Figure | None:
    """The figure a node of a rule is, or None."""
    match node:
        case tree.Number():
            return Figure(node.value, node.unit, node.text, node.span)
        case tree.DateLit():
            value, unit = node.iso, "日期"
        case tree.MonthLit():
            return Figure((node.year, node.month), "年月", _written(node, source), node.span)
        case tree.YearLit():
            return Figure(node.year, "年度", _written(node, source), node.span)
        case _:
            return None
    return Figure(value, unit, _written(node, source), node.span)


def _written(node: tree.Node, source: Source) -> str:
    return source.text[node.span.start : node.span.end]


def is_neutral(figure: Figure) -> bool:
    """0 and 1 (100%, 1年 or 12个月, 增速 - 1) belong to arithmetic, not to the document."""
    whole = figure.value == 1 and not figure.unit.startswith("元")
    return figure.value == 0 or whole or (figure.value == 12 and figure.unit == "月")


# ---------------------------------------------------------------- comparison words
#: As 原文 writes them before a figure, with the word of the rules that means the same.
_BEFORE = {
    "不超过": "不超过", "未超过": "不超过", "不高于": "不超过", "未高于": "不超过", "不多于": "不超过", "不大于": "不超过",
    "至多": "不超过", "最多": "不超过", "最高": "不超过", "最高给予": "不超过", "最多给予": "不超过", "≤": "不超过", "≦": "不超过",
    "不低于": "不低于", "未低于": "不低于", "不少于": "不低于", "不小于": "不低于", "至少": "不低于", "最少": "不低于",
    "≥": "不低于", "≧": "不低于", "达到": "达到", "达": "达到", "满": "达到",
    "超过": "超过", "高于": "超过", "多于": "超过", "大于": "超过", ">": "超过", "＞": "超过",
    "不满": "不满", "未满": "不满", "不足": "不满", "不到": "不满", "未到": "不满", "未达到": "不满", "未达": "不满",
    "达不到": "不满", "低于": "低于", "少于": "低于", "小于": "低于", "<": "低于", "＜": "低于",
}  # fmt: skip
_PRECEDED = re.compile(rf"({'|'.join(sorted(_BEFORE, key=len, reverse=True))})\s*$")
#: 以上（不含本数）, （含80万元）以上.
_INCLUDING = r"（(不)?(?:包含|包括|含)([^）]{0,16})）"
_FOLLOWED = re.compile(rf"\s*(?:{_INCLUDING})?\s*({'|'.join(AFTER)})?\s*(?:{_INCLUDING})?")
#: 60日内 bounds a time; three years 内 of something need not be compared with.
WITHIN = "内"
_THE_NUMBER = ("", "本数", "该数", "此数", "同数")
#: Words of the rules → what they come to where 原文 includes the number, or leaves it out, in brackets.
_WITH = {
    "超过": "不低于",
    "低于": "不超过",
    "不满": "不超过",
    "以上": "及以上",
    "以下": "及以下",
    "以内": "不超过",
    "以外": "不低于",
}
_WITHOUT = {
    "不低于": "超过", "达到": "超过", "不超过": "低于", "以上": "超过", "以下": "低于", "以内": "低于", "以外": "超过",
    "及以上": "超过", "及以下": "低于",
}  # fmt: skip
MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!=", "": ""}
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "==", "": ""}


def _word_beside(text: str, start: int, end: int, unit: str) -> tuple[str, str]:
    """The comparison word of the rules that says what the text says beside a figure, and the text's own."""
    within = unit in ("年", "月", "日") and re.match(r"\s*(内)(?![外部容])", text[end : end + 4])
    before = _PRECEDED.search(text[max(0, start - 8) : start])
    after = _FOLLOWED.match(text[end : end + 48])
    assert after is not None  # all of it is optional
    said = before[1] if before else after[3] or (WITHIN if within else "")
    word = _BEFORE[said] if before else "以内" if said == WITHIN else said
    figure = "".join(text[start:end].split())
    for left_out, what in ((after[1], after[2]), (after[4], after[5])):
        if word and what is not None and (what in _THE_NUMBER or figure.startswith("".join(what.split()))):
            word = (_WITHOUT if left_out else _WITH).get(word, word)
            said += f"（{left_out or ''}含{what}）"
    return word, said
