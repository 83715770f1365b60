"""Cutting lines into words, and run-together words into their parts.

A word is reserved only where the grammar's state has room for it, and a plain name everywhere else.
"""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import define, field

from fayan_dsl.numbers import DATE, NUMBER, SPOKEN, UNIT_WORD, WHOLE, dated, numeral, share, worth
from fayan_dsl.tokens import NOT_A_NUMBER, STRAY, Row, Token, Words

_WORD = re.compile(r"[^\W\d]\w*")
_WORDS = re.compile(r"\w+")
_ID = re.compile(r"[A-Z]+\d+(?:\.\d+)?(?![\w.])")
_LUMP = re.compile(r"[\w.%/·]+")
_STRING = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_CITE = re.compile(r"「[^」\n]*」")
_LAST_CITE = re.compile(r"(.*?)\s*(「[^」\n]*」)$", re.DOTALL)
_SIGNS = {"（": "LPAR", "）": "RPAR", "，": "COMMA", ",": "COMMA", "、": "ENUMCOMMA", "：": "COLON"}
_SIGNS |= {"+": "ADD", "-": "ADD", "×": "MUL", "÷": "MUL", "/": "MUL"}
_SAME_SIGN = {"/": "÷", ",": "，"}
#: Words that hold a sentence together are never names, so that a misplaced one is seen where it stands.
_NEVER_NAMES = {"AND", "OR", "NOT", "COMPARE", "OF", "THAT", "AT", "IN", "HAS", "HASALL"}


@define
class Cutter:
    """Cuts words off one text. ``declared`` are the names the file declares anywhere, ``said`` words people write for ours."""

    text: str
    raw: str
    words: Words
    declared: set[str] = field(factory=set)
    said: frozenset[str] = frozenset()

    def prose(self, start: int, end: int, *, cited: bool) -> Token:
        """The rest of a line as a text, short of the quotation at its end where the grammar has room for one."""
        text = self.raw[start:end]
        if cited and (match := _LAST_CITE.match(text)):
            text = match[1]
        return Token("TEXT", text.strip(), start, start + len(text.rstrip()))

    def cut(self, at: int, end: int, row: Row, before: str) -> Token:
        """The word at ``at`` (no space), in a state with ``row``, after a word of kind ``before``."""
        text = self.text
        char = text[at]
        if char.isdigit() or (char == "-" and "NUMBER" in row and "ADD" not in row):
            return self._number(at, end, row, before)
        match = _WORD.match(text, at, end)
        if match:
            return self._word(match, end, row, before)
        kind = _SIGNS.get(char)
        if kind:
            return Token(kind, _SAME_SIGN.get(char, char), at, at + 1)
        if match := _CITE.match(text, at, end):
            return Token("CITE", self.raw[at + 1 : match.end() - 1], at, match.end())
        if match := _STRING.match(text, at, end):
            return Token("STRING", match[0], at, match.end(), self.raw[at + 1 : match.end() - 1])
        if char in "%㎡" and "UNIT" in row:
            return Token("UNIT", "平方米" if char == "㎡" else char, at, at + 1)
        return Token(STRAY, char, at, at + 1)

    def _word(self, match: re.Match[str], end: int, row: Row, before: str) -> Token:
        at, stop = match.span()
        word = match[0]
        roles = self.words.get(word)
        if roles:
            for kind, chinese in roles:
                if kind in row and (kind != "OUTCOME" or word not in self.declared):
                    return Token(kind, chinese, at, stop)
            if roles[0][0] in _NEVER_NAMES:
                return Token(roles[0][0], roles[0][1], at, stop)
            for kind, chinese in roles:
                if kind in _NEVER_NAMES:
                    return Token(kind, chinese, at, stop)
        if word[0].isascii() and (named := _ID.match(self.text, at, end)) and ("ID" in row or "." in named[0]):
            return Token("ID", named[0], at, named.end())
        if "UNIT" in row and (unit := UNIT_WORD.match(self.text, at, end)):
            shown = unit[0].replace("㎡", "平方米")
            return Token("UNIT", shown, at, unit.end())
        if "NUMBER" in row and word not in self.declared:
            if before == "MEASURE" and (whole := WHOLE.match(self.text, at, end)):
                return Token("NUMBER", word, at, stop, (Fraction(numeral(whole[0])), ""))
            if spoken := SPOKEN.fullmatch(word):
                return Token("NUMBER", word, at, stop, (share(spoken), ""))
        # a bracket of another kind is mended, and the name before it is called all the same
        if "CALL" in row and stop < end and self.text[stop] in "（【〔[{［｛":
            return Token("CALL", word, at, stop)
        return Token("NAME", word, at, stop)

    def _number(self, at: int, end: int, row: Row, before: str) -> Token:
        text = self.text
        if before == "MEASURE":
            match = WHOLE.match(text, at, end)
            if match:
                return Token("NUMBER", match[0], at, match.end(), (Fraction(match[0]), ""))
        elif "NUMBER" in row or "YEARDATE" in row or "DATE" in row:
            match = DATE.match(text, at, end)
            if match and self._ends(match.end(), end):
                return dated(match)
            match = NUMBER.match(text, at, end)
            if match and self._ends(match.end(), end):
                return Token("NUMBER", match[0].replace(" ", ""), at, match.end(), worth(match))
        name = _WORDS.match(text, at, end)
        if name and "NAME" in row:
            follows = text[name.end() : name.end() + 1] if name.end() < end else ""
            if "NUMBER" not in row or follows == "：" or name[0] in self.declared:
                if follows == "（" and "CALL" in row:
                    return Token("CALL", name[0], at, name.end())
                return Token("NAME", name[0], at, name.end())
        lump = _LUMP.match(text, at, end)
        stop = lump.end() if lump else at + 1
        return Token(NOT_A_NUMBER, text[at:stop], at, stop)

    def _ends(self, at: int, end: int) -> bool:
        if at >= end:
            return True
        char = self.text[at]
        return not (char == "_" or char.isalnum() or (char == "." and self.text[at + 1 : at + 2].isdigit()))

    # ------------------------------------------------------------ run-together words
    def parts(self, start: int, end: int, limit: int = 16) -> list[tuple[int, ...]]:
        """Every way to cut ``start..end`` wholly into declared names, reserved words and numbers: offsets of the cuts."""
        if end - start > 64:
            return []
        found: list[tuple[int, ...]] = []
        paths: list[tuple[int, tuple[int, ...]]] = [(start, ())]
        tried = 0
        while paths and len(found) < limit and tried < 2000:
            at, cuts = paths.pop()
            tried += 1
            if at == end:
                found.append(cuts[:-1])
                continue
            stops = {at + n for n in range(1, end - at + 1) if self.known(self.text[at : at + n])}
            for pattern in (DATE, NUMBER):
                if match := pattern.match(self.text, at, end):
                    stops.add(match.end())
            paths += [(stop, (*cuts, stop)) for stop in sorted(stops)]
        return [cuts for cuts in found if cuts]

    def known(self, word: str) -> bool:
        return word in self.declared or word in self.words or word in self.said
