"""Expectations of examples, each kind met and not met."""

from __future__ import annotations

import pytest

from fayan.errors import PolicyError
from fayan.examples import trial
from fayan.policy import loads

POLICY = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元的区内企业给予5万元奖励。
    奖励 增收奖励
        须 区内企业
        须 收入过线：收入 超过 100万元
        金额 5万元

示例 甲
    评估日 2025年6月30日
    设 收入 {income}
    设 区内企业 是
    设 已兑付
        措施 事项 金额
        1 “增收奖励” 2万元
    则 {expected}

附 事实

抵扣 已兑付
事实 企业
    区内企业 是否
    收入 金额
    已兑付 清单
        措施 整数
        事项 文本
        日期 日期 可无
        金额 金额
        依据 文本 缺省 本文件
"""


def outcome(income: str, expected: str) -> tuple[str, str] | None:
    """None where the example is as expected, else what was expected and what came out."""
    text = POLICY.format(income=income, expected=expected)
    if income == "不明":
        text = text.replace("    设 收入 不明\n", "")
    (only,) = trial.run(loads(text)).trials
    return (only.failures[0].expected, only.failures[0].found) if only.failures else None


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        ("101万元", "增收奖励 得 5万元"),
        ("101万元", "增收奖励 应付 3万元"),
        ("101万元", "增收奖励 给予"),
        ("101万元", "措施 1 给予"),
        ("100万元", "增收奖励 不予"),
        ("100万元", "增收奖励 不予 因 收入过线"),
        ("100万元", "措施 1 不予"),
        ("不明", "增收奖励 不明"),
        ("不明", "增收奖励 不明 缺 收入"),
    ],
)
def test_as_expected(income: str, expected: str) -> None:
    assert outcome(income, expected) is None


@pytest.mark.parametrize(
    ("income", "expected", "wanted", "found"),
    [
        ("101万元", "增收奖励 得 6万元", "得 6万元", "得 5万元"),
        ("101万元", "增收奖励 得 50000.01元", "得 50000.01元", "得 5万元"),
        ("100万元", "增收奖励 得 0元", "得 0元", "不予 因 收入过线"),
        ("101万元", "增收奖励 应付 1万元", "应付 1万元", "应付 3万元"),
        ("101万元", "增收奖励 不予 因 收入过线", "不予 因 收入过线", "得 5万元"),
        ("100万元", "增收奖励 不予 因 区内企业", "不予 因 区内企业", "不予 因 收入过线"),
        ("100万元", "增收奖励 不明 缺 收入", "不明 缺 收入", "不予 因 收入过线"),
        ("不明", "增收奖励 给予", "给予", "不明 缺 收入"),
        ("不明", "措施 1 不予", "不予", "不明"),
    ],
)
def test_not_as_expected(income: str, expected: str, wanted: str, found: str) -> None:
    assert outcome(income, expected) == (wanted, found)


def test_an_example_that_is_wrong_in_itself_is_a_problem() -> None:
    with pytest.raises(PolicyError):
        outcome("101万元", "增收将励 给予")
