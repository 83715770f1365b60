"""Readings, periods, documents referred to, and where a rule stands."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.changes import Place
from fayan_runtime.explain.diff.details.lines import Both, Line


@frozen
class Declared(Both):
    def reading(self, old: ir.ReadingDecl, new: ir.ReadingDecl) -> Iterator[Line]:
        """Another default, the question, the options and the reason; an option that is on one side only has no other."""
        if defaults := self.defaults(old, new):
            yield Line(*defaults)
        yield from self.apart(old.question, new.question)
        before, after = dict(old.options), dict(new.options)
        for option in dict.fromkeys([*before, *after]):
            if before.get(option) == after.get(option):
                continue
            sides = [f"{option} {side[option]}" if option in side else "" for side in (before, after)]
            yield Line(sides[0], sides[1], joined="" if all(sides) else "option")
        said = [
            words.label("computed") if each.uncomputed is None else words.label("uncomputed").format(each.uncomputed)
            for words, each in ((self.old, old), (self.new, new))
        ]
        yield from self.apart(said[0], said[1])

    def defaults(self, old: ir.ReadingDecl, new: ir.ReadingDecl) -> tuple[str, str] | None:
        """What a reading is where none is chosen, if another option stands first."""
        before, after = old.options[:1], new.options[:1]
        if [option for option, _ in before] == [option for option, _ in after]:
            return None
        word = self.new.label("by_default")
        first, second = (" ".join((word, *side[0])) if side else "—" for side in (before, after))
        return first, second

    def ends(self, before: ir.Period, after: ir.Period) -> Line:
        """Of two periods only the end that differs, where one does."""
        old, new = (evolve(each, start=None) for each in (before, after))
        if self.old.period(evolve(before, end=None)) != self.new.period(evolve(after, end=None)):
            old, new = (evolve(each, end=None) for each in (before, after))
            if self.old.period(evolve(before, start=None)) != self.new.period(evolve(after, start=None)):
                old, new = before, after
        ends = [words.period(each) for words, each in ((self.old, old), (self.new, new))]
        if (before, after) != (old, new):  # of the end that is not there, rather than of none at all
            missing = self.new.label("no_end" if old.start is None else "no_start")
            ends = [missing if each == self.new.label("period") else each for each in ends]
        return Line(ends[0], ends[1])

    def moved(self, before: Place, after: Place) -> Line:
        """“第6条 → 第9条（责任单位 区财政局 → 区科技局）”."""
        measure, comma = self.new.label("measure"), self.new.listed
        units = [comma(each.responsible) or self.new.label("nobody") for each in (before, after)]
        responsible = f"{self.new.about('responsible')} {units[0]} → {units[1]}" if units[0] != units[1] else ""
        return Line(measure.format(before.measure), measure.format(after.measure), responsible)

    def taken(self, before: ir.Import, after: ir.Import) -> Iterator[Line]:
        """Another document, or another of its versions; and what is taken from it."""
        versions = [
            self.new.label("version_of").format(self.new.tongue.numbers.day(each.on)) if each.on else ""
            for each in (before, after)
        ]
        if before.number == after.number:
            yield from self.apart(*versions)
        else:
            sides = zip((before, after), versions, strict=True)
            old, new = (each.number + (self.new.tongue.aside(said) if said else "") for each, said in sides)
            yield Line(old, new)
        yield from self.members(before.takes, after.takes)
