"""Feeding lines to the LALR tables: a log of shifts and reductions that can be taken back to any mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from fayan_dsl.expected import expected
from fayan_dsl.lexer import Cutter
from fayan_dsl.lines import Line
from fayan_dsl.problem import Term
from fayan_dsl.tables import Tables
from fayan_dsl.tokens import STRAY, Token

#: Levels of brackets and indentation together.
DEEPEST = 256

NEWLINE, INDENT, DEDENT = (Token(kind, "", -1, -1) for kind in ("_NL", "_INDENT", "_DEDENT"))
_OPENING = {"LPAR", "OF"}
_NESTING = {"LPAR", "RPAR", "OF", "THAT", "NOT", "AND", "OR", "COMMA", "AGGREGATE"}


@define
class Mark:
    """A place in the parse to come back to."""

    stack: list[int]
    log: int


@define
class Failure:
    """Where a line stopped making sense: the word (``_NL`` at the end), those read before it, brackets still open."""

    token: Token
    tokens: list[Token]
    brackets: list[Token]
    deep: bool = False


@define
class Machine:
    tables: Tables
    cutter: Cutter
    stack: list[int] = field(init=False)
    log: list[Token | int] = field(factory=list)
    #: Names in values of the line fed last that the file declares nowhere.
    suspects: list[Token] = field(factory=list)
    _steps: list[tuple[int, str, bool]] = field(init=False)
    #: The terminals that share a word with another.
    _shared: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.stack = [self.tables.start]
        self._steps = [(rule.size, rule.origin, rule.make != "=") for rule in self.tables.rules]
        self._shared = {kind for roles in self.tables.words.values() if len(roles) > 1 for kind, _ in roles}

    @property
    def row(self) -> dict[str, int]:
        return self.tables.rows[self.stack[-1]]

    def mark(self) -> Mark:
        return Mark(self.stack.copy(), len(self.log))

    def back(self, mark: Mark) -> None:
        self.stack = mark.stack.copy()
        del self.log[mark.log :]

    def advance(self, kind: str, token: Token) -> bool:
        """Reduce as the tables say, then shift; False (and the stack unsound) where the word has no place."""
        stack, log, rows, steps = self.stack, self.log, self.tables.rows, self._steps
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

    def accepts(self, *kinds: str) -> bool:
        """Whether words of these kinds would really be shifted, one after the other."""
        mark = self.mark()
        fits = all(self.advance(kind, NEWLINE) for kind in kinds)
        self.back(mark)
        return fits

    def fitting(self) -> set[str]:
        """The terminals that have a place here."""
        return {kind for kind in self.row if not kind.islower() and self.accepts(kind)}

    def expected(self) -> Term:
        return expected(self.fitting(), self.tables)

    def feed(
        self, line: Line, depth: int, stops: Sequence[int] = (), instead: Mapping[int, Token] | None = None
    ) -> Failure | None:
        """Feed one line. ``stops`` are offsets where words end that are run together; ``instead`` has, by offset, words
        to be read in place of what stands there."""
        rows, text, cutter = self.tables.rows, self.cutter.text, self.cutter
        tokens: list[Token] = []
        brackets: list[Token] = []
        base = depth
        bases: list[int] = []
        self.suspects = []
        if base > DEEPEST:
            return Failure(Token(STRAY, "", line.start, line.start + 1), [], [], deep=True)
        if line.quote:
            return self._quote(line)
        before = ""
        for start, end in line.parts:
            at = start
            while at < end:
                row = rows[self.stack[-1]]
                if instead and at in instead:
                    token = instead[at]
                elif "TEXT" in row:
                    cited = "CITE" in rows[row["TEXT"]]
                    token = cutter.prose(at, end, cited=cited)
                else:
                    stop = next((stop for stop in stops if at < stop < end), end) if stops else end
                    token = cutter.cut(at, stop, row, before)
                    if token.kind in self._shared:
                        token = self._settled(token)
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
                            return Failure(token, tokens, [])
                    else:
                        depth = base
                    if depth > DEEPEST:
                        return Failure(token, tokens, brackets, deep=True)
                if not self.advance(kind, token):
                    return Failure(token, tokens, brackets)
                if kind == "NAME" and token.text not in cutter.declared and "LPAR" in row:
                    self.suspects.append(token)
                elif kind == "COLON" and self.suspects and self.suspects[-1] is tokens[-1]:
                    self.suspects.pop()  # the name of a condition, declared here
                tokens.append(token)
                before = kind
                at = token.end
                while at < end and text[at].isspace() and not (instead and at in instead):
                    at += 1
        if not self.advance("_NL", NEWLINE):
            return Failure(Token("_NL", "", line.end, line.end), tokens, brackets)
        return None

    def _settled(self, token: Token) -> Token:
        """A word of several terminals as the one that has a place here: a state may list others for what is around it."""
        roles = self.tables.words.get(self.cutter.text[token.start : token.end], [])
        fitting = (Token(kind, word, token.start, token.end) for kind, word in roles if self.accepts(kind))
        return next(fitting, token)

    def _quote(self, line: Line) -> Failure | None:
        opens = self.cutter.text.startswith("｜｜", line.start)
        said = self.cutter.raw[line.start + 1 + opens : line.end]
        token = Token("QUOTE", said, line.start, line.end, opens)
        if self.advance("QUOTE", token) and self.advance("_NL", NEWLINE):
            return None
        return Failure(token, [], [])
