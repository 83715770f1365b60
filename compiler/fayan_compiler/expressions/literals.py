"""Literals: numbers, dates, texts, 是, 否 and 无, read in the light of what is expected."""

from __future__ import annotations

from attrs import evolve

from fayan_compiler import constants, units
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.scope import Frame
from fayan_compiler.units import HOLE, NOTHING, say
from fayan_dsl import tree
from fayan_runtime import document_number, ir


def literal(low: Lowerer, node: tree.Expr, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    found = constants.literal(node)
    assert found is not None
    shown = found.shown or low.written(node)
    if isinstance(node, tree.Text) and expected is not None and expected.name == "文号":
        return _document_number(low, node, expected)
    if expected is not None and found.type == NOTHING and expected != HOLE:
        return ir.Const(type=evolve(expected, optional=True), value=None, shown=shown, origin=low.origins.at(node.span))
    if isinstance(node, tree.Number) and node.value == 0 and not node.unit and expected and expected.kind == "number":
        return ir.Const(type=expected, value=0, shown=shown, origin=low.origins.at(node.span))
    return ir.Const(type=found.type, value=found.value, shown=shown, origin=low.origins.at(node.span))


def _document_number(low: Lowerer, node: tree.Text, expected: ir.Type) -> ir.Expr:
    number = document_number.normal(node.value)
    if number is None:
        return low.mismatch(node, say(expected), units.TEXT)
    return ir.Const(type=units.TYPES["文号"], value=number, shown=number, origin=low.origins.at(node.span))


def unread(low: Lowerer, node: tree.Hole, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    return low.hole(node)
