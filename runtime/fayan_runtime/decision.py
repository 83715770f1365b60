"""What deciding one enterprise gives: plain data, complete with its trace.

Amounts are exact numbers in 元 (``int`` or ``Fraction``, a whole number of 分) and become ``Decimal`` at the public properties.
The wording of reasons (``Reason.text``) is made from the trace when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import define, field

from fayan_runtime.ir import Nature
from fayan_runtime.values import Path, to_decimal

Amount = int | Fraction


def paths(missing: Iterable[Path]) -> list[str]:
    """As people read them, in order of declaration."""
    return [path[-1] for path in sorted(missing)]


@define
class Reason:
    """One condition of one item (or of the provision): ``holds`` is True, False or None (not known).

    ``of`` is the item it was tested on, empty for the provision itself. ``role``: among, period, must, check, goal, amount.
    ``tell`` says the condition with the values put in, in a language (zh, en); ``error`` is the code where it could not be computed.
    """

    condition: str
    holds: bool | None
    of: str
    role: str
    quote: str
    line: int
    missing: frozenset[Path] = frozenset()
    error: str = ""
    tell: Callable[[str], str] = field(default=lambda language: "", repr=False, eq=False)

    @property
    def text(self) -> str:
        """In Chinese, the language of the policy; ``tell`` says it in either."""
        return self.tell("zh")


@define
class Item:
    """One event, lease, year, month, stage or bid. ``status``: granted, denied, unknown, error, not_in_force.

    ``uncapped`` before caps and deductions; None where not known. ``steps`` are the adjustments that bit: (name, amount before, after, line).
    """

    of: str
    name: str
    index: int
    date: date | None
    status: str
    uncapped: Amount | None = None
    amount: Amount | None = None
    paid: Amount | None = None
    payable: Amount | None = None
    lacking: frozenset[Path] = frozenset()
    steps: list[tuple[str, Amount, Amount, int]] = field(factory=list)

    @property
    def missing(self) -> list[str]:
        return paths(self.lacking)


@define
class ReadingUse:
    """A reading the provision refers to. ``others``: option → (status, amount, payable), filled when readings are compared."""

    id: str
    used: str
    matters: bool | None = None
    others: dict[str, tuple[str, Amount | None, Amount | None]] = field(factory=dict)


@define
class ProvisionDecision:
    """How one rule came out. ``status``: granted, denied, unknown, discretionary, not_in_force, not_applicable, error; of duties
    duty, duty_met, duty_unmet, of targets target, target_met, target_unmet.

    Amounts are in 元, of all items that are decided; None where the rule gives none. ``complete`` is False where a missing fact
    (``missing``) may add to them.
    """

    measure: int
    name: str
    status: str
    nature: Nature
    payer: str
    exact_amount: Amount | None = None
    exact_paid: Amount | None = None
    exact_payable: Amount | None = None
    complete: bool = True
    items: list[Item] = field(factory=list)
    reasons: list[Reason] = field(factory=list)
    lacking: frozenset[Path] = frozenset()
    readings: list[ReadingUse] = field(factory=list)

    @property
    def missing(self) -> list[str]:
        """The facts that are not known and could change this, by their paths, in order of declaration."""
        return paths(self.lacking)

    @property
    def amount(self) -> Decimal | None:
        """What it comes to, in 元, before what was paid already."""
        return None if self.exact_amount is None else to_decimal(self.exact_amount)

    @property
    def paid(self) -> Decimal | None:
        """What was paid of it already, in 元."""
        return None if self.exact_paid is None else to_decimal(self.exact_paid)

    @property
    def payable(self) -> Decimal | None:
        """What is still to be paid, in 元."""
        return None if self.exact_payable is None else to_decimal(self.exact_payable)


@define
class MeasureDecision:
    """How a measure came out: ``id`` is its number, ``status`` the strongest of its rules', ``responsible`` the units named in the text."""

    id: int
    title: str
    status: str
    responsible: tuple[str, ...]
    provisions: dict[str, ProvisionDecision] = field(factory=dict)


@define
class Total:
    """Of one nature over all provisions; ``exact_payable`` is None for tax and deduction."""

    exact_amount: Amount
    exact_payable: Amount | None
    complete: bool

    @property
    def amount(self) -> Decimal:
        """In 元, before what was paid already; at least so much where not ``complete``."""
        return to_decimal(self.exact_amount)

    @property
    def payable(self) -> Decimal | None:
        return None if self.exact_payable is None else to_decimal(self.exact_payable)
