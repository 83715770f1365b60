"""推算: a fact that is not given is worked out, one that is given counts, and what differs is told."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from fayan.compiling import analyse
from fayan.policy import Policy, loads
from fayan_dsl.source import Source
from fayan_runtime import reference
from fayan_runtime.explain.decision.nearest import nearest
from fayan_runtime.explain.decision.view import decision_view
from fayan_runtime.values import Unknown
from tests.reference_policy import reference_policy

TEXT = """政策 甲办法
    文号 甲〔2024〕1号
    发文机关 某局
    成文日期 2024年12月12日

措施 1 奖
｜对小型企业给予2万元奖励，对纳税大户给予1万元奖励。
    奖励 小型奖励
        须 规模小：企业规模 为 小型
        金额 2万元
    奖励 大户奖励
        须 大户
        金额 1万元

附 声明
类型 规模 分 大型、小型
口径 R1 100人算不算
    a 不算
    b 算
定义 规模 依 R1
    a 按人数和产值
    b 分情形
        当 人数 达到 100人 且 产值 达到 10万元 得出 大型
        否则 小型
定义 按人数和产值 分情形
    当 人数 超过 100人 且 产值 达到 10万元 得出 大型
    否则 小型
定义 是大户 指 企业规模 为 大型 且 税额 达到 5万元
事实 企业
    企业规模 规模 推算 规模 佐证 证书
    大户 是否 推算 是大户
    人数 人
    产值 金额
    税额 金额
"""
ON = date(2025, 1, 1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return loads(TEXT, "甲.pol")


def decided(policy: Policy, readings: dict[str, str] | None = None, **given: Any) -> tuple[str, list[str]]:
    provision = policy.decide({"企业": given}, ON, readings).measures[1].provisions["小型奖励"]
    return provision.status, sorted(provision.missing)


#: Facts → status and what is missing. 小型 below 101 people or below 10万元.
CASES = [
    ({"企业规模": "小型"}, "granted", []),
    ({"企业规模": "小型", "人数": 101, "产值": "10万元"}, "granted", []),  # what is given counts
    ({"企业规模": "大型", "人数": 1}, "denied", []),
    ({"人数": 100}, "granted", []),
    ({"人数": 101, "产值": "9万元"}, "granted", []),
    ({"人数": 101, "产值": "10万元"}, "denied", []),
    ({}, "unknown", ["企业规模"]),
    ({"人数": 101}, "unknown", ["产值"]),  # the one fact that is all it still lacks
    ({"产值": "10万元"}, "unknown", ["人数"]),
    ({"税额": "5万元"}, "unknown", ["企业规模"]),  # looks at nothing that was given
]  # fmt: skip


@pytest.mark.parametrize(("given", "status", "missing"), CASES)
def test_given_counts_else_worked_out_else_the_least_that_is_missing(
    policy: Policy, given: dict[str, Any], status: str, missing: list[str]
) -> None:
    assert decided(policy, **given) == (status, missing)


def test_one_fact_worked_out_leads_to_another(policy: Policy) -> None:
    found = (
        policy.decide({"企业": {"人数": 101, "产值": "10万元", "税额": "5万元"}}, ON).measures[1].provisions["大户奖励"]
    )
    assert found.status == "granted"
    lacking = policy.decide({"企业": {"人数": 101, "产值": "10万元"}}, ON).measures[1].provisions["大户奖励"]
    assert lacking.missing == ["税额"]


def test_it_follows_the_reading_and_the_rule_refers_to_the_reading(policy: Policy) -> None:
    given = {"人数": 100, "产值": "10万元"}
    assert decided(policy, **given)[0] == "granted"
    assert decided(policy, {"R1": "b"}, **given)[0] == "denied"
    decision = policy.decide({"企业": given}, ON, compare_readings=True)
    (use,) = decision.measures[1].provisions["小型奖励"].readings
    assert (use.id, use.matters, use.others["b"][0]) == ("R1", True, "denied")


def test_a_difference_is_told(policy: Policy) -> None:
    decision = policy.decide({"企业": {"企业规模": "小型", "人数": 101, "产值": "10万元"}}, ON)
    first = json.loads(decision.to_json())["derived"][0]
    text = first.pop("text")
    assert first == {"fact": "企业规模", "value": "大型", "by": "规模", "given": "小型"}
    assert text.startswith("企业规模填的是“小型”，按“规模”推算为“大型”") and "推算的依据：" in text
    assert "it comes out so because" in json.loads(decision.to_json("en"))["derived"][0]["text"].lower()
    told = "企业规模填的是“小型”，按“规模”推算为“大型”；以填报的为准，请核对"
    assert all(told in said for said in (decision.to_text(), decision.to_markdown(), decision.to_html()))
    plain = policy.decide({"企业": {"企业规模": "小型", "大户": "否", "人数": 100}}, ON)
    assert "derived" not in json.loads(plain.to_json())
    worked = policy.decide({"企业": {"人数": 100}}, ON)
    assert "企业规模没有填，按“规模”推算为“小型”" in worked.to_text()
    assert "企业规模 is not given; by 规模 it is 小型" in worked.to_text("en")


def test_it_says_what_decides_and_of_which_document() -> None:
    """6000万元 is more than the 5000万元 of 小型微利企业; 120 people and 1800万元 are 小型, of 中型 300 people are asked."""
    policy = reference_policy()
    given = {
        "从业人员": 120, "资产总额": "6000万元", "应纳税所得额": "200万元", "从事国家限制或禁止行业": False, "划型行业": "工业",
        "营业收入": "1800万元", "税费": [{"所属期": "2024-12", "六税两费": "20万元"}],
    }  # fmt: skip
    decision = policy.decide({"企业": given}, date(2025, 6, 30))
    size, small = decision_view(decision).derived
    assert small == (
        "小型微利企业没有填，按“合于小型微利条件（财政部 税务总局公告2023年第12号）”推算为“否”：资产总额 6,000万元，超过 5,000万元"
    )
    assert size.startswith("企业规模没有填，按“划型（工信部联企业〔2011〕300号）”推算为“小型”：")
    assert "从业人员 120人，未达到 300人" in size and "营业收入 1,800万元，达到 300万元" in size
    assert "农林牧渔业" not in size  # of another industry
    papers = "；".join(next(each for each in decision_view(decision).measures if "第8条" in each.heading).evidence)
    assert "企业所得税汇算清缴申报表（小型微利企业）" in papers
    differs = decision_view(policy.decide({"企业": given | {"小型微利企业": True}}, date(2025, 6, 30))).derived[1]
    assert differs.endswith("以填报的为准，请核对。推算的依据：资产总额 6,000万元，超过 5,000万元")
    english = decision_view(decision, "en").derived[1]
    assert english.endswith("it is no: 资产总额 is RMB 60,000,000, which exceeds RMB 50,000,000")


def test_where_nothing_applies_every_case_that_failed_is_told(policy: Policy) -> None:
    """100 people do not exceed 100: 小型."""
    decision = policy.decide({"企业": {"人数": 100}}, ON)
    assert decision_view(decision).derived[0] == "企业规模没有填，按“规模”推算为“小型”：人数 100人，未超过 100人"


def test_both_executions_agree_on_every_combination(policy: Policy) -> None:
    pools: dict[str, list[Any]] = {
        "企业规模": [None, "大型", "小型"], "大户": [None, "是"], "人数": [None, 100, 101], "产值": [None, 0, 100000],
        "税额": [None, 50000],
    }  # fmt: skip
    for values, option in product(product(*pools.values()), "ab"):
        given = {name: value for name, value in zip(pools, values, strict=True) if value is not None}
        facts = policy.read_facts({"企业": given})
        slow = reference.decide(policy.program, facts, ON, {"R1": option})
        fast = policy.closure.decide(facts, ON, {"R1": option})
        for one, other in zip(slow.provisions(), fast.provisions(), strict=True):
            assert (one.status, one.exact_amount, one.missing) == (other.status, other.exact_amount, other.missing), (
                given
            )
        assert "企业规模" in given or isinstance(
            facts.scopes["企业"]["企业规模"], Unknown
        )  # what was given is left alone


WRONG = [
    ("推算 规模 佐证", "推算 规摸 佐证", "FY2001", "规摸"),
    ("大户 是否 推算 是大户", "大户 是否 推算 规模", "FY3001", "规模"),
    ("定义 规模 依 R1", "定义 没用 指 1\n定义 规模 依 R1", "", ""),
    ("当 人数 超过 100人 且", "当 企业规模 为 大型 且", "FY2014", "规模"),
    ("定义 是大户 指 企业规模", "定义 是大户（某企业规模） 指 某企业规模", "FY3003", "是大户"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "place"), WRONG)
def test_what_cannot_work_a_fact_out(old: str, new: str, code: str, place: str) -> None:
    assert old in TEXT
    problems = analyse(Source("甲.pol", TEXT.replace(old, new)))[2]
    found = [(p.code, p.source.text[p.span.start : p.span.end]) for p in problems]
    assert found == ([(code, place)] if code else [])


def test_a_list_is_not_worked_out() -> None:
    text = TEXT.replace("    税额 金额\n", "    税额 金额\n    订单 清单 推算 规模\n        日期 日期\n")
    assert [p.code for p in analyse(Source("甲.pol", text))[2]] == ["FY4014"]


def test_a_list_belongs_to_the_enterprise() -> None:
    text = TEXT + "事实 全区\n    项目 清单\n        日期 日期\n"
    problems = analyse(Source("甲.pol", text))[2]
    assert [(p.code, p.source.text[p.span.start : p.span.end]) for p in problems] == [("FY4014", "项目")]


def test_the_nearest_change_is_of_what_a_fact_was_worked_out_from(policy: Policy) -> None:
    """105 people and 12万元 make it 大型. 5 people fewer (4.8%) are nearer than 20000.01元 less (16.7%)."""

    def told(**given: Any) -> Any:
        decision = policy.decide({"企业": given}, ON)
        provision = decision.measures[1].provisions["小型奖励"]
        return (found := nearest(decision, provision)) and found.change

    change = told(人数="105人", 产值="12万元")
    assert (change.place.path, change.old, change.new) == ("人数", 105, 100)
    # 150 people (33%) are farther than 10万元 is from just below it (0.01元)
    change = told(人数="150人", 产值="10万元")
    assert (change.place.path, change.new) == ("产值", Fraction("99999.99"))
    assert told(企业规模="大型", 人数="105人", 产值="12万元") is None  # what is given is not worked out
