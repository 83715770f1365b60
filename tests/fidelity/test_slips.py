"""Slips of the pen over the reference policy: each is told once, at the right place, and nothing is told of the file as it is.

``fayan check`` sees what drafters get wrong: a figure, a unit, a comparison word, a name, a bracket, a line left out, in the rules, in 原文,
in the readings, in the header, among the responsible units. The kinds are those of ``tests/fidelity/slips.py``, each as often as the others.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fayan.checking import check
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source
from tests.fidelity.slips import Slip, slips
from tests.places import POLICIES

POLICY = POLICIES / "yubei_2024.pol"
#: The same policy where the document as issued does not lie beside it: the file is all there is to go by.
ALONE = POLICIES / "没有公布的原文.pol"
UPSTREAM = sorted((POLICIES / "upstream").glob("*.pol"))
TEXT = POLICY.read_text("utf-8")
SEED, PARTS = 2024, 4


#: Sources and headings of documents whose words are not on file: nothing else in the file says what they should be.
UNHELD = ("文头写错", "删章或措施一行")


@cache
def some_of(text: str, count: int) -> list[Slip]:
    return list(slips(text, SEED, count))


def told(text: str, path: Path = POLICY) -> list[Problem]:
    return check(Source(str(path), text)).problems


def at_the_place(slip: Slip, problems: list[Problem]) -> bool:
    lines = {
        problem.source.position(span.start)[0]
        for problem in problems
        for span in (problem.span, *(label.span for label in problem.labels))
    }
    return bool(lines & slip.lines)


def wrong(some: list[Slip], path: Path) -> tuple[list[str], list[str]]:
    """The slips that are not told; those told at another place, or more than once."""
    silent, other = [], []
    for slip in some:
        problems = told(slip.text, path)
        if not problems:
            silent.append(f"{slip.kind} {slip.line} {slip.what}")
        elif len(problems) > 1 or not at_the_place(slip, problems):
            other.append(f"{slip.kind} {slip.line} {slip.what}: {[problem.code for problem in problems]}")
    return silent, other


@pytest.mark.parametrize("path", [POLICY, ALONE], ids=["issued", "alone"])
def test_nothing_is_told_of_the_file_as_it_is(path: Path) -> None:
    assert told(TEXT, path) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_of_200_slips_95_in_100_are_told_once_at_their_place(part: int) -> None:
    some = some_of(TEXT, 200)[part::PARTS]
    silent, other = wrong(some, ALONE)
    assert len(some) == 50
    assert len(silent) <= 2, silent
    assert len(other) <= 2, other


def test_beside_the_document_as_issued_no_word_of_it_changes_unseen() -> None:
    some = [slip for slip in some_of(TEXT, 200) if "原文" in slip.kind]
    silent, other = wrong(some, POLICY)
    assert len(some) >= 25
    assert silent == []
    assert len(other) <= 1, other


def test_where_the_words_are_not_on_file_the_examples_tell_95_in_100() -> None:
    """The rules of the library stand on their examples alone; where an example differs is where it is told."""
    silent, count = [], 0
    for path in UPSTREAM:
        for slip in slips(path.read_text("utf-8"), SEED, 40):
            if slip.kind not in UNHELD:
                count += 1
                if not [each for each in told(slip.text, path) if each.code != "FY6601"]:  # the words not on file
                    silent.append(f"{path.stem} {slip.kind} {slip.line} {slip.what}")
    assert count >= 250
    assert len(silent) * 20 <= count, silent


#: Slips a reader found that no check had told of.
FOUND_SILENT = [
    ("优质中小企业_2022", "资产负债率 不超过 70%", "资产负债率 超过 70%"),
    ("优质中小企业_2022", "近两年研发费用 达到 3000万元", "近两年研发费用 达到 3000元"),
    ("优质中小企业_2022", "主营业务收入占比 达到 70%", "主营业务收入占比 达到 7%"),
    ("优质中小企业_2022", "近两年股权融资 达到 6000万元", "近两年股权融资 达到 60万元"),
    ("政府采购_2022", "    货物和服务 4%", "    货物和服务 40%"),
    ("政府采购_2022", "当 采购类别 为 货物和服务 得出 30%", "当 采购类别 为 货物和服务 得出 3%"),
    ("中小企业划型", "达到 1000人  达到 30000万元", "达到 1000人  达到 20000万元"),
    ("研发费用加计扣除_2023", "房地产业、租赁和商务服务业、娱乐业 否", "房地产业、租赁和商务服务业 否"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), FOUND_SILENT)
def test_slips_once_silent_are_told(name: str, old: str, new: str) -> None:
    path = POLICIES / "upstream" / f"{name}.pol"
    text = path.read_text("utf-8")
    assert old in text
    assert [each for each in told(text.replace(old, new, 1), path) if each.code != "FY6601"]


#: The row of the reference policy in which a title that lapsed counts for nothing but measures 3, 7 and 8.
EXPIRED = next(line.strip() for line in TEXT.splitlines() if line.startswith("        b   60万元   不予  "))
#: Slips in the reference policy that were silent, or told twice: what is told now, and the words it stands at.
ONCE = [
    # not said anywhere but in the rules: what else the file says of it
    ("由 区财政局", "由 区经济信息委", "FY6510", "区经济信息委"),
    ("平均增长恰为10%", "平均增长恰为15%", "FY6702", "15%"),
    ("二〇二二年第一天和前", "二〇二三年第一天和前", "FY6702", "二〇二三年"),
    ("逐户计 现为小巨人", "逐户计 现为市级企业", "FY6112", "现为市级企业"),
    ("逐月 税费", "逐年 税费", "FY4027", "逐年"),
    ("对于未预留份额专门", "对于预留份额专门", "FY6114", "预留份额"),
    ("汽车、电子等支柱产业", "汽车、电子、装备等支柱产业", "FY6115", "产业领域 含 汽车、电子"),
    ("于 上市申请受理日期", "于 首发上市日期", "FY6411", "首发上市日期"),
    ("没有写数额，由责任单位决定", "没有写数额，由区科技局决定", "FY6505", "区科技局"),
    ("，区经济信息委复核后给予补贴", "，区财政局复核后给予补贴", "FY6508", "企业所属国有平台公司或镇街审核，区经济信息委复核后给予"),
    ("    发文机关 重庆市渝北区人民政府办公室", "    发文机关 重庆市渝北区人民政府", "FY6501", "发文机关 重庆市渝北区人民政府"),
    ("    不计算 一律按50%", "    不计算 一律按60%", "FY6107", "60%"),
    ("限额 OTC限额 每户\n", "限额 OTC限额 每户每年\n", "FY6116", "每户每年"),
    ("        须 属专精特新企业（发生日）", "        须 属专精特新企业（评估日）", "FY6701", "则 国有厂房租金减免 得 6万元"),
    ("        须 专精特新企业（评估日）", "        须 属专精特新企业（评估日）", "FY6701", EXPIRED),
    # one cause, one message, where it is
    ("a 增速（某指标，某年） 超过 20%", "a 增速（某指标，某年） 达到 20%", "FY6201", "增速（某指标，某年） 达到 20%"),
    ("每家企业减免额度不超过", "每份租赁减免额度不超过", "FY6301", "「每家企业减免额度不超过 50 万元/年」"),
    ("按照 5 元/平方米·月的", "按照 5%的", "FY6104", "5元/平方米·月"),
    ("、资产总额、应纳税所得额、从事", "、应纳税所得额、从事", "FY5006", "合于小型微利条件"),
    ("        所属期 年月", "        所属期 年度", "FY4027", "逐月"),
    ("    见 后续复核", "    见 首次复核", "FY6104", "5万元"),
    ("    文号 渝北府办发〔2024〕34号\n", "", "FY4019", "政策 渝北区促进“专精特新”中小企业发展若干政策措施"),
    ("口径 R3.2 ", "口径 R3.20 ", "FY2020", "R3.20"),
    ("口径 R5.5 ", "口径 R5.4 ", "FY2012", "R5.4"),
    ("不超过 依 R3.7", "不超过 R3.7", "FY1034", "R3.7"),
    ("容许 阶段合计", "容许 阶段总计", "FY6404", "阶段总计"),
    ("数字 2335 全区", "数字 2353 全区", "FY6103", "数字 2353 全区现代制造业集群体系的名称"),
    ("类型 房源类别 分 国有厂房、社会", "类型 房源类别 分 国有厂房社会", "FY2020", "国有厂房社会闲置厂房"),
    ("        租金 元/平方米·月\n", "        租金 元/平方米\n", "FY3101", "元/平方米"),
    ("定义 现为小巨人 指", "定义 现为市级企业 指", "FY2012", "现为市级企业"),
    ("市级专精特新、国家小巨人\n", "市级专精特新、国家小巨人、创新型\n", "FY4001", "创新型"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code", "at"), ONCE, ids=[f"{old.strip()}→{new.strip()}" for old, new, *_ in ONCE]
)
def test_slips_once_told_twice_or_not_at_all(old: str, new: str, code: str, at: str) -> None:
    assert old in TEXT
    found = told(TEXT.replace(old, new, 1), ALONE)
    assert [(each.code, each.source.text[each.span.start : each.span.end]) for each in found] == [(code, at)]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_of_2000_slips_95_in_100_are_told(seed: int) -> None:
    silent, other = wrong(list(slips(TEXT, seed, 200)), ALONE)
    assert len(silent) <= 10, silent
    assert len(other) <= 10, other
