"""Two versions compared by trying: enterprises on every threshold, decided by both, and what that says of a verdict.

The enterprises are those of the policy's examples, and each of these with one value moved onto, just below and just above every
threshold of either version. Both are decided by generated code, which is not what verdicts are made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, islice
from random import Random
from typing import Any

from attrs import define, field, frozen

from fayan_compiler.diff.replay import ENTITLED
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.comparison import Shows, Verdict
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.read import is_ratio
from fayan_runtime.values import Absent, Facts, exact
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
@define
class Thresholds:
    """For each type of value, what stands in either version, and what lies just beside it."""

    programs: tuple[ir.Program, ...]
    _found: dict[object, list[Any]] = field(factory=dict, init=False)

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
        found: dict[Any, None] = {}
        for each in (one for program in self.programs for one in inside(program)):
            if (
                isinstance(each, ir.Const)
                and each.value is not None
                and each.type.kind == kind.kind
                and each.type.unit == kind.unit
            ):
                found[each.value] = None
        return list(found)


def beside(value: Any, kind: ir.Type) -> Iterator[Any]:
    if isinstance(value, date):
        yield from (value - timedelta(1), value, value + timedelta(1))
    elif kind.kind in ("year", "month"):
        yield from (value - 1, value, value + 1)
    else:
        step = Fraction(1, 10_000 if is_ratio(kind) else 1 if not kind.unit else 100)
        yield from (each for each in (exact(value - step), value, exact(value + step)) if each >= 0)


def moved(base: Enterprise, program: ir.Program, thresholds: Thresholds) -> Iterator[Enterprise]:
    """The enterprise with one of its values on, or beside, each threshold; numbers also halved and doubled."""
    for scope in program.scopes:
        own = base.facts.scopes[scope.name]
        for fact in scope.facts:
            value = own[fact.name]
            if isinstance(value, Absent):
                continue
            for each in _others(value, fact, thresholds):
                yield Enterprise(
                    Facts({**base.facts.scopes, scope.name: {**own, fact.name: each}}, base.facts.subject),
                    base.on,
                    base.about,
                )


def grid(
    bases: list[Enterprise], program: ir.Program, thresholds: Thresholds, most: int, seed: int
) -> list[Enterprise]:
    """The bases, and ``most`` of those with one value moved and as many with two."""
    random = Random(seed)
    once = list(chain.from_iterable(moved(each, program, thresholds) for each in bases))
    once = random.sample(once, min(most, len(once)))
    twice = []
    for each in once:
        ways = sum(1 for _ in moved(each, program, thresholds))
        twice += islice(moved(each, program, thresholds), random.randrange(ways), None, ways) if ways else []
    return [*bases, *once, *twice]


def _others(value: Any, fact: ir.FactDecl, thresholds: Thresholds) -> Iterator[Any]:
    if isinstance(value, list | dict) and fact.fields:
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            for column in fact.fields:
                if not (fact.series and column.type.kind == "year"):
                    for each in _others(value[key].get(column.name), column, thresholds):
                        changed: Any = dict(value) if isinstance(value, dict) else list(value)
                        changed[key] = {**value[key], column.name: each}
                        yield changed
    elif isinstance(value, frozenset):
        for member in thresholds.of(ir.Type("enum", fact.type.name)) if fact.type.name != "年度" else ():
            yield value ^ {member}
    elif not isinstance(value, Absent):
        own = [*beside(value, fact.type)] if value is not None and fact.type.kind in ("date", "year", "month") else []
        if isinstance(value, int | Fraction) and fact.type.kind == "number":
            own = [exact(Fraction(value) / 2), value * 2]
        yield from (each for each in dict.fromkeys([*thresholds.of(fact.type), *own]) if each != value)


# ---------------------------------------------------------------- what they show
def differs(before: ProvisionDecision, after: ProvisionDecision) -> Shows | None:
    """What one enterprise shows of a rule; None where both versions decide it alike, or either leaves something open.

    Where it cannot be computed whether there is a right, there is none to go by.
    """
    if "unknown" in (before.status, after.status):
        return None
    entitled = (before.status in ENTITLED, after.status in ENTITLED)
    if entitled[0] != entitled[1]:
        return "gains" if entitled[1] else "loses"
    if not all(entitled) or not (before.complete and after.complete):
        return None
    for one, other in ((before.exact_amount, after.exact_amount), (before.exact_payable, after.exact_payable)):
        if one is not None and other is not None and one != other:
            return "more" if other > one else "less"
    return None


def contradicted(verdict: Verdict, shown: Shows) -> bool:
    """Whether a verdict rules out what an enterprise shows."""
    said = verdict.who if shown in ("gains", "loses") else verdict.how_much
    return said in ADMITS and shown not in ADMITS[said]
