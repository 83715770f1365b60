"""Queries over lists and the rows of series: aggregates over a frame of items, one for each row of the frame they look at."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.arithmetic import furthest, guarded, summed
from fayan_compiler.targets.relational.facts import code_of, field_of, list_known, rows_of
from fayan_compiler.targets.relational.frames import Frame
from fayan_compiler.targets.relational.logic import opposite
from fayan_compiler.targets.relational.lower import Env, Lowering, Rows, lowers, strict
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import (
    ERRORS,
    NARROW,
    WIDEST,
    Value,
    constant,
    needed,
    null_of,
    of_bool,
    truth,
)
from fayan_runtime import ir
from fayan_runtime.names import COUNTED, ENTERPRISE

#: Items that a list of one enterprise may have.
MOST_ITEMS = 2**20
#: Terms with denominators of their own that a sum, or a smallest or largest, may have; with more the enterprise overflows.
MOST_RATIOS = 8
_CODES = 16
Gather = Callable[[Frame, Expression], exp.Column]


@lowers(ir.Lookup)
def _lookup(low: Lowering, expr: ir.Lookup, env: Env) -> Value:
    """The one row of the year; without a row, or without the field, the fact is not known."""
    year = low.kept(needed(low.value(expr.year, env)))
    order, fact = low.declared[ENTERPRISE, expr.list]
    rows = rows_of(low, low.frame_of(year), expr.list)
    number = [each.name for each in fact.fields].index(expr.field_name)
    of_year = field_of(low, rows, "年度")
    value = field_of(low, rows, expr.field_name)
    met = low.frames.keep(sql.equal(of_year.sql, year.sql))
    made = low.frames.gather(rows.frame, _most(value, sql.case((met, value.sql))), met)
    none = None
    if value.none is not None:
        none = low.frames.gather(rows.frame, exp.LogicalOr(this=sql.both(met, value.none)), met)
    lacking = sql.both(
        sql.missing(made), sql.there(year.sql), sql.TRUE if none is None else sql.negated(sql.holds(none))
    )
    lacks = low.frames.keep(sql.case((lacking, code_of(order, year.sql, number))))
    found = evolve(value, sql=made, none=none, lacks=lacks, unknown=True)
    found = low.kept(needed(found))
    result = strict([year, found], found.sql, found.kind)
    return evolve(result, scale=found.scale, bound=found.bound)


@lowers(ir.Query)
def _query(low: Lowering, expr: ir.Query, env: Env) -> Value:
    rows = _rows(low, expr, env)
    inner = env.bind(expr.var, rows)
    where = truth(True) if expr.where is None else low.kept(needed(low.value(expr.where, inner)))
    known = of_bool(sql.TRUE) if expr.list == COUNTED else list_known(low, expr.list)
    match expr.kind:
        case "some":
            return some(low, rows.frame, where, known)
        case "none":
            return opposite(some(low, rows.frame, where, known))
        case "every":
            return opposite(low.kept(some(low, rows.frame, low.kept(opposite(where)), known)))
    value = constant(1, ir.Type("number"))
    if expr.value is not None:
        value = low.kept(needed(low.value(expr.value, inner)))
        value = evolve(value, sql=sql.integer(value.sql))
    return _aggregate(low, expr, rows.frame, where, value, known)


def _rows(low: Lowering, expr: ir.Query, env: Env) -> Rows:
    if expr.list == COUNTED:
        assert env.counted is not None
        return env.counted
    return rows_of(low, low.innermost(expr, env), expr.list)


def some(low: Lowering, frame: Frame, where: Value, known: Value) -> Value:
    """Whether a condition holds for some item."""
    gather = _gathering(low, where)
    if where.const is False:
        return truth(False) if known.total else _open(known, sql.case((known.sql, sql.FALSE)), "bool")
    found = gather(frame, exp.LogicalOr(this=where.sql.copy()))
    if where.const is True:
        found = gather(frame, exp.GT(this=exp.Count(this=exp.Star()), expression=sql.literal(0)))
    if where.total and known.total:
        return of_bool(sql.holds(found))
    doubtful: Expression = sql.FALSE
    if not where.total:
        doubtful = gather(frame, exp.LogicalOr(this=sql.missing(where.sql)))
    open = sql.either(sql.negated(known.sql), sql.holds(doubtful))
    made = low.frames.keep(sql.case((found, sql.TRUE), (open, null_of(ir.Type("bool"))), default=sql.FALSE))
    error = None
    if where.error is not None:
        first = _first_error(low, frame, where.error, gather)
        wanting = sql.negated(known.sql)
        if where.unknown:
            wanting = sql.either(wanting, sql.holds(gather(frame, exp.LogicalOr(this=where.is_unknown))))
        error = low.frames.keep(sql.case((sql.both(sql.missing(made), sql.negated(wanting)), first)))
    lacks = [] if known.lacks is None else [known.lacks]
    if where.lacks is not None:
        lacks.append(gather(frame, sql.gathered_text(where.lacks)))
    told = sql.case((sql.missing(made), sql.together(*lacks))) if lacks else None
    return Value("bool", made, error=error, unknown=where.unknown or known.unknown, lacks=told)


def _aggregate(low: Lowering, expr: ir.Query, frame: Frame, where: Value, value: Value, known: Value) -> Value:
    """Over the items for which the condition holds; strict in the condition, and in the value where it holds."""
    gather, keep = _gathering(low, where), low.frames.keep
    holds = keep(sql.holds(where.sql))
    wanting = [sql.missing(where.sql)] if not where.total else []
    if not value.total:
        wanting.append(sql.both(holds, sql.missing(value.sql)))
    doubtful = gather(frame, exp.LogicalOr(this=sql.either(*wanting))) if wanting else sql.FALSE
    closed = keep(sql.both(known.sql, sql.negated(sql.holds(doubtful)))) if wanting else known.sql
    errors = [(sql.TRUE if each is where else holds, each.error) for each in (where, value) if each.error is not None]
    error = None
    if errors:
        error = keep(
            sql.case((known.sql, _first_error(low, frame, sql.coalesce(*(sql.case(each) for each in errors)), gather)))
        )
    lacks = [] if known.lacks is None else [known.lacks]
    lacking = [
        sql.case((sql.TRUE if each is where else holds, each.lacks))
        for each in (where, value)
        if each.lacks is not None
    ]
    if lacking:
        lacks.append(gather(frame, sql.gathered_text(sql.coalesce(*lacking))))
    told: Expression | None = sql.together(*lacks) if lacks else None
    if told is not None and error is not None:
        told = sql.case((sql.missing(error), told))
    unknown = known.unknown or where.unknown or value.unknown
    base = Value(expr.type.kind, sql.TRUE, error=error, unknown=unknown, lacks=told)
    taken = value.sql
    if not sql.is_true(holds):
        taken = null_of(expr.type) if sql.is_false(holds) else keep(sql.case((holds, value.sql)))
    count = gather(frame, exp.Count(this=sql.case((holds, sql.literal(1)))))
    none_at_all = sql.equal(sql.coalesce(count, sql.literal(0)), sql.literal(0))
    match expr.kind:
        case "count":
            made = sql.case((closed, sql.coalesce(count, sql.literal(0))))
            return evolve(base, sql=made, bound=MOST_ITEMS)
        case "sum":
            total = _sum(low, frame, value, taken, gather)
            made = sql.case((closed, sql.coalesce(total.sql, sql.literal(0))))
            return _as(base, total, made)
        case "the":
            one = sql.equal(sql.coalesce(count, sql.literal(0)), sql.literal(1))
            several = sql.case((sql.both(closed, sql.negated(one)), sql.literal(ERRORS.index("not-one"))))
            error = several if error is None else sql.coalesce(error, several)
            made = sql.case((sql.both(closed, one), gather(frame, _most(value, taken))))
            found = evolve(base, sql=made, error=keep(error))
            if value.over is not None:
                over = gather(frame, exp.Max(this=sql.case((holds, value.over))))
                return evolve(found, over=over, over_bound=value.over_bound, scale=value.scale, bound=value.bound)
            return evolve(found, scale=value.scale, bound=value.bound)
        case _:
            none = keep(sql.case((closed, none_at_all)))
            largest = expr.kind == "max"
            if value.over is not None:
                best = _furthest(low, frame, value, taken, largest, gather)
                return evolve(_as(base, best, sql.case((closed, best.sql))), none=none)
            node = exp.Max if largest else exp.Min
            made = sql.case((closed, gather(frame, node(this=taken.copy()))))
            return evolve(base, sql=made, none=none, scale=value.scale, bound=value.bound)


def _as(base: Value, number: Value, made: Expression) -> Value:
    """``made`` as a number with the scale of another."""
    return evolve(
        base, sql=made, scale=number.scale, bound=number.bound, over=number.over, over_bound=number.over_bound
    )


def _open(known: Value, made: Expression, kind: str) -> Value:
    return Value(kind, made, unknown=known.unknown, lacks=known.lacks)


def _most(value: Value, expr: Expression) -> Expression:
    """The only one there is."""
    return exp.LogicalOr(this=expr.copy()) if value.kind == "bool" else exp.Max(this=expr.copy())


def _gathering(low: Lowering, where: Value) -> Gather:
    """How to gather what depends on nothing but the items for which a condition is not false."""
    counting = where.sql if where.total else low.frames.keep(sql.coalesce(where.sql, sql.TRUE))
    return lambda frame, aggregate: low.frames.gather(frame, aggregate, counting)


def _first_error(low: Lowering, frame: Frame, error: Expression, gather: Gather) -> Expression:
    """The error of the first item that has one."""
    position = low.frames.position(frame)
    numbered = sql.binary(exp.Add, sql.binary(exp.Mul, position, sql.literal(_CODES)), error)
    first = gather(frame, exp.Min(this=numbered))
    return exp.Mod(this=first, expression=sql.literal(_CODES))


# ---------------------------------------------------------------- sums


def _sum(low: Lowering, frame: Frame, value: Value, taken: Expression, gather: Gather) -> Value:
    if value.over is not None:
        terms = _ratios(low, frame, value, taken, gather)
        zero = [evolve(each, sql=low.frames.keep(sql.coalesce(each.sql, sql.literal(0)))) for each in terms]
        return summed(low, zero, (1,) * len(zero))
    bound = value.bound * MOST_ITEMS
    if bound > WIDEST:
        room = sql.binary(exp.LTE, exp.Abs(this=taken.copy()), sql.literal(WIDEST // MOST_ITEMS))
        taken, _ = guarded(low, [low.frames.keep(taken)], room, taken)
        bound = WIDEST
    wide = sql.WIDE if bound > NARROW else sql.INTEGER
    narrow = (
        value.bound <= NARROW < bound
    )  # of 64 bits each, but not together: a dialect that adds in 64 bits widens them
    total = gather(frame, exp.Sum(this=sql.as_integer(taken) if narrow else taken.copy()))
    return evolve(value, sql=low.frames.keep(exp.Cast(this=total, to=wide.copy())), bound=bound, over=None)


def _ratios(low: Lowering, frame: Frame, value: Value, taken: Expression, gather: Gather) -> list[Value]:
    """The terms that are there as values of their own, null where there are fewer."""
    assert value.over is not None and frame.parent is not None
    keep = low.frames.keep
    ids = [exp.column(id) for id in frame.parent.ids]
    order = exp.Order(expressions=[exp.Ordered(this=low.frames.position(frame))])
    there = sql.case((sql.there(taken), sql.literal(1)))
    # The window looks at all rows of the frame, so the column must not be put into another window or aggregate.
    rank = keep(exp.Window(this=exp.Count(this=there), partition_by=ids, order=order), frame)
    found = []
    for number in range(1, MOST_RATIOS + 1):
        this = sql.both(sql.there(taken), sql.equal(rank, sql.literal(number)))
        made = gather(frame, exp.Max(this=sql.case((this, taken))))
        over = keep(sql.coalesce(gather(frame, exp.Max(this=sql.case((this, value.over)))), sql.literal(1)))
        found.append(evolve(value, sql=made, over=over))
    most = gather(frame, exp.Count(this=there.copy()))
    low.overflow.append(keep(sql.holds(sql.binary(exp.GT, most, sql.literal(MOST_RATIOS)))))
    return found


def _furthest(low: Lowering, frame: Frame, value: Value, taken: Expression, largest: bool, gather: Gather) -> Value:
    terms = _ratios(low, frame, value, taken, gather)
    best = terms[0]
    for term in terms[1:]:
        further = furthest(low, [best, term], largest)
        made = low.frames.keep(sql.case((sql.missing(term.sql), best.sql), default=further.sql))
        below = low.frames.keep(sql.case((sql.missing(term.sql), best.over), default=further.over))  # type: ignore[arg-type]
        best = evolve(further, sql=made, over=below)
    return best
