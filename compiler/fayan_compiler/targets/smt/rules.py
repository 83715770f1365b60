"""Rules as formulas: for each provision, who is entitled and to how much.

The items of an award and the adjustments between awards are those of the reference (``fayan_runtime.reference``); where it goes through
items in the order of their event days, a formula says for each pair which comes first. Set-off is left out: amounts are what is due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt import terms
from fayan_compiler.targets.smt.expressions import Formulas, Row, Scope
from fayan_compiler.targets.smt.terms import FALSE, TRUE, Term, conjoin, disjoin, negate
from fayan_runtime import ir
from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.reference import happened, within

ZERO = z3.RealVal(0)


@define(eq=False)
class Item:
    """One item on its way: ``amount`` is 0 where it is not granted."""

    provision: str
    stage: str
    index: int
    scope: Scope
    row: Row | None
    granted: z3.BoolRef
    amount: Any
    #: It cannot be computed whether, or how much.
    error: z3.BoolRef


@frozen(eq=False)
class Outcome:
    """``entitled``: granted, or left to discretion; of a duty or target: met (or owed, where there is no check).

    ``certain``: nothing that the amount depends on is in error, so that it is not just the least. ``tests``: for each item that was looked
    at, (rule, stage, position), whether its conditions hold and whether they cannot be told. ``sums``: its amount before and after rounding.
    """

    entitled: z3.BoolRef
    amount: Any = ZERO
    certain: z3.BoolRef = TRUE
    tests: dict[tuple[str, str, int], tuple[z3.BoolRef, z3.BoolRef]] = field(factory=dict)
    sums: dict[tuple[str, str, int], tuple[Any, Any]] = field(factory=dict)


@define(eq=False)
class Rules:
    """The provisions of one program under one choice of readings."""

    formulas: Formulas
    _items: dict[str, list[Item]] = field(factory=dict, init=False)
    _tests: dict[tuple[str, str, int], tuple[z3.BoolRef, z3.BoolRef]] = field(factory=dict, init=False)
    _sums: dict[tuple[str, str, int], tuple[Any, Any]] = field(factory=dict, init=False)
    _adjusted: set[int] = field(factory=set, init=False)

    @property
    def program(self) -> ir.Program:
        return self.formulas.program

    def outcome(self, name: str) -> Outcome:
        provision = next(each for each in self.program.provisions if each.name == name)
        effective = self.program.effective
        in_force = TRUE if effective is None else self.formulas.world.on >= terms.encode(effective)
        if provision.kind != "award":
            return Outcome(conjoin(in_force, self.other(provision)))
        near = {name}
        for adjustment in concerning(self.program, name):
            self.adjust(adjustment)
            near |= touched(adjustment)
        items = self.items(name)
        errors = [item.error for each in sorted(near) for item in self.items(each)]
        amounts = [terms.choose(item.granted, item.amount, ZERO) for item in items]
        return Outcome(
            conjoin(in_force, disjoin(*(item.granted for item in items))),
            z3.Sum(*amounts) if amounts else ZERO,
            negate(disjoin(*errors)),
            dict(self._tests),
            dict(self._sums),
        )

    # ------------------------------------------------------------ one rule
    def condition(self, condition: ir.Condition, scope: Scope) -> z3.BoolRef:
        return self.formulas.term(condition.expr, scope).holds

    def other(self, provision: ir.Provision) -> z3.BoolRef:
        scope = Scope()
        if provision.kind == "target":
            outside = [self.formulas.term(each.expr, scope) for each in provision.among]
            goal = FALSE if provision.goal is None else self.formulas.term(provision.goal, scope).holds
            return conjoin(negate(terms.kleene(outside, False).refuted), goal)
        among = conjoin(*(self.condition(each, scope) for each in provision.among))
        asked = provision.checks if provision.kind == "duty" else provision.must
        return conjoin(among, *(self.condition(each, scope) for each in asked))

    def items(self, name: str) -> list[Item]:
        if name not in self._items:
            provision = next(each for each in self.program.provisions if each.name == name)
            self._items[name] = list(map(self.decided(provision), self.found(provision)))
        return self._items[name]

    def found(self, provision: ir.Provision) -> list[tuple[str, int, Scope, Row | None, ir.Expr, z3.BoolRef]]:
        if provision.stages:
            found = []
            for index, stage in enumerate(provision.stages):
                day = self.formulas.term(stage.on, Scope())
                found.append((stage.name, index, Scope(day=day), None, stage.amount, negate(day.missing)))
            return found  # type: ignore[return-value]
        assert provision.amount is not None
        if not provision.each:
            only = Scope() if provision.on is None else Scope(day=self.formulas.term(provision.on, Scope()))
            there = TRUE if only.day is None else negate(only.day.missing)
            return [("", 0, only, None, provision.amount, there)]
        rows = []
        for row in self.formulas.rows(provision.each, Scope()):
            scope = Scope(items={"本": row})
            if provision.on is not None:
                scope = evolve(scope, day=self.formulas.term(provision.on, scope))
            there = row.there if scope.day is None else conjoin(row.there, negate(scope.day.missing))
            rows.append(("", row.index, scope, row, provision.amount, there))
        return rows  # type: ignore[return-value]

    def decided(self, provision: ir.Provision) -> Callable[[Any], Item]:
        def decide(found: tuple[str, int, Scope, Row | None, ir.Expr, z3.BoolRef]) -> Item:
            stage, index, scope, row, amount, there = found
            conditions = list(provision.among)
            if scope.day is not None:
                conditions += [happened(provision), *map(within, provision.periods)]
            conditions += provision.must
            tested = terms.kleene([self.formulas.term(each.expr, scope) for each in conditions], False)
            self._tests[provision.name, stage, index] = (tested.holds, tested.missing)
            due = self.formulas.term(amount, scope)
            wrong = disjoin(due.missing, due.value < 0)
            granted = conjoin(there, tested.holds, negate(wrong))
            error = conjoin(there, disjoin(tested.missing, conjoin(tested.holds, wrong)))
            rounded = terms.round_to_fen(due.value)
            self._sums[provision.name, stage, index] = (due.value, rounded)
            return Item(provision.name, stage, index, scope, row, granted, rounded, error)

        return decide

    # ------------------------------------------------------------ between rules
    def adjust(self, adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> None:
        if id(adjustment) in self._adjusted:
            return
        self._adjusted.add(id(adjustment))
        if not self.settled(adjustment.applies):
            return
        match adjustment:
            case ir.Ceiling():
                self.ceiling(adjustment)
            case ir.Highest():
                self.highest(adjustment)
            case ir.Deduct():
                self.deduct(adjustment)

    def settled(self, expr: ir.Expr) -> bool:
        """A condition that reads readings only."""
        return bool(z3.is_true(z3.simplify(self.formulas.term(expr, Scope()).holds)))

    def places(self, members: Sequence[ir.Member]) -> list[tuple[int, Item]]:
        return [
            (number, item)
            for number, (name, stage) in enumerate(members)
            for item in self.items(name)
            if stage in ("", item.stage)
        ]

    def ceiling(self, adjustment: ir.Ceiling) -> None:
        places = self.places([member for member, condition in adjustment.covers if self.settled(condition)])
        split = self.settled(adjustment.split)
        keys = [name for name, condition in adjustment.keys if self.settled(condition)]

        def together(one: Item, other: Item) -> z3.BoolRef:
            """Whether two items count under one limit."""
            if split and one.provision != other.provision:
                return FALSE
            same = [] if not adjustment.per_year else [year(one) == year(other)]
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
            left = terms.round_to_fen(limit.value) - z3.Sum(*used) if used else terms.round_to_fen(limit.value)
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
        least = terms.choose(received.missing, ZERO, terms.round_to_fen(received.value))
        changed = []
        for number, item in places:
            others = [(place, other) for place, other in places if other is not item]
            firsts = [before(each, (number, item), True) for each in others]
            if adjustment.mode == "yearly":
                beaten = [
                    conjoin(
                        other.granted,
                        year(other) == year(item),
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
        less = [item for name in adjustment.less for item in self.items(name)]
        left: Any = z3.Sum(ZERO, *(terms.choose(item.granted, item.amount, ZERO) for item in less))
        for item in self.items(adjustment.member):
            taken = terms.choose(item.granted, z3.If(item.amount < left, item.amount, left), ZERO)
            item.amount, left = item.amount - taken, left - taken


def concerning(program: ir.Program, name: str) -> list[ir.Ceiling | ir.Highest | ir.Deduct]:
    """The adjustments that can change the amounts of a provision, with those that change what these look at, in order."""
    wanted, before = {name}, 0
    while len(wanted) != before:
        before = len(wanted)
        for each in program.adjustments:
            if wanted & touched(each):
                wanted |= touched(each)
    return [each for each in program.adjustments if wanted & touched(each)]


def touched(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> set[str]:
    """The provisions an adjustment changes or looks at."""
    match adjustment:
        case ir.Ceiling():
            return {name for (name, _), _ in adjustment.covers}
        case ir.Highest():
            return {name for name, _ in adjustment.members}
        case ir.Deduct():
            return {adjustment.member, *adjustment.less}


def alike(one: Term, other: Term) -> z3.BoolRef:
    """Equal, or both none."""
    same = one.value == other.value if one.value.sort() == other.value.sort() else FALSE
    return disjoin(conjoin(one.none, other.none), conjoin(negate(one.none), negate(other.none), same))


def before(one: tuple[int, Item], other: tuple[int, Item], by_date: bool) -> z3.BoolRef:
    """Whether an item comes first: by event day where asked, then by the order of the rules and of the list."""
    earlier = TRUE if (one[0], one[1].index) < (other[0], other[1].index) else FALSE
    days = (one[1].scope.day, other[1].scope.day)
    if not by_date or days[0] is None or days[1] is None:
        return earlier
    return disjoin(days[0].value < days[1].value, conjoin(days[0].value == days[1].value, earlier))


def year(item: Item) -> Any:
    return z3.IntVal(0) if item.scope.day is None else item.scope.day.value / terms.YEAR_SPAN
