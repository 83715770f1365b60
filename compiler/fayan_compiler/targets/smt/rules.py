"""Rules as formulas: who is entitled and to how much.

The items of an award and the adjustments between awards are those of the reference (``fayan_runtime.reference``); where it goes through
items in the order of their event days, a formula says for each pair which comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt import slices, terms
from fayan_compiler.targets.smt.expressions import Formulas, Row, Scope
from fayan_compiler.targets.smt.slices import Rule, Slice
from fayan_compiler.targets.smt.terms import FALSE, TRUE, Term, conjoin, disjoin, negate
from fayan_runtime import ir
from fayan_runtime.names import COUNTED, ENTERPRISE

ZERO = z3.RealVal(0)
#: The row of a payment for the rule, whether it counts, and whether that cannot be told.
Payment = tuple[Row, z3.BoolRef, z3.BoolRef]


@define(eq=False)
class Item:
    """One item on its way: ``amount`` is 0 where it is not granted."""

    rule: str
    stage: str
    #: Its place in the list, or among the stages.
    index: int
    day: Term | None
    row: Row | None
    there: z3.BoolRef
    granted: z3.BoolRef
    amount: Any
    #: It cannot be computed whether, or how much.
    error: z3.BoolRef

    @cached_property
    def year(self) -> Any:
        return z3.IntVal(0) if self.day is None else self.day.value / terms.YEAR_SPAN


@frozen(eq=False)
class Outcome:
    """``entitled``: granted, or left to discretion; of a duty or target: met (or owed, where there is no check).

    ``certain``: nothing that this and the amount depend on is in error, so that it is not just the least. ``least``: if it is, the items of
    the rule that are in error just come to nothing. ``payable``: what is left of the amount when payments are set off (the amount itself
    where none are). ``items``: whether each item is granted. ``failed``: whether it is in error.
    """

    entitled: z3.BoolRef
    amount: Any = ZERO
    certain: z3.BoolRef = TRUE
    payable: Any = ZERO
    items: tuple[z3.BoolRef, ...] = ()
    least: z3.BoolRef = TRUE
    failed: tuple[z3.BoolRef, ...] = ()


@define(eq=False)
class Rules:
    """A rule with all that decides it. ``paid_as``: the measure and name that payments for it bear."""

    formulas: Formulas
    slice: Slice
    paid_as: tuple[int, str] | None = None
    _items: dict[str, list[Item]] = field(factory=dict, init=False)

    def outcome(self, set_off: bool = False) -> Outcome:
        """``set_off``: payments are looked at, where the rule pays out at all."""
        rule, effective = self.slice.rule, self.slice.program.effective
        in_force = TRUE if effective is None else self.formulas.world.on >= terms.encode(effective)
        if rule.kind != "award":
            met, known = self.other(rule)
            return Outcome(conjoin(in_force, met), certain=known)
        for adjustment in self.slice.adjustments:
            self.adjust(adjustment)
        items = self.items(rule.name)
        amounts = [terms.choose(item.granted, item.amount, ZERO) for item in items]
        amount: Any = z3.Sum(*amounts) if amounts else ZERO
        others = [error for each in self.slice.near if each != rule.name for error in self.errors(each)]
        failed = [item.error for item in items]
        certain = [*others, *failed]
        least = others if self.by_itself else certain
        payable = amount
        if set_off and self.slice.set_off is not None:
            payable, doubtful = self.left(self.slice.set_off, items)
            certain.append(doubtful)
        entitled = conjoin(in_force, disjoin(*(item.granted for item in items)))
        granted = tuple(conjoin(in_force, item.granted) for item in items)
        sure, worth = negate(disjoin(*certain)), negate(disjoin(*least))
        return Outcome(entitled, amount, sure, payable, granted, worth, tuple(failed))

    def errors(self, name: str) -> list[z3.BoolRef]:
        """Of each item of a rule."""
        return [item.error for item in self.items(name)]

    @property
    def by_itself(self) -> bool:
        """Whether what an item is worth does not hang on another of the rule that is in error. It may by way of two adjustments, or by a
        cap that depends on what it counts."""
        exprs = [each.limit for each in self.slice.adjustments if isinstance(each, ir.Ceiling)]
        counted = any(COUNTED in self.formulas.store.about(each).free for each in exprs)
        return len(self.slice.adjustments) < 2 and not counted

    def rounded(self, value: Any, what: tuple[object, ...]) -> Any:
        """To 分; ``what`` it is, in whichever version."""
        return terms.round_to_fen(value)

    # ------------------------------------------------------------ one rule
    def other(self, rule: Rule) -> tuple[z3.BoolRef, z3.BoolRef]:
        """Of a duty or target: whether it is met, and whether that is known."""
        assert rule.among is not None
        among = self.formulas.term(rule.among, Scope())
        asked = Term(FALSE) if rule.asked is None else self.formulas.term(rule.asked, Scope())
        met = conjoin(negate(among.refuted) if rule.kind == "target" else among.holds, asked.holds)
        return met, disjoin(among.refuted, asked.refuted, conjoin(negate(among.missing), negate(asked.missing)))

    def items(self, name: str) -> list[Item]:
        if name not in self._items:
            rule = self.slice.near[name]
            world = self.formulas.world
            rows = [
                Row(rule.each, index, world.present(rule.each, index)) for index in range(world.bound * bool(rule.each))
            ]
            self._items[name] = [
                self.decided(rule, item, place, row)
                for place, item in enumerate(rule.items)
                for row in (rows if rule.each else [None])
            ]
        return self._items[name]

    def decided(self, rule: Rule, item: slices.Item, place: int, row: Row | None) -> Item:
        scope = Scope() if row is None else Scope(items={"本": row})
        day = None if item.day is None else self.formulas.term(item.day, scope)
        there = conjoin(TRUE if row is None else row.there, TRUE if day is None else negate(day.missing))
        tested = self.formulas.term(item.test, scope)
        what = (list(self.slice.near).index(rule.name), place, 0 if row is None else row.index)
        due, below = self.due(item, scope, what)
        wrong = disjoin(due.missing, below)
        granted = conjoin(there, tested.holds, negate(wrong))
        error = conjoin(there, disjoin(tested.missing, conjoin(tested.holds, wrong)))
        index = place if row is None else row.index
        rounded = self.rounded(due.value, what)
        return Item(rule.name, item.stage, index, day, row, there, granted, rounded, error)

    def due(self, item: slices.Item, scope: Scope, what: tuple[int, int, int]) -> tuple[Term, z3.BoolRef]:
        """The amount of an item, before it is rounded, and whether it is below zero; ``what`` it is, in whichever version: the rule, the
        stage and the row."""
        due = self.formulas.term(item.amount, scope)
        return due, due.value < 0

    # ------------------------------------------------------------ between rules
    def adjust(self, adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> None:
        match adjustment:
            case ir.Ceiling():
                self.ceiling(adjustment)
            case ir.Highest():
                self.highest(adjustment)
            case ir.Deduct():
                self.deduct(adjustment)

    def places(self, members: Sequence[ir.Member]) -> list[tuple[int, Item]]:
        return [
            (number, item)
            for number, (name, stage) in enumerate(members)
            for item in self.items(name)
            if stage in ("", item.stage)
        ]

    def ceiling(self, adjustment: ir.Ceiling) -> None:
        places = self.places([member for member, _ in adjustment.covers])
        split = isinstance(adjustment.split, ir.Const) and adjustment.split.value is True
        keys = [name for name, _ in adjustment.keys]
        which = self.slice.adjustments.index(adjustment)

        def together(one: Item, other: Item) -> z3.BoolRef:
            """Whether two items count under one limit."""
            if split and one.rule != other.rule:
                return FALSE
            same = [] if not adjustment.per_year else [terms.equal(one.year, other.year)]
            for name in keys:
                same.append(alike(self.field(one, name), self.field(other, name)))
            return conjoin(*same) if one is not other else TRUE

        changed = []
        for number, item in places:
            near = {id(other): conjoin(other.granted, together(item, other)) for _, other in places}
            counted = tuple(evolve(other.row, there=near[id(other)]) for _, other in places if other.row is not None)
            limit = self.formulas.term(adjustment.limit, Scope(counted=counted))
            used = [
                terms.choose(conjoin(near[id(other)], first), other.amount, ZERO)
                for place, other in places
                if other is not item
                and (first := before((place, other), (number, item), adjustment.by_date)) is not FALSE
            ]
            most = self.rounded(limit.value, ("限额", which))
            left = most - z3.Sum(*used) if used else most
            left = z3.If(left < 0, ZERO, left)
            error = disjoin(item.error, conjoin(item.granted, limit.missing))
            given = z3.If(item.amount < left, item.amount, left)
            changed.append((conjoin(item.granted, negate(limit.missing)), given, error))
        for (_, item), (granted, amount, error) in zip(places, changed, strict=True):
            item.granted, item.amount, item.error = granted, amount, error

    def field(self, item: Item, name: str) -> Term:
        """The field of the item; none where items of its kind have no such field."""
        if item.row is not None:
            declared = self.formulas.world.declared(ENTERPRISE, item.row.list)
            if any(each.name == name for each in declared.fields):
                return self.formulas.world.item(item.row.list, item.row.index, name)
        return Term(ZERO, none=TRUE)

    def highest(self, adjustment: ir.Highest) -> None:
        places = self.places(adjustment.members)
        received = Term(ZERO)
        if adjustment.received is not None:
            received = self.formulas.term(adjustment.received, Scope())
        least = terms.choose(
            received.missing, ZERO, self.rounded(received.value, ("已得", self.slice.adjustments.index(adjustment)))
        )
        changed = []
        for number, item in places:
            others = [(place, other) for place, other in places if other is not item]
            firsts = [before(each, (number, item), True) for each in others]
            if adjustment.mode == "yearly":
                beaten = [
                    conjoin(
                        other.granted,
                        terms.equal(other.year, item.year),
                        disjoin(other.amount > item.amount, conjoin(other.amount == item.amount, first)),
                    )
                    for (_, other), first in zip(others, firsts, strict=True)
                ]
                changed.append(terms.choose(disjoin(*beaten), ZERO, item.amount))
            else:
                top = terms.least(
                    [
                        ZERO,
                        least,
                        *(
                            terms.choose(conjoin(other.granted, first), other.amount, ZERO)
                            for (_, other), first in zip(others, firsts, strict=True)
                        ),
                    ],
                    True,
                )
                changed.append(z3.If(item.amount > top, item.amount - top, ZERO))
        for (_, item), amount in zip(places, changed, strict=True):
            item.error = disjoin(item.error, conjoin(item.granted, received.missing))
            item.granted, item.amount = conjoin(item.granted, negate(received.missing)), amount

    def deduct(self, adjustment: ir.Deduct) -> None:
        left: Any = z3.Sum(ZERO, *(each for name in adjustment.less for each in self.given(name)))
        for item in self.items(adjustment.member):
            taken = terms.choose(item.granted, z3.If(item.amount < left, item.amount, left), ZERO)
            item.amount, left = item.amount - taken, left - taken

    def given(self, name: str) -> list[Any]:
        """What the items of a rule come to so far."""
        return [terms.choose(item.granted, item.amount, ZERO) for item in self.items(name)]

    # ------------------------------------------------------------ what was paid
    def left(self, set_off: slices.SetOff, items: Sequence[Item]) -> tuple[Any, z3.BoolRef]:
        """What is left to pay, and whether that cannot be told. Payments for an event are used up in the order of its items."""
        payments = self.payments(set_off)
        whole: list[Any] = []
        for place, item in enumerate(items):
            earlier = [
                terms.choose(conjoin(each.granted, same_event(set_off, each, item)), each.amount, ZERO)
                for each in items[:place]
            ]
            left: Any = self.paid(set_off, payments, item) - z3.Sum(ZERO, *earlier)
            due = item.amount - z3.If(left < 0, ZERO, left)
            whole.append(terms.choose(item.granted, z3.If(due < 0, ZERO, due), ZERO))
        return z3.Sum(ZERO, *whole), self.doubtful(set_off, payments)

    def payments(self, set_off: slices.SetOff) -> list[Payment]:
        world, rule = self.formulas.world, self.slice.rule
        measure, name = self.paid_as or (rule.measure, rule.name)
        found: list[Payment] = []
        for index in range(world.bound):
            row = Row(set_off.list, index, world.present(set_off.list, index))
            number, called = (world.item(row.list, index, each).value for each in ("措施", "事项"))
            meant = conjoin(row.there, number == measure, called == world.word(name))
            counts = self.formulas.term(set_off.among, Scope(items={"本": row}))
            found.append((row, conjoin(meant, counts.holds), conjoin(meant, counts.missing)))
        return found

    def paid(self, set_off: slices.SetOff, payments: Sequence[Payment], item: Item) -> Any:
        """For the event of an item."""
        return z3.Sum(
            ZERO,
            *(
                terms.choose(
                    conjoin(counts, self.meets(set_off, row, item)),
                    self.formulas.world.item(row.list, row.index, "金额").value,
                    ZERO,
                )
                for row, counts, _ in payments
            ),
        )

    def doubtful(self, set_off: slices.SetOff, payments: Sequence[Payment]) -> z3.BoolRef:
        """Whether it cannot be told of some payment for the rule that it counts."""
        return disjoin(*(doubtful for *_, doubtful in payments))

    def meets(self, set_off: slices.SetOff, row: Row, item: Item) -> z3.BoolRef:
        if item.day is None:
            return TRUE
        paid_for = self.formulas.world.item(row.list, row.index, "日期").value
        return event(set_off.grain, paid_for) == event(set_off.grain, item.day.value)


def alike(one: Term, other: Term) -> z3.BoolRef:
    """Equal, or both none."""
    same = one.value == other.value if one.value.sort() == other.value.sort() else FALSE
    return disjoin(conjoin(one.none, other.none), conjoin(negate(one.none), negate(other.none), same))


def before(one: tuple[int, Item], other: tuple[int, Item], by_date: bool) -> z3.BoolRef:
    """Whether an item comes first: by event day where asked (without one before all others), then by the order of the rules and the list."""
    earlier = TRUE if (one[0], one[1].index) < (other[0], other[1].index) else FALSE
    days = (one[1].day, other[1].day)
    if not by_date or (days[0] is None and days[1] is None):
        return earlier
    if days[0] is None or days[1] is None:
        return TRUE if days[0] is None else FALSE
    return disjoin(days[0].value < days[1].value, conjoin(days[0].value == days[1].value, earlier))


def event(grain: str, day: Any) -> Any:
    """What payments and items for one event have in common: the date, or its year or month."""
    span = {"year": terms.YEAR_SPAN, "month": terms.MONTH_SPAN}.get(grain)
    return day if span is None else day / span


def same_event(set_off: slices.SetOff, one: Item, other: Item) -> z3.BoolRef:
    if one.day is None or other.day is None:
        return TRUE
    return event(set_off.grain, one.day.value) == event(set_off.grain, other.day.value)
