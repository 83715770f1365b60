"""examples/专项资金.pol, an invented policy that uses what the reference policy has no need of: its own examples, under both executions."""

from __future__ import annotations

import pytest

import fayan
from fayan.examples import trial
from fayan_compiler.examples import compile_examples
from fayan_runtime.reference import decide
from tests.places import ROOT
from tests.test_agree import difference


@pytest.fixture(scope="module")
def policy() -> fayan.Policy:
    return fayan.load(ROOT / "examples" / "专项资金.pol")


def test_every_example_holds(policy: fayan.Policy) -> None:
    report = trial.run(policy)
    assert [failure for each in report.trials for failure in each.failures] == []


def test_the_reference_gives_the_same(policy: fayan.Policy) -> None:
    cases, problems = compile_examples(policy.tree, policy.program)
    assert not problems and len(cases) > 3
    for case in cases:
        decision = policy.decide(case.facts, case.on, case.readings)
        found = decide(policy.program, case.facts, case.on, decision.readings)
        assert difference(found, decision.outcome) is None
