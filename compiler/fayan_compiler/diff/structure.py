"""Layer one of a comparison: every meaningful thing that differs between two programs.

Two sides of a rule are laid beside each other clause by clause. A clause that only calls a definition which changed is not itself reported:
the definition is, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import fields

from fayan_compiler.diff.align import Pair, pair_by, pair_functions, pair_measures
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.wording import text_rows
from fayan_runtime import ir, walk
from fayan_runtime.cases import ExampleCase
from fayan_runtime.comparison import Aspect, Change, Comparison, MeasureComparison, Part, Thing, WorkedOut
from fayan_runtime.values import Unknown

#: Clauses of a rule that are one expression, and those that are one word or value.
_EXPRESSIONS: tuple[Aspect, ...] = ("amount", "stated_total", "goal", "chosen")
_WORDS: tuple[Aspect, ...] = ("kind", "nature", "each", "until", "quota", "discretion", "payer", "evidence")
_ROLES: tuple[tuple[Aspect, str], ...] = (("among", "among"), ("must", "must"), ("check", "checks"))


def compare(
    old: ir.Program, new: ir.Program, old_cases: Sequence[ExampleCase] = (), new_cases: Sequence[ExampleCase] = ()
) -> Comparison:
    return Structure(old, new).compare(old_cases, new_cases)


class Structure:
    def __init__(self, old: ir.Program, new: ir.Program) -> None:
        self.old, self.new = old, new
        self.functions = pair_functions(old, new)
        self.renamed = tuple(
            (pair.old.name, pair.new.name)
            for pair in self.functions
            if pair.old is not None and pair.new is not None and pair.old.name != pair.new.name
        )
        #: Old names go by the new ones in shallow keys.
        self.before, self.after = Keys(old, dict(self.renamed)), Keys(new)
        self.measures = pair_measures(old.measures, new.measures)
        self.became = {pair.old.number: pair.new.number for pair in self.measures if pair.old and pair.new}

    def compare(self, old_cases: Sequence[ExampleCase], new_cases: Sequence[ExampleCase]) -> Comparison:
        partly = bool(self.old.unseen or self.new.unseen)
        beside = [
            *(each for _, _, each in self.definitions(inside=False)),
            *self.named("reading", self.old.readings, self.new.readings),
            *self.named("enum", self.old.enums, self.new.enums),
            *self.facts(),
            *self.offsets(),
            *self.examples(old_cases, new_cases),
        ]
        #: What one side lacks says nothing where that side is not on file as a whole.
        both = [each for each in beside if not partly or (each.before is not None and each.after is not None)]
        whole = [*self.header(), *both]
        rules = self.rules()
        measures = [self.measure(pair, rules) for pair in self.measures]
        return Comparison(
            old=self.old, new=self.new, changes=tuple(whole), measures=tuple(measures), renamed=self.renamed
        )

    # ------------------------------------------------------------ the document
    def header(self) -> Iterator[Change]:
        if self.old.title != self.new.title:
            yield Change(aspect="header", name="政策", before=self.old.title, after=self.new.title)
        for pair in pair_by(self.old.headers, self.new.headers, (lambda each: each[0], lambda each: each[0])):
            before = pair.old[1] if pair.old else None
            after = pair.new[1] if pair.new else None
            if before != after:
                key = (pair.new or pair.old or ("", ""))[0]
                yield Change(aspect="header", name=key, before=before, after=after)

    def measure(self, pair: Pair[ir.Measure], rules: dict[int, list[Change]]) -> MeasureComparison:
        old, new = pair.old, pair.new
        number = new.number if new is not None else -1 - (old.number if old is not None else 0)
        changes = rules.get(number, [])
        if old is None or new is None:
            # Of a document that is not on file as a whole nobody knows what else it holds.
            beyond = "old" if old is None and self.old.unseen else "new" if new is None and self.new.unseen else ""
            return MeasureComparison(old=old, new=new, comparable=beyond, changes=() if beyond else tuple(changes))  # type: ignore[arg-type]
        head: list[Change] = []
        sides: list[tuple[Aspect, Thing, Thing]] = [
            ("number", old.number, new.number),
            ("title", old.title, new.title),
            ("chapter", self.chapter(self.old, old), self.chapter(self.new, new)),
            ("responsible", old.responsible, new.responsible),
        ]
        for aspect, before, after in sides:
            if before != after and not (aspect == "responsible" and (old.unseen or new.unseen)):
                head.append(Change(aspect=aspect, before=before, after=after))
        unseen = ("both" if new.unseen else "old") if old.unseen else ("new" if new.unseen else "")
        seen = bool(old.sentences and new.sentences)
        if unseen:  # what one side lacks says nothing; nor do its headings, where nothing of it was seen
            changes = [each for each in changes if each.before is not None and each.after is not None]
            head = head if seen else []
        return MeasureComparison(
            old=old,
            new=new,
            comparable=unseen,  # type: ignore[arg-type]
            text=text_rows(old, new) if seen else (),
            changes=(*head, *changes),
        )

    @staticmethod
    def chapter(program: ir.Program, measure: ir.Measure) -> str:
        """The chapter's title: its label and place change with the order of the document."""
        return next((title for label, title, _ in program.chapters if label == measure.chapter), measure.chapter)

    # ------------------------------------------------------------ rules
    def rules(self) -> dict[int, list[Change]]:
        """Changes by the measure of the new version; what is gone altogether, by -1 - the old number."""
        found: dict[int, list[Change]] = {}

        def place(old: int | None, new: int | None) -> list[Change]:
            number = new if new is not None else self.became.get(old or 0, -1 - (old or 0))
            return found.setdefault(number, [])

        for pair in self.provision_pairs():
            old, new = (None if side is None else side.measure for side in (pair.old, pair.new))
            place(old, new).extend(self.provision(pair))
        for old, new, change in self.definitions(inside=True):
            place(old, new).append(change)
        for aspect, kind in (("ceiling", ir.Ceiling), ("highest", ir.Highest), ("deduct", ir.Deduct)):
            ours = [each for each in self.old.adjustments if isinstance(each, kind)]
            theirs = [each for each in self.new.adjustments if isinstance(each, kind)]
            for each in self.adjustments(aspect, ours, theirs):  # type: ignore[arg-type]
                sides = (each.before, each.after)
                old, new = (side.measure if isinstance(side, kind) else None for side in sides)
                place(old, new).append(each)
        return found

    def provision_pairs(self) -> list[Pair[ir.Provision]]:
        """By measure and name, else by name, else by what they say."""
        return pair_by(
            self.old.provisions,
            self.new.provisions,
            (lambda each: (self.became.get(each.measure), each.name), lambda each: (each.measure, each.name)),
            (lambda each: each.name, lambda each: each.name),
            (self.content_before, self.content_after),
        )

    def content_before(self, rule: ir.Provision) -> str:
        return _content(self.before, rule)

    def content_after(self, rule: ir.Provision) -> str:
        return _content(self.after, rule)

    def provision(self, pair: Pair[ir.Provision]) -> Iterator[Change]:
        old, new = pair.old, pair.new
        if old is None or new is None:
            yield self.change("provision", "", (new or old).name, old, new)  # type: ignore[union-attr]
            return
        if old.name != new.name:
            yield self.change("renamed", new.name, "", old, new, before=old.name, after=new.name)
        for aspect in _WORDS:
            before, after = getattr(old, aspect), getattr(new, aspect)
            if before != after:
                yield self.change(aspect, new.name, "", old, new, before=before or None, after=after or None)
        for aspect, attribute in _ROLES:
            yield from self.conditions(aspect, new.name, getattr(old, attribute), getattr(new, attribute))
        for before, after in _side_by_side(old.periods, new.periods, self.before, self.after):
            yield self.change("period", new.name, "", before, after)
        for stages in pair_by(old.stages, new.stages, (lambda each: each.name, lambda each: each.name)):
            if self.differ(stages.old, stages.new):
                name = (stages.new or stages.old).name  # type: ignore[union-attr]
                yield self.change("stage", new.name, name, stages.old, stages.new)
        for aspect in _EXPRESSIONS:
            before, after = getattr(old, aspect), getattr(new, aspect)
            if self.differ(before, after):
                yield self.change(aspect, new.name, "", before, after)

    def conditions(
        self, aspect: Aspect, of: str, old: Sequence[ir.Condition], new: Sequence[ir.Condition]
    ) -> Iterator[Change]:
        pairs = pair_by(
            old,
            new,
            (
                lambda each: (each.name, self.before.shallow(each.expr)),
                lambda each: (each.name, self.after.shallow(each.expr)),
            ),
            (lambda each: self.before.shallow(each.expr), lambda each: self.after.shallow(each.expr)),
            (lambda each: each.name, lambda each: each.name),
        )
        for pair in pairs:
            if pair.old is None or pair.new is None or self.differ(pair.old.expr, pair.new.expr):
                yield self.change(aspect, of, (pair.new or pair.old).name, pair.old, pair.new)  # type: ignore[union-attr]

    def adjustments(self, aspect: Aspect, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
        """Caps go by their names; the others, which have none, by what they are between."""

        def own(each: Any) -> object:
            if isinstance(each, ir.Ceiling):
                return each.name
            return each.members if isinstance(each, ir.Highest) else (each.member, each.less)

        def by_rule(each: Any) -> object:
            if isinstance(each, ir.Ceiling):
                return {name for (name, _), _ in each.covers} and sorted(
                    name for (name, _), _ in each.covers
                ).__repr__()
            return each.members[0] if isinstance(each, ir.Highest) else each.member

        pairs = pair_by(
            old,
            new,
            (lambda each: self.ignoring_place(self.before, each), lambda each: self.ignoring_place(self.after, each)),
            (own, own),
            (by_rule, by_rule),
        )
        for pair in pairs:
            if pair.old is None or pair.new is None:
                yield self.change(aspect, "", getattr(pair.new or pair.old, "name", ""), pair.old, pair.new)
            elif self.ignoring_place(self.before, pair.old) != self.ignoring_place(self.after, pair.new):
                yield self.change(aspect, "", getattr(pair.new, "name", ""), pair.old, pair.new)

    def ignoring_place(self, keys: Keys, each: Any) -> str:
        parts = [
            keys.shallow(getattr(each, part.name))
            for part in fields(type(each))
            if part.name not in ("measure", "origin", "readings", "name")
        ]
        return " ".join([type(each).__name__, *parts])

    # ------------------------------------------------------------ what belongs to no measure
    def definitions(self, inside: bool) -> Iterator[tuple[int | None, int | None, Change]]:
        """Definitions that differ, with the measures they stand in; those that stand in none where not ``inside``."""
        for pair in self.functions:
            old, new = pair.old, pair.new
            places = [None if each is None else each.measure for each in (old, new)]
            if any(place is not None for place in places) is not inside:
                continue
            if old is None or new is None:
                yield *places, self.change("definition", "", (new or old).name, old, new)  # type: ignore[union-attr,misc]
            elif self.before.function(old) != self.after.function(new):
                yield *places, self.change("definition", "", new.name, old, new)  # type: ignore[misc]

    def facts(self) -> Iterator[Change]:
        old = {(scope.name, each.name): each for scope in self.old.scopes for each in scope.facts}
        new = {(scope.name, each.name): each for scope in self.new.scopes for each in scope.facts}
        for scope, name in dict.fromkeys([*new, *old]):
            before, after = old.get((scope, name)), new.get((scope, name))
            if before != after:
                yield self.change("fact", scope, name, before, after)
        ways = [{(each.scope, each.fact): each for each in program.derived} for program in (self.old, self.new)]
        for scope, name in dict.fromkeys([*ways[1], *ways[0]]):
            if (scope, name) in old and (scope, name) in new:
                one, other = (each.get((scope, name)) for each in ways)
                was, became = one.function if one else "", other.function if other else ""
                if dict(self.renamed).get(was, was) != became:
                    sides = WorkedOut(function=was), WorkedOut(function=became)
                    yield self.change("derived", scope, name, *sides)

    def named(self, aspect: Aspect, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Change]:
        def own(each: Any) -> str:
            return each.id if isinstance(each, ir.ReadingDecl) else each.name

        for pair in pair_by(old, new, (own, own)):
            if pair.old != pair.new:
                yield self.change(aspect, "", own(pair.new or pair.old), pair.old, pair.new)

    def offsets(self) -> Iterator[Change]:
        if self.differ(self.old.offset, self.new.offset):
            yield self.change("offset", "", "", self.old.offset, self.new.offset)

    def examples(self, old: Sequence[ExampleCase], new: Sequence[ExampleCase]) -> Iterator[Change]:
        def grouped(cases: Sequence[ExampleCase]) -> dict[str, list[ExampleCase]]:
            found: dict[str, list[ExampleCase]] = {}
            for each in cases:
                found.setdefault(each.title, []).append(each)
            return found

        before, after = grouped(old), grouped(new)
        for title in dict.fromkeys([*after, *before]):
            one, other = before.get(title, []), after.get(title, [])
            if [_case_key(each, self.old) for each in one] != [_case_key(each, self.new) for each in other]:
                yield Change(
                    aspect="example",
                    name=title,
                    before=one[0] if one else None,
                    after=other[0] if other else None,
                    old=ir.Origin(line=one[0].line) if one else ir.NOWHERE,
                    new=ir.Origin(line=other[0].line) if other else ir.NOWHERE,
                )

    # ------------------------------------------------------------ sides
    def differ(self, old: object, new: object) -> bool:
        if old is None or new is None:
            return old is not new
        return self.before.shallow(old) != self.after.shallow(new)

    def change(self, aspect: Aspect, of: str, name: str, old: Any, new: Any, **sides: Thing) -> Change:
        before, after = sides.get("before", old), sides.get("after", new)
        return Change(
            aspect=aspect,
            of=of,
            name=name,
            before=before,
            after=after,
            parts=tuple(self.smallest(_expression(before), _expression(after), ())),
            old=getattr(old, "origin", ir.NOWHERE),
            new=getattr(new, "origin", ir.NOWHERE),
        )

    def smallest(self, old: ir.Expr | None, new: ir.Expr | None, under: tuple[tuple[str, str], ...]) -> Iterator[Part]:
        """Down to where the two part ways: through what is of one form on both sides, and through the arms of readings."""
        if old is None or new is None or not self.differ(old, new):
            return
        if isinstance(old, ir.Choose) and isinstance(new, ir.Choose) and old.reading == new.reading:
            before, after = (_arms(program, each) for program, each in ((self.old, old), (self.new, new)))
            if before.keys() == after.keys():
                for option, arm in before.items():
                    yield from self.smallest(arm, after[option], (*under, (old.reading, option)))
                return
        ours, theirs = list(walk.children(old)), list(walk.children(new))
        if type(old) is type(new) and len(ours) == len(theirs) and _head(old) == _head(new):
            apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if self.differ(a, b)]
            if len(apart) == 1:
                yield from self.smallest(*apart[0], under)
                return
        yield Part(before=old, after=new, under=under)


def _content(keys: Keys, rule: ir.Provision) -> str:
    parts = [rule.kind, rule.nature, rule.each, rule.amount, rule.must, rule.among, rule.stages, rule.goal, rule.checks]
    return " ".join(map(keys.shallow, parts))


def _side_by_side(
    old: Sequence[ir.Period], new: Sequence[ir.Period], before: Keys, after: Keys
) -> Iterator[tuple[ir.Period | None, ir.Period | None]]:
    """Those that have no equal on the other side, one beside the other."""
    pairs = pair_by(old, new, (before.shallow, after.shallow), (lambda each: 0, lambda each: 0))
    for pair in pairs:
        if pair.old is None or pair.new is None or before.shallow(pair.old) != after.shallow(pair.new):
            yield pair.old, pair.new


def _expression(thing: object) -> ir.Expr | None:
    match thing:
        case ir.Condition():
            return thing.expr
        case ir.Function():
            return thing.body
        case ir.Ceiling():
            return thing.limit
        case ir.Stage():
            return thing.amount
        case ir.Node():
            return thing  # type: ignore[return-value]
    return None


def _arms(program: ir.Program, choose: ir.Choose) -> dict[str, ir.Expr]:
    options = next(each.options for each in program.readings if each.id == choose.reading)
    return {option: arm for (option, _), arm in zip(options, choose.arms, strict=True)}


def _head(expr: ir.Expr) -> str:
    """What stands on the node itself, expressions below left out."""

    def bare(value: object) -> object:
        if isinstance(value, ir.Node):
            return "·"
        return tuple(map(bare, value)) if isinstance(value, tuple) else value

    beside = ("type", "origin", "shown", "word", "var")
    return repr([bare(getattr(expr, each.name)) for each in fields(type(expr)) if each.name not in beside])


def _case_key(case: ExampleCase, program: ir.Program) -> tuple[object, ...]:
    """What is given and what must come out. A fact that is not given and a reading at its default may be new to the other version."""
    wanted = [(each.target, each.outcome, each.amount, each.because, each.lacks) for each in case.expected]
    defaults = {each.id: each.options[0][0] for each in program.readings if each.options}
    chosen = sorted((id, option) for id, option in case.readings.items() if option != defaults[id])
    return (case.on, _plain(case.facts.scopes), chosen, wanted)


def _plain(value: object) -> str:
    """Facts as text, without those that are not known."""
    match value:
        case dict():
            known = {key: each for key, each in value.items() if not isinstance(each, Unknown)}
            return f"{{{', '.join(sorted(f'{key}: {_plain(each)}' for key, each in known.items()))}}}"
        case list() | tuple():
            return f"[{', '.join(map(_plain, value))}]"
        case frozenset():
            return f"<{', '.join(sorted(map(_plain, value)))}>"
    return repr(value)
