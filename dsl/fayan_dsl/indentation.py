"""Blocks by indentation: opening and closing them, and what is told where lines do not stand as they should."""

from __future__ import annotations

import re

from attrs import define, evolve

from fayan_dsl.blocks import Level
from fayan_dsl.build_values import HOLE
from fayan_dsl.lines import Line, columns
from fayan_dsl.machine import INDENT
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.problems import (
    Misaligned,
    NotIndented,
    QuoteNotAtMargin,
    TabIndent,
    UnexpectedIndent,
    WideIndent,
)
from fayan_dsl.source import Span
from fayan_dsl.supplied import Supplied


@define
class Indentation(Supplied):
    """Settles each line in its block by how far in it stands."""

    def margins(self) -> None:
        """Tell once in a file that lines are indented with tabs, and once with full-width spaces; each is to stand where
        it has been read."""
        raw = self.source.text
        for char, problem in (("\t", TabIndent), ("　", WideIndent)):
            if char not in raw:
                continue
            found = list(re.finditer(rf"^[^\S\n]*{char}[^\S\n]*(?=\S)", raw, re.MULTILINE))
            if found:
                first = found[0].start() + found[0][0].index(char)
                edits = tuple(Edit(Span(*m.span()), " " * self.stood.get(m.start(), columns(m[0]))) for m in found)
                fix = Fix(Term("换成半角空格", "replace them with spaces"), edits, Applicability.SAFE)
                at = Span(first, first + 1)
                self.tell(problem(source=self.source, span=at, count=len(found), fixes=(fix,)))

    def settle(self, line: Line) -> Line:
        """Open and close blocks so that the line can be read where it stands."""
        levels = self.levels
        if line.quote and line.indent:
            fix = Fix(Term("删去空格", "delete the spaces"), (Edit(self.margin(line), ""),), Applicability.SAFE)
            self.tell(QuoteNotAtMargin(source=self.source, span=Span(line.start, line.start + 1), fixes=(fix,)))
            line = evolve(line, indent=0)
        if self._among_spaces(line):
            self.stood[self.margin(line).start] = levels[-1].indent
            return evolve(line, indent=levels[-1].indent)
        if line.indent > levels[-1].indent:
            if self.last is not None and self.machine.accepts("_INDENT"):
                inside = self.machine.mark()
                self.machine.advance("_INDENT", INDENT)
                levels.append(Level(line.indent, self.last[1], inside, self.last[0], line))
            elif not self.guessed and self.supply_word(line):
                return line
            elif self.guessed or not self.supply_head(line):
                if not self.guessed and not self.misspelt_block():
                    self.tell(UnexpectedIndent(source=self.source, span=self.first_word(line)))
                    self.unread.add(HOLE)
                levels.append(Level(line.indent, stray=True))
            return line
        if levels[-1].shifted and line.indent == levels[-2].indent and self.begins(line):
            self._shifted_too(line)
            return evolve(line, indent=levels[-1].indent)
        if self._not_indented(line):
            return evolve(line, indent=levels[-1].indent)
        self.need_block()
        while len(levels) > 1 and line.indent < levels[-1].indent:
            if line.indent > levels[-2].indent:
                if self._odd_outside(line):
                    continue
                if levels[-1].sound and self.begins_outside(line):
                    line = self._pulled_out(line)
                    continue
                self._misaligned(line)
                break
            self.close()
        return line

    def _not_indented(self, line: Line) -> bool:
        """Whether a line stands under the last one but is not indented, which is told; its block is then open."""
        if self.last is None or line.indent != self.levels[-1].indent or not self.wants_block():
            return False
        inside = self.machine.mark()
        self.machine.advance("_INDENT", INDENT)
        if line.quote or not self.begins(line):
            self.machine.back(inside)
            return False
        head, before = self.last
        word = self.first_word(line)
        margin = Span(self.margin(line).start, self.margin(line).start)
        fix = Fix(Term("缩进", "indent"), (Edit(margin, "    "),), Applicability.SAFE)
        text = self.source.text
        self.levels.append(Level(line.indent + 4, before, inside, head, shifted=True))
        if self._unmeasured(line):
            self.stood[self.margin(line).start] = line.indent + 4
            return True
        self.tell(
            NotIndented(
                source=self.source,
                span=word,
                fixes=(fix,),
                word=text[word.start : word.end],
                head=text[slice(*head.parts[0])][:40],
            )
        )
        return True

    def _shifted_too(self, line: Line) -> None:
        """The line goes with the one that was told not to be indented: what mends that one mends both."""
        told = next(n for n in reversed(range(len(self.problems))) if isinstance(self.problems[n], NotIndented))
        fix = self.problems[told].fixes[0]
        margin = self.margin(line).start
        more = evolve(fix, edits=(*fix.edits, Edit(Span(margin, margin), "    ")))
        self.problems[told] = self.problems[told].but(fixes=(more,))

    def _among_spaces(self, line: Line) -> bool:
        """Whether a line with tabs goes on with a block that is indented with spaces, by how it begins."""
        if self.last is None or line.indent == self.levels[-1].indent or not self._unmeasured(line):
            return False
        return not self._unmeasured(self.last[0]) and self.begins(line)

    def _unmeasured(self, line: Line) -> bool:
        """Whether the margin has tabs or wide spaces, which is told: how far in they stand is anyone's guess."""
        margin = self.margin(line)
        return bool(self.source.text[margin.start : margin.end].strip(" "))

    def _misaligned(self, line: Line) -> None:
        """Tell of an indentation between two levels, once in a block; where no line before could be read, it is theirs
        that is wrong."""
        level = self.levels[-1]
        if not level.sound or level.lost_head:
            level.indent = line.indent
        elif self._unmeasured(line):
            self.stood[self.margin(line).start] = level.indent
        elif (first := self._odd_first(line)) is not None:
            level.indent = line.indent
            self._tell_misaligned(first, line.indent)
        elif line.indent not in level.odd:
            level.odd.add(line.indent)
            wanted = level.indent
            if wanted > self.levels[-2].indent + 4:  # a line may be missing above those that stand too far in
                self.unread.add(HOLE)
            self._tell_misaligned(line, wanted)

    def _odd_first(self, line: Line) -> Line | None:
        """The first line of a block, where it alone stands a little too far in and the one after it as far in as lines do."""
        level = self.levels[-1]
        usual = self.levels[-2].indent + 4
        return level.first if level.lines == 1 and line.indent == usual < level.indent < usual + 4 else None

    def _odd_outside(self, line: Line) -> bool:
        """Whether the block around this one has one line, which does not stand as far in as lines do, while this one does: it is
        then the one that is told, and moved."""
        if len(self.levels) < 3:
            return False
        around, outer = self.levels[-3:-1]
        usual = around.indent + 4
        if outer.first is None or outer.lines != 1 or not line.indent == usual > outer.indent:
            return False
        self._tell_misaligned(outer.first, usual)
        self.close()
        outer.indent = usual
        return True

    def _pulled_out(self, line: Line) -> Line:
        """The line belongs to the block around this one: it stands a little too far in."""
        wanted = self.levels[-2].indent
        self._tell_misaligned(line, wanted)
        return evolve(line, indent=wanted)

    def _tell_misaligned(self, line: Line, wanted: int) -> None:
        fix = Fix(Term("对齐", "align"), (Edit(self.margin(line), " " * wanted),), Applicability.UNSAFE)
        way = Term(f"缩进 {wanted} 个空格", f"are indented by {wanted} spaces")
        if not wanted:
            way = Term("顶格写", "stand at the margin")
        self.tell(Misaligned(source=self.source, span=self.first_word(line), way=way, fixes=(fix,)))
