"""The reference interpreter of ``ir.Expr``: short, slow, obviously right. It defines what an expression means.

``trace`` gives the value together with the tree of steps that led to it; ``evaluate`` is its value alone. What the
docstrings of ``ir`` leave open is settled here:

* Every operand is evaluated; nothing depends on the order in which operands are looked at, except which of two errors is told
  (the leftmost).
* ``None`` where a value is needed is the error ``no-value``. The compiler proves it never matters (``已有 X 且 …X…``).
* ``Match``: an unknown subject gives the one known value of all arms, or the first error where each arm gives one; else unknown,
  for want of the subject and of the arms. ``Cases`` is read as nested choices: an unknown condition gives the value of its arm
  where the rest gives the same, or its error where the rest gives one too.
* An aggregate is strict in its items: for an item whose ``where`` is not known to be false, ``where`` (if it does not
  hold for certain) or else the value is an operand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from typing import Any

from attrs import evolve, field, frozen

from fayan_runtime import ir
from fayan_runtime.names import COUNTED, ENTERPRISE
from fayan_runtime.values import Absent, Facts, Failed, Path, Unknown, exact, round_to

Row = dict[str, object]
Numbered = tuple[int, Row]


@frozen(eq=False)
class Step:
    """The value of an expression and the steps it was made from, in the order of its operands.

    Only the arms taken are there. A call has its arguments, then the body. A query has for each item the condition, then (where it
    holds) the value; their ``item`` is the item's name, such as ``认定记录[0]``.
    """

    expr: ir.Expr
    value: Any
    children: tuple[Step, ...] = ()
    item: str = ""


@frozen(eq=False)
class Env:
    """What an expression can refer to. ``readings``: id → option. ``items``: variable → (position, row)."""

    program: ir.Program
    facts: Facts
    on: date
    readings: dict[str, str]
    day: object = None
    params: dict[str, object] = field(factory=dict)
    items: dict[str, Numbered] = field(factory=dict)
    counted: tuple[Numbered, ...] = ()

    def bind(self, var: str, item: Numbered) -> Env:
        return evolve(self, items={**self.items, var: item})

    def rows(self, name: str) -> Sequence[Numbered] | Absent:
        if name == COUNTED:
            return self.counted
        rows: Any = self.facts.scopes[ENTERPRISE][name]
        return rows if isinstance(rows, Absent) else list(enumerate(rows))

    def param(self, name: str) -> object:
        return self.on if name == "评估日" else self.day if name == "发生日" else self.params[name]

    def option(self, reading: str) -> int:
        options = next(decl.options for decl in self.program.readings if decl.id == reading)
        return [option for option, _ in options].index(self.readings[reading])


def evaluate(expr: ir.Expr, env: Env) -> Any:
    """The value of the expression: a Python value, ``Unknown`` or ``Failed``."""
    return trace(expr, env).value


def path_of(program: ir.Program, scope: str, name: str, item: int | None = None, field_name: str = "") -> Path:
    """The path of a fact, or of a field of an item (by position, for a series by year). The facts of 企业 come first."""
    scopes = sorted(program.scopes, key=lambda each: each.name != ENTERPRISE)
    declared = [(each.name, fact) for each in scopes for fact in each.facts]
    order, fact = next((i, fact) for i, (of, fact) in enumerate(declared) if (of, fact.name) == (scope, name))
    text = name if scope == ENTERPRISE else f"{scope}.{name}"
    if item is None:
        return (order, 0, 0, text)
    return (order, item, [each.name for each in fact.fields].index(field_name), f"{text}[{item}].{field_name}")


def trace(expr: ir.Expr, env: Env) -> Step:
    """The value of the expression with the steps that led to it."""
    line = expr.origin.line

    def steps(*exprs: ir.Expr) -> tuple[Step, ...]:
        found: list[Step] = []
        for each in exprs:  # a loop, for a shallow stack
            found.append(trace(each, env))
        return tuple(found)

    def strict(compute: Callable[..., object], children: tuple[Step, ...]) -> Step:
        values = [child.value for child in children]
        absent = first_absent(values, line)
        return Step(expr, compute(*values) if absent is None else absent, children)

    match expr:
        case ir.Const():
            return Step(expr, expr.value)
        case ir.Param():
            return Step(expr, env.param(expr.name))
        case ir.Fact():
            return Step(expr, env.facts.scopes[expr.scope][expr.name])
        case ir.Field():
            return Step(expr, env.items[expr.var][1][expr.name])
        case ir.Index():
            return Step(expr, env.items[expr.var][0] + 1)
        case ir.Choose():
            arm = trace(expr.arms[env.option(expr.reading)], env)
            return Step(expr, arm.value, (arm,))
        case ir.Call():
            function = next(each for each in env.program.functions if each.name == expr.function)
            args = steps(*expr.args)
            params = {name: arg.value for (name, _), arg in zip(function.params, args, strict=True)}
            body = trace(function.body, Env(env.program, env.facts, env.on, env.readings, params=params))
            return Step(expr, body.value, (*args, body))
        case ir.Not():
            return strict(lambda value: not value, steps(expr.arg))
        case ir.And() | ir.Or():
            children = steps(*expr.args)
            return Step(expr, kleene([child.value for child in children], isinstance(expr, ir.Or), line), children)
        case ir.Compare():
            return strict(COMPARE[expr.op], steps(expr.left, expr.right))
        case ir.OneOf():
            return strict(lambda value: value in expr.members, steps(expr.arg))
        case ir.Contains():
            test = all if expr.every else any
            return strict(lambda held: test([member in held for member in expr.members]), steps(expr.arg))
        case ir.HasYear():
            return strict(lambda held, year: year in held, steps(expr.arg, expr.year))
        case ir.IsNone():
            arg = trace(expr.arg, env)
            return Step(expr, arg.value if isinstance(arg.value, Absent) else arg.value is None, (arg,))
        case ir.Add():
            return strict(
                lambda *terms: total([s * t for s, t in zip(expr.signs, terms, strict=True)]), steps(*expr.args)
            )
        case ir.Mul():
            children = steps(*expr.args)
            return Step(expr, product([child.value for child in children], expr.inverse, line), children)
        case ir.Extreme():
            return strict(lambda *values: max(values) if expr.largest else min(values), steps(*expr.args))
        case ir.Round():
            return strict(lambda value: round_to(value, expr.step, expr.way), steps(expr.arg))
        case ir.Calendar():
            return strict(lambda value: calendar(expr.op, value, expr.amount, line), steps(expr.arg))
        case ir.Match():
            return match_arms(expr, env)
        case ir.Cases():
            return cases(expr, env)
        case ir.Fail():
            return Step(expr, Failed(expr.code, line))
        case ir.Lookup():
            return strict(lambda year: lookup(expr, year, env), steps(expr.year))
        case ir.Query():
            return query(expr, env)


# ---------------------------------------------------------------- logic and arithmetic

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def first_absent(values: Sequence[object], line: int) -> Absent | None:
    """What a strict operation gives when not all its operands are known: the first error, else unknown for want of all."""
    for value in values:
        if isinstance(value, Failed):
            return value
        if value is None:
            return Failed("no-value", line)
    return unknown(*values)


def unknown(*values: object) -> Unknown | None:
    """Unknown for want of what any of the values wants; None where all are known (or in error)."""
    wanting = [value.missing for value in values if isinstance(value, Unknown)]
    return Unknown(frozenset().union(*wanting)) if wanting else None


def kleene(values: Sequence[object], absorbing: bool, line: int) -> object:
    """Strong Kleene: ``absorbing`` is True for or, False for and."""
    if any(value is absorbing for value in values):
        return absorbing
    wanting = unknown(*values)
    absent = first_absent(values, line) if wanting is None else wanting
    return not absorbing if absent is None else absent


def total(terms: Sequence[Any]) -> int | Fraction:
    return exact(Fraction(sum(terms)))


def product(factors: Sequence[Any], inverse: Sequence[bool], line: int) -> object:
    value: Any = 1
    for factor, divides in zip(factors, inverse, strict=True):
        absent = first_absent((value, factor), line)
        if divides and not isinstance(absent, Failed) and not isinstance(factor, Absent) and factor == 0:
            value = Failed("division-by-zero", line)
        elif absent is not None:
            value = absent
        else:
            value = exact(Fraction(value) / factor if divides else Fraction(value) * factor)
    return value


def calendar(op: str, value: Any, amount: int, line: int) -> object:
    try:
        match op:
            case "year_of":
                return value.year if isinstance(value, date) else value // 12
            case "year_end":
                return date(value, 12, 31)
            case "month_of":
                return value.year * 12 + value.month - 1
            case "month_end":
                return month_end(value)
            case "shift_year":
                return date(value + amount, 1, 1).year
            case "shift_month":
                month_end(value + amount)
                return value + amount
            case "shift_date":
                last = month_end(value.year * 12 + value.month - 1 + amount)
                return last.replace(day=min(value.day, last.day))
            case _:
                return value + timedelta(amount)
    except (ValueError, OverflowError):
        return Failed("date-out-of-range", line)


def month_end(month: int) -> date:
    first = date(month // 12, month % 12 + 1, 1)
    return first.replace(day=31) if first.month == 12 else first.replace(month=first.month + 1) - timedelta(1)


# ---------------------------------------------------------------- choices


def match_arms(expr: ir.Match, env: Env) -> Step:
    subject = trace(expr.subject, env)
    if isinstance(subject.value, Unknown):
        arms = [trace(value, env) for _, value in expr.arms]
        value = reduce(lambda one, other: common(one, other, subject.value), [arm.value for arm in arms])
        return Step(expr, value, (subject, *arms))
    absent = first_absent((subject.value,), expr.origin.line)
    if absent is not None:
        return Step(expr, absent, (subject,))
    taken = trace(next(value for members, value in expr.arms if subject.value in members), env)
    return Step(expr, taken.value, (subject, taken))


def cases(expr: ir.Cases, env: Env) -> Step:
    """The arm taken; then, from the last back, each arm passed on the way whose condition is unknown has to agree."""
    children: list[Step] = []
    undecided: list[tuple[Step, Step]] = []
    value: object
    for condition, then in expr.whens:
        when = trace(condition, env)
        children.append(when)
        if when.value is False:
            continue
        if when.value is None or isinstance(when.value, Failed):
            value = first_absent((when.value,), expr.origin.line)
            break
        arm = trace(then, env)
        children.append(arm)
        if when.value is True:
            value = arm.value
            break
        undecided.append((when, arm))
    else:
        last = trace(expr.otherwise, env)
        children.append(last)
        value = last.value
    for when, arm in reversed(undecided):
        value = common(arm.value, value, when.value)
    return Step(expr, value, tuple(children))


def common(one: object, other: object, choice: Unknown) -> object:
    """The value of both ways where they give the same known one, an error where both do; else unknown for want of the choice and of both."""
    if isinstance(one, Failed) and isinstance(other, Failed):
        return one
    if not isinstance(one, Absent) and not isinstance(other, Absent) and one == other:
        return one
    return unknown(choice, one, other)


# ---------------------------------------------------------------- lists


def lookup(expr: ir.Lookup, year: int, env: Env) -> object:
    rows: Any = env.facts.scopes[ENTERPRISE][expr.list]
    if isinstance(rows, Unknown) or year not in rows:
        return Unknown(frozenset([path_of(env.program, ENTERPRISE, expr.list, year, expr.field_name)]))
    value = rows[year][expr.field_name]
    return Failed("no-value", expr.origin.line) if value is None else value


def query(expr: ir.Query, env: Env) -> Step:
    rows = env.rows(expr.list)
    if isinstance(rows, Absent):
        return Step(expr, rows)
    children: list[Step] = []
    wheres: list[object] = []
    terms: list[Any] = []
    for position, row in rows:
        inner = env.bind(expr.var, (position, row))
        holds: object = True
        for asked in (expr.where, expr.value):
            if asked is not None and holds is True:
                step = trace(asked, inner)
                children.append(evolve(step, item=f"{expr.list}[{position}]"))
                if asked is expr.where:
                    holds = step.value
                else:
                    terms.append(step.value)
        wheres.append(holds)
        if holds is None or isinstance(holds, Absent):
            terms.append(holds)
        elif holds and expr.value is None:
            terms.append(1)
    return Step(expr, aggregate(expr, wheres, terms), tuple(children))


def aggregate(expr: ir.Query, wheres: list[object], terms: list[Any]) -> object:
    line = expr.origin.line
    match expr.kind:
        case "some":
            return kleene(wheres, True, line)
        case "every":
            return kleene(wheres, False, line)
        case "none":
            found = kleene(wheres, True, line)
            return found if isinstance(found, Absent) else not found
    absent = first_absent(terms, line)
    if absent is not None:
        return absent
    match expr.kind:
        case "min" | "max":
            return None if not terms else min(terms) if expr.kind == "min" else max(terms)
        case "the":
            return terms[0] if len(terms) == 1 else Failed("not-one", line)
        case _:
            return total(terms)
