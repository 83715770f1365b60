"""The policy laid out for a page: everything said in words, nothing left for a template to work out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import define, frozen

from fayan_runtime import ir
from fayan_runtime.explain.decision.policy_parts import gaps
from fayan_runtime.explain.document.cases import CaseTable, case_table
from fayan_runtime.explain.document.diagram import Diagram, diagrams
from fayan_runtime.explain.document.sentences import Line, Part, RuleWriter, amount_cases
from fayan_runtime.explain.document.tables import Table, tables
from fayan_runtime.explain.document.trace import NAMING, Trace
from fayan_runtime.explain.document.words import HEADERS, KIND, MARKS
from fayan_runtime.explain.document.writer import Scribe, own
from fayan_runtime.explain.timeline.picked import said_of
from fayan_runtime.explain.words import NATURE, pick
from fayan_runtime.timeline import Pick

#: Headers that are laid out by name, and those that say how the text is laid out.
NAMED = {"文号", "发文机关", "成文日期", "施行日期", "章号", "条号"}
#: What may rest on a sentence, and how it is labelled.
KINDS = {
    "rule": "", "limit": "limit_of", "highest": "highest_of", "deduct": "deduct_of", "definition": "defined",
    "reading": "readings_of",
}  # fmt: skip


@frozen
class Group:
    """What of one kind rests on a sentence: names, each with the place on the page it leads to; or what the file says of it."""

    label: str
    names: tuple[tuple[str, str], ...] = ()
    text: str = ""


@frozen
class SentenceView:
    """A sentence of 原文; ``mark`` (①) where its measure has several; ``anchor`` is its place on the page."""

    mark: str
    anchor: str
    text: str
    groups: tuple[Group, ...]
    rests: str


@define
class RuleView:
    """``basis`` are the sentences it rests on, by mark and place on the page."""

    name: str
    anchor: str
    kind: str
    basis: list[tuple[str, str]]
    quote: str
    lines: list[Line]


@frozen
class Term:
    """A definition in a sentence; ``options`` are what it means under each reading, or in each case of its ``table``."""

    text: str
    options: list[str]
    table: CaseTable | None = None


@define
class MeasureView:
    chapter: str
    number: int
    heading: str
    paragraphs: list[list[SentenceView]]
    responsible: str
    units: list[str]
    gaps: list[str]
    rules: list[RuleView]
    terms: list[Term]
    diagrams: list[Diagram]

    @property
    def sentences(self) -> list[SentenceView]:
        return [each for paragraph in self.paragraphs for each in paragraph]


@define
class PolicyView:
    title: str
    headers: list[tuple[str, str]]
    digest: str
    note: str
    measures: list[MeasureView]
    common: list[Line]
    definitions: list[Term]
    imports: list[str]
    tables: list[Table]
    language: str
    label: dict[str, str]


def policy_view(program: ir.Program, language: str = "zh", picked: Pick | None = None) -> PolicyView:
    scribe = Scribe(program, language)
    return PolicyView(
        title=program.title,
        headers=list(headers(scribe, picked)),
        digest=program.digest,
        note=scribe.label["kept" if any(each.passages for each in program.measures) else "kept_none"],
        measures=list(measures(scribe)),
        common=common(scribe),
        definitions=[defined(scribe, each) for each in (*scribe.definitions(None), *scribe.taken())],
        imports=[imported(scribe, each) for each in program.imports],
        tables=tables(scribe),
        language=language,
        label=scribe.label,
    )


def headers(scribe: Scribe, picked: Pick | None) -> Iterator[tuple[str, str]]:
    program = scribe.program

    def day(day: date | None) -> str:
        return scribe.tongue.numbers.day(day) if day else scribe.label["not_seen"]

    yield scribe.label["number"], program.number
    yield scribe.label["issuer"], program.issuer
    yield scribe.label["dated"], day(program.dated)
    yield scribe.label["effective"], day(program.effective)
    for name, text in program.headers:
        if name not in NAMED and text:
            yield pick(HEADERS.get(name, (name, name)), scribe.language), scribe.time(text)
    if picked is not None:
        yield scribe.label["picked"], said_of(picked, scribe.language)


def measures(scribe: Scribe) -> Iterator[MeasureView]:
    program, last = scribe.program, ""
    titles = {key: f"{number}、{title}" for number, title, _ in program.chapters for key in (number, title)}
    for measure in program.measures:
        chapter = titles.get(measure.chapter, measure.chapter)
        trace = Trace(program, measure)
        yield MeasureView(
            chapter=chapter if chapter != last else "",
            number=measure.number,
            heading=f"{measure.number}. {measure.title}" if measure.number else scribe.label["preamble"],
            paragraphs=paragraphs(scribe, measure, trace),
            responsible=scribe.listed(measure.responsible),
            units=[
                of + scribe.label["colon"] + scribe.tongue.cited(said)
                for of, _, said in (text.partition(" ") for text in trace.units)
            ],
            gaps=gaps(scribe.tongue, scribe.label, measure),
            rules=[rule(scribe, each, trace) for each in scribe.rules_of(measure.number)],
            terms=[defined(scribe, each) for each in scribe.definitions(measure.number)],
            diagrams=diagrams(scribe, measure),
        )
        last = chapter


# ---------------------------------------------------------------- words and rules


def mark(place: int) -> str:
    """①, ② … ⑳, (21)."""
    return chr(0x2460 + place) if place < 20 else f"({place + 1})"


def anchor(measure: int, kind: str, name: str | int) -> str:
    """A place on the page: m3s1 a sentence, m3-国有厂房租金减免 a rule, R3.2 a reading."""
    if kind == "reading":
        return str(name)
    return f"m{measure}s{name}" if kind == "sentence" else f"m{measure}-{name}" if kind == "rule" else ""


def paragraphs(scribe: Scribe, measure: ir.Measure, trace: Trace) -> list[list[SentenceView]]:
    found: list[list[SentenceView]] = []
    several = len(measure.sentences) > 1
    for place, sentence in enumerate(measure.sentences):
        resting = tuple(groups(scribe, trace, place))
        view = SentenceView(
            mark(place) if several else "",
            anchor(measure.number, "sentence", place + 1),
            sentence.text,
            resting,
            scribe.label["stop"].join(told(scribe, each) for each in resting),
        )
        if sentence.opens or not found:
            found.append([view])
        else:
            found[-1].append(view)
    return found


def told(scribe: Scribe, group: Group) -> str:
    """“口径：R3.2、R3.3”."""
    text = group.text or scribe.listed(name for name, _ in group.names)
    return scribe.label["colon"].join(filter(None, (group.label, text)))


def groups(scribe: Scribe, trace: Trace, place: int) -> Iterator[Group]:
    number, found = trace.measure.number, trace.on(place)
    for kind, label in KINDS.items():
        names = dict.fromkeys(each.name for each in found if each.kind == kind)
        if names:
            linked = tuple((name, anchor(number, kind, name)) for name in names if name)
            yield Group(scribe.label[label] if label else "", linked)
    for kind, text in trace.marks(place):
        words, _, reason = text.partition(" ") if kind in NAMING else ("", "", text)
        said = pick(MARKS.get(kind, (kind, kind)), scribe.language)
        gap = " " if words and scribe.language == "en" else ""
        yield Group(said + gap + (f"“{words}”" if words else ""), text=scribe.tongue.cited(reason))


def rule(scribe: Scribe, rule: ir.Provision, trace: Trace) -> RuleView:
    kind = NATURE[rule.nature] if rule.nature else KIND[rule.kind]
    several = len(trace.measure.sentences) > 1
    places = trace.of(rule) if several else []
    basis = [(mark(each), anchor(rule.measure, "sentence", each + 1)) for each in places]
    whole = {each.text for each in trace.measure.sentences}
    finer = rule.origin.quote if rule.origin.quote and not any(each in rule.origin.quote for each in whole) else ""
    here = anchor(rule.measure, "rule", rule.name)
    return RuleView(rule.name, here, pick(kind, scribe.language), basis, finer, RuleWriter(scribe, rule).lines())


# ---------------------------------------------------------------- definitions and what is common


def defined(scribe: Scribe, function: ir.Function) -> Term:
    """“增速（某指标，某年）”，是指…; where readings decide, what it is under each."""
    params = scribe.label["comma"].join(name for name, _ in function.params)
    name = function.name + (scribe.tongue.bracket(params) if params else "")
    if not own(function, scribe.program.number):
        name += scribe.said("of_document", function.document)
    arms = list(options(scribe, function.body, ()))
    table = case_table(scribe, scribe.writer(opening=False), function.body)
    if table is not None:
        return Term(scribe.said("means_table", name), cases(scribe, function.body), table)
    if len(arms) == 1 and not arms[0][0]:
        return Term(scribe.said("means", name, meaning(scribe, function.body)), [])
    told = []
    for taken, body, used in arms:
        ids = scribe.listed(f"{reading} {option}" for reading, option in taken)
        now = scribe.tongue.aside(scribe.label["default"]) if used else ""
        told.append(scribe.said("by_option", ids, now, meaning(scribe, body)))
    return Term(scribe.said("means_by", name), told)


def cases(scribe: Scribe, body: ir.Expr) -> list[str]:
    colon = scribe.label["colon"]
    told = amount_cases(scribe, scribe.writer(opening=False), body)
    return [f"{when}{colon}{then}" for when, then in told]


def meaning(scribe: Scribe, body: ir.Expr) -> str:
    if isinstance(body, ir.Const) and isinstance(body.value, bool):
        return scribe.label["holds_always" if body.value else "holds_never"]
    if isinstance(body, ir.Const) and body.value is None:
        return scribe.label["no_day"]
    return scribe.writer(opening=False).say(body)


def options(
    scribe: Scribe, body: ir.Expr, taken: tuple[tuple[str, str], ...], used: bool = True
) -> Iterator[tuple[tuple[tuple[str, str], ...], ir.Expr, bool]]:
    """The options of the readings a definition begins with, each with what it is under it; whether it is the one used."""
    if not isinstance(body, ir.Choose):
        yield taken, body, used
        return
    declared = next(each.options for each in scribe.program.readings if each.id == body.reading)
    same: dict[ir.Expr, list[int]] = {}
    for place, arm in enumerate(body.arms):
        same.setdefault(arm, []).append(place)
    for arm, places in same.items():
        names = scribe.listed(declared[place][0] for place in places)
        yield from options(scribe, arm, (*taken, (body.reading, names)), used and 0 in places)


def common(scribe: Scribe) -> list[Line]:
    """What holds for every measure: the days that count at all, and set-off."""
    found = []
    periods = {
        each.origin.line: each for rule in scribe.program.provisions for each in rule.periods if scribe.is_common(each)
    }
    for period in periods.values():
        for end, word in ((period.start, "not_before"), (period.end, "not_after")):
            if end is not None:
                parts = tuple(Part(text) for text in ends(scribe, end, word))
                found.append(Line(scribe.label["event"], parts))
    offset = scribe.program.offset
    if offset is not None:
        writing = RuleWriter(scribe, ir.Provision(measure=0, name="", kind="award", each=offset.list))
        text = scribe.said("offset_text", offset.list)
        parts = (Part(text, readings=offset.readings), *(writing.condition(each) for each in offset.among))
        found.append(Line(scribe.label["offset"], parts))
    return found


def imported(scribe: Scribe, each: ir.Import) -> str:
    """A document referred to: which earlier one it follows, where it is referred to, and what is taken from it."""
    parts = [scribe.called(each.measure)] if each.measure else []
    if each.on is not None and each.asked != each.number:
        parts.append(scribe.said("in_force_on", each.asked, scribe.tongue.numbers.day(each.on)))
    if each.takes:
        parts.append(f"{scribe.label['takes']} {scribe.listed(each.takes)}")
    return f"{each.number}《{each.title}》" + (scribe.tongue.aside(scribe.label["stop"].join(parts)) if parts else "")


def ends(scribe: Scribe, end: ir.Expr, word: str) -> Iterator[str]:
    """One end of a period, under each option where readings decide it."""
    writer = scribe.writer()
    while isinstance(end, ir.Call):
        end = writer.function(end.function).body
    for taken, body, used in options(scribe, end, ()):
        none = isinstance(body, ir.Const) and body.value is None
        text = scribe.label["not_limited"] if none else scribe.said(word, writer.say(body))
        ids = scribe.listed(f"{reading} {option}" for reading, option in taken)
        now = scribe.tongue.aside(scribe.label["default"]) if used and ids else ""
        yield scribe.said("by_option", ids, now, text) if ids else text
