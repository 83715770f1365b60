"""The policy itself as a document: 原文 with plain sentences made from the rules beside it, tables of what counts, readings and facts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from attrs import define, field, frozen

from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.steps import first_only
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.phrase.zh import SPOKEN
from fayan_runtime.explain.policy_parts import evidence, expressions, facts_read, gaps, paragraphs
from fayan_runtime.explain.words import NATURE, labels, pick

SCHEMA = "fayan.policy/1"
KIND = {
    "award": ("奖励补助", "award"),
    "discretionary": ("酌定支持", "discretionary support"),
    "duty": ("部门职责", "duty"),
    "target": ("目标", "target"),
    "selection": ("遴选", "selection"),
}
#: The diagram's width and what fits on a line of it, in Chinese characters.
WIDE, CHARACTERS = 340, 19


@frozen
class Box:
    """One box of a diagram: its top, its height and its lines of text."""

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


@define
class RuleView:
    name: str
    kind: str
    sentences: list[str]
    quote: str
    evidence: list[str]


@define
class MeasureText:
    chapter: str
    number: int
    heading: str
    paragraphs: list[str]
    responsible: str
    gaps: list[str]
    rules: list[RuleView]
    diagrams: list[Diagram]


@define
class PolicyView:
    title: str
    number: str
    issuer: str
    dated: str
    effective: str
    digest: str
    on: str
    headers: list[tuple[str, str]]
    measures: list[MeasureText]
    amounts: list[tuple[str, str, str, str]]
    thresholds: list[tuple[str, str, str]]
    definitions: list[tuple[str, str]]
    imports: list[tuple[str, str, str]]
    readings: list[tuple[str, str, list[str], str]]
    duties: list[tuple[str, str, str, str]]
    facts: list[tuple[str, str, str, str]]
    language: str
    label: dict[str, str] = field(factory=dict)


def policy_view(program: ir.Program, language: str = "zh", on: date | None = None) -> PolicyView:
    writer = Writer(program, language)
    known = {"文号", "发文机关", "成文日期", "施行日期"}
    return PolicyView(
        title=program.title,
        number=program.number,
        issuer=program.issuer,
        dated=writer.day(program.dated),
        effective=writer.day(program.effective),
        digest=program.digest,
        on=writer.tongue.numbers.day(on) if on else "",
        headers=[(name, text) for name, text in program.headers if name not in known and text],
        measures=writer.measures(),
        amounts=writer.amounts(),
        thresholds=writer.thresholds(),
        definitions=writer.definitions(),
        imports=writer.imports(),
        readings=writer.readings(),
        duties=writer.duties(),
        facts=writer.facts(),
        language=language,
        label=writer.label,
    )


class Writer:
    def __init__(self, program: ir.Program, language: str) -> None:
        self.program = program
        self.language = language
        self.tongue = tongue(language)
        self.label = labels(language)

    def say(self, expr: ir.Expr) -> str:
        return say(self.tongue, expr, self.program)

    def day(self, day: date | None) -> str:
        return self.tongue.numbers.day(day) if day else self.label["not_seen"]

    def called(self, number: int) -> str:
        return self.label["measure"].format(number) if number else self.label["preamble"]

    def rules_of(self, number: int) -> list[ir.Provision]:
        return [each for each in self.program.provisions if each.measure == number]

    def measures(self) -> list[MeasureText]:
        found, last = [], ""
        chapters = {number: f"{number}、{title}" for number, title, _ in self.program.chapters}
        titles = {title: f"{number}、{title}" for number, title, _ in self.program.chapters}
        for measure in self.program.measures:
            chapter = chapters.get(measure.chapter) or titles.get(measure.chapter) or measure.chapter
            found.append(
                MeasureText(
                    chapter if chapter != last else "",
                    measure.number,
                    f"{measure.number}. {measure.title}" if measure.number else self.label["preamble"],
                    paragraphs(measure),
                    "、".join(measure.responsible),
                    gaps(self.label, measure),
                    [self.rule(each) for each in self.rules_of(measure.number)],
                    self.diagrams(measure),
                )
            )
            last = chapter
        return found

    def imports(self) -> list[tuple[str, str, str]]:
        """The documents referred to: number, title, and which version it is, where, and what is taken from it."""
        found = []
        for each in self.program.imports:
            parts = [self.called(each.measure)] if each.measure else []
            if each.on is not None and each.asked != each.number:
                parts.append(self.label["in_force_on"].format(each.asked, self.tongue.numbers.day(each.on)))
            if each.takes:
                parts.append(f"{self.label['takes']} {'、'.join(each.takes)}")
            found.append((each.number, each.title, f"（{'；'.join(parts)}）" if parts else ""))
        return found

    def rule(self, rule: ir.Provision) -> RuleView:
        return RuleView(
            rule.name,
            pick(NATURE[rule.nature] if rule.nature else KIND[rule.kind], self.language),
            self.sentences(rule),
            rule.origin.quote,
            evidence(self.tongue, self.program, rule),
        )

    # ------------------------------------------------------------ sentences

    def sentences(self, rule: ir.Provision) -> list[str]:
        said = []
        if rule.each:
            said.append(f"对每一条{rule.each}分别判断。")
        for condition in rule.among:
            said.append(f"适用于：{self.condition(condition)}。")
        periods = [text for each in rule.periods if (text := self.period(each))]
        if periods:
            said.append(f"事项日期须{'，并且'.join(periods)}。")
        if len(rule.must) == 1:
            said.append(f"条件：{self.condition(rule.must[0])}。")
        elif rule.must:
            parts = "；".join(f"（{index}）{self.condition(each)}" for index, each in enumerate(rule.must, 1))
            said.append(f"须同时符合：{parts}。")
        for check in rule.checks:
            said.append(f"核查：{self.condition(check)}。")
        if rule.goal is not None:
            said.append(f"目标：{self.say(rule.goal)}" + (f"，截至{rule.until}。" if rule.until else "。"))
        if rule.chosen is not None:
            said.append(f"入选以下列事实为准：{self.say(rule.chosen)}。")
        if rule.quota:
            said.append(f"名额：每年{rule.quota.removeprefix('每年')}。")
        said += self.amount_sentences(rule)
        if rule.payer:
            said.append(f"兑付：{rule.payer}。")
        if rule.discretion:
            said.append(f"裁量：{rule.discretion}。")
        return said + self.adjustments(rule)

    def condition(self, condition: ir.Condition) -> str:
        if first_only(condition.expr):
            keys = condition.name.split()[2:]
            return "只计首次" + (f"（{'、'.join(keys)}不同的分别计）" if keys else "")
        said = self.say(condition.expr)
        plain = isinstance(condition.expr, ir.Const)
        if plain:
            return f"{condition.name}（按现用口径不作此项要求）" if condition.expr.value is True else condition.name  # type: ignore[union-attr]
        if isinstance(condition.expr, ir.Choose) and said in ("是", "否"):
            return f"{condition.name}（按现用口径{'不作此项要求' if said == '是' else '一律不符合'}）"
        name = condition.name.replace(" ", "")
        if said in name:
            return name
        return said if name in said else f"{condition.name}，即{said}"

    def period(self, period: ir.Period) -> str:
        parts = [
            f"{word}{text}"
            for end, word in ((period.start, "不早于"), (period.end, "不晚于"))
            if end is not None and (text := self.say(end)) != "无"
        ]
        return "、".join(parts)

    def amount_sentences(self, rule: ir.Provision) -> list[str]:
        if rule.stages:
            total = f"，原文所写合计{self.say(rule.stated_total)}" if rule.stated_total is not None else ""
            parts = "；".join(f"{each.name}，{self.say(each.amount)}{self.dated(each)}" for each in rule.stages)
            return [f"分阶段给予{total}：{parts}。"]
        return [] if rule.amount is None else [f"金额：{self.say(rule.amount)}。"]

    def dated(self, stage: ir.Stage) -> str:
        said = self.say(stage.on)
        return "（按现用口径不会达到）" if said == "无" else f"（以{said}为准）"

    def adjustments(self, rule: ir.Provision) -> list[str]:
        said = []
        for each in self.program.adjustments:
            if each.measure != rule.measure:
                continue
            stages = {stage.name for stage in rule.stages}
            when = (
                ""
                if isinstance(each.applies, ir.Const)
                else f"（{'、'.join(each.readings)}按现用口径{self.applies(each.applies)}）"
            )
            match each:
                case ir.Ceiling() if any(name == rule.name for (name, _), _ in each.covers):
                    names = "、".join(dict.fromkeys(name for (name, _), _ in each.covers))
                    per = "每户每年" if each.per_year else "每户"
                    said.append(f"{each.name}：{names}，{per}不超过{self.say(each.limit)}{when}。")
                case ir.Highest() if any(name == rule.name or stage in stages for name, stage in each.members):
                    names = "、".join(stage or name for name, stage in each.members)
                    how = (
                        "先后取得的，后一项只补足到最高一档" if each.mode == "cumulative" else "同一年度只计最高的一项"
                    )
                    said.append(f"就高：{names}，{how}{when}。")
                case ir.Deduct() if each.member == rule.name:
                    said.append(f"扣减：减去已计的{'、'.join(each.less)}{when}。")
        return said

    def applies(self, expr: ir.Expr) -> str:
        """Whether an adjustment applies under the default readings: a constant choice."""
        return {"是": "适用", "否": "不适用"}.get(self.say(expr), self.say(expr))

    # ------------------------------------------------------------ tables

    def amounts(self) -> list[tuple[str, str, str, str]]:
        rows = []
        for rule in self.program.provisions:
            for stage in rule.stages:
                rows.append((self.called(rule.measure), rule.name, stage.name, self.say(stage.amount)))
            if rule.amount is not None:
                rows += [
                    (self.called(rule.measure), rule.name, case, text) for case, text in self.amount_cases(rule.amount)
                ]
        for each in self.program.adjustments:
            if isinstance(each, ir.Ceiling):
                per = "每户每年" if each.per_year else "每户"
                rows.append((self.called(each.measure), each.name, f"{per}不超过", self.say(each.limit)))
        return rows

    def amount_cases(self, amount: ir.Expr) -> list[tuple[str, str]]:
        match amount:
            case ir.Cases() if bands_of(amount):
                return [("", self.say(amount))]
            case ir.Match(arms=arms):
                return [("、".join(members), self.say(each)) for members, each in arms]
            case ir.Cases(whens=whens, otherwise=otherwise):
                return [*((self.say(when), self.say(each)) for when, each in whens), ("其他情形", self.say(otherwise))]
        return [("", self.say(amount))]

    def thresholds(self) -> list[tuple[str, str, str]]:
        """Every comparison with a number or date that is written down, with its measure and rule."""
        rows: dict[tuple[str, str], list[str]] = {}
        functions = {each.name: each for each in self.program.functions}
        for rule in self.program.provisions:
            todo: list[Any] = [(rule.among, rule.must, rule.checks), *([rule.goal] if rule.goal is not None else [])]
            seen: set[str] = set()
            while todo:
                for each in expressions(todo.pop(0)):
                    if isinstance(each, ir.Call) and each.function not in seen:
                        seen.add(each.function)
                        body = functions[each.function].body
                        todo += [body] if not rows_of(body) else []
                    fixed = isinstance(each, ir.Compare) and isinstance(each.right, ir.Const)
                    if isinstance(each, ir.Compare) and fixed and each.right.type.kind in ("number", "date", "year"):
                        rows.setdefault((self.called(rule.measure), self.threshold(each)), []).append(rule.name)
        return [(measure, "、".join(dict.fromkeys(names)), text) for (measure, text), names in rows.items()]

    def threshold(self, compare: ir.Compare) -> str:
        left = compare.left
        name = left.function if isinstance(left, ir.Call) else self.say(left)
        return f"{name.removeprefix('某')} {SPOKEN.get(compare.word, compare.word)} {self.say(compare.right)}"

    def definitions(self) -> list[tuple[str, str]]:
        found = []
        for each in self.program.functions:
            params = f"（{'，'.join(name for name, _ in each.params)}）" if each.params else ""
            found.append((each.name + params, self.say(each.body)))
        return found

    def readings(self) -> list[tuple[str, str, list[str], str]]:
        return [
            (
                each.id,
                each.question,
                [
                    f"{option} {text}"
                    + (f"（{self.label['default']}）" if index == 0 and each.uncomputed is None else "")
                    for index, (option, text) in enumerate(each.options)
                ],
                f"{self.label['uncomputed']}：{each.uncomputed}" if each.uncomputed is not None else "",
            )
            for each in self.program.readings
        ]

    def duties(self) -> list[tuple[str, str, str, str]]:
        responsible = {each.number: "、".join(each.responsible) for each in self.program.measures}
        rows = []
        for rule in self.program.provisions:
            if rule.kind in ("duty", "target", "selection"):
                text = (
                    "".join(self.sentences(rule))
                    if rule.kind != "duty"
                    else "".join(f"核查：{self.condition(each)}。" for each in rule.checks)
                )
                rows.append((self.called(rule.measure), rule.name, responsible.get(rule.measure, ""), text))
        return rows

    def facts(self) -> list[tuple[str, str, str, str]]:
        used: dict[str, list[str]] = {}
        for rule in self.program.provisions:
            for fact in facts_read(self.program, rule):
                used.setdefault(fact.name, []).append(self.called(rule.measure))
        if self.program.offset is not None:
            used.setdefault(self.program.offset.list, []).append("抵扣")
        rows = []
        for scope in self.program.scopes:
            for fact in scope.facts:
                if fact.name in used:
                    name = fact.name if scope.name == "企业" else f"{scope.name}{fact.name}"
                    rows.append((name, self.fact_type(fact), fact.evidence, "、".join(dict.fromkeys(used[fact.name]))))
        return rows

    def fact_type(self, fact: ir.FactDecl) -> str:
        if fact.is_list:
            fields = "、".join(f"{each.name}（{self.fact_type(each)}）" for each in fact.fields)
            return f"{'按年度填报' if fact.series else '逐条填报'}：{fields}"
        kind = fact.type
        members = next((each.members for each in self.program.enums if each.name == kind.name), ())
        words = {"bool": "是或否", "date": "日期", "month": "年月", "year": "年度", "text": "文字"}
        said = words.get(kind.kind) or "、".join(members) or kind.shown or self.tongue.numbers.unit(kind.unit) or "数"
        return ("可多选：" if kind.kind == "set" else "") + said + ("，可无" if kind.optional else "")

    # ------------------------------------------------------------ diagrams

    def diagrams(self, measure: ir.Measure) -> list[Diagram]:
        """Stages one under another; where a measure has several awards, its branches."""
        rules = [each for each in self.rules_of(measure.number) if each.kind == "award"]
        found = [self.stages(each) for each in rules if each.stages]
        if len(rules) > 1 and not found:
            parts = [[each.name, *self.branch(each)] for each in rules]
            found.append(draw(f"{self.called(measure.number)}　{measure.title}", parts, chained=False))
        return found

    def stages(self, rule: ir.Provision) -> Diagram:
        parts = [[f"{each.name}　{self.say(each.amount)}", self.dated(each)[1:-1]] for each in rule.stages]
        total = f"（原文所写合计{self.say(rule.stated_total)}）" if rule.stated_total is not None else ""
        return draw(rule.name + total, parts, chained=True)

    def branch(self, rule: ir.Provision) -> list[str]:
        lines = (
            ["适用：" + "、".join(self.condition(each) if first_only(each.expr) else each.name for each in rule.among)]
            if rule.among
            else []
        )
        lines += ["条件：" + "、".join(each.name for each in rule.must)] if rule.must else []
        if rule.amount is not None:
            lines.append(
                "金额：" + "；".join(f"{case} {text}".strip() for case, text in self.amount_cases(rule.amount))
            )
        return lines


def draw(title: str, parts: list[list[str]], chained: bool) -> Diagram:
    """Boxes one under another, joined by arrows (stages) or by a spine on the left (branches)."""
    top = 34
    boxes = []
    for part in parts:
        wrapped = [piece for line in part for piece in wrap(line)]
        height = 20 * len(wrapped) + 12
        boxes.append(Box(top, height, [(top + 20 + 20 * index, line) for index, line in enumerate(wrapped)]))
        top += height + (26 if chained else 14)
    if chained:
        text = ["　→　".join(part[0] for part in parts)]
    else:
        text = [f"{'└' if part is parts[-1] else '├'}─ {part[0]}：{'；'.join(part[1:])}" for part in parts]
    return Diagram(title, top, boxes, chained, text)


def wrap(line: str) -> list[str]:
    return [line[start : start + CHARACTERS] for start in range(0, len(line), CHARACTERS)]


# ---------------------------------------------------------------- as data


def policy_json(program: ir.Program) -> str:
    """The policy as JSON: text verbatim for each measure, provisions, amounts, readings."""
    writer = Writer(program, "zh")
    data = {
        "schema": SCHEMA,
        "policy": {
            "number": program.number,
            "title": program.title,
            "issuer": program.issuer,
            "dated": program.dated and program.dated.isoformat(),
            "effective": program.effective and program.effective.isoformat(),
            "digest": program.digest,
        },
        "measures": [
            {
                "id": measure.number,
                "title": measure.title,
                "chapter": measure.chapter,
                "responsible": list(measure.responsible),
                "text": "\n".join(paragraphs(measure)),
                "unseen": measure.unseen,
                "unrecorded": measure.unrecorded,
                "provisions": [
                    {
                        "name": rule.name,
                        "kind": rule.kind,
                        "nature": rule.nature,
                        "payer": rule.payer,
                        "quote": rule.origin.quote,
                        "line": rule.origin.line,
                        "sentences": writer.sentences(rule),
                        "amounts": provision_amounts(writer, rule),
                        "readings": list(rule.readings),
                        "evidence": evidence(writer.tongue, program, rule),
                    }
                    for rule in writer.rules_of(measure.number)
                ],
            }
            for measure in program.measures
        ],
        "amounts": [dict(zip(("measure", "name", "case", "amount"), row, strict=True)) for row in writer.amounts()],
        "thresholds": [
            dict(zip(("measure", "provisions", "threshold"), row, strict=True)) for row in writer.thresholds()
        ],
        "readings": [
            {"id": each.id, "question": each.question, "options": dict(each.options), "uncomputed": each.uncomputed}
            for each in program.readings
        ],
        "imports": [
            {
                "number": each.number,
                "title": each.title,
                "asked": each.asked,
                "on": each.on and each.on.isoformat(),
                "measure": each.measure,
                "takes": list(each.takes),
            }
            for each in program.imports
        ],
        "facts": [dict(zip(("name", "type", "evidence", "used"), row, strict=True)) for row in writer.facts()],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def provision_amounts(writer: Writer, rule: ir.Provision) -> list[dict[str, str]]:
    rows = [{"case": each.name, "amount": writer.say(each.amount)} for each in rule.stages]
    if rule.amount is not None:
        rows += [{"case": case, "amount": text} for case, text in writer.amount_cases(rule.amount)]
    return rows
