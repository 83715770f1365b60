"""Payments set off against what the reference policy gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import fayan
from fayan.policy import loads
from tests.yubei_2024.cases import (
    ABSENT,
    FIRST,
    LATER_REVIEW,
    LITTLE,
    OLD,
    POLICY,
    SMALL,
    STATE,
    Facts,
    firm,
    paid,
    title,
)

#: name, payments, readings, what 首次认定 pays (amount, paid, payable), unmatched payments; a municipal title of 2023-06-01, worth 100,000
OFFSETS = [
    ("nothing paid", [], {}, ("100000.00", "0.00", "100000.00"), 0),
    ("part paid", [paid(5, FIRST, "2023-06-01", "6万元")], {}, ("100000.00", "60000.00", "40000.00"), 0),
    ("paid in two parts", [paid(5, FIRST, "2023-06-01", "6万元"), paid(5, FIRST, "2023-06-01", "3万元")], {}, ("100000.00", "90000.00", "10000.00"), 0),
    ("paid in full", [paid(5, FIRST, "2023-06-01", "10万元")], {}, ("100000.00", "100000.00", "0.00"), 0),
    ("overpaid, never below zero", [paid(5, FIRST, "2023-06-01", "12万元")], {}, ("100000.00", "120000.00", "0.00"), 0),
    ("paid for another day", [paid(5, FIRST, "2023-06-02", "10万元")], {}, ("100000.00", "0.00", "100000.00"), 1),
    ("paid for another provision", [paid(5, LATER_REVIEW, "2023-06-01", "10万元")], {}, ("100000.00", "0.00", "100000.00"), 1),
    ("paid under the old document", [paid(5, FIRST, "2023-06-01", "10万元", OLD)], {}, ("100000.00", "100000.00", "0.00"), 0),
    ("paid under the old document, G4 b", [paid(5, FIRST, "2023-06-01", "10万元", OLD)], {"G4": "b"}, ("100000.00", "0.00", "100000.00"), 0),
    ("paid under this one, G4 b", [paid(5, FIRST, "2023-06-01", "10万元")], {"G4": "b"}, ("100000.00", "100000.00", "0.00"), 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("payments", "readings", "expected", "unmatched"), [row[1:] for row in OFFSETS], ids=[row[0] for row in OFFSETS]
)
def test_set_off(
    policy: fayan.Policy, payments: list[Facts], readings: dict[str, str], expected: tuple[str, ...], unmatched: int
) -> None:
    decision = policy.decide({"企业": firm(已兑付=payments)}, on=date(2025, 12, 31), readings=readings)
    first = decision.measures[5].provisions[FIRST]
    assert (first.amount, first.paid, first.payable) == tuple(map(Decimal, expected))
    assert len(decision.unmatched_payments) == unmatched


def test_set_off_after_the_higher_title(policy: fayan.Policy) -> None:
    # R5.1 b: 100,000 + 400,000; 100,000 was paid in 2022: 500,000 − 100,000 = 400,000 is still to pay
    facts = firm(
        认定记录=[title(day="2022-11-10"), title(LITTLE, "2024-09-02")],
        已兑付=[paid(5, FIRST, "2022-11-10", "10万元", OLD)],
    )
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31), readings={"R5.1": "b"})
    first = decision.measures[5].provisions[FIRST]
    assert (first.amount, first.paid, first.payable) == (
        Decimal("500000.00"),
        Decimal("100000.00"),
        Decimal("400000.00"),
    )


def test_set_off_of_rent_goes_by_year(policy: fayan.Policy) -> None:
    # 180,000 − 50,000 paid in the same year = 130,000
    facts = firm(租赁=SMALL, 已兑付=[paid(3, STATE, "2025-07-01", "5万元")])
    state = policy.decide({"企业": facts}, on=date(2025, 12, 31)).measures[3].provisions[STATE]
    assert (state.amount, state.paid, state.payable) == (
        Decimal("180000.00"),
        Decimal("50000.00"),
        Decimal("130000.00"),
    )


def test_payments_not_known_leave_the_amount_and_name_what_is_missing(policy: fayan.Policy) -> None:
    first = policy.decide({"企业": firm(已兑付=ABSENT)}, on=date(2025, 12, 31)).measures[5].provisions[FIRST]
    assert (first.status, first.amount, first.paid, first.payable) == ("granted", Decimal("100000.00"), None, None)
    assert first.missing == ["已兑付"]


@pytest.mark.parametrize(
    "under",
    ["渝北府办发〔２０２２〕38号", "渝北府办发［2022］38号", "渝北府办发[2022]38号", "渝北府办发〔2022〕 38号", OLD],
)
def test_a_payment_under_the_old_policy_however_its_number_is_written(policy: fayan.Policy, under: str) -> None:
    # G4 a: 100,000 − 100,000 = 0; b leaves out what was paid under the old policy: 100,000
    facts = firm(认定记录=[title(day="2025-03-01")], 已兑付=[paid(5, FIRST, "2025-03-01", "10万元", under)])
    payable = [
        policy.decide({"企业": facts}, on=date(2025, 12, 31), readings={"G4": option})
        .measures[5]
        .provisions[FIRST]
        .payable
        for option in "ab"
    ]
    assert payable == [Decimal("0.00"), Decimal("100000.00")]


def test_part_of_a_number_is_not_taken_for_another_document(policy: fayan.Policy) -> None:
    with pytest.raises(fayan.FactsError, match="FY7223"):
        policy.decide(
            {"企业": firm(已兑付=[paid(5, FIRST, "2025-03-01", "10万元", "〔2022〕38号")])}, on=date(2025, 12, 31)
        )


def test_the_policy_may_write_the_number_in_any_way_too() -> None:
    text = POLICY.read_text("utf-8")
    old = "依据 不为 “渝北府办发〔2022〕38号”"
    assert old in text
    facts = firm(认定记录=[title(day="2025-03-01")], 已兑付=[paid(5, FIRST, "2025-03-01", "10万元", OLD)])
    for new in (
        "依据 不为 “渝北府办发[2022]38号”",
        "“渝北府办发（２０２２）38号” 不为 依据",
        "非 依据 属于 “渝北府办发[2022]38号”",
    ):
        policy = loads(text.replace(old, new))
        decision = policy.decide({"企业": facts}, on=date(2025, 12, 31), readings={"G4": "b"})
        assert decision.measures[5].provisions[FIRST].payable == Decimal("100000.00"), new
