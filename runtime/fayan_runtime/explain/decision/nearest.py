"""The nearest single change that turns a refusal: the smallest step of one known number or date the failing condition reads.

Steps of one unit (two years' output, two dates) are compared as they are. Where facts of several units would do, the smallest step of
each unit is compared by how large it is beside the value it changes (of a date: beside a year). Of equal steps the later is taken: the
fact declared later, of one fact the later year or item; and upwards before downwards.

Where the condition asks for a yes or a choice there is no such step; ``switches`` tells which answers would do instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision, Reason
from fayan_runtime.explain.phrase.names import find
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.interpreter import Env, Step, trace
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.outcome import Outcome
from fayan_runtime.reference import item_env
from fayan_runtime.report import Decision, result
from fayan_runtime.units import POINTS
from fayan_runtime.values import Absent, Facts, Unknown, exact

#: A search goes no further than so many steps.
MOST = 2**48
FINE = Fraction(1, 100)
RATIO = Fraction(1, 10_000)
GIVEN = ("granted", "discretionary")


@frozen
class Place:
    """Where a fact stands: of a scope; in a list at a position (a series: a year) and field."""

    scope: str
    name: str
    at: int | None = None
    field: str = ""

    @property
    def path(self) -> str:
        """年度经营[2024].产值, as in ``missing``."""
        if self.at is None:
            return self.name if self.scope == ENTERPRISE else f"{self.scope}.{self.name}"
        return f"{self.name}[{self.at}].{self.field}"

    def series(self, program: ir.Program) -> bool:
        declared = find(program, self.scope, self.name)
        return declared is not None and declared.series

    def declared(self, program: ir.Program) -> tuple[int, int, int]:
        """Where it stands in the order of declaration: the fact, the year or item, the field."""
        facts = [(scope.name, fact) for scope in program.scopes for fact in scope.facts]
        at, fact = next(
            (at, fact) for at, (scope, fact) in enumerate(facts) if (scope, fact.name) == (self.scope, self.name)
        )
        field = next((at for at, each in enumerate(fact.fields) if each.name == self.field), 0)
        return at, self.at or 0, field

    def called(self, tongue: Tongue, program: ir.Program) -> str:
        if self.at is None:
            return self.name if self.scope == ENTERPRISE else tongue.scoped(self.scope, self.name)
        if self.series(program):
            return tongue.in_year(tongue.numbers.year(self.at), self.field)
        return tongue.of_item(tongue.nth(self.name, self.at), self.field)


@frozen
class Change:
    """``count`` steps of the fact at ``place``, from ``old`` to ``new``; ``last`` is the value one step short."""

    place: Place
    kind: ir.Type
    old: Any
    new: Any
    last: Any
    count: int

    @property
    def size(self) -> Fraction:
        """The step in its own unit; of a date, in days."""
        return Fraction(abs((self.new - self.old).days) if isinstance(self.old, date) else abs(self.new - self.old))

    @property
    def relative(self) -> Fraction:
        """The step beside the value it changes; of a date, beside a year."""
        return self.size / (365 if isinstance(self.old, date) else abs(self.old) or 1)

    @property
    def unit(self) -> tuple[object, ...]:
        return self.kind.kind, self.kind.unit


@frozen
class Switch:
    """A yes/no or choice that would turn the refusal: any one of ``answers`` (for a set: added to it) in place of ``old``."""

    place: Place
    kind: ir.Type
    old: Any
    answers: tuple[bool | str, ...]


Result = tuple[str, Amount | None, Amount | None]


@frozen
class Effect:
    """A provision that comes out differently: status, amount and payable."""

    measure: int
    name: str
    before: Result
    after: Result


@frozen
class Nearest:
    """A change with all that follows from it. ``item`` is the refused item as it would be; ``own`` its provision, ``also`` all others."""

    change: Change | Switch
    item: Item | None
    own: Effect
    also: tuple[Effect, ...]


def nearest(decision: Decision, provision: ProvisionDecision, item: Item | None = None) -> Nearest | None:
    """The smallest step of a single number or date that turns one refused item (or a refused provision without items).

    None where more than one condition fails, one is undecided, or no step is found.
    """
    failing = Failing.of(decision, provision, item)
    if failing is None:
        return None
    found = [
        change
        for place, kind, old in failing.read()
        if kind.kind in ("number", "date")
        for change in search(decision.given, place, kind, old, failing.holds)
    ]

    def later(change: Change) -> tuple[int, ...]:
        return (*(-each for each in change.place.declared(decision.program)), change.new < change.old)

    found.sort(key=lambda each: (each.size, later(each)))
    turning: list[Nearest] = []
    for unit in dict.fromkeys(each.unit for each in found):
        tried = (
            failing.nearest(each, put(decision.given, each.place, each.new)) for each in found if each.unit == unit
        )
        smallest = next((each for each in tried if each is not None), None)
        turning += [smallest] if smallest is not None else []

    def beside(near: Nearest) -> tuple[Fraction, tuple[int, ...]]:
        assert isinstance(near.change, Change)
        return near.change.relative, later(near.change)

    return min(turning, key=beside, default=None)


def switches(decision: Decision, provision: ProvisionDecision, item: Item | None = None) -> list[Nearest]:
    """The single facts of the enterprise whose other answer turns the refusal, where exactly one condition fails."""
    failing = Failing.of(decision, provision, item)
    found = []
    for place, kind, old in failing.read() if failing is not None else ():
        assert failing is not None
        if place.at is not None or kind.kind not in ("bool", "enum", "set"):
            continue
        turned: dict[bool | str, Nearest] = {}
        for answer in answers(decision.program, kind, old):
            new = old | {answer} if isinstance(old, frozenset) else answer
            given = failing.nearest(Switch(place, kind, old, (answer,)), put(decision.given, place, new))
            if given is not None:
                turned[answer] = given
        if turned:
            one = next(iter(turned.values()))
            found.append(evolve(one, change=Switch(place, kind, old, tuple(turned))))
    return found


def answers(program: ir.Program, kind: ir.Type, old: Any) -> list[bool | str]:
    if kind.kind == "bool":
        return [not old]
    members = next((each.members for each in program.enums if each.name == kind.name), ())
    held = old if isinstance(old, frozenset) else {old}
    return [each for each in members if each not in held]


@frozen
class Failing:
    """The one condition that fails for an item (or a provision without items)."""

    decision: Decision
    provision: ProvisionDecision
    item: Item | None
    rule: ir.Provision
    condition: ir.Condition
    reason: Reason

    @classmethod
    def of(cls, decision: Decision, provision: ProvisionDecision, item: Item | None) -> Failing | None:
        reasons = [each for each in provision.reasons if each.of == (item.of if item else "")]
        failing = [each for each in reasons if each.holds is False and each.role != "chosen"]
        undecided = any(each.holds is None and each.role != "chosen" for each in reasons)
        if len(failing) != 1 or failing[0].role != "must" or undecided:
            return None
        rule = next(
            each
            for each in decision.program.provisions
            if (each.measure, each.name) == (provision.measure, provision.name)
        )
        of = failing[0]
        condition = next(each for each in rule.must if (each.origin.line, each.name) == (of.line, of.condition))
        return cls(decision, provision, item, rule, condition, of)

    def env(self, facts: Facts) -> Env:
        of = self.decision
        if self.item is None:
            return Env(of.program, facts, of.on, of.readings)
        return item_env(of.program, facts, of.on, of.readings, self.rule, self.item)

    def holds(self, facts: Facts) -> bool:
        """Decided again, the condition is met."""
        of, reason = self.decision, self.reason
        again = of.decide(facts, of.on, of.readings, (self.provision.measure,)).provision(self.provision)
        same = (reason.of, reason.line, reason.condition)
        return any(each.holds is True and (each.of, each.line, each.condition) == same for each in again.reasons)

    def read(self) -> list[tuple[Place, ir.Type, Any]]:
        """The known facts the condition reads, in order; for one that was worked out (推算), those it was worked out from."""
        own = (self.rule.each, self.item.index) if self.item and self.rule.each else None
        steps = trace(self.condition.expr, self.env(self.decision.facts))
        places: dict[Place, tuple[ir.Type, Any]] = {}
        waiting = list(dict(read(steps, {"本": own} if own else {})).items())
        while waiting:
            place, held = waiting.pop(0)
            if place in places:
                continue
            behind = self.behind(place)
            if behind is None:
                places[place] = held
            else:
                waiting = [*behind, *waiting]
        return [(place, kind, old) for place, (kind, old) in places.items()]

    def behind(self, place: Place) -> list[tuple[Place, tuple[ir.Type, Any]]] | None:
        """What a fact was worked out from; None where it was given."""
        of = self.decision
        if place.at is not None or not isinstance(of.given.scopes[place.scope][place.name], Unknown):
            return None
        found = [each for each in of.program.derived if (each.scope, each.fact) == (place.scope, place.name)]
        bodies = [one.body for each in found for one in of.program.functions if one.name == each.function]
        env = Env(of.program, of.facts, of.on, of.readings)
        return [each for body in bodies for each in dict(read(trace(body, env), {})).items()] if bodies else None

    def nearest(self, change: Change | Switch, facts: Facts) -> Nearest | None:
        """What follows from the change; None where it does not turn the refusal after all."""
        of, own = self.decision, (self.provision.measure, self.provision.name)
        if not self.holds(facts):
            return None
        again = of.decide(facts, of.on, of.readings, tuple(of.measures))
        turned = again.provision(self.provision)
        item = None
        if self.item is not None:
            same = [each for each in turned.items if (each.of, each.name) == (self.item.of, self.item.name)]
            item = same[0] if same else None
        if (item.status if item else turned.status if self.item is None else "") not in GIVEN:
            return None
        also = tuple(each for each in effects(of.outcome, again) if (each.measure, each.name) != own)
        return Nearest(change, item, Effect(*own, result(self.provision), result(turned)), also)


def effects(before: Outcome, after: Outcome) -> Iterator[Effect]:
    """The provisions that come out differently."""
    for one in before.provisions():
        other = after.provision(one)
        if result(one) != result(other):
            yield Effect(one.measure, one.name, result(one), result(other))


def read(step: Step, rows: dict[str, tuple[str, int]]) -> Iterator[tuple[Place, tuple[ir.Type, Any]]]:
    """The known facts the steps read, in order."""
    expr = step.expr
    for child in step.children:
        inner = rows
        if isinstance(expr, ir.Query) and child.item:
            name, _, position = child.item.partition("[")
            inner = rows | {expr.var: (name, int(position[:-1]))}
        yield from read(child, inner)
    place: Place | None = None
    match expr:
        case ir.Fact(scope=scope, name=name):
            place = Place(scope, name)
        case ir.Field(var=var, name=name) if var in rows:
            place = Place(ENTERPRISE, rows[var][0], rows[var][1], name)
        case ir.Lookup(list=name, field_name=field_name):
            place = Place(ENTERPRISE, name, step.children[0].value, field_name)
    if place is not None and step.value is not None and not isinstance(step.value, Absent):
        yield place, (expr.type, step.value)


def put(facts: Facts, place: Place, new: object) -> Facts:
    """The facts with one value changed."""
    scope = facts.scopes[place.scope]
    held: Any = scope[place.name]
    if place.at is None:
        held = new
    elif isinstance(held, dict):
        held = held | {place.at: held[place.at] | {place.field: new}}
    else:
        held = [row | {place.field: new} if index == place.at else row for index, row in enumerate(held)]
    return evolve(facts, scopes=facts.scopes | {place.scope: scope | {place.name: held}})


def step_of(kind: ir.Type) -> Fraction:
    if not kind.unit or kind.unit == POINTS:
        return RATIO
    if kind.unit == (("月", 1),):
        return Fraction(12 if kind.shown == "年" else 1)
    return FINE if any(name in ("元", "平方米") for name, _ in kind.unit) else Fraction(1)


def search(facts: Facts, place: Place, kind: ir.Type, old: Any, holds: Callable[[Facts], bool]) -> Iterator[Change]:
    """Up and down: double the number of steps until the condition holds, then halve the gap.

    Numbers stop at zero, days where the calendar ends; short of that, since zero may be no figure to reckon with, one step before is tried.
    """
    for sign in (1, -1):

        def moved(count: int, sign: int = sign) -> Any:
            if isinstance(old, date):
                return old + timedelta(sign * count)
            return exact(old + sign * count * step_of(kind))

        def turns(count: int) -> bool:
            return holds(put(facts, place, moved(count)))

        most = MOST
        if isinstance(old, date):
            most = (date.max - old if sign > 0 else old - date.min).days
        elif sign < 0:
            most = max(0, int(old // step_of(kind)))
        low, high = 0, min(1, most)
        while high > low and not turns(high):
            low, high = high, high * 2 if high * 2 < most else most if high >= most - 1 else most - 1
        if high > low:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if turns(middle) else (middle, high)
            yield Change(place, kind, old, moved(high), moved(high - 1), high)
