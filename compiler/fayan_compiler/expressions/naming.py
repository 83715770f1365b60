"""Bare names, fields and readings: what a word means where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from fayan_compiler import units
from fayan_compiler.constants import own_number
from fayan_compiler.expressions import calls, lists
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import types as T
from fayan_compiler.problems.imports import DateNotSeen
from fayan_compiler.scope import ORDER, Frame, Meaning, field_of, meanings_of
from fayan_compiler.units import COUNT, DATE, HOLE, YEAR
from fayan_dsl import tree
from fayan_dsl.built_in import CONTEXT
from fayan_dsl.problem import Term
from fayan_runtime import ir

_YEARS_BACK = {"本年度": 0, "上年度": -1, "前年度": -2}


def ref(low: Lowerer, node: tree.Ref, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    name = node.name
    if expected is not None and expected.kind == "enum" and name in low.symbols.members_of(expected.name):
        return member(low, node, expected.name)
    meanings = meanings_of(name, frame, low.symbols)
    if frame.items and "其" in meanings:
        meanings = ["其"]
    if len(meanings) > 1:
        ambiguous(low, node, meanings)
        return low.hole(node)
    if meanings:
        return _meant(low, node, meanings[0], frame)
    if expected == HOLE or (frame.own is not None and frame.own.type == HOLE):
        return low.hole(node)  # what could be meant hangs on something that is wrong already
    enums = low.symbols.enums_with(name)
    if len(enums) == 1:
        return member(low, node, enums[0])
    if enums:
        zh, en = (
            "、".join(f"类型“{enum}”的一种" for enum in enums),
            ", ".join(f"a member of {enum}" for enum in enums),
        )
        hint = Term("把它写在知道要哪个类型的地方。", "Write it where it is plain which type is meant.")
        low.report(N.AmbiguousName, node, word=name, meanings=Term(zh, en), hint=hint)
    elif expected is not None and expected.kind == "enum" and expected.name in low.symbols.enums:
        members = low.symbols.enums[expected.name].members
        known = [*members, *visible(low, frame)]
        low.reporter.unknown(N.UnknownMember, node.span, name, known, type=expected.name)
    else:
        low.reporter.unknown(N.UnknownName, node.span, name, visible(low, frame))
    return low.hole(node)


def _meant(low: Lowerer, node: tree.Ref, meaning: Meaning, frame: Frame) -> ir.Expr:
    """The word in the one sense that it has here."""
    match meaning:
        case "参数":
            type = dict(frame.params)[node.name]
            return ir.Param(type=type, name=node.name, origin=low.origins.at(node.span))
        case "其" | "本":
            var, decl = frame.item(own=meaning == "本")
            return _of_item(low, node, var, decl)
        case "语言":
            return context(low, node, frame)
        case "定义":
            return calls.called(low, node, node.name, (), frame)
        case "事实":
            return fact(low, node)


def _of_item(low: Lowerer, node: tree.Ref | tree.FieldRef, var: str, decl: ir.FactDecl) -> ir.Expr:
    """A field of an item, or its position in its list."""
    origin = low.origins.at(node.span)
    found = field_of(decl, node.name)
    if found is None:
        return ir.Index(type=COUNT, var=var, origin=origin)
    return ir.Field(type=found.type, var=var, name=node.name, origin=origin)


def ambiguous(low: Lowerer, node: tree.Ref, kinds: Sequence[Meaning]) -> None:
    said: dict[Meaning, tuple[str, str]] = {
        "参数": ("定义的参数", "the parameter"),
        "其": ("清单里正在看的那一项", "the query's item"),
        "本": ("规则正在看的那一项", "the rule's item"),
        "语言": ("语言自己的词", "a word of the language"),
        "定义": ("定义", "the definition"),
        "事实": ("事实", "the fact"),
    }
    meanings = Term("、".join(said[kind][0] for kind in kinds), ", ".join(said[kind][1] for kind in kinds))
    ways = [f"“{kind} {node.name}”" for kind in kinds if kind in "其本"]
    hint = Term("给其中一个换个名字。", "Give one of them another name.")
    if ways:
        hint = Term(f"写明{'或'.join(ways)}，或者换个名字。", f"Write {' or '.join(ways)}, or choose another name.")
    low.report(N.AmbiguousName, node, word=node.name, meanings=meanings, hint=hint)


def visible(low: Lowerer, frame: Frame) -> list[str]:
    """The names one may write here, nearest first."""
    items = [frame.query[1]] if frame.query else []
    items += [frame.own] if frame.own else []
    members = [member for enum in low.symbols.enums.values() for member in enum.members]
    fields = [one.name for decl in items for one in decl.fields]
    params = [name for name, _ in frame.params]
    return [*params, *fields, *low.symbols.definitions, *low.symbols.facts, *CONTEXT, *members]


def member(low: Lowerer, node: tree.Ref, enum: str) -> ir.Expr:
    return ir.Const(type=ir.Type("enum", name=enum), value=node.name, shown=node.name, origin=low.origins.at(node.span))


def fact(low: Lowerer, node: tree.Ref) -> ir.Expr:
    scope, decl = low.symbols.facts[node.name]
    if node.name in low.symbols.derived:
        low.readings |= _readings_behind(low, low.symbols.derived[node.name])
    if decl.series:
        return lists.series_misuse(low, node, decl)
    if decl.is_list:
        low.report(T.ListAsValue, node, word=node.name)
        return low.hole(node)
    return ir.Fact(type=decl.type, scope=scope, name=node.name, origin=low.origins.at(node.span))


def _readings_behind(low: Lowerer, name: tree.Name) -> frozenset[str]:
    """The readings that a fact depends on by way of the definition that works it out."""
    definition = low.symbols.definitions.get(name.text)
    made = low.function(name.text, name.span) if definition is not None and not definition.params else None
    return made.readings if made is not None else frozenset()


def context(low: Lowerer, node: tree.Ref, frame: Frame) -> ir.Expr:
    origin = low.origins.at(node.span)
    match node.name:
        case "评估日":
            return ir.Param(type=DATE, name="评估日", origin=origin)
        case "本文件":
            return ir.Const(type=units.TYPES["文号"], value=own_number(low.number), shown=low.number, origin=origin)
        case "成文日期" | "施行日期":
            day = low.dated if node.name == "成文日期" else low.effective
            if day is None and low.number:
                low.report(DateNotSeen, node, word=node.name)
            return ir.Const(type=DATE if day else HOLE, value=day, shown=node.name, origin=origin)
    if not frame.event:
        some = "某次序" if node.name == ORDER else "某日"
        hint = Term(
            f"在定义里加一个参数（{some}），由规则把{node.name}交给它。",
            f"Give the definition a parameter （{some}） and let the rule pass {node.name}.",
        )
        low.report(N.OutsideItem, node, word=node.name, hint=hint)
        return low.hole(node)
    day_of = ir.Param(type=DATE, name="发生日", origin=origin)
    if node.name == "发生日":
        return day_of
    year = ir.Calendar(type=YEAR, op="year_of", arg=day_of, origin=origin)
    back = _YEARS_BACK[node.name]
    return ir.Calendar(type=YEAR, op="shift_year", arg=year, amount=back, origin=origin) if back else year


def field_ref(low: Lowerer, node: tree.FieldRef, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    if node.own and frame.own is None:
        hint = Term("定义要看的值由参数交给它。", "What a definition looks at is passed as a parameter.")
        low.report(N.OutsideItem, node, word=f"本 {node.name}", hint=hint)
        return low.hole(node)
    if not node.own and frame.query is None:
        low.report(N.OutsideQuery, node, word=node.name)
        return low.hole(node)
    var, decl = frame.item(own=node.own)
    if field_of(decl, node.name) is None and node.name != ORDER:
        low.reporter.unknown(N.UnknownField, node.span, node.name, [one.name for one in decl.fields], list=decl.name)
        return low.hole(node)
    return _of_item(low, node, var, decl)
