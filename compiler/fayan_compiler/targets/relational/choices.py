"""``Match`` and ``Cases``: the arm taken; where it is not known which, what all that could be taken have in common."""

from __future__ import annotations

from attrs import evolve

from fayan_compiler.targets.relational import arithmetic, sql
from fayan_compiler.targets.relational.logic import alike
from fayan_compiler.targets.relational.lower import Env, Lowering, lowers
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import VARIES, Value, needed, null_of
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
    """Nested choices, from the last back."""
    found = low.value(expr.otherwise, env)
    for condition, then in reversed(expr.whens):
        when = low.kept(needed(low.value(condition, env)))
        if when.const is False:
            continue
        arm = low.value(then, env)
        if when.const is True:
            found = arm
            continue
        arms = [(when.sql, arm), (sql.negated(when.sql), found)]
        found = low.kept(pick(low, expr.type, arms, when, [arm, found]))
    return found


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
    found = evolve(first, const=VARIES, sql=made, error=error, none=none, unknown=unknown, lacks=lacks, over=over)
    if type.kind == "number":
        found = evolve(found, bound=max(v.bound for v in values), over_bound=max(v.over_bound for v in values))
    return evolve(found, sql=null_of(type)) if made.key == "null" else found
