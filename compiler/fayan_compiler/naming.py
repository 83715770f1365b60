"""Bare names, fields and readings: what a word means where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from fayan_compiler import derivations, lists, units
from fayan_compiler.constants import own_number
from fayan_compiler.declare import CONTEXT
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.problems.imports import DateNotSeen
from fayan_compiler.scope import OWN, Frame, field_of
from fayan_compiler.units import BOOL, COUNT, DATE, HOLE, YEAR
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_runtime import ir

#: An item's position in its list, from 1.
ORDER = "次序"
_YEARS_BACK = {"本年度": 0, "上年度": -1, "前年度": -2}

if TYPE_CHECKING:
    from fayan_compiler.expressions import Lowerer


def ref(low: Lowerer, node: tree.Ref, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    name = node.name
    if expected is not None and expected.kind == "enum" and name in low.symbols.members_of(expected.name):
        return member(low, node, expected.name)
    meanings = meanings_of(low, name, frame)
    if frame.items and any(which == "其" for which, _ in meanings):
        meanings = [one for one in meanings if one[0] == "其"]
    if len(meanings) > 1:
        ambiguous(low, node, [which for which, _ in meanings])
        return low.hole(node)
    if meanings:
        return meanings[0][1](node)
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


def meanings_of(low: Lowerer, name: str, frame: Frame) -> list[tuple[str, Callable[[tree.Ref], ir.Expr]]]:
    """All that a bare name means here, each with what makes the expression."""
    found: list[tuple[str, Callable[[tree.Ref], ir.Expr]]] = []
    given = dict(frame.params).get(name)
    if given is not None:
        found.append(("参数", lambda node: ir.Param(type=given, name=name, origin=low.origins.at(node.span))))
    if frame.query is not None and (one := field_of(frame.query[1], name)):
        var, its = frame.query[0], one.type
        found.append(("其", lambda node: ir.Field(type=its, var=var, name=name, origin=low.origins.at(node.span))))
    if frame.own is not None and (one := field_of(frame.own, name)):
        own = one.type
        found.append(("本", lambda node: ir.Field(type=own, var=OWN, name=name, origin=low.origins.at(node.span))))
    if name == ORDER:
        items = [("其", frame.query[0])] if frame.query is not None else []
        items += [("本", OWN)] if frame.own is not None else []
        found = found or [(which, partial(order, low, var=var)) for which, var in items]
    if name in CONTEXT and not (name == ORDER and found):
        found.append(("语言", lambda node: context(low, node, frame)))
    if name in low.symbols.definitions:
        found.append(("定义", lambda node: low.called(node, name, (), frame)))
    if name in low.symbols.facts:
        found.append(("事实", lambda node: fact(low, node)))
    return found


def ambiguous(low: Lowerer, node: tree.Ref, kinds: list[str]) -> None:
    said = {
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
        low.readings |= derivations.readings_of(low, low.symbols.derived[node.name])
    if decl.series:
        return lists.series_misuse(low, node, decl)
    if decl.is_list:
        low.report(T.ListAsValue, node, word=node.name)
        return low.hole(node)
    return ir.Fact(type=decl.type, scope=scope, name=node.name, origin=low.origins.at(node.span))


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
    decl = frame.own if node.own else frame.query[1] if frame.query else None
    if decl is None:
        if not node.own:
            low.report(N.OutsideQuery, node, word=node.name)
        else:
            hint = Term("定义要看的值由参数交给它。", "What a definition looks at is passed as a parameter.")
            low.report(N.OutsideItem, node, word=f"本 {node.name}", hint=hint)
        return low.hole(node)
    found = field_of(decl, node.name)
    if found is None and node.name == ORDER:
        return order(low, node, OWN if node.own or frame.query is None else frame.query[0])
    if found is None:
        low.reporter.unknown(N.UnknownField, node.span, node.name, [one.name for one in decl.fields], list=decl.name)
        return low.hole(node)
    var = OWN if node.own or frame.query is None else frame.query[0]
    return ir.Field(type=found.type, var=var, name=node.name, origin=low.origins.at(node.span))


def order(low: Lowerer, node: tree.Ref | tree.FieldRef, var: str) -> ir.Expr:
    """The position of an item in its list."""
    return ir.Index(type=COUNT, var=var, origin=low.origins.at(node.span))


def reading_ref(low: Lowerer, node: tree.ReadingRef, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    decl = reading(low, node)
    if decl is not None:
        option = decl.options[0][0] if decl.options else "a"
        low.report(R.ReadingAsValue, node, reading=node.id, option=option)
    return low.hole(node)


def reading(low: Lowerer, node: tree.ReadingRef) -> ir.ReadingDecl | None:
    """The reading, noted as used; what is wrong with using it is reported."""
    decl = low.symbols.readings.get(node.id)
    if decl is None:
        low.reporter.unknown(N.UnknownReading, node.span, node.id, low.symbols.readings)
        return None
    low.used.add(node.id)
    if decl.uncomputed is not None:
        low.report(R.UncomputedReadingUsed, node, reading=node.id)
        return None
    low.readings.add(node.id)
    return decl


def option_test(
    low: Lowerer, node: tree.Expr, subject: tree.ReadingRef, members: Sequence[tree.Expr], positive: bool
) -> ir.Expr:
    """``R5.1 为 b``: true under these options."""
    decl = reading(low, subject)
    if decl is None:
        return low.hole(node)
    ids = [id for id, _ in decl.options]
    picked = set()
    for member in members:
        if not isinstance(member, tree.Ref) or member.name not in ids:
            word = low.written(member)
            told = len(low.reporter.problems)
            low.reporter.unknown(N.UnknownOption, member.span, word, ids, reading=decl.id)
            if (found := low.symbols.reading_nodes.get(decl.id)) and len(low.reporter.problems) > told:
                low.reporter.also([found[0].id.span], Term("口径在这里", "the reading is here"))
            return low.hole(node)
        picked.add(member.name)
    origin = low.origins.at(node.span)
    arms = tuple(ir.Const(type=BOOL, value=(id in picked) is positive, origin=origin) for id in ids)
    return ir.Choose(type=BOOL, reading=decl.id, arms=arms, origin=origin)
