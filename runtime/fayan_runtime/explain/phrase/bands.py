"""分段 as people read it: which part at which rate."""

from __future__ import annotations

from fayan_runtime import ir

#: Where a band starts and ends (None: from nothing on, without end) and its rate.
Row = tuple[ir.Expr | None, ir.Expr | None, ir.Expr]


def bands_of(expr: ir.Expr) -> tuple[ir.Expr, list[Row]] | None:
    """What is cut into bands, and the bands; None where the expression is no such thing."""
    if not isinstance(expr, ir.Cases) or len(expr.whens) < 2:
        return None
    limits: list[ir.Expr] = []
    subject = expr.whens[0][0].left if isinstance(expr.whens[0][0], ir.Compare) else None
    for when, _ in expr.whens:
        if not isinstance(when, ir.Compare) or when.op != "<=" or when.left != subject:
            return None
        limits.append(when.right)
    first = expr.whens[0][1]
    if subject is None or not _nothing(limits[0]) or not _nothing(first):
        return None
    rows: list[Row] = []
    ends: list[ir.Expr | None] = [*limits[1:], None]
    for place, value in enumerate([*(value for _, value in expr.whens[1:]), expr.otherwise]):
        rate = _rate(value, subject, limits[place] if place else None)
        if rate is None:
            return None
        rows.append((limits[place] if place else None, ends[place], rate))
    return subject, rows


def _nothing(expr: ir.Expr) -> bool:
    return isinstance(expr, ir.Const) and expr.value == 0


def _rate(value: ir.Expr, subject: ir.Expr, start: ir.Expr | None) -> ir.Expr | None:
    """The rate of what lies above ``start``: the last term is (subject − start) × rate."""
    last = value.args[-1] if isinstance(value, ir.Add) else value
    if not isinstance(last, ir.Mul) or len(last.args) != 2 or isinstance(value, ir.Add) is (start is None):
        return None
    size = last.args[0]
    above = isinstance(size, ir.Add) and size.args == (subject, start) and size.signs == (1, -1)
    return last.args[1] if (size == subject if start is None else above) else None
