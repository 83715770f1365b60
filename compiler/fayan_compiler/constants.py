"""Literal values: what is written, as a value of the type that is asked for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve

from fayan_compiler import units
from fayan_compiler.problems.names import UnknownMember
from fayan_compiler.problems.types import NotConstant, TypeMismatch, UnitMismatch
from fayan_compiler.report import Reporter
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_runtime import document_number, ir
from fayan_runtime.units import unit_of
from fayan_runtime.values import exact


class Bad:
    """No value: what is wrong has been said."""


BAD: Final = Bad()
_STANDS = Term("互相代替", "used for one another")


def number(node: tree.Number) -> tuple[ir.Type, int | Fraction]:
    """Type and value, in base units, of a number as written."""
    unit, size = unit_of(node.unit) or ((), Fraction(1))
    if node.unit.startswith(("%", "百分点")):  # divided by 100 where it was read
        size *= 100
    shown = "月" if node.unit == "个月" else node.unit
    return ir.Type("number", unit=unit, shown=shown), exact(node.value * size)


def literal(node: tree.Expr) -> ir.Const | None:
    """A literal that needs no expected type; None for anything else."""
    match node:
        case tree.Number():
            type, value = number(node)
            return ir.Const(type=type, value=value, shown=node.text)
        case tree.DateLit():
            return ir.Const(type=units.DATE, value=date.fromisoformat(node.iso))
        case tree.MonthLit():
            return ir.Const(type=units.MONTH, value=node.year * 12 + node.month - 1)
        case tree.YearLit():
            return ir.Const(type=units.YEAR, value=node.year)
        case tree.Text():
            return ir.Const(type=units.TEXT, value=node.value)
        case tree.Truth():
            return ir.Const(type=units.BOOL, value=node.value)
        case tree.Nothing():
            return ir.Const(type=units.NOTHING, value=None)
        case _:
            return None


def constant(
    node: tree.Expr, type: ir.Type, enums: dict[str, ir.EnumDecl], reporter: Reporter, this: str = ""
) -> ir.Value | Bad:
    """The value of ``type`` that ``node`` writes (``this`` is the policy's own number), or ``BAD`` with a problem."""
    if isinstance(node, tree.Hole):
        return BAD
    if isinstance(node, tree.Ref):
        return _word(node, type, enums, reporter, this)
    found = literal(node)
    if found is None:
        hint = Term("写成数、日期、是否或种类的名字。", "Write a number, a date, yes or no, or the name of a member.")
        reporter.report(NotConstant, node.span, place=Term("这里", "This place"), hint=hint)
        return BAD
    if found.value is None:
        if type.optional:
            return None
        if type.kind == "set":
            return frozenset()
    if type.kind == "set":
        if type.name == "年度" and found.type.kind == "year" and isinstance(found.value, int):
            return frozenset({found.value})
    elif found.type.kind == type.kind == "number":
        if units.agree(found.type, type):
            return found.value
        if found.value == 0 and not found.type.unit and found.type.shown != "%":
            return 0
        said = units.say(type), units.say(found.type)
        reporter.report(UnitMismatch, node.span, left=said[0], right=said[1], action=_STANDS)
        return BAD
    elif found.type.kind == type.kind == "text":
        return _text(str(found.value), node, type, reporter)
    elif found.type.kind == type.kind:
        return found.value
    reporter.report(
        TypeMismatch, node.span, expected=units.say(evolve(type, optional=False)), found=units.say(found.type)
    )
    return BAD


def _text(text: str, node: tree.Expr, type: ir.Type, reporter: Reporter) -> str | Bad:
    if type.name != "文号":
        return text
    number = document_number.normal(text)
    if number is None:
        reporter.report(TypeMismatch, node.span, expected=units.say(type), found=Term(f"“{text}”", f"“{text}”"))
        return BAD
    return number


def own_number(text: str) -> str:
    """The number in the header of the policy, as documents that cite it are held to it."""
    return document_number.normal(text) or text


def _word(
    node: tree.Ref, type: ir.Type, enums: dict[str, ir.EnumDecl], reporter: Reporter, this: str
) -> ir.Value | Bad:
    if type.kind == "text":
        if node.name == "本文件":
            # a policy without a number has been told so
            return BAD if not this else own_number(this) if type.name == "文号" else this
        return _text(node.name, node, type, reporter)
    if type.name in enums and type.kind in ("enum", "set"):
        members = enums[type.name].members
        if node.name in members:
            return node.name if type.kind == "enum" else frozenset({node.name})
        reporter.unknown(UnknownMember, node.span, node.name, members, type=type.name)
        return BAD
    if node.name != "?":
        found = Term(f"“{node.name}”", f"“{node.name}”")
        reporter.report(TypeMismatch, node.span, expected=units.say(type), found=found)
    return BAD
