"""The nearest single change that turns a refusal: the smallest step of one known number or date the failing condition reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Item, ProvisionDecision
from fayan_runtime.explain.phrase.names import find
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.words import pick
from fayan_runtime.interpreter import ENTERPRISE, Env, Step, trace
from fayan_runtime.outcome import Decide
from fayan_runtime.reference import item_env
from fayan_runtime.values import Absent, Facts, exact

#: Steps are doubled at most so often before a direction is given up.
DOUBLINGS = 48
FINE = Fraction(1, 100)
RATIO = Fraction(1, 10_000)


#: (kind, upwards, only the value one step short is short to write) → the sentence: the fact, the bound, its value now, the difference.
CHANGES = {
    ("date", True, False): (
        "{}须不早于{}，现为{}，推迟{}天即可",
        "{} must not be earlier than {}; it is {}: {} day(s) later would do",
    ),
    ("date", False, False): (
        "{}须不晚于{}，现为{}，提前{}天即可",
        "{} must not be later than {}; it is {}: {} day(s) earlier would do",
    ),
    ("number", True, True): ("{}须超过{}，现为{}，再增加{}即可", "{} must exceed {}; it is {}: {} more would do"),
    ("number", True, False): ("{}须达到{}，现为{}，再增加{}即可", "{} must be at least {}; it is {}: {} more would do"),
    ("number", False, True): (
        "{}须低于{}，现为{}，再减少{}即可",
        "{} must be less than {}; it is {}: {} less would do",
    ),
    ("number", False, False): (
        "{}须不超过{}，现为{}，再减少{}即可",
        "{} must not exceed {}; it is {}: {} less would do",
    ),
}


@frozen
class Place:
    """Where a fact stands: of a scope; in a list at a position (a series: a year) and field."""

    scope: str
    name: str
    at: int | None = None
    field: str = ""

    def called(self, tongue: Tongue, program: ir.Program) -> str:
        if self.at is None:
            return self.name if self.scope == ENTERPRISE else tongue.scoped(self.scope, self.name)
        declared = find(program, self.scope, self.name)
        if declared is not None and declared.series:
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
    def relative(self) -> Fraction:
        if isinstance(self.old, date):
            return Fraction(abs((self.new - self.old).days), 365)
        return Fraction(abs(self.new - self.old)) / (abs(self.old) or 1)

    def say(self, tongue: Tongue, program: ir.Program) -> str:
        more = self.new > self.old
        kind = "date" if isinstance(self.old, date) else "number"
        new, last, old = (tongue.numbers.show(each, self.kind) for each in (self.new, self.last, self.old))
        beyond = kind == "number" and len(last) < len(new)
        template = pick(CHANGES[kind, more, beyond], tongue.language)
        return template.format(
            self.place.called(tongue, program), last if beyond else new, old, self.difference(tongue)
        )

    def difference(self, tongue: Tongue) -> str:
        if isinstance(self.old, date):
            return str(abs((self.new - self.old).days))
        size, numbers = abs(self.new - self.old), tongue.numbers
        return numbers.quantity(size, self.kind) if self.kind.unit else numbers.points(size)


def nearest(
    program: ir.Program,
    facts: Facts,
    on: date,
    readings: dict[str, str],
    decide: Decide,
    provision: ir.Provision,
    decision: ProvisionDecision,
    item: Item | None = None,
) -> Change | None:
    """The nearest change for one refused item (or a refused provision without items); None where more than one condition fails or none is found."""
    of = item.of if item else ""
    reasons = [each for each in decision.reasons if each.of == of]
    failing = [each for each in reasons if each.holds is False]
    if len(failing) != 1 or failing[0].role != "must" or any(each.holds is None for each in reasons):
        return None
    condition = next(
        each for each in provision.must if each.origin.line == failing[0].line and each.name == failing[0].condition
    )

    def env(changed: Facts) -> Env:
        return (
            item_env(program, changed, on, readings, provision, item) if item else Env(program, changed, on, readings)
        )

    def holds(changed: Facts) -> bool:
        return trace(condition.expr, env(changed)).value is True

    def granted(changed: Facts) -> bool:
        again = decide(changed, on, readings, (decision.measure,)).measures[decision.measure].provisions[decision.name]
        if item is None:
            return again.status in ("granted", "discretionary")
        return any(each.of == item.of and each.name == item.name and each.status == "granted" for each in again.items)

    now = env(facts)
    own = (provision.each, item.index) if item and provision.each else None
    places = dict(read(trace(condition.expr, now), {"本": own} if own else {}))
    found = [change for place, (kind, old) in places.items() for change in search(facts, place, kind, old, holds)]
    for change in sorted(found, key=lambda each: (each.relative, each.new < each.old)):
        if granted(put(facts, change.place, change.new)):
            return change
    return None


def read(step: Step, rows: dict[str, tuple[str, int]]) -> Iterator[tuple[Place, tuple[ir.Type, Any]]]:
    """The known numbers and dates the steps read, in order."""
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
    if (
        place is not None
        and expr.type.kind in ("number", "date")
        and step.value is not None
        and not isinstance(step.value, Absent)
    ):
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
    if not kind.unit:
        return RATIO
    if kind.unit == (("月", 1),):
        return Fraction(12 if kind.shown == "年" else 1)
    return FINE if any(name in ("元", "平方米") for name, _ in kind.unit) else Fraction(1)


def search(facts: Facts, place: Place, kind: ir.Type, old: Any, holds: Callable[[Facts], bool]) -> Iterator[Change]:
    """Up and down: double the number of steps until the condition holds, then halve the gap."""
    for sign in (1, -1):

        def moved(count: int, sign: int = sign) -> Any:
            if isinstance(old, date):
                return old + timedelta(sign * count)
            return exact(old + sign * count * step_of(kind))

        def turns(count: int) -> bool:
            return holds(put(facts, place, moved(count)))

        low, high = 0, 1
        try:
            while not turns(high):
                low, high = high, high * 2
                if high > 2**DOUBLINGS or (not isinstance(old, date) and moved(high) < 0):
                    break
            else:
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (low, middle) if turns(middle) else (middle, high)
                if isinstance(old, date) or moved(high) >= 0:
                    yield Change(place, kind, old, moved(high), moved(high - 1), high)
        except OverflowError:  # the calendar ends
            continue
