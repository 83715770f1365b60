"""Two things of one kind, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.changes import Example
from fayan_runtime.explain.diff.details.between import BetweenRules
from fayan_runtime.explain.diff.details.declared import Declared
from fayan_runtime.explain.diff.details.examples import Examples
from fayan_runtime.explain.diff.details.facts import Facts
from fayan_runtime.explain.diff.details.lines import Both, Line


@frozen
class Things(Both):
    def between(self, before: object, after: object) -> Iterator[Line]:
        """Of two things of one kind; nothing of what is no such thing."""
        sides = self.old, self.new
        match before, after:
            case ir.ReadingDecl(), ir.ReadingDecl():
                yield from Declared(*sides).reading(before, after)
            case ir.Period(), ir.Period():
                yield from self.apart(self.old.period(before), self.new.period(after))
            case ir.Function(), ir.Function():
                params = zip(sides, (before, after), strict=True)
                yield from self.apart(*(said.listed(name for name, _ in each.params) for said, each in params))
            case ir.Ceiling(), ir.Ceiling():
                yield from BetweenRules(*sides).cap(before, after)
            case ir.Highest(), ir.Highest():
                yield from BetweenRules(*sides).highest(before, after)
            case ir.Deduct(), ir.Deduct():
                yield from self.apart(self.old.side(before), self.new.side(after))
                yield from self.apart(*BetweenRules(*sides).applying(before, after))
            case ir.FactDecl(), ir.FactDecl():
                yield from Facts(*sides).fact(before, after)
            case ir.EnumDecl(), ir.EnumDecl():
                yield from self.members(before.members, after.members)
            case ir.Import(), ir.Import():
                yield from Declared(*sides).taken(before, after)
            case Example(), Example():
                yield from Examples(*sides).example(before, after)
