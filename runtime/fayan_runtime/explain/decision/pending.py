"""What a provision was looked at for and is not decided on: not yet due, of another kind, a stage not reached; and why nothing is left."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.phrase.names import item_name
from fayan_runtime.explain.phrase.steps import first_only
from fayan_runtime.explain.phrase.told import noun, tell, tell_condition
from fayan_runtime.interpreter import evaluate, trace
from fayan_runtime.payments import grain_of
from fayan_runtime.reference import found_items
from fayan_runtime.values import Unknown

#: So many items are named where the same is said of several.
NAMED = 6


@frozen
class Aside:
    """Why something is no item: its day is still to come (``future``), it has none (``unreached``), or it is of another kind."""

    of: str
    title: str
    text: str
    why: Literal["future", "unreached", "other"]


def asides(at: Context, rule: ir.Provision, provision: ProvisionDecision) -> list[Aside]:
    found = found_items(rule, at.env) if rule.kind == "award" and at.in_force else []
    if isinstance(found, Unknown):
        return []
    decided = {item.index for item in provision.items}
    said = []
    for index, each in enumerate(found):
        if index in decided:
            continue
        title = each.name or item_name(at.tongue, each.of)
        if each.dated and each.env.day is None:
            said.append(Aside(each.of, title, unreached(at, rule, index), "unreached"))
            continue
        other = next((one for one in rule.among if evaluate(one.expr, each.env) is False), None)
        if other is not None:
            told = tell_condition(at.tongue, other, each.env)
            if first_only(other.expr):
                why = at.both(f"只计首次，{told}", f"only the first counts; {told}")
            elif " " in other.name:  # not named by the drafter
                why = told
            else:
                why = at.both(f"不符合“{other.name}”（{told}）", f"does not meet “{other.name}” ({told})")
            said.append(Aside(each.of, title, why, "other"))
        elif isinstance(each.env.day, date):
            said.append(Aside(each.of, title, future(at, rule, each.env.day), "future"))
    return said


def future(at: Context, rule: ir.Provision, day: date) -> str:
    """“2025年度未结束，2025年12月31日及以后评估时再算”."""
    due = at.day(day)
    match grain_of(rule, at.program):
        case "year":
            return at.both(
                f"{day.year}年度未结束，{due}及以后评估时再算",
                f"the year {day.year} is not over; counted from {due} on",
            )
        case "month":
            when = at.when(rule, day)
            return at.both(f"{when}未结束，{due}及以后评估时再算", f"{when} is not over; counted from {due} on")
        case _:
            return at.both(
                f"{due}晚于评估日，到那天再算", f"{due} is after the date of assessment; counted from that day on"
            )


def unreached(at: Context, rule: ir.Provision, index: int) -> str:
    """Why a stage, or the one event there is, has no day."""
    on = rule.stages[index].on if rule.stages else rule.on
    assert on is not None
    step, reading, told = trace(on, at.env), "", ""
    while step.children:
        match step.expr:
            case ir.Choose(reading=id):
                reading, told = id, ""
            case ir.Cases():
                told = at.tongue.clauses(
                    dict.fromkeys(
                        tell(at.tongue, each, at.env) for each in step.children if each.expr.type.kind == "bool"
                    )
                )
            case ir.Call():
                pass
            case _:
                break
        step = step.children[-1]
    if told:
        return told
    if isinstance(step.expr, ir.Const) and reading:
        option = option_text(at, reading, at.decision.readings[reading])
        return at.both(
            f"按口径{reading}的现用读法（{option}），不计算",
            f"not counted under the reading used for {reading} ({option})",
        )
    return at.tongue.there_is_no(noun(at.tongue, step, at.env), False)


def option_text(at: Context, reading: str, option: str) -> str:
    declared = next((each for each in at.program.readings if each.id == reading), None)
    text = next((text for name, text in declared.options if name == option), "") if declared else ""
    return at.tongue.cited(text)


def aside_lines(at: Context, found: list[Aside]) -> list[str]:
    """One line for each reason, with the items it is said of."""
    grouped: dict[tuple[str, str], list[Aside]] = {}
    for each in found:
        grouped.setdefault((each.why, each.text), []).append(each)
    lines = []
    for (why, text), group in grouped.items():
        names = at.both("、", ", ").join(each.title for each in group[:NAMED])
        if len(group) > NAMED:
            names += at.both(f"等{len(group)}项", f" and {len(group) - NAMED} more")
        lines.append(at.both(f"{at.label[why]}：{names}，{text}", f"{at.label[why]}: {names}: {text}"))
    return lines


def idle(at: Context, rule: ir.Provision, provision: ProvisionDecision, found: list[Aside]) -> str:
    """Why there is nothing to decide on: “没有租赁记录”."""
    if provision.status != "not_applicable":
        return ""
    reasons = [each for each in provision.reasons if each.holds is False]
    if rule.kind != "award":
        told = at.tongue.clauses(each.tell(at.language) for each in reasons[:1])
        return at.both(f"不属于本项的对象：{told}", f"not one of those it is for: {told}")
    if rule.each and not found:
        name = rule.each.removesuffix("记录")
        return at.both(f"没有{name}记录", f"there is no {rule.each}")
    if any(each.why == "future" for each in found):
        return at.both("没有到期的事项", "nothing is due yet")
    if rule.stages:
        return at.both("各阶段都没有到", "no stage has been reached")
    return at.both("没有属于本项的事项", "nothing of this kind")
