"""The lints of figures: those of 原文 are used by the rules, those of the rules stand in 原文, in the same order where it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fayan_compiler.fidelity.check import Check, here, in_text, inside, listed, said_of, span_of
from fayan_compiler.fidelity.figures import CALENDAR, Figure, is_neutral
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import RULES, Row, name_of, squeeze
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term

Used = tuple[Part, Figure]


def figures(check: Check, row: Row, due: list[Figure]) -> None:
    """Both directions at once: a figure no rule uses and a figure the text does not have are one fault where they are a pair."""
    unfounded = [
        (part, figure)
        for annotation in row.annotations
        for part, figure in _unfounded_in(check, row, annotation)
        if not check.waivers.let(faults.FigureUnfounded, part.span)
    ]
    spoken_of = list(_tables(check, row))
    unfounded = [used for used in unfounded if not any(used[0] is part for part, _ in spoken_of)]
    idle = _idle(check, row, [figure for figure in due if not any(figure is each for _, each in spoken_of)])
    for written in list(unfounded):
        if pair := _counterpart(written[1], idle):
            idle.remove(pair)
            unfounded.remove(written)
            _differ(check, [written], [pair])
    for sentence in row.passage.sentences:
        if ours := [figure for figure in idle if row.sentence_at(figure.span.start) is sentence]:
            labels = [here(span_of(rule), "规则在这里", "the rule is here") for rule in row.rules[:1] if name_of(rule)]
            said = [squeeze(figure.text) for figure in ours]
            mark = "、".join(dict.fromkeys(said))
            check.say(faults.FigureUnused, ours[0].span, *labels, figure=listed(said), mark=mark)
    for annotation in row.annotations:
        if lost := [used for used in unfounded if inside(used[0].span, annotation.span)]:
            _unfounded(check, row.figures, row.measure, lost)


def figures_of_appendices(check: Check) -> None:
    """Rules and definitions in an appendix have the figures of the document, of its header or of the readings' own words."""
    table = check.table
    if not table.all_figures:
        return
    for appendix in table.policy.appendices:
        for annotation in appendix.annotations:
            if isinstance(annotation, (*RULES, tree.Define)) and not table.is_broken(annotation):
                lost = [
                    (part, figure)
                    for part, figure in _own(check, annotation)
                    if not _stands(figure, [*table.all_figures, *table.said_by_readings(part)])
                ]
                if lost:
                    _unfounded(check, [], None, lost)


def ignored(check: Check, rule: tree.Annotation, label: Label, kind: str, words: list[str]) -> None:
    """A rule leaves out words of 原文 that hold for it; ``kind`` is the mark that says they do not."""
    said = list(dict.fromkeys(map(squeeze, words)))
    mark = f"{kind} {'、'.join(said)}"
    check.say(faults.RuleIgnores, span_of(rule), label, rule=name_of(rule), words=listed(said), mark=mark)


# ---------------------------------------------------------------- 原文 → rules
def _idle(check: Check, row: Row, due: list[Figure]) -> list[Figure]:
    """The figures no rule uses; where a passage is said of several rules with 见, each has to."""
    idle: list[Figure] = []
    lacking: dict[int, list[Figure]] = {}
    for figure in due:
        without = [rule for rule in row.seen if not _uses(check, rule, figure)]
        if len(without) == len(row.seen) and not any(_uses(check, rule, figure) for rule in row.rules):
            idle.append(figure)
        elif len(without) < len(row.seen):
            for rule in without:
                lacking.setdefault(id(rule), []).append(figure)
    for rule in row.seen:
        if lost := lacking.get(id(rule)):
            ignored(check, rule, in_text(lost[0].span), "数字", [figure.text for figure in lost])
    return idle


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


def _differ(check: Check, written: list[Used], text: list[Figure]) -> None:
    labels = [in_text(figure.span) for figure in text]
    labels += [here(part.span, "还有这里", "and here") for part, _ in written[1:]]
    edits = tuple(Edit(part.span, squeeze(figure.text)) for (part, _), figure in zip(written, text, strict=True))
    rule, said = "、".join(figure.text for _, figure in written), "、".join(squeeze(figure.text) for figure in text)
    fix = Fix(Term(f"照原文改为“{said}”", f"as in the text: “{said}”"), edits, Applicability.UNSAFE)
    check.say(faults.FigureDiffers, written[0][0].span, *labels, fixes=(fix,), rule=rule, text=said)


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
        for (part, _), figure in wrong:
            yield part, figure


def _groups(check: Check, row: Row) -> Iterator[list[Used]]:
    goals: list[Used] = []
    for annotation in row.annotations:
        parts = [part for part in check.table.parts(annotation) if part.figure and part.way.default]
        if isinstance(annotation, tree.Goal):
            goals += [(part, part.figure) for part in parts if part.figure and part.figure.unit not in CALENDAR]
        tables: dict[int, list[Used]] = {}
        for part in parts:
            if part.way.table and part.figure:
                tables.setdefault(part.way.table, []).append((part, part.figure))
        for table in tables.values():
            if (order := _order(check, row, [part.way.row for part, _ in table])) is not None:
                yield [table[index] for index in order]
        if isinstance(annotation, tree.Rule) and annotation.stages:
            amounts = {stage.amount.span for stage in annotation.stages}
            staged = [(part, part.figure) for part in parts if part.figure and part.span in amounts]
            yield sorted(staged, key=lambda used: used[0].span.start)
    for unit in dict.fromkeys(figure.unit for _, figure in goals):
        yield [used for used in goals if used[1].unit == unit]


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
