"""What belongs to no measure: the document, definitions, facts, types, readings, set-off, documents taken from, examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import define, evolve

from fayan_compiler.diff.align import pair_by
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.renamed import Names, alike, in_names, perhaps_renamed
from fayan_compiler.diff.sides import Sides
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.changes import Aspect, Change, Example, WorkedOut
from fayan_runtime.values import Unknown


@define(eq=False, slots=False)
class Declared:
    sides: Sides
    #: Rules by their old name, where the new one is another.
    called: dict[str, str]

    # ------------------------------------------------------------ the document
    def header(self) -> Iterator[Change]:
        old, new = self.sides.old, self.sides.new
        if old.title != new.title:
            yield Change(aspect="header", name="政策", before=old.title, after=new.title)
        for pair in pair_by(old.headers, new.headers, (lambda each: each[0], lambda each: each[0])):
            before = pair.old[1] if pair.old else None
            after = pair.new[1] if pair.new else None
            if before != after:
                key = (pair.new or pair.old or ("", ""))[0]
                yield Change(aspect="header", name=key, before=before, after=after)

    def chapters(self) -> Iterator[Change]:
        for old, new in self.retitled.items():
            yield Change(aspect="chapter_title", before=old, after=new)

    @property
    def retitled(self) -> dict[str, str]:
        """Chapters whose title alone is another: they begin with the same measures."""
        old, new = (
            {title: place for place, (_, title, _) in enumerate(each.chapters)}
            for each in (self.sides.old, self.sides.new)
        )
        gone = [title for title in old if title not in new]
        come = [title for title in new if title not in old]
        at = {place: title for title, place in new.items()}
        if len(old) != len(new):
            return {}
        return {title: at[old[title]] for title in gone if at[old[title]] in come}

    def imports(self) -> Iterator[tuple[int | None, int | None, Change]]:
        def own(each: ir.Import) -> tuple[int, str]:
            return each.measure, each.asked

        for pair in pair_by(
            self.sides.old.imports,
            self.sides.new.imports,
            (own, own),
            (lambda each: each.asked, lambda each: each.asked),
        ):
            sides = [None if each is None else (each.number, each.on, each.takes) for each in (pair.old, pair.new)]
            if sides[0] != sides[1]:
                either = pair.new or pair.old
                assert either is not None
                change = Change(aspect="import", name=either.asked, before=pair.old, after=pair.new)
                yield (*(each.measure or None if each else None for each in (pair.old, pair.new)), change)  # type: ignore[misc]

    # ------------------------------------------------------------ definitions
    def definitions(self) -> Iterator[tuple[int | None, int | None, Change]]:
        """Those that differ, with the measures they stand in. One that is of no document was made up to say a rule."""
        for pair in self.sides.functions:
            old, new = pair.old, pair.new
            if (
                old is not None
                and new is not None
                and self.sides.before.function(old) == self.sides.after.function(new)
            ):
                continue
            either = new or old
            assert either is not None
            if either.document:
                programs = (self.sides.old, self.sides.new)
                places = [
                    each.measure if each is not None and each.document == program.number else None
                    for each, program in zip((old, new), programs, strict=True)
                ]
                yield (*places, self.sides.change("definition", "", either.name, old, new))  # type: ignore[misc]

    # ------------------------------------------------------------ facts
    def facts(self) -> Iterator[Change]:
        names = self.perhaps
        for (scope, name), other in names.facts.items():
            before, after = self.fact(self.sides.old, scope, name), self.fact(self.sides.new, scope, other)
            yield self.sides.change("fact_renamed", scope, "", before, after)
        gone = {*names.facts, *((scope, other) for (scope, _), other in names.facts.items())}
        old = {
            (scope.name, each.name): evolve(each, tally=self.sides.renamed.get(each.tally, each.tally))
            for scope in self.sides.old.scopes
            for each in scope.facts
        }
        new = {(scope.name, each.name): each for scope in self.sides.new.scopes for each in scope.facts}
        for key in dict.fromkeys([*new, *old]):
            before, after = old.get(key), new.get(key)  # type: ignore[assignment]
            if (key not in old or key not in new) and (new.get(key) or old[key]).unseen:
                continue  # nobody is asked for it: it stands in the text
            if key not in gone and _declared(before) != _declared(after):
                yield self.sides.change("fact", *key, before, after)
        ways = [
            {(each.scope, each.fact): each for each in program.derived} for program in (self.sides.old, self.sides.new)
        ]
        for key in dict.fromkeys([*ways[1], *ways[0]]):
            if key in old and key in new:
                one, two = (each.get(key) for each in ways)
                was, became = one.function if one else "", two.function if two else ""
                if self.sides.renamed.get(was, was) != became:
                    yield self.sides.change("derived", *key, WorkedOut(function=was), WorkedOut(function=became))

    @cached_property
    def perhaps(self) -> Names:
        """Facts that may only go by another name: the names are alike, or the rules that use them say the same but for the names."""
        found = perhaps_renamed(self.sides.old, self.sides.new)

        facts = {key: other for key, other in found.facts.items() if self.only_names or alike(key[1], other)}
        return Names(facts=facts)

    @cached_property
    def only_names(self) -> bool:
        """Whether all rules would say the same, if facts and columns of lists that are declared alike were only renamed."""
        names = perhaps_renamed(self.sides.old, self.sides.new)
        if not names:
            return False
        programs = in_names(self.sides.old, names), self.sides.new
        rules = [sorted(self.rule(keys, each) for each in keys.program.provisions) for keys in map(Keys, programs)]
        return rules[0] == rules[1]

    @staticmethod
    def rule(keys: Keys, rule: ir.Provision) -> str:
        """What it says, without the names of its conditions: one that has none goes by its words."""
        asked = [tuple(each.expr for each in side) for side in (rule.among, rule.must, rule.checks)]
        stages = tuple((each.amount, each.on) for each in rule.stages)
        return " ".join(map(keys.deep, [rule.kind, rule.each, *asked, rule.periods, rule.amount, stages, rule.goal]))

    @staticmethod
    def fact(program: ir.Program, scope: str, name: str) -> ir.FactDecl:
        return next(each for one in program.scopes if one.name == scope for each in one.facts if each.name == name)

    # ------------------------------------------------------------ readings, types, set-off
    def named(self, aspect: Aspect, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Change]:
        def own(each: Any) -> str:
            return each.id if isinstance(each, ir.ReadingDecl) else each.name

        for pair in pair_by(old, new, (own, own)):
            if pair.old != pair.new:
                yield self.sides.change(aspect, "", own(pair.new or pair.old), pair.old, pair.new)

    def renamed(self) -> Iterator[Change]:
        """Readings, options, types and members that only go by another name."""
        for id, old, new in self.sides.relettered:
            texts = (
                dict(next(each.options for each in program.readings if each.id == id))
                for program in (self.sides.given, self.sides.new)
            )
            said = [f"{option} {of[option]}" for of, option in zip(texts, (old, new), strict=True) if option in of]
            if len(said) == 2:  # else it gave way to another
                yield Change(aspect="option_renamed", of=id, before=said[0], after=said[1])
        for type, old, new in self.sides.members:
            yield Change(aspect="member_renamed", of=type, before=old, after=new)
        for aspect, names in (("reading", self.sides.names.readings), ("enum", self.sides.names.types)):
            for old, new in names.items():
                yield Change(aspect=f"{aspect}_renamed", before=old, after=new)  # type: ignore[arg-type]

    def offsets(self) -> Iterator[Change]:
        if self.sides.differ(self.sides.old.offset, self.sides.new.offset):
            yield self.sides.change("offset", "", "", self.sides.old.offset, self.sides.new.offset)

    # ------------------------------------------------------------ examples
    def examples(self, old: Sequence[ExampleCase], new: Sequence[ExampleCase]) -> Iterator[Change]:
        """By title, else by what they say."""
        before = {title: (cases, self.says(cases, self.sides.old)) for title, cases in _grouped(old).items()}
        after = {title: (cases, self.says(cases, self.sides.new)) for title, cases in _grouped(new).items()}
        pairs = pair_by(
            before, after, (str, str), (lambda each: repr(before[each][1]), lambda each: repr(after[each][1]))
        )
        for pair in pairs:
            one = before[pair.old] if pair.old is not None else None
            other = after[pair.new] if pair.new is not None else None
            if one is None or other is None or pair.old != pair.new or one[1] != other[1]:
                yield Change(
                    aspect="example",
                    name=pair.new or pair.old or "",
                    before=Example(pair.old or "", tuple(one[0])) if one else None,
                    after=Example(pair.new or "", tuple(other[0])) if other else None,
                    old=ir.Origin(line=one[0][0].line) if one else ir.NOWHERE,
                    new=ir.Origin(line=other[0][0].line) if other else ir.NOWHERE,
                )

    def says(self, cases: Sequence[ExampleCase], program: ir.Program) -> list[object]:
        """What is given and what must come out. A fact that is not given and a reading at its default may be new to the other version;
        an example that chooses no reading is not another one because the default is."""
        old = program is self.sides.old
        ids = self.sides.names.readings if old else {}
        called = self.called if old else {}
        both = [
            {each.id: each.options[0][0] for each in side.readings if each.options}
            for side in (program, self.sides.new if old else self.sides.old)
        ]
        defaults, other = both
        settled = {id: option for id, option in defaults.items() if other.get(id, option) == option}

        def case(each: ExampleCase) -> object:
            wanted = [
                (called.get(str(one.target), one.target), one.outcome, one.amount, one.because, one.lacks, one.value)
                for one in each.expected
            ]
            letters = self.sides.names.options if old else {}
            chosen_here = {ids.get(id, id): letters.get((id, one), one) for id, one in each.readings.items()}
            readings = settled | chosen_here
            chosen = sorted(
                (id, option) for id, option in readings.items() if id in other or option != defaults.get(id)
            )
            return each.on, _plain(_given(each.facts.scopes, (self.sides.old, self.sides.new))), chosen, wanted

        return [case(each) for each in cases]


def _declared(fact: ir.FactDecl | None) -> object:
    """A fact as it is declared, with the unit people read it in."""
    return fact and (fact, fact.type.shown, tuple(map(_declared, fact.fields)))


def _grouped(cases: Sequence[ExampleCase]) -> dict[str, list[ExampleCase]]:
    found: dict[str, list[ExampleCase]] = {}
    for each in cases:
        found.setdefault(each.title, []).append(each)
    return found


def _given(scopes: dict[str, dict[str, object]], programs: Sequence[ir.Program]) -> dict[str, dict[str, object]]:
    """Without what either version takes it to be where it is not given: whether it was given is not known here."""
    taken = {
        (scope.name, each.name, repr(each.default))
        for program in programs
        for scope in program.scopes
        for each in scope.facts
        if each.has_default
    }
    return {
        scope: {name: value for name, value in facts.items() if (scope, name, repr(value)) not in taken}
        for scope, facts in scopes.items()
    }


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
