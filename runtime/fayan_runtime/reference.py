"""The reference meaning of a whole policy: conditions and amounts by the interpreter, then what stands between provisions.

In order: the items of every award and their amounts, each rounded to 分; the adjustments in the order of the text; what was
paid; then statuses, sums and what is missing.

An item whose status is unknown or error is *open*. Where what a granted item comes to depends on one, through an adjustment, its
provision is not complete, and the amount is the least it can come to (``between.settle``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import inf
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.between import adjust, leave_open
from fayan_runtime.decision import Amount, Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason
from fayan_runtime.derive import complete
from fayan_runtime.draft import NOTHING, Bound, Case, Draft
from fayan_runtime.interpreter import Env, evaluate, first_absent, kleene
from fayan_runtime.names import OWN
from fayan_runtime.outcome import PAID, Outcome, measure_status, open_totals, strongest, totals
from fayan_runtime.payments import set_off
from fayan_runtime.values import Absent, Facts, Failed, Unknown, exact, no_amount, round_to_fen


def decide(
    program: ir.Program, facts: Facts, on: date, readings: dict[str, str], measures: Collection[int] | None = None
) -> Outcome:
    """Decide one enterprise. ``readings`` holds an option for each computed reading."""
    env = Env(program, complete(program, facts, on, readings), on, readings)
    drafts = [draft(provision, env) for provision in program.provisions]
    for adjustment in program.adjustments:
        adjust(adjustment, drafts, env)
    unmatched = set_off(drafts, env)
    for each in drafts:
        conclude(each)
    outcome = Outcome()
    for measure in program.measures:
        if measures is not None and measure.number not in measures:
            outcome.beside |= {
                each.decision.name: each.decision for each in drafts if each.provision.measure == measure.number
            }
        else:
            decisions = {
                each.decision.name: each.decision for each in drafts if each.provision.measure == measure.number
            }
            status = measure_status(program, measure.number, {name: each.status for name, each in decisions.items()})
            outcome.measures[measure.number] = MeasureDecision(
                measure.number, measure.title, status, measure.responsible, decisions
            )
    outcome.unmatched_payments = [each for each in unmatched if measures is None or each.measure in measures]
    outcome.totals = totals(list(outcome.provisions()))
    open_totals(program, outcome)
    return outcome


def draft(provision: ir.Provision, env: Env) -> Draft:
    readings = [ReadingUse(id, env.readings.get(id, "")) for id in readings_of(env.program, provision)]
    decision = ProvisionDecision(
        provision.measure, provision.name, "", provision.nature, provision.payer, readings=readings
    )
    if env.program.effective is not None and env.on < env.program.effective:
        decision.status = "not_in_force"
        return Draft(provision, decision, [])
    if provision.kind == "award":
        return award(provision, decision, env)
    decide_other(provision, decision, env)
    return Draft(provision, decision, [])


def readings_of(program: ir.Program, provision: ir.Provision) -> list[str]:
    """The readings a provision refers to, itself or by what stands between it and others, in order of declaration."""
    used = set(provision.readings)
    for each in program.adjustments:
        if provision.name in members_of(each):
            used.update(each.readings)
    if program.offset is not None and provision.nature in PAID:
        used.update(program.offset.readings)
    return [reading.id for reading in program.readings if reading.id in used]


def members_of(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> list[str]:
    """The provisions whose amounts an adjustment can change."""
    match adjustment:
        case ir.Ceiling():
            return [name for (name, _), _ in adjustment.covers]
        case ir.Highest():
            return [name for name, _ in adjustment.members]
        case ir.Deduct():
            return [adjustment.member]


# ---------------------------------------------------------------- conditions


def compare(op: Any, left: ir.Expr, right: ir.Expr, word: str, origin: ir.Origin) -> ir.Compare:
    return ir.Compare(type=ir.Type("bool"), op=op, left=left, right=right, word=word, origin=origin)


def happened(provision: ir.Provision) -> ir.Condition:
    """The event day is not after the assessment."""
    day, today = (ir.Param(type=ir.Type("date"), name=name) for name in ("发生日", "评估日"))
    test = compare("<=", day, today, "不晚于", provision.origin)
    return ir.Condition(name="已发生", expr=test, origin=provision.origin)


def within(period: ir.Period) -> ir.Condition:
    """The event day lies in the period; an end that is None is open."""
    day = ir.Param(type=ir.Type("date"), name="发生日")
    tests: list[ir.Expr] = []
    for end, op, word in ((period.start, ">=", "不早于"), (period.end, "<=", "不晚于")):
        if end is not None:
            absent = ir.IsNone(type=ir.Type("bool"), arg=end, origin=period.origin)
            test = compare(op, day, end, word, period.origin)
            tests.append(ir.Or(type=ir.Type("bool"), args=(absent, test)) if end.type.optional else test)
    return ir.Condition(
        name="有效期", expr=ir.And(type=ir.Type("bool"), args=tuple(tests), origin=period.origin), origin=period.origin
    )


def test(condition: ir.Condition, role: str, env: Env, of: str = "") -> tuple[Any, Reason]:
    value = evaluate(condition.expr, env)
    if value is None:
        value = Failed("no-value", condition.origin.line)
    return value, reason(condition, role, value, env, of)


def reason(condition: ir.Condition, role: str, value: Any, env: Env, of: str) -> Reason:
    def tell(language: str) -> str:
        from fayan_runtime.explain.phrase import tongue
        from fayan_runtime.explain.phrase.told import tell_condition

        return tell_condition(tongue(language), condition, env)

    return Reason(
        condition.name,
        None if isinstance(value, Absent) else value,
        of,
        role,
        condition.origin.quote,
        condition.origin.line,
        value.missing if isinstance(value, Unknown) else NOTHING,
        value.code if isinstance(value, Failed) else "",
        tell,
    )


def conditions_of(provision: ir.Provision) -> list[tuple[str, ir.Condition]]:
    """Role and condition of everything that can be a reason, in the order in which reasons are told.

    Of an award the last is the amount of the first stage or of the one there is: each stage has its own, told only where it cannot be computed.
    """
    found = [("among", each) for each in provision.among]
    if provision.kind != "award":
        match provision.kind:
            case "target":
                return found + _bare(provision, "goal", provision.name, provision.goal)
            case "duty":
                return found + [("check", each) for each in provision.checks]
        found += [("must", each) for each in provision.must]
        return found + _bare(provision, "chosen", "入选", provision.chosen)
    if provision.stages or provision.on is not None:
        found = [("event", happened(provision)), *found]
        found += [("period", within(period)) for period in provision.periods]
    found += [("must", each) for each in provision.must]
    amount = provision.stages[0].amount if provision.stages else provision.amount
    return found + ([] if amount is None else [("amount", summing(amount))])


def summing(amount: ir.Expr) -> ir.Condition:
    """What a reason says of an amount."""
    return ir.Condition(name="金额", expr=amount, origin=amount.origin)


def _bare(provision: ir.Provision, role: str, name: str, expr: ir.Expr | None) -> list[tuple[str, ir.Condition]]:
    return [] if expr is None else [(role, ir.Condition(name=name, expr=expr, origin=provision.origin))]


# ---------------------------------------------------------------- awards


@frozen(eq=False)
class Found:
    """What an item is made from, before anything is decided."""

    of: str
    name: str
    env: Env
    amount: ir.Expr | None
    dated: bool


def found_items(provision: ir.Provision, env: Env) -> list[Found] | Unknown:
    """What could become an item: the rows of the list, the stages, or the one thing there is."""
    if provision.stages:
        return [
            Found(stage.path(env.readings), stage.name, evolve(env, day=evaluate(stage.on, env)), stage.amount, True)
            for stage in provision.stages
        ]
    if not provision.each:
        day = None if provision.on is None else evaluate(provision.on, env)
        return [Found("", "", evolve(env, day=day), provision.amount, provision.on is not None)]
    rows: Any = env.rows(provision.each)
    if isinstance(rows, Unknown):
        return rows
    found = []
    for index, row in rows:
        inner = env.bind(OWN, (index, row))
        if provision.on is not None:
            inner = evolve(inner, day=evaluate(provision.on, inner))
        found.append(Found(f"{provision.each}[{index}]", "", inner, provision.amount, provision.on is not None))
    return found


def award(provision: ir.Provision, decision: ProvisionDecision, env: Env) -> Draft:
    draft = Draft(provision, decision, [])
    found = found_items(provision, env)
    if isinstance(found, Unknown):
        decision.status, decision.lacking = "unknown", found.missing
        item = Item(provision.each, "", 0, None, "unknown", lacking=found.missing)
        draft.rest = Case(item, evolve(env, day=Unknown(NOTHING)), most=inf, whole_list=True)
        return draft
    for index, each in enumerate(found):
        case, reasons = decide_item(provision, each, index)
        if case is not None:
            draft.cases.append(case)
            decision.items.append(case.item)
            decision.reasons.extend(reasons)
    return draft


def decide_item(provision: ir.Provision, found: Found, index: int) -> tuple[Case | None, list[Reason]]:
    env = found.env
    if found.dated and env.day is None:  # known not to have happened
        return None, []
    conditions = conditions_of(provision)
    tested = [test(condition, role, env, found.of) for role, condition in conditions if role != "amount"]
    values = [value for value, _ in tested]
    failing = {reason.role for value, reason in tested if value is False}
    reasons = [reason for value, reason in tested if reason.role != "event" or value is not True]
    if failing & {"event", "among"}:
        return None, []
    item = Item(found.of, found.name, index, env.day if isinstance(env.day, date) else None, "")
    case = Case(item, env)
    if failing:
        item.status, item.amount = "not_in_force" if "period" in failing else "denied", 0
        return case, reasons
    assert found.amount is not None
    amount = amount_of(found.amount, env)
    overall = kleene(values, False, 0)
    case.most = inf if isinstance(amount, Absent) else amount
    if isinstance(overall, Absent):
        leave_open(case, overall)
    elif isinstance(amount, Absent):
        leave_open(case, amount)
        reasons.append(reason(summing(found.amount), "amount", amount, env, found.of))
    else:
        item.status = "granted"
        item.uncapped = item.amount = case.least = amount
    return case, reasons


def amount_of(expr: ir.Expr, env: Env) -> Any:
    """An amount rounded to 分; one below zero, or larger than any, is an error."""
    value = evaluate(expr, env)
    absent = first_absent((value,), expr.origin.line)
    if absent is not None:
        return absent
    amount = round_to_fen(exact(value))
    wrong = no_amount(amount)
    return Failed(wrong, expr.origin.line) if wrong else amount


def item_env(
    program: ir.Program, facts: Facts, on: date, readings: dict[str, str], provision: ir.Provision, item: Item
) -> Env:
    """What the expressions of a provision refer to for one of its items, for explanations."""
    found = found_items(provision, Env(program, facts, on, readings))
    assert not isinstance(found, Unknown)
    return found[item.index].env


# ---------------------------------------------------------------- other kinds


def decide_other(provision: ir.Provision, decision: ProvisionDecision, env: Env) -> None:
    """Selections, discretionary support, duties and targets: decided at the day of assessment, without items."""

    tested = [(role, *test(condition, role, env)) for role, condition in conditions_of(provision)]
    decision.reasons.extend(reason for _, _, reason in tested)

    def all_of(wanted: str) -> Any:
        return kleene([value for role, value, _ in tested if role == wanted], False, 0)

    among = all_of("among")
    chosen: Any = False
    match provision.kind:
        case "target":
            holds, words = all_of("goal"), ("target_met", "target_unmet", "target")
            if provision.goal is None:
                words = ("target", "target", "target")
        case "duty":
            checks = all_of("check")
            holds = among if isinstance(among, Absent) else checks
            words = ("duty_met" if provision.checks else "duty", "duty_unmet", "unknown")
        case _:
            holds = kleene([among, all_of("must")], False, 0)
            chosen = all_of("chosen")
            words = (
                "granted" if provision.chosen is not None and chosen is True else "discretionary",
                "denied",
                "unknown",
            )
    if among is False:
        decision.status = "not_applicable"
    elif isinstance(holds, Unknown):
        decision.status, decision.lacking = words[2], holds.missing
    elif isinstance(holds, Failed):
        decision.status = "error"
    else:
        decision.status = words[0] if holds else words[1]
    if among is not False and holds is not False and isinstance(chosen, Absent):
        # Left to the unit at the least; perhaps it has chosen already.
        decision.complete = False
        decision.lacking |= chosen.missing if isinstance(chosen, Unknown) else NOTHING


# ---------------------------------------------------------------- provisions


def conclude(draft: Draft) -> None:
    """Sum up the items."""
    decision = draft.decision
    if draft.provision.kind != "award":
        decision.complete = decision.complete and decision.status not in ("unknown", "error")
        return
    cases = draft.cases
    if not decision.status:
        decision.status = strongest([case.item.status for case in cases])
    decision.lacking = decision.lacking.union(*(case.item.lacking for case in cases))
    decision.complete = draft.rest is None and all(case.settled for case in cases)
    given = [case for case in cases if case.granted]
    decision.exact_amount = total(case.item.amount for case in given)
    if draft.provision.nature in PAID:
        decision.exact_paid = total(case.item.paid for case in cases)
        decision.exact_payable = total(case.item.payable for case in given)
        if decision.exact_payable is None:
            decision.complete = False
        else:
            decision.exact_payable -= paid_elsewhere(cases)
    else:
        for case in cases:
            case.item.paid = case.item.payable = None


def paid_elsewhere(cases: Sequence[Case]) -> Amount:
    """What of the sum of what is payable is not certain, because payments were made for open items of the same provision.

    Where an open item takes from a granted one, the provision keeps the amount, but what was paid for the open item then counts
    against it: at most all of that, and at most what the granted items are not certain of.
    """
    paid: Bound = sum(inf if case.item.paid is None else case.item.paid for case in cases if case.open)
    doubtful = sum(case.amount - case.least for case in cases if case.granted)
    return doubtful if paid >= doubtful else exact(Fraction(paid))


def total(amounts: Iterable[Amount | None]) -> Amount | None:
    known = [*amounts]
    return None if None in known else exact(Fraction(sum(each for each in known if each is not None)))
