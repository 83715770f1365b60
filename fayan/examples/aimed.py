"""What a goal asks of the facts: the way down to a condition or branch, what has to hold beside it, and values that make it so.

What one fact decides is settled exactly, by trying its values; the rest is left to the search, which starts from what is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.coverage import Atom, Branch, Coverage, Goal
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.names import ENTERPRISE, OWN
from fayan_runtime.values import Facts, Unknown

#: So many ways down to a goal are looked at, so many ways to fulfil each, and so many steps taken for one.
MOST_WAYS = 3
MOST_STEPS = 4000

#: A fact: its scope, its name, and the field where it is a list, whose one row is meant.
Key = tuple[str, str, str]


@frozen
class Asked:
    """A condition that has to come out one way; or (``reading``) an option to be taken."""

    expr: ir.Expr | None
    truth: bool = True
    reading: str = ""
    option: str = ""


@frozen
class Found:
    """The values and options that do."""

    values: dict[Key, Any]
    readings: dict[str, str]


class _TooLong(Exception):
    """More steps than are taken."""


@define(eq=False)
class Aim:
    program: ir.Program
    coverage: Coverage
    target: ir.Provision | ir.Function
    #: The values worth trying for a fact, the likeliest first.
    tried: Callable[[Key, ir.Type], Iterable[Any]]
    #: Facts of which nothing is known.
    blank: Facts
    on: date
    defaults: dict[str, str]
    _values: dict[Key, tuple[Any, ...]] = field(factory=dict)
    _settled: dict[int, tuple[Key, frozenset[int], frozenset[int]] | None] = field(factory=dict)
    _reach: dict[int, frozenset[Atom | Branch]] = field(factory=dict)
    _members: dict[tuple[int, tuple[str, ...]], ir.Expr] = field(factory=dict)
    _steps: int = 0

    def at(self, goal: Goal) -> Iterator[Found]:
        """Values under which the goal is likely met, a few."""
        for way in islice(self._ways(goal), MOST_WAYS):
            self._steps = 0
            try:
                yield from islice(self._fulfilled(way), 2)
            except _TooLong:
                continue

    # ------------------------------------------------------------ the way down
    def _ways(self, goal: Goal) -> Iterator[list[Asked]]:
        if isinstance(self.target, ir.Function):
            yield from self._down(self.target.body, goal)
            return
        conditions, others = self.coverage.looked_at(self.target.name)
        for number, expr in enumerate(conditions):
            beside = [Asked(other) for at, other in enumerate(conditions) if at != number]
            yield from (way + beside for way in self._down(expr, goal))
        for expr in others:
            yield from (way + [Asked(each) for each in conditions] for way in self._down(expr, goal))

    def _down(self, expr: ir.Expr, goal: Goal) -> Iterator[list[Asked]]:
        """What has to hold for the goal to be met inside an expression, the goal itself first."""
        if goal.of not in self._within(expr):
            return
        if self.coverage.atom_of(expr) is goal.of:
            yield [Asked(expr, goal.outcome)]
            return
        match expr:
            case ir.And(args=args) | ir.Or(args=args):
                for number, arg in enumerate(args):
                    beside = [Asked(other, isinstance(expr, ir.And)) for at, other in enumerate(args) if at != number]
                    yield from (way + beside for way in self._down(arg, goal))
            case ir.Choose(reading=reading, arms=arms):
                options = next([id for id, _ in each.options] for each in self.program.readings if each.id == reading)
                for number, (option, arm) in enumerate(zip(options, arms, strict=True)):
                    yield from self._arm(expr, number, goal, arm, [Asked(None, reading=reading, option=option)])
            case ir.Match(subject=subject, arms=chosen):
                for number, (members, arm) in enumerate(chosen):
                    yield from self._arm(expr, number, goal, arm, [Asked(self._one_of(subject, members))])
                yield from self._down(subject, goal)
            case ir.Cases(whens=whens, otherwise=otherwise):
                before: list[Asked] = []
                for number, (when, arm) in enumerate(whens):
                    yield from self._arm(expr, number, goal, arm, [Asked(when), *before])
                    yield from (way + before for way in self._down(when, goal))
                    before = [*before, Asked(when, False)]
                yield from self._arm(expr, len(whens), goal, otherwise, before)
            case ir.Call(function=name):
                yield from self._down(self.coverage.body(name), goal)
                for part in walk.children(expr):
                    yield from self._down(part, goal)
            case _:
                for part in walk.children(expr):
                    yield from self._down(part, goal)

    def _arm(self, expr: ir.Expr, number: int, goal: Goal, arm: ir.Expr, asked: list[Asked]) -> Iterator[list[Asked]]:
        if self.coverage.branch_of(expr, number) is goal.of:
            yield asked
        else:
            yield from (way + asked for way in self._down(arm, goal))

    def _within(self, expr: ir.Expr) -> frozenset[Atom | Branch]:
        if id(expr) not in self._reach:
            self._reach[id(expr)] = frozenset(self.coverage.within([expr]))
        return self._reach[id(expr)]

    def _one_of(self, subject: ir.Expr, members: tuple[str, ...]) -> ir.Expr:
        made = ir.OneOf(type=ir.Type(kind="bool"), arg=subject, members=members)
        return self._members.setdefault((id(subject), members), made)

    # ------------------------------------------------------------ values
    def _fulfilled(self, asked: Sequence[Asked]) -> Iterator[Found]:
        """Every way to make all of it so."""
        for left, readings in self._narrowed(list(asked), {}, {}):
            yield Found({key: self._values[key][min(places)] for key, places in left.items()}, readings)

    def _narrowed(
        self, asked: list[Asked], kept: dict[Key, frozenset[int]], readings: dict[str, str]
    ) -> Iterator[tuple[dict[Key, frozenset[int]], dict[str, str]]]:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise _TooLong
        while asked:
            one, *asked = asked
            if one.expr is None:
                if readings.get(one.reading, one.option) != one.option:
                    return
                readings = readings | {one.reading: one.option}
                continue
            match one.expr:
                case ir.Const(value=value):
                    if value is not one.truth:
                        return
                case ir.Not(arg=arg):
                    asked = [Asked(arg, not one.truth), *asked]
                case ir.And(args=args) | ir.Or(args=args):
                    if isinstance(one.expr, ir.And) is one.truth:
                        asked = [*(Asked(arg, one.truth) for arg in args), *asked]
                        continue
                    left = [self._left(kept, arg, one.truth) for arg in args]
                    if any(each is kept for each in left):  # it is so already
                        continue
                    for arg, each in zip(args, left, strict=True):
                        if each is not None:
                            yield from self._narrowed([Asked(arg, one.truth), *asked], kept, readings)
                    return
                case ir.Call(function=name, args=()):
                    asked = [Asked(self.coverage.body(name), one.truth), *asked]
                case ir.Choose(reading=reading, arms=arms):
                    options = next(
                        [id for id, _ in each.options] for each in self.program.readings if each.id == reading
                    )
                    here = readings.get(reading)
                    for option, arm in zip(options, arms, strict=True):
                        if here in (None, option):
                            with_it = readings | {reading: option}
                            yield from self._narrowed([Asked(arm, one.truth), *asked], kept, with_it)
                    return
                case _:
                    after = self._left(kept, one.expr, one.truth)
                    if after is None:
                        return
                    kept = after
        yield kept, readings

    def _left(self, kept: dict[Key, frozenset[int]], expr: ir.Expr, truth: bool) -> dict[Key, frozenset[int]] | None:
        """The values left when a condition comes out this way: ``kept`` itself where it always does, None where it cannot."""
        if isinstance(expr, ir.Not):
            return self._left(kept, expr.arg, not truth)
        settled = self._settling(expr)
        if settled is None:
            return dict(kept)
        key, true, false = settled
        wanted = true if truth else false
        before = kept.get(key)
        after = wanted if before is None else before & wanted
        if before is not None and after == before:
            return kept
        return {**kept, key: after} if after else None

    def _settling(self, expr: ir.Expr) -> tuple[Key, frozenset[int], frozenset[int]] | None:
        """The one fact that decides a condition, and its values for which it holds and fails; None where several do."""
        if id(expr) not in self._settled:
            self._settled[id(expr)] = self._try(expr)
        return self._settled[id(expr)]

    def _try(self, expr: ir.Expr) -> tuple[Key, frozenset[int], frozenset[int]] | None:
        read = self._read(expr)
        if read is None or len(read) != 1:
            return None
        ((key, type),) = read.items()
        if key not in self._values:
            self._values[key] = tuple(self.tried(key, type))
        holds, fails = set(), set()
        for place, value in enumerate(self._values[key]):
            came = evaluate(expr, self._env(key, value))
            if came is True:
                holds.add(place)
            elif came is False:
                fails.add(place)
        return key, frozenset(holds), frozenset(fails)

    def _env(self, key: Key, value: Any) -> Env:
        """Nothing known but the one fact."""
        scope, name, column = key
        if column:
            day = value if self.day is not None and self.day.name == column else Unknown(frozenset())
            return Env(self.program, self.blank, self.on, self.defaults, day=day, items={OWN: (0, {column: value})})
        scopes = self.blank.scopes | {scope: self.blank.scopes[scope] | {name: value}}
        return Env(self.program, evolve(self.blank, scopes=scopes), self.on, self.defaults)

    def _read(self, expr: ir.Expr) -> dict[Key, ir.Type] | None:
        """The facts a condition looks at, with their types; None where it looks at more than facts."""
        found: dict[Key, ir.Type] = {}
        for each in walk.inside(expr):
            match each:
                case ir.Fact(scope=scope, name=name):
                    found[scope, name, ""] = each.type
                case ir.Field(var=var, name=name) if var == OWN:
                    found[ENTERPRISE, self.each, name] = each.type
                case ir.Param(name="发生日") if self.day is not None:
                    found[ENTERPRISE, self.each, self.day.name] = self.day.type
                case ir.Call(args=(), function=name):
                    more = self._read(self.coverage.body(name))
                    if more is None:
                        return None
                    found |= more
                case ir.Field() | ir.Lookup() | ir.Query() | ir.Index() | ir.Call():
                    return None
                case ir.Param(name=name) if name != "评估日":
                    return None
        return found

    @property
    def each(self) -> str:
        """The list whose items the rule looks at."""
        return self.target.each if isinstance(self.target, ir.Provision) else ""

    @property
    def day(self) -> ir.Field | None:
        """The field that dates them."""
        on = self.target.on if isinstance(self.target, ir.Provision) and self.each else None
        return on if isinstance(on, ir.Field) else None
