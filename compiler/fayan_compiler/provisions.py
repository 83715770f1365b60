"""Rules, duties, targets and selections, each into one core provision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from attrs import define, evolve, field

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.expressions.shares import peers_of
from fayan_compiler.item import ANY_LIST, item_word
from fayan_compiler.places import Place
from fayan_compiler.problems.names import UnknownField, UnknownList
from fayan_compiler.problems.rules import (
    AwardWithoutAmount,
    EachMisfits,
    IncompleteRule,
    MisplacedClause,
    SeriesMisuse,
    UnknownNature,
)
from fayan_compiler.problems.types import NotADate
from fayan_compiler.scope import Frame, field_of, renamed
from fayan_compiler.symbols import Symbols
from fayan_compiler.units import BOOL, COUNT, DATE, HOLE, NOTHING, YEAR, say
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir, walk
from fayan_runtime.names import EARLIER, OWN

#: Kind of rule → what it gives; the empty nature leaves the amount to the responsible unit.
NATURES: dict[str, ir.Nature] = {
    "奖励": "cash", "补贴": "cash", "减免": "relief", "减征": "tax", "扣除": "deduction", "评审价": "price", "支持": "", "对象": "",
}  # fmt: skip
#: 性质: what a rule gives where its kind would say otherwise.
NAMED_NATURES: dict[str, ir.Nature] = {
    "现金": "cash", "奖励": "cash", "补贴": "cash", "减免": "relief", "租金减免": "relief", "减征": "tax", "扣除": "deduction",
    "评审价": "price",
}  # fmt: skip

_PERIOD = Term("有效期", "有效期")
_STAGE = Term("阶段的“于”", "The 于 of a stage")
_ON = Term("“于”", "于")


@define
class ProvisionLowerer:
    lowerer: Lowerer
    #: 有效期 that stand outside rules: (measure or None for the whole policy, core period, its readings).
    common_periods: list[tuple[int | None, ir.Period, frozenset[str]]] = field(factory=list)

    def common_period(self, node: tree.Period, place: Place) -> None:
        """有效期 in an appendix (or before the first measure) holds for every award, in a measure for its awards."""
        self.lowerer.enter(place)
        self.lowerer.readings = set()
        period = self.period(node, Frame())
        measure = place.number if place.measure is not None and place.number else None
        self.common_periods.append((measure, period, frozenset(self.lowerer.readings)))

    def lower(self, node: tree.Rule | tree.Duty | tree.Goal | tree.Selection, place: Place) -> ir.Provision:
        lowerer = self.lowerer
        lowerer.enter(place)
        lowerer.readings = set()
        lowerer.origins.quote = lowerer.origins.place.cited(node.cite) if node.cite else ""
        match node:
            case tree.Rule():
                fields = self.rule(node, place)
            case tree.Duty():
                fields = self.duty(node)
            case tree.Goal():
                fields = self.goal(node)
            case _:
                fields = self.selection(node)
        lowerer.origins.quote = lowerer.origins.rest(node.cite, node.span)
        return ir.Provision(
            measure=place.number,
            name=node.name.text,
            readings=in_order(lowerer.readings, self.lowerer.symbols),
            origin=lowerer.origins.at(node.span),
            **fields,
        )

    # ------------------------------------------------------------ awards and support
    def rule(self, node: tree.Rule, place: Place) -> dict[str, Any]:
        award = NATURES[node.kind] != ""
        own = self.each(node)
        fields: dict[str, Any] = {
            "kind": "award" if award else "discretionary",
            "nature": self.nature(node),
            "each": own.name if own else "",
            "payer": node.payer,
            "discretion": node.discretion,
            "evidence": node.evidence,
        }
        on = self.event(node, own)
        frame = Frame(own=own, event=(own is not None and on is not None) or bool(node.stages))
        among = self.conditions(node.among, frame)
        if node.first is not None:
            among = (*among, *self.first(node, node.first, own, on, among))
        inner = self.lowerer.narrow(frame, [(one.expr, True) for one in among])
        must = self.conditions(node.must, inner)
        inner = self.lowerer.narrow(inner, [(one.expr, True) for one in must])
        fields |= {"among": among, "must": must, "on": on}
        if node.periods and not frame.event:
            why = Term("没有发生日，有效期无从算起", "there is no event day for a 有效期")
            hint = Term(
                "按清单一笔一笔给的，写“逐次 清单”，它的日期就是发生日；不看日期的，删去这一行，用“须 评估日 不晚于 ……”写期限。",
                "If it is given for each item of a list, write 逐次 and the list, whose dates are the event days; else delete this line and write the time limit as 须 评估日 不晚于 ….",
            )
            self.misplaced(node, node.periods[0], why, hint)
        fields["periods"] = tuple(self.period(period, frame) for period in node.periods) if frame.event else ()
        if award and frame.event:
            for measure, period, readings in self.common_periods:
                if measure is None or measure == place.number:
                    fields["periods"] += (period,)
                    self.lowerer.readings |= readings
        if own is not None and own is not ANY_LIST:
            inner = evolve(inner, peers=peers_of(node.name.text, own, on, fields))
        fields |= self.amounts(node, inner, award)
        return fields

    def nature(self, node: tree.Rule) -> ir.Nature:
        if node.nature is None:
            return NATURES[node.kind]
        word = node.nature.text
        if word not in NAMED_NATURES:
            self.lowerer.report(UnknownNature, node.nature, word=word, known="、".join(NAMED_NATURES))
        return NAMED_NATURES.get(word, "")

    def each(self, node: tree.Rule) -> ir.FactDecl | None:
        if node.each is None:
            return None if node.stages else self.each_missing(node)
        name = node.each.list
        found = self.lowerer.symbols.facts.get(name.text)
        if found is None or not found[1].is_list:
            self.lowerer.reporter.unknown(UnknownList, name.span, name.text, self.lowerer.symbols.lists)
            return ANY_LIST
        if found[1].series:
            field = next((one.name for one in found[1].fields if one.name != "年度"), "年度")
            self.lowerer.report(SeriesMisuse, name, word=name.text, field=field)
        return found[1] if self.counted_by(node.each, found[1]) else ANY_LIST

    def counted_by(self, each: tree.Each, items: ir.FactDecl) -> bool:
        """逐年 is for items that have a year, 逐月 for those that have a month; False where that is told."""
        wanted = {"逐年": "year", "逐月": "month"}.get(each.word)
        kinds = {one.type.kind for one in items.fields}
        if wanted is None or wanted in kinds or HOLE in [one.type for one in items.fields]:
            return True
        fitting = _fitting(items)
        at = Span(each.span.start, each.list.span.start - 1)
        fix = Fix(Term(f"改为“{fitting}”", f"write {fitting}"), (Edit(at, fitting),), Applicability.UNSAFE)
        what = Term("年度", "year") if wanted == "year" else Term("月份", "month")
        self.lowerer.reporter.report(
            EachMisfits, at, fixes=(fix,), each=each.word, word=items.name, what=what, fitting=fitting
        )
        return False

    def each_missing(self, node: tree.Rule) -> ir.FactDecl | None:
        """A rule that looks at an item and does not say of which list is told so once, not for all that follows."""
        ref = item_word(node, self.lowerer.symbols)
        if ref is None:
            return None
        label = Label(ref.span, Term(f"“{ref.name}”要看是哪一项的", f"which item's “{ref.name}”?"))
        of = [name for name, decl in self.lowerer.symbols.lists.items() if field_of(decl, ref.name) is not None]
        # as other rules over the same list begin it; each word means the same
        written = re.search(rf"^\s+(逐\w) +(?:{'|'.join(map(re.escape, of))})(?!\w)", self.lowerer.source.text, re.M)
        line = f"{_fitting(self.lowerer.symbols.lists[of[0]])} {of[0]}" if len(of) == 1 else "逐次"
        if of and written:
            line = " ".join(written[0].split())
        self.lowerer.report(IncompleteRule, node.name, (label,), word=node.name.text, line=line)
        return ANY_LIST

    def event(self, node: tree.Rule, own: ir.FactDecl | None) -> ir.Expr | None:
        """The event day of an item: what 于 says, else the field of the list that dates its items."""
        frame = Frame(own=own)
        lowerer = self.lowerer
        if node.on is not None:
            if own is None:
                why = Term(
                    "只有逐次的规则才有“于”，单个日期用“阶段”",
                    "only a rule over items has 于; for a single date use 阶段",
                )
                hint = Term(
                    "有清单的，加一行“逐次 清单”；只有一个日期的，写“阶段 名称 金额 于 日期”。",
                    "Where there is a list, add 逐次 and the list; for a single date write 阶段, a name, the amount, 于 and the date.",
                )
                self.misplaced(node, node.on, why, hint)
                return None
            with lowerer.origins.resting(node.on.cite, node.on.span):
                return lowerer.day(node.on.expr, frame, _ON)
        if own is not None and own.type == HOLE:
            return lowerer.hole(node)
        if own is None or not own.event or node.each is None:
            return None
        decl = cast(ir.FactDecl, field_of(own, own.event))
        word = tree.Ref(span=node.each.span, name=own.event)
        origin = lowerer.origins.at(node.each.span)
        field: ir.Expr = ir.Field(type=decl.type, var=OWN, name=decl.name, origin=origin)
        if decl.type.optional:
            return lowerer.solid(field, word)
        if decl.type.kind == "year":
            return ir.Calendar(type=DATE, op="year_end", arg=field, origin=origin)
        if decl.type.kind == "month":
            return ir.Calendar(type=DATE, op="month_end", arg=field, origin=origin)
        return field

    def amounts(self, node: tree.Rule, frame: Frame, award: bool) -> dict[str, Any]:
        """金额, or 阶段 with what the text states for them together."""
        lowerer = self.lowerer
        fields: dict[str, Any] = {}
        if not award:
            for line in (node.amount, node.staged, *node.stages):
                if line is not None:
                    why = Term(
                        f"“{node.kind}”不定金额，要定金额用“奖励”等",
                        f"{node.kind} fixes no amount; use 奖励 or the like",
                    )
                    hint = Term(
                        f"给钱的，把“{node.kind}”换成“奖励”“补贴”“减免”等；不给钱的，删去这一行。",
                        f"If it gives money, write 奖励, 补贴 or 减免 for {node.kind}; else delete this line.",
                    )
                    self.misplaced(node, line, why, hint)
            return fields
        if node.amount is None and not node.stages:
            lowerer.report(AwardWithoutAmount, node.name, word=node.name.text)
        if node.stages and (node.each is not None or node.amount is not None):
            why = Term("分阶段的规则不再写“逐次”和“金额”", "a rule in stages has neither 逐次 nor 金额")
            hint = Term(
                "分阶段给的，删去“逐次”和“金额”；按清单一笔一笔给的，删去各“阶段”，数额写在“金额”里。",
                "If it is given in stages, delete 逐次 and 金额; if for each item of a list, delete the stages and write the amount under 金额.",
            )
            self.misplaced(node, node.stages[0], why, hint)
        if node.amount is not None:
            fields["amount"] = lowerer.value(node.amount, frame, None, "money")
        if node.staged is not None:
            with_cite = tree.Value(span=node.staged.span, expr=node.staged.total, cite=node.staged.cite)
            fields["stated_total"] = lowerer.value(with_cite, Frame(), None, "money")
        fields["stages"] = tuple(self.stage(stage, frame) for stage in node.stages)
        return fields

    def stage(self, node: tree.Stage, frame: Frame) -> ir.Stage:
        lowerer = self.lowerer
        with lowerer.origins.resting(node.cite, node.span):
            on = lowerer.day(node.on, Frame(), _STAGE, optional=True)
            return ir.Stage(
                name=node.name.text,
                amount=lowerer.money(node.amount, frame),
                on=on,
                of=self.dated_by(on, node.name.text),
                origin=lowerer.origins.at(node.span),
            )

    def dated_by(self, expr: ir.Expr, otherwise: str) -> ir.Dated:
        """The first date among the facts that an expression looks at, definitions and the option chosen included."""
        if isinstance(expr, ir.Fact) and expr.type.kind == "date":
            return expr.name
        if isinstance(expr, ir.Choose):
            options = [option for option, _ in self.lowerer.symbols.readings[expr.reading].options]
            places = [self.dated_by(arm, otherwise) for arm in expr.arms]
            same = all(place == places[0] for place in places)
            return places[0] if same else (expr.reading, tuple(zip(options, places, strict=True)))
        inner: Iterable[ir.Expr] = walk.children(expr)
        if isinstance(expr, ir.Call) and (made := self.lowerer.made.get(expr.function)):
            inner = (made.function.body, *inner)
        return next((place for each in inner if (place := self.dated_by(each, "")) != ""), otherwise)

    def first(
        self,
        node: tree.Rule,
        first: tree.First,
        own: ir.FactDecl | None,
        on: ir.Expr | None,
        among: Sequence[ir.Condition],
    ) -> Iterable[ir.Condition]:
        """仅首次 按 K, as a condition: no item of the same K for which all 其中 hold stands before this one.

        Before: an earlier event day, or the same and an earlier place in the list.
        """
        lowerer = self.lowerer
        if own is None or own.type == HOLE:
            if own is None:
                why = Term("只有逐次的规则才有先后", "only a rule over items has a first one")
                hint = Term("加一行“逐次 清单”，或者删去“仅首次”。", "Add 逐次 and the list, or delete 仅首次.")
                self.misplaced(node, first, why, hint)
            return
        with lowerer.origins.resting(None, first.span):
            origin = lowerer.origins.at(first.span)
        here: list[ir.Expr] = [one.expr for one in among]
        tests: list[ir.Expr] = [renamed(one, on) for one in here]
        for name in first.by:
            decl = field_of(own, name.text)
            if decl is None:
                fields = [one.name for one in own.fields]
                lowerer.reporter.unknown(UnknownField, name.span, name.text, fields, list=own.name)
                return
            mine: ir.Expr = ir.Field(type=decl.type, var=OWN, name=decl.name, origin=origin)
            if lowerer.solid(mine, name).type == HOLE:
                return
            tests.append(_compare("==", renamed(mine, on), mine, origin))
        places: tuple[ir.Expr, ir.Expr] = (
            ir.Index(type=COUNT, var=EARLIER, origin=origin),
            ir.Index(type=COUNT, var=OWN, origin=origin),
        )
        before: ir.Expr = _compare("<", *places, origin)
        if on is not None:
            same = ir.And(type=BOOL, args=(_compare("==", renamed(on, on), on, origin), before), origin=origin)
            before = ir.Or(type=BOOL, args=(_compare("<", renamed(on, on), on, origin), same), origin=origin)
        where = ir.And(type=BOOL, args=(*tests, before), origin=origin)
        expr = ir.Query(type=BOOL, kind="none", list=own.name, var=EARLIER, where=where, value=None, origin=origin)
        yield ir.Condition(name=lowerer.written(first), expr=expr, origin=origin)

    # ------------------------------------------------------------ the others
    def duty(self, node: tree.Duty) -> dict[str, Any]:
        among = self.conditions(node.among, Frame())
        frame = self.lowerer.narrow(Frame(), [(one.expr, True) for one in among])
        checks = tuple(self.condition(None, check, frame) for check in node.checks)
        return {
            "kind": "duty",
            "among": among,
            "checks": checks,
            "discretion": node.discretion,
            "evidence": node.evidence,
        }

    def goal(self, node: tree.Goal) -> dict[str, Any]:
        lowerer = self.lowerer
        lowerer.origins.quote = lowerer.origins.rest(node.cite, node.span)
        goal = lowerer.truth(node.condition, Frame())
        until = lowerer.expr(node.until, Frame())
        if until.type not in (HOLE, DATE, YEAR):
            place = Term("“截至”", "截至")
            lowerer.report(NotADate, node.until, place=place, found=say(until.type))
        return {"kind": "target", "goal": goal, "until": lowerer.written(node.until)}

    def selection(self, node: tree.Selection) -> dict[str, Any]:
        must = self.conditions(node.must, Frame())
        chosen = None if node.chosen is None else self.lowerer.value(node.chosen, Frame(), None, "truth")
        return {
            "kind": "selection",
            "must": must,
            "chosen": chosen,
            "quota": f"每年{node.quota.text}" if node.quota else "",
            "places": int(node.quota.value) if node.quota and node.quota.value.denominator == 1 else None,
            "discretion": node.discretion,
            "evidence": node.evidence,
        }

    # ------------------------------------------------------------ parts of several
    def conditions(self, nodes: Sequence[tree.Condition], frame: Frame) -> tuple[ir.Condition, ...]:
        return tuple(self.condition(node.label, node.value, frame) for node in nodes)

    def condition(self, label: tree.Name | None, value: tree.Value, frame: Frame) -> ir.Condition:
        lowerer = self.lowerer
        expr = lowerer.value(value, frame, None, "truth")
        with lowerer.origins.resting(value.cite, value.span):
            origin = lowerer.origins.at(value.span)
        if label is not None:
            name = label.text
        elif isinstance(value.expr, (tree.Call, tree.Ref)):
            name = value.expr.name
        else:
            name = lowerer.written(value.expr)
        return ir.Condition(name=name, expr=expr, origin=origin)

    def period(self, node: tree.Period, frame: Frame) -> ir.Period:
        lowerer = self.lowerer
        with lowerer.origins.resting(node.cite, node.span):
            start, end = (self.edge(one, frame) for one in (node.start, node.end))
            return ir.Period(start=start, end=end, origin=lowerer.origins.at(node.span))

    def edge(self, node: tree.Expr | None, frame: Frame) -> ir.Expr | None:
        """The first or last day of a 有效期; None where it has none, or 无 is written."""
        day = None if node is None else self.lowerer.day(node, frame, _PERIOD, optional=True)
        return None if day is None or day.type == NOTHING else day

    def misplaced(self, node: tree.Rule, line: tree.Node, why: Term, hint: Term) -> None:
        self.lowerer.report(MisplacedClause, line, rule=node.name.text, why=why, hint=hint)


def _fitting(items: ir.FactDecl) -> str:
    """The word by which a rule goes through a list: by what dates its items."""
    kinds = {one.type.kind for one in items.fields}
    return next(
        (word for word, kind in (("逐月", "month"), ("逐年", "year"), ("逐次", "date")) if kind in kinds), "逐项"
    )


def in_order(readings: Iterable[str], symbols: Symbols) -> tuple[str, ...]:
    """Readings in the order of their declaration."""
    found = set(readings)
    return tuple(id for id in symbols.readings if id in found)


def _compare(op: Any, left: ir.Expr, right: ir.Expr, origin: ir.Origin) -> ir.Expr:
    word = "早于" if op == "<" else "为"
    return ir.Compare(type=BOOL, op=op, left=left, right=right, word=word, origin=origin)
