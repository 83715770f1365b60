"""Measure 3, rent: every amount worked out by hand."""

from __future__ import annotations

from datetime import date

import fayan
from tests.yubei_2024.cases import (
    ABSENT,
    IDLE,
    LATER,
    LITTLE,
    SMALL,
    STATE,
    Case,
    check,
    firm,
    lease,
    output,
    params,
    review,
    title,
)

BOTH_ROUTES = [lease(6000, 26, idle=True), lease(6000, 26)]
OTHERS = [
    {"年度": 2023, "产值": "5000万元", "主营业务收入": "4000万元"},
    {"年度": 2024, "产值": "6500万元", "主营业务收入": "4600万元"},
]  # 产值 +30%, 主营业务收入 +15%
TWENTY = output(y2023=5000, y2024=6000)  # exactly 20%
TWELVE = output(y2023=5000, y2024=5600)  # 12%

MEASURE_3 = [
    # growth 6500 ÷ 5000 − 1 = 30%; 5 × 3000 × 12 = 180,000
    Case("plain", firm(租赁=SMALL), {STATE: "granted 180000.00", IDLE: "not_applicable"}),
    # R3.2: 6000 ÷ 5000 − 1 = 20%, not more than 20%
    Case("growth exactly 20%", firm(租赁=SMALL, 年度经营=TWENTY), {STATE: "denied"}),
    Case("growth exactly 20%, R3.2 b", firm(租赁=SMALL, 年度经营=TWENTY), {STATE: "granted 180000.00"}, {"R3.2": "b"}),
    # 60,000,000.01 ÷ 50,000,000 − 1 > 20%
    Case(
        "one cent above 20%",
        firm(租赁=SMALL, 年度经营=output(y2023=5000, y2024="6000.000001")),
        {STATE: "granted 180000.00"},
    ),
    Case(
        "one cent below 20%, R3.2 b",
        firm(租赁=SMALL, 年度经营=output(y2023=5000, y2024="5999.999999")),
        {STATE: "denied"},
        {"R3.2": "b"},
    ),
    # the rent: 20 is not more than 20; the flat 5 makes a cliff at 20.01: 5 × 3000 × 12 = 180,000
    Case("rent exactly 20", firm(租赁=[lease(3000, 20)]), {STATE: "denied"}),
    Case("rent 20.01", firm(租赁=[lease(3000, "20.01")]), {STATE: "granted 180000.00"}),
    # the cap: 5 × 10000 × 10 = 500,000, just full; 5 × 10000.2 × 10 = 500,010 → 500,000
    Case("cap exactly", firm(租赁=[lease(10000, 22, months=10)]), {STATE: "granted 500000.00"}),
    Case("cap passed by 10 yuan", firm(租赁=[lease("10000.2", 22, months=10)]), {STATE: "granted 500000.00"}),
    Case("cap missed by 10 yuan", firm(租赁=[lease("9999.8", 22, months=10)]), {STATE: "granted 499990.00"}),
    # the cap is for each year: 2025 600,000 → 500,000 and 2026 600,000 → 500,000, growth 2025 6500 → 8450 = 30%
    Case(
        "cap for each year",
        firm(租赁=[lease(10000, 22), lease(10000, 22, year=2026)], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {STATE: "granted 1000000.00"},
        on=date(2026, 12, 31),
    ),
    # R3.5: 5 × 6000 × 12 = 360,000 each; state-owned first: 360,000 + (500,000 − 360,000) = 360,000 + 140,000
    Case("one cap for both routes", firm(租赁=BOTH_ROUTES), {STATE: "granted 360000.00", IDLE: "granted 140000.00"}),
    Case(
        "a cap for each route",
        firm(租赁=BOTH_ROUTES),
        {STATE: "granted 360000.00", IDLE: "granted 360000.00"},
        {"R3.5": "b"},
    ),
    # R3.4 c: the cap does not reach idle premises: 5 × 12000 × 12 = 720,000
    Case("idle without cap", firm(租赁=[lease(12000, 26, idle=True)]), {IDLE: "granted 720000.00"}, {"R3.4": "c"}),
    Case("idle with cap", firm(租赁=[lease(12000, 26, idle=True)]), {IDLE: "granted 500000.00"}, {"R3.4": "b"}),
    # R3.4: 18 yuan is under the threshold; 5 × 5000 × 12 = 300,000
    Case("idle at 18", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "denied"}),
    Case("idle at 18, R3.4 b", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "granted 300000.00"}, {"R3.4": "b"}),
    Case("idle at 18, R3.4 c", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "granted 300000.00"}, {"R3.4": "c"}),
    # R3.6 b: (21 − 20) × 1000 × 12 = 12,000; (25 − 20) = 5 just full; (26 − 20) = 6 → 5 × 1000 × 12 = 60,000; at 18 max(0, −2) = 0
    Case("flat 5 at 21", firm(租赁=[lease(1000, 21)]), {STATE: "granted 60000.00"}),
    Case("part above 20 at 21", firm(租赁=[lease(1000, 21)]), {STATE: "granted 12000.00"}, {"R3.6": "b"}),
    Case("part above 20 at 25", firm(租赁=[lease(1000, 25)]), {STATE: "granted 60000.00"}, {"R3.6": "b"}),
    Case("part above 20 at 26", firm(租赁=[lease(1000, 26)]), {STATE: "granted 60000.00"}, {"R3.6": "b"}),
    Case(
        "part above 20 at 18",
        firm(租赁=[lease(1000, 18, idle=True)]),
        {IDLE: "granted 0.00"},
        {"R3.6": "b", "R3.4": "b"},
    ),
    # R3.6 b: (20.33 − 20) × 33.33 × 1 = 10.9989 → 11.00
    Case("rounded half up", firm(租赁=[lease("33.33", "20.33", months=1)]), {STATE: "granted 11.00"}, {"R3.6": "b"}),
    # R3.7: 5 × 9000 × 6 = 270,000; cap 500,000 × 6 ÷ 12 = 250,000
    Case("half a year", firm(租赁=[lease(9000, 22, months=6)]), {STATE: "granted 270000.00"}),
    Case(
        "half a year, half the cap", firm(租赁=[lease(9000, 22, months=6)]), {STATE: "granted 250000.00"}, {"R3.7": "b"}
    ),
    # two leases of 5 × 10000 × 6 = 300,000: 600,000 → 500,000; with the largest 6 months: 250,000
    Case("two half years", firm(租赁=[lease(10000, 22, months=6)] * 2), {STATE: "granted 500000.00"}),
    Case(
        "two half years, half the cap",
        firm(租赁=[lease(10000, 22, months=6)] * 2),
        {STATE: "granted 250000.00"},
        {"R3.7": "b"},
    ),
    # the longest under one cap is 12 months → 500,000: 300,000 + 200,000; under two caps 250,000 and 500,000 (of 600,000)
    Case(
        "months of both routes",
        firm(租赁=[lease(10000, 22, months=6), lease(10000, 22, idle=True)]),
        {STATE: "granted 300000.00", IDLE: "granted 200000.00"},
        {"R3.7": "b"},
    ),
    Case(
        "months of each route",
        firm(租赁=[lease(10000, 22, months=6), lease(10000, 22, idle=True)]),
        {STATE: "granted 250000.00", IDLE: "granted 500000.00"},
        {"R3.7": "b", "R3.5": "b"},
    ),
    # R3.8: 16 no, 24 yes: 5 × 3000 × 12 = 180,000; mean (16 + 24) ÷ 2 = 20, not more; (16 + 25) ÷ 2 = 20.5: both, 360,000
    Case("16 and 24", firm(租赁=[lease(3000, 16), lease(3000, 24)]), {STATE: "granted 180000.00"}),
    Case("16 and 24, mean exactly 20", firm(租赁=[lease(3000, 16), lease(3000, 24)]), {STATE: "denied"}, {"R3.8": "b"}),
    Case(
        "16 and 25, mean 20.5",
        firm(租赁=[lease(3000, 16), lease(3000, 25)]),
        {STATE: "granted 360000.00"},
        {"R3.8": "b"},
    ),
    # weighted: (16 × 1000 + 22 × 3000) ÷ 4000 = 20.5: 5 × 4000 × 12 = 240,000
    Case("mean by area", firm(租赁=[lease(1000, 16), lease(3000, 22)]), {STATE: "granted 240000.00"}, {"R3.8": "b"}),
    # only leases of the same kind: state 16, no; idle 26: 180,000
    Case(
        "mean by kind",
        firm(租赁=[lease(3000, 16), lease(3000, 26, idle=True)]),
        {STATE: "denied", IDLE: "granted 180000.00"},
        {"R3.8": "b"},
    ),
    # R3.9: rent of 2024 by growth 2023 (5000 → 5000, 0%) or 2024 (30%)
    Case("growth of the year before", firm(租赁=[lease(3000, 22, year=2024)]), {STATE: "denied"}),
    Case("growth of the year", firm(租赁=[lease(3000, 22, year=2024)]), {STATE: "granted 180000.00"}, {"R3.9": "b"}),
    # R3.1: 产值 +30%, 主营业务收入 +15%
    Case("industry by output", firm(租赁=SMALL, 年度经营=OTHERS), {STATE: "granted 180000.00"}),
    Case("others by revenue", firm(租赁=SMALL, 年度经营=OTHERS, 行业门类="其他"), {STATE: "denied"}),
    Case("both must", firm(租赁=SMALL, 年度经营=OTHERS), {STATE: "denied"}, {"R3.1": "b"}),
    Case("either may", firm(租赁=SMALL, 年度经营=OTHERS, 行业门类="其他"), {STATE: "granted 180000.00"}, {"R3.1": "c"}),
    Case(
        "industry not known, both fail",
        firm(租赁=SMALL, 年度经营=[row | {"主营业务收入": "1元"} for row in TWELVE], 行业门类=ABSENT),
        {STATE: "denied"},
    ),
    # R3.3: +12%
    Case("little giant +12%", firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(LITTLE)]), {STATE: "denied"}),
    Case(
        "little giant +12%, R3.3 b",
        firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(LITTLE)]),
        {STATE: "granted 180000.00"},
        {"R3.3": "b"},
    ),
    Case("municipal +12%, R3.3 b", firm(租赁=SMALL, 年度经营=TWELVE), {STATE: "denied"}, {"R3.3": "b"}),
    Case(
        "little giant lapsed on the day before the event, R3.3 b",
        firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(), title(LITTLE, until="2025-12-30")]),
        {STATE: "denied"},
        {"R3.3": "b"},
    ),
    # R3.13 and G6
    Case("outside", firm(租赁=SMALL, 区内企业="否"), {STATE: "denied"}),
    Case("outside, R3.13 b", firm(租赁=SMALL, 区内企业="否"), {STATE: "granted 180000.00"}, {"R3.13": "b"}),
    Case("moved in on the event day", firm(租赁=SMALL, 迁入日期="2025-12-31"), {STATE: "granted 180000.00"}),
    Case("moved in a day late", firm(租赁=SMALL, 迁入日期="2026-01-01"), {STATE: "denied"}, on=LATER),
    Case(
        "moved in a day late, G6 b",
        firm(租赁=SMALL, 迁入日期="2026-01-01"),
        {STATE: "granted 180000.00"},
        {"G6": "b"},
        LATER,
    ),
    Case("moved in a day late, G6 c", firm(租赁=SMALL, 迁入日期="2026-01-01"), {STATE: "denied"}, {"G6": "c"}, LATER),
    Case(
        "moved out later",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "granted 180000.00"},
        on=LATER,
    ),
    Case(
        "moved out later, G6 b",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "denied"},
        {"G6": "b"},
        LATER,
    ),
    Case(
        "moved out later, G6 c",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "denied"},
        {"G6": "c"},
        LATER,
    ),
    Case(
        "moved out on the event day",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2025-12-31"),
        {STATE: "denied"},
        on=LATER,
    ),
    # G7: the event day is 31 December 2025
    Case(
        "title to the event day", firm(租赁=SMALL, 认定记录=[title(until="2025-12-31")]), {STATE: "granted 180000.00"}
    ),
    Case("title to the day before", firm(租赁=SMALL, 认定记录=[title(until="2025-12-30")]), {STATE: "denied"}),
    Case(
        "title to the day before, G7 b",
        firm(租赁=SMALL, 认定记录=[title(until="2025-12-30")]),
        {STATE: "granted 180000.00"},
        {"G7": "b"},
    ),
    Case(
        "title kept by a review",
        firm(租赁=SMALL, 认定记录=[title(until="2025-06-01")], 复核记录=[review("2025-05-20", until="2025-12-31")]),
        {STATE: "granted 180000.00"},
    ),
    Case(
        "a failed review keeps nothing",
        firm(
            租赁=SMALL,
            认定记录=[title(until="2025-06-01")],
            复核记录=[review("2025-05-20", passed=False, until="2028-05-31")],
        ),
        {STATE: "denied"},
    ),
    Case(
        "a review without a term keeps nothing",
        firm(租赁=SMALL, 认定记录=[title(until="2025-06-01")], 复核记录=[review("2025-05-20")]),
        {STATE: "denied"},
    ),
    # G8: rent of 2023, event day 2023-12-31; growth of 2022: 6000 → 7500 = 25%
    Case(
        "rent of 2023",
        firm(租赁=[lease(3000, 22, year=2023)], 年度经营=output(y2021=6000, y2022=7500)),
        {STATE: "not_in_force"},
    ),
    Case(
        "rent of 2023, G8 b",
        firm(租赁=[lease(3000, 22, year=2023)], 年度经营=output(y2021=6000, y2022=7500)),
        {STATE: "granted 180000.00"},
        {"G8": "b"},
    ),
    # G2
    Case("last day 2025-12-31", firm(租赁=SMALL), {STATE: "granted 180000.00"}, {"G2": "b"}),
    Case(
        "rent of 2026, G2 b",
        firm(租赁=[lease(3000, 22, year=2026)], 年度经营=output(y2024=6500, y2025=8450)),
        {STATE: "not_in_force"},
        {"G2": "b"},
        date(2026, 12, 31),
    ),
    Case(
        "rent of 2028, G2 c",
        firm(租赁=[lease(3000, 22, year=2028)], 年度经营=output(y2026=6500, y2027=8450)),
        {STATE: "granted 180000.00"},
        {"G2": "c"},
        date(2029, 12, 31),
    ),
    Case(
        "rent of 2029, G2 c",
        firm(租赁=[lease(3000, 22, year=2029)], 年度经营=output(y2027=6500, y2028=8450)),
        {STATE: "not_in_force"},
        {"G2": "c"},
        date(2029, 12, 31),
    ),
    # time
    Case("the year is not over", firm(租赁=SMALL), {STATE: "not_applicable"}, on=date(2025, 12, 30)),
    Case("before the policy", firm(租赁=SMALL), {STATE: "not_in_force"}, on=date(2024, 12, 11)),
    Case("no leases", firm(租赁=[]), {STATE: "not_applicable", IDLE: "not_applicable"}),
    # what is not known, what cannot be computed
    Case("leases not known", firm(), {STATE: "unknown", IDLE: "unknown"}),
    Case("district not known", firm(租赁=SMALL, 区内企业=ABSENT), {STATE: "unknown"}),
    Case("district not known, rent 20", firm(租赁=[lease(3000, 20)], 区内企业=ABSENT), {STATE: "denied"}),
    Case("growth over zero", firm(租赁=SMALL, 年度经营=output(y2023=0, y2024=6500)), {STATE: "error"}),
    Case("growth over none", firm(租赁=SMALL, 年度经营=output(y2023=None, y2024=6500)), {STATE: "error"}),
]


@params(MEASURE_3)
def test_measure_3(policy: fayan.Policy, case: Case) -> None:
    check(policy, 3, case)


def test_what_is_missing_for_rent_is_named_and_nothing_else(policy: fayan.Policy) -> None:
    facts = firm(租赁=SMALL, 年度经营=output(y2023=5000), 迁入日期=ABSENT)
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31))
    missing = decision.measures[3].provisions[STATE].missing
    assert missing == ["迁入日期", "年度经营[2024].产值"]
