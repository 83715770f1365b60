"""Measure by measure: the words relied on, then each provision item by item."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Item, MeasureDecision, ProvisionDecision, Reason
from fayan_runtime.explain.decision.answer import money
from fayan_runtime.explain.decision.arithmetic import amount_lines, row_summary, step_lines, total_line, workings
from fayan_runtime.explain.decision.compared import Readings, readings_of
from fayan_runtime.explain.decision.context import DUTIES, Context
from fayan_runtime.explain.decision.paid import paid_lines, warnings
from fayan_runtime.explain.decision.pending import aside_lines, asides, idle
from fayan_runtime.explain.decision.policy_parts import evidence, gaps, paragraphs
from fayan_runtime.explain.decision.questions import Question, ask
from fayan_runtime.explain.decision.turning import turning
from fayan_runtime.explain.phrase.names import find
from fayan_runtime.explain.phrase.told import tell
from fayan_runtime.explain.words import HOLDS, MARK, STATUS, TONE, pick
from fayan_runtime.interpreter import Env, trace
from fayan_runtime.names import ENTERPRISE


@frozen
class Finding:
    """One condition: its name (empty where the sentence begins with it), the sentence with values, the outcome and its figures."""

    name: str
    text: str
    holds: bool | None
    mark: str
    outcome: str
    workings: list[str]


@define
class ItemView:
    title: str
    date: str
    facts: str
    status: str
    tone: str
    findings: list[Finding] = field(factory=list)
    arithmetic: list[str] = field(factory=list)
    warnings: list[str] = field(factory=list)
    turns: str = ""


@define
class ProvisionView:
    """``idle`` says why there is nothing to decide on; ``asides`` what was looked at and is no item."""

    name: str
    status: str
    tone: str
    money: str
    by: str
    quotes: list[str]
    idle: str
    items: list[ItemView]
    asides: list[str]
    total: str
    discretion: str


@define
class MeasureView:
    heading: str
    status: str
    tone: str
    responsible: str
    paragraphs: list[str]
    #: What is not on file of its words.
    gaps: list[str]
    provisions: list[ProvisionView]
    readings: Readings
    questions: list[Question]
    evidence: list[str]


class Told:
    """What has been told once is not told again in full: the place where it stands is named instead."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], str] = {}
        self.tags: set[str] = set()

    def before(self, name: str, text: str, place: str) -> str:
        """Where the same finding was told before; empty where it was not, or in this very place."""
        first = self.places.setdefault((name, text), place)
        return "" if first == place else first

    def once(self, tag: str) -> bool:
        """Whether the tag was shown before."""
        shown = tag in self.tags
        self.tags.add(tag)
        return shown


def measures(at: Context) -> list[MeasureView]:
    told = Told()
    return [measure_view(at, each, told) for each in at.decision.measures.values()]


def measure_view(at: Context, measure: MeasureDecision, told: Told) -> MeasureView:
    text = next(each for each in at.program.measures if each.number == measure.id)
    status, tone = outcome(at, measure)
    told.once(status)
    provisions = list(measure.provisions.values())
    asked = [each for each in provisions if at.rule(each).kind != "target"]  # of the district, not of the enterprise
    missing = {path: None for each in asked for path in sorted(each.lacking)}
    attach = [
        line
        for each in provisions
        if each.status not in ("not_applicable", "not_in_force", "duty", "target")
        for line in evidence(at.tongue, at.program, at.rule(each))
    ]
    return MeasureView(
        at.measure(measure.id) + at.both("　", "  ") + measure.title if measure.id else at.label["preamble"],
        status,
        tone,
        at.tongue.numbers.listed(measure.responsible),
        paragraphs(text) if measure.id else [],
        gaps(at.tongue, at.label, text),
        [provision_view(at, each, told) for each in provisions],
        readings_of(at, measure),
        [ask(at.tongue, at.program, path[-1]) for path in missing],
        list(dict.fromkeys(attach)),
    )


def outcome(at: Context, measure: MeasureDecision) -> tuple[str, str]:
    """The status in the heading and its tone: “部分履行（2/5）” where duties or targets come out differently."""
    found = list(measure.provisions.values())
    kinds = [at.rule(each).kind for each in found]
    if found and set(kinds) <= set(DUTIES):
        of = [each.status for each, kind in zip(found, kinds, strict=True) if kind == kinds[0]]
        judged = [status for status in of if status not in (kinds[0], "not_applicable")]
        met = judged.count(f"{kinds[0]}_met")
        if 0 < met < len(judged):
            return at.label[kinds[0]].format(met, len(judged)), "open"
    tone = TONE.get(measure.status, "plain")
    granted = [each for each in found if each.status == "granted"]
    if measure.status == "granted" and all(at.rule(each).kind == "selection" for each in granted):
        return at.label["chosen"], tone
    return at.status(measure.status), tone


def provision_view(at: Context, provision: ProvisionDecision, told: Told) -> ProvisionView:
    rule = at.rule(provision)
    shown = {text for each in at.program.measures if each.number == provision.measure for text in paragraphs(each)}
    quotes = [rule.origin.quote, *(reason.quote for reason in provision.reasons)]
    status = at.status(provision.status)
    if provision.status == "target" and told.once(status):
        status = at.label["of_district"]
    if provision.status == "granted" and rule.kind == "selection":
        status = at.label["chosen"]
    left = provision.status == "discretionary" or (provision.status == "granted" and rule.kind != "selection")
    amount = money(at, provision) if provision.status in ("granted", "unknown", "error") else ""
    aside = asides(at, rule, provision)
    return ProvisionView(
        name=provision.name,
        status=status,
        tone=TONE.get(provision.status, "plain"),
        money=amount,
        by=at.by(provision) if amount and provision.payer else "",
        quotes=distinct(text for text in quotes if text not in shown),
        idle=idle(at, rule, provision, aside),
        items=items(at, rule, provision, told),
        asides=aside_lines(at, aside),
        total=total_line(at.tongue, provision),
        discretion=at.tongue.cited(rule.discretion) if left else "",
    )


# ---------------------------------------------------------------- items


def items(at: Context, rule: ir.Provision, provision: ProvisionDecision, told: Told) -> list[ItemView]:
    outcome = at.decision.outcome
    provisions = outcome.beside | {each.name: each for each in outcome.provisions()}
    found = []
    for item in provision.items:
        env = at.item_env(rule, item)
        view = item_view(at, rule, item, env)
        place = f"{at.called(provision)} {at.title(item)}".rstrip()
        view.findings = findings(at, rule, env, [each for each in provision.reasons if each.of == item.of], told, place)
        view.arithmetic = (
            amount_lines(at.tongue, rule, item, env)
            + step_lines(at.tongue, provisions, provision, item, env)
            + paid_lines(at, rule, item, env)
        )
        view.warnings = warnings(at, provision, item)
        view.turns = str(turning(at, provision, item) or "")
        found.append(view)
    bare = [each for each in provision.reasons if not any(item.of == each.of for item in provision.items)]
    if bare:
        view = ItemView("", "", "", "", "plain", findings(at, rule, at.env, bare, told, at.called(provision)))
        if provision.status == "denied" and not provision.items:
            view.turns = str(turning(at, provision, None) or "")
        found.append(view)
    return found


def item_view(at: Context, rule: ir.Provision, item: Item, env: Env) -> ItemView:
    row = env.items["本"][1] if "本" in env.items else {}
    declared = find(at.program, ENTERPRISE, rule.each) if rule.each else None
    facts = (
        row_summary(at.tongue, [(each.name, row.get(each.name), each.type) for each in declared.fields])
        if declared
        else ""
    )
    date = at.day(item.date) if item.date else ""
    return ItemView(at.title(item), date, facts, at.status(item.status), TONE.get(item.status, "plain"))


def findings(at: Context, rule: ir.Provision, env: Env, reasons: list[Reason], told: Told, place: str) -> list[Finding]:
    conditions = {(each.name, each.origin.line): each for each in (*rule.among, *rule.must, *rule.checks)}
    found = []
    for reason in reasons:
        condition = conditions.get((reason.condition, reason.line))
        traced = trace(condition.expr, env) if condition else None
        text = tell(at.tongue, traced, env) if traced else reason.tell(at.language)
        if reason.role == "period" and reason.text.startswith("没有规定"):
            continue
        waits = reason.role == "chosen" and reason.holds is False
        outcome = (
            at.label["not_selected"]
            if waits
            else pick(STATUS["error"] if reason.error else HOLDS[reason.holds], at.language)
        )
        named = " " not in reason.condition and not text.startswith(
            reason.condition
        )  # by the drafter, and not repeated
        name = reason.condition if named else ""
        lines = workings(at.tongue, traced, env) if traced else []
        first = told.before(name, text, place) if name and (lines or (reason.holds and len(text) > 30)) else ""
        if first:
            text, lines = at.both(f"同{first}", f"as for {first}"), []
        holds = None if waits else reason.holds
        found.append(
            Finding(
                name,
                text,
                holds,
                at.both("！", "!") if reason.error else pick(MARK[holds], at.language),
                outcome,
                lines,
            )
        )
    return found


def distinct(texts: Iterable[str]) -> list[str]:
    """In order, without the empty, the repeated and those that stand inside another."""
    found = [text for text in dict.fromkeys(texts) if text]
    return [text for text in found if not any(text != other and text in other for other in found)]
