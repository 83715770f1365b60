"""A program without what the measures asked for do not look at: what is not asked for is not worked out for each enterprise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from attrs import evolve

from fayan_runtime import ir, walk


def narrowed(program: ir.Program, measures: Collection[int] | None, holds: Callable[[ir.Expr], bool]) -> ir.Program:
    """The provisions of the measures, those that adjustments put beside them, and the facts they need worked out.

    ``holds`` says whether an adjustment applies under the readings.
    """
    adjustments = [each for each in program.adjustments if holds(each.applies)]
    names = {each.name for each in program.provisions if measures is None or each.measure in measures}
    before = -1
    while len(names) != before:
        before = len(names)
        for each in adjustments:
            if names & (of := names_of(each)):
                names |= of
    provisions = tuple(each for each in program.provisions if each.name in names)
    among = tuple(each for each in adjustments if names & names_of(each))
    read = _read(program, (provisions, among, program.offset))
    derived = tuple(each for each in program.derived if (each.scope, each.fact) in read)
    return evolve(program, provisions=provisions, adjustments=among, derived=derived)


def names_of(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> set[str]:
    match adjustment:
        case ir.Ceiling():
            return {name for (name, _), _ in adjustment.covers}
        case ir.Highest():
            return {name for name, _ in adjustment.members}
        case ir.Deduct():
            return {adjustment.member, *adjustment.less}


def _read(program: ir.Program, part: object) -> set[tuple[str, str]]:
    """The facts that are looked at, by way of definitions and of other facts that are worked out."""
    bodies = {each.name: each.body for each in program.functions}
    functions = {(each.scope, each.fact): each.function for each in program.derived}
    facts, called = set[tuple[str, str]](), set[str]()
    waiting: list[Iterable[ir.Expr]] = [walk.inside(part)]
    while waiting:
        for each in waiting.pop():
            name = ""
            if isinstance(each, ir.Fact):
                facts.add((each.scope, each.name))
                name = functions.get((each.scope, each.name), "")
            elif isinstance(each, ir.Call):
                name = each.function
            if name and name not in called:
                called.add(name)
                waiting.append(walk.inside(bodies[name]))
    return facts
