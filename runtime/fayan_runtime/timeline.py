"""Which version of a policy holds when, and the event days that each rule covers: plain data, without a word of wording.

A version holds from the day it takes effect to the last day it gives itself, or to the day before a later version that repeals it takes
effect. A version that only follows another (前版) ends nothing: both may hold. What was not seen stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from attrs import define, frozen

from fayan_runtime import ir
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.reference import readings_of
from fayan_runtime.values import Facts
from fayan_runtime.walk import inside

ONE = timedelta(days=1)


@frozen
class Days:
    """From ``first`` to ``last``, both included; None: nothing is said that begins or ends it."""

    first: date | None
    last: date | None

    def meets(self, other: Days) -> bool:
        return not (_before(self.last, other.first) or _before(other.last, self.first))


@define(eq=False, slots=False)
class Version:
    """One document. ``repealed_by`` is the version among those given that repeals it; ``follows`` those it repeals or takes the place of."""

    program: ir.Program
    #: Where it lies.
    name: str
    repealed_by: Version | None = None
    follows: tuple[Version, ...] = ()

    @property
    def first(self) -> date | None:
        """None: not seen."""
        return self.program.effective

    @cached_property
    def until(self) -> date | None:
        """The last day that it gives itself."""
        said = self.header("有效期至")
        return date.fromisoformat(said) if said else None

    @property
    def last(self) -> date | None:
        """None: nothing ends it, or it is not known when (``end_unknown``)."""
        repealed = self.repealed_by.first - ONE if self.repealed_by is not None and self.repealed_by.first else None
        return min((day for day in (self.until, repealed) if day is not None), default=None)

    @property
    def end_unknown(self) -> bool:
        """It is repealed, on a day that was not seen."""
        return self.repealed_by is not None and self.repealed_by.first is None and self.until is None

    @property
    def days(self) -> Days:
        return Days(self.first, self.last)

    def header(self, key: str) -> str:
        return dict(self.program.headers).get(key, "")


@frozen
class Window:
    """The event days that a rule covers, where ``under`` is None with every reading at its default."""

    version: Version
    rule: ir.Provision
    days: Days
    under: tuple[str, str] | None = None


@frozen
class RuleLine:
    """A rule through the versions that have it: in each the default, then the readings under which other days are covered."""

    name: str
    windows: tuple[Window, ...]

    def of(self, version: Version) -> Window | None:
        return next((each for each in self.windows if each.version is version and each.under is None), None)


@frozen
class Finding:
    """What stands between a version and the next, for the document as a whole or for the rule ``rule``.

    gap: ``days`` that neither covers; overlap: ``days`` that both cover; adjacent: neither; unknown: a day on which it turns was not seen;
    maybe_both: ``days`` that both cover, unless the older one, whose first day was not seen, began later.
    The older text of the rule is not on file: maybe_gap, ``days`` that the newer does not cover, and maybe_overlap, that it covers too.
    """

    kind: Literal["gap", "overlap", "adjacent", "unknown", "maybe_gap", "maybe_overlap", "maybe_both"]
    old: Version
    new: Version
    days: Days
    rule: str = ""


@frozen
class Chronicle:
    """``versions``: the earliest first."""

    versions: tuple[Version, ...]
    rules: tuple[RuleLine, ...]
    findings: tuple[Finding, ...]


# ---------------------------------------------------------------- versions
def versions_of(given: Sequence[tuple[ir.Program, str]]) -> tuple[Version, ...]:
    """Programs with their names, in the order of time: what follows another stands after it."""
    found = [Version(program, name) for program, name in given]
    for each in found:
        each.follows = tuple(
            other
            for other in found
            if other is not each and other.program.number in (each.header("废止"), each.header("前版"))
        )
    for each in found:
        each.repealed_by = next((later for later in found if later.header("废止") == each.program.number), None)
    ordered: list[Version] = []
    for each in sorted(found, key=lambda each: each.first or each.program.dated or date.min):
        _place(each, ordered)
    return tuple(ordered)


def _place(version: Version, ordered: list[Version], depth: int = 0) -> None:
    if version not in ordered and depth < 100:  # two that follow each other have no order
        for earlier in version.follows:
            _place(earlier, ordered, depth + 1)
        if version not in ordered:
            ordered.append(version)


def apart(versions: Sequence[Version]) -> Version | None:
    """One that has no part in the line of the first: neither follows it or is followed by it, step by step."""
    line = list(versions[:1])
    for _ in versions:
        line += [
            each
            for each in versions
            if each not in line
            and (any(other in line for other in each.follows) or any(each in old.follows for old in line))
        ]
    return next((each for each in versions if each not in line), None)


@frozen
class Pick:
    """The version in force on a day, or why there is none: ``none`` holds, or it is ``unknown`` whether ``doubtful`` does.

    ``also``: earlier versions whose days are not over.
    """

    on: date
    version: Version | None
    why: Literal["", "none", "unknown"] = ""
    doubtful: tuple[Version, ...] = ()
    also: tuple[Version, ...] = ()


def in_force(versions: Sequence[Version], on: date) -> Pick:
    """The last to take effect of those that hold. Where a version whose first day was not seen may be the one, it is not known."""
    begun = [each for each in versions if not _over(each, on) and _begun(each, on)]
    holding = [each for each in begun if each.first is not None and not _perhaps_over(each, on)]
    doubtful = tuple(each for each in begun if each not in holding)
    if doubtful and not any(_follows(each, other) for each in holding for other in doubtful):
        return Pick(on, None, "unknown", doubtful)
    if not holding:
        return Pick(on, None, "none")
    latest = max(each.first or date.min for each in holding)
    last = [each for each in holding if each.first == latest]
    if len(last) > 1:
        return Pick(on, None, "unknown", tuple(last))
    return Pick(on, last[0], also=tuple(each for each in begun if each is not last[0]))


def _begun(version: Version, on: date) -> bool:
    """Whether it has taken effect, or, where that day was not seen, may have: not before it was made."""
    begins = version.first or version.program.dated
    return begins is None or begins <= on


def _over(version: Version, on: date) -> bool:
    return version.last is not None and on > version.last


def _perhaps_over(version: Version, on: date) -> bool:
    """Repealed from a day not seen: not before the repeal was made."""
    by = version.repealed_by
    return version.end_unknown and by is not None and (by.program.dated is None or by.program.dated <= on)


def _follows(later: Version, earlier: Version) -> bool:
    return any(each is earlier or _follows(each, earlier) for each in later.follows)


# ---------------------------------------------------------------- rules
def chronicle(given: Sequence[tuple[ir.Program, str]]) -> Chronicle:
    """Versions with what holds when, and what lies between each and the next."""
    versions = versions_of(given)
    windows = [each for version in versions for each in _windows(version)]
    names = dict.fromkeys(each.rule.name for each in windows)
    rules = tuple(RuleLine(name, tuple(each for each in windows if each.rule.name == name)) for name in names)
    pairs = [(old, new) for new in versions for old in new.follows]
    findings = [_between(old, new) for old, new in pairs]
    findings += [found for old, new in pairs for line in rules for found in _rights(line, old, new)]
    return Chronicle(versions, rules, tuple(findings))


def _windows(version: Version) -> Iterator[Window]:
    """Of rules whose items have an event day; the others go with their document."""
    program = version.program
    default = {each.id: each.options[0][0] for each in program.readings if each.uncomputed is None}
    for rule in program.provisions:
        if rule.on is None and not rule.stages:
            continue
        usual = event_days(program, rule, default)
        yield Window(version, rule, usual)
        for reading in program.readings:
            if reading.id in default and reading.id in readings_of(program, rule):
                for option, _ in reading.options[1:]:
                    days = event_days(program, rule, {**default, reading.id: option})
                    if days != usual:
                        yield Window(version, rule, days, (reading.id, option))


def event_days(program: ir.Program, rule: ir.Provision, readings: dict[str, str]) -> Days:
    """By its periods, and by conditions that compare the event day with a fixed day. An end that depends on facts is no end here."""

    def known(expr: ir.Expr | None) -> date | None:
        if expr is None or not _fixed(program, expr):
            return None
        value = evaluate(expr, Env(program, Facts({}, ""), date.min, readings))
        return value if isinstance(value, date) else None

    firsts = [known(each.start) for each in rule.periods]
    lasts = [known(each.end) for each in rule.periods]
    for op, day in (
        found for each in (*rule.among, *rule.must) for found in _bounds(program, rule, each.expr, readings)
    ):
        limit = known(day)
        if limit is not None:
            firsts += [limit] if op == ">=" else [limit + ONE] if op == ">" else []
            lasts += [limit] if op == "<=" else [limit - ONE] if op == "<" else []
    return Days(
        max((day for day in firsts if day is not None), default=None),
        min((day for day in lasts if day is not None), default=None),
    )


def _bounds(
    program: ir.Program, rule: ir.Provision, expr: ir.Expr, readings: dict[str, str]
) -> Iterator[tuple[str, ir.Expr]]:
    match expr:
        case ir.And(args=args):
            for each in args:
                yield from _bounds(program, rule, each, readings)
        case ir.Choose(reading=reading, arms=arms):
            options = next(each.options for each in program.readings if each.id == reading)
            chosen = [option for option, _ in options].index(readings[reading])
            yield from _bounds(program, rule, arms[chosen], readings)
        case ir.Compare(op=op, left=left, right=right) if left == rule.on:
            yield op, right


def _fixed(program: ir.Program, expr: ir.Expr) -> bool:
    """Whether no fact, item or day of assessment has a part in it."""
    bodies = {each.name: each.body for each in program.functions}
    return all(
        _fixed(program, bodies[each.function]) and not each.args
        if isinstance(each, ir.Call)
        else not isinstance(each, ir.Fact | ir.Field | ir.Index | ir.Lookup | ir.Query | ir.Param)
        for each in inside(expr)
    )


# ---------------------------------------------------------------- between versions
def _between(old: Version, new: Version) -> Finding:
    """The documents themselves."""
    if new.first is None or old.end_unknown:
        return Finding("unknown", old, new, Days(old.first, None))
    if old.last is None or new.first <= old.last:
        start = new.first if old.first is None else max(old.first, new.first)
        return Finding(_both(old), old, new, Days(start, _earlier(old.last, new.last)))
    if old.last + ONE < new.first:
        return Finding("gap", old, new, Days(old.last + ONE, new.first - ONE))
    return Finding("adjacent", old, new, Days(new.first, None))


def _rights(line: RuleLine, old: Version, new: Version) -> Iterator[Finding]:
    """Event days on which what arises is a matter of both versions, or of neither.

    The older version covers no event after its own last day.
    """
    now, before = line.of(new), line.of(old)
    if now is None:
        return
    if before is None:
        if old.program.unseen:
            yield from _unseen(line.name, now, old, new)
        return
    was = Days(before.days.first, _earlier(before.days.last, old.last))
    if was.meets(now.days):
        both = Days(_later(was.first, now.days.first), _earlier(was.last, now.days.last))
        yield Finding(_both(old), old, new, both, line.name)
    elif was.last is not None and now.days.first is not None and was.last + ONE < now.days.first:
        yield Finding("gap", old, new, Days(was.last + ONE, now.days.first - ONE), line.name)


def _both(old: Version) -> Literal["overlap", "maybe_both"]:
    return "maybe_both" if old.first is None else "overlap"


def _unseen(name: str, now: Window, old: Version, new: Version) -> Iterator[Finding]:
    """What the older version says of the rule's event days is not on file."""
    start, begins = now.days.first, old.first or old.program.dated
    if start is not None and not _before(start - ONE, begins):
        yield Finding("maybe_gap", old, new, Days(old.first, _earlier(old.last, start - ONE)), name)
    covered = Days(_later(old.first, start), _earlier(old.last, now.days.last))
    if not _before(covered.last, covered.first):
        yield Finding("maybe_overlap", old, new, covered, name)


def _before(one: date | None, other: date | None) -> bool:
    """Whether days that end at ``one`` are over before those that begin at ``other``."""
    return one is not None and other is not None and one < other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)
