"""The relational plan gives what the reference gives: on random programs and populations, and on the reference policy.

One query decides many enterprises, so a program is asked about hundreds of them; of the 20,000 of one run each is decided by the
reference, by the closure and by DuckDB. (``test_engines`` asks PostgreSQL and Spark.)
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from attrs import evolve

from fayan.population import by_closure
from fayan.population.by_duckdb import execute
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
from tests.relational.harness import (
    REAL,
    Case,
    difference,
    in_closure,
    in_duckdb,
    in_reference,
    policy_case,
    random_case,
    tables,
)
from tests.relational.population import Decided

#: Programs and enterprises of one run: 20,000 together with those of the policy.
PROGRAMS, EACH = 24, 813
PARTS = 4
#: Readings and days of the policy in one run, and enterprises with each.
CASES, OF_POLICY = 2, 250


@pytest.mark.parametrize("part", range(PARTS))
def test_random_programs_are_decided_alike(part: int) -> None:
    for seed in range(part, PROGRAMS, PARTS):
        assert difference(random_case(seed, EACH), in_reference, in_closure, in_duckdb) is None, seed


def test_the_reference_policy_is_decided_alike() -> None:
    seen: dict[str, set[object]] = {}
    for seed in range(CASES):
        case = policy_case(seed, OF_POLICY)
        decided = in_closure(case)
        assert difference(case, in_reference, lambda _, decided=decided: decided, in_duckdb, overflowing=0) is None, (
            seed
        )
        for place, row in decided[0].items():
            if len(place) == 2:
                seen.setdefault(str(place[1]), set()).add(row[2])
    awards = {each.name for each in REAL.provisions if each.kind == "award"}
    assert {name for name in awards if not seen[name] >= {"granted", "unknown", "not_applicable"}} == set()


def test_without_reasons_a_plan_gives_the_same_statuses_and_amounts() -> None:
    columns = '"统一社会信用代码", "事项", "状态", "金额", "已付", "应付", "完整"'
    for seed in (4, 10, 22):
        case = evolve(random_case(seed, 100), measures=(1, 2))
        program, given = case.program, []
        with tables(case) as base:
            for told in (True, False):
                made = make_plan(program, case.on, case.readings, case.measures, reasons=told)
                assert (ITEMS in made.results) is (told and any(each.kind == "award" for each in program.provisions))
                execute(base, made)
                given.append(base.execute(f"SELECT {columns} FROM {DECISIONS} ORDER BY ALL").fetchall())
        assert given[0] == given[1] != []


# ---------------------------------------------------------------- the harness notices


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


#: What is planted, and a random program in which it makes a difference.
FAULTS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], None]]] = {
    "超过 counts the boundary": (17, lowered(ir.Compare, lambda expr: evolve(expr, op=">=") if expr.op == ">" else expr)),
    "or as and": (9, replaced(sql, "either", sql.both)),
    "a term added instead of taken off": (17, lowered(ir.Add, lambda expr: evolve(expr, signs=tuple(1 for _ in expr.signs)))),
    "some and every": (24, lowered(ir.Query, lambda expr: evolve(expr, kind="every") if expr.kind == "some" else expr)),
    "an error is not known": (12, replaced(logic, "strict", lambda operands, made, kind: evolve(logic.truth(True), const=logic.VARIES, sql=made, unknown=True))),
    "what one side lacks is forgotten": (12, changed(logic, "strict", lambda value: evolve(value, lacks=None))),
    "division by zero is not known": (8, changed(arithmetic, "divided", lambda value: evolve(value, error=None))),
    "the arms of a choice never agree": (9, replaced(choices, "alike", lambda low, one, other: sql.FALSE)),
    "what can be worked out is not": (2, replaced(derived, "_taken", lambda low, found: sql.FALSE)),
    "amounts cut off": (12, changed(awards, "in_fen", lambda value: evolve(value, sql=arithmetic.exp.Mul(this=arithmetic.exp.IntDiv(this=value.sql.copy(), expression=sql.literal(100)), expression=sql.literal(100))))),
    "a list that is not known is empty": (24, replaced(lists, "list_known", lambda low, name: lists.of_bool(sql.TRUE))),
    "none of several is the first": (4, changed(lists, "_aggregate", lambda value: evolve(value, error=None))),
    "what does not hold is not known": (18, replaced(reasons, "FALSE", reasons.UNKNOWN)),
    "items that are open count": (12, replaced(conclude, "GRANTED", 1)),
    "a measure that was not asked for": (28, replaced(plan.Planner, "asked", lambda planner, provision: True)),
}  # fmt: skip


@cache
def right(seed: int) -> tuple[Case, tuple[Decided, set[str]]]:
    case = random_case(seed, 60)
    return case, in_closure(case)


@pytest.mark.parametrize("seed", sorted({seed for seed, _ in FAULTS.values()}))
def test_no_fault_no_difference(seed: int) -> None:
    case, promised = right(seed)
    assert difference(case, lambda case: promised, in_duckdb) is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By another row: a query that cannot be executed shows nothing."""
    seed, plant = FAULTS[fault]
    case, promised = right(seed)
    plant(monkeypatch)
    assert difference(case, lambda case: promised, in_duckdb) is not None


def test_amounts_cut_off_where_they_are_written_down_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A payment of 0.035元 leaves half a 分."""
    case = random_case(4, 60)
    assert difference(case, in_reference, in_closure) is None
    cut = lambda amount: None if amount is None else Decimal(int(amount * 100)) / 100  # noqa: E731
    monkeypatch.setattr(by_closure, "money", cut)
    assert difference(case, in_reference, in_closure) is not None


@pytest.mark.soak
def test_many_are_decided_alike() -> None:
    for seed in range(100, 300):
        assert difference(random_case(seed, 500), in_reference, in_closure, in_duckdb) is None, seed
    for seed in range(10, 30):
        assert difference(policy_case(seed, 1000), in_reference, in_closure, in_duckdb) is None, seed
