"""The relational plan gives what the reference gives: on random programs and populations, and on the reference policy.

One query decides many enterprises, so each program is held to the closure (which is held to the reference) on hundreds of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from attrs import evolve

import fayan
from fayan.population.by_duckdb import execute
from fayan_compiler.targets.closure import compile_closure
from fayan_compiler.targets.relational import (
    arithmetic,
    awards,
    choices,
    conclude,
    derived,
    lists,
    logic,
    plan,
    reasons,
    sql,
)
from fayan_compiler.targets.relational.lower import LOWER
from fayan_compiler.targets.relational.plan import make_plan
from fayan_runtime import ir
from fayan_runtime.results import DECISIONS, ITEMS
from fayan_runtime.values import Facts
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.relational.population import decided, enterprises, expected, load, with_money

POLICY = Path(__file__).parent.parent.parent / "policies" / "yubei_2024.pol"
#: Programs and enterprises of one run: 20,000 together with those of the policy.
PROGRAMS, EACH = 12, 1600


def difference(
    program: ir.Program,
    population: Mapping[str, Facts],
    on: date,
    readings: dict[str, str],
    measures: Collection[int] | None = None,
) -> tuple[object, int]:
    """The first row in which they differ, None where they are alike; and how many enterprises overflow."""
    base = duckdb.connect()
    base.execute("SET threads = 1")
    load(base, program, population)
    made = make_plan(program, on, readings, measures)
    execute(base, made)
    found, overflowing = decided(base, program, made)
    base.close()
    closure = compile_closure(program)
    for key, facts in population.items():
        if key not in overflowing:
            for place, row in expected(program, key, closure.decide(facts, on, readings, measures)).items():
                if found.pop(place, None) != row:
                    return (place, row), len(overflowing)
    return next((each for each in found.items() if each[0][0] not in overflowing), None), len(overflowing)


def of_random(seed: int, count: int) -> tuple[object, int]:
    program = with_money(programs.random_program(seed, 1 + seed % 6, seed % 5))
    on = (schema.DATES[2], schema.DATES[4], schema.DATES[6])[seed % 3]
    readings = random_facts.random_readings(program, seed)
    measures = {1, 2} if seed % 7 == 0 else None
    return difference(program, enterprises(schema.SCOPES, seed, count), on, readings, measures)


def test_random_programs_are_decided_alike() -> None:
    overflowing = 0
    for seed in range(PROGRAMS):
        found, lost = of_random(seed, EACH)
        assert found is None, seed
        overflowing += lost
    assert overflowing < PROGRAMS * EACH / 100


def test_without_reasons_a_plan_gives_the_same_statuses_and_amounts() -> None:
    columns = '"统一社会信用代码", "事项", "状态", "金额", "已付", "应付", "完整"'
    for seed in (4, 10, 22):
        program = with_money(programs.random_program(seed, 1 + seed % 6, seed % 5))
        base = duckdb.connect()
        load(base, program, enterprises(schema.SCOPES, seed, 100))
        given = []
        for told in (True, False):
            made = make_plan(
                program, schema.DATES[4], random_facts.random_readings(program, seed), {1, 2}, reasons=told
            )
            assert (ITEMS in made.results) is (told and any(each.kind == "award" for each in program.provisions))
            execute(base, made)
            given.append(base.execute(f"SELECT {columns} FROM {DECISIONS} ORDER BY ALL").fetchall())
        base.close()
        assert given[0] == given[1] != []


# ---------------------------------------------------------------- the harness notices


def first_difference() -> object:
    """The first difference that a fixed run of random programs shows; None where there is none."""
    return next((found for seed in SEEDS if (found := of_random(seed, 60)[0]) is not None), None)


#: Programs that have something of everything.
SEEDS = (4, 10, 9, 15, 3, 14, 17, 5, 8, 19, 21, 22, 23, 26)


def lowered(node: type, change: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in how one kind of node is lowered: as if it were another node."""
    right = LOWER[node]
    return lambda patch: patch.setitem(LOWER, node, lambda low, expr, env: right(low, change(expr), env))


def replaced(module: Any, name: str, wrong: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, name, wrong)


def changed(module: Any, name: str, change: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in what a function gives."""
    right = getattr(module, name)
    return lambda patch: patch.setattr(module, name, lambda *args, **named: change(right(*args, **named)))


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "超过 counts the boundary": lowered(ir.Compare, lambda expr: evolve(expr, op=">=") if expr.op == ">" else expr),
    "or as and": replaced(sql, "either", sql.both),
    "a term added instead of taken off": lowered(ir.Add, lambda expr: evolve(expr, signs=tuple(1 for _ in expr.signs))),
    "some and every": lowered(ir.Query, lambda expr: evolve(expr, kind="every") if expr.kind == "some" else expr),
    "an error is not known": replaced(logic, "strict", lambda operands, made, kind: evolve(logic.truth(True), const=logic.VARIES, sql=made, unknown=True)),
    "what one side lacks is forgotten": changed(logic, "strict", lambda value: evolve(value, lacks=None)),
    "division by zero is not known": changed(arithmetic, "divided", lambda value: evolve(value, error=None)),
    "the arms of a choice never agree": replaced(choices, "alike", lambda low, one, other: sql.FALSE),
    "what can be worked out is not": replaced(derived, "_taken", lambda low, found: sql.FALSE),
    "amounts cut off": changed(awards, "in_fen", lambda value: evolve(value, sql=arithmetic.exp.Mul(this=arithmetic.exp.IntDiv(this=value.sql.copy(), expression=sql.literal(100)), expression=sql.literal(100)))),
    "a list that is not known is empty": replaced(lists, "list_known", lambda low, name: lists.of_bool(sql.TRUE)),
    "none of several is the first": changed(lists, "_aggregate", lambda value: evolve(value, error=None)),
    "what does not hold is not known": replaced(reasons, "FALSE", reasons.UNKNOWN),
    "items that are open count": replaced(conclude, "GRANTED", 1),
    "a measure that was not asked for": replaced(plan.Planner, "asked", lambda planner, provision: True),
}  # fmt: skip


@pytest.mark.soak
def test_no_fault_no_difference() -> None:
    assert first_difference() is None


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong row, or a query that cannot be executed at all."""
    FAULTS[fault](monkeypatch)
    try:
        assert first_difference() is not None
    except duckdb.Error:
        return


# ---------------------------------------------------------------- the reference policy

REAL = fayan.load(POLICY)
#: Readings, days and seeds of one run.
CASES = 2


def of_policy(seed: int, count: int) -> tuple[object, int]:
    program = REAL.program
    readings = random_facts.random_readings(program, seed) if seed else first_options(program)
    on = date.fromisoformat(("2025-12-31", "2026-06-30", "2024-12-12")[seed % 3])
    return difference(program, enterprises(program.scopes, seed, count, *policy_pools(program)), on, readings)


def policy_pools(program: ir.Program) -> tuple[Mapping[str, Any], list[tuple[int, str]]]:
    """What random facts of a real policy are taken from, and what payments are for."""
    enums = {each.name: each.members for each in program.enums}
    paid = [(each.measure, each.name) for each in program.provisions if each.nature in ("cash", "relief")]
    return {**random_facts.REAL_POOLS, **enums, "number": (0, 1, 3, 5, 180, 23)}, paid


def first_options(program: ir.Program) -> dict[str, str]:
    return {each.id: each.options[0][0] for each in program.readings if not each.uncomputed}


def test_the_reference_policy_is_decided_alike() -> None:
    for seed in range(CASES):
        assert of_policy(seed, 400) == (None, 0), seed
