"""Which expression is made where: each kind of node with its maker, on one page."""

from __future__ import annotations

from fayan_compiler.expressions import (
    arithmetic,
    bands,
    blocks,
    calls,
    comparisons,
    dated,
    decision_table,
    lists,
    literals,
    logic,
    naming,
    readings,
    shares,
)
from fayan_compiler.expressions.lowerer import Maker
from fayan_dsl import tree

MAKERS: dict[type[tree.Expr], Maker] = {
    tree.Number: literals.literal,
    tree.DateLit: literals.literal,
    tree.MonthLit: literals.literal,
    tree.YearLit: literals.literal,
    tree.Text: literals.literal,
    tree.Truth: literals.literal,
    tree.Nothing: literals.literal,
    tree.Hole: literals.unread,
    tree.Ref: naming.ref,
    tree.FieldRef: naming.field_ref,
    tree.ReadingRef: readings.reading_ref,
    tree.Call: calls.call,
    tree.All: logic.all_of,
    tree.Any: logic.any_of,
    tree.Not: logic.negation,
    tree.Presence: logic.presence,
    tree.Compare: comparisons.compare,
    tree.OneOf: comparisons.one_of,
    tree.Contains: comparisons.contains,
    tree.Total: arithmetic.total,
    tree.Product: arithmetic.product,
    tree.Query: lists.query,
    tree.Quantified: lists.quantified,
    tree.By: blocks.by,
    tree.Cases: blocks.cases,
    tree.Table: decision_table.table,
    tree.Dated: dated.schedule,
    tree.Bands: bands.bands,
    tree.Share: shares.share,
}
