"""分配 as people read it: among which items, and which of them takes what is left over."""

from __future__ import annotations

from typing import Literal

from fayan_runtime import ir
from fayan_runtime.names import PEER

Which = Literal["largest", "first", "last"]


def foremost(expr: ir.Expr) -> tuple[Which, ir.Expr] | None:
    """Which item an expression asks for, where it asks whether no other one goes before it, and what they are measured by."""
    if not isinstance(expr, ir.Query) or (expr.kind, expr.var) != ("none", PEER) or not isinstance(expr.where, ir.And):
        return None
    before = expr.where.args[-1]
    test = before.args[0] if isinstance(before, ir.Or) else before
    if not isinstance(test, ir.Compare):
        return None
    if test.right.type.kind == "number" and not isinstance(test.right, ir.Index):
        return "largest", test.right
    return ("first" if test.op == "<" else "last"), test.right


def is_of_peers(body: ir.Expr) -> bool:
    """Whether a definition is one the compiler made for a pot: what it is called says more than how it is computed."""
    return isinstance(body, ir.Query) and body.var == PEER
