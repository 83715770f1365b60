"""The smallest parts of two expressions that differ."""

from __future__ import annotations

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.changes import Part
from fayan_runtime.explain.diff.details.lines import Both, Line
from fayan_runtime.explain.diff.excerpt import cut
from fayan_runtime.explain.diff.sides import SideWords
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of


@frozen
class Parts(Both):
    def part(self, part: Part) -> list[Line]:
        """One line, or a line for each row of what is cut into bands or set by the day."""
        chosen = dict(part.under)
        cases = self.cases(part)
        if self.old.unseen(part.before) or self.new.unseen(part.after):
            return [self.not_compared(part, cases)]
        if part.before is not None and part.after is not None:
            sides = self.old.taken(part.before, chosen), self.new.taken(part.after, chosen)
            if rows := self.rows(*sides):
                return [evolve(each, cases=cases) for each in rows]
            if (word := self.word(*sides, chosen, named=bool(part.row))) is not None:
                return [evolve(word, cases=cases)]
        before = "" if part.before is None else self.old.said(part.before, chosen)
        after = "" if part.after is None else self.new.said(part.after, chosen)
        if before == after:  # by default: what makes the difference is the definition itself
            before, after = self.old.by_name(part.before, before), self.new.by_name(part.after, after)
        return [Line(before, after, joined=part.joined, cases=cases)]

    def not_compared(self, part: Part, cases: tuple[str | None, ...]) -> Line:
        """“未见 → 1%（采购类别为工程；旧版原文未见，不比较）”."""
        sides = ((self.old, part.before), (self.new, part.after))
        before, after = [
            words.label("nothing" if each is None else "not_seen")
            if each is None or (isinstance(each, ir.Fact) and words.unseen(each))
            else words.said(each, dict(part.under))
            for words, each in sides
        ]
        which = [key for key, (words, each) in zip(("old", "new"), sides, strict=True) if words.unseen(each)]
        why = self.new.label("not_compared").format(self.new.listed(self.new.label(each).lower() for each in which))
        return Line(before, after, why, cases=cases, seen=False)

    def word(self, before: ir.Expr, after: ir.Expr, chosen: dict[str, str], named: bool) -> Line | None:
        """Of two comparisons of the same thing only the word and what it is compared with: “超过10% → 达到10%”; ``named``: with the thing,
        once: “从业人员达到300人 → 达到200人”."""
        if not isinstance(before, ir.Compare) or not isinstance(after, ir.Compare):
            return None
        thing = self.old.said(before.left, chosen)
        if thing != self.new.said(after.left, chosen):
            return None
        sides = ((self.old, before, thing if named else ""), (self.new, after, ""))
        old, new = (
            words.tongue.comparison(left, each, words.said(each.right, chosen)).strip() for words, each, left in sides
        )
        return Line(old, new)

    def cases(self, part: Part) -> tuple[str | None, ...]:
        """In which cases; of a row of a table, what else stands in it: “划型行业为工业、营业收入达到2000万元，得中型”. A formula is named
        only where nothing else tells the row."""
        cases = [None if each is None else self.new.said(each) for each in part.cases]
        if part.row:
            *stays, gives = part.row
            said = [self.new.tongue.all_of([self.new.said(each) for each in stays])] * bool(stays)
            if not stays or isinstance(gives, ir.Const):
                said.append(self.new.label("row").format(cut(self.new.said(gives), self.new.language)))
            cases.append(("，" if self.new.language == "zh" else ", ").join(said))
        return tuple(cases)

    def rows(self, before: ir.Expr, after: ir.Expr) -> list[Line]:
        old, new = self.banded(before, self.old), self.banded(after, self.new)
        if not old or not new:
            old, new = self.dated(before, self.old), self.dated(after, self.new)
        if not old or not new:
            return []
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        if len(gone) == len(come):
            return [Line(one, other) for one, other in zip(gone, come, strict=True)]
        return [Line(self.old.tongue.clauses(gone), self.new.tongue.clauses(come))]

    @staticmethod
    def banded(expr: ir.Expr, words: SideWords) -> list[str]:
        found = bands_of(expr)
        if found is None:
            return []
        return [
            words.tongue.band(
                None if low is None else words.said(low), None if high is None else words.said(high), words.said(rate)
            )
            for low, high, rate in found[1]
        ]

    @staticmethod
    def dated(expr: ir.Expr, words: SideWords) -> list[str]:
        return [words.tongue.in_days(first, last, words.said(value)) for first, last, value in rows_of(expr)]
