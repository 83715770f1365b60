"""Questions to lists: 清单 中 … 的, and the one row of a series for a year."""

from __future__ import annotations

from typing import Literal, cast

from attrs import evolve

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame, field_of
from fayan_compiler.units import BOOL, COUNT, HOLE, YEAR, say
from fayan_dsl import tree
from fayan_runtime import ir
from fayan_runtime.names import COUNTED

QueryKind = Literal["some", "none", "every", "count", "sum", "min", "max", "the"]
_PICKS: dict[str, QueryKind] = {
    "的": "the", "最早": "min", "最晚": "max", "最小": "min", "最大": "max", "合计": "sum", "个数": "count",
}  # fmt: skip
_QUANTIFIERS: dict[str, QueryKind] = {"有": "some", "没有": "none", "全部": "every"}
_DATED = ("date", "month", "year")


def list_named(low: Lowerer, name: tree.Name, frame: Frame) -> ir.FactDecl | None:
    if name.text == COUNTED and frame.counted is not None:
        return frame.counted
    found = low.symbols.facts.get(name.text)
    if found is not None and found[1].is_list:
        return found[1]
    lists = low.symbols.lists
    low.reporter.unknown(N.UnknownList, name.span, name.text, lists)
    return None


def query(low: Lowerer, node: tree.Query, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    decl = list_named(low, node.list, frame)
    if decl is None:
        return low.hole(node)
    if decl.series:
        return lookup(low, node, decl, frame)
    where, inner = filtered(low, node.where, decl, frame)
    kind = _PICKS[node.pick]
    value: ir.Expr | None = None
    type = COUNT
    if kind != "count":
        value = aggregated(low, node, decl, inner)
        if value.type == HOLE:
            return value
        type = evolve(value.type, optional=kind in ("min", "max") and decl.name != COUNTED)
    if where is not None and where.type == HOLE:
        return low.hole(node)
    var = cast(tuple[str, ir.FactDecl], inner.query)[0]
    return ir.Query(
        type=type, kind=kind, list=decl.name, var=var, where=where, value=value, origin=low.origins.at(node.span)
    )


def filtered(low: Lowerer, where: tree.Expr | None, decl: ir.FactDecl, frame: Frame) -> tuple[ir.Expr | None, Frame]:
    """The condition on the items, and the frame of an item that meets it."""
    inner = evolve(frame, query=(f"其{frame.depth + 1}", decl), depth=frame.depth + 1, items=False)
    if where is None:
        return None, inner
    condition = low.truth(where, inner)
    return condition, low.narrow(inner, [(condition, True)])


def aggregated(low: Lowerer, node: tree.Query, decl: ir.FactDecl, inner: Frame) -> ir.Expr:
    """What is picked of each item: always seen from the query's item."""
    picked = node.value
    if picked is None and node.pick in ("最早", "最晚") and decl.event:
        picked = tree.Ref(span=node.span, name=decl.event)
    fields = [one.name for one in decl.fields]
    if picked is None or (isinstance(picked, tree.Ref) and picked.name not in fields):
        missing = picked.name if isinstance(picked, tree.Ref) else ""
        span = picked.span if picked is not None else node.span
        low.reporter.unknown(N.UnknownField, span, missing, fields, list=decl.name)
        return low.hole(node)
    value = low.expr(picked, evolve(inner, items=True))
    if node.pick != "的":
        value = low.solid(value, picked)
    if value.type == HOLE or node.pick == "的":
        return value
    kinds = _DATED if node.pick in ("最早", "最晚") else ("number",)
    if value.type.kind not in kinds:
        instead = {"最早": "最小", "最晚": "最大", "最小": "最早", "最大": "最晚"}.get(node.pick, "个数")
        if value.type.kind not in ("number", *_DATED):
            instead = "个数"
        low.report(T.WrongComparison, picked, word=node.pick, found=say(value.type), instead=instead)
        return low.hole(node)
    return value


def quantified(low: Lowerer, node: tree.Quantified, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    decl = list_named(low, node.list, frame)
    if decl is None:
        return low.hole(node)
    if decl.series:
        return series_misuse(low, node, decl)
    where, inner = filtered(low, node.where, decl, frame)
    var = cast(tuple[str, ir.FactDecl], inner.query)[0]
    return ir.Query(
        type=BOOL,
        kind=_QUANTIFIERS[node.quantifier],
        list=decl.name,
        var=var,
        where=where,
        value=None,
        origin=low.origins.at(node.span),
    )


def lookup(low: Lowerer, node: tree.Query, decl: ir.FactDecl, frame: Frame) -> ir.Expr:
    """``系列 中 年度 为 式 的 字段``; the year is seen from outside the series."""
    where, picked = node.where, node.value
    key = where.left if isinstance(where, tree.Compare) and where.op == "为" else None
    if node.pick != "的" or not isinstance(key, (tree.Ref, tree.FieldRef)) or key.name != "年度":
        return series_misuse(low, node, decl)
    if not isinstance(picked, (tree.Ref, tree.FieldRef)):
        return series_misuse(low, node, decl)
    year = low.need(cast(tree.Compare, where).right, frame, YEAR)
    found = field_of(decl, picked.name)
    if found is None:
        fields = [one.name for one in decl.fields]
        low.reporter.unknown(N.UnknownField, picked.span, picked.name, fields, list=decl.name)
        return low.hole(node)
    if year.type == HOLE:
        return year
    type = evolve(found.type, optional=False)
    return ir.Lookup(type=type, list=decl.name, year=year, field_name=picked.name, origin=low.origins.at(node.span))


def series_misuse(low: Lowerer, node: tree.Node, decl: ir.FactDecl) -> ir.Expr:
    field = next((one.name for one in decl.fields if one.name != "年度"), "年度")
    low.report(R.SeriesMisuse, node, word=decl.name, field=field)
    return low.hole(node)
