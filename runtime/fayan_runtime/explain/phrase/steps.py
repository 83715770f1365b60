"""What the steps of a trace come down to, whatever the language: which definition is thin, which parts decide, which item comes nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fayan_runtime import ir
from fayan_runtime.interpreter import Env, Step
from fayan_runtime.values import Absent, Unknown


def bare(step: Step) -> Step:
    """The step a reading, a case or a thin definition comes down to."""
    while True:
        match step.expr:
            case ir.Choose():
                step = step.children[0]
            case ir.Match() | ir.Cases() if made(step):
                step = step.children[-1]
            case ir.Call() if step.expr.type.kind == "bool" or isinstance(_inner(step.children[-1]).expr, ir.Lookup):
                step = step.children[-1]
            case ir.Call() if (arg := _passed_on(step)) is not None:
                step = arg
            case _:
                return step


def made(step: Step) -> bool:
    """Whether the choice between arms was made: its subject, or each condition come to, is known."""
    return bool(step.children) and not isinstance(step.value, Absent) and not agreed(step)


def agreed(step: Step) -> bool:
    """Whether it is not known which arm applies, and all that may give the same: a value or an error."""
    if isinstance(step.value, Unknown):
        return False
    match step.expr:
        case ir.Match():
            return isinstance(step.children[0].value, Unknown)
        case ir.Cases():
            return any(isinstance(when.value, Unknown) for _, when, _ in ways(step) if when is not None)
    return False


def ways(step: Step) -> Iterator[tuple[ir.Expr | None, Step | None, Step | None]]:
    """The cases come to, in order: the condition, how it came out, and the arm where it was looked at; of the last resort the arm alone."""
    assert isinstance(step.expr, ir.Cases)
    children = iter(step.children)
    for condition, _ in step.expr.whens:
        when = next(children, None)
        if when is None:
            return
        yield condition, when, None if when.value is False else next(children, None)
    last = next(children, None)
    if last is not None:
        yield None, None, last


def _inner(step: Step) -> Step:
    while isinstance(step.expr, (ir.Choose, ir.Match)) and step.children and not agreed(step):
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


def inside(step: Step, env: Env) -> Env:
    """The environment of a definition's body."""
    assert isinstance(step.expr, ir.Call)
    called = step.expr.function
    names = next(function.params for function in env.program.functions if function.name == called)
    params = {name: arg.value for (name, _), arg in zip(names, step.children, strict=False)}
    return Env(env.program, env.facts, env.on, env.readings, params=params)


def at(step: Step, expr: ir.Query, env: Env) -> Env:
    """The environment of a query's condition for the item the step was taken on."""
    position = int(step.item.rsplit("[", 1)[1][:-1])
    rows: Any = env.rows(expr.list)
    return env.bind(expr.var, next(row for row in rows if row[0] == position))


def from_outside(step: Step, env: Env) -> bool:
    """Whether an item of a list is undecided for want of what the definition was given, such as the day asked about."""
    given = [each.missing for each in (env.day, *env.params.values()) if isinstance(each, Unknown)]
    return isinstance(step.value, Unknown) and any(each & step.value.missing for each in given)


def deciding(step: Step) -> list[Step]:
    """The parts of 且 and 或 that decide: all that hold in one that holds, those that fail in one that fails, the open ones else."""
    parts: Sequence[Step] = step.children
    if isinstance(step.value, Absent):
        chosen = [part for part in parts if isinstance(part.value, Absent)]
    elif isinstance(step.expr, ir.And):
        chosen = [part for part in parts if step.value or part.value is False]
        chosen = chosen[:1] if not step.value else chosen
    else:
        chosen = [part for part in parts if part.value is True][:1] if step.value else list(parts)
    return [part for part in chosen if len(chosen) == 1 or not _silent(part)] or list(chosen)


def _silent(step: Step) -> bool:
    """What needs no words: a constant; a test that a value exists at all, which the comparison beside it says anyway."""
    if isinstance(bare(step).expr, ir.Const):
        return True
    if isinstance(step.expr, ir.Not):
        step = step.children[0]
    return isinstance(step.expr, ir.IsNone) and step.children[0].value is not None


def other_kind(step: Step) -> str:
    """The category asked for, where the item of a list fails because it is of another one."""
    failing = next(
        (part for part in (step.children if isinstance(step.expr, ir.And) else (step,)) if part.value is False), None
    )
    if failing is None or not isinstance(failing.expr, ir.Compare) or failing.expr.left.type.kind != "enum":
        return ""
    return str(failing.children[1].value)


# ---------------------------------------------------------------- expressions


def first_only(expr: ir.Expr) -> bool:
    """Whether a condition is 仅首次: no earlier item of the same kind."""
    return isinstance(expr, ir.Query) and expr.kind == "none" and earlier_only(expr)


def earlier_only(expr: ir.Query) -> bool:
    """Whether the items asked for are those before this one (仅首次)."""
    return isinstance(expr.where, ir.And) and any(_positions(part) for part in expr.where.args)


def _positions(expr: ir.Expr) -> bool:
    match expr:
        case ir.And(args=args) | ir.Or(args=args):
            return any(map(_positions, args))
        case ir.Compare(left=left):
            return isinstance(left, ir.Index)
    return False
