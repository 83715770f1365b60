"""Text on a terminal: how wide it is, and how it is broken into lines."""

from __future__ import annotations

from functools import cache
from unicodedata import east_asian_width

#: Terminal cells of a line of text.
WIDTH = 80
#: What may not end a line, what follows a number on its line, and what may not open a line.
OPENING = "（「『“‘《〈〔【［(["
UNITS = "元万亿年月日天个项条"
CLOSING = "，。；：、）」』”’！？〕】］％%,.;:)]!?/·"


@cache
def _wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: two for each wide character."""
    return len(text) + (0 if text.isascii() else sum(map(_wide, text)))


def fill(text: str, indent: int = 0, hanging: int | None = None, width: int = WIDTH) -> str:
    """Broken into lines of ``width`` cells; only what has no place to break is broken anywhere."""
    if indent + cells(text) <= width:
        return (" " * indent + text).rstrip()
    later = " " * (indent if hanging is None else hanging)
    lines: list[str] = []
    line, used = " " * indent, indent
    for piece in _pieces(text):
        whole = cells(piece)
        if used + whole > width and line.strip():
            lines.append(line.rstrip())
            line, used, piece = later, len(later), piece.lstrip()
            whole = cells(piece)
        for each in piece if used + whole > width else (piece,):
            size = whole if each is piece else cells(each)
            if used + size > width:
                lines.append(line)
                line, used = later, len(later)
            line += each
            used += size
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """What must stay together: a Chinese character, a run of anything narrow, a number with its unit, a sign with what it belongs to."""
    pieces: list[str] = []
    for each in text:
        last = pieces[-1][-1] if pieces else " "
        narrow = not _wide(each) and each != " "
        money = bool(pieces) and pieces[-1].rstrip(" ").endswith("RMB") and (each == " " or each.isdigit())
        run = narrow and last != " " and not _wide(last)
        counted = each in UNITS and (last.isdigit() or last in "万亿")
        tag = bool(pieces) and pieces[-1].startswith("〔") and "〕" not in pieces[-1] and len(pieces[-1]) < 12
        if pieces and (tag or last in OPENING or run or counted or money or (each in CLOSING and last not in " 　")):
            pieces[-1] += each
        else:
            pieces.append(each)
    return pieces
