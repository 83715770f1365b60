"""The reference meaning of a whole policy: conditions and amounts by the interpreter, then what stands between provisions.

In order: the items of every award and their amounts, each rounded to 分; the adjustments in the order of the text; what was
paid; then statuses, sums and what is missing.

An item whose status is unknown or error is *open*. Where an adjustment could come out differently once an open item is settled, the granted
items it touches are marked as not certain, and their provision is not complete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, fields, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason
from fayan_runtime.draft import NOTHING, THIS, Case, Draft
from fayan_runtime.interpreter import COUNTED, Env, evaluate, first_absent, kleene, unknown
from fayan_runtime.outcome import PAID, Outcome, measure_status, strongest, totals
from fayan_runtime.payments import set_off
from fayan_runtime.values import Absent, Facts, Failed, Unknown, exact, round_to_fen


def decide(
    program: ir.Program, facts: Facts, on: date, readings: dict[str, str], measures: Collection[int] | None = None
) -> Outcome:
    """Decide one enterprise. ``readings`` holds an option for each computed reading."""
    env = Env(program, facts, on, readings)
    drafts = [draft(provision, env) for provision in program.provisions]
    for adjustment in program.adjustments:
        adjust(adjustment, drafts, env)
    unmatched = set_off(drafts, env)
    for each in drafts:
        conclude(each)
    outcome = Outcome()
    for measure in program.measures:
        if measures is None or measure.number in measures:
            decisions = {
                each.decision.name: each.decision for each in drafts if each.provision.measure == measure.number
            }
            status = measure_status(program, measure.number, {name: each.status for name, each in decisions.items()})
            outcome.measures[measure.number] = MeasureDecision(
                measure.number, measure.title, status, measure.responsible, decisions
            )
    outcome.unmatched_payments = [each for each in unmatched if measures is None or each.measure in measures]
    outcome.totals = totals(list(outcome.provisions()))
    return outcome


def draft(provision: ir.Provision, env: Env) -> Draft:
    readings = [ReadingUse(id, env.readings.get(id, "")) for id in readings_of(env.program, provision)]
    decision = ProvisionDecision(
        provision.measure, provision.name, "", provision.nature, provision.payer, readings=readings
    )
    if env.on < env.program.effective:
        decision.status = "not_in_force"
        return Draft(provision, decision, [])
    if provision.kind == "award":
        return Draft(provision, decision, award(provision, decision, env))
    decide_other(provision, decision, env)
    return Draft(provision, decision, [])


def readings_of(program: ir.Program, provision: ir.Provision) -> list[str]:
    """The readings a provision refers to, itself or by what stands between it and others, in order of declaration."""
    used = set(provision.readings)
    for each in program.adjustments:
        if each.measure == provision.measure and provision.name in members_of(each):
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
            Found(stage.of, stage.name, evolve(env, day=evaluate(stage.on, env)), stage.amount, True)
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
        inner = env.bind(THIS, (index, row))
        if provision.on is not None:
            inner = evolve(inner, day=evaluate(provision.on, inner))
        found.append(Found(f"{provision.each}[{index}]", "", inner, provision.amount, provision.on is not None))
    return found


def award(provision: ir.Provision, decision: ProvisionDecision, env: Env) -> list[Case] | None:
    found = found_items(provision, env)
    if isinstance(found, Unknown):
        decision.status, decision.missing = "unknown", found.missing
        return None
    cases = []
    for index, each in enumerate(found):
        item, reasons = decide_item(provision, each, index)
        if item is not None:
            cases.append(Case(item, each.env))
            decision.items.append(item)
            decision.reasons.extend(reasons)
    return cases


def decide_item(provision: ir.Provision, found: Found, index: int) -> tuple[Item | None, list[Reason]]:
    env = found.env
    if found.dated and env.day is None:  # known not to have happened
        return None, []
    conditions = [("among", each) for each in provision.among]
    if found.dated:
        conditions = [("event", happened(provision)), *conditions]
        conditions += [("period", within(period)) for period in provision.periods]
    conditions += [("must", each) for each in provision.must]
    tested = [test(condition, role, env, found.of) for role, condition in conditions]
    values = [value for value, _ in tested]
    failing = {reason.role for value, reason in tested if value is False}
    reasons = [reason for value, reason in tested if reason.role != "event" or value is not True]
    if failing & {"event", "among"}:
        return None, []
    item = Item(found.of, found.name, index, env.day if isinstance(env.day, date) else None, "")
    overall = kleene(values, False, 0)
    if "period" in failing:
        item.status, item.amount = "not_in_force", 0
    elif "must" in failing:
        item.status, item.amount = "denied", 0
    elif isinstance(overall, Absent):
        leave_open(item, overall)
    else:
        assert found.amount is not None
        amount = evaluate(found.amount, env)
        absent = first_absent((amount,), found.amount.origin.line)
        if absent is None:
            item.status, item.uncapped = "granted", round_to_fen(exact(amount))
            item.amount = item.uncapped
        else:
            leave_open(item, absent)
            summing = ir.Condition(name="金额", expr=found.amount, origin=found.amount.origin)
            reasons.append(reason(summing, "amount", absent, env, found.of))
    return item, reasons


def leave_open(item: Item, absent: object) -> None:
    item.status = "unknown" if isinstance(absent, Unknown) else "error"
    item.amount = None
    if isinstance(absent, Unknown):
        item.missing |= absent.missing


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

    def all_of(conditions: Iterable[ir.Condition], role: str) -> Any:
        tested = [test(condition, role, env) for condition in conditions]
        decision.reasons.extend(reason for _, reason in tested)
        return kleene([value for value, _ in tested], False, 0)

    def bare(role: str, name: str, expr: ir.Expr | None) -> Any:
        return all_of([] if expr is None else [ir.Condition(name=name, expr=expr, origin=provision.origin)], role)

    among = all_of(provision.among, "among")
    match provision.kind:
        case "target":
            holds, words = bare("goal", provision.name, provision.goal), ("target_met", "target_unmet", "target")
            if provision.goal is None:
                words = ("target", "target", "target")
        case "duty":
            checks = all_of(provision.checks, "check")
            holds = among if isinstance(among, Absent) else checks
            words = ("duty_met" if provision.checks else "duty", "duty_unmet", "unknown")
        case _:
            holds = kleene([among, all_of(provision.must, "must")], False, 0)
            chosen = bare("chosen", "入选", provision.chosen)
            taken = provision.chosen is not None and chosen is True
            words = ("granted" if taken else "discretionary", "denied", "unknown")
    if among is False:
        decision.status = "not_applicable"
    elif isinstance(holds, Unknown):
        decision.status, decision.missing = words[2], holds.missing
    elif isinstance(holds, Failed):
        decision.status = "error"
    else:
        decision.status = words[0] if holds else words[1]


# ---------------------------------------------------------------- between provisions


def adjust(adjustment: ir.Ceiling | ir.Highest | ir.Deduct, drafts: Sequence[Draft], env: Env) -> None:
    if evaluate(adjustment.applies, env) is not True:
        return
    of = {each.provision.name: each for each in drafts if each.provision.measure == adjustment.measure}
    match adjustment:
        case ir.Ceiling():
            ceiling(adjustment, of, env)
        case ir.Highest():
            highest(adjustment, of)
        case ir.Deduct():
            deduct(adjustment, of)


@frozen(eq=False)
class Place:
    """An item (None: those of a list that is not known) among those of an adjustment."""

    member: int
    provision: str
    case: Case | None

    @property
    def settled(self) -> bool:
        return self.case is not None and self.case.settled

    @property
    def day(self) -> date | None:
        """The event day; None where it is not known or there is none."""
        return self.case.day if self.case is not None and isinstance(self.case.day, date) else None

    @property
    def year(self) -> int | Unknown | None:
        """The year of the event day; None where there is no event day."""
        if self.case is None or isinstance(self.case.day, Absent):
            return Unknown(NOTHING)
        day: date | None = self.case.day
        return None if day is None else day.year

    def field(self, name: str) -> object:
        """The field of the item; None where items of its kind have no such field."""
        if self.case is None:
            return Unknown(NOTHING)
        _, row = self.case.env.items.get(THIS, (0, {}))
        return row.get(name)


def counted(of: dict[str, Draft], member: ir.Member, place: int) -> list[Place]:
    """The items of a member with their place in the order of the members. An item nobody knows of yet stands for a list not known."""
    name, stage = member
    cases = of[name].cases
    if cases is None:
        return [Place(place, name, None)]
    return [Place(place, name, case) for case in cases if stage in ("", case.item.name)]


def by_day(place: Place) -> tuple[date, int, int]:
    """In order of event days, then of members and lists. What has no known day comes first: it may come before anything."""
    return place.day or date.min, place.member, place.case.item.index if place.case else 0


def groups(places: Sequence[Place], key: Callable[[Place], tuple[Any, ...]]) -> list[list[Place]]:
    """The items that share a key. An open item whose key is not wholly known may belong to several groups."""
    keyed = [(key(place), place) for place in places]
    found = list(dict.fromkeys(each for each, place in keyed if place.case is not None and place.case.granted))

    def fits(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
        return all(isinstance(a, Absent) or a == b for a, b in zip(one, other, strict=True))

    return [[place for each, place in keyed if fits(each, group)] for group in found]


def ceiling(adjustment: ir.Ceiling, of: dict[str, Draft], env: Env) -> None:
    places = [
        place
        for number, (member, condition) in enumerate(adjustment.covers)
        if evaluate(condition, env) is True
        for place in counted(of, member, number)
    ]
    if adjustment.by_date:
        places.sort(key=by_day)
    split = evaluate(adjustment.split, env) is True
    names = [name for name, condition in adjustment.keys if evaluate(condition, env) is True]

    def key(place: Place) -> tuple[Any, ...]:
        year = [place.year] if adjustment.per_year else []
        return (*year, *([place.provision] if split else []), *(place.field(name) for name in names))

    for place in places:  # where an item belongs has to be known
        absent = unknown(*key(place))
        if place.case is not None and place.case.granted and absent is not None:
            leave_open(place.case.item, absent)
    for group in groups(places, key):
        fill(adjustment, group, env)


def fill(adjustment: ir.Ceiling, group: Sequence[Place], env: Env) -> None:
    """Fill the items in order until the limit is used up."""
    line = adjustment.origin.line
    cases = [place.case for place in group if place.case is not None and place.case.granted]
    rows = tuple(case.env.items[THIS] for case in cases if THIS in case.env.items)
    limit = evaluate(adjustment.limit, evolve(env, counted=rows))
    absent = first_absent((limit,), line)
    if absent is not None:
        for case in cases:
            leave_open(case.item, absent)
        return
    left = max(0, round_to_fen(exact(limit)))
    certain = all(place.settled for place in group) or not reads_counted(adjustment.limit)
    for place in group:
        certain = certain and place.settled
        if place.case is not None and place.case.granted:
            place.case.certain = certain
            place.case.change(min(place.case.amount, left), adjustment.name, line)
            left -= place.case.amount


def reads_counted(expr: object) -> bool:
    """Whether an expression looks at the items its ceiling counts."""
    if isinstance(expr, ir.Query) and expr.list == COUNTED:
        return True
    parts: Iterable[object] = ()
    if isinstance(expr, tuple):
        parts = expr
    elif isinstance(expr, ir.Node):
        parts = [getattr(expr, each.name) for each in fields(type(expr))]
    return any(reads_counted(part) for part in parts)


def highest(adjustment: ir.Highest, of: dict[str, Draft]) -> None:
    places = [place for number, member in enumerate(adjustment.members) for place in counted(of, member, number)]
    places.sort(key=by_day)
    line = adjustment.origin.line
    if adjustment.mode == "yearly":
        for group in groups(places, lambda place: (place.year,)):
            certain = all(place.settled for place in group)
            cases = [place.case for place in group if place.case is not None and place.case.granted]
            paying = max(cases, key=lambda case: case.amount)
            for case in cases:
                case.certain = certain
                case.change(case.amount if case is paying else 0, "就高", line)
        return
    top: Amount = 0
    certain = True
    for place in places:
        certain = certain and place.settled
        if place.case is not None and place.case.granted:
            amount = place.case.amount
            place.case.certain = certain
            place.case.change(max(0, amount - top), "就高", line)
            top = max(top, amount)


def deduct(adjustment: ir.Deduct, of: dict[str, Draft]) -> None:
    less = [place for name in adjustment.less for place in counted(of, (name, ""), 0)]
    left = sum(place.case.amount for place in less if place.case is not None and place.case.granted)
    certain = all(place.settled for place in less)
    for place in counted(of, (adjustment.member, ""), 0):
        certain = certain and place.settled
        if place.case is not None and place.case.granted:
            before = place.case.amount
            place.case.certain = certain
            place.case.change(max(0, before - left), "扣减", adjustment.origin.line)
            left -= before - place.case.amount


# ---------------------------------------------------------------- provisions


def conclude(draft: Draft) -> None:
    """Sum up the items."""
    decision = draft.decision
    if draft.provision.kind != "award":
        decision.complete = decision.status not in ("unknown", "error")
        return
    cases = draft.cases or []
    if not decision.status:
        decision.status = strongest([case.item.status for case in cases])
    decision.missing = decision.missing.union(*(case.item.missing for case in cases))
    decision.complete = draft.cases is not None and all(case.settled for case in cases)
    given = [case.item for case in cases if case.granted]
    decision.exact_amount = total(item.amount for item in given)
    if draft.provision.nature in PAID:
        decision.exact_paid = total(case.item.paid for case in cases)
        decision.exact_payable = total(item.payable for item in given)
    else:
        for case in cases:
            case.item.paid = case.item.payable = None


def total(amounts: Iterable[Amount | None]) -> Amount | None:
    known = [*amounts]
    return None if None in known else exact(Fraction(sum(each for each in known if each is not None)))
