"""A program made fast: its expressions as generated Python functions, the rest as plain loops over what they give.

The meaning is that of ``fayan_runtime.reference``, to the last amount, reason and missing fact; tests hold one to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from fayan_compiler.targets import settle
from fayan_compiler.targets.python_source import COUNTED, ENTERPRISE, Body, Module, Names, Operand
from fayan_compiler.targets.settle import Case, Generated, leave_open
from fayan_compiler.targets.support import all_hold
from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason, Total
from fayan_runtime.outcome import PAID, STRENGTH, TOTALLED, Outcome
from fayan_runtime.values import Facts, Failed, Unknown, exact, round_to_fen

THIS = "本"
NOTHING: frozenset[Any] = frozenset()
RANK = {status: rank for rank, status in enumerate(STRENGTH)}


class Context:
    """What generated functions see of a decision: readings, day of assessment, scopes, and definitions already computed."""

    __slots__ = ("D", "M", "R", "S", "facts", "program", "readings")

    def __init__(self, program: ir.Program, facts: Facts, on: date, readings: dict[str, str], options: Sequence[int]) -> None:
        self.R = options
        self.D = on
        self.S = [facts.scopes[scope.name] for scope in program.scopes]
        self.M: list[Any] = [...] * len(program.functions)
        self.program = program
        self.facts = facts
        self.readings = readings


# ---------------------------------------------------------------- what is computed once for a program


@frozen
class Plan:
    """A provision with its functions. ``tested``: (role, condition) in the order of the values that ``test`` gives.

    ``sources``: for each stage (or the list, or the one item) its name, path, and the functions for day and amount.
    """

    provision: ir.Provision
    tested: tuple[tuple[str, ir.Condition], ...]
    test: Generated
    sources: tuple[tuple[str, str, Generated | None, Generated], ...]
    readings: tuple[str, ...]
    grain: str
    amounts: tuple[ir.Condition, ...]

    @property
    def paid(self) -> bool:
        return self.provision.kind == "award" and self.provision.nature in PAID


@frozen
class MeasurePlan:
    measure: ir.Measure
    plans: tuple[Plan, ...]
    adjustments: tuple[tuple[Generated, settle.Ceiling | settle.Highest | settle.Deduct], ...]


@define
class Closure:
    """A compiled program. It holds no state of a decision and may be shared between threads."""

    program: ir.Program
    measures: tuple[MeasurePlan, ...]
    offset: settle.Offset | None
    defaults: dict[str, str] = field(init=False)
    _options: dict[str, dict[str, int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        declared = self.program.readings
        self.defaults = {each.id: each.options[0][0] for each in declared if not each.uncomputed}
        self._options = {each.id: {option: i for i, (option, _) in enumerate(each.options)} for each in declared}

    def decide(
        self,
        facts: Facts,
        on: date,
        readings: Mapping[str, str] | None = None,
        measures: Collection[int] | None = None,
        reasons: bool = True,
    ) -> Outcome:
        """Decide one enterprise. ``readings`` are the options other than the first; without ``reasons`` nothing is explained."""
        chosen = {**self.defaults, **readings} if readings else self.defaults
        options = [numbers.get(chosen.get(id, ""), 0) for id, numbers in self._options.items()]
        context = Context(self.program, facts, on, chosen, options)
        outcome = Outcome()
        payable: list[settle.Payable] = []
        drafts: list[tuple[Plan, ProvisionDecision, list[Case] | None]] = []
        in_force = on >= self.program.effective
        for each in self.measures:
            measure = each.measure
            if measures is not None and measure.number not in measures:
                continue
            decisions: dict[str, ProvisionDecision] = {}
            cases: settle.Cases = {}
            for plan in each.plans:
                of = plan.provision
                decision = decisions[of.name] = ProvisionDecision(
                    of.measure, of.name, "", of.nature, of.payer,
                    readings=[ReadingUse(id, chosen.get(id, "")) for id in plan.readings],
                )  # fmt: skip
                found: list[Case] | None = []
                if not in_force:
                    decision.status = "not_in_force"
                elif of.kind == "award":
                    found = _award(plan, decision, context, reasons)
                else:
                    _decide_other(plan, decision, context, reasons)
                cases[of.name] = found
                drafts.append((plan, decision, found))
                if plan.paid:
                    payable.append(settle.Payable(of.measure, of.name, plan.grain, found))
            for applies, adjustment in each.adjustments:
                if applies(context) is True:
                    adjustment.run(context, cases)
            outcome.measures[measure.number] = MeasureDecision(
                measure.number, measure.title, "", measure.responsible, decisions
            )
        if self.offset is None:
            settle.nothing_paid(payable)
        else:
            unmatched = self.offset.run(context, payable, facts.scopes[ENTERPRISE][self.offset.list])
            outcome.unmatched_payments = [each for each in unmatched if measures is None or each.measure in measures]
        for plan, decision, found in drafts:
            _conclude(plan, decision, found)
        for each in self.measures:
            if each.measure.number in outcome.measures:
                _measure_status(each, outcome.measures[each.measure.number])
        outcome.totals = _totals([decision for _, decision, _ in drafts])
        return outcome


# ---------------------------------------------------------------- conditions and reasons


def _explain(
    context: Context,
    plan: Plan,
    index: int | None,
    of: str,
    conditions: Iterable[tuple[str, ir.Condition]],
    values: Iterable[Any],
) -> list[Reason]:
    """A reason for each condition; that an item has happened goes without saying."""
    reasons = []
    for (role, condition), value in zip(conditions, values, strict=True):
        origin = condition.origin
        tell = partial(_tell, context, plan.provision, index, condition)
        if value is True or value is False:
            if role != "event" or value is False:
                reasons.append(Reason(condition.name, value, of, role, origin.quote, origin.line, NOTHING, "", tell))
        elif value.__class__ is Unknown:
            reasons.append(Reason(condition.name, None, of, role, origin.quote, origin.line, value.missing, "", tell))
        else:
            reasons.append(Reason(condition.name, None, of, role, origin.quote, origin.line, NOTHING, value.code, tell))
    return reasons


def _tell(context: Context, provision: ir.Provision, index: int | None, condition: ir.Condition) -> str:
    from fayan_runtime import reference
    from fayan_runtime.explain.phrase import tell_condition

    env = reference.Env(context.program, context.facts, context.D, context.readings)
    if index is not None:
        found = reference.found_items(provision, env)
        assert not isinstance(found, Unknown)
        env = found[index].env
    return tell_condition(context.program, condition, env)


def _award(plan: Plan, decision: ProvisionDecision, context: Context, explain: bool) -> list[Case] | None:
    """The items of an award, before anything that stands between them; None where their list is not known."""
    provision = plan.provision
    cases: list[Case] = []
    each = provision.each if not provision.stages else ""
    if each:
        rows = context.S[context.enterprise][each]
    return cases
