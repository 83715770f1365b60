"""What a problem stands under, as people would say it: 政策 › 第二章 › 措施 5 › 奖励 首次认定."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from fayan_dsl.lines import Line, even, lines
from fayan_dsl.problem import Problem, in_order


def with_headings(problems: Sequence[Problem]) -> list[Problem]:
    """The problems in order, each with what it stands under: title, chapter, measure, heads of blocks."""
    found: list[Problem] = []
    for _, group in itertools.groupby(in_order(list(problems)), key=lambda problem: problem.source.name):
        ours = list(group)
        text = even(ours[0].source.text)
        coming = lines(text)
        line = next(coming, None)
        over: list[tuple[int, str]] = []
        for problem in ours:
            while line is not None and line.end < problem.span.start:
                rank, shown = _rank(line, text)
                over = [head for head in over if head[0] < rank]
                if shown:
                    over.append((rank, shown))
                line = next(coming, None)
            rank = _rank(line, text)[0] if line is not None else 0
            heads = tuple(shown for level, shown in over if level < rank)
            found.append(problem.but(headings=heads[:_HEADINGS]))
    return found


_HEADINGS = 12
_TOP = re.compile(r"(?:(政策|policy)|(章|chapter)|(措施|measure)|(附|appendix)) +(\S+)")


def _rank(line: Line, text: str) -> tuple[int, str]:
    """How far out a line stands, and what it is called as a heading; a sentence of 原文 is none."""
    if line.quote:
        return 0, ""
    head = text[slice(*line.parts[0])][:40]
    top = None if line.indent else _TOP.match(head)
    if top is None:
        return line.indent, head
    policy, chapter, measure, _, word = top.groups()
    if policy:
        return -3, head[top.start(5) :]
    if chapter:
        return -2, f"第{word}章"
    if measure:
        return -1, f"措施 {word}"
    return -2, f"附 {head[top.start(5) :]}"  # an appendix is in no chapter
