from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Any

import pytest

from fayan.facts_file import read_facts
from fayan.policy import load, loads
from fayan_runtime import ir
from fayan_runtime.outcome import Outcome
from fayan_runtime.reference import decide
from fayan_runtime.report import Decision
from fayan_runtime.values import Facts
from tests.places import ROOT

POLICY = "policies/yubei_2024.pol"
Deciding = Callable[..., Decision]


@cache
def compiled() -> ir.Program:
    return load(ROOT / POLICY).program


@pytest.fixture
def program() -> ir.Program:
    return compiled()


def decided(program: ir.Program, facts: dict[str, Any], on: date, readings: dict[str, str] | None = None) -> Decision:
    """By the reference interpreter."""
    checked, problems = read_facts({"企业": {"企业名称": "甲公司"} | facts}, program)
    assert checked is not None, problems
    chosen = {each.id: each.options[0][0] for each in program.readings if each.options} | (readings or {})

    def execute(facts: Facts, on: date, readings: dict[str, str], measures: Collection[int] | None = None) -> Outcome:
        return decide(program, facts, on, readings, measures)

    return Decision(program, POLICY, checked, on, chosen, execute(checked, on, chosen), execute)


@pytest.fixture
def deciding() -> Deciding:
    """Facts under 企业 → decision on the reference policy."""

    def run(on: date = date(2025, 12, 31), readings: dict[str, str] | None = None, **facts: Any) -> Decision:
        return decided(compiled(), facts, on, readings)

    return run


@pytest.fixture
def deciding_on() -> Deciding:
    """The text of a policy and facts under 企业 → decision."""

    def run(text: str, on: date = date(2025, 12, 31), **facts: Any) -> Decision:
        return decided(loads(text, "甲.pol").program, facts, on)

    return run
