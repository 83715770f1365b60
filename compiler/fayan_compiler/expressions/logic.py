"""Logic: 且, 或, 非, and whether something exists (已有, 未有)."""

from __future__ import annotations

import re

from attrs import evolve

from fayan_compiler.boundaries import OPS
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame, field_of
from fayan_compiler.units import BOOL, HOLE, say
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.names import OWN


def all_of(low: Lowerer, node: tree.All, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    return _chain(low, ir.And, node, frame, True)


def any_of(low: Lowerer, node: tree.Any, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    return _chain(low, ir.Or, node, frame, False)


def _chain(
    low: Lowerer, make: type[ir.And] | type[ir.Or], node: tree.All | tree.Any, frame: Frame, truth: bool
) -> ir.Expr:
    """且 and 或: what an earlier part settles about existence holds in the later ones."""
    if isinstance(node, tree.Any) and (told := _alternatives(low, node)):
        return told
    args: list[ir.Expr] = []
    for part in node.parts:
        arg = low.truth(part, frame)
        frame = low.narrow(frame, [(arg, truth)])
        args.append(arg)
    return make(type=BOOL, args=tuple(args), origin=low.origins.at(node.span))


def _alternatives(low: Lowerer, node: tree.Any) -> ir.Expr | None:
    """规模 为 小型 或 微型 is told: what 或 joins are conditions; members of a type are listed after 属于."""
    first, *rest = node.parts
    if isinstance(first, tree.OneOf):
        subject, members = first.subject, [*first.members, *rest]
    elif isinstance(first, tree.Compare) and OPS.get(first.op) == "==":
        subject, members = first.left, [first.right, *rest]
    else:
        return None
    named = [part.name for part in members if isinstance(part, tree.Ref)]
    if len(named) != len(members):
        return None
    enums = [name for name in low.symbols.enums_with(named[0]) if set(named) <= set(low.symbols.members_of(name))]
    if not enums:
        return None
    text = f"{low.written(subject)} 属于 {'、'.join(named)}"
    hint = Term(f"几种都可以的，写“{text}”。", f"Where any of them will do, write “{text}”.")
    fix = Fix(Term(f"改为“{text}”", f"write “{text}”"), (Edit(node.span, text),), Applicability.UNSAFE)
    found = say(ir.Type("enum", name=enums[0]))
    span = rest[0].span
    low.reporter.report(T.TypeMismatch, span, fixes=(fix,), expected=say(BOOL), found=found, hint=hint)
    return low.hole(node)


def negation(low: Lowerer, node: tree.Not, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    return ir.Not(type=BOOL, arg=low.truth(node.part, frame), origin=low.origins.at(node.span))


def presence(low: Lowerer, node: tree.Presence, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    return exists(low, node, node.subject, node.present, frame)


def exists(low: Lowerer, node: tree.Expr, subject: tree.Expr, present: bool, frame: Frame) -> ir.Expr:
    arg = low.expr(subject, evolve(frame, present=frozenset()) if frame.present else frame)
    if arg.type == HOLE:
        return arg
    if not arg.type.optional:
        _never_absent(low, subject, arg, frame)
        return low.hole(node)
    origin = low.origins.at(node.span)
    test = ir.IsNone(type=BOOL, arg=arg, origin=origin)
    return ir.Not(type=BOOL, arg=test, origin=origin) if present else test


def _never_absent(low: Lowerer, subject: tree.Expr, arg: ir.Expr, frame: Frame) -> None:
    """A fact is asked whether it exists that is not declared 可无: told where it is declared, with every place that asks."""
    decl = _declaration(low, arg, frame)
    asked = Label(subject.span, Term("这里问有没有", "asked here"))
    if decl is None:
        low.report(T.NeverAbsent, subject, word=low.written(subject))
        return
    span, end = decl
    fix = Fix(Term("声明里加“可无”", "mark it 可无"), (Edit(Span(end, end), " 可无"),), Applicability.UNSAFE)
    low.reporter.report(T.NeverAbsent, span, (asked,), (fix,), word=low.source.text[span.start : span.end])


def _declaration(low: Lowerer, arg: ir.Expr, frame: Frame) -> tuple[Span, int] | None:
    """Where a fact of this file, or a field of a list, is declared, and the end of what says its type."""
    decl: ir.FactDecl | None = None
    if isinstance(arg, ir.Fact):
        decl = low.symbols.facts[arg.name][1]
    elif isinstance(arg, ir.Field):
        decl = field_of(frame.own if arg.var == OWN or frame.query is None else frame.query[1], arg.name)
    if decl is None or not 0 < decl.origin.line <= low.source.line_count:
        return None
    line = low.source.line_text(decl.origin.line).strip()
    match = re.match(rf"({re.escape(decl.name)})\s+(?:若干\s+)?\S+", line)
    if match is None:
        return None
    start = low.source.line_span(decl.origin.line).start
    return Span(start + match.start(1), start + match.end(1)), start + match.end()
