"""The highest of several: what brings the total to the highest so far, or only the first of the highest of a year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlglot import exp

from fayan_compiler.targets.relational.between.figures import look_up
from fayan_compiler.targets.relational.between.groups import group
from fayan_compiler.targets.relational.between.parts import (
    all_codes,
    at_least_0,
    col,
    fen,
    larger,
    number,
    over,
    unbounded,
    when,
)  # fmt: skip
from fayan_compiler.targets.relational.between.places import Numbered, in_doubt, in_order, place, several
from fayan_compiler.targets.relational.between.settle import Rivals, settle
from fayan_compiler.targets.relational.items import Figure, Items
from fayan_runtime import ir


def cumulative(
    program: ir.Program, items: Items, members: Sequence[Numbered], received: int | Figure, *, hint: str
) -> None:
    places = place(program, items, members, hint)
    if places is None:
        return
    if received == 0:
        places.narrow(hint, exp.or_(several(col("most") > number(0)), in_doubt()))
    if isinstance(received, Figure):
        look_up(places, hint, received, "received")
    got = fen(number(received)) if isinstance(received, int) else col("received")
    before = partial(over, group=places.group, order=in_order(by_day=True), frame="before")

    def figures(value: exp.Expr, opposite: exp.Expr) -> list[exp.Expr]:
        return [exp.func("COALESCE", before(exp.Max(this=value)), number(0))]

    def keeps(has: exp.Expr, taken: Sequence[exp.Expr]) -> exp.Expr:
        more = at_least_0(exp.Sub(this=has, expression=larger(taken[0], got)))
        return when(unbounded(has), has, more)

    known = None if isinstance(received, int) else col("received").is_(exp.Null()).not_()
    settle(places, hint, Rivals(figures, keeps, lambda lacking: before(all_codes(lacking)), where=known))
    places.put_back(f"{hint} done")


def yearly(program: ir.Program, items: Items, members: Sequence[Numbered], *, hint: str) -> None:
    places = place(program, items, members, hint)
    if places is None:
        return
    places.narrow(hint, exp.or_(several(col("most") > number(0)), in_doubt()))
    group(places, hint, per_year=True)
    window = partial(over, group=places.group, order=in_order(by_day=True))

    def figures(value: exp.Expr, opposite: exp.Expr) -> list[exp.Expr]:
        return [
            exp.func("COALESCE", window(exp.Max(this=value), frame=frame), number(0)) for frame in ("before", "after")
        ]

    def keeps(has: exp.Expr, taken: Sequence[exp.Expr]) -> exp.Expr:
        before, after = taken
        return when(exp.and_(exp.GT(this=has, expression=before), exp.GTE(this=has, expression=after)), has, number(0))

    settle(places, hint, Rivals(figures, keeps, lambda lacking: window(all_codes(lacking))))
    places.put_back(f"{hint} done")
