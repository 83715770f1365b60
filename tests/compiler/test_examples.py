"""Examples as cases: facts, readings, what must come out."""

from __future__ import annotations

from datetime import date

from fayan_runtime.cases import Expected
from fayan_runtime.values import Unknown
from tests.compiler.samples import cases

MONEY = (("元", 1),)


def test_an_example_is_facts_readings_and_what_must_come_out() -> None:
    example = """示例 两种读法
    评估日 2025年6月30日
    设 收入 1.2亿元
    设 年限 5年
    设 领域 红色、甲级
    设 标杆年度 2023年、2024年
    设 迁入日期 无
    设 企业数 12家
    设 订单
        日期 等次 数额
        2024年1月1日 甲级 3万元
    设 合同 无
    设 税费
        所属期 税额
        2024年11月 5元
    设 经营
        年度 产值
        2024年 5000万元
    则 乙奖 得 10万元
    则 乙奖 应付 9万元
    则 R1 b 乙奖 不予 因 大单
    则 措施 1 不明 缺 订单[0].截止、企业数
"""
    found, problems = cases(
        example, "奖励 乙奖\n    逐次 订单\n    须 大单：数额 超过 5元\n    须 R1 为 a\n    金额 1元"
    )
    assert problems == []
    plain, chosen = found
    assert (plain.title, plain.on, plain.readings, chosen.readings) == ("两种读法", date(2025, 6, 30), {}, {"R1": "b"})
    firm = plain.facts.scopes["企业"]
    assert firm["收入"] == 120_000_000 and firm["年限"] == 60 and firm["迁入日期"] is None and firm["合同"] == []
    assert firm["领域"] == frozenset({"红色", "甲级"}) and firm["标杆年度"] == frozenset({2023, 2024})
    assert firm["税费"] == [{"所属期": 2024 * 12 + 10, "税额": 5}]
    assert firm["经营"] == {2024: {"年度": 2024, "产值": 50_000_000}}
    assert plain.facts.scopes["全区"]["企业数"] == 12
    orders = firm["订单"]
    assert isinstance(orders, list) and orders[0]["数额"] == 30000 and isinstance(orders[0]["截止"], Unknown)
    assert [path[3] for path in orders[0]["截止"].missing] == ["订单[0].截止"]
    assert [(one.target, one.outcome, one.amount, one.because, one.lacks) for one in plain.expected] == [
        ("乙奖", "gets", 100000, "", ()),
        ("乙奖", "pays", 90000, "", ()),
        (1, "unknown", None, "", ("订单[0].截止", "企业数")),
    ]
    assert [(one.outcome, one.because) for one in chosen.expected] == [("denied", "大单")]


def test_a_table_gives_a_case_for_each_row() -> None:
    example = """示例 表
    评估日 2025年6月30日
    设 收入 子
    设 领域 丑
    则
        子 丑 R1 乙奖 丙奖
        5元 红色、绿色 a 1元 不予
        6元 无 b 不适用 2元
"""
    found, problems = cases(example, "奖励 乙奖\n    金额 1元\n奖励 丙奖\n    金额 1元")
    assert problems == []
    assert [(one.facts.scopes["企业"]["收入"], one.readings) for one in found] == [(5, {"R1": "a"}), (6, {"R1": "b"})]
    assert [one.facts.scopes["企业"]["领域"] for one in found] == [frozenset({"红色", "绿色"}), frozenset()]
    assert found[1].line == found[0].line + 1
    assert found[1].expected == (
        Expected(target="乙奖", outcome="not_applicable", line=found[1].line),
        Expected(target="丙奖", outcome="gets", amount=2, line=found[1].line),
    )
