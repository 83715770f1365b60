"""The items that an adjustment looks at: by which member they come, and in which order; and how they are put back.

What is denied or not in force takes nothing and has nothing to lose: it is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field
from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import codes, col, fen, null, number, step, union, when
from fayan_compiler.targets.relational.items import ERROR, GRANTED, UNKNOWN, Items
from fayan_runtime import ir

#: Number, provision and stage of a member; the number orders what it brings.
Numbered = tuple[int, ir.Member]
LOOKED_AT = (GRANTED, UNKNOWN, ERROR)
FIRST_DAY = exp.cast(exp.Literal.string("0001-01-01"), "DATE")


@define
class Places:
    """The items of some members, while one adjustment changes them.

    ``name`` is the step in which they now stand, with ``member``; they share a limit with those that have the same columns of ``group``.
    Where there is more to group by than the enterprise they have ``guest`` (belonging to its group perhaps, and not to be changed
    there), and those that belong to no group for certain, for which it is ``vague``, stand ``aside``.
    """

    items: Items
    name: str
    #: Number in the program and condition on its items, for each provision that has some.
    covered: dict[str, tuple[int, exp.Expr]]
    group: list[str] = field(factory=lambda: ["key"])
    aside: str = ""
    vague: exp.Expr = field(factory=exp.false)
    #: The step with the enterprises whose items are looked at; empty: all of them.
    crowded: str = ""
    #: Columns that the adjustment needs of every item.
    beside: list[str] = field(factory=list)

    @property
    def numbers(self) -> list[int]:
        return [at for at, _ in self.covered.values()]

    @property
    def columns(self) -> list[str]:
        """What the items have while they stand in their groups."""
        guest = ["guest"] if self.aside else []
        return [*self.items.columns, "member", *self.group[1:], *guest, *self.beside]

    def narrow(self, hint: str, crowded: exp.Expr) -> None:
        """Look only at enterprises for whose items the aggregate is true: of the others nothing changes."""
        found = select(col("key")).from_(step(self.name)).group_by(col("key")).having(crowded)
        self.crowded = self.items.steps.add(f"{hint} crowded", found)
        self.then(f"{hint} narrowed", select(*map(col, self.columns)).where(self._is_crowded()))

    def _is_crowded(self) -> exp.Expr:
        return col("key").isin(query=select(col("key")).from_(step(self.crowded)))

    def then(self, hint: str, query: exp.Select) -> None:
        """The next step, made from the one in which the items now stand."""
        self.name = self.items.steps.add(hint, query.from_(step(self.name)))

    def change(self, hint: str, changed: dict[str, exp.Expr], where: exp.Expr | None = None) -> None:
        """The next step: columns changed, for the items for which it is."""
        if where is not None:
            changed = {name: when(where, value, col(name)) for name, value in changed.items()}
        kept = (changed[name].as_(name, quoted=True) if name in changed else col(name) for name in self.columns)
        self.then(hint, select(*kept))

    def leave_open(self, hint: str, status: exp.Expr, missing: Sequence[exp.Expr], where: exp.Expr) -> None:
        """The next step: granted items for which it is are no longer decided."""
        changed = {
            "status": exp.cast(status, "SMALLINT"),
            "amount": null("BIGINT"),
            "least": fen(number(0)),
            "missing": codes(col("missing"), *missing),
        }
        self.change(hint, changed, exp.and_(col("status").eq(number(GRANTED)), where))

    def put_back(self, hint: str) -> None:
        """The items as they now are, and beside them those of the same provisions that were not looked at."""
        items = self.items
        own = select(*map(col, items.columns))
        parts = [own.from_(step(self.name))]
        if self.aside:
            parts = [parts[0].where(col("guest").not_()), own.from_(step(self.aside)).where(self.vague)]
        for name, (at, condition) in self.covered.items():
            seen = exp.and_(condition, self._is_crowded()) if self.crowded else condition
            rest = exp.and_(col("provision").eq(number(at)), seen.not_())
            parts.append(own.from_(step(items.where[name])).where(rest))
        items.where |= dict.fromkeys(self.covered, items.steps.add(hint, union(parts)))


def place(program: ir.Program, items: Items, members: Sequence[Numbered], hint: str) -> Places | None:
    """The items of the members, each once, by the first that brings it; None where no item can be there."""
    parts: list[exp.Query] = []
    found: dict[str, tuple[int, exp.Expr]] = {}
    for at, provision in enumerate(program.provisions):
        if provision.name not in items.where:
            continue
        member, condition = _brought(provision, members)
        if member is None:
            continue
        found[provision.name] = at, condition
        own = exp.and_(col("provision").eq(number(at)), condition)
        parts.append(
            select(*map(col, items.columns), member.as_("member")).from_(step(items.where[provision.name])).where(own)
        )
    return Places(items, items.steps.add(hint, union(parts)), found) if parts else None


def _brought(provision: ir.Provision, members: Sequence[Numbered]) -> tuple[exp.Expr | None, exp.Expr]:
    """By which member an item of the provision comes, and whether it comes by any."""
    taken = col("status").isin(*map(number, LOOKED_AT))
    arms: list[tuple[exp.Expr, exp.Expr]] = []
    for at, (name, stage) in members:
        if name == provision.name and not stage:
            whole: exp.Expr = number(at)
            for condition, member in reversed(arms):
                whole = when(condition, member, whole)
            return whole, taken
        positions = [number(at) for at, each in enumerate(provision.stages) if each.name == stage]
        if name == provision.name and positions:
            arms.append((col("item").isin(*positions), number(at)))
    if not arms:
        return None, taken
    whole = arms[-1][1]
    for condition, member in reversed(arms[:-1]):
        whole = when(condition, member, whole)
    return whole, exp.and_(taken, exp.or_(*(condition.copy() for condition, _ in arms)))


def any_of(condition: exp.Expr) -> exp.Expr:
    """Whether it holds for some item of the enterprise, as an aggregate."""
    return exp.Max(this=when(condition, number(1), number(0))).eq(number(1))


def several(condition: exp.Expr) -> exp.Expr:
    """Whether it holds for more than one."""
    return exp.Sum(this=when(condition, number(1), number(0))) > number(1)


def in_doubt() -> exp.Expr:
    """Whether what a granted item comes to is not certain already; then it may miss more."""
    return any_of(exp.and_(col("status").eq(number(GRANTED)), col("least").neq(col("most"))))


def in_order(by_day: bool) -> list[exp.Expr]:
    """Of event days, then of members and lists; what has no known day comes first."""
    days = [exp.func("COALESCE", col("day"), FIRST_DAY.copy())] if by_day else []
    return [*days, col("member"), col("item")]
