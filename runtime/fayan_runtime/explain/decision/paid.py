"""What was paid: set off line by line, overpaid, or met by no item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.explain.decision.arithmetic import row_summary
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.phrase.names import find, item_name
from fayan_runtime.explain.phrase.told import tell_condition
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.outcome import PAID, Payment
from fayan_runtime.payments import all_hold, event_key, grain_of, same_event
from fayan_runtime.values import Absent

MEASURE, NAME, DAY, AMOUNT = "措施", "事项", "日期", "金额"


@frozen
class Met:
    """A payment that is for an item; ``excluded`` says why it is not set off."""

    index: int
    row: dict[str, Any]
    excluded: str


def met(at: Context, rule: ir.Provision, env: Env) -> list[Met]:
    """The payments that are known to be for the item."""
    offset = at.program.offset
    rows = env.rows(offset.list) if offset is not None else ()
    if offset is None or isinstance(rows, Absent):
        return []
    grain = grain_of(rule, at.program)
    event, found = event_key(grain, env.day), []
    for index, row in rows:
        inner = at.env.bind("本", (index, row))
        for_this = [row[MEASURE] == rule.measure, row[NAME] == rule.name, same_event(grain, row[DAY], event)]
        if all_hold(for_this) is True:
            out = next((each for each in offset.among if evaluate(each.expr, inner) is False), None)
            found.append(Met(index, row, tell_condition(at.tongue, out, inner) if out is not None else ""))
    return found


def paid_lines(at: Context, rule: ir.Provision, item: Item, env: Env) -> list[str]:
    """What was paid for the item and what is left to pay."""
    if rule.nature not in PAID or item.amount is None or not at.in_force:
        return []
    if item.paid is None:
        said = at.both(
            "已兑付多少不明，应付多少待定", "what has been paid is not known, so neither is what remains payable"
        )
        return [said] if item.amount else []
    payments = met(at, rule, env)
    lines = [
        at.both(f"{_payment(at, each)}：不抵扣，{each.excluded}", f"{_payment(at, each)}: not set off, {each.excluded}")
        for each in payments
        if each.excluded
    ]
    counted = [each for each in payments if not each.excluded]
    whole: Amount = sum(each.row[AMOUNT] for each in counted)
    for each in counted:
        lines.append(_payment(at, each))
    if whole != item.paid:
        lines.append(
            at.both(
                f"以上共 {at.yuan(whole)}，同日其他事项已抵 {at.yuan(whole - item.paid)}，本项抵 {at.yuan(item.paid)}",
                f"together {at.yuan(whole)}, of which {at.yuan(whole - item.paid)} is set off against other items of that day",
            )
        )
    if not item.paid:
        return lines
    over = item.paid - item.amount
    if over > 0:
        lines.append(
            at.both(
                f"已兑付 {at.yuan(item.paid)} − 应得 {at.yuan(item.amount)} ＝ 多付 {at.yuan(over)}，应付 {at.yuan(0)}",
                f"paid {at.yuan(item.paid)} − due {at.yuan(item.amount)} = overpaid {at.yuan(over)}; payable {at.yuan(0)}",
            )
        )
    else:
        lines.append(
            at.both(
                f"应付 ＝ 应得 {at.yuan(item.amount)} − 已兑付 {at.yuan(item.paid)} ＝ {at.yuan(-over)}",
                f"payable = {at.yuan(item.amount)} − paid {at.yuan(item.paid)} = {at.yuan(-over)}",
            )
        )
    return lines


def _payment(at: Context, each: Met | Payment) -> str:
    """“已兑付第1项（事项日期 2022年11月10日，金额 10万元，依据 渝北府办发〔2022〕38号）”."""
    offset = at.program.offset
    fact = find(at.program, ENTERPRISE, offset.list) if offset else None
    assert offset is not None and fact is not None
    shown = [one for one in fact.fields if isinstance(each, Payment) or one.name not in (MEASURE, NAME)]
    words = row_summary(at.tongue, [(one.name, each.row.get(one.name), one.type) for one in shown])
    return f"{item_name(at.tongue, f'{offset.list}[{each.index}]')}{at.tongue.aside(words)}"


# ---------------------------------------------------------------- over and above


def overpaid(at: Context) -> Iterator[tuple[ProvisionDecision, Item, Amount]]:
    """The items for which more was paid than they come to."""
    for provision in at.provisions:
        for item in provision.items:
            if item.paid is not None and item.amount is not None and item.paid > item.amount:
                yield provision, item, item.paid - item.amount


def unmatched(at: Context) -> Iterator[tuple[str, str]]:
    """Payments that meet no item, each with the payable items it may well be for."""
    for payment in at.decision.unmatched_payments:
        items = [f"{at.called(each)} {at.dated(at.rule(each), item)}" for each, item in beside(at, payment)]
        yield _payment(at, payment), at.label["by_payment"].format(at.tongue.numbers.listed(items)) if items else ""


def beside(at: Context, payment: Payment) -> Iterator[tuple[ProvisionDecision, Item]]:
    """Payable items of the same measure that a payment nearly meets: the same day under another name, or the same name on another day."""
    for provision in at.provisions:
        rule = at.rule(provision)
        grain = grain_of(rule, at.program)
        for item in provision.items:
            if not item.payable or payment.measure not in (None, provision.measure):
                continue
            same = same_event(grain, payment.row[DAY], event_key(grain, item.date)) is True
            if same or all_hold([payment.row[NAME] == provision.name, payment.measure == provision.measure]) is True:
                yield provision, item


def warnings(at: Context, provision: ProvisionDecision, item: Item) -> list[str]:
    """Before paying the item: payments that meet none and may be for it."""
    return [
        at.both(
            f"注意：{_payment(at, payment)}没有对上事项，可能就是本项的款项，付款前请核对",
            f"Note: {_payment(at, payment)} meets no item and may be for this one; check before paying",
        )
        for payment in at.decision.unmatched_payments
        if any(one is provision and other is item for one, other in beside(at, payment))
    ]
