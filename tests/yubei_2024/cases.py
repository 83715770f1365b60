"""Facts, cases and how they are checked, for the tests of the reference policy by hand.

Each case says the arithmetic beside the amount. ``expect`` is provision → "status", or "status amount" in 元.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import field, frozen

import fayan
from tests.places import ROOT

POLICY = ROOT / "policies" / "yubei_2024.pol"
Facts = dict[str, Any]

# ---------------------------------------------------------------- what provisions are called
STATE, IDLE = "国有厂房租金减免", "社会闲置厂房租金补贴"
FIRST, FIRST_REVIEW, LATER_REVIEW = "首次认定", "首次复核", "后续复核"
OTC, NEEQ, IPO = "OTC挂牌", "新三板挂牌", "首发上市"
SIX, EXPENSED, INTANGIBLE = "六税两费减征", "研发费用加计扣除", "无形资产加计摊销"
SCORED = "评审价格扣除"


# ---------------------------------------------------------------- facts
def title(level: str = "市级专精特新", day: str = "2023-06-01", until: str | None = None) -> Facts:
    return {"级别": level, "日期": day, "有效期至": until}


def review(day: str, level: str = "市级专精特新", passed: bool = True, until: str | None = None) -> Facts:
    return {"级别": level, "日期": day, "通过": passed, "有效期至": until}


def output(**years: str | int | None) -> list[Facts]:
    """产值 by year, in 万元: ``output(y2023=5000)``."""
    return [
        {"年度": int(year[1:]), "产值": f"{value}万元" if value is not None else None} for year, value in years.items()
    ]


def lease(area: str | int, rent: str | int, year: int = 2025, months: int = 12, idle: bool = False) -> Facts:
    return {
        "年度": year,
        "房源": "社会闲置厂房" if idle else "国有厂房",
        "面积": f"{area}平方米",
        "租金": f"{rent}元/平方米·月",
        "租用月数": f"{months}月",
    }


def paid(measure: int, name: str, day: str, amount: str, under: str | None = None) -> Facts:
    return {"措施": measure, "事项": name, "日期": day, "金额": amount} | ({"依据": under} if under else {})


def firm(**facts: Any) -> Facts:
    """An industrial firm of the district with a municipal title of 2023-06-01; the facts named replace these, ``ABSENT`` takes one away."""
    base: Facts = {
        "区内企业": "是",
        "迁入日期": None,
        "迁出日期": None,
        "行业门类": "工业",
        "认定记录": [title()],
        "复核记录": [],
        "年度经营": output(y2021=5000, y2022=5000, y2023=5000, y2024=6500),
        "已兑付": [],
    }
    return {name: value for name, value in (base | facts).items() if value is not ABSENT}


LATER = date(2026, 6, 30)
SMALL = [lease(3000, 22)]  # 5 × 3000 × 12 = 180,000
STAGES = ["新三板备案日期", "新三板基础创新层挂牌日期", "新三板精选层挂牌日期", "上市辅导备案日期", "上市辅导验收日期", "上市申请受理日期", "首发上市日期", "首发上市交易所"]  # fmt: skip
ABSENT = object()
LITTLE = "国家小巨人"
OLD = "渝北府办发〔2022〕38号"


@frozen
class Case:
    name: str
    facts: Facts
    expect: dict[str, str]
    readings: dict[str, str] = field(factory=dict)
    on: date = date(2025, 12, 31)


def check(policy: fayan.Policy, measure: int, case: Case) -> None:
    decision = policy.decide({"企业": case.facts}, on=case.on, readings=case.readings)
    for name, expected in case.expect.items():
        provision = decision.measures[measure].provisions[name]
        status, _, amount = expected.partition(" ")
        assert (name, provision.status) == (name, status)
        assert (name, provision.amount) == (name, Decimal(amount or "0.00"))


def params(cases: list[Case]) -> pytest.MarkDecorator:
    assert len({case.name for case in cases}) == len(cases)
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)
