"""原文 in the core form, and the words rules rest on, by the reference policy."""

from __future__ import annotations

from functools import cache

from fayan.policy import load
from fayan_runtime import ir
from tests.places import POLICIES

POLICY = POLICIES / "yubei_2024.pol"


@cache
def reference() -> ir.Program:
    return load(POLICY).program


def test_a_figure_in_two_sentences_means_the_one_that_shares_the_words() -> None:
    program = reference()
    listing = next(rule for rule in program.provisions if rule.name == "新三板挂牌")
    quotes = [stage.origin.quote for stage in listing.stages]
    assert quotes[0].endswith("通过券商内核并报送挂牌备案文件给予100万元奖励；") and "……" not in quotes[0]
    assert quotes[1:] == ["首次为基础层或创新层成功挂牌后给予100万元奖励；", "首次在精选层成功挂牌后给予200万元奖励。"]
    assert "".join(quotes) == listing.origin.quote


def test_what_a_passage_is_seen_for_is_quoted_too() -> None:
    program = reference()
    quotes = {rule.name: rule.origin.quote for rule in program.provisions}
    growth = "对上年度生产产值（主营业务收入）增速超过 20%的市级“专精特新”企业和国家专精特新“小巨人”企业给予房租补贴。"
    assert quotes["国有厂房租金减免"].startswith(growth + "其中租用国有厂房")
    assert quotes["社会闲置厂房租金补贴"].startswith(growth + "……利用社会闲置厂房")
    assert quotes["后续复核"].count("以后每次通过复核") == 1
    third = next(measure for measure in program.measures if measure.number == 3)
    assert third.passages[0].sees == ("国有厂房租金减免", "社会闲置厂房租金补贴")
    assert [len(passage.sentences) for passage in third.passages] == [1, 1, 1]
    first = next(measure for measure in program.measures if measure.number == 1)
    units = "区经济信息委、临空经济示范区管委会、相关区级国有公司 原文只列为责任单位，没有写分工"
    assert first.passages[0].marks == (("数字", "2335 全区现代制造业集群体系的名称"), ("单位", units))
    notice = program.measures[0].passages
    assert notice[0].marks == (("程式", "通知标题"),)
    assert notice[0].sentences[0].line < notice[1].sentences[0].line
    assert {f.name: f.measure for f in program.functions}["增速过线"] == 3
    assert {f.name: f.measure for f in program.functions}["增速"] is None
