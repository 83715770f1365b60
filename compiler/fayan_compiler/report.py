"""Where passes put their problems, and what they suggest for a word that nothing declares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import define, field

from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.source import Source, Span


@define
class Reporter:
    """Collects problems; ``headings`` are those of the place a pass is at."""

    source: Source
    problems: list[Problem] = field(factory=list)
    headings: tuple[str, ...] = ()

    def report(
        self, cls: type[Problem], span: Span, labels: tuple[Label, ...] = (), fixes: tuple[Fix, ...] = (), **fields: Any
    ) -> None:
        self.problems.append(
            cls(source=self.source, span=span, labels=labels, fixes=fixes, headings=self.headings, **fields)
        )

    def unknown(self, cls: type[Problem], span: Span, word: str, known: Iterable[str], **fields: Any) -> None:
        """A word that nothing declares, with the nearest known word or the one way to cut it into known words."""
        if word == "?":  # could not be read: said already
            return
        known = list(dict.fromkeys(known))
        near = nearest(word, known)
        pieces = only_split(word, known)
        fixes: tuple[Fix, ...] = ()
        hint = Term("", "")
        if pieces:
            text = " ".join(pieces)
            hint = Term(f"词与词之间要空格：{text}。", f"Words are parted by spaces: {text}.")
            fixes = (Fix(Term(f"改为“{text}”", f"write “{text}”"), (Edit(span, text),), Applicability.UNSAFE),)
        elif near:
            hint = Term(f"是不是“{near}”？", f"Did you mean “{near}”?")
            if self.source.text[span.start : span.end] == word:
                fixes = (Fix(Term(f"改为“{near}”", f"write “{near}”"), (Edit(span, near),), Applicability.UNSAFE),)
        elif 0 < len(known) <= 8:
            listed = "、".join(known)
            hint = Term(f"可写的有：{listed}。", f"Known ones: {listed}.")
        self.report(cls, span, fixes=fixes, word=word, hint=hint, **fields)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that takes the fewest changes, if these are few for its length; the first of equals."""
    best, limit = None, min(max(1, len(word) // 3), len(word) - 1)
    for candidate in known:
        if abs(len(candidate) - len(word)) <= limit:
            distance = _distance(word, candidate, limit)
            if distance <= limit and candidate != word:
                best, limit = candidate, distance - 1
    return best


def _distance(a: str, b: str, limit: int) -> int:
    """How many characters to insert, delete, replace or swap; counting stops above ``limit``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row, above = row, [i], before
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and right == a[i - 2]:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


#: Words that hold a sentence together, for cutting lumps.
JOINTS = re.split(
    " ",
    "且 或 非 中 的 有 没有 全部 为 不为 超过 不超过 高于 低于 不低于 达到 不满 早于 不早于 晚于 不晚于 "
    "含 都含 属于 已有 未有 最早 最晚 最大 最小 合计 个数 本 其 是 否 无",
)


def only_split(word: str, known: Iterable[str]) -> list[str] | None:
    """The pieces of a lump, where there is exactly one way to cut it into known words, at least one of them a name."""
    names = set(known)
    vocabulary = names | set(JOINTS)
    lengths = sorted({len(piece) for piece in vocabulary if piece})
    ways = [1] + [0] * len(word)
    last = [0] * (len(word) + 1)
    for end in range(1, len(word) + 1):
        for length in lengths:
            if length <= end and ways[end - length] and word[end - length : end] in vocabulary:
                ways[end] += ways[end - length]
                last[end] = length
    if ways[-1] != 1 or last[-1] == len(word):
        return None
    pieces: list[str] = []
    end = len(word)
    while end:
        pieces.append(word[end - last[end] : end])
        end -= last[end]
    return pieces[::-1] if names & set(pieces) else None
