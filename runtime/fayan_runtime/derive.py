"""推算: facts that a definition works out where they are not given.

A fact that is given counts as given; what the definition makes of it is only told beside it. What a fact lacks that could be
worked out is the fact itself, or the one fact that is all its definition still lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.values import Absent, Facts, Unknown


@frozen
class Derived:
    """A fact that was worked out, or was given and differs from what is worked out; ``given`` is None where it was not given."""

    scope: str
    fact: str
    by: str
    type: ir.Type
    value: object
    given: object = None


def complete(program: ir.Program, facts: Facts, on: date, readings: Mapping[str, str]) -> Facts:
    """The facts with those that can be worked out."""
    if not any(_open(each, facts.scopes) for each in program.derived):
        return facts
    scopes = {scope: dict(values) for scope, values in facts.scopes.items()}
    facts = evolve(facts, scopes=scopes)
    for each in program.derived:
        if _open(each, scopes):
            found = _worked_out(program, each, facts, on, readings)
            if not isinstance(found, Absent) or (isinstance(found, Unknown) and len(found.missing) == 1):
                scopes[each.scope][each.fact] = found
    return facts


def _open(derived: ir.Derivation, scopes: dict[str, dict[str, object]]) -> bool:
    """Whether there is something to work out, and anything to work it out from."""
    if not isinstance(scopes[derived.scope][derived.fact], Unknown):
        return False
    return not derived.reads or any(not isinstance(scopes[scope][name], Absent) for scope, name in derived.reads)


def derived(program: ir.Program, given: Facts, on: date, readings: Mapping[str, str]) -> Iterator[Derived]:
    """What was worked out of these facts, and where it differs from what was given."""
    facts = complete(program, given, on, readings)
    for each in program.derived:
        here = given.scopes[each.scope][each.fact]
        found = _worked_out(program, each, facts, on, readings)
        if not isinstance(found, Absent) and (isinstance(here, Unknown) or here != found):
            type = next(one.body.type for one in program.functions if one.name == each.function)
            yield Derived(
                each.scope, each.fact, each.function, type, found, None if isinstance(here, Unknown) else here
            )


def _worked_out(
    program: ir.Program, each: ir.Derivation, facts: Facts, on: date, readings: Mapping[str, str]
) -> object:
    function = next(one for one in program.functions if one.name == each.function)
    return evaluate(function.body, Env(program, facts, on, dict(readings)))
