"""The lints of figures: those of 原文 are used by the rules, those of the rules stand in 原文, in the same order where it matters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fayan_compiler.fidelity.amounts import sum_of_stages
from fayan_compiler.fidelity.check import Check, here, in_text, listed, said_of, span_of
from fayan_compiler.fidelity.figures import CALENDAR, Figure, figures_of_text, is_neutral
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import RULES, Row, name_of, squeeze
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.lexer import number
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span

Used = tuple[Part, Figure]


def figures(check: Check, row: Row, due: list[Figure]) -> bool:
    """Both directions at once: a figure no rule uses and a figure the text does not have are one fault where they are a pair.

    False where a figure of the text is used by no rule: the names beside it are gone with it.
    """
    unfounded = [
        (part, figure)
        for annotation in row.annotations
        for part, figure in _unfounded_in(check, row, annotation)
        if not check.waivers.let(faults.FigureUnfounded, part.span)
    ]
    spoken_of = list(_tables(check, row))
    unfounded = [used for used in unfounded if not any(used[0] is part for part, _ in spoken_of)]
    idle = _idle(check, row, [figure for figure in due if not any(figure is each for _, each in spoken_of)])
    if unfounded or spoken_of or idle:
        check.suspect.update(map(id, (*row.rules, *row.seen)))
    elsewhere = [
        each for other in row.also for each in other.figures if not any(_uses(check, r, each) for r in row.rules)
    ]
    for written in list(unfounded):
        if written in unfounded and (pair := _counterpart(written[1], idle or elsewhere)):
            (idle or elsewhere).remove(pair)
            same = [used for used in unfounded if used[1].value == written[1].value and used[1].unit == written[1].unit]
            unfounded = [used for used in unfounded if used not in same]
            _differ(check, same, [pair] * len(same))
    for sentence in row.passage.sentences:
        if ours := [figure for figure in idle if row.sentence_at(figure.span.start) is sentence]:
            labels = [here(span_of(rule), "规则在这里", "the rule is here") for rule in row.rules[:1] if name_of(rule)]
            said = [squeeze(figure.text) for figure in ours]
            mark = "、".join(dict.fromkeys(said))
            check.say(faults.FigureUnused, ours[0].span, *labels, figure=listed(said), mark=mark)
    if unfounded:
        _unfounded(check, row.figures, row.measure, unfounded)
    return not idle


def figures_of_appendices(check: Check) -> None:
    """Rules and definitions in an appendix have the figures of the document, of its header or of the readings' own words."""
    table = check.table
    if not table.all_figures:
        return
    for appendix in table.policy.appendices:
        for annotation in appendix.annotations:
            if isinstance(annotation, (*RULES, tree.Define)):
                lost = [
                    (part, figure)
                    for part, figure in _own(check, annotation)
                    if not _stands(figure, [*table.all_figures, *table.said_by_readings(part)])
                ]
                if lost:
                    _unfounded(check, [], None, lost)


def figures_of_options(check: Check) -> None:
    """The figures in the words of a reading's options are those of the text or of the rules, or a sum of stages.

    A reading whose number names a measure (R5.2) speaks of that measure.
    """
    if any(isinstance(problem, faults.FigureUnfounded) for problem in check.problems):
        return  # the figure of a rule that differs from that of its option has been told of there
    table = check.table
    rows: dict[int | None, list[Row]] = {None: table.rows}
    for row in table.rows:
        rows.setdefault(row.measure.number, []).append(row)
    known: dict[int | None, list[Figure]] = {}
    for reading in table.readings.values():
        if reading.uncomputed is not None:
            continue
        named = _OF_MEASURE.match(reading.id.text)
        number = int(named[1]) if named and int(named[1]) in rows else None
        if number not in known:
            known[number] = list(_figures_about(check, rows[number]))
        values = {figure.value for figure in known[number]} if number is None else set()
        for option in reading.options:
            start = table.policy.source.text.find(option.text, option.span.start)
            for figure in figures_of_text(option.text, start):
                counted = figure.unit in ("项", "个") and not any(map(str.isdigit, figure.text))  # 两项都要
                stands = figure.value in values or is_neutral(figure) or counted
                if not stands and not any(_same_figure(figure, each) for each in known[number]):
                    check.say(faults.OptionFigure, figure.span, figure=figure.text, reading=reading.id.text)


_OF_MEASURE = re.compile(r"R(\d+)\.")


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


# ---------------------------------------------------------------- 原文 → rules
def _idle(check: Check, row: Row, due: list[Figure]) -> list[Figure]:
    """The figures no rule uses; where a passage is said of several rules with 见, each has to."""
    idle: list[Figure] = []
    for figure in due:
        without = [rule for rule in row.seen if not _uses(check, rule, figure)]
        if any(id(rule) in check.suspect for rule in without):
            continue
        spent = any(figure is each for each in _beyond_stages(check, row))
        if spent or (len(without) == len(row.seen) and not any(_uses(check, rule, figure) for rule in row.rules)):
            idle.append(figure)
        elif len(without) < len(row.seen):
            for rule in without:
                check.ignores(rule, figure.span, "数字", [squeeze(figure.text)])
    return idle


def _beyond_stages(check: Check, row: Row) -> list[Figure]:
    """Amounts that a text with stages names oftener than the rules under it: a stage is missing."""
    if not any(isinstance(rule, tree.Rule) and rule.stages for rule in row.rules):
        return []
    written = Counter(
        figure.value for rule in row.rules for _, figure in _by_default(check, rule) if figure.unit == "元"
    )
    found: list[Figure] = []
    for figure in row.figures:
        if figure.unit == "元":
            written[figure.value] -= 1
            if written[figure.value] < 0 and sum(each.value == figure.value for each in row.figures) > 1:
                found.append(figure)
    return found


def _uses(check: Check, rule: tree.Annotation, figure: Figure) -> bool:
    for part in check.table.reach(rule, default=True):
        if part.figure and figure.is_used_by(part.figure):
            return True
        # a duty has no figures of its own: it quotes them
        if part.quote and isinstance(rule, tree.Duty) and squeeze(figure.text) in squeeze(part.quote):
            return True
    return False


# ---------------------------------------------------------------- rules → 原文
def _own(check: Check, annotation: tree.Annotation) -> Iterator[Used]:
    """The figures written in an annotation that have to come from somewhere."""
    dates = {text for key, text in check.table.headers.items() if key.endswith("日期")}
    for part in check.table.parts(annotation):
        figure = part.figure
        if figure and not is_neutral(figure) and not (figure.unit == "日期" and figure.value in dates):
            yield part, figure


def _unfounded_in(check: Check, row: Row, annotation: tree.Annotation) -> Iterator[Used]:
    if isinstance(annotation, (*RULES, tree.Define)):
        for part, figure in _own(check, annotation):
            if not _stands(figure, check.table.sources(row, annotation, part)):
                yield part, figure


def _stands(figure: Figure, text: Iterable[Figure]) -> bool:
    return any(each.is_used_by(figure) for each in text)


def _unfounded(check: Check, text: list[Figure], measure: tree.Measure | None, lost: list[Used]) -> None:
    unit = lost[0][1].unit
    alike = [each for each in text if each.unit == unit or (not unit and each.unit == "%")]
    known = "、".join(dict.fromkeys(each.text for each in alike or text))
    hint = Term(f"；原文有：{known}", f"; the text has: {known}") if known else Term("", "")
    labels = [here(part.span, "还有这里", "and here") for part, _ in lost[1:]]
    for option in dict.fromkeys(option for part, _ in lost for option in check.table.options_of(part)):
        labels.append(here(option.span, "这一种读法也没有说到它", "nor does this option speak of it"))
    said = listed(figure.text for _, figure in lost)
    check.say(faults.FigureUnfounded, lost[0][0].span, *labels, figure=said, where=said_of(measure), known=hint)


# ---------------------------------------------------------------- pairs
def _counterpart(written: Figure, idle: list[Figure]) -> Figure | None:
    """The unused figure that a rule's figure stands in the place of: one of its unit, of its digits, of its kind, or any."""
    digits = _digits(written)
    calendar = written.unit in CALENDAR
    alike = [each for each in idle if each.unit == written.unit]
    alike += [each for each in idle if _digits(each) == digits]
    alike += [each for each in idle if (each.unit in CALENDAR) == calendar]
    return next(iter(alike or idle), None)


def _digits(figure: Figure) -> str:
    return "".join(filter(str.isdigit, figure.text))


def _differ(check: Check, written: list[Used], text: list[Figure], in_the_text: bool = False) -> None:
    """One message for what is written and what the text has; at the text where another passage bears the rule out."""
    at = [figure.span for figure in text] if in_the_text else [part.span for part, _ in written]
    first, *more = dict.fromkeys(at)
    labels = [here(span, "还有这里", "and here") for span in more]
    if in_the_text:
        labels += [here(part.span, "规则在这里", "the rule is here") for part, _ in written]
    else:
        labels += [in_text(span) for span in dict.fromkeys(figure.span for figure in text)]
    edits = tuple(Edit(part.span, _in_figures(figure)) for (part, _), figure in zip(written, text, strict=True))
    rule = "、".join(dict.fromkeys(figure.text for _, figure in written))
    said = "、".join(dict.fromkeys(squeeze(figure.text) for figure in text))
    right = "、".join(dict.fromkeys(edit.text for edit in edits))
    fix = Fix(Term(f"照原文改为“{right}”", f"as in the text: “{right}”"), edits, Applicability.UNSAFE)
    check.say(faults.FigureDiffers, first, *labels, fixes=(fix,), rule=rule, text=said)


def _in_figures(figure: Figure) -> str:
    """A figure of the text as rules write it: 五万元 is 5万元."""
    text = squeeze(figure.text)
    token = number(text)
    return token.text if token else text


# ---------------------------------------------------------------- rows of one table, in the order of the text
def _tables(check: Check, row: Row) -> Iterator[Used]:
    """The figures of one table (金额 按 级别, stages, targets) come in the order of 原文; those that do not are told, and given."""
    for group in _groups(check, row):
        unit = group[0][1].unit
        texts = [row.figures, *(other.figures for other in row.also)]
        there = next((found for text in texts if (found := [each for each in text if each.unit == unit])), [])
        wrong = list(_out_of_place(group, there))
        if wrong:
            _differ(check, [written for written, _ in wrong], [figure for _, figure in wrong])
        yield from ((part, figure) for (part, _), figure in wrong)
    for rule in row.seen:
        if id(rule) not in check.suspect:
            for group in _groups_of(check, row, rule):
                there = [each for each in row.figures if each.unit == group[0][1].unit]
                if wrong := list(_out_of_place(group, there)):
                    _differ(check, [written for written, _ in wrong], [figure for _, figure in wrong], in_the_text=True)
                    yield from ((part, figure) for (part, _), figure in wrong)


def _groups(check: Check, row: Row) -> Iterator[list[Used]]:
    goals: list[Used] = []
    for annotation in row.annotations:
        yield from _groups_of(check, row, annotation)
        if isinstance(annotation, tree.Goal):
            goals += [used for used in _by_default(check, annotation) if used[1].unit not in CALENDAR]
    for unit in dict.fromkeys(figure.unit for _, figure in goals):
        yield [used for used in goals if used[1].unit == unit]


def _groups_of(check: Check, row: Row, annotation: tree.Annotation) -> Iterator[list[Used]]:
    """The tables of one rule or definition: the rows of a 按, the stages."""
    tables: dict[int, list[Used]] = {}
    for part, figure in _by_default(check, annotation):
        if part.way.table:
            tables.setdefault(part.way.table, []).append((part, figure))
    for table in tables.values():
        if len(table) > 1 and not any(part.way.row for part, _ in table):  # bands have no names
            yield table
        elif (order := _order(check, row, [part.way.row for part, _ in table])) is not None:
            yield [table[index] for index in order]
    if isinstance(annotation, tree.Rule) and annotation.stages:
        amounts = {stage.amount.span for stage in annotation.stages}
        staged = [used for used in _by_default(check, annotation) if used[0].span in amounts]
        if staged:
            yield sorted(staged, key=lambda used: used[0].span.start)


def _by_default(check: Check, annotation: tree.Annotation) -> list[Used]:
    return [(part, part.figure) for part in check.table.parts(annotation) if part.figure and part.way.default]


def _order(check: Check, row: Row, labels: list[str]) -> list[int] | None:
    """The rows of a table in the order in which 原文 first names them; None where it does not name them all, or not apart."""
    if len(set(labels)) < len(labels):
        return None
    for rows in ([row], check.table.rows_of(row.measure)):
        first: dict[str, int] = {}
        for mention in (mention for each in rows for mention in each.mentions):
            first.setdefault(mention.name, mention.span.start)
        if all(label in first for label in labels):
            return sorted(range(len(labels)), key=lambda index: first[labels[index]])
    return None


def _out_of_place(group: list[Used], there: list[Figure]) -> Iterator[tuple[Used, Figure]]:
    """The figures of a table beside the stretch of 原文 they are most like: those that differ."""
    values, text = [figure.value for _, figure in group], [figure.value for figure in there]
    room = len(text) - len(values)
    if len(values) < 2 or room < 0 or _within(values, text):
        return
    best = max(range(room + 1), key=lambda at: _same(values, text[at:]))
    stretch = text[best : best + len(values)]
    same, swapped = _same(values, stretch), sorted(map(str, values)) == sorted(map(str, stretch))
    if room and same * 2 < len(values) and not swapped:
        return
    for used, figure in zip(group, there[best : best + len(values)], strict=True):
        if used[1].value != figure.value:
            yield used, figure


def _within(values: Sequence[object], text: Sequence[object]) -> bool:
    """Whether the values stand in the text in this order, with others between."""
    coming = iter(text)
    return all(any(each == value for each in coming) for value in values)


def _same(values: Sequence[object], text: Sequence[object]) -> int:
    return sum(a == b for a, b in zip(values, text, strict=False))
