"""Ceilings: items are filled in order until the limit is used up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlglot import exp, select

from fayan_compiler.targets.relational.between.figures import look_up
from fayan_compiler.targets.relational.between.groups import group
from fayan_compiler.targets.relational.between.parts import (
    all_codes,
    at_least_0,
    codes,
    col,
    fen,
    null,
    number,
    over,
    smaller,
    step,
    total,
    when,
)  # fmt: skip
from fayan_compiler.targets.relational.between.places import (
    Numbered,
    Places,
    any_of,
    in_doubt,
    in_order,
    place,
)
from fayan_compiler.targets.relational.between.settle import Rivals, settle
from fayan_compiler.targets.relational.items import GRANTED, Figure, Items, lack_of
from fayan_runtime import ir

#: A limit: in 分; as a step says; or, looking at the items it counts, made of a step that has them and the columns of their groups.
Counting = Callable[[str, Sequence[str]], Figure]
Limit = int | Figure | Counting


def ceiling(
    program: ir.Program,
    items: Items,
    members: Sequence[Numbered],
    limit: Limit,
    *,
    hint: str,
    per_year: bool,
    split: bool,
    keys: Sequence[str],
    by_day: bool,
) -> None:
    """``keys`` are the fields to count by, under the readings taken; so are the members."""
    places = place(program, items, members, hint)
    if places is None:
        return
    if isinstance(limit, int):
        places.narrow(hint, exp.or_(_together_above(limit), in_doubt(), *(_lacks(key) for key in keys)))
    group(places, hint, per_year, split, keys)
    if isinstance(limit, int):
        most: exp.Expr = fen(number(limit))
    else:
        most = col("limit")
        if isinstance(limit, Figure):
            look_up(places, hint, limit, "limit")
        else:
            _count(places, hint, limit)
    before = partial(over, group=places.group, order=in_order(by_day), frame="before")

    def figures(value: exp.Expr, opposite: exp.Expr) -> list[exp.Expr]:
        return [exp.func("COALESCE", before(total(smaller(value, most))), number(0))]

    def keeps(has: exp.Expr, taken: Sequence[exp.Expr]) -> exp.Expr:
        return smaller(has, at_least_0(exp.Sub(this=most, expression=taken[0])))

    known = None if isinstance(limit, int) else col("limit").is_(exp.Null()).not_()
    settle(places, hint, Rivals(figures, keeps, lambda lacking: before(all_codes(lacking)), where=known))
    places.put_back(f"{hint} done")


def _together_above(limit: int) -> exp.Expr:
    """Whether all items of an enterprise together, each with its most, can be above the limit."""
    return total(smaller(col("most"), fen(number(limit + 1)))) > number(limit)


def _lacks(key: str) -> exp.Expr:
    return any_of(exp.and_(col("status").eq(number(GRANTED)), col(lack_of(key)).is_(exp.Null()).not_()))


def _count(places: Places, hint: str, limit: Counting) -> None:
    """A limit that looks at the items it counts is not known where an item is open: nothing is certain then."""
    granted = col("status").eq(number(GRANTED))
    counted = select(*map(col, places.columns)).from_(step(places.name)).where(granted)
    look_up(places, hint, limit(places.items.steps.add(f"{hint} counted", counted), places.group), "limit")
    is_open = over(exp.Max(this=when(granted, number(0), number(1))), places.group)
    lacking = over(all_codes(when(granted.not_(), col("missing"))), places.group)
    places.then(f"{hint} seen", select(*map(col, places.columns), is_open.as_("open"), lacking.as_("lacking")))
    places.beside += ["open", "lacking"]
    uncertain = exp.and_(col("open").eq(number(1)), col("limit").is_(exp.Null()).not_())
    changed = {
        "amount": fen(number(0)),
        "least": fen(number(0)),
        "missing": codes(col("missing"), col("lacking")),
    }
    places.change(f"{hint} uncertain", changed, exp.and_(granted, uncertain))
    places.change(f"{hint} certain", {"limit": null("BIGINT")}, col("open").eq(number(1)))
    places.beside = ["limit"]
