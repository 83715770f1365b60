"""The rules and 原文 are held to each other: each lint fires on what it is for, and is silent otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan_compiler.fidelity import check_fidelity
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem, all_problem_classes
from fayan_dsl.source import Source

HEAD = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日
"""


def lints(body: str, head: str = HEAD) -> list[Problem]:
    tree, problems = parse(Source("某.pol", head + "\n" + body))
    assert tree is not None
    assert problems == []
    return check_fidelity(tree)


def found(body: str, head: str = HEAD) -> list[tuple[str, str]]:
    """The problems, as code and underlined text."""
    return [(p.code, p.source.text[p.span.start : p.span.end]) for p in lints(body, head)]


def award(text: str, *clauses: str, before: str = "", after: str = "") -> str:
    """Measure 1 with one sentence, one rule, and what else stands before and after the rule."""
    lines = [
        "措施 1 给予奖励",
        f"｜{text}",
        before,
        "    奖励 甲奖励",
        *(f"        {c}" for c in (*clauses, "由 区财政局")),
        after,
    ]
    return "\n".join([*filter(None, lines), "责任单位 区财政局", ""])


# ---------------------------------------------------------------- sentences
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


# ---------------------------------------------------------------- boundary words
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


# ---------------------------------------------------------------- stages
STAGED = ("分阶段共 300万元", "阶段 备案 100万元 于 备案日期", "阶段 挂牌 {}万元 于 挂牌日期")


def staged(second: int, *more: str) -> str:
    text = f"分阶段给予300万元奖励，备案给予100万元，挂牌给予{second}万元。"
    return award(text, *(clause.format(second) for clause in STAGED), *more)


def test_stages_that_do_not_add_up() -> None:
    (problem,) = lints(staged(300))
    assert problem.code == "FY6401"
    assert problem.title() == "各阶段相加是400万元，不是所写的300万元"


def test_stages_that_add_up() -> None:
    assert found(staged(200)) == []


def test_stages_that_do_not_add_up_and_say_so() -> None:
    assert found(staged(300, "容许 阶段合计 因 原文如此")) == []
    assert found(staged(300, "容许 FY6401 因 原文如此")) == []


def test_a_waiver_that_is_not_needed() -> None:
    (problem,) = lints(staged(200, "容许 阶段合计 因 原文如此"))
    assert (problem.code, problem.severity.value) == ("FY6403", "warning")


@pytest.mark.parametrize(("second", "told"), [("50万元", []), ("60万元", [("FY6104", "60万元")])])
def test_a_stage_whose_figure_differs_is_told_at_the_stage(second: str, told: list[tuple[str, str]]) -> None:
    text = "分阶段给予300万元奖励，备案给予100万元；\n｜申报给予50万元；\n｜挂牌给予150万元。"
    stages = [("备案", "100万元"), ("申报", second), ("挂牌", "150万元")]
    clauses = ["分阶段共 300万元", *(f"阶段 {name} {amount} 于 {name}日期" for name, amount in stages)]
    assert found(award(text, *clauses)) == told


# ---------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024年1月31日", "离成文日期2024年1月1日只有 30 天"),
        ("2023年12月30日", "比成文日期2024年1月1日早 2 天"),
        ("2024年2月1日", ""),
    ],
)
def test_a_period_that_ends_about_the_documents_date(day: str, said: str) -> None:
    text = f"至{day}，给予5万元奖励。"
    once = award(text, "逐次 认定", f"有效期 自 2023年1月1日 至 {day}", "金额 5万元")
    value = f"    参数 标准\n        自 2023年1月1日 至 {day} 5万元"
    problems = [
        [each for each in lints(body, head) if each.code == "FY6405"]
        for body, head in (
            (once, HEAD),
            (award(text, "金额 标准", before=value), HEAD),
            (award("给予5万元奖励。", "金额 5万元"), f"{HEAD}    有效期至 {day}\n"),
        )
    ]
    titles = [f"有效期到{day}为止，{said}"] if said else []
    assert [[each.title() for each in some] for some in problems] == [titles] * 3


# ---------------------------------------------------------------- caps
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("市级给予5万元、国家级给予10万元", ("金额 按 等级", "    市级 5万元", "    国家级 10万元")),
        (
            "收入超过80万元的给予10万元，其余5万元",
            ("金额 分情形", "    当 收入 超过 80万元 得出 10万元", "    否则 5万元"),
        ),
        ("按收入的20%给予，不超过10万元", ("金额 较小（收入 × 20%，10万元）",)),
    ],
)
def test_a_cap_above_the_most_that_one_amount_can_be(text: str, amount: tuple[str, ...]) -> None:
    cap = "    限额 甲限额 每户\n        不超过 {0}\n        及于 甲奖励"
    text = f"{text}，每家企业合计不超过{{0}}。"
    assert found(award(text.format("20万元"), *amount, after=cap.format("20万元"))) == [("FY6406", "20万元")]
    assert found(award(text.format("8万元"), *amount, after=cap.format("8万元"))) == []
    # 逐次：说不准能得几次
    each = award(text.format("20万元"), "逐次 认定", *amount, after=cap.format("20万元"))
    assert found(each) == []


# ---------------------------------------------------------------- the header
NOTICE = "｜｜某府发〔2024〕1号\n    程式 文号\n｜｜某区人民政府 2024年1月1日\n    程式 落款\n"


def test_the_header_says_what_the_notice_says() -> None:
    assert found(NOTICE) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("〔2024〕1号", "〔2024〕2号", "文号"),
        ("发文机关 某区", "发文机关 某县", "发文机关"),
        ("成文日期 2024年1月1日", "成文日期 2024年1月2日", "成文日期"),
        ("发文机关", "废止 某府发〔2020〕9号\n    发文机关", "废止"),
        ("发文机关", "施行日期 2024年3月1日\n    发文机关", "施行日期"),
    ],
)
def test_a_header_that_the_notice_does_not_bear_out(old: str, new: str, key: str) -> None:
    problems = lints(NOTICE, HEAD.replace(old, new))
    assert [problem.code for problem in problems] == ["FY6501"]
    assert f"“{key}”" in problems[0].title()


def test_the_day_of_effect_may_be_that_of_the_date() -> None:
    assert found(NOTICE, HEAD + "    施行日期 2024年1月1日\n") == []


def test_a_file_without_a_notice_has_nothing_to_compare_the_header_with() -> None:
    assert found(award("给予5万元奖励。", "金额 5万元")) == []


# ---------------------------------------------------------------- who pays
def test_who_pays_is_whom_the_sentence_names() -> None:
    assert found(award("由区财政局给予5万元奖励。", "金额 5万元")) == []
    (first, *_) = lints(award("由区税务局给予5万元奖励。", "金额 5万元"))
    assert (first.code, first.title()) == ("FY6508", "规则写由“区财政局”兑付，原文写由“区税务局”")
    assert found(award("由区税务局审核，给予5万元奖励。", "金额 5万元")) == []


# ---------------------------------------------------------------- readings: the words against the rules
#: Question, what a and b say, what rules do under a and b. As they stand here nothing is to be said of them.
READINGS = [
    ("恰好20%算不算“超过20%”", "不算", "算", "收入 超过 20元", "收入 达到 20元"),
    ("“20元以上”含不含本数", "含本数", "不含本数", "收入 不低于 20元", "收入 超过 20元"),
    ("看不看增速", "不看", "看", "是", "增速达标"),
    ("要不要求在区内", "要求在区内", "不要求", "在区内", "是"),
    ("新三板算不算上市", "算", "不算", "是", "板块 不为 新三板"),
    ("看税法还是看划型", "看税法，小型微利企业", "看划型，小型和微型企业", "小型微利企业", "企业规模 属于 小型、微型"),
    ("看哪一项", "两项都要达到", "有一项达到即可", "产值达标 且 收入达标", "产值达标 或 收入达标"),
    ("到哪天为止", "到废止为止", "到2025年12月31日", "无", "2025年12月31日"),
    ("条件管不管高层次企业", "两类企业都管", "只管一般企业", "否", "高层次企业"),
    ("看哪个日期", "看验收的日期", "看备案的日期", "验收日期", "备案日期"),
]


def _reading(question: str, said: tuple[str, str], done: tuple[str, str]) -> list[str]:
    rule = f"措施 1 甲\n｜支持企业。\n    定义 某项 依 R1\n        a {done[0]}\n        b {done[1]}\n    说明 无\n"
    reading = f"口径 R1 {question}\n    a {said[0]}\n    b {said[1]}\n"
    return [code for code, _ in found(f"{rule}附 口径\n{reading}") if code == "FY6410"]


@pytest.mark.parametrize(("question", "one", "other", "left", "right"), READINGS, ids=[row[0] for row in READINGS])
def test_options_say_what_their_rules_do(question: str, one: str, other: str, left: str, right: str) -> None:
    assert _reading(question, (one, other), (left, right)) == []
    assert _reading(question, (other, one), (left, right)) == ["FY6410"]
    assert _reading(question, (one, other), (right, left)) == ["FY6410"]


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("从宽", "从严", "收入 超过 20元", "收入 超过 30元"),  # nothing to compare
        ("按文件的意思", "按惯例", "是", "在区内"),
        ("不论规模", "看规模", "是", "企业规模 属于 小型、微型"),
        ("甲地", "乙地", "在区内", "在区内 且 初创企业"),
        ("不看规模、只看收入", "看规模", "收入 超过 20元", "企业规模 为 小型"),
    ],
)
def test_options_that_cannot_be_compared_are_let_alone(one: str, other: str, left: str, right: str) -> None:
    assert _reading("怎样算", (one, other), (left, right)) == []


# ---------------------------------------------------------------- the documentation
def test_every_lint_has_a_firing_and_a_silent_example_in_the_documentation() -> None:
    """tests/test_docs.py runs them."""
    from fayan_compiler.problems import document, fidelity

    text = (Path(__file__).resolve().parents[1] / "docs" / "lints.md").read_text("utf-8")
    sections = {part.split()[0]: part for part in text.split("\n### ")[1:]}
    modules = (document.__name__, fidelity.__name__)
    ours = [each for each in all_problem_classes() if each.__module__ in modules and each.code not in IN_GUIDE]
    assert list(sections) == [each.code for each in ours]
    for each in ours:
        section = sections[each.code]
        assert section.splitlines()[0] == f"{each.code} {each.name} {getattr(each, 'word', '')}".strip()
        assert f"```pol {each.code}" in section and "```pol" in section.replace(f"```pol {each.code}", "")


#: Told of words that are not on file: docs/language.md has their examples.
IN_GUIDE = {"FY6601", "FY6602"}
