"""The facts of the real policy: every name and type that the contract fixes, as people would write them in a file."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fayan.facts_file import read_facts, read_facts_file
from fayan.policy import load
from fayan_runtime.ir import Program
from tests.places import ROOT

FACTS = """\
企业:
  企业名称: 甲公司
  统一社会信用代码: 91350100M000100Y43
  区内企业: 是
  迁入日期: 2021/3/1
  迁出日期: null
  行业门类: 工业
  认定记录: [{级别: 市级专精特新, 日期: 2022年1月1日, 有效期至: 2024年12月31日}]
  复核记录: [{级别: 国家小巨人, 日期: 2025-3-1, 通过: 是, 有效期至: 无}]
  年度经营:
    - {年度: 2023, 产值: 5000万元, 主营业务收入: 1.2亿元}
    - {年度: 2024年, 产值: "60,000,000.01", 主营业务收入: null}
  租赁: [{年度: 2025, 房源: 国有厂房, 面积: 3亩, 租金: 20元/平方米·月, 租用月数: 12个月}]
  已兑付: [{措施: 5, 事项: 首次认定, 日期: 2022年1月1日, 金额: 10万元}]
  产业领域: [汽车电子, 智能终端]
  汽车电子方向: 自动驾驶
  初创企业: false
  所在园区: 仙桃数据谷
  智能化改造: 是
  绿色化改造: 否
  数字化新模式: 是
  OTC挂牌: [{板块: 成长板, 日期: 2025-01-02}]
  新三板备案日期: 2025-01-03
  新三板基础创新层挂牌日期: 无
  新三板精选层挂牌日期: ~
  上市辅导备案日期: null
  上市辅导验收日期: null
  上市申请受理日期: null
  首发上市日期: null
  首发上市交易所: 北交所
  企业规模: 中型
  小型微利企业: 否
  科技型中小企业: 是
  税费: [{所属期: 2024-11, 六税两费: 1.5万元}]
  研发: [{年度: 2024, 费用化支出: 100万元, 无形资产成本: 50万元, 摊销年限: 10年}]
  重大创新攻关项目: 否
  孵化器建设主体: 否
  拟上市企业储备库: 否
  服务专员: 无
  已获三方服务: []
  已获培训服务: 是
  申报质量奖: [中国质量奖]
  发明专利: 是
  参与标准化工作: 否
  采购投标: [{项目: 一号, 预留份额: 否, 报价: 100万元, 价格扣除比例: 12%}]
  宣传标杆年度: [2024, 2025年]
全区:
  市级专精特新企业数: 180家
  国家小巨人企业数: 23
  汽车电子企业数: 50
  汽车电子专精特新企业数: 20家
  上市专精特新企业数: 5
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return load(ROOT / "policies" / "yubei_2024.pol").program


def test_every_fact_of_the_contract(tmp_path: Path, program: Program) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(FACTS, "utf-8")
    facts, problems = read_facts_file(path, program)
    assert [problem.title() for problem in problems] == []
    assert facts is not None
    values: dict[str, Any] = facts.scopes["企业"]
    assert values["迁入日期"] == date(2021, 3, 1)
    assert values["复核记录"] == [{"级别": "国家小巨人", "日期": date(2025, 3, 1), "通过": True, "有效期至": None}]
    assert values["年度经营"][2023] == {"年度": 2023, "产值": 50_000_000, "主营业务收入": 120_000_000}
    assert values["年度经营"][2024] == {"年度": 2024, "产值": Fraction(6_000_000_001, 100), "主营业务收入": None}
    assert values["租赁"] == [{"年度": 2025, "房源": "国有厂房", "面积": 2000, "租金": 20, "租用月数": 12}]
    assert values["已兑付"][0] == {
        "措施": 5,
        "事项": "首次认定",
        "日期": date(2022, 1, 1),
        "金额": 100_000,
        "依据": "渝北府办发〔2024〕34号",
    }
    assert values["汽车电子方向"] == frozenset({"自动驾驶"})
    assert values["首发上市交易所"] == "北交所"
    assert values["服务专员"] is None
    assert values["税费"] == [{"所属期": 2024 * 12 + 10, "六税两费": 15_000}]
    assert values["研发"][0]["摊销年限"] == 120
    assert values["采购投标"][0]["价格扣除比例"] == Fraction(3, 25)
    assert values["宣传标杆年度"] == frozenset({2024, 2025})
    assert facts.scopes["全区"]["市级专精特新企业数"] == 180


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_can_be_read(path: Path, program: Program) -> None:
    facts, problems = read_facts_file(path, program)
    assert [problem.title() for problem in problems] == []
    assert facts is not None
    assert facts.subject != "（未具名企业）"


@pytest.mark.parametrize(("passed", "codes"), [("是", ["FY7224"]), ("否", [])])
def test_a_title_does_not_end_before_it_begins(program: Program, passed: str, codes: list[str]) -> None:
    # a review that failed may name the end of the old title
    review = {"级别": "国家小巨人", "日期": "2025-05-20", "通过": passed, "有效期至": "2025-05-19"}
    same_day = {"级别": "国家小巨人", "日期": "2025-05-20", "有效期至": "2025-05-20"}
    facts = {"企业": {"认定记录": [same_day], "复核记录": [review]}}
    assert [problem.code for problem in read_facts(facts, program)[1]] == codes
