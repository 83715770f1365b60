"""Random well-typed expressions: every kind of node."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_runtime import ir
from tests.randomly.schema import (
    BOOL,
    DATE,
    DISTRICT,
    ENTERPRISE,
    FIELD,
    FIELD_SET,
    FIELDS,
    LEVEL,
    LEVELS,
    LISTS,
    MONTH,
    NUMBER,
    POOLS,
    READINGS,
    TEXT,
    YEAR,
    YEAR_SET,
    YEARS,
    optional,
)


@frozen
class Scene:
    """What an expression may refer to: parameters, items (variable → list), and functions already there."""

    params: tuple[tuple[str, ir.Type], ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    counted: bool = False
    day: bool = False


@define
class Writer:
    """Writes random expressions. ``line`` numbers the nodes, so that an error tells which of them it came from."""

    random: Random
    functions: list[ir.Function] = field(factory=list)
    line: int = 0
    queries: int = 0

    def origin(self) -> ir.Origin:
        self.line += 1
        return ir.Origin(self.line, quote="")

    def value(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        """A random expression of a type. It is not None unless the type is optional, save now and then."""
        random = self.random
        if depth <= 0 or random.random() < 0.15:
            return self.leaf(type, scene)
        if random.random() < 0.18:
            return self.any_type(type, depth - 1, scene)
        own: dict[str, list[Callable[[int, Scene], ir.Expr]]] = {
            "bool": [self.logic, self.logic, self.negation, self.comparison, self.comparison, self.comparison,
                     self.membership, self.guarded, self.presence, self.quantified],
            "number": [self.total, self.product, self.product, self.rounded, self.extreme(NUMBER), self.aggregate(NUMBER), self.counting, self.lookup],
            "date": [self.calendar("year_end"), self.calendar("month_end"), self.calendar("shift_date"), self.calendar("shift_day"),
                     self.extreme(DATE), self.aggregate(DATE)],
            "year": [self.calendar("year_of"), self.calendar("shift_year"), self.aggregate(YEAR)],
            "month": [self.calendar("month_of"), self.calendar("shift_month")],
        }  # fmt: skip
        choices = own.get(type.kind)
        return random.choice(choices)(depth - 1, scene) if choices else self.any_type(type, depth - 1, scene)

    def any_type(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        return self.random.choice([self.choose, self.match, self.cases, self.call])(type, depth, scene)

    # ---- leaves

    def leaf(self, type: ir.Type, scene: Scene) -> ir.Expr:
        """A constant, fact, parameter or field; one in thirty may be None where a value is wanted."""
        random = self.random
        lax = type.optional or random.random() < 0.03
        found: list[ir.Expr] = []
        for at, facts in ((None, ENTERPRISE.facts), (None, DISTRICT.facts)):
            scope = ENTERPRISE.name if facts is ENTERPRISE.facts else DISTRICT.name
            found += [
                ir.Fact(type=each.type, scope=scope, name=each.name, origin=self.origin())
                for each in facts
                if not each.is_list and fits(each.type, type, lax) and at is None
            ]
        for var, of in scene.items:
            fields = [ir.Field(type=each.type, var=var, name=each.name, origin=self.origin()) for each in LISTS[of].fields if fits(each.type, type, lax)]  # fmt: skip
            found += fields * 3
            if type.kind == "number":
                found.append(ir.Index(type=NUMBER, var=var))
        params = [ir.Param(type=each, name=name) for name, each in scene.params if fits(each, type, lax)]
        if type.kind == "date":
            params.append(ir.Param(type=DATE, name="评估日"))
            if scene.day:
                params.append(ir.Param(type=DATE, name="发生日"))
        found += params * 3
        if not found or random.random() < 0.3:
            return self.constant(type)
        return random.choice(found)

    def constant(self, type: ir.Type) -> ir.Const:
        value: Any
        if type.optional and self.random.random() < 0.3:
            value = None
        elif type.kind == "set":
            value = self.some(FIELDS if type.name == "领域" else YEARS)
        else:
            value = self.random.choice(POOLS[type.name if type.kind == "enum" else type.kind])
        return ir.Const(type=type, value=value, origin=self.origin())

    def some(self, pool: Sequence[Any]) -> frozenset[Any]:
        return frozenset(each for each in pool if self.random.random() < 0.5)

    # ---- of any type

    def choose(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        reading = self.random.choice(READINGS[:2])
        arms = tuple(self.value(type, depth, scene) for _ in reading.options)
        return ir.Choose(type=type, reading=reading.id, arms=arms, origin=self.origin())

    def match(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        subject_type, members = self.random.choice([(LEVEL, LEVELS), (FIELD, FIELDS)])
        cut = self.random.choice([(1, 1, 1), (2, 1), (3,)])
        arms, rest = [], list(members)
        self.random.shuffle(rest)
        same = self.value(type, depth, scene) if self.random.random() < 0.3 else None
        constants = self.random.random() < 0.3
        for size in cut:
            arm = same or (self.constant(type) if constants else self.value(type, depth, scene))
            arms.append((tuple(rest[:size]), arm))
            del rest[:size]
        return ir.Match(
            type=type, subject=self.value(subject_type, depth, scene), arms=tuple(arms), origin=self.origin()
        )

    def cases(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        whens = tuple(
            (self.value(BOOL, depth, scene), self.value(type, depth, scene)) for _ in range(self.random.randint(1, 3))
        )
        last = whens[-1][1] if self.random.random() < 0.2 else self.value(type, depth, scene)
        if self.random.random() < 0.1:
            last = ir.Fail(type=type, code="not-set", origin=self.origin())
        return ir.Cases(type=type, whens=whens, otherwise=last, origin=self.origin())

    def call(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        found = [each for each in self.functions if fits(each.body.type, type, type.optional)]
        if not found:
            return self.leaf(type, scene)
        function = self.random.choice(found)
        args = tuple(self.strictly(each, depth, scene) for _, each in function.params)
        return ir.Call(type=function.body.type, function=function.name, args=args, origin=self.origin())

    def strictly(self, type: ir.Type, depth: int, scene: Scene) -> ir.Expr:
        """An argument: never None where the parameter is not optional."""
        for _ in range(8):
            found = self.value(type, depth, scene)
            plain = not isinstance(found, ir.Choose | ir.Cases | ir.Match | ir.Query)
            if plain and (type.optional or not isinstance(found, ir.Fact | ir.Field) or not found.type.optional):
                return found
        return self.constant(type)

    # ---- logic

    def logic(self, depth: int, scene: Scene) -> ir.Expr:
        args = tuple(self.value(BOOL, depth, scene) for _ in range(self.random.randint(1, 4)))
        return (ir.And if self.random.random() < 0.5 else ir.Or)(type=BOOL, args=args, origin=self.origin())

    def negation(self, depth: int, scene: Scene) -> ir.Expr:
        return ir.Not(type=BOOL, arg=self.value(BOOL, depth, scene), origin=self.origin())

    def comparison(self, depth: int, scene: Scene) -> ir.Expr:
        type = self.random.choice([NUMBER, NUMBER, NUMBER, DATE, DATE, YEAR, MONTH, LEVEL, TEXT, FIELD_SET])
        ops = ("==", "!=") if type.kind in ("enum", "text", "set") else (">", ">=", "<", "<=", "==", "!=")
        left, right = self.value(type, depth, scene), self.value(type, depth, scene)
        return ir.Compare(type=BOOL, op=self.random.choice(ops), left=left, right=right, origin=self.origin())  # type: ignore[arg-type]

    def membership(self, depth: int, scene: Scene) -> ir.Expr:
        members = tuple(self.some(FIELDS)) or FIELDS[:1]
        years = tuple(self.some(YEARS)) or YEARS[:1]
        every = self.random.random() < 0.5
        match self.random.randrange(4):
            case 0:
                return ir.OneOf(type=BOOL, arg=self.value(FIELD, depth, scene), members=members, origin=self.origin())
            case 1:
                arg = self.value(FIELD_SET, depth, scene)
                return ir.Contains(type=BOOL, arg=arg, members=members, every=every, origin=self.origin())
            case 2:
                arg = self.value(YEAR_SET, depth, scene)
                return ir.Contains(type=BOOL, arg=arg, members=years, every=every, origin=self.origin())
            case _:
                held, year = self.value(YEAR_SET, depth, scene), self.value(YEAR, depth, scene)
                return ir.HasYear(type=BOOL, arg=held, year=year, origin=self.origin())

    def presence(self, depth: int, scene: Scene) -> ir.Expr:
        type = self.random.choice([DATE, NUMBER, LEVEL, BOOL])
        return ir.IsNone(type=BOOL, arg=self.value(optional(type), depth, scene), origin=self.origin())

    def guarded(self, depth: int, scene: Scene) -> ir.Expr:
        """``未有 X 或 …X…``, ``已有 X 且 …X…``."""
        type = self.random.choice([DATE, NUMBER, LEVEL])
        arg = self.value(optional(type), depth, scene)
        absent: ir.Expr = ir.IsNone(type=BOOL, arg=arg, origin=self.origin())
        other = self.value(type, depth, scene)
        test = ir.Compare(type=BOOL, op="==" if type is LEVEL else ">=", left=arg, right=other, origin=self.origin())
        if self.random.random() < 0.5:
            return ir.Or(type=BOOL, args=(absent, test), origin=self.origin())
        return ir.And(type=BOOL, args=(ir.Not(type=BOOL, arg=absent), test), origin=self.origin())

    # ---- numbers and dates

    def total(self, depth: int, scene: Scene) -> ir.Expr:
        args = tuple(self.value(NUMBER, depth, scene) for _ in range(self.random.randint(1, 4)))
        signs = tuple(self.random.choice([1, 1, -1]) for _ in args)
        return ir.Add(type=NUMBER, signs=signs, args=args, origin=self.origin())

    def product(self, depth: int, scene: Scene) -> ir.Expr:
        args = tuple(self.value(NUMBER, depth, scene) for _ in range(self.random.randint(1, 3)))
        inverse = tuple(self.random.random() < 0.4 for _ in args)
        return ir.Mul(type=NUMBER, inverse=inverse, args=args, origin=self.origin())

    def rounded(self, depth: int, scene: Scene) -> ir.Expr:
        step, way = self.random.choice([1, 10, Fraction(1, 100)]), self.random.choice(["down", "up", "half"])
        return ir.Round(type=NUMBER, arg=self.value(NUMBER, depth, scene), step=step, way=way, origin=self.origin())  # type: ignore[arg-type]

    def extreme(self, type: ir.Type) -> Callable[[int, Scene], ir.Expr]:
        def make(depth: int, scene: Scene) -> ir.Expr:
            args = tuple(self.value(type, depth, scene) for _ in range(self.random.randint(1, 3)))
            return ir.Extreme(type=type, largest=self.random.random() < 0.5, args=args, origin=self.origin())

        return make

    def calendar(self, op: Any) -> Callable[[int, Scene], ir.Expr]:
        def make(depth: int, scene: Scene) -> ir.Expr:
            of = {"year_of": self.random.choice([DATE, MONTH]), "year_end": YEAR, "shift_year": YEAR,
                  "month_end": MONTH, "shift_month": MONTH, "month_of": DATE, "shift_date": DATE, "shift_day": DATE}[op]  # fmt: skip
            to = {"year_of": YEAR, "shift_year": YEAR, "month_of": MONTH, "shift_month": MONTH}.get(op, DATE)
            amount = (
                self.random.choice([-1, 1, 3, 12, -60, 9000, -9000, 200000, -(10**7)]) if op.startswith("shift") else 0
            )
            return ir.Calendar(type=to, op=op, arg=self.value(of, depth, scene), amount=amount, origin=self.origin())

        return make

    # ---- lists

    def lookup(self, depth: int, scene: Scene) -> ir.Expr:
        name = self.random.choice(["产值", "收入"])
        year = self.value(YEAR, depth, scene)
        return ir.Lookup(type=NUMBER, list="经营", year=year, field_name=name, origin=self.origin())

    def over(self, scene: Scene) -> tuple[str, str, Scene]:
        """A list, a fresh variable, and what can be referred to inside."""
        self.queries += 1
        var = f"项{self.queries}"
        if scene.counted and self.random.random() < 0.6:
            return "所计", var, evolve(scene, items=(*scene.items, (var, "投标")))
        name = self.random.choice([*LISTS])
        return name, var, evolve(scene, items=(*scene.items, (var, name)))

    def where(self, depth: int, scene: Scene) -> ir.Expr | None:
        return self.value(BOOL, depth, scene) if self.random.random() < 0.8 else None

    def quantified(self, depth: int, scene: Scene) -> ir.Expr:
        name, var, inner = self.over(scene)
        kind: Any = self.random.choice(["some", "none", "every"])
        where = self.where(min(depth, 2), inner)
        return ir.Query(type=BOOL, kind=kind, list=name, var=var, where=where, value=None, origin=self.origin())

    def counting(self, depth: int, scene: Scene) -> ir.Expr:
        name, var, inner = self.over(scene)
        where = self.where(min(depth, 2), inner)
        return ir.Query(type=NUMBER, kind="count", list=name, var=var, where=where, value=None, origin=self.origin())

    def aggregate(self, type: ir.Type) -> Callable[[int, Scene], ir.Expr]:
        def make(depth: int, scene: Scene) -> ir.Expr:
            name, var, inner = self.over(scene)
            kind: Any = self.random.choice(["min", "max", "the", "sum"] if type is NUMBER else ["min", "max", "the"])
            where, value = self.where(min(depth, 2), inner), self.value(type, min(depth, 1), inner)
            result = optional(type) if kind in ("min", "max") else type
            return ir.Query(type=result, kind=kind, list=name, var=var, where=where, value=value, origin=self.origin())

        return make


def fits(has: ir.Type, wanted: ir.Type, lax: bool) -> bool:
    return has.kind == wanted.kind and has.name == wanted.name and (lax or not has.optional)
