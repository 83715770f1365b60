"""Reading a policy: a line at a time over Lark's LALR tables, so that an error costs its line and what hangs under it.

The parse is a log of shifts and reductions. A line that fails takes its part of the log away again, and what is left is
a sound parse; the tree is built from the log at the end. Where a value cannot be read the line stays, with a hole for it.
"""

from __future__ import annotations

from pathlib import Path

from attrs import define

from fayan_dsl import tree
from fayan_dsl.build import Builder
from fayan_dsl.build_values import HOLE
from fayan_dsl.diagnosis import diagnosis
from fayan_dsl.indentation import Indentation
from fayan_dsl.lines import Line, lines
from fayan_dsl.machine import NEWLINE, Failure, Mark
from fayan_dsl.problem import Problem, in_order
from fayan_dsl.problems import (
    FileTooLarge,
    MissingPolicyHeader,
    TooManyProblems,
)
from fayan_dsl.repair import Reading, Repair, told
from fayan_dsl.source import Source, Span
from fayan_dsl.supplied import hole
from fayan_dsl.tables import load
from fayan_dsl.tokens import Token

#: Limits of the language: characters in a file.
LARGEST = 4 * 1024 * 1024
#: How many problems one run tells before it stops reading.
MOST = 200


def parse(source: Source, cache: Path | None = None) -> tuple[tree.Policy | None, list[Problem]]:
    """The tree of a source and what is wrong with it; None where there is nothing to go on with."""
    return parse_steps(source, cache)[:2]


def parse_steps(
    source: Source, cache: Path | None = None
) -> tuple[tree.Policy | None, list[Problem], list[Token | int]]:
    """The same, and the steps: a word taken, or the number of a rule of the tables that was completed."""
    if len(source.text) > LARGEST:
        problem = FileTooLarge(source=source, span=Span(0, 0), size=len(source.text), limit=LARGEST)
        return None, [problem], []
    reader = _Reader(source, load(cache))
    return *reader.read(), reader.machine.log


@define
class _Reader(Indentation):
    #: Whether the cause why this line cannot be read has been told already.
    told: bool = False

    # ------------------------------------------------------------ the whole file
    def read(self) -> tuple[tree.Policy | None, list[Problem]]:
        skip: int | None = None
        for line in lines(self.cutter.text):
            if skip is not None and line.indent > skip and not line.quote:
                self.give_up(line)
                continue
            skip = None
            if len(self.problems) >= MOST:
                break
            self.told = False
            line = self.settle(line)
            if not self._line(line):
                skip = self.levels[-1].indent if line.indent < self.levels[-1].indent else line.indent
        self.need_block()
        while len(self.levels) > 1:
            self.close()
        self.margins()
        if self.headless:
            self._missing_header(Span(0, 0))
            return None, self._found(self.problems)
        self.machine.advance("$END", NEWLINE)
        builder = Builder(self.source, frozenset(self.unread))
        policy = builder.run(self.machine.log, self.tables.rules)
        return policy, self._found([*self.problems, *builder.problems, *builder.again.values()])

    def _found(self, problems: list[Problem]) -> list[Problem]:
        found = in_order(problems)
        if len(found) >= MOST:
            last = found[MOST - 1]
            found[MOST:] = [TooManyProblems(source=self.source, span=last.span, count=MOST)]
        return found

    def _line(self, line: Line) -> bool:
        """Read one line, or tell why not; whether lines under it can be read."""
        line = self.without_colon(line)
        mark = self.machine.mark()
        self.guessed = False
        self.levels[-1].lines += 1
        failure = self.machine.feed(line, self.depth)
        whole = True
        if failure is not None:
            whole = self._recover(line, mark, failure)
        elif self.machine.suspects:
            self._better(line, mark)
        if failure is None:
            self.levels[-1].headless = False
            self.levels[-1].sound = True
        self.last = (line, mark)
        return whole

    # ------------------------------------------------------------ recovery
    def _better(self, line: Line, mark: Mark) -> None:
        """A line that can be read, but for names that nothing declares: it may be read otherwise."""
        repair = Repair(self.machine, line, self.depth, mark)
        self._tell_reading(self._read_otherwise(repair))

    def _read_otherwise(self, repair: Repair) -> Reading:
        if reading := repair.only_cut():
            return reading
        if reading := repair.rough_cut():  # what is not declared is told when the words have been parted
            self.unread.update(token.text for token in self.machine.suspects)
            return reading
        return repair.read()

    def _recover(self, line: Line, mark: Mark, failure: Failure) -> bool:
        """Tell why a line could not be read and go on as well as can be; whether lines under it can be read."""
        machine, level = self.machine, self.levels[-1]
        machine.back(mark)
        first = not failure.tokens
        if level.stray or ((level.headless or level.lost_head) and first):
            self.told = True
        elif not failure.deep and not line.quote:
            repair = Repair(machine, line, self.depth, mark)
            reading = self._read_otherwise(repair)
            self._tell_reading(reading)
            if reading.failure is None:
                return True
            failure, first = reading.failure, not reading.failure.tokens
            machine.back(mark)
            if first and not self.headless and self._lost_head(line, mark):
                return self._line(line) if self.levels[-1] is not level else False
        if self.headless and first:
            self._missing_header(self.first_word(line))
            self._bare_header()
            self.told = True
            return self._line(line)
        if not self.told and not (failure.deep and self.levels[-1].troubled):
            self.tell(diagnosis(self.source, machine, line, mark, failure))
            if first and self.cutter.known(failure.token.text):  # it has its place under a line that is not there
                level.headless = level.lost_head = True
                self.unread.add(HOLE)
        machine.back(mark)
        if not self.headless and (filled := self._with_hole(failure)):
            return filled == "TEXT"
        machine.back(mark)
        self.drop(line)
        return False

    def _lost_head(self, line: Line, mark: Mark) -> bool:
        """Whether a line that cannot begin here has lost its head. One is put in where the block begins with the line."""
        level = self.levels[-1]
        begins = self.last is not None and level.head is self.last[0]
        if not self.supply_head(line):
            return False
        if begins:
            level.indent = max(self.levels[-3].indent + 1, line.indent - 4)
        else:
            self.levels.pop()
            self.machine.back(mark)
            level.headless = level.lost_head = True
            self.drop(line)
        return True

    def _with_hole(self, failure: Failure) -> str:
        """Keep as much of the line as can be, short of what cannot be read; the kind of word put in, or nothing."""
        machine = self.machine
        places: list[tuple[Mark, Token]] = []
        for token in (*failure.tokens, failure.token):
            if machine.row.keys() & {"LPAR", "TEXT", "NUMBER"}:
                del places[4:-4]
                places.append((machine.mark(), token))
            if token is not failure.token:
                machine.advance(token.kind, token)
        for mark, token in reversed(places):
            for kinds in (("NAME", "_NL"), ("TEXT", "_NL"), ("NUMBER", "TEXT", "_NL")):
                machine.back(mark)
                if all(machine.advance(kind, hole(kind, token)) for kind in kinds) and not self.wants_block():
                    return kinds[-2]
        return ""

    def _missing_header(self, span: Span) -> None:
        if not self.headless_told:
            self.headless_told = True
            self.tell(MissingPolicyHeader(source=self.source, span=span))

    def _bare_header(self) -> None:
        """Put an empty header in place of the one that is missing."""
        for kind in ("POLICY", "TEXT", "_NL", "_INDENT", "HEADER", "TEXT", "_NL", "_DEDENT"):
            self.machine.advance(kind, Token(kind, self.title if kind == "TEXT" else "", -1, -1))

    def _tell_reading(self, reading: Reading) -> None:
        self.problems += told(reading, self.source, self.cutter)
        self.guessed = bool(reading.stops or reading.mends)
        # a guess that does not carry to the end of the line may be why
        self.told |= any(mend.kind == "keyword" for mend in reading.mends)
