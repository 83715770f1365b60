"""Quotations are verbatim; documents that 原文 cites are in the library."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import award, found, lints


# ---------------------------------------------------------------- quotations
def test_a_quotation_is_verbatim_white_space_apart() -> None:
    assert found(award("给 予5万元奖励。", "须 区内 「给予 5万元」", "金额 5万元")) == []


def test_a_quotation_that_is_not_in_the_measure() -> None:
    (problem,) = lints(award("对区内企业给予5万元奖励。", "须 区内 「区内的企业」", "金额 5万元"))
    assert problem.code == "FY6301"
    assert "区内的企业" in problem.title()


def test_a_quotation_that_is_nearly_right_is_shown_the_words() -> None:
    (problem,) = lints(award("对区内企业给予5万元奖励。", "须 区内 「对区内企业给于」", "金额 5万元"))
    assert "原文里相近的是「对区内企业给予」" in problem.help()


def test_a_quotation_may_leave_out_what_lies_between() -> None:
    assert found(award("对区内企业给予5万元奖励。", "须 区内 「区内企业……奖励」", "金额 5万元")) == []
    assert found(award("对区内企业给予5万元奖励。", "须 区内 「奖励……区内企业」", "金额 5万元")) != []


def test_an_appendix_may_quote_any_measure() -> None:
    reading = "\n附 口径\n\n口径 R1 给不给 「{}」\n    a 给\n    不计算 不影响\n"
    body = award("对区内企业给予5万元奖励。", "金额 5万元")
    assert found(body + reading.format("区内企业")) == []
    assert found(body + reading.format("区外企业")) == [("FY6301", "「区外企业」")]


# ---------------------------------------------------------------- documents cited
@pytest.mark.parametrize(
    "text",
    [
        "区内企业按照工信部联企业〔2011〕300号",
        "根据工信部联企业〔2011〕300号第四条",
        "符合《中小企业划型标准规定》（工信部联企业〔2011〕300号）的区内企业",
    ],
)
def test_a_document_that_is_referred_to_is_known_by_its_number(text: str) -> None:
    body = award(f"{text}给予5万元奖励。", "须 区内企业", "金额 5万元")
    facts = "\n附 事实\n\n事实 企业\n    中小企业 是否\n"
    referred = body.replace("    奖励 甲奖励", "    引用 工信部联企业〔2011〕300号\n    奖励 甲奖励")
    assert found(referred + facts) == []
    (code, _), *others = found(body)
    assert (code, others) == ("FY6303", [])


def test_the_words_before_a_number_are_not_of_it() -> None:
    body = award("区内企业按照某委办〔2021〕77号给予5万元奖励。", "须 区内企业", "金额 5万元")
    assert found(body) == [("FY6303", "某委办〔2021〕77号")]
