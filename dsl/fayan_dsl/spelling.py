"""How a word of a policy is written: half-width digits, full-width punctuation, keywords in Chinese or in English."""

from __future__ import annotations

from attrs import define, field

from fayan_dsl.declared import declared
from fayan_dsl.lines import even
from fayan_dsl.problem import Language
from fayan_dsl.source import Source
from fayan_dsl.tables import Tables
from fayan_dsl.tokens import Token

_NO_SPACE_BEFORE = {"RPAR", "COMMA", "ENUMCOMMA", "COLON"}
_NO_SPACE_AFTER = {"LPAR", "COMMA", "ENUMCOMMA", "COLON", "CALL"}


@define
class Spelling:
    """Writes words. ``keywords`` is the language of the grammar's own words; None leaves each as it is."""

    source: Source
    tables: Tables
    keywords: Language | None = None
    _english: dict[tuple[str, str], str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = declared(even(self.source.text), self.tables.words)
        self._english = {
            role: word
            for word, roles in self.tables.words.items()
            for role in roles
            # the word for an outcome stands where names do: as one that is declared it would be read as that
            if word[0].isascii() and word[0].isalpha() and (role[0] != "OUTCOME" or word not in names)
        }

    def write(self, token: Token) -> str:
        match token.kind:
            case "QUOTE":
                return ("｜｜" if token.value else "｜") + token.text.strip()
            case "CITE":
                return f"「{token.text}」"
            case "STRING":
                return f'"{token.value}"' if "”" in str(token.value) else f"“{token.value}”"
            case "DATE" | "MONTHDATE" | "YEARDATE":
                return token.text.replace(" ", "")
        english = self._english.get((token.kind, token.text))
        if english is None or self.keywords == "zh":
            return token.text
        return english if self.keywords == "en" else even(self.source.text[token.start : token.end])


def gap(before: Token, after: Token) -> str:
    """What stands between two words of a line."""
    return "" if before.kind in _NO_SPACE_AFTER or after.kind in _NO_SPACE_BEFORE else " "


def said(token: Token) -> tuple[str, object]:
    """What a word says, however it is typed."""
    if token.kind in ("STRING", "DATE", "MONTHDATE", "YEARDATE"):
        return token.kind, token.value
    return token.kind, (token.text.strip(), token.value)
