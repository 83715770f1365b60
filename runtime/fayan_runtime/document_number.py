"""The number of an official document (文号) in its one form, so that two ways of writing it are not two documents.

Brackets of every kind become 〔〕, digits and signs half-width, space inside is dropped; nothing else is changed or guessed.
"""

from __future__ import annotations

import re

#: Full-width letters, digits and signs as their half-width twins.
HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0x2212: "-"}

_ISSUER = "[\u4e00-\u9fff]+"
_BRACKETED = re.compile(rf"({_ISSUER})[\[({{<〔【〖〈《「『❲]([0-9]{{4}})[\])}}>〕】〗〉》」』❳]([1-9][0-9]*)号")
#: Announcements and orders: 税务总局公告2022年第3号, 国务院令第512号.
_NUMBERED = re.compile(rf"{_ISSUER}(?:公告[0-9]{{4}}年|令)第[1-9][0-9]*号")


def normal(text: str) -> str | None:
    """The number in its one form; None for what is not the number of a document."""
    plain = re.sub(r"\s+", "", text.translate(HALF_WIDTH))
    if match := _BRACKETED.fullmatch(plain):
        issuer, year, number = match.groups()
        return f"{issuer}〔{year}〕{number}号"
    return plain if _NUMBERED.fullmatch(plain) else None
