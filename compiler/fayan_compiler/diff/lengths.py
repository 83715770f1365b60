"""What the length of lists has to do with a comparison: whether two versions of a rule are alike for lists of any length, and if that
is not proved, how long the lists of an enterprise have to be to reach what the rules count and cap.

Two versions that are put together alike are compared part by part, each part about one item that could be any. A query over a list is a
letter: the same for two queries that ask the same of each item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import z3
from attrs import define, evolve, field

from fayan_compiler.diff.abstract import Letters, Order
from fayan_compiler.targets.smt.expressions import Formulas, Row, Scope
from fayan_compiler.targets.smt.slices import Item, Slice, names_of
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE, TRUE, Term, conjoin, disjoin, equal, negate, strict
from fayan_compiler.targets.smt.world import Unsupported, World
from fayan_runtime import ir
from fayan_runtime.names import COUNTED, OWN

_LOGIC = ("some", "none", "every")


# ---------------------------------------------------------------- of any length
def alike(store: Store, world: World, old: Slice, new: Slice, limit: int) -> bool:
    """Whether all parts of two versions are proved to be worth the same, whatever is in the lists and however long they are."""
    sides = _capped_one_by_one(store, old), _capped_one_by_one(store, new)
    if sides[0].shape(lambda *_: None) != sides[1].shape(lambda *_: None):
        return False
    lists = {rule.each for side in sides for each in side.adjustments for rule in side.near.values()}
    parts = Parts(store, world, limit=limit, counted=lists.pop() if len(lists) == 1 else "")
    try:
        items = [
            (one, other, rules[0].each)
            for rules in zip(*(each.rules for each in sides), strict=True)
            for one, other in zip(*(each.items for each in rules), strict=True)
        ]
        rest = zip(*map(_beside_items, sides), strict=True)
        return all(parts.alike(one, other, name) for (one, name), (other, _) in rest) and all(
            _items_alike(Parts(store, world, limit=limit, counted=parts.counted, where=where), one, other, name)
            for one, other, name in items
            for where in parts.situations(name)
        )
    except Unsupported:
        return False


def _beside_items(slice: Slice) -> list[tuple[ir.Expr | None, str]]:
    """What a slice says apart from the items of awards, with the list of which it speaks as 本."""
    found: list[tuple[ir.Expr | None, str]] = []
    for rule in slice.rules:
        found += [(rule.among, ""), (rule.asked, "")]
    for each in slice.adjustments:
        if isinstance(each, ir.Ceiling):
            found += [(each.limit, ""), (each.split, "")]
        elif isinstance(each, ir.Highest):
            found.append((each.received, ""))
    if slice.set_off is not None:
        found.append((slice.set_off.among, slice.set_off.list))
    return [*found, *((slice.derived[fact], "") for fact in sorted(slice.derived))]


def _items_alike(parts: Parts, one: Item, other: Item, name: str) -> bool:
    """Whether one is granted where the other is, and is then worth the same."""
    tests = [parts.of(each.test, name) for each in (one, other)]
    if tests[0] is not tests[1]:
        if not parts.holds(equal(tests[0].holds, tests[1].holds)):
            return False
        parts.where = (*parts.where, tests[0].holds)
    return parts.alike(one.day, other.day, name) and parts.alike(one.amount, other.amount, name)


def _capped_one_by_one(store: Store, slice: Slice) -> Slice:
    """With no item above the cap it comes under first: what is above is not given, nor does it matter to the items after it."""
    near = dict(slice.near)
    for name, rule in near.items():
        first = next((each for each in slice.adjustments if name in names_of(each)), None)
        if isinstance(first, ir.Ceiling) and isinstance(first.limit, ir.Const) and ((name, "")) in dict(first.covers):
            items = [(each, sorted((each.amount, first.limit), key=store.order)) for each in rule.items]
            near[name] = evolve(
                rule,
                items=tuple(
                    evolve(each, amount=store.keep(ir.Extreme(type=first.limit.type, largest=False, args=tuple(two))))
                    for each, two in items
                ),
            )
    return evolve(slice, near=near)


def worth_the_same(
    store: Store, world: World, one: ir.Expr, other: ir.Expr, places: Mapping[str, int], limit: int
) -> bool:
    """Whether two bodies of definitions are proved to be, whatever the parameters are; ``places``: which parameter a name is."""
    try:
        return Parts(store, world, limit=limit, places=places).alike(one, other, "")
    except Unsupported:
        return False


def order(store: Store, world: World, old: ir.Expr, new: ir.Expr, name: str, limit: int) -> Order | None:
    """How the amounts of an item that could be any stand to each other; None where nothing is proved of them."""
    parts = Parts(store, world, limit=limit)
    try:
        before, after = parts.of(old, name), parts.of(new, name)
        known = negate(disjoin(before.missing, after.missing))
        rises, falls = (
            parts.holds(z3.Implies(known, conjoin(one.value >= 0, one.value <= other.value)))
            for one, other in ((before, after), (after, before))
        )
        return Order(old, rises, falls) if rises or falls else None
    except Unsupported:
        return None


@define(eq=False)
class Parts(Formulas):
    limit: int = field(kw_only=True)
    places: Mapping[str, int] = field(factory=dict, kw_only=True)
    #: The list of which caps count items, where it is only one.
    counted: str = field(default="", kw_only=True)
    #: What is looked at: only where all of this holds.
    where: tuple[z3.BoolRef, ...] = field(default=(), kw_only=True)
    letters: Letters = field(factory=Letters, init=False)
    #: Queries so far: what each asks of an item, the value it takes of it, and its letter.
    _asked: dict[tuple[object, ...], list[tuple[Term, Term, Term]]] = field(factory=dict, init=False)

    def alike(self, one: ir.Expr | None, other: ir.Expr | None, name: str) -> bool:
        if one is other or one is None or other is None:
            return one is other
        return self.proved(self.of(one, name), self.of(other, name))

    def of(self, expr: ir.Expr, name: str) -> Term:
        """``name``: the list of which it speaks as 本."""
        return self.term(expr, Scope(items={OWN: Row(name, 0, TRUE)}) if name else Scope())

    def situations(self, name: str) -> list[tuple[z3.BoolRef, ...]]:
        """A row that both versions have words for, and one that they have not: each is looked at by itself."""
        foreign = self.world.foreign(name, 0) if name else FALSE
        return [()] if foreign is FALSE else [(negate(foreign),), (foreign,)]

    def proved(self, one: Term, other: Term) -> bool:
        if one is other:
            return True
        if not (z3.is_expr(one.value) and z3.is_expr(other.value) and one.value.sort() == other.value.sort()):
            return False  # sets
        return self.holds(_worth_the_same(one, other))

    def holds(self, claim: z3.BoolRef) -> bool:
        solver = z3.SimpleSolver()
        solver.set("rlimit", self.limit)
        solver.add(negate(claim), *self.where, *self.world.rules)
        return bool(solver.check() == z3.unsat)

    def made(self, expr: ir.Expr, scope: Scope) -> Term:
        if isinstance(expr, ir.Index):  # an item may stand anywhere
            return self.letters.term((OWN, *self.binding(expr, scope)), expr.type)
        if isinstance(expr, ir.Param) and expr.name in self.places and expr.type.kind != "set":
            return self.letters.term(("parameter", self.places[expr.name]), expr.type)
        return super().made(expr, scope)

    def query(self, expr: ir.Query, scope: Scope) -> Term:
        if expr.list == COUNTED and not self.counted:
            raise Unsupported(COUNTED)  # items of several lists
        row = Row(self.counted if expr.list == COUNTED else expr.list, 1 + int(expr.var[1:]), TRUE)
        inner = evolve(scope, items={**scope.items, expr.var: row})
        where = Term(TRUE) if expr.where is None else self.term(expr.where, inner)
        value = Term(z3.RealVal(1)) if expr.value is None else self.term(expr.value, inner)
        if expr.kind not in _LOGIC:
            return self.letter((expr.kind, expr.list, *self.binding(expr, scope)), where, value, expr.type)
        test = strict(negate, where) if expr.kind == "every" else where
        found = self.letter(("some", expr.list, *self.binding(expr, scope)), test, Term(TRUE), expr.type)
        return found if expr.kind == "some" else strict(negate, found)

    def letter(self, key: tuple[object, ...], where: Term, value: Term, type: ir.Type) -> Term:
        known = self._asked.setdefault(key, [])
        for asked, taken, letter in known:
            if self.proved(asked, where) and self.proved(taken, value):
                return letter
        made = self.letters.term((*key, len(known)), type)
        known.append((where, value, made))
        return made


def _worth_the_same(one: Term, other: Term) -> z3.BoolRef:
    """A value means nothing where it is in error or does not exist."""
    value = disjoin(one.missing, equal(one.value, other.value))
    alike = conjoin(equal(one.none, other.none), value)
    return conjoin(equal(one.fail, other.fail), equal(one.open, other.open), disjoin(one.fail, alike))


# ---------------------------------------------------------------- how long
def reads_lists(store: Store, slices: Iterable[Slice]) -> bool:
    """Whether anything depends on the items of lists that can be of any length."""
    return any(
        any(rule.each for rule in each.near.values())
        or each.set_off is not None
        or any(isinstance(one, ir.Query) for one in store.reached(each.expressions).values())
        for each in slices
    )


def reached(store: Store, slices: Iterable[Slice]) -> list[int]:
    """So many items reach a count that a rule compares with a number, or exceed a cap by items of an amount that is stated; fewest first."""
    return sorted({each for slice in slices for each in (*_counted(store, slice), *_capped(store, slice))})


def _counted(store: Store, slice: Slice) -> Iterator[int]:
    for each in store.reached(slice.expressions).values():
        if isinstance(each, ir.Compare):
            sides = (each.left, each.right)
            for one in sides:
                if isinstance(one, ir.Index) or (isinstance(one, ir.Query) and one.kind == "count"):
                    yield from (int(number) + 1 for number in _numbers(sides, one.type))


def _capped(store: Store, slice: Slice) -> Iterator[int]:
    for each in slice.adjustments:
        if isinstance(each, ir.Ceiling):
            items = [item for (name, _), _ in each.covers for item in slice.near[name].items if slice.near[name].each]
            amounts = store.reached(item.amount for item in items).values()
            stated = [amount for amount in _numbers(amounts, each.limit.type) if amount > 0]
            for limit in _numbers(store.reached([each.limit]).values(), each.limit.type):
                yield from (int(limit / amount) + 1 for amount in stated)


def _numbers(exprs: Iterable[ir.Expr], type: ir.Type) -> Iterator[Fraction]:
    """Those that stand there, of one unit."""
    for each in exprs:
        if isinstance(each, ir.Const) and isinstance(each.value, int | Fraction) and each.type.unit == type.unit:
            yield Fraction(each.value)
