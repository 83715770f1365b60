"""A question without the conditions that both versions share and without rounding: where it has no answer even so, it has none at all.

Whether an item is granted is, in most comparisons, the same formula on both sides. With a letter in its place what is left is about amounts
only: far smaller, and the same under every reading that changes conditions alone, so that one proof serves for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import z3

from fayan_compiler.targets.smt.rules import Outcome
from fayan_compiler.targets.smt.world import World


class Abstract:
    """Questions that were found to have no answer, by what they say."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.unanswerable: set[str] = set()

    def rules_out(self, asked: Any, world: World, old: Outcome, new: Outcome) -> bool:
        """Whether there is no answer, whatever the shared conditions are."""
        shared = list(_shared(old, new))
        rounded, order = _rounding(old, new)
        return (bool(shared) and self._impossible(asked, shared, world)) or (
            bool(rounded) and self._impossible(z3.And(asked, *order), [*shared, *rounded], world)
        )

    def _impossible(self, asked: Any, letters: Sequence[tuple[Any, Any]], world: World) -> bool:
        bare = z3.substitute(asked, *letters)
        names = _symbols([bare])
        rules = [rule for rule in world.rules if _symbols([rule]) <= names]
        said = z3.And(bare, *rules).sexpr()
        if said not in self.unanswerable:
            solver = z3.Solver()
            solver.set("rlimit", self.limit)
            solver.add(bare, *rules)
            if solver.check() != z3.unsat:
                return False
            self.unanswerable.add(said)
        return True


def _shared(old: Outcome, new: Outcome) -> Iterable[tuple[Any, Any]]:
    for key, tests in old.tests.items():
        for number, (one, other) in enumerate(zip(tests, new.tests.get(key, ()), strict=False)):
            if one.eq(other) and not (z3.is_true(one) or z3.is_false(one)):
                yield one, z3.Bool(f"{'·'.join(map(str, key))}·{number}")


def _rounding(old: Outcome, new: Outcome) -> tuple[list[tuple[Any, Any]], list[Any]]:
    """Letters for amounts rounded to 分, and what is known of them: that rounding keeps the order of the two versions' amounts."""
    letters, order = [], []
    for key, (before, rounded) in old.sums.items():
        if key in new.sums:
            after, again = new.sums[key]
            order += [z3.Implies(before <= after, rounded <= again), z3.Implies(after <= before, again <= rounded)]
            for name, one in (("old", rounded), ("new", again)):
                if not z3.is_rational_value(one):
                    letters.append((one, z3.Real(f"{'·'.join(map(str, key))}·{name}")))
                    order.append(one >= 0)
    return letters, order


def _symbols(formulas: Sequence[Any]) -> set[str]:
    """The names of all symbols and functions."""
    seen: set[int] = set()
    names: set[str] = set()
    todo = list(formulas)
    while todo:
        each = todo.pop()
        if each.get_id() not in seen:
            seen.add(each.get_id())
            if z3.is_app(each) and each.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                names.add(each.decl().name())
            todo.extend(each.children())
    return names
