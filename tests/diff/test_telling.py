"""What a change line says: which case of a rule changed, the words that changed, in which row of a table. Each edit is made to the 2024
policy or to one from the library; what must be said is worked out from the edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.policy import Policy, load, loads
from fayan_compiler.diff.structure import compare
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.changes import ChangeWords
from fayan_runtime.explain.diff.text import marked
from fayan_runtime.texts import apart

POLICIES = Path(__file__).resolve().parents[2] / "policies"
YUBEI = load(POLICIES / "yubei_2024.pol")


def edited(policy: Policy, path: str, *edits: tuple[str, str]) -> Comparison:
    text = (POLICIES / path).read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return compare(policy.program, loads(text, str(POLICIES / path)).program)


def lines(found: Comparison, language: str = "zh") -> list[str]:
    words = ChangeWords(found, language)
    changes = [*found.changes, *(each for measure in found.measures for each in measure.changes)]
    return [view.told for each in changes if each.aspect != "example" for view in words.views(each)]


def briefly(found: Comparison) -> list[str]:
    words = ChangeWords(found, "zh")
    return [said for measure in found.measures for each in measure.changes for said in words.brief(each)]


def of_yubei(*edits: tuple[str, str]) -> Comparison:
    return edited(YUBEI, "yubei_2024.pol", *edits)


# ---------------------------------------------------------------- in which case
def test_which_case_of_an_amount_changed_is_always_said() -> None:
    """10万元 for firms of the city's list, 50万元 for those of the state's: only the former became 12万元."""
    at = "「区内企业」\n        金额 按 级别\n            市级专精特新 {}万元\n            国家小巨人 50万元"
    found = of_yubei((at.format(10), at.format(12)))
    assert lines(found) == ["金额 首次认定：级别为市级专精特新的，10万元 → 12万元"]
    assert briefly(found) == ["金额：级别为市级专精特新的，10万元 → 12万元"]
    assert lines(found, "en") == ["amount 首次认定: where 级别 is 市级专精特新: RMB 100,000 → RMB 120,000"]


def test_what_held_in_all_cases_stands_beside_each_case_that_is_another() -> None:
    """30% of what is not set aside whole; since 2022 40% of works in certain years, and of other works what the text says. Goods and services
    stay at 30%."""
    found = compare(*(load(POLICIES / f"upstream/政府采购_{year}.pol").program for year in (2020, 2022)))
    of_shares = [each for each in lines(found) if "应当预留的比例" in each]
    assert of_shares == [
        "定义 应当预留的比例：在见到的工程提高期内的，30% → 40%",
        "定义 应当预留的比例：其他情形，30% → 未见（新版原文未见，不比较）",
    ]
    assert "定义 扣除下限：采购类别为货物和服务的，6% → 10%" in lines(found)


def test_a_cell_of_a_table_is_told_by_its_row() -> None:
    """Industry: middle-sized from 300 people and 20 million of revenue; the people became 200."""
    path = "upstream/中小企业划型.pol"
    row = "    工业                  达到 {}人   达到 2000万元    任意            中型"
    found = edited(load(POLICIES / path), path, (row.format(300), row.format(200)))
    assert lines(found) == [
        "定义 划型：划型行业为工业，且营业收入达到2000万元，得中型的，从业人员达到300人 → 达到200人"
    ]


# ---------------------------------------------------------------- the words that changed
def test_the_words_that_changed_are_always_there() -> None:
    """The sides differ only at either end: 含 … 中至少一项 became 都含."""
    found = of_yubei(("须 属重点领域：产业领域 含 新能源", "须 属重点领域：产业领域 都含 新能源"))
    assert lines(found) == [
        "条件 重大创新攻关支持　属重点领域：产业领域含新能源及智能网联汽车、高端装备、新材料中至少一项 → "
        "产业领域同时含新能源及智能网联汽车、高端装备、新材料"
    ]
    (said,) = briefly(found)
    assert "［增：同时］含" in said and "［删：中至少一项］" in said


def test_counting_only_the_first_is_told_in_the_words_of_the_file() -> None:
    found = of_yubei(("        仅首次 按 级别\n", "        仅首次\n"))
    assert lines(found) == ["适用范围 首次认定：仅首次 按 级别 → 仅首次"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("给予5万元奖励", "给予6万元奖励", "给予［5→6］万元奖励"),
        ("渝北府办发〔2022〕38号", "渝北府办发〔2024〕34号", "渝北府办发［〔2022〕38→〔2024〕34］号"),
        ("现代工业体系", "现代制造业集群体系", "现代［工业→制造业集群］体系"),  # 业 stands in both by chance
        ("鼓励银行、担保机构让利", "鼓励担保机构让利", "鼓励［删：银行、］担保机构让利"),
        ("每年遴选10家", "每年不遴选10家", "每年［增：不］遴选10家"),
        # longer words stand one after the other
        ("从区外新引进的企业和国家小巨人给予奖励", "认定之日在区内有称号的给予奖励", "［删：从区外新引进的企业和国家小巨人］［增：认定之日在区内有称号的］给予奖励"),
    ],
)  # fmt: skip
def test_marks_are_read_at_a_glance(old: str, new: str, said: str) -> None:
    parts = list(apart(old, new))
    assert marked(parts, whole=True) == said
    assert "".join(each.text for each in parts if each.kind != "put") == old
    assert "".join(each.text for each in parts if each.kind != "cut") == new
