"""Blocks as they are read: which stand open, what their end takes along, and what is not in the tree."""

from __future__ import annotations

import re

from attrs import define, field

from fayan_dsl.build_values import HOLE
from fayan_dsl.declared import declared
from fayan_dsl.lexer import Cutter
from fayan_dsl.lines import Line, even
from fayan_dsl.machine import DEDENT, INDENT, Machine, Mark
from fayan_dsl.problem import Problem, Term
from fayan_dsl.problems import BlockIncomplete, BlockMissing
from fayan_dsl.slips import SAID
from fayan_dsl.source import Source, Span
from fayan_dsl.tables import Tables


@define
class Level:
    """An open block: its indentation, the places before its head line and before its first line, and the head line."""

    indent: int
    before: Mark | None = None
    inside: Mark | None = None
    head: Line | None = None
    #: Its first line, as far in as the level.
    first: Line | None = None
    troubled: bool = False
    #: Indented where nothing can be, which has been told: what cannot be read in it follows from that.
    stray: bool = False
    #: Lines here have lost their head, which has been told: those that cannot stand here follow from that.
    headless: bool = False
    #: Whether any has, in which case the block stands further in than it should.
    lost_head: bool = False
    #: Whether a line of the block could be read, and indentations that it has although they are wrong.
    sound: bool = False
    #: Its lines are not indented, which has been told.
    shifted: bool = False
    odd: set[int] = field(factory=set)
    #: How many lines stand in it, those under them left out.
    lines: int = 0


#: What stands under 政策 in any document.
_HEADERS_WANTED = Term(
    "“文号 ……”“发文机关 ……”“成文日期 2024年12月12日”三行",
    "文号 …, 发文机关 … and 成文日期 2024年12月12日",
)


@define
class Blocks:
    """A file on its way into the machine, block by block, with what has been told of it."""

    source: Source
    tables: Tables
    cutter: Cutter = field(init=False)
    machine: Machine = field(init=False)
    levels: list[Level] = field(factory=lambda: [Level(0)])
    problems: list[Problem] = field(factory=list)
    unread: set[str] = field(factory=set)
    #: The last line read and the place before it: the head of a block that may follow.
    last: tuple[Line, Mark] | None = None
    #: Whether the line before was read by a guess at what it means.
    guessed: bool = False
    #: Whether the file has been told to lack its first line, and the title it has all the same.
    headless_told: bool = False
    title: str = ""
    #: How far in lines were read whose margin has tabs or wide spaces, where that is not what it measures.
    stood: dict[int, int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        text = even(self.source.text)
        self.cutter = Cutter(text, self.source.text, self.tables.words, declared(text, self.tables.words), SAID)
        self.machine = Machine(self.tables, self.cutter)

    @property
    def depth(self) -> int:
        return len(self.levels) - 1

    @property
    def headless(self) -> bool:
        return "POLICY" in self.machine.row

    def tell(self, problem: Problem) -> None:
        self.problems.append(problem)

    def first_word(self, line: Line) -> Span:
        match = re.compile(r"\w+|.").match(self.cutter.text, line.start, line.end)
        return Span(*match.span()) if match else Span(line.start, line.end)

    def margin(self, line: Line) -> Span:
        return Span(self.source.text.rfind("\n", 0, line.start) + 1, line.start)

    def begins(self, line: Line) -> bool:
        """Whether a line can begin with the reserved word it begins with."""
        word = self.first_word(line)
        roles = self.tables.words.get(self.cutter.text[word.start : word.end], ())
        return any(self.machine.accepts(kind) for kind, _ in roles)

    def begins_outside(self, line: Line) -> bool:
        """Whether a line can begin with its first word where this block is closed, and cannot here or stands nearer to there."""
        word = self.first_word(line)
        roles = self.tables.words.get(self.cutter.text[word.start : word.end], ())
        nearer = 2 * line.indent < self.levels[-1].indent + self.levels[-2].indent
        return (nearer or not self.begins(line)) and any(self.machine.accepts("_DEDENT", kind) for kind, _ in roles)

    def wants_block(self) -> bool:
        """Whether nothing but a block can follow."""
        accepts, row = self.machine.accepts, self.machine.row
        if "_INDENT" not in row or not accepts("_INDENT"):
            return False
        return not any(accepts(kind) for kind in row if kind != "_INDENT" and kind.isupper())

    def need_block(self) -> None:
        """Tell that the last line read wants lines under it and has none."""
        if self.last is None or not self.wants_block():
            return
        line, mark = self.last
        self.machine.advance("_INDENT", INDENT)
        fitting = self.machine.fitting()
        expected = _HEADERS_WANTED if "HEADER" in fitting else self.machine.expected()
        self.machine.back(mark)
        word = self.source.text[slice(*line.parts[0])][:40]
        self.tell(BlockMissing(source=self.source, span=Span(*line.parts[0]), word=word, expected=expected))
        self.drop(line)

    def close(self) -> None:
        """Close a block; one in which no line could be read goes with its head, or leaves it bare where that will do."""
        level = self.levels.pop()
        if level.before is None or level.inside is None or level.head is None:
            self.levels[-1].troubled |= level.troubled
        elif not self.machine.advance("_DEDENT", DEDENT):
            if level.sound and not level.troubled:
                self._incomplete(level.head)
            self.machine.back(level.inside)
            if self.wants_block():
                self.machine.back(level.before)
                self.drop(level.head)

    def _incomplete(self, head: Line) -> None:
        """Tell that the lines under one are not all there: a 分配 that does not say whose the remainder is."""
        word = self.source.text[slice(*head.parts[0])].strip()[:40]
        expected = self.machine.expected()
        self.tell(BlockIncomplete(source=self.source, span=Span(*head.parts[0]), word=word, expected=expected))
        self.unread.add(HOLE)

    def drop(self, line: Line) -> None:
        self.levels[-1].troubled = True
        self.give_up(line)
        if self.headless:
            self.headless_told = True
            self.title = self.source.text[slice(*line.parts[0])].partition(" ")[2].strip()

    def give_up(self, line: Line) -> None:
        """Remember the words of a line that is not in the tree, lest their absence be told as further errors."""
        for start, end in line.parts:
            words = self.cutter.text[start:end]
            self.unread.update([*re.findall(r"\w+", words), *re.findall(r"[A-Z]\d+(?:\.\d+)?", words)])
