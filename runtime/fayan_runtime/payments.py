"""What was paid, set off against the items it was paid for: the reference meaning of 抵扣."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fayan_runtime import ir
from fayan_runtime.draft import NOTHING, Case, Draft
from fayan_runtime.interpreter import Env, evaluate, first_absent, kleene
from fayan_runtime.names import ENTERPRISE, OWN
from fayan_runtime.outcome import PAID, Payment
from fayan_runtime.values import Absent, Unknown


def set_off(drafts: Sequence[Draft], env: Env) -> list[Payment]:
    """Set payments off against the items they meet; what meets none is given back."""
    offset = env.program.offset
    payable = [each for each in drafts if each.provision.kind == "award" and each.provision.nature in PAID]
    rows: Any = [] if offset is None else env.rows(offset.list)
    if isinstance(rows, Unknown):
        for case in [case for each in payable for case in each.cases]:
            pay(case, rows)
        return []
    among = offset.among if offset is not None else ()
    counts = [all_hold([evaluate(each.expr, env.bind(OWN, row)) for each in among]) for row in rows]
    met: set[int] = set()
    for each in payable:
        found = [
            all_hold([row["措施"] == each.provision.measure, row["事项"] == each.provision.name]) for _, row in rows
        ]
        grain = grain_of(each.provision, env.program)
        if each.rest is not None:  # it may hold an item for any of its payments
            met |= {index for index, _ in rows if found[index] is not False}
        for event, cases in by_event(each.cases, grain):
            meeting = [all_hold([found[index], same_event(grain, row["日期"], event)]) for index, row in rows]
            met |= {index for index, _ in rows if meeting[index] is not False}
            counting = [(all_hold([meeting[index], counts[index]]), row["金额"]) for index, row in rows]
            share(cases, [amount if holds is True else holds for holds, amount in counting if holds is not False])
    return [Payment(index, row) for index, row in rows if index not in met]


def by_event(cases: Iterable[Case], grain: str) -> Iterable[tuple[Any, list[Case]]]:
    """The items of each event; one whose event day is not known stands alone."""
    found: dict[Any, tuple[Any, list[Case]]] = {}
    for case in cases:
        event = event_key(grain, case.day)
        found.setdefault(case if isinstance(event, Absent) else event, (event, []))[1].append(case)
    return found.values()


def all_hold(values: Sequence[object]) -> Any:
    return kleene(values, False, 0)


def share(cases: Sequence[Case], payments: Sequence[Any]) -> None:
    """Payments for one event are used up in the order of its items, each up to its amount.

    What is then left belongs to the last item whose amount is not known, else to the last.
    """
    absent = first_absent(payments, 0)
    left = sum(payments) if absent is None else absent
    cases = sorted(cases, key=lambda case: case.open)
    for case in cases:
        if isinstance(left, Absent):
            pay(case, left)
        else:
            part = left if case is cases[-1] else max(0, min(left, case.amount))
            pay(case, part)
            left -= part


def pay(case: Case, paid: Any) -> None:
    """Note what was paid for an item. Where that is not known, neither is what a granted item still pays."""
    item = case.item
    item.paid = None if isinstance(paid, Absent) else paid
    if case.granted:
        item.payable = None if item.paid is None else max(0, case.amount - item.paid)
        item.lacking |= paid.missing if isinstance(paid, Unknown) else NOTHING
    elif item.amount is not None:
        item.payable = 0


def grain_of(provision: ir.Provision, program: ir.Program) -> str:
    """What payments and items must have in common: the date, or the year or month where that is what dates the list's items."""
    facts = [fact for scope in program.scopes if scope.name == ENTERPRISE for fact in scope.facts]
    for fact in facts:
        if fact.name == provision.each:
            return next((field.type.kind for field in fact.fields if field.name == fact.event), "date")
    return "date"


def event_key(grain: str, day: Any) -> Any:
    """The date, month or year that stands for the event; None for an item without event day."""
    if day is None or isinstance(day, Absent):
        return day
    return {"year": day.year, "month": (day.year, day.month)}.get(grain, day)


def same_event(grain: str, paid_for: Any, event: Any) -> Any:
    """Whether a payment for the day ``paid_for`` is for the event."""
    if event is None:
        return True
    if isinstance(event, Absent):
        return Unknown(NOTHING)
    return event_key(grain, paid_for) == event
