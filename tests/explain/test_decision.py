from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fayan_runtime.explain.decision.questions import ask
from fayan_runtime.explain.lines import WIDTH, cells
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.render import render_decision
from fayan_runtime.ir import Program

Deciding = Callable[..., Any]
CITY = {"级别": "市级专精特新", "日期": "2023-06-01", "有效期至": None}
GIANT = {"级别": "国家小巨人", "日期": "2024-09-02", "有效期至": None}
HERE: dict[str, Any] = {"区内企业": True, "迁入日期": None, "行业门类": "工业", "认定记录": [CITY], "复核记录": []}
LEASE = {"年度": 2025, "房源": "国有厂房", "面积": "2000平方米", "租金": "25元/平方米·月", "租用月数": "12个月"}


def output(*years: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"年度": year, "产值": amount} for year, amount in years]


GROWN = output((2023, "5000万元"), (2024, "6500万元"))
LEVEL = output((2023, "5000万元"), (2024, "6000万元"))


class Page(str):
    """A document in which a phrase is found wherever its lines were broken."""

    def __contains__(self, phrase: object) -> bool:
        return "".join(str(phrase).split()) in "".join(self.split())


def texts(decision: Any, measure: int, name: str) -> dict[str, str]:
    return {each.condition: each.text for each in decision.measures[measure].provisions[name].reasons}


def test_exactly_the_threshold_is_told_and_the_smallest_step_over_it(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE])
    assert texts(decision, 3, "国有厂房租金减免")["增速达标"].startswith("2024年产值增速 20%，未超过 20%")
    text = Page(decision.to_text())
    assert "2024年产值增速 ＝ 6,000万元 ÷ 5,000万元 − 1 ＝ 20%" in text
    assert "2024年产值须超过6,000万元，现为6,000万元，再增加0.01元即可" in text


def test_the_step_really_turns_the_refusal(deciding: Deciding) -> None:
    one_fen_more = output((2023, "5000万元"), (2024, "60000000.01元"))
    decision = deciding(**HERE, 年度经营=one_fen_more, 租赁=[LEASE])
    assert decision.measures[3].provisions["国有厂房租金减免"].status == "granted"
    assert "2024年产值增速 20.00000002%，超过 20%" in texts(decision, 3, "国有厂房租金减免")["增速达标"]


def test_no_nearest_change_where_two_conditions_fail(deciding: Deciding) -> None:
    cheap = LEASE | {"租金": "20元/平方米·月"}
    assert "最近的改变" not in deciding(**HERE, 年度经营=LEVEL, 租赁=[cheap]).to_text()


def test_nearest_rent(deciding: Deciding) -> None:
    cheap = LEASE | {"租金": "19.5元/平方米·月"}
    text = Page(deciding(**HERE, 年度经营=GROWN, 租赁=[cheap]).to_text())
    assert "租赁第1项的租金须超过20元/平方米·月，现为19.5元/平方米·月，再增加0.51元/平方米·月即可" in text


def test_nearest_date(deciding: Deciding) -> None:
    early = CITY | {"日期": "2021-12-31"}
    text = Page(deciding(**HERE | {"认定记录": [early]}).to_text())
    assert "认定记录第1项的日期须不早于2022年1月1日，现为2021年12月31日，推迟1天即可" in text


def test_arithmetic_can_be_followed_with_a_pocket_calculator(deciding: Deciding) -> None:
    big = [LEASE | {"面积": "8000平方米"}, LEASE | {"房源": "社会闲置厂房", "面积": "1500平方米"}]
    text = Page(deciding(**HERE, 年度经营=GROWN, 租赁=big).to_text())
    assert "5元/平方米·月 × 8,000平方米 × 12个月 ＝ 480,000.00元" in text
    assert "5元/平方米·月 × 1,500平方米 × 12个月 ＝ 90,000.00元" in text
    assert "限额 500,000.00元，排在前面的已用 480,000.00元，余 20,000.00元，由 90,000.00元 核减为 20,000.00元" in text


def test_a_limit_that_is_computed_is_worked_out(deciding: Deciding) -> None:
    half = LEASE | {"面积": "10000平方米", "租用月数": "6个月"}
    text = Page(deciding(**HERE, 年度经营=GROWN, 租赁=[half], readings={"R3.7": "b"}).to_text())
    assert "＝ 250,000.00元，由 300,000.00元 核减为 250,000.00元" in text
    assert "R3.7=b" in text


def test_set_off(deciding: Deciding) -> None:
    paid = [{"措施": 5, "事项": "首次认定", "日期": "2023-06-01", "金额": "4万元"}]
    text = Page(deciding(**HERE, 已兑付=paid).to_text())
    assert "应付 ＝ 应得 100,000.00元 − 已兑付 40,000.00元 ＝ 60,000.00元" in text
    assert "奖励、补助资金100,000.00元（已兑付抵扣40,000.00元，应付60,000.00元），由区财政局给予" in text


def test_highest_only(deciding: Deciding) -> None:
    decision = deciding(**HERE | {"认定记录": [CITY, GIANT]}, readings={"R5.1": "b"})
    text = Page(decision.to_text())
    assert (
        "就高不重复：前面已计 认定记录第1项 100,000.00元，本项只补足差额：500,000.00元 − 100,000.00元 ＝ 400,000.00元"
        in text
    )
    assert "合计 ＝ 100,000.00元 ＋ 400,000.00元 ＝ 500,000.00元" in text


def test_mean_growth_shows_each_year(deciding: Deciding) -> None:
    years = output((2022, "4000万元"), (2023, "6000万元"), (2024, "4720万元"))
    review = [{"级别": "市级专精特新", "日期": "2025-06-18", "通过": True}]
    text = Page(deciding(**HERE | {"复核记录": review}, 年度经营=years).to_text())
    assert "2024年产值增速 ＝ 4,720万元 ÷ 6,000万元 − 1 ≈ −21.3333%（即−16/75）" in text
    assert "2023年产值增速 ＝ 6,000万元 ÷ 4,000万元 − 1 ＝ 50%" in text
    assert "（≈−21.3333% ＋ 50%） ÷ 2 ≈ 14.3333%（即43/300）" in text


def test_growth_over_zero_is_told(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=output((2023, "0元"), (2024, "1万元")), 租赁=[LEASE])
    assert "2024年产值增速：除数为零，无法计算" in texts(decision, 3, "国有厂房租金减免")["增速达标"]


def test_why_an_amount_that_was_computed_is_none_is_told(deciding: Deciding) -> None:
    """20万亿元 less a tenth is 18万亿元, more than the 10万亿元 an item can come to."""
    bid = {"项目": "食堂设备", "预留份额": False, "报价": "200000亿元", "价格扣除比例": "10%"}
    decision = deciding(企业规模="小型", 采购投标=[bid])
    scored = decision.measures[19].provisions["评审价格扣除"]
    assert [(each.error, each.holds) for each in scored.reasons if each.role == "amount"] == [
        ("amount-too-large", None)
    ]
    why = "1,800,000,000万元，金额超过十万亿元，所报的数可能有误"
    assert why in Page(decision.to_text()) and why in Page(decision.to_json())
    assert "cannot be given: the amount is above 10 trillion yuan" in Page(decision.to_text("en"))


def test_what_two_parts_rest_on_is_said_once(deciding: Deciding) -> None:
    """Neither level of title holds, and both for want of a review too."""
    lapsed = {"认定记录": [CITY | {"有效期至": "2025-12-30"}]}
    listed = {"OTC挂牌": [{"板块": "成长板", "日期": "2025-12-31"}]}
    why = texts(deciding(**HERE | lapsed | listed), 7, "OTC挂牌")["属专精特新企业"]
    assert why == "认定记录第1项有效期至 2025年12月30日，早于 2025年12月31日；没有复核记录；没有国家小巨人的认定记录"


def test_what_is_missing_is_asked_for_in_words(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=output((2023, "5000万元")), 租赁=[LEASE])
    assert "2024年产值增速不明，不能判断是否超过 20%" in texts(decision, 3, "国有厂房租金减免")["增速达标"]
    text = Page(decision.to_text())
    assert "第3条 国有厂房租金减免 需补充2024年产值" in text
    assert "2024年产值是多少（单位：元）？没有的，填“无”。（佐证：年度审计报告、统计报表）" in text


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("区内企业", "区内企业：是，还是否？"),
        ("认定记录", "请逐条填报认定记录；一条也没有的，填“无”。"),
        ("认定记录[0].日期", "认定记录第1项的日期是哪一天？"),
        ("行业门类", "行业门类是哪一种（工业、其他）？"),
        ("首发上市日期", "首发上市日期是哪一天？没有的，填“无”。"),
        ("全区.国家小巨人企业数", "全区国家小巨人企业数是多少（单位：家）？"),
        ("不认识的事实", "请补充不认识的事实。"),
    ],
)
def test_questions(program: Program, path: str, question: str) -> None:
    assert ask(tongue("zh"), program, path).question == question


def test_the_answer_comes_first(deciding: Deciding) -> None:
    text = Page(deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE]).to_text())
    answer = (
        "截至2025年12月31日，甲公司至少可得奖励、补助资金100,000.00元（已兑付多少不明，应付待定），由区财政局给予。"
    )
    assert answer in text
    assert text.index("截至2025年12月31日") < text.index("不能得到的") < text.index("逐条说明") < text.index("经办")


def test_the_other_readings_are_told(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE])
    decision.compare_readings()
    text = Page(decision.to_text())
    assert "其他读法 b 算：国有厂房租金减免 给予 120,000.00元" in text
    assert "换一种读法结果不变的口径" in text


def test_no_line_is_wider_than_the_page(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE])
    assert max(map(cells, decision.to_text().splitlines())) <= WIDTH


def test_html_is_one_file_and_escapes_names(deciding: Deciding) -> None:
    html = deciding(**HERE | {"企业名称": "<script>alert(1)</script>"}).to_html()
    assert "<script" not in html and "&lt;script&gt;alert(1)" in html
    assert "http" not in html and "<link" not in html and "@page { size: A4" in html
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html


def test_markdown_and_english(deciding: Deciding) -> None:
    decision = deciding(**HERE)
    assert decision.to_markdown().startswith("# 政策兑现审核说明\n")
    english = Page(decision.to_text("en"))
    assert (
        "甲公司 is entitled to at least RMB 100,000.00 in awards and grants (what was paid is not known), paid by 区财政局."
        in english
    )
    assert "Prepared by" in english


def test_json_is_the_contract_and_carries_the_sentences(deciding: Deciding) -> None:
    data = json.loads(render_decision(deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE]), "json"))
    third = next(each for each in data["measures"] if each["id"] == 3)
    reasons = {each["condition"]: each for each in third["provisions"][0]["reasons"]}
    assert reasons["租金过门槛"]["text"] == "租金 25元/平方米·月，超过 20元/平方米·月"
    assert reasons["租金过门槛"]["holds"] is True


def test_average_rent_and_the_part_above_the_threshold(deciding: Deciding) -> None:
    leases = [LEASE | {"租金": "23元/平方米·月"}, LEASE | {"租金": "21元/平方米·月"}]
    decision = deciding(**HERE, 年度经营=GROWN, 租赁=leases, readings={"R3.8": "b", "R3.6": "b"})
    text = Page(decision.to_text())
    assert (
        "（23元/平方米·月 × 2,000平方米 ＋ 21元/平方米·月 × 2,000平方米） ÷ （2,000平方米 ＋ 2,000平方米） ＝ 22元/平方米·月"
        in text
    )
    assert "R3.6=b" in text and "72,000.00元" in text and "24,000.00元" in text


def test_highest_of_a_year_and_deduction(deciding: Deciding) -> None:
    years = output((2022, "4000万元"), (2023, "6000万元"), (2024, "9000万元"))
    reviews = [{"级别": each, "日期": "2025-06-18", "通过": True} for each in ("市级专精特新", "国家小巨人")]
    decision = deciding(
        **HERE | {"认定记录": [CITY, GIANT], "复核记录": reviews}, 年度经营=years, readings={"R5.1": "b"}
    )
    assert "就高不重复：2025年只计最高的一项，即复核记录第2项 250,000.00元，本项由 50,000.00元 核减为 0.00元" in Page(
        decision.to_text()
    )
    listing = {"OTC挂牌": [{"板块": "成长板", "日期": "2025-02-01"}], "上市辅导验收日期": "2025-03-01"}
    listing |= dict.fromkeys(("新三板备案日期", "新三板基础创新层挂牌日期", "新三板精选层挂牌日期"))
    text = Page(deciding(**HERE, **listing, readings={"R7.5": "b"}).to_text())
    assert (
        "应减共 600,000.00元（OTC挂牌 600,000.00元、新三板挂牌 0.00元）：2,000,000.00元 − 600,000.00元 ＝ 1,400,000.00元"
        in text
    )


def test_paid_more_than_due_and_paid_for_nothing(deciding: Deciding) -> None:
    paid = [
        {"措施": 5, "事项": "首次认定", "日期": "2023-06-01", "金额": "12万元"},
        {"措施": 5, "事项": "首次认定", "日期": "2020-06-01", "金额": "1万元"},
    ]
    text = Page(deciding(**HERE, 已兑付=paid).to_text())
    assert "已兑付 120,000.00元 − 应得 100,000.00元 ＝ 多付 20,000.00元，应付 0.00元" in text
    assert "没有对上事项的已兑付" in text and "事项 首次认定，日期 2020年6月1日，金额 1万元" in text


def test_before_the_policy_takes_effect(deciding: Deciding) -> None:
    from datetime import date

    text = Page(deciding(on=date(2024, 12, 11), **HERE).to_text())
    assert "政策自2024年12月12日起施行" in text
    assert "甲公司没有可以得到的" in text


def test_rounding_is_told(deciding: Deciding) -> None:
    odd = {"小型微利企业": True, "税费": [{"所属期": "2024-11", "六税两费": "0.01元"}]}
    assert "0.01元 × 50% ≈ 0.01元（四舍五入到分）" in Page(deciding(**HERE, **odd).to_text())


def test_the_answer_where_nothing_is_known(deciding: Deciding) -> None:
    decision = deciding()
    assert "甲公司能得到多少尚不能定，需补充事实。" in Page(decision.to_text())
    assert "甲公司: not decided yet; facts are missing." in Page(decision.to_text("en"))


def test_errors_and_prices_have_lists_of_their_own(deciding: Deciding) -> None:
    bid = {"项目": "食堂设备", "预留份额": False, "报价": "100万元", "价格扣除比例": "10%"}
    zero = output((2023, "0元"), (2024, "1万元"))
    decision = deciding(**HERE, 企业规模="小型", 采购投标=[bid], 年度经营=zero, 租赁=[LEASE])
    text = Page(decision.to_text())
    assert "用于评审的报价 · 第19条 评审价格扣除 食堂设备：1,000,000.00元 → 900,000.00元" in text
    assert "无法计算的 ！ 第3条 国有厂房租金减免 2024年产值增速：除数为零，无法计算" in text
    assert " 0.00元（至少" not in str(text) and "：0.00元（至少" not in text and "数额待定" in text


def test_tax_is_told_apart_from_money(deciding: Deciding) -> None:
    tax = {"小型微利企业": True, "税费": [{"所属期": "2024-12", "六税两费": "100元"}]}
    text = Page(deciding(**HERE, **tax).to_text())
    assert "· 减征税费50.00元，由区税务局办理。" in text
    assert "50.00元 减征税费（由区税务局办理）" in text


def test_the_selected_stand_apart(deciding: Deciding) -> None:
    chosen = Page(deciding(**HERE, 宣传标杆年度=[2025]).to_text())
    assert "已入选的 ✓ 第20条 示范企业宣传" in chosen
    assert "尚未入选（不影响条件）" in Page(deciding(**HERE, 宣传标杆年度=[2024]).to_text())


def test_english_sentences_questions_and_arithmetic(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE])
    english = Page(decision.to_text("en"))
    assert "增速 of 产值 in 2024 is 20%, which does not exceed 20%" in english
    assert "增速 of 产值 in 2024 = RMB 60,000,000 ÷ RMB 50,000,000 − 1 = 20%" in english
    assert "产值 in 2024 must exceed RMB 60,000,000; it is RMB 60,000,000: RMB 0.01 more would do" in english
    assert "租金 is RMB 25 per m² per month, which exceeds RMB 20 per m² per month" in english


@pytest.mark.parametrize(
    ("path", "question", "evidence"),
    [
        ("区内企业", "区内企业: yes or no?", "营业执照住所"),
        (
            "年度经营[2024].产值",
            "What is 产值 in 2024, in RMB? Where there is none, put “无” (none).",
            "年度审计报告、统计报表",
        ),
        ("认定记录[0].日期", "What is 日期 of 认定记录 no. 1 (a date)?", "认定文件或者公告"),
        ("租赁[1].租金", "What is 租金 of 租赁 no. 2, in RMB per m² per month?", "租赁合同、租金发票"),
        ("企业规模", "Which is 企业规模: 大型, 中型, 小型, 微型?", "中小企业划型自测结果"),
        ("租赁", "List every 租赁; where there is none, put “无” (none).", "租赁合同、租金发票"),
        ("全区.国家小巨人企业数", "What is 国家小巨人企业数 (全区), in enterprises?", "区经济信息委统计"),
    ],
)
def test_questions_in_english(program: Program, path: str, question: str, evidence: str) -> None:
    asked = ask(tongue("en"), program, path)
    assert (asked.question, asked.evidence) == (question, f"“{evidence}”")


def test_the_band_and_the_case_that_apply_are_told(deciding_on: Deciding) -> None:
    """3,333,000: 1,000,000 at 3% is 30,000, the rest at 1% is 23,330; as a whole at 4% it is 133,320."""
    text = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 甲局
    成文日期 2024年1月1日

措施 1 奖励
｜对收入分段奖励：不超过100万元的部分按3%，超过100万元的部分按1%。
    奖励 分段奖励
        金额 分段 收入
            不超过 100万元 的部分 按 3%
            超过 100万元 的部分 按 1%
｜对收入分档奖励：不满100万元的，按3%；100万元以上的，按4%。
    奖励 分档奖励
        金额 分情形
            当 收入 不满 100万元 得出 收入 × 3%
            否则 收入 × 4%

附 事实

事实 企业
    企业名称 文本
    收入 金额
"""
    page = Page(deciding_on(text, 收入="333.3万元").to_text())
    assert "适用：收入 333.3万元，超过 100万元" in page
    assert "100万元 × 3% ＋ （333.3万元 − 100万元） × 1% ＝ 53,330.00元" in page
    assert "适用：收入 333.3万元，已满 100万元" in page
    assert "333.3万元 × 4% ＝ 133,320.00元" in page


# ---------------------------------------------------------------- either way the same

TWICE = [{"级别": "市级专精特新", "日期": f"{year}-06-18", "通过": True, "有效期至": None} for year in (2024, 2025)]


def sales(*years: tuple[int, str, str]) -> list[dict[str, Any]]:
    return [{"年度": year, "产值": made, "主营业务收入": sold} for year, made, sold in years]


def reviewed(deciding: Deciding, *years: tuple[int, str, str]) -> Any:
    """The second review of a firm of which it is not said what it does."""
    facts = {name: value for name, value in HERE.items() if name != "行业门类"}
    return deciding(**facts | {"复核记录": TWICE, "已兑付": []}, 年度经营=sales(*years))


def growth(decision: Any, language: str = "zh") -> str:
    provision = decision.measures[5].provisions["后续复核"]
    reasons = [each for each in provision.reasons if each.condition == "平均增长达标"]
    return str(reasons[-1].tell(language))


def test_what_is_unknown_and_makes_no_difference_is_told_with_both_ways(deciding: Deciding) -> None:
    """Output 100, 150, 180: 50% and 20%, on average 35%. Sales 100, 120, 150: 20% and 25%, on average 22.5%."""
    decision = reviewed(
        deciding, (2022, "100万元", "100万元"), (2023, "150万元", "120万元"), (2024, "180万元", "150万元")
    )
    assert decision.measures[5].provisions["后续复核"].items[-1].status == "granted"
    assert growth(decision) == (
        "行业门类不明，但不论为工业还是其他都符合："
        "为工业的，产值两年增速的平均（从2025年往前数） 35%，超过 10%；"
        "为其他的，主营业务收入两年增速的平均（从2025年往前数） 22.5%，超过 10%"
    )
    assert growth(decision, "en") == (
        "行业门类 is not known, but whether 工业 or 其他, it is met: "
        "if 工业, 两年增速的平均 of 产值 (counted back from 2025) is 35%, which exceeds 10%; "
        "if 其他, 两年增速的平均 of 主营业务收入 (counted back from 2025) is 22.5%, which exceeds 10%"
    )
    assert "为不明" not in decision.to_text()


def test_what_fails_either_way_is_told_with_both_ways(deciding: Deciding) -> None:
    """Output 100, 100, 110: 0% and 10%, on average 5%. Sales 100, 90, 90: −10% and 0%, on average −5%."""
    decision = reviewed(
        deciding, (2022, "100万元", "100万元"), (2023, "100万元", "90万元"), (2024, "110万元", "90万元")
    )
    assert decision.measures[5].provisions["后续复核"].items[-1].status == "denied"
    assert growth(decision) == (
        "行业门类不明，但不论为工业还是其他都不符合："
        "为工业的，产值两年增速的平均（从2025年往前数） 5%，未超过 10%；"
        "为其他的，主营业务收入两年增速的平均（从2025年往前数） −5%，未超过 10%"
    )


def test_what_cannot_be_computed_either_way_is_told_with_both_ways(deciding: Deciding) -> None:
    decision = reviewed(deciding, (2022, "1元", "1元"), (2023, "0元", "0元"), (2024, "1元", "1元"))
    assert growth(decision).startswith("行业门类不明，但不论为工业还是其他都无法计算：为工业的，")
    assert growth(decision).count("除数为零，无法计算") == 2


EITHER = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 甲局
    成文日期 2024年1月1日

措施 1 奖励
｜对规模以上或者收入较高的企业给予奖励。
    奖励 奖励
        须 收入过线
        金额 分情形
            当 规上企业 得出 5万元
            否则 收入 × 10%
    定义 收入过线 分情形
        当 规上企业 得出 收入 超过 20万元
        否则 收入 达到 50万元

附 事实

事实 企业
    企业名称 文本
    收入 金额
    规上企业 是否
"""


def test_cases_that_come_out_the_same(deciding_on: Deciding) -> None:
    """50万元 passes both lines, and a tenth of it is the 5万元 of the other case."""
    decision = deciding_on(EITHER, 收入="50万元")
    assert texts(decision, 1, "奖励")["收入过线"] == (
        "规上企业不明，但不论哪种情形都符合：规上企业的，收入 50万元，超过 20万元；其他情形，收入 50万元，达到 50万元"
    )
    page = Page(decision.to_text())
    assert "规上企业不明，但不论哪种情形都是5万元：规上企业的，5万元；其他情形，收入 × 10% ＝ 5万元" in page
    assert "50,000.00元" in page


def test_reasons_in_json_are_in_the_language_asked_for(deciding: Deciding) -> None:
    decision = deciding(**HERE, 年度经营=LEVEL, 租赁=[LEASE])
    chinese, english = (json.loads(render_decision(decision, "json", each)) for each in ("zh", "en"))
    assert chinese == decision.to_dict()

    def told(page: Any) -> list[tuple[str, str]]:
        reasons = [each for one in page["measures"] for rule in one["provisions"] for each in rule["reasons"]]
        return [(each["condition"], each["text"]) for each in reasons]

    assert ("增速达标", "增速 of 产值 in 2024 is 20%, which does not exceed 20% (行业门类 is 工业)") in told(english)
    assert not [text for _, text in told(english) if any(each in text for each in "，；：（）")]
    for page in (chinese, english):
        for one in page["measures"]:
            for rule in one["provisions"]:
                for each in rule["reasons"]:
                    del each["text"]
    assert chinese == english


def test_the_words_of_the_policy_stand_in_quotation_marks_in_english(deciding: Deciding) -> None:
    english = Page(deciding(**HERE | {"产业领域": ["汽车"]}, 年度经营=GROWN, 租赁=[LEASE]).to_text("en"))
    assert "Discretion: “招商的方式和力度本条没有写，由责任单位决定”" in english
    assert "R5.6 “‘近2年’从哪一年往回数” (“一律按复核所在年度的前两年，用哪一项经营指标照口径 R3.1”)" in english
    assert "RMB 5 per m² per month × 2,000 m² × 12 months = RMB 120,000.00" in english
    assert "Measure 3  保障生产用房" in english


def test_of_a_target_it_is_said_once_that_one_enterprise_does_not_tell(deciding: Deciding) -> None:
    page = deciding(**HERE).to_text()
    preamble = page[page.index("前言") : page.index("第1条　")]
    assert preamble.count("凭一户企业的情况不能判断") == 1
    assert "◆ 国家小巨人企业培育目标　〔全区目标〕" in preamble
