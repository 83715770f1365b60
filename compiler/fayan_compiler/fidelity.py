"""Lints that hold the rules to 原文: every sentence and every figure is accounted for, in both directions.

Input: the tree alone. Output: problems; nothing here changes what is computed. Figures are compared by value (10万元 is
100000元). The rules' own figures are those of the first option of every reading: other options may bring figures of their
own, the first may not. Declarations in an appendix and examples are editorial and may hold any figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import define, field, fields, frozen

from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.lexer import even, figures_in
from fayan_dsl.problem import Problem, Term
from fayan_dsl.source import Source, Span

#: Annotations a sentence can rest on.
RULES = (
    tree.Rule, tree.Duty, tree.Goal, tree.Selection, tree.Ceiling, tree.Highest, tree.Deduct, tree.Offset, tree.Period,
)  # fmt: skip
STAGES, UNFOUNDED = "阶段合计", "数字无据"

#: Comparison words by meaning, as the rules write them and as 原文 does, before or after the figure.
_BEFORE = {"不超过": "<=", "不低于": ">=", "超过": ">", "高于": ">", "达到": ">=", "不满": "<", "低于": "<"}
_AFTER = {"以上": ">=", "以下": "<=", "以内": "<=", "以外": ">"}
_WORDS = _BEFORE | _AFTER
_PRECEDED = re.compile(rf"({'|'.join(_BEFORE)})\s*$")
_FOLLOWED = re.compile(rf"\s*({'|'.join(_AFTER)})")


def check_fidelity(policy: tree.Policy) -> list[Problem]:
    """All lints of one policy, in the order of the file."""
    check = _Check(policy)
    check.header()
    for measure in policy.measures:
        check.measure(measure)
    everything = "\n".join(map(_text, policy.measures))
    for appendix in policy.appendices:
        place = _Place(policy, None, appendix.title)
        for annotation in appendix.annotations:
            check.cites(annotation, everything, place)
            check.stages(annotation, place)
    return check.problems


# ---------------------------------------------------------------- figures
@frozen
class Figure:
    """A figure of a text or of a rule: its value, ``unit`` (元, %, 日期, 年月, 年度 …), how and where it is written."""

    value: Fraction | int | str | tuple[int, int]
    unit: str
    text: str
    span: Span

    def is_used_by(self, other: Figure) -> bool:
        """Whether a rule that has ``other`` uses this figure of 原文."""
        if self.unit == "年度" and other.unit in ("日期", "年月"):
            return other.value in _edges(self.value)
        if self.unit == "年月" and other.unit == "日期":
            return str(other.value).startswith("{:04}-{:02}-".format(*self.value))  # type: ignore[misc]
        if self.unit in _CALENDAR or other.unit in _CALENDAR:
            return (self.value, self.unit) == (other.value, other.unit)
        return _same_value(self, other) and _one_unit(self.unit, other.unit)


_CALENDAR = ("日期", "年月", "年度")


def _edges(year: object) -> tuple[str | tuple[int, int], ...]:
    """The days and months a rule computes with where the text says 2022年以后, 2022年以前 or 到2022年."""
    assert isinstance(year, int)
    days = (f"{year - 1}-12-31", f"{year}-01-01", f"{year}-12-31", f"{year + 1}-01-01")
    return (*days, (year - 1, 12), (year, 1), (year, 12), (year + 1, 1))


def _same_value(left: Figure, right: Figure) -> bool:
    """Durations are compared in months."""
    if {left.unit, right.unit} == {"年", "月"}:
        years, months = (left, right) if left.unit == "年" else (right, left)
        return isinstance(years.value, Fraction) and years.value * 12 == months.value
    return left.value == right.value


def _one_unit(left: str, right: str) -> bool:
    """50万元/年 is used by a cap of 50万元 a year; a bare number uses any."""
    if {left, right} == {"年", "月"}:
        return True
    short, long = sorted((left, right), key=len)
    return long == short or long.startswith(short + "/") or not short


def figures_of_text(text: str, start: int) -> list[Figure]:
    """The figures of a sentence that stands at ``start``."""
    found: list[Figure] = []
    for token in figures_in(even(text)):
        worth: Any = token.value
        value, unit = (worth, _LITERALS[token.kind]) if token.kind in _LITERALS else worth
        span = Span(start + token.start, start + token.end)
        found.append(Figure(value, unit, text[token.start : token.end], span))
    return found


_LITERALS = {"DATE": "日期", "MONTHDATE": "年月", "YEARDATE": "年度"}


def figure_of(node: tree.Node, source: Source) -> Figure | None:
    text = source.text[node.span.start : node.span.end]
    match node:
        case tree.Number():
            return Figure(node.value, node.unit, node.text, node.span)
        case tree.DateLit():
            return Figure(node.iso, "日期", text, node.span)
        case tree.MonthLit():
            return Figure((node.year, node.month), "年月", text, node.span)
        case tree.YearLit():
            return Figure(node.year, "年度", text, node.span)
        case _:
            return None


def _neutral(figure: Figure) -> bool:
    """0 and 1 (100%, 1年, 增速 - 1) belong to arithmetic, not to the document."""
    return figure.value == 0 or (figure.value == 1 and not figure.unit.startswith("元"))


# ---------------------------------------------------------------- walking
def nodes(root: object) -> Iterator[tree.Node]:
    """A node and all below it, in order, without recursion."""
    stack = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, tree.Node):
            yield item
            stack.extend(getattr(item, each.name) for each in reversed(fields(type(item))) if each.name != "span")


def _text(measure: tree.Measure) -> str:
    return "\n".join(sentence.text for passage in measure.passages for sentence in passage.sentences)


@frozen
class _Place:
    policy: tree.Policy
    measure: tree.Measure | None
    title: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        if self.measure is None:
            return (self.policy.title, f"附 {self.title}")
        if not self.measure.number:
            return (self.policy.title,)
        chapter = (f"第{self.measure.chapter}章",) if self.measure.chapter else ()
        return (self.policy.title, *chapter, f"措施 {self.measure.number}")

    @property
    def name(self) -> Term:
        if self.measure is None:
            return Term("全文", "the document")
        if not self.measure.number:
            return Term("正文以前", "the notice")
        return Term(f"措施 {self.measure.number} ", f"measure {self.measure.number}")


@define(eq=False, slots=False)
class _Check:
    policy: tree.Policy
    problems: list[Problem] = field(factory=list)

    def say(self, cls: type[Problem], span: Span, place: _Place | None = None, **said: object) -> None:
        headings = place.headings if place else (self.policy.title,)
        self.problems.append(cls(source=self.policy.source, span=span, headings=headings, **said))  # type: ignore[arg-type]

    # ------------------------------------------------------------ what the whole file declares
    @cached_property
    def annotations(self) -> list[tree.Annotation]:
        of_text = [a for m in self.policy.measures for p in m.passages for a in p.annotations]
        return of_text + [a for appendix in self.policy.appendices for a in appendix.annotations]

    @cached_property
    def definitions(self) -> dict[str, tree.Define]:
        return {a.name.text: a for a in self.annotations if isinstance(a, tree.Define)}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Reading → its first option."""
        return {a.id.text: a.options[0].id.text for a in self.annotations if isinstance(a, tree.Reading) and a.options}

    @cached_property
    def header_dates(self) -> set[str]:
        return {header.text for header in self.policy.headers if header.key.endswith("日期")}

    # ------------------------------------------------------------ the header
    def header(self) -> None:
        """文号, dates and the number repealed stand in the notice, where the file has one."""
        notice = next((measure for measure in self.policy.measures if measure.number == 0), None)
        text = _squeeze(_text(notice)) if notice else ""
        if not text:
            return
        dates = {figure.value for figure in figures_of_text(text, 0)}
        dated = next((header.text for header in self.policy.headers if header.key == "成文日期"), "")
        for header in self.policy.headers:
            if header.key in ("章号", "条号"):
                continue
            by_date = header.key.endswith("日期")
            found = header.text in dates | {dated} if by_date and header.key != "成文日期" else header.text in dates
            if not (found if by_date else _squeeze(header.text) in text):
                self.say(faults.HeaderNotInText, header.span, key=header.key, value=header.text)

    # ------------------------------------------------------------ one measure
    def measure(self, measure: tree.Measure) -> None:
        place = _Place(self.policy, measure)
        annotations = [annotation for passage in measure.passages for annotation in passage.annotations]
        text = _text(measure)
        waivers = [a for a in annotations if isinstance(a, tree.Waiver)]
        figures: list[Figure] = []
        for passage in measure.passages:
            self.sentences(passage, place)
            figures += self.unmarked(passage, place)
        for annotation in annotations:
            self.cites(annotation, text, place)
            self.stages(annotation, place)
        self.unused(figures, annotations, place)
        self.unfounded(annotations, waivers, place)
        for waiver in waivers:
            if waiver.check.text not in (STAGES, UNFOUNDED):
                self.say(faults.WaiverUnneeded, waiver.span, place, check=waiver.check.text)

    def sentences(self, passage: tree.Passage, place: _Place) -> None:
        accounted = (*RULES, tree.Mark, tree.See)
        if passage.sentences and not any(isinstance(a, accounted) for a in passage.annotations):
            last = passage.sentences[-1]
            short = last.text if len(last.text) <= 24 else last.text[:24] + "…"
            self.say(faults.SentenceUnaccounted, last.span, place, sentence=short)

    def unmarked(self, passage: tree.Passage, place: _Place) -> list[Figure]:
        """The figures of a passage that a rule must use: not those marked 数字, nor those of a sentence that is only marked."""
        all_figures = self.figures_in(passage.sentences)
        marked: set[str] = set()
        for mark in passage.annotations:
            if isinstance(mark, tree.Figure):
                word = mark.text.split()[0] if mark.text.split() else ""
                named = {figure.text for figure in figures_of_text(word, 0)}
                marked |= named
                if not named or not named <= {_squeeze(figure.text) for figure in all_figures}:
                    self.say(faults.MarkedFigureAbsent, mark.span, place, figure=word)
        kinds = {type(annotation) for annotation in passage.annotations}
        if tree.Mark in kinds and not kinds & {*RULES, tree.See}:
            return []
        return [figure for figure in all_figures if _squeeze(figure.text) not in marked]

    def figures_in(self, sentences: Iterable[tree.Sentence]) -> list[Figure]:
        found: list[Figure] = []
        for sentence in sentences:
            start = self.policy.source.text.find(sentence.text, sentence.span.start)
            found += figures_of_text(sentence.text, start)
        return found

    # ------------------------------------------------------------ 原文 → rules
    def unused(self, figures: list[Figure], annotations: list[tree.Annotation], place: _Place) -> None:
        used = [figure for node in self.reachable(annotations) if (figure := figure_of(node, self.policy.source))]
        quoted = [
            f for a in annotations if isinstance(a, tree.Duty) and a.cite for f in figures_of_text(a.cite.text, 0)
        ]
        for figure in figures:
            if not any(figure.is_used_by(other) for other in used + quoted):
                self.say(faults.FigureUnused, figure.span, place, figure=figure.text)

    def reachable(self, annotations: list[tree.Annotation]) -> Iterator[tree.Node]:
        """All nodes of the rules and of the definitions they use, wherever these stand."""
        waiting: list[object] = [annotation for annotation in annotations if isinstance(annotation, RULES)]
        seen: set[str] = set()
        while waiting:
            for node in nodes(waiting.pop()):
                yield node
                name = node.name if isinstance(node, tree.Ref | tree.Call) else None
                if name in self.definitions and name not in seen:
                    seen.add(name)
                    waiting.append(self.definitions[name])

    # ------------------------------------------------------------ rules → 原文
    def unfounded(self, annotations: list[tree.Annotation], waivers: list[tree.Waiver], place: _Place) -> None:
        assert place.measure is not None
        text = self.figures_in(sentence for passage in place.measure.passages for sentence in passage.sentences)
        waived = {waiver.check.text for waiver in waivers}
        for annotation in annotations:
            if not isinstance(annotation, (*RULES, tree.Define)):
                continue
            allowed = UNFOUNDED in waived or UNFOUNDED in _waived(annotation)
            for node in self.by_default(annotation):
                figure = figure_of(node, self.policy.source)
                if figure and not allowed and not self.founded(figure, text):
                    near = "、".join(dict.fromkeys(each.text for each in text if each.unit == figure.unit))
                    known = (
                        Term(f"原文有：{near}", f"the text has: {near}")
                        if near
                        else Term("原文没有这一类的数", "the text has no figure of this kind")
                    )
                    self.say(
                        faults.FigureUnfounded, figure.span, place, figure=figure.text, where=place.name, known=known
                    )
                if isinstance(node, tree.Compare):
                    self.boundary(node, text, place)

    def founded(self, figure: Figure, text: list[Figure]) -> bool:
        return (
            _neutral(figure)
            or any(each.is_used_by(figure) for each in text)
            or (figure.unit == "日期" and figure.value in self.header_dates)
        )

    def by_default(self, root: tree.Node) -> Iterator[tree.Node]:
        """All nodes but those only reached under an option other than a reading's first."""
        stack: list[object] = [root]
        while stack:
            item = stack.pop()
            if isinstance(item, tuple):
                stack.extend(reversed(item))
            elif isinstance(item, tree.By) and isinstance(item.subject, tree.ReadingRef):
                first = self.defaults.get(item.subject.id)
                arms = [arm for arm in item.arms if not arm.labels or first in [label.text for label in arm.labels]]
                stack += [arm.value for arm in arms[:1]]
            elif isinstance(item, tree.Node):
                yield item
                stack.extend(getattr(item, each.name) for each in reversed(fields(type(item))) if each.name != "span")

    def boundary(self, node: tree.Compare, text: list[Figure], place: _Place) -> None:
        """The comparison word agrees with the one beside the same figure in 原文, where there is one."""
        figure = figure_of(node.right, self.policy.source)
        if figure is None or figure.unit in _CALENDAR or node.op not in _WORDS:
            return
        beside = [word for each in text if each.is_used_by(figure) and (word := self.word_beside(each))]
        if beside and _WORDS[node.op] not in {_WORDS[word] for word in beside}:
            self.say(faults.BoundaryWord, node.span, place, rule=node.op, text=beside[0])

    def word_beside(self, figure: Figure) -> str | None:
        source = self.policy.source.text
        before = _PRECEDED.search(source[max(0, figure.span.start - 8) : figure.span.start])
        after = _FOLLOWED.match(source[figure.span.end : figure.span.end + 8])
        return before[1] if before else after[1] if after else None

    # ------------------------------------------------------------ quotations
    def cites(self, annotation: tree.Annotation, text: str, place: _Place) -> None:
        if isinstance(annotation, tree.Example):
            return
        squeezed = _squeeze(text)
        for node in nodes(annotation):
            if isinstance(node, tree.Cite) and not _stands(node.text, squeezed):
                near = _nearest(_squeeze(node.text), squeezed)
                nearest = Term(f"，原文写的是「{near}」", f"; the text has “{near}”") if near else Term("", "")
                self.say(faults.CiteNotVerbatim, node.span, place, cite=node.text, where=place.name, nearest=nearest)

    # ------------------------------------------------------------ stages
    def stages(self, annotation: tree.Annotation, place: _Place) -> None:
        if not isinstance(annotation, tree.Rule):
            return
        waiver = next((waiver for waiver in annotation.waivers if waiver.check.text == STAGES), None)
        amounts = [stage.amount for stage in annotation.stages]
        stated = annotation.staged.total if annotation.staged else None
        differs = False
        if isinstance(stated, tree.Number) and amounts and all(isinstance(each, tree.Number) for each in amounts):
            total = sum((each.value for each in amounts if isinstance(each, tree.Number)), Fraction(0))
            differs = total != stated.value
            if differs and waiver:
                said = {"sum": _money(total), "stated": stated.text, "reason": waiver.reason}
                self.say(faults.StagesTotalDeclared, stated.span, place, **said)
            elif differs:
                self.say(faults.StagesTotal, stated.span, place, sum=_money(total), stated=stated.text)
        for each in annotation.waivers:
            if each.check.text != UNFOUNDED and not (each is waiver and differs):
                self.say(faults.WaiverUnneeded, each.span, place, check=each.check.text)


def _waived(annotation: tree.Annotation) -> set[str]:
    return {waiver.check.text for waiver in annotation.waivers} if isinstance(annotation, tree.Rule) else set()


def _money(amount: Fraction) -> str:
    wan = amount / 10000
    return f"{wan.numerator}万元" if wan.denominator == 1 else f"{float(amount):.2f}".rstrip("0").rstrip(".") + "元"


# ---------------------------------------------------------------- comparing words
def _squeeze(text: str) -> str:
    """Without white space, signs made equal."""
    return "".join(even(text).split())


def _stands(cite: str, squeezed: str) -> bool:
    """Whether the words stand in the text; 甲……乙 where 乙 stands after 甲."""
    at = 0
    for part in cite.split("……"):
        at = squeezed.find(_squeeze(part), at)
        if at < 0:
            return False
        at += len(_squeeze(part))
    return True


def _nearest(cite: str, squeezed: str) -> str:
    """The stretch of the text that the quotation seems to mean; empty where there is none."""
    if "……" in cite or not cite:
        return ""
    same = SequenceMatcher(None, cite, squeezed, autojunk=False).find_longest_match()
    start = max(0, same.b - same.a)
    return squeezed[start : start + len(cite)] if same.size * 2 >= len(cite) else ""
