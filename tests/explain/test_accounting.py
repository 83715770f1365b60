"""Nothing is dropped without a word: what is not due, of another kind or not reached; what was paid, too much, or for nothing known."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.explain.conftest import Deciding
from tests.explain.test_decision import CITY, GROWN, HERE, LEASE, Page

LISTING = (
    "新三板备案日期", "新三板基础创新层挂牌日期", "新三板精选层挂牌日期",
    "上市辅导备案日期", "上市辅导验收日期", "上市申请受理日期", "首发上市日期", "首发上市交易所",
)  # fmt: skip


def page(decision: Any) -> Page:
    return Page(decision.to_text())


def test_a_year_that_is_not_over(deciding: Deciding) -> None:
    text = page(deciding(on=date(2025, 12, 30), **HERE, 年度经营=GROWN, 租赁=[LEASE]))
    assert "还没有到时候的 · 第3条 国有厂房租金减免 租赁第1项，2025年度未结束，2025年12月31日及以后评估时再算" in text
    assert "没有到期的事项 未到期：租赁第1项，2025年度未结束" in text
    assert "未结束" not in page(deciding(on=date(2025, 12, 31), **HERE, 年度经营=GROWN, 租赁=[LEASE]))


def test_a_month_that_is_not_over_and_an_event_to_come(deciding: Deciding) -> None:
    tax = {"小型微利企业": True, "税费": [{"所属期": "2024-12", "六税两费": "100元"}]}
    board = {"OTC挂牌": [{"板块": "成长板", "日期": "2025-01-06"}]}
    text = page(deciding(on=date(2024, 12, 30), **HERE, **tax, **board))
    assert "税费第1项，2024年12月未结束，2024年12月31日及以后评估时再算" in text
    assert "OTC挂牌第1项，2025年1月6日晚于评估日，到那天再算" in text


def test_why_there_is_nothing_to_decide(deciding: Deciding) -> None:
    empty = {"租赁": [], "OTC挂牌": [], "新三板备案日期": None, "新三板基础创新层挂牌日期": None}
    text = page(deciding(**HERE, **empty))
    assert "没有租赁记录" in text and "没有OTC挂牌记录" in text and "没有复核记录" in text
    assert "各阶段都没有到 未到的阶段：报送挂牌备案文件，没有新三板备案日期" in text
    assert "未到的阶段：精选层挂牌，按口径R7.2的现用读法（没有了），不计算" in text


def test_a_duty_towards_others(deciding: Deciding) -> None:
    text = page(deciding(认定记录=[], 复核记录=[]))
    assert "不属于本项的对象：没有认定记录" in text


def test_items_of_another_kind(deciding: Deciding) -> None:
    text = page(deciding(**HERE | {"认定记录": [CITY, CITY | {"日期": "2024-06-01"}]}, 年度经营=GROWN, 租赁=[LEASE]))
    assert "不计入本项：租赁第1项，不符合“利用社会闲置厂房”（房源为国有厂房，不是社会闲置厂房）" in text
    assert "不计入本项：认定记录第2项，只计首次，认定记录第1项在前" in text


def test_refused_items_of_a_granted_provision_are_in_the_answer(deciding: Deciding) -> None:
    cheap = LEASE | {"租金": "20元/平方米·月"}
    text = page(deciding(**HERE, 年度经营=GROWN, 租赁=[LEASE, cheap]))
    assert "不能得到的 ✗ 第3条 国有厂房租金减免 租赁第2项（2025年） 租金 20元/平方米·月，未超过 20元/平方米·月" in text


def test_a_payment_is_cited(deciding: Deciding) -> None:
    paid = [{"措施": 5, "事项": "首次认定", "日期": "2023-06-01", "金额": "4万元", "依据": "渝北府办发〔2022〕38号"}]
    assert "已兑付第1项（日期 2023年6月1日，金额 4万元，依据 渝北府办发〔2022〕38号）" in page(
        deciding(**HERE, 已兑付=paid)
    )
    text = page(deciding(**HERE, 已兑付=paid, readings={"G4": "b"}))
    assert "依据 渝北府办发〔2022〕38号）：不抵扣，依据为渝北府办发〔2022〕38号" in text


def test_paid_for_what_is_refused(deciding: Deciding) -> None:
    early = CITY | {"日期": "2021-12-31"}
    paid = [{"措施": 5, "事项": "首次认定", "日期": "2021-12-31", "金额": "10万元"}]
    text = page(deciding(**HERE | {"认定记录": [early]}, 已兑付=paid))
    assert "已兑付 100,000.00元 − 应得 0.00元 ＝ 多付 100,000.00元，应付 0.00元" in text
    assert "多付的 ！ 第5条 首次认定 认定记录第1项（2021年12月31日） 100,000.00元" in text


def test_a_payment_that_nearly_meets_an_item(deciding: Deciding) -> None:
    wrong_day = [{"措施": 5, "事项": "首次认定", "日期": "2023-06-02", "金额": "10万元"}]
    text = page(deciding(**HERE, 已兑付=wrong_day))
    assert "可能是第5条 首次认定 认定记录第1项（2023年6月1日）的款项，付款前请核对" in text
    assert "没有对上事项，可能就是本项的款项，付款前请核对" in text
    elsewhere = [{"措施": 3, "事项": "国有厂房租金减免", "日期": "2025-12-31", "金额": "10万元"}]
    assert "付款前请核对" not in page(deciding(**HERE, 已兑付=elsewhere, 租赁=[]))


def test_two_payers(deciding: Deciding) -> None:
    """5 × 8000 × 12 = 480,000 and of 5 × 1500 × 12 = 90,000 what 500,000 leaves."""
    leases = [LEASE | {"面积": "8000平方米"}, LEASE | {"房源": "社会闲置厂房", "面积": "1500平方米"}]
    text = page(deciding(**HERE, 年度经营=GROWN, 租赁=leases, 已兑付=[]))
    assert (
        "· 房租减免和补贴500,000.00元，其中480,000.00元由厂房（楼宇）所属国有平台公司或镇街给予，"
        "20,000.00元由企业所属国有平台公司或镇街审核，区经济信息委复核后给予"
    ) in text


POLICY = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 甲局
    成文日期 2024年1月1日
    施行日期 2024年1月1日

措施 1 给予奖励
｜对一类项目给予奖励，对二类项目给予奖励，合计不超过50万元。
    奖励 一类奖励
        逐次 项目
        其中 一类：类别 为 一类
        须 合格
        金额 金额
        由 甲局
    奖励 二类奖励
        逐次 项目
        其中 二类：类别 为 二类
        须 合格
        金额 金额
        由 甲局
    {between}
责任单位 甲局

附 事实

类型 项目类别 分 一类、二类

事实 企业
    企业名称 文本
    项目 清单
        类别 项目类别
        日期 日期
        合格 是否
        金额 金额
"""


def project(kind: str, day: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"类别": kind, "日期": day, "金额": amount, **more}


OPEN = project("一类", "2024-03-01", "30万元")
SURE = project("二类", "2024-04-01", "40万元", 合格=True)


def test_what_is_open_keeps_its_share_of_a_ceiling(deciding_on: Deciding) -> None:
    """Whether the first, of 300,000, counts is not known: of 500,000 the second has 200,000 for certain."""
    limit = "限额 总额 每户\n        不超过 50万元\n        及于 一类奖励\n        及于 二类奖励"
    text = page(deciding_on(POLICY.format(between=limit), 项目=[OPEN, SURE]))
    assert (
        "总额：限额 500,000.00元，为尚不能定的事项留出 300,000.00元，余 200,000.00元，由 400,000.00元 核减为 200,000.00元"
        in text
    )
    assert "甲公司至少可得奖励、补助资金200,000.00元，由甲局给予。" in text


def test_what_is_open_may_be_the_highest(deciding_on: Deciding) -> None:
    """The second makes up the difference to 400,000: 100,000 if the first counts, which is what is certain."""
    text = page(deciding_on(POLICY.format(between="就高 一类奖励、二类奖励 累计"), 项目=[OPEN, SURE]))
    assert "就高不重复：还有尚不能定的事项，按其最多的计，本项至少得 100,000.00元" in text


def test_the_highest_of_several(deciding_on: Deciding) -> None:
    """200,000, then 300,000 of which 100,000 is paid, then 250,000, which is not more than what was paid."""
    given = [
        project("一类", day, amount, 合格=True) for day, amount in (("2024-03-01", "20万元"), ("2024-04-01", "30万元"))
    ]
    text = page(
        deciding_on(
            POLICY.format(between="就高 一类奖励、二类奖励 累计"),
            项目=[*given, project("二类", "2024-05-01", "25万元", 合格=True)],
        )
    )
    assert "前面已计 项目第1项 200,000.00元，本项只补足差额：300,000.00元 − 200,000.00元 ＝ 100,000.00元" in text
    assert (
        "前面已计 项目第1项 200,000.00元、项目第2项 100,000.00元，共 300,000.00元，不低于本项的 250,000.00元，本项不再计"
        in text
    )


def test_a_limit_in_the_text_does_not_wait_for_a_reading_that_is_not_taken(deciding: Deciding) -> None:
    """5 × 6000 × 12 = 360,000 for each; the rent of the first is not known, so of 500,000 the second has 140,000 for certain. Only where
    the limit goes by the months rented of what counts (R3.7 b) nothing is certain."""
    unknown = {each: LEASE[each] for each in LEASE if each != "租金"} | {"面积": "6000平方米"}
    idle = LEASE | {"房源": "社会闲置厂房", "面积": "6000平方米"}
    facts = HERE | {"年度经营": GROWN, "租赁": [unknown, idle], "已兑付": []}
    assert "为尚不能定的事项留出 360,000.00元，余 140,000.00元" in page(deciding(**facts))
    assert "限额要看尚不能定的事项，定下以前不计，由 360,000.00元 核减为 0.00元" in page(
        deciding(**facts, readings={"R3.7": "b"})
    )


def test_all_that_is_missing_stands_together(deciding: Deciding) -> None:
    """Two awards wait, for one fact each and one in common."""
    firm = {each: HERE[each] for each in HERE if each != "迁入日期"}
    text = page(deciding(**firm, OTC挂牌=[{"板块": "成长板", "日期": "2025-03-01"}]))
    assert "还不能定的 ？ 共需补充" in text
    assert "迁入日期、年度经营、" not in text  # the series is asked for by year, and only where a rule reads it
    listed = text.split("共需补充")[1].split("？")[0]
    assert listed.count("迁入日期") == 1


def test_a_page_in_english_has_english_signs(deciding: Deciding) -> None:
    english = deciding(**HERE, 年度经营=GROWN, 租赁=[LEASE | {"租金": "20元/平方米·月"}]).to_text("en")
    own = english
    for quoted in re.findall(r"「[^」]*」", english):
        own = own.replace(quoted, "")
    assert "== The answer ==" in own and "[not granted]" in own
    assert "Nearest change: 租金 of 租赁 no. 1 must exceed" in " ".join(own.split())
    for sign in "【】〔！？":
        assert sign not in own.replace("渝北府办发〔2024〕34号", "").replace("渝北府办发〔2022〕38号", ""), sign


def test_many_of_another_kind_are_counted(deciding: Deciding) -> None:
    text = page(deciding(**HERE, 年度经营=GROWN, 租赁=[LEASE] * 8))
    assert "租赁第6项等8项，不符合“利用社会闲置厂房”" in text


def test_a_stage_that_goes_by_the_exchange(deciding: Deciding) -> None:
    """Under R7.2 b the layer counts as reached on a listing at 北交所."""
    listed = {"首发上市交易所": "深交所", "首发上市日期": "2025-05-06"}
    text = page(deciding(**HERE, **listed, readings={"R7.2": "b"}))
    assert "未到的阶段：精选层挂牌，首发上市交易所为深交所，不是北交所" in text


def test_only_what_was_paid_is_not_known(deciding: Deciding) -> None:
    # 100,000 for the title is certain; what of it was paid is not, so nothing more can come of it
    none: dict[str, Any] = {key: [] for key in ("租赁", "OTC挂牌", "税费", "研发")} | dict.fromkeys(LISTING)
    text = page(deciding(**HERE, **none))
    assert "第5条 首次认定 100,000.00元（已兑付多少不明，应付待定）" in text
    assert "首次认定 100,000.00元（至少" not in text and "至少可得" not in text


def test_an_amount_that_may_come_to_more_is_at_least(deciding: Deciding) -> None:
    undated = {key: value for key, value in CITY.items() if key != "日期"} | {"级别": "国家小巨人"}
    text = page(deciding(**HERE | {"认定记录": [CITY, undated]}))
    assert "首次认定 100,000.00元（至少，尚有未定事项）" in text
