"""Words for why a line cannot be read: the cause that a person would name, at the word where it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fayan_dsl.beginnings import unknown_line
from fayan_dsl.expected import going_on
from fayan_dsl.forms import form
from fayan_dsl.lines import Line, columns
from fayan_dsl.machine import DEEPEST, Failure, Machine, Mark
from fayan_dsl.misuse import misuse, result_without_word, share_of
from fayan_dsl.near import nearest
from fayan_dsl.numbers import UNITS
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.problems import (
    DateWithoutYear,
    ExtraBracket,
    MixedAndOr,
    NoSuchDate,
    NoSuchForm,
    StraySign,
    TooDeep,
    UnclosedBracket,
    UnclosedQuote,
    Unexpected,
    Unfinished,
    UnknownUnit,
)
from fayan_dsl.source import Source, Span
from fayan_dsl.stop import Stop
from fayan_dsl.tokens import NOT_A_DATE, NOT_A_NUMBER, STRAY, Token

_CLOSING = {"「": "」", "“": "”", '"': '"'}
_OPENING = {"LPAR", "OF"}
_DIGITS_SAID = str.maketrans("OoＯlI", "00011")
#: What units are called elsewhere.
_UNITS_SAID = {
    "圆": "元", "块": "元", "块钱": "元", "元整": "元", "万圆": "万元", "万块": "万元", "平米": "平方米", "平方": "平方米", "m2": "平方米", "m²": "平方米",
    "w": "万元", "W": "万元", "個月": "个月", "周年": "年", "整年": "年", "百分比": "%",
}  # fmt: skip


def diagnosis(source: Source, machine: Machine, line: Line, mark: Mark, failure: Failure) -> Problem:
    """What is wrong with a line that failed after ``mark``; the machine is left where the line stopped."""
    token, tokens = failure.token, failure.tokens
    span = Span(token.start, token.end)
    text = token.text
    if failure.deep:
        return TooDeep(source=source, span=span, limit=DEEPEST)
    if token.kind in ("_NL", "CITE") and failure.brackets:
        opening = failure.brackets[-1]
        at = tokens[-1].end
        fix = Fix(Term("补上“）”", "add ）"), (Edit(Span(at, at), "）"),), Applicability.UNSAFE)
        return UnclosedBracket(source=source, span=Span(opening.start, opening.end), fixes=(fix,))
    if token.kind == "RPAR" and sum(t.kind == "LPAR" for t in tokens) == sum(t.kind == "RPAR" for t in tokens):
        fix = Fix(Term("删去“）”", "delete ）"), (Edit(span, ""),), Applicability.UNSAFE)
        return ExtraBracket(source=source, span=span, fixes=(fix,))
    if token.kind in ("AND", "OR") and (other := _other(token, tokens)):
        label = Label(Span(other.start, other.end), Term(f"前面用的是“{other.text}”", f"“{other.text}” before"))
        return MixedAndOr(source=source, span=span, labels=(label,))
    if token.kind == NOT_A_DATE:
        return NoSuchDate(source=source, span=span, text=text)
    if token.kind == NOT_A_NUMBER:
        digits = re.match(r"[\d,.]+", text)
        if re.match(r"\d{1,2}月\d{1,2}日", text):
            return DateWithoutYear(source=source, span=span, text=text)
        if dotted := re.fullmatch(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", text):
            return _dotted_day(source, span, dotted)
        if digits and digits.end() < len(text) and text[digits.end() :] not in UNITS:
            return _unknown_unit(source, span.start + digits.end(), text[digits.end() :])
    if not tokens and token.kind == STRAY:  # “对…… , of a sentence of 原文
        machine.back(mark)
        if machine.accepts("QUOTE"):
            return unknown_line(source, machine, line, token)
    if token.kind == STRAY:
        stop = Stop(source, machine, token, tokens, line.end)
        if found := share_of(stop) or result_without_word(stop):
            return found
        if closing := _CLOSING.get(text):
            return UnclosedQuote(source=source, span=span, mark=text, closing=closing)
        at_end = Applicability.SAFE if token.end == line.end else Applicability.UNSAFE
        fix = Fix(Term("删去", "delete"), (Edit(span, ""),), at_end)
        return StraySign(source=source, span=span, sign=text, fixes=(fix,))
    machine.back(mark)
    for read in tokens:
        machine.advance(read.kind, read)
    if found := misuse(Stop(source, machine, token, tokens, line.end)):
        return found
    if not tokens:
        return unknown_line(source, machine, line, token)
    way = going_on(machine.fitting(), machine.tables, token.kind == "_NL")
    # in the middle of an expression an example of the line would not help
    whole = form(tokens[0].kind if not machine.row.keys() & {"LPAR", "MUL"} else "")
    if token.kind == "_NL":
        last = tokens[-1]
        below = re.compile(r"[^\n]*\n(?:[^\S\n]*\n)*([^\S\n]*)\S").match(source.text, line.end)
        if below and columns(below[1]) > line.indent and machine.accepts("CASES"):
            way, whole = _CASES_BELOW, Term("", "")
        return Unfinished(source=source, span=Span(last.start, last.end), word=last.text, way=way, form=whole)
    return Unexpected(source=source, span=span, word=text[:40], way=way, form=whole)


def _dotted_day(source: Source, span: Span, day: re.Match[str]) -> Problem:
    """2025.3.1."""
    meant = f"{day[1]}年{int(day[2])}月{int(day[3])}日"
    way = Term(f"日期写成 {meant} 或者 2024-12-12 这样。", f"A date is written {meant}, or like 2024-12-12.")
    fix = Fix(Term(f"改成“{meant}”", f"write {meant}"), (Edit(span, meant),), Applicability.UNSAFE)
    return NoSuchForm(source=source, span=span, fixes=(fix,), word=day[0], way=way)


#: Where lines stand under one that says nothing of them.
_CASES_BELOW = Term(
    "下面分行写各种情形的，这一行的末尾写“分情形”，下面每行写“当 条件 得出 数额”，最后一行写“否则 数额”。",
    "Where the lines below are the cases, end this line with 分情形; each case is 当, a condition, 得出 and the value, and the last 否则 and the value.",
)
#: Money of others, and what our own is called beside it.
_FOREIGN = re.compile("[美欧日港澳加英]元|日圆|港币|澳门元|英镑|卢布|韩元|外币|USD|EUR|JPY|HKD|GBP|[$€£]")
_USUAL = Term(
    f"单位有：{'、'.join(UNITS)}，以及元/平方米·月这样的复合单位。",
    f"Units: {' '.join(UNITS)}, and compounds such as 元/平方米·月.",
)
_ABROAD = Term(
    "金额只算人民币的元、万元、亿元。要算的，按写明的汇率折成人民币再写；只提到、不算的，不写进规则，在原文下面写“数字 …… 说明”。",
    "Money is counted in 元, 万元 and 亿元 only. Where it counts, write it in yuan at a rate the text gives; where it is only mentioned, mark it with 数字 under the 原文 instead.",
)


def _unknown_unit(source: Source, at: int, unit: str) -> Problem:
    span = Span(at, at + len(unit))
    if _FOREIGN.search(unit):
        return UnknownUnit(source=source, span=span, unit=unit, way=_ABROAD)
    plain = unit[0].translate(_DIGITS_SAID) + unit[1:]
    if plain != unit and re.fullmatch(r"\d+(?:\D.*)?", plain) and (re.sub(r"^\d+", "", plain) in ("", *UNITS)):
        fix = Fix(Term(f"改成“{plain}”", f"write “{plain}”"), (Edit(span, plain),), Applicability.UNSAFE)
        return UnknownUnit(
            source=source, span=span, unit=unit, fixes=(fix,), way=_USUAL
        )  # a letter for the digit it looks like
    meant = _UNITS_SAID.get(unit) or nearest(unit, UNITS, UNITS)
    if meant is None:  # 万元人民币, 元整
        meant = max((known for known in UNITS if unit.startswith(known) and len(known) > 1), key=len, default=None)
    fixes: tuple[Fix, ...] = ()
    if meant:
        title = Term(f"改成“{meant}”", f"write “{meant}”")
        fixes = (Fix(title, (Edit(span, meant),), Applicability.UNSAFE),)
    return UnknownUnit(source=source, span=span, unit=unit, fixes=fixes, way=_USUAL)


def _other(token: Token, tokens: Sequence[Token]) -> Token | None:
    """The 或 that an 且 is mixed with (or the reverse), in the same brackets."""
    depth = 0
    for read in reversed(tokens):
        if read.kind in ("RPAR", "THAT"):
            depth += 1
        elif read.kind in _OPENING:
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and read.kind in ("AND", "OR") and read.kind != token.kind:
            return read
    return None
