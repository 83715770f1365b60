"""What would turn a refusal, and what else would change with it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from fayan_runtime import ir
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.decision.nearest import Change, Place, Switch, nearest, step_of, switches
from fayan_runtime.explain.decision.turning import changed, turning
from tests.explain.conftest import Deciding

HERE: dict[str, Any] = {
    "区内企业": True,
    "迁入日期": None,
    "行业门类": "工业",
    "认定记录": [{"级别": "市级专精特新", "日期": "2023-06-01", "有效期至": None}],
    "复核记录": [],
}
YUAN = ir.Type("number", unit=(("元", 1),))
DATE = ir.Type("date")


def output(*years: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"年度": year, "产值": amount} for year, amount in years]


def lease(year: int, kind: str = "国有厂房", square: int = 2000) -> dict[str, Any]:
    return {"年度": year, "房源": kind, "面积": f"{square}平方米", "租金": "25元/平方米·月", "租用月数": "12个月"}


def said(decision: Any, measure: int, name: str, index: int | None = 0) -> str:
    provision = decision.measures[measure].provisions[name]
    item = None if index is None else provision.items[index]
    return str(turning(Context(decision, "zh"), provision, item) or "")


def test_the_smallest_step_is_taken_whatever_the_year(deciding: Deciding) -> None:
    """2023 grew by 4% (2,600 over 2,500). Above 20% it needs 2023 above 3,000, 400 more; or 2022 below 2,600 ÷ 1.2 = 2,166.666…, that is
    21,666,666.66元, which is 3,333,333.34元 less."""
    years = output((2022, "2500万元"), (2023, "2600万元"), (2024, "3250万元"))
    decision = deciding(**HERE, 年度经营=years, 租赁=[lease(2024), lease(2025), lease(2025, "社会闲置厂房", 1000)])
    assert said(decision, 3, "国有厂房租金减免") == (
        "2022年产值须不超过21,666,666.66元，现为2,500万元，再减少3,333,333.34元即可，可得 120,000.00元"
    )


def test_what_a_change_costs_elsewhere_is_told(deciding: Deciding) -> None:
    """2023 grew by 4% (1,040 over 1,000), 2024 by 25% (1,300 over 1,040). Above 20% it needs 2023 above 1,200, 160 more; or 2022 below
    1,040 ÷ 1.2 = 866.666…, 133 less. Where 2022 is 0.50元 and 2023 is 0.55元: 2023 above 0.60元, six fen more; 2022 below 0.4583元, five
    fen less. Where 2022 is 0.10元 and 2023 is 0.11元: 2023 above 0.12元, two fen more; 2022 below 0.0916元, one fen less. Where both are
    0.05元: 2023 above 0.06元, two fen more; 2022 at 0.04元, one fen less: 25%. Where both are 0.04元: one fen more is 25%, one fen less
    33%; of equal steps the later year. 2024 then grew from 0.05元 to 0.05元 no longer by a quarter, and the leases of 2025 are lost."""
    years = output((2022, "0.04元"), (2023, "0.04元"), (2024, "0.05元"))
    decision = deciding(**HERE, 年度经营=years, 租赁=[lease(2024), lease(2025), lease(2025, "社会闲置厂房", 1000)])
    assert said(decision, 3, "国有厂房租金减免") == (
        "2023年产值须达到0.05元，现为0.04元，再增加0.01元即可，可得 120,000.00元，"
        "但本项的其他事项也会变，合计仍为 120,000.00元；"
        "同时第3条 社会闲置厂房租金补贴由“给予 60,000.00元”变为“不予”"
    )


UNITS = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 甲局
    成文日期 2024年1月1日
    施行日期 2024年1月1日

措施 1 给予支持
｜对收入、人数或者成立日期过线的企业给予支持。
    支持 支持
        须 过线：收入 超过 100万元 或 人数 达到 100 或 成立日期 早于 2020年1月1日
        裁量 没有写数额
责任单位 甲局

附 事实

事实 企业
    企业名称 文本
    收入 金额
    人数 人
    成立日期 日期
"""


@pytest.mark.parametrize(
    ("income", "staff", "founded", "text"),
    [
        # 10.00000001% of 90.9万元 for the income; 1 of 99 heads is 1.01%; 366 days, more than a year
        ("90.9万元", 99, "2020-12-31", "人数须达到100人，现为99人，再增加1人即可"),
        # 1,000.01 of 999,000 is 0.1001%; 1 of 99 is 1.01%; 2 days of 365 are 0.55%
        ("99.9万元", 99, "2020-01-02", "收入须超过100万元，现为99.9万元，再增加1,000.01元即可"),
        # 10% of 90万元 and more; 50 of 50; 2 days of 365
        ("90万元", 50, "2020-01-02", "成立日期须不晚于2019年12月31日，现为2020年1月2日，提前2天即可"),
    ],
)
def test_steps_of_unlike_units_are_compared_beside_what_they_change(
    deciding_on: Deciding, income: str, staff: int, founded: str, text: str
) -> None:
    decision = deciding_on(UNITS, 收入=income, 人数=staff, 成立日期=founded)
    assert said(decision, 1, "支持", None) == text + "，则条件符合，由责任单位酌定"


def test_a_number_goes_down_to_zero(deciding_on: Deciding) -> None:
    """From 300万元 to less than one 元: 2,999,999.01元 less."""
    text = UNITS.replace("收入 超过 100万元 或 人数 达到 100 或 成立日期 早于 2020年1月1日", "收入 低于 1元")
    decision = deciding_on(text.replace("    人数 人\n", "").replace("    成立日期 日期\n", ""), 收入="300万元")
    assert said(decision, 1, "支持", None).startswith("收入须低于1元，现为300万元，再减少2,999,999.01元即可")


def test_a_divisor_goes_down_to_just_above_zero(deciding_on: Deciding) -> None:
    """100元 over it exceeds 1,000 where it is below 0.10元, that is 0.09元; nothing at all cannot be divided by."""
    text = UNITS.replace("收入 超过 100万元 或 人数 达到 100 或 成立日期 早于 2020年1月1日", "100元 ÷ 收入 超过 1000")
    decision = deciding_on(text.replace("    人数 人\n", "").replace("    成立日期 日期\n", ""), 收入="3000万元")
    assert said(decision, 1, "支持", None).startswith("收入须低于0.1元，现为3,000万元，再减少29,999,999.91元即可")


def test_of_equal_steps_the_fact_declared_later_is_taken(deciding_on: Deciding) -> None:
    """Both incomes lack one fen."""
    text = UNITS.replace("人数 达到 100 或 成立日期 早于 2020年1月1日", "利润 超过 90万元").replace(
        "人数 人", "利润 金额"
    )
    decision = deciding_on(text.replace("    成立日期 日期\n", ""), 收入="100万元", 利润="90万元")
    assert said(decision, 1, "支持", None).startswith("利润须超过90万元，现为90万元，再增加0.01元即可")


def test_a_change_that_turns_several_provisions(deciding: Deciding) -> None:
    """Exactly 20%: one fen more gives both leases, 5 × 2000 × 12 and 5 × 1000 × 12."""
    years = output((2023, "5000万元"), (2024, "6000万元"))
    decision = deciding(**HERE, 年度经营=years, 租赁=[lease(2025), lease(2025, "社会闲置厂房", 1000)])
    near = nearest(decision, *found(decision, 3, "国有厂房租金减免"))
    assert near is not None and isinstance(near.change, Change)
    assert (near.change.place.path, near.change.old, near.change.new) == (
        "年度经营[2024].产值",
        60_000_000,
        Fraction(6_000_000_001, 100),
    )
    assert near.own.after == ("granted", 120_000, None)
    assert [(each.name, each.before[0], each.after[1]) for each in near.also] == [
        ("社会闲置厂房租金补贴", "denied", 60_000)
    ]


def found(decision: Any, measure: int, name: str) -> tuple[Any, Any]:
    provision = decision.measures[measure].provisions[name]
    return provision, provision.items[0] if provision.items else None


def test_a_yes_or_a_choice_that_would_do(deciding: Deciding) -> None:
    unlisted = dict.fromkeys(
        ["新三板备案日期", "新三板基础创新层挂牌日期", "上市辅导验收日期", "上市申请受理日期", "首发上市日期"]
    )
    away = HERE | unlisted | {"区内企业": False, "迁出日期": None}
    decision = deciding(**away, 产业领域=["电子"], 汽车电子方向=[], 初创企业=False)
    assert nearest(decision, *found(decision, 5, "首次认定")) is None
    assert said(decision, 5, "首次认定") == "区内企业如为“是”（现为“否”），可得 100,000.00元"
    assert said(decision, 4, "重点引导对象", None) == (
        "产业领域如含“汽车电子”，或者汽车电子方向如含“智能座舱”或“自动驾驶”或“辅助驾驶”或“大小三电”，则条件符合，由责任单位酌定"
    )


def test_no_answer_where_two_conditions_fail_or_one_is_undecided(deciding: Deciding) -> None:
    young = deciding(**HERE, 初创企业=False, 所在园区="其他", 产业领域=[])
    assert switches(young, *found(young, 2, "入驻孵化园区")) == []
    unknown = deciding(初创企业=False, 产业领域=["软件和信息服务业"])
    assert switches(unknown, *found(unknown, 2, "入驻孵化园区")) == []


def test_a_provision_without_items_and_a_single_fact(deciding_on: Deciding) -> None:
    """A support for firms with an income over 50万元, aimed at one that has exactly that."""
    text = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 甲局
    成文日期 2024年1月1日
    施行日期 2024年1月1日

措施 1 给予支持
｜对收入超过50万元的企业给予支持。
    支持 支持
        须 收入过线：收入 超过 50万元
        裁量 没有写数额
责任单位 甲局

附 事实

事实 企业
    企业名称 文本
    收入 金额
"""
    decision = deciding_on(text, 收入="50万元")
    near = nearest(decision, decision.measures[1].provisions["支持"])
    assert near is not None and isinstance(near.change, Change)
    assert (near.change.place.path, near.change.new, near.change.count) == ("收入", Fraction(50_000_001, 100), 1)
    assert (
        said(decision, 1, "支持", None) == "收入须超过50万元，现为50万元，再增加0.01元即可，则条件符合，由责任单位酌定"
    )


# ---------------------------------------------------------------- steps


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (YUAN, Fraction(1, 100)),
        (ir.Type("number", unit=(("平方米", 1),)), Fraction(1, 100)),
        (ir.Type("number", shown="%"), Fraction(1, 10_000)),
        (ir.Type("number", unit=(("月", 1),)), Fraction(1)),
        (ir.Type("number", unit=(("月", 1),), shown="年"), Fraction(12)),
        (ir.Type("number", unit=(("家", 1),)), Fraction(1)),
    ],
)
def test_the_size_of_a_step(kind: ir.Type, step: Fraction) -> None:
    assert step_of(kind) == step


@pytest.mark.parametrize(
    ("kind", "old", "new", "last", "text"),
    [
        (
            ir.Type("number", shown="%"),
            Fraction(1, 5),
            Fraction(2001, 10_000),
            Fraction(1, 5),
            "收入须超过20%，现为20%，再增加0.01个百分点即可",
        ),
        (ir.Type("number", unit=(("月", 1),), shown="年"), 24, 36, 24, "收入须达到3年，现为2年，再增加1年即可"),
        (ir.Type("number", unit=(("月", 1),)), 12, 10, 11, "收入须不超过10个月，现为12个月，再减少2个月即可"),
        (
            DATE,
            date(2025, 1, 3),
            date(2025, 1, 1),
            date(2025, 1, 2),
            "收入须不晚于2025年1月1日，现为2025年1月3日，提前2天即可",
        ),
    ],
)
def test_a_change_in_words(deciding: Deciding, kind: ir.Type, old: Any, new: Any, last: Any, text: str) -> None:
    assert changed(Context(deciding(), "zh"), Change(Place("企业", "收入"), kind, old, new, last, 1)) == text


def test_an_answer_in_words(deciding: Deciding) -> None:
    switch = Switch(Place("企业", "企业规模"), ir.Type("enum", "规模"), "中型", ("小型", "微型"))
    assert changed(Context(deciding(), "zh"), switch) == "企业规模如为“小型”或“微型”（现为“中型”）"


def test_a_change_in_english(deciding: Deciding) -> None:
    at = Context(deciding(), "en")
    rent = ir.Type("number", unit=(("元", 1), ("平方米", -1), ("月", -1)))
    dearer = Change(Place("企业", "租赁", 0, "租金"), rent, 20, Fraction(2001, 100), 20, 1)
    assert changed(at, dearer) == (
        "租金 of 租赁 no. 1 must exceed RMB 20 per m² per month; it is RMB 20 per m² per month: "
        "RMB 0.01 per m² per month more would do"
    )
    later = Change(Place("企业", "成立日期"), DATE, date(2025, 1, 1), date(2025, 1, 3), date(2025, 1, 2), 2)
    assert changed(at, later) == (
        "成立日期 must not be earlier than 3 January 2025; it is 1 January 2025: 2 days later would do"
    )
    ratio = Change(Place("企业", "比例"), ir.Type("number", shown="%"), Fraction(1, 5), Fraction(1, 4), 0, 500)
    assert "5 percentage points more would do" in changed(at, ratio)
    switch = Switch(Place("企业", "企业规模"), ir.Type("enum", "规模"), "中型", ("小型", "微型"))
    assert changed(at, switch) == "if 企业规模 were “小型” or “微型” (it is “中型”)"
