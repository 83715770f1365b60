"""Measure 8, taxes: every amount worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import fayan
from tests.yubei_2024.cases import (
    ABSENT,
    EXPENSED,
    INTANGIBLE,
    SIX,
    SMALL,
    STAGES,
    Case,
    Facts,
    check,
    firm,
    params,
    title,
)


def taxed(*months: tuple[str, str], **facts: Any) -> Facts:
    base = {
        "小型微利企业": "是",
        "企业规模": "小型",
        "税费": [{"所属期": month, "六税两费": tax} for month, tax in months],
    }
    return firm(**base | facts)


def research(*years: tuple[int, str, str, str], **facts: Any) -> Facts:
    rows = [
        {"年度": year, "费用化支出": spent, "无形资产成本": cost, "摊销年限": life} for year, spent, cost, life in years
    ]
    return firm(**{"科技型中小企业": "是", "研发": rows} | facts)


SPENT = (2024, "200万元", "300万元", "10年")
AFTER = (2025, "200万元", "300万元", "10年")
NOT_LISTED: Facts = {"科技型中小企业": "否"}

MEASURE_8 = [
    # 200,000 × 50% = 100,000; the last month is December 2024 (R8.2)
    Case("December 2024", taxed(("2024-12", "20万元")), {SIX: "granted 100000.00"}),
    Case("January 2025", taxed(("2025-01", "20万元")), {SIX: "not_in_force"}),
    Case("January 2025, R8.2 b", taxed(("2025-01", "20万元")), {SIX: "granted 100000.00"}, {"R8.2": "b"}),
    Case(
        "December 2027, R8.2 b",
        taxed(("2027-12", "20万元")),
        {SIX: "granted 100000.00"},
        {"R8.2": "b"},
        date(2028, 6, 30),
    ),
    Case("January 2028, R8.2 b", taxed(("2028-01", "20万元")), {SIX: "not_in_force"}, {"R8.2": "b"}, date(2028, 6, 30)),
    Case("January 2022", taxed(("2022-01", "20万元"), 认定记录=[title(day="2021-06-01")]), {SIX: "granted 100000.00"}),
    Case("December 2021", taxed(("2021-12", "20万元"), 认定记录=[title(day="2021-06-01")]), {SIX: "not_in_force"}),
    # the title counts on the last day of the month
    Case(
        "recognised on the last day of the month",
        taxed(("2024-06", "20万元"), 认定记录=[title(day="2024-06-30")]),
        {SIX: "granted 100000.00"},
    ),
    Case("recognised a day later", taxed(("2024-06", "20万元"), 认定记录=[title(day="2024-07-01")]), {SIX: "denied"}),
    Case(
        "title to the day before", taxed(("2024-06", "20万元"), 认定记录=[title(until="2024-06-29")]), {SIX: "denied"}
    ),
    Case(
        "title to the day before, G7 b",
        taxed(("2024-06", "20万元"), 认定记录=[title(until="2024-06-29")]),
        {SIX: "granted 100000.00"},
        {"G7": "b"},
    ),
    # R8.1
    Case("small by tax law only", taxed(("2024-12", "20万元"), 企业规模="中型"), {SIX: "granted 100000.00"}),
    Case(
        "small by tax law only, R8.1 b", taxed(("2024-12", "20万元"), 企业规模="中型"), {SIX: "denied"}, {"R8.1": "b"}
    ),
    Case("small by size only", taxed(("2024-12", "20万元"), 小型微利企业="否"), {SIX: "denied"}),
    Case(
        "small by size only, R8.1 b",
        taxed(("2024-12", "20万元"), 小型微利企业="否"),
        {SIX: "granted 100000.00"},
        {"R8.1": "b"},
    ),
    Case(
        "micro, R8.1 b",
        taxed(("2024-12", "20万元"), 小型微利企业="否", 企业规模="微型"),
        {SIX: "granted 100000.00"},
        {"R8.1": "b"},
    ),
    # every item half up to 分: 100.01 × 50% = 50.005 → 50.01, twice: 100.02 (200.02 × 50% would be 100.01)
    Case("rounded by item", taxed(("2024-11", "100.01元"), ("2024-12", "100.01元")), {SIX: "granted 100.02"}),
    # R8.4: 2,000,000 × 100%; 3,000,000 × (200% − 100%) ÷ 10 = 300,000 a year
    Case("research in 2024", research(SPENT), {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"}),
    Case("research in 2025", research(AFTER), {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"}),
    Case(
        "research in 2025, R8.4 b",
        research(AFTER),
        {EXPENSED: "not_in_force", INTANGIBLE: "not_in_force"},
        {"R8.4": "b"},
    ),
    Case(
        "research in 2024, R8.4 b",
        research(SPENT),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"},
        {"R8.4": "b"},
    ),
    Case(
        "research in 2022",
        research((2022, "200万元", "0元", "10年"), 认定记录=[title(day="2022-12-31")]),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 0.00"},
    ),
    Case(
        "research in 2021",
        research((2021, "200万元", "0元", "10年"), 认定记录=[title(day="2020-12-31")]),
        {EXPENSED: "not_in_force"},
    ),
    # the title counts on 31 December
    Case(
        "recognised after the year",
        research(SPENT, 认定记录=[title(day="2025-01-01")]),
        {EXPENSED: "denied", INTANGIBLE: "denied"},
    ),
    # R8.5
    Case("not on the list", research(SPENT, **NOT_LISTED), {EXPENSED: "denied", INTANGIBLE: "denied"}),
    Case(
        "not on the list, R8.5 b",
        research(SPENT, **NOT_LISTED),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"},
        {"R8.5": "b"},
    ),
    Case(
        "on no list, no title, R8.5 b", research(SPENT, **NOT_LISTED, 认定记录=[]), {EXPENSED: "denied"}, {"R8.5": "b"}
    ),
    # 1,000,000 ÷ 3 = 333,333.333… → 333,333.33; two years: 333,333.33 × 2 = 666,666.66
    Case(
        "thirds",
        research((2023, "0元", "100万元", "3年"), (2024, "0元", "100万元", "3年")),
        {INTANGIBLE: "granted 666666.66", EXPENSED: "granted 0.00"},
    ),
    # what is not known
    Case("months not known", firm(小型微利企业="是"), {SIX: "unknown"}),
    Case("small or not is not known", taxed(("2024-12", "20万元"), 小型微利企业=ABSENT), {SIX: "unknown"}),
    Case(
        "small or not is not known, out of time",
        taxed(("2025-01", "20万元"), 小型微利企业=ABSENT),
        {SIX: "not_in_force"},
    ),
    Case("no months", taxed(), {SIX: "not_applicable"}),
]


@params(MEASURE_8)
def test_measure_8(policy: fayan.Policy, case: Case) -> None:
    check(policy, 8, case)


def test_unlike_things_are_never_added(policy: fayan.Policy) -> None:
    # cash 100,000 (recognition) · relief 180,000 · tax 100,000 · deduction 2,000,000 + 300,000
    facts = firm(租赁=SMALL) | {"小型微利企业": "是", "税费": [{"所属期": "2024-12", "六税两费": "20万元"}]}
    facts |= {"OTC挂牌": [], **dict.fromkeys(STAGES), "科技型中小企业": "是", "研发": research(SPENT)["研发"]}
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31))
    totals = {nature: (total.amount, total.payable) for nature, total in decision.totals.items()}
    assert totals == {
        "cash": (Decimal("100000.00"), Decimal("100000.00")),
        "relief": (Decimal("180000.00"), Decimal("180000.00")),
        "tax": (Decimal("100000.00"), None),
        "deduction": (Decimal("2300000.00"), None),
    }
