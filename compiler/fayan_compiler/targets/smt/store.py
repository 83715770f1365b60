"""Expressions kept once: of two that say the same there is one object, so that to compare them is to compare identities.

What is said of an expression beside its meaning (where it stands, how it was written) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from attrs import define, evolve, field, fields, frozen

from fayan_runtime import ir
from fayan_runtime.names import COUNTED
from fayan_runtime.walk import children


@frozen(eq=False)
class About:
    """``order``: when it was first made, which puts operands in an order. ``free``: the items it speaks of that no query in it
    ranges over, 所计 among them. ``facts``: the single facts it reads, (scope, name)."""

    order: int
    below: tuple[ir.Expr, ...]
    free: frozenset[str]
    facts: frozenset[tuple[str, str]]


@define(eq=False)
class Store:
    _made: dict[object, ir.Expr] = field(factory=dict)
    _about: dict[int, About] = field(factory=dict)

    def keep(self, expr: ir.Expr) -> ir.Expr:
        """The one object for an expression whose operands are kept already."""
        form: Any = type(expr)
        parts = [getattr(expr, name) for name in _parts(form)]
        kind = expr.type
        key = (form, kind.kind, kind.name, kind.unit, kind.optional, *map(_key, parts))
        if key not in self._made:
            made = evolve(expr, origin=ir.NOWHERE)
            self._made[key] = made
            self._about[id(made)] = self._learn(made, tuple(children(made)))
        return self._made[key]

    def about(self, expr: ir.Expr) -> About:
        return self._about[id(expr)]

    def order(self, expr: ir.Expr) -> int:
        return self._about[id(expr)].order

    def reached(self, exprs: Iterable[ir.Expr]) -> dict[int, ir.Expr]:
        """These and all below, by identity."""
        found: dict[int, ir.Expr] = {}
        todo = list(exprs)
        while todo:
            each = todo.pop()
            if id(each) not in found:
                found[id(each)] = each
                todo.extend(self.about(each).below)
        return found

    def _learn(self, made: ir.Expr, below: tuple[ir.Expr, ...]) -> About:
        free = frozenset[str]().union(*(self.about(each).free for each in below))
        facts = frozenset[tuple[str, str]]().union(*(self.about(each).facts for each in below))
        match made:
            case ir.Fact():
                facts |= {(made.scope, made.name)}
            case ir.Field() | ir.Index():
                free |= {made.var}
            case ir.Query():
                free = (free - {made.var}) | ({COUNTED} & {made.list})
        return About(len(self._about), below, free, facts)


@cache
def _parts(kind: type[ir.Node]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in ("type", "origin", "shown", "word"))


def _key(part: Any) -> object:
    if isinstance(part, ir.Node):
        return id(part)
    return tuple(map(_key, part)) if isinstance(part, tuple) else (type(part), part)
