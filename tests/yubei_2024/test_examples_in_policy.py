"""The examples in the reference policy hold, and put all of it to the test."""

from __future__ import annotations

import fayan
from fayan.examples import trial
from fayan.examples.coverage_page import Share


def test_the_examples_hold_and_try_every_condition_and_branch(policy: fayan.Policy) -> None:
    report = trial.run(policy)
    assert [(trial.case.title, trial.failures) for trial in report.trials if trial.failures] == []
    assert [(goal.of.line, goal.of.text, goal.outcome) for goal in report.coverage.goals if not goal.covered] == []
    assert Share.of(report.coverage).total > 300
