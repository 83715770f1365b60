"""The lints of what rules amount to: totals of stages, periods about to end, caps that never bind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from fayan_compiler.fidelity.check import Check, here
from fayan_compiler.fidelity.figures import figures_of_text
from fayan_compiler.fidelity.table import Row, name_of, squeeze
from fayan_compiler.problems.fidelity.amounts import CapMixes, CapNeverBinds, PeriodEndsSoon, StagesTotal
from fayan_compiler.problems.fidelity.words import TermTwice
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Span

#: A period that ends so many days after the document's date is worth a second look.
SOON = 30


def amounts(check: Check) -> None:
    rules = {name_of(a): a for a in check.table.annotations if isinstance(a, tree.Rule)}
    for annotation in check.table.annotations:
        match annotation:
            case tree.Rule():
                stages(check, annotation)
                for period in annotation.periods:
                    ends(check, period)
            case tree.Period():
                ends(check, annotation)
            case tree.Define():
                lasts(check, annotation)
            case tree.Ceiling():
                binds(check, annotation, rules)
            case _:
                pass
    for measure in check.table.policy.measures:
        totals(check, measure)
    lapses(check)
    marked(check)
    terms(check)


# ---------------------------------------------------------------- stages
def stages(check: Check, rule: tree.Rule) -> None:
    stated = rule.staged.total if rule.staged else None
    total = sum_of_stages(rule)
    told = check.told_of(rule.span)
    if isinstance(stated, tree.Number) and total is not None and total != stated.value and not told:
        check.say(StagesTotal, stated.span, sum=money(total), stated=stated.text)


#: 共给予300万元, 分两期给予: what stands before a total; 各阶段合计: what is said of one.
_TOTAL = re.compile(
    r"(?:共|合计|总计|累计|总额为?|分(?:阶段|步|期|次|档|[两二三四五]\w?(?:阶段|步|期|次)))(?:给予|补助|奖励|补贴|资助|兑付|拨付)?\s*$"
)
_SUMMED = re.compile("合计|总计|总额|总和|之和|相加|加起来|共计")


def totals(check: Check, measure: tree.Measure) -> None:
    """A total that 原文 states and a mark 数字 leaves to the rules: they add up to it, where each gives one plain amount."""
    rows = check.table.rows_of(measure)
    for index, row in enumerate(rows):
        for mark, words in row.marks("数字"):
            said = {squeeze(figure.text) for figure in figures_of_text(words, 0)}
            for figure in row.figures:
                if figure.unit != "元" or squeeze(figure.text) not in said:
                    continue
                sentence = row.sentence_at(figure.span.start)
                before = check.table.policy.source.text[sentence.span.start : figure.span.start]
                rules = [
                    rule
                    for other in _goes_on(rows[index:])
                    for rule in other.annotations
                    if isinstance(rule, tree.Rule)
                ]
                given = [
                    rule.amount.expr.value
                    for rule in rules
                    if rule.amount and isinstance(rule.amount.expr, tree.Number)
                ]
                total = sum(given, Fraction(0))
                plain = 1 < len(given) == len(rules) and not check.told_of(figure.span)
                if plain and total != figure.value and (_TOTAL.search(before) or _SUMMED.search(mark.text)):
                    labels = [here(rule.amount.span, "这里是其中一笔", "one of them") for rule in rules if rule.amount]
                    check.say(StagesTotal, figure.span, *labels, sum=money(total), stated=figure.text)


def _goes_on(rows: list[Row]) -> Iterator[Row]:
    """The passages up to the end of the sentence that the first begins."""
    for row in rows:
        yield row
        if row.text.rstrip().endswith("。"):
            break


def sum_of_stages(rule: tree.Rule) -> Fraction | None:
    """What the stages add up to, where all of them are plain figures."""
    values = [stage.amount.value for stage in rule.stages if isinstance(stage.amount, tree.Number)]
    return sum(values, Fraction(0)) if values and len(values) == len(rule.stages) else None


def money(amount: Fraction) -> str:
    wan = amount / 10000
    return f"{wan.numerator}万元" if wan.denominator == 1 else f"{float(amount):.2f}".rstrip("0").rstrip(".") + "元"


# ---------------------------------------------------------------- periods
def ends(check: Check, period: tree.Period) -> None:
    """The last day of a period, by the first options of readings, lies well after the document's date."""
    if period.end is None:
        return
    for node in _by_default(check, period.end):
        if isinstance(node, tree.DateLit):
            outside = node.span.start < period.span.start or node.span.start > period.span.end
            labels = [here(period.span, "有效期在这里", "the period is here")] if outside else []
            _soon(check, node.iso, node.span, *labels)


def lasts(check: Check, definition: tree.Define) -> None:
    """So does the last day of a 参数."""
    value = definition.value.expr
    if isinstance(value, tree.Dated) and value.rows and (last := value.rows[-1].end):
        _soon(check, last.iso, last.span)


def lapses(check: Check) -> None:
    """So does 有效期至 of the header."""
    for header in check.table.policy.headers:
        if header.key == "有效期至":
            for figure in figures_of_text(header.text, header.span.start):
                if figure.unit == "日期" and isinstance(figure.value, str):
                    _soon(check, figure.value, header.span)


#: 有效期至2025年3月20日: what stands before the last day of a period.
_UNTIL = re.compile(r"(?:有效|施行|执行|实施|试行)[^，。；]{0,24}(?:至|到|止于)\s*$")


def marked(check: Check) -> None:
    """So does a last day that no rule uses, and that is only marked 数字."""
    for row in check.table.rows:
        days = [squeeze(words) for _, words in row.marks("数字")]
        for figure in row.figures:
            if figure.unit == "日期" and isinstance(figure.value, str) and squeeze(figure.text) in "、".join(days):
                sentence = row.sentence_at(figure.span.start)
                before = check.table.policy.source.text[sentence.span.start : figure.span.start]
                if _UNTIL.search(before):
                    _soon(check, figure.value, figure.span)


def _soon(check: Check, last: str, span: Span, *labels: Label) -> None:
    dated = check.table.headers.get("成文日期")
    if not dated or not (_ISO.fullmatch(dated) and _ISO.fullmatch(last)):
        return
    if check.told_of(span):
        return
    left = (date.fromisoformat(last) - date.fromisoformat(dated)).days
    if left <= SOON:
        day = _day(dated)
        told = Term(f"离成文日期{day}只有 {left} 天", f"only {left} days from the document's date, {day}")
        if left < 0:
            told = Term(f"比成文日期{day}早 {-left} 天", f"{-left} days before the document's date, {day}")
        check.say(PeriodEndsSoon, span, *labels, day=_day(last), left=told)


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(iso: str) -> str:
    year, month, day = map(int, iso.split("-"))
    return f"{year}年{month}月{day}日"


def _by_default(check: Check, expr: tree.Expr) -> Iterator[tree.Expr]:
    """What an expression is by first options, through definitions without parameters."""
    for _ in range(64):
        if isinstance(expr, tree.Ref) and expr.name in check.table.definitions:
            expr = check.table.definitions[expr.name].value.expr
        elif isinstance(expr, tree.By) and isinstance(expr.subject, tree.ReadingRef) and expr.arms:
            first = check.table.defaults.get(expr.subject.id)
            labelled = [arm for arm in expr.arms if first in [label.text for label in arm.labels] or not arm.labels]
            expr = (labelled or list(expr.arms))[0].value.expr
        else:
            break
    yield expr


# ---------------------------------------------------------------- caps
def binds(check: Check, ceiling: tree.Ceiling, rules: dict[str, tree.Rule]) -> None:
    """Whether what a cap covers can be added up, and can come to more than the cap; told only where both are plain figures."""
    covered = [
        (name.text, rule) for covers in ceiling.covers for name in covers.names if (rule := rules.get(name.text))
    ]
    natures = {name: _nature(rule) for name, rule in covered}
    if len(set(natures.values())) > 1:
        said = Term(
            "，".join(f"“{name}”是{nature}" for name, nature in natures.items()),
            ", ".join(f"“{name}” is {nature}" for name, nature in natures.items()),
        )
        check.say(CapMixes, ceiling.name.span, ceiling=ceiling.name.text, natures=said)
    limit = ceiling.limit.expr if ceiling.limit else None
    if not isinstance(limit, tree.Number):
        return
    if check.told_of(ceiling.span):
        return
    most = Fraction(0)
    for covers in ceiling.covers:
        for name in covers.names:
            rule = rules.get(name.text)
            worth = _most(rule)
            if rule is None or worth is None or check.told_of(rule.span):
                return
            most += worth
    if ceiling.covers and most <= limit.value:
        check.say(CapNeverBinds, limit.span, cap=limit.text, most=money(most), ceiling=ceiling.name.text)


#: Words of 性质 and kinds of rules for the same nature.
_ALIKE = {"现金": "奖励", "补贴": "奖励", "租金减免": "减免"}


def _nature(rule: tree.Rule) -> str:
    word = rule.nature.text if rule.nature else rule.kind
    return _ALIKE.get(word, word)


def _most(rule: tree.Rule | None) -> Fraction | None:
    """The most a rule can give, where that is plain: its stages, or one amount given once."""
    if rule is None:
        return None
    if rule.stages:
        return sum_of_stages(rule)
    expr = rule.amount.expr if rule.amount else None
    if expr is None:
        return None
    if rule.each is None or (rule.first is not None and not rule.first.by):
        return _top(expr)
    kinds = [name.text for name in rule.first.by] if rule.first is not None else []
    if isinstance(expr, tree.By) and [getattr(expr.subject, "name", None)] == kinds:  # one of each kind
        each = [(_top(arm.value.expr), max(1, len(arm.labels))) for arm in expr.arms]
        tops = [top * count for top, count in each if top is not None]
        return sum(tops, Fraction(0)) if len(tops) == len(each) else None
    return None


def _top(expr: tree.Expr) -> Fraction | None:
    """The most one amount can be, where that is plain; what a reading decides is not."""
    match expr:
        case tree.Number():
            return expr.value
        case tree.By(subject=tree.ReadingRef()):
            return None
        case tree.By():
            return _greatest([_top(arm.value.expr) for arm in expr.arms])
        case tree.Cases():
            return _greatest([_top(when.value.expr) for when in expr.whens])
        case tree.Call(name="较大"):
            return _greatest([_top(arg) for arg in expr.args])
        case tree.Call(name="较小"):
            return min((top for arg in expr.args if (top := _top(arg)) is not None), default=None)
        case _:
            return None


def _greatest(tops: list[Fraction | None]) -> Fraction | None:
    known = [top for top in tops if top is not None]
    return max(known) if known and len(known) == len(tops) else None


# ---------------------------------------------------------------- terms
_SHORT = re.compile(r"(?:以下)?(?:简称|统称)(?:为)?[“「‘《]?([^”」’》）)，。；、\s]{2,20})")
_CALLED = re.compile(
    r"本(?:办法|措施|政策|规定|细则|意见|通知)所称的?[“「‘《]?([^”」’》，。；\s]{2,16}?)[”」’》]?[，,]?(?:是指|指|包括)"
)
_MEANT = re.compile(r"(?:^|[，。；：])[“「‘《]?((?:(?!所称)[^“”「」’》，。；：\s]){2,16}?)[”」’》]?[，,]?是指")


def terms(check: Check) -> None:
    """A term that 原文 explains twice, in different words."""
    policy = check.table.policy
    first: dict[str, tuple[Span, str]] = {}
    for measure in policy.measures:
        for passage in measure.passages:
            for sentence in passage.sentences:
                start = policy.source.text.find(sentence.text, sentence.span.start)
                for pattern in (_SHORT, _CALLED, _MEANT):
                    for found in pattern.finditer(sentence.text):
                        term = found[1]
                        span = Span(start + found.start(1), start + found.end(1))
                        meaning = (
                            sentence.text[max(0, found.start() - 20) : found.start()]
                            if pattern is _SHORT
                            else sentence.text[found.end() :][:40]
                        )
                        if term in first and first[term][1] != meaning:
                            label = here(first[term][0], "前一处在这里", "first here")
                            check.say(TermTwice, span, label, term=term)
                        first.setdefault(term, (span, meaning))
