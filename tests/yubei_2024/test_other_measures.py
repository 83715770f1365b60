"""The other measures of the reference policy, in short."""

from __future__ import annotations

from datetime import date

import pytest

import fayan
from tests.yubei_2024.cases import ABSENT, Facts, firm

MEASURES = [
    ("car maker", {"产业领域": ["汽车"]}, {1: "discretionary", 2: "denied", 4: "unknown"}),
    ("food maker", {"产业领域": [], "初创企业": "否", "汽车电子方向": []}, {1: "denied", 2: "denied", 4: "denied"}),
    ("AI start-up", {"产业领域": ["人工智能"], "初创企业": "是", "所在园区": "其他"}, {1: "discretionary", 2: "denied"}),
    ("software start-up in 三龙地区", {"产业领域": ["软件和信息服务业"], "初创企业": "是", "所在园区": "三龙地区"}, {1: "denied", 2: "discretionary"}),
    ("software start-up elsewhere", {"产业领域": ["软件和信息服务业"], "初创企业": "是", "所在园区": "创新经济走廊"}, {2: "denied"}),
    ("car electronics start-up", {"产业领域": ["汽车电子"], "初创企业": "是", "所在园区": "创新经济走廊"}, {2: "discretionary", 4: "discretionary"}),
    ("cockpits", {"产业领域": [], "汽车电子方向": ["智能座舱"]}, {4: "discretionary"}),
    ("no title", {"认定记录": []}, {6: "denied", 12: "denied", 13: "denied", 14: "denied", 15: "not_applicable", 18: "denied", 20: "denied"}),
    ("title", {}, {6: "unknown", 10: "duty", 12: "discretionary", 13: "discretionary", 15: "unknown", 18: "unknown"}),
    ("green", {"绿色化改造": "是", "数字化新模式": "否"}, {6: "discretionary"}),
    ("key project", {"产业领域": ["新材料"], "重大创新攻关项目": "是"}, {9: "discretionary"}),
    ("key project elsewhere", {"产业领域": ["电子"], "重大创新攻关项目": "是"}, {9: "denied"}),
    ("incubator", {"产业领域": ["战略性新兴产业"], "孵化器建设主体": "是"}, {11: "discretionary"}),
    ("in the reserve", {"拟上市企业储备库": "是"}, {14: "granted"}),
    ("not in the reserve", {"拟上市企业储备库": "否"}, {14: "discretionary"}),
    ("has someone", {"服务专员": "张三", "已获培训服务": "是"}, {15: "duty_met", 17: "duty_met"}),
    ("has no one", {"服务专员": None, "已获培训服务": "否"}, {15: "duty_unmet", 17: "duty_unmet"}),
    ("quality prize", {"申报质量奖": ["中国质量奖"], "发明专利": "否", "参与标准化工作": "否"}, {18: "discretionary"}),
    ("shown this year", {"宣传标杆年度": [2024, 2025]}, {20: "granted"}),
    ("shown last year", {"宣传标杆年度": [2024]}, {20: "discretionary"}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in MEASURES], ids=[row[0] for row in MEASURES])
def test_the_other_measures(policy: fayan.Policy, facts: Facts, expected: dict[int, str]) -> None:
    decision = policy.decide({"企业": firm(**facts)}, on=date(2025, 12, 31))
    assert {number: decision.measures[number].status for number in expected} == expected


def test_targets_are_told_from_the_whole_district(policy: fayan.Policy) -> None:
    # 180 reaches 180; 22 does not reach 23; 40 ÷ 100 reaches 40%
    whole = {
        "市级专精特新企业数": 180,
        "国家小巨人企业数": 22,
        "汽车电子企业数": 100,
        "汽车电子专精特新企业数": 40,
        "上市专精特新企业数": 4,
    }
    decision = policy.decide({"企业": firm(), "全区": whole}, on=date(2025, 12, 31))
    assert [provision.status for provision in decision.measures[0].provisions.values()] == [
        "target_met",
        "target_unmet",
    ]
    assert decision.measures[4].provisions["汽车电子企业专精特新普及率"].status == "target_met"
    assert decision.measures[14].provisions["上市专精特新企业数量"].status == "target_unmet"
    alone = policy.decide({"企业": firm()}, on=date(2025, 12, 31))
    assert [provision.status for provision in alone.measures[0].provisions.values()] == ["target", "target"]


def test_services_are_checked_one_by_one(policy: fayan.Policy) -> None:
    decision = policy.decide({"企业": firm(已获三方服务=["法律援助", "人才培养"])}, on=date(2025, 12, 31))
    statuses = {name: provision.status for name, provision in decision.measures[16].provisions.items()}
    assert statuses == {
        "法律援助": "duty_met",
        "企业管理": "duty_unmet",
        "专利申报": "duty_unmet",
        "政务代办": "duty_unmet",
        "人才培养": "duty_met",
    }


@pytest.mark.parametrize(("number", "fact", "not_chosen"), [(14, "拟上市企业储备库", "否"), (20, "宣传标杆年度", [])])
def test_a_selection_not_known_is_left_to_the_unit_and_says_what_is_missing(
    policy: fayan.Policy, number: int, fact: str, not_chosen: object
) -> None:
    def selection(**facts: object) -> tuple[str, bool, list[str]]:
        decision = policy.decide({"企业": firm(**facts)}, on=date(2025, 12, 31))
        provision = next(iter(decision.measures[number].provisions.values()))
        return provision.status, provision.complete, provision.missing

    assert selection() == ("discretionary", False, [fact])
    assert selection(**{fact: not_chosen}) == ("discretionary", True, [])
    # without a title nothing turns on being chosen; with the title not known, both facts do
    assert selection(认定记录=[]) == ("denied", True, [])
    assert selection(认定记录=ABSENT)[2] == ["认定记录", fact]
    assert selection(认定记录=ABSENT, **{fact: not_chosen})[2] == ["认定记录"]
