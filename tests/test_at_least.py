"""“At least” is true: whatever the facts that are not known turn out to be, no provision comes to less, and what is complete stays.

Programs are decided with facts missing, then again many times with the gaps filled by random values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fayan_runtime import between, ir, reference
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.derive import complete
from fayan_runtime.outcome import Outcome
from fayan_runtime.values import Absent, Facts
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.runtime import programs as small

fixed = settings(derandomize=True, database=None, deadline=None, max_examples=200)
ON = schema.DATES[6]


#: Gives the value of a declared fact, or of a field of a row, that was not known.
Give = Callable[[ir.FactDecl], Any]


def filled(facts: Facts, scopes: tuple[ir.Scope, ...], give: Give) -> Facts:
    """The same facts, with everything that is not known given."""

    def row(fact: ir.FactDecl, known: dict[str, Any]) -> dict[str, Any]:
        return {
            each.name: give(each) if isinstance(known[each.name], Absent) else known[each.name] for each in fact.fields
        }

    def fill(fact: ir.FactDecl, known: Any) -> Any:
        if isinstance(known, Absent):
            return give(fact)
        if fact.series:
            return {year: row(fact, known[year]) for year in known}
        return [row(fact, each) for each in known] if fact.is_list else known

    known = facts.scopes
    given = {each.name: {fact.name: fill(fact, known[each.name][fact.name]) for fact in each.facts} for each in scopes}
    return Facts(given, facts.subject)


def less(bound: Outcome, outcome: Outcome) -> object:
    """Where an outcome falls short of what was promised; None where it does not."""
    for promised, found in zip(bound.provisions(), outcome.provisions(), strict=True):
        if (promised.exact_amount or 0) > (found.exact_amount or 0):
            return "amount", promised, found
        if None not in (promised.exact_payable, found.exact_payable) and promised.exact_payable > found.exact_payable:  # type: ignore[operator]
            return "payable", promised, found
        if promised.complete and promised.exact_amount is not None and sums(promised) != sums(found):
            return "complete", promised, found
    return None


def sums(of: ProvisionDecision) -> tuple[object, ...]:
    return of.exact_amount, of.exact_payable, of.complete


def falls_short(program: ir.Program, facts: Facts, readings: dict[str, str], gives: Iterable[Give]) -> object:
    bound = reference.decide(program, facts, ON, readings)
    facts = complete(program, facts, ON, readings)  # what follows from the facts is not free to be anything
    outcomes = (reference.decide(program, filled(facts, program.scopes, give), ON, readings) for give in gives)
    return next((found for found in (less(bound, each) for each in outcomes) if found), None)


# ---------------------------------------------------------------- random programs of every kind


def random_case(seed: int, size: int, depth: int, doubt: float, times: int = 12) -> object:
    def giver(number: int) -> Give:
        source = random_facts.Giver(Random(number), 0.0, schema.POOLS, random_facts.PAID)
        return lambda fact: source.fact(fact, 0, "")

    program = programs.random_program(seed, size, depth)
    facts, readings = random_facts.random_facts(seed, doubt), random_facts.random_readings(program, seed)
    return falls_short(program, facts, readings, (giver(number) for number in range(times)))


@fixed
@given(programs.seeds, st.integers(2, 6), st.integers(0, 3), st.sampled_from([0.05, 0.1, 0.2, 0.3]))
def test_no_provision_of_a_random_program_comes_to_less(seed: int, size: int, depth: int, doubt: float) -> None:
    assert random_case(seed, size, depth, doubt) is None


# ---------------------------------------------------------------- small programs, where items are always in each other's way
AMOUNTS, DAYS = (0, 200, 360, 500), (date(2024, 12, 20), date(2025, 1, 10), date(2025, 3, 10))
POOLS: dict[str, tuple[Any, ...]] = {
    "日期": DAYS,
    "金额": AMOUNTS,
    "级别": small.LEVELS,
    "区内企业": (True, True, False),
}
POOLS |= {"事项": ("甲", "乙"), "措施": (5,), "依据": ("",)}
LISTS = ("认定记录", "复核记录", "已兑付")


def small_case(seed: int, times: int = 12) -> object:
    random = Random(seed)
    local = small.fact("区内企业")
    rules = (small.award("甲", "认定记录", must=local), small.award("乙", "复核记录"), small.award("丙", "认定记录"))
    between = [
        small.ceiling(500, "甲", "乙"), small.ceiling(600, "丙", "甲", per_year=True), small.ceiling(300, "乙", by_date=True),
        small.ceiling(400, "甲", "乙", keys=(("级别", small.YES),)), small.highest("cumulative", "甲", "乙"),
        small.highest("yearly", "甲", "乙"), small.deduct("丙", "甲", "乙"), small.deduct("甲", "乙"),
    ]  # fmt: skip
    program = small.program(
        *rules, adjustments=tuple(random.sample(between, random.randint(1, 3))), offset=small.OFFSET
    )

    def value(fact: ir.FactDecl, random: Random) -> Any:
        if fact.is_list:
            rows = range(random.randint(0, 2))
            return [{each.name: value(each, random) for each in fact.fields} for _ in rows]
        return random.choice(POOLS.get(fact.name, (0,)))

    def row(fact: ir.FactDecl) -> dict[str, Any]:
        return {each.name: value(each, random) for each in fact.fields if random.random() < 0.85}

    declared = {fact.name: fact for fact in program.scopes[0].facts}
    known: dict[str, Any] = {
        name: [row(declared[name]) for _ in range(random.randint(1, 3))] for name in LISTS if random.random() < 0.9
    }
    facts = small.facts(**known, **({"区内企业": True} if random.random() < 0.7 else {}))
    gives = (partial(value, random=Random(number)) for number in range(times))
    return falls_short(program, facts, {"R1": "a", "R2": "a"}, gives)


@settings(fixed, max_examples=500)
@given(programs.seeds)
def test_no_provision_of_a_small_program_comes_to_less(seed: int) -> None:
    assert small_case(seed) is None


# ---------------------------------------------------------------- the harness notices


def first_short() -> object:
    return next((found for found in map(small_case, range(400)) if found), None)


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "what is not known takes nothing": lambda patch: patch.setattr(
        between, "settle", lambda places, share, rivals, *rest: right_settle(places, share, lambda *_: False, *rest)
    ),
    "payments for open items are forgotten": lambda patch: patch.setattr(
        reference, "paid_elsewhere", lambda cases: 0
    ),
}  # fmt: skip
right_settle = between.settle


def test_no_fault_no_less() -> None:
    assert first_short() is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    assert first_short() is not None
