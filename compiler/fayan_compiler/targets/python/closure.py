"""A program made fast: its expressions as generated Python functions, the rest as plain loops over what they give.

The meaning is that of ``fayan_runtime.reference``, to the last amount, reason and missing fact; tests hold one to the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from math import inf
from typing import Any

from attrs import define, field

from fayan_compiler.targets.python import plan as plans
from fayan_compiler.targets.python import settle
from fayan_compiler.targets.python.plan import Between, MeasurePlan, Plan
from fayan_compiler.targets.python.settle import Case
from fayan_compiler.targets.python.support import ABSENT, all_hold
from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason, Total
from fayan_runtime.derive import complete
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.outcome import PAID, STRENGTH, TOTALLED, Outcome, open_totals
from fayan_runtime.values import Facts, Failed, Path, Unknown, exact, no_amount, round_to_fen

NOTHING: frozenset[Path] = frozenset()
#: A provision being decided, with its items (None where the list they are in is not known).
Draft = tuple[Plan, ProvisionDecision, list[Case] | None]
RANK = {status: rank for rank, status in enumerate(STRENGTH)}


def compile_closure(program: ir.Program) -> Closure:
    """Compile a program once, to decide many enterprises."""
    return Closure(program, *plans.compile_plans(program))


class Context:
    """What generated functions see of a decision: readings, day of assessment, scopes, and definitions already computed."""

    __slots__ = ("D", "M", "R", "S", "facts", "program", "readings")

    def __init__(
        self, program: ir.Program, facts: Facts, on: date, readings: Mapping[str, str], options: Sequence[int]
    ) -> None:
        self.R = options
        self.D = on
        self.S = [facts.scopes[scope.name] for scope in program.scopes]
        self.M: list[Any] = [...] * len(program.functions)
        self.program = program
        self.facts = facts
        self.readings = readings


@define
class Closure:
    """A compiled program. It holds no state of a decision and may be shared between threads."""

    program: ir.Program
    measures: tuple[MeasurePlan, ...]
    between: tuple[Between, ...]
    offset: settle.Offset | None
    defaults: dict[str, str] = field(init=False)
    #: Reading → option → its number, for all readings in order.
    _options: dict[str, dict[str, int]] = field(init=False)
    _first: list[int] = field(init=False)
    #: Measure → those that must be decided with it, itself among them.
    _linked: dict[int, set[int]] = field(init=False)
    #: Some words of the document are not on file.
    _partly_seen: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        declared = self.program.readings
        self.defaults = {each.id: each.options[0][0] for each in declared if not each.uncomputed}
        self._options = {each.id: {option: i for i, (option, _) in enumerate(each.options)} for each in declared}
        self._first = [0] * len(declared)
        self._partly_seen = bool(self.program.unseen) or any(each.measure.unseen for each in self.measures)
        self._linked = {each.measure.number: {each.measure.number} for each in self.measures}
        for between in self.between:
            together = set[int]().union(*(self._linked[number] for number in between.measures))
            for number in together:
                self._linked[number] = together

    def decide(
        self,
        facts: Facts,
        on: date,
        readings: Mapping[str, str] | None = None,
        measures: Collection[int] | None = None,
        reasons: bool = True,
    ) -> Outcome:
        """Decide one enterprise.

        ``readings`` are the options other than the first. Without ``reasons`` neither they nor the readings used are listed.
        """
        chosen, options = self.defaults, self._first
        if readings and readings != chosen:
            chosen = {**chosen, **readings}
            options = [numbers.get(chosen.get(id, ""), 0) for id, numbers in self._options.items()]
        facts = complete(self.program, facts, on, chosen)
        context = Context(self.program, facts, on, chosen, options)
        outcome = Outcome()
        drafts: list[Draft] = []
        in_force = self.program.effective is None or on >= self.program.effective
        cases: settle.Cases = {}
        linked = self._linked
        needed = (
            linked.keys() if measures is None else {other for number in measures for other in linked.get(number, ())}
        )
        for each in self.measures:
            measure = each.measure
            if measure.number not in needed:
                continue
            decisions: dict[str, ProvisionDecision] = {}
            for plan in each.plans:
                of = plan.provision
                used = [ReadingUse(id, chosen.get(id, "")) for id in plan.readings] if reasons else []
                decision = ProvisionDecision(of.measure, of.name, "", of.nature, of.payer, readings=used)
                found: list[Case] | None = []
                if not in_force:
                    decision.status = "not_in_force"
                elif plan.is_award:
                    found = _award(plan, decision, context, reasons)
                else:
                    _decide_other(plan, decision, context, reasons)
                decisions[of.name] = decision
                cases[of.name] = [settle.Case.of_list(decision.lacking)] if found is None else found
                drafts.append((plan, decision, found))
            if measures is None or measure.number in measures:
                outcome.measures[measure.number] = MeasureDecision(
                    measure.number, measure.title, "", measure.responsible, decisions
                )
            else:
                outcome.beside |= decisions
        for between in self.between:
            if between.measures <= needed and between.applies(context) is True:
                between.adjustment.run(context, cases)
        rows: Any = [] if self.offset is None else facts.scopes[ENTERPRISE][self.offset.payments]
        settled = rows.__class__ is Unknown or bool(rows)
        if settled and self.offset is not None:
            payable = [
                settle.Payable(of.measure, of.name, plan.grain, found) for plan, of, found in drafts if plan.paid
            ]
            unmatched = self.offset.run(context, payable, rows)
            outcome.unmatched_payments = [each for each in unmatched if measures is None or each.measure in measures]
        for plan, decision, found in drafts:
            if plan.is_award:
                _conclude(plan, decision, found, settled)
            else:
                decision.complete = decision.complete and decision.status not in ("unknown", "error")
        for each in self.measures:
            if each.measure.number in outcome.measures:
                _measure(each, outcome.measures[each.measure.number])
        outcome.totals = _totals(each for each in drafts if each[1].measure in outcome.measures)
        if self._partly_seen:
            open_totals(self.program, outcome)
        return outcome


# ---------------------------------------------------------------- awards


def _award(plan: Plan, decision: ProvisionDecision, context: Context, explain: bool) -> list[Case] | None:
    """The items of an award, before what stands between them; None where the list they are in is not known."""
    found = plan.test(context, explain)
    if found.__class__ is Unknown:
        decision.status, decision.lacking = "unknown", found.missing
        return None
    cases, stages, each = [], plan.provision.stages, plan.provision.each
    for index, row, day, status, overall, values, amount in found:
        name, summing = plan.sources[0 if row is not None else index]
        of = stages[index].path(context.readings) if stages else f"{each}[{index}]" if each else ""
        item = Item(of, name, index, day if day.__class__ is date else None, status)
        case = Case(item, day, index, row)
        lacking = None
        if status:
            item.amount = 0
        else:
            if amount.__class__ is Fraction:
                amount = round_to_fen(exact(amount))
            known = amount.__class__ in (int, Fraction)
            if known and (wrong := no_amount(amount)):
                known, amount = False, Failed(wrong, summing[1].origin.line)
            if overall is True and known:
                item.status = "granted"
                item.uncapped = item.amount = amount
            else:
                case.bounds = 0, amount if known else inf
                case.leave_open(amount if overall is True else overall)
                lacking = amount if overall is True else None
        decision.items.append(item)
        if explain:
            _explain(decision, context, plan, index, of, zip(plan.tested, values, strict=True))
            if lacking is not None:
                _explain(decision, context, plan, index, of, ((summing, lacking),))
        cases.append(case)
    return cases


def _explain(
    decision: ProvisionDecision,
    context: Context,
    plan: Plan,
    index: int | None,
    of: str,
    tested: Iterable[tuple[plans.Tested, Any]],
) -> None:
    """A reason for each condition; that an item has happened goes without saying."""
    add = decision.reasons.append
    for (role, condition, name, quote, line), value in tested:
        if value is True and role == "event":
            continue
        missing, error = NOTHING, ""
        holds = value
        if value is not True and value is not False:
            holds = None
            if value.__class__ is Unknown:
                missing = value.missing
            else:
                error = value.code
        tell = partial(_tell, context, plan.provision, index, condition)
        add(Reason(name, holds, of, role, quote, line, missing, error, tell))


def _tell(context: Context, provision: ir.Provision, index: int | None, condition: ir.Condition, language: str) -> str:
    """The wording of a reason; only when it is asked for is the condition traced."""
    from fayan_runtime.explain.phrase import tongue
    from fayan_runtime.explain.phrase.told import tell_condition
    from fayan_runtime.interpreter import Env
    from fayan_runtime.reference import found_items

    env = Env(context.program, context.facts, context.D, dict(context.readings))
    if index is not None:
        found = found_items(provision, env)
        assert not isinstance(found, Unknown)
        env = found[index].env
    return tell_condition(tongue(language), condition, env)


# ---------------------------------------------------------------- other kinds


def _decide_other(plan: Plan, decision: ProvisionDecision, context: Context, explain: bool) -> None:
    """Selections, discretionary support, duties and targets: what is met, not met, not known."""
    provision = plan.provision
    values = plan.test(context)
    if explain:
        _explain(decision, context, plan, None, "", zip(plan.tested, values, strict=True))
    among = all_hold(values[: len(provision.among)])
    rest = values[len(provision.among) :]
    chosen: Any = False
    if provision.kind == "target":
        holds = all_hold(rest)
        words = ("target_met", "target_unmet", "target") if rest else ("target", "target", "target")
    elif provision.kind == "duty":
        holds = all_hold(rest) if among is True else among
        words = ("duty_met" if rest else "duty", "duty_unmet", "unknown")
    else:
        holds = all_hold((among, all_hold(rest[: len(provision.must)])))
        if provision.chosen is not None:
            chosen = rest[-1]
        words = ("granted" if chosen is True else "discretionary", "denied", "unknown")
    if among is False:
        decision.status = "not_applicable"
    elif holds.__class__ is Unknown:
        decision.status, decision.lacking = words[2], holds.missing
    elif holds.__class__ is Failed:
        decision.status = "error"
    else:
        decision.status = words[0] if holds else words[1]
    if chosen.__class__ in ABSENT and among is not False and holds is not False:
        decision.complete = False
        if chosen.__class__ is Unknown:
            decision.lacking |= chosen.missing


# ---------------------------------------------------------------- sums


def _conclude(plan: Plan, decision: ProvisionDecision, cases: list[Case] | None, settled: bool) -> None:
    """Sum an award up. Unless payments have been ``settled``, nothing was paid."""
    decision.complete = cases is not None
    decision.exact_amount = 0
    if plan.paid:
        decision.exact_paid = decision.exact_payable = 0
    if not cases:
        decision.status = decision.status or "not_applicable"
        return
    amount: Amount = 0
    paid: Amount | None = 0
    payable: Amount | None = 0
    rank = len(RANK) - 1
    for case in cases:
        item = case.item
        granted = item.status == "granted"
        if plan.paid and not settled:
            settle.pay(item, 0)
        rank = min(rank, RANK[item.status])
        if item.lacking:
            decision.lacking |= item.lacking
        if case.bounds is not None:
            decision.complete = False
        if item.paid != 0:
            paid = None if paid is None or item.paid is None else paid + item.paid
        if granted:
            amount += item.amount or 0
            payable = None if payable is None or item.payable is None else payable + item.payable
    decision.status = STRENGTH[rank]
    decision.exact_amount = _whole(amount)
    if plan.paid:
        if payable is None:
            decision.complete = False
        elif not decision.complete:
            payable -= _paid_elsewhere(cases)
        decision.exact_paid, decision.exact_payable = _whole(paid), _whole(payable)


def _paid_elsewhere(cases: Iterable[Case]) -> Amount:
    """How much of what granted items are not certain of may have been paid already, for open items that may take it."""
    doubtful: Amount = 0
    paid: settle.Bound = 0
    for case in cases:
        if case.item.status == "granted":
            doubtful += (case.item.amount or 0) - case.least()
        elif case.bounds is not None:
            paid += inf if case.item.paid is None else case.item.paid
    return doubtful if isinstance(paid, float) or paid >= doubtful else paid


def _whole(amount: Amount | None) -> Amount | None:
    return exact(amount) if amount.__class__ is Fraction else amount


def _measure(of: MeasurePlan, measure: MeasureDecision) -> None:
    provisions = measure.provisions
    deciding = [RANK[provisions[plan.provision.name].status] for plan in of.plans if plan.deciding]
    if of.measure.unseen:
        deciding.append(RANK["unknown"])
    if deciding:
        measure.status = STRENGTH[min(deciding)]
    else:
        measure.status = next((each.status for each in provisions.values()), "not_applicable")


def _totals(drafts: Iterable[Draft]) -> dict[str, Total]:
    totals = {nature: Total(0, 0 if nature in PAID else None, True) for nature in TOTALLED}
    for plan, decision, _ in drafts:
        if (decision.items or not decision.complete) and plan.is_award and decision.nature in totals:
            total = totals[decision.nature]
            total.exact_amount += decision.exact_amount or 0
            total.complete = total.complete and decision.complete
            if total.exact_payable is not None:
                payable = decision.exact_payable
                total.exact_payable = None if payable is None else total.exact_payable + payable
    return totals
