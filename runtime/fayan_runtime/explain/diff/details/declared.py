"""Readings, periods, documents referred to, and where a rule stands."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.changes import Place
from fayan_runtime.explain.diff.details.lines import Both, Line
from fayan_runtime.explain.diff.sides import SideWords


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
        """What a reading is where none is chosen, if another option stands first: by the letter it has in its own file, with that in the
        other where that is another."""
        before, after = (next((option for option, _ in each.options), None) for each in (old, new))
        if before == after:
            return None
        return self.default(old, before, self.old, self.new), self.default(new, after, self.new, self.old)

    def default(self, reading: ir.ReadingDecl, option: str | None, own: SideWords, other: SideWords) -> str:
        """“缺省 a 两年增速相加除以二（新版列为 b）”."""
        if option is None:
            return own.label("uncomputed").format("").strip(" :")
        letter, elsewhere = (side.letter(reading.id, option) for side in (own, other))
        listed = option in {*dict(next((each.options for each in other.program.readings if each.id == reading.id), ()))}
        which = "listed_old" if own is self.new else "listed_new"
        aside = own.tongue.aside(own.label(which).format(elsewhere)) if listed and elsewhere != letter else ""
        return f"{own.label('by_default')} {letter} {dict(reading.options)[option]}{aside}"

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
