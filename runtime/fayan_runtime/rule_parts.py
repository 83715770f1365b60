"""Rules and expressions as coverage looks at them: what has to hold together, what an expression is made of, what a threshold is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.decision.nearest import step_of
from fayan_runtime.interpreter import Env, Step
from fayan_runtime.reference import found_items, happened, within
from fayan_runtime.values import Absent, Unknown

# ---------------------------------------------------------------- rules as decisions


@frozen
class Rule:
    """A provision as what has to hold together. ``days`` and ``amounts`` are looked at for their branches."""

    provision: ir.Provision
    conditions: tuple[ir.Condition, ...]
    event: tuple[ir.Condition, ...] = ()
    chosen: tuple[ir.Condition, ...] = ()
    days: tuple[ir.Expr, ...] = ()
    amounts: tuple[ir.Expr, ...] = ()

    @classmethod
    def of(cls, of: ir.Provision, periods: dict[int, ir.Condition]) -> Rule:
        """``periods`` keeps the condition of each period, which several provisions may share."""

        def bare(expr: ir.Expr | None) -> tuple[ir.Condition, ...]:
            return () if expr is None else (ir.Condition(name=of.name, expr=expr, origin=of.origin),)

        if of.kind != "award":
            return cls(of, (*of.among, *of.must, *of.checks, *bare(of.goal)), chosen=bare(of.chosen))
        dated = of.on is not None or bool(of.stages)
        timed = [periods.setdefault(id(each), within(each)) for each in of.periods] if dated else []
        amounts = [stage.amount for stage in of.stages] or [each for each in [of.amount] if each is not None]
        event = (happened(of),) if dated else ()
        days = tuple(stage.on for stage in of.stages)
        return cls(of, (*of.among, *timed, *of.must), event, days=days, amounts=tuple(amounts))

    def places(self, env: Env) -> list[tuple[Env, ir.Expr | None]]:
        """What the conditions are tested on, with the amount: the items, or the day of assessment."""
        if self.provision.kind != "award":
            return [(env, None)]
        found = found_items(self.provision, env)
        if isinstance(found, Unknown):
            return []
        return [(each.env, each.amount) for each in found if not each.dated or each.env.day is not None]


def standing(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> list[ir.Expr]:
    """What an adjustment asks for."""
    if not isinstance(adjustment, ir.Ceiling):
        return [adjustment.applies]
    whens = [when for _, when in (*adjustment.covers, *adjustment.keys)]
    return [adjustment.applies, adjustment.split, *whens, adjustment.limit]


def called(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> str:
    match adjustment:
        case ir.Ceiling(name=name):
            return name
        case ir.Highest(members=members):
            return f"就高 {'、'.join(stage or name for name, stage in members)}"
        case ir.Deduct(member=member):
            return f"扣减 {member}"


# ---------------------------------------------------------------- expressions


def known(values: Iterable[Any]) -> set[bool]:
    return {value for value in values if isinstance(value, bool)}


def is_atom(expr: ir.Expr) -> bool:
    """Whether it is a condition with nothing to take apart."""
    whole = (ir.And, ir.Or, ir.Not, ir.Choose, ir.Call, ir.Match, ir.Cases, ir.Const, ir.Param)
    return expr.type.kind == "bool" and not isinstance(expr, whole)


def alike(arms: Sequence[ir.Expr]) -> list[tuple[int, ...]]:
    """The arms by what they say: options that say the same are one branch."""
    groups = {next(first for first, other in enumerate(arms) if other == arm): () for arm in arms}
    return [tuple(number for number, arm in enumerate(arms) if arm == arms[first]) for first in groups]


def worded(expr: ir.Expr) -> str:
    """An atom in the words of the policy; the ends of a period say which end they are."""
    if isinstance(expr, ir.Compare) and isinstance(expr.left, ir.Param) and not expr.left.origin.line:
        return f"{expr.left.name} {expr.word} {plain(expr.right)}"
    return plain(expr)


def plain(expr: ir.Expr) -> str:
    """The words of an expression on one line."""
    return " ".join(expr.origin.text.split())


def neared(bound: Step, value: Step) -> str:
    """below, at or above, where the value is within a hundredth of the threshold or one step of its unit; else empty."""
    if any(isinstance(each.value, Absent) or each.value is None for each in (bound, value)):
        return ""
    if isinstance(bound.value, date):
        apart, close = Fraction((value.value - bound.value).days), Fraction(1)
    else:
        kind = bound.expr.type
        unit = step_of(kind) if kind.kind == "number" else Fraction(1)
        apart, close = Fraction(value.value - bound.value), max(unit, abs(Fraction(bound.value)) / 100)
    return "" if abs(apart) > close else "below" if apart < 0 else "above" if apart else "at"
