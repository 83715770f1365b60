"""All that decides one rule, and nothing else: the rule, those it shares adjustments with, the set-off, in normal form under one choice of readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt.normal import Normal
from fayan_runtime import ir
from fayan_runtime.names import COUNTED
from fayan_runtime.outcome import PAID
from fayan_runtime.payments import grain_of
from fayan_runtime.reference import happened, within

Adjustment = ir.Ceiling | ir.Highest | ir.Deduct
#: What stands for an expression in the shape of a slice; the list is the one whose items it speaks of as 本.
Stands = Callable[[ir.Expr | None, str], object]


@frozen(eq=False)
class Item:
    """What could become an item, once for all rows of a list. ``test`` holds all conditions, those on the event day too."""

    stage: str
    day: ir.Expr | None
    test: ir.Expr
    amount: ir.Expr


@frozen(eq=False)
class Rule:
    """``items`` of an award; of any other kind ``among`` (whom it is about) and ``asked`` (what then has to hold; None: nothing holds)."""

    name: str
    measure: int
    kind: str
    each: str
    items: tuple[Item, ...] = ()
    among: ir.Expr | None = None
    asked: ir.Expr | None = None

    def shape(self, of: Stands) -> tuple[object, ...]:
        items = tuple(tuple(of(one, self.each) for one in (each.day, each.test, each.amount)) for each in self.items)
        return (self.kind, self.each, items, of(self.among, ""), of(self.asked, ""))

    @property
    def expressions(self) -> Iterator[ir.Expr]:
        for item in self.items:
            yield from (each for each in (item.day, item.test, item.amount) if each is not None)
        yield from (each for each in (self.among, self.asked) if each is not None)


@frozen(eq=False)
class SetOff:
    """Payments of the ``list`` that count (``among``), for the same event to the ``grain`` of date, year or month."""

    list: str
    among: ir.Expr
    grain: str


@frozen(eq=False)
class Slice:
    """``near``: the rule itself and those that adjustments put beside it, by name. ``adjustments`` apply under the readings; their conditions
    on readings are settled. ``derived``: what facts that are read come to where they are not given.
    """

    program: ir.Program
    rule: Rule
    near: dict[str, Rule]
    adjustments: tuple[Adjustment, ...]
    set_off: SetOff | None
    derived: dict[tuple[str, str], ir.Expr]

    @property
    def expressions(self) -> Iterator[ir.Expr]:
        for each in self.near.values():
            yield from each.expressions
        for adjustment in self.adjustments:
            if isinstance(adjustment, ir.Ceiling):
                yield adjustment.limit
            elif isinstance(adjustment, ir.Highest) and adjustment.received is not None:
                yield adjustment.received
        if self.set_off is not None:
            yield self.set_off.among
        yield from self.derived.values()

    @property
    def order(self) -> tuple[object, ...]:
        """What says in which order amounts are used up, and which of them together."""
        return tuple(
            (each.by_date, each.per_year, id(each.split), each.covers, each.keys)
            if isinstance(each, ir.Ceiling)
            else each
            for each in self.adjustments
        )

    @property
    def rules(self) -> list[Rule]:
        """The rule, then those beside it as they come in."""
        return [
            self.near[each]
            for each in dict.fromkeys([self.rule.name, *(n for a in self.adjustments for n in names_of(a))])
        ]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for slices that mean the same whatever things are called."""
        return self.shape(lambda expr, _: id(expr))

    def shape(self, of: Stands) -> tuple[object, ...]:
        """How it is put together of expressions: a rule goes by the place at which it comes in."""
        places = {self.rule.name: 0}
        said = []
        for each in self.adjustments:
            for name in names_of(each):
                places.setdefault(name, len(places))
            said.append(_said(each, self.near, places, of))
        paid = self.set_off
        payments = paid and (paid.list, of(paid.among, paid.list), paid.grain)
        derived = tuple((fact, of(self.derived[fact], "")) for fact in sorted(self.derived))
        return (tuple(self.near[name].shape(of) for name in places), tuple(said), payments, derived)


@define(eq=False)
class Slices:
    """The slices of one program under one choice of readings."""

    normal: Normal
    _rules: dict[str, Rule] = field(factory=dict, init=False)
    _adjustments: tuple[Adjustment, ...] | None = field(default=None, init=False)

    @property
    def program(self) -> ir.Program:
        return self.normal.program

    def slice(self, name: str) -> Slice:
        adjustments = self.bearing_on(name)
        names = dict.fromkeys([name, *(one for each in adjustments for one in names_of(each))])
        near = {each: self.rule(each) for each in names}
        made = Slice(self.program, near[name], near, tuple(adjustments), self.set_off(name), {})
        return evolve(made, derived=self.derived(made))

    def rule(self, name: str) -> Rule:
        if name not in self._rules:
            self._rules[name] = self._rule(next(each for each in self.program.provisions if each.name == name))
        return self._rules[name]

    def _rule(self, rule: ir.Provision) -> Rule:
        normal = self.normal

        def all_of(conditions: tuple[ir.Condition, ...]) -> ir.Expr:
            return normal.conjunction(normal(each.expr) for each in conditions)

        made = Rule(rule.name, rule.measure, rule.kind, rule.each)
        if rule.kind == "award":
            return evolve(made, items=tuple(self._items(rule)))
        among = all_of(rule.among)
        if rule.kind == "target":
            return evolve(made, among=among, asked=None if rule.goal is None else normal(rule.goal))
        return evolve(made, among=among, asked=all_of(rule.checks if rule.kind == "duty" else rule.must))

    def _items(self, rule: ir.Provision) -> Iterator[Item]:
        if rule.stages:
            found = [(each.name, each.on, each.amount) for each in rule.stages]
        else:
            assert rule.amount is not None
            found = [("", rule.on, rule.amount)]  # type: ignore[list-item]
        for stage, on, amount in found:
            day = None if on is None else self.normal(on)
            conditions = list(rule.among)
            if day is not None:
                conditions += [happened(rule), *map(within, rule.periods)]
            tests = [self.normal(each.expr, day) for each in (*conditions, *rule.must)]
            yield Item(stage, day, self.normal.conjunction(tests), self.normal(amount, day))

    # ------------------------------------------------------------ between rules
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Those that apply, with the members they have under the readings."""
        if self._adjustments is None:
            found = (self._settled(each) for each in self.program.adjustments if self.normal.settled(each.applies))
            self._adjustments = tuple(each for each in found if names_of(each))
        return self._adjustments

    def bearing_on(self, name: str) -> list[Adjustment]:
        """The adjustments that can change the amounts of a rule, each with the members that matter to it, in order."""
        wanted, found = {name}, list[Adjustment]()
        #: Of these it does not matter which items their amounts are of.
        summed = set[str]()
        for each in reversed(self.adjustments()):  # what comes later changes nothing of what was used before
            match each:
                case ir.Ceiling() if wanted & set(names_of(each)):
                    found.append(self._narrowed(each, wanted, summed))
                    summed -= {*names_of(each)}
                case ir.Highest() if wanted & set(names_of(each)):
                    found.append(each)
                    summed -= {*names_of(each)}
                case ir.Deduct() if each.member in wanted:
                    found.append(each)
                    summed |= {*each.less} - wanted
                case _:
                    continue
            wanted.update(names_of(found[-1]))
        return found[::-1]

    def _narrowed(self, ceiling: ir.Ceiling, wanted: set[str], summed: set[str]) -> ir.Ceiling:
        """A limit for each rule is that of the rules alone; one that is filled rule by rule is used up by those that come first. The items
        of one rule come to the same in whatever order they fill it."""
        of = [name in wanted for (name, _), _ in ceiling.covers]
        split = ceiling.split is self.normal.truth(True)
        if split:
            covers = tuple(each for each, wants in zip(ceiling.covers, of, strict=True) if wants)
        elif ceiling.by_date or COUNTED in self.normal.store.about(ceiling.limit).free:
            covers = ceiling.covers
        else:
            covers = ceiling.covers[: len(of) - of[::-1].index(True)]
        names = {name for (name, _), _ in covers}
        by_date = ceiling.by_date and not (len(names) == 1 and names <= summed)
        return evolve(ceiling, covers=covers, split=self.normal.truth(split and len(names) > 1), by_date=by_date)

    def _settled(self, each: Adjustment) -> Adjustment:
        normal, yes = self.normal, self.normal.truth(True)
        match each:
            case ir.Ceiling():
                return evolve(
                    each,
                    limit=normal(each.limit),
                    covers=tuple((member, yes) for member, when in each.covers if normal.settled(when)),
                    keys=tuple((name, yes) for name, when in each.keys if normal.settled(when)),
                    split=normal.truth(normal.settled(each.split)),
                )
            case ir.Highest():
                return evolve(each, received=None if each.received is None else normal(each.received))
        return each

    def set_off(self, name: str) -> SetOff | None:
        provision = next(each for each in self.program.provisions if each.name == name)
        offset = self.program.offset
        if offset is None or provision.kind != "award" or provision.nature not in PAID:
            return None
        among = self.normal.conjunction(self.normal(each.expr) for each in offset.among)
        return SetOff(offset.list, among, grain_of(provision, self.program))

    def derived(self, made: Slice) -> dict[tuple[str, str], ir.Expr]:
        """Definitions by which facts that are read can be worked out, those that these read too; what a fact is taken to be by default."""
        taken = {
            (scope.name, fact.name): ir.Const(type=fact.type, value=fact.default)
            for scope in self.program.scopes
            for fact in scope.facts
            if fact.has_default and not fact.is_list
        }
        functions = {(each.scope, each.fact): each.function for each in self.program.derived}
        found: dict[tuple[str, str], ir.Expr] = {}
        todo = list(made.expressions)
        while todo and (functions or taken):
            for fact in sorted(self.normal.store.about(todo.pop()).facts):
                if fact in taken:
                    found[fact] = self.normal.store.keep(taken[fact])
                if fact in functions and fact not in found:
                    body = next(each.body for each in self.program.functions if each.name == functions[fact])
                    found[fact] = self.normal(body)
                    todo.append(found[fact])
        return found


def concerning(adjustments: tuple[Adjustment, ...], name: str) -> list[Adjustment]:
    """The adjustments that can change the amounts of a rule, with those that change what these look at, in order."""
    wanted, before = {name}, 0
    while len(wanted) != before:
        before = len(wanted)
        for each in adjustments:
            if wanted & set(names_of(each)):
                wanted.update(names_of(each))
    return [each for each in adjustments if wanted & set(names_of(each))]


def names_of(adjustment: Adjustment) -> list[str]:
    """The rules an adjustment changes or looks at, in order."""
    match adjustment:
        case ir.Ceiling():
            return list(dict.fromkeys(name for (name, _), _ in adjustment.covers))
        case ir.Highest():
            return list(dict.fromkeys(name for name, _ in adjustment.members))
        case ir.Deduct():
            return [adjustment.member, *adjustment.less]


def _said(adjustment: Adjustment, near: Mapping[str, Rule], places: Mapping[str, int], of: Stands) -> tuple[Any, ...]:
    def members(several: Any) -> tuple[Any, ...]:
        return tuple((places[name], _stage(near[name], stage)) for name, stage in several)

    match adjustment:
        case ir.Ceiling():
            covers = members(member for member, _ in adjustment.covers)
            keys = tuple(name for name, _ in adjustment.keys)
            limit, split = of(adjustment.limit, ""), of(adjustment.split, "")
            return (ir.Ceiling, adjustment.per_year, covers, limit, split, keys, adjustment.by_date)
        case ir.Highest():
            return (ir.Highest, members(adjustment.members), adjustment.mode, of(adjustment.received, ""))
        case ir.Deduct():
            return (ir.Deduct, places[adjustment.member], tuple(places[each] for each in adjustment.less))


def _stage(rule: Rule, stage: str) -> int:
    """A stage by its place, not by its name."""
    return next((place for place, each in enumerate(rule.items) if each.stage == stage and stage), -1)
