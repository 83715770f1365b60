"""Awards: what could become an item, what its conditions and its amount come to, and its row in the relation of items."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.arithmetic import MONEY, rounded
from fayan_compiler.targets.relational.choices import pick
from fayan_compiler.targets.relational.facts import field_of, list_known, rows_of
from fayan_compiler.targets.relational.frames import Frame
from fayan_compiler.targets.relational.items import (
    DENIED,
    ERROR,
    GRANTED,
    MOST,
    NO_BOUND,
    NOT_IN_FORCE,
    UNKNOWN,
    key_of,
    lack_of,
)
from fayan_compiler.targets.relational.logic import kleene
from fayan_compiler.targets.relational.lower import Env, Lowering, Rows
from fayan_compiler.targets.relational.reasons import words
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import ERRORS, Value, all_years, needed, truth
from fayan_runtime import ir
from fayan_runtime.names import OWN
from fayan_runtime.reference import conditions_of
from fayan_runtime.values import no_amount

NEGATIVE, TOO_LARGE = ERRORS.index("negative-amount"), ERRORS.index("amount-too-large")


@frozen(eq=False)
class Source:
    """Some rows of the relation of items: those of ``frame`` for which ``exists``; column → expression over columns of the plan."""

    provision: int
    frame: Frame
    exists: Expression
    columns: dict[str, Expression]
    words: tuple[Expression, ...] = ()


def sources(low: Lowering, number: int, keys: tuple[str, ...]) -> Iterator[Source]:
    """The rows that an award brings."""
    provision = low.program.provisions[number]
    root = low.frames.root
    day: Value | None
    if provision.stages:
        yield from _of_stages(low, number, provision.stages, keys)
        return
    assert provision.amount is not None
    if not provision.each:
        day = None if provision.on is None else low.value(provision.on, Env())
        yield _source(low, number, root, Env(), day, sql.literal(0), provision.amount, None, keys)
        return
    rows = rows_of(low, root, provision.each)
    env = Env().bind(OWN, rows)
    day = None if provision.on is None else low.value(provision.on, env)
    yield _source(low, number, rows.frame, env, day, low.frames.position(rows.frame), provision.amount, rows, keys)
    yield _whole(low, number, provision.each, keys)


def _of_stages(low: Lowering, number: int, stages: tuple[ir.Stage, ...], keys: tuple[str, ...]) -> Iterator[Source]:
    """The stages as rows, so that what is asked of their days is asked once; few enterprises have reached any."""
    days = [(at, low.kept(low.value(each.on, Env()))) for at, each in enumerate(stages)]
    days = [(at, day) for at, day in days if day.const is not None] or days[:1]
    frames = low.frames
    there = [frames.keep(sql.TRUE if day.none is None else sql.negated(sql.holds(day.none))) for _, day in days]
    frame = frames.unfold(frames.root, there)

    def unfolded(parts: list[Expression | None], null: Expression) -> Expression | None:
        return None if all(part is None for part in parts) else frames.unfolded(frame, [part or null for part in parts])

    of = [day for _, day in days]
    when = unfolded([day.sql for day in of], sql.null(sql.DATE))
    assert when is not None
    day = Value(
        "date",
        when,
        error=unfolded([day.error for day in of], sql.null(sql.INTEGER)),
        unknown=any(day.unknown for day in of),
        lacks=unfolded([day.lacks for day in of], sql.null(sql.TEXT)),
        years=all_years(of),
    )
    item = frames.unfolded(frame, [sql.as_integer(sql.literal(at)) for at, _ in days])
    amounts = [low.value(stages[at].amount, Env().on(day)) for at, _ in days]
    arms = [(sql.equal(item, sql.literal(at)), amount) for (at, _), amount in zip(days, amounts, strict=True)]
    amount = amounts[0] if len(amounts) == 1 else low.kept(pick(low, ir.Type("number"), arms, truth(True), amounts))
    yield _source(low, number, frame, Env(), day, item, amount, None, keys)


def _source(
    low: Lowering, number: int, frame: Frame, env: Env, day: Value | None, item: Expression, amount: ir.Expr | Value, rows: Rows | None, keys: tuple[str, ...]
) -> Source:  # fmt: skip
    env = env if day is None else env.on(day)
    conditions = [each for each in conditions_of(low.program.provisions[number]) if each[0] != "amount"]
    values = [low.kept(needed(low.value(each.expr, env))) for _, each in conditions]
    tested = [(role, value) for (role, _), value in zip(conditions, values, strict=True)]
    provision = low.program.provisions[number]
    for (_, each), value in zip(conditions, values, strict=True):
        low.note(value, f"第{provision.measure}条 {provision.name}：{each.name}")

    def fails(*roles: str) -> Expression:
        of = [
            sql.negated(sql.holds(value.sql)) if value.total else _is_false(value.sql)
            for role, value in tested
            if role in roles
        ]
        return low.frames.keep(sql.either(*of))

    absent = [] if day is None or day.none is None else [sql.negated(sql.holds(day.none))]
    exists = low.frames.keep(sql.both(*absent, sql.negated(fails("event", "among"))))
    late, denied = fails("period"), fails("must")
    failing = sql.either(late, denied)
    overall = low.kept(kleene(low, values, False))
    due = amount if isinstance(amount, Value) else low.value(amount, env)
    fen = low.kept(in_fen(low, due))
    low.note(fen, f"第{provision.measure}条 {provision.name}：金额（分）")
    of_error = sql.FALSE if overall.error is None else sql.there(overall.error)
    of_amount = sql.FALSE if fen.error is None else sql.there(fen.error)
    status = low.frames.keep(
        sql.case(
            (late, sql.literal(NOT_IN_FORCE)),
            (denied, sql.literal(DENIED)),
            (sql.both(overall.sql, sql.there(fen.sql)), sql.literal(GRANTED)),
            (sql.both(overall.sql, of_amount), sql.literal(ERROR)),
            (of_error, sql.literal(ERROR)),
            default=sql.literal(UNKNOWN),
        )
    )
    granted = sql.equal(status, sql.literal(GRANTED))
    zero, nothing = sql.literal(0), sql.null(sql.INTEGER)
    lacks = [each for each in (overall.lacks, fen.lacks) if each is not None]
    missing = sql.null(sql.TEXT)
    if lacks:
        missing = sql.case((overall.sql, fen.lacks or sql.null(sql.TEXT)), default=overall.lacks or sql.null(sql.TEXT))
    dated = (
        sql.TRUE
        if day is None
        else sql.either(sql.there(day.sql), sql.FALSE if day.none is None else sql.holds(day.none))
    )
    columns = {
        "item": item,
        "whole": sql.FALSE,
        "day": sql.null(sql.DATE) if day is None else day.sql,
        "dated": dated,
        "status": status,
        "uncapped": sql.case((granted, fen.sql), default=nothing),
        "amount": sql.case((granted, fen.sql), (failing, zero), default=nothing),
        "least": sql.case((granted, fen.sql), default=zero),
        "most": sql.case((failing, zero), (sql.there(fen.sql), fen.sql), default=sql.literal(NO_BOUND)),
        "missing": missing,
        **_keys(low, rows, keys),
    }
    amounts = sql.case(
        (sql.both(overall.sql, of_amount), sql.literal(3)),
        (sql.both(overall.sql, sql.missing(fen.sql)), sql.literal(2)),
        default=zero,
    )
    told = words([value for _, value in tested], amounts)
    return Source(number, frame, exists, columns, told)


def _is_false(expr: Expression) -> Expression:
    return sql.negated(sql.coalesce(expr, sql.TRUE)) if not isinstance(expr, exp.Boolean) else sql.negated(expr)


def _whole(low: Lowering, number: int, name: str, keys: tuple[str, ...]) -> Source:
    """What stands for the items of a list that is not known."""
    known = list_known(low, name)
    nothing = sql.null(sql.INTEGER)
    columns = {
        "item": sql.literal(0), "whole": sql.TRUE, "day": sql.null(sql.DATE), "dated": sql.FALSE, "status": sql.literal(UNKNOWN),
        "uncapped": nothing, "amount": nothing, "least": sql.literal(0), "most": sql.literal(NO_BOUND),
        "missing": known.lacks or sql.null(sql.TEXT), **_keys(low, None, keys),
    }  # fmt: skip
    return Source(number, low.frames.root, sql.negated(known.sql), columns)


def _keys(low: Lowering, rows: Rows | None, keys: tuple[str, ...]) -> dict[str, Expression]:
    """The fields that ceilings count by, as text."""
    found: dict[str, Expression] = {}
    for name in keys:
        made, lacks = sql.null(sql.TEXT), sql.null(sql.TEXT)
        if rows is not None and name in [each.name for each in rows.of.fields]:
            value = field_of(low, rows, name)
            if value.kind == "number":
                value = evolve(value, sql=sql.binary(exp.Mul, value.sql, sql.literal(int(value.scale * 10**8))))
            made, lacks = sql.as_text(value.sql), value.lacks or lacks
        found |= {key_of(name): made, lack_of(name): lacks}
    return found


def in_fen(low: Lowering, value: Value) -> Value:
    """An amount as whole 分, of 64 bits; below zero, or above what any can be, is an error."""
    value = low.kept(needed(value))
    made = low.kept(rounded(low, value, MONEY, "half"))
    if isinstance(made.const, (int, Fraction)) and not no_amount(made.const):
        return made
    zero, most = sql.literal(0), sql.literal(MOST)
    wrong = [(sql.binary(exp.LT, made.sql, zero), sql.literal(NEGATIVE))]
    if made.bound > MOST:
        wrong.append((sql.binary(exp.GT, made.sql, most), sql.literal(TOO_LARGE)))
    error = sql.case(*((low.frames.keep(when), code) for when, code in wrong))
    error = error if made.error is None else sql.coalesce(made.error, error)
    right = [sql.binary(exp.GTE, made.sql, zero), *([sql.binary(exp.LTE, made.sql, most)] if len(wrong) > 1 else [])]
    fen = sql.case((sql.both(*right), sql.as_integer(made.sql) if len(wrong) > 1 else made.sql))
    return evolve(made, sql=fen, error=error, bound=min(made.bound, MOST))
