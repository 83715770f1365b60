"""One plan in several dialects of SQL: what they do not share is changed here, and only here.

The steps are made of nodes that DuckDB prints as they are. PostgreSQL and Spark lack 128-bit integers, for which decimals of 38 digits
stand in; Spark lacks texts joined over a window.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

#: As ``fayan run --sql`` calls them.
DIALECTS = ("duckdb", "postgres", "spark")

Change = Callable[[exp.Expr], exp.Expr]


def render(query: exp.Expr, dialect: str, pretty: bool = False) -> str:
    changes = CHANGES[dialect]
    for change in changes:
        query = query.transform(change)
    return query.sql(dialect, pretty=pretty)


def _wide(node: exp.Expr) -> exp.Expr:
    """A decimal where there is no integer of 128 bits."""
    if isinstance(node, exp.DataType) and node.this in (exp.DataType.Type.INT128, exp.DataType.Type.UINT128):
        return exp.DataType.build("DECIMAL(38, 0)")
    return node


def _joined(node: exp.Expr) -> exp.Expr:
    """Texts joined: a list, then its elements; null where there are none."""
    inner = node.this if isinstance(node, exp.Window) else node
    if not isinstance(inner, exp.GroupConcat) or isinstance(node.parent, exp.Window):
        return node
    gathered: exp.Expr = exp.ArrayAgg(this=inner.this.copy())
    if isinstance(node, exp.Window):
        node = node.copy()
        node.set("this", gathered)
        gathered = node
    joined = exp.Anonymous(this="ARRAY_JOIN", expressions=[gathered, inner.args["separator"].copy()])
    return exp.Nullif(this=joined, expression=exp.Literal.string(""))


CHANGES: dict[str, tuple[Change, ...]] = {
    "duckdb": (),
    "postgres": (_wide,),
    "spark": (_wide, _joined),
}
