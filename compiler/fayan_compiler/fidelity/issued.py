"""The lint of the text itself: where the document as issued lies beside the policy, 原文 is the same, character by character.

White space apart: how a text is broken into lines is no part of it. Chapters, headings and responsible units are part of it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from fayan_compiler.fidelity.check import Check, here
from fayan_compiler.fidelity.table import units_of
from fayan_compiler.problems.fidelity import sentences as faults
from fayan_dsl import tree
from fayan_dsl.problem import Label
from fayan_dsl.source import Source, Span

#: Where words end, and how far around a stretch they are looked for.
_SIGNS = "、，；。：（）《》〈〉“”「」"
_NEAR = 12


class Piece(NamedTuple):
    """A paragraph of the policy as it is printed: its characters without white space, each with its place in the file."""

    text: str
    places: tuple[int, ...]
    measure: int


def issued(check: Check, text: Source) -> set[int]:
    """Says where the policy's words are not those issued; gives the numbers of the measures that hold such a place."""
    ours = _printed(check.table.policy)
    theirs = ["".join(line.split()) for line in text.text.splitlines() if line.strip()]
    touched: set[int] = set()
    matcher = SequenceMatcher(None, [piece.text for piece in ours], theirs, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for index in range(max(b - a, d - c)):
            ours_here = ours[a + index] if a + index < b else None
            theirs_here = theirs[c + index] if c + index < d else ""
            near = ours_here or ours[min(a + index, len(ours) - 1)]
            touched.add(near.measure)
            _tell(check, near, ours_here.text if ours_here else "", theirs_here, text.name)
    return touched


def _tell(check: Check, piece: Piece, ours: str, theirs: str, name: str) -> None:
    """The stretch in which two paragraphs differ, with a few characters around it where one of them has nothing there."""
    start = 0
    while start < min(len(ours), len(theirs)) and ours[start] == theirs[start]:
        start += 1
    end = 0
    while end < min(len(ours), len(theirs)) - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    first = _edge(ours[:start][::-1], start + end == min(len(ours), len(theirs)))
    first, last = start - first, end - _edge(ours[len(ours) - end :], False)
    written, said = ours[first : len(ours) - last], theirs[first : len(theirs) - last]
    labels: list[Label] = []
    if not piece.places:
        span = Span(0, 0)
    elif start + end == len(ours) and 0 < start < len(piece.places):  # words are missing between these two
        span = Span(piece.places[start - 1], piece.places[start - 1] + 1)
        labels = [here(Span(piece.places[start], piece.places[start] + 1), "缺的在这以前", "missing before this")]
    else:
        at = min(start, len(piece.places) - 1)
        until = max(at, min(len(ours) - end, len(piece.places)) - 1)
        span = Span(piece.places[at], piece.places[until] + 1)
    check.say(faults.NotAsIssued, span, *labels, written=_short(written), issued=_short(said), file=name)


def _edge(around: str, more: bool) -> int:
    """How many of the characters around a stretch are told with it: to the next sign, few as they are. ``more``: there is nothing in
    the stretch itself, so that at least a word is told."""
    signed = re.compile(rf"[{_SIGNS}]?[^{_SIGNS}]*" if more else rf"[^{_SIGNS}]*").match(around)
    return min(signed.end() if signed else 0, _NEAR)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:18]}……{text[-18:]}"


# ---------------------------------------------------------------- the policy as it is printed
def _printed(policy: tree.Policy) -> list[Piece]:
    found: list[Piece] = []
    chapters = {chapter.first_measure: chapter for chapter in policy.chapters}
    for measure in policy.measures:
        if measure.number in chapters:
            chapter = chapters[measure.number]
            found.append(_piece(policy, [f"{chapter.label}、{chapter.title}"], chapter.span, measure.number))
        if measure.unseen is None:
            found += _measure(policy, measure)
    return found


def _piece(policy: tree.Policy, words: list[str], span: Span, number: int) -> Piece:
    """Words that stand on one line of the file; signs that only print, such as the 、 after a chapter's number, are at its start."""
    text = "".join("".join(words).split())
    line = policy.source.text[span.start : span.end]
    places: list[int] = []
    at = 0
    for char in text:
        found = line.find(char, at)
        at = found if found >= 0 else at
        places.append(span.start + min(at, max(0, len(line) - 1)))
        at += found >= 0
    return Piece(text, tuple(places), number)


def _measure(policy: tree.Policy, measure: tree.Measure) -> list[Piece]:
    pieces: list[Piece] = []
    source = policy.source.text
    current: list[Piece] = []
    if measure.number:
        end = source.find("\n", measure.span.start)
        head = Span(measure.span.start, end if end >= 0 else len(source))
        current.append(_piece(policy, [f"{measure.number}.{measure.title}。"], head, measure.number))
    for passage in measure.passages:
        for place, sentence in enumerate(passage.sentences):
            if sentence.opens and current and (pieces or len(current) > 1 or not measure.number or place):
                pieces.append(_joined(current))
                current = []
            current.append(_piece(policy, [sentence.text], sentence.span, measure.number))
    if measure.units_text:
        words = [f"（责任单位：{measure.units_text}）"]
        current.append(_piece(policy, words, units_of(policy, measure), measure.number))
    if current:
        pieces.append(_joined(current))
    return pieces


def _joined(pieces: list[Piece]) -> Piece:
    text = "".join(piece.text for piece in pieces)
    return Piece(text, tuple(place for piece in pieces for place in piece.places), pieces[0].measure)
