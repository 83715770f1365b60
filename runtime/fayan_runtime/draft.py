"""Items and provisions on their way to a decision, as the reference passes them from step to step."""

from __future__ import annotations

from typing import Any

from attrs import define

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.interpreter import Env
from fayan_runtime.values import Path

NOTHING: frozenset[Path] = frozenset()
THIS = "本"


@define(eq=False)
class Case:
    """An item on its way: ``day`` as evaluated (None: no event day). ``certain``: no open item could still change its amount."""

    item: Item
    env: Env
    certain: bool = True

    @property
    def day(self) -> Any:
        return self.env.day

    @property
    def granted(self) -> bool:
        return self.item.status == "granted"

    @property
    def settled(self) -> bool:
        return self.item.status not in ("unknown", "error") and self.certain

    @property
    def amount(self) -> Amount:
        return self.item.amount or 0

    def change(self, amount: Amount, name: str, line: int) -> None:
        if amount != self.item.amount:
            self.item.steps.append((name, self.amount, amount, line))
            self.item.amount = amount


@define(eq=False)
class Draft:
    """A provision on its way. ``cases`` are the items of an award; None where the list they are in is not known."""

    provision: ir.Provision
    decision: ProvisionDecision
    cases: list[Case] | None
