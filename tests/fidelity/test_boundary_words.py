"""Comparison words of the rules mean what those of 原文 mean."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import award, found


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("收入超过100万元", "收入 达到 100万元"),
        ("收入100万元以上", "收入 超过 100万元"),
        ("收入不满100万元", "收入 不超过 100万元"),
        ("收入不超过100万元", "收入 超过 100万元"),
        ("收入100万元以上（不含100万元）", "收入 达到 100万元"),
        ("收入100万元以上（含100万元）", "收入 超过 100万元"),
        ("收入超过100万元（含）", "收入 超过 100万元"),
        ("收入100万元以下（不含本数）", "收入 不超过 100万元"),
        ("收入未达到100万元", "收入 不超过 100万元"),
        ("收入未超过100万元", "收入 低于 100万元"),
        ("收入最多100万元", "收入 低于 100万元"),
        ("收入满100万元", "收入 超过 100万元"),
        ("收入≥100万元", "收入 超过 100万元"),
        ("收入＞100万元", "收入 达到 100万元"),
        ("资产超过100万元且收入不低于100万元", "收入 超过 100万元"),
    ],
)
def test_a_comparison_that_means_something_else_at_the_very_figure(text: str, condition: str) -> None:
    assert found(award(f"{text}的给予5万元奖励。", f"须 {condition}", "金额 5万元")) == [("FY6201", condition)]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("收入超过100万元", "收入 高于 100万元"),
        ("收入100万元以上", "收入 不低于 100万元"),
        ("收入 100 万元以内", "收入 不超过 100万元"),
        ("收入100万元", "收入 超过 100万元"),
        ("收入100万元以上（不含100万元）", "收入 超过 100万元"),
        ("收入100万元以上（不含本数）", "收入 超过 100万元"),
        ("收入超过100万元（含100万元）", "收入 达到 100万元"),
        ("收入超过100万元（含税）", "收入 超过 100万元"),
        ("收入100万元以下（不含）", "收入 不满 100万元"),
        ("收入100万元（含）以上", "收入 达到 100万元"),
        ("收入未达到100万元", "收入 低于 100万元"),
        ("收入未超过100万元", "收入 不超过 100万元"),
        ("收入满100万元", "收入 达到 100万元"),
        ("资产超过100万元且收入不低于100万元", "资产 超过 100万元 且 收入 达到 100万元"),
    ],
)
def test_a_comparison_that_means_the_same(text: str, condition: str) -> None:
    assert found(award(f"{text}的给予5万元奖励。", f"须 {condition}", "金额 5万元")) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("不晚于2023年5月1日", "不晚于", "早于"),
        ("不早于2023年5月1日", "不早于", "晚于"),
        ("截至2023年5月1日", "不晚于", "早于"),
        ("2023年5月1日起", "不早于", "晚于"),
        ("2023年5月1日以前", "早于", "晚于"),
    ],
)
def test_days_are_compared_as_the_text_says(text: str, right: str, wrong: str) -> None:
    def of(word: str) -> list[tuple[str, str]]:
        return found(award(f"{text}登记的给予5万元奖励。", f"须 登记日 {word} 2023年5月1日", "金额 5万元"))

    assert of(right) == []
    assert of(wrong) == [("FY6202", f"登记日 {wrong} 2023年5月1日")]


def test_a_bound_inside_the_lesser_of_two_is_compared_with() -> None:
    text = "按收入的10%给予奖励，不超过5万元。"
    assert found(award(text, "金额 较小（收入 × 10%，5万元）")) == []
    assert found(award(text, "金额 收入 × 10% + 5万元")) == [("FY6203", "5万元")]
