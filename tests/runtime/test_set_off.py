"""What has been paid, set off against what is granted. All amounts by hand."""

from datetime import date

import pytest

from fayan_runtime import ir
from fayan_runtime.reference import readings_of
from tests.runtime.programs import (
    BEFORE,
    EARLY,
    LOCAL,
    MIDDLE,
    MONEY,
    OFFSET,
    TEXT,
    YES,
    award,
    ceiling,
    choose,
    condition,
    const,
    decided,
    facts,
    lacking,
    lease,
    of,
    paid,
    program,
    provision,
    row,
)

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
    assert (lacking(found), found.complete) == (["已兑付"], False)
    total = decided(PAYING, facts(区内企业=True, 认定记录=[row(EARLY)])).totals["cash"]
    assert (total.exact_amount, total.exact_payable, total.complete) == (100_000, None, False)
    denied = provision(decided(PAYING, facts(区内企业=False, 认定记录=[row(EARLY)])))
    assert (lacking(denied), denied.exact_payable, denied.complete) == ([], 0, True)


def test_a_payment_that_may_or_may_not_be_for_the_item():
    undated = {"措施": 5, "事项": "认定", "金额": 40_000, "依据": "本文件"}
    outcome = settled([undated])
    assert (payable(outcome), lacking(provision(outcome))) == ((None, None), ["已兑付[0].日期"])
    assert outcome.unmatched_payments == []
    no_amount = settled([{"措施": 5, "事项": "认定", "日期": EARLY, "依据": "本文件"}])
    assert (payable(no_amount), lacking(provision(no_amount))) == ((None, None), ["已兑付[0].金额"])
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
    assert lacking(provision(unknown_day)) == ["认定记录[0].日期"]


def test_without_set_off_everything_granted_is_payable():
    outcome = decided(program(award("认定", "认定记录")), facts(认定记录=[row(EARLY)]))
    assert payable(outcome) == (0, 100_000)
