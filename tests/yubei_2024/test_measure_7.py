"""Measure 7, listing: every amount worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import fayan
from tests.yubei_2024.cases import ABSENT, IPO, NEEQ, OTC, STAGES, Case, Facts, check, firm, params, title


def listed(*boards: tuple[str, str], **facts: Any) -> Facts:
    return firm(OTC挂牌=[{"板块": board, "日期": day} for board, day in boards], **(dict.fromkeys(STAGES) | facts))


GROWTH, SPECIAL = "成长板", "专精特新板"
NEW_BOARD: Facts = {"新三板备案日期": "2025-01-06", "新三板基础创新层挂牌日期": "2025-04-01"}
BEIJING: Facts = NEW_BOARD | {"首发上市日期": "2025-12-01", "首发上市交易所": "北交所"}
SHENZHEN: Facts = {
    "上市辅导备案日期": "2025-01-08",
    "上市辅导验收日期": "2025-03-02",
    "上市申请受理日期": "2025-04-01",
    "首发上市日期": "2025-11-03",
    "首发上市交易所": "深交所",
}
COACHING: Facts = {"上市辅导备案日期": "2025-01-08"}

MEASURE_7 = [
    # G8 and the day of listing
    Case("OTC on the effective date", listed((GROWTH, "2024-12-12")), {OTC: "granted 600000.00"}),
    Case("OTC the day before", listed((GROWTH, "2024-12-11")), {OTC: "not_in_force"}),
    Case("OTC the day before, G8 b", listed((GROWTH, "2024-12-11")), {OTC: "granted 600000.00"}, {"G8": "b"}),
    Case(
        "OTC in 2021, G8 b",
        listed((GROWTH, "2021-12-31"), 认定记录=[title(day="2020-01-01")]),
        {OTC: "not_in_force"},
        {"G8": "b"},
    ),
    Case(
        "OTC on 2022-01-01, G8 b",
        listed((GROWTH, "2022-01-01"), 认定记录=[title(day="2020-01-01")]),
        {OTC: "granted 600000.00"},
        {"G8": "b"},
    ),
    Case("OTC on the day of assessment", listed((GROWTH, "2025-12-31")), {OTC: "granted 600000.00"}),
    Case("OTC the day after", listed((GROWTH, "2026-01-01")), {OTC: "not_applicable"}),
    # the title on the day of listing
    Case(
        "recognised on the day of listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(day="2025-06-01")]),
        {OTC: "granted 600000.00"},
    ),
    Case(
        "recognised the day after listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(day="2025-06-02")]),
        {OTC: "denied"},
    ),
    Case(
        "title to the day of listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-06-01")]),
        {OTC: "granted 600000.00"},
    ),
    Case(
        "title to the day before listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-05-31")]),
        {OTC: "denied"},
    ),
    Case(
        "lapsed title, G7 b",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-05-31")]),
        {OTC: "granted 600000.00"},
        {"G7": "b"},
    ),
    # the district on the day of listing
    Case("moved in the day after listing", listed((GROWTH, "2025-06-01"), 迁入日期="2025-06-02"), {OTC: "denied"}),
    Case(
        "moved in the day after listing, G6 b",
        listed((GROWTH, "2025-06-01"), 迁入日期="2025-06-02"),
        {OTC: "granted 600000.00"},
        {"G6": "b"},
    ),
    # R7.3: 600,000 once; b 600,000 on each board, and never twice on one
    Case("both boards", listed((GROWTH, "2025-06-01"), (SPECIAL, "2025-09-01")), {OTC: "granted 600000.00"}),
    Case(
        "both boards, R7.3 b",
        listed((GROWTH, "2025-06-01"), (SPECIAL, "2025-09-01")),
        {OTC: "granted 1200000.00"},
        {"R7.3": "b"},
    ),
    Case(
        "one board twice, R7.3 b",
        listed((GROWTH, "2025-06-01"), (GROWTH, "2025-09-01")),
        {OTC: "granted 600000.00"},
        {"R7.3": "b"},
    ),
    # an earlier listing that does not count leaves the award to the later one
    Case(
        "the first board was too early",
        listed((GROWTH, "2024-12-11"), (SPECIAL, "2025-09-01")),
        {OTC: "granted 600000.00"},
    ),
    # 新三板: 1,000,000 and 1,000,000
    Case("nowhere", listed(), {OTC: "not_applicable", NEEQ: "not_applicable", IPO: "not_applicable"}),
    Case("filed", listed(新三板备案日期="2025-01-06"), {NEEQ: "granted 1000000.00"}),
    Case("filed and listed", listed(**NEW_BOARD), {NEEQ: "granted 2000000.00"}),
    Case(
        "filed before the policy", listed(**NEW_BOARD | {"新三板备案日期": "2024-12-11"}), {NEEQ: "granted 1000000.00"}
    ),
    # R7.2 a: the select layer is never reached, whatever is written there
    Case(
        "select layer, R7.2 a",
        listed(**NEW_BOARD | {"新三板精选层挂牌日期": "2025-06-01"}),
        {NEEQ: "granted 2000000.00"},
    ),
    # R7.2 b: 1,000,000 + 1,000,000 + 2,000,000 = 4,000,000; R7.1 a 3,000,000, b 4,000,000, c 1,000,000 + 2,000,000
    Case("Beijing, R7.2 a", listed(**BEIJING), {NEEQ: "granted 2000000.00"}),
    Case("Beijing, R7.1 a R7.2 b", listed(**BEIJING), {NEEQ: "granted 3000000.00"}, {"R7.2": "b"}),
    Case("Beijing, R7.1 b R7.2 b", listed(**BEIJING), {NEEQ: "granted 4000000.00"}, {"R7.1": "b", "R7.2": "b"}),
    Case("Beijing, R7.1 c R7.2 b", listed(**BEIJING), {NEEQ: "granted 3000000.00"}, {"R7.1": "c", "R7.2": "b"}),
    # c without the base layer: 1,000,000 + 2,000,000; without the filing: 2,000,000
    Case(
        "Beijing without the base layer, R7.1 c R7.2 b",
        listed(**BEIJING | {"新三板基础创新层挂牌日期": None}),
        {NEEQ: "granted 3000000.00"},
        {"R7.1": "c", "R7.2": "b"},
    ),
    Case(
        "Beijing without the filing, R7.1 c R7.2 b",
        listed(**BEIJING | {"新三板备案日期": None}),
        {NEEQ: "granted 2000000.00"},
        {"R7.1": "c", "R7.2": "b"},
    ),
    Case("Shenzhen, R7.2 b", listed(**NEW_BOARD | SHENZHEN), {NEEQ: "granted 2000000.00"}, {"R7.2": "b"}),
    # IPO: 2,000,000 + 3,000,000 + 5,000,000
    Case("IPO through the stages", listed(**SHENZHEN), {IPO: "granted 10000000.00"}),
    Case("IPO, accepted on the day", listed(**SHENZHEN), {IPO: "granted 5000000.00"}, on=date(2025, 4, 1)),
    Case("IPO, the day before acceptance", listed(**SHENZHEN), {IPO: "granted 2000000.00"}, on=date(2025, 3, 31)),
    Case("IPO, the day before listing", listed(**SHENZHEN), {IPO: "granted 5000000.00"}, on=date(2025, 11, 2)),
    # R7.6: the filing of 2025-01-08 or the acceptance of 2025-03-02
    Case("coached, not accepted", listed(**COACHING), {IPO: "not_applicable"}),
    Case("coached, not accepted, R7.6 b", listed(**COACHING), {IPO: "granted 2000000.00"}, {"R7.6": "b"}),
    # R7.4: 5,000,000 for the one stage reached
    Case("Beijing is a domestic IPO", listed(**BEIJING), {IPO: "granted 5000000.00"}),
    Case("Beijing is none, R7.4 b", listed(**BEIJING), {IPO: "denied"}, {"R7.4": "b"}),
    Case("Shenzhen is one, R7.4 b", listed(**SHENZHEN), {IPO: "granted 10000000.00"}, {"R7.4": "b"}),
    Case(
        "exchange not settled, R7.4 b",
        listed(**SHENZHEN | {"首发上市交易所": None}),
        {IPO: "granted 10000000.00"},
        {"R7.4": "b"},
    ),
    Case(
        "exchange not known, R7.4 b", listed(**SHENZHEN | {"首发上市交易所": ABSENT}), {IPO: "unknown"}, {"R7.4": "b"}
    ),
    Case("exchange not known, R7.4 a", listed(**SHENZHEN | {"首发上市交易所": ABSENT}), {IPO: "granted 10000000.00"}),
    # R7.5 b: 10,000,000 − 600,000 − 2,000,000 = 7,400,000; with the first stage only max(0, 2,000,000 − 2,600,000) = 0
    Case(
        "the ladder stacks",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | SHENZHEN),
        {OTC: "granted 600000.00", NEEQ: "granted 2000000.00", IPO: "granted 10000000.00"},
    ),
    Case(
        "the ladder, R7.5 b",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | SHENZHEN),
        {OTC: "granted 600000.00", NEEQ: "granted 2000000.00", IPO: "granted 7400000.00"},
        {"R7.5": "b"},
    ),
    Case(
        "the ladder, first stage, R7.5 b",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | {"上市辅导验收日期": "2025-03-02"}),
        {IPO: "granted 0.00"},
        {"R7.5": "b"},
    ),
    # 600,000 from OTC alone: 2,000,000 − 600,000 = 1,400,000
    Case(
        "OTC then coaching, R7.5 b",
        listed((GROWTH, "2025-01-02"), 上市辅导验收日期="2025-03-02"),
        {IPO: "granted 1400000.00"},
        {"R7.5": "b"},
    ),
    # what is not known
    Case("OTC not known", firm(**dict.fromkeys(STAGES)), {OTC: "unknown"}),
    Case("a stage not known", listed(**SHENZHEN | {"首发上市日期": ABSENT}), {IPO: "granted 5000000.00"}),
]


@params(MEASURE_7)
def test_measure_7(policy: fayan.Policy, case: Case) -> None:
    check(policy, 7, case)


def test_an_unknown_stage_makes_the_sum_at_least(policy: fayan.Policy) -> None:
    facts = listed(**SHENZHEN | {"首发上市日期": ABSENT})
    ipo = policy.decide({"企业": facts}, on=date(2025, 12, 31)).measures[7].provisions[IPO]
    assert (ipo.amount, ipo.complete) == (Decimal("5000000.00"), False)
    assert ipo.missing == ["首发上市日期"]


def test_an_item_is_of_the_date_the_reading_takes(policy: fayan.Policy) -> None:
    """R7.6: the acceptance, or the filing where b is read; R7.2 b: 精选层 is of the first listing."""
    facts = {
        "企业": listed(
            上市辅导备案日期="2025-03-01",
            上市辅导验收日期="2025-04-01",
            首发上市日期="2025-05-05",
            首发上市交易所="北交所",
        )
    }
    found = {}
    for readings in ({}, {"R7.6": "b"}, {"R7.2": "b"}):
        provisions = policy.decide(facts, on=date(2025, 12, 31), readings=readings).measures[7].provisions
        found[str(readings)] = [(item.name, item.of) for name in (NEEQ, IPO) for item in provisions[name].items]
        assert {reason.of for reason in provisions[IPO].reasons} == {item.of for item in provisions[IPO].items}
    last = ("完成首发上市", "首发上市日期")
    assert found == {
        "{}": [("辅导验收备案", "上市辅导验收日期"), last],
        "{'R7.6': 'b'}": [("辅导验收备案", "上市辅导备案日期"), last],
        "{'R7.2': 'b'}": [("精选层挂牌", "首发上市日期"), ("辅导验收备案", "上市辅导验收日期"), last],
    }
