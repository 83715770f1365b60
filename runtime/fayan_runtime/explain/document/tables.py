"""The tables at the end of the document: what a reader looks up rather than reads."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.decision.policy_parts import facts_read
from fayan_runtime.explain.document.sentences import RuleWriter, amount_cases
from fayan_runtime.explain.document.thresholds import thresholds
from fayan_runtime.explain.document.words import KIND
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.words import pick
from fayan_runtime.names import ENTERPRISE

FORMS = {"bool": "bool", "date": "date", "month": "month", "year": "year", "text": "text_form"}


@frozen
class Table:
    """``name`` is for machines; rows have as many cells as there are columns; the first two lead."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(scribe: Scribe) -> list[Table]:
    return [
        made
        for make in (amounts, threshold_table, targets, duties, left_open, readings, facts)
        if (made := make(scribe)).rows
    ]


def _table(scribe: Scribe, name: str, columns: str, rows: list[tuple[str, ...]], note: str = "") -> Table:
    return Table(
        name,
        scribe.label[name],
        scribe.label.get(note, ""),
        tuple(scribe.label[each] for each in columns.split()),
        rows,
    )


def amounts(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    for rule in scribe.program.provisions:
        writer, where = scribe.writer(rule.each), (scribe.called(rule.measure), rule.name)
        for stage in rule.stages:
            rows.append(
                (*where, stage.name, writer.say(stage.amount), scribe.ids(scribe.readings(stage.amount, stage.on)))
            )
        if rule.amount is not None:
            ids = scribe.ids(scribe.readings(rule.amount))
            rows += [(*where, case, text, ids) for case, text in amount_cases(scribe, writer, rule.amount)]
        for each in scribe.program.adjustments:
            if (
                isinstance(each, ir.Ceiling)
                and each.covers
                and each.covers[-1][0][0] == rule.name
                and each.measure == rule.measure
            ):
                per = scribe.label["per_year" if each.per_year else "per_firm"]
                rows.append((where[0], each.name, per, writer.say(each.limit), scribe.ids(each.readings)))
    note = "amounts_note" if scribe.program.readings else ""
    return _table(scribe, "amounts", "of_measures item case amount reading", rows, note)


def threshold_table(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    found = thresholds(scribe)
    for each in found:
        under = scribe.listed(f"{reading} {option}" for reading, option in each.taken)
        holds = scribe.said("under", under) if under else scribe.label["used_now"]
        rows.append((scribe.called(each.measure), each.text, scribe.listed(each.rules), holds))
    if any(each.taken for each in found):
        return _table(scribe, "thresholds", "of_measures threshold item holds", rows, "thresholds_note")
    return _table(scribe, "thresholds", "of_measures threshold item", [row[:3] for row in rows])


def responsible(scribe: Scribe, rule: ir.Provision) -> str:
    return next(
        (scribe.listed(each.responsible) for each in scribe.program.measures if each.number == rule.measure), ""
    )


def targets(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    for rule in scribe.program.provisions:
        goal = RuleWriter(scribe, rule).goal()
        if goal is not None:
            rows.append((scribe.called(rule.measure), rule.name, goal.parts[0].text, responsible(scribe, rule) or "—"))
    return _table(scribe, "targets", "of_measures item target unit", rows)


def duties(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    for rule in scribe.program.provisions:
        if rule.kind == "duty":
            writing = RuleWriter(scribe, rule)
            checks = scribe.label["stop"].join(writing.condition_text(each) for each in rule.checks)
            rows.append((scribe.called(rule.measure), rule.name, checks or "—", responsible(scribe, rule) or "—"))
    return _table(scribe, "duties", "of_measures item check unit", rows)


def left_open(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    for rule in scribe.program.provisions:
        if rule.kind in ("discretionary", "selection"):
            kind = pick(KIND[rule.kind], scribe.language)
            quota = f"{scribe.label['quota']}{scribe.label['colon']}{rule.quota.replace(' ', '')}" if rule.quota else ""
            text = scribe.label["stop"].join(filter(None, [quota, scribe.tongue.cited(rule.discretion)]))
            rows.append((scribe.called(rule.measure), rule.name, kind, text, responsible(scribe, rule)))
    return _table(scribe, "left", "of_measures item kind discretion unit", rows)


def readings(scribe: Scribe) -> Table:
    rows: list[tuple[str, ...]] = []
    used = scribe.tongue.aside(scribe.label["default"])
    for each in scribe.program.readings:
        computed = each.uncomputed is None
        options = [
            f"{option} {text}" + (used if computed and not place else "")
            for place, (option, text) in enumerate(each.options)
        ]
        if not computed:
            options.append(
                f"{scribe.label['uncomputed']}{scribe.label['colon']}{scribe.tongue.cited(each.uncomputed or '')}"
            )
        rows.append((each.id, each.question, "\n".join(options)))
    return _table(scribe, "readings", "reading question options", rows)


def facts(scribe: Scribe) -> Table:
    used: dict[str, set[int]] = {}
    for rule in scribe.program.provisions:
        for fact in facts_read(scribe.program, rule):
            used.setdefault(fact.name, set()).add(rule.measure)
    serves: dict[str, list[str]] = {}
    derived = {each.fact: each for each in scribe.program.derived if each.fact in used}
    for each in derived.values():
        for _, name in each.reads:
            serves.setdefault(name, []).append(scribe.said("to_work_out", each.fact))
    if scribe.program.offset is not None:
        serves.setdefault(scribe.program.offset.list, []).append(scribe.label["offset"])
    rows: list[tuple[str, ...]] = []
    for scope in scribe.program.scopes:
        for fact in scope.facts:
            where = [scribe.measures(used[fact.name])] if fact.name in used else []
            where += serves.get(fact.name, [])
            if where:
                name = fact.name if scope.name == ENTERPRISE else scribe.tongue.scoped(scope.name, fact.name)
                text = form(scribe, fact)
                if fact.name in derived:
                    text += scribe.said("worked_out", derived[fact.name].function)
                if fact.tally:
                    text += scribe.said("counted", fact.tally)
                if fact.unseen:
                    text += scribe.said("to_be_seen", fact.unseen)
                rows.append((name, text, fact.evidence or "—", scribe.listed(where)))
    return _table(scribe, "facts", "fact form evidence of_measures", rows)


def form(scribe: Scribe, fact: ir.FactDecl, inside: bool = False) -> str:
    """How a fact is filled in; ``inside`` the brackets after the name of a field."""
    said, kind = scribe.said, fact.type
    if fact.is_list:
        fields = [(each.name, form(scribe, each, inside=True)) for each in fact.fields]
        listed = scribe.listed(name if name == text else said("field", name, text) for name, text in fields)
        return said("by_year" if fact.series else "by_item", listed)
    members = scribe.listed(next((each.members for each in scribe.program.enums if each.name == kind.name), ()))
    match kind.kind:
        case "set":
            text = said("several", members) if members else scribe.label["years"]
        case "enum":
            text = said("one", members)
        case "number":
            unit = unit_of(scribe, kind)
            text = (unit if inside else said("in_unit", unit)) if unit else scribe.label["number_form"]
        case other:
            text = scribe.label[FORMS.get(other, "text_form")]
    return text + (scribe.label["or_none"] if kind.optional else "")


def unit_of(scribe: Scribe, kind: ir.Type) -> str:
    """The unit as it was declared, where the language is that of the policy."""
    unit = scribe.tongue.numbers.unit(kind.unit)
    return unit or kind.shown if scribe.language == "en" else kind.shown or unit
