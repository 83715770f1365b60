"""The lint of examples: the figures in the title of one are those of its facts and results, or of what it is an example of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fayan_compiler.fidelity.check import Check, said_of
from fayan_compiler.fidelity.figures import Figure, figure_of, figures_of_text
from fayan_compiler.fidelity.parts import children
from fayan_compiler.fidelity.table import RULES, Row
from fayan_compiler.problems.fidelity import examples as faults
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_dsl.source import Span

#: 两次, 三个阶段 count what an example has; a figure is written in digits.
_DIGIT = re.compile("[0-9〇]")
_BOUNDS = re.compile("[之]?[以前后起止至到]")


def titles(check: Check) -> None:
    for measure in check.table.policy.measures:
        rows = check.table.rows_of(measure)
        for row in rows:
            for each in row.annotations:
                if isinstance(each, tree.Example):
                    _title(check, each, rows, measure)
    for appendix in check.table.policy.appendices:
        for each in appendix.annotations:
            if isinstance(each, tree.Example):
                _title(check, each, check.table.rows, None)


def _title(check: Check, example: tree.Example, rows: list[Row], measure: tree.Measure | None) -> None:
    if not _DIGIT.search(example.title):
        return
    start = check.table.policy.source.text.find(example.title, example.span.start)
    said = [figure for figure in figures_of_text(example.title, start) if _DIGIT.search(figure.text)]
    if not said:
        return
    given = list(_given(check, example))
    known = [*given, *_about(check, rows)]
    for figure in said:
        # a day that the title has is one of the example's own, unless it bounds a time: 2024年12月12日以前
        own = figure.unit == "日期" and not _BOUNDS.match(example.title, figure.span.end - start)
        if not any(_same(figure, each) for each in (given if own else known)):
            where = said_of(measure)
            where = Term(f"{where.zh}的原文、规则", f"the words and rules of {where.en}")
            check.say(faults.ExampleTitle, figure.span, figure=figure.text, where=where)
            return


def _given(check: Check, example: tree.Example) -> Iterator[Figure]:
    stack: list[object] = [example.on, example.given, example.expects]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif isinstance(item, tree.Text):
            yield from figures_of_text(item.value, 0)
        elif isinstance(item, tree.Node):
            if figure := figure_of(item, check.table.policy.source):
                yield figure
            else:
                stack.extend(children(item))


def _about(check: Check, rows: list[Row]) -> Iterator[Figure]:
    for row in rows:
        yield from row.figures
        for each in row.annotations:
            if isinstance(each, (*RULES, tree.Define)):
                yield from (part.figure for part in check.table.parts(each) if part.figure)
    for key, text in check.table.headers.items():
        if key.endswith("日期"):
            yield Figure(text, "日期", text, Span(0, 0))


def _same(said: Figure, known: Figure) -> bool:
    """Titles speak loosely: 20元 of 20元/平方米·月, 2024年 of a day in it."""
    if said.unit == "年度" and known.unit in ("日期", "年月"):
        year = known.value[0] if isinstance(known.value, tuple) else int(str(known.value)[:4])
        return said.value == year
    return (
        said.is_used_by(known)
        or known.is_used_by(said)
        or (said.value == known.value and known.unit.startswith(said.unit))
    )
