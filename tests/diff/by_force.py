"""Two versions compared by trying: enterprises on every threshold, decided by both, and what that says of a verdict.

The enterprises are those of the policy's examples, and each of these with one value moved onto, just below and just above every
threshold of either version. Both are decided by generated code, which is not what verdicts are made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

from attrs import define, field, frozen

from fayan_compiler.diff.replay import ENTITLED
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.one_value import is_ratio
from fayan_runtime.values import Absent, Facts, exact
from fayan_runtime.verdicts import Shows, Verdict
from fayan_runtime.walk import inside

#: What a verdict admits to have an example of.
ADMITS: dict[str, set[str]] = {
    "same": set(), "wider": {"gains"}, "narrower": {"loses"}, "more": {"more"}, "less": {"less"},
}  # fmt: skip


@frozen(eq=False)
class Enterprise:
    facts: Facts
    on: date
    #: What the example it is made from is about: rules and measures.
    about: frozenset[object]


def enterprises(program: ir.Program, cases: Iterable[ExampleCase], bound: int) -> list[Enterprise]:
    """One for each example; nothing was paid where the example does not say."""
    measures = {each.name: each.measure for each in program.provisions}
    paid = program.offset.list if program.offset else ""
    found = []
    for each in cases:
        own = each.facts.scopes["企业"]
        if paid and isinstance(own[paid], Absent):
            own = {**own, paid: []}
        facts = Facts({**each.facts.scopes, "企业": own}, each.facts.subject)
        if small(facts, bound):
            about = frozenset(measures.get(str(one.target), one.target) for one in each.expected)
            found.append(Enterprise(facts, each.on, about))
    return found


def small(facts: Facts, bound: int) -> bool:
    return not any(
        isinstance(each, list) and len(each) > bound for own in facts.scopes.values() for each in own.values()
    )


# ---------------------------------------------------------------- thresholds
@define(eq=False)
class Thresholds:
    """For each type of value, what stands in either version (or only in what differs between them), and what lies just beside it."""

    programs: tuple[ir.Program, ...]
    where: tuple[object, ...]
    _found: dict[object, list[Any]] = field(factory=dict, init=False)

    @classmethod
    def all(cls, old: ir.Program, new: ir.Program) -> Thresholds:
        return cls((old, new), (old, new))

    @classmethod
    def changed(cls, old: ir.Program, new: ir.Program) -> Thresholds:
        """Definitions, rules and what stands between them that are not word for word in the other version."""
        parts = [(*each.functions, *each.provisions, *each.adjustments) for each in (old, new)]
        apart = [each for one, other in (parts, parts[::-1]) for each in one if each not in other]
        return cls((old, new), tuple(apart))

    @cached_property
    def readings(self) -> set[str]:
        return {each.reading for each in inside(self.where) if isinstance(each, ir.Choose)}

    @cached_property
    def rates(self) -> list[Any]:
        """By which one year's number is more than that of the year before."""
        return [each.value for each in self._literals() if each.type.kind == "number" and is_ratio(each.type)]

    def of(self, kind: ir.Type) -> list[Any]:
        key = (kind.kind, kind.name, kind.unit, kind.optional)
        if key not in self._found:
            self._found[key] = list(dict.fromkeys([*self._values(kind), *([None] if kind.optional else [])]))
        return self._found[key]

    def _values(self, kind: ir.Type) -> Iterator[Any]:
        if kind.kind == "bool":
            yield from (True, False)
        elif kind.kind == "enum":
            yield from next(each.members for each in self.programs[-1].enums if each.name == kind.name)
        elif kind.kind in ("number", "date", "year", "month"):
            for value in self._constants(kind):
                yield from beside(value, kind)

    def _constants(self, kind: ir.Type) -> list[Any]:
        same = [each for each in self._literals() if (each.type.kind, each.type.unit) == (kind.kind, kind.unit)]
        return list(dict.fromkeys(each.value for each in same))

    def _literals(self) -> Iterator[ir.Const]:
        for each in inside(self.where):
            if isinstance(each, ir.Const) and each.value is not None:
                yield each


def beside(value: Any, kind: ir.Type) -> Iterator[Any]:
    if isinstance(value, date):
        yield from (value - timedelta(1), value, value + timedelta(1))
    elif kind.kind in ("year", "month"):
        yield from (value - 1, value, value + 1)
    else:
        step = Fraction(1, 10_000 if is_ratio(kind) else 1 if not kind.unit else 100)
        yield from (each for each in (exact(value - step), value, exact(value + step)) if each >= 0)


#: One value changed: of which fact, and to what (and that of all rows, for a list); or the day of assessment.
Way = tuple[str, str, Any] | date


def ways(base: Enterprise, program: ir.Program, thresholds: Thresholds) -> list[Way]:
    """Each value and the day of assessment onto, just below and just above each threshold; numbers also halved and doubled."""
    found: list[Way] = [*thresholds.of(ir.Type("date"))]
    for scope in program.scopes:
        for fact in scope.facts:
            value = base.facts.scopes[scope.name][fact.name]
            if not isinstance(value, Absent):
                found += [(scope.name, fact.name, each) for each in _others(value, fact, thresholds)]
    return found


def moved(base: Enterprise, way: Way) -> Iterator[Enterprise]:
    """What comes to lie after the day of assessment is also looked at at the end of its year."""
    if isinstance(way, date):
        yield Enterprise(base.facts, way, base.about)
        return
    scope, name, value = way
    facts = Facts({**base.facts.scopes, scope: {**base.facts.scopes[scope], name: value}}, base.facts.subject)
    yield Enterprise(facts, base.on, base.about)
    last = max(_days(value), default=base.on)
    if base.on < last < date(9999, 1, 1):
        yield Enterprise(facts, date(last.year, 12, 31), base.about)


def _days(value: Any) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _days(each)


def grid(bases: list[Enterprise], old: ir.Program, new: ir.Program, most: int, seed: int) -> list[Enterprise]:
    """The bases; ``most`` of those with one value moved onto a threshold of what differs, and as many onto any; and as many again with one
    more value moved."""
    random = Random(seed)
    thresholds = Thresholds.all(old, new)
    once: list[Enterprise] = []
    for each in (Thresholds.changed(old, new), thresholds):
        found = [(base, way) for base in bases for way in ways(base, old, each)]
        for base, way in random.sample(found, min(most, len(found))):
            once += moved(base, way)
    twice: list[Enterprise] = []
    for one in once:
        further = ways(one, old, thresholds)
        twice += moved(one, random.choice(further)) if further else []
    return [*bases, *once, *twice]


def _others(value: Any, fact: ir.FactDecl, thresholds: Thresholds) -> Iterator[Any]:
    if isinstance(value, list | dict) and fact.fields:
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            for column in fact.fields:
                if not (fact.series and column.type.kind == "year"):
                    before = value.get(key - 1, {}).get(column.name) if isinstance(value, dict) else None
                    grown = (
                        [exact(before * (1 + rate)) for rate in thresholds.rates] if _is_number(before, column) else []
                    )
                    for each in [*_others(value[key].get(column.name), column, thresholds), *grown]:
                        changed: Any = dict(value) if isinstance(value, dict) else list(value)
                        changed[key] = {**value[key], column.name: each}
                        yield changed
    elif isinstance(value, frozenset):
        for member in thresholds.of(ir.Type("enum", fact.type.name)) if fact.type.name != "年度" else ():
            yield value ^ {member}
    elif not isinstance(value, Absent):
        own = [*beside(value, fact.type)] if value is not None and fact.type.kind in ("date", "year", "month") else []
        if _is_number(value, fact):
            own = [exact(Fraction(value) / 2), value * 2]
        yield from (each for each in dict.fromkeys([*thresholds.of(fact.type), *own]) if each != value)


def _is_number(value: Any, fact: ir.FactDecl) -> bool:
    return fact.type.kind == "number" and isinstance(value, int | Fraction)


# ---------------------------------------------------------------- what they show
def differs(before: ProvisionDecision, after: ProvisionDecision) -> Shows | None:
    """What one enterprise shows of a rule; None where both versions decide it alike, or either leaves something open.

    Where it cannot be computed whether there is a right, there is none to go by, and of an item that cannot be computed nothing is given;
    what of the payments is then left to set off nobody knows.
    """
    if "unknown" in (before.status, after.status):
        return None
    entitled = (before.status in ENTITLED, after.status in ENTITLED)
    if entitled[0] != entitled[1]:
        return "gains" if entitled[1] else "loses"
    if not all(entitled) or before.missing or after.missing:
        return None
    amounts = [(before.exact_amount, after.exact_amount)]
    if before.complete and after.complete:
        amounts.append((before.exact_payable, after.exact_payable))
    for one, other in amounts:
        if one is not None and other is not None and one != other:
            return "more" if other > one else "less"
    return None


def contradicted(verdict: Verdict, shown: Shows) -> bool:
    """Whether a verdict rules out what an enterprise shows."""
    said = verdict.who if shown in ("gains", "loses") else verdict.how_much
    return said in ADMITS and shown not in ADMITS[said]
