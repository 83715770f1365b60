"""Figures of the district that are counted over the enterprises: a definition that is another thing changes what a target is held against,
though the target says the same. Whom it counts is compared like whom a rule is about."""

from __future__ import annotations

from attrs import evolve

from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.meaning import compare_meaning
from fayan_runtime import ir
from fayan_runtime.names import DISTRICT
from fayan_runtime.uses import Uses
from fayan_runtime.verdicts import Recount


def recounts(old: ir.Program, new: ir.Program) -> tuple[Recount, ...]:
    """Those that a target of the new version is held against and that are not proved to count the same."""
    keys, uses, found = (Keys(old), Keys(new)), Uses(new), list[Recount]()
    aims = {each.name for each in new.provisions if each.kind == "target"}
    before = {each.name: each.tally for each in _counted(old)}
    for fact in _counted(new):
        targets = tuple(each for each in uses.rules((DISTRICT, fact.name)) if each in aims)
        if not targets or fact.name not in before or keys[0].body(before[fact.name]) == keys[1].body(fact.tally):
            continue
        rules = [_about(program, fact.name, tally) for program, tally in ((old, before[fact.name]), (new, fact.tally))]
        programs = [
            evolve(program, provisions=(*program.provisions, rule))
            for program, rule in zip((old, new), rules, strict=True)
        ]
        verdicts = compare_meaning(programs[0], programs[1], [Pair(rules[0], rules[1])])
        if apart := tuple(each for each in verdicts if not each.same):
            found.append(Recount(fact=fact.name, definition=fact.tally, targets=targets, verdicts=apart))
    return tuple(found)


def _counted(program: ir.Program) -> list[ir.FactDecl]:
    return [each for scope in program.scopes if scope.name == DISTRICT for each in scope.facts if each.tally]


def _about(program: ir.Program, name: str, tally: str) -> ir.Provision:
    """A duty towards whoever counts, to be compared by."""
    counts = ir.Condition(name=tally, expr=ir.Call(type=ir.Type("bool"), function=tally, args=()))
    return ir.Provision(
        measure=program.measures[-1].number,
        name=f"逐户计 {name}",
        kind="duty",
        among=(counts,),
        readings=tuple(each.id for each in program.readings if each.uncomputed is None),
    )
