"""The lints of figures: those of 原文 are used by the rules, those of the rules stand in 原文."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fayan_compiler.fidelity.check import Check, here, listed, said_of, span_of
from fayan_compiler.fidelity.figures import Figure, is_neutral
from fayan_compiler.fidelity.order import by_default, order
from fayan_compiler.fidelity.pairs import Used, counterpart, differ
from fayan_compiler.fidelity.table import RULES, Row, name_of, squeeze
from fayan_compiler.problems.fidelity import figures as faults
from fayan_dsl import tree
from fayan_dsl.problem import Term


def figures(check: Check, row: Row, due: list[Figure]) -> bool:
    """Both directions at once: a figure no rule uses and a figure the text does not have are one fault where they are a pair.

    False where a figure of the text is used by no rule: the names beside it are gone with it.
    """
    unfounded: list[Used] = []
    for used in (each for annotation in row.annotations for each in unfounded_in(check, row, annotation)):
        if check.waivers.let(faults.FigureUnfounded, used[0].span):  # it is no half of a pair: told here, and let stand
            _unfounded(check, row.figures, row.measure, [used])
        else:
            unfounded.append(used)
    spoken_of = list(order(check, row))
    unfounded = [used for used in unfounded if not any(used[0] is part for part, _ in spoken_of)]
    idle = _idle(check, row, [figure for figure in due if not any(figure is each for _, each in spoken_of)])
    if unfounded or spoken_of or idle:
        check.suspect.update(map(id, (*row.rules, *row.seen)))
    elsewhere = [
        each for other in row.also for each in other.figures if not any(_uses(check, r, each) for r in row.rules)
    ]
    for written in list(unfounded):
        if written in unfounded and (pair := counterpart(written[1], idle or elsewhere)):
            # 2022年以后（包括2022年）: what is said twice is one figure
            left = [each for each in idle or elsewhere if not (each.value == pair.value and each.unit == pair.unit)]
            idle, elsewhere = (left, elsewhere) if idle else (idle, left)
            same = [used for used in unfounded if used[1].value == written[1].value and used[1].unit == written[1].unit]
            unfounded = [used for used in unfounded if used not in same]
            differ(check, same, [pair] * len(same))
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
        figure.value for rule in row.rules for _, figure in by_default(check, rule) if figure.unit == "元"
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


def unfounded_in(check: Check, row: Row, annotation: tree.Annotation) -> Iterator[Used]:
    if isinstance(annotation, (*RULES, tree.Define, tree.Import)):
        for part, figure in _own(check, annotation):
            if _stands(figure, check.table.sources(row, annotation, part)):
                continue
            cite = part.way.cite or getattr(annotation, "cite", None)
            if cite is None or check.table.holds(
                cite.text
            ):  # else that is told, and is why the figure is not in the text
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
