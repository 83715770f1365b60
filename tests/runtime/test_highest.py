"""The highest of several and deductions, and in which order adjustments run. All amounts by hand."""

from tests.runtime.programs import (
    BEFORE,
    EARLY,
    LATE,
    LEVEL,
    MIDDLE,
    MONEY,
    SECOND,
    STAGED,
    amounts,
    at_least,
    award,
    by_level,
    ceiling,
    compare,
    const,
    decided,
    deduct,
    facts,
    highest,
    of,
    program,
    provision,
    row,
)

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
