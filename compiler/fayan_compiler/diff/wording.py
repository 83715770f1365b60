"""Two texts laid side by side: sentence beside sentence, and within a pair what was cut out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from fayan_runtime import ir
from fayan_runtime.comparison import TextPart, TextRow

#: A number or a Latin word changes as a whole; so does a Chinese character.
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
#: Sentences that share less than this of their characters are not one sentence reworded.
_ALIKE = 0.4


def text_rows(old: ir.Measure, new: ir.Measure) -> tuple[TextRow, ...]:
    """The sentences of two measures, white space inside a line apart; empty where they are equal."""
    one, other = ([_plain(each.text) for each in side.sentences] for side in (old, new))
    if one == other:
        return ()
    return tuple(
        TextRow(
            old=tuple(old.sentences[i] for i in olds),
            new=tuple(new.sentences[j] for j in news),
            parts=tuple(_parts("".join(one[i] for i in olds), "".join(other[j] for j in news))),
        )
        for olds, news in _pairs(one, other, bool(old.unseen or new.unseen))
    )


def _plain(text: str) -> str:
    return "".join(text.split())


def _pairs(one: Sequence[str], other: Sequence[str], partly: bool) -> Iterator[tuple[range, range]]:
    """Positions that belong together, in order of both texts; what was cut stands before what was put in its place.

    Of a text that is ``partly`` on file there may be pieces of sentences: where none is like another they are compared together.
    """
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, False).get_opcodes():
        if tag == "equal":
            yield from ((range(i, i + 1), range(j, j + 1)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True))
            continue
        pairs = [*_most_alike(one, other, range(i1, i2), range(j1, j2))]
        if partly and tag == "replace" and not any(olds and news for olds, news in pairs):
            pairs = [(range(i1, i2), range(j1, j2))]
        yield from pairs


def _most_alike(one: Sequence[str], other: Sequence[str], olds: range, news: range) -> Iterator[tuple[range, range]]:
    """The pairing in order that has the most in common (Needleman and Wunsch, 1970)."""
    likeness = {(i, j): SequenceMatcher(None, one[i], other[j], False).ratio() for i in olds for j in news}
    best = {(i, news.stop): 0.0 for i in range(olds.start, olds.stop + 1)}
    best |= {(olds.stop, j): 0.0 for j in range(news.start, news.stop + 1)}
    for i in reversed(olds):
        for j in reversed(news):
            both = likeness[i, j] + best[i + 1, j + 1] if likeness[i, j] >= _ALIKE else 0.0
            best[i, j] = max(both, best[i + 1, j], best[i, j + 1])
    i, j = olds.start, news.start
    while i < olds.stop or j < news.stop:
        inside = i < olds.stop and j < news.stop
        if inside and likeness[i, j] >= _ALIKE and best[i, j] == likeness[i, j] + best[i + 1, j + 1]:
            yield range(i, i + 1), range(j, j + 1)
            i, j = i + 1, j + 1
        elif i < olds.stop and (j == news.stop or best[i, j] == best[i + 1, j]):
            yield range(i, i + 1), range(0)
            i += 1
        else:
            yield range(0), range(j, j + 1)
            j += 1


def _parts(one: str, other: str) -> Iterator[TextPart]:
    before, after = _TOKEN.findall(one), _TOKEN.findall(other)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        cut, put = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            yield TextPart(kind="kept", text=cut)
        else:
            yield from [TextPart(kind="cut", text=cut)] * bool(cut)
            yield from [TextPart(kind="put", text=put)] * bool(put)
