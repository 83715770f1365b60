"""Blocks by indentation: opening and closing them, and what is told where lines do not stand as they should."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import define, evolve, field

from fayan_dsl.build_values import HOLE
from fayan_dsl.declared import declared
from fayan_dsl.lexer import Cutter
from fayan_dsl.lines import Line, columns, even
from fayan_dsl.machine import DEDENT, INDENT, NEWLINE, Machine, Mark
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Problem, Term
from fayan_dsl.problems import (
    BlockIncomplete,
    BlockMissing,
    ByMissing,
    ColonAfterHead,
    HeadMissing,
    Misaligned,
    MisspeltKeyword,
    NotIndented,
    QuoteNotAtMargin,
    TabIndent,
    UnexpectedIndent,
    WideIndent,
)
from fayan_dsl.slips import SAID
from fayan_dsl.source import Source, Span
from fayan_dsl.tables import Tables
from fayan_dsl.tokens import Token

#: Words at the end of a line that take lines under it.
_BLOCKS = ("分情形", "判定表", "分段", "分配")


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


#: What stands under 政策 in any document.
_HEADERS_WANTED = Term(
    "“文号 ……”“发文机关 ……”“成文日期 2024年12月12日”三行",
    "文号 …, 发文机关 … and 成文日期 2024年12月12日",
)


def hole(kind: str, place: Token) -> Token:
    """What stands for a word that cannot be read: a name no one can write, an empty text, a number no measure has."""
    if kind == "_NL":
        return NEWLINE
    text, value = {"NAME": (HOLE, None), "NUMBER": ("", (Fraction(-1), ""))}.get(kind, ("", None))
    return Token(kind, text, place.start, place.end, value)


def _supplied(kind: str, place: Token) -> Token:
    """What stands for a word of a head that is missing."""
    words = {"RULE": "奖励", "SCOPE": "每户"}
    return hole(kind, place)._replace(text=words[kind]) if kind in words else hole(kind, place)


#: Lines that have others under them: the words such a line is made of, and how it is called where it is missing.
_HEADS = (
    ("RULE NAME", "奖励 名称"),
    ("CEILING NAME SCOPE", "限额 名称 每户"),
    ("SELECTION NAME", "遴选 名称"),
    ("DUTY NAME", "职责 名称"),
    ("EXAMPLE TEXT", "示例 说明"),
)


@define
class Indentation:
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

    def _misspelt_block(self) -> bool:
        """Whether the line above ends with a word like one that takes lines under it: 金额 分情况."""
        last = re.search(r"\w+$", self.cutter.text[: self.last[0].end]) if self.last is not None else None
        meant = nearest(last[0], _BLOCKS, _BLOCKS) if last and last[0] not in self.cutter.declared else None
        if last is None or meant is None:
            return False
        span = Span(*last.span())
        fix = Fix(Term(f"改成“{meant}”", f"write “{meant}”"), (Edit(span, meant),), Applicability.UNSAFE)
        self.tell(MisspeltKeyword(source=self.source, span=span, fixes=(fix,), word=last[0], meant=meant))
        return True

    def _margin(self, line: Line) -> Span:
        return Span(self.source.text.rfind("\n", 0, line.start) + 1, line.start)

    def settle(self, line: Line) -> Line:
        """Open and close blocks so that the line can be read where it stands."""
        levels = self.levels
        if line.quote and line.indent:
            fix = Fix(Term("删去空格", "delete the spaces"), (Edit(self._margin(line), ""),), Applicability.SAFE)
            self.tell(QuoteNotAtMargin(source=self.source, span=Span(line.start, line.start + 1), fixes=(fix,)))
            line = evolve(line, indent=0)
        if self._among_spaces(line):
            self.stood[self._margin(line).start] = levels[-1].indent
            return evolve(line, indent=levels[-1].indent)
        if line.indent > levels[-1].indent:
            if self.last is not None and self.machine.accepts("_INDENT"):
                inside = self.machine.mark()
                self.machine.advance("_INDENT", INDENT)
                levels.append(Level(line.indent, self.last[1], inside, self.last[0], line))
            elif not self.guessed and self._supply_word(line):
                return line
            elif self.guessed or not self.supply_head(line):
                if not self.guessed and not self._misspelt_block():
                    self.tell(UnexpectedIndent(source=self.source, span=self.first_word(line)))
                    self.unread.add(HOLE)
                levels.append(Level(line.indent, stray=True))
            return line
        if levels[-1].shifted and line.indent == levels[-2].indent and self._begins(line):
            self._shifted_too(line)
            return evolve(line, indent=levels[-1].indent)
        if self._not_indented(line):
            return evolve(line, indent=levels[-1].indent)
        self.need_block()
        while len(levels) > 1 and line.indent < levels[-1].indent:
            if line.indent > levels[-2].indent:
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
        if line.quote or not self._begins(line):
            self.machine.back(inside)
            return False
        head, before = self.last
        word = self.first_word(line)
        margin = Span(self._margin(line).start, self._margin(line).start)
        fix = Fix(Term("缩进", "indent"), (Edit(margin, "    "),), Applicability.SAFE)
        text = self.source.text
        self.levels.append(Level(line.indent + 4, before, inside, head, shifted=True))
        if self._unmeasured(line):
            self.stood[self._margin(line).start] = line.indent + 4
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
        margin = self._margin(line).start
        more = evolve(fix, edits=(*fix.edits, Edit(Span(margin, margin), "    ")))
        self.problems[told] = self.problems[told].but(fixes=(more,))

    def _among_spaces(self, line: Line) -> bool:
        """Whether a line with tabs goes on with a block that is indented with spaces, by how it begins."""
        if self.last is None or line.indent == self.levels[-1].indent or not self._unmeasured(line):
            return False
        return not self._unmeasured(self.last[0]) and self._begins(line)

    def _unmeasured(self, line: Line) -> bool:
        """Whether the margin has tabs or wide spaces, which is told: how far in they stand is anyone's guess."""
        margin = self._margin(line)
        return bool(self.source.text[margin.start : margin.end].strip(" "))

    def _begins(self, line: Line) -> bool:
        """Whether a line can begin with the reserved word it begins with."""
        word = self.first_word(line)
        roles = self.tables.words.get(self.cutter.text[word.start : word.end], ())
        return any(self.machine.accepts(kind) for kind, _ in roles)

    def without_colon(self, line: Line) -> Line:
        """A line whose first word has a colon behind it, as in 金额：5万元, without it, which is told."""
        head = None if line.quote else re.compile(r"(\w+)：").match(self.cutter.text, line.start, line.end)
        if head is None or self.headless:
            return line
        roles = self.tables.words.get(head[1], ())
        if not any(self.machine.accepts(kind) for kind, _ in roles) and not self.machine.accepts("NAME", "TEXT"):
            return line
        at = Span(head.end() - 1, head.end())
        fix = Fix(Term("换成空格", "write a space"), (Edit(at, " "),), Applicability.SAFE)
        self.tell(ColonAfterHead(source=self.source, span=at, fixes=(fix,), word=head[1]))
        (start, end), *more = line.parts
        rest = at.end + len(text := self.cutter.text[at.end : end]) - len(text.lstrip())
        return evolve(line, parts=((start, at.start), *([(rest, end)] if rest < end else []), *more))

    def _misaligned(self, line: Line) -> None:
        """Tell of an indentation between two levels, once in a block; where no line before could be read, it is theirs
        that is wrong."""
        level = self.levels[-1]
        if not level.sound or level.lost_head:
            level.indent = line.indent
        elif self._unmeasured(line):
            self.stood[self._margin(line).start] = level.indent
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
        alone = level.first is not None and self.last is not None and self.last[0] is level.first
        return level.first if alone and line.indent == usual < level.indent < usual + 4 else None

    def _tell_misaligned(self, line: Line, wanted: int) -> None:
        fix = Fix(Term("对齐", "align"), (Edit(self._margin(line), " " * wanted),), Applicability.UNSAFE)
        self.tell(Misaligned(source=self.source, span=self.first_word(line), columns=wanted, fixes=(fix,)))

    def _supply_word(self, line: Line) -> bool:
        """Where rows stand under a line that ends with what they go by (不超过 R3.7, 金额 级别), tell that 依 or 按 is missing
        before it, and read it so; whether that is so."""
        if self.last is None:
            return False
        machine, (head, before) = self.machine, self.last
        read = [one for one in machine.log[before.log :] if isinstance(one, Token) and one.kind != "_NL"]
        cited = [one for one in read if one.kind == "CITE"]
        said = read[: len(read) - len(cited)]
        first = re.compile(r"\w+").match(self.cutter.text, line.start, line.end)
        word = first[0] if first else ""
        if not said or said[-1].kind not in ("ID", "NAME"):
            return False
        option = len(word) == 1 and word.isascii()
        named = {word, said[-1].text} <= self.cutter.declared and not self.tables.words.get(word)
        row = option if said[-1].kind == "ID" else named
        missing, kind = ("依", "PER") if said[-1].kind == "ID" else ("按", "BY")
        at = Span(said[-1].start, said[-1].end)
        put_in = [*said[:-1], Token(kind, missing, at.start, at.start), said[-1], *cited, NEWLINE]
        machine.back(before)
        if not row or not all(machine.advance(one.kind, one) for one in put_in) or not machine.accepts("_INDENT"):
            machine.back(before)
            for one in (*read, NEWLINE):
                machine.advance(one.kind, one)
            return False
        inside = machine.mark()
        machine.advance("_INDENT", INDENT)
        self.levels.append(Level(line.indent, before, inside, head, line))
        fix = Fix(
            Term(f"补上“{missing}”", f"add {missing}"),
            (Edit(Span(at.start, at.start), f"{missing} "),),
            Applicability.UNSAFE,
        )
        self.tell(ByMissing(source=self.source, span=at, fixes=(fix,), word=said[-1].text, missing=missing))
        return True

    def supply_head(self, line: Line) -> bool:
        """Where a line has lost the line it stands under, tell so and put one in its place; whether that is so."""
        machine = self.machine
        word = self.first_word(line)
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
        self.tell(HeadMissing(source=self.source, span=word, word=text, heads=heads))
        self.unread.add(HOLE)
        before, place = machine.mark(), Token("", "", word.start, word.start)
        for kind in (*fitting[0][0], "_NL"):
            machine.advance(kind, _supplied(kind, place))
        inside = machine.mark()
        machine.advance("_INDENT", INDENT)
        self.levels.append(Level(line.indent, before, inside, line, headless=True, lost_head=True))
        return True

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
