"""Diagrams of a measure: the stages of an award one after another, or its branches with the limit they share."""

from __future__ import annotations

from attrs import define, frozen

from fayan_runtime import ir
from fayan_runtime.explain.document.sentences import RuleWriter, amount_cases
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.lines import fill
from fayan_runtime.explain.phrase.steps import first_only
from fayan_runtime.explain.phrase.written import Writer

#: What fits on a line of a box, in cells.
CELLS = 38
TOP, LINE = 34, 20


@frozen
class Box:
    """One box: its top, its height and its lines of text with their heights."""

    top: int
    height: int
    lines: list[tuple[int, str]]


@define
class Diagram:
    title: str
    height: int
    boxes: list[Box]
    chained: bool
    text: list[str]
    note: str


def diagrams(scribe: Scribe, measure: ir.Measure) -> list[Diagram]:
    awards = [each for each in scribe.rules_of(measure.number) if each.kind == "award"]
    found = [stages(scribe, each) for each in awards if each.stages]
    if len(awards) > 1 and not found:
        parts = [branch(scribe, each) for each in awards]
        title = f"{scribe.called(measure.number)}{scribe.label['space']}{measure.title}"
        found.append(draw(title, parts, chained=False, note=shared(scribe, awards)))
    return found


def stages(scribe: Scribe, rule: ir.Provision) -> Diagram:
    writer, label = scribe.writer(), scribe.label
    parts = []
    for each in rule.stages:
        amount = writer.say(each.amount)
        settled = scribe.settled(each.on)
        never = settled is not None and settled.value is None
        parts.append([f"{each.name}{label['space']}{amount}", label["never"] if never else writer.say(each.on)])
    total = rule.stated_total
    title = f"{rule.name}{label['space']}{writer.say(total)}" if total is not None else rule.name
    return draw(title, parts, chained=True, note=gap(scribe, rule, writer))


def gap(scribe: Scribe, rule: ir.Provision, writer: Writer) -> str:
    """That the stages do not add up to the stated total, and which readings settle it."""
    total = rule.stated_total
    amounts = [each.amount.value for each in rule.stages if isinstance(each.amount, ir.Const)]
    if not isinstance(total, ir.Const) or len(amounts) < len(rule.stages):
        return ""
    added = sum(each for each in amounts if isinstance(each, int))
    if added == total.value:
        return ""
    names = {each.name for each in rule.stages}
    ids = [
        reading
        for each in scribe.program.adjustments
        if each.measure == rule.measure
        and (
            (isinstance(each, ir.Ceiling) and any(name == rule.name for (name, _), _ in each.covers))
            or (isinstance(each, ir.Highest) and any(stage in names for _, stage in each.members))
        )
        for reading in each.readings
    ]
    said = [scribe.tongue.numbers.money(added), writer.say(total)]
    if not ids:
        return scribe.said("gap_alone", *said)
    return scribe.said("gap", *said, scribe.ids(dict.fromkeys(ids)))


def branch(scribe: Scribe, rule: ir.Provision) -> list[str]:
    """The rule, what sets it apart from its neighbours, and what it gives."""
    writing = RuleWriter(scribe, rule)
    lines = [rule.name]
    live = [each for each in rule.among if scribe.settled(each.expr) is None]
    apart = [writing.condition_text(each) if first_only(each.expr) else each.name.replace(" ", "") for each in live]
    label, space = scribe.label, scribe.label["colon"]
    if rule.each:
        lines.append(rule.each + (space + scribe.listed(apart) if apart else ""))
    if rule.amount is not None:
        cases = amount_cases(scribe, writing.writer, rule.amount)
        lines.append(label["stop"].join(f"{case}{space}{text}" if case else text for case, text in cases))
    return lines


def shared(scribe: Scribe, rules: list[ir.Provision]) -> str:
    """A limit that several of the branches share."""
    names = {each.name for each in rules}
    for each in scribe.program.adjustments:
        if isinstance(each, ir.Ceiling) and len({name for (name, _), _ in each.covers} & names) > 1:
            text = RuleWriter(scribe, rules[0]).ceiling(each).parts[0].text
            return scribe.said("shared", text)
    return ""


# ---------------------------------------------------------------- drawing


def draw(title: str, parts: list[list[str]], chained: bool, note: str = "") -> Diagram:
    """Boxes one under another, joined by arrows (stages) or by a spine on the left (branches)."""
    top = TOP
    boxes = []
    for part in parts:
        wrapped = [piece for line in part for piece in wrap(line)]
        height = LINE * len(wrapped) + 12
        boxes.append(Box(top, height, [(top + LINE + LINE * index, line) for index, line in enumerate(wrapped)]))
        top += height + (26 if chained else 14)
    return Diagram(title, top - 8, boxes, chained, in_text(parts, chained), note)


def in_text(parts: list[list[str]], chained: bool) -> list[str]:
    if chained:
        return [" → ".join(part[0] for part in parts)]
    lines = []
    for part in parts:
        last = part is parts[-1]
        lines.append(f"{'└' if last else '├'}─ {part[0]}")
        lines += [f"{'　' if last else '│'}　 {each}" for each in part[1:]]
    return lines


def wrap(line: str) -> list[str]:
    return fill(line, width=CELLS).split("\n")
