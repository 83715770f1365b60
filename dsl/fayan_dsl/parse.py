"""Reading a policy: a line at a time over Lark's LALR tables, so that an error costs its line and what hangs under it.

The parse is a log of shifts and reductions. A line that fails takes its part of the log away again, and what is left is
a sound parse; the tree is built from the log at the end. Where a value cannot be read the line stays, with a hole for it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from attrs import define, evolve, field

from fayan_dsl import tree
from fayan_dsl.build import Builder
from fayan_dsl.build_values import HOLE
from fayan_dsl.diagnosis import diagnosis
from fayan_dsl.lexer import Cutter, Line, Token, columns, declared, even, lines
from fayan_dsl.machine import DEDENT, INDENT, NEWLINE, Failure, Machine, Mark
from fayan_dsl.problem import Applicability, Edit, Fix, Problem, Term, in_order
from fayan_dsl.problems import (
    BlockMissing,
    FileTooLarge,
    HeadMissing,
    Misaligned,
    MissingPolicyHeader,
    QuoteNotAtMargin,
    TabIndent,
    TooManyProblems,
    UnexpectedIndent,
    WideIndent,
)
from fayan_dsl.repair import Reading, Repair, told
from fayan_dsl.slips import SAID
from fayan_dsl.source import Source, Span
from fayan_dsl.tables import Tables, load

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
class _Level:
    """An open block: its indentation, the places before its head line and before its first line, and the head line."""

    indent: int
    before: Mark | None = None
    inside: Mark | None = None
    head: Line | None = None
    troubled: bool = False
    #: Indented where nothing can be, which has been told: what cannot be read in it follows from that.
    stray: bool = False
    #: Lines here have lost their head, which has been told: those that cannot stand here follow from that.
    headless: bool = False
    #: Whether a line of the block could be read, and indentations that it has although they are wrong.
    sound: bool = False
    odd: set[int] = field(factory=set)


def _hole(kind: str, place: Token) -> Token:
    """What stands for a word that cannot be read: a name no one can write, an empty text, a number no measure has."""
    if kind == "_NL":
        return NEWLINE
    text, value = {"NAME": (HOLE, None), "NUMBER": ("", (Fraction(-1), ""))}.get(kind, ("", None))
    return Token(kind, text, place.start, place.end, value)


def _supplied(kind: str, place: Token) -> Token:
    """What stands for a word of a head that is missing."""
    words = {"RULE": "奖励", "SCOPE": "每户"}
    return _hole(kind, place)._replace(text=words[kind]) if kind in words else _hole(kind, place)


#: Lines that have others under them: the words such a line is made of, and how it is called where it is missing.
_HEADS = (
    ("RULE NAME", "奖励 名称"),
    ("CEILING NAME SCOPE", "限额 名称 每户"),
    ("SELECTION NAME", "遴选 名称"),
    ("DUTY NAME", "职责 名称"),
    ("EXAMPLE TEXT", "示例 说明"),
)


@define
class _Reader:
    source: Source
    tables: Tables
    machine: Machine = field(init=False)
    cutter: Cutter = field(init=False)
    levels: list[_Level] = field(factory=lambda: [_Level(0)])
    problems: list[Problem] = field(factory=list)
    unread: set[str] = field(factory=set)
    #: The last line read and the place before it: the head of a block that may follow.
    last: tuple[Line, Mark] | None = None
    headless_told: bool = False
    title: str = ""
    #: Whether the cause why this line cannot be read has been told already.
    told: bool = False
    #: Whether the line before was read by a guess at what it means.
    guessed: bool = False

    def __attrs_post_init__(self) -> None:
        text = even(self.source.text)
        self.cutter = Cutter(text, self.source.text, self.tables.words, declared(text, self.tables.words), SAID)
        self.machine = Machine(self.tables, self.cutter)

    @property
    def depth(self) -> int:
        return len(self.levels) - 1

    # ------------------------------------------------------------ the whole file
    def read(self) -> tuple[tree.Policy | None, list[Problem]]:
        self._margins()
        skip: int | None = None
        for line in lines(self.cutter.text):
            if skip is not None and line.indent > skip and not line.quote:
                self._give_up(line)
                continue
            skip = None
            if len(self.problems) >= MOST:
                break
            self.told = False
            line = self._settle(line)
            if not self._line(line):
                skip = self.levels[-1].indent if line.indent < self.levels[-1].indent else line.indent
        self._need_block()
        while len(self.levels) > 1:
            self._close()
        if self._headless:
            self._missing_header(Span(0, 0))
            return None, self._found(self.problems)
        self.machine.advance("$END", NEWLINE)
        builder = Builder(self.source, frozenset(self.unread))
        policy = builder.run(self.machine.log, self.tables.rules)
        return policy, self._found(self.problems + builder.problems)

    def _found(self, problems: list[Problem]) -> list[Problem]:
        found = in_order(problems)
        if len(found) >= MOST:
            last = found[MOST - 1]
            found[MOST:] = [TooManyProblems(source=self.source, span=last.span, count=MOST)]
        return found

    @property
    def _headless(self) -> bool:
        return "POLICY" in self.machine.row

    def _line(self, line: Line) -> bool:
        """Read one line, or tell why not; whether lines under it can be read."""
        mark = self.machine.mark()
        self.guessed = False
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

    # ------------------------------------------------------------ layout
    def _margins(self) -> None:
        """Tell once in a file that lines are indented with tabs, and once with full-width spaces."""
        raw = self.source.text
        for char, problem in (("\t", TabIndent), ("　", WideIndent)):
            if char not in raw:
                continue
            found = list(re.finditer(rf"^[^\S\n]*{char}[^\S\n]*(?=\S)", raw, re.MULTILINE))
            if found:
                first = found[0].start() + found[0][0].index(char)
                edits = tuple(Edit(Span(*match.span()), " " * columns(match[0])) for match in found)
                fix = Fix(Term("换成半角空格", "replace them with spaces"), edits, Applicability.SAFE)
                at = Span(first, first + 1)
                self._tell(problem(source=self.source, span=at, count=len(found), fixes=(fix,)))

    def _margin(self, line: Line) -> Span:
        return Span(self.source.text.rfind("\n", 0, line.start) + 1, line.start)

    def _settle(self, line: Line) -> Line:
        """Open and close blocks so that the line can be read where it stands."""
        levels = self.levels
        if line.quote and line.indent:
            fix = Fix(Term("删去空格", "delete the spaces"), (Edit(self._margin(line), ""),), Applicability.SAFE)
            self._tell(QuoteNotAtMargin(source=self.source, span=Span(line.start, line.start + 1), fixes=(fix,)))
            line = evolve(line, indent=0)
        if line.indent > levels[-1].indent:
            if self.last is not None and self.machine.accepts("_INDENT"):
                inside = self.machine.mark()
                self.machine.advance("_INDENT", INDENT)
                levels.append(_Level(line.indent, self.last[1], inside, self.last[0]))
            elif self.guessed or not self._supply_head(line):
                if not self.guessed:
                    self._tell(UnexpectedIndent(source=self.source, span=self._first_word(line)))
                    self.unread.add(HOLE)
                levels.append(_Level(line.indent, stray=True))
            return line
        self._need_block()
        while len(levels) > 1 and line.indent < levels[-1].indent:
            if line.indent > levels[-2].indent:
                self._misaligned(line)
                break
            self._close()
        return line

    def _misaligned(self, line: Line) -> None:
        """Tell of an indentation between two levels, once in a block; where no line before could be read, it is theirs
        that is wrong."""
        level = self.levels[-1]
        if not level.sound:
            level.indent = line.indent
        elif line.indent not in level.odd:
            level.odd.add(line.indent)
            wanted = level.indent
            fix = Fix(Term("对齐", "align"), (Edit(self._margin(line), " " * wanted),), Applicability.UNSAFE)
            self._tell(Misaligned(source=self.source, span=self._first_word(line), columns=wanted, fixes=(fix,)))

    def _supply_head(self, line: Line) -> bool:
        """Where a line has lost the line it stands under, tell so and put one in its place; whether that is so."""
        machine = self.machine
        word = self._first_word(line)
        roles = self.tables.words.get(self.cutter.text[word.start : word.end], [])
        fitting = [
            (head.split(), shown)
            for head, shown in _HEADS
            if any(machine.accepts(*head.split(), "_NL", "_INDENT", kind) for kind, _ in roles)
        ]
        if not fitting:
            return False
        heads = Term("或".join(f"“{shown}”" for _, shown in fitting), " or ".join(f"“{shown}”" for _, shown in fitting))
        text = self.source.text[word.start : word.end]
        self._tell(HeadMissing(source=self.source, span=word, word=text, heads=heads))
        self.unread.add(HOLE)
        before, place = machine.mark(), Token("", "", word.start, word.start)
        for kind in (*fitting[0][0], "_NL"):
            machine.advance(kind, _supplied(kind, place))
        inside = machine.mark()
        machine.advance("_INDENT", INDENT)
        self.levels.append(_Level(line.indent, before, inside, line, headless=True))
        return True

    def _wants_block(self) -> bool:
        """Whether nothing but a block can follow."""
        accepts, row = self.machine.accepts, self.machine.row
        if "_INDENT" not in row or not accepts("_INDENT"):
            return False
        return not any(accepts(kind) for kind in row if kind != "_INDENT" and kind.isupper())

    def _need_block(self) -> None:
        """Tell that the last line read wants lines under it and has none."""
        if self.last is None or not self._wants_block():
            return
        line, mark = self.last
        self.machine.advance("_INDENT", INDENT)
        expected = self.machine.expected()
        self.machine.back(mark)
        word = self.source.text[slice(*line.parts[0])][:40]
        self._tell(BlockMissing(source=self.source, span=Span(*line.parts[0]), word=word, expected=expected))
        self._drop(line)

    def _close(self) -> None:
        """Close a block; one in which no line could be read goes with its head, or leaves it bare where that will do."""
        level = self.levels.pop()
        if level.before is None or level.inside is None or level.head is None:
            self.levels[-1].troubled |= level.troubled
        elif not self.machine.advance("_DEDENT", DEDENT):
            self.machine.back(level.inside)
            if self._wants_block():
                self.machine.back(level.before)
                self._drop(level.head)

    def _drop(self, line: Line) -> None:
        self.levels[-1].troubled = True
        self._give_up(line)
        if self._headless:
            self.headless_told = True
            self.title = self.source.text[slice(*line.parts[0])].partition(" ")[2].strip()

    def _give_up(self, line: Line) -> None:
        """Remember the words of a line that is not in the tree, lest their absence be told as further errors."""
        for start, end in line.parts:
            self.unread.update(re.findall(r"\w+", self.cutter.text[start:end]))

    # ------------------------------------------------------------ recovery
    def _better(self, line: Line, mark: Mark) -> None:
        """A line that can be read, but for names that nothing declares: it may be read otherwise."""
        repair = Repair(self.machine, line, self.depth, mark)
        reading = repair.only_cut() or repair.read()
        self._tell_reading(reading)

    def _recover(self, line: Line, mark: Mark, failure: Failure) -> bool:
        """Tell why a line could not be read and go on as well as can be; whether lines under it can be read."""
        machine, level = self.machine, self.levels[-1]
        machine.back(mark)
        first = not failure.tokens
        if level.stray or (level.headless and first):
            self.told = True
        elif not failure.deep and not line.quote:
            repair = Repair(machine, line, self.depth, mark)
            reading = repair.only_cut() or repair.read()
            self._tell_reading(reading)
            if reading.failure is None:
                return True
            failure, first = reading.failure, not reading.failure.tokens
            machine.back(mark)
            if first and not self._headless and self._lost_head(line, mark):
                return self._line(line) if self.levels[-1] is not level else False
        if self._headless and first:
            self._missing_header(self._first_word(line))
            self._bare_header()
            self.told = True
            return self._line(line)
        if not self.told and not (failure.deep and self.levels[-1].troubled):
            self._tell(diagnosis(self.source, machine, line, mark, failure))
            if first and self.cutter.known(failure.token.text):  # it has its place under a line that is not there
                level.headless = True
                self.unread.add(HOLE)
        machine.back(mark)
        if not self._headless and (filled := self._with_hole(failure)):
            return filled == "TEXT"
        machine.back(mark)
        self._drop(line)
        return False

    def _lost_head(self, line: Line, mark: Mark) -> bool:
        """Whether a line that cannot begin here has lost its head. One is put in where the block begins with the line."""
        level = self.levels[-1]
        begins = self.last is not None and level.head is self.last[0]
        if not self._supply_head(line):
            return False
        if begins:
            level.indent = max(self.levels[-3].indent + 1, line.indent - 4)
        else:
            self.levels.pop()
            self.machine.back(mark)
            level.headless = True
            self._drop(line)
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
                if all(machine.advance(kind, _hole(kind, token)) for kind in kinds) and not self._wants_block():
                    return kinds[-2]
        return ""

    def _missing_header(self, span: Span) -> None:
        if not self.headless_told:
            self.headless_told = True
            self._tell(MissingPolicyHeader(source=self.source, span=span))

    def _bare_header(self) -> None:
        """Put an empty header in place of the one that is missing."""
        for kind in ("POLICY", "TEXT", "_NL", "_INDENT", "HEADER", "TEXT", "_NL", "_DEDENT"):
            self.machine.advance(kind, Token(kind, self.title if kind == "TEXT" else "", -1, -1))

    # ------------------------------------------------------------ telling
    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)

    def _first_word(self, line: Line) -> Span:
        match = re.compile(r"\w+|.").match(self.cutter.text, line.start, line.end)
        return Span(*match.span()) if match else Span(line.start, line.end)

    def _tell_reading(self, reading: Reading) -> None:
        self.problems += told(reading, self.source, self.cutter)
        self.guessed = bool(reading.stops or reading.mends)
        # a guess that does not carry to the end of the line may be why
        self.told |= any(mend.kind == "keyword" for mend in reading.mends)
