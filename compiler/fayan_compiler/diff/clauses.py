"""Rules, clause by clause: which rule of one version is which of the other, and every clause that differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from attrs import define, evolve, fields

from fayan_compiler.diff.align import Pair, alike_enough, pair_by
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.sides import Sides
from fayan_compiler.provisions import NATURES
from fayan_runtime import ir
from fayan_runtime.changes import Aspect, Change, Place
from fayan_runtime.names import EARLIER

#: Clauses of a rule that are one expression, and those that are one word or value.
_EXPRESSIONS: tuple[Aspect, ...] = ("amount", "stated_total", "goal", "chosen")
_WORDS: tuple[Aspect, ...] = ("kind", "nature", "each", "until", "quota", "discretion", "payer", "evidence")
_ROLES: tuple[tuple[Aspect, str], ...] = (("among", "among"), ("must", "must"), ("check", "checks"))
_BETWEEN: tuple[tuple[Aspect, type], ...] = (("ceiling", ir.Ceiling), ("highest", ir.Highest), ("deduct", ir.Deduct))
#: Conditions of which less is alike are two conditions.
_REWORDED = 0.5

_NUMBERS = re.compile("[0-9]+(?:/[0-9]+)?")
#: The measure of the old version, that of the new one, and what changed.
Placed = tuple[int | None, int | None, Change]


@define(eq=False, slots=False)
class Clauses:
    """``became``: the number of a measure in the old version → in the new one."""

    sides: Sides
    became: dict[int, int]

    @cached_property
    def pairs(self) -> list[Pair[ir.Provision]]:
        """By measure and name, else by name, else by what they say; of what is left of a measure, by most of what they say."""
        before, after = self.sides.before, self.sides.after
        found = pair_by(
            self.sides.old.provisions,
            self.sides.new.provisions,
            (lambda each: (self.became.get(each.measure), each.name), lambda each: (each.measure, each.name)),
            (lambda each: each.name, lambda each: each.name),
            (lambda each: _content(before, each), lambda each: _content(after, each)),
        )
        gone = [each.old for each in found if each.old and not each.new]
        come = [each.new for each in found if each.new and not each.old]
        was = alike_enough(
            [(_says(before, each), (self.became.get(each.measure), each.kind)) for each in gone],
            [(_says(after, each), (each.measure, each.kind)) for each in come],
            Counter(said for each in self.sides.old.provisions for said in _says(before, each)),
        )
        partner = {id(come[place]): gone[other] for place, other in was.items()}
        taken = {id(each) for each in partner.values()}
        return [
            Pair(partner.get(id(each.new), each.old), each.new)
            for each in found
            if each.new or id(each.old) not in taken
        ]

    def changes(self) -> Iterator[Placed]:
        for pair in self.pairs:
            places = [None if side is None else side.measure for side in (pair.old, pair.new)]
            yield from ((*places, each) for each in self.rule(pair))  # type: ignore[misc]
            yield from self.moved(pair)
        for aspect, kind in _BETWEEN:
            sides = [[one for one in each.adjustments if isinstance(one, kind)] for each in self.programs]
            for pair in self.between(*sides):
                places = [None if side is None else side.measure for side in (pair.old, pair.new)]
                name = getattr(pair.new or pair.old, "name", "")
                yield (*places, self.sides.change(aspect, "", name, pair.old, pair.new))  # type: ignore[misc]

    @property
    def programs(self) -> tuple[ir.Program, ir.Program]:
        return self.sides.old, self.sides.new

    # ------------------------------------------------------------ one rule
    def rule(self, pair: Pair[ir.Provision]) -> Iterator[Change]:
        old, new, change = pair.old, pair.new, self.sides.change
        if old is None or new is None:
            yield change("provision", "", (new or old).name, old, new)  # type: ignore[union-attr]
            return
        if old.name != new.name:
            yield change("renamed", new.name, "", old, new, before=old.name, after=new.name)
        for aspect in _WORDS:
            before, after = getattr(old, aspect), getattr(new, aspect)
            if before != after:
                yield change(aspect, new.name, "", old, new, before=before or None, after=after or None)
        was, called = _called(old), _called(new)
        if was != called and old.nature == new.nature and was and called:
            yield change("called", new.name, "", old, new, before=was, after=called)
        for aspect, attribute in _ROLES:
            yield from self.conditions(aspect, new.name, getattr(old, attribute), getattr(new, attribute))
        for before, after in self.periods(old.periods, new.periods):
            yield change("period", new.name, "", before, after)
        for one, other in self.stages(old.stages, new.stages):
            if one is not None and other is not None and one.name != other.name:
                yield change("stage_renamed", new.name, "", one, other, before=one.name, after=other.name)
                one = evolve(one, name=other.name)
            if (
                one is None
                or other is None
                or self.sides.differ(one.amount, other.amount)
                or self.sides.differ(one.on, other.on)
            ):
                yield change("stage", new.name, (other or one).name, one, other)  # type: ignore[union-attr]
        for aspect in _EXPRESSIONS:
            before, after = getattr(old, aspect), getattr(new, aspect)
            if self.sides.differ(before, after):
                yield change(aspect, new.name, "", before, after)

    def moved(self, pair: Pair[ir.Provision]) -> Iterator[Placed]:
        """A rule that stands in another measure: told in that one and in the one it came from."""
        old, new = pair.old, pair.new
        if old is None or new is None or self.became.get(old.measure) == new.measure:
            return
        before, after = (
            Place(
                rule.measure, next((each.responsible for each in program.measures if each.number == rule.measure), ())
            )
            for program, rule in zip(self.programs, (old, new), strict=True)
        )
        yield old.measure, None, Change(aspect="moved", of=new.name, before=before, after=after, old=old.origin)
        yield None, new.measure, Change(aspect="moved", of=new.name, before=before, after=after, new=new.origin)

    def conditions(
        self, aspect: Aspect, of: str, old: Sequence[ir.Condition], new: Sequence[ir.Condition]
    ) -> Iterator[Change]:
        """By name and content, by either, and what is left by likeness of the words."""
        before, after = self.sides.before, self.sides.after
        pairs = pair_by(
            old,
            new,
            (lambda each: (each.name, before.shallow(each.expr)), lambda each: (each.name, after.shallow(each.expr))),
            (lambda each: before.shallow(each.expr), lambda each: after.shallow(each.expr)),
            (lambda each: each.name, lambda each: each.name),
        )
        for pair in _reworded(pairs):
            if pair.old and pair.new and pair.old.name == pair.new.name and _first_only(pair.new.expr):
                continue  # by the same fields: that it asks for items that are in the scope is told with the scope
            if pair.old is None or pair.new is None or self.sides.differ(pair.old.expr, pair.new.expr):
                yield self.sides.change(aspect, of, (pair.new or pair.old).name, pair.old, pair.new)  # type: ignore[union-attr]

    def periods(
        self, old: Sequence[ir.Period], new: Sequence[ir.Period]
    ) -> Iterator[tuple[ir.Period | None, ir.Period | None]]:
        """Those that have no equal on the other side, one beside the other."""
        keys = self.sides.before.shallow, self.sides.after.shallow
        for pair in pair_by(old, new, keys, (lambda each: 0, lambda each: 0)):
            if self.sides.differ(pair.old, pair.new):
                yield pair.old, pair.new

    def stages(
        self, old: Sequence[ir.Stage], new: Sequence[ir.Stage]
    ) -> Iterator[tuple[ir.Stage | None, ir.Stage | None]]:
        """By name, else by what they give and when. The fact that an item is named by follows from the day."""

        def says(keys: Keys, stage: ir.Stage) -> str:
            return f"{keys.shallow(stage.amount)} {keys.shallow(stage.on)}"

        before, after = self.sides.before, self.sides.after
        for pair in pair_by(
            old,
            new,
            (lambda each: each.name, lambda each: each.name),
            (lambda each: says(before, each), lambda each: says(after, each)),
        ):
            if (
                pair.old is None
                or pair.new is None
                or pair.old.name != pair.new.name
                or says(before, pair.old) != says(after, pair.new)
            ):
                yield pair.old, pair.new

    # ------------------------------------------------------------ between rules
    @cached_property
    def called(self) -> dict[str, str]:
        """Rules and stages by their old name, where the new one is another."""
        names = {}
        for pair in self.pairs:
            if pair.old is not None and pair.new is not None:
                names[pair.old.name] = pair.new.name
                names |= {
                    one.name: other.name
                    for one, other in self.stages(pair.old.stages, pair.new.stages)
                    if one is not None and other is not None
                }
        return {old: new for old, new in names.items() if old != new}

    def between(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair[Any]]:
        """Caps go by their names; the others, which have none, by what they are between."""
        before, after = self.sides.before, self.sides.after
        ours = [self.in_new_names(each) for each in old]
        for pair in pair_by(
            ours,
            list(new),
            (lambda each: _ignoring_place(before, each), lambda each: _ignoring_place(after, each)),
            (_own, _own),
            (_first, _first),
        ):
            if (
                pair.old is None
                or pair.new is None
                or _ignoring_place(before, pair.old) != _ignoring_place(after, pair.new)
            ):
                yield pair

    def in_new_names(self, each: Any) -> Any:
        def named(thing: Any) -> Any:
            return tuple(map(named, thing)) if isinstance(thing, tuple) else self.called.get(thing, thing)

        match each:
            case ir.Ceiling(covers=covers):
                return evolve(each, covers=tuple((named(member), when) for member, when in covers))
            case ir.Highest(members=members):
                return evolve(each, members=named(members))
        return evolve(each, member=named(each.member), less=named(each.less))


def _reworded(pairs: Sequence[Pair[ir.Condition]]) -> Iterator[Pair[ir.Condition]]:
    """A condition that is gone and one that is new are one reworded, where their words are alike."""
    gone = [pair.old for pair in pairs if pair.old is not None and pair.new is None]
    for pair in pairs:
        if pair.old is not None and pair.new is not None:
            yield pair
        elif pair.new is not None:
            likest = max(gone, key=lambda each: _alike(each, pair.new), default=None)  # type: ignore[arg-type]
            if likest is not None and _alike(likest, pair.new) >= _REWORDED:
                gone.remove(likest)
                yield Pair(likest, pair.new)
            else:
                yield pair
    yield from (Pair(each, None) for each in gone)


def _alike(one: ir.Condition, other: ir.Condition) -> float:
    return SequenceMatcher(None, one.name, other.name, False).ratio()


def _content(keys: Keys, rule: ir.Provision) -> str:
    parts = [rule.kind, rule.nature, rule.each, rule.amount, rule.must, rule.among, rule.stages, rule.goal, rule.checks]
    return " ".join(map(keys.shallow, parts))


def _first_only(expr: ir.Expr) -> bool:
    return isinstance(expr, ir.Query) and expr.var == EARLIER


def _says(keys: Keys, rule: ir.Provision) -> frozenset[tuple[str, str]]:
    """What a rule says, part by part; and each part again whatever numbers stand in it."""
    parts = [("", each.expr) for each in (*rule.among, *rule.must, *rule.checks)]
    parts += [
        ("得", each) for each in (rule.amount, rule.goal, *(each.amount for each in rule.stages)) if each is not None
    ]
    said = {(role, keys.shallow(each)) for role, each in parts} | ({("逐", rule.each)} if rule.each else set())
    return frozenset(said | {(role, _NUMBERS.sub("#", each)) for role, each in said})


def _own(each: Any) -> object:
    if isinstance(each, ir.Ceiling):
        return each.name
    return each.members if isinstance(each, ir.Highest) else (each.member, each.less)


def _first(each: Any) -> object:
    if isinstance(each, ir.Ceiling):
        return tuple(sorted({name for (name, _), _ in each.covers}))
    return each.members[0] if isinstance(each, ir.Highest) else each.member


def _ignoring_place(keys: Keys, each: Any) -> str:
    parts = [
        keys.shallow(getattr(each, part.name))
        for part in fields(type(each))
        if part.name not in ("measure", "origin", "readings", "name")
    ]
    return " ".join([type(each).__name__, *parts])


def _called(rule: ir.Provision) -> str:
    """The word that a rule begins with: awards and subsidies are both paid in cash. Empty where it is none of the document's language."""
    word = (rule.origin.text.split(maxsplit=1) or [""])[0]
    return word if word in NATURES else ""
