"""The lint of turns of phrase: what a cap is counted by, whether benefits may be had together and whose a remainder is, as 原文 says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fayan_compiler.fidelity.check import Check, in_text, inside, span_of
from fayan_compiler.fidelity.table import Row
from fayan_compiler.problems.fidelity import names as faults
from fayan_dsl import tree
from fayan_dsl.source import Span

#: 每年, 当年, 单户年减免额, 万元/年; not 2024年 nor 三年.
_BY_YEAR = re.compile("(?<![0-9〇二三四五六七八九十两 上])年|/ ?年")
_EACH_YEAR = re.compile("每年|当年|全年|/ ?年")
_HIGHEST = re.compile("就高不重复|就高享受|从高不重复|从优不重复|择高|不重复享受|不得重复享受|不重复奖励")
_TOGETHER = re.compile("同时享受|叠加享受|可以?叠加|可以?重复享受|累加享受")


def sayings(check: Check, row: Row) -> None:
    for annotation in row.annotations:
        match annotation:
            case tree.Ceiling():
                _counted_by(check, row, annotation)
            case tree.Highest() if annotation.when is None:
                _say(check, row, annotation.span, "就高", _TOGETHER)
            case tree.Rule() if annotation.amount and isinstance(annotation.amount.expr, tree.Share):
                item = annotation.amount.expr.remainder.item
                other = {"最大一项": "最小", "最小一项": "最大"}.get(item)
                if other and not any(word in row.text for word in (item, item[:2])):
                    _say(check, row, annotation.amount.expr.remainder.span, f"归 {item}", re.compile(other))
            case _:
                pass
    _not_together(check, row)


def _say(check: Check, row: Row, span: Span, rule: str, pattern: re.Pattern[str]) -> None:
    for words, at in _found(check, row, pattern):
        if not check.told_of(span):
            check.say(faults.SaysOtherwise, span, in_text(at), rule=rule, text=words)
        return


def _found(check: Check, row: Row, pattern: re.Pattern[str]) -> Iterator[tuple[str, Span]]:
    for sentence in row.passage.sentences:
        start = check.table.policy.source.text.find(sentence.text, sentence.span.start)
        for match in pattern.finditer(sentence.text):
            yield match[0], Span(start + match.start(), start + match.end())


def _counted_by(check: Check, row: Row, ceiling: tree.Ceiling) -> None:
    """每户每年 where the words of its figure speak of a year, 每户 where they do not."""
    written = [
        part.figure for part in check.table.parts(ceiling) if part.figure and part.way.op == "<=" and part.way.default
    ]
    said = [figure for figure in row.figures if any(figure.is_used_by(each) for each in written)]
    if len(said) != 1 or check.told_of(ceiling.span):
        return
    figure = said[0]
    sentence = row.sentence_at(figure.span.start)
    start = check.table.policy.source.text.find(sentence.text, sentence.span.start)
    clauses = [match for match in re.finditer("[^，。；：]+", sentence.text) if start + match.end() > figure.span.start]
    clause = clauses[0][0] if clauses else ""
    by_year = ceiling.scope == "每户每年"
    if by_year != bool(_BY_YEAR.search(clause)) and (not by_year or not _EACH_YEAR.search(sentence.text)):
        source = check.table.policy.source.text
        at = source.find(ceiling.scope, ceiling.name.span.end, ceiling.span.end)
        span = Span(at, at + len(ceiling.scope)) if at >= 0 else span_of(ceiling)
        check.say(faults.SaysOtherwise, span, in_text(figure.span), rule=ceiling.scope, text=clause.strip())


def _not_together(check: Check, row: Row) -> None:
    """Where the words have the higher of several, something says 就高: a rule of the measure, or a reading."""
    if not any(isinstance(each, tree.Rule | tree.See) for each in row.annotations):
        return
    for words, at in _found(check, row, _HIGHEST):
        rows = check.table.rows_of(row.measure)
        marked = any(words in said or said in words for kind in ("用词", "单位") for _, said in row.marks(kind) if said)
        if not marked and not any(isinstance(each, tree.Highest) for other in rows for each in other.annotations):
            names = [span_of(each) for each in row.rules if isinstance(each, tree.Rule)]
            if not any(inside(problem.span, Span(at.start, at.end)) for problem in check.problems):
                labels = [in_text(at)] if names else []
                check.say(faults.SaysOtherwise, names[0] if names else at, *labels, rule="各给各的", text=words)
        return
