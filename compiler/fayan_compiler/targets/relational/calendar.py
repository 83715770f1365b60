"""Years and months (integers) and dates; a result outside years 1 to 9999 is an error."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.lower import Env, Lowering, lowers, strict
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import ERRORS, VARIES, Value, constant, failed, needed
from fayan_runtime import ir
from fayan_runtime.interpreter import calendar
from fayan_runtime.values import Failed

OUT_OF_RANGE = ERRORS.index("date-out-of-range")
YEARS, MONTHS = (1, 9999), (12, 9999 * 12 + 11)


@lowers(ir.Calendar)
def _calendar(low: Lowering, expr: ir.Calendar, env: Env) -> Value:
    arg = low.kept(needed(low.value(expr.arg, env)))
    if arg.const is not VARIES:
        found = calendar(expr.op, arg.const, expr.amount, expr.origin.line)
        return failed(found.code, expr.type) if isinstance(found, Failed) else constant(found, expr.type)  # type: ignore[arg-type]
    made, room = _made(expr, arg.sql)
    years = None if arg.years is None else _years(expr, *arg.years)
    if sql.is_true(room) or (years is not None and YEARS[0] <= years[0] and years[1] <= YEARS[1]):
        return evolve(strict([arg], made, expr.type.kind), years=years)
    error = sql.case((sql.negated(room), sql.literal(OUT_OF_RANGE)))
    return strict([arg], sql.case((room, made)), expr.type.kind, error)


def _years(expr: ir.Calendar, first: int, last: int) -> tuple[int, int]:
    """The years the result lies in."""
    match expr.op:
        case "shift_year":
            years = expr.amount, expr.amount
        case "shift_month" | "shift_date":
            years = expr.amount // 12, -(-expr.amount // 12)
        case "year_of" | "year_end" | "month_of" | "month_end":
            years = 0, 0
        case _:  # some days; no year has fewer than 365
            years = expr.amount // 365, -(-expr.amount // 365)
    return first + years[0], last + years[1]


def _made(expr: ir.Calendar, of: Expression) -> tuple[Expression, Expression]:
    """The result, and the condition on the operand under which there is one."""
    amount = sql.literal(expr.amount)
    match expr.op:
        case "year_of":
            if expr.arg.type.kind == "date":
                return sql.as_integer(exp.Extract(this=exp.var("YEAR"), expression=of.copy())), sql.TRUE
            return exp.IntDiv(this=of.copy(), expression=sql.literal(12)), sql.TRUE
        case "year_end":
            return day(of, sql.literal(12), sql.literal(31)), _between(of, *YEARS)
        case "month_of":
            return _month_of(of), sql.TRUE
        case "month_end":
            year = exp.IntDiv(this=of.copy(), expression=sql.literal(12))
            month = sql.binary(exp.Add, exp.Mod(this=of.copy(), expression=sql.literal(12)), sql.literal(1))
            return exp.LastDay(this=day(year, month, sql.literal(1))), _between(of, *MONTHS)
        case "shift_year":
            return sql.binary(exp.Add, of, amount), _between(of, YEARS[0] - expr.amount, YEARS[1] - expr.amount)
        case "shift_month":
            return sql.binary(exp.Add, of, amount), _between(of, MONTHS[0] - expr.amount, MONTHS[1] - expr.amount)
        case "shift_date":
            room = _between(_month_of(of), MONTHS[0] - expr.amount, MONTHS[1] - expr.amount)
            return _shifted(of, expr.amount, "MONTH"), room
        case _:
            return _shifted(of, expr.amount, "DAY"), _days_between(of, expr.amount)


def day(year: Expression, month: Expression, number: Expression) -> Expression:
    return exp.Anonymous(this="MAKE_DATE", expressions=[_small(each) for each in (year, month, number)])


def _small(expr: Expression) -> Expression:
    return expr.copy() if isinstance(expr, exp.Literal) else exp.Cast(this=expr.copy(), to=exp.DataType.build("INT"))


def _month_of(of: Expression) -> Expression:
    year, month = (exp.Extract(this=exp.var(unit), expression=of.copy()) for unit in ("YEAR", "MONTH"))
    months = sql.binary(exp.Add, sql.binary(exp.Mul, year, sql.literal(12)), month)
    return sql.as_integer(sql.binary(exp.Sub, months, sql.literal(1)))


def _shifted(of: Expression, amount: int, unit: str) -> Expression:
    moved = exp.DateAdd(this=of.copy(), expression=sql.literal(amount), unit=exp.var(unit))
    return exp.Cast(this=moved, to=sql.DATE.copy())


def _between(of: Expression, least: int, most: int) -> Expression:
    return sql.both(
        sql.binary(exp.GTE, of, sql.literal(least)),
        sql.binary(exp.LTE, of, sql.literal(most)),
    )


def _days_between(of: Expression, amount: int) -> Expression:
    """That a day so many days later is one."""
    try:
        if amount > 0:
            return sql.binary(exp.LTE, of, sql.literal(date.max - timedelta(amount)))
        return sql.binary(exp.GTE, of, sql.literal(date.min + timedelta(-amount)))
    except OverflowError:
        return exp.Is(this=of.copy(), expression=exp.null())  # of no day; null where the day is
