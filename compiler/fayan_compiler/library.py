"""The documents a policy may refer to: what is told of each without reading it whole, and which version holds on a day.

Nothing here reads a file: a door fills the library with the heads it finds and the trees of what is referred to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from fayan_dsl import tree
from fayan_dsl.figures import figures_in
from fayan_dsl.lines import even

_LINE = re.compile(r"^[^\S\n]+(\w+)[^\S\n]+(.*?)[^\S\n]*$")
_KEYS = {
    "number": "文号", "dated": "成文日期", "effective": "施行日期", "valid_until": "有效期至", "previous": "前版", "repeals": "废止",
}  # fmt: skip


@frozen(kw_only=True)
class Head:
    """What the header of a document says. ``source`` is where it lies; ``replaces`` are the numbers of earlier versions.

    A document whose date was not seen counts as the earliest of its versions.
    """

    source: str
    title: str
    number: str
    effective: date | None
    until: date | None = None
    replaces: tuple[str, ...] = ()
    #: Whether its words are on file, all of them.
    recorded: bool = True


@frozen
class Library:
    """The documents that a policy may refer to: their heads, and those that were read."""

    heads: tuple[Head, ...] = ()
    #: Number → tree, of the documents that were read.
    trees: Mapping[str, tree.Policy] = field(factory=dict)
    #: False where it was not looked through; the door has said why.
    complete: bool = True

    def named(self, number: str) -> list[Head]:
        """The documents of this number; more than one is a fault of the library."""
        return [head for head in self.heads if head.number == number]

    def versions(self, number: str) -> list[Head]:
        """All versions of a document, the earliest first: what it replaces and what replaces it, step by step."""
        family = {number}
        while True:
            more = {head.number for head in self.heads if family & set(head.replaces)}
            more |= {earlier for head in self.heads if head.number in family for earlier in head.replaces}
            if more <= family:
                break
            family |= more
        found = [head for head in self.heads if head.number in family]
        return sorted(found, key=lambda head: (head.effective or date.min, head.number))

    def picked(self, number: str, on: date | None) -> Head | None:
        """The one document of this number, or the version of it in force on a day: the last to take effect, unless it has lapsed."""
        if on is None or len(self.named(number)) != 1:
            found = self.named(number)
        else:
            begun = [head for head in self.versions(number) if (head.effective or date.min) <= on]
            found = [head for head in begun[-1:] if head.until is None or on <= head.until]
        return found[0] if len(found) == 1 else None


def asked(node: tree.Import) -> tuple[str, date | None]:
    """The number a line 引用 names, and the day on which the version is to be in force."""
    return even(node.number.text), date.fromisoformat(node.version.iso) if node.version else None


def head_of(text: str, source: str) -> Head | None:
    """The head of a policy from its first lines; None where that is no policy with a number."""
    lines = iter(even(text).splitlines())
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            opening = re.match(r"\ufeff?(?:政策|policy)\s+(.*)", line)
            if opening is None:
                return None
            title = opening[1].strip()
            break
    else:
        return None
    found: dict[str, str] = {}
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            break
        found.setdefault(_KEYS.get(match[1], match[1]), match[2])
    effective = _day(found["施行日期"] if "施行日期" in found else found.get("成文日期", ""))
    if not found.get("文号"):
        return None
    return Head(
        source=source,
        title=title,
        number=found["文号"],
        effective=effective,
        until=_day(found.get("有效期至", "")),
        replaces=tuple(found[key] for key in ("前版", "废止") if key in found),
        recorded=not {"原文未见", "原文未录"} & set(found),
    )


def _day(text: str) -> date | None:
    for token in figures_in(text):
        return date.fromisoformat(str(token.value)) if token.kind == "DATE" else None
    return None
