"""Two texts laid side by side: sentence beside sentence, and within a pair what was cut out and what was put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from fayan_compiler.diff.align import pair_by
from fayan_runtime import ir
from fayan_runtime.changes import Change
from fayan_runtime.texts import TextPart, TextRow, apart

#: Sentences that share less than this of their characters are not one sentence reworded.
_ALIKE = 0.4
#: A piece of a text stands in another where so much of it is found there.
_PLACED = 0.5
#: Where a piece ends so, the next one may follow it right away.
_ENDS = ("。", "；", "！", "？")
#: The mark of a sentence that might have been written as a rule and was not.
_UNCODED = "不编码"


def text_rows(old: ir.Measure, new: ir.Measure) -> tuple[TextRow, ...]:
    """The sentences of two measures, white space inside a line apart; empty where they are equal."""
    one, other = ([_plain(each.text) for each in side.sentences] for side in (old, new))
    if one == other:
        return ()
    pieces = Pieces.of(old, new)
    return tuple(
        TextRow(
            old=tuple(old.sentences[i] for i in olds),
            new=tuple(new.sentences[j] for j in news),
            parts=tuple(_row([one[i] for i in olds], [other[j] for j in news], pieces)),
        )
        for olds, news in _pairs(one, other, pieces is not None)
    )


def notes(
    rows: Sequence[TextRow], old: ir.Measure, new: ir.Measure, partly: bool, became: Mapping[int, int]
) -> Iterator[Change]:
    """Notes on a passage that stands in both texts, those apart that only moved to another passage of the measure; and what was reworded,
    put in or cut out of sentences that no rule computes."""
    before, after = ({tuple(_plain(s.text) for s in p.sentences): p for p in side.passages} for side in (old, new))
    was, now = ([mark for each in side.passages for mark in each.marks] for side in (old, new))
    for words, passage in after.items():
        if words in before and before[words].marks != passage.marks:
            ours = [each for each in before[words].marks if each not in now]
            theirs = [each for each in passage.marks if each not in was]
            for pair in pair_by(ours, theirs, (lambda each: each[0],) * 2, (lambda each: 0,) * 2):
                yield Change(aspect="note", before=pair.old, after=pair.new)
    if partly:
        return  # what is gone of it and what was never seen is told with the texts
    uncoded = {
        id(sentence)
        for side in (old, new)
        for passage in side.passages
        if any(kind == _UNCODED for kind, _ in passage.marks)
        for sentence in passage.sentences
    }
    for row in rows:
        if row.reworded(became) and any(id(each) in uncoded for each in (*row.old, *row.new)):
            sides = ["".join(each.text for each in side) or None for side in (row.old, row.new)]
            yield Change(aspect="uncoded", before=sides[0], after=sides[1])


def _row(one: Sequence[str], other: Sequence[str], pieces: Pieces | None) -> Iterator[TextPart]:
    whole = "".join(one), "".join(other)
    if pieces is None or not (one and other):
        yield from apart(*whole)
    else:
        yield from pieces.parts(one, other)


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


@frozen
class Pieces:
    """A text that is on file in pieces, laid on the whole of the other. Between the pieces nobody knows what stood.

    ``cut`` is what a piece has and the whole lacks, ``put`` what stands within a piece, ``unseen`` what stands outside of every piece.
    """

    #: Whether the pieces are those of the old text.
    old: bool

    @classmethod
    def of(cls, old: ir.Measure, new: ir.Measure) -> Pieces | None:
        """None where both texts are on file as a whole; where neither is, the old one is taken for the pieces."""
        return cls(bool(old.unseen)) if old.unseen or new.unseen else None

    def parts(self, one: Sequence[str], other: Sequence[str]) -> Iterator[TextPart]:
        if len(one) == len(other) == 1:  # alike, so that both are sentences
            yield from self.within(list(apart(one[0], other[0])))
            return
        pieces, whole = (one, "".join(other)) if self.old else (other, "".join(one))
        at = 0
        for before, piece in zip(("。", *pieces), pieces, strict=False):
            found = _place(piece, whole, at)
            hole = "" if before.endswith(_ENDS) else None
            if found is None:
                yield from self.outside(hole)
                yield TextPart(kind="cut" if self.old else "put", text=piece)
                continue
            start, end = found
            yield from self.outside(whole[at:start] or hole)
            yield from apart(piece, whole[start:end]) if self.old else apart(whole[start:end], piece)
            at = end
        yield from self.outside(whole[at:])

    def within(self, parts: list[TextPart]) -> Iterator[TextPart]:
        """Of two sentences: what stands before or after all that was seen of one may have stood there too."""
        beyond = "put" if self.old else "cut"
        for place, part in enumerate(parts):
            first = place == 0 and len(parts) > 1 and parts[1].kind == "kept"
            last = place == len(parts) - 1 and place > 0 and parts[place - 1].kind == "kept"
            yield from self.outside(part.text) if part.kind == beyond and (first or last) else [part]

    def outside(self, text: str | None) -> Iterator[TextPart]:
        """``text`` None: something may have stood there, and the whole has nothing in its place."""
        if text != "":
            yield TextPart(kind="unseen_old" if self.old else "unseen_new", text=text or "")


def _place(piece: str, whole: str, at: int) -> tuple[int, int] | None:
    """Where in the whole, from a position on, a piece stands, a little reworded or not; None where less than half of it does."""
    blocks = [each for each in SequenceMatcher(None, piece, whole[at:], False).get_matching_blocks() if each.size > 1]
    if not blocks or sum(each.size for each in blocks) < _PLACED * len(piece):
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    # What of the piece lies before the first and after the last word in common has stood there too.
    return (at + start, at + end) if end - start <= 2 * len(piece) else None


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
