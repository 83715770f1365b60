"""What a rule gives for each item: statuses, stages, event days, rounding, what is missing. All amounts by hand."""

from datetime import date
from fractions import Fraction

import pytest

from fayan_runtime import ir
from fayan_runtime.decision import paths
from tests.runtime.programs import (
    BEFORE,
    DATE,
    EARLY,
    LATE,
    LEVEL,
    LOCAL,
    MIDDLE,
    MONEY,
    OFFSET,
    ON,
    STAGED,
    amounts,
    award,
    choose,
    compare,
    const,
    decided,
    fact,
    facts,
    lacking,
    lease,
    of,
    optional,
    other,
    over,
    program,
    provision,
    row,
)


def test_an_award_for_each_item():
    outcome = decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY), row(MIDDLE, 500_000)]))
    found = provision(outcome)
    assert (found.status, found.exact_amount, found.complete, found.missing) == ("granted", 600_000, True, [])
    assert [(item.of, item.date, item.uncapped) for item in found.items] == [
        ("认定记录[0]", EARLY, 100_000),
        ("认定记录[1]", MIDDLE, 500_000),
    ]
    assert str(found.amount) == "600000.00"


def test_event_days_up_to_the_assessment_count():
    records = facts(认定记录=[row(ON), row(date(2025, 7, 1))])
    assert amounts(decided(program(award("认定", "认定记录")), records), "认定") == [100_000]


def test_an_item_left_out_by_among_is_no_item_even_if_more_is_unknown():
    rule = award("认定", "认定记录", among=compare(of("级别", LEVEL), "==", "国家"), must=LOCAL)
    outcome = decided(program(rule), facts(认定记录=[{"级别": "市级"}]))
    assert (provision(outcome).status, provision(outcome).items) == ("not_applicable", [])
    assert provision(outcome).missing == []


def test_a_failing_must_denies_even_if_something_earlier_is_unknown():
    rule = award("认定", "认定记录", among=compare(of("级别", LEVEL), "==", "国家"), must=(LOCAL, fact("初创企业")))
    found = provision(decided(program(rule), facts(认定记录=[{"日期": EARLY}], 初创企业=False)))
    assert (found.status, found.exact_amount, lacking(found)) == ("denied", 0, [])
    assert [(reason.condition, reason.holds, reason.of) for reason in found.reasons] == [
        ("among0", None, "认定记录[0]"),
        ("must0", None, "认定记录[0]"),
        ("must1", False, "认定记录[0]"),
    ]
    assert found.reasons[2].quote == "must1的原文"
    assert [paths(reason.missing) for reason in found.reasons] == [["认定记录[0].级别"], ["区内企业"], []]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 12, 31), "not_in_force"),
        (date(2025, 1, 1), "granted"),
        (date(2025, 3, 31), "granted"),
        (date(2025, 4, 1), "not_in_force"),
    ],
)
def test_both_ends_of_a_period_are_in_force(day, status):
    period = ir.Period(start=const(date(2025, 1, 1)), end=const(date(2025, 3, 31)))
    outcome = decided(program(award("认定", "认定记录", periods=(period,))), facts(认定记录=[row(day)]))
    assert provision(outcome).items[0].status == status


def test_an_end_that_is_none_is_open_and_a_period_comes_before_a_failing_must():
    end = choose("R1", const(None, optional(DATE)), const(date(2025, 1, 31), optional(DATE)))
    end = ir.Choose(type=optional(DATE), reading="R1", arms=end.arms)
    policy = program(award("认定", "认定记录", must=LOCAL, periods=(ir.Period(start=None, end=end),)))
    known = facts(认定记录=[row(MIDDLE)], 区内企业=False)
    assert provision(decided(policy, known)).status == "denied"
    late = provision(decided(policy, known, R1="b"))
    assert late.status == "not_in_force"
    assert [(reason.role, reason.holds) for reason in late.reasons] == [("period", False), ("must", False)]


def test_unknown_before_error_and_what_is_missing():
    broken = compare(over(1, 0, line=8), ">", 0)
    policy = program(award("认定", "认定记录", must=(broken, LOCAL)))
    found = provision(decided(policy, facts(认定记录=[row(EARLY)])))
    assert (found.status, lacking(found), found.complete, found.exact_amount) == ("unknown", ["区内企业"], False, 0)
    failed = provision(decided(policy, facts(认定记录=[row(EARLY)], 区内企业=True)))
    assert (failed.status, lacking(failed), failed.complete) == ("error", [], False)
    assert failed.reasons[0].error == "division-by-zero"


def test_an_unknown_event_day():
    found = provision(decided(program(award("认定", "认定记录")), facts(认定记录=[{"金额": 1}])))
    assert (found.status, lacking(found), found.items[0].date) == ("unknown", ["认定记录[0].日期"], None)
    assert [(reason.role, reason.holds) for reason in found.reasons] == [("event", None)]


def test_an_amount_that_is_unknown_or_in_error():
    found = provision(decided(program(award("认定", "认定记录")), facts(认定记录=[{"日期": EARLY}])))
    assert (found.status, lacking(found), found.items[0].amount) == ("unknown", ["认定记录[0].金额"], None)
    failed = provision(
        decided(program(award("认定", "认定记录", amount=over(1, 0, line=8))), facts(认定记录=[row(EARLY)]))
    )
    assert failed.status == "error"
    assert [(reason.role, reason.error) for reason in failed.reasons] == [("amount", "division-by-zero")]


def test_a_list_that_is_not_known_or_empty():
    policy = program(award("认定", "认定记录"))
    unknown = provision(decided(policy, facts()))
    assert (unknown.status, lacking(unknown), unknown.complete, unknown.exact_amount) == (
        "unknown",
        ["认定记录"],
        False,
        0,
    )
    assert provision(decided(policy, facts(认定记录=[]))).status == "not_applicable"


def test_the_strongest_item_gives_the_status_and_granted_beside_unknown_is_not_complete():
    rule = award("认定", "认定记录", must=compare(of("级别", LEVEL), "==", "国家"))
    no_level = {"日期": EARLY, "金额": 9}
    found = provision(decided(program(rule), facts(认定记录=[row(EARLY, 5, "国家"), no_level, row(EARLY)])))
    assert [item.status for item in found.items] == ["granted", "unknown", "denied"]
    assert (found.status, found.complete, found.exact_amount) == ("granted", False, 5)
    assert lacking(found) == ["认定记录[1].级别"]
    weaker = provision(decided(program(rule), facts(认定记录=[no_level, row(EARLY)])))
    assert weaker.status == "unknown"


def test_missing_facts_stand_in_order_of_declaration():
    """Items decided already want nothing more; rows sort as numbers, not as text."""
    rule = award("认定", "认定记录", must=(fact("初创企业"), compare(of("级别", LEVEL), "==", "国家"), LOCAL))
    rows = [row(EARLY, 1, "国家")] * 2 + [row(EARLY)] + [{"日期": EARLY, "金额": 1}] * 8
    found = provision(decided(program(rule), facts(认定记录=rows)))
    assert lacking(found) == ["区内企业", "初创企业"] + [f"认定记录[{n}].级别" for n in range(3, 11)]


def test_before_the_policy_takes_effect_nothing_is_in_force():
    rules = (award("认定", "认定记录", measure=1), other("duty", measure=2))
    policy = program(*rules, offset=OFFSET)
    outcome = decided(policy, facts(认定记录=[row(BEFORE)], 已兑付=[]), on=date(2024, 12, 11))
    assert [measure.status for measure in outcome.measures.values()] == ["not_in_force", "not_in_force"]
    found = provision(outcome, measure=1)
    assert (found.items, found.exact_amount, found.exact_payable, found.complete) == ([], 0, 0, True)
    assert (
        decided(policy, facts(认定记录=[row(BEFORE)], 已兑付=[]), on=date(2024, 12, 12)).measures[1].status == "granted"
    )


def test_stages_count_once_reached():
    outcome = decided(program(STAGED), facts(验收日期=EARLY, 首发上市日期=None))
    assert [(item.of, item.name, item.date, item.amount) for item in provision(outcome, "上市").items] == [
        ("验收日期", "验收", EARLY, 2_000_000)
    ]
    unknown = provision(decided(program(STAGED), facts(首发上市日期=LATE)), "上市")
    assert [item.status for item in unknown.items] == ["unknown", "granted"]
    assert (lacking(unknown), unknown.exact_amount) == (["验收日期"], 3_000_000)
    assert provision(decided(program(STAGED), facts(验收日期=None, 首发上市日期=date(2025, 7, 1))), "上市").items == []


def test_an_award_without_items_of_its_own():
    rule = award("一次性", amount=const(5, MONEY), must=LOCAL)
    found = provision(decided(program(rule), facts(区内企业=True)), "一次性")
    assert [(item.of, item.date, item.amount) for item in found.items] == [("", None, 5)]
    dated = award("一次性", amount=const(5, MONEY), on=const(date(2025, 7, 1)))
    assert provision(decided(program(dated), facts()), "一次性").status == "not_applicable"


def test_items_of_a_year_or_month_happen_on_its_last_day():
    policy = program(award("租金", "租赁", nature="relief"), award("减征", "税费", nature="tax"))
    known = facts(
        租赁=[lease(2024, 7), lease(2025, 7)], 税费=[{"所属期": 2025 * 12 + 5, "金额": 3}, {"所属期": 2025 * 12 + 6}]
    )
    outcome = decided(policy, known)
    assert [item.date for item in provision(outcome, "租金").items] == [date(2024, 12, 31)]
    assert [item.date for item in provision(outcome, "减征").items] == [date(2025, 6, 30)]


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (Fraction(1, 200), Fraction(1, 100)),
        (Fraction(49, 10_000), 0),
        (Fraction(1005, 1000), Fraction(101, 100)),
        (Fraction(2, 3), Fraction(67, 100)),
        (Fraction(-49, 10_000), 0),
    ],
)
def test_each_item_is_rounded_half_up(amount, rounded):
    outcome = decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY, amount), row(EARLY, amount)]))
    assert amounts(outcome, "认定") == [rounded, rounded]
    assert provision(outcome).exact_amount == 2 * rounded


def test_an_amount_below_zero_is_an_error():
    found = provision(decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY, -1), row(EARLY, 5)])))
    assert [item.status for item in found.items] == ["error", "granted"]
    assert (found.exact_amount, found.complete, found.reasons[-1].error) == (5, False, "negative-amount")


def test_a_list_without_event_days_always_counts():
    period = ir.Period(start=const(date(2030, 1, 1)), end=None)
    outcome = decided(
        program(award("评审", "投标", nature="price", periods=(period,))), facts(投标=[{"金额": 7}, {"金额": 8}])
    )
    found = provision(outcome, "评审")
    assert [(item.of, item.date, item.amount) for item in found.items] == [("投标[0]", None, 7), ("投标[1]", None, 8)]
    assert (found.exact_amount, found.exact_payable, found.reasons) == (15, None, [])
