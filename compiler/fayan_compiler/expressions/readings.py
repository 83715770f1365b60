"""Readings (口径) in expressions: noted as used, and asked which option holds."""

from __future__ import annotations

from collections.abc import Sequence

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.scope import Frame
from fayan_compiler.units import BOOL
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_runtime import ir


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
