"""What is put in where a head, a word or a colon too many keeps lines from being read: it is told, and they are read so."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import define, evolve

from fayan_dsl.blocks import Blocks, Level
from fayan_dsl.build_values import HOLE
from fayan_dsl.lines import Line
from fayan_dsl.machine import INDENT, NEWLINE
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.problems import ByMissing, ColonAfterHead, HeadMissing, MisspeltKeyword
from fayan_dsl.source import Span
from fayan_dsl.tokens import Token

#: Words at the end of a line that take lines under it.
_BLOCKS = ("分情形", "判定表", "分段", "分配")


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
class Supplied(Blocks):
    """Puts in what is missing; each method says whether it did."""

    def misspelt_block(self) -> bool:
        """Whether the line above ends with a word like one that takes lines under it: 金额 分情况."""
        last = re.search(r"\w+$", self.cutter.text[: self.last[0].end]) if self.last is not None else None
        meant = nearest(last[0], _BLOCKS, _BLOCKS) if last and last[0] not in self.cutter.declared else None
        if last is None or meant is None:
            return False
        span = Span(*last.span())
        fix = Fix(Term(f"改成“{meant}”", f"write “{meant}”"), (Edit(span, meant),), Applicability.UNSAFE)
        self.tell(MisspeltKeyword(source=self.source, span=span, fixes=(fix,), word=last[0], meant=meant))
        return True

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

    def supply_word(self, line: Line) -> bool:
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
