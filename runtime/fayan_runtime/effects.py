"""What a change of a policy comes to for a population: who gains, who loses, and how much. Plain data, amounts exact in 元.

An enterprise (or one rule of one enterprise) *gains* where it gets more or is newly entitled, *loses* the other way round; of an enterprise
both may hold. It is *open* where what is not known keeps a version from deciding, unless the rule is proved to mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from attrs import frozen

from fayan_runtime.decision import Reason
from fayan_runtime.population import Rejected

Fate = Literal["gain", "lose", "both", "open", "same"]
FATES: tuple[Fate, ...] = ("gain", "lose", "both", "open", "same")


@frozen
class Shift:
    """Of one nature (never added across): what it comes to under either version. ``open``: decisions (one enterprise under one rule)
    that either version leaves open, in whole or in part: what they come to is in neither sum. ``alike``: those of them whose rule is
    proved to mean the same, so that nobody knows what they come to and yet both versions give the same."""

    before: Decimal
    after: Decimal
    open: int = 0
    alike: int = 0

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def uncertain(self) -> int:
        """Decisions whose difference nobody knows."""
        return self.open - self.alike


Shifts = Mapping[str, Shift]
Fates = Mapping[Fate, int]


@frozen(kw_only=True)
class RuleEffect:
    """One rule; a name is empty where a version has no such rule. ``fates`` counts enterprises; ``shift`` is None without amounts.
    ``since``: what happened before that day is still a matter of the older document, and is in nothing of the newer one."""

    measure: int
    provision: str
    old: str
    nature: str
    fates: Fates
    shift: Shift | None
    since: date | None = None


@frozen(kw_only=True)
class GroupEffect:
    """Enterprises that have ``value`` for the fact ``by``, or an item with it in the list ``of``; None: not known."""

    of: str
    by: str
    value: str | None
    fates: Fates
    shifts: Shifts


@frozen(kw_only=True)
class FigureEffect:
    """A figure of the district that is counted over the enterprises: the least and the most it is under either version, those of which
    it is not known whether they count being left out and in. ``by``: the definition that counts in the new version."""

    name: str
    by: str
    before: tuple[Decimal, Decimal]
    after: tuple[Decimal, Decimal]


@frozen(kw_only=True)
class Mover:
    """One enterprise under one rule, among those that gain or lose most. ``because``: the conditions that fail where it gets less, of the
    items that come to less there. ``taken``: caps and deductions that take more there, with what they take in the old version and the new."""

    key: str
    name: str
    measure: int
    provision: str
    nature: str
    before: Decimal
    after: Decimal
    status_before: str
    status_after: str
    because: tuple[Reason, ...]
    taken: tuple[tuple[str, Decimal, Decimal], ...] = ()


@frozen(kw_only=True)
class Effects:
    """``given``: enterprises in the tables, several rows of one code being one; those of which both versions could read all rows are
    ``compared``. ``only_old`` and ``only_new``: enterprises whose rows only that version could read. ``faults``: how many faults rows were rejected for; ``rejects`` are the first of them. ``lacking``: facts that
    are missing of the first enterprises of which it is not known what changes.
    """

    on: date
    given: int
    compared: int
    only_old: int
    only_new: int
    fates: Fates
    totals: Shifts
    rules: tuple[RuleEffect, ...]
    payers: tuple[tuple[str, Shifts], ...]
    groups: tuple[GroupEffect, ...]
    gains: tuple[Mover, ...]
    losses: tuple[Mover, ...]
    rejects: tuple[Rejected, ...] = ()
    faults: int = 0
    lacking: tuple[str, ...] = ()
    #: Those that are another under the new version.
    figures: tuple[FigureEffect, ...] = ()

    @property
    def rejected(self) -> int:
        """Enterprises that are not compared, for one version at least could not read their rows."""
        return self.given - self.compared
