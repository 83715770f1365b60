"""What stands between provisions, as steps over a relation of items, held to the reference on random items.

Many items are in each other's way here: few amounts, few days, a limit that is often reached, much that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve
from sqlglot import exp, select

from fayan_compiler.targets.relational import items as form
from fayan_compiler.targets.relational.between import ceiling as ceilings
from fayan_compiler.targets.relational.between import deduct as deductions
from fayan_compiler.targets.relational.between import groups, highest, parts, settle
from fayan_compiler.targets.relational.between import payments as payment_steps
from fayan_compiler.targets.relational.between.adjust import Between
from fayan_compiler.targets.relational.between.parts import all_codes, col, step, when
from fayan_compiler.targets.relational.between.parts import fen as fen_of
from fayan_compiler.targets.relational.between.parts import number as literal
from fayan_compiler.targets.relational.between.payments import set_off
from fayan_compiler.targets.relational.between.places import in_order
from fayan_compiler.targets.relational.query import Steps
from fayan_runtime import between, ir, payments
from fayan_runtime.interpreter import evaluate
from fayan_runtime.names import OWN
from fayan_runtime.outcome import PAID
from fayan_runtime.values import Failed, Unknown
from tests.relational.engines import DuckDB, Engine, Postgres
from tests.relational.enterprises import (
    LEVEL,
    MONTHS,
    ON,
    PROVISIONS,
    Enterprise,
    codes,
    enterprises,
    fen,
    rows,
    same_codes,
)
from tests.runtime import programs as small

READINGS = {"R1": "a", "R2": "a"}
TYPES = dict(
    zip(form.COLUMNS, ("BIGINT", "INT", "INT", "BOOLEAN", "DATE", "BOOLEAN", "SMALLINT", *["BIGINT"] * 4, "TEXT"), strict=True)
)  # fmt: skip
LIMIT = small.fact("产值", small.NUMBER)
COUNTED = small.times(100, small.query("max", "所计", None, small.its(MONTHS)))
#: Which payments count is not known where their basis is not, nor where the output value is not known; it may be in error.
AMONG = (
    ir.OneOf(type=small.BOOL, arg=small.of("依据", small.TEXT), members=("本文件",)),
    small.compare(LIMIT, "<", 800),
)
OFFSET = ir.Offset(list="已兑付", among=tuple(small.condition("此类", each) for each in AMONG))


def random_adjustment(random: Random) -> Any:
    members: list[ir.Member] = [(each.name, "") for each in PROVISIONS]
    members += [("丙", stage.name) for stage in PROVISIONS[2].stages]
    members = random.sample(members, random.randint(1, 4))

    def often(chance: float) -> ir.Expr:
        return small.YES if random.random() < chance else small.NO

    match random.randrange(5):
        case 0 | 1:
            listed = {"甲", "乙", "戊"} >= {name for name, _ in members}
            return ir.Ceiling(
                measure=5, name="限额", per_year=random.random() < 0.5, limit=random.choice((small.const(500), LIMIT, *([COUNTED] * 2 if listed else []))),
                covers=tuple((each, often(0.9)) for each in members), split=often(0.2), keys=((LEVEL, often(0.3)),),
                by_date=random.random() < 0.5, applies=small.YES,
            )  # fmt: skip
        case 2:
            received = random.choice((None, small.const(200), LIMIT))
            return evolve(small.highest("cumulative"), members=tuple(members), received=received)
        case 3:
            return evolve(small.highest("yearly"), members=tuple(members))
        case _:
            names = random.sample([each.name for each in PROVISIONS], random.randint(2, 3))
            return small.deduct(*names)


def random_policy(seed: int) -> ir.Program:
    random = Random(seed)
    adjustments = tuple(random_adjustment(random) for _ in range(random.randint(1, 3)))
    return small.program(*PROVISIONS, adjustments=adjustments, offset=random.choice((None, OFFSET, OFFSET, OFFSET)))


class Given:
    """The amounts that adjustments refer to, as tables."""

    def __init__(self, engine: Engine, of: Sequence[Enterprise], steps: Steps) -> None:
        self.steps = steps
        figures = [(each.key, *self.figure(each.limit)) for each in of]
        engine.table("figures", {"key": "BIGINT", "fen": "BIGINT", "absent": "SMALLINT", "missing": "TEXT"}, figures)
        found = []
        for each in of:
            for number, draft in enumerate(each.drafts):
                for case in draft.cases:
                    if OWN in case.env.items:
                        known: Any = case.env.items[OWN][1][MONTHS]
                        lack = codes(known.missing) if isinstance(known, Unknown) else None
                        found.append((each.key, number, case.item.index, None if lack else known, lack))
        types = {"key": "BIGINT", "provision": "INT", "item": "INT", "months": "INT", "lack": "TEXT"}
        engine.table("months", types, found)

        found = [row for each in of if isinstance(each.payments, list) for row in self.paid(each)]
        types = {
            "key": "BIGINT",
            "payment": "INT",
            "measure": "INT",
            "about": "TEXT",
            "day": "DATE",
            "fen": "DECIMAL(38, 2)",
        }
        types |= {f"lack {name}": "TEXT" for name in ("measure", "about", "day", "fen")}
        engine.table("paid", types | {"counts": "BOOLEAN", "absent": "SMALLINT", "missing": "TEXT"}, found)
        unknown = [(each.key, codes(each.payments.missing)) for each in of if isinstance(each.payments, Unknown)]
        engine.table("unpaid", {"key": "BIGINT", "missing": "TEXT"}, unknown)

    @staticmethod
    def paid(of: Enterprise) -> Iterator[tuple[Any, ...]]:
        """The payments of an enterprise, with whether they count as the reference says."""
        for index, row in enumerate(of.payments):
            asked = [row[name] for name in ("措施", "事项", "日期", "金额")]
            known = [None if isinstance(each, Unknown) else each for each in asked]
            if known[3] is not None:
                known[3] = Decimal(int(known[3] * 10_000)) / 100  # type: ignore[call-overload]
            lacks = [codes(each.missing) if isinstance(each, Unknown) else None for each in asked]
            env = of.env(small.program(), READINGS).bind(OWN, (index, row))
            counts = payments.all_hold([evaluate(each, env) for each in AMONG])
            absent = form.UNKNOWN if isinstance(counts, Unknown) else form.ERROR if isinstance(counts, Failed) else None
            missing = codes(counts.missing) if isinstance(counts, Unknown) else None
            yield (of.key, index, *known, *lacks, counts if absent is None else None, absent, missing)

    @staticmethod
    def figure(value: Any) -> tuple[Any, ...]:
        if isinstance(value, Unknown):
            return None, form.UNKNOWN, codes(value.missing)
        return (None, form.ERROR, None) if value is None or isinstance(value, Failed) else (fen(value), None, None)

    def of_enterprise(self, expr: ir.Expr) -> int | form.Figure:
        return expr.value * 100 if isinstance(expr, ir.Const) else form.Figure("figures")  # type: ignore[operator, return-value]

    def of_group(self, expr: ir.Expr) -> ceilings.Counting:
        def counting(counted: str, group: Sequence[str]) -> form.Figure:
            lacks = exp.Count(this=col("lack"))
            query = (
                select(*map(col, group))
                .select(when(lacks.eq(literal(0)), fen_of(exp.Max(this=col("months")) * literal(10_000))).as_("fen"))
                .select(exp.cast(when(lacks > literal(0), literal(form.UNKNOWN)), "SMALLINT").as_("absent"))
                .select(all_codes(col("lack")).as_("missing"))
                .from_(step(counted))
                .join(step("months"), using=["key", "provision", "item"])
                .group_by(*map(col, group))
            )
            return form.Figure(self.steps.add("limits", query), tuple(group[1:]))

        return counting


def run(engine: Engine, program: ir.Program, of: Sequence[Enterprise]) -> tuple[dict[Any, Any], dict[Any, list[Any]]]:
    """The items as the steps leave them, by enterprise, provision and position; and the amounts after each adjustment."""
    plan = Between(program, READINGS, ON)
    keys = plan.keys()
    columns = TYPES | {name: "TEXT" for key in keys for name in (form.key_of(key), form.lack_of(key))}
    engine.table("found", columns, [row for each in of for row in rows(each, keys)])
    steps = Steps()
    items = form.Items(steps, {each.name: "found" for each in program.provisions}, keys)
    amounts, snapshots = Given(engine, of, steps), []
    for number in range(len(program.adjustments)):
        Between(evolve(program, adjustments=program.adjustments[number : number + 1]), READINGS, ON).adjust(
            items, amounts
        )
        snapshots.append(dict(items.where))
    payments_of = None if program.offset is None else form.Payments("paid", "unpaid", 2)
    unmatched = set_off(program, items, payments_of)
    for name, query in steps.named.items():
        engine.make(name, query)

    def all_of(where: dict[str, str], *names: str) -> list[Any]:
        return [
            row
            for number, each in enumerate(program.provisions)
            if each.name in where
            for row in engine.ask(
                select(*map(col, names)).from_(step(where[each.name])).where(col("provision").eq(number))
            )
        ]

    found: dict[Any, Any] = {}
    for key, provision, item, whole, *rest, missing in all_of(items.where, *form.COLUMNS):
        assert (key, provision, item, whole) not in found, "an item is there twice"
        found[key, provision, item, whole] = (*rest, same_codes(missing))
    paid = {each.name: where for each in program.provisions if (where := items.where[each.name]).startswith("set off")}
    for key, provision, item, whole, *amounts_paid in all_of(
        paid, "key", "provision", "item", "whole", "paid", "payable"
    ):
        if not whole:
            found[key, provision, item, whole] += tuple(amounts_paid)
    if unmatched is not None:
        found["unmatched"] = sorted(engine.ask(select(col("key"), col("payment")).from_(step(unmatched))))
    after: dict[Any, list[Any]] = {}
    for where in snapshots:
        for key, provision, item, amount in all_of(where, "key", "provision", "item", "amount"):
            after.setdefault((key, provision, item), []).append(amount)
    return found, after


def expected(program: ir.Program, of: Sequence[Enterprise]) -> tuple[dict[Any, Any], dict[Any, list[Any]]]:
    after: dict[Any, list[Any]] = {}
    for each in of:
        env = each.env(program, READINGS)
        for adjustment in program.adjustments:
            between.adjust(adjustment, each.drafts, env)
            for number, draft in enumerate(each.drafts):
                for case in [*draft.cases, *([draft.rest] if draft.rest else [])]:
                    after.setdefault((each.key, number, case.item.index), []).append(fen(case.item.amount))
    unmatched = []
    for each in of:
        met_none = payments.set_off(each.drafts, each.env(program, READINGS))
        unmatched += [(each.key, payment.index) for payment in met_none]
    found: dict[Any, Any] = {"unmatched": unmatched} if program.offset else {}
    for each in of:
        paid_out = {number for number, draft in enumerate(each.drafts) if draft.provision.nature in PAID}
        for key, provision, item, whole, *rest in rows(each, ()):
            found[key, provision, item, whole] = tuple(rest)
            if provision in paid_out and not whole:
                case = next(case for case in each.drafts[provision].cases if case.item.index == item)
                found[key, provision, item, whole] += in_fen(case.item.paid), in_fen(case.item.payable)
    return found, after


def in_fen(amount: Any) -> Decimal | None:
    return None if amount is None else Decimal(int(amount * 10_000)) / 100


def first_difference(seeds: range, count: int = 60, engine: Callable[[], Engine] = DuckDB) -> Any:
    for seed in seeds:
        program = random_policy(seed)
        doubt = (0.0, 0.1, 0.3)[seed % 3]
        with closing(engine()) as opened:
            found, after = run(opened, program, enterprises(seed, count, doubt))
        promised, steps = expected(program, enterprises(seed, count, doubt))
        if found.keys() != promised.keys():
            return seed, program.adjustments, found.keys() ^ promised.keys()
        for key in promised:
            if found[key] != promised[key]:
                return seed, program.adjustments, key, found[key], promised[key]
            if key != "unmatched" and after[key[:3]] != steps[key[:3]]:
                return seed, program.adjustments, key, after[key[:3]], steps[key[:3]]
    return None


def test_steps_agree_with_the_reference() -> None:
    assert first_difference(range(12)) is None


def test_they_do_in_postgres(postgres: str) -> None:
    assert first_difference(range(4), engine=lambda: Postgres(postgres)) is None


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "what may belong to a group takes nothing there": lambda patch: patch.setattr(groups, "union", lambda parts: parts[0]),
    "event days do not order": lambda patch: patch.setattr(ceilings, "in_order", lambda by_day: in_order(False)),
    "it is not said what a rival is missing": lambda patch: patch.setattr(settle, "codes", lambda own, others: own),
    "an unbounded amount has bounds": lambda patch: patch.setattr(highest, "unbounded", lambda most: exp.false()),
    "items of one provision are rivals of none": lambda patch: patch.setattr(
        settle, "when", lambda condition, then, otherwise=None: otherwise or parts.when(condition, then)
    ),
    "a limit that counts counts what is open": lambda patch: patch.setattr(ceilings, "_count", uncounted),
    "what is taken off is all taken off the first": lambda patch: patch.setattr(deductions, "wide", lambda each: exp.Literal.number(0)),
    "payments meet all days of a year": lambda patch: patch.setitem(payment_steps.PARTS, "date", ("YEAR",)),
    "what is not decided is paid first": lambda patch: patch.setattr(payment_steps, "ERROR", form.GRANTED),
    "what is left belongs to none": lambda patch: patch.setattr(payment_steps, "at_least_0", lambda left: exp.Literal.number(0)),
}  # fmt: skip


def uncounted(places: Any, hint: str, limit: ceilings.Counting) -> None:
    ceilings.look_up(places, hint, limit(places.name, places.group), "limit")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    assert first_difference(range(40)) is not None
