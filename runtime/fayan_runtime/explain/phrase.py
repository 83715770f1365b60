"""Expressions of the core form in plain official Chinese: as they are written, and with the values put in.

A sentence with values says what is the case, whichever way the rule asks for it: “2024年产值增速 20%，未超过 20%”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.numbers import show
from fayan_runtime.interpreter import Env, Step, trace
from fayan_runtime.values import Absent, Failed, Unknown

#: A comparison word and what is said where it does not hold.
OPPOSITE = {
    "超过": "未超过", "高于": "不高于", "达到": "未达到", "不低于": "低于", "以上": "不足", "不满": "不止", "低于": "不低于",
    "不超过": "超过", "以下": "超过", "以内": "超过", "以外": "未超过", "为": "不是", "不为": "为",
    "早于": "不早于", "不早于": "早于", "晚于": "不晚于", "不晚于": "晚于",
}  # fmt: skip
BY_OP = {">": "超过", ">=": "达到", "<": "低于", "<=": "不超过", "==": "为", "!=": "不为"}
SPOKEN = {"以上": "不低于", "以下": "不超过", "以内": "不超过", "以外": "超过"}
AGGREGATES = {"count": "个数", "sum": "合计", "min": "最小", "max": "最大", "the": ""}
TODAY = {"评估日": "评估日", "发生日": "事项日期"}


def tell_condition(program: ir.Program, condition: ir.Condition, env: Env) -> str:
    """The condition with the values put in, as one sentence without a full stop."""
    return tell(trace(condition.expr, env), env)


# ---------------------------------------------------------------- steps


def bare(step: Step) -> Step:
    """The step a reading, a case or a thin definition comes down to."""
    while True:
        match step.expr:
            case ir.Choose():
                step = step.children[0]
            case ir.Match() | ir.Cases() if step.children and not isinstance(step.value, Absent):
                step = step.children[-1]
            case ir.Call() if step.expr.type.kind == "bool" or isinstance(_inner(step.children[-1]).expr, ir.Lookup):
                step = step.children[-1]
            case ir.Call() if (arg := _passed_on(step)) is not None:
                step = arg
            case _:
                return step


def _inner(step: Step) -> Step:
    while isinstance(step.expr, (ir.Choose, ir.Match)) and step.children:
        step = step.children[-1]
    return step


def _passed_on(step: Step) -> Step | None:
    """The argument a definition gives back as it is."""
    body = _inner(step.children[-1])
    if not isinstance(body.expr, ir.Param):
        return None
    same = [arg for arg in step.children[:-1] if arg.value is body.value and arg.expr.type == body.expr.type]
    return same[0] if len(same) == 1 else None


def leaves(step: Step) -> Iterable[Step]:
    """Every step below, the step itself last."""
    for child in step.children:
        yield from leaves(child)
    yield step


def years_read(step: Step) -> set[object]:
    return {each.children[0].value for each in leaves(step) if isinstance(each.expr, ir.Lookup)}


def noun(step: Step, env: Env) -> str:
    """How the value is called, with the years and categories it is about put in."""
    step = bare(step)
    match step.expr:
        case ir.Lookup(field_name=name):
            return f"{show(step.children[0].value, ir.Type('year'))}{name}"
        case ir.Call(function=name):
            args = [(arg.value, arg.expr.type) for arg in step.children[:-1] if not isinstance(arg.value, Absent)]
            enums = "".join(show(value, kind) for value, kind in args if kind.kind == "enum")
            times = [(value, show(value, kind)) for value, kind in args if kind.kind in ("year", "month", "date")]
            read = years_read(step)
            before = "".join(text for value, text in times if not read or value in read)
            after = "".join(f"（从{text}往前数）" for value, text in times if read and value not in read)
            return f"{before}{enums}{name}{after}"
        case ir.Param(name=name):
            return TODAY.get(name, _stands_for(name, step.expr.type))
        case ir.Const():
            return show(step.value, step.expr.type)
        case _:
            return say(step.expr, env.program, env.readings)


def _stands_for(name: str, kind: ir.Type) -> str:
    """The parameter 某租金 is called 租金; a day is “the day in question”."""
    days = {"date": "有关日期", "month": "有关月份", "year": "有关年度"}
    return days.get(kind.kind, name.removeprefix("某")) if name.startswith("某") else name


def value(step: Step, like: ir.Type | None = None, against: object = None) -> str:
    expr = bare(step).expr
    if isinstance(expr, ir.Const) and expr.shown and isinstance(step.value, (int, Fraction)):
        return show(step.value, expr.type, like) if expr.type.unit == (("元", 1),) else expr.shown
    return show(step.value, step.expr.type, like, against)


def named_value(step: Step, env: Env, like: ir.Type | None = None, against: object = None) -> str:
    """“2024年产值增速 20%”; a constant is its value alone."""
    said = value(step, like, against)
    expr = bare(step).expr
    fixed = isinstance(expr, ir.Const) or (isinstance(expr, ir.Call) and not expr.args)
    given = isinstance(expr, ir.Param) and expr.name not in TODAY and expr.type.kind != "number"
    return said if (fixed or given) and not isinstance(step.value, Absent) else f"{noun(step, env)} {said}"


# ---------------------------------------------------------------- conditions with values


def tell(step: Step, env: Env) -> str:
    match step.expr:
        case ir.Choose(reading=reading):
            inner = step.children[0]
            if isinstance(inner.expr, ir.Const) and inner.value is True:
                return f"按口径{reading}的现用读法，不作此项要求"
            return tell(inner, env)
        case ir.Match():
            subject = step.children[0]
            if isinstance(step.value, Absent) and isinstance(subject.value, Absent):
                return _absent(subject, env)
            return f"{tell(step.children[-1], env)}（{named_value(subject, env).replace(' ', '为')}）"
        case ir.Cases():
            return "；".join(
                dict.fromkeys(tell(child, env) for child in step.children if child.expr.type.kind == "bool")
            )
        case ir.Call():
            return tell(step.children[-1], _inside(step, env))
        case ir.Not():
            return tell(step.children[0], env)
        case ir.And() | ir.Or():
            return _several(step, env)
        case ir.Compare():
            return _compare(step, step.expr, env)
        case ir.OneOf(members=members):
            if isinstance(step.value, Absent):
                return _absent(step.children[0], env)
            word = ("属于" if step.value else "不属于") if len(members) > 1 else ("是" if step.value else "不是")
            return f"{named_value(step.children[0], env)}，{word}{'、'.join(members)}"
        case ir.Contains(members=members, every=every):
            return _contains(step, [str(member) for member in members], every, env)
        case ir.HasYear():
            if isinstance(step.value, Absent):
                return _absent(step.children[0], env)
            word = "含" if step.value else "不含"
            return f"{named_value(step.children[0], env)}，{word}{value(step.children[1])}"
        case ir.IsNone():
            arg = step.children[0]
            word = "没有规定" if isinstance(arg.expr, ir.Call) else "没有"
            return f"{word}{noun(arg, env)}" if arg.value is None else named_value(arg, env)
        case ir.Query():
            return _query(step, step.expr, env)
        case ir.Const():
            return "无条件成立" if step.value is True else "不成立"
        case _:
            return f"{noun(step, env)}：{value(step)}"


def _inside(step: Step, env: Env) -> Env:
    """The environment of a definition's body."""
    names = next(function.params for function in env.program.functions if function.name == step.expr.function)  # type: ignore[union-attr]
    params = {name: arg.value for (name, _), arg in zip(names, step.children, strict=False)}
    return Env(env.program, env.facts, env.on, env.readings, params=params)


def _absent(step: Step, env: Env) -> str:
    if isinstance(step.value, Failed):
        return f"{noun(step, env)}：{show(step.value, step.expr.type)}"
    if isinstance(bare(step).expr, ir.Param) and isinstance(step.value, Unknown) and step.value.missing:
        return f"{_wanting(step.value, env)}不明"
    return f"{noun(step, env)}不明"


def _wanting(value: Unknown, env: Env) -> str:
    """The facts that are not known, by name."""
    from fayan_runtime.explain.questions import ask

    return "、".join(dict.fromkeys(ask(env.program, path[-1]).called for path in sorted(value.missing)))


def _from_outside(step: Step, env: Env) -> bool:
    """Whether an item of a list is undecided for want of what the definition was given, such as the day asked about."""
    given = [each.missing for each in (env.day, *env.params.values()) if isinstance(each, Unknown)]
    return isinstance(step.value, Unknown) and any(each & step.value.missing for each in given)


def _several(step: Step, env: Env) -> str:
    """The parts that decide: all of those that hold in a sentence that holds, those that fail in one that fails, the open ones else."""
    parts: Sequence[Step] = step.children
    if isinstance(step.value, Absent):
        chosen = [part for part in parts if isinstance(part.value, Absent)]
    elif isinstance(step.expr, ir.And):
        chosen = [part for part in parts if step.value or part.value is False]
        chosen = chosen[:1] if not step.value else chosen
    else:
        chosen = [part for part in parts if part.value is True][:1] if step.value else list(parts)
    told = [part for part in chosen if len(chosen) == 1 or not _silent(part)] or list(chosen)
    said = list(dict.fromkeys(tell(part, env) for part in told))
    return "；".join(each for each in said if not any(each != other and each in other for other in said))


def _silent(step: Step) -> bool:
    """What needs no words: a constant; a test that a value exists at all, which the comparison beside it says anyway."""
    if isinstance(bare(step).expr, ir.Const):
        return True
    if isinstance(step.expr, ir.Not):
        step = step.children[0]
    return isinstance(step.expr, ir.IsNone) and step.children[0].value is not None


def _compare(step: Step, expr: ir.Compare, env: Env) -> str:
    left, right = step.children
    likes = (right.expr.type, left.expr.type)
    word = expr.word or BY_OP[expr.op]
    if isinstance(step.value, Failed):
        return "；".join(_absent(side, env) for side in (left, right) if isinstance(side.value, Failed)) or "无法比较"
    if isinstance(step.value, Unknown):
        known = right if isinstance(left.value, Absent) else left
        open_ = left if known is right else right
        if isinstance(known.value, Absent):
            return f"{_absent(left, env)}，{_absent(right, env)}"
        return f"{_absent(open_, env)}，不能判断是否{SPOKEN.get(word, word)} {named_value(known, env)}"
    said = SPOKEN.get(word, word) if step.value else OPPOSITE[word]
    subject = named_value(left, env, likes[0], right.value)
    if expr.op in ("==", "!=") and expr.left.type.kind in ("enum", "text", "bool"):
        if (expr.op == "==") == bool(step.value):
            return f"{noun(left, env)}为{value(left)}"
        return f"{noun(left, env)}为{value(left)}，不是{value(right)}"
    return f"{subject}，{said} {named_value(right, env, likes[1], left.value)}"


def _contains(step: Step, members: Sequence[str], every: bool, env: Env) -> str:
    held = step.children[0]
    if isinstance(step.value, Absent):
        return _absent(held, env)
    subject = f"{noun(held, env)}填报为“{value(held)}”"
    if step.value:
        return f"{subject}，含{'、'.join(member for member in members if member in held.value)}"
    if every:
        return f"{subject}，缺{'、'.join(member for member in members if member not in held.value)}"
    return f"{subject}，不含{'、'.join(members)}" + ("中任何一项" if len(members) > 1 else "")


def _query(step: Step, expr: ir.Query, env: Env) -> str:
    rows = env.rows(expr.list)
    if isinstance(rows, Absent):
        return f"{expr.list}不明"
    if not rows:
        return f"没有{expr.list}"
    tests = [child for child in step.children if child.item]
    if isinstance(step.value, Absent):
        open_ = [child for child in tests if isinstance(child.value, Absent)]
        told = [
            f"{_nth(child, env)}的{tell(child, _at(child, expr, env))}"
            for child in open_
            if not _from_outside(child, env)
        ]
        outside: dict[str, list[str]] = {}
        for child in [each for each in open_ if _from_outside(each, env)]:
            outside.setdefault(_wanting(child.value, env), []).append(_nth(child, env))
        dated = any("有效期" in name for _, row in rows for name in row)
        asked = "有效" if dated else "符合"
        told += [f"{names}不明，不能判断{'、'.join(items)}是否{asked}" for names, items in outside.items()]
        return "；".join(told) or f"{expr.list}不明"
    found = [child for child in tests if child.value is True]
    if expr.kind in ("some", "none") and found:
        if _before(expr):
            return f"{_nth(found[0], env)}在前"
        return f"{_nth(found[0], env)}（{tell(found[0], _at(found[0], expr, env))}）"
    if expr.kind == "every" and not step.value:
        failing = next(child for child in tests if child.value is False)
        return f"{_nth(failing, env)}：{tell(failing, _at(failing, expr, env))}"
    if expr.kind in ("some", "none"):
        return _none_found(tests, expr, env)
    return f"{expr.list}每一条都符合" if expr.kind == "every" else value(step)


def _none_found(tests: Sequence[Step], expr: ir.Query, env: Env) -> str:
    """Why no item will do: what is not even of the kind asked for is passed over where others come nearer."""
    if _before(expr):
        return f"在此之前没有同类的{expr.list}"
    near = [child for child in tests if not _other_kind(child)]
    if near and len(near) <= 3:
        return "；".join(f"{_nth(child, env)}{tell(child, _at(child, expr, env))}" for child in near)
    kinds = dict.fromkeys(kind for child in tests if (kind := _other_kind(child)))
    asked = "、".join(kinds) if kinds else "符合条件"
    return f"没有{asked}的{expr.list}"


def first_only(expr: ir.Expr) -> bool:
    """Whether a condition is 仅首次: no earlier item of the same kind."""
    return isinstance(expr, ir.Query) and expr.kind == "none" and _before(expr)


def _before(expr: ir.Query) -> bool:
    """Whether the items asked for are those before this one (仅首次)."""
    return isinstance(expr.where, ir.And) and any(_positions(part) for part in expr.where.args)


def _positions(expr: ir.Expr) -> bool:
    match expr:
        case ir.And(args=args) | ir.Or(args=args):
            return any(map(_positions, args))
        case ir.Compare(left=left):
            return isinstance(left, ir.Index)
    return False


def _other_kind(step: Step) -> str:
    """The category asked for, where the item fails because it is of another one."""
    failing = next(
        (part for part in (step.children if isinstance(step.expr, ir.And) else (step,)) if part.value is False), None
    )
    if failing is None or not isinstance(failing.expr, ir.Compare) or failing.expr.left.type.kind != "enum":
        return ""
    return str(failing.children[1].value)


def _at(step: Step, expr: ir.Query, env: Env) -> Env:
    position = int(step.item.rsplit("[", 1)[1][:-1])
    rows: Any = env.rows(expr.list)
    return env.bind(expr.var, next(row for row in rows if row[0] == position))


def _nth(step: Step, env: Env) -> str:
    return item_name(env.program, step.item)


def item_name(program: ir.Program, path: str) -> str:
    """认定记录第1项 for 认定记录[0]; a stage's fact stays as it is."""
    name, _, rest = path.partition("[")
    return f"{name}第{int(rest.rstrip(']')) + 1}项" if rest else path


# ---------------------------------------------------------------- as written, without values


@frozen
class _Names:
    """What parameters stand for: the phrases of the arguments, or their own names."""

    program: ir.Program
    readings: dict[str, str]
    params: dict[str, str]
    depth: int = 0


def say(expr: ir.Expr, program: ir.Program, readings: dict[str, str] | None = None) -> str:
    """The expression in words, under the readings given (else the defaults), definitions of conditions opened."""
    chosen = {each.id: each.options[0][0] for each in program.readings if each.options} | (readings or {})
    return _say(expr, _Names(program, chosen, {}))


def _say(expr: ir.Expr, names: _Names) -> str:
    def inner(each: ir.Expr) -> str:
        return _say(each, names)

    def grouped(each: ir.Expr, *kinds: type) -> str:
        return f"（{inner(each)}）" if isinstance(_opened(each, names), kinds) else inner(each)

    match expr:
        case ir.Const(value=value, shown=shown):
            return shown or show(value, expr.type)
        case ir.Choose(reading=reading, arms=arms):
            return inner(arms[_option(reading, names)])
        case ir.Param(name=name):
            return names.params.get(name, TODAY.get(name, name))
        case ir.Fact(scope=scope, name=name):
            return name if scope == "企业" else f"{scope}{name}"
        case ir.Field(name=name):
            return name
        case ir.Index():
            return "次序"
        case ir.Call(function=name, args=args):
            return _say_call(name, args, expr, names)
        case ir.Not(arg=arg):
            return f"有{inner(arg.arg)}" if isinstance(arg, ir.IsNone) else f"不属于“{inner(arg)}”"
        case ir.And(args=args):
            return "，且".join(grouped(each, ir.Or) for each in _live(args, names)) or "是"
        case ir.Or(args=args):
            return "，或者".join(grouped(each, ir.And) for each in _live(args, names)) or "否"
        case ir.Compare(op=op, left=left, right=right, word=word):
            return f"{inner(left)}{SPOKEN.get(word, word) or BY_OP[op]}{inner(right)}"
        case ir.OneOf(arg=arg, members=members):
            return f"{inner(arg)}为{'、'.join(members)}" + ("之一" if len(members) > 1 else "")
        case ir.Contains(arg=arg, members=members, every=every):
            some = "" if every or len(members) == 1 else "中至少一项"
            return f"{inner(arg)}含{'、'.join(map(str, members))}{some}"
        case ir.HasYear(arg=arg, year=year):
            return f"{inner(arg)}含{inner(year)}"
        case ir.IsNone(arg=arg):
            return f"没有{inner(arg)}"
        case ir.Add(signs=signs, args=args):
            terms = [("＋" if sign > 0 else "−") + inner(each) for sign, each in zip(signs, args, strict=True)]
            return " ".join(f"{term[0]} {term[1:]}" for term in terms).removeprefix("＋ ")
        case ir.Mul(inverse=inverse, args=args):
            factors = [
                ("÷ " if over else "× ") + grouped(each, ir.Add) for over, each in zip(inverse, args, strict=True)
            ]
            return " ".join(factors).removeprefix("× ")
        case ir.Extreme(largest=largest, args=args):
            return f"{'、'.join(map(inner, args))}中较{'大' if largest else '小'}的"
        case ir.Calendar(op=op, arg=arg, amount=amount):
            return _say_calendar(op, inner(arg), amount)
        case ir.Match(subject=subject, arms=arms):
            return "；".join(f"{inner(subject)}为{'、'.join(members)}的，{inner(each)}" for members, each in arms)
        case ir.Cases(whens=whens, otherwise=otherwise):
            return "；".join(
                [*(f"{inner(when)}的，{inner(then)}" for when, then in whens), f"其他情形，{inner(otherwise)}"]
            )
        case ir.Lookup(year=year, field_name=name):
            return f"{inner(year)}{name}" if isinstance(year, ir.Const) else f"{inner(year)}的{name}"
        case ir.Query(kind=kind, list=name, where=where, value=asked):
            of = "" if where is None else f"{inner(where)}的"
            if kind in ("some", "none", "every"):
                word = {"some": "有", "none": "没有", "every": "全部是"}[kind]
                return f"{word}{of}{name}"
            return f"{of}{name}的" + ("" if asked is None else inner(asked)) + AGGREGATES[kind]


def _live(args: Sequence[ir.Expr], names: _Names) -> list[ir.Expr]:
    """The parts that say something: not those a reading, or a definition under it, makes constant."""

    def settled(each: ir.Expr) -> bool:
        opened = _opened(each, names)
        if isinstance(opened, ir.Call):
            opened = _opened(next(f.body for f in names.program.functions if f.name == opened.function), names)
        return isinstance(opened, ir.Const)

    return [each for each in args if not settled(each)]


def _opened(expr: ir.Expr, names: _Names) -> ir.Expr:
    while isinstance(expr, ir.Choose):
        expr = expr.arms[_option(expr.reading, names)]
    return expr


def _option(reading: str, names: _Names) -> int:
    options = next(each.options for each in names.program.readings if each.id == reading)
    return [option for option, _ in options].index(names.readings[reading])


def _say_call(name: str, args: Sequence[ir.Expr], expr: ir.Expr, names: _Names) -> str:
    function = next(each for each in names.program.functions if each.name == name)
    said = {param: _say(arg, names) for (param, _), arg in zip(function.params, args, strict=True)}
    body = _Names(names.program, names.readings, said, names.depth + 1)
    opened = _opened(function.body, names)
    thin = not args or isinstance(opened, (ir.Lookup, ir.Match, ir.Call, ir.Compare, ir.Calendar, ir.Param, ir.Const))
    if thin and names.depth < 6 and (args or expr.type.kind != "bool"):
        return _say(function.body, body)
    kinds = [
        (kind.kind, text)
        for (_, kind), text in zip(function.params, said.values(), strict=True)
        if kind.kind != "number"
    ]
    if expr.type.kind == "bool":
        return f"{name}（以{'、'.join(text for _, text in kinds)}为准）" if kinds else name
    times = "".join(text for kind, text in kinds if kind != "enum")
    enums = "".join(text for kind, text in kinds if kind == "enum")
    if not times or _direct(function.body):
        return f"{times}{enums}{name}"
    return f"{enums}{name}（从{times}往前数）"


def _direct(body: ir.Expr) -> bool:
    """Whether a definition looks at the very year it is asked about."""
    from fayan_runtime.explain.policy_parts import expressions

    def bare_year(each: ir.Expr) -> bool:
        return isinstance(each, ir.Param) and each.type.kind == "year"

    return any(
        any(map(bare_year, each.args)) if isinstance(each, ir.Call) and each.type.kind == "number" else False
        for each in expressions(body)
    )


def _say_calendar(op: str, arg: str, amount: int) -> str:
    if op == "year_of":
        return f"{arg}所在年度"
    if op == "year_end":
        return f"{arg}末"
    if op in ("month_of", "month_end"):
        return f"{arg}所在月" + ("末" if op == "month_end" else "")
    if op == "shift_year" and amount in (-1, -2):
        return (
            f"{'上' if amount == -1 else '前'}{arg}"
            if arg == "年度"
            else f"{arg}的{'上' if amount == -1 else '前'}一年"
        )
    unit = {"shift_year": "年", "shift_day": "日"}.get(op, "个月")
    return f"{arg}{'后' if amount > 0 else '前'}第{abs(amount)}{unit}"
