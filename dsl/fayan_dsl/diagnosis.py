"""Words for why a line cannot be read: the cause that a person would name, at the word where it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fayan_dsl.forms import form
from fayan_dsl.lexer import NOT_A_DATE, NOT_A_NUMBER, STRAY, UNITS, Line, Token
from fayan_dsl.machine import DEEPEST, Failure, Machine, Mark
from fayan_dsl.near import nearest
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
    UnknownLine,
    UnknownUnit,
)
from fayan_dsl.slips import SAID_OTHERWISE
from fayan_dsl.source import Source, Span

_CLOSING = {"「": "」", "“": "”", '"': '"'}
_OPENING = {"LPAR", "OF"}
#: What is longer is no name of a condition but words run together.
_LONGEST_NAME = 16
_DIGITS_SAID = str.maketrans("OoＯlI", "00011")
#: What units are called elsewhere.
_UNITS_SAID = {
    "圆": "元", "块": "元", "块钱": "元", "元整": "元", "万圆": "万元", "万块": "万元", "平米": "平方米", "平方": "平方米", "m2": "平方米", "m²": "平方米",
    "個月": "个月", "周年": "年", "整年": "年", "百分比": "%",
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
        if digits and digits.end() < len(text) and text[digits.end() :] not in UNITS:
            return _unknown_unit(source, span.start + digits.end(), text[digits.end() :])
    if token.kind == STRAY:
        if closing := _CLOSING.get(text):
            return UnclosedQuote(source=source, span=span, mark=text, closing=closing)
        at_end = Applicability.SAFE if token.end == line.end else Applicability.UNSAFE
        fix = Fix(Term("删去", "delete"), (Edit(span, ""),), at_end)
        return StraySign(source=source, span=span, sign=text, fixes=(fix,))
    machine.back(mark)
    for read in tokens:
        machine.advance(read.kind, read)
    if found := _other_form(source, machine, token, tokens):
        return found
    expected = machine.expected()
    # in the middle of an expression an example of the line would not help
    whole = form(tokens[0].kind if tokens and not machine.row.keys() & {"LPAR", "MUL"} else "")
    if token.kind == "_NL" and tokens:
        last = tokens[-1]
        return Unfinished(source=source, span=Span(last.start, last.end), word=last.text, expected=expected, form=whole)
    if not tokens:
        return UnknownLine(source=source, span=span, word=text[:40], expected=expected)
    return Unexpected(source=source, span=span, word=text[:40], expected=expected, form=whole)


def _other_form(source: Source, machine: Machine, token: Token, tokens: Sequence[Token]) -> Problem | None:
    """A word that is said in another way, where the line stopped or, taken for a name, just before."""
    for one in (token, *tokens[-1:]):
        if one.text not in machine.cutter.declared and (way := SAID_OTHERWISE.get(one.text)):
            return NoSuchForm(source=source, span=Span(one.start, one.end), word=one.text, way=way)
    if token.kind == "COLON" and len(tokens) == 1:
        at = Span(token.start, token.end)
        way = Term(f"“{tokens[0].text}”后面空一格，不写冒号。", f"Put a space after {tokens[0].text}, no colon.")
        fix = Fix(Term("换成空格", "write a space"), (Edit(at, " "),), Applicability.SAFE)
        return NoSuchForm(source=source, span=at, fixes=(fix,), word=token.text, way=way)
    if [one.kind for one in tokens] == ["PARAMETER", "NAME"] and token.kind == NOT_A_NUMBER:
        called = tokens[1].text
        way = Term(
            f"一直是一个数的，写“定义 {called} 指 {token.text}”；“参数”下面一行一段，写“自 2024年1月1日 起 {token.text}”。",
            f"What never changes is written 定义 {called} 指 {token.text}; under 参数, each period has a line: 自 2024年1月1日 起 {token.text}.",
        )
        return NoSuchForm(source=source, span=Span(token.start, token.end), word=token.text, way=way)
    named = len(tokens) == 2 and tokens[1].kind == "NAME" and tokens[1].text not in machine.cutter.declared
    named = named and len(tokens[1].text) <= _LONGEST_NAME
    if named and token.kind == "NAME" and token.text in machine.cutter.declared and machine.accepts("COLON"):
        name = tokens[1]
        way = Term(
            f"“{name.text}”是条件的名字的，后面写冒号。",
            f"If {name.text} is the name of a condition, write ： after it.",
        )
        fix = Fix(Term("补上“：”", "add ："), (Edit(Span(name.end, token.start), "："),), Applicability.UNSAFE)
        return NoSuchForm(source=source, span=Span(name.start, name.end), fixes=(fix,), word=name.text, way=way)
    compared = next((one for one in reversed(tokens) if one.kind == "COMPARE"), None)
    if compared is not None and any(kind == "BOUND" for kind, _ in machine.tables.words.get(token.text, ())):
        way = Term(
            f"“{compared.text}”和“{token.text}”只写一个：不含本数的留“超过”“不满”，含本数的写“甲 在 100万元 以上”或“甲 不低于 100万元”。",
            f"Write either {compared.text} or {token.text}: 超过 and 不满 without the figure itself, 甲 在 100万元 以上 or 甲 不低于 100万元 with it.",
        )
        span, first = Span(token.start, token.end), Span(compared.start, compared.end)
        label = Label(first, Term("已经说了怎么比", "this says how to compare"))
        return NoSuchForm(source=source, span=span, labels=(label,), word=token.text, way=way)
    return None


def _unknown_unit(source: Source, at: int, unit: str) -> Problem:
    span = Span(at, at + len(unit))
    plain = unit[0].translate(_DIGITS_SAID) + unit[1:]
    if plain != unit and re.fullmatch(r"\d+(?:\D.*)?", plain) and (re.sub(r"^\d+", "", plain) in ("", *UNITS)):
        fix = Fix(Term(f"改成“{plain}”", f"write “{plain}”"), (Edit(span, plain),), Applicability.UNSAFE)
        return UnknownUnit(source=source, span=span, unit=unit, fixes=(fix,))  # a letter for the digit it looks like
    meant = _UNITS_SAID.get(unit) or nearest(unit, UNITS, UNITS)
    if meant is None:  # 万元人民币, 元整
        meant = max((known for known in UNITS if unit.startswith(known) and len(known) > 1), key=len, default=None)
    fixes: tuple[Fix, ...] = ()
    if meant:
        title = Term(f"改成“{meant}”", f"write “{meant}”")
        fixes = (Fix(title, (Edit(span, meant),), Applicability.UNSAFE),)
    return UnknownUnit(source=source, span=span, unit=unit, fixes=fixes)


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
