"""What a policy means: items and statuses, adjustments, rounding, set-off, what is missing, totals. All amounts by hand."""

from datetime import date
from fractions import Fraction

import pytest

from fayan_runtime import ir
from fayan_runtime.reference import item_env, readings_of
from tests.runtime.programs import (
    DATE,
    LEVEL,
    MONEY,
    NO,
    NUMBER,
    OFFSET,
    ON,
    TEXT,
    YES,
    amounts,
    award,
    by_level,
    ceiling,
    choose,
    compare,
    condition,
    const,
    decided,
    deduct,
    fact,
    facts,
    highest,
    its,
    lease,
    of,
    optional,
    other,
    over,
    paid,
    program,
    query,
    reading,
    row,
    times,
)

LOCAL = fact("区内企业")
SECOND = compare(choose("R1", 1, 2), "==", 2)
BEFORE, EARLY, MIDDLE, LATE = date(2024, 5, 1), date(2025, 1, 10), date(2025, 3, 10), date(2025, 5, 10)


def provision(outcome, name="认定", measure=5):
    return outcome.measures[measure].provisions[name]


def missing(found):
    return [path[3] for path in sorted(found.missing)]


# ---------------------------------------------------------------- items and statuses


def test_an_award_for_each_item():
    outcome = decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY), row(MIDDLE, 500_000)]))
    found = provision(outcome)
    assert (found.status, found.exact_amount, found.complete, found.missing) == ("granted", 600_000, True, frozenset())
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
    assert provision(outcome).missing == frozenset()


def test_a_failing_must_denies_even_if_something_earlier_is_unknown():
    rule = award("认定", "认定记录", among=compare(of("级别", LEVEL), "==", "国家"), must=(LOCAL, fact("初创企业")))
    found = provision(decided(program(rule), facts(认定记录=[{"日期": EARLY}], 初创企业=False)))
    assert (found.status, found.exact_amount, missing(found)) == ("denied", 0, [])
    assert [(reason.condition, reason.holds, reason.of) for reason in found.reasons] == [
        ("among0", None, "认定记录[0]"),
        ("must0", None, "认定记录[0]"),
        ("must1", False, "认定记录[0]"),
    ]
    assert found.reasons[2].quote == "must1的原文"
    assert [missing(reason) for reason in found.reasons] == [["认定记录[0].级别"], ["区内企业"], []]


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
    assert (found.status, missing(found), found.complete, found.exact_amount) == ("unknown", ["区内企业"], False, 0)
    failed = provision(decided(policy, facts(认定记录=[row(EARLY)], 区内企业=True)))
    assert (failed.status, missing(failed), failed.complete) == ("error", [], False)
    assert failed.reasons[0].error == "division-by-zero"


def test_an_unknown_event_day():
    found = provision(decided(program(award("认定", "认定记录")), facts(认定记录=[{"金额": 1}])))
    assert (found.status, missing(found), found.items[0].date) == ("unknown", ["认定记录[0].日期"], None)
    assert [(reason.role, reason.holds) for reason in found.reasons] == [("event", None)]


def test_an_amount_that_is_unknown_or_in_error():
    found = provision(decided(program(award("认定", "认定记录")), facts(认定记录=[{"日期": EARLY}])))
    assert (found.status, missing(found), found.items[0].amount) == ("unknown", ["认定记录[0].金额"], None)
    failed = provision(
        decided(program(award("认定", "认定记录", amount=over(1, 0, line=8))), facts(认定记录=[row(EARLY)]))
    )
    assert failed.status == "error"
    assert [(reason.role, reason.error) for reason in failed.reasons] == [("amount", "division-by-zero")]


def test_a_list_that_is_not_known_or_empty():
    policy = program(award("认定", "认定记录"))
    unknown = provision(decided(policy, facts()))
    assert (unknown.status, missing(unknown), unknown.complete, unknown.exact_amount) == (
        "unknown",
        ["认定记录"],
        False,
        0,
    )
    assert provision(decided(policy, facts(认定记录=[]))).status == "not_applicable"


def test_the_strongest_item_gives_the_status_and_granted_beside_unknown_is_not_complete():
    rule = award("认定", "认定记录", must=compare(of("级别", LEVEL), "==", "国家"))
    lacking = {"日期": EARLY, "金额": 9}
    found = provision(decided(program(rule), facts(认定记录=[row(EARLY, 5, "国家"), lacking, row(EARLY)])))
    assert [item.status for item in found.items] == ["granted", "unknown", "denied"]
    assert (found.status, found.complete, found.exact_amount) == ("granted", False, 5)
    assert missing(found) == ["认定记录[1].级别"]
    weaker = provision(decided(program(rule), facts(认定记录=[lacking, row(EARLY)])))
    assert weaker.status == "unknown"


def test_missing_facts_stand_in_order_of_declaration():
    """Items decided already want nothing more; rows sort as numbers, not as text."""
    rule = award("认定", "认定记录", must=(fact("初创企业"), compare(of("级别", LEVEL), "==", "国家"), LOCAL))
    rows = [row(EARLY, 1, "国家")] * 2 + [row(EARLY)] + [{"日期": EARLY, "金额": 1}] * 8
    found = provision(decided(program(rule), facts(认定记录=rows)))
    assert missing(found) == ["区内企业", "初创企业"] + [f"认定记录[{n}].级别" for n in range(3, 11)]


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


def stage(name, amount, day):
    return ir.Stage(name=name, amount=const(amount, MONEY), on=fact(day, optional(DATE)), of=day)


STAGED = award(
    "上市", amount=None, stages=(stage("验收", 2_000_000, "验收日期"), stage("首发", 3_000_000, "首发上市日期"))
)


def test_stages_count_once_reached():
    outcome = decided(program(STAGED), facts(验收日期=EARLY, 首发上市日期=None))
    assert [(item.of, item.name, item.date, item.amount) for item in provision(outcome, "上市").items] == [
        ("验收日期", "验收", EARLY, 2_000_000)
    ]
    unknown = provision(decided(program(STAGED), facts(首发上市日期=LATE)), "上市")
    assert [item.status for item in unknown.items] == ["unknown", "granted"]
    assert (missing(unknown), unknown.exact_amount) == (["验收日期"], 3_000_000)
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


# ---------------------------------------------------------------- the other kinds

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
    assert found.complete is (status not in ("unknown", "error"))
    assert bool(found.missing) is (status == "unknown" or (status == "target" and "goal" in rule))


def test_a_target_wants_the_districts_figures():
    goal = compare(fact("企业数", NUMBER, "全区"), ">=", 180)
    found = provision(decided(program(other("target", goal=goal)), facts()), "某项")
    assert missing(found) == ["全区.企业数"]
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


# ---------------------------------------------------------------- ceilings
PREMISES = (award("国有", "租赁", nature="relief"), award("闲置", "复核记录", nature="relief"))


def test_a_ceiling_is_filled_in_order_of_provisions_and_lists():
    policy = program(*PREMISES, adjustments=(ceiling(500_000, "国有", "闲置"),))
    known = facts(租赁=[lease(2024, 200_000), lease(2024, 150_000)], 复核记录=[row(EARLY, 180_000), row(EARLY, 1)])
    outcome = decided(policy, known)
    assert amounts(outcome, "国有") == [200_000, 150_000]
    assert amounts(outcome, "闲置") == [150_000, 0]
    items = provision(outcome, "闲置").items
    assert (items[0].uncapped, items[0].steps) == (180_000, [("限额", 180_000, 150_000, 30)])
    assert provision(outcome, "国有").items[0].steps == []
    assert [item.status for item in items] == ["granted", "granted"]


def test_a_ceiling_exactly_reached_takes_nothing():
    policy = program(*PREMISES, adjustments=(ceiling(500_000, "国有"),))
    outcome = decided(policy, facts(租赁=[lease(2024, 500_000)], 复核记录=[]))
    assert (amounts(outcome, "国有"), provision(outcome, "国有").items[0].steps) == ([500_000], [])


def test_a_ceiling_for_each_year():
    policy = program(*PREMISES, adjustments=(ceiling(500_000, "国有", "闲置", per_year=True),))
    known = facts(
        租赁=[lease(2024, 400_000), lease(2023, 600_000)], 复核记录=[row(BEFORE, 200_000), row(EARLY, 600_000)]
    )
    outcome = decided(policy, known)
    assert amounts(outcome, "国有") == [400_000, 500_000]
    assert amounts(outcome, "闲置") == [100_000, 500_000]


def test_a_ceiling_split_between_provisions_and_members_that_drop_out():
    split = program(*PREMISES, adjustments=(ceiling(500_000, "国有", "闲置", split=SECOND),))
    known = facts(租赁=[lease(2024, 400_000)], 复核记录=[row(EARLY, 600_000)])
    assert amounts(decided(split, known), "闲置") == [100_000]
    assert amounts(decided(split, known, R1="b"), "闲置") == [500_000]
    covers = ((("国有", ""), ir.Not(type=NO.type, arg=SECOND)), (("闲置", ""), YES))
    dropping = program(*PREMISES, adjustments=(ceiling(500_000, covers=covers),))
    assert amounts(decided(dropping, known, R1="b"), "闲置") == [500_000]
    assert amounts(decided(dropping, known), "闲置") == [100_000]


def test_a_ceiling_for_each_value_of_a_field():
    policy = program(award("挂牌", "认定记录"), adjustments=(ceiling(600_000, "挂牌", keys=(("级别", SECOND),)),))
    known = facts(认定记录=[row(EARLY, 600_000), row(MIDDLE, 600_000, "国家"), row(LATE, 600_000)])
    assert amounts(decided(policy, known), "挂牌") == [600_000, 0, 0]
    assert amounts(decided(policy, known, R1="b"), "挂牌") == [600_000, 600_000, 0]


def test_an_item_whose_key_is_not_known_has_no_known_amount():
    policy = program(award("挂牌", "认定记录"), adjustments=(ceiling(600_000, "挂牌", keys=(("级别", YES),)),))
    known = facts(认定记录=[{"日期": EARLY, "金额": 600_000}, row(MIDDLE, 600_000)])
    found = provision(decided(policy, known), "挂牌")
    assert [item.status for item in found.items] == ["unknown", "granted"]
    assert (missing(found), found.exact_amount, found.complete) == (["认定记录[0].级别"], 600_000, False)


def test_a_list_that_is_not_known_may_hold_any_key():
    rules = (award("挂牌", "认定记录"), award("复核", "复核记录"))
    policy = program(*rules, adjustments=(ceiling(600_000, "挂牌", "复核", keys=(("级别", YES),)),))
    assert completeness(policy, facts(复核记录=[row(EARLY)])) == {"挂牌": False, "复核": False}


def test_a_ceiling_in_order_of_event_days_and_over_single_stages():
    by_day = program(award("挂牌", "认定记录"), adjustments=(ceiling(600_000, "挂牌", by_date=True),))
    known = facts(认定记录=[row(LATE, 500_000), row(EARLY, 400_000)])
    assert amounts(decided(by_day, known), "挂牌") == [200_000, 400_000]
    staged = program(STAGED, adjustments=(ceiling(1_000_000, ("上市", "首发")),))
    assert amounts(decided(staged, facts(验收日期=EARLY, 首发上市日期=LATE)), "上市") == [2_000_000, 1_000_000]


def test_a_ceiling_for_part_of_a_year_looks_at_what_it_counts():
    """500,000 × min(12, largest 月数) ÷ 12: for 7 months 291,666.666… which is 291,666.67 after rounding."""
    longest = query("max", "所计", None, its("月数"))
    months = ir.Extreme(type=NUMBER, largest=False, args=(const(12), longest))
    limit = times(500_000, months, 12, inverse=(False, False, True))
    policy = program(award("国有", "租赁", nature="relief"), adjustments=(ceiling(limit, "国有", per_year=True),))
    assert amounts(decided(policy, facts(租赁=[lease(2024, 300_000, 6)] * 2)), "国有") == [250_000, 0]
    sevens = facts(租赁=[lease(2024, 200_000, 5), lease(2024, 300_000, 7), lease(2023, 600_000, 24)])
    assert amounts(decided(policy, sevens), "国有") == [200_000, Fraction(9_166_667, 100), 500_000]


def test_a_limit_that_is_unknown_or_in_error_opens_its_items():
    policy = program(award("认定", "认定记录"), adjustments=(ceiling(fact("产值", NUMBER), "认定"),))
    found = provision(decided(policy, facts(认定记录=[row(EARLY)])))
    assert (found.status, missing(found), found.exact_amount, found.complete) == ("unknown", ["产值"], 0, False)
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)], 产值=60_000)), "认定") == [60_000]
    broken = program(award("认定", "认定记录"), adjustments=(ceiling(over(1, 0), "认定"),))
    assert provision(decided(broken, facts(认定记录=[row(EARLY)]))).status == "error"


def test_a_ceiling_applies_when_its_reading_says_so_and_is_never_below_zero():
    policy = program(award("认定", "认定记录"), adjustments=(ceiling(-5, "认定", applies=SECOND),))
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)])), "认定") == [100_000]
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)]), R1="b"), "认定") == [0]


def completeness(policy, known):
    return {each.name: each.complete for each in decided(policy, known).provisions()}


def at_least(policy, known):
    """Amount, whether it is all, and what is missing, of each provision."""
    found = decided(policy, known).provisions()
    return {each.name: (each.exact_amount, each.complete, missing(each)) for each in found}


def test_what_comes_before_in_a_shared_ceiling_may_take_from_what_comes_later():
    policy = program(*PREMISES, adjustments=(ceiling(500_000, "国有", "闲置", per_year=True),))
    unknown_2024 = [{"年度": 2024}]  # may take the whole ceiling of 2024, nothing of 2025
    lacking = ["租赁[0].金额"]
    assert at_least(policy, facts(租赁=unknown_2024, 复核记录=[row(BEFORE)])) == {
        "国有": (0, False, lacking),
        "闲置": (0, False, lacking),
    }
    assert at_least(policy, facts(租赁=unknown_2024, 复核记录=[row(EARLY)])) == {
        "国有": (0, False, lacking),
        "闲置": (100_000, True, []),
    }
    # What comes later takes nothing from what comes before.
    assert at_least(policy, facts(租赁=[lease(2024, 1)], 复核记录=[{"日期": BEFORE}])) == {
        "国有": (1, True, []),
        "闲置": (0, False, ["复核记录[0].金额"]),
    }
    # A list that is not known may hold anything.
    assert at_least(policy, facts(复核记录=[row(EARLY)]))["闲置"] == (0, False, ["租赁"])


def test_an_open_item_takes_no_more_than_its_amount_where_that_is_known():
    """500,000 less the 360,000 that the lease would take: 140,000; with a lease of 1 the ceiling can never bind."""
    state = award("国有", "租赁", nature="relief", must=LOCAL)
    policy = program(state, PREMISES[1], adjustments=(ceiling(500_000, "国有", "闲置"),))
    taking = facts(租赁=[lease(2024, 360_000)], 复核记录=[row(EARLY, 360_000)])
    assert at_least(policy, taking)["闲置"] == (140_000, False, ["区内企业"])
    assert provision(decided(policy, taking), "闲置").items[0].steps == [("限额", 360_000, 140_000, 30)]
    small = facts(租赁=[lease(2024, 1)], 复核记录=[row(EARLY, 360_000)])
    assert at_least(policy, small)["闲置"] == (360_000, True, [])


def test_what_one_item_takes_from_another_the_provision_keeps():
    """An unknown lease may take it all, or leave 360,000 to the other: no less than 360,000 for both together."""
    policy = program(PREMISES[0], adjustments=(ceiling(500_000, "国有"),))
    known = facts(租赁=[{"年度": 2024}, lease(2024, 360_000)])
    assert at_least(policy, known)["国有"] == (360_000, False, ["租赁[0].金额"])


def test_a_limit_that_looks_at_items_not_known_leaves_nothing_certain():
    counting = times(500_000, query("count", "所计"))
    policy = program(*PREMISES, adjustments=(ceiling(counting, "国有", "闲置"),))
    assert at_least(policy, facts(租赁=[lease(2024, 1)], 复核记录=[{"日期": BEFORE}])) == {
        "国有": (0, False, ["复核记录[0].金额"]),
        "闲置": (0, False, ["复核记录[0].金额"]),
    }


def test_a_doubt_carries_over_from_one_adjustment_to_the_next():
    rules = (*PREMISES, award("上市", "认定记录"))
    policy = program(*rules, adjustments=(ceiling(9, "国有", "闲置"), deduct("上市", "闲置")))
    known = facts(租赁=[{"年度": 2024}], 复核记录=[row(EARLY)], 认定记录=[row(EARLY)])
    assert completeness(policy, known) == {"国有": False, "闲置": False, "上市": False}


# ---------------------------------------------------------------- the highest, deductions
LEVELLED = by_level(of("级别", LEVEL), 100_000, 500_000)
RECOGNISED = (award("首次认定", "认定记录", amount=LEVELLED), award("首次复核", "复核记录", amount=LEVELLED))


def test_cumulative_highest_pays_what_brings_the_total_to_the_highest_so_far():
    policy = program(*RECOGNISED, adjustments=(highest("cumulative", "首次认定", "首次复核", applies=SECOND),))
    known = facts(认定记录=[row(LATE, level="国家"), row(EARLY)], 复核记录=[row(MIDDLE)])
    assert amounts(decided(policy, known), "首次认定") == [500_000, 100_000]
    outcome = decided(policy, known, R1="b")
    assert (amounts(outcome, "首次认定"), amounts(outcome, "首次复核")) == ([400_000, 100_000], [0])
    assert provision(outcome, "首次认定").items[0].steps == [("就高", 500_000, 400_000, 31)]


def test_yearly_highest_pays_the_first_of_the_highest():
    policy = program(award("复核", "复核记录", amount=LEVELLED), adjustments=(highest("yearly", "复核"),))
    rows = [row(BEFORE), row(MIDDLE, level="国家"), row(EARLY, level="国家"), row(LATE)]
    assert amounts(decided(policy, facts(复核记录=rows)), "复核") == [100_000, 0, 500_000, 0]


def test_an_open_item_may_take_the_highest():
    """The level of the review is not known: it may be the higher one, with 500,000."""
    lacking = {"日期": MIDDLE}
    open_review = (0, False, ["复核记录[0].级别"])
    cumulative = program(*RECOGNISED, adjustments=(highest("cumulative", "首次认定", "首次复核"),))
    yearly = program(*RECOGNISED, adjustments=(highest("yearly", "首次认定", "首次复核"),))
    all_of_it, nothing = (100_000, True, []), open_review
    for policy, day, expected in (
        (cumulative, EARLY, all_of_it),  # paid before the review
        (cumulative, LATE, nothing),
        (yearly, EARLY, nothing),
        (yearly, BEFORE, all_of_it),  # in another year
    ):
        found = at_least(policy, facts(认定记录=[row(day)], 复核记录=[lacking]))
        assert found == {"首次认定": expected, "首次复核": open_review}


def test_the_highest_of_one_provision_is_at_least_what_is_known():
    """Whatever the other title is, the two together bring no less than 500,000."""
    policy = program(RECOGNISED[0], adjustments=(highest("cumulative", "首次认定"),))
    known = facts(认定记录=[{"日期": EARLY}, row(LATE, level="国家")])
    assert at_least(policy, known)["首次认定"] == (500_000, False, ["认定记录[0].级别"])


def test_deduction_in_order_of_the_stages_not_below_zero():
    """OTC 600,000 and 新三板 2,000,000 off stages of 2,000,000 and 3,000,000: 0 and 2,400,000."""
    rules = (award("OTC", "认定记录"), award("新三板", "复核记录"), STAGED)
    policy = program(*rules, adjustments=(deduct("上市", "OTC", "新三板", applies=SECOND),))
    known = {"认定记录": [row(EARLY, 600_000)], "复核记录": [row(EARLY, 2_000_000)], "验收日期": EARLY}
    assert amounts(decided(policy, facts(**known, 首发上市日期=LATE)), "上市") == [2_000_000, 3_000_000]
    outcome = decided(policy, facts(**known, 首发上市日期=LATE), R1="b")
    assert amounts(outcome, "上市") == [0, 2_400_000]
    assert amounts(decided(policy, facts(**known, 首发上市日期=None), R1="b"), "上市") == [0]
    assert provision(outcome, "上市").items[1].steps == [("扣减", 3_000_000, 2_400_000, 32)]


def test_a_deduction_of_what_is_not_known_takes_all_it_can():
    """The list may give anything; a record without a level at most the 600,000 it would give."""
    otc = award(
        "OTC", "认定记录", amount=const(600_000, MONEY), must=compare(of("级别", LEVEL), "==", const("市级", LEVEL))
    )
    policy = program(otc, STAGED, adjustments=(deduct("上市", "OTC"),))
    stages = {"验收日期": EARLY, "首发上市日期": None}
    assert at_least(policy, facts(**stages))["上市"] == (0, False, ["认定记录"])
    known = facts(认定记录=[{"日期": EARLY}], **stages)
    assert at_least(policy, known)["上市"] == (1_400_000, False, ["认定记录[0].级别"])
    capped = program(otc, STAGED, adjustments=(ceiling(500_000, "OTC"), deduct("上市", "OTC")))
    assert at_least(capped, known)["上市"] == (1_500_000, False, ["认定记录[0].级别"])


def test_adjustments_run_in_the_order_of_the_text():
    """Ceiling first: 600,000 → 300,000, less 200,000 is 100,000. Deduction first: 400,000 → 300,000."""
    rules = (award("OTC", "认定记录"), award("上市", "复核记录"))
    cap, less = ceiling(300_000, "上市"), deduct("上市", "OTC")
    known = facts(认定记录=[row(EARLY, 200_000)], 复核记录=[row(EARLY, 600_000)])
    assert amounts(decided(program(*rules, adjustments=(cap, less)), known), "上市") == [100_000]
    assert amounts(decided(program(*rules, adjustments=(less, cap)), known), "上市") == [300_000]


# ---------------------------------------------------------------- set-off
PAYING = program(award("认定", "认定记录", must=LOCAL), offset=OFFSET)


def settled(payments, records=({"日期": EARLY, "金额": 100_000, "级别": "市级"},), policy=PAYING, **known):
    known = {"区内企业": True, "认定记录": list(records)} | known
    return decided(policy, facts(**known, 已兑付=payments))


def payable(outcome, name="认定"):
    found = provision(outcome, name)
    return found.exact_paid, found.exact_payable


@pytest.mark.parametrize(
    ("payments", "expected", "unmatched"),
    [
        ([], (0, 100_000), []),
        ([paid("认定", EARLY, 30_000)], (30_000, 70_000), []),
        ([paid("认定", EARLY, 30_000), paid("认定", EARLY, 70_000)], (100_000, 0), []),
        ([paid("认定", EARLY, 120_000)], (120_000, 0), []),
        ([paid("认定", MIDDLE, 30_000)], (0, 100_000), [0]),
        ([paid("复核", EARLY, 30_000)], (0, 100_000), [0]),
        ([paid("认定", EARLY, 1), paid("认定", EARLY, 30_000, measure=7)], (1, 99_999), [1]),
    ],
)
def test_set_off(payments, expected, unmatched):
    outcome = settled(payments)
    assert payable(outcome) == expected
    assert [payment.index for payment in outcome.unmatched_payments] == unmatched


def test_payments_for_several_items_of_a_day_are_used_up_in_order():
    records = [row(EARLY, 100_000), row(EARLY, 500_000, "国家"), row(MIDDLE, 7)]
    outcome = settled([paid("认定", EARLY, 150_000), paid("认定", EARLY, 500_000)], records)
    items = provision(outcome).items
    assert [(item.paid, item.payable) for item in items] == [(100_000, 0), (550_000, 0), (0, 7)]
    assert payable(outcome) == (650_000, 7)


def test_denied_and_unknown_items_meet_payments_too():
    denied = settled([paid("认定", EARLY, 9)], 区内企业=False)
    assert (denied.unmatched_payments, payable(denied)) == ([], (9, 0))
    assert (provision(denied).items[0].payable, provision(denied).exact_amount) == (0, 0)
    unknown = settled([paid("认定", EARLY, 9)], [{"日期": EARLY}])
    assert (unknown.unmatched_payments, payable(unknown)) == ([], (9, 0))
    assert provision(unknown).items[0].payable is None


def test_an_item_that_is_none_meets_no_payment():
    late = settled([paid("认定", date(2025, 7, 1), 9)], [row(date(2025, 7, 1))])
    assert [payment.index for payment in late.unmatched_payments] == [0]


def test_payments_for_leases_meet_by_year_and_for_months_by_month():
    policy = program(award("租金", "租赁", nature="relief"), offset=OFFSET)
    outcome = settled(
        [paid("租金", date(2024, 3, 1), 5), paid("租金", date(2023, 12, 31), 6)], policy=policy, 租赁=[lease(2024, 9)]
    )
    assert payable(outcome, "租金") == (5, 4)
    assert [payment.index for payment in outcome.unmatched_payments] == [1]
    monthly = program(award("返还", "税费"), offset=OFFSET)
    taxes = [{"所属期": 2025 * 12 + 1, "金额": 9}]
    outcome = settled(
        [paid("返还", date(2025, 2, 3), 5), paid("返还", date(2025, 3, 1), 6)], policy=monthly, 税费=taxes
    )
    assert payable(outcome, "返还") == (5, 4)
    assert [payment.index for payment in outcome.unmatched_payments] == [1]


def test_an_award_without_event_day_meets_payments_of_any_day():
    policy = program(award("一次性", amount=const(5, MONEY)), offset=OFFSET)
    outcome = settled([paid("一次性", BEFORE, 2)], policy=policy)
    assert (payable(outcome, "一次性"), outcome.unmatched_payments) == ((2, 3), [])


def test_payments_left_out_are_not_set_off_but_meet_their_item():
    basis = ir.OneOf(type=YES.type, arg=of("依据", TEXT), members=("本文件",))
    among = (condition("此类", choose("R1", YES, basis)),)
    policy = program(award("认定", "认定记录"), offset=ir.Offset(list="已兑付", among=among, readings=("R1",)))
    known = facts(认定记录=[row(EARLY)], 已兑付=[paid("认定", EARLY, 40_000, basis="旧文件")])
    assert payable(decided(policy, known)) == (40_000, 60_000)
    left_out = decided(policy, known, R1="b")
    assert (payable(left_out), left_out.unmatched_payments) == ((0, 100_000), [])
    assert readings_of(policy, policy.provisions[0]) == ["R1"]


def test_payments_that_are_not_known():
    found = provision(decided(PAYING, facts(区内企业=True, 认定记录=[row(EARLY)])))
    assert (found.status, found.exact_amount, found.exact_paid, found.exact_payable) == ("granted", 100_000, None, None)
    assert (missing(found), found.complete) == (["已兑付"], False)
    total = decided(PAYING, facts(区内企业=True, 认定记录=[row(EARLY)])).totals["cash"]
    assert (total.exact_amount, total.exact_payable, total.complete) == (100_000, None, False)
    denied = provision(decided(PAYING, facts(区内企业=False, 认定记录=[row(EARLY)])))
    assert (missing(denied), denied.exact_payable, denied.complete) == ([], 0, True)


def test_a_payment_that_may_or_may_not_be_for_the_item():
    undated = {"措施": 5, "事项": "认定", "金额": 40_000, "依据": "本文件"}
    outcome = settled([undated])
    assert (payable(outcome), missing(provision(outcome))) == ((None, None), ["已兑付[0].日期"])
    assert outcome.unmatched_payments == []
    no_amount = settled([{"措施": 5, "事项": "认定", "日期": EARLY, "依据": "本文件"}])
    assert (payable(no_amount), missing(provision(no_amount))) == ((None, None), ["已兑付[0].金额"])
    elsewhere = settled([{"事项": "复核", "日期": EARLY, "金额": 1, "依据": "本文件"}])
    assert payable(elsewhere) == (0, 100_000)
    assert [(payment.index, payment.measure) for payment in elsewhere.unmatched_payments] == [(0, None)]


def test_what_was_paid_for_an_open_item_may_have_paid_what_it_takes():
    """The first lease may use up the ceiling, and 100,000 was paid for it: of 360,000 then only 260,000 is certain."""
    policy = program(award("租金", "租赁", nature="relief"), offset=OFFSET, adjustments=(ceiling(500_000, "租金"),))
    payment = paid("租金", date(2023, 5, 1), 100_000)
    outcome = settled([payment], policy=policy, 租赁=[{"年度": 2023}, lease(2024, 360_000)])
    assert payable(outcome, "租金") == (100_000, 260_000)
    assert provision(outcome, "租金").exact_amount == 360_000
    apart = program(award("租金", "租赁", nature="relief"), offset=OFFSET)
    assert payable(settled([payment], policy=apart, 租赁=[{"年度": 2023}, lease(2024, 360_000)]), "租金") == (
        100_000,
        360_000,
    )


def test_what_is_left_of_payments_goes_to_the_open_item_of_the_event():
    outcome = settled([paid("认定", EARLY, 9)], [{"日期": EARLY}, row(EARLY, 5)])
    assert [(item.paid, item.payable) for item in provision(outcome).items] == [(4, None), (5, 0)]


def test_a_payment_may_be_for_an_item_not_known_yet():
    unknown_list = decided(PAYING, facts(区内企业=True, 已兑付=[paid("认定", EARLY, 1), paid("复核", EARLY, 1)]))
    assert [payment.index for payment in unknown_list.unmatched_payments] == [1]
    unknown_day = settled([paid("认定", EARLY, 1), paid("复核", EARLY, 1)], [{"金额": 5}])
    assert [payment.index for payment in unknown_day.unmatched_payments] == [1]
    assert missing(provision(unknown_day)) == ["认定记录[0].日期"]


def test_without_set_off_everything_granted_is_payable():
    outcome = decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY)]))
    assert payable(outcome) == (0, 100_000)


# ---------------------------------------------------------------- totals, choice of measures, readings


def test_totals_never_add_across_natures():
    rules = [
        award(f"项{nature}", "认定记录", nature=nature) for nature in ("cash", "relief", "tax", "deduction", "price")
    ]
    outcome = decided(
        program(*rules, award("另", "复核记录")), facts(认定记录=[row(EARLY, 3)], 复核记录=[row(EARLY, 4), {}])
    )
    assert {
        nature: (total.exact_amount, total.exact_payable, total.complete) for nature, total in outcome.totals.items()
    } == {
        "cash": (7, 7, False),
        "relief": (3, 3, True),
        "tax": (3, None, True),
        "deduction": (3, None, True),
    }
    assert (outcome.totals["cash"].amount, outcome.totals["tax"].payable) == (7, None)
    tax = provision(outcome, "项tax")
    assert (tax.exact_paid, tax.exact_payable, tax.items[0].paid, tax.items[0].payable) == (None, None, None, None)


def test_some_measures_only():
    from fayan_runtime.reference import decide

    policy = program(award("认定", "认定记录", measure=3), award("认定", "认定记录", measure=5), offset=OFFSET)
    payments = [paid("别的", EARLY, 1, measure=3), paid("别的", EARLY, 1, measure=5), paid("认定", EARLY, 4, measure=3)]
    known = facts(认定记录=[row(EARLY, 10)], 已兑付=payments)
    outcome = decide(policy, known, ON, {}, [3])
    assert list(outcome.measures) == [3]
    assert (outcome.totals["cash"].exact_amount, outcome.totals["cash"].exact_payable) == (10, 6)
    assert [payment.index for payment in outcome.unmatched_payments] == [0]


def test_the_readings_of_a_provision_include_those_between_provisions():
    rules = (award("甲", "认定记录", readings=("R4", "R2")), award("乙", "复核记录", nature="tax"))
    adjustments = (
        ceiling(1, "甲", readings=("R3",)),
        ir.Highest(measure=5, members=(("乙", ""),), mode="yearly", applies=YES, readings=("R1",)),
        ir.Deduct(measure=5, member="乙", less=("甲",), applies=YES, readings=("R2",)),
    )
    declared = tuple(reading(f"R{n}") for n in range(1, 6))
    offset = ir.Offset(list="已兑付", among=(), readings=("R5",))
    policy = program(*rules, readings=declared, adjustments=adjustments, offset=offset)
    assert [readings_of(policy, each) for each in rules] == [["R2", "R3", "R4", "R5"], ["R1", "R2"]]


def test_the_environment_of_an_item_can_be_had_again():
    policy = program(award("认定", "认定记录"), STAGED)
    known = facts(认定记录=[row(date(2026, 1, 1)), row(EARLY)], 验收日期=None, 首发上市日期=LATE)
    outcome = decided(policy, known)
    first, second = policy.provisions
    env = item_env(policy, known, ON, {}, first, provision(outcome).items[0])
    assert (env.day, env.items["本"][0]) == (EARLY, 1)
    assert item_env(policy, known, ON, {}, second, provision(outcome, "上市").items[0]).day == LATE


def test_an_optional_condition_without_value_is_an_error():
    nothing = ir.Const(type=optional(NO.type), value=None)
    assert (
        provision(decided(program(award("认定", "认定记录", must=nothing)), facts(认定记录=[row(EARLY)]))).status
        == "error"
    )


def test_a_reason_tells_itself_when_asked():
    must = compare(of("金额", MONEY), ">", 5)
    found = provision(decided(program(award("认定", "认定记录", must=must)), facts(认定记录=[row(EARLY, 4321)])))
    assert "4,321" in found.reasons[0].text
