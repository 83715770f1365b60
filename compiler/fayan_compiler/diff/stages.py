"""Rules that have no items but their stages, whole and for lists of any length.

What is asked of a list is a letter, and so is what was paid for an event, and what another rule comes to where both versions have it alike.
Where a question has no answer even so, it has none however long the lists of an enterprise are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import z3
from attrs import define, evolve, field

from fayan_compiler.diff.abstract import Roughly
from fayan_compiler.targets.smt.rules import Item, Payment, event
from fayan_compiler.targets.smt.slices import SetOff, concerning, names_of
from fayan_compiler.targets.smt.world import Unsupported
from fayan_runtime import ir


@define(eq=False)
class Staged(Roughly):
    """The adjustments before the one that is looked at are those that came to bear on a rule so far."""

    _before: int = field(default=0, init=False)

    def adjust(self, adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> None:
        super().adjust(adjustment)
        self._before += 1

    def items(self, name: str) -> list[Item]:
        if self.slice.near[name].each:
            raise Unsupported("items of a list")
        return super().items(name)

    # ------------------------------------------------------------ other rules
    def given(self, name: str) -> list[Any]:
        if not self.slice.near[name].each:
            return super().given(name)
        return [self.letters.number(("given", *self.so_far(name)))]

    def errors(self, name: str) -> list[z3.BoolRef]:
        if not self.slice.near[name].each:
            return super().errors(name)
        return [self.letters.truth(("errors", *self.so_far(name)))]

    def so_far(self, name: str) -> tuple[object, ...]:
        """Equal where what a rule comes to is decided alike."""
        adjustments = concerning(self.slice.adjustments[: self._before], name)
        near = {
            each: self.slice.near[each]
            for each in dict.fromkeys([name, *(n for a in adjustments for n in names_of(a))])
        }
        return evolve(
            self.slice, rule=near[name], near=near, adjustments=tuple(adjustments), set_off=None, derived={}
        ).key

    # ------------------------------------------------------------ what was paid
    def payments(self, set_off: SetOff) -> list[Payment]:
        return []

    def paid(self, set_off: SetOff, payments: Sequence[Payment], item: Item) -> Any:
        day = None if item.day is None else event(set_off.grain, item.day.value)
        return self.letters.number(("paid", set_off.list, id(set_off.among), set_off.grain, day is None), day)

    def doubtful(self, set_off: SetOff, payments: Sequence[Payment]) -> z3.BoolRef:
        return self.letters.truth(("doubtful", set_off.list, id(set_off.among)))
