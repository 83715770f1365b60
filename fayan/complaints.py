"""From what the runtime's reader complains of to a problem for people: the class, the words and the fixes."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Any

from fayan.problems.data import NOTHING, TOP, DataProblem
from fayan_dsl.near import nearest, shortened
from fayan_dsl.problem import Edit, Fix, Label, Problem, Term
from fayan_dsl.source import Source, Span
from fayan_runtime.explain.numbers import ChineseNumbers, EnglishNumbers
from fayan_runtime.ir import Type
from fayan_runtime.one_value import is_count, is_ratio
from fayan_runtime.read import Complaint, in_one_word

#: So many names fit into a message.
_FEW = 12
_SHAPES = {
    "mapping": Term("一组“键: 值”", "“key: value” pairs"),
    "list": Term("一个清单", "a list"),
    "value": Term("一个值", "a single value"),
    "null": Term("空值", "null"),
}
_WAYS = {
    "mapping": Term("把各项写成“键: 值”", "Write its parts as “key: value”"),
    "list": Term(
        "把每一项以“- ”开头写在下面；没有的写 []", "Begin each item below it with “- ”; write [] if there are none"
    ),
    "value": Term("只写一个值，如 {}", "Write one value, such as {}"),
}


def problem_of(complaint: Complaint, source: Source) -> Problem:
    """What a complaint says to people; values that come from no file stand in a source of their own."""
    span = complaint.place if isinstance(complaint.place, Span) else Span(0, len(source.text))
    expected, example = described(complaint.type, complaint.members)
    choices = complaint.choices
    more: dict[str, Any] = {}
    if complaint.kind == "wrong-shape":
        wanted, found = choices
        way = _WAYS[wanted]
        more = {
            "wanted": _SHAPES[wanted],
            "found": _SHAPES[found],
            "way": Term(*(w.format(example) for w in (way.zh, way.en))),
        }
    if complaint.kind in ("unknown-key", "not-a-member"):
        more["listed"] = listed(complaint.given, choices)
        several = complaint.type is not None and complaint.type.kind == "set"
        more["fixes"] = _apart(source, span, choices) if several else _nearest(complaint.given, choices, span)
    elif instead := _as_meant(complaint):
        more["fixes"] = (Fix(Term(f"是不是“{instead}”？", f"Did you mean “{instead}”?"), (Edit(span, instead),)),)
    if complaint.kind == "ends-before":
        day = date.fromisoformat(choices[1])
        said = Term(*(numbers.day(day) for numbers in (ChineseNumbers(), EnglishNumbers())))
        more |= {"first": choices[0], "second": said}
    elif complaint.kind in ("no-such-day", "duplicate-year"):
        more |= zip(("first", "second"), (_when(choices[0]), *choices[1:]), strict=False)
    elif choices and "listed" not in more:
        more |= zip(("first", "second"), choices, strict=False)
    if isinstance(complaint.first, Span):
        more["labels"] = (Label(complaint.first, Term("前一处在这里", "the first one is here")),)
    return problem_class(complaint.kind)(
        source=source,
        span=span,
        where=Term(f"“{complaint.path}”", f"“{complaint.path}”") if complaint.path else TOP,
        given=complaint.given,
        expected=expected,
        example=example,
        **more,
    )


def problem_class(kind: str) -> type[DataProblem]:
    return next(cls for cls in DataProblem.__subclasses__() if cls.name == kind)


def listed(word: str, names: tuple[str, ...]) -> Term:
    """What is possible: everything where that is little, else what comes nearest."""
    if len(names) <= _FEW:
        return Term("、".join(names), ", ".join(names))
    near = get_close_matches(word, names, _FEW, 0.3) or names[:_FEW]
    return Term(f"{'、'.join(near)}等（共 {len(names)} 个）", f"{', '.join(near)} … ({len(names)} in all)")


def _when(written: str) -> Term:
    """A year or a month, as “2024” or “2024-2”, in words."""
    year, *month = map(int, written.split("-"))
    said = [
        numbers.month(year * 12 + month[0] - 1) if month else numbers.year(year)
        for numbers in (ChineseNumbers(), EnglishNumbers())
    ]
    return Term(*said)


def _apart(source: Source, span: Span, members: tuple[str, ...]) -> tuple[Fix, ...]:
    """Several members in one word, as a list: 汽车、电子 → [汽车, 电子]; none where one of them is no member."""
    written = source.text[span.start : span.end]
    quote = written[:1] if written[:1] in ("'", '"') else ""
    parts = in_one_word(written.strip(quote) if quote else written)
    before = source.text[: span.start].rstrip()[-1:]
    if before not in (":", "[", ",") or not set(parts) <= set(members):
        return ()
    listed = ", ".join(f"{quote}{part}{quote}" for part in parts)
    text = f"[{listed}]" if before == ":" else listed
    return (Fix(Term(f"逐个列出，写成 {text}", f"List them one by one: {text}"), (Edit(span, text),)),)


def _nearest(word: str, names: tuple[str, ...], span: Span) -> tuple[Fix, ...]:
    near = nearest(word, names)
    if near is None:  # 小巨人 for 国家小巨人, where there is one such name
        like = shortened(word, names)
        near = like[0] if len(like) == 1 else None
    return () if near is None else (Fix(Term(f"是不是“{near}”？", f"Did you mean “{near}”?"), (Edit(span, near),)),)


#: A day written with other signs, or with none.
_DAY = re.compile(r"(\d{4})(?:[./年 ]\s*(\d{1,2})[./月 ]\s*(\d{1,2})日?|(\d{2})(\d{2}))")


def _as_meant(complaint: Complaint) -> str:
    """What was written, as it must have been meant; empty where that is not plain."""
    if complaint.kind == "unknown-unit" and complaint.choices[0] in ("万", "亿"):
        money = complaint.type is not None and complaint.type.unit == (("元", 1),)
        return f"{complaint.given}元" if money else ""
    if complaint.kind == "not-a-date" and (found := _DAY.fullmatch(complaint.given)):
        year, month, day = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return ""
    return ""


_MEASURED = {
    (("元", 1),): (Term("金额（元）", "an amount of money (元)"), "5000万元"),
    (("平方米", 1),): (Term("面积（平方米）", "an area (平方米)"), "3000平方米"),
    (("月", 1),): (Term("时长（月、年）", "a length of time (月, 年)"), "12个月"),
    (("日", 1),): (Term("天数（日）", "a number of days (日)"), "30日"),
    (("元", 1), ("平方米", -1), ("月", -1)): (Term("单价（元/平方米·月）", "a rent (元/平方米·月)"), "20元/平方米·月"),
}
_KINDS = {
    "bool": (Term("是 或 否", "是 (yes) or 否 (no)"), "是"),
    "date": (Term("日期", "a date"), "2024年12月12日"),
    "month": (Term("年月", "a month of a year"), "2024年11月"),
    "year": (Term("年度", "a year"), "2024年"),
    "text": (Term("文本", "text"), "甲公司"),
}


def described(type: Type | None, members: tuple[str, ...] = ()) -> tuple[Term, str]:
    """What a type is called and how one of its values is written."""
    if type is None:
        return NOTHING, ""
    if type.name == "信用代码":
        return Term("统一社会信用代码", "a unified social credit code"), "91350100M000100Y43"
    if type.name == "文号":
        return Term("文号", "the number of a document"), "某府发〔2024〕1号"
    if type.name == "年度":
        return _KINDS["year"]
    if type.kind in _KINDS:
        return _KINDS[type.kind]
    if type.kind != "number":
        listed = "、".join(members)
        return Term(f"其中之一（{listed}）", f"one of {listed}"), members[0]
    if is_ratio(type):
        return Term("比例", "a ratio"), "12%"
    if is_count(type):
        unit = type.shown if type.unit else ""
        return Term(f"整数（{unit}）", f"a whole number ({unit})") if unit else Term(
            "整数", "a whole number"
        ), f"5{unit}"
    return _MEASURED.get(type.unit) or (Term(f"数（{type.shown}）", f"a number ({type.shown})"), f"100{type.shown}")
