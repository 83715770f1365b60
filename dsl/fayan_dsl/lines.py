"""Lines as a drafter means them: signs made equal, margins measured, what carries a line on joined to it.

Nothing moves when signs are made equal (every sign has one twin), so every offset is one of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

# ---------------------------------------------------------------- signs and their twins
_TWINS = {ord("Ａ") + i: chr(ord("A") + i) for i in range(26)} | {ord("ａ") + i: chr(ord("a") + i) for i in range(26)}
_TWINS |= {ord("０") + i: str(i) for i in range(10)}
# the ASCII comma has no twin: it groups thousands
_TWINS |= dict(zip(map(ord, "():|*／＋－−％．﹪＿\u00a0"), "（）：｜×/+--%.%_ ", strict=True))
_AFTER_MARGIN = re.compile(r"\S[^\n]*")


def even(text: str) -> str:
    """The text with full-width and half-width signs made equal, offset by offset; only margins keep wide spaces."""
    text = text.translate(_TWINS)
    return _AFTER_MARGIN.sub(lambda match: match[0].replace("　", " "), text) if "　" in text else text


def columns(margin: str) -> int:
    """How far in a line with this margin stands: a tab goes to the next fourth column, a full-width space is two wide."""
    return len(margin.replace("　", "  ").expandtabs(4))


# ---------------------------------------------------------------- lines
@frozen
class Line:
    """A line of the drafter: with the lines that carry it on, without comments. ``parts`` are offsets of its pieces."""

    indent: int
    parts: tuple[tuple[int, int], ...]
    quote: bool = False

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


_LINE = re.compile(r"\ufeff?([^\S\n]*)([^\n]*)\n?")
_COMMENT = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|(?<!\S)#")
_CARRIES_ON = re.compile(r"(?:且|或|and|or)(?!\w)|[+×÷*/、]|-(?!\d)")
#: The same run together with the word after it, or else a name that begins so: 或有负债.
_MAY_CARRY_ON = re.compile(r"且|或")


def lines(text: str) -> Iterator[Line]:
    """The lines of an evened text; empty ones and comments are no lines.

    A line carries on the one before when it begins with a word that must (且、或、an operator、、); when it stands deeper, also
    where the one before ends with 、 or where 且 or 或 is run together with what follows.
    """
    pending: list[tuple[int, int]] = []
    indent = 0
    for match in _LINE.finditer(text):
        start, end = match.span(2)
        content = match[2].rstrip()
        if not content or content[0] == "#":
            continue
        width = columns(match[1])
        if content[0] == "｜":
            if pending:
                yield Line(indent, tuple(pending))
                pending = []
            yield Line(width, ((start, start + len(content)),), True)
            continue
        end = start + len(content)
        if "#" in content:
            end = next((start + m.start() for m in _COMMENT.finditer(content) if m[0] == "#"), end)
            end = start + len(text[start:end].rstrip())
        if pending and (
            _CARRIES_ON.match(content)
            or (width > indent and (text[pending[-1][1] - 1] == "、" or _MAY_CARRY_ON.match(content)))
        ):
            pending.append((start, end))
            continue
        if pending:
            yield Line(indent, tuple(pending))
        pending, indent = [(start, end)], width
    if pending:
        yield Line(indent, tuple(pending))
