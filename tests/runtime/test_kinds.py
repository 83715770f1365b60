"""Rules that are no awards, and the status of a measure."""

import pytest

from fayan_runtime import ir
from tests.runtime.programs import (
    EARLY,
    LOCAL,
    NO,
    NUMBER,
    award,
    compare,
    decided,
    fact,
    facts,
    lacking,
    other,
    over,
    program,
    provision,
    row,
)

KINDS = [
    ("discretionary", {"must": LOCAL}, {"区内企业": True}, "discretionary"),
    ("discretionary", {"must": LOCAL}, {"区内企业": False}, "denied"),
    ("discretionary", {"must": LOCAL}, {}, "unknown"),
    ("discretionary", {"must": compare(over(1, 0), ">", 0)}, {}, "error"),
    ("discretionary", {"among": LOCAL, "must": fact("初创企业")}, {"区内企业": False}, "not_applicable"),
    ("discretionary", {"among": LOCAL, "must": fact("初创企业")}, {"初创企业": False}, "denied"),
    ("discretionary", {}, {}, "discretionary"),
    ("selection", {"must": LOCAL, "chosen": fact("初创企业")}, {"区内企业": True, "初创企业": True}, "granted"),
    ("selection", {"must": LOCAL, "chosen": fact("初创企业")}, {"区内企业": True, "初创企业": False}, "discretionary"),
    ("selection", {"must": LOCAL, "chosen": fact("初创企业")}, {"区内企业": True}, "discretionary"),
    ("selection", {"must": LOCAL, "chosen": fact("初创企业")}, {"区内企业": False, "初创企业": True}, "denied"),
    ("selection", {"must": LOCAL, "chosen": fact("初创企业")}, {"初创企业": True}, "unknown"),
    ("duty", {}, {}, "duty"),
    ("duty", {"checks": LOCAL}, {"区内企业": True}, "duty_met"),
    ("duty", {"checks": LOCAL}, {"区内企业": False}, "duty_unmet"),
    ("duty", {"checks": LOCAL}, {}, "unknown"),
    ("duty", {"among": LOCAL, "checks": fact("初创企业")}, {"区内企业": False}, "not_applicable"),
    ("duty", {"among": LOCAL, "checks": fact("初创企业")}, {"初创企业": False}, "unknown"),
    ("duty", {"among": LOCAL}, {}, "unknown"),
    ("target", {"goal": compare(fact("企业数", NUMBER, "全区"), ">=", 180)}, {}, "target"),
    ("target", {"goal": compare(fact("产值", NUMBER), ">=", 180)}, {"产值": 180}, "target_met"),
    ("target", {"goal": compare(fact("产值", NUMBER), ">=", 180)}, {"产值": 179}, "target_unmet"),
    ("target", {"goal": compare(over(1, 0), ">", 0)}, {}, "error"),
    ("target", {}, {}, "target"),
]


@pytest.mark.parametrize(("kind", "rule", "known", "status"), KINDS)
def test_other_kinds(kind, rule, known, status):
    found = provision(decided(program(other(kind, **rule)), facts(**known)), "某项")
    assert (found.status, found.exact_amount, found.exact_paid, found.exact_payable) == (status, None, None, None)
    waiting = status == "discretionary" and "chosen" in rule and "初创企业" not in known  # perhaps chosen already
    assert found.complete is (status not in ("unknown", "error") and not waiting)
    assert bool(found.missing) is (status == "unknown" or (status == "target" and "goal" in rule) or waiting)


def test_a_target_wants_the_districts_figures():
    goal = compare(fact("企业数", NUMBER, "全区"), ">=", 180)
    found = provision(decided(program(other("target", goal=goal)), facts()), "某项")
    assert lacking(found) == ["全区.企业数"]
    assert [(reason.role, reason.condition, reason.holds) for reason in found.reasons] == [("goal", "某项", None)]
    assert (
        provision(decided(program(other("target", goal=goal)), facts({"企业数": 180})), "某项").status == "target_met"
    )


def test_the_status_of_a_measure():
    rules = (
        other("duty", "职责一", measure=1),
        other("target", "目标一", measure=1),
        other("duty", "职责二", measure=2),
        other("discretionary", "支持", measure=2, must=LOCAL),
        award("认定", "认定记录", measure=2),
        award("认定", "认定记录", measure=3, must=NO),
        other("discretionary", "支持", measure=3, among=NO),
    )
    known = facts(区内企业=True, 认定记录=[row(EARLY)])
    policy = program(*rules)
    policy = program(*rules, measures=(*policy.measures, ir.Measure(
        number=4, title="原文未见", chapter="", responsible=(), passages=()
    )))  # fmt: skip
    assert {number: each.status for number, each in decided(policy, known).measures.items()} == {
        1: "duty",
        2: "granted",
        3: "denied",
        4: "not_applicable",
    }
    assert decided(policy, facts(区内企业=True, 认定记录=[])).measures[2].status == "discretionary"
    assert decided(policy, facts(区内企业=False, 认定记录=[])).measures[2].status == "denied"
