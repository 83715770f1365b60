"""Two texts laid beside each other: what of one stands in the other, what was cut out and what was put in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from fayan_runtime import ir

#: A number or a Latin word changes as a whole, and so does a year in brackets (〔2024〕); a Chinese character by itself.
_TOKEN = re.compile(r"〔[0-9]+〕|[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
#: A measure as a text calls it.
_MEASURE = re.compile(r"(?<=第)[0-9]+(?=条)")
#: A number as it is written: 10万, 100,000, 0.01亿.
_NUMBER = re.compile(r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?P<part>\.[0-9]+)?(?P<times>万亿|[万亿]?)")
_TIMES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
#: Between two changes a single character in common is there by chance: 工业 → 制造业集群, not 工→制造, 业, +集群.
_BY_CHANCE = 1


@frozen(kw_only=True)
class TextPart:
    """A run of characters of 原文: kept, cut out or put in; or on one side only, where it may have stood in what of the other was not
    seen (``unseen_old``, ``unseen_new``)."""

    kind: Literal["kept", "cut", "put", "unseen_old", "unseen_new"]
    text: str


@frozen(kw_only=True)
class TextRow:
    """A sentence of the old text and what became of it in the new one (or several, where only pieces are on file).

    A side that is empty is not there."""

    old: tuple[ir.Sentence, ...]
    new: tuple[ir.Sentence, ...]
    parts: tuple[TextPart, ...]

    def reworded(self, became: Mapping[int, int], called: Iterable[tuple[str, str]] = ()) -> bool:
        """Whether the words are others; the width of a character, white space, how a number is written (10万元, 100000元), a measure called
        by its new number and what is ``called`` by a new name apart."""

        def number(found: re.Match[str]) -> str:
            return str(became.get(int(found[0]), int(found[0])))

        one, other = ("".join("".join(each.text for each in side).split()) for side in (self.old, self.new))
        one = _MEASURE.sub(number, one)
        for name, new in called:
            one = one.replace(name, new)
        return _plain(one) != _plain(other)


def _plain(text: str) -> str:
    """In characters of one width, with each number written out."""

    def worth(found: re.Match[str]) -> str:
        return str(Fraction(found["digits"].replace(",", "") + (found["part"] or "")) * _TIMES[found["times"]])

    return _NUMBER.sub(worth, unicodedata.normalize("NFKC", text))


def apart(one: str, other: str) -> list[TextPart]:
    """What was kept, cut out and put in, as few runs as can be read at a glance."""
    return _after_marks(list(_runs(one, other)))


def _runs(one: str, other: str) -> Iterator[TextPart]:
    before, after = _TOKEN.findall(one), _TOKEN.findall(other)
    codes = SequenceMatcher(None, before, after, False).get_opcodes()
    kept = [
        (i1, i2, j1, j2)
        for place, (tag, i1, i2, j1, j2) in enumerate(codes)
        if tag == "equal" and not (0 < place < len(codes) - 1 and _by_chance(before[i1:i2]))
    ]
    i = j = 0
    for i1, i2, j1, j2 in [*kept, (len(before), len(before), len(after), len(after))]:
        parts = (
            TextPart(kind="cut", text="".join(before[i:i1])),
            TextPart(kind="put", text="".join(after[j:j1])),
            TextPart(kind="kept", text="".join(before[i1:i2])),
        )
        yield from (part for part in parts if part.text)
        i, j = i2, j2


def _after_marks(parts: list[TextPart]) -> list[TextPart]:
    """With what was only cut out, or only put in, beginning after a mark, where it says the same: “甲，［最多乙、］最少丙” for “甲，最［多乙、最］少丙”."""
    for place in range(1, len(parts) - 1):
        before, run, after = parts[place - 1 : place + 2]
        if not (before.kind == after.kind == "kept" != run.kind):
            continue
        moved = 0
        while moved < min(len(before.text) - 1, len(run.text)) and before.text[-1 - moved] == run.text[-1 - moved]:
            moved += 1
            if unicodedata.category(before.text[-1 - moved]).startswith("P"):
                head, tail = run.text[:-moved], run.text[-moved:]
                parts[place - 1] = evolve(before, text=before.text[:-moved])
                parts[place] = evolve(run, text=tail + head)
                parts[place + 1] = evolve(after, text=tail + after.text)
                break
    return parts


def _by_chance(tokens: list[str]) -> bool:
    said = "".join(tokens)
    return len(said) <= _BY_CHANCE and not unicodedata.category(said).startswith("P")
