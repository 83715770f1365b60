"""The lints of sentences: each has something that rests on it, and what is marked in it is there."""

from __future__ import annotations

import re

from fayan_compiler.fidelity.agreement import unfounded_in
from fayan_compiler.fidelity.check import Check, here, in_text, inside, span_of
from fayan_compiler.fidelity.figures import NUMBERED, Figure, figures_of_text
from fayan_compiler.fidelity.table import Row, squeeze
from fayan_compiler.problems.fidelity.figures import FigureUnused, MarkedFigureAbsent
from fayan_compiler.problems.fidelity.names import NameUnused, RuleIgnores
from fayan_compiler.problems.fidelity.sentences import HalfWidth, MarkWithoutSentence, SentenceUnaccounted, Unpaired
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.problem import Applicability, Edit, Fix, Problem, Term
from fayan_dsl.source import Span


def accounted(check: Check, row: Row) -> bool:
    """Every sentence has something that rests on it; a mark accounts for the one sentence above it."""
    sentences = row.passage.sentences
    if not sentences:
        return True
    if not row.rules and not any(isinstance(a, tree.Mark | tree.See) for a in row.annotations):
        bare = [sentences[-1]]
    else:
        bare = [sentence for sentence in sentences[:-1] if not _rests_on(check, row, sentence)]
        if len(bare) == 1 and _has_a_figure_wrong(check, row, bare[0]):
            bare = []
    second = [annotation for annotation in row.annotations if isinstance(annotation, tree.Mark)][1:]
    if second and not bare:
        check.say(MarkWithoutSentence, second[0].span, in_text(sentences[-1].span), mark=second[0].kind)
        return False
    for sentence in bare[:1]:
        short = sentence.text if len(sentence.text) <= 24 else sentence.text[:24] + "…"
        labels = [
            here(span_of(rule), "下面的规则没有用到它", "the rule below rests on other words") for rule in row.rules[:1]
        ]
        check.say(SentenceUnaccounted, sentence.span, *labels, sentence=short)
    return not bare


def _rests_on(check: Check, row: Row, sentence: tree.Sentence) -> bool:
    """Whether anything under a run of sentences rests on one that is not the last: words quoted, a figure or name of its own."""
    last = row.passage.sentences[-1]
    text, other = squeeze(sentence.text), squeeze(last.text)
    names = {mention.name for mention in row.mentions if row.sentence_at(mention.span.start) is sentence}
    names -= {mention.name for mention in row.mentions if row.sentence_at(mention.span.start) is last}
    figures = [figure for figure in row.figures if row.sentence_at(figure.span.start) is sentence]
    for annotation in row.annotations:
        for part in check.table.parts(annotation):
            if part.quote and squeeze(part.quote) in text and squeeze(part.quote) not in other:
                return True
            if part.name in names or (part.figure and any(each.is_used_by(part.figure) for each in figures)):
                return True
    return any(squeeze(words) in text for kind in ("数字", "用词") for _, words in row.marks(kind))


def _has_a_figure_wrong(check: Check, row: Row, sentence: tree.Sentence) -> bool:
    """Whether a rule below has, in the place of the sentence's one figure, one that the text has not: that is what is told."""
    figures = [figure for figure in row.figures if row.sentence_at(figure.span.start) is sentence]
    wrong = [figure for rule in row.rules for _, figure in unfounded_in(check, row, rule)]
    return len(figures) == len(wrong) == 1 and figures[0].unit == wrong[0].unit


def due_figures(check: Check, row: Row) -> list[Figure]:
    """The figures of a passage that a rule must use: not those marked 数字, nor those of a sentence that is only marked."""
    named: set[str] = set()
    standing = {squeeze(figure.text) for figure in row.figures}
    standing |= {digits for number in re.findall(NUMBERED, even(row.text)) for digits in re.findall(r"\d+", number)}
    for mark, words in row.marks("数字"):
        found = {squeeze(figure.text) for figure in figures_of_text(words, 0)}
        named |= found
        if not found or not found <= standing:
            check.say(MarkedFigureAbsent, mark.span, kind=mark.kind, figure=words)
    text = squeeze(row.text)
    for mark, words in row.marks("用词"):
        if not words or not all(squeeze(word) in text for word in words.split("、")):
            check.say(MarkedFigureAbsent, mark.span, kind=mark.kind, figure=words)
    return [] if row.only_marked else [each for each in row.figures if squeeze(each.text) not in named]


def mismarked(check: Check) -> None:
    """What a mark does not say right (数字 2353 of 2335) is told at the mark, not a second time where nothing uses it."""
    for mark in [each for each in check.problems if isinstance(each, MarkedFigureAbsent)]:
        passage = next(row.passage for row in check.table.rows if inside(mark.span, row.passage.span))
        idle = [
            each
            for each in check.problems
            if isinstance(each, _UNMARKED.get(mark.kind, ()))
            and any(inside(span, passage.span) for span in (each.span, *(label.span for label in each.labels)))
        ]
        if len(idle) != 1:
            continue
        (one,) = idle
        said = str(one.figure if isinstance(one, FigureUnused) else getattr(one, "words", ""))
        fixes: tuple[Fix, ...] = ()
        text = squeeze("".join(sentence.text for sentence in passage.sentences))
        wrong = [piece for piece in re.split(r"[、—–～-]", (mark.figure.split() or [""])[0]) if piece not in text]
        if "”" not in said and len(wrong) == 1:
            at = check.table.policy.source.text.find(wrong[0], mark.span.start, mark.span.end)
            edit = Edit(Span(at, at + len(wrong[0])), said)
            fixes = (Fix(Term(f"照原文改为“{said}”", f"as in the text: “{said}”"), (edit,), Applicability.UNSAFE),)
        at_text = one.span if isinstance(one, FigureUnused | NameUnused) else one.labels[0].span
        check.problems.remove(one)
        label = here(at_text, "原文的这个没有规则用到", "of the text, and used by no rule")
        check.problems[check.problems.index(mark)] = mark.but(labels=(label,), fixes=fixes)


_UNMARKED: dict[str, tuple[type[Problem], ...]] = {
    "数字": (FigureUnused,),
    "用词": (NameUnused, RuleIgnores),
}
_PAIRS = {"（": "）", "“": "”", "‘": "’", "《": "》", "〈": "〉", "〔": "〕", "「": "」"}
_OPENED = {close: open for open, close in _PAIRS.items()}
_HALF = {"(": "（", ")": "）", ",": "，", ";": "；", ":": "："}


def signs(check: Check, row: Row) -> None:
    """Brackets and quotation marks of a passage are paired, and full-width."""
    source = check.table.policy.source.text
    open_at: list[tuple[str, int]] = []
    wrong: list[tuple[str, int]] = []
    for sentence in row.passage.sentences:
        start = source.find(sentence.text, sentence.span.start)
        for at, char in enumerate(sentence.text, start):
            if char in _HALF and not (source[at - 1].isascii() and source[at + 1 : at + 2].isascii()):
                check.say(HalfWidth, Span(at, at + 1), sign=char, full=_HALF[char])
            char = _HALF.get(char, char)
            if char in _PAIRS:
                open_at.append((char, at))
            elif char in _OPENED:
                if open_at and open_at[-1][0] == _OPENED[char]:
                    open_at.pop()
                elif any(opened == _OPENED[char] for opened, _ in open_at):
                    while open_at[-1][0] != _OPENED[char]:
                        wrong.append(open_at.pop())
                    open_at.pop()
                else:
                    wrong.append((char, at))
    for char, at in sorted((*wrong, *open_at), key=lambda each: each[1])[:1]:
        check.say(Unpaired, Span(at, at + 1), sign=char)
