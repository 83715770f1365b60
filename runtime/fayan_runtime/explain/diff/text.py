"""The two texts as one or side by side, with what was cut out and what was put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve
from markupsafe import Markup, escape

from fayan_runtime.texts import TextPart

if TYPE_CHECKING:
    from fayan_runtime.texts import TextRow

#: Characters kept on either side of a change.
AROUND = 16
#: Words of no more characters that took the place of others are told with an arrow: “［20→15］”.
SHORT = 12
#: Where a clause may be cut off.
_MARKS = "。；：！？，、　"
#: How a sentence ends, and what stands after one that does not.
_ENDS, _GAP = ("。", "；", "：", "！", "？", "，", "、"), "　"
#: Where words may have stood that nobody has seen.
HOLE = "……"
#: What stands before and after a run that is not in both texts, by format and language: brackets that no document number has.
_TEXT = {
    "zh": {"cut": ("［删：", "］"), "put": ("［增：", "］"), "both": ("［", "→", "］")},
    "en": {"cut": ("[cut: ", "]"), "put": ("[put: ", "]"), "both": ("[", " → ", "]")},
}
#: In Markdown too: ~~ and ** do not hold beside punctuation where no space stands between, as in Chinese.
_MD = {"cut": ("<del>", "</del>"), "put": ("<ins>", "</ins>")}
_UNSEEN = {
    "zh": {"unseen_old": ("［旧版未见：", "］"), "unseen_new": ("［新版未见：", "］")},
    "en": {"unseen_old": ("[not seen in the old: ", "]"), "unseen_new": ("[not seen in the new: ", "]")},
}
_TAGS = {
    "cut": ("<del>", "</del>"),
    "put": ("<ins>", "</ins>"),
    "unseen_old": ('<span class="unseen">', "</span>"),
    "unseen_new": ('<span class="unseen">', "</span>"),
}


def together(rows: Sequence[TextRow]) -> list[TextPart]:
    """The rows as one run of parts, neighbours of one kind joined; a space after what ends in no mark, as a title does."""
    found: list[TextPart] = []
    for row in rows:
        if found and row.parts and not found[-1].text.endswith(_ENDS):
            _join(found, TextPart(kind="kept", text=_GAP))
        for part in row.parts:
            _join(found, part)
    return found


def _join(found: list[TextPart], part: TextPart) -> None:
    if found and found[-1].kind == part.kind:
        part = evolve(part, text=found.pop().text + part.text)
    found.append(part)


def marked(
    parts: Sequence[TextPart], format: str = "text", whole: bool = False, language: str = "zh", around: int = AROUND
) -> str:
    """``whole``: what was kept is not shortened, else to ``around`` characters beside a change."""
    signs = _TAGS if format == "html" else (_MD if format == "md" else _TEXT[language]) | _UNSEEN[language]
    said: list[str] = []
    for place, part in enumerate(parts):
        text = part.text
        if part.kind == "kept":
            shown = text if whole else _shortened(text, place == 0, place == len(parts) - 1, around)
            said.append(_safe(shown, format))
        elif not text:  # a hole
            said.append(HOLE)
        elif format == "text" and part.kind == "put" and _short(parts, place):
            before, arrow, after = _TEXT[language]["both"]
            said[-1] = f"{before}{parts[place - 1].text}{arrow}{text}{after}"
        else:
            before, after = signs[part.kind]
            said.append(before + _safe(text, format) + after)
    joined = "".join(said)
    return Markup(joined) if format == "html" else joined


def _short(parts: Sequence[TextPart], place: int) -> bool:
    """Whether what was put in took the place of what stands before it, both of them short."""
    both = parts[max(place - 1, 0) : place + 1]
    return [each.kind for each in both] == ["cut", "put"] and all(0 < len(each.text) <= SHORT for each in both)


def _shortened(text: str, first: bool, last: bool, around: int) -> str:
    head = "" if first else text[: _to_a_mark(text, around)]
    tail = "" if last else text[max(0, len(text) - _to_a_mark(text[::-1], around, before=True)) :]
    return text if len(text) <= len(head) + len(tail) + 2 else f"{head}……{tail}"


def _to_a_mark(text: str, around: int, before: bool = False) -> int:
    """How many characters to keep: as far as the next mark (``before`` it), where one is near, so that no word is cut."""
    for place in range(around - 1, min(2 * around, len(text))):
        if text[place] in _MARKS:
            return place + (not before)
    return around


def _safe(text: str, format: str) -> str:
    if format == "html":
        return str(escape(text))
    return text.replace("*", "\\*").replace("~", "\\~").replace("<", "&lt;") if format == "md" else text
