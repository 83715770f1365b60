"""Which readings a measure used, and what the others would give: those that matter in full, the rest in one line."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.decision import MeasureDecision, ProvisionDecision, ReadingUse
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.decision.pending import option_text
from fayan_runtime.report import inside


@frozen
class ReadingView:
    """A reading that matters: what is used, and what each other option would give."""

    id: str
    question: str
    used: str
    others: list[str]


@frozen
class Readings:
    """``quiet`` are those used that make no difference; ``declared`` those the policy lists without computing them."""

    matter: list[ReadingView]
    quiet: str
    quiet_label: str
    declared: list[str]


def readings_of(at: Context, measure: MeasureDecision) -> Readings:
    provisions = [each for each in measure.provisions.values() if each.readings and at.in_force]
    matter, quiet = [], []
    for declared in at.program.readings:
        uses = [(each, use) for each in provisions for use in each.readings if use.id == declared.id]
        if not uses:
            continue
        used = uses[0][1].used
        others = {option: differing(at, uses, option) for option in uses[0][1].others}
        if any(others.values()):
            told = [
                f"{option} {option_text(at, declared.id, option)}"
                + at.both("：", ": ")
                + (at.both("；", "; ").join(found) or at.label["same"])
                for option, found in others.items()
            ]
            matter.append(
                ReadingView(
                    declared.id,
                    at.tongue.cited(declared.question),
                    f"{used} {option_text(at, declared.id, used)}",
                    told,
                )
            )
        elif any(each.status != "not_applicable" for each, _ in uses):
            quiet.append(f"{declared.id}={used}")
    compared = any(use.others for each in provisions for use in each.readings)
    open_ = any(not each.complete or each.status in ("unknown", "error") for each in provisions)
    label = "quiet_open" if open_ else "quiet"
    return Readings(
        matter,
        at.both("、", ", ").join(quiet),
        at.label[label if compared else "readings"],
        [declared_line(at, each) for each in about(at.program, measure)],
    )


def differing(at: Context, uses: list[tuple[ProvisionDecision, ReadingUse]], option: str) -> list[str]:
    """What each provision would come to under the option, where that is something else."""
    found = []
    for provision, use in uses:
        status, amount, payable = use.others[option]
        same = (status, amount, payable) == (provision.status, provision.exact_amount, provision.exact_payable)
        other = at.decision.under(use.id, option).provision(provision)
        if same and inside(other) == inside(provision):
            continue
        said = f"{provision.name} {at.status(status)}"
        if status == "granted" and amount is not None:
            said += f" {at.yuan(amount)}"
            if payable is not None and (payable != amount or amount == provision.exact_amount):
                said += at.both(f"（应付 {at.yuan(payable)}）", f" (payable {at.yuan(payable)})")
        if same:
            alike = items_of(other) == items_of(provision)
            said += at.label["other_missing" if alike else "partly"]
        found.append(said)
    return found


def items_of(provision: ProvisionDecision) -> list[tuple[object, ...]]:
    return [(each.of, each.name, each.status, each.amount) for each in provision.items]


def about(program: ir.Program, measure: MeasureDecision) -> list[ir.ReadingDecl]:
    """The readings declared without being computed that rest on words of the measure, where it decides anything."""
    if not any(
        each.status in ("granted", "denied", "unknown", "error") and each.items for each in measure.provisions.values()
    ):
        return []
    text = "".join(one.text for each in program.measures if each.number == measure.id for one in each.sentences)
    return [
        each
        for each in program.readings
        if each.uncomputed is not None and each.origin.quote and each.origin.quote in text
    ]


def declared_line(at: Context, declared: ir.ReadingDecl) -> str:
    return f"{declared.id} {at.tongue.cited(declared.question)}" + at.tongue.aside(
        at.tongue.cited(declared.uncomputed or "")
    )


def swings(at: Context) -> list[tuple[str, str]]:
    """The options under which a total comes out differently: “R3.3 b 只管市级企业，小巨人不看增速” and “房租减免和补贴 500,000.00元 → 1,000,000.00元”."""
    compared = {
        (use.id, option): None
        for each in at.decision.outcome.provisions()
        for use in each.readings
        for option in use.others
    }
    order = [each.id for each in at.program.readings]
    lines = []
    for id, option in sorted(compared, key=lambda each: (order.index(each[0]), each[1])):
        changes = []
        for nature, total in at.decision.under(id, option).totals.items():
            before, after = at.decision.totals[nature], total
            least = "" if after.complete else at.label["at_least"]
            if after.exact_amount != before.exact_amount:
                figures = f"{at.yuan(before.exact_amount)} → {at.yuan(after.exact_amount)}"
            elif (
                None not in (after.exact_payable, before.exact_payable) and after.exact_payable != before.exact_payable
            ):
                figures = (
                    f"{at.label['payable']} {at.yuan(before.exact_payable or 0)} → {at.yuan(after.exact_payable or 0)}"
                )
            else:
                continue
            changes.append(f"{at.short_nature(nature)} {figures}{least}")
        if changes:
            lines.append((f"{id} {option} {option_text(at, id, option)}", at.both("，", ", ").join(changes)))
    return lines
