"""What both versions say alike, as letters: where a question has no answer even so, it has none at all.

In most comparisons two versions of a rule differ in one place. With a letter for each greatest part that both share, and for each
amount rounded to 分, what is left is small, and the same under every reading that leaves the difference alone: one proof serves for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt.expressions import UNTOLD, Formulas, Scope
from fayan_compiler.targets.smt.rules import Rules
from fayan_compiler.targets.smt.slices import Item, Slice
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE, Term, conjoin, disjoin, equal, negate
from fayan_runtime import ir
from fayan_runtime.names import COUNTED

#: Never hidden. Some are as small as letters; a comparison may stand beside another one that it implies, the end of a year beside the year.
_PLAIN = (
    ir.Const, ir.Fact, ir.Field, ir.Param, ir.Index, ir.Compare, ir.OneOf, ir.Contains, ir.HasYear, ir.IsNone, ir.Not,
)  # fmt: skip
_HALF_FEN = z3.RealVal("1/200")


def shared(store: Store, old: Slice, new: Slice, apart: set[tuple[str, str]]) -> frozenset[int]:
    """The parts that stand in both, by identity; none that reads a fact each version works out in its own way."""
    ours, theirs = store.reached(old.expressions), store.reached(new.expressions)
    untold = _above(
        store, {key for key, each in ours.items() if isinstance(each, ir.Fail) and each.code == UNTOLD}, ours
    )
    return frozenset(
        key
        for key, each in ours.items()
        if key in theirs
        and key not in untold
        and not isinstance(each, _PLAIN)
        and not (isinstance(each, ir.Calendar) and each.op in ("year_of", "year_end"))
        and each.type.kind not in ("set", "record")
        and not store.about(each).facts & apart
        and COUNTED not in store.about(each).free  # which items a cap counts may differ
    )


def _above(store: Store, parts: set[int], among: dict[int, ir.Expr]) -> set[int]:
    """These and all that they are part of."""
    before = -1
    while parts and before != len(parts):
        before = len(parts)
        parts |= {key for key, each in among.items() if any(id(one) in parts for one in store.about(each).below)}
    return parts


@frozen
class Order:
    """What is proved of the amounts of an item in two versions, where both can be computed: ``rises``, the new one is never below the
    old one, ``falls``, never above it, and that neither is below zero."""

    old: ir.Expr
    rises: bool
    falls: bool


@define(eq=False)
class Letters:
    """Named in the order in which they come up, so that the same difference gives the same formula."""

    terms: dict[tuple[object, ...], Term] = field(factory=dict)
    named: dict[tuple[object, ...], Any] = field(factory=dict)
    rounded: dict[tuple[object, ...], list[tuple[Any, Any]]] = field(factory=dict)
    #: The amounts of an item in the versions that came up so far.
    amounts: dict[tuple[object, ...], dict[bool, Term]] = field(factory=dict)
    #: For each part that is hidden, the items it was asked of: what it reads of them, and its letter.
    asked: dict[int, list[tuple[list[Term], Term]]] = field(factory=dict)
    rules: list[z3.BoolRef] = field(factory=list)
    count: int = 0

    def letter(self, sort: Any, what: str = "") -> Any:
        self.count += 1
        return z3.Const(f"{what}·{self.count}", sort)

    def term(self, key: tuple[object, ...], type: ir.Type) -> Term:
        if key not in self.terms:
            sort = {"bool": z3.BoolSort(), "number": z3.RealSort()}.get(type.kind, z3.IntSort())
            none = self.letter(z3.BoolSort()) if type.optional else FALSE
            self.terms[key] = Term(self.letter(sort), none, self.letter(z3.BoolSort()))
        return self.terms[key]

    def number(self, key: tuple[object, ...], of: Any = None) -> Any:
        """A number not below 0, or one for each whole number."""
        if key not in self.named:
            self.count += 1
            name, sort = f"·{self.count}", z3.RealSort()
            self.named[key] = z3.Const(name, sort) if of is None else z3.Function(name, z3.IntSort(), sort)
        made = self.named[key] if of is None else self.named[key](of)
        self.rules.append(made >= 0)
        return made

    def truth(self, key: tuple[object, ...]) -> z3.BoolRef:
        if key not in self.named:
            self.named[key] = self.letter(z3.BoolSort())
        made: z3.BoolRef = self.named[key]
        return made

    def alike(self, part: int, read: list[Term], made: Term) -> None:
        """Of two items of which the same is read, the same is true."""
        known = self.asked.setdefault(part, [])
        for theirs, other in known:
            if other is made:
                return
            apart = [negate(same(one, two)) for one, two in zip(read, theirs, strict=True)]
            self.rules.append(disjoin(*apart, same(made, other)))
        known.append((read, made))

    def amount(self, due: Term, what: tuple[object, ...], old: bool, order: Order) -> Term:
        """Of which no more is known than how it stands to that of the other version."""
        made = self.amounts.setdefault(what, {})
        if old not in made:
            made[old] = evolve(due, value=self.letter(z3.RealSort()))
            self.rules.append(made[old].value >= 0)
            if len(made) == 2:
                known = disjoin(*(each.missing for each in made.values()))
                self.rules += [disjoin(known, made[True].value <= made[False].value)] * order.rises
                self.rules += [disjoin(known, made[False].value <= made[True].value)] * order.falls
        return made[old]

    def round(self, value: Any, what: tuple[object, ...]) -> Any:
        """Within half a 分 of the value; and of one thing, what is more in one version stays so or becomes equal."""
        if z3.is_rational_value(value):
            return None
        known = self.rounded.setdefault(what, [])
        for before, after in known:
            if before.eq(value):
                return after
        made = self.letter(z3.RealSort())
        self.rules += [made - value <= _HALF_FEN, value - made <= _HALF_FEN, z3.Implies(value >= 0, made >= 0)]
        for before, after in known:
            self.rules += [z3.Implies(before <= value, after <= made), z3.Implies(value <= before, made <= after)]
        known.append((value, made))
        return made


def same(one: Term, other: Term) -> z3.BoolRef:
    pairs = ((one.fail, other.fail), (one.open, other.open), (one.none, other.none), (one.value, other.value))
    return conjoin(*(equal(*each) for each in pairs if each[0] is not each[1]))


@define(eq=False)
class Hidden(Formulas):
    """Formulas with letters for what is shared."""

    letters: Letters = field(kw_only=True)
    hidden: frozenset[int] = field(kw_only=True)

    def made(self, expr: ir.Expr, scope: Scope) -> Term:
        if id(expr) in self.hidden:
            made = self.letters.term((id(expr), *self.binding(expr, scope)), expr.type)
            read = self.read_of_items(expr)
            if read:
                self.letters.alike(id(expr), [self.term(each, scope) for each in read], made)
            return made
        return super().made(expr, scope)

    def quotient(self, expr: ir.Compare) -> ir.Mul | None:
        """None where it is a part of what is hidden."""
        found = super().quotient(expr)
        return None if self.hidden & {id(found), id(expr.left), id(expr.right)} else found

    def read_of_items(self, expr: ir.Expr) -> list[ir.Expr]:
        """The fields that the expression reads of items, where it depends on these alone."""
        free = self.store.about(expr).free
        if not free or COUNTED in free:
            return []
        below = self.store.reached([expr]).values()
        read = [each for each in below if isinstance(each, ir.Field) and each.var in free]
        own = [each for each in below if isinstance(each, ir.Index) and each.var in free]
        return [] if own or any(each.type.kind == "set" for each in read) else [*read]


@define(eq=False)
class Roughly(Rules):
    """Rules whose amounts are rounded to letters; of amounts that differ, by rule and stage, nothing is said but how they stand to each other."""

    letters: Letters = field(kw_only=True)
    orders: Mapping[tuple[int, int], Order] = field(kw_only=True)

    def due(self, item: Item, scope: Scope, what: tuple[int, int, int]) -> tuple[Term, z3.BoolRef]:
        order = self.orders.get(what[:2])
        if order is None:
            return super().due(item, scope, what)
        due = self.formulas.term(item.amount, scope)
        return self.letters.amount(due, what, item.amount is order.old, order), FALSE

    def rounded(self, value: Any, what: tuple[object, ...]) -> Any:
        made = self.letters.round(value, what)
        return super().rounded(value, what) if made is None else made
