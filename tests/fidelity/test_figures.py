"""Figures and names of 原文 are used by the rules, those of the rules stand in 原文."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import HEAD, award, found, lints


# ---------------------------------------------------------------- figures of the text
def test_a_figure_that_no_rule_uses() -> None:
    body = award("对收入超过100万元的企业给予5万元奖励。", "金额 5万元")
    assert found(body) == [("FY6101", "100万元")]


@pytest.mark.parametrize("written", ["5万元", "50000元", "５万元", "0.5 万元 × 10", "50,000元"])
def test_figures_are_compared_by_value(written: str) -> None:
    text = "给予5万元奖励。" if "×" not in written else "给予0.5万元的10倍奖励。"
    assert found(award(text, f"金额 {written}")) == []


def test_one_side_changed_is_one_fault() -> None:
    (problem,) = lints(award("给予5万元奖励。", "金额 6万元"))
    assert (problem.code, problem.title()) == ("FY6104", "规则写“6万元”，原文写“5万元”")
    text = problem.source.text
    assert [text[label.span.start : label.span.end] for label in problem.labels] == ["5万元"]
    assert [edit.text for edit in problem.fixes[0].edits] == ["5万元"]


def test_a_figure_used_through_definitions_also_in_an_appendix() -> None:
    body = award("对收入超过100万元的企业给予5万元奖励。", "须 过线", "金额 5万元")
    appendix = "\n附 名词\n\n定义 过线 指 收入 超过 门槛（5）\n定义 门槛（甲：金额） 指 100万元\n"
    assert found(body + appendix.replace("（5）", "（0元）")) == []
    assert found(body + appendix.replace("收入 超过 门槛（5）", "是")) == [("FY6101", "100万元")]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("2022年以后认定的", "日期 不早于 2022年1月1日"),
        ("2022年以前认定的", "日期 不晚于 2021年12月31日"),
        ("2024 年 12 月 31 日以前认定的", "日期 不晚于 2024年12月31日"),
        ("2024年11月以前认定的", "日期 早于 2024年11月1日"),
        ("增长20%以上的", "增速 达到 0.2"),
        ("百分之二十以上的", "增速 达到 20%"),
        ("成立3年以上的", "月数 达到 36个月"),
        ("每年租金20元/平方米·月以下的", "租金 不超过 20元/平方米·月"),
    ],
)
def test_ways_in_which_a_rule_uses_a_figure(text: str, condition: str) -> None:
    assert found(award(f"{text}给予5万元奖励。", f"须 {condition}", "金额 5万元")) == []


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("2022年以后认定的", "日期 不早于 2022年6月1日"),
        ("2024 年 12 月 31 日以前认定的", "日期 不晚于 2024年12月30日"),
        ("增长20%以上的", "增速 达到 20"),
        ("成立3年以上的", "月数 达到 30个月"),
        ("租金20元/平方米·月以下的", "租金 不超过 20元/平方米"),
    ],
)
def test_a_figure_that_is_nearly_the_same_is_another(text: str, condition: str) -> None:
    codes = [code for code, _ in found(award(f"{text}给予5万元奖励。", f"须 {condition}", "金额 5万元"))]
    assert codes == ["FY6104"]


def test_a_cap_for_a_year_uses_the_figure_for_a_year() -> None:
    rule = "    限额 甲限额 每户每年\n        不超过 50万元\n        及于 甲奖励"
    body = award("每次给予5万元奖励，每家企业不超过 50 万元/年。", "逐次 认定", "金额 5万元", after=rule)
    assert found(body) == []
    assert found(body.replace("    不超过 50万元", "    不超过 40万元")) == [("FY6104", "40万元")]


def test_one_of_what_is_counted_is_used_by_a_rate_for_each() -> None:
    assert found(award("每提高1个百分点给予3万元。", "金额 3万元/百分点 × 提高")) == []
    assert found(award("每提高2个百分点给予3万元。", "金额 3万元/百分点 × 提高")) == [("FY6101", "2个百分点")]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("收入超过八十万元", "收入 超过 80万元"),
        ("收入超过一百二十万元", "收入 超过 120万元"),
        ("成立满三年", "月数 达到 36个月"),
        ("成立满半年", "月数 达到 6个月"),
        ("复核两次以上", "次数 达到 2次"),
        ("增长一倍以上", "增速 达到 100%"),
        ("员工十人以上", "人数 达到 10人"),
        ("占一半以上", "占比 达到 50%"),
        ("提高三个百分点以上", "提高 达到 3个百分点"),
        ("二〇二四年五月一日以前认定", "日期 早于 2024年5月1日"),
    ],
)
def test_figures_may_be_in_chinese_numerals(text: str, condition: str) -> None:
    assert found(award(f"{text}的给予五万元奖励。", f"须 {condition}", "金额 5万元")) == []
    (code, _), *others = found(award(f"{text}的给予五万元奖励。", "金额 5万元"))
    assert (code, others) == ("FY6101", [])


@pytest.mark.parametrize(
    "text",
    [
        "实行“一企一策一人”", "发挥三方作用", "开展一对一辅导", "给予一次性支持", "按统一年度口径", "上一年度", "第三年", "几十家",
        "两三家", "获《三年进步奖》", "减征六税两费", "五月五日", "三次产业", "每家一个",
    ],
)  # fmt: skip
def test_numerals_that_count_nothing_are_no_figures(text: str) -> None:
    assert found(f"措施 1 甲\n｜{text}。\n    说明 无\n    职责 支持 「{text[:2]}」\n") == []


def test_a_numeral_that_differs_is_mended_in_figures() -> None:
    (problem,) = lints(award("给予五万元奖励。", "金额 6万元"))
    assert (problem.code, problem.title()) == ("FY6104", "规则写“6万元”，原文写“五万元”")
    assert [edit.text for edit in problem.fixes[0].edits] == ["5万元"]


def test_a_figure_marked_as_no_rules_business() -> None:
    body = award("按照“2335”体系给予5万元奖励。", "金额 5万元", before="    数字 2335 体系名称")
    assert found(body) == []
    assert found(body.replace("    数字 2335 体系名称\n", "")) == [("FY6101", "2335")]


def test_a_mark_for_a_figure_that_is_not_there() -> None:
    body = award("给予5万元奖励。", "金额 5万元", before="    数字 2335 体系名称")
    (problem,) = lints(body)
    assert (problem.code, problem.severity.value) == ("FY6103", "warning")


def test_figures_of_a_sentence_that_is_only_marked_need_no_rule() -> None:
    head = f"{HEAD}    废止 某府发〔2022〕38号\n"
    assert found("措施 1 甲\n｜某府发〔2022〕38号同时废止。\n    说明 废止旧文件\n", head) == []


# ---------------------------------------------------------------- figures of the rules
def test_other_options_of_a_reading_may_bring_figures_of_their_own() -> None:
    reading = "\n附 口径\n\n口径 R1 怎么算\n    a 照写\n    b 另算，给7万元\n"
    clauses = ("金额 依 R1", "    a 5万元", "    b 7万元")
    assert found(award("给予5万元奖励。", *clauses) + reading) == []
    assert found(award("给予7万元奖励。", *clauses) + reading) == [("FY6104", "5万元")]


def test_but_not_figures_that_the_option_does_not_speak_of() -> None:
    reading = "\n附 口径\n\n口径 R1 怎么算\n    a 照写\n    b 另算，给7万元\n"
    clauses = ("金额 依 R1", "    a 5万元", "    b 8万元")
    assert found(award("给予5万元奖励。", *clauses) + reading) == [("FY6102", "8万元")]


def test_the_first_option_is_the_readings_not_the_blocks() -> None:
    reading = "\n附 口径\n\n口径 R1 怎么算\n    a 照写\n    b 另算，给7万元\n"
    clauses = ("金额 依 R1", "    b 7万元", "    a 5万元")
    assert found(award("给予5万元奖励。", *clauses) + reading) == []


def test_zero_and_one_belong_to_arithmetic() -> None:
    body = award("按增长的20%给予奖励。", "须 收入 不为 0元", "金额 收入 × （1 - 0.5 ÷ 0.5） × 20%")
    assert found(body) == [("FY6102", "0.5")]


def test_dates_of_the_header_need_not_be_repeated() -> None:
    assert found(award("给予5万元奖励。", "须 日期 不早于 2024年1月1日", "金额 5万元")) == []


def test_a_figure_without_foundation_can_be_declared() -> None:
    body = award("给予5万元奖励。", "金额 6万元 - 1万元", "容许 数字无据 因 按财政局的算法")
    assert found(body) == [("FY6101", "5万元")]
