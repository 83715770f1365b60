"""Ceilings: in which order they are filled, for whom, and what is open under them. All amounts by hand."""

from fractions import Fraction

from fayan_runtime import ir
from tests.runtime.programs import (
    BEFORE,
    EARLY,
    LATE,
    LOCAL,
    MIDDLE,
    NO,
    NUMBER,
    SECOND,
    STAGED,
    YES,
    amounts,
    at_least,
    award,
    ceiling,
    completeness,
    const,
    decided,
    deduct,
    fact,
    facts,
    its,
    lacking,
    lease,
    over,
    program,
    provision,
    query,
    row,
    times,
)

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
    assert (lacking(found), found.exact_amount, found.complete) == (["认定记录[0].级别"], 600_000, False)


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
    assert (found.status, lacking(found), found.exact_amount, found.complete) == ("unknown", ["产值"], 0, False)
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)], 产值=60_000)), "认定") == [60_000]
    broken = program(award("认定", "认定记录"), adjustments=(ceiling(over(1, 0), "认定"),))
    assert provision(decided(broken, facts(认定记录=[row(EARLY)]))).status == "error"


def test_a_ceiling_applies_when_its_reading_says_so_and_is_never_below_zero():
    policy = program(award("认定", "认定记录"), adjustments=(ceiling(-5, "认定", applies=SECOND),))
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)])), "认定") == [100_000]
    assert amounts(decided(policy, facts(认定记录=[row(EARLY)]), R1="b"), "认定") == [0]


def test_what_comes_before_in_a_shared_ceiling_may_take_from_what_comes_later():
    policy = program(*PREMISES, adjustments=(ceiling(500_000, "国有", "闲置", per_year=True),))
    unknown_2024 = [{"年度": 2024}]  # may take the whole ceiling of 2024, nothing of 2025
    rent = ["租赁[0].金额"]
    assert at_least(policy, facts(租赁=unknown_2024, 复核记录=[row(BEFORE)])) == {
        "国有": (0, False, rent),
        "闲置": (0, False, rent),
    }
    assert at_least(policy, facts(租赁=unknown_2024, 复核记录=[row(EARLY)])) == {
        "国有": (0, False, rent),
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
