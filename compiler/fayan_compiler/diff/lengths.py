"""What the length of lists has to do with a comparison: whether two versions of a rule are alike for lists of any length, and if that
is not proved, how long the lists of an enterprise have to be to reach what the rules count and cap.

Two versions that are put together alike are compared part by part, each part about one item that could be any. A query over a list is a
letter: the same for two queries that ask the same of each item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    return _alike(store, world, (old, new), limit, ())


def amounts_alike(store: Store, world: World, old: Slice, new: Slice, limit: int, priced: bool) -> bool:
    """Whether that is proved where both versions give something; ``priced``: item by item."""
    try:
        parts = Parts(store, world, limit=limit)
        derived = {*old.derived, *new.derived}
        apart = {fact for fact in derived if not parts.alike(old.derived.get(fact), new.derived.get(fact), "")}
    except Unsupported:
        return False
    sides, holding = [], []
    for side in (old, new):
        always = _asked_of_all(store, side)
        holding += [each for each in always if not store.about(each).facts & apart]
        items = tuple(evolve(each, test=_but(store, each.test, always)) for each in side.rule.items)
        rule = evolve(side.rule, items=items)
        kept = {fact: each for fact, each in side.derived.items() if fact not in apart}
        sides.append(evolve(side, rule=rule, near={**side.near, rule.name: rule}, derived=kept))
    read = {fact for side in sides for each in side.expressions for fact in store.about(each).facts}
    return not read & apart and _alike(store, world, (sides[0], sides[1]), limit, holding, priced)


def _alike(
    store: Store, world: World, sides: tuple[Slice, Slice], limit: int, holding: Sequence[ir.Expr], priced: bool = False
) -> bool:
    sides = _capped_one_by_one(store, sides[0]), _capped_one_by_one(store, sides[1])
    if sides[0].shape(lambda *_: None) != sides[1].shape(lambda *_: None):
        return False
    lists = {rule.each for side in sides for each in side.adjustments for rule in side.near.values()}
    counted = lists.pop() if len(lists) == 1 else ""
    try:
        parts = Parts(store, world, limit=limit, counted=counted, hold=holding)
        items = [
            (one, other, rules[0].each)
            for rules in zip(*(each.rules for each in sides), strict=True)
            for one, other in zip(*(each.items for each in rules), strict=True)
        ]
        rest = zip(*map(_beside_items, sides), strict=True)
        return all(parts.alike(one, other, name) for (one, name), (other, _) in rest) and all(
            _items_alike(
                Parts(store, world, limit=limit, counted=counted, where=where, hold=holding), one, other, name, priced
            )
            for one, other, name in items
            for where in parts.situations(name)
        )
    except Unsupported:
        return False


def _but(store: Store, test: ir.Expr, without: Sequence[ir.Expr]) -> ir.Expr:
    left = tuple(each for each in _all_of(test) if each not in without)
    return left[0] if len(left) == 1 else store.keep(ir.And(type=test.type, args=left))


def entitled_alike(store: Store, world: World, old: Slice, new: Slice, limit: int) -> bool:
    """Whether an item of the rule is proved to be granted in both versions or in neither, however long the lists are."""
    if old.rule.kind != "award" or (old.rule.each, len(old.rule.items)) != (new.rule.each, len(new.rule.items)):
        return False
    name = old.rule.each
    try:
        parts = Parts(store, world, limit=limit)
        for fact in {*old.derived} | {*new.derived}:
            if fact not in old.derived or not parts.alike(old.derived[fact], new.derived.get(fact), ""):
                return False
        unknown = [disjoin(*(_not_known(parts, *each) for each in _limits(side))) for side in (old, new)]
        left = [*new.rule.items]  # in whatever order
        for one in old.rule.items:
            other = next((each for each in left if _granted_alike(store, world, one, each, name, limit)), None)
            if other is None:
                return False
            left.remove(other)
        return parts.holds(equal(unknown[0], unknown[1]))
    except Unsupported:
        return False


def _asked_of_all(store: Store, slice: Slice) -> list[ir.Expr]:
    """What holds wherever something is granted: conditions on each item of the rule that do not look at the item."""
    asked = [_all_of(item.test) for item in slice.rule.items]
    return (
        [each for each in asked[0] if not store.about(each).free and all(each in one for one in asked)] if asked else []
    )


def _all_of(test: ir.Expr) -> tuple[ir.Expr, ...]:
    return test.args if isinstance(test, ir.And) else (test,)


def _limits(slice: Slice) -> Iterator[tuple[ir.Expr, list[str]]]:
    """What has to be known for an item of the rule to be granted, apart from the item, with the lists of which it counts items."""
    for each in slice.adjustments:
        if slice.rule.name in names_of(each):
            if isinstance(each, ir.Ceiling):
                yield each.limit, sorted({slice.near[name].each for name in names_of(each)} - {""})
            elif isinstance(each, ir.Highest) and each.received is not None:
                yield each.received, []


def _not_known(parts: Parts, limit: ir.Expr, lists: Sequence[str]) -> z3.BoolRef:
    """Whether it cannot be told. What is asked of all items that count, one at least, is known where it is of any of them."""
    for query in parts.store.reached([limit]).values():
        if (
            isinstance(query, ir.Query)
            and query.list == COUNTED
            and query.where is None
            and query.kind in ("min", "max")
        ):
            scopes = [Scope(items={query.var: Row(name, 1 + place, TRUE)}) for place, name in enumerate(lists)]
            if query.value and all(parts.holds(negate(parts.term(query.value, each).missing)) for each in scopes):
                parts.known[id(query)] = Term(parts.letters.letter(z3.RealSort()))
    return parts.term(limit, Scope()).missing


def _granted_alike(store: Store, world: World, one: Item, other: Item, name: str, limit: int) -> bool:
    """Whether an item is granted in both versions or in neither, limits apart."""
    alone = Parts(store, world, limit=limit)
    for where in alone.situations(name):
        parts = Parts(store, world, limit=limit, where=where)
        tests = [parts.of(each.test, name).holds for each in (one, other)]
        if not parts.holds(equal(*tests)):
            return False
        parts.where = (*parts.where, tests[0])
        days = [FALSE if each.day is None else parts.of(each.day, name).missing for each in (one, other)]
        due = [parts.of(each.amount, name) for each in (one, other)]
        given = [
            conjoin(negate(day), negate(each.missing), each.value >= 0) for day, each in zip(days, due, strict=True)
        ]
        if not parts.holds(equal(*given)):
            return False
    return True


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


def _items_alike(parts: Parts, one: Item, other: Item, name: str, granted: bool) -> bool:
    """Whether one is granted where the other is, and is then worth the same; ``granted``: where both are."""
    tests = [parts.of(each.test, name) for each in (one, other)]
    if granted:
        parts.where = (*parts.where, *(each.holds for each in tests))
    elif tests[0] is not tests[1]:
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
    #: Conditions that hold there too.
    hold: Sequence[ir.Expr] = field(default=(), kw_only=True)
    letters: Letters = field(factory=Letters, init=False)
    #: What is asked of items that count under a limit, where it is known to be known.
    known: dict[int, Term] = field(factory=dict, init=False)
    #: Queries so far: what each asks of an item, the value it takes of it, and its letter.
    _asked: dict[tuple[object, ...], list[tuple[Term, Term, Term]]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.where += tuple(self.of(each, "").holds for each in self.hold)

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
        if id(expr) in self.known:
            return self.known[id(expr)]
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
