"""What holds between rules — 限额, 就高, 扣减, 抵扣 — and which readings a rule's result depends on through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, evolve, field

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.item import ANY_LIST
from fayan_compiler.places import Place
from fayan_compiler.problems.names import AmbiguousName, UnknownField, UnknownList, UnknownProvision
from fayan_compiler.problems.rules import (
    BadOffset,
    IncompleteRule,
    MisplacedClause,
    OtherMeasure,
    ReadingsOnly,
    RepeatedMember,
)
from fayan_compiler.provisions import NATURES, ProvisionLowerer, in_order
from fayan_compiler.scope import Frame
from fayan_compiler.symbols import Symbols
from fayan_compiler.units import BOOL
from fayan_dsl import tree
from fayan_dsl.problem import Edit, Fix, Term
from fayan_dsl.source import Span
from fayan_runtime import ir, walk
from fayan_runtime.names import COUNTED

Adjustment = ir.Ceiling | ir.Highest | ir.Deduct
_OFFSET_FIELDS = ("措施", "事项", "日期", "金额")


_OF_OTHERS = Term(
    "“就高”“限额”“扣减”只管本文件的规则。照别的文件已经享受的，写“就高 本文件的规则 累计 已享受 金额”，已享受的金额列成一个事实。",
    "就高, 限额 and 扣减 concern the rules of this document. For what was received under another, write 就高, the rules of this document, 累计 已享受 and the amount, which is a fact of its own.",
)


@define
class BetweenLowerer:
    lowerer: Lowerer
    #: Award → its core form, for the lists of the items a ceiling counts.
    provisions: dict[str, ir.Provision] = field(factory=dict)
    #: The line being read, as a message names it.
    heading: str = ""

    def always(self, truth: bool, node: tree.Node) -> ir.Expr:
        return ir.Const(type=BOOL, value=truth, origin=self.lowerer.origins.at(node.span))

    def enter(self, place: Place, heading: str, cite: tree.Cite | None, node: tree.Node) -> None:
        self.lowerer.enter(place)
        self.heading = heading
        self.lowerer.readings = set()
        self.lowerer.origins.quote = self.lowerer.origins.rest(cite, node.span)

    def by_readings(self, condition: tree.Expr | None, node: tree.Node) -> ir.Expr:
        """A condition that readings alone decide; none is always true."""
        if condition is None:
            return self.always(True, node)
        before = len(self.lowerer.reporter.problems)
        expr = self.lowerer.truth(condition, Frame())
        pure = (ir.Choose, ir.And, ir.Or, ir.Not, ir.Const)
        if before == len(self.lowerer.reporter.problems) and not all(
            isinstance(one, pure) for one in walk.inside(expr)
        ):
            self.lowerer.report(ReadingsOnly, condition)
        return expr

    def member(self, name: tree.Member, stages: bool = True) -> ir.Member | None:
        """The rule (or stage of a rule) of this name; one of another measure is named with its measure."""
        found = self.named(name, stages)
        if found is not None:
            number = self.lowerer.symbols.provisions[found[0]][1].number
            here = self.lowerer.origins.place
            at_home = here.measure is None or here.number == number
            if name.measure not in (None, number):
                self.lowerer.report(OtherMeasure, name, word=name.text, number=number)
            elif name.measure is None and not at_home:
                start = Span(name.span.start, name.span.start)
                title = Term(f"写成“措施 {number} {name.text}”", f"write 措施 {number} {name.text}")
                fix = Fix(title, (Edit(start, f"措施 {number} "),))
                self.lowerer.reporter.report(OtherMeasure, name.span, fixes=(fix,), word=name.text, number=number)
        return found

    def named(self, name: tree.Member, stages: bool) -> ir.Member | None:
        """The rule (or stage of a rule) of this name."""
        found = self.lowerer.symbols.provisions.get(name.text)
        if found is not None:
            if isinstance(found[0], tree.Rule) and NATURES[found[0].kind]:
                return name.text, ""
            why = Term(f"“{name.text}”不给钱", f"{name.text} gives no money")
            hint = Term(
                "把它从这一行删去；限额、就高和扣减只管给钱的规则。",
                "Take it out of this line: what limits or sets off concerns rules that give money.",
            )
            self.lowerer.report(MisplacedClause, name, rule=self.heading, why=why, hint=hint)
            return None
        rules = self.lowerer.symbols.stages.get(name.text, []) if stages else []
        if len(rules) == 1:
            return rules[0], name.text
        if rules:
            listed = "、".join(rules)
            hint = Term("把其中一个阶段改名。", "Rename one of the stages.")
            meanings = Term(f"{listed}都有这个阶段", f"{listed} each have such a stage")
            self.lowerer.report(AmbiguousName, name, word=name.text, meanings=meanings, hint=hint)
            return None
        if name.text in self.lowerer.symbols.elsewhere:
            why = Term(
                f"“{name.text}”是所引文件的规则，由那份文件计算",
                f"{name.text} is a rule of a document referred to, which computes it",
            )
            self.lowerer.report(MisplacedClause, name, rule=self.heading, why=why, hint=_OF_OTHERS)
            return None
        here = self.lowerer.origins.place
        rules_here = [
            (place.number != here.number, name)
            for name, (rule, place) in self.lowerer.symbols.provisions.items()
            if isinstance(rule, tree.Rule) and NATURES[rule.kind]
        ]
        known = [name for _, name in sorted(rules_here, key=lambda each: each[0])]
        known += self.lowerer.symbols.stages if stages else []
        self.lowerer.reporter.unknown(UnknownProvision, name.span, name.text, known)
        return None

    def members(self, names: Sequence[tree.Member], already: Sequence[ir.Member] = ()) -> tuple[ir.Member, ...]:
        """Each once, and no rule beside a stage of its own; ``already`` are those of earlier lines that count beside these."""
        found: list[ir.Member] = []
        for name in names:
            member = self.member(name)
            if member is None:
                continue
            rule, stage = member
            if any(rule == other and (stage == its or "" in (stage, its)) for other, its in (*already, *found)):
                self.lowerer.report(RepeatedMember, name, word=name.text, rule=self.heading)
            found.append(member)
        return tuple(found)

    def measure(self, place: Place, members: Sequence[str]) -> int:
        """The measure it stands in; from an appendix, that of the first rule it names."""
        found = self.lowerer.symbols.provisions.get(members[0]) if members else None
        return found[1].number if place.measure is None and found is not None else place.number

    # ------------------------------------------------------------ 限额
    def ceiling(self, node: tree.Ceiling, place: Place) -> ir.Ceiling:
        lowerer = self.lowerer
        self.enter(place, f"限额 {node.name.text}", node.cite, node)
        covers: list[tuple[ir.Member, ir.Expr]] = []
        for line in node.covers:
            condition = self.by_readings(line.when, line)
            members = self.members(line.names, [] if line.when else [each for each, _ in covers])
            covers.extend((member, condition) for member in members)
        counted = self.counted([member for member, _ in covers])
        if not node.covers:
            lowerer.report(IncompleteRule, node.name, word=node.name.text, line="及于")
        if node.limit is None:
            lowerer.report(IncompleteRule, node.name, word=node.name.text, line="不超过")
            limit = lowerer.hole(node)
        else:
            limit = lowerer.value(node.limit, Frame(counted=counted), None, "money")
        split: list[ir.Expr] = []
        keys: list[tuple[str, ir.Expr]] = []
        for line_ in node.splits:
            condition = self.by_readings(line_.when, line_)
            if not line_.by:
                split.append(condition)
            for name in line_.by:
                if covers and counted is not ANY_LIST and name.text not in [one.name for one in counted.fields]:
                    known = [one.name for one in counted.fields]
                    lowerer.reporter.unknown(UnknownField, name.span, name.text, known, list=COUNTED)
                keys.append((name.text, condition))
        apart = self.always(False, node) if not split else split[0]
        if len(split) > 1:
            apart = ir.Or(type=BOOL, args=tuple(split), origin=lowerer.origins.at(node.span))
        applies = self.by_readings(node.applies, node)
        return ir.Ceiling(
            measure=self.measure(place, [name for (name, _), _ in covers]),
            name=node.name.text,
            per_year=node.scope == "每户每年",
            covers=tuple(covers),
            limit=limit,
            split=apart,
            keys=tuple(keys),
            by_date=node.by_date,
            applies=applies,
            readings=in_order(lowerer.readings, self.lowerer.symbols),
            origin=lowerer.origins.at(node.span),
        )

    def counted(self, members: Sequence[ir.Member]) -> ir.FactDecl:
        """所计: the items that a ceiling counts, with the fields they all have."""
        lists = [
            self.lowerer.symbols.lists.get(self.provisions[name].each) for name, _ in members if name in self.provisions
        ]
        if any(name in self.provisions and self.provisions[name].each == ANY_LIST.name for name, _ in members):
            return ANY_LIST
        first = lists[0].fields if lists and lists[0] else ()
        common = [
            one for one in first if all(decl and any(one.type == other.type and one.name == other.name for other in decl.fields) for decl in lists)
        ]  # fmt: skip
        return ir.FactDecl(name=COUNTED, type=ir.Type("record", name=COUNTED), fields=tuple(common), is_list=True)

    # ------------------------------------------------------------ 就高, 扣减, 抵扣
    def highest(self, node: tree.Highest, place: Place) -> ir.Highest:
        self.enter(place, "就高", node.cite, node)
        members = self.members(node.names)
        applies = self.by_readings(node.when, node)
        return ir.Highest(
            measure=self.measure(place, [name for name, _ in members]),
            members=members,
            mode="cumulative" if node.mode == "累计" else "yearly",
            received=self.received(node),
            applies=applies,
            readings=in_order(self.lowerer.readings, self.lowerer.symbols),
            origin=self.lowerer.origins.at(node.span),
        )

    def received(self, node: tree.Highest) -> ir.Expr | None:
        """What was got under other documents: it counts as the first of those that are compared."""
        if node.received is None:
            return None
        if node.mode != "累计":
            why = Term("只有“累计”才能连同已享受的", "only 累计 can take in what was already received")
            hint = Term("把“每年”改成“累计”，或者删去“已享受”。", "Write 累计 for 每年, or delete 已享受.")
            self.lowerer.report(MisplacedClause, node.received, rule=self.heading, why=why, hint=hint)
        return self.lowerer.money(node.received, Frame())

    def deduct(self, node: tree.Deduct, place: Place) -> ir.Deduct:
        self.enter(place, f"扣减 {node.name.text}", node.cite, node)
        member = self.member(node.name, stages=False)
        less: list[str] = []
        for name in node.less:
            found = self.member(name, stages=False)
            if found is not None and found[0] in (*less, *(member or ())):
                self.lowerer.report(RepeatedMember, name, word=name.text, rule=self.heading)
            less += [found[0]] if found is not None else []
        applies = self.by_readings(node.when, node)
        return ir.Deduct(
            measure=self.measure(place, [member[0]] if member else []),
            member=member[0] if member else "",
            less=tuple(less),
            applies=applies,
            readings=in_order(self.lowerer.readings, self.lowerer.symbols),
            origin=self.lowerer.origins.at(node.span),
        )

    def offset(self, node: tree.Offset, place: Place, conditions: ProvisionLowerer) -> ir.Offset | None:
        self.enter(place, "抵扣", None, node)
        self.lowerer.origins.quote = ""
        name = node.list.text
        decl = self.lowerer.symbols.lists.get(name)
        if decl is None:
            self.lowerer.reporter.unknown(UnknownList, node.list.span, name, self.lowerer.symbols.lists)
            return None
        lacking = [one for one in _OFFSET_FIELDS if one not in [one.name for one in decl.fields]]
        if lacking or decl.series:
            listed = "、".join(lacking or _OFFSET_FIELDS)
            why = Term(f"要有各项：{listed}", f"it needs the fields {listed}")
            self.lowerer.report(BadOffset, node.list, word=name, why=why)
            return None
        among = conditions.conditions(node.among, Frame(own=decl))
        return ir.Offset(
            list=name,
            among=among,
            readings=in_order(self.lowerer.readings, self.lowerer.symbols),
            origin=self.lowerer.origins.at(node.span),
        )


def touched(adjustment: Adjustment) -> Iterator[str]:
    """The rules an adjustment may change."""
    match adjustment:
        case ir.Ceiling():
            yield from dict.fromkeys(name for (name, _), _ in adjustment.covers)
        case ir.Highest():
            yield from dict.fromkeys(name for name, _ in adjustment.members)
        case ir.Deduct():
            yield adjustment.member


def with_readings(
    provisions: Sequence[ir.Provision], adjustments: Sequence[Adjustment], offset: ir.Offset | None, symbols: Symbols
) -> tuple[ir.Provision, ...]:
    """Each provision with all readings its result depends on: its own, those of what adjusts it, those of what is deducted."""
    readings = {provision.name: set(provision.readings) for provision in provisions}
    for deducting in (False, True):
        for one in adjustments:
            if isinstance(one, ir.Deduct) is deducting:
                for name in touched(one):
                    if name in readings:
                        readings[name].update(one.readings)
                        sources = one.less if isinstance(one, ir.Deduct) else ()
                        readings[name].update(*(readings[less] for less in sources if less in readings))
    if offset is not None:
        for provision in provisions:
            if provision.nature in ("cash", "relief"):
                readings[provision.name].update(offset.readings)
    return tuple(evolve(one, readings=in_order(readings[one.name], symbols)) for one in provisions)
