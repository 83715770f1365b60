"""The nearest single change that turns a refusal: the smallest step of one known number or date the failing condition reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Item, ProvisionDecision
from fayan_runtime.explain.numbers import plain, show, unit_text
from fayan_runtime.explain.phrase import item_name
from fayan_runtime.interpreter import ENTERPRISE, Env, Step, trace
from fayan_runtime.outcome import Decide
from fayan_runtime.reference import item_env
from fayan_runtime.values import Absent, Facts, exact

#: Steps are doubled at most so often before a direction is given up.
DOUBLINGS = 48
FINE = Fraction(1, 100)
RATIO = Fraction(1, 10_000)


@frozen
class Place:
    """Where a fact stands: of a scope; in a list at a position (a series: a year) and field."""

    scope: str
    name: str
    at: int | None = None
    field: str = ""

    def called(self, program: ir.Program) -> str:
        if self.at is None:
            return self.name if self.scope == ENTERPRISE else self.scope + self.name
        series = any(each.series for scope in program.scopes for each in scope.facts if each.name == self.name)
        return (
            f"{self.at}年{self.field}" if series else f"{item_name(program, f'{self.name}[{self.at}]')}的{self.field}"
        )


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

    def say(self, program: ir.Program) -> str:
        name, old = self.place.called(program), show(self.old, self.kind)
        if isinstance(self.old, date):
            later = self.new > self.old
            word = "须不早于" if later else "须不晚于"
            move = f"{'推迟' if later else '提前'}{abs((self.new - self.old).days)}天"
            return f"{name}{word}{show(self.new, self.kind)}，现为{old}，{move}即可"
        more = self.new > self.old
        new, last = show(self.new, self.kind), show(self.last, self.kind)
        need = f"{'超过' if more else '低于'}{last}" if len(last) < len(new) else f"{'达到' if more else '不超过'}{new}"
        return f"{name}须{need}，现为{old}，再{'增加' if more else '减少'}{self.difference}即可"

    @property
    def difference(self) -> str:
        size = abs(self.new - self.old)
        if not self.kind.unit:
            return plain(size, None, 100, "个百分点")
        if self.kind.unit == (("月", 1),):
            return (
                f"{plain(size / Fraction(12), None, 1, '年')}"
                if self.kind.shown == "年"
                else plain(size, None, 1, "个月")
            )
        return plain(size, None, 1, unit_text(self.kind.unit))


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
