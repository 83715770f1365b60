"""Definitions and facts that other documents take: another definition is never “the same”, though no rule of the file decides otherwise."""

from __future__ import annotations

import pytest

from fayan.policy import loads
from fayan.versions import Diff, diff

LIBRARY = """\
政策 某市划型标准
    文号 某市发〔2011〕1号
    发文机关 某市人民政府
    成文日期 2011年1月1日

措施 1 划型
｜小微企业是小型企业和微型企业。
    支持 小微企业
        须 小微
        裁量 由责任单位认定
责任单位 市统计局

附 名词

定义 小微 指 规模 属于 小型、微型
定义 纳税低的 指 应纳税所得额 不超过 300万元 且 人数 不超过 300人

定义 划型（某人数） 分情形
    当 某人数 达到 1000人 得出 大型
    当 某人数 达到 300人 得出 中型
    当 某人数 达到 20人 得出 小型
    否则 微型
定义 规模推算 指 划型（人数）

附 事实

类型 规模分类 分 大型、中型、小型、微型

事实 企业
    人数 人
    应纳税所得额 金额
    规模 规模分类 推算 规模推算
"""


def compared(*edits: tuple[str, str]) -> Diff:
    text = LIBRARY
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return diff(loads(LIBRARY, "old.pol"), loads(text, "new.pol"))


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("不超过 300万元", "不超过 360万元", "纳税低的"),  # no rule comes to it
        ("达到 1000人", "达到 900人", "划型"),  # with 950 people medium, then large: small in neither
        ("定义 纳税低的 指 应纳税所得额 不超过 300万元 且 人数 不超过 300人\n", "", "纳税低的"),
    ],
)
def test_a_definition_that_is_another_is_a_change(before: str, after: str, name: str) -> None:
    found = compared((before, after))
    assert all(each.same for each in found.comparison.verdicts)
    assert found.comparison.changed and not found.comparison.same
    assert [each.name for _, each in found.comparison.offered] == [name]
    headline = "".join(found.to_text().split("【结论】")[1].split())
    assert "含义相同" not in headline.split("。")[0]
    assert f"{name}有变而这里的规则结论不变，别的文件取用的要另看。" in headline


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("应纳税所得额 不超过 300万元", "非 应纳税所得额 超过 300万元"),
        ("应纳税所得额 不超过 300万元 且 人数 不超过 300人", "人数 不超过 300人 且 应纳税所得额 不超过 300万元"),
        # of 300 to 999 people it is asked in the other order
        (
            "    当 某人数 达到 1000人 得出 大型\n    当 某人数 达到 300人 得出 中型\n",
            "    当 某人数 达到 300人 且 某人数 低于 1000人 得出 中型\n    当 某人数 达到 1000人 得出 大型\n",
        ),
        ("定义 纳税低的", "定义 亏损的 指 应纳税所得额 不超过 0元\n定义 纳税低的"),  # nobody took it before
    ],
)
def test_a_definition_that_is_the_same_in_other_words_is_none(before: str, after: str) -> None:
    assert compared((before, after)).comparison.same


def test_a_fact_that_no_rule_reads_is_not_worked_out_any_more() -> None:
    rule = "        须 小微\n"
    without = LIBRARY.replace(rule, "        须 人少：人数 不超过 300人\n").replace(
        "定义 小微 指 规模 属于 小型、微型\n", ""
    )
    given = without.replace(" 推算 规模推算", "")
    found = diff(loads(without, "old.pol"), loads(given, "new.pol"))
    assert found.comparison.changed and not found.comparison.same


# ---------------------------------------------------------------- what is counted
COUNTED = LIBRARY + "\n事实 全区\n    小微企业数 家 逐户计 小微\n"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("逐户计 小微", "逐户计 纳税低的", False),  # where nobody gives the number, other enterprises are counted
        (" 逐户计 小微", "", False),  # and then none
        ("小微\n", "小型和微型的\n", True),  # the definition goes by another name
    ],
)
def test_a_figure_counted_by_another_definition_is_another_figure(before: str, after: str, same: bool) -> None:
    text = COUNTED.replace("支持 小微企业\n        须 小微\n", "支持 扶持\n        须 小微\n")
    new = text.replace(before, after).replace("定义 小微 指", "定义 小型和微型的 指" if same else "定义 小微 指")
    found = diff(loads(text, "old.pol"), loads(new, "new.pol")).comparison
    assert found.same is same
    assert [each.name for _, each in found.besides] == ([] if same else ["小微企业数"])
