"""Every sentence of 原文 has something that rests on it."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import award, found, lints


def test_a_sentence_on_which_nothing_rests() -> None:
    (problem,) = lints("措施 1 甲\n｜大力支持企业发展。\n")
    assert problem.code == "FY6001"
    assert "大力支持企业发展。" in problem.title()
    assert problem.headings == ("某区奖励办法", "措施 1")


def test_a_definition_alone_does_not_account_for_a_sentence() -> None:
    body = "措施 1 甲\n｜大力支持企业发展。\n    定义 收入 指 0元\n"
    assert [code for code, _ in found(body)] == ["FY6001"]


def test_a_definition_of_the_term_a_sentence_explains_accounts_for_it() -> None:
    text = "｜重点企业是指收入超过100万元的企业。\n    定义 重点企业 指 收入 超过 {}万元\n"
    award = "｜重点企业给予5万元奖励。\n    奖励 甲奖励\n        须 重点企业\n        金额 5万元\n"
    assert found("措施 1 甲\n" + text.format(100) + award) == []
    assert found("措施 1 甲\n" + text.format(90) + award) == [("FY6104", "90万元")]


def test_a_term_explained_twice_is_told_at_the_second() -> None:
    twice = "措施 1 甲\n｜重点企业是指收入高的企业。\n    说明 无\n｜重点企业是指{}的企业。\n    说明 无\n"
    assert found(twice.format("纳税多")) == [("FY6302", "重点企业")]
    assert found(twice.format("收入高")) == []


@pytest.mark.parametrize("note", ["倡导 没有可以核查的行为", "程式 套语", "职责 支持企业", "见 甲奖励"])
def test_a_mark_a_duty_or_a_reference_accounts_for_a_sentence(note: str) -> None:
    assert found(f"措施 1 甲\n｜大力支持企业发展。\n    {note}\n") == []


def test_a_mark_is_for_the_one_sentence_above_it() -> None:
    body = "措施 1 甲\n｜大力支持。\n    倡导 没有可以核查的行为\n｜全力支持。\n    倡导 没有可以核查的行为\n"
    assert found(body) == []
    assert found(body.replace("    倡导 没有可以核查的行为\n", "", 1)) == [("FY6001", "｜大力支持。")]


def test_a_run_of_sentences_shares_the_rules_under_the_last_where_each_is_used() -> None:
    body = award("收入100万元以上的。\n｜给予5万元奖励。", "须 收入 在 100万元 以上", "金额 5万元")
    assert found(body) == []
    assert found(body.replace("收入100万元以上的", "大力支持"))[0] == ("FY6001", "｜大力支持。")


def test_a_run_of_sentences_may_be_quoted() -> None:
    body = "措施 1 甲\n｜大力支持。\n｜配备专员。\n    职责 支持 「大力支持」\n    职责 配备专员\n"
    assert found(body) == []
    assert found(body.replace(" 「大力支持」", "")) == [("FY6001", "｜大力支持。")]
