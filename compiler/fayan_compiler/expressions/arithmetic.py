"""Arithmetic: sums, products, dates moved by lengths of time, and the functions the language gives; units are checked here."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from fractions import Fraction

from fayan_compiler import units
from fayan_compiler.expressions.comparisons import DATED, comparable, unlike
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame
from fayan_compiler.units import DATE, HOLE, MONTH, YEAR, say
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_runtime import ir
from fayan_runtime.units import Unit

#: Built-in functions of one argument: word → (accepted kinds, operation, amount, type of the result).
CALENDAR: dict[str, tuple[tuple[str, ...], ir.CalendarOp, int, ir.Type]] = {
    "年度": (("date", "month"), "year_of", 0, YEAR),
    "上年": (("year",), "shift_year", -1, YEAR),
    "前年": (("year",), "shift_year", -2, YEAR),
    "年末": (("year",), "year_end", 0, DATE),
    "月末": (("month",), "month_end", 0, DATE),
    "月份": (("date",), "month_of", 0, MONTH),
}
_FORMS = {
    "年度": "年度（日期）", "上年": "上年（年度）", "前年": "前年（年度）", "年末": "年末（年度）", "月末": "月末（年月）",
    "月份": "月份（日期）", "较小": "较小（甲，乙）", "较大": "较大（甲，乙）",
    "去尾": "去尾（甲，1元）", "进一": "进一（甲，1元）", "四舍五入": "四舍五入（甲，1元）",
}  # fmt: skip
ROUNDING: dict[str, ir.Rounding] = {"去尾": "down", "进一": "up", "四舍五入": "half"}
_SHIFTS: dict[str, ir.CalendarOp] = {"date": "shift_date", "month": "shift_month", "year": "shift_year"}
_KINDS = {"date": DATE, "month": MONTH, "year": YEAR}
_ADDED = Term("相加减", "added")


def total(low: Lowerer, node: tree.Total, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    first_node = node.terms[0][1]
    first = low.solid(low.expr(first_node, frame), first_node)
    if first.type.kind in DATED:
        return shifted(low, node, first, frame)
    args = [first, *(low.solid(low.expr(term, frame), term) for _, term in node.terms[1:])]
    if not all(arg.type == HOLE or is_number(low, arg, term) for arg, (_, term) in zip(args, node.terms, strict=True)):
        return low.hole(node)
    if any(arg.type == HOLE for arg in args):
        return low.hole(node)
    signs = tuple(1 if sign == "+" else -1 for sign, _ in node.terms)
    fixed = isinstance(first, ir.Const)
    terms = [(sign, arg.type) for sign, arg in zip(signs, args, strict=True)]
    type = units.total(terms, fixed)
    if type is None:  # terms that cannot be added cannot with more after them, so the one to blame is found by halving
        at = bisect(range(1, len(terms)), False, key=lambda last: units.total(terms[: last + 1], fixed) is None) + 1
        unlike(low, first_node, node.terms[at][1], first.type, args[at].type, _ADDED)
        return low.hole(node)
    return ir.Add(type=type, signs=signs, args=tuple(args), origin=low.origins.at(node.span))


def is_number(low: Lowerer, expr: ir.Expr, node: tree.Expr) -> bool:
    if expr.type.kind == "number":
        return True
    low.mismatch(node, Term("数", "a number"), expr.type)
    return False


def shifted(low: Lowerer, node: tree.Total, start: ir.Expr, frame: Frame) -> ir.Expr:
    """A date, month or year and fixed lengths of time: 日期 + 3个月, 年度 - 1年."""
    for sign, term in node.terms[1:]:
        by = low.expr(term, frame)
        if by.type == HOLE:
            return by
        if by.type.kind != "number" or by.type.unit not in ((("月", 1),), (("日", 1),)):
            return low.mismatch(term, Term("一段时间，如3个月", "a length of time such as 3个月"), by.type)
        kind, in_days = start.type.kind, by.type.unit == (("日", 1),)
        step = 12 if kind == "year" else 1
        amount = by.value if isinstance(by, ir.Const) else None
        if not isinstance(amount, int) or amount % step or (in_days and kind != "date"):
            whole = Term(
                "日期加减整月或整日，年月加减整月，年度加减整年。",
                "Dates move by whole months or days, months by months, years by years.",
            )
            low.report(T.NotConstant, term, place=Term("这段时间", "This length of time"), hint=whole)
            return low.hole(node)
        op = "shift_day" if in_days else _SHIFTS[kind]
        start = ir.Calendar(
            type=start.type,
            op=op,
            arg=start,
            amount=amount // step * (1 if sign == "+" else -1),
            origin=low.origins.at(node.span),
        )
    return start


def product(low: Lowerer, node: tree.Product, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    unit: Unit = ()
    args: list[ir.Expr] = []
    sound, money_over_money, percent = True, False, False
    for sign, factor in node.factors:
        arg = low.solid(low.expr(factor, frame), factor)
        args.append(arg)
        if arg.type == HOLE or not is_number(low, arg, factor):
            sound = False
            continue
        money_over_money |= sign == "÷" and bool(unit) and unit == arg.type.unit == units.MONEY.unit
        percent |= arg.type.shown == "%"
        unit = units.times(unit, arg.type.unit, 1 if sign == "×" else -1)
    if not sound:
        return low.hole(node)
    shown = units.written(unit) if unit else "%" if money_over_money or percent else ""
    inverse = tuple(sign == "÷" for sign, _ in node.factors)
    type = ir.Type("number", unit=unit, shown=shown)
    return ir.Mul(type=type, inverse=inverse, args=tuple(args), origin=low.origins.at(node.span))


def calendar(low: Lowerer, node: tree.Call, frame: Frame) -> ir.Expr:
    kinds, op, amount, type = CALENDAR[node.name]
    if len(node.args) != 1:
        return low.miscounted(node, node.name, 1, _FORMS[node.name], len(node.args))
    arg = low.solid(low.expr(node.args[0], frame), node.args[0])
    if arg.type == HOLE:
        return arg
    if arg.type.kind not in kinds:
        said = [say(_KINDS[kind]) for kind in kinds]
        expected = Term("或".join(term.zh for term in said), " or ".join(term.en for term in said))
        return low.mismatch(node.args[0], expected, arg.type)
    return ir.Calendar(type=type, op=op, arg=arg, amount=amount, origin=low.origins.at(node.span))


def extreme(low: Lowerer, node: tree.Call, frame: Frame) -> ir.Expr:
    if len(node.args) < 2:
        return low.miscounted(node, node.name, 2, _FORMS[node.name], len(node.args))
    args = [low.solid(low.expr(arg, frame), arg) for arg in node.args]
    if any(arg.type == HOLE for arg in args):
        return low.hole(node)
    first = args[0]
    if first.type.kind not in ("number", *DATED):
        return low.mismatch(node.args[0], Term("数或日期", "a number or a date"), first.type)
    for other, arg in zip(node.args[1:], args[1:], strict=True):
        if not comparable(low, node.args[0], other, first.type, arg.type):
            return low.hole(node)
    return ir.Extreme(type=first.type, largest=node.name == "较大", args=tuple(args), origin=low.origins.at(node.span))


def rounding(low: Lowerer, node: tree.Call, frame: Frame) -> ir.Expr:
    """去尾（甲，1元）: to whole multiples of a fixed quantity."""
    if len(node.args) != 2:
        return low.miscounted(node, node.name, 2, _FORMS[node.name], len(node.args))
    number, step = (low.solid(low.expr(arg, frame), arg) for arg in node.args)
    if HOLE in (number.type, step.type):
        return low.hole(node)
    if not is_number(low, number, node.args[0]) or not is_number(low, step, node.args[1]):
        return low.hole(node)
    if not comparable(low, node.args[0], node.args[1], number.type, step.type):
        return low.hole(node)
    size = step.value if isinstance(step, ir.Const) else None
    if not isinstance(size, int | Fraction) or size <= 0:
        hint = Term("写成 1元、1万元 这样的数。", "Write a quantity such as 1元 or 1万元.")
        low.report(T.NotConstant, node.args[1], place=Term("取整到多少", "What is rounded to"), hint=hint)
        return low.hole(node)
    way = ROUNDING[node.name]
    return ir.Round(type=number.type, arg=number, step=size, way=way, origin=low.origins.at(node.span))


#: The functions the language gives, by name.
FUNCTIONS: dict[str, Callable[[Lowerer, tree.Call, Frame], ir.Expr]] = {
    **dict.fromkeys(CALENDAR, calendar),
    **dict.fromkeys(("较小", "较大"), extreme),
    **dict.fromkeys(ROUNDING, rounding),
}
