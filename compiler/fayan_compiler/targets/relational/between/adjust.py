"""Ceilings, the higher of several and deductions of a program, in the order of its text.

All their conditions read readings only, so they are decided when the plan is made.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from attrs import define

from fayan_compiler.targets.relational.between.ceiling import Counting, ceiling
from fayan_compiler.targets.relational.between.deduct import deduct
from fayan_compiler.targets.relational.between.highest import cumulative, yearly
from fayan_compiler.targets.relational.items import Figure, Items
from fayan_runtime import ir
from fayan_runtime.between import looks_at_counted
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.values import Facts


class Amounts(Protocol):
    """How the amounts that adjustments refer to are worked out: rounded, in 分, not below 0; a number where it is the same for all."""

    def of_enterprise(self, expr: ir.Expr) -> int | Figure: ...

    def of_group(self, expr: ir.Expr) -> Counting:
        """For an amount that looks at the items a ceiling counts."""
        ...


@define
class Between:
    """``readings`` and the day are those of the plan."""

    program: ir.Program
    readings: dict[str, str]
    on: date

    def adjust(self, items: Items, amounts: Amounts) -> None:
        for number, each in enumerate(self.program.adjustments):
            if self.holds(each.applies):
                self._adjust(each, f"between {number}", items, amounts)

    def _adjust(
        self, adjustment: ir.Ceiling | ir.Highest | ir.Deduct, hint: str, items: Items, amounts: Amounts
    ) -> None:
        match adjustment:
            case ir.Ceiling():
                limit = adjustment.limit
                counts = self.holds(looks_at_counted(limit))
                ceiling(
                    self.program,
                    items,
                    [(number, member) for number, (member, when) in enumerate(adjustment.covers) if self.holds(when)],
                    amounts.of_group(limit) if counts else amounts.of_enterprise(limit),
                    hint=hint,
                    per_year=adjustment.per_year,
                    split=self.holds(adjustment.split),
                    keys=self.counted_by(adjustment),
                    by_day=adjustment.by_date,
                )
            case ir.Highest(mode="yearly"):
                yearly(self.program, items, list(enumerate(adjustment.members)), hint=hint)
            case ir.Highest():
                received = 0 if adjustment.received is None else amounts.of_enterprise(adjustment.received)
                cumulative(self.program, items, list(enumerate(adjustment.members)), received, hint=hint)
            case ir.Deduct():
                deduct(self.program, items, adjustment.member, adjustment.less, hint=hint)

    def keys(self) -> tuple[str, ...]:
        """The fields that items need for the ceilings that apply."""
        found: dict[str, None] = {}
        for each in self.program.adjustments:
            if isinstance(each, ir.Ceiling) and self.holds(each.applies):
                found |= dict.fromkeys(self.counted_by(each))
        return tuple(found)

    def counted_by(self, ceiling: ir.Ceiling) -> list[str]:
        return [name for name, condition in ceiling.keys if self.holds(condition)]

    def holds(self, condition: ir.Expr) -> bool:
        return evaluate(condition, Env(self.program, Facts({}, ""), self.on, self.readings)) is True
