"""Layer two of a comparison, meaning: for whom and how much, rule by rule, with enterprises that show it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from fayan_runtime.decision import Reason

Who = Literal["same", "wider", "narrower", "incomparable", "not_decided"]
HowMuch = Literal["same", "more", "less", "incomparable", "not_decided"]
#: What a witness shows: entitled only under the new version, only under the old, entitled to more, to less.
Shows = Literal["gains", "loses", "more", "less"]


#: Facts of each scope, as people give them.
Plain = dict[str, dict[str, object]]


@frozen(kw_only=True)
class Result:
    """What the reference decides of a rule of one version; ``status`` "" where the version has no such rule, "unreadable" where it cannot read the facts.

    ``complete``: nothing is open, so that the amounts are not just the least. ``reasons``: those that the other version does not have or
    decides otherwise. ``taken``: what each cap and deduction took off. ``items``: those of an award that are granted, each by what it is of and its stage;
    ``failed``: those that cannot be worked out. ``known``: no fact is missing but what the version has no word
    for, members of types that the other version has. ``facts``: those of the enterprise that the version can be told, with
    payments by the name that the rule has in it; ``readings``: its own that are not at their default, with the option.
    """

    status: str
    amount: int | Fraction | None = None
    payable: int | Fraction | None = None
    complete: bool = True
    reasons: tuple[Reason, ...] = ()
    taken: tuple[tuple[str, int | Fraction], ...] = ()
    items: frozenset[tuple[str, str]] = frozenset()
    failed: frozenset[tuple[str, str]] = frozenset()
    known: bool = True
    facts: Plain = field(factory=dict)
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def some_in_error(self) -> bool:
        """Whether some of it cannot be computed, and that alone makes the amounts the least."""
        return self.known and not self.complete


@frozen(kw_only=True)
class Witness:
    """An enterprise that two versions decide differently; ``facts`` as people give them, with none that the difference does not need."""

    shows: Shows
    facts: Plain
    on: date
    before: Result
    after: Result

    @property
    def taken(self) -> tuple[tuple[str, int | Fraction, int | Fraction], ...]:
        """The caps and deductions by which one version gives less: what they take off in the old version and in the new."""
        if self.shows not in ("more", "less"):
            return ()
        old, new = dict(self.before.taken), dict(self.after.taken)
        both = [(name, old.get(name, 0), new.get(name, 0)) for name in dict.fromkeys((*old, *new))]
        return tuple(each for each in both if (each[1] > each[2] if self.shows == "more" else each[1] < each[2]))

    @property
    def fails(self) -> bool:
        """Whether one version cannot work out what is due, rather than refuse: where a condition that it refuses for is needed to show the
        difference (nothing is there that is not needed), that makes it, and what cannot be worked out is the same in both."""
        failing = next((each for each in (self.before, self.after) if each.status == "error"), None)
        return failing is not None and not any(each.holds is False for each in failing.reasons)


@frozen(kw_only=True)
class Verdict:
    """One rule under one choice of readings. ``readings``: those that are not at their default, with the option.

    ``why``: where it is not decided, "limit" (of the solver's own units), "unsupported", "replay", "given" (a fact that one version works out and
    the other can only be given; where it is given they decide alike) or "bound" (of what is not decided nothing was found as long as no list is
    longer than ``bound``). ``bound``: no list is longer in what was asked; None: it does not matter how long they are; nor does it where
    ``who`` or ``how_much`` is the same. ``held``: the caps of the new version that keep a change from anybody, so that it
    is the same. ``unseen``: values of texts nobody has seen; what only they could make another is left open ("unseen" where nothing
    else is). ``since``: of a document that takes the place of another and begins later, the day from which on it covers what happens: what
    happened before is still the other's, and is not compared. ``taken_over``: nothing else is another than from when on which of them covers it.
    """

    measure: int
    provision: str
    old: str
    readings: tuple[tuple[str, str], ...]
    who: Who
    how_much: HowMuch
    witnesses: tuple[Witness, ...] = ()
    why: str = ""
    held: tuple[str, ...] = ()
    bound: int | None = None
    unseen: tuple[str, ...] = ()
    since: date | None = None
    taken_over: bool = False

    @property
    def same(self) -> bool:
        """Proved to be."""
        return self.who == self.how_much == "same" and not self.why

    @property
    def changed(self) -> bool:
        """Known to be another; more may be open."""
        return not self.same and (not self.why or bool(self.witnesses))


@frozen(kw_only=True)
class Recount:
    """A figure of the district that is counted over the enterprises, by a ``definition`` that is not proved to count the same: the ``targets``
    held against it. ``verdicts``: whom it counts, under each reading where that is not proved the same."""

    fact: str
    definition: str
    targets: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def telling(self) -> Verdict:
        """That at the defaults, else the first that is known to be another."""
        first = sorted(self.verdicts, key=lambda each: (not each.changed, bool(each.readings)))
        return first[0]
