"""企业规模 and 小型微利企业 worked out where they are not given (measures 8 and 19), by the limits of the documents referred to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference_policy import reference_policy

POLICY = reference_policy()
HOLDS = {
    "认定记录": [{"级别": "市级专精特新", "日期": "2023-06-01", "有效期至": None}],
    "复核记录": [],
    "税费": [{"所属期": "2024-11", "六税两费": "20万元"}],
    "采购投标": [{"项目": "食堂", "预留份额": "否", "报价": "100万元", "价格扣除比例": "10%"}],
}
#: 工业: 小型 from 20 people and 300万元, 中型 from 300 people and 2000万元.
SMALL = {"划型行业": "工业", "从业人员": "299人", "营业收入": "2000万元"}
#: 小型微利企业: at most 300万元 taxable, 300 people, 5000万元, in no restricted industry.
MODEST = {"应纳税所得额": "300万元", "从业人员": "300人", "资产总额": "5000万元", "从事国家限制或禁止行业": "否"}


def decided(name: str, readings: dict[str, str] | None = None, **given: Any) -> tuple[str, list[str]]:
    outcome = POLICY.decide({"企业": HOLDS | given}, "2025-06-30", readings).outcome
    provision = next(each for each in outcome.provisions() if each.name == name)
    return provision.status, provision.missing


@pytest.mark.parametrize(
    ("given", "status", "missing"),
    [
        (SMALL, "granted", []),
        (SMALL | {"从业人员": "300人"}, "denied", []),
        (SMALL | {"企业规模": "中型"}, "denied", []),  # what is given counts
        (SMALL | {"从业人员": "300人", "企业规模": "小型"}, "granted", []),
        ({"企业规模": "小型"}, "granted", []),
        ({}, "unknown", ["企业规模"]),
        ({"应纳税所得额": "1万元"}, "unknown", ["企业规模"]),
        ({"划型行业": "工业"}, "unknown", ["企业规模"]),
        ({"划型行业": "工业", "从业人员": "300人"}, "unknown", ["营业收入"]),
        (
            {"划型行业": "工业", "从业人员": "299人"},
            "unknown",
            ["营业收入"],
        ),  # which of 小型 and 微型 hangs on the revenue
        ({"划型行业": "物业管理", "从业人员": "100人", "营业收入": "500万元"}, "unknown", ["查原文所得规模"]),
    ],
)
def test_the_price_of_a_bid_follows_the_size_class(given: dict[str, Any], status: str, missing: list[str]) -> None:
    assert decided("评审价格扣除", **given) == (status, missing)


@pytest.mark.parametrize(
    ("given", "status", "missing"),
    [
        (MODEST, "granted", []),
        (MODEST | {"应纳税所得额": "300.01万元"}, "denied", []),
        (MODEST | {"从业人员": "301人"}, "denied", []),
        (MODEST | {"资产总额": "5001万元"}, "denied", []),
        (MODEST | {"从事国家限制或禁止行业": "是"}, "denied", []),
        (MODEST | {"小型微利企业": "否"}, "denied", []),
        ({}, "unknown", ["小型微利企业"]),
        ({"应纳税所得额": "301万元"}, "denied", []),  # one limit passed is enough
        ({"应纳税所得额": "300万元"}, "unknown", ["小型微利企业"]),
    ],
)
def test_the_tax_cut_follows_the_tax_test(given: dict[str, Any], status: str, missing: list[str]) -> None:
    assert decided("六税两费减征", **given) == (status, missing)


def test_under_reading_b_of_r8_1_the_tax_cut_follows_the_size_class() -> None:
    assert decided("六税两费减征", {"R8.1": "b"}, **SMALL) == ("granted", [])
    assert decided("六税两费减征", {"R8.1": "b"}) == ("unknown", ["企业规模"])


def test_the_version_in_force_on_the_day_of_the_2024_document_is_referred_to() -> None:
    found = {each.asked: each.number for each in POLICY.program.imports}
    assert found["财政部 税务总局公告2022年第10号"] == "财政部 税务总局公告2023年第12号"
    assert found["财库〔2020〕46号"] == "财库〔2022〕19号"
    assert found["工信部联企业〔2011〕300号"] == "工信部联企业〔2011〕300号"
