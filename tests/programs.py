"""Random well-typed programs and random facts for them: every kind of node, provision and adjustment.

Hypothesis draws a size and a seed, so that what fails shrinks to a small program; a plain generator fills it in. Values come from
small pools, so that comparisons are often exactly on their thresholds, keys repeat and ceilings bite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st

from fayan_runtime import ir
from fayan_runtime.values import Facts, Path, Unknown, exact

BOOL, NUMBER, DATE = ir.Type("bool"), ir.Type("number"), ir.Type("date")
YEAR, MONTH, TEXT = ir.Type("year"), ir.Type("month"), ir.Type("text")
LEVELS, FIELDS = ("甲级", "乙级", "丙级"), ("农", "工", "商")
LEVEL, FIELD = ir.Type("enum", "级别"), ir.Type("enum", "领域")
FIELD_SET, YEAR_SET = ir.Type("set", "领域"), ir.Type("set", "年度")

NUMBERS = (0, 1, 2, 3, 10, 12, 100, Fraction(1, 2), Fraction(1, 5), Fraction(1, 3), Fraction(7, 200), -1, 600000)
DATES = tuple(date(year, month, day) for year, month, day in [(2022, 1, 1), (2023, 6, 30), (2024, 2, 29), (2024, 12, 12), (2024, 12, 31), (2025, 3, 1), (2025, 12, 31)])  # fmt: skip
YEARS = (2022, 2023, 2024, 2025)
MONTHS = tuple(year * 12 + month for year in (2023, 2024, 2025) for month in (0, 5, 11))
TEXTS = ("一号文", "二号文", "")

POOLS: dict[str, Sequence[Any]] = {
    "bool": (True, False), "number": NUMBERS, "date": DATES, "year": YEARS, "month": MONTHS, "text": TEXTS,
    "级别": LEVELS, "领域": FIELDS,
}  # fmt: skip


def optional(type: ir.Type) -> ir.Type:
    return evolve(type, optional=True)


def declare(name: str, type: ir.Type, *fields: ir.FactDecl, event: str = "", series: bool = False) -> ir.FactDecl:
    return ir.FactDecl(name=name, type=type, fields=fields, is_list=bool(fields), event=event, series=series)


ENTERPRISE = ir.Scope(
    name="企业",
    facts=(
        declare("区内", BOOL),
        declare("初创", optional(BOOL)),
        declare("人数", NUMBER),
        declare("资产", optional(NUMBER)),
        declare("成立", DATE),
        declare("迁出", optional(DATE)),
        declare("建档", YEAR),
        declare("开业", MONTH),
        declare("类别", LEVEL),
        declare("备选", optional(LEVEL)),
        declare("行业", FIELD_SET),
        declare("宣传", YEAR_SET),
        declare("名称", TEXT),
        declare(
            "记录", ir.Type("record", "记录"),
            declare("级别", LEVEL), declare("日期", DATE), declare("截至", optional(DATE)),
            declare("数额", NUMBER), declare("通过", BOOL), event="日期",
        ),
        declare(
            "租赁", ir.Type("record", "租赁"),
            declare("年度", YEAR), declare("房源", FIELD), declare("数额", NUMBER), declare("租金", optional(NUMBER)), event="年度",
        ),
        declare("税费", ir.Type("record", "税费"), declare("所属期", MONTH), declare("数额", NUMBER), event="所属期"),
        declare("投标", ir.Type("record", "投标"), declare("级别", LEVEL), declare("数额", NUMBER)),
        declare(
            "经营", ir.Type("record", "经营"),
            declare("年度", YEAR), declare("产值", NUMBER), declare("收入", optional(NUMBER)), series=True,
        ),
        declare(
            "已付", ir.Type("record", "已付"),
            declare("措施", NUMBER), declare("事项", TEXT), declare("日期", DATE), declare("金额", NUMBER), declare("依据", TEXT),
        ),
    ),
)  # fmt: skip
DISTRICT = ir.Scope(name="全区", facts=(declare("户数", NUMBER), declare("达标", BOOL)))
SCOPES = (ENTERPRISE, DISTRICT)
LISTS = {fact.name: fact for fact in ENTERPRISE.facts if fact.is_list and not fact.series and fact.name != "已付"}
READINGS = (
    ir.ReadingDecl(id="R1", question="一", options=(("a", "甲"), ("b", "乙"))),
    ir.ReadingDecl(id="R2", question="二", options=(("a", "甲"), ("b", "乙"), ("c", "丙"))),
    ir.ReadingDecl(id="G1", question="三", options=(("a", "甲"), ("b", "乙")), uncomputed="只列明"),
)


# ---------------------------------------------------------------- expressions


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
            "number": [self.total, self.product, self.product, self.extreme(NUMBER), self.aggregate(NUMBER), self.counting, self.lookup],
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


# ---------------------------------------------------------------- programs


@define
class Drafter:
    """Writes random programs of about ``size`` provisions, with expressions of about ``depth`` levels."""

    random: Random
    size: int
    depth: int
    writer: Writer = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.writer = Writer(self.random)

    def some(self, most: int) -> range:
        return range(self.random.randint(0, most))

    def condition(self, scene: Scene, name: str) -> ir.Condition:
        return ir.Condition(name=name, expr=self.writer.value(BOOL, self.depth, scene), origin=self.writer.origin())

    def holding(self, scene: Scene, name: str) -> ir.Condition:
        """A condition that often holds, so that more is decided than refused."""
        condition = self.condition(scene, name)
        if self.random.random() < 0.5:
            known = ir.Const(type=BOOL, value=True)
            return evolve(condition, expr=ir.Or(type=BOOL, args=(condition.expr, known), origin=self.writer.origin()))
        return condition

    def conditions(self, scene: Scene, name: str, most: int = 2) -> tuple[ir.Condition, ...]:
        return tuple(self.holding(scene, f"{name}{i}") for i in self.some(most))

    def program(self) -> ir.Program:
        for number in range(self.random.randint(1, 5)):
            types = [BOOL, NUMBER, NUMBER, DATE, YEAR, LEVEL, FIELD_SET, optional(DATE), optional(NUMBER)]
            params = tuple((f"某{i}", self.random.choice(types)) for i in self.some(2))
            type = self.random.choice([BOOL, NUMBER, DATE, YEAR, LEVEL, optional(DATE), optional(NUMBER)])
            body = self.writer.value(type, self.depth, Scene(params))
            self.writer.functions.append(ir.Function(name=f"式{number}", params=params, body=evolve(body, type=type)))
        provisions = [self.provision(number) for number in range(self.size)]
        adjustments = [self.adjustment(provisions, number) for number in self.some(4)] if provisions else []
        offset = None
        if self.random.random() < 0.85:
            among = ir.Compare(
                type=BOOL, op="!=", left=ir.Field(type=TEXT, var="本", name="依据"), right=ir.Const(type=TEXT, value="二号文")
            )  # fmt: skip
            counts = (ir.Condition(name="依据", expr=among),) if self.random.random() < 0.5 else ()
            offset = ir.Offset(list="已付", among=counts, readings=("R2",) if self.random.random() < 0.5 else ())
        numbers = sorted({each.measure for each in provisions} | {1})
        return ir.Program(
            name="", number="", title="", issuer="", dated=DATES[0], effective=self.random.choice([*[DATES[0]] * 8, DATES[4]]),
            digest="", headers=(), chapters=(), enums=(ir.EnumDecl(name="级别", members=LEVELS), ir.EnumDecl(name="领域", members=FIELDS)),
            scopes=SCOPES, readings=READINGS, functions=tuple(self.writer.functions),
            measures=tuple(ir.Measure(number=n, title=f"措施{n}", chapter="", responsible=(), passages=()) for n in numbers),
            provisions=tuple(provisions), adjustments=tuple(each for each in adjustments if each), offset=offset,
        )  # fmt: skip

    def provision(self, number: int) -> ir.Provision:
        random, writer = self.random, self.writer
        kind: Any = random.choice(["award"] * 8 + ["discretionary", "duty", "target", "selection"])
        common: dict[str, Any] = {
            "measure": number % 3 + 1, "name": f"事项{number}", "kind": kind, "payer": "财政局", "origin": writer.origin(),
            "readings": tuple(each.id for each in READINGS if random.random() < 0.3),
        }  # fmt: skip
        if kind != "award":
            scene = Scene()
            return ir.Provision(
                **common, among=self.conditions(scene, "其中"), must=self.conditions(scene, "须") if kind != "duty" else (),
                checks=self.conditions(scene, "查"), goal=writer.value(BOOL, self.depth, scene) if random.random() < 0.7 else None,
                chosen=writer.value(BOOL, self.depth, scene) if kind == "selection" and random.random() < 0.7 else None,
            )  # fmt: skip
        nature: Any = random.choice(["cash", "cash", "cash", "relief", "tax", "deduction", "price"])
        form = random.choice(["each", "each", "each", "stages", "one"])
        each = random.choice([*LISTS]) if form == "each" else ""
        items = ((("本", each),)) if each else ()
        on = self.event_day(each) if form == "each" else None
        if form == "one" and random.random() < 0.5:
            on = writer.value(optional(DATE), 1, Scene())
        scene = Scene(items=items, day=on is not None or form == "stages")
        stages = tuple(
            ir.Stage(name=f"第{i}步", amount=self.amount(scene), on=writer.leaf(optional(DATE), Scene()), of=f"迁出{i}", origin=writer.origin())
            for i in range(random.randint(1, 3) if form == "stages" else 0)
        )  # fmt: skip
        ends: list[ir.Expr | None] = [
            None,
            ir.Const(type=DATE, value=DATES[1]),
            ir.Fact(type=optional(DATE), scope="企业", name="迁出"),
        ]
        ends.append(ir.Choose(type=DATE, reading="R1", arms=(writer.constant(DATE), writer.constant(DATE))))
        periods = tuple(
            ir.Period(start=random.choice(ends), end=random.choice([None, None, *ends]), origin=writer.origin())
            for _ in self.some(1)
        )
        return ir.Provision(
            **common, nature=nature, each=each, stages=stages, among=self.conditions(scene, "其中", 1), must=self.conditions(scene, "须"),
            periods=periods, on=on, amount=None if stages else self.amount(scene),
        )  # fmt: skip

    def event_day(self, each: str) -> ir.Expr | None:
        field = next((field for field in LISTS[each].fields if field.name == LISTS[each].event), None)
        if field is None:
            return None
        day = ir.Field(type=field.type, var="本", name=field.name)
        op: Any = {"year": "year_end", "month": "month_end"}.get(field.type.kind)
        return ir.Calendar(type=DATE, op=op, arg=day) if op else day

    def amount(self, scene: Scene) -> ir.Expr:
        """Most often a plain positive amount, so that ceilings and payments have something to bite on."""
        writer = self.writer
        if self.random.random() < 0.4:
            return writer.value(NUMBER, self.depth, scene)
        own: ir.Expr = writer.leaf(NUMBER, scene)
        factors = (Fraction(1), Fraction(5), Fraction(1, 3), Fraction(1, 200))
        factor = ir.Const(type=NUMBER, value=exact(self.random.choice(factors)))
        return ir.Mul(type=NUMBER, inverse=(False, False), args=(own, factor), origin=writer.origin())

    def adjustment(self, provisions: Sequence[ir.Provision], number: int) -> ir.Ceiling | ir.Highest | ir.Deduct | None:
        random, writer = self.random, self.writer
        measure = random.choice(provisions).measure
        awards = [each for each in provisions if each.measure == measure and each.kind == "award"]
        if not awards:
            return None
        members: list[ir.Member] = [(each.name, "") for each in awards if random.random() < 0.8] or [
            (awards[0].name, "")
        ]
        stages = [(each.name, stage.name) for each in awards for stage in each.stages if random.random() < 0.3]
        members += stages
        origin, readings = writer.origin(), tuple(each.id for each in READINGS[:2] if random.random() < 0.3)
        match random.randrange(4):
            case 0:
                mode: Any = random.choice(["cumulative", "yearly"])
                return ir.Highest(
                    measure=measure,
                    members=tuple(members),
                    mode=mode,
                    applies=self.applies(),
                    readings=readings,
                    origin=origin,
                )
            case 1 if len(awards) > 1:
                return ir.Deduct(
                    measure=measure, member=awards[0].name, less=tuple(each.name for each in awards[1:]),
                    applies=self.applies(), readings=readings, origin=origin,
                )  # fmt: skip
            case _:
                alike = {each.each for each in awards if each.each}
                limit = writer.constant(NUMBER) if random.random() < 0.5 else writer.value(NUMBER, 2, Scene())
                if alike <= {"投标"} and random.random() < 0.7:
                    limit = writer.aggregate(NUMBER)(1, Scene(counted=True))
                return ir.Ceiling(
                    measure=measure, name=f"限额{number}", per_year=random.random() < 0.5, limit=limit,
                    covers=tuple((member, self.applies()) for member in members), split=self.applies(0.3),
                    keys=tuple((name, self.applies(0.7)) for name in ("级别", "房源", "数额") if random.random() < 0.25),
                    by_date=random.random() < 0.5, applies=self.applies(), readings=readings, origin=origin,
                )  # fmt: skip

    def applies(self, often: float = 0.85) -> ir.Expr:
        """A condition that reads readings only."""
        if self.random.random() < 0.3:
            arms = tuple(ir.Const(type=BOOL, value=self.random.random() < often) for _ in READINGS[1].options)
            return ir.Choose(type=BOOL, reading="R2", arms=arms)
        return ir.Const(type=BOOL, value=self.random.random() < often)


def random_program(seed: int, size: int, depth: int) -> ir.Program:
    return Drafter(Random(seed), size, depth).program()


# ---------------------------------------------------------------- facts


@define
class Giver:
    """Gives random facts for declared scopes: each value is not known with probability ``doubt``.

    Pools go by enumeration, by unit, else by kind. ``paid`` are the (measure, provision) that payments are for.
    """

    random: Random
    doubt: float
    pools: dict[str, Sequence[Any]]
    paid: Sequence[tuple[int, str]]

    def facts(self, scopes: Sequence[ir.Scope]) -> Facts:
        order = -1
        given: dict[str, dict[str, object]] = {}
        for scope in scopes:
            values = given[scope.name] = {}
            for fact in scope.facts:
                order += 1
                path = fact.name if scope.name == "企业" else f"{scope.name}.{fact.name}"
                values[fact.name] = self.fact(fact, order, path)
        return Facts(given, "某企业")

    def fact(self, fact: ir.FactDecl, order: int, path: str) -> object:
        if self.random.random() < self.doubt * (0.4 if fact.is_list or fact.series else 1):
            return unknown((order, 0, 0, path))
        if fact.series:
            years = [year for year in self.pools["year"] if self.random.random() < 0.9]
            return {year: self.row(fact, order, year, path) | {"年度": year} for year in years}
        if fact.is_list:
            return [self.row(fact, order, index, path) for index in range(self.random.randint(0, 4))]
        return self.value(fact.type)

    def row(self, fact: ir.FactDecl, order: int, item: int, path: str) -> dict[str, object]:
        row: dict[str, object] = {each.name: self.value(each.type) for each in fact.fields}
        if "事项" in row:
            row["措施"], row["事项"] = self.random.choice(self.paid)
        for column, each in enumerate(fact.fields):
            if self.random.random() < self.doubt:
                row[each.name] = unknown((order, item, column, f"{path}[{item}].{each.name}"))
        return row

    def value(self, type: ir.Type) -> object:
        if type.optional and self.random.random() < 0.3:
            return None
        if type.kind == "set":
            pool = self.pools["year" if type.name == "年度" else type.name]
            return frozenset(each for each in pool if self.random.random() < 0.5)
        unit = "·".join(f"{name}{power}" for name, power in type.unit)
        return self.random.choice(self.pools.get(unit) or self.pools[type.name if type.kind == "enum" else type.kind])


def unknown(path: Path) -> Unknown:
    return Unknown(frozenset([path]))


#: What payments are for: the measures and provisions of random programs.
PAID = tuple((number % 3 + 1, f"事项{number}") for number in range(6))


def random_facts(seed: int, doubt: float) -> Facts:
    return Giver(Random(seed), doubt, POOLS, PAID).facts(SCOPES)


def random_readings(program: ir.Program, seed: int) -> dict[str, str]:
    random = Random(seed)
    return {each.id: random.choice(each.options)[0] for each in program.readings if not each.uncomputed}


# ---------------------------------------------------------------- facts for a real policy

REAL_POOLS: dict[str, Sequence[Any]] = {
    "bool": (True, True, True, False),
    "number": (0, 1, 3, 5, 180, 23, Fraction(1, 10), Fraction(3, 5)),
    "text": ("渝北府办发〔2022〕38号", "渝北府办发〔2024〕34号", "某"),
    "year": (2020, 2021, 2022, 2023, 2024, 2025),
    "month": tuple(year * 12 + month for year in (2021, 2022, 2024, 2025) for month in (0, 10, 11)),
    "date": tuple(date.fromisoformat(day) for day in (
        "2019-05-06", "2021-12-31", "2022-01-01", "2023-06-30", "2024-12-11", "2024-12-12", "2024-12-31", "2025-03-01",
        "2025-11-30", "2026-01-01", "2029-12-11",
    )),
    "元1": (0, 50_000_000, 55_000_000, 60_000_000, 60_000_001, 66_000_000, 72_600_000, 100_000, Fraction(123456789, 100)),
    "平方米1": (100, 3000, 8333, 10_000, Fraction(166667, 10)),
    "元1·平方米-1·月-1": (15, 18, 20, Fraction(2001, 100), 26),
    "月1": (1, 6, 12, 120),
}  # fmt: skip


def real_facts(program: ir.Program, seed: int, doubt: float, **own: Sequence[Any]) -> Facts:
    """Random facts for what a policy declares, on its thresholds; ``own`` pools go before the common ones."""
    pools = {**REAL_POOLS, **{each.name: each.members for each in program.enums}, **own}
    paid = [(each.measure, each.name) for each in program.provisions if each.nature in ("cash", "relief")]
    return Giver(Random(seed), doubt, pools, paid or [(0, "")]).facts(program.scopes)


# ---------------------------------------------------------------- strategies

seeds = st.integers(0, 2**32 - 1)
programs = st.builds(random_program, seeds, st.integers(1, 6), st.integers(0, 5))
doubts = st.sampled_from([0.0, 0.0, 0.1, 0.3])
days = st.sampled_from([DATES[2], DATES[4], DATES[6]])
