"""The invented enterprises in examples/, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import fayan
from tests.yubei_2024.cases import (
    EXPENSED,
    FIRST,
    FIRST_REVIEW,
    IDLE,
    INTANGIBLE,
    IPO,
    LATER_REVIEW,
    NEEQ,
    OTC,
    ROOT,
    SCORED,
    SIX,
    STATE,
)

#: file, day, readings, provision → amount
EXAMPLES: list[tuple[str, date, dict[str, str], dict[str, str]]] = [
    # 5 × 8000 × 12 = 480,000; 5 × 1500 × 12 = 90,000 → 500,000 − 480,000; (15.56% + 24.04%) ÷ 2 > 10%
    ("小巨人", date(2025, 12, 31), {}, {STATE: "480000", IDLE: "20000", FIRST: "500000", LATER_REVIEW: "250000"}),
    # 20.01 is more than 20, 20 is not: 5 × 3000 × 12 = 180,000
    ("恰好两成", date(2025, 12, 31), {}, {STATE: "0"}),
    ("恰好两成", date(2025, 12, 31), {"R3.2": "b"}, {STATE: "180000"}),
    # 10,000,000 − 600,000 − 2,000,000 = 7,400,000
    ("上市", date(2026, 12, 31), {}, {OTC: "600000", NEEQ: "2000000", IPO: "10000000"}),
    ("上市", date(2026, 12, 31), {"R7.5": "b"}, {IPO: "7400000"}),
    ("上市", date(2026, 12, 31), {"R7.3": "b"}, {OTC: "1200000"}),
    ("缺材料", date(2025, 12, 31), {}, {STATE: "0", IDLE: "0", FIRST: "0"}),
    # 18,650.37 ÷ 2 = 9,325.185 → 9,325.19; 21,004.45 ÷ 2 = 10,502.225 → 10,502.23; together 19,827.42
    # 600,000 ÷ 7 = 85,714.2857…; 1,000,000 × 90% + 645,000 × 80% = 1,416,000
    (
        "小微企业",
        date(2025, 6, 30),
        {},
        {SIX: "19827.42", EXPENSED: "2100000", INTANGIBLE: "85714.29", SCORED: "1416000"},
    ),
    # 19,200 ÷ 2 = 9,600 for January 2025
    ("小微企业", date(2025, 6, 30), {"R8.2": "b"}, {SIX: "29427.42"}),
    # 10,600 ÷ 8,200 − 1 = 29.27%; 5 × 5200 × 12 = 312,000
    ("区外企业", date(2025, 12, 31), {}, {STATE: "0", FIRST: "0", LATER_REVIEW: "0", OTC: "0"}),
    ("区外企业", date(2025, 12, 31), {"R3.13": "b"}, {STATE: "312000"}),
    # the municipal title is of 2020: its first review 100,000, the next 50,000; the national one 500,000, under b 400,000
    ("两个称号", date(2025, 12, 31), {}, {FIRST: "500000", FIRST_REVIEW: "100000", LATER_REVIEW: "50000"}),
    ("两个称号", date(2025, 12, 31), {"R5.1": "b"}, {FIRST: "400000", FIRST_REVIEW: "100000", LATER_REVIEW: "50000"}),
    ("两个称号", date(2025, 12, 31), {"R5.2": "b"}, {LATER_REVIEW: "0"}),
    # 5 × 2400 × 12 = 144,000
    ("已兑付", date(2025, 12, 31), {}, {STATE: "144000", FIRST: "100000", LATER_REVIEW: "50000"}),
]


@pytest.mark.parametrize(("file", "on", "readings", "expected"), EXAMPLES)
def test_example_files(
    policy: fayan.Policy, file: str, on: date, readings: dict[str, str], expected: dict[str, str]
) -> None:
    decision = policy.decide(ROOT / "examples" / f"{file}.yaml", on=on, readings=readings)
    provisions = {name: each for measure in decision.measures.values() for name, each in measure.provisions.items()}
    assert {name: provisions[name].amount for name in expected} == {name: Decimal(it) for name, it in expected.items()}


def test_example_files_are_all_tried_and_say_they_are_invented() -> None:
    files = {path.stem: path.read_text("utf-8") for path in (ROOT / "examples").glob("*.yaml")}
    assert set(files) == {file for file, *_ in EXAMPLES}
    assert all(text.startswith("# 虚构的企业") and "（虚构）" in text for text in files.values())


def test_what_was_paid_is_set_off_in_the_example_file(policy: fayan.Policy) -> None:
    # rent 144,000 − 80,000 = 64,000; recognition 100,000 − 100,000 = 0; the payment for a 首次复核 that is none meets no item
    decision = policy.decide(ROOT / "examples" / "已兑付.yaml", on=date(2025, 12, 31))
    payable = {STATE: decision.measures[3].provisions[STATE], FIRST: decision.measures[5].provisions[FIRST]}
    assert {name: each.payable for name, each in payable.items()} == {
        STATE: Decimal("64000.00"),
        FIRST: Decimal("0.00"),
    }
    assert [payment.row["事项"] for payment in decision.unmatched_payments] == [FIRST_REVIEW]
