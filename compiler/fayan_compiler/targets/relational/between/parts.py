"""The few forms of expression that the operators are made of, the same in every dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlglot import exp

from fayan_compiler.targets.relational.items import NO_BOUND, SEPARATOR

#: Which rows of its group a row looks at: those before it, those after it, all of them.
Frame = Literal["before", "after", "all"]


def col(name: str, of: str = "") -> exp.Column:
    return exp.column(name, table=of or None, quoted=True)


def number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def text(value: str) -> exp.Expr:
    return exp.Literal.string(value)


def null(type: str) -> exp.Expr:
    return exp.cast(exp.Null(), type)


def when(condition: exp.Expr, then: exp.Expr, otherwise: exp.Expr | None = None) -> exp.Case:
    case = exp.Case().when(condition, then)
    return case if otherwise is None else case.else_(otherwise)


def fen(amount: exp.Expr) -> exp.Expr:
    return exp.cast(amount, "BIGINT")


def wide(amount: exp.Expr) -> exp.Expr:
    """With room for sums."""
    return exp.cast(amount, "DECIMAL(38, 0)")


def total(amounts: exp.Expr) -> exp.Expr:
    """The sum of amounts of 64 bits, which may have more: a dialect that adds in 64 bits is told by the type what to widen."""
    return exp.Sum(this=fen(amounts))


def at_least_0(amount: exp.Expr) -> exp.Expr:
    return exp.func("GREATEST", amount, number(0))


def larger(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return exp.func("GREATEST", one, other)


def smaller(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return exp.func("LEAST", one, other)


def unbounded(most: exp.Expr) -> exp.Expr:
    return exp.EQ(this=most, expression=number(NO_BOUND))


def codes(*lists: exp.Expr) -> exp.Expr:
    """Lists of missing facts, one after another."""
    return exp.Anonymous(this="CONCAT_WS", expressions=[text(SEPARATOR), *lists])


def all_codes(lists: exp.Expr) -> exp.Expr:
    """The lists of missing facts of several rows."""
    return exp.GroupConcat(this=lists, separator=text(SEPARATOR))


_FRAMES: dict[Frame, dict[str, object]] = {
    "before": {"start": "UNBOUNDED", "start_side": "PRECEDING", "end": number(1), "end_side": "PRECEDING"},
    "after": {"start": number(1), "start_side": "FOLLOWING", "end": "UNBOUNDED", "end_side": "FOLLOWING"},
}


def over(aggregate: exp.Expr, group: Sequence[str], order: Sequence[exp.Expr] = (), frame: Frame = "all") -> exp.Expr:
    """An aggregate over rows that share the columns of ``group``."""
    ordered = frame != "all"
    return exp.Window(
        this=aggregate,
        partition_by=[col(each) for each in group],
        order=exp.Order(expressions=[exp.Ordered(this=each.copy()) for each in order]) if ordered else None,
        spec=exp.WindowSpec(kind="ROWS", **_FRAMES[frame]).copy() if ordered else None,
    )


def step(name: str) -> exp.Table:
    return exp.to_table(name, quoted=True)


def union(parts: Sequence[exp.Query]) -> exp.Query:
    whole = parts[0]
    for part in parts[1:]:
        whole = exp.Union(this=whole, expression=part, distinct=False)
    return whole
