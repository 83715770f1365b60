"""Facts and the columns of lists, as they are declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.explain.diff.details.lines import Both, Line
from fayan_runtime.explain.diff.sides import SideWords


@frozen
class Facts(Both):
    def fact(self, before: ir.FactDecl, after: ir.FactDecl) -> Iterator[Line]:
        if not (before.fields and after.fields):
            yield from self.apart(self.old.kind(before.type), self.new.kind(after.type))
        for said in (_optional, _series, _default, _evidence, _tally, _unseen):
            yield from self.apart(said(self.old, before), said(self.new, after))
        yield from self.columns(before.fields, after.fields)

    def columns(self, before: Sequence[ir.FactDecl], after: Sequence[ir.FactDecl]) -> Iterator[Line]:
        old, new = {each.name: each for each in before}, {each.name: each for each in after}
        gone, come = (
            [each for name, each in old.items() if name not in new],
            [new[each] for each in new if each not in old],
        )
        for each in [*gone]:
            alike = [one for one in come if evolve(one, name=each.name) == each]
            if len(alike) == 1:
                yield Line(each.name, alike[0].name, self.new.label("perhaps"))
                gone.remove(each)
                come.remove(alike[0])
        for each in gone:
            yield Line(each.name + self.old.tongue.aside(self.old.declared(each)), "")
        for each in come:
            yield Line("", each.name + self.new.tongue.aside(self.new.declared(each)))
        for name, each in new.items():
            if name in old:
                for line in self.fact(old[name], each):
                    yield evolve(line, before=f"{name} {line.before}", after=f"{name} {line.after}")


def _optional(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("may_be_none" if fact.type.optional else "never_none")


def _series(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("series" if fact.series else "whole_list")


def _default(words: SideWords, fact: ir.FactDecl) -> str:
    return words.default(fact)


def _evidence(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("evidence").format(fact.evidence) if fact.evidence else words.label("no_evidence")


def _tally(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("tallied").format(fact.tally) if fact.tally else words.label("not_tallied")


def _unseen(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("value_unseen").format(fact.unseen) if fact.unseen else words.label("value_seen")
