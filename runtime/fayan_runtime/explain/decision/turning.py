"""What would turn a refusal, in words: the nearest change, or the answer that would do, and all that follows from it."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from fayan_runtime.decision import Item, ProvisionDecision
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.decision.nearest import Change, Effect, Nearest, Result, Switch, nearest, step_of, switches
from fayan_runtime.explain.words import pick, plurals

#: (kind, upwards, the value one step short is the bound: it can be cut finer, and is shorter to write) → the sentence: the fact, the bound, its value now, the difference.
CHANGES = {
    ("date", True, False): (
        "{}须不早于{}，现为{}，推迟{}天即可",
        "{} must not be earlier than {}; it is {}: {} day(s) later would do",
    ),
    ("date", False, False): (
        "{}须不晚于{}，现为{}，提前{}天即可",
        "{} must not be later than {}; it is {}: {} day(s) earlier would do",
    ),
    ("number", True, True): ("{}须超过{}，现为{}，再增加{}即可", "{} must exceed {}; it is {}: {} more would do"),
    ("number", True, False): ("{}须达到{}，现为{}，再增加{}即可", "{} must be at least {}; it is {}: {} more would do"),
    ("number", False, True): (
        "{}须低于{}，现为{}，再减少{}即可",
        "{} must be less than {}; it is {}: {} less would do",
    ),
    ("number", False, False): (
        "{}须不超过{}，现为{}，再减少{}即可",
        "{} must not exceed {}; it is {}: {} less would do",
    ),
}


@frozen
class Turning:
    """A change, what comes of it for the one item, and for the provision as a whole."""

    text: str
    effect: str
    whole: str

    def __str__(self) -> str:
        return self.text + self.effect


def turning(at: Context, provision: ProvisionDecision, item: Item | None) -> Turning | None:
    """As ``_turning``, looked for once."""
    return at.once(("turning", id(provision), id(item)), lambda: _turning(at, provision, item))


def _turning(at: Context, provision: ProvisionDecision, item: Item | None) -> Turning | None:
    """“2024年产值须超过6,000万元，现为6,000万元，再增加0.01元即可” and “，可得 120,000.00元”; None where nothing single would do."""
    near = nearest(at.decision, provision, item)
    found = [near] if near is not None else switches(at.decision, provision, item)
    if not found:
        return None
    text = at.both("，或者", ", or ").join(changed(at, each.change) for each in found)
    others = also(at, found[0])
    return Turning(text, given(at, found[0], provision) + others, in_all(at, found[0]) + others)


def in_all(at: Context, near: Nearest) -> str:
    whole = near.own.after[1]
    return at.both(f"，本项共得 {at.yuan(whole or 0)}", f"; it would then give {at.yuan(whole or 0)} in all")


def changed(at: Context, change: Change | Switch) -> str:
    """“2024年产值须超过6,000万元，现为6,000万元，再增加0.01元即可”, “区内企业如为“是”（现为“否”）”."""
    if isinstance(change, Switch):
        return answered(at, change)
    more, kind = change.new > change.old, "date" if isinstance(change.old, date) else "number"
    new, last, old = (at.tongue.numbers.show(each, change.kind) for each in (change.new, change.last, change.old))
    beyond = kind == "number" and step_of(change.kind) < 1 and len(last) < len(new)
    name = change.place.called(at.tongue, at.program)
    said = pick(CHANGES[kind, more, beyond], at.language)
    return plurals(said.format(name, last if beyond else new, old, difference(at, change)))


def difference(at: Context, change: Change) -> str:
    if isinstance(change.old, date):
        return str(abs((change.new - change.old).days))
    size, numbers = abs(change.new - change.old), at.tongue.numbers
    return numbers.quantity(size, change.kind) if change.kind.unit else numbers.points(size)


def answered(at: Context, switch: Switch) -> str:
    """“区内企业如为“是”（现为“否”）”, “产业领域如含“汽车电子””."""
    name, show = switch.place.called(at.tongue, at.program), at.tongue.numbers.show
    said = at.both("或", " or ").join(f"“{show(each, switch.kind)}”" for each in switch.answers)
    if isinstance(switch.old, frozenset):
        return at.both(f"{name}如含{said}", f"if {name} included {said}")
    old = show(switch.old, switch.kind)
    return at.both(f"{name}如为{said}（现为“{old}”）", f"if {name} were {said} (it is “{old}”)")


def given(at: Context, near: Nearest, provision: ProvisionDecision) -> str:
    """What the refused item would then give, and the provision where that is not simply so much more."""
    status, whole, _ = near.own.after
    item = near.item
    if item is None or item.amount is None:
        said = at.status(status) if whole is None else at.yuan(whole)
        return at.both(f"，则{said}" if whole is None else f"，可得 {said}", f"; it would then be: {said}")
    if item.amount:
        told = at.both(f"，可得 {at.yuan(item.amount)}", f"; it would then give {at.yuan(item.amount)}")
    else:
        told = at.both(f"，但数额为 {at.yuan(0)}", f", though for {at.yuan(0)}")
    before = provision.exact_amount or 0
    if whole == before:
        told += at.both(
            f"，但本项的其他事项也会变，合计仍为 {at.yuan(before)}",
            f", but other items here would change too, and the total stays {at.yuan(before)}",
        )
    elif whole is not None and whole != before + item.amount:
        told += at.both(
            f"，但本项的其他事项也会变，合计由 {at.yuan(before)} 变为 {at.yuan(whole)}",
            f", but other items here would change too: in all {at.yuan(whole)} instead of {at.yuan(before)}",
        )
    return told


def also(at: Context, near: Nearest) -> str:
    """The other provisions that would come out differently too."""
    said = [effect(at, each) for each in near.also]
    return at.both("；同时" + "；".join(said), "; at the same time " + "; ".join(said)) if said else ""


def effect(at: Context, each: Effect) -> str:
    called = f"{at.measure(each.measure)} {each.name}"
    before, after = outcome(at, each.before), outcome(at, each.after)
    if before == after:
        before, after = (
            f"{outcome(at, one)}（{at.label['payable']} {at.yuan(one[2] or 0)}）" for one in (each.before, each.after)
        )
    return at.both(f"{called}由“{before}”变为“{after}”", f"{called} changes from “{before}” to “{after}”")


def outcome(at: Context, result: Result) -> str:
    status, amount, _ = result
    return at.status(status) + (f" {at.yuan(amount)}" if status == "granted" and amount is not None else "")
