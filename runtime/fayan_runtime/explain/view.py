"""A decision laid out for a page: everything said in words, nothing left for a template to work out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason
from fayan_runtime.explain.arithmetic import (
    amount_lines,
    item_title,
    payable_lines,
    price_before,
    row_summary,
    step_lines,
    total_line,
    workings,
)
from fayan_runtime.explain.nearest import nearest
from fayan_runtime.explain.numbers import numbers
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.names import find
from fayan_runtime.explain.policy_parts import evidence, paragraphs
from fayan_runtime.explain.questions import Question, ask
from fayan_runtime.explain.words import HOLDS, LABELS, NATURE, STATUS, TONE, pick
from fayan_runtime.interpreter import ENTERPRISE, Env
from fayan_runtime.reference import item_env
from fayan_runtime.report import Decision


@frozen
class Finding:
    """One condition: its name (empty where the sentence begins with it), the sentence with values, the outcome and its figures."""

    name: str
    text: str
    holds: bool | None
    outcome: str
    quote: str
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
    nearest: str = ""


@frozen
class ReadingView:
    id: str
    option: str
    question: str
    used: str
    others: list[str]
    matters: bool | None


@define
class ProvisionView:
    name: str
    status: str
    tone: str
    nature: str
    payer: str
    unit: str
    money: str
    quotes: list[str]
    items: list[ItemView]
    total: str
    readings: list[ReadingView]
    quiet: list[ReadingView]
    quiet_label: str
    questions: list[Question]
    evidence: list[str]
    discretion: str


@define
class MeasureView:
    number: int
    heading: str
    status: str
    tone: str
    responsible: str
    paragraphs: list[str]
    provisions: list[ProvisionView]


@frozen
class Line:
    """A line of the summary."""

    measure: str
    name: str
    amount: str = ""
    payer: str = ""
    unit: str = ""
    reason: str = ""
    asks: tuple[str, ...] = ()


@define
class DecisionView:
    title: str
    subject: str
    code: str
    policy: str
    number: str
    on: str
    digest: str
    headline: str
    changed: list[str]
    gets: list[Line]
    priced: list[Line]
    selected: list[Line]
    offered: list[Line]
    denied: list[Line]
    errors: list[Line]
    open: list[Line]
    totals: list[tuple[str, str, str, str]]
    unmatched: list[str]
    measures: list[MeasureView]
    language: str
    label: dict[str, str] = field(factory=dict)


class Laying:
    """Lays out one decision in one language."""

    def __init__(self, decision: Decision, language: str = "zh") -> None:
        self.decision = decision
        self.program = decision.program
        self.language = language
        self.tongue = tongue(language)
        self.numbers = numbers(language)
        self.rules = {(each.measure, each.name): each for each in self.program.provisions}
        self.label = labels(language)
        self.tried: dict[tuple[str, str, int], MeasureDecision] = {}

    def view(self) -> DecisionView:
        decision, program = self.decision, self.program
        measures = [self.measure(each) for each in decision.measures.values()]
        code = decision.facts.scopes.get(ENTERPRISE, {}).get("统一社会信用代码")
        defaults = {each.id: each.options[0][0] for each in program.readings if each.options}
        changed = [
            f"{id}＝{option}（{self.option(id, option)}）"
            for id, option in decision.readings.items()
            if id in defaults and defaults[id] != option
        ]
        return DecisionView(
            title=self.label["decision"],
            subject=decision.subject,
            code=code if isinstance(code, str) else "",
            policy=program.title,
            number=program.number,
            on=self.numbers.day(decision.on),
            digest=program.digest,
            headline=self.headline(),
            changed=changed,
            gets=[
                self.got(each)
                for each in self.with_status("granted")
                if each.exact_amount is not None and each.nature != "price"
            ],
            priced=[
                Line(self.short(each), each.name, price)
                for each in self.with_status("granted")
                if each.nature == "price"
                for price in self.prices(each)
            ],
            selected=[
                Line(self.short(each), each.name, payer=self.units(each))
                for each in self.with_status("granted")
                if self.is_selection(each)
            ],
            offered=[
                Line(
                    self.short(each),
                    each.name,
                    payer=self.units(each),
                    reason=self.rules[each.measure, each.name].discretion,
                )
                for each in self.with_status("discretionary", "granted")
                if each.exact_amount is None and not (each.status == "granted" and self.is_selection(each))
            ],
            denied=[
                Line(self.short(each), each.name, reason=self.decisive(each))
                for each in self.with_status("denied", "not_in_force")
            ],
            errors=[
                Line(self.short(each), each.name, reason=self.decisive(each, "error"))
                for each in self.with_status("granted", "discretionary", "unknown", "error")
                if "error" in (each.status, *(item.status for item in each.items))
            ],
            open=[
                Line(
                    self.short(each),
                    each.name,
                    asks=tuple(ask(self.tongue, self.program, path[-1]).called for path in sorted(each.missing)),
                )
                for each in self.with_status("unknown")
            ],
            totals=self.totals(),
            unmatched=[self.unmatched(each.row) for each in decision.unmatched_payments],
            measures=measures,
            language=self.language,
            label=self.label,
        )

    # ------------------------------------------------------------ the answer

    def with_status(self, *statuses: str) -> Iterator[ProvisionDecision]:
        for measure in self.decision.measures.values():
            for provision in measure.provisions.values():
                if provision.status in statuses and self.rules[provision.measure, provision.name].kind not in (
                    "duty",
                    "target",
                ):
                    yield provision

    def is_selection(self, provision: ProvisionDecision) -> bool:
        return self.rules[provision.measure, provision.name].kind == "selection"

    def headline(self) -> str:
        """One line: how much, from whom."""
        totals = self.decision.totals
        paid = [
            each
            for each in self.with_status("granted")
            if each.nature in ("cash", "relief") and each.exact_amount is not None
        ]
        known = [totals[nature] for nature in ("cash", "relief") if nature in totals]
        on, subject = self.numbers.day(self.decision.on), self.decision.subject
        complete = all(each.complete for each in known)
        if self.language == "en":
            if not paid:
                known_so_far = "" if complete else " on the facts known so far"
                return f"As of {self.decision.on}, no money is due to {subject}{known_so_far}{self.untaxed()}."
            money = " and ".join(
                f"{self.numbers.yuan(t.exact_amount)} ({pick(NATURE[n], 'en')}, from {self.payers(paid, n)})"
                for n, t in self.paid_totals()
            )
            return f"As of {self.decision.on}, {subject} is entitled to {'' if complete else 'at least '}{money}{self.untaxed()}."
        if not paid:
            if not complete:
                return f"截至{on}，{subject}能否得到资金尚不能定，需补充事实{self.untaxed()}。"
            return f"截至{on}，{subject}没有可以得到的资金{self.untaxed()}。"
        parts = []
        for nature, total in self.paid_totals():
            less = total.exact_payable is not None and total.exact_payable != total.exact_amount
            due = (
                f"，减去已兑付，应付{self.numbers.yuan(total.exact_payable)}"
                if less and total.exact_payable is not None
                else ""
            )
            parts.append(
                f"{NATURE[nature][0]}{self.numbers.yuan(total.exact_amount)}{due}（{self.payers(paid, nature)}）"
            )
        least = "" if complete else "至少"
        return f"截至{on}，{subject}{least}可得{'；'.join(parts)}{self.untaxed()}。" + (
            "" if complete else "另有事项尚不能定。"
        )

    def untaxed(self) -> str:
        """The clauses for tax not due and for extra deductions, which are no money received."""
        parts, chinese = [], self.language == "zh"
        for nature in ("tax", "deduction"):
            total = self.decision.totals.get(nature)
            if total is None or not total.exact_amount:
                continue
            units = self.payers(list(self.with_status("granted")), nature)
            least = "" if total.complete else "至少" if chinese else "at least "
            amount = self.numbers.yuan(total.exact_amount)
            if not chinese:
                by = f", handled by {units}" if units else ""
                parts.append(f"; apart from that, {pick(NATURE[nature], 'en')}: {least}{amount}{by}")
            elif nature == "tax":
                parts.append(f"；另可减征税费{least}{amount}" + (f"（{units}办理）" if units else ""))
            else:
                by = f"，{units}办理" if units else ""
                parts.append(f"；另可在税前加计扣除{least}{amount}（不是到手的钱{by}）")
        return "".join(parts)

    @staticmethod
    def payers(provisions: list[ProvisionDecision], nature: str) -> str:
        return "；".join(dict.fromkeys(each.payer for each in provisions if each.payer and each.nature == nature))

    def paid_totals(self) -> list[tuple[str, Any]]:
        return [(n, self.decision.totals[n]) for n in ("cash", "relief") if self.decision.totals[n].exact_amount]

    def got(self, provision: ProvisionDecision) -> Line:
        return Line(
            self.short(provision),
            provision.name,
            self.money(provision),
            provision.payer,
            self.unit(provision),
            pick(NATURE[provision.nature], self.language),
        )

    def money(self, provision: ProvisionDecision) -> str:
        if provision.exact_amount is None or provision.nature == "price":
            return ""
        if not provision.exact_amount and (not provision.complete or provision.status != "granted"):
            return self.label["pending"]
        simple = not provision.exact_paid and provision.exact_payable in (None, provision.exact_amount)
        parts = [
            self.numbers.yuan(provision.exact_amount)
            if simple
            else f"{self.label['granted_amount']} {self.numbers.yuan(provision.exact_amount)}"
        ]
        if provision.exact_paid:
            parts.append(f"{self.label['paid']} {self.numbers.yuan(provision.exact_paid)}")
        if provision.exact_payable is not None and not simple:
            parts.append(f"{self.label['payable']} {self.numbers.yuan(provision.exact_payable)}")
        return "，".join(parts) + ("" if provision.complete else self.label["at_least"])

    def prices(self, provision: ProvisionDecision) -> list[str]:
        """“食堂设备：1,000,000.00元 → 900,000.00元”, for each bid."""
        decision, rule = self.decision, self.rules[provision.measure, provision.name]
        found = []
        for item in provision.items:
            if item.status != "granted" or item.amount is None:
                continue
            env = item_env(self.program, decision.facts, decision.on, decision.readings, rule, item)
            row = env.items["本"][1] if "本" in env.items else {}
            named = next((held for held in row.values() if isinstance(held, str)), item_title(self.tongue, item))
            asked = price_before(rule, env)
            found.append(
                f"{named}："
                + (f"{self.numbers.yuan(asked)} → " if asked is not None else "")
                + self.numbers.yuan(item.amount)
            )
        return found

    def decisive(self, provision: ProvisionDecision, status: str = "") -> str:
        """The one reason that decides a refusal, or an error."""
        status = status or provision.status
        for item in [*provision.items, None]:
            of = item.of if item else ""
            for reason in provision.reasons:
                failing = reason.error or (reason.holds is False and status != "error")
                if failing and reason.of == of and (item is None or item.status == status):
                    where = (
                        f"{item_title(self.tongue, item)}：" if item and item.of and len(provision.items) > 1 else ""
                    )
                    return f"{where}{reason.tell(self.language)}"
        if self.decision.on < self.program.effective:
            return f"政策自{self.numbers.day(self.program.effective)}起施行"
        return pick(STATUS[status], self.language)

    def totals(self) -> list[tuple[str, str, str, str]]:
        found = []
        for nature, total in self.decision.totals.items():
            if total.exact_amount:
                payable = "" if total.exact_payable is None else self.numbers.yuan(total.exact_payable)
                note = "" if total.complete else self.label["at_least"]
                found.append(
                    (pick(NATURE[nature], self.language), self.numbers.yuan(total.exact_amount), payable, note)
                )
        return found

    def unmatched(self, row: dict[str, object]) -> str:
        offset = self.program.offset
        fact = find(self.program, ENTERPRISE, offset.list) if offset else None
        return (
            row_summary(self.tongue, [(each.name, row.get(each.name), each.type) for each in fact.fields])
            if fact
            else ""
        )

    def short(self, provision: ProvisionDecision) -> str:
        return self.numbered(provision.measure)

    def numbered(self, number: int) -> str:
        return self.label["measure"].format(number) if number else self.label["preamble"]

    def unit(self, provision: ProvisionDecision) -> str:
        """What the unit does: it pays, or it handles what is not paid out."""
        return self.label["handler" if provision.nature in ("tax", "deduction") else "payer"]

    def units(self, provision: ProvisionDecision) -> str:
        return provision.payer or "、".join(self.decision.measures[provision.measure].responsible)

    # ------------------------------------------------------------ measure by measure

    def measure(self, measure: MeasureDecision) -> MeasureView:
        text = next(each for each in self.program.measures if each.number == measure.id)
        status, tone = self.outcome(measure)
        return MeasureView(
            measure.id,
            f"{self.numbered(measure.id)}　{measure.title}" if measure.id else self.label["preamble"],
            status,
            tone,
            "、".join(measure.responsible),
            paragraphs(text) if measure.id else [],
            [self.provision(each) for each in measure.provisions.values()],
        )

    def outcome(self, measure: MeasureDecision) -> tuple[str, str]:
        """The status in the heading and its tone: “部分履行（2/5）” where duties or targets come out differently."""
        found = list(measure.provisions.values())
        kinds = [self.rules[each.measure, each.name].kind for each in found]
        if found and set(kinds) <= {"duty", "target"}:
            of = [each.status for each, kind in zip(found, kinds, strict=True) if kind == kinds[0]]
            judged = [status for status in of if status not in (kinds[0], "not_applicable")]
            met = judged.count(f"{kinds[0]}_met")
            if 0 < met < len(judged):
                return self.label[kinds[0]].format(met, len(judged)), "open"
        tone = TONE.get(measure.status, "plain")
        granted = [each for each in found if each.status == "granted"]
        if measure.status == "granted" and all(map(self.is_selection, granted)):
            return self.label["chosen"], tone
        return pick(STATUS[measure.status], self.language), tone

    def provision(self, provision: ProvisionDecision) -> ProvisionView:
        rule = self.rules[provision.measure, provision.name]
        quotes = [rule.origin.quote, *(reason.quote for reason in provision.reasons)]
        idle = provision.status == "not_applicable"
        readings = [self.reading(use, provision) for use in provision.readings if use.matters or not idle]
        shown = {
            text for each in self.program.measures if each.number == provision.measure for text in paragraphs(each)
        }
        quotes = [text for text in quotes if text not in shown]
        status = pick(STATUS[provision.status], self.language)
        if provision.status == "granted" and rule.kind == "selection":
            status = self.label["chosen"]
        return ProvisionView(
            name=provision.name,
            status=status,
            tone=TONE.get(provision.status, "plain"),
            nature=pick(NATURE[provision.nature], self.language),
            payer=provision.payer,
            unit=self.unit(provision),
            money=self.money(provision) if provision.status in ("granted", "unknown", "error") else "",
            quotes=distinct(quotes),
            items=self.items(rule, provision),
            total=total_line(self.tongue, provision),
            readings=[each for each in readings if each.matters is not False],
            quiet=[each for each in readings if each.matters is False],
            quiet_label=self.label[
                "quiet" if provision.complete and provision.status not in ("unknown", "error") else "quiet_open"
            ],
            questions=[ask(self.tongue, self.program, path[-1]) for path in sorted(provision.missing)],
            evidence=evidence(self.tongue, self.program, rule)
            if provision.status not in ("not_applicable", "duty", "target")
            else [],
            discretion=rule.discretion
            if provision.status == "discretionary" or (provision.status == "granted" and rule.kind != "selection")
            else "",
        )

    def items(self, rule: ir.Provision, provision: ProvisionDecision) -> list[ItemView]:
        decision = self.decision
        provisions = decision.measures[provision.measure].provisions
        found = []
        for item in provision.items:
            env = item_env(self.program, decision.facts, decision.on, decision.readings, rule, item)
            reasons = [each for each in provision.reasons if each.of == item.of]
            view = self.item(rule, item, env, reasons)
            view.arithmetic = (
                amount_lines(self.tongue, rule, item, env)
                + step_lines(self.tongue, provisions, provision, item, env)
                + payable_lines(self.tongue, item)
            )
            view.nearest = self.nearest(rule, provision, item) if item.status == "denied" else ""
            found.append(view)
        bare = [each for each in provision.reasons if not any(item.of == each.of for item in provision.items)]
        if bare:
            env = Env(self.program, decision.facts, decision.on, decision.readings)
            view = ItemView("", "", "", "", "plain", self.findings(rule, env, bare))
            if provision.status == "denied" and not provision.items:
                view.nearest = self.nearest(rule, provision, None)
            found.append(view)
        return found

    def item(self, rule: ir.Provision, item: Item, env: Env, reasons: list[Reason]) -> ItemView:
        row = env.items["本"][1] if "本" in env.items else {}
        declared = find(self.program, ENTERPRISE, rule.each) if rule.each else None
        facts = (
            row_summary(self.tongue, [(each.name, row.get(each.name), each.type) for each in declared.fields])
            if declared
            else ""
        )
        return ItemView(
            item_title(self.tongue, item),
            self.numbers.day(item.date) if item.date else "",
            facts,
            pick(STATUS[item.status], self.language),
            TONE.get(item.status, "plain"),
            self.findings(rule, env, reasons),
        )

    def findings(self, rule: ir.Provision, env: Env, reasons: list[Reason]) -> list[Finding]:
        conditions = {(each.name, each.origin.line): each for each in (*rule.among, *rule.must, *rule.checks)}
        found = []
        for reason in reasons:
            said = reason.tell(self.language)
            if reason.role == "period" and said.startswith("没有规定"):
                continue
            condition = conditions.get((reason.condition, reason.line))
            waits = reason.role == "chosen" and reason.holds is False
            outcome = STATUS["error"] if reason.error else HOLDS[reason.holds]
            found.append(
                Finding(
                    "" if said.startswith(reason.condition) else reason.condition,
                    said,
                    None if waits else reason.holds,
                    self.label["not_selected"] if waits else pick(outcome, self.language),
                    reason.quote,
                    workings(self.tongue, condition, env) if condition else [],
                )
            )
        return found

    def nearest(self, rule: ir.Provision, provision: ProvisionDecision, item: Item | None) -> str:
        of = self.decision
        change = nearest(self.program, of.facts, of.on, of.readings, of.decide, rule, provision, item)
        return change.say(self.tongue, self.program) if change else ""

    def otherwise(self, provision: ProvisionDecision, id: str, option: str) -> ProvisionDecision:
        """The same provision under another option of a reading."""
        of, key = self.decision, (id, option, provision.measure)
        if key not in self.tried:
            again = of.decide(of.facts, of.on, of.readings | {id: option}, (provision.measure,))
            self.tried[key] = again.measures[provision.measure]
        return self.tried[key].provisions[provision.name]

    def reading(self, use: ReadingUse, provision: ProvisionDecision) -> ReadingView:
        declared = next(each for each in self.program.readings if each.id == use.id)
        others, matters = [], use.matters
        for option, (status, amount, payable) in use.others.items():
            granted = status == "granted" and amount is not None
            got = f" {self.numbers.yuan(amount)}" if granted and amount is not None else ""
            due = (
                f"（{self.label['payable']} {self.numbers.yuan(payable)}）"
                if granted and payable is not None and payable != amount
                else ""
            )
            same = (status, amount, payable) == (provision.status, provision.exact_amount, provision.exact_payable)
            differs = same and inside(self.otherwise(provision, use.id, option)) != inside(provision)
            partly = self.label["partly"] if differs else ""
            matters = matters or differs
            others.append(
                f"{option} {self.option(use.id, option)}：{pick(STATUS[status], self.language)}{got}{due}{partly}"
            )
        used = f"{use.used} {self.option(use.id, use.used)}" if use.used else (declared.uncomputed or "")
        return ReadingView(use.id, use.used or "—", declared.question, used, others, matters)

    def option(self, id: str, option: str) -> str:
        declared = next((each for each in self.program.readings if each.id == id), None)
        return next((text for name, text in declared.options if name == option), "") if declared else ""


# ---------------------------------------------------------------- small helpers


def inside(provision: ProvisionDecision) -> tuple[object, ...]:
    """What an equal status and amount may hide: whether all is decided, and how each item came out."""
    items = [(each.of, each.name, each.status, each.amount) for each in provision.items]
    return provision.complete, provision.missing, items


def labels(language: str) -> dict[str, str]:
    return {name: pick(pair, language) for name, pair in LABELS.items()}


def distinct(texts: Iterable[str]) -> list[str]:
    """In order, without the empty, the repeated and those that stand inside another."""
    found = [text for text in dict.fromkeys(texts) if text]
    return [text for text in found if not any(text != other and text in other for other in found)]
