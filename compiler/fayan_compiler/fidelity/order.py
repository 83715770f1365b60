"""The lint of figures in rows (金额 按 级别, stages, targets): they come in the order of 原文, each beside what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fayan_compiler.fidelity.check import Check, in_text
from fayan_compiler.fidelity.figures import CALENDAR, Figure
from fayan_compiler.fidelity.pairs import Used, differ
from fayan_compiler.fidelity.table import Row, squeeze
from fayan_compiler.problems.fidelity import figures as faults
from fayan_dsl import tree


def order(check: Check, row: Row) -> Iterator[Used]:
    """The figures that are told to stand in the wrong row, with those of 原文 that stand in their places."""
    for group in _groups(check, row):
        unit = group[0][1].unit
        texts = [row.figures, *(other.figures for other in row.also)]
        there = next((found for text in texts if (found := [each for each in text if each.unit == unit])), [])
        wrong = list(_out_of_place(group, _left_for(check, row.rules, group, there)))
        if wrong:
            differ(check, [written for written, _ in wrong], [figure for _, figure in wrong])
        else:
            _beside(check, row, [(part.way.row, (part, figure)) for part, figure in group if part.way.row], there)
        yield from ((part, figure) for (part, _), figure in wrong)
    for rule in row.rules:
        compared = list(_compared(check, rule))
        for unit in dict.fromkeys(figure.unit for _, (_, figure) in compared):
            there = [figure for figure in row.figures if figure.unit == unit]
            _beside(check, row, [each for each in compared if each[1][1].unit == unit], there)
    for rule in row.seen:
        if id(rule) not in check.suspect:
            for group in _groups_of(check, row, rule):
                there = [each for each in row.figures if each.unit == group[0][1].unit]
                if wrong := list(_out_of_place(group, _left_for(check, [rule], group, there))):
                    differ(check, [written for written, _ in wrong], [figure for _, figure in wrong], in_the_text=True)
                    yield from ((part, figure) for (part, _), figure in wrong)


def _groups(check: Check, row: Row) -> Iterator[list[Used]]:
    goals: list[Used] = []
    for annotation in row.annotations:
        yield from _groups_of(check, row, annotation)
        if isinstance(annotation, tree.Goal):
            goals += [used for used in by_default(check, annotation) if used[1].unit not in CALENDAR]
    for unit in dict.fromkeys(figure.unit for _, figure in goals):
        yield [used for used in goals if used[1].unit == unit]


def _groups_of(check: Check, row: Row, annotation: tree.Annotation) -> Iterator[list[Used]]:
    """The tables of one rule or definition: the rows of a 按, the stages."""
    tables: dict[int, list[Used]] = {}
    for part, figure in by_default(check, annotation):
        if part.way.table:
            tables.setdefault(part.way.table, []).append((part, figure))
    for table in tables.values():
        if len(table) > 1 and not any(part.way.row for part, _ in table):  # bands have no names
            yield table
        elif (order := _order(check, row, [part.way.row for part, _ in table])) is not None:
            yield [table[index] for index in order]
    if isinstance(annotation, tree.Rule) and annotation.stages:
        amounts = {stage.amount.span for stage in annotation.stages}
        staged = [used for used in by_default(check, annotation) if used[0].span in amounts]
        if staged:
            yield sorted(staged, key=lambda used: used[0].span.start)


def _beside(check: Check, row: Row, written: list[tuple[str, Used]], there: list[Figure]) -> None:
    """Where 原文 writes one name right before a figure (国家级企业50万元, 收入100万元以上), the rule's figure goes with it."""
    own: dict[str, set[object]] = {}
    for name, (_, figure) in written:
        own.setdefault(name, set()).add(figure.value)
    if len(own) < 2:
        return
    named: list[tuple[str, Figure]] = []
    for figure in there:
        starts = [other.span.end for other in row.figures if other.span.end <= figure.span.start]
        start = max([*starts, row.sentence_at(figure.span.start).span.start])
        here = [mention.name for mention in row.mentions if start <= mention.span.start < figure.span.start]
        names = list(dict.fromkeys(name for name in here if name in own))
        if len(names) == 1:
            named.append((names[0], figure))
    for rule, (part, used) in written:
        same = [(name, figure) for name, figure in named if figure.value == used.value]
        if same and all(figure.value not in own[name] for name, figure in same):
            name, figure = same[0]
            said = squeeze(used.text)
            check.say(faults.FigureForOther, part.span, in_text(figure.span), figure=said, rule=rule, text=name)
            return


def _compared(check: Check, annotation: tree.Annotation) -> Iterator[tuple[str, Used]]:
    """The figures a fact is compared with, with its name."""
    for part, figure in by_default(check, annotation):
        if part.way.compare is not None and isinstance(fact := part.way.compare.left, tree.Ref):
            yield fact.name, (part, figure)


def by_default(check: Check, annotation: tree.Annotation) -> list[Used]:
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

    def fit(at: int) -> tuple[bool, int]:
        return sorted(map(str, values)) == sorted(map(str, text[at : at + len(values)])), _same(values, text[at:])

    best = max(range(room + 1), key=fit)
    swapped, same = fit(best)
    if room and same * 2 < len(values) and not swapped:
        return
    for used, figure in zip(group, there[best : best + len(values)], strict=True):
        if used[1].value != figure.value:
            yield used, figure


def _left_for(check: Check, rules: Sequence[tree.Annotation], group: list[Used], there: list[Figure]) -> list[Figure]:
    """The figures of 原文 without those that other parts of the rules use: 给予300万元 is the total, not a stage."""
    own = {figure.value for _, figure in group}
    ours = {id(part) for part, _ in group}
    others = [part.figure for rule in rules for part in check.table.parts(rule) if part.figure and id(part) not in ours]
    return [each for each in there if each.value in own or not any(each.is_used_by(other) for other in others)]


def _within(values: Sequence[object], text: Sequence[object]) -> bool:
    """Whether the values stand in the text in this order, with others between."""
    coming = iter(text)
    return all(any(each == value for each in coming) for value in values)


def _same(values: Sequence[object], text: Sequence[object]) -> int:
    return sum(a == b for a, b in zip(values, text, strict=False))
