"""参数 as people read them: from which day to which day which value."""

from __future__ import annotations

from datetime import date

from fayan_runtime import ir

#: First and last day (None: open) and the value; days for which nothing is set are not there.
Row = tuple[date | None, date | None, ir.Expr]


def rows_of(expr: ir.Expr) -> list[Row]:
    """The rows of a parameter's body; none where the expression is no such thing."""
    if not isinstance(expr, ir.Cases):
        return []
    rows: list[Row] = []
    start: date | None = None
    for when, value in expr.whens:
        match when:
            case ir.Compare(op="<", left=ir.Param(), right=ir.Const(value=date() as limit)):
                last = _moved(limit, -1)
            case ir.Compare(op="<=", left=ir.Param(), right=ir.Const(value=date() as limit)):
                last = limit
            case _:
                return []
        if not isinstance(value, ir.Fail):
            rows.append((start, last, value))
        start = _moved(last, 1)
    if not isinstance(expr.otherwise, ir.Fail):
        rows.append((start, None, expr.otherwise))
    return rows if isinstance(expr.whens[0][1], ir.Fail) else []


def _moved(day: date, days: int) -> date:
    """The day before or after, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
