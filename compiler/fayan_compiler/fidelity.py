"""Lints that hold the rules to 原文: every sentence and every figure is accounted for, in both directions.

Input: the tree alone. Output: problems; nothing here changes what is computed. Figures are compared by value (10万元 is
100000元). The rules' own figures are those of the first option of every reading: other options may bring figures of their
own, the first may not. Declarations in an appendix and examples are editorial and may hold any figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import define, field, fields

from fayan_compiler.boundaries import AFTER, declared, meaning
from fayan_compiler.figures import CALENDAR, Figure, figure_of, figures_of_text, is_neutral
from fayan_compiler.places import headings_of
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.lexer import even
from fayan_dsl.problem import Problem, Term
from fayan_dsl.source import Span

#: Annotations a sentence can rest on.
RULES = (
    tree.Rule, tree.Duty, tree.Goal, tree.Selection, tree.Ceiling, tree.Highest, tree.Deduct, tree.Offset, tree.Period,
)  # fmt: skip
STAGES, UNFOUNDED = "阶段合计", "数字无据"
NOTHING_LIKE_IT = Term("原文没有这一类的数", "the text has no figure of this kind")

#: Comparison words as 原文 writes them, before or after the figure.
_BEFORE = ("不超过", "不低于", "超过", "高于", "达到", "不满", "低于")
_PRECEDED = re.compile(rf"({'|'.join(_BEFORE)})\s*$")
_FOLLOWED = re.compile(rf"\s*(?:（含[^）]{{0,4}}）)?({'|'.join(AFTER)})")


def check_fidelity(policy: tree.Policy) -> list[Problem]:
    """All lints of one policy, in the order of the file."""
    check = _Check(policy)
    with check.at(policy.title):
        check.header()
        for measure in policy.measures:
            with check.at(*headings_of(measure)):
                check.measure(measure)
        everything = "\n".join(map(_text, policy.measures))
        for appendix in policy.appendices:
            with check.at(f"附 {appendix.title}"):
                for annotation in appendix.annotations:
                    check.cites(annotation, everything, None)
    return check.problems


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


def _said(measure: tree.Measure | None) -> Term:
    if measure is None:
        return Term("全文", "the document")
    return (
        Term(f"措施 {measure.number} ", f"measure {measure.number}") if measure.number else Term("通知", "the notice")
    )


def _title(annotation: tree.Annotation) -> str:
    """The heading a rule or definition gives."""
    match annotation:
        case tree.Rule():
            return f"{annotation.kind} {annotation.name.text}"
        case tree.Duty() | tree.Goal() | tree.Selection() | tree.Ceiling() | tree.Define():
            words = {
                tree.Duty: "职责",
                tree.Goal: "目标",
                tree.Selection: "遴选",
                tree.Ceiling: "限额",
                tree.Define: "定义",
            }
            return f"{words[type(annotation)]} {annotation.name.text}"
        case _:
            return ""


@define(eq=False, slots=False)
class _Check:
    """``headings`` are those of the place the check is at."""

    policy: tree.Policy
    problems: list[Problem] = field(factory=list)
    headings: tuple[str, ...] = ()

    def say(self, cls: type[Problem], span: Span, **said: Any) -> None:
        self.problems.append(cls(source=self.policy.source, span=span, headings=self.headings, **said))

    @contextmanager
    def at(self, *headings: str) -> Iterator[None]:
        before = self.headings
        self.headings = (*before, *filter(None, headings))
        yield
        self.headings = before

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
    def bounds(self) -> dict[str, str]:
        return declared(self.policy)

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
            if header.key in ("章号", "条号", *AFTER):
                continue
            by_date = header.key.endswith("日期")
            found = header.text in dates | {dated} if by_date and header.key != "成文日期" else header.text in dates
            if not (found if by_date else _squeeze(header.text) in text):
                self.say(faults.HeaderNotInText, header.span, key=header.key, value=header.text)

    # ------------------------------------------------------------ one measure
    def measure(self, measure: tree.Measure) -> None:
        annotations = [annotation for passage in measure.passages for annotation in passage.annotations]
        waivers = [a for a in annotations if isinstance(a, tree.Waiver)]
        due: list[Figure] = []
        for passage in measure.passages:
            self.sentences(passage)
            due += self.unmarked(passage)
        self.unused(due, annotations)
        text = self.figures_in(sentence for passage in measure.passages for sentence in passage.sentences)
        waived = {waiver.check.text for waiver in waivers}
        for annotation in annotations:
            with self.at(_title(annotation)):
                self.cites(annotation, _text(measure), measure)
                self.rule(annotation, text, measure, waived)
                if isinstance(annotation, tree.Rule):
                    self.stages(annotation)
        for waiver in waivers:
            if waiver.check.text != UNFOUNDED:
                self.say(faults.WaiverUnneeded, waiver.span, check=waiver.check.text)

    def sentences(self, passage: tree.Passage) -> None:
        accounted = (*RULES, tree.Mark, tree.See)
        if passage.sentences and not any(isinstance(a, accounted) for a in passage.annotations):
            last = passage.sentences[-1]
            short = last.text if len(last.text) <= 24 else last.text[:24] + "…"
            self.say(faults.SentenceUnaccounted, last.span, sentence=short)

    def unmarked(self, passage: tree.Passage) -> list[Figure]:
        """The figures of a passage that a rule must use: not those marked 数字, nor those of a sentence that is only marked."""
        all_figures = self.figures_in(passage.sentences)
        marked: set[str] = set()
        for mark in passage.annotations:
            if isinstance(mark, tree.Figure):
                word = mark.text.split()[0] if mark.text.split() else ""
                named = {figure.text for figure in figures_of_text(word, 0)}
                marked |= named
                if not named or not named <= {_squeeze(figure.text) for figure in all_figures}:
                    self.say(faults.MarkedFigureAbsent, mark.span, figure=word)
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
    def unused(self, figures: list[Figure], annotations: list[tree.Annotation]) -> None:
        used = [figure for node in self.reachable(annotations) if (figure := figure_of(node, self.policy.source))]
        quoted = [
            f for a in annotations if isinstance(a, tree.Duty) and a.cite for f in figures_of_text(a.cite.text, 0)
        ]
        for figure in figures:
            if not any(figure.is_used_by(other) for other in used + quoted):
                self.say(faults.FigureUnused, figure.span, figure=figure.text)

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
    def rule(self, annotation: tree.Annotation, text: list[Figure], measure: tree.Measure, waived: set[str]) -> None:
        """The figures a rule or definition has by default stand in the text, and its boundary words mean the same."""
        if not isinstance(annotation, (*RULES, tree.Define)):
            return
        if isinstance(annotation, tree.Rule):
            waived = waived | {waiver.check.text for waiver in annotation.waivers}
        for node in self.by_default(annotation):
            figure = figure_of(node, self.policy.source)
            if figure and UNFOUNDED not in waived and not self.founded(figure, text):
                near = "、".join(dict.fromkeys(each.text for each in text if each.unit == figure.unit))
                known = Term(f"原文有：{near}", f"the text has: {near}") if near else NOTHING_LIKE_IT
                self.say(faults.FigureUnfounded, figure.span, figure=figure.text, where=_said(measure), known=known)
            if isinstance(node, tree.Compare | tree.CellTest):
                self.boundary(node, text)

    def founded(self, figure: Figure, text: list[Figure]) -> bool:
        return (
            is_neutral(figure)
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

    def boundary(self, node: tree.Compare | tree.CellTest, text: list[Figure]) -> None:
        """The comparison word agrees with the one beside the same figure in 原文, where there is one."""
        figure = figure_of(node.right if isinstance(node, tree.Compare) else node.values[0], self.policy.source)
        if figure is None or figure.unit in CALENDAR or node.op not in (*_BEFORE, *AFTER):
            return
        beside = [word for each in text if each.is_used_by(figure) and (word := self.word_beside(each))]
        if beside and meaning(node.op, self.bounds) not in {meaning(word, self.bounds) for word in beside}:
            self.say(faults.BoundaryWord, node.span, rule=node.op, text=beside[0])

    def word_beside(self, figure: Figure) -> str | None:
        source = self.policy.source.text
        before = _PRECEDED.search(source[max(0, figure.span.start - 8) : figure.span.start])
        after = _FOLLOWED.match(source[figure.span.end : figure.span.end + 8])
        return before[1] if before else after[1] if after else None

    # ------------------------------------------------------------ quotations
    def cites(self, annotation: tree.Annotation, text: str, measure: tree.Measure | None) -> None:
        if isinstance(annotation, tree.Example):
            return
        squeezed = _squeeze(text)
        for node in nodes(annotation):
            if isinstance(node, tree.Cite) and not _stands(node.text, squeezed):
                near = _nearest(_squeeze(node.text), squeezed)
                nearest = Term(f"，原文写的是「{near}」", f"; the text has “{near}”") if near else Term("", "")
                self.say(faults.CiteNotVerbatim, node.span, cite=node.text, where=_said(measure), nearest=nearest)

    # ------------------------------------------------------------ stages
    def stages(self, rule: tree.Rule) -> None:
        waiver = next((waiver for waiver in rule.waivers if waiver.check.text == STAGES), None)
        amounts = [stage.amount for stage in rule.stages]
        stated = rule.staged.total if rule.staged else None
        differs = False
        if isinstance(stated, tree.Number) and amounts and all(isinstance(each, tree.Number) for each in amounts):
            total = sum((each.value for each in amounts if isinstance(each, tree.Number)), Fraction(0))
            differs = total != stated.value
            if differs and waiver:
                said = {"sum": _money(total), "stated": stated.text, "reason": waiver.reason}
                self.say(faults.StagesTotalDeclared, stated.span, **said)
            elif differs:
                self.say(faults.StagesTotal, stated.span, sum=_money(total), stated=stated.text)
        for each in rule.waivers:
            if each.check.text != UNFOUNDED and not (each is waiver and differs):
                self.say(faults.WaiverUnneeded, each.span, check=each.check.text)


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
