"""Exact numbers: integers times a fraction that is known when the plan is made, over an integer where something was divided by.

Ratios are compared by multiplying crosswise. Where the bounds tell that 128 bits may not do, the operation is guarded: it gives null
instead, and the enterprise is told to overflow, whatever becomes of the value.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.lower import Env, Lowering, lowers, strict
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import ERRORS, NARROW, VARIES, WIDEST, Value, constant, needed
from fayan_runtime import ir
from fayan_runtime.values import round_to

#: An integer in SQL and the most it can come to.
Bounded = tuple[Expression, int]
ONE: Bounded = (sql.literal(1), 1)
DIVISION_BY_ZERO = ERRORS.index("division-by-zero")
MONEY = Fraction(1, 100)


# ---------------------------------------------------------------- integers


def fits(one: Bounded, most: int) -> Expression:
    """The integer as a column wide enough for a result of ``most``."""
    expr, bound = one
    if most <= NARROW or bound > NARROW or isinstance(expr, exp.Null):
        return expr
    return exp.Cast(this=expr.copy(), to=sql.WIDE.copy())


def whole(expr: Expression) -> int | None:
    """The integer that a literal is."""
    if isinstance(expr, exp.Neg):
        inner = whole(expr.this)
        return None if inner is None else -inner
    return int(expr.this) if isinstance(expr, exp.Literal) else None


def times(low: Lowering, one: Bounded, other: Bounded) -> Bounded:
    x, y = whole(one[0]), whole(other[0])
    if x == 1 or y == 1:
        return other if x == 1 else one
    if x is not None and y is not None and abs(x * y) <= WIDEST:
        return sql.literal(x * y), abs(x * y)
    most = one[1] * other[1]
    if most <= WIDEST:
        return low.frames.keep(sql.binary(exp.Mul, fits(one, most), fits(other, most))), most
    a, b = low.frames.keep(fits(one, most)), low.frames.keep(fits(other, most))
    size = exp.Greatest(this=exp.Abs(this=b.copy()), expressions=[sql.literal(1)], ignore_nulls=True)
    room = sql.binary(exp.LTE, exp.Abs(this=a.copy()), exp.IntDiv(this=sql.literal(WIDEST), expression=size))
    return guarded(low, [a, b], room, sql.binary(exp.Mul, a, b))


def plus(low: Lowering, one: Bounded, other: Bounded, sign: int = 1) -> Bounded:
    if isinstance(one[0], exp.Literal) and one[1] == 0 and sign > 0:
        return other
    if isinstance(other[0], exp.Literal) and other[1] == 0:
        return one
    x, y = whole(one[0]), whole(other[0])
    if x is not None and y is not None:
        return sql.literal(x + sign * y), abs(x + sign * y)
    most = one[1] + other[1]
    node = exp.Add if sign > 0 else exp.Sub
    if most <= WIDEST:
        return low.frames.keep(sql.binary(node, fits(one, most), fits(other, most))), most
    a, b = low.frames.keep(fits(one, most)), low.frames.keep(fits(other, most))
    half = sql.literal(WIDEST // 2)
    room = sql.both(
        sql.binary(exp.LTE, exp.Abs(this=a.copy()), half), sql.binary(exp.LTE, exp.Abs(this=b.copy()), half)
    )
    return guarded(low, [a, b], room, sql.binary(node, a, b))


def guarded(low: Lowering, operands: list[Expression], room: Expression, made: Expression) -> Bounded:
    """Null where there is no room, and the enterprise is told to overflow."""
    there = sql.both(*(sql.there(each) for each in operands))
    found = low.frames.keep(sql.case((sql.both(there, room), made)))
    low.overflow.append(low.frames.keep(sql.both(there, sql.missing(found))))
    return found, WIDEST


def number(low: Lowering, value: Value) -> Bounded:
    return value.sql, value.bound


def over(value: Value) -> Bounded:
    return ONE if value.over is None else (value.over, value.over_bound)


def scaled(low: Lowering, value: Value, scale: Fraction) -> Value:
    """The same number with a scale that goes into its own without rest."""
    factor = value.scale / scale
    assert factor.denominator == 1
    made, bound = times(low, (value.sql, value.bound), (sql.literal(factor.numerator), factor.numerator))
    return evolve(value, sql=made, bound=bound, scale=scale)


def common_scale(values: list[Value]) -> Fraction:
    scales = [each.scale for each in values]
    return Fraction(gcd(*(each.numerator for each in scales)), lcm(*(each.denominator for each in scales)))


def aligned(low: Lowering, values: list[Value]) -> list[Value]:
    """The same numbers with one scale, and all with or all without something they are over."""
    scale = common_scale(values)
    found = [scaled(low, each, scale) for each in values]
    if all(each.over is None for each in found):
        return found
    return [each if each.over is not None else evolve(each, over=sql.literal(1)) for each in found]


def over_the_same(low: Lowering, left: Value, right: Value) -> tuple[Value, Value]:
    """Two numbers as integers that compare as they do."""
    scale = common_scale([left, right])
    left, right = scaled(low, left, scale), scaled(low, right, scale)
    if same_over(left, right):
        return evolve(left, over=None), evolve(right, over=None)
    one, other = times(low, number(low, left), over(right)), times(low, number(low, right), over(left))
    return evolve(left, sql=one[0], bound=one[1], over=None), evolve(right, sql=other[0], bound=other[1], over=None)


def same_over(left: Value, right: Value) -> bool:
    return left.over is right.over or (
        left.over is not None and right.over is not None and left.over.sql() == right.over.sql()
    )


# ---------------------------------------------------------------- sums and products


@lowers(ir.Add)
def _add(low: Lowering, expr: ir.Add, env: Env) -> Value:
    terms = [low.kept(needed(each)) for each in low.values(expr.args, env)]
    if all(each.const is not VARIES for each in terms):
        return constant(sum(s * Fraction(each.const) for s, each in zip(expr.signs, terms, strict=True)), expr.type)
    return strict_number(terms, summed(low, terms, expr.signs))


def summed(low: Lowering, terms: list[Value], signs: tuple[int, ...]) -> Value:
    """What the terms, all known, come to."""
    found: Value | None = None
    for term, sign in zip(terms, signs, strict=True):
        if found is None:
            found = term if sign > 0 else _minus(low, term)
            continue
        scale = common_scale([found, term])
        one, other = scaled(low, found, scale), scaled(low, term, scale)
        if same_over(one, other):
            total = plus(low, number(low, one), number(low, other), sign)
            found = evolve(one, sql=total[0], bound=total[1], const=VARIES)
            continue
        a, b = times(low, number(low, one), over(other)), times(low, number(low, other), over(one))
        total, below = plus(low, a, b, sign), times(low, over(one), over(other))
        found = evolve(one, sql=total[0], bound=total[1], over=below[0], over_bound=below[1], const=VARIES)
    assert found is not None
    return found


def _minus(low: Lowering, value: Value) -> Value:
    if value.const is not VARIES:
        return constant(-value.const, ir.Type("number"))
    return evolve(value, sql=low.frames.keep(exp.Neg(this=value.sql.copy())))


def strict_number(operands: list[Value], made: Value, error: Expression | None = None) -> Value:
    found = strict(operands, made.sql, "number", error)
    return evolve(found, scale=made.scale, over=made.over, bound=made.bound, over_bound=made.over_bound)


@lowers(ir.Mul)
def _mul(low: Lowering, expr: ir.Mul, env: Env) -> Value:
    value = constant(1, expr.type)
    for inverse, arg in zip(expr.inverse, expr.args, strict=True):
        factor = low.kept(needed(low.value(arg, env)))
        value = low.kept((divided if inverse else multiplied)(low, value, factor))
    return value


def multiplied(low: Lowering, one: Value, other: Value) -> Value:
    if one.const is not VARIES and other.const is not VARIES:
        return constant(Fraction(one.const) * other.const, ir.Type("number"))
    for value, factor in ((one, other), (other, one)):
        if factor.const is not VARIES and factor.const > 0:
            return evolve(value, scale=value.scale * Fraction(factor.const), const=VARIES)
    above = times(low, number(low, one), number(low, other))
    below = times(low, over(one), over(other))
    made = ratio(above, below, one.scale * other.scale)
    return strict_number([one, other], made)


def divided(low: Lowering, one: Value, other: Value) -> Value:
    """Division by zero, of anything but an error, is an error."""
    if other.const is not VARIES and other.const != 0:
        return multiplied(low, one, constant(1 / Fraction(other.const), ir.Type("number")))
    divisor = other.sql
    signed = times(low, number(low, one), over(other))
    negative = sql.binary(exp.LT, divisor, sql.literal(0))
    above = sql.case(
        (sql.binary(exp.GT, divisor, sql.literal(0)), signed[0]), (negative, exp.Neg(this=signed[0].copy()))
    )
    size = low.frames.keep(exp.Nullif(this=exp.Abs(this=divisor.copy()), expression=sql.literal(0)))
    below = times(low, over(one), (size, other.bound))
    zero = sql.case((sql.equal(divisor, sql.literal(0)), sql.literal(DIVISION_BY_ZERO)))
    made = ratio((low.frames.keep(above), signed[1]), below, one.scale / other.scale)
    return strict_number([one, other], made, zero)


def ratio(above: Bounded, below: Bounded, scale: Fraction) -> Value:
    plain = isinstance(below[0], exp.Literal) and below[1] == 1
    over = None if plain else below[0]
    return Value("number", above[0], scale=scale, bound=above[1], over=over, over_bound=below[1])


# ---------------------------------------------------------------- the smaller, the larger, rounding


@lowers(ir.Extreme)
def _extreme(low: Lowering, expr: ir.Extreme, env: Env) -> Value:
    args = [low.kept(needed(low.value(each, env))) for each in expr.args]
    if all(each.const is not VARIES for each in args):
        return constant((max if expr.largest else min)(each.const for each in args), expr.type)
    if expr.type.kind == "number":
        return strict_number(args, furthest(low, args, expr.largest))
    best = args[0].sql
    for arg in args[1:]:
        node, other = (exp.GTE, exp.LT) if expr.largest else (exp.LTE, exp.GT)
        tests = (sql.binary(node, best, arg.sql), best), (sql.binary(other, best, arg.sql), arg.sql)
        best = low.frames.keep(sql.case(*tests))
    return strict(args, best, expr.type.kind)


def furthest(low: Lowering, values: list[Value], largest: bool) -> Value:
    """The largest or smallest of numbers; null where one of them is."""
    values = aligned(low, values)
    best = values[0]
    for value in values[1:]:
        one, other = over_the_same(low, best, value)
        node, opposite = (exp.GTE, exp.LT) if largest else (exp.LTE, exp.GT)
        stays = low.frames.keep(sql.binary(node, one.sql, other.sql))
        changes = low.frames.keep(sql.binary(opposite, one.sql, other.sql))
        made = low.frames.keep(sql.case((stays, best.sql), (changes, value.sql)))
        below = None
        if best.over is not None and value.over is not None:
            below = low.frames.keep(sql.case((stays, best.over), (changes, value.over)))
        bound, below_bound = max(best.bound, value.bound), max(best.over_bound, value.over_bound)
        best = evolve(best, sql=made, over=below, bound=bound, over_bound=below_bound, const=VARIES)
    return best


@lowers(ir.Round)
def _round(low: Lowering, expr: ir.Round, env: Env) -> Value:
    arg = low.kept(needed(low.value(expr.arg, env)))
    if arg.const is not VARIES:
        return constant(round_to(arg.const, expr.step, expr.way), expr.type)
    return strict_number([arg], rounded(low, arg, Fraction(expr.step), expr.way))


def rounded(low: Lowering, value: Value, step: Fraction, way: str) -> Value:
    """The number as a multiple of ``step``, which is its scale then; null where the number is."""
    if value.const is not VARIES:
        number_of_steps = int(Fraction(round_to(value.const, step, way)) / step)
        made = constant(number_of_steps, ir.Type("number"))
        return evolve(made, scale=step, const=number_of_steps * step)
    factor = value.scale / step
    if factor.denominator == 1 and value.over is None:
        return scaled(low, value, step)
    above = times(low, number(low, value), (sql.literal(factor.numerator), factor.numerator))
    below = times(low, over(value), (sql.literal(factor.denominator), factor.denominator))
    if way == "half":
        above, below = times(low, above, (sql.literal(2), 2)), below
        above = plus(low, (low.frames.keep(exp.Abs(this=above[0].copy())), above[1]), below)
        below = times(low, below, (sql.literal(2), 2))
    a, b = low.frames.keep(above[0]), low.frames.keep(below[0])
    ready = sql.both(sql.there(a), sql.there(b))
    down = exp.IntDiv(this=a.copy(), expression=b.copy())
    rest = sql.binary(exp.NEQ, exp.Mod(this=a.copy(), expression=b.copy()), sql.literal(0))
    positive, negative = sql.binary(exp.GT, a, sql.literal(0)), sql.binary(exp.LT, a, sql.literal(0))
    negative_number = sql.binary(exp.LT, value.sql, sql.literal(0))
    steps: Expression
    match way:
        case "half":
            steps = sql.case((sql.both(ready, negative_number), exp.Neg(this=down.copy())), (ready, down))
        case "down":
            less = sql.binary(exp.Sub, down, sql.literal(1))
            steps = sql.case((sql.both(ready, negative, rest), less), (ready, down))
        case _:
            more = sql.binary(exp.Add, down, sql.literal(1))
            steps = sql.case((sql.both(ready, positive, rest), more), (ready, down))
    return evolve(
        value, sql=low.frames.keep(steps), scale=step, over=None, bound=above[1] + 1, over_bound=1, const=VARIES
    )
