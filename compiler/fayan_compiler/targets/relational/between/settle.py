"""What is left of each item, and what is left at least: ``fayan_runtime.between.settle`` as windows.

What an item keeps depends on a few figures of its rivals (a sum, a maximum), and falls with them. So it comes to its least where they
have their most, and to its most where they have their least. Its amount is what it keeps together with the other items of its
provision: only rivals of other provisions then have their most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen
from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import codes, col, fen, number, when
from fayan_compiler.targets.relational.between.places import Places
from fayan_compiler.targets.relational.items import GRANTED


@frozen
class Rivals:
    """``figures``: of what each rival takes and what each item of its own side does, that of an item's rivals.

    ``keeps``: what an item keeps of what it has, given the figures. ``doubts``: the missing facts of the rivals, given those of each.
    ``own``: whether items of one provision are rivals of each other. ``where``: the items that this is for; the others stay.
    """

    figures: Callable[[exp.Expr, exp.Expr], Sequence[exp.Expr]]
    keeps: Callable[[exp.Expr, Sequence[exp.Expr]], exp.Expr]
    doubts: Callable[[exp.Expr], exp.Expr]
    own: bool = True
    where: exp.Expr | None = None


def settle(places: Places, hint: str, rivals: Rivals) -> None:
    least, most = col("least"), col("most")
    has: dict[str, tuple[exp.Expr, exp.Expr]] = {"least": (least, most), "most": (most, least)}
    together = "least" if rivals.own else "most"
    each_for_itself = rivals.own and len(places.numbers) > 1
    if each_for_itself:
        for at in places.numbers:
            ours = col("provision").eq(number(at))
            has[f"for {at}"] = when(ours, least, most), least
    counts = len(rivals.figures(least, most))

    def given(name: str) -> list[exp.Expr]:
        return [col(f"{name} {at}") for at in range(counts)]

    def given_together() -> list[exp.Expr]:
        if not each_for_itself:
            return given(together)
        arms = [(col("provision").eq(number(at)), given(f"for {at}")) for at in places.numbers]
        return [
            exp.Case(ifs=[exp.If(this=ours, true=figures[at]) for ours, figures in arms]).copy() for at in range(counts)
        ]

    doubtful = when(least.neq(most), col("missing"))
    places.then(
        f"{hint} rivals",
        select(
            *map(col, places.columns),
            *(
                figure.as_(f"{name} {at}", quoted=True)
                for name, (value, opposite) in has.items()
                for at, figure in enumerate(rivals.figures(value, opposite))
            ),
            rivals.doubts(doubtful).as_("doubts"),
        ),
    )
    places.then(
        f"{hint} shares",
        select(
            *map(col, places.columns),
            fen(rivals.keeps(least, given("most"))).as_("new least", quoted=True),
            fen(rivals.keeps(most, given("least"))).as_("new most", quoted=True),
            fen(rivals.keeps(least, given_together())).as_("new amount", quoted=True),
            col("doubts"),
        ),
    )
    granted = col("status").eq(number(GRANTED))
    unsure = exp.and_(granted, col("new least").neq(col("new most")))
    changed: dict[str, exp.Expr] = {
        "amount": when(granted, col("new amount"), col("amount")),
        "least": col("new least"),
        "most": col("new most"),
        "missing": when(unsure, codes(col("missing"), col("doubts")), col("missing")),
    }
    places.change(f"{hint} left", changed, rivals.where)
