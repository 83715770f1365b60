"""What stands between rules: caps, the highest of several, deductions."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.diff.details.lines import Both, Line
from fayan_runtime.explain.diff.sides import SideWords

_Between = ir.Ceiling | ir.Highest | ir.Deduct


@frozen
class BetweenRules(Both):
    def cap(self, before: ir.Ceiling, after: ir.Ceiling) -> Iterator[Line]:
        covers = [dict(words.covered(each)) for words, each in ((self.old, before), (self.new, after))]
        yield from self.members(list(covers[0]), list(covers[1]))
        if [*covers[0]] != [*covers[1]] and {*covers[0]} == {*covers[1]}:
            first, other = (self.new.label("filled_first").format(next(iter(each))) for each in covers)
            yield Line(first, other)
        for name, when in covers[1].items():
            if name in covers[0]:
                yield from self.apart(
                    *(f"{name} {self.new.label('applies').format(one)}" for one in (covers[0][name], when))
                )
        for said in (_counted, _split, _order):
            yield from self.apart(said(before, self.old), said(after, self.new))
        yield from self.apart(*self.applying(before, after))

    def highest(self, before: ir.Highest, after: ir.Highest) -> Iterator[Line]:
        yield from self.members(self.old.members(before), self.new.members(after))
        yield from self.apart(self.old.label(before.mode), self.new.label(after.mode))
        received = [
            words.label("received").format(
                words.label("nothing") if each.received is None else words.said(each.received)
            )
            for words, each in ((self.old, before), (self.new, after))
        ]
        yield from self.apart(received[0], received[1])
        yield from self.apart(*self.applying(before, after))

    def applying(self, before: _Between, after: _Between) -> tuple[str, str]:
        old, new = self.old.when(before.applies), self.new.when(after.applies)
        return self.old.label("applies").format(old), self.new.label("applies").format(new)


def _counted(cap: ir.Ceiling, words: SideWords) -> str:
    return words.label("per_year" if cap.per_year else "altogether")


def _split(cap: ir.Ceiling, words: SideWords) -> str:
    """“合算”, “按规则分算（口径 R3.5 取 b）、按 板块 分算”."""
    ways = [
        (words.label("by_rule"), cap.split),
        *((words.label("by_field").format(key), when) for key, when in cap.keys),
    ]
    said = []
    for way, test in ways:
        when = words.when(test)
        if when != words.label("never"):
            said.append(way + ("" if when == words.label("always") else words.tongue.aside(when)))
    return words.listed(said) or words.label("not_split")


def _order(cap: ir.Ceiling, words: SideWords) -> str:
    return words.label("by_date" if cap.by_date else "by_place")
