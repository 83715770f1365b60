"""Reading a policy: a line at a time over Lark's LALR tables, so that an error costs its line and what hangs under it.

The parse is a log of shifts and reductions. A line that fails takes its part of the log away again, and what is left is
a sound parse; the tree is built from the log at the end. Where a value cannot be read the line stays, with a hole for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from attrs import define, evolve, field

from fayan_dsl import tree
from fayan_dsl.build import HOLE, Builder
from fayan_dsl.expected import expected
from fayan_dsl.lexer import NOT_A_DATE, NOT_A_NUMBER, STRAY, UNITS, Cutter, Line, Token, declared, even, lines
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term, in_order
from fayan_dsl.problems import (
    BlockMissing,
    DateWithoutYear,
    ExtraBracket,
    FileTooLarge,
    GluedWords,
    Misaligned,
    MissingPolicyHeader,
    MisspeltKeyword,
    MixedAndOr,
    NoSuchDate,
    QuoteNotAtMargin,
    StraySign,
    TabIndent,
    TooDeep,
    TooManyProblems,
    UnclosedBracket,
    UnclosedQuote,
    Unexpected,
    UnexpectedIndent,
    Unfinished,
    UnknownLine,
    UnknownUnit,
)
from fayan_dsl.source import Source, Span
from fayan_dsl.tables import Tables, load

#: Limits of the language: characters in a file, levels of brackets and indentation together.
LARGEST, DEEPEST = 4 * 1024 * 1024, 256
#: How many problems one run tells before it stops reading.
MOST = 200


def parse(source: Source, cache: Path | None = None) -> tuple[tree.Policy | None, list[Problem]]:
    """The tree of a source and what is wrong with it; None where there is nothing to go on with."""
    return parse_steps(source, cache)[:2]


def parse_steps(
    source: Source, cache: Path | None = None
) -> tuple[tree.Policy | None, list[Problem], list[Token | int]]:
    """The same, and the steps: a word taken, or ``~n`` where rule n of the tables was completed."""
    if len(source.text) > LARGEST:
        problem = FileTooLarge(source=source, span=Span(0, 0), size=len(source.text), limit=LARGEST)
        return None, [problem], []
    reader = _Reader(source, load(cache))
    return *reader.read(), reader.log


@define
class _Mark:
    """A place in the parse to come back to."""

    stack: list[int]
    log: int


@define
class _Level:
    """An open block: its indentation, the places before its head line and before its first line, and the head line."""

    indent: int
    before: _Mark | None = None
    inside: _Mark | None = None
    head: Line | None = None
    troubled: bool = False
    #: Indented where nothing can be, which has been told: what cannot be read in it follows from that.
    stray: bool = False


@define
class _Failure:
    """Where a line stopped making sense: the word (``_NL`` at the end), those read before it, brackets still open."""

    token: Token
    tokens: list[Token]
    brackets: list[Token]
    deep: bool = False


_NEWLINE, _INDENT, _DEDENT = (Token(kind, "", -1, -1) for kind in ("_NL", "_INDENT", "_DEDENT"))


def _hole(kind: str, place: Token) -> Token:
    """What stands for a word that cannot be read: a name no one can write, an empty text, a number no measure has."""
    if kind == "_NL":
        return _NEWLINE
    text, value = {"NAME": (HOLE, None), "NUMBER": ("", (Fraction(-1), ""))}.get(kind, ("", None))
    return Token(kind, text, place.start, place.end, value)


_OPENING = {"LPAR", "OF"}
_NESTING = {"LPAR", "RPAR", "OF", "THAT", "NOT", "AND", "OR", "COMMA", "AGGREGATE"}


@define
class _Reader:
    source: Source
    tables: Tables
    stack: list[int] = field(init=False)
    log: list[Token | int] = field(factory=list)
    levels: list[_Level] = field(init=False)
    problems: list[Problem] = field(factory=list)
    unread: set[str] = field(factory=set)
    cutter: Cutter = field(init=False)
    steps: list[tuple[int, str, bool]] = field(init=False)
    #: The last line read and the place before it: the head of a block that may follow.
    last: tuple[Line, _Mark] | None = None
    headless_told: bool = False
    title: str = ""
    #: Whether the cause why this line cannot be read has been told already.
    told: bool = False
    #: Whether the line before was read by a guess at what it means.
    guessed: bool = False
    #: Whether the line just read has a name in a value that the file declares nowhere.
    suspect: bool = False

    def __attrs_post_init__(self) -> None:
        text = even(self.source.text)
        self.cutter = Cutter(text, self.source.text, self.tables.words, declared(text, self.tables.words))
        self.stack = [self.tables.start]
        self.levels = [_Level(0)]
        self.steps = [(rule.size, rule.origin, rule.make != "=") for rule in self.tables.rules]

    # ------------------------------------------------------------ the whole file
    def read(self) -> tuple[tree.Policy | None, list[Problem]]:
        self._tabs()
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
        while len(self.levels) > 1:
            self._close()
        self._need_block()
        if self._headless:
            self._missing_header(Span(0, 0))
            return None, self._found(self.problems)
        self._advance("$END", _NEWLINE)
        builder = Builder(self.source, frozenset(self.unread))
        policy = builder.run(self.log, self.tables.rules)
        return policy, self._found(self.problems + builder.problems)

    def _found(self, problems: list[Problem]) -> list[Problem]:
        found = in_order(problems)
        if len(found) >= MOST:
            last = found[MOST - 1]
            found[MOST:] = [TooManyProblems(source=self.source, span=last.span, count=MOST)]
        return found

    @property
    def _headless(self) -> bool:
        return "POLICY" in self.tables.rows[self.stack[-1]]

    def _line(self, line: Line) -> bool:
        """Read one line, or tell why not; whether lines under it can be read."""
        mark = self._mark()
        self.suspect = self.guessed = False
        failure = self._try(line)
        whole = True
        if failure is not None:
            whole = self._recover(line, mark, failure)
        elif self.suspect and (stops := self._only_cut(line, mark)):
            self._tell_glued(line, stops)
        self.last = (line, mark)
        return whole

    # ------------------------------------------------------------ the machine
    def _mark(self) -> _Mark:
        return _Mark(self.stack.copy(), len(self.log))

    def _back(self, mark: _Mark) -> None:
        self.stack = mark.stack.copy()
        del self.log[mark.log :]

    def _advance(self, kind: str, token: Token) -> bool:
        """Reduce as the tables say, then shift; False (and the stack unsound) where the word has no place."""
        stack, log, rows, steps = self.stack, self.log, self.tables.rows, self.steps
        while True:
            action = rows[stack[-1]].get(kind)
            if action is None:
                return False
            if action >= 0:
                stack.append(action)
                log.append(token)
                return True
            size, origin, counts = steps[~action]
            if size:
                del stack[-size:]
            stack.append(rows[stack[-1]][origin])
            if counts:
                log.append(~action)
            if stack[-1] == self.tables.end:
                return True

    def _try(self, line: Line, stops: Sequence[int] = (), head: tuple[str, str] | None = None) -> _Failure | None:
        """Feed one line. ``stops`` are offsets where words end that are run together, ``head`` what its first word means."""
        rows, text, cutter = self.tables.rows, self.cutter.text, self.cutter
        tokens: list[Token] = []
        brackets: list[Token] = []
        depth = base = len(self.levels) - 1
        bases: list[int] = []
        if base > DEEPEST:
            return _Failure(Token(STRAY, "", line.start, line.start + 1), [], [], deep=True)
        if line.quote:
            opens = text.startswith("｜｜", line.start)
            token = Token("QUOTE", self.source.text[line.start + 1 + opens : line.end], line.start, line.end, opens)
            return None if self._advance("QUOTE", token) and self._advance("_NL", _NEWLINE) else _Failure(token, [], [])
        before = ""
        for start, end in line.parts:
            at = start
            while at < end:
                row = rows[self.stack[-1]]
                if "TEXT" in row:
                    cited = "CITE" in rows[row["TEXT"]]
                    token = cutter.prose(at, end, cited=cited)
                elif head and not tokens:
                    token = cutter.cut(at, end, row, before)
                    token = Token(*head, token.start, token.end)
                else:
                    stop = next((stop for stop in stops if at < stop < end), end) if stops else end
                    token = cutter.cut(at, stop, row, before)
                kind = token.kind
                if kind in _NESTING:
                    if kind in _OPENING:
                        bases.append(base)
                        depth = base = depth + 1
                        if kind == "LPAR":
                            brackets.append(token)
                    elif kind == "NOT":
                        depth += 1
                    elif kind == "AGGREGATE":
                        if before == "OF":
                            depth = base = bases.pop()
                    elif kind in ("RPAR", "THAT"):
                        depth = base = bases.pop() if bases else base
                        if kind == "RPAR" and brackets:
                            brackets.pop()
                        elif kind == "RPAR":
                            return _Failure(token, tokens, [])
                    else:
                        depth = base
                    if depth > DEEPEST:
                        return _Failure(token, tokens, brackets, deep=True)
                if not self._advance(kind, token):
                    return _Failure(token, tokens, brackets)
                if kind == "NAME" and token.text not in cutter.declared and "LPAR" in row:
                    self.suspect = True
                tokens.append(token)
                before = kind
                at = token.end
                while at < end and text[at].isspace():
                    at += 1
        if not self._advance("_NL", _NEWLINE):
            return _Failure(Token("_NL", "", line.end, line.end), tokens, brackets)
        return None

    def _accepts(self, kind: str) -> bool:
        """Whether a word of this kind would really be shifted."""
        mark = self._mark()
        fits = self._advance(kind, _NEWLINE)
        self._back(mark)
        return fits

    # ------------------------------------------------------------ layout
    def _tabs(self) -> None:
        raw = self.source.text
        if "\t" not in raw:
            return
        found = list(re.finditer(r"^[^\S\n]*\t[^\S\n]*(?=\S)", raw, re.MULTILINE))
        if found:
            first = found[0].start() + found[0][0].index("\t")
            edits = tuple(Edit(Span(*match.span()), match[0].expandtabs(4)) for match in found)
            fix = Fix(Term("制表符换成四个空格", "replace tabs with four spaces"), edits, Applicability.SAFE)
            self._tell(TabIndent(source=self.source, span=Span(first, first + 1), count=len(found), fixes=(fix,)))

    def _settle(self, line: Line) -> Line:
        """Open and close blocks so that the line can be read where it stands."""
        levels = self.levels
        margin = Span(line.start - line.indent if line.indent <= line.start else 0, line.start)
        if line.quote and line.indent:
            fix = Fix(Term("删去空格", "delete the spaces"), (Edit(margin, ""),), Applicability.SAFE)
            self._tell(QuoteNotAtMargin(source=self.source, span=Span(line.start, line.start + 1), fixes=(fix,)))
            line = evolve(line, indent=0)
        if line.indent > levels[-1].indent:
            if self.last is not None and self._accepts("_INDENT"):
                inside = self._mark()
                self._advance("_INDENT", _INDENT)
                levels.append(_Level(line.indent, self.last[1], inside, self.last[0]))
            else:
                if not self.guessed:
                    self._tell(UnexpectedIndent(source=self.source, span=self._first_word(line)))
                levels.append(_Level(line.indent, stray=True))
            return line
        self._need_block()
        while len(levels) > 1 and line.indent < levels[-1].indent:
            if line.indent > levels[-2].indent:
                columns = levels[-1].indent
                fix = Fix(Term("对齐", "align"), (Edit(margin, " " * columns),), Applicability.UNSAFE)
                self._tell(Misaligned(source=self.source, span=self._first_word(line), columns=columns, fixes=(fix,)))
                break
            self._close()
        return line

    def _wants_block(self) -> bool:
        """Whether nothing but a block can follow."""
        row = self.tables.rows[self.stack[-1]]
        if "_INDENT" not in row or not self._accepts("_INDENT"):
            return False
        return not any(self._accepts(kind) for kind in row if kind != "_INDENT" and kind.isupper())

    def _need_block(self) -> None:
        """Tell that the last line read wants lines under it and has none."""
        if self.last is None or not self._wants_block():
            return
        line, mark = self.last
        self._advance("_INDENT", _INDENT)
        expected = self._expected()
        self._back(mark)
        word = self._shown(line)
        self._tell(BlockMissing(source=self.source, span=Span(*line.parts[0]), word=word, expected=expected))
        self._drop(line)

    def _close(self) -> None:
        """Close a block; one in which no line could be read goes with its head, or leaves it bare where that will do."""
        level = self.levels.pop()
        if level.before is None or level.inside is None or level.head is None:
            self.levels[-1].troubled |= level.troubled
        elif not self._advance("_DEDENT", _DEDENT):
            self._back(level.inside)
            if self._wants_block():
                self._back(level.before)
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
    def _recover(self, line: Line, mark: _Mark, failure: _Failure) -> bool:
        """Tell why a line could not be read and go on as well as can be; whether lines under it can be read."""
        self._back(mark)
        first = not failure.tokens
        if self.levels[-1].stray:
            self.told = True
        elif not failure.deep and (stops := self._only_cut(line, mark)):
            self._tell_glued(line, stops)
            return True
        elif first and not line.quote and (head := self._meant(failure.token)):
            self._tell_misspelt(failure.token, head[1])
            self.told = True
            again = self._try(line, head=head)
            if again is None:
                return True
            failure, first = again, False
            self._back(mark)
        if self._headless and first:
            self._missing_header(self._first_word(line))
            self._bare_header()
            self.told = True
            return self._line(line)
        if not self.told and not (failure.deep and self.levels[-1].troubled):
            self._tell(self._diagnosis(line, mark, failure))
        self._back(mark)
        if not self._headless and (filled := self._with_hole(failure)):
            return filled == "TEXT"
        self._back(mark)
        self._drop(line)
        return False

    def _with_hole(self, failure: _Failure) -> str:
        """Keep as much of the line as can be, short of what cannot be read; the kind of word put in, or nothing."""
        places: list[tuple[_Mark, Token]] = []
        for token in (*failure.tokens, failure.token):
            if self.tables.rows[self.stack[-1]].keys() & {"LPAR", "TEXT", "NUMBER"}:
                del places[4:-4]
                places.append((self._mark(), token))
            if token is not failure.token:
                self._advance(token.kind, token)
        for mark, token in reversed(places):
            for kinds in (("NAME", "_NL"), ("TEXT", "_NL"), ("NUMBER", "TEXT", "_NL")):
                self._back(mark)
                if all(self._advance(kind, _hole(kind, token)) for kind in kinds) and not self._wants_block():
                    return kinds[-2]
        return ""

    def _missing_header(self, span: Span) -> None:
        if not self.headless_told:
            self.headless_told = True
            self._tell(MissingPolicyHeader(source=self.source, span=span))

    def _bare_header(self) -> None:
        """Put an empty header in place of the one that is missing."""
        for kind in ("POLICY", "TEXT", "_NL", "_INDENT", "HEADER", "TEXT", "_NL", "_DEDENT"):
            self._advance(kind, Token(kind, self.title if kind == "TEXT" else "", -1, -1))

    # ------------------------------------------------------------ words run together
    def _only_cut(self, line: Line, mark: _Mark) -> tuple[int, ...]:
        """The one way to cut run-together words so that the line can be read; the line is then read that way."""
        if line.quote:
            return ()
        choices: list[list[tuple[int, ...]]] = []
        heads = self._heads(line)
        for start, end in line.parts:
            for match in _LUMPS.finditer(self.cutter.text, start, end):
                if not match[1] or self.cutter.known(match[1]):
                    continue
                ways = self.cutter.parts(*match.span())
                if match.start() == line.start:
                    ways += [way for way in heads if way not in ways]
                if ways:
                    choices.append([(), *ways])
        readable: list[tuple[int, ...]] = []
        for way in itertools.islice(itertools.product(*choices[:4]), 1, 200):
            stops = tuple(itertools.chain(*way))
            if any(set(found) <= set(stops) for found in readable):
                continue
            self._back(mark)
            self.suspect = False
            if self._try(line, stops) is None and not self.suspect:
                readable.append(stops)
        self._back(mark)
        self._try(line, readable[0] if len(readable) == 1 else ())
        if len(readable) == 1:
            return readable[0]
        return ()

    def _heads(self, line: Line) -> list[tuple[int, ...]]:
        """The reserved words that fit here and stand, run together with what follows, at the start of a line."""
        words, row = self.tables.words, self.tables.rows[self.stack[-1]]
        first = self._first_word(line)
        if first.end - first.start > 64:
            return []
        stops = range(first.start + 1, first.end)
        found = {stop: words.get(self.cutter.text[first.start : stop], ()) for stop in stops}
        return [(stop,) for stop, roles in found.items() if any(kind in row for kind, _ in roles)]

    def _tell_misspelt(self, token: Token, meant: str) -> None:
        span = Span(token.start, token.end)
        fix = Fix(Term(f"改成“{meant}”", f"write “{meant}”"), (Edit(span, meant),), Applicability.UNSAFE)
        self.guessed = True
        self._tell(MisspeltKeyword(source=self.source, span=span, word=token.text, meant=meant, fixes=(fix,)))

    def _tell_glued(self, line: Line, stops: tuple[int, ...]) -> None:
        text = self.cutter.text
        lump = next(m for m in _LUMPS.finditer(text, line.start, line.end) if m[1] and m.start() < stops[0] < m.end())
        inside = [stop for stop in stops if stop < lump.end()]
        apart = " ".join(text[a:b] for a, b in itertools.pairwise([lump.start(), *inside, lump.end()]))
        title = Term("分开写", "put spaces between")
        # a part that is nowhere declared may be a slip of the pen, for a person to judge
        sure = Applicability.SAFE if tuple(inside) in self.cutter.parts(*lump.span()) else Applicability.UNSAFE
        fix = Fix(title, tuple(Edit(Span(stop, stop), " ") for stop in stops), sure)
        span = Span(*lump.span())
        self.guessed = True
        self._tell(GluedWords(source=self.source, span=span, word=lump[0], apart=apart, fixes=(fix,)))

    def _meant(self, token: Token) -> tuple[str, str] | None:
        """The reserved word a misspelt first word must mean: the only near one of those that fit here."""
        if token.text in self.tables.words:
            return None
        kinds = {kind for kind in self.tables.rows[self.stack[-1]] if self._accepts(kind)}
        fitting = {word: role for word, roles in self.tables.words.items() for role in roles if role[0] in kinds}
        meant = nearest(token.text, fitting, fitting)
        return fitting[meant] if meant else None

    # ------------------------------------------------------------ words for what is wrong
    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)

    def _shown(self, line: Line) -> str:
        return self.source.text[slice(*line.parts[0])][:40]

    def _first_word(self, line: Line) -> Span:
        match = re.compile(r"\w+|.").match(self.cutter.text, line.start, line.end)
        return Span(*match.span()) if match else Span(line.start, line.end)

    def _diagnosis(self, line: Line, mark: _Mark, failure: _Failure) -> Problem:
        source, token, tokens = self.source, failure.token, failure.tokens
        span = Span(token.start, token.end)
        text = token.text
        if failure.deep:
            return TooDeep(source=source, span=span, limit=DEEPEST)
        if token.kind in ("_NL", "CITE") and failure.brackets:
            opening = failure.brackets[-1]
            at = tokens[-1].end
            fix = Fix(Term("补上“）”", "add ）"), (Edit(Span(at, at), "）"),), Applicability.UNSAFE)
            return UnclosedBracket(source=source, span=Span(opening.start, opening.end), fixes=(fix,))
        if token.kind == "RPAR" and sum(t.kind == "LPAR" for t in tokens) == sum(t.kind == "RPAR" for t in tokens):
            fix = Fix(Term("删去“）”", "delete ）"), (Edit(span, ""),), Applicability.UNSAFE)
            return ExtraBracket(source=source, span=span, fixes=(fix,))
        if token.kind in ("AND", "OR") and (other := _other(token, tokens)):
            label = Label(Span(other.start, other.end), Term(f"前面用的是“{other.text}”", f"“{other.text}” before"))
            return MixedAndOr(source=source, span=span, labels=(label,))
        if token.kind == NOT_A_DATE:
            return NoSuchDate(source=source, span=span, text=text)
        if token.kind == NOT_A_NUMBER:
            digits = re.match(r"[\d,.]+", text)
            if re.match(r"\d{1,2}月\d{1,2}日", text):
                return DateWithoutYear(source=source, span=span, text=text)
            if digits and digits.end() < len(text):
                return self._unknown_unit(span.start + digits.end(), text[digits.end() :])
        if token.kind == STRAY:
            if closing := _CLOSING.get(text):
                return UnclosedQuote(source=source, span=span, mark=text, closing=closing)
            at_end = Applicability.SAFE if token.end == line.end else Applicability.UNSAFE
            fix = Fix(Term("删去", "delete"), (Edit(span, ""),), at_end)
            return StraySign(source=source, span=span, sign=text, fixes=(fix,))
        self._back(mark)
        for read in tokens:
            self._advance(read.kind, read)
        expected = self._expected()
        if token.kind == "_NL" and tokens:
            last = tokens[-1]
            return Unfinished(source=source, span=Span(last.start, last.end), word=last.text, expected=expected)
        if not tokens:
            return UnknownLine(source=source, span=span, word=text[:40], expected=expected)
        return Unexpected(source=source, span=span, word=text[:40], expected=expected)

    def _unknown_unit(self, at: int, unit: str) -> Problem:
        span = Span(at, at + len(unit))
        meant = nearest(unit, UNITS, UNITS)
        fixes: tuple[Fix, ...] = ()
        if meant:
            title = Term(f"改成“{meant}”", f"write “{meant}”")
            fixes = (Fix(title, (Edit(span, meant),), Applicability.UNSAFE),)
        return UnknownUnit(source=self.source, span=span, unit=unit, fixes=fixes)

    def _expected(self) -> Term:
        row = self.tables.rows[self.stack[-1]]
        return expected({kind for kind in row if not kind.islower() and self._accepts(kind)}, self.tables)


_CLOSING = {"「": "」", "“": "”", '"': '"'}
_LUMPS = re.compile(r"「[^」\n]*」|“[^”\n]*”|([\w.%/·]+)")


def _other(token: Token, tokens: Sequence[Token]) -> Token | None:
    """The 或 that an 且 is mixed with (or the reverse), in the same brackets."""
    depth = 0
    for read in reversed(tokens):
        if read.kind in ("RPAR", "THAT"):
            depth += 1
        elif read.kind in _OPENING:
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and read.kind in ("AND", "OR") and read.kind != token.kind:
            return read
    return None
