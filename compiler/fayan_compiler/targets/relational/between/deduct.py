"""What some provisions give is taken off the items of another, in order, not below 0."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import (
    all_codes,
    at_least_0,
    col,
    number,
    over,
    unbounded,
    when,
    wide,
)  # fmt: skip
from fayan_compiler.targets.relational.between.places import any_of, in_doubt, in_order, place
from fayan_compiler.targets.relational.between.settle import Rivals, settle
from fayan_compiler.targets.relational.items import Items
from fayan_runtime import ir


def deduct(program: ir.Program, items: Items, member: str, less: Sequence[str], *, hint: str) -> None:
    """What is taken off stands before what it is taken off from, so that one running sum is what is still to be taken off."""
    if member not in items.where:
        return
    places = place(program, items, [*((0, (name, "")) for name in less), (1, (member, ""))], hint)
    assert places is not None
    taking = col("member").eq(number(0))
    takes = any_of(exp.and_(taking, col("most") > number(0)))
    places.narrow(hint, exp.and_(exp.or_(takes, in_doubt()), any_of(taking.not_())))
    before = partial(over, group=places.group, order=in_order(by_day=False), frame="before")

    def figures(value: exp.Expr, opposite: exp.Expr) -> list[exp.Expr]:
        left = when(taking, wide(value), exp.Neg(this=wide(opposite)))
        return [exp.func("COALESCE", before(exp.Sum(this=left)), number(0))]

    def keeps(has: exp.Expr, taken: Sequence[exp.Expr]) -> exp.Expr:
        rest = at_least_0(exp.Sub(this=has, expression=at_least_0(taken[0])))
        return when(unbounded(has), has, rest)

    def doubts(lacking: exp.Expr) -> exp.Expr:
        return before(all_codes(when(taking, lacking)))

    settle(places, hint, Rivals(figures, keeps, doubts, own=False))
    places.then(f"{hint} own", select(*map(col, places.columns)).where(col("member").eq(number(1))))
    places.covered = {member: places.covered[member]}
    places.put_back(f"{hint} done")
