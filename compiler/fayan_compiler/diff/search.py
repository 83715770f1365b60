"""Enterprises looked for by the solver, with nothing of the rules left out.

What two versions of a rule say is written down once for all readings. Under the first that has an answer, the smallest enterprise is looked
for; under the others first one that is like it, so that a reader has to do with one enterprise, and the solver with what is not known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

import z3
from attrs import define, field

from fayan_compiler.diff.replay import Replay
from fayan_compiler.diff.witness import Smallest, alike, plainly
from fayan_compiler.targets.smt.expressions import Formulas, Scope
from fayan_compiler.targets.smt.rules import Outcome, Rules
from fayan_compiler.targets.smt.slices import Slice
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE, encode, moved
from fayan_compiler.targets.smt.world import World
from fayan_runtime import ir
from fayan_runtime.verdicts import Shows, Witness

#: What facts come to where they are not given, in one version.
Derived = dict[tuple[str, str], ir.Expr]


@define(eq=False)
class Both:
    """Two versions of one rule, as formulas about one world. ``derived``: what each of them works out in its own way."""

    store: Store
    world: World
    derived: tuple[Derived, Derived]
    paid_as: tuple[int, str]
    _formulas: tuple[Formulas, Formulas] = field(init=False)

    def __attrs_post_init__(self) -> None:
        old, new = self.derived
        before = Formulas(self.store, self.world, old)
        self._formulas = (before, before if old == new else Formulas(self.store, self.world, new))
        for fact in {**old, **new}:  # left out only where both versions can do without
            for derived, formulas in zip(self.derived, self._formulas, strict=True):
                missing = formulas.term(derived[fact], Scope()).missing if fact in derived else z3.BoolVal(True)
                self.world.rules.append(z3.Or(self.world.given(*fact), z3.Not(missing)))

    def outcomes(self, slices: tuple[Slice | None, Slice | None], set_off: bool) -> list[Outcome]:
        return [
            Outcome(FALSE) if slice is None else Rules(formulas, slice, self.paid_as).outcome(set_off)
            for slice, formulas in zip(slices, self._formulas, strict=True)
        ]


@define(eq=False)
class Search:
    """For enterprises that answer a ``question`` about what two versions give, in a world, under one choice of readings. ``payments``: the lists
    of what was paid; ``known`` has to hold too; a ``limit`` is in the solver's own units."""

    world: World
    outcomes: tuple[Outcome, Outcome]
    question: Callable[[Shows, Outcome, Outcome], Any]
    constants: Sequence[ir.Const]
    payments: Sequence[str]
    replay: Replay
    known: tuple[z3.BoolRef, ...] = ()
    _full: tuple[World, z3.Solver, list[Any], list[Any]] | None = field(default=None, init=False)

    def asking(self, question: Callable[[Shows, Outcome, Outcome], Any], replay: Replay) -> Search:
        """Another question, with the same formulas."""
        made = copy(self)
        made.question, made.replay = question, replay
        return made

    def asked(self, shows: Shows) -> z3.BoolRef:
        return z3.And(self.question(shows, *self.outcomes), *self.known)

    def like(self, shows: Shows, other: Witness, limit: int) -> Witness | None:
        """The other enterprise, with more known of it: with its values put in, little is left of the formulas."""
        world = self.world
        same = list(alike(world, other.facts, other.on))
        formula = z3.And(
            self.asked(shows),
            *world.rules,
            *in_force(world),
            *plainly(world, self.constants, same),
        )
        for _ in range(2):  # which years are looked up is known only then
            formula = z3.simplify(z3.substitute(formula, *same))
        if z3.is_false(formula):
            return None
        solver = z3.SimpleSolver()
        solver.set("rlimit", limit)
        solver.add(formula, *(term == value for term, value in same))
        return self.shown(shows, world, solver) if solver.check() == z3.sat else None

    def find(self, shows: Shows, smallest: bool, limit: int) -> Witness | str | None:
        """A witness; None where there is none, else why that is not known. Where there is one to be read already, any will do."""
        world, solver, plain, calendar = self.fully()
        solver.set("rlimit", limit)
        solver.push()
        try:
            solver.add(moved(self.asked(shows), solver.ctx))
            solver.push()
            solver.add(*plain)
            answer = solver.check()
            if answer != z3.sat:
                solver.pop()
                solver.add(*calendar)
                answer = solver.check()
            if answer != z3.sat:
                return None if answer == z3.unsat else "limit"
            found = None if smallest else self.shown(shows, world, solver)
            return found or self.smallest(world, solver).find(self.replay, shows)
        finally:
            solver.pop(solver.num_scopes())

    def possible(self, shows: Shows, limit: int) -> bool:
        """Whether there could be one, without a look at it."""
        _, solver, *_ = self.fully()
        solver.set("rlimit", limit)
        return bool(solver.check(moved(self.asked(shows), solver.ctx)) == z3.sat)

    def shown(self, shows: Shows, world: World, solver: z3.Solver) -> Witness | None:
        return self.replay.run(shows, *self.smallest(world, solver).facts())

    def smallest(self, world: World, solver: z3.Solver) -> Smallest:
        return Smallest(world, solver, self.constants, self.payments)

    def fully(self) -> tuple[World, z3.Solver, list[Any], list[Any]]:
        """In a context of their own: which example is found must not hang on what was asked before."""
        if self._full is None:
            context = z3.Context()
            world = self.world.moved(context)
            solver = z3.Solver(ctx=context)
            for each in ("grobner", "order"):  # growth rates are found sooner without
                solver.set(f"arith.nl.{each}", False)
            solver.add(*world.rules, *in_force(world))
            self._full = (world, solver, plainly(world, self.constants), world.calendar)
        return self._full


def in_force(world: World) -> list[Any]:
    """Versions are compared on days on which both are in force; that one begins later is told with the header."""
    return [world.on >= encode(each.effective) for each in world.programs if each.effective is not None]
