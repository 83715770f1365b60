"""原文未见 and 原文未录: what is not on file is said by check, explain and eval, and nothing is made of it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from fayan.checking import check
from fayan.compiling import analyse
from fayan.policy import Policy, loads
from fayan_dsl.problem import Severity
from fayan_dsl.source import Source
from fayan_runtime import reference

HEAD = """政策 旧办法
    文号 某发〔2022〕1号
    发文机关 某局
    成文日期 {dated}
{more}
措施 1 奖
{body}
附 事实
事实 企业
    收入 金额
"""
AWARD = "奖励 甲奖励\n        须 收入 超过 100万元\n        金额 2万元\n"
FACTS = {"企业": {"收入": "200万元"}}


def text(body: str, more: str = "", dated: str = "2022年1月1日") -> str:
    return HEAD.format(body=body, more=more, dated=dated)


def policy(body: str, more: str = "", dated: str = "2022年1月1日") -> Policy:
    return loads(text(body, more, dated), "旧.pol")


def told(body: str, more: str = "") -> list[tuple[str, str]]:
    problems = check(Source("旧.pol", text(body, more))).problems
    return [(p.code, p.title()) for p in problems]


UNRECORDED = f"原文未录 某网站 2022-12-09\n{AWARD.replace('        ', '    ')}"


def test_figures_may_be_known_where_words_are_not() -> None:
    assert told(UNRECORDED) == [("FY6601", "措施 1 原文未录，只有数字：某网站 2022-12-09")]
    decision = policy(UNRECORDED).decide(FACTS, "2022-06-30", compare_readings=True)
    measure = decision.measures[1]
    assert (measure.status, measure.provisions["甲奖励"].amount) == ("granted", 20000)
    assert decision.totals["cash"].complete
    assert json.loads(decision.to_json())["measures"][0]["unrecorded"] == "某网站 2022-12-09"
    for said in (decision.to_text(), decision.to_markdown(), decision.to_html(), policy(UNRECORDED).to_text()):
        assert "原文未录，数字所据：某网站 2022-12-09" in said


def test_what_was_not_seen_may_hold_anything() -> None:
    known = f"｜收入超过100万元的奖励2万元；\n    {AWARD}原文未见 后半句，网页截断\n"
    assert told(known) == [("FY6601", "措施 1 原文未见：后半句，网页截断")]
    decision = policy(known).decide(FACTS, "2022-06-30")
    assert decision.measures[1].status == "granted"
    assert not decision.totals["cash"].complete
    denied = policy(known).decide({"企业": {"收入": 0}}, "2022-06-30")
    assert denied.measures[1].provisions["甲奖励"].status == "denied"
    assert denied.measures[1].status == "unknown"
    assert "原文未见：后半句，网页截断" in denied.to_text()


def test_a_measure_of_which_nothing_was_seen_is_unknown_in_both_executions() -> None:
    loaded = policy("原文未见 全条\n")
    facts = loaded.read_facts(FACTS)
    slow = reference.decide(loaded.program, facts, date(2022, 6, 30), {})
    fast = loaded.closure.decide(facts, date(2022, 6, 30))
    for outcome in (slow, fast):
        assert outcome.measures[1].status == "unknown"
        assert not any(total.complete for total in outcome.totals.values())


def test_what_was_not_seen_of_the_whole_document() -> None:
    loaded = policy(f"｜收入超过100万元的奖励2万元。\n    {AWARD}", "    原文未见 措施2以后各条\n")
    assert loaded.program.unseen == "措施2以后各条"
    decision = loaded.decide(FACTS, "2022-06-30")
    assert decision.measures[1].status == "granted" and not decision.totals["cash"].complete
    for said in (decision.to_text(), decision.to_markdown(), decision.to_html(), loaded.to_text()):
        assert "措施2以后各条" in said


def test_a_header_stands_for_every_measure_without_words() -> None:
    found = told(AWARD.replace("        ", "    "), "    原文未录 某网站\n")
    assert found == [("FY6601", "全文原文未录，只有数字：某网站")]


def test_no_rule_rests_on_words_that_were_not_seen() -> None:
    assert told(f"原文未见 全条\n{AWARD.replace('        ', '    ')}")[-1] == (
        "FY6602",
        "“甲奖励”上面没有原文：没有见到的文字不能写成规则。",
    )


def test_a_date_that_was_not_seen() -> None:
    loaded = policy(UNRECORDED, dated="未见")
    assert (loaded.program.dated, loaded.program.effective) == (None, None)
    assert loaded.decide(FACTS, "1990-01-01").measures[1].status == "granted"
    assert "未见" in loaded.to_text()
    assert json.loads(loaded.to_json())["policy"]["dated"] is None
    used = UNRECORDED.replace("收入 超过 100万元", "评估日 不早于 成文日期")
    problems = analyse(Source("旧.pol", text(used, dated="未见")))[2]
    assert [(p.code, p.title()) for p in problems] == [("FY5010", "本文件的成文日期没有见到，不能用它计算。")]


@pytest.mark.parametrize("body", [UNRECORDED, "原文未见 全条\n"])
def test_it_is_a_note_and_no_fault(body: str) -> None:
    problems = check(Source("旧.pol", text(body))).problems
    assert [p.severity for p in problems] == [Severity.NOTE]


def test_a_header_that_cannot_be_read_is_told_once() -> None:
    broken = text(UNRECORDED).replace("    文号", "｜一句话。\n    文号", 1)
    problems = analyse(Source("旧.pol", broken))[2]
    assert problems and all(p.code.startswith("FY1") for p in problems)
