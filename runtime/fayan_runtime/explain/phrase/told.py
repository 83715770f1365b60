"""Conditions with the values put in.

A sentence with values says what is the case, whichever way the rule asks for it: “2024年产值增速 20%，未超过 20%”.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fayan_runtime import ir
from fayan_runtime.explain.phrase.names import called, item_name
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.shares import foremost
from fayan_runtime.explain.phrase.steps import (
    agreed,
    at,
    bare,
    deciding,
    earlier_only,
    from_outside,
    inside,
    other_kind,
    ways,
    years_read,
)
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.interpreter import Env, Step, trace
from fayan_runtime.values import Absent, Failed, Unknown, exact, no_amount, round_to_fen

YEAR = ir.Type("year")


def tell_condition(tongue: Tongue, condition: ir.Condition, env: Env) -> str:
    """The condition with the values put in, as one sentence without a full stop; of an amount that is none, also why."""
    step = trace(condition.expr, env)
    told, number = tell(tongue, step, env), step.value
    is_amount = isinstance(number, int | Fraction) and not isinstance(number, bool)
    wrong = no_amount(round_to_fen(exact(number))) if is_amount else ""
    return tongue.refused(told, tongue.numbers.ERRORS[wrong]) if wrong else told


# ---------------------------------------------------------------- names and values


def noun(tongue: Tongue, step: Step, env: Env) -> str:
    """How the value is called, with the years and categories it is about put in."""
    step = bare(step)
    match step.expr:
        case ir.Lookup(field_name=name):
            return tongue.in_year(tongue.numbers.show(step.children[0].value, YEAR), name)
        case ir.Call(function=name):
            args = [(arg.value, arg.expr.type) for arg in step.children[:-1] if not isinstance(arg.value, Absent)]
            said = [(value, kind.kind, tongue.numbers.show(value, kind)) for value, kind in args]
            enums = [text for _, kind, text in said if kind == "enum"]
            times = [(value, text) for value, kind, text in said if kind in ("year", "month", "date")]
            read = years_read(step)
            body = next(each.body for each in env.program.functions if each.name == name)
            if rows_of(body) and len(times) == 1:
                return tongue.on_day(times[0][1], name)
            looked_at = [text for value, text in times if not read or value in read]
            before = [text for value, text in times if read and value not in read]
            return tongue.defined(name, enums, looked_at, before)
        case ir.Param(name=name):
            return tongue.TODAY.get(name) or tongue.parameter(name, step.expr.type)
        case ir.Const():
            return tongue.numbers.show(step.value, step.expr.type)
        case ir.Field(name=name):
            return name
        case _:
            return say(tongue, step.expr, env.program, env.readings)


def value(tongue: Tongue, step: Step, like: ir.Type | None = None, against: object = None) -> str:
    expr = bare(step).expr
    if isinstance(expr, ir.Const) and expr.shown and isinstance(step.value, (int, Fraction)):
        return (
            tongue.numbers.show(step.value, expr.type, like)
            if expr.type.unit == (("元", 1),)
            else tongue.constant(step.value, expr)
        )
    return tongue.numbers.show(step.value, step.expr.type, like, against)


def speaks_for_itself(step: Step) -> bool:
    """Whether the value is said without a name: a constant, or what was given to a definition."""
    expr = bare(step).expr
    fixed = isinstance(expr, ir.Const) or (isinstance(expr, ir.Call) and not expr.args)
    given = isinstance(expr, ir.Param) and expr.name not in ("评估日", "发生日") and expr.type.kind != "number"
    return (fixed or given) and not isinstance(step.value, Absent)


def named_value(tongue: Tongue, step: Step, env: Env, like: ir.Type | None = None, against: object = None) -> str:
    """“2024年产值增速 20%”; a constant is its value alone."""
    said = value(tongue, step, like, against)
    return said if speaks_for_itself(step) else tongue.with_value(noun(tongue, step, env), said)


# ---------------------------------------------------------------- conditions


def tell(tongue: Tongue, step: Step, env: Env, asked: bool = True) -> str:
    """``asked``: what it should be, for what is asked for not to be so (非)."""
    match step.expr:
        case ir.Choose(reading=reading):
            inner = step.children[0]
            if isinstance(inner.expr, ir.Const) and inner.value is True:
                return tongue.waived(reading)
            return tell(tongue, inner, env, asked)
        case ir.Match() | ir.Cases() if agreed(step):
            come_out = None if isinstance(step.value, Absent) else step.value is asked
            return whichever(tongue, step, env, tongue.all_come_out(come_out))
        case ir.Match():
            subject = step.children[0]
            if isinstance(step.value, Absent) and isinstance(subject.value, Absent):
                return absent(tongue, subject, env)
            return tongue.given(
                tell(tongue, step.children[-1], env), noun(tongue, subject, env), value(tongue, subject)
            )
        case ir.Cases():
            told = [tell(tongue, child, env) for child in step.children if child.expr.type.kind == "bool"]
            return tongue.clauses(dict.fromkeys(told))
        case ir.Call():
            return tell(tongue, step.children[-1], inside(step, env), asked)
        case ir.Not():
            return tell(tongue, step.children[0], env, not asked)
        case ir.And() | ir.Or():
            said = list(dict.fromkeys(_parts(tongue, step, env)))
            distinct = [each for each in said if not any(each != other and each in other for other in said)]
            return tongue.clauses(distinct) or tongue.always(step.value is True)
        case ir.Compare():
            return _compare(tongue, step, step.expr, env)
        case ir.IsNone():
            return _is_none(tongue, step.children[0], env)
        case ir.Query():
            return _query(tongue, step, step.expr, env)
        case ir.Const():
            return tongue.always(step.value is True)
        case ir.OneOf() | ir.Contains() | ir.HasYear():
            subject = step.children[0]
            return absent(tongue, subject, env) if isinstance(step.value, Absent) else _member(tongue, step, env)
        case _:
            if isinstance(step.value, Absent):
                return absent(tongue, step, env)
            return tongue.stated(noun(tongue, step, env), value(tongue, step))


def _parts(tongue: Tongue, step: Step, env: Env) -> list[str]:
    """What is said of each part that decides, down through the definitions: what two of them rest on is the same words."""
    match step.expr:
        case ir.And() | ir.Or():
            return [said for part in deciding(step) for said in _parts(tongue, part, env)]
        case ir.Call() if isinstance(step.children[-1].expr, ir.Call | ir.Choose | ir.And | ir.Or):
            return _parts(tongue, step.children[-1], inside(step, env))
        case ir.Choose() if isinstance(step.children[0].expr, ir.Call | ir.And | ir.Or):
            return _parts(tongue, step.children[0], env)
        case _:
            return [tell(tongue, step, env)]


def whichever(tongue: Tongue, step: Step, env: Env, come_out: str) -> str:
    """What is not known, that it makes no difference, and each arm that may apply: “行业门类不明，但不论为工业还是其他，都符合：…”."""

    def arm(then: Step) -> str:
        if then.expr.type.kind == "bool":
            return tell(tongue, then, env)
        said = value(tongue, then)
        return said if speaks_for_itself(then) else f"{noun(tongue, then, env)} {tongue.EQUALS} {said}"

    match step.expr:
        case ir.Match(arms=arms):
            kinds = [members for members, _ in arms]
            told = [tongue.if_it_is(members, arm(then)) for members, then in zip(kinds, step.children[1:], strict=True)]
            every = [each for members in kinds for each in members]
            return tongue.whichever(absent(tongue, step.children[0], env), every, come_out, told)
        case _:
            open_, told = [], []
            for condition, when, then in ways(step):
                if when is not None and isinstance(when.value, Unknown):
                    open_.append(tell(tongue, when, env))
                if then is not None:
                    told.append(
                        tongue.otherwise(arm(then))
                        if condition is None
                        else tongue.by_case(say(tongue, condition, env.program, env.readings), arm(then))
                    )
            return tongue.whichever(tongue.clauses(dict.fromkeys(open_)), (), come_out, told)


def absent(tongue: Tongue, step: Step, env: Env) -> str:
    if isinstance(step.value, Failed):
        return tongue.stated(noun(tongue, step, env), tongue.numbers.show(step.value, step.expr.type))
    if isinstance(bare(step).expr, ir.Param) and isinstance(step.value, Unknown) and step.value.missing:
        return tongue.unknown(_wanting(tongue, step.value, env))
    return tongue.unknown(noun(tongue, step, env))


def _wanting(tongue: Tongue, value: Unknown, env: Env) -> str:
    """The facts that are not known, by name."""
    names = dict.fromkeys(called(tongue, env.program, path[-1]) for path in sorted(value.missing))
    return tongue.numbers.listed(names)


def _compare(tongue: Tongue, step: Step, expr: ir.Compare, env: Env) -> str:
    left, right = step.children
    if isinstance(step.value, Failed):
        failed = [absent(tongue, side, env) for side in (left, right) if isinstance(side.value, Failed)]
        return tongue.clauses(failed) or tongue.not_comparable()
    if isinstance(step.value, Unknown):
        known, open_ = (right, left) if isinstance(left.value, Absent) else (left, right)
        if isinstance(known.value, Absent):
            return tongue.clauses(dict.fromkeys([absent(tongue, left, env), absent(tongue, right, env)]))
        wanting = noun(tongue, open_, env)
        if isinstance(bare(open_).expr, ir.Param) and isinstance(open_.value, Unknown) and open_.value.missing:
            wanting = _wanting(tongue, open_.value, env)
        return tongue.undecided(wanting, expr, named_value(tongue, known, env))
    if expr.op in ("==", "!=") and expr.left.type.kind in ("enum", "text", "bool"):
        differs = (expr.op == "==") != bool(step.value)
        other = value(tongue, right) if differs else ""
        return tongue.category(noun(tongue, left, env), value(tongue, left), other)
    name = "" if speaks_for_itself(left) else noun(tongue, left, env)
    held = value(tongue, left, right.expr.type, right.value)
    other = named_value(tongue, right, env, left.expr.type, left.value)
    return tongue.compared(name, held, expr, bool(step.value), other)


def _is_none(tongue: Tongue, arg: Step, env: Env) -> str:
    name = noun(tongue, arg, env)
    if arg.value is None:
        return tongue.there_is_no(name, provided=isinstance(arg.expr, ir.Call))
    return absent(tongue, arg, env) if isinstance(arg.value, Absent) else named_value(tongue, arg, env)


def _member(tongue: Tongue, step: Step, env: Env) -> str:
    subject = step.children[0]
    name, held = noun(tongue, subject, env), value(tongue, subject)
    match step.expr:
        case ir.OneOf(members=members):
            return tongue.one_of("" if speaks_for_itself(subject) else name, held, bool(step.value), members)
        case ir.HasYear():
            return tongue.has_year(name, held, bool(step.value), value(tongue, step.children[1]))
        case ir.Contains(members=members, every=every):
            found = [str(member) for member in members if member in subject.value]
            if step.value:
                return tongue.contains(name, held, found)
            if every:
                return tongue.lacks(name, held, [str(member) for member in members if str(member) not in found])
            return tongue.contains_none(name, held, [str(member) for member in members])
    raise AssertionError(step.expr)


# ---------------------------------------------------------------- lists


def _query(tongue: Tongue, step: Step, expr: ir.Query, env: Env) -> str:
    rows = env.rows(expr.list)
    if isinstance(rows, Absent):
        return tongue.unknown(expr.list)
    if foremost(expr) is not None and not isinstance(step.value, Absent):
        return tongue.takes_remainder(bool(step.value))
    if not rows:
        return tongue.there_is_no(expr.list, provided=False)
    tests = [child for child in step.children if child.item]

    def nth(child: Step) -> str:
        return item_name(tongue, child.item)

    def told(child: Step) -> str:
        return tell(tongue, child, at(child, expr, env))

    if isinstance(step.value, Absent):
        open_ = [child for child in tests if isinstance(child.value, Absent)]
        said = [tongue.item_open(nth(child), told(child)) for child in open_ if not from_outside(child, env)]
        outside: dict[str, list[str]] = {}
        for child in [each for each in open_ if from_outside(each, env)]:
            outside.setdefault(_wanting(tongue, child.value, env), []).append(nth(child))
        dated = any("有效期" in name for _, row in rows for name in row)
        said += [tongue.items_open(names, items, dated) for names, items in outside.items()]
        return tongue.clauses(said) or tongue.unknown(expr.list)
    found = [child for child in tests if child.value is True]
    if expr.kind in ("some", "none") and found:
        if earlier_only(expr):
            return tongue.item_comes_first(nth(found[0]))
        return tongue.item_found(nth(found[0]), told(found[0]))
    if expr.kind == "every" and not step.value:
        failing = next(child for child in tests if child.value is False)
        return tongue.stated(nth(failing), told(failing))
    if expr.kind in ("some", "none"):
        if earlier_only(expr):
            return tongue.none_comes_first(expr.list)
        near = [child for child in tests if not other_kind(child)]
        if near and len(near) <= 3:
            return tongue.clauses(tongue.item_fails(nth(child), told(child)) for child in near)
        return tongue.none_of_kind(_kinds(tests), expr.list)
    return tongue.every_one(expr.list) if expr.kind == "every" else value(tongue, step)


def _kinds(tests: Sequence[Step]) -> list[str]:
    """What was asked for, where the items are of other kinds."""
    return list(dict.fromkeys(kind for child in tests if (kind := other_kind(child))))
