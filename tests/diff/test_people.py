"""Layer three: who gains and who loses. Two small versions and eight enterprises; every expectation is worked out beside them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from fayan.cli import main
from fayan.errors import UsageError
from fayan.policy import load
from fayan.versions import Diff, diff
from fayan_runtime.effects import Effects
from fayan_runtime.explain.diff.people import PeopleWords
from fayan_runtime.explain.diff.view import diff_view
from tests.places import ROOT

#: Income of 100万元 gives 10万元, a big firm 3万元 more; the new version asks 200万元, gives 15万元, and pays by another unit.
OLD = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励增收
｜年度收入达到100万元的企业给予10万元奖励，由区财政局兑付。
    奖励 增收奖励
        须 收入过线：收入 达到 100万元
        金额 10万元
        由 区财政局
｜大型企业另给3万元，由区财政局兑付。
    奖励 大型奖励
        须 是大型：规模 为 大型
        金额 3万元
        由 区财政局
责任单位 区财政局

附 事实

类型 规模 分 大型、小型

事实 企业
    企业名称 文本
    收入 金额
    规模 规模
"""
NEW = (
    OLD.replace("〔2024〕1号", "〔2025〕2号").replace("100万元", "200万元").replace("10万元", "15万元")
    .replace("奖励，由区财政局兑付。\n    奖励 增收奖励", "奖励，由区经济信息委兑付。\n    奖励 增收奖励")
    .replace("        金额 15万元\n        由 区财政局", "        金额 15万元\n        由 区经济信息委")
    .replace("｜大型企业另给3万元", "｜小型企业另给3万元").replace("是大型：规模 为 大型", "是小型：规模 为 小型")
    .replace("    规模 规模\n", "    规模 规模\n    新事实 是否\n")
    .replace("责任单位 区财政局", "责任单位 区财政局、区经济信息委")
)  # fmt: skip
#: The check characters of GB 32100-2015 are right.
KEYS = ["91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146", "91500112MA0000000R", "91500112MA0FY10013"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Diff]:
    """Old → new, in 万元, 增收奖励 and then 大型奖励/小型奖励:

    甲 300万元 小型: 10 → 15, 0 → 3: gains both.      乙 150万元 大型: 10 → 0, 3 → 0: loses both.
    丙 300万元 大型: 10 → 15, 3 → 0: gains and loses.  丁 50万元 size not known: 0 → 0, either may be.
    戊 income not known, 小型: the first is not decided, 0 → 3: gains.
    """
    folder = tmp_path_factory.mktemp("diff")
    (folder / "old.pol").write_text(OLD, "utf-8")
    (folder / "new.pol").write_text(NEW, "utf-8")
    rows = ["甲,300万元,小型,是", "乙,150万元,大型,是", "丙,300万元,大型,否", "丁,50万元,,", "戊,,小型,是"]
    text = "统一社会信用代码,企业名称,收入,规模,新事实\n" + "".join(
        f"{key},{row}\n" for key, row in zip(KEYS, rows, strict=True)
    )
    (folder / "表").mkdir()
    (folder / "表" / "企业.csv").write_text(text, "utf-8")
    compared = diff(load(folder / "old.pol"), load(folder / "new.pol"))
    return folder, compared.over([folder / "表"], "2025-06-30")


def effects(found: tuple[Path, Diff]) -> Effects:
    of = found[1].comparison.effects
    assert of is not None
    return of


def test_every_enterprise_is_counted_once(found: tuple[Path, Diff]) -> None:
    of = effects(found)
    assert (of.compared, of.only_old, of.only_new, of.rejected) == (5, 0, 0, 0)
    assert of.fates == {"gain": 2, "lose": 1, "both": 1, "open": 1, "same": 0}
    assert sum(of.fates.values()) == of.compared


def test_rules_sums_and_payers(found: tuple[Path, Diff]) -> None:
    of = effects(found)
    by_name = {each.provision or each.old: each for each in of.rules}
    income, size = by_name["增收奖励"], by_name["大型奖励"]
    # 甲 and 丙 gain, 乙 loses, 丁 is below both lines, 戊 is not known
    assert income.fates == {"gain": 2, "lose": 1, "both": 0, "open": 1, "same": 1}
    assert income.shift is not None and (income.shift.before, income.shift.after) == (
        Decimal(300_000),
        Decimal(300_000),
    )
    # 甲 and 戊 gain, 乙 and 丙 lose, 丁 is not known
    assert size.fates == {"gain": 2, "lose": 2, "both": 0, "open": 1, "same": 0}
    assert size.shift is not None and (size.shift.before, size.shift.after) == (Decimal(60_000), Decimal(60_000))
    total = of.totals["cash"]
    assert (total.before, total.after, total.open) == (Decimal(360_000), Decimal(360_000), 2)
    payers = {name: (each["cash"].before, each["cash"].after) for name, each in of.payers}
    assert payers == {
        "区财政局": (Decimal(360_000), Decimal(60_000)),
        "区经济信息委": (Decimal(0), Decimal(300_000)),
    }


def test_what_one_version_leaves_open_is_no_loss(found: tuple[Path, Diff]) -> None:
    """A condition on a fact nobody gave: 甲, 乙 and 丙 had 10万元 and now nobody knows; 丁 is below the line, 戊 was open already."""
    folder = found[0]
    text = OLD.replace("        金额 10万元", "        须 未失信：非 失信\n        金额 10万元").replace(
        "    规模 规模\n", "    规模 规模\n    新事实 是否\n    失信 是否\n"
    )
    (folder / "asks.pol").write_text(text, "utf-8")
    of = effects(
        (folder, diff(load(folder / "old.pol"), load(folder / "asks.pol")).over([folder / "表"], "2025-06-30"))
    )
    (rule,) = [each for each in of.rules if each.provision == "增收奖励"]
    assert rule.fates == {"gain": 0, "lose": 0, "both": 0, "open": 4, "same": 1}
    assert rule.shift is not None and (rule.shift.before, rule.shift.after, rule.shift.open) == (0, 0, 4)
    assert of.totals["cash"].difference == 0 and not of.losses


def test_the_terminal_has_kinds_of_enterprise_too(found: tuple[Path, Diff]) -> None:
    """甲 and 戊 are small: one gains both, the other one and the rest is open; 乙 and 丙 are big; 丁 does not say."""
    page = found[1].to_text()
    rows = [line.split()[:5] for line in page[page.index("【按规模】") :].splitlines()[2:5]]
    assert rows == [["大型", "0", "1", "1", "0"], ["小型", "2", "0", "0", "0"], ["不知道", "0", "0", "0", "1"]]


def test_groups(found: tuple[Path, Diff]) -> None:
    by = {each.value: each for each in effects(found).groups if each.by == "规模"}
    assert {value: {fate: count for fate, count in each.fates.items() if count} for value, each in by.items()} == {
        "大型": {"lose": 1, "both": 1}, "小型": {"gain": 2}, None: {"open": 1},
    }  # fmt: skip
    assert by["小型"].shifts["cash"].difference == Decimal(50_000 + 30_000 + 30_000)


def test_the_largest_with_their_reasons(found: tuple[Path, Diff]) -> None:
    of = effects(found)
    gains = [(each.name, each.provision, each.after - each.before) for each in of.gains]
    assert gains == [
        ("甲", "增收奖励", Decimal(50_000)), ("丙", "增收奖励", Decimal(50_000)),
        ("甲", "大型奖励", Decimal(30_000)), ("戊", "大型奖励", Decimal(30_000)),
    ]  # fmt: skip
    losses = [(each.name, each.provision, each.after - each.before) for each in of.losses]
    assert losses == [
        ("乙", "增收奖励", Decimal(-100_000)), ("丙", "大型奖励", Decimal(-30_000)), ("乙", "大型奖励", Decimal(-30_000)),
    ]  # what is equal in order of keys  # fmt: skip
    assert [each.text for each in of.losses[0].because] == ["收入 150万元，未达到 200万元"]
    assert not of.gains[0].because


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "得益2家，受损1家，有得有失1家，不明1家"), ("en", "2 gain, 1 lose, 1 both")]
)
@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_it_is_said_in_every_format(
    found: tuple[Path, Diff], format: str, lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = found[0]
    command = ["diff", str(folder / "old.pol"), str(folder / "new.pol"), "--facts", str(folder / "表")]
    assert main([*command, "--on", "2025-06-30", "--format", format, "--lang", lang]) == 0
    assert said in capsys.readouterr().out


def test_the_json_keeps_its_schema(found: tuple[Path, Diff]) -> None:
    document = json.loads(found[1].to_json())
    schema = json.loads((ROOT / "docs/schemas/diff-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    assert document["people"]["enterprises"] == {"gain": 2, "lose": 1, "both": 1, "open": 1, "same": 0}


def test_a_rule_proved_the_same_is_unchanged_even_where_facts_are_missing(found: tuple[Path, Diff]) -> None:
    folder = found[0]
    again = diff(load(folder / "new.pol"), load(folder / "new.pol")).over([folder / "表"], "2025-06-30")
    assert effects((folder, again)).fates == {"gain": 0, "lose": 0, "both": 0, "open": 0, "same": 5}


def test_a_reading_neither_version_has(found: tuple[Path, Diff]) -> None:
    with pytest.raises(UsageError):
        found[1].over([found[0] / "表"], "2025-06-30", {"R9.9": "a"})


def test_faulty_rows_are_told(found: tuple[Path, Diff], tmp_path: Path) -> None:
    """Of two enterprises one has an income that is no amount."""
    folder, compared = found
    rows = f"{KEYS[0]},甲,300万元,小型,是\n{KEYS[1]},乙,很多,大型,是\n"
    (tmp_path / "企业.csv").write_text("统一社会信用代码,企业名称,收入,规模,新事实\n" + rows, "utf-8")
    spoilt = diff(*compared.policies).over([tmp_path / "企业.csv"], "2025-06-30")
    view = diff_view(spoilt.comparison, "zh")
    assert view.people.startswith("所给2家，1家可以比较，1家的表有错；可以比较的：得益1家")
    # the sums come first, the rows that were not compared last, by the numbers they have in the file
    assert [each.key for each in view.sections][:2] == ["counts", "totals"]
    faulty = view.annex[-1]
    assert faulty.key == "rejects" and faulty.told[0].startswith("企业第3行 收入：")
    assert faulty.shown[0][:3] == ["企业第3行", "收入", "很多"]
    for page in (spoilt.to_text(), spoilt.to_markdown(), spoilt.to_html()):
        assert page.index("各性质合计") < page.index("表里有错、没有比较的")
    document = json.loads(spoilt.to_json())
    assert (document["people"]["given"], document["people"]["compared"], document["people"]["faults"]) == (2, 1, 1)
    assert [(each["row"], each["column"]) for each in document["people"]["rejects"]] == [(3, "收入")]
    command = ["diff", str(folder / "old.pol"), str(folder / "new.pol"), "--facts", str(tmp_path / "企业.csv")]
    assert main([*command, "--on", "2025-06-30"]) == 1


def test_json_lines_have_what_either_version_asks_for(found: tuple[Path, Diff], tmp_path: Path) -> None:
    """新事实 is asked for by the new version alone; a name that neither has is a fault."""
    lines = [
        {"企业": {"统一社会信用代码": KEYS[0], "收入": "300万元", "规模": "小型", "新事实": True}},
        {"企业": {"统一社会信用代码": KEYS[1], "收入": "300万元", "规模": "小型", "没有的": 1}},
    ]
    (tmp_path / "企业.jsonl").write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), "utf-8")
    of = diff(*found[1].policies).over([tmp_path / "企业.jsonl"], "2025-06-30").comparison.effects
    assert of is not None
    assert (of.compared, of.rejected, of.fates["gain"]) == (1, 1, 1)
    assert [each.given for each in of.rejects] == ["没有的"]


def test_the_answer_names_what_changed(found: tuple[Path, Diff]) -> None:
    """The line over income stands inside the condition; the amount is the rule's own."""
    ((title, lines), *_) = diff_view(found[1].comparison, "zh").answer
    assert title == "含义有变的"
    assert lines[0].endswith("（收入过线 100万元 → 200万元；金额 10万元 → 15万元）"), lines


def test_a_rule_called_the_same_that_differs_for_an_enterprise_is_said_first(found: tuple[Path, Diff]) -> None:
    """As if the solver had found nothing: the enterprises show that 增收奖励 is another."""
    compared = found[1]
    nothing = tuple(
        evolve(each, who="same", how_much="same", why="", witnesses=()) for each in compared.comparison.verdicts
    )
    refuted = Diff(evolve(compared.comparison, verdicts=nothing), compared.policies)
    assert refuted.comparison.changed and not refuted.comparison.same
    headline = "".join(refuted.to_text().split("【结论】")[1].split())
    assert headline.startswith("所给企业中，增收奖励、大型奖励两版结果不同") and "以企业的结果为准" in headline


def test_only_what_failed_of_the_items_that_come_to_less_is_a_reason(tmp_path: Path) -> None:
    """甲 has bids of 150万元, 250万元 and 90万元, and each counts 1万元: from 200万元 on in the old version, from 100万元 on in the new, up to 1.5万元.

    Old: 250万元 alone, 1万元. New: two, 2万元, of which the cap takes 0.5万元. 90万元 comes to nothing under both, so that its failing is no
    reason. 乙 has three of 300万元: 3万元, of which the old cap takes 2万元 and the new one 1.5万元.
    """
    old = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励中标
｜每个达到200万元的项目奖励1万元，每家企业不超过1万元，由区财政局兑付。
    奖励 中标奖励
        逐项 中标
        须 项目过线：合同额 达到 200万元
        金额 1万元
        由 区财政局
    限额 每家限额 每户
        不超过 1万元
        及于 中标奖励
责任单位 区财政局

附 事实

事实 企业
    企业名称 文本
    中标 清单
        合同额 金额
"""
    new = (
        old.replace("200万元", "100万元")
        .replace("不超过1万元", "不超过1.5万元")
        .replace("不超过 1万元", "不超过 1.5万元")
    )
    (tmp_path / "old.pol").write_text(old, "utf-8")
    (tmp_path / "new.pol").write_text(new, "utf-8")
    rows = [(0, "150万元"), (0, "250万元"), (0, "90万元"), *[(1, "300万元")] * 3]
    tables = {
        "企业": ["统一社会信用代码,企业名称", f"{KEYS[0]},甲", f"{KEYS[1]},乙"],
        "中标": ["统一社会信用代码,合同额", *(f"{KEYS[number]},{amount}" for number, amount in rows)],
    }
    (tmp_path / "表").mkdir()
    for name, lines in tables.items():
        (tmp_path / "表" / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    of = diff(tmp_path / "old.pol", tmp_path / "new.pol").over([tmp_path / "表"], "2025-06-30").comparison.effects
    assert of is not None
    first, second = of.gains
    assert (first.name, first.before, first.after) == ("甲", 10_000, 15_000)
    assert [each.text for each in first.because] == ["合同额 150万元，未达到 200万元"] and first.taken == ()
    assert (second.name, second.before, second.after) == ("乙", 10_000, 15_000)
    assert second.because == () and second.taken == (("每家限额", Decimal(20_000), Decimal(15_000)),)
    said = PeopleWords(of, "zh").why(second)
    assert said == "每家限额：旧版减去20,000.00元，新版减去15,000.00元"


#: 增收奖励 changes from 100万元 to 200万元; 中标奖励 only names its condition otherwise, and is proved the same.
BIDS = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励
｜年度收入达到100万元的企业给予10万元奖励，由区财政局兑付。
    奖励 增收奖励
        须 收入过线：收入 达到 100万元
        金额 10万元
        由 区财政局
｜每个达到200万元的项目奖励1万元，由区财政局兑付。
    奖励 中标奖励
        逐项 中标
        须 项目过线：合同额 达到 200万元
        金额 1万元
        由 区财政局
责任单位 区财政局

附 事实

事实 企业
    收入 金额
    中标 清单
        合同额 金额
"""


def test_what_is_open_in_both_is_in_neither_sum_though_the_rule_is_the_same(tmp_path: Path) -> None:
    """甲: 300万元, bids of 300万元 and one not known: 1万元 at least.  乙: 150万元, one bid of 300万元: 1万元.  丙: income not known, no bid.

    中标奖励 under both versions: 甲 is open, 乙 has 1万元. 增收奖励, from 100万元 and then from 200万元 on: 甲 10 and 10, 乙 10 and 0, 丙 open.
    So of 奖励 the sums are 乙's 1万元 with 20万元 of old and 10万元 of new; two are open, of which 甲's is the same in both. What
    ``fayan run`` adds up is 1万元 more in each: 甲's certain part.
    """
    new = BIDS.replace("达到100万元", "达到200万元").replace("收入 达到 100万元", "收入 达到 200万元")
    (tmp_path / "old.pol").write_text(BIDS, "utf-8")
    (tmp_path / "new.pol").write_text(
        new.replace("项目过线：合同额 达到 200万元", "够大：非 合同额 不满 200万元"), "utf-8"
    )
    tables = {
        "企业": ["统一社会信用代码,收入", f"{KEYS[0]},300万元", f"{KEYS[1]},150万元", f"{KEYS[2]},"],
        "中标": ["统一社会信用代码,合同额", f"{KEYS[0]},300万元", f"{KEYS[0]},", f"{KEYS[1]},300万元"],
    }
    (tmp_path / "表").mkdir()
    for name, lines in tables.items():
        (tmp_path / "表" / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    policies = load(tmp_path / "old.pol"), load(tmp_path / "new.pol")
    compared = diff(*policies).over([tmp_path / "表"], "2025-06-30")
    of = effects((tmp_path, compared))
    assert of.fates == {"gain": 0, "lose": 1, "both": 0, "open": 1, "same": 1}
    total = of.totals["cash"]
    assert (total.before, total.after, total.open, total.alike) == (210_000, 110_000, 2, 1)
    ((_, paid),) = of.payers
    assert paid == of.totals
    for policy, certain in zip(policies, (220_000, 120_000), strict=True):
        run = policy.run([tmp_path / "表"], on="2025-06-30").population
        assert run is not None and (run.totals["cash"].payable, run.undecided) == (certain, 2)
    said = "".join(compared.to_text().split())
    assert "合计减少100,000.00元（另有1项不明，没有算）" in said
    assert "不明的，有1项的规则两版含义相同：算不出给多少，但两版一样。" in said


def test_enterprises_are_counted_not_their_rows(found: tuple[Path, Diff], tmp_path: Path) -> None:
    """Four rows of three enterprises: the second stands there twice, and nobody knows which row holds."""
    rows = [f"{KEYS[0]},甲,300万元,小型,是", *[f"{KEYS[1]},乙,{income}万元,大型,是" for income in (150, 300)]]
    rows.append(f"{KEYS[2]},丙,300万元,大型,否")
    (tmp_path / "企业.csv").write_text("\n".join(("统一社会信用代码,企业名称,收入,规模,新事实", *rows)) + "\n", "utf-8")
    compared = diff(*found[1].policies).over([tmp_path / "企业.csv"], "2025-06-30")
    view = diff_view(compared.comparison, "zh")
    assert view.people.startswith("所给3家，2家可以比较，1家的表有错；")
    totals = next(each for each in view.sections if each.key == "totals")
    assert "1家的表有错，没有比较。" in totals.notes
    people = json.loads(compared.to_json())["people"]
    assert [people[each] for each in ("given", "compared", "rejected")] == [3, 2, 1]


def test_a_fact_that_stands_in_no_table_is_named(tmp_path: Path) -> None:
    """The new version asks for 新事实 too, of which the table says nothing: nobody knows who of the two keeps 10万元."""
    new = OLD.replace("收入过线：收入 达到 100万元", "收入过线：收入 达到 100万元 且 新事实").replace(
        "    规模 规模\n", "    规模 规模\n    新事实 是否\n"
    )
    for name, text in (("old.pol", OLD), ("new.pol", new)):
        (tmp_path / name).write_text(text, "utf-8")
    rows = "".join(f"{key},{key[-2:]},300万元,小型\n" for key in KEYS[:2])
    (tmp_path / "企业.csv").write_text(f"统一社会信用代码,企业名称,收入,规模\n{rows}", "utf-8")
    compared = diff(tmp_path / "old.pol", tmp_path / "new.pol").over([tmp_path / "企业.csv"], "2025-06-30")
    assert compared.comparison.effects is not None and compared.comparison.effects.lacking == ("新事实",)
    assert "对所给的2家企业：不明2家（缺新事实）" in "".join(compared.to_text().split())
