"""Comparisons: 超过, 不低于, 为, 属于, 含 — what may be compared with what, and by which word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from fayan_compiler import units
from fayan_compiler.boundaries import OPS, Op
from fayan_compiler.expressions import logic, readings
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame, meanings_of
from fayan_compiler.units import BOOL, HOLE, YEAR, say
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.units import POINTS

_DATE_WORDS = {">": "晚于", ">=": "不早于", "<": "早于", "<=": "不晚于"}
_NUMBER_WORDS = {">": "超过", ">=": "达到", "<": "不满", "<=": "不超过"}
#: What is longer ago is earlier.
_LONGER: dict[Op, str] = {">": "早于", ">=": "不晚于", "<": "晚于", "<=": "不早于", "==": "为", "!=": "不为"}
_OF_DATES = set(_DATE_WORDS.values())
DATED = ("date", "month", "year")
_PERCENT_OF = Term("写明是谁的百分之几，如“收入 × 10%”。", "Say of what it is a percentage, as in “收入 × 10%”.")
_POINTS = Term(
    "两个百分数相减，得百分点，写成“5个百分点”；从定数里减去一部分的，仍是比例，如“100% - 比例”。",
    "Two percentages differ by percentage points: write 5个百分点. What is taken off a fixed one, as in 100% - 比例, leaves a ratio.",
)
COMPARED = Term("比较", "compared")
STANDING = Term("作同一个值的几种情形", "cases of one value")


def compare(low: Lowerer, node: tree.Compare, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    word = low.bounds.get(node.op, node.op)
    op = OPS[word]
    equality = op in ("==", "!=")
    if equality:
        for subject, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(subject, tree.ReadingRef):
                return readings.option_test(low, node, subject, (other,), op == "==")
            if isinstance(other, tree.Nothing):
                return logic.exists(low, node, subject, op == "!=", frame)
    left, right = pair(low, node.left, node.right, frame)
    if HOLE in (left.type, right.type):
        return low.hole(node)
    if _day_against_time(low, node, left.type, right.type, op):
        return low.hole(node)
    if not equality and not ordered(low, node, left.type, op):
        return low.hole(node)
    if not comparable(low, node.left, node.right, left.type, right.type):
        return low.hole(node)
    return ir.Compare(type=BOOL, op=op, left=left, right=right, word=word, origin=low.origins.at(node.span))


def pair(low: Lowerer, left: tree.Expr, right: tree.Expr, frame: Frame) -> tuple[ir.Expr, ir.Expr]:
    """Both sides, each read in the light of the other's type; a bare member of an enumeration, or a text, comes second."""

    def bare(side: tree.Expr) -> bool:
        if isinstance(side, tree.Text):
            return True
        return isinstance(side, tree.Ref) and not meanings_of(side.name, frame, low.symbols)

    if bare(left) and not bare(right):
        second = low.solid(low.expr(right, frame), right)
        return low.solid(low.expr(left, frame, second.type), left), second
    first = low.solid(low.expr(left, frame), left)
    return first, low.solid(low.expr(right, frame, first.type), right)


def _day_against_time(low: Lowerer, node: tree.Compare, left: ir.Type, right: ir.Type, op: Op) -> bool:
    """登记日 超过 3个月: more than three months before some day, which has to be said."""
    for day, time, one, other in ((node.left, node.right, left, right), (node.right, node.left, right, left)):
        if one.kind == "date" and other.unit in ((("月", 1),), (("日", 1),)):
            instead = node.op if node.op in _OF_DATES else _LONGER[op]
            low.report(T.DayAgainstTime, node, day=low.written(day), time=low.written(time), instead=instead)
            return True
    return False


def ordered(low: Lowerer, node: tree.Compare, type: ir.Type, op: Op) -> bool:
    """超过、不满… compare numbers; 早于、晚于… compare dates."""
    if type.kind in (DATED if node.op in _OF_DATES else ("number",)):
        return True
    instead = _DATE_WORDS[op] if type.kind in DATED else _NUMBER_WORDS[op] if type.kind == "number" else "为"
    low.report(T.WrongComparison, node, word=node.op, found=say(type), instead=instead)
    return False


def comparable(
    low: Lowerer, left: tree.Expr, right: tree.Expr, one: ir.Type, other: ir.Type, action: Term = COMPARED
) -> bool:
    if one.kind == other.kind == "number":
        if not units.agree(one, other):
            unlike(low, left, right, one, other, action)
            return False
        return True
    number_beside_text = one.kind == other.kind == "text" and (one.name == "文号") != (other.name == "文号")
    if one.kind == other.kind and (one.name == other.name or one.kind == "text") and not number_beside_text:
        return True
    hint = N.NO_HINT
    if number_beside_text:
        hint = Term(
            "文号有几种写法，文本逐字比较；把事实声明成“文号”。",
            "A number of a document may be written in several ways, and texts are compared letter by letter: declare the fact as 文号.",
        )
    if {one.kind, other.kind} == {"date", "year"}:
        hint = Term(
            "用“年度（日期）”取出年度，或写出完整的日期。", "Take the year with 年度（日期）, or write a full date."
        )
    low.mismatch(right, say(one), other, hint)
    return False


def unlike(low: Lowerer, left: tree.Expr, right: tree.Expr, one: ir.Type, other: ir.Type, action: Term) -> None:
    """Tell of two numbers of unlike units."""
    labels = (Label(left.span, _this_is(one)), Label(right.span, _this_is(other)))
    first, last = sorted((left.span, right.span), key=lambda span: span.start)
    apart = "\n" in low.source.text[first.start : last.end]
    span = right.span if apart else first.to(last)
    hint: Term = T.SAME_UNIT
    fixes: tuple[Fix, ...] = ()
    for node, bare, wanted in ((left, one, other), (right, other, one)):
        if isinstance(node, tree.Number) and units.plain(bare):
            hint, fixes = T.ADD_UNIT, _with_unit(node, wanted)
    if POINTS in (one.unit, other.unit):
        hint = _POINTS
    elif "%" in (one.shown, other.shown):
        hint = _PERCENT_OF
    low.reporter.report(T.UnitMismatch, span, labels, fixes, left=say(one), right=say(other), action=action, hint=hint)


def _with_unit(node: tree.Number, wanted: ir.Type) -> tuple[Fix, ...]:
    """100万 as 100万元, where the unit is one word."""
    unit = wanted.shown or units.written(wanted.unit)
    if not unit or unit == "%":
        return ()
    end = Span(node.span.end, node.span.end)
    return (Fix(Term(f"补上“{unit}”", f"add {unit}"), (Edit(end, unit),), Applicability.UNSAFE),)


def one_of(low: Lowerer, node: tree.OneOf, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    if isinstance(node.subject, tree.ReadingRef):
        return readings.option_test(low, node, node.subject, node.members, True)
    arg = low.solid(low.expr(node.subject, frame), node.subject)
    if arg.type == HOLE:
        return arg
    origin = low.origins.at(node.span)
    if arg.type.kind == "enum":
        members = members_named(low, node.members, arg.type.name)
        return ir.OneOf(type=BOOL, arg=arg, members=members, origin=origin) if members else low.hole(node)
    tests = []
    for member in node.members:
        other = low.solid(low.expr(member, frame, arg.type), member)
        if other.type == HOLE or not comparable(low, node.subject, member, arg.type, other.type):
            return low.hole(node)
        tests.append(ir.Compare(type=BOOL, op="==", left=arg, right=other, word="为", origin=origin))
    return ir.Or(type=BOOL, args=tuple(tests), origin=origin)


def members_named(low: Lowerer, nodes: Sequence[tree.Expr], enum: str) -> tuple[str, ...] | None:
    """Members of one enumeration, or None with a problem."""
    known = low.symbols.enums[enum].members
    found: list[str] = []
    for node in nodes:
        word = node.name if isinstance(node, tree.Ref) else low.written(node)
        if word not in known:
            low.reporter.unknown(N.UnknownMember, node.span, word, known, type=enum)
            return None
        found.append(word)
    return tuple(found)


def contains(low: Lowerer, node: tree.Contains, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    arg = low.solid(low.expr(node.subject, frame), node.subject)
    if arg.type == HOLE:
        return arg
    if arg.type.kind != "set":
        hint = Term("一个值用“属于”。", "For a single value use 属于.")
        return low.mismatch(node.subject, Term("若干（一组值）", "a set"), arg.type, hint)
    origin = low.origins.at(node.span)
    if arg.type.name in low.symbols.enums:
        members = members_named(low, node.members, arg.type.name)
        if members is None:
            return low.hole(node)
        return ir.Contains(type=BOOL, arg=arg, members=members, every=node.every, origin=origin)
    years = [low.need(member, frame, YEAR) for member in node.members]
    if any(year.type == HOLE for year in years):
        return low.hole(node)
    if all(isinstance(year, ir.Const) for year in years):
        fixed = tuple(cast(int, year.value) for year in years if isinstance(year, ir.Const))
        return ir.Contains(type=BOOL, arg=arg, members=fixed, every=node.every, origin=origin)
    tests = tuple(ir.HasYear(type=BOOL, arg=arg, year=year, origin=origin) for year in years)
    if len(tests) == 1:
        return tests[0]
    make = ir.And if node.every else ir.Or
    return make(type=BOOL, args=tests, origin=origin)


def _this_is(type: ir.Type) -> Term:
    said = say(type)
    return Term(f"这是{said.zh}", f"this is {said.en}")
