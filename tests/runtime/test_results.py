"""Reasons as numbers and back."""

from __future__ import annotations

import pytest

from fayan_runtime import ir, results
from fayan_runtime.decision import Item, ProvisionDecision, Reason
from fayan_runtime.reference import decide
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.randomly.schema import BOOL


def holds(name: str) -> ir.Condition:
    return ir.Condition(name=name, expr=ir.Const(type=BOOL, value=True))


def day(value: int) -> ir.Const:
    return ir.Const(type=ir.Type("date"), value=schema.DATES[value])


def told(reason: Reason) -> tuple[str, str, str]:
    outcome = {True: "true", False: "false", None: "error" if reason.error else "unknown"}[reason.holds]
    return reason.role, reason.condition, outcome


@pytest.mark.parametrize("seed", range(60))
def test_the_code_of_a_reason_says_what_the_reason_says(seed: int) -> None:
    program = programs.random_program(seed, 1 + seed % 6, seed % 5)
    facts = random_facts.random_facts(seed, 0.2)
    outcome = decide(program, facts, schema.DATES[6], random_facts.random_readings(program, seed))
    for provision in program.provisions:
        decision = outcome.measures[provision.measure].provisions[provision.name]
        codes = results.encode(provision, decision)
        decoded = [(role, each.name, out) for code in codes for role, each, out in results.decode(provision, code)]
        assert decoded == [told(reason) for reason in decision.reasons]


def test_two_bits_for_each_condition_of_each_item() -> None:
    """Event, among, must, amount: 00 holds, 01 does not, 10 not known, 11 cannot be computed; the first in the lowest bits."""
    provision = ir.Provision(
        measure=1,
        name="甲",
        kind="award",
        each="记录",
        on=day(0),
        amount=day(0),
        among=(holds("对象"),),
        must=(holds("条件"),),
    )
    decision = ProvisionDecision(1, "甲", "unknown", "cash", "")
    decision.items = [Item(f"记录[{i}]", "", i, None, "unknown") for i in (0, 2)]

    def reason(item: int, role: str, holds: bool | None, error: str = "") -> Reason:
        return Reason("", holds, f"记录[{item}]", role, "", 1, error=error)

    decision.reasons = [
        *(reason(0, "event", None), reason(0, "among", True), reason(0, "must", False)),
        *(reason(2, "among", None, "no-value"), reason(2, "must", True), reason(2, "amount", None)),
    ]
    assert results.encode(provision, decision) == [[0b00_01_00_10], [0b10_00_11_00]]


def test_more_conditions_than_an_integer_holds() -> None:
    """31 to a word: the 32nd condition is the lowest two bits of the second."""
    provision = ir.Provision(measure=1, name="甲", kind="duty", checks=tuple(holds(str(i)) for i in range(32)))
    decision = ProvisionDecision(1, "甲", "duty_unmet", "", "")
    decision.reasons = [Reason(str(i), i not in (30, 31), "", "check", "", 1) for i in range(32)]
    code = [1 << 60, 1]
    assert results.encode(provision, decision) == [code]
    assert [each.name for _, each, outcome in results.decode(provision, code) if outcome == "false"] == ["30", "31"]


def test_the_place_of_an_item() -> None:
    stages = tuple(ir.Stage(name=name, amount=day(0), on=day(0), of=f"{name}日期") for name in ("受理", "上市"))
    assert results.place_of(ir.Provision(measure=1, name="甲", kind="award", stages=stages), 1) == ("", "上市")
    assert results.place_of(ir.Provision(measure=1, name="甲", kind="award", each="租赁"), 3) == ("租赁[3]", "")
    assert results.place_of(ir.Provision(measure=1, name="甲", kind="award"), 0) == ("", "")
