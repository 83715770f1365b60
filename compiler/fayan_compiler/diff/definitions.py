"""Definitions, which others may take, compared as things of their own: that every rule here is the same does not make them the same."""

from __future__ import annotations

from collections.abc import Sequence

from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.choices import Choices
from fayan_compiler.diff.lengths import worth_the_same
from fayan_compiler.diff.members import Words
from fayan_compiler.targets.smt.normal import Normal
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.world import World, years_spoken_of
from fayan_runtime import ir

#: For one definition under one choice of readings, in the solver's own units.
LIMIT = 2_000_000


def proved_the_same(old: ir.Program, new: ir.Program, pairs: Sequence[Pair[ir.Function]]) -> frozenset[str]:
    """The definitions (by their new name) that are proved to be worth the same under every reading by itself, whatever they are given."""
    choices, years, store = Choices((old, new)), years_spoken_of((old, new)), Store()
    words = Words(old, new), Words(new, old)
    programs = [each.of_both for each in words]
    bodies = [{each.name: each.body for each in program.functions} for program in programs]
    options = {(each.id, option): None for p in (old, new) for each in p.readings for option, _ in each.options[1:]}
    both = [choices.choice(differs) for differs in ((), *((each,) for each in options if choices.of_both(each)))]
    ways = [tuple(map(Normal, (store, store), programs, (choice.old, choice.new))) for choice in both]

    def same(one: ir.Function, other: ir.Function) -> bool:
        kinds = [[type for _, type in each.params] for each in (one, other)]
        places = [{name: place for place, (name, _) in enumerate(each.params)} for each in (one, other)]
        if kinds[0] != kinds[1] or any(places[0][name] != places[1].get(name, places[0][name]) for name in places[0]):
            return False
        if any(each.lacks(type) for each in words for type in kinds[0]):
            return False
        sides = ((before(bodies[0][one.name]), after(bodies[1][other.name])) for before, after in ways)
        world = World((old, new), 1, years)
        return all(a is b or worth_the_same(store, world, a, b, places[0] | places[1], LIMIT) for a, b in sides)

    return frozenset(pair.new.name for pair in pairs if pair.old and pair.new and same(pair.old, pair.new))
