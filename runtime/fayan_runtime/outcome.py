"""What every execution gives: the decisions of all measures, and how they add up.

The parts that do not depend on how an expression is evaluated stand here too, once: which of several statuses counts, and totals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from attrs import define, field, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Amount, MeasureDecision, ProvisionDecision, Total
from fayan_runtime.values import Absent, Facts

#: From the strongest to the weakest. Items, provisions and measures each have some of them.
STRENGTH = ("granted", "discretionary", "unknown", "error", "denied", "not_in_force", "not_applicable")
#: Natures whose amounts are paid out, so that payments are set off.
PAID = ("cash", "relief")
TOTALLED = ("cash", "relief", "tax", "deduction")


@frozen
class Payment:
    """A payment that meets no item: its position in the list of payments, and the row."""

    index: int
    row: dict[str, object]

    @property
    def measure(self) -> object:
        """The number of the measure it was paid for; None where the facts do not say."""
        return None if isinstance(self.row["措施"], Absent) else self.row["措施"]


@define
class Outcome:
    """What any execution decides of one enterprise: ``measures`` by number, ``totals`` by nature (cash, relief, tax, deduction)."""

    measures: dict[int, MeasureDecision] = field(factory=dict)
    unmatched_payments: list[Payment] = field(factory=list)
    totals: dict[str, Total] = field(factory=dict)
    #: Provisions of measures that were not asked for, decided together with those that were.
    beside: dict[str, ProvisionDecision] = field(factory=dict)

    def provisions(self) -> Iterable[ProvisionDecision]:
        """Of all measures, in the order of the policy."""
        return (provision for measure in self.measures.values() for provision in measure.provisions.values())

    def provision(self, like: ProvisionDecision) -> ProvisionDecision:
        """The decision of the same provision here."""
        return self.measures[like.measure].provisions[like.name]


#: Decide one enterprise: facts, date of assessment, readings, the measures asked for (None: all).
Decide = Callable[[Facts, date, dict[str, str], Collection[int] | None], Outcome]


def strongest(statuses: Collection[str]) -> str:
    """The status that stands for several; not_applicable for none."""
    return min(statuses, key=STRENGTH.index, default="not_applicable")


def measure_status(program: ir.Program, measure: int, statuses: dict[str, str]) -> str:
    """The strongest of the provisions', duties and targets left out; where there is nothing else, the first of theirs.

    What was not seen may hold anything: it counts as unknown.
    """
    of = next(each for each in program.measures if each.number == measure)
    unseen = ["unknown"] if of.unseen else []
    kinds = {provision.name: provision.kind for provision in program.provisions if provision.measure == measure}
    own = [status for name, status in statuses.items() if kinds[name] not in ("duty", "target")]
    return strongest(own + unseen) if own or unseen or not statuses else next(iter(statuses.values()))


def open_totals(program: ir.Program, outcome: Outcome) -> None:
    """Where words were not seen, something more may be due: no sum is complete."""
    if program.unseen or any(each.unseen for each in program.measures if each.number in outcome.measures):
        for total in outcome.totals.values():
            total.complete = False


def totals(provisions: Collection[ProvisionDecision]) -> dict[str, Total]:
    """By nature, never across. What is still payable is not known where that of one provision is not."""
    found: dict[str, Total] = {}
    for nature in TOTALLED:
        of = [
            provision for provision in provisions if provision.nature == nature and provision.exact_amount is not None
        ]
        payable: Amount | None = None
        if nature in PAID:
            parts = [provision.exact_payable for provision in of]
            payable = None if None in parts else sum(part for part in parts if part is not None)
        amount = sum(provision.exact_amount for provision in of if provision.exact_amount is not None)
        found[nature] = Total(amount, payable, all(provision.complete for provision in of))
    return found
