"""The two texts as one, with what was cut out and what was put in; long runs that were kept are shortened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from fayan_runtime.comparison import TextPart

#: Characters kept on either side of a change.
AROUND = 16
_SIGNS = {
    "text": {"cut": ("〔删：", "〕"), "put": ("〔增：", "〕")},
    "md": {"cut": ("~~", "~~"), "put": ("**", "**")},
    "html": {"cut": ("<del>", "</del>"), "put": ("<ins>", "</ins>")},
}


def marked(parts: Sequence[TextPart], format: str = "text") -> str:
    said = []
    for place, part in enumerate(parts):
        text = part.text.replace("\n", "" if format != "html" else " ")
        if part.kind == "kept":
            said.append(_safe(_shortened(text, place == 0, place == len(parts) - 1), format))
        else:
            before, after = _SIGNS[format][part.kind]
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
