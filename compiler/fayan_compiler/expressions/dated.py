"""参数: one value from one day, another from the next. It is a definition that is asked for a day."""

from __future__ import annotations

from datetime import date, timedelta

from fayan_compiler.expressions import blocks
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame
from fayan_compiler.units import BOOL, DATE
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_runtime import ir

#: The error of a day for which the text sets no value.
NOT_SET = "not-set"


def schedule(low: Lowerer, node: tree.Dated, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    """The rows in the order of their days, as cases: each asks only whether its days are over."""
    rows = sorted(node.rows, key=lambda row: row.start.iso)
    unsound = [row for place, row in enumerate(rows) if not _sound(low, row, rows[:place])]
    exprs = blocks.joined(low, [row.value for row in rows], frame, expected)
    if unsound or exprs is None:
        return low.hole(node)
    type = blocks.common(low, exprs)

    def not_set(at: tree.Node) -> ir.Expr:
        return ir.Fail(type=type, code=NOT_SET, origin=low.origins.at(at.span))

    day = ir.Param(type=DATE, name=frame.params[0][0], origin=low.origins.at(node.span))
    whens: list[tuple[ir.Expr, ir.Expr]] = []

    def until(op: str, limit: tree.DateLit, value: ir.Expr) -> None:
        origin = low.origins.at(limit.span)
        end = ir.Const(type=DATE, value=_day(limit), origin=origin)
        test = ir.Compare(type=BOOL, op="<" if op == "早于" else "<=", left=day, right=end, word=op, origin=origin)
        whens.append((test, value))

    until("早于", rows[0].start, not_set(rows[0].start))
    for place, (row, value) in enumerate(zip(rows, exprs, strict=True)):
        following = rows[place + 1].start if place + 1 < len(rows) else None
        if row.end is None and following is None:
            return ir.Cases(type=type, whens=tuple(whens), otherwise=value, origin=low.origins.at(node.span))
        if row.end is not None:
            until("不晚于", row.end, value)
            value = not_set(row.end)
        if following is not None and not (row.end is not None and _day(row.end) == _day(following) - timedelta(1)):
            until("早于", following, value)
    return ir.Cases(type=type, whens=tuple(whens), otherwise=not_set(rows[-1]), origin=low.origins.at(node.span))


def _day(node: tree.DateLit) -> date:
    return date.fromisoformat(node.iso)


def _sound(low: Lowerer, row: tree.DatedRow, before: list[tree.DatedRow]) -> bool:
    """Whether the row's days come in order, after those of the row before it."""
    if row.end is not None and row.end.iso < row.start.iso:
        low.report(R.PeriodBackwards, row.end, start=low.written(row.start), end=low.written(row.end))
        return False
    if before and row.start.iso <= (before[-1].end or before[-1].start).iso:
        label = Label(before[-1].span, Term("这一行也管到这一天", "this row covers that day too"))
        low.report(R.DaysOverlap, row.start, (label,), day=low.written(row.start))
        return False
    return True


def is_dated(node: tree.Define) -> bool:
    return isinstance(node.value.expr, tree.Dated)


def on_event_day(low: Lowerer, node: tree.Ref, frame: Frame) -> tuple[tree.Expr, ...] | None:
    """The day a bare parameter is asked for: the event day of the item in hand; None, with a problem, where there is none."""
    if frame.event:
        return (tree.Ref(span=node.span, name="发生日"),)
    low.report(T.ParameterWithoutDay, node, word=node.name)
    return None
