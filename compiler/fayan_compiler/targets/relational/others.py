"""Selections, discretionary support, duties and targets: decided at the day of assessment, without items."""

from __future__ import annotations

from attrs import frozen

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.items import said
from fayan_compiler.targets.relational.logic import kleene
from fayan_compiler.targets.relational.lower import Env, Lowering
from fayan_compiler.targets.relational.reasons import words
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value, needed, truth
from fayan_runtime import ir
from fayan_runtime.reference import conditions_of


@frozen(eq=False)
class Decided:
    """What is decided of a provision for each enterprise."""

    status: Expression
    complete: Expression
    missing: Expression
    words: tuple[Expression, ...]


def decide(low: Lowering, provision: ir.Provision) -> Decided:
    conditions = conditions_of(provision)
    tested = [(role, low.kept(needed(low.value(each.expr, Env())))) for role, each in conditions]
    for (_, each), (_, value) in zip(conditions, tested, strict=True):
        low.note(value, f"第{provision.measure}条 {provision.name}：{each.name}")

    def all_of(*roles: str) -> Value:
        return low.kept(kleene(low, [value for role, value in tested if role in roles], False))

    among = all_of("among")
    chosen = truth(False)
    match provision.kind:
        case "target":
            holds, words_for = all_of("goal"), ("target_met", "target_unmet", "target")
            if provision.goal is None:
                words_for = ("target", "target", "target")
        case "duty":
            holds = _known_or(among, all_of("check"))
            words_for = ("duty_met" if provision.checks else "duty", "duty_unmet", "unknown")
        case _:
            holds = low.kept(kleene(low, [among, all_of("must")], False))
            chosen = all_of("chosen")
            words_for = ("discretionary", "denied", "unknown")
    met, unmet, open = map(said, words_for)
    if provision.kind not in ("target", "duty") and provision.chosen is not None:
        met = sql.case((chosen.sql, said("granted")), default=met)
    fails = sql.negated(sql.coalesce(among.sql, sql.TRUE)) if among.const is not True else sql.FALSE
    error = sql.FALSE if holds.error is None else sql.there(holds.error)
    status = low.frames.keep(
        sql.case(
            (fails, said("not_applicable")),
            (error, said("error")),
            (holds.sql, met),
            (sql.negated(holds.sql), unmet),
            default=open,
        )
    )
    doubtful = sql.both(sql.negated(fails), sql.coalesce(holds.sql, sql.TRUE), sql.missing(chosen.sql))
    lacks = [] if holds.lacks is None else [sql.case((sql.negated(fails), holds.lacks))]
    if chosen.lacks is not None:
        lacks.append(sql.case((doubtful, chosen.lacks)))
    undecided = sql.one_of(status, [said("unknown"), said("error")])
    complete = sql.negated(sql.either(doubtful, undecided))
    missing = sql.together(*lacks) if lacks else sql.null(sql.TEXT)
    return Decided(status, complete, missing, words([value for _, value in tested]))


def _known_or(among: Value, checks: Value) -> Value:
    """Of a duty: ``among`` where it is not decided, else the checks."""
    if among.const is not None and among.total:
        return checks
    made = sql.case((sql.there(among.sql), checks.sql))
    error = among.error
    if checks.error is not None:
        of_checks = sql.case((sql.there(among.sql), checks.error))
        error = of_checks if error is None else sql.coalesce(error, of_checks)
    lacks = sql.case(
        (sql.there(among.sql), checks.lacks or sql.null(sql.TEXT)), default=among.lacks or sql.null(sql.TEXT)
    )
    return Value("bool", made, error=error, unknown=among.unknown or checks.unknown, lacks=lacks)
