"""Calls: definitions with what they are given, and the functions the language gives."""

from __future__ import annotations

from itertools import permutations

from fayan_compiler import units
from fayan_compiler.expressions import arithmetic, dated
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame
from fayan_compiler.units import HOLE
from fayan_dsl import tree
from fayan_dsl.built_in import FUNCTIONS
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span
from fayan_runtime import ir


def call(low: Lowerer, node: tree.Call, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    if node.name in low.symbols.definitions:
        return called(low, node, node.name, node.args, frame)
    make = arithmetic.FUNCTIONS.get(node.name)
    if make is not None:
        return make(low, node, frame)
    for arg in node.args:
        low.expr(arg, frame)
    known = [*low.symbols.definitions, *FUNCTIONS]
    low.reporter.unknown(N.UnknownName, Span(node.span.start, node.span.start + len(node.name)), node.name, known)
    return low.hole(node)


def called(low: Lowerer, node: tree.Call | tree.Ref, name: str, args: tuple[tree.Expr, ...], frame: Frame) -> ir.Expr:
    params = low.symbols.definitions[name].params
    if isinstance(node, tree.Ref) and dated.is_dated(low.symbols.definitions[name].node):
        day = dated.on_event_day(low, node, frame)
        if day is None:
            return low.hole(node)
        args = day
    if len(args) != len(params):
        form = f"{name}（{'，'.join(param for param, _ in params)}）" if params else name
        return low.miscounted(node, name, len(params), form, len(args))
    before = len(low.reporter.problems)
    lowered = tuple([low.need(arg, frame, type) for arg, (_, type) in zip(args, params, strict=True)])
    if isinstance(node, tree.Call) and len(low.reporter.problems) > before + 1:
        _reordered(low, node, [type for _, type in params], frame, before)
    made = low.function(name, node.span)
    if made is None:
        return low.hole(node)
    low.use(made)
    if made.function.body.type == HOLE or any(arg.type == HOLE for arg in lowered):
        return low.hole(node)
    function = made.function
    return ir.Call(type=function.body.type, function=function.name, args=lowered, origin=low.origins.at(node.span))


def _reordered(low: Lowerer, node: tree.Call, wanted: list[ir.Type], frame: Frame, before: int) -> None:
    """Where the values that do not fit would do in another order, that is told and not each of them."""
    told = low.reporter.problems[before:]
    wrong = [at for at, arg in enumerate(node.args) if any(one.span == arg.span for one in told)]
    if not all(isinstance(one, (T.TypeMismatch, T.UnitMismatch)) for one in told) or not 1 < len(wrong) <= 4:
        return
    del low.reporter.problems[before:]
    types = {at: low.expr(node.args[at], frame).type for at in wrong}
    del low.reporter.problems[before:]
    orders = [
        order
        for order in permutations(wrong)
        if all(_stands(types[given], wanted[at]) for given, at in zip(order, wrong, strict=True))
    ]
    if len(orders) != 1:
        low.reporter.problems += told
        return
    form = f"{node.name}（{'，'.join(param for param, _ in low.symbols.definitions[node.name].params)}）"
    edits = tuple(Edit(node.args[at].span, low.written(node.args[to])) for at, to in zip(wrong, orders[0], strict=True))
    fix = Fix(Term("换过来", "exchange them"), edits, Applicability.UNSAFE)
    span = node.args[wrong[0]].span.to(node.args[wrong[-1]].span)
    low.reporter.report(T.WrongArgumentOrder, span, fixes=(fix,), word=node.name, form=form)


def _stands(given: ir.Type, wanted: ir.Type) -> bool:
    """Whether a value of one type may stand for a parameter of the other."""
    if given.kind != wanted.kind or given.optional:
        return False
    return units.agree(given, wanted) if given.kind == "number" else given.name == wanted.name
