"""Items and provisions on their way to a decision, as the reference passes them from step to step."""

from __future__ import annotations

from typing import Any

from attrs import define

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.interpreter import Env
from fayan_runtime.values import Path

NOTHING: frozenset[Path] = frozenset()
#: An amount, or infinity where nothing known bounds it. An infinite bound is only ever compared; it never becomes an amount.
Bound = Amount | float


@define(eq=False)
class Case:
    """An item on its way, with the least and the most it can come to, whatever the facts that are not known turn out to be.

    Between the two an item is *open* while its status is unknown or error: nothing, or its amount as far as that is known.
    ``whole_list``: it stands for the items of a list that is not known.
    """

    item: Item
    env: Env
    least: Amount = 0
    most: Bound = 0
    whole_list: bool = False

    @property
    def day(self) -> Any:
        """As evaluated; None: no event day."""
        return self.env.day

    @property
    def granted(self) -> bool:
        return self.item.status == "granted"

    @property
    def open(self) -> bool:
        return self.item.status in ("unknown", "error")

    @property
    def settled(self) -> bool:
        return not self.open and self.least == self.most

    @property
    def amount(self) -> Amount:
        return self.item.amount or 0

    def change(self, amount: Amount, name: str, line: int) -> None:
        if amount != self.item.amount:
            self.item.steps.append((name, self.amount, amount, line))
            self.item.amount = amount


@define(eq=False)
class Draft:
    """A provision on its way. ``rest`` stands for the items of an award whose list is not known."""

    provision: ir.Provision
    decision: ProvisionDecision
    cases: list[Case]
    rest: Case | None = None
