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
    hint = _NEVER_NONE if found.value is None else way(type, enums)
    expected = units.say(evolve(type, optional=False))
    reporter.report(TypeMismatch, node.span, expected=expected, found=units.say(found.type), hint=hint)
    return BAD


#: 无, of what is not declared 可无.
_NEVER_NONE = Term(
    "声明里没有标“可无”，不能写“无”。可能没有的，在声明里加“可无”；不知道的，不写这一项。",
    "It is not declared 可无 and cannot be 无. If it may be missing, mark it 可无 where it is declared; if it is not known, leave it out.",
)
_WRITTEN = {
    "bool": Term("写“是”或者“否”。", "Write 是 or 否."),
    "date": Term("写成某年某月某日，如 2024年12月12日。", "Write a full date, such as 2024年12月12日."),
    "month": Term("写成某年某月，如 2024年12月。", "Write a year and a month, such as 2024年12月."),
    "year": Term("写成某年，如 2024年。", "Write a year, such as 2024年."),
    "text": Term("写在引号里，如“张三”。", "Write it in quotation marks, such as “张三”."),
    "record": Term(
        "清单下面一行一项，先写各栏的名字。",
        "A list has a line for each item under it, after the names of its columns.",
    ),
}


def way(type: ir.Type, enums: dict[str, ir.EnumDecl]) -> Term:
    """How a value of this type is written."""
    if type.name == "文号":
        return Term(
            "写出完整的文号，如 某府发〔2024〕1号。", "Write the whole number of a document, such as 某府发〔2024〕1号."
        )
    if type.kind in ("enum", "set") and type.name in enums:
        members = enums[type.name].members
        listed = "、".join(members[:8]) + ("等" if len(members) > 8 else "")
        return Term(f"可写的有：{listed}。", f"Known ones: {listed}.")
    if type.kind in ("number", "set"):
        said = "2023年、2024年" if type.kind == "set" else _sample(type)
        return Term(f"写成{'年度' if type.kind == 'set' else '数'}，如 {said}。", f"Write it as in {said}.")
    return _WRITTEN[type.kind]


def _sample(type: ir.Type) -> str:
    """A number of this type."""
    if type.shown == "%":
        return "12%"
    unit = type.shown or units.written(type.unit)
    return "10万元" if unit == "元" else f"10{'个月' if unit == '月' else unit}"


def _text(text: str, node: tree.Expr, type: ir.Type, reporter: Reporter) -> str | Bad:
    if type.name != "文号":
        return text
    number = document_number.normal(text)
    if number is None:
        said = Term(f"“{text}”", f"“{text}”")
        reporter.report(TypeMismatch, node.span, expected=units.say(type), found=said, hint=way(type, {}))
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
        reporter.report(TypeMismatch, node.span, expected=units.say(type), found=found, hint=way(type, enums))
    return BAD
