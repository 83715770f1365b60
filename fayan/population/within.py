"""Which figures of the district count a part of what another counts, by how they are defined: 汽车电子专精特新企业 are 汽车电子企业.

Where a goal compares the two, what may be added to the part is added to the whole as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from fayan_runtime import ir, walk
from fayan_runtime.names import DISTRICT


@frozen
class Within:
    """Who counts for ``part`` is who counts for ``whole`` and of whom ``rest`` holds."""

    part: str
    whole: str
    rest: ir.Expr


def compared(program: ir.Program, figures: Sequence[str]) -> list[str]:
    """Of these figures, those that stand in a goal with another of them."""
    goals = [_read(each.goal) & set(figures) for each in program.provisions if each.goal is not None]
    return [each for each in figures if any(each in goal and len(goal) > 1 for goal in goals)]


def parts_of_wholes(program: ir.Program, figures: Sequence[str]) -> list[Within]:
    """Of these figures, those that stand in one goal."""
    bodies = {each.name: each.body for each in program.functions}
    tallies = {fact.name: fact.tally for scope in program.scopes for fact in scope.facts if scope.name == DISTRICT}
    goals = [_read(each.goal) for each in program.provisions if each.goal is not None]
    found = []
    for part in figures:
        for whole in figures:
            if part == whole or not any({part, whole} <= goal for goal in goals):
                continue
            own, other = bodies[tallies[part]], bodies[tallies[whole]]
            if _holds(other, list(_said(own, bodies)), bodies):
                known = list(_said(other, bodies))
                rest = tuple(each for each in _said(own, bodies) if not _parts(each, bodies) and each not in known)
                found.append(Within(part, whole, ir.And(type=ir.Type("bool"), args=rest) if rest else other))
    return found


def _read(goal: ir.Expr) -> set[str]:
    return {each.name for each in walk.inside(goal) if isinstance(each, ir.Fact) and each.scope == DISTRICT}


def _said(expr: ir.Expr, bodies: Mapping[str, ir.Expr]) -> Iterator[ir.Expr]:
    """What holds wherever the expression does."""
    yield expr
    for each in _parts(expr, bodies):
        yield from _said(each, bodies)


def _holds(expr: ir.Expr, said: Collection[ir.Expr], bodies: Mapping[str, ir.Expr]) -> bool:
    """Whether it holds wherever all of this does."""
    parts = _parts(expr, bodies)
    return expr in said or bool(parts and all(_holds(each, said, bodies) for each in parts))


def _parts(expr: ir.Expr, bodies: Mapping[str, ir.Expr]) -> Sequence[ir.Expr]:
    """What must hold, all of it, for the expression to hold; and then does."""
    match expr:
        case ir.And(args=args):
            return args
        case ir.Call(function=name, args=()):
            return (bodies[name],)
        case _:
            return ()
