"""The two texts as one or side by side, with what was cut out and what was put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from fayan_runtime.comparison import TextPart, TextRow

#: Characters kept on either side of a change.
AROUND = 16
#: Where words may have stood that nobody has seen.
HOLE = "……"
#: What stands before and after a run that is not in both texts, by format and language.
_SIGNS = {
    ("text", "zh"): {"cut": ("〔删：", "〕"), "put": ("〔增：", "〕")},
    ("text", "en"): {"cut": ("[cut: ", "]"), "put": ("[put: ", "]")},
    ("md", "zh"): {"cut": ("~~", "~~"), "put": ("**", "**")},
    ("md", "en"): {"cut": ("~~", "~~"), "put": ("**", "**")},
}
_UNSEEN = {
    "zh": {"unseen_old": ("〔旧版未见：", "〕"), "unseen_new": ("〔新版未见：", "〕")},
    "en": {"unseen_old": ("[not seen in the old: ", "]"), "unseen_new": ("[not seen in the new: ", "]")},
}
_TAGS = {
    "cut": ("<del>", "</del>"),
    "put": ("<ins>", "</ins>"),
    "unseen_old": ('<span class="unseen">', "</span>"),
    "unseen_new": ('<span class="unseen">', "</span>"),
}


def together(rows: Sequence[TextRow]) -> list[TextPart]:
    """The rows as one run of parts, neighbours of one kind joined."""
    found: list[TextPart] = []
    for part in (part for row in rows for part in row.parts):
        if found and found[-1].kind == part.kind:
            part = evolve(part, text=found.pop().text + part.text)
        found.append(part)
    return found


def marked(parts: Sequence[TextPart], format: str = "text", whole: bool = False, language: str = "zh") -> str:
    """``whole``: what was kept is not shortened."""
    signs = _TAGS if format == "html" else _SIGNS[format, language] | _UNSEEN[language]
    said = []
    for place, part in enumerate(parts):
        text = part.text
        if part.kind == "kept":
            shown = text if whole else _shortened(text, place == 0, place == len(parts) - 1)
            said.append(_safe(shown, format))
        elif not text:  # a hole
            said.append(HOLE)
        else:
            before, after = signs[part.kind]
            said.append(before + _safe(text, format) + after)
    joined = "".join(said)
    return Markup(joined) if format == "html" else joined


def _shortened(text: str, first: bool, last: bool) -> str:
    head, tail = text[:AROUND] if not first else "", text[-AROUND:] if not last else ""
    return text if len(text) <= len(head) + len(tail) + 2 else f"{head}……{tail}"


def _safe(text: str, format: str) -> str:
    if format == "html":
        return str(escape(text))
    return text.replace("*", "\\*").replace("~", "\\~").replace("<", "&lt;") if format == "md" else text
