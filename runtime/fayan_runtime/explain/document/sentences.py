"""A rule line by line, in plain sentences with the words they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from fayan_runtime import ir
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.steps import first_only
from fayan_runtime.explain.phrase.written import Writer


@frozen
class Part:
    """One sentence; ``quote`` are words of 原文 finer than those the rule rests on; ``readings`` decide what it means."""

    text: str
    quote: str = ""
    readings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@frozen
class Line:
    """A labelled line of a rule, of one sentence or several."""

    label: str
    parts: tuple[Part, ...]


@define
class RuleWriter:
    scribe: Scribe
    rule: ir.Provision
    writer: Writer = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.writer = self.scribe.writer(self.rule.each)

    def lines(self) -> list[Line]:
        rule, said = self.rule, self.scribe.said
        found = [
            self.line("items", said("each", rule.each)) if rule.each else None,
            self.event(),
            self.conditions("towards" if rule.kind == "duty" else "applies", rule.among),
            self.conditions("condition" if len(rule.must) == 1 else "conditions", rule.must),
            self.conditions("check_of", rule.checks),
            self.goal(),
            self.chosen(),
            self.line("quota", rule.quota.replace(" ", "")) if rule.quota else None,
            self.amount(),
            None if rule.stated_total is None else self.line("stated", self.writer.say(rule.stated_total)),
            *self.between(),
            self.line("handler" if rule.nature in ("tax", "deduction") else "payer", rule.payer)
            if rule.payer
            else None,
            self.line("discretion", self.scribe.tongue.cited(rule.discretion)) if rule.discretion else None,
        ]
        return [each for each in found if each is not None]

    def line(self, label: str, *texts: str, readings: Iterable[str] = ()) -> Line:
        return Line(self.scribe.label[label], tuple(Part(text, readings=tuple(readings)) for text in texts))

    # ------------------------------------------------------------ conditions
    def conditions(self, label: str, conditions: tuple[ir.Condition, ...]) -> Line | None:
        if not conditions:
            return None
        return Line(self.scribe.label[label], tuple(self.condition(each) for each in conditions))

    def condition(self, condition: ir.Condition) -> Part:
        rests, own = condition.origin.quote, self.rule.origin.quote
        finer = rests if rests and rests != own and not any(rests == each for each in self.sentences()) else ""
        return Part(self.condition_text(condition), finer, self.scribe.readings(condition.expr))

    def sentences(self) -> list[str]:
        measures = (each for each in self.scribe.program.measures if each.number == self.rule.measure)
        return [sentence.text for measure in measures for sentence in measure.sentences]

    def condition_text(self, condition: ir.Condition) -> str:
        """“租金过门槛：租金超过20元/平方米·月”; the name alone, or the sentence alone, where the other says no more."""
        scribe = self.scribe
        if first_only(condition.expr):
            keys = scribe.listed(condition.name.split()[2:])
            return scribe.said("first", keys, self.rule.each) if keys else scribe.said("first_of_all", self.rule.each)
        name = condition.name.replace(" ", "")
        settled = scribe.settled(condition.expr)
        if settled is not None:
            return name + scribe.label["colon"] + scribe.label["waived" if settled.value is True else "never"]
        told = self.writer.say(condition.expr)
        if told in name:
            return name if scribe.language == "zh" else told
        return (
            told
            if name in told or (scribe.language == "en" and " " in condition.name)
            else name + scribe.label["colon"] + told
        )

    def event(self) -> Line | None:
        """The day that counts, and between which days it must lie."""
        rule, scribe = self.rule, self.scribe
        if rule.on is None and not rule.stages:
            return None
        day = self.writer.say(rule.on) if rule.on is not None else scribe.label["stage_days"]
        bounds = []
        own = [each for each in rule.periods if not scribe.is_common(each)]
        for period in own:
            for end, word in ((period.start, "not_before"), (period.end, "not_after")):
                settled = None if end is None else scribe.settled(end)
                if end is not None and (settled is None or settled.value is not None):
                    bounds.append(scribe.said(word, self.writer.say(end)))
        plain = isinstance(rule.on, ir.Field)
        if not bounds and plain:
            return None
        text = scribe.label["comma"].join([day, *bounds])
        return self.line("event", text, readings=scribe.readings(tuple(own), *filter(None, [rule.on])))

    def goal(self) -> Line | None:
        rule, scribe = self.rule, self.scribe
        if rule.goal is None:
            return None
        told = self.writer.say(rule.goal)
        return self.line("target", scribe.said("until", told, scribe.time(rule.until)) if rule.until else told)

    def chosen(self) -> Line | None:
        chosen = self.rule.chosen
        if chosen is None:
            return None
        told = self.writer.say(chosen)
        return self.line("chosen", self.scribe.tongue.is_yes(told) if isinstance(chosen, ir.Fact) else told)

    # ------------------------------------------------------------ amounts
    def amount(self) -> Line | None:
        rule, scribe = self.rule, self.scribe
        if rule.stages:
            return Line(scribe.label["stages"], tuple(self.stage(each) for each in rule.stages))
        if rule.amount is None:
            return None
        cases = amount_cases(scribe, self.writer, rule.amount)
        readings = scribe.readings(rule.amount)
        colon = scribe.label["colon"]
        texts = [f"{case}{colon}{text}" if case else text for case, text in cases]
        return self.line("amount", *texts, readings=readings)

    def stage(self, stage: ir.Stage) -> Part:
        amount = self.writer.say(stage.amount)
        readings = self.scribe.readings(stage.amount, stage.on)
        settled = self.scribe.settled(stage.on)
        if settled is not None and settled.value is None:
            return Part(self.scribe.said("stage_never", stage.name, amount), readings=readings)
        return Part(self.scribe.said("stage", stage.name, amount, self.writer.say(stage.on)), readings=readings)

    def between(self) -> list[Line]:
        """Limits, highest-only and deductions that touch the rule."""
        rule, found = self.rule, []
        stages = {stage.name for stage in rule.stages}
        for each in self.scribe.program.adjustments:
            match each:
                case ir.Ceiling() if any(name == rule.name for (name, _), _ in each.covers):
                    found.append(self.ceiling(each))
                case ir.Highest() if any(name == rule.name or stage in stages for name, stage in each.members):
                    names = self.scribe.listed(stage or self.beside(name) for name, stage in each.members)
                    told = self.scribe.said(each.mode, names)
                    if each.received is not None:
                        told = self.scribe.said("received", told, self.writer.say(each.received))
                    found.append(self.adjusted("highest", told, each))
                case ir.Deduct() if each.member == rule.name:
                    less = self.scribe.said("less", self.scribe.listed(map(self.beside, each.less)))
                    found.append(self.adjusted("deduct", less, each))
        return found

    def beside(self, name: str) -> str:
        """A rule as it is called from this one: with its measure where that is another."""
        number = next(each.measure for each in self.scribe.program.provisions if each.name == name)
        return name if number == self.rule.measure else f"{self.scribe.called(number)} {name}"

    def ceiling(self, ceiling: ir.Ceiling) -> Line:
        scribe = self.scribe
        per = scribe.label["per_year" if ceiling.per_year else "per_firm"]
        parts = [scribe.said("ceiling", per, self.writer.say(ceiling.limit))]
        names = dict.fromkeys(name for (name, _), when in ceiling.covers if scribe.applies(when))
        if len(names) > 1:
            parts.append(
                scribe.label["apart"]
                if scribe.applies(ceiling.split)
                else scribe.said("together", scribe.listed(map(self.beside, names)))
            )
        parts += [scribe.said("split_by", key) for key, when in ceiling.keys if scribe.applies(when)]
        return self.adjusted("limit", scribe.label["comma"].join(parts), ceiling, ceiling.name)

    def adjusted(self, label: str, text: str, each: ir.Ceiling | ir.Highest | ir.Deduct, name: str = "") -> Line:
        inactive = "" if self.scribe.applies(each.applies) else self.scribe.label["inactive"]
        return Line(name or self.scribe.label[label], (Part(text + inactive, readings=each.readings),))


def amount_cases(scribe: Scribe, writer: Writer, amount: ir.Expr) -> list[tuple[str, str]]:
    """(case, amount): one for each category or condition; one without a case where there is but one formula."""
    match writer.opened(amount):
        case ir.Match(arms=arms):
            return [(scribe.listed(members), writer.say(each)) for members, each in arms]
        case ir.Cases(whens=whens, otherwise=otherwise) as cases if not (bands_of(cases) or rows_of(cases)):
            told = [(writer.say(when), writer.say(each)) for when, each in whens]
            return [*told, (scribe.label["otherwise"], writer.say(otherwise))]
        case one:
            return [("", writer.say(one))]
