"""Strong Kleene logic, comparisons, and what is asked of members and of what may not exist."""

from __future__ import annotations

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import arithmetic, sql
from fayan_compiler.targets.relational.lower import Env, Lowering, lowers, strict
from fayan_compiler.targets.relational.values import VARIES, Value, needed, of_bool, truth
from fayan_runtime import ir
from fayan_runtime.interpreter import COMPARE

NODES: dict[str, type[exp.Binary]] = {
    ">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE, "==": exp.EQ, "!=": exp.NEQ,
}  # fmt: skip


@lowers(ir.Not)
def _not(low: Lowering, expr: ir.Not, env: Env) -> Value:
    return opposite(needed(low.value(expr.arg, env)))


def opposite(arg: Value) -> Value:
    const = VARIES if arg.const is VARIES else not arg.const
    if_none = None if arg.if_none is None else (arg.if_none[0], not arg.if_none[1])
    return evolve(arg, sql=sql.negated(arg.sql), const=const, if_none=if_none)


@lowers(ir.And, ir.Or)
def _logic(low: Lowering, expr: ir.And | ir.Or, env: Env) -> Value:
    return kleene(low, low.values(expr.args, env), isinstance(expr, ir.Or))


def kleene(low: Lowering, operands: list[Value], absorbing: bool) -> Value:
    """An absorbing operand decides; else unknown; else the first error; else the neutral element."""
    args = [low.kept(needed(each)) for each in operands]
    if any(each.const is absorbing for each in args):
        return truth(absorbing)
    args = [each for each in args if each.const is not (not absorbing)]
    if len(args) < 2:
        return args[0] if args else truth(not absorbing)
    args = _without_idle_errors(args, absorbing)
    made = low.frames.keep((sql.either if absorbing else sql.both)(*(each.sql for each in args)))
    errors = [each.error for each in args if each.error is not None]
    unknown = any(each.unknown for each in args)
    error = None
    if errors:
        wanting = sql.either(*(each.is_unknown for each in args))
        error = low.frames.keep(
            sql.case((sql.both(sql.missing(made), sql.negated(wanting)), sql.coalesce(*errors))), seldom=True
        )
    lacks = [each.lacks for each in args if each.lacks is not None]
    wanted = sql.case((sql.missing(made), sql.together(*lacks))) if lacks else None
    blames = [each.blame for each in args if each.error is not None]
    known = [each for each in blames if each is not None]
    blame = frozenset[str]().union(*known) if len(known) == len(blames) else None
    return Value("bool", made, error=error, unknown=unknown, lacks=wanted, blame=blame)


def _without_idle_errors(args: list[Value], absorbing: bool) -> list[Value]:
    """``未有 X 或 …X…``: where X does not exist, which is the only error there can be, another operand decides."""
    deciding = {each.if_none[0] for each in args if each.if_none is not None and each.if_none[1] is absorbing}
    return [
        evolve(each, error=None, blame=None) if each.blame is not None and each.blame <= deciding else each
        for each in args
    ]


@lowers(ir.Compare)
def _compare(low: Lowering, expr: ir.Compare, env: Env) -> Value:
    left, right = (low.kept(needed(low.value(each, env))) for each in (expr.left, expr.right))
    if left.const is not VARIES and right.const is not VARIES:
        return truth(COMPARE[expr.op](left.const, right.const))
    return strict([left, right], compared(low, expr.op, left, right), "bool")


def compared(low: Lowering, op: str, left: Value, right: Value) -> sql.Expression:
    """Null where one of them is."""
    if left.kind == "number":
        left, right = arithmetic.over_the_same(low, left, right)
    return sql.binary(NODES[op], left.sql, right.sql)


def alike(low: Lowering, one: Value, other: Value) -> sql.Expression:
    """Whether both are known and the same, or known not to exist; never null."""
    if one.const is not VARIES and other.const is not VARIES:
        return sql.literal(bool(one.const == other.const))
    same = sql.holds(compared(low, "==", one, other))
    if one.none is None or other.none is None:
        return same
    return sql.either(same, sql.holds(sql.both(one.none, other.none)))


@lowers(ir.OneOf)
def _one_of(low: Lowering, expr: ir.OneOf, env: Env) -> Value:
    arg = low.kept(needed(low.value(expr.arg, env)))
    if arg.const is not VARIES:
        return truth(arg.const in expr.members)
    return strict([arg], sql.one_of(arg.sql, [sql.literal(each) for each in expr.members]), "bool")


@lowers(ir.Contains)
def _contains(low: Lowering, expr: ir.Contains, env: Env) -> Value:
    arg = low.kept(needed(low.value(expr.arg, env)))
    if arg.const is not VARIES:
        return truth((all if expr.every else any)(each in arg.const for each in expr.members))
    tests = [_holds(arg.sql, sql.literal(each)) for each in expr.members]
    return strict([arg], (sql.both if expr.every else sql.either)(*tests), "bool")


@lowers(ir.HasYear)
def _has_year(low: Lowering, expr: ir.HasYear, env: Env) -> Value:
    held, year = (low.kept(needed(low.value(each, env))) for each in (expr.arg, expr.year))
    if held.const is not VARIES and year.const is not VARIES:
        return truth(year.const in held.const)
    found = sql.case((sql.both(sql.there(held.sql), sql.there(year.sql)), _holds(held.sql, year.sql)))
    return strict([held, year], found, "bool")


def _holds(held: sql.Expression, member: sql.Expression) -> sql.Expression:
    return exp.Anonymous(this="ARRAY_CONTAINS", expressions=[held.copy(), member.copy()])


@lowers(ir.IsNone)
def _is_none(low: Lowering, expr: ir.IsNone, env: Env) -> Value:
    arg = low.value(expr.arg, env)
    if arg.const is not VARIES:
        return truth(arg.const is None)
    if arg.none is None:
        found = sql.case((sql.there(arg.sql), sql.FALSE)) if not arg.total else sql.FALSE
    elif arg.unknown or arg.error is not None:
        found = sql.case((arg.none, sql.TRUE), (sql.there(arg.sql), sql.FALSE))
    else:
        found = sql.missing(arg.sql)
    if arg.total:
        return of_bool(found)
    if_none = (arg.none.name, True) if isinstance(arg.none, exp.Column) else None
    return Value("bool", found, error=arg.error, unknown=arg.unknown, lacks=arg.lacks, if_none=if_none)
