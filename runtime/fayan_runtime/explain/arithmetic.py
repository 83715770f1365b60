"""How an amount came about, line by line, so that a pocket calculator can follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.explain.numbers import MONEY, show, yuan
from fayan_runtime.explain.phrase import bare, item_name, leaves, noun, say, value
from fayan_runtime.interpreter import Env, Numbered, Step, evaluate, trace
from fayan_runtime.values import Absent, exact, round_to_fen

ARITHMETIC = (ir.Add, ir.Mul, ir.Extreme, ir.Query)


def workings(condition: ir.Condition, env: Env) -> list[str]:
    """How the figures a condition compares were computed: one line for each definition with arithmetic."""
    notes: dict[str, None] = {}
    for step in leaves(trace(condition.expr, env)):
        if step.expr.type.kind == "number" and isinstance(step.expr, (ir.Call, ir.Add, ir.Mul)):
            _put(step, env, notes)
    return list(notes)


def amount_lines(provision: ir.Provision, item: Item, env: Env) -> list[str]:
    """The amount before caps: the definitions used, the formula in words, the formula with the values put in."""
    expr = next((stage.amount for stage in provision.stages if stage.name == item.name), provision.amount)
    if expr is None or item.uncapped is None:
        return []
    step = trace(expr, env)
    notes: dict[str, None] = {}
    put = _put(step, env, notes)
    lines = list(notes)
    if isinstance(bare(step).expr, ARITHMETIC):
        lines.append(f"金额 ＝ {say(bare(step).expr, env.program, env.readings)}")
    chosen = _chosen(step, env)
    lines.append(f"{chosen}{put} ＝ {yuan(item.uncapped)}")
    if round_to_fen(exact(step.value)) != step.value:
        lines[-1] = f"{chosen}{put} ≈ {yuan(item.uncapped)}（四舍五入到分）"
    return lines


def price_before(provision: ir.Provision, env: Env) -> Amount | None:
    """The price asked: the first amount of money the price is worked out from."""
    if provision.amount is None:
        return None
    for step in leaves(trace(provision.amount, env)):
        if isinstance(step.expr, ir.Field) and step.expr.type.unit == MONEY and isinstance(step.value, (int, Fraction)):
            return step.value
    return None


def _chosen(step: Step, env: Env) -> str:
    """“级别为国家小巨人：” where the amount goes by category."""
    while isinstance(step.expr, (ir.Choose, ir.Call)) and step.children:
        step = step.children[-1]
    return f"{noun(step.children[0], env)}为{value(step.children[0])}：" if isinstance(step.expr, ir.Match) else ""


def _put(step: Step, env: Env, notes: dict[str, None], nested: bool = False) -> str:
    """The expression with values in place of names. A definition that computes becomes a line of ``notes`` and stands as its value."""
    if isinstance(step.value, Absent):
        return show(step.value, step.expr.type)
    step = bare(step)
    expr = step.expr
    match expr:
        case ir.Call() if expr.type.kind == "number" and isinstance(bare(step.children[-1]).expr, ARITHMETIC):
            body = _put(step.children[-1], env, notes)
            result = value(step)
            notes[
                f"{noun(step, env)} ＝ {body} {'' if result.startswith('≈') else '＝ '}{result.replace('≈', '≈ ')}"
            ] = None
            return result.split("（即")[0]
        case ir.Add(signs=signs):
            terms = zip(signs, step.children, strict=True)
            parts = [f"{'＋' if sign > 0 else '−'} {_put(child, env, notes)}" for sign, child in terms]
            text = " ".join(parts).removeprefix("＋ ")
            return f"（{text}）" if nested else text
        case ir.Mul(inverse=inverse):
            factors = zip(inverse, step.children, strict=True)
            parts = [f"{'÷' if over else '×'} {_put(child, env, notes, True)}" for over, child in factors]
            return " ".join(parts).removeprefix("× ")
        case ir.Extreme(largest=largest):
            return (
                f"（{'、'.join(_put(child, env, notes) for child in step.children)}中较{'大' if largest else '小'}的）"
            )
        case ir.Query(kind=kind):
            return _put_query(step, kind, env, notes, nested)
        case _:
            return value(step)


def _put_query(step: Step, kind: str, env: Env, notes: dict[str, None], nested: bool) -> str:
    terms = [child for child in step.children if child.expr.type.kind != "bool"]
    if not terms or kind == "the":
        return value(step)
    said = [_put(child, env, notes) for child in terms]
    if kind == "sum":
        text = " ＋ ".join(said)
        return f"（{text}）" if nested and len(said) > 1 else text
    return f"（{'、'.join(said)}中最{'小' if kind == 'min' else '大'}的）" if len(said) > 1 else said[0]


# ---------------------------------------------------------------- after the amount


def step_lines(
    decisions: dict[str, ProvisionDecision], provision: ProvisionDecision, item: Item, env: Env
) -> list[str]:
    """Caps, highest-only and deductions that bit, with the amount before and after."""
    lines = []
    for name, before, after, line in item.steps:
        adjustment = next((each for each in env.program.adjustments if each.origin.line == line), None)
        change = f"由 {yuan(before)} 核减为 {yuan(after)}"
        match adjustment:
            case ir.Ceiling():
                lines.append(f"{name}：{_limit(adjustment, decisions, provision, item, env, after)}，{change}")
            case ir.Highest(mode="cumulative"):
                lines.append(f"就高不重复：此前已计 {yuan(before - after)}，本次只补足到最高一档，{change}")
            case ir.Highest():
                lines.append(f"就高不重复：同一年度只计最高的一项，{change}")
            case ir.Deduct(less=less):
                lines.append(f"扣减：{_deducted(less, decisions, provision, item, line)}")
            case _:
                lines.append(f"{name}：{change}")
    return lines


def _deducted(
    less: Sequence[str],
    decisions: dict[str, ProvisionDecision],
    provision: ProvisionDecision,
    item: Item,
    line: int,
) -> str:
    """“应减共 2,600,000.00元（…），前面阶段已减 2,000,000.00元，尚余 600,000.00元：3,000,000.00元 − 600,000.00元 ＝ 2,400,000.00元”."""
    _, before, after, _ = next(each for each in item.steps if each[3] == line)
    taken = before - after
    whole = sum(decisions[each].exact_amount or 0 for each in less)
    used: Amount = whole - taken
    if not after:  # taken off whole: those before it were too
        order = sorted(provision.items, key=lambda each: each.date or date.max)
        earlier = order[: next(index for index, each in enumerate(order) if each is item)]
        used = sum(step[1] - step[2] for each in earlier for step in each.steps if step[3] == line)
    parts = "、".join(f"{each} {yuan(decisions[each].exact_amount or 0)}" for each in less)
    said = f"应减共 {yuan(whole)}（{parts}）"
    if used > 0:
        said += f"，前面阶段已减 {yuan(used)}，尚余 {yuan(whole - used)}"
    if whole - used > taken:
        said += f"，多于本项的 {yuan(before)}，本项减到零"
    return f"{said}：{yuan(before)} − {yuan(taken)} ＝ {yuan(after)}"


def _limit(
    ceiling: ir.Ceiling,
    decisions: dict[str, ProvisionDecision],
    own: ProvisionDecision,
    item: Item,
    env: Env,
    left: object,
) -> str:
    """“限额 500,000.00元，已用 480,000.00元，余 20,000.00元”, with the limit worked out where it is computed."""
    rows = _counted(ceiling, decisions, own, item, env)
    step = trace(ceiling.limit, evolve(env, counted=rows))
    if isinstance(step.value, Absent):
        return "限额不明"
    notes: dict[str, None] = {}
    put = _put(step, env, notes)
    limit = round_to_fen(exact(step.value))
    worked = f"限额 {put} ＝ {yuan(limit)}" if isinstance(bare(step).expr, ARITHMETIC) else f"限额 {yuan(limit)}"
    used = limit - left  # type: ignore[operator]
    return worked + (f"，排在前面的已用 {yuan(used)}，余 {yuan(left)}" if used else "")  # type: ignore[arg-type]


def _counted(
    ceiling: ir.Ceiling, decisions: dict[str, ProvisionDecision], own: ProvisionDecision, item: Item, env: Env
) -> tuple[Numbered, ...]:
    """The rows that share the ceiling with this item."""
    split = evaluate(ceiling.split, env) is True
    keys = [name for name, condition in ceiling.keys if evaluate(condition, env) is True]
    mine = env.items["本"][1] if "本" in env.items else {}
    found: list[Numbered] = []
    for (name, stage), condition in ceiling.covers:
        lists = {each.name: each.each for each in env.program.provisions if each.measure == ceiling.measure}
        if evaluate(condition, env) is not True or (split and name != own.name) or not lists[name]:
            continue
        rows = env.rows(lists[name])
        for other in decisions[name].items if not isinstance(rows, Absent) else ():
            same_year = not ceiling.per_year or (other.date and item.date and other.date.year == item.date.year)
            row = rows[other.index]  # type: ignore[index]
            same_key = all(row[1][key] == mine.get(key) for key in keys)
            if other.status == "granted" and stage in ("", other.name) and same_year and same_key:
                found.append(row)
    return tuple(found)


def payable_lines(item: Item) -> list[str]:
    """What was paid for the item, taken off."""
    if item.amount is None or item.paid is None or item.payable is None or not item.paid:
        return []
    line = f"应付 ＝ {yuan(item.amount)} − 已兑付 {yuan(item.paid)} ＝ {yuan(item.payable)}"
    return [
        line if item.paid <= item.amount else f"已兑付 {yuan(item.paid)}，多于应得 {yuan(item.amount)}，应付 0.00元"
    ]


def total_line(program: ir.Program, provision: ProvisionDecision) -> str:
    """The sum over the items granted, where there are several."""
    if provision.nature == "price":
        return ""
    granted = [item for item in provision.items if item.status == "granted" and item.amount is not None]
    if len(granted) < 2 or provision.exact_amount is None:
        return ""
    terms = " ＋ ".join(yuan(item.amount or 0) for item in granted)
    return f"合计 ＝ {terms} ＝ {yuan(provision.exact_amount)}"


def item_title(program: ir.Program, item: Item) -> str:
    """租赁第1项, 报送挂牌备案文件."""
    return item.name or item_name(program, item.of)


def row_summary(rows: Sequence[tuple[str, object, ir.Type]]) -> str:
    return "，".join(f"{name} {show(held, kind)}" for name, held, kind in rows if held is not None)
