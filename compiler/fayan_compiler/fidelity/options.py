"""The lints of readings: their options stand in order, differ, and speak of the figures their rules compute with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fayan_compiler.fidelity.amounts import sum_of_stages
from fayan_compiler.fidelity.check import Check, here, inside
from fayan_compiler.fidelity.figures import CALENDAR, Figure, figures_of_text, is_neutral
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import RULES, Row
from fayan_compiler.problems.fidelity.amounts import OptionsAlike, OptionsOrder
from fayan_compiler.problems.fidelity.figures import FigureDiffers, FigureUnfounded, FigureUnused, OptionFigure
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_dsl.source import Span


def in_order(check: Check) -> bool:
    """Whether the options of each reading come as they are lettered; the first is the one that holds, so that with two
    exchanged other rules are in force."""
    told = len(check.problems)
    for reading in check.table.readings.values():
        for one, other in pairwise(reading.options):
            if other.id.text < one.id.text and len(one.id.text) == len(other.id.text) == 1:
                label = here(one.span, "这一种排在它前面", "this one stands before it")
                first = reading.options[0].id.text
                check.say(
                    OptionsOrder,
                    other.id.span,
                    label,
                    reading=reading.id.text,
                    option=other.id.text,
                    first=first,
                )
                break
    return len(check.problems) == told


# ---------------------------------------------------------------- figures
def figures_of_options(check: Check) -> None:
    """The figures in the words of a reading's options are those its rules compute with under that option, and those of the
    text or of the rules, or a sum of stages.

    A reading whose number names a measure (R5.2) speaks of that measure; where a figure of that measure has been told of, what
    the reading says of it follows.
    """
    table = check.table
    rows: dict[int | None, list[Row]] = {None: table.rows}
    for row in table.rows:
        rows.setdefault(row.measure.number, []).append(row)
    known: dict[int | None, list[Figure]] = {}
    arms = _arms(check)
    told = [problem.span for problem in check.problems if isinstance(problem, _FIGURES)]
    for reading in table.readings.values():
        named = _OF_MEASURE.match(reading.id.text)
        number = int(named[1]) if named and int(named[1]) in rows else None
        spans = [row.measure.span for row in rows[number]] if number is not None else None
        if any(spans is None or any(inside(span, outer) for outer in spans) for span in told):
            continue
        if check.told_of(reading.span):
            continue
        if number not in known:
            known[number] = list(_figures_about(check, rows[number]))
        asked = figures_of_text(f"{reading.question}，{reading.cite.text if reading.cite else ''}", 0)
        units = {figure.unit for row in rows[number] for figure in row.figures}  # of others the text says nothing
        spoken_of = (each for each in _asked_about(check, reading) if each.unit in units)
        if lost := next((each for each in spoken_of if not _stands(each, known[number], True)), None):
            how = Term("原文和规则里都没有这个数", "which neither the text nor any rule has")
            check.say(OptionFigure, lost.span, figure=lost.text, reading=reading.id.text, how=how)
            continue
        for option in reading.options:
            start = table.policy.source.text.find(option.text, option.span.start)
            said = figures_of_text(option.text, start)
            computed = arms.get((reading.id.text, option.id.text), [])
            if reading.uncomputed is None and _other_than_computed(check, reading, said, computed):
                continue
            for figure in said:
                if is_neutral(figure) or any(_same_figure(figure, each) for each in asked):
                    continue
                if reading.uncomputed is not None:
                    # nothing computes with it; what the question is about it must not say otherwise
                    stands = not any(each.unit == figure.unit != "" for each in asked)
                else:
                    stands = _stands(figure, known[number], number is None)
                if not stands:
                    how = Term("原文和规则里都没有这个数", "which neither the text nor any rule has")
                    check.say(OptionFigure, figure.span, figure=figure.text, reading=reading.id.text, how=how)


def _asked_about(check: Check, reading: tree.Reading) -> Iterator[Figure]:
    """The figures of the question, and of the reason why nothing computes with it."""
    text = check.table.policy.source.text
    for words in (reading.question, reading.uncomputed or ""):
        if words:
            start = text.find(words, reading.span.start)
            for figure in figures_of_text(words, start):
                quoted = text.rfind("“", start, figure.span.start) > text.rfind("”", start, figure.span.start)
                counts = quoted or figure.unit in CALENDAR or figure.unit.startswith(("元", "%"))
                if counts and not is_neutral(figure):
                    yield figure


_FIGURES = (FigureUnfounded, FigureDiffers, FigureUnused)
_OF_MEASURE = re.compile(r"R(\d+)\.")


def _stands(figure: Figure, known: list[Figure], anywhere: bool) -> bool:
    if figure.unit in ("项", "个") and not any(map(str.isdigit, figure.text)):  # 两项都要
        return True
    return any(_same_figure(figure, each) or (anywhere and figure.value == each.value) for each in known)


def _arms(check: Check) -> dict[tuple[str, str], list[Part]]:
    """Reading and option → the figures rules have under that option."""
    found: dict[tuple[str, str], list[Part]] = {}
    for annotation in check.table.annotations:
        if isinstance(annotation, (*RULES, tree.Define)):
            for part in check.table.parts(annotation):
                for chosen in part.way.options:
                    if part.figure and not is_neutral(part.figure):
                        found.setdefault(chosen, []).append(part)
    return found


def _other_than_computed(check: Check, reading: tree.Reading, said: list[Figure], computed: list[Part]) -> bool:
    """Whether an option speaks of one day or amount and its rules compute with another."""
    for figure in said:
        kind = CALENDAR if figure.unit in CALENDAR else (figure.unit,)
        beside = [part for part in computed if part.figure and part.figure.unit in kind]
        if (
            not beside
            or is_neutral(figure)
            or any(_same_figure(figure, each) for part in beside if (each := part.figure))
        ):
            continue
        mates = [each for each in said if each.unit in kind]
        if len(mates) > 1 and any(
            _same_figure(each, mine) for each in mates for part in beside if (mine := part.figure)
        ):
            continue  # 只减超过20元的部分，最多5元
        written = beside[0].figure.text if beside[0].figure else ""
        how = Term(f"这种读法的规则写的是“{written}”", f"and the rule under that option has “{written}”")
        label = here(beside[0].span, "规则在这里", "the rule is here")
        check.say(OptionFigure, figure.span, label, figure=figure.text, reading=reading.id.text, how=how)
        return True
    return False


def _figures_about(check: Check, rows: list[Row]) -> Iterator[Figure]:
    """The figures of passages and of what stands under them; of the header and the appendices; what stages add up to."""
    table = check.table
    appended = [each for appendix in table.policy.appendices for each in appendix.annotations]
    for row in rows:
        yield from row.figures
    annotations = [*(each for row in rows for each in row.annotations), *appended]
    for annotation in (each for each in annotations if isinstance(each, (*RULES, tree.Define))):
        yield from (part.figure for part in table.parts(annotation) if part.figure)
        total = sum_of_stages(annotation) if isinstance(annotation, tree.Rule) else None
        if total is not None:
            yield Figure(total, "元", "", annotation.span)
    for key, text in table.headers.items():
        if key.endswith("日期"):
            yield Figure(text, "日期", text, Span(0, 0))


def _same_figure(said: Figure, known: Figure) -> bool:
    """Options speak loosely: 5元标准 is 5元/平方米·月, 到2024年 is 2024年12月31日."""
    return (
        said.is_used_by(known)
        or known.is_used_by(said)
        or (known.unit.startswith(f"{said.unit}/") and said.value == known.value)
    )


# ---------------------------------------------------------------- options that are alike
def alike(check: Check) -> None:
    """Two options of a reading compute the same: one of them is a slip, which may have been told, or the reading is none."""
    for by in check.table.choices:
        for index, arm in enumerate(by.arms):
            for other in by.arms[:index]:
                if arm.value == other.value and not (check.told_of(arm.span) or check.told_of(other.span)):
                    label = here(other.span, "与这一行相同", "the same as this line")
                    said = [each.labels[0].text if each.labels else "其余" for each in (other, arm)]
                    assert isinstance(by.subject, tree.ReadingRef)
                    check.say(
                        OptionsAlike, arm.span, label, reading=by.subject.id, one=said[0], other=said[1]
                    )  # fmt: skip
