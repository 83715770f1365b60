"""``Match`` and ``Cases``: the arm taken; where it is not known which, what all that could be taken have in common."""

from __future__ import annotations

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import arithmetic, items, sql
from fayan_compiler.targets.relational.logic import alike
from fayan_compiler.targets.relational.lower import Env, Lowering, lowers
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import VARIES, Value, all_years, needed, null_of, truth
from fayan_runtime import ir

Arm = tuple[Expression, Value]


@lowers(ir.Match)
def _match(low: Lowering, expr: ir.Match, env: Env) -> Value:
    subject = low.kept(needed(low.value(expr.subject, env)))
    if subject.const is not VARIES:
        return low.value(next(value for members, value in expr.arms if subject.const in members), env)
    values = [low.value(value, env) for _, value in expr.arms]
    if all(each.const is not VARIES and each.const == values[0].const for each in values) and subject.error is None:
        return values[0]
    if len(values) == 1:  # whatever the member is
        right = evolve(subject, unknown=False, lacks=None)
        return pick(low, expr.type, [(subject.no_error, values[0])], right, values)
    tests = [sql.one_of(subject.sql, [sql.literal(each) for each in members]) for members, _ in expr.arms]
    return pick(low, expr.type, list(zip(tests, values, strict=True)), subject, values)


@lowers(ir.Cases)
def _cases(low: Lowering, expr: ir.Cases, env: Env) -> Value:
    whens: list[Value] = []
    values: list[Value] = []
    for condition, then in (*expr.whens, (None, expr.otherwise)):
        when = truth(True) if condition is None else low.kept(needed(low.value(condition, env)))
        if when.const is not False:
            whens.append(when)
            values.append(low.value(then, env))
        if when.const is True:
            break
    found = values.pop()
    arms = list(zip(whens, values, strict=False))
    while arms:  # nested choices, from the last back
        among: list[tuple[Value, Value]] = []
        while arms and arms[-1][0].error is None and arms[-1][1].const not in (VARIES, None) and found.over is None:
            among.insert(0, arms.pop())
        if among:
            found = low.kept(_among_constants(low, expr.type, among, found))
        else:
            when, arm = arms.pop()
            either = [(when.sql, arm), (sql.negated(when.sql), found)]
            found = low.kept(pick(low, expr.type, either, when, [arm, found]))
    return found


def _among_constants(low: Lowering, type: ir.Type, arms: list[tuple[Value, Value]], rest: Value) -> Value:
    """The constant of the first condition that holds, else the rest, as nested choices give it: however long a decision table is.

    It is what is taken where every condition passed on the way that is not known would give the same; else, from the first to the last
    that would not, they are what is lacking.
    """
    whens, values = [when for when, _ in arms], [*(value for _, value in arms), rest]
    if type.kind == "number":
        values = arithmetic.aligned(low, values)
        rest = values[-1]
    several = list(zip(whens, values, map(sql.literal, range(1, len(values))), strict=False))
    end, zero = sql.literal(len(values)), sql.literal(0)

    def choice(arms: list[tuple[Expression, Expression]], default: Expression) -> Expression:
        return low.frames.keep(sql.case(*arms, default=default))

    taken = choice([(when.sql, sql.integer(value.sql)) for when, value, _ in several], sql.integer(rest.sql))
    certain = choice([(when.sql, place) for when, _, place in several], end)
    first = choice([(_perhaps(when), place) for when, _, place in several], end)
    differing = [
        (sql.both(sql.missing(when.sql), sql.binary(exp.LT, place, certain), sql.negated(sql.holds(sql.equal(taken, value.sql)))), place)
        for when, value, place in reversed(several)
        if when.unknown
    ]  # fmt: skip
    last = choice([(sql.equal(first, certain), zero), *differing], zero)
    agreed, of_rest = sql.equal(last, zero), sql.equal(certain, end)
    lacks = [
        sql.case((sql.binary(exp.LTE, place, last), when.lacks)) for when, _, place in several if when.lacks is not None
    ]
    lacks += [] if rest.lacks is None else [sql.case((of_rest, rest.lacks))]
    told = None
    if lacks:
        joined = exp.Anonymous(this="CONCAT_WS", expressions=[sql.literal(items.SEPARATOR), *lacks])
        open = sql.there(last), exp.Nullif(this=joined, expression=sql.literal(""))
        told = sql.case((agreed, _where(of_rest, rest.lacks) or sql.null(sql.TEXT)), open)
    at_rest = sql.both(agreed, of_rest)
    return evolve(
        rest, sql=sql.case((agreed, taken)), const=VARIES, bound=max(each.bound for each in values), lacks=told, years=all_years(values),
        unknown=rest.unknown or bool(differing), error=_where(at_rest, rest.error), none=_where(at_rest, rest.none),
    )  # fmt: skip


def _where(condition: Expression, of: Expression | None) -> Expression | None:
    return None if of is None else sql.case((condition, of))


def _perhaps(when: Value) -> Expression:
    """Whether a condition without errors is not known to be false."""
    return sql.coalesce(when.sql, sql.TRUE) if when.unknown else when.sql


def pick(low: Lowering, type: ir.Type, arms: list[Arm], choice: Value, values: list[Value]) -> Value:
    """The value of the arm whose test is true; where ``choice`` is not known, the one that all ``values`` are, or the first of their errors."""
    if len(values) > 1 and type.kind == "number":
        values = arithmetic.aligned(low, values)
        arms = [(test, value) for (test, _), value in zip(arms, values, strict=True)]
    first = values[0]
    agreed: Expression = sql.FALSE
    if choice.unknown:
        agreed = sql.both(*(alike(low, first, other) for other in values[1:]))
        if all(each.error is not None for each in values):
            agreed = sql.either(agreed, sql.both(*(sql.there(each.error) for each in values if each.error is not None)))
        agreed = low.frames.keep(sql.both(choice.is_unknown, agreed))
    tests = [*arms, (agreed, first)]

    def part(of: str) -> Expression | None:
        found = [(test, getattr(value, of)) for test, value in tests]
        return (
            sql.case(*((test, value) for test, value in found if value is not None))
            if any(v is not None for _, v in found)
            else None
        )

    made = sql.case(*((test, sql.integer(value.sql)) for test, value in tests))
    lacks = part("lacks")
    if choice.lacks is not None or (choice.unknown and lacks is not None):
        parts = [each.lacks for each in (choice, *values) if each.lacks is not None]
        told = [(test, value.lacks) for test, value in arms if value.lacks is not None]
        open = sql.both(choice.is_unknown, sql.negated(agreed))
        lacks = sql.case(*told, (open, sql.together(*parts)))
    error, none = part("error"), part("none")
    if choice.error is not None:
        error = choice.error if error is None else sql.coalesce(choice.error, error)
    unknown = choice.unknown or any(each.unknown for each in values)
    over = part("over")
    if over is not None:
        over = sql.case(*((test, value.over or sql.literal(1)) for test, value in tests))
    found = evolve(
        first, const=VARIES, sql=made, error=error, none=none, unknown=unknown, lacks=lacks, over=over, years=all_years(values)
    )  # fmt: skip
    if type.kind == "number":
        found = evolve(found, bound=max(v.bound for v in values), over_bound=max(v.over_bound for v in values))
    return evolve(found, sql=null_of(type)) if made.key == "null" else found
