"""examples/修订建议.pol: an invented proposal that changes six things in the 2024 policy. What each comes to is worked out by hand.

The proposal is a copy. Where rules of the 2024 policy are written anew, ``git merge-file`` brings them over: the proposal, the 2024 policy as
it was before, and as it is.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

import fayan
from fayan.checking import check
from fayan.documents.texts import read_source
from fayan.examples import trial
from fayan.policy import Policy
from fayan.versions import Diff, diff
from fayan.witness_files import write_witnesses
from fayan_dsl.problem import Severity
from tests.places import ROOT

TODAY, PROPOSAL = ROOT / "policies/yubei_2024.pol", ROOT / "examples/修订建议.pol"


@cache
def policies() -> tuple[Policy, Policy]:
    """Both, read once."""
    return fayan.load(TODAY), fayan.load(PROPOSAL)


@cache
def compared() -> Diff:
    return diff(*policies())


def test_it_says_that_it_is_invented() -> None:
    assert "虚构" in PROPOSAL.read_text("utf-8").splitlines()[0]
    assert all("虚构" in page for page in (policies()[1].to_text(), policies()[1].to_json()))


def test_rules_and_words_agree_and_every_example_holds() -> None:
    problems = check(read_source(PROPOSAL)).problems
    assert [each.title() for each in problems if each.severity is not Severity.NOTE] == []
    assert trial.run(policies()[1]).passed


def test_the_six_changes_and_what_goes_with_them() -> None:
    found = compared().comparison
    told = {(each.aspect, each.of, each.name) for measure in found.measures for each in measure.changes}
    told |= {(each.aspect, each.of, each.name) for each in found.changes if each.aspect != "example"}
    assert told == {
        ("definition", "", "增速过线"),  # 1: a rate, 20% → 15%, with the question of its reading
        ("reading", "", "R3.2"),
        ("definition", "", "平均增长过线"),  # 2: 超过 10% → 达到 10%; the reading that asked about it is gone
        ("reading", "", "R5.3"),
        ("ceiling", "", "年度限额"),  # 3: a cap, 50万元 → 80万元, with readings that name it
        ("reading", "", "R3.4"),
        ("reading", "", "R3.5"),
        (
            "period",
            "六税两费减征",
            "",
        ),  # 4: to the end of 2027; the reading about the end is gone, another moves with it
        ("definition", "", "六税两费截止日"),
        ("definition", "", "研发加计截止日"),
        ("reading", "", "R8.2"),
        ("reading", "", "R8.4"),
        ("must", "OTC挂牌", "未失信"),  # 5: a condition, and the fact it asks for
        ("fact", "企业", "列入严重失信主体名单"),
        ("definition", "", "宜入软件园区"),  # 6: written otherwise
        ("header", "", "政策"),  # the title says that it is invented
    }


def test_each_verdict() -> None:
    verdicts = compared().comparison.verdicts
    default = {each.provision: (each.who, each.how_much) for each in verdicts if not each.readings}
    changed = {name: verdict for name, verdict in default.items() if verdict != ("same", "same")}
    assert changed == {
        "国有厂房租金减免": ("wider", "more"),  # growth of 15% will do; up to 80万元
        "社会闲置厂房租金补贴": ("wider", "more"),
        "后续复核": ("wider", "more"),  # exactly 10% will do; who passed several reviews is paid for more of them
        "OTC挂牌": ("narrower", "same"),
        "六税两费减征": ("wider", "more"),  # months after 2024, besides earlier ones
    }
    assert default["入驻孵化园区"] == ("same", "same")  # written otherwise, proved the same
    only = {
        each.provision: each.readings
        for each in verdicts
        if not each.same and default[each.provision] == ("same", "same")
    }
    assert only == {
        "首次复核": (("R5.5", "b"),),  # the reading under which it asks for growth too
        "首发上市": (("R7.5", "b"),),  # the reading that takes off what was got for OTC, which some no longer get
        "研发费用加计扣除": (("R8.4", "b"),),  # the reading under which the end of the period is theirs too
        "无形资产加计摊销": (("R8.4", "b"),),
    }
    under = {each.readings: each.same for each in verdicts if each.provision in ("后续复核", "六税两费减征")}
    assert under[("R5.3", "b"),] and under[("R8.2", "b"),]  # who reads it so today already has what is proposed


@pytest.mark.parametrize(("language", "said"), [("zh", "含义有变：4条措施的5项规则"), ("en", "5 rules of 4 measures")])
def test_the_first_lines_answer(language: str, said: str) -> None:
    lines = compared().to_text(language).splitlines()
    assert "".join(said.split()) in "".join("".join(lines[:10]).split())
    page = compared().to_text(language)
    assert "bool" not in page
    assert ("第7条 OTC挂牌：对象收窄" if language == "zh" else "Measure 7 OTC挂牌: fewer enterprises") in page
    assert (
        "缺省口径下不变；口径 R8.4＝b" if language == "zh" else "the same under default readings; reading R8.4＝b"
    ) in page


def test_only_examples_that_were_rewritten_are_told() -> None:
    """A new fact and a reading that is gone do not change examples that speak of neither."""
    told = [each.name for each in compared().comparison.changes if each.aspect == "example"]
    assert "培育目标看全区的数" not in told and "新三板三个阶段走完" not in told
    notes = {each["name"]: each["note"] for each in json.loads(compared().to_json())["changes"]}
    assert notes["租金按当年同类房源的平均数比门槛"] == "改写了：结果 社会闲置厂房租金补贴"  # the cap is 80万元
    assert "增加示例4个：增速恰为15%不算超过；" in compared().to_text()
    assert {"租不满一年的限额", "研发费用与无形资产", "列入严重失信主体名单的不奖"} <= set(told)


def test_the_files_say_what_is_given_as_the_page_does(tmp_path: Path) -> None:
    page = "".join(compared().to_text().split())
    names = write_witnesses(compared().comparison, str(tmp_path))
    heads = [(tmp_path / each).read_text("utf-8").splitlines()[0] for each in names]
    assert any("国有厂房租金减免：旧版 减免或补贴 " in each for each in heads)
    assert any("六税两费减征：旧版 减征 " in each for each in heads)
    by_default = [head for name, head in zip(names, heads, strict=True) if not re.search(r"_[GR]\d", name)]
    assert by_default and all("".join(each.split("：", 1)[1].split()) in page for each in by_default)


def test_an_item_that_neither_version_can_work_out_is_no_change() -> None:
    """20% is refused by the first version and not by the second; growth over a year without any output neither can work out."""
    page = "".join(compared().to_text().split())
    assert "无法计算" not in page.partition("【逐条说明】")[0]
    shown = page.split("◆国有厂房租金减免")[1].split("◆")[0]
    assert shown.count("新版才有的企业：") == 1 and "旧版无法计算的企业" not in shown
