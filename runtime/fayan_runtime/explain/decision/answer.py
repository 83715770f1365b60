"""The answer: how much from whom, what else it gets, what it does not get and the one reason that decides."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, frozen

from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.explain.decision.arithmetic import price_before
from fayan_runtime.explain.decision.compared import swings
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.decision.paid import overpaid, unmatched
from fayan_runtime.explain.decision.pending import aside_lines, asides
from fayan_runtime.explain.decision.questions import ask
from fayan_runtime.explain.decision.turning import turning
from fayan_runtime.outcome import PAID


@frozen
class Line:
    """A line of the answer. ``turns``: what would turn the refusal."""

    called: str
    amount: str = ""
    by: str = ""
    reason: str = ""
    turns: str = ""


@define
class Answer:
    headline: str
    parts: list[str]
    gets: list[Line]
    priced: list[Line]
    selected: list[Line]
    offered: list[Line]
    denied: list[Line]
    errors: list[Line]
    open: list[Line]
    future: list[Line]
    overpaid: list[Line]
    unmatched: list[Line]
    totals: list[Line]
    swings: list[Line]


def answer(at: Context) -> Answer:
    granted = [each for each in at.provisions if each.status == "granted"]
    amounts = [each for each in granted if each.exact_amount is not None and each.nature != "price"]
    selected = [each for each in granted if each.exact_amount is None and at.rule(each).kind == "selection"]
    offered = [
        each
        for each in at.provisions
        if each.status in ("granted", "discretionary") and each.exact_amount is None and each not in selected
    ]
    headline, parts = opening(at, amounts)
    told: dict[str, str] = {}
    return Answer(
        headline=headline,
        parts=parts,
        gets=[Line(at.called(each), money(at, each), at.by(each), at.short_nature(each.nature)) for each in amounts],
        priced=[
            Line(at.called(each), price) for each in granted if each.nature == "price" for price in prices(at, each)
        ],
        selected=[Line(at.called(each), reason=at.units(each)) for each in selected],
        offered=[left(at, each) for each in offered],
        denied=[line for each in at.provisions for line in refused(at, each, told)] if at.in_force else [],
        errors=[line for each in at.provisions for line in failed(at, each)],
        open=[*wanting(at), *(line for each in at.provisions for line in undecided(at, each))],
        future=[Line(at.called(each), reason=said) for each in at.provisions for said in not_due(at, each)],
        overpaid=[
            Line(f"{at.called(provision)} {at.dated(at.rule(provision), item)}", at.yuan(over))
            for provision, item, over in overpaid(at)
        ],
        unmatched=[Line(payment, reason=why) for payment, why in unmatched(at)],
        totals=totals(at) if len(amounts) > 1 else [],
        swings=[Line(option, reason=changes) for option, changes in swings(at)],
    )


# ---------------------------------------------------------------- the first lines


def opening(at: Context, amounts: list[ProvisionDecision]) -> tuple[str, list[str]]:
    """One sentence: how much, from whom. Where there is more than one kind of money, a line for each below it."""
    parts = [part(at, amounts, nature) for nature in at.decision.totals]
    parts = [each for each in parts if each]
    open_ = any(open_sum(at, nature) for nature in at.decision.totals)
    subject, on = at.decision.subject, at.day(at.decision.on)
    as_of = at.both(f"截至{on}，{subject}", f"As of {on}, {subject}")
    if at.program.effective is not None and not at.in_force:
        since = at.day(at.program.effective)
        return at.both(
            f"{as_of}没有可以得到的：政策自{since}起施行，到评估日还没有施行。",
            f"{as_of} is entitled to nothing: the policy takes effect on {since}.",
        ), []
    rest = at.both("另有事项尚不能定，见下。", "Some items are still undecided, see below.") if open_ else ""
    if not parts:
        if open_:
            return at.both(
                f"{as_of}能得到多少尚不能定，需补充事实。", f"{as_of}: not decided yet; facts are missing."
            ), []
        return at.both(f"{as_of}没有可以得到的资金和减免。", f"{as_of} is entitled to no money or relief."), []
    least = at.both("至少", " at least") if open_ else ""
    if len(parts) == 1:
        return at.both(
            f"{as_of}{least}可得{parts[0]}。{rest}", f"{as_of} is entitled to{least} {parts[0]}. {rest}"
        ).strip(), []
    ends = [at.both("；", ";")] * (len(parts) - 1) + [at.both("。", ".")]
    lines = [text + end for text, end in zip(parts, ends, strict=True)]
    return at.both(f"{as_of}{least}可得：", f"{as_of} is entitled to{least}:"), lines + ([rest] if rest else [])


def part(at: Context, amounts: list[ProvisionDecision], nature: str) -> str:
    """“房租减免和补贴500,000.00元：480,000.00元由…给予，20,000.00元由…给予”; empty where there is none."""
    total = at.decision.totals[nature]
    given = [each for each in amounts if each.nature == nature and each.exact_amount]
    if not total.exact_amount or not given:
        return ""
    payers: dict[str, list[ProvisionDecision]] = {}
    for each in given:
        payers.setdefault(at.by(each), []).append(each)
    said = at.both(
        f"{at.short_nature(nature)}{at.yuan(total.exact_amount)}",
        f"{at.yuan(total.exact_amount)} in {at.nature(nature)}",
    )
    said += settled(at, given)
    if nature == "deduction":
        said += at.both("（税前多扣的数额，不是到手的钱）", "")
    if len(payers) == 1:
        by = next(iter(payers))
        return said + (at.both("，", ", ") + by if by else "")
    split = [
        at.both(f"{at.yuan(_sum(of))}{settled(at, of)}{by}", f"{at.yuan(_sum(of))}{settled(at, of)} {by}")
        for by, of in payers.items()
    ]
    return said + at.both("，其中", ": ") + at.both("，", ", ").join(split)


def settled(at: Context, given: list[ProvisionDecision]) -> str:
    """What of it has been paid, in brackets; empty where nothing was."""
    if any(each.nature in PAID and each.exact_payable is None for each in given):
        return at.label["paid_unknown"]
    payable: Amount = sum(each.exact_payable or 0 for each in given)
    if given[0].nature not in PAID or payable == _sum(given):
        return ""
    less = _sum(given) - payable
    return at.both(
        f"（已兑付抵扣{at.yuan(less)}，应付{at.yuan(payable)}）",
        f" (set off {at.yuan(less)}, payable {at.yuan(payable)})",
    )


def _sum(of: list[ProvisionDecision]) -> Amount:
    return sum(each.exact_amount or 0 for each in of)


# ---------------------------------------------------------------- what it gets


def money(at: Context, provision: ProvisionDecision) -> str:
    """“应得 100,000.00元，已兑付 40,000.00元，应付 60,000.00元”, or just the amount."""
    if provision.exact_amount is None or provision.nature == "price":
        return ""
    if not provision.exact_amount and (not provision.complete or provision.status != "granted"):
        return at.label["pending"]
    label, sep = at.label, at.both("，", ", ")
    simple = not provision.exact_paid and provision.exact_payable in (None, provision.exact_amount)
    amount = at.yuan(provision.exact_amount)
    parts = [amount if simple else f"{label['granted_amount']} {amount}"]
    if provision.exact_paid:
        parts.append(f"{label['paid']} {at.yuan(provision.exact_paid)}")
    if provision.exact_payable is not None and not simple:
        parts.append(f"{label['payable']} {at.yuan(provision.exact_payable)}")
    return sep.join(parts) + ("" if provision.complete else label[doubt(at, provision)])


def doubt(at: Context, provision: ProvisionDecision) -> str:
    """What is open of an amount that is not complete: the amount itself, or only what was paid of it."""
    offset = at.program.offset
    sums = [each for each in at.provisions if each.nature in at.decision.totals]
    failed = any("error" in (each.status, *(item.status for item in each.items)) for each in sums)
    paid_alone = (
        offset is not None
        and not failed
        and provision.nature in PAID
        and provision.exact_payable is None
        and bool(provision.items)
        and all(item.status not in ("unknown", "error") for item in provision.items)
        and all(path.partition("[")[0] == offset.list for path in provision.missing)
    )
    return "paid_unknown" if paid_alone else "at_least"


def open_sum(at: Context, nature: str) -> bool:
    """Whether the sum may come to more; what of it was paid is another question."""
    if at.decision.totals[nature].complete:
        return False
    pending = [each for each in at.provisions if each.nature == nature and not each.complete]
    unseen = at.program.unseen or any(each.unseen for each in at.program.measures)
    return bool(unseen) or any(doubt(at, each) == "at_least" for each in pending)


def prices(at: Context, provision: ProvisionDecision) -> Iterator[str]:
    """“食堂设备：1,000,000.00元 → 900,000.00元”, for each bid."""
    rule = at.rule(provision)
    for item in provision.items:
        if item.status == "granted" and item.amount is not None:
            env = at.item_env(rule, item)
            row = env.items["本"][1] if "本" in env.items else {}
            named = next((held for held in row.values() if isinstance(held, str)), at.title(item))
            asked = price_before(rule, env)
            yield f"{named}：" + (f"{at.yuan(asked)} → " if asked is not None else "") + at.yuan(item.amount)


def left(at: Context, provision: ProvisionDecision) -> Line:
    """What is left to a department, which is named unless the reason does."""
    why, units = at.rule(provision).discretion, at.units(provision)
    return Line(at.called(provision), by="" if units in why else units, reason=at.tongue.cited(why))


def totals(at: Context) -> list[Line]:
    """What each kind of amount comes to, and what is left to pay of it."""
    found = []
    for nature, total in at.decision.totals.items():
        if total.exact_amount:
            parts, payable = [at.yuan(total.exact_amount)], total.exact_payable
            if payable is not None and payable != total.exact_amount:
                parts.append(f"{at.label['set_off']} {at.yuan(total.exact_amount - payable)}")
                parts.append(f"{at.label['payable']} {at.yuan(payable)}")
            note = "" if total.complete else at.label["at_least" if open_sum(at, nature) else "paid_unknown"]
            found.append(Line(at.nature(nature), at.both("，", ", ").join(parts) + note))
    return found


# ---------------------------------------------------------------- what it does not get


def refused(at: Context, provision: ProvisionDecision, told: dict[str, str]) -> Iterator[Line]:
    """One line for each reason that decides; the items are named where there are several. ``told``: change → where it was told."""
    rule = at.rule(provision)
    groups: dict[tuple[str, str], list[Item | None]] = {}
    items: list[Item | None] = [*provision.items] or [None]
    for item in items:
        if (item.status if item else provision.status) in ("denied", "not_in_force"):
            change = turning(at, provision, item)
            groups.setdefault((decisive(at, provision, item), change.text if change else ""), []).append(item)
    for (reason, text), group in groups.items():
        names = at.both("、", ", ").join(at.dated(rule, each) for each in group if each)
        called = at.called(provision) + (f" {names}" if len(provision.items) > 1 else "")
        change = turning(at, provision, group[0])
        if change is not None:
            first = told.setdefault(text, called)
            same = first != called
            effect = (
                at.both(f"，见上（{first}）", f", see above ({first})")
                if same
                else change.whole
                if len(group) > 1
                else change.effect
            )
            text += effect
        yield Line(called, reason=reason, turns=text)


def decisive(at: Context, provision: ProvisionDecision, item: Item | None) -> str:
    """The first condition that fails, and how many others do."""
    reasons = [each for each in provision.reasons if each.of == (item.of if item else "") and each.holds is False]
    reasons = [each for each in reasons if each.role != "chosen"]
    if not reasons:
        return at.status(item.status if item else provision.status)
    more = len(reasons) - 1
    return reasons[0].tell(at.language) + (
        at.both(f"（另有{more}个条件不符合）", f" (and {more} more not met)") if more else ""
    )


def failed(at: Context, provision: ProvisionDecision) -> Iterator[Line]:
    """What cannot be computed, and where."""
    several = len(provision.items) > 1
    for of, status in [("", provision.status), *((each.of, each.status) for each in provision.items)]:
        reason = next((each for each in provision.reasons if each.of == of and each.error), None)
        if status == "error" and reason is not None:
            item = next((each for each in provision.items if each.of == of), None)
            named = f" {at.dated(at.rule(provision), item)}" if item is not None and several else ""
            yield Line(at.called(provision) + named, reason=reason.tell(at.language))


def not_due(at: Context, provision: ProvisionDecision) -> list[str]:
    found = [each for each in asides(at, at.rule(provision), provision) if each.why == "future"]
    return [line.split(at.both("：", ": "), 1)[1] for line in aside_lines(at, found)]


def wanting(at: Context) -> Iterator[Line]:
    """All that is missing, together, where several provisions wait for facts."""
    waiting = [each for each in at.provisions if each.lacking]
    paths = sorted({path for each in waiting for path in each.lacking})
    if len(waiting) > 1:
        called = at.both(f"共需补充{len(paths)}项", f"{len(paths)} facts to supply in all")
        yield Line(
            called, reason=at.tongue.numbers.listed(ask(at.tongue, at.program, each[-1]).called for each in paths)
        )


def undecided(at: Context, provision: ProvisionDecision) -> Iterator[Line]:
    """What is missing, where an item or the whole is open."""
    if provision.missing and (provision.status == "unknown" or not provision.complete):
        asked = at.both("、", ", ").join(ask(at.tongue, at.program, path).called for path in provision.missing)
        yield Line(at.called(provision), reason=at.both(f"需补充{asked}", f"to supply: {asked}"))
