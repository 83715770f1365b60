"""Groups of items that share a limit or a year, and guests: items that belong to a group perhaps.

Each part of a group has a column, null where it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import col, number, step, text, union, when
from fayan_compiler.targets.relational.between.places import Places
from fayan_compiler.targets.relational.items import UNKNOWN, key_of, lack_of


def group(places: Places, hint: str, per_year: bool = False, split: bool = False, keys: Sequence[str] = ()) -> None:
    """Put the items into groups. One whose group is not wholly known is put aside, and a guest in every group it may belong to."""
    parts = _parts(per_year, split, keys)
    if not parts:
        return
    columns = places.columns
    places.then(
        f"{hint} parts", select(*map(col, columns), *(value.as_(name, quoted=True) for name, value in parts.items()))
    )
    places.beside = list(parts)
    vague = exp.or_(*(col(name).is_(exp.Null()) for name in parts))
    places.leave_open(f"{hint} placed", number(UNKNOWN), [col(lack_of(name)) for name in keys], vague)
    placed = step(places.name)
    keyed = select(*map(col, [*columns, *parts]), exp.false().as_("guest")).from_(placed).where(vague.not_())
    asking = select(col("key")).from_(placed).where(vague)
    found = (
        select(*map(col, ["key", *parts])).distinct().from_(placed).where(vague.not_(), col("key").isin(query=asking))
    )
    same = exp.and_(
        col("key", "guest").eq(col("key", "of")),
        *(exp.or_(col(name, "guest").is_(exp.Null()), col(name, "guest").eq(col(name, "of"))) for name in parts),
    )
    guests = (
        select(*(col(name, "guest") for name in columns), *(col(name, "of") for name in parts), exp.true().as_("guest"))
        .from_(select("*").from_(placed).where(vague).subquery("guest"))
        .join(found.subquery("of"), on=same)
    )
    places.aside, places.vague = places.name, vague
    places.name = places.items.steps.add(f"{hint} groups", union([keyed, guests]))
    places.group, places.beside = ["key", *parts], []


def _parts(per_year: bool, split: bool, keys: Sequence[str]) -> dict[str, exp.Expr]:
    parts: dict[str, exp.Expr] = {}
    if per_year:
        year = exp.cast(exp.Extract(this=exp.var("YEAR"), expression=col("day")), "INT")
        parts["year"] = when(col("day").is_(exp.Null()).not_(), year).when(col("dated"), number(0))
    if split:
        parts["split"] = col("provision")
    for at, name in enumerate(keys):
        known = exp.and_(col(lack_of(name)).is_(exp.Null()), col("whole").not_())
        value = exp.func("COALESCE", exp.DPipe(this=text("="), expression=col(key_of(name))), text(""))
        parts[f"part {at}"] = when(known, value)
    return parts
