"""Random programs: every kind of provision and adjustment.

Hypothesis draws a size and a seed, so that what fails shrinks to a small program; a plain generator fills it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from attrs import define, evolve, field
from hypothesis import strategies as st

from fayan_compiler.scope import looked_at
from fayan_runtime import ir
from fayan_runtime.values import exact
from tests.randomly.expressions import Scene, Writer
from tests.randomly.schema import (
    BOOL,
    DATE,
    DATES,
    FIELD_SET,
    FIELDS,
    LEVEL,
    LEVELS,
    LISTS,
    NUMBER,
    READINGS,
    SCOPES,
    TEXT,
    YEAR,
    optional,
)


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
            measures=tuple(ir.Measure(number=n, title=f"措施{n}", chapter="", responsible=(), passages=(), unseen=self.unseen()) for n in numbers),
            provisions=tuple(provisions), adjustments=tuple(each for each in adjustments if each), offset=offset,
            derived=tuple(self.derived()),
        )  # fmt: skip

    def unseen(self) -> str | None:
        return "没有见到" if self.random.random() < 0.1 else None

    def derived(self) -> Iterator[ir.Derivation]:
        """Facts that a definition works out; none is looked at by one before it, nor by its own."""
        functions = {each.name: each for each in self.writer.functions}
        facts = {fact.name: (scope.name, fact) for scope in SCOPES for fact in scope.facts if not fact.is_list}
        read: set[str] = set()
        for function in functions.values():
            looks = set(looked_at(function, functions.get))
            fitting = [name for name, (_, fact) in facts.items() if fact.type == function.body.type]
            free = [name for name in fitting if name not in looks | read]
            if free and not function.params and self.random.random() < 0.5:
                name = self.random.choice(free)
                read |= looks | {name}
                reads = tuple((scope, one) for one, (scope, _) in facts.items() if one in looks)
                yield ir.Derivation(scope=facts[name][0], fact=name, function=function.name, reads=reads)

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
            ir.Stage(name=f"第{i}步", amount=self.amount(scene), on=writer.leaf(optional(DATE), Scene()), of=("R1", (("a", f"迁出{i}"), ("b", f"迁入{i}"))) if i % 2 else f"迁出{i}", origin=writer.origin())
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
        anywhere = random.random() < 0.4
        awards = [each for each in provisions if (anywhere or each.measure == measure) and each.kind == "award"]
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
                received = writer.value(NUMBER, 2, Scene()) if mode == "cumulative" and random.random() < 0.4 else None
                return ir.Highest(
                    measure=measure,
                    members=tuple(members),
                    mode=mode,
                    received=received,
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


# ---------------------------------------------------------------- strategies

seeds = st.integers(0, 2**32 - 1)
programs = st.builds(random_program, seeds, st.integers(1, 6), st.integers(0, 5))
#: How likely each fact is not known.
doubts = st.sampled_from([0.0, 0.0, 0.1, 0.3])
days = st.sampled_from([DATES[2], DATES[4], DATES[6]])
