"""Amounts worked out elsewhere, as every item of an adjustment sees them: a limit, what was received."""

from __future__ import annotations

from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import col, number, step, when
from fayan_compiler.targets.relational.between.places import Places
from fayan_compiler.targets.relational.items import UNKNOWN, Figure


def look_up(places: Places, hint: str, figure: Figure, name: str) -> None:
    """Give every item the figure, null where it is not there; granted items are then open."""
    same = [col(each, "one").eq(col(each, "figure")) for each in ("key", *figure.per)]
    places.name = places.items.steps.add(
        f"{hint} figure",
        select(
            *(col(each, "one") for each in places.columns),
            col("fen", "figure").as_(name, quoted=True),
            col("absent", "figure").as_("absent", quoted=True),
            col("missing", "figure").as_("lacking", quoted=True),
        )
        .from_(step(places.name).as_("one"))
        .join(step(figure.name).as_("figure"), on=exp.and_(*same), join_type="left"),
    )
    places.beside += [name, "absent", "lacking"]
    absent = col("absent")
    lacking = when(absent.eq(number(UNKNOWN)), col("lacking"))
    places.leave_open(f"{hint} known", absent, [lacking], absent.is_(exp.Null()).not_())
    places.beside[-2:] = []
