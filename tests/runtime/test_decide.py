"""A whole decision: totals, a choice of measures, readings, reasons."""

from datetime import date

from fayan_runtime import ir
from fayan_runtime.reference import item_env, readings_of
from tests.runtime.programs import (
    EARLY,
    LATE,
    MONEY,
    NO,
    OFFSET,
    ON,
    STAGED,
    YES,
    award,
    ceiling,
    compare,
    decided,
    facts,
    of,
    optional,
    paid,
    program,
    provision,
    reading,
    row,
)


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
