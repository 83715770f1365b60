"""Pairs that are known on both sides; what must come out is read off the figures in the sources the files name."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from fayan.policy import load, loads
from fayan.versions import Diff, diff
from fayan_runtime.explain.diff.view import diff_view
from fayan_runtime.verdicts import Verdict
from tests.places import POLICIES
from tests.reference_policy import reference_policy


@cache
def compared(old: str, new: str) -> Diff:
    return diff(POLICIES / f"{old}.pol", POLICIES / f"{new}.pol")


def verdict(found: Diff, rule: str) -> Verdict:
    (one,) = [each for each in found.comparison.verdicts if each.provision == rule and not each.readings]
    return one


def test_six_taxes_and_two_fees() -> None:
    """2022: up to 50% as the province says, 2022-01 to 2024-12. 2023: 50% for all, 2023-01 to 2027-12."""
    one = verdict(compared("upstream/六税两费_2022", "upstream/六税两费_2023"), "六税两费减征")
    # later months, and more than a province gave; the months of 2022 are still those of the notice of 2022
    assert (one.who, one.how_much, one.since) == ("wider", "more", date(2023, 1, 1))
    shows = {each.shows: each for each in one.witnesses}
    months = {name: [row["所属期"] for row in each.facts["企业"]["税费"]] for name, each in shows.items()}  # type: ignore[attr-defined]
    assert all(month[:4] in ("2025", "2026", "2027") for month in months["gains"])
    assert not {"loses", "less"} & {*shows}
    share = shows["more"].facts["企业"]["本省减征幅度"]
    assert share < 0.5  # type: ignore[operator]


def test_research_expenses() -> None:
    """2022: small and medium technology firms only. 2023: every firm whose trade is not excluded, from 2023."""
    found = compared("upstream/研发费用加计扣除_2022", "upstream/研发费用加计扣除_2023")
    for rule in ("研发费用加计扣除", "无形资产加计摊销"):
        one = verdict(found, rule)
        assert (one.who, one.how_much, one.since) == ("wider", "same", date(2023, 1, 1))
        assert [each.facts["企业"]["科技型中小企业"] for each in one.witnesses] == [False]
    answer = "".join(found.to_text().split("【逐条说明】")[0].split())
    assert "对企业都更有利" in answer and "新文件自2023年1月1日起管，此前的事仍归旧文件" in answer
    assert "对象放宽（删去条件科技型中小企业；新文件自" in answer  # that it begins in 2023 is said once


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("按下限扣除的评审价格", "0.94", "0.90"),
        ("按上限扣除的评审价格", "0.90", "0.80"),
        ("联合体按下限扣除的评审价格", "0.98", "0.96"),
        ("联合体按上限扣除的评审价格", "0.97", "0.94"),
    ],
)
def test_price_deduction(rule: str, before: str, after: str) -> None:
    """Goods and services: 6 to 10% became 10 to 20%, by consortia 2 to 3% became 4 to 6%; a bid of 1元, a lower price is better."""
    found = compared("upstream/政府采购_2020", "upstream/政府采购_2022")
    one = verdict(found, rule)
    assert (one.who, one.how_much) == ("same", "less")
    (witness,) = one.witnesses
    assert (witness.before.amount, witness.after.amount) == (Fraction(before), Fraction(after))
    assert "对企业都更有利" in "".join(found.to_text().split())


@pytest.mark.parametrize("year", ["2020", "2022"])
def test_what_a_deduction_out_of_range_does_was_not_seen(year: str) -> None:
    """Seen is only that the file of a purchase sets the rate within the range: of another rate nobody knows what holds."""
    policy = load(POLICIES / "upstream" / f"政府采购_{year}.pol")
    low, high = {"2020": (6, 10), "2022": (10, 20)}[year]
    for rate in range(low - 1, high + 2):
        bid = {"项目": "甲", "预留份额": False, "报价": "100万元", "价格扣除比例": f"{rate}%"}
        given = {"企业": {"企业规模": "小型", "采购类别": "货物和服务", "采购投标": [bid]}}
        found = policy.decide(given, "2025-06-30").measures[2].provisions["评审价格"]
        assert found.status == ("granted" if low <= rate <= high else "unknown")
        assert found.status != "granted" or found.amount == 10_000 * (100 - rate)


def test_with_one_rate_under_both_nothing_is_compared() -> None:
    """6% was within the range of 2020 and is out of that of 2022, 20% the other way round; works stay at 3 to 5%."""
    found = compared("upstream/政府采购_2020", "upstream/政府采购_2022")
    one = verdict(found, "评审价格")
    assert (one.who, one.why, one.witnesses) == ("not_decided", "unseen", ())
    answer = "".join(found.to_text().partition("逐条说明")[0].split())
    assert "没有比较的·第2条评审价格：要看没有见到的原文，没有比较（扣除下限" in answer
    assert "没有见到的：采购文件定的扣除比例不在幅度内的怎样评审）" in answer
    assert "未能断定" not in answer and "；）" not in answer


def test_the_sources_of_the_editor_are_no_change_of_the_document() -> None:
    lines = "".join(compared("upstream/六税两费_2022", "upstream/六税两费_2023").to_text().split())
    assert "文件头原文未录" not in lines and "kuaiji.com→" not in lines and "→bqyhyy" not in lines
    assert "编者所据的出处（不是文件的变化）旧版：dy720p.com（2022-03-04）、" in lines and "新版：bqyhyy.com、" in lines


def test_what_was_not_seen_of_procurement_is_not_compared() -> None:
    """Of 2020 the deduction of consortia for works was not seen, of 2022 the share of works outside of two periods: nothing rests on either.

    Known is: works above 400万元 had 30% reserved, and 40% in the second half of 2022; goods by consortia went from 2–3% to 4–6%.
    """
    found = compared("upstream/政府采购_2020", "upstream/政府采购_2022")
    duty, consortia = verdict(found, "预留采购份额"), verdict(found, "联合体按下限扣除的评审价格")
    assert (duty.who, duty.unseen) == ("narrower", ("查原文所得工程预留比例",))
    assert consortia.unseen == ("查原文所得工程联合体扣除下限",)
    assert {row["采购类别"] for row in (each.facts["企业"] for each in consortia.witnesses)} == {"货物和服务"}
    page = "".join(found.to_text().split())
    assert "工程的联合体、分包扣除比例" in page
    for bound, share in (("下限", "1%"), ("上限", "2%")):
        assert f"联合体扣除{bound}：采购类别为工程的，未见→{share}（旧版原文未见，不比较）" in page
    assert "其他情形，30%→未见（新版原文未见，不比较）" in page
    assert "查原文所得" not in page
    for one in found.comparison.verdicts:
        for each in one.witnesses:
            bids = [row for value in each.facts["企业"].values() if isinstance(value, list) for row in value]
            assert all(row.get("报价", 1) >= 1 for row in bids)


@pytest.mark.parametrize(
    ("old", "new", "rules", "change"),
    [
        (
            "研发费用加计扣除_2022",
            "研发费用加计扣除_2023",
            ("研发费用加计扣除", "无形资产加计摊销"),
            "定义行业适用：主营行业为烟草制造业、住宿和餐饮业、批发和零售业、房地产业、租赁和商务服务业或者娱乐业的，未见→否（旧版原文未见，不比较）",
        ),
        (
            "六税两费_2022",
            "六税两费_2023",
            ("六税两费减征",),
            "定义在减征之列：税种为水资源税的，未见→否（旧版原文未见，不比较）",
        ),
    ],
)
def test_industries_and_the_water_tax_are_not_on_file_of_2022(
    old: str, new: str, rules: tuple[str, ...], change: str
) -> None:
    """Of the notices of 2022 nobody has seen whether they leave out these industries, or the tax on water."""
    found = compared(f"upstream/{old}", f"upstream/{new}")
    page = "".join(found.to_text().split())
    assert change in page
    assert "增加条件" not in page and "增加要填的事实" not in page
    for name in rules:
        one = verdict(found, name)
        assert one.unseen and one.witnesses
        for each in one.witnesses:
            own = each.facts["企业"]
            assert own.get("主营行业", "其他行业") == "其他行业"
            assert all(row["税种"] != "水资源税" for row in own.get("税费", ()))  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_known_of_the_2022_release(language: str) -> None:
    """Of 2022 the notice, the preamble and the beginning of measure 1 were seen; the targets are word for word those of 2024."""
    found = compared("yubei_2022", "yubei_2024")
    page = found.to_text(language)
    answer, _, details = page.partition("逐条说明" if language == "zh" else "Measure by measure")
    flat = "".join(answer.split())
    # different: 2+4+1 became 2335, and nobody who moves in is named any more
    gone = [
        "全区“2+4+1”现代工业体系",
        "从区外新引进的“专精特新”企业和国家小巨人，或在享受园区招商政策期间获得两种认定的，参照第5条给予认定奖补；",
    ]
    assert all(f"「{each}」" in flat for each in gone)
    assert "“2335”" in flat and "口径G6取b" in flat
    assert "」；·" not in flat and "本句见到的词之一" not in flat
    assert "「汽车、电子」" not in flat  # these words stand in both
    # the same: the two targets
    same = [each.provision for each in found.comparison.verdicts if not each.readings and each.same]
    assert same == ["市级专精特新企业培育目标", "国家小巨人企业培育目标"]
    assert {each.measure for each in found.comparison.verdicts} == {0}  # nothing is guessed of the others
    # not comparable: measures 2 to 20; and which lines are to be replaced
    assert ("第2—20条" if language == "zh" else "Measures2—20") in flat
    lines = (POLICIES / "yubei_2022.pol").read_text("utf-8").splitlines()
    numbered = [str(number) for number, line in enumerate(lines, 1) if line.startswith("原文未见")]
    assert ("、" if language == "zh" else ",").join(numbered) in flat
    shown = "".join(details.split("\n")).replace(" ", "")
    assert ("全区“［2+4+1→2335］”" if language == "zh" else "全区“[2+4+1→2335]”") in shown
    assert (
        "渝北府办发［〔2022〕38→〔2024〕34］号" if language == "zh" else "渝北府办发[〔2022〕38→〔2024〕34]号"
    ) in shown
    # what stands between the words that were seen is not told as put in
    hole = "［旧版未见：" if language == "zh" else "[notseenintheold:"
    holes = ("立足", "、放眼战新产业和先导产业，围绕", "等支柱产业深入开展“", "等前沿领域的初创企业")
    assert all(f"{hole}{each}" in shown for each in holes)
    assert "］延链补链强链［" in shown or "]延链补链强链[" in shown  # these words were seen of 2022
    # no word of 2024 says from when it holds
    day = "原文没有写从哪天起施行" if language == "zh" else "doesnotsayfromwhenitholds"
    assert day in shown
    (row,) = diff_view(found.comparison, language).measures[1].rows
    assert any(
        part.kind == "unseen_old" and not part.text for part in row.old
    )  # a hole on the side where words are not known
    assert all(part.text for part in row.new)
    text = found.comparison.measures[1].text
    assert "".join(part.text for row in text for part in row.parts if part.kind == "put") == "2335制造业集群"


def test_the_other_way_round_it_is_the_new_text_that_is_not_on_file() -> None:
    page = "".join(compared("yubei_2024", "yubei_2022").to_text().split())
    assert (
        "新版原文只见到前言、第1条的一部分：有3句旧版没有，2项规则证明含义相同；其余19条原文不在手，不能比较。" in page
    )
    assert "怎样补全新版" in page


def test_what_was_noted_of_another_text_is_not_said_of_this_one() -> None:
    """A draft with the number of 2024 that names firms moving in, and one with another number: the note is on neither."""
    text = (POLICIES / "yubei_2024.pol").read_text("utf-8")
    moving = text.replace(
        "措施 2 引导",
        "｜从区外新引进的“专精特新”企业和国家小巨人，参照第5条给予认定奖补。\n    倡导 拟稿\n\n措施 2 引导",
        1,
    )
    renumbered = text.replace("    文号 渝北府办发〔2024〕34号", "    文号 渝北府办发〔2026〕1号", 1)
    renumbered = renumbered.replace("｜｜渝北府办发〔2024〕34号", "｜｜渝北府办发〔2026〕1号", 1)
    for draft, instead in ((moving, True), (renumbered, False)):
        assert draft != text
        page = "".join(diff(POLICIES / "yubei_2022.pol", loads(draft, "稿.pol")).to_text().split())
        assert "给多少要看第5条，第5条没有见到" in page and "口径G6" not in page
        assert ("新版作「从区外新引进的“专精特新”企业和国家小巨人，参照第5条给予认定奖补」" in page) == instead
        assert "新版作「全区“2335”现代制造业集群体系」" in page


def test_who_moves_in_after_the_title_was_given_is_paid_only_under_one_reading() -> None:
    """What the file of 2022 says of measure 5 of 2024: recognised elsewhere in 2024, moved in during 2025."""
    facts = {
        "企业": {
            "区内企业": True,
            "迁入日期": "2025-03-01",
            "迁出日期": None,
            "认定记录": [{"级别": "市级专精特新", "日期": "2024-06-01", "有效期至": None}],
            "复核记录": [],
            "已兑付": [],
        }
    }
    policy = reference_policy()
    computed = {
        each.id: [option for option, _ in each.options] for each in policy.program.readings if not each.uncomputed
    }
    pays = [
        (id, option)
        for id, options in computed.items()
        for option in options
        if policy.decide(facts, "2025-12-31", {id: option}, 5).measures[5].provisions["首次认定"].status == "granted"
    ]
    assert pays == [("G6", "b")]
    words = "".join(one.text for each in policy.program.measures for one in each.sentences)
    assert not any(each in words for each in ("迁入", "搬迁", "区外", "新引进"))  # nobody who moves in is named
