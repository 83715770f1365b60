"""How an amount came about, line by line, so that a pocket calculator can follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from fayan_runtime import ir
from fayan_runtime.between import looks_at_counted
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.explain.numbers import MONEY
from fayan_runtime.explain.phrase.names import item_name
from fayan_runtime.explain.phrase.steps import agreed, bare, inside, leaves
from fayan_runtime.explain.phrase.told import noun, tell, value, whichever
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.words import pick
from fayan_runtime.interpreter import Env, Numbered, Step, evaluate, trace
from fayan_runtime.values import Absent, exact, round_to_fen

ARITHMETIC = (ir.Add, ir.Mul, ir.Extreme, ir.Round, ir.Query)
#: The sentences of the arithmetic, in Chinese and English.
SAID = {
    "amount": ("金额 ＝ {}", "amount = {}"),
    "rounded": ("（四舍五入到分）", " (rounded half up to 0.01)"),
    "applies": ("适用：{}", "applies: {}"),
    "case": ("{}为{}：", "{} is {}: "),
    "smallest": ("（{}中最小的）", "(the smallest of {})"),
    "largest": ("（{}中最大的）", "(the largest of {})"),
    "cut": ("由 {} 核减为 {}", "reduced from {} to {}"),
    "ceiling": ("{}：{}，{}", "{}: {}; {}"),
    "highest": ("就高不重复：{}", "highest only: {}"),
    "received": ("按其他文件已享受", "received under other documents"),
    "counted": ("前面已计 {}", "counted before: {}"),
    "together": ("，共 {}", "; together {}"),
    "nothing_more": ("{}，不低于本项的 {}，本项不再计", "{}; not less than this item's {}, so nothing more is counted"),
    "difference": ("{}，本项只补足差额：{} − {} ＝ {}", "{}; this item only makes up the difference: {} − {} = {}"),
    "yearly": (
        "{}年只计最高的一项，即{} {}，本项由 {} 核减为 {}",
        "of the items of {} only the highest counts, {} {}; this one is reduced from {} to {}",
    ),
    "other": ("{}：{}", "{}: {}"),
    "deducted": ("扣减：{}", "deduction: {}"),
    "to_deduct": ("应减共 {}（{}）", "to be deducted: {} ({})"),
    "deducted_before": ("，前面阶段已减 {}，尚余 {}", "; {} was deducted from earlier stages, {} is left"),
    "to_nothing": ("，多于本项的 {}，本项减到零", "; more than this item's {}, which is reduced to nothing"),
    "sum": ("{}：{}", "{}: {}"),
    "limit_unknown": ("限额不明", "the limit is not known"),
    "limit": ("限额 {}", "limit {}"),
    "used": ("，排在前面的已用 {}", ", of which items before this one used {}"),
    "kept": ("，为尚不能定的事项留出 {}", ", {} kept for items not decided yet"),
    "left": ("，余 {}", ", leaving {}"),
    "limit_open": (
        "限额要看尚不能定的事项，定下以前不计",
        "the limit depends on items not decided yet, so nothing counts until they are",
    ),
    "highest_open": (
        "{}还有尚不能定的事项，按其最多的计，本项至少得 {}",
        "{}items not decided yet are taken at their most, so that this item comes to at least {}",
    ),
    "deducted_open": ("；尚不能定的事项还可能减 {}", "; items not decided yet may take off another {}"),
    "total": ("合计 ＝ {} ＝ {}", "total = {} = {}"),
}


def said(tongue: Tongue, name: str, *parts: str) -> str:
    return pick(SAID[name], tongue.language).format(*parts)


def workings(tongue: Tongue, traced: Step, env: Env) -> list[str]:
    """How the figures a condition compares were computed: one line for each definition with arithmetic."""
    notes: dict[str, None] = {}
    for step in leaves(traced):
        if step.expr.type.kind == "number" and isinstance(step.expr, (ir.Call, ir.Add, ir.Mul)):
            _put(tongue, step, env, notes)
    return list(notes)


def amount_lines(tongue: Tongue, provision: ir.Provision, item: Item, env: Env) -> list[str]:
    """The amount before caps: the definitions used, the formula in words, the formula with the values put in."""
    expr = next((stage.amount for stage in provision.stages if stage.name == item.name), provision.amount)
    if expr is None or item.uncapped is None:
        return []
    step = trace(expr, env)
    notes: dict[str, None] = {}
    put = _put(tongue, step, env, notes)
    lines = [*_cases(tongue, step, env), *notes]
    if isinstance(bare(step).expr, ARITHMETIC):
        lines.append(said(tongue, "amount", say(tongue, bare(step).expr, env.program, env.readings)))
    chosen, amount = _chosen(tongue, step, env), tongue.numbers.yuan(item.uncapped)
    inexact = round_to_fen(exact(step.value)) != step.value
    lines.append(
        f"{chosen}{put} ≈ {amount}{said(tongue, 'rounded')}" if inexact else f"{chosen}{put} {tongue.EQUALS} {amount}"
    )
    return lines


def price_before(provision: ir.Provision, env: Env) -> Amount | None:
    """The price asked: the first amount of money the price is worked out from."""
    if provision.amount is None:
        return None
    for step in leaves(trace(provision.amount, env)):
        if isinstance(step.expr, ir.Field) and step.expr.type.unit == MONEY and isinstance(step.value, (int, Fraction)):
            return step.value
    return None


def _chosen(tongue: Tongue, step: Step, env: Env) -> str:
    """“级别为国家小巨人：” where the amount goes by category."""
    while isinstance(step.expr, (ir.Choose, ir.Call)) and step.children:
        step = step.children[-1]
    if not isinstance(step.expr, ir.Match) or agreed(step):
        return ""
    return said(tongue, "case", noun(tongue, step.children[0], env), value(tongue, step.children[0]))


def _cases(tongue: Tongue, step: Step, env: Env) -> list[str]:
    """The condition that chose the amount where it goes by cases; for the last of them, the condition before it that failed."""
    found: list[str] = []
    while isinstance(step.expr, (ir.Choose, ir.Call, ir.Match, ir.Cases)) and step.children:
        if agreed(step):
            return [*found, whichever(tongue, step, env, tongue.all_give(value(tongue, step)))]
        if isinstance(step.expr, ir.Cases):
            tested = [each for each in step.children if each.expr.type.kind == "bool"]
            if tested and not isinstance(tested[-1].value, Absent):
                found.append(said(tongue, "applies", tell(tongue, tested[-1], env)))
        env = inside(step, env) if isinstance(step.expr, ir.Call) else env
        step = step.children[-1]
    return found


def _put(tongue: Tongue, step: Step, env: Env, notes: dict[str, None], nested: bool = False) -> str:
    """The expression with values in place of names. A definition that computes becomes a line of ``notes`` and stands as its value."""
    if isinstance(step.value, Absent):
        return tongue.numbers.show(step.value, step.expr.type)
    step = bare(step)
    expr = step.expr
    match expr:
        case ir.Call() if expr.type.kind == "number" and isinstance(bare(step.children[-1]).expr, ARITHMETIC):
            body = _put(tongue, step.children[-1], env, notes)
            result, is_ = value(tongue, step), tongue.EQUALS
            notes[
                f"{noun(tongue, step, env)} {is_} {body} {'' if result.startswith('≈') else f'{is_} '}{result.replace('≈', '≈ ')}"
            ] = None
            return tongue.numbers.rounded(result)
        case ir.Add(signs=signs):
            terms = zip(signs, step.children, strict=True)
            parts = [f"{tongue.PLUS if sign > 0 else '−'} {_put(tongue, child, env, notes)}" for sign, child in terms]
            text = " ".join(parts).removeprefix(f"{tongue.PLUS} ")
            return tongue.bracket(text) if nested else text
        case ir.Mul(inverse=inverse):
            factors = zip(inverse, step.children, strict=True)
            parts = [f"{'÷' if over else '×'} {_put(tongue, child, env, notes, True)}" for over, child in factors]
            return " ".join(parts).removeprefix("× ")
        case ir.Round(step=unit, way=way):
            put = _put(tongue, step.children[0], env, notes)
            return tongue.rounded(put, tongue.numbers.show(unit, expr.type), way)
        case ir.Extreme(largest=largest):
            return tongue.bracket(tongue.extreme([_put(tongue, child, env, notes) for child in step.children], largest))
        case ir.Query(kind=kind):
            return _put_query(tongue, step, kind, env, notes, nested)
        case _:
            return value(tongue, step)


def _put_query(tongue: Tongue, step: Step, kind: str, env: Env, notes: dict[str, None], nested: bool) -> str:
    terms = [child for child in step.children if child.expr.type.kind != "bool"]
    if not terms or kind == "the":
        return value(tongue, step)
    put = [_put(tongue, child, env, notes) for child in terms]
    if kind == "sum":
        text = f" {tongue.PLUS} ".join(put)
        return tongue.bracket(text) if nested and len(put) > 1 else text
    if len(put) == 1:
        return put[0]
    return said(tongue, "smallest" if kind == "min" else "largest", tongue.numbers.listed(put))


# ---------------------------------------------------------------- after the amount


def step_lines(
    tongue: Tongue, decisions: dict[str, ProvisionDecision], provision: ProvisionDecision, item: Item, env: Env
) -> list[str]:
    """Caps, highest-only and deductions that bit, with the amount before and after."""
    lines, yuan = [], tongue.numbers.yuan
    for name, before, after, line in item.steps if item.status == "granted" else ():
        adjustment = next((each for each in env.program.adjustments if each.origin.line == line), None)
        change = said(tongue, "cut", yuan(before), yuan(after))
        match adjustment:
            case ir.Ceiling():
                limit = _limit(tongue, adjustment, decisions, provision, item, env, after)
                lines.append(said(tongue, "ceiling", name, limit, change))
            case ir.Highest():
                lines.append(said(tongue, "highest", _highest(tongue, adjustment, decisions, provision, item, env)))
            case ir.Deduct(less=less):
                lines.append(said(tongue, "deducted", _deducted(tongue, less, decisions, provision, item, line)))
            case _:
                lines.append(said(tongue, "other", name, change))
    return lines


def _highest(
    tongue: Tongue,
    highest: ir.Highest,
    decisions: dict[str, ProvisionDecision],
    own: ProvisionDecision,
    item: Item,
    env: Env,
) -> str:
    """What the amount taken off was already given for."""
    yuan, line, program = tongue.numbers.yuan, highest.origin.line, env.program
    _, before, after, _ = next(each for each in item.steps if each[3] == line)
    others = [
        (decisions[name], other)
        for name, stage in highest.members
        for other in decisions[name].items
        if other is not item and other.status == "granted" and stage in ("", other.name)
    ]

    def title(of: ProvisionDecision, other: Item) -> str:
        return f"{'' if of.measure == own.measure else f'{of.name} '}{item_title(tongue, other)}"

    if highest.mode == "yearly":
        same = [(of, other, amount_at(program, other, line)) for of, other in others if _year(other) == _year(item)]
        best = max(same, key=lambda each: each[2], default=None)
        if best is None or best[2] < before:
            return said(tongue, "highest_open", "", yuan(after))
        called = title(best[0], best[1])
        return said(tongue, "yearly", str(_year(item)), called, yuan(best[2]), yuan(before), yuan(after))
    earlier = [(of, other) for of, other in others if (other.date or date.max) <= (item.date or date.max)]
    given = [(title(of, other), paid) for of, other in earlier if (paid := amount_at(program, other, line, True))]
    if highest.received is not None and (got := max(0, round_to_fen(exact(evaluate(highest.received, env))))):
        given.insert(0, (said(tongue, "received"), got))
    whole = sum(paid for _, paid in given)
    counted = ""
    if given:
        names = tongue.numbers.listed(f"{called} {yuan(paid)}" for called, paid in given)
        counted = said(tongue, "counted", names) + (said(tongue, "together", yuan(whole)) if len(given) > 1 else "")
    if whole < before - after:
        return said(tongue, "highest_open", tongue.clauses([counted, ""]) if counted else "", yuan(after))
    if not after:
        return said(tongue, "nothing_more", counted, yuan(before))
    return said(tongue, "difference", counted, yuan(before), yuan(whole), yuan(after))


def _year(item: Item) -> int | None:
    return item.date.year if item.date else None


def amount_at(program: ir.Program, item: Item, line: int, after: bool = False) -> Amount:
    """The amount of an item when the adjustment of a line came to it (or had been applied)."""
    order = [each.origin.line for each in program.adjustments]
    amount = item.uncapped or 0
    for _, _, changed, at in item.steps:
        if order.index(at) < order.index(line) or (after and at == line):
            amount = changed
    return amount


def _deducted(
    tongue: Tongue,
    less: Sequence[str],
    decisions: dict[str, ProvisionDecision],
    provision: ProvisionDecision,
    item: Item,
    line: int,
) -> str:
    """“应减共 2,600,000.00元（…），前面阶段已减 2,000,000.00元，尚余 600,000.00元：3,000,000.00元 − 600,000.00元 ＝ 2,400,000.00元”."""
    yuan = tongue.numbers.yuan
    _, before, after, _ = next(each for each in item.steps if each[3] == line)
    taken = before - after
    whole = sum(decisions[each].exact_amount or 0 for each in less)
    used: Amount = whole - taken
    if not after:  # taken off whole: those before it were too
        order = sorted(provision.items, key=lambda each: each.date or date.max)
        earlier = order[: next(index for index, each in enumerate(order) if each is item)]
        used = sum(step[1] - step[2] for each in earlier for step in each.steps if step[3] == line)
    parts = tongue.numbers.listed(f"{each} {yuan(decisions[each].exact_amount or 0)}" for each in less)
    told = said(tongue, "to_deduct", yuan(whole), parts)
    if used > 0:
        told += said(tongue, "deducted_before", yuan(used), yuan(whole - used))
    if whole - used > taken:
        told += said(tongue, "to_nothing", yuan(before))
    if taken > whole:
        told += said(tongue, "deducted_open", yuan(taken - whole))
    return said(tongue, "sum", told, f"{yuan(before)} − {yuan(taken)} {tongue.EQUALS} {yuan(after)}")


def _limit(
    tongue: Tongue,
    ceiling: ir.Ceiling,
    decisions: dict[str, ProvisionDecision],
    own: ProvisionDecision,
    item: Item,
    env: Env,
    left: Amount,
) -> str:
    """“限额 500,000.00元，排在前面的已用 480,000.00元，余 20,000.00元”, with the limit worked out where it is computed."""
    yuan, line = tongue.numbers.yuan, ceiling.origin.line
    sharing = _sharing(ceiling, decisions, own, item, env)
    step = trace(ceiling.limit, evolve(env, counted=tuple(row for _, row in sharing if row is not None)))
    if step.value is None or isinstance(step.value, Absent):
        return said(tongue, "limit_unknown")
    put = _put(tongue, step, env, {})
    limit = max(0, round_to_fen(exact(step.value)))
    told = said(
        tongue,
        "limit",
        f"{put} {tongue.EQUALS} {yuan(limit)}" if isinstance(bare(step).expr, ARITHMETIC) else yuan(limit),
    )
    before = [other for other, _ in sharing[: next(i for i, (other, _) in enumerate(sharing) if other is item)]]
    used = sum(amount_at(env.program, other, line, True) for other in before)
    if used:
        told += said(tongue, "used", yuan(used))
    if limit > used and not left and evaluate(looks_at_counted(ceiling.limit), env) is True:
        return said(tongue, "limit_open")
    if limit - used - left > 0:
        told += said(tongue, "kept", yuan(limit - used - left))
    return told + (said(tongue, "left", yuan(left)) if left != limit else "")


def _sharing(
    ceiling: ir.Ceiling, decisions: dict[str, ProvisionDecision], own: ProvisionDecision, item: Item, env: Env
) -> list[tuple[Item, Numbered | None]]:
    """The granted items that share the ceiling with this one, in the order in which it is filled, with their rows."""
    split = evaluate(ceiling.split, env) is True
    keys = [name for name, condition in ceiling.keys if evaluate(condition, env) is True]
    mine = env.items["本"][1] if "本" in env.items else {}
    lists = {each.name: each.each for each in env.program.provisions}
    found: list[tuple[Item, Numbered | None]] = []
    for (name, stage), condition in ceiling.covers:
        if evaluate(condition, env) is not True or (split and name != own.name):
            continue
        rows: Any = env.rows(lists[name]) if lists[name] else None
        for other in decisions[name].items:
            same_year = not ceiling.per_year or _year(other) == _year(item)
            row = None if rows is None or isinstance(rows, Absent) else rows[other.index]
            same_key = all(((row[1] if row else {}).get(key) == mine.get(key)) is True for key in keys)
            if other.status == "granted" and stage in ("", other.name) and same_year and same_key:
                found.append((other, row))
    return sorted(found, key=lambda each: each[0].date or date.min) if ceiling.by_date else found


def total_line(tongue: Tongue, provision: ProvisionDecision) -> str:
    """The sum over the items granted, where there are several."""
    if provision.nature == "price":
        return ""
    granted = [item for item in provision.items if item.status == "granted" and item.amount is not None]
    if len(granted) < 2 or provision.exact_amount is None:
        return ""
    terms = f" {tongue.PLUS} ".join(tongue.numbers.yuan(item.amount or 0) for item in granted)
    return said(tongue, "total", terms, tongue.numbers.yuan(provision.exact_amount))


def item_title(tongue: Tongue, item: Item) -> str:
    """租赁第1项, 报送挂牌备案文件."""
    return item.name or item_name(tongue, item.of)


def row_summary(tongue: Tongue, rows: Sequence[tuple[str, object, ir.Type]]) -> str:
    shown = [f"{name} {tongue.numbers.show(held, kind)}" for name, held, kind in rows if held is not None]
    return ("，" if tongue.language == "zh" else ", ").join(shown)
