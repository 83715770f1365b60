"""Which version and which rule holds when. Days are worked out by hand from the headers and periods written in each test."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fayan.cli import main
from fayan.errors import FayanError
from fayan.policy import Policy, load, loads
from fayan.versions import in_force, timeline
from fayan_runtime.explain.lines import cells
from fayan_runtime.explain.timeline.axis import MOST_CELLS, Axis
from fayan_runtime.timeline import Days, Finding
from tests.places import POLICIES


def policy(number: str, *header: str, dated: str = "2022年1月1日", period: str = "", more: str = "") -> Policy:
    lines = [f"文号 {number}", "发文机关 某局", f"成文日期 {dated}", *header]
    head = "政策 某办法\n" + "".join(f"    {line}\n" for line in lines)
    rule = f"""
措施 1 奖励挂牌
｜给予5万元奖励。
    奖励 挂牌奖励
        逐次 挂牌
        {period or "须 已公示"}
        金额 5万元
        由 某局
{more}责任单位 某局

附 事实

事实 企业
    已公示 是否
    挂牌 清单
        日期 日期
"""
    return loads(head + rule, f"{number}.pol")


def found(*versions: Policy) -> list[tuple[str, str, str | None, str | None]]:
    """(kind, rule, first, last) of what lies between."""
    return [seen(each) for each in timeline(versions).chronicle.findings]


def seen(each: Finding) -> tuple[str, str, str | None, str | None]:
    first, last = (day and day.isoformat() for day in (each.days.first, each.days.last))
    return each.kind, each.rule, first, last


# ---------------------------------------------------------------- documents
def test_a_gap_between_documents() -> None:
    """The old one is over at the end of 2024, the new one begins on 1 July 2025. Events of the rule: any day of the old one's, all of the new one's."""
    old = policy("某发〔2022〕1号", "有效期至 2024年12月31日", period="有效期 自 2022年1月1日 至 2024年12月31日")
    new = policy("某发〔2025〕9号", "前版 某发〔2022〕1号", dated="2025年7月1日", period="有效期 自 2025年7月1日")
    assert found(old, new) == [
        ("gap", "", "2025-01-01", "2025-06-30"),
        ("gap", "挂牌奖励", "2025-01-01", "2025-06-30"),
    ]


def test_repeal_ends_a_version_on_the_day_before() -> None:
    old = policy("某发〔2022〕1号", period="有效期 自 2022年1月1日")
    new = policy("某发〔2025〕9号", "废止 某发〔2022〕1号", dated="2025年7月1日", period="有效期 自 2025年7月1日")
    assert found(old, new) == [("adjacent", "", "2025-07-01", None)]
    early, late = in_force([new, old], date(2025, 6, 30)), in_force([new, old], date(2025, 7, 1))
    assert (early.policy, late.policy) == (old, new)
    assert late.pick.also == ()


def test_a_version_that_only_follows_ends_nothing() -> None:
    old = policy("某发〔2022〕1号", period="有效期 自 2022年1月1日")
    new = policy("某发〔2025〕9号", "前版 某发〔2022〕1号", dated="2025年7月1日", period="有效期 自 2025年7月1日")
    assert found(old, new) == [("overlap", "", "2025-07-01", None), ("overlap", "挂牌奖励", "2025-07-01", None)]
    picked = in_force([old, new], "2025年7月1日")
    assert picked.policy is new and [each.program for each in picked.pick.also] == [old.program]


def test_a_rule_that_reaches_back_overlaps_the_repealed_one() -> None:
    """The new one pays events from 1 January 2024; the old one those up to 30 June 2025, its last day."""
    old = policy("某发〔2022〕1号", period="有效期 自 2022年1月1日")
    new = policy("某发〔2025〕9号", "废止 某发〔2022〕1号", dated="2025年7月1日", period="须 日期 不早于 2024年1月1日")
    assert found(old, new) == [
        ("adjacent", "", "2025-07-01", None),
        ("overlap", "挂牌奖励", "2024-01-01", "2025-06-30"),
    ]


def test_a_rule_that_begins_after_its_document_leaves_a_gap() -> None:
    old = policy("某发〔2022〕1号", period="有效期 自 2022年1月1日")
    new = policy("某发〔2025〕9号", "废止 某发〔2022〕1号", dated="2025年7月1日", period="须 日期 晚于 2025年9月30日")
    assert ("gap", "挂牌奖励", "2025-07-01", "2025-09-30") in found(old, new)


def test_an_effective_date_not_seen_stays_unknown() -> None:
    old = policy("某发〔2022〕1号", "施行日期 未见", dated="2022年12月9日")
    new = policy("某发〔2025〕9号", "废止 某发〔2022〕1号", dated="2025年7月1日")
    with pytest.raises(FayanError, match="FY7851"):
        in_force([old, new], "2022-12-08")  # not made yet
    with pytest.raises(FayanError, match="FY7852"):
        in_force([old, new], "2022-12-09")
    with pytest.raises(FayanError, match="FY7852"):
        in_force([old, new], "2025-06-30")
    assert in_force([old, new], "2025-07-01").policy is new
    unseen = policy("某发〔2025〕9号", "施行日期 未见", "废止 某发〔2022〕1号", dated="2025年7月1日")
    dated = policy("某发〔2022〕1号")
    assert found(dated, unseen)[0][0] == "unknown"
    assert in_force([dated, unseen], "2025-06-30").policy is dated
    # dated before the new one begins, and perhaps in force only after that
    follows = policy("某发〔2025〕9号", "前版 某发〔2022〕1号", dated="2025年7月1日")
    assert found(old, follows) == [("maybe_both", "", "2025-07-01", None), ("maybe_both", "挂牌奖励", None, None)]
    with pytest.raises(FayanError, match="从哪天起废止没有见到"):
        in_force([dated, unseen], "2025-07-01")


def test_documents_that_do_not_follow_one_another() -> None:
    one, other = policy("某发〔2022〕1号"), policy("某发〔2023〕2号")
    assert found(one, other) == []
    assert "互不接替" in timeline([one, other]).to_text()
    with pytest.raises(FayanError, match="FY7853"):
        in_force([one, other], "2025-07-01")


def test_versions_that_follow_each_other_do_not_hang() -> None:
    one, other = policy("某发〔2022〕1号", "废止 某发〔2023〕2号"), policy("某发〔2023〕2号", "废止 某发〔2022〕1号")
    assert len(timeline([one, other]).chronicle.versions) == 2


# ---------------------------------------------------------------- rules
@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("须 已公示", None, None),
        ("有效期 自 2022年3月1日", "2022-03-01", None),
        ("有效期 至 2024年12月31日", None, "2024-12-31"),
        ("须 日期 早于 2022年3月1日", None, "2022-02-28"),
        ("须 已公示 且 日期 晚于 2024年2月28日", "2024-02-29", None),
        ("须 已公示 或 日期 晚于 2024年2月28日", None, None),
        ("有效期 自 施行日期", "2022-01-01", None),
        ("有效期 自 起日", "2023-05-01", None),
    ],
)
def test_event_days(period: str, first: str | None, last: str | None) -> None:
    found = timeline([policy("某发〔2022〕1号", period=period, more="    定义 起日 指 2023年5月1日\n")])
    (line,) = found.chronicle.rules
    assert seen(Finding("gap", *found.chronicle.versions * 2, line.windows[0].days))[2:] == (first, last)


def test_readings_that_cover_other_days() -> None:
    lines = {each.name: each for each in timeline([POLICIES / "yubei_2024.pol"]).chronicle.rules}
    days = {each.under: each.days for each in lines["国有厂房租金减免"].windows}
    assert days == {
        None: Days(date(2024, 12, 12), None),
        ("G8", "b"): Days(date(2022, 1, 1), None),
        ("G2", "b"): Days(date(2024, 12, 12), date(2025, 12, 31)),
        ("G2", "c"): Days(date(2024, 12, 12), date(2029, 12, 11)),
    }
    assert lines["首次认定"].windows[0].days == Days(date(2022, 1, 1), None)  # “2022 年以后（包括 2022 年）”


# ---------------------------------------------------------------- the real ones
def upstream(*names: str) -> list[Path]:
    return [POLICIES / "upstream" / f"{name}.pol" for name in names]


def test_six_taxes_and_two_fees() -> None:
    """2022第10号: 2022-01-01 to 2024-12-31; 2023第12号: 2023-01-01 to 2027-12-31; so two years are covered by both."""
    both = timeline(upstream("六税两费_2023", "六税两费_2022"))
    assert [each.program.number[-9:] for each in both.chronicle.versions] == ["2022年第10号", "2023年第12号"]
    assert list(map(seen, both.chronicle.findings)) == [
        ("overlap", "", "2023-01-01", "2024-12-31"),
        ("overlap", "六税两费减征", "2023-01-01", "2024-12-31"),
    ]
    assert in_force(upstream("六税两费_2022", "六税两费_2023"), "2022-12-31").policy.program.number.endswith("第10号")
    assert in_force(upstream("六税两费_2022", "六税两费_2023"), "2023-01-01").policy.program.number.endswith("第12号")
    with pytest.raises(FayanError, match="FY7851"):
        in_force(upstream("六税两费_2022", "六税两费_2023"), "2028-01-01")


def test_research_expenses_and_procurement() -> None:
    """Neither of the older ones says when it ends, and nothing seen repeals it; from when on that of 2020 holds was not seen."""
    research = timeline(upstream("研发费用加计扣除_2022", "研发费用加计扣除_2023")).chronicle
    assert seen(research.findings[0]) == ("overlap", "", "2023-01-01", None)
    buying = timeline(upstream("政府采购_2020", "政府采购_2022"))
    assert list(map(seen, buying.chronicle.findings)) == [("maybe_both", "", "2022-07-01", None)]
    said = "".join(buying.to_text().split())
    assert "1处说不明" in said and "重叠" not in said.replace("没有见到空档和重叠", "") and "都有效" not in said
    with pytest.raises(FayanError, match="财库〔2020〕46号的施行日期没有见到"):
        in_force(upstream("政府采购_2020", "政府采购_2022"), "2022-06-30")
    assert (
        in_force(upstream("政府采购_2020", "政府采购_2022"), "2022-07-01").policy.program.number == "财库〔2022〕19号"
    )


def test_documents_of_several_policies_are_not_called_by_one_title() -> None:
    """Of the nine in the library three name an earlier one: the taxes of 2023, the expenses of 2023, procurement of 2022."""
    files = sorted((POLICIES / "upstream").glob("*.pol"))
    followed = sum("\n    前版 " in each.read_text("utf-8") for each in files)
    assert (len(files), followed) == (9, 3)
    page = timeline(files).to_text().splitlines()
    assert page[2] == "9份文件，其中3份接替了前一版"
    assert "工信部企业〔2022〕63号　优质中小企业梯度培育管理暂行办法" in page


def test_rights_that_arose_between_the_two_releases() -> None:
    """2022 is repealed from the day 2024 takes effect, 12 December 2024. What 2022 gives is not on file."""
    chronicle = timeline([POLICIES / "yubei_2022.pol", POLICIES / "yubei_2024.pol"]).chronicle
    told = list(map(seen, chronicle.findings))
    assert told[0] == ("adjacent", "", "2024-12-12", None)
    assert ("maybe_gap", "国有厂房租金减免", None, "2024-12-11") in told
    assert ("maybe_overlap", "首次认定", "2022-01-01", "2024-12-11") in told
    assert ("maybe_overlap", "后续复核", None, "2024-12-11") in told
    assert {kind for kind, *_ in told} == {"adjacent", "maybe_gap", "maybe_overlap"}


# ---------------------------------------------------------------- pages
def test_lines_are_drawn_to_the_cell() -> None:
    """Four years, 2022 to 2025, a cell a month: the old one holds 36 cells, then 6 of nothing, then the new one 6 and a year more."""
    old = policy("某发〔2022〕1号", "有效期至 2024年12月31日")
    new = policy("某发〔2025〕9号", "前版 某发〔2022〕1号", "有效期至 2025年12月31日", dated="2025年7月1日")
    lines = timeline([old, new]).to_text().splitlines()
    assert lines[lines.index("某发〔2022〕1号") + 1] == "  " + "=" * 36 + "." * 12
    assert lines[lines.index("某发〔2025〕9号") + 1] == "  " + "." * 42 + "=" * 6
    assert "  |2022       |2023       |2024       |2025" in lines


def test_no_line_is_wider_than_the_terminal() -> None:
    for files in (["yubei_2022", "yubei_2024"], ["upstream/六税两费_2022", "upstream/六税两费_2023"]):
        for language in ("zh", "en"):
            page = timeline([POLICIES / f"{each}.pol" for each in files]).to_text(language)
            assert max(map(cells, page.splitlines())) <= 80


def test_a_name_is_no_markup() -> None:
    found = timeline([policy("某发〔2022〕1号", more="    参数 比例\n        自 2022年1月1日 起 5%\n")])
    assert "<script" not in found.to_html() and "<svg" in found.to_html()
    assert "比例：5%" in found.to_html()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taxes = [str(each) for each in upstream("六税两费_2022", "六税两费_2023")]
    assert main(["timeline", *taxes, "--exit-code", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "fayan.timeline/1"
    assert [each["kind"] for each in told["findings"]] == ["overlap", "overlap"]
    both = [str(POLICIES / "yubei_2022.pol"), str(POLICIES / "yubei_2024.pol")]
    assert main(["timeline", *both, "--exit-code"]) == 3
    assert main(["timeline", both[1], "--exit-code"]) == 0
    assert main(["explain", *both]) == 2
    assert main(["explain", *both, "--on", "2025-02-30"]) == 2
    capsys.readouterr()
    assert main(["explain", *both, "--on", "2025-06-30", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["picked"]["on"] == "2025-06-30"
    assert load(both[1]).to_text() != in_force(both, "2025-06-30").to_text()  # it says why it is this one


# ---------------------------------------------------------------- the axis
@settings(derandomize=True, database=None, deadline=None)
@given(st.lists(st.dates(), max_size=5), st.booleans(), st.booleans())
def test_every_day_has_a_cell_and_time_runs_to_the_right(days: list[date], before: bool, after: bool) -> None:
    axis = Axis.over(days, before, after)
    assert 1 <= axis.cells <= MOST_CELLS and len(axis.scale()) <= axis.cells
    places = [axis.cell(day) for day in sorted(days)]
    assert places == sorted(places) and all(0 <= place < axis.cells for place in places)
    shares = [axis.share(day) for day in sorted(days)]
    assert shares == sorted(shares)


def test_two_drafts_of_one_number_are_told_apart_by_their_files() -> None:
    """The release of 2024 and the proposal with the same number: neither takes the place of the other."""
    page = timeline([POLICIES / "yubei_2024.pol", POLICIES.parent / "examples" / "修订建议.pol"]).to_text()
    assert "2份文件，其中" not in page and "互不接替" in page
    names = [line for line in page.splitlines() if line.startswith("首次认定　")]
    assert len(names) == len({*names}) == 2 and "修订建议.pol" in names[1]


def test_every_document_stands_with_its_title_where_titles_differ() -> None:
    page = timeline(upstream("研发费用加计扣除_2022", "研发费用加计扣除_2023")).to_text()
    said = "".join(page.split())
    for title in ("科技型中小企业研发费用加计扣除，2022年", "研发费用加计扣除，2023年"):
        assert f"号{title}" in said
    assert timeline(upstream("研发费用加计扣除_2022", "研发费用加计扣除_2023")).to_text("en").count("2 overlaps.") == 1


def test_rules_with_the_same_other_days_are_told_together() -> None:
    """By the readings of 2024: five rules of measures 3 and 7 begin with the policy, and in 2022 under G8 b; they end under G2 b and c."""
    page = "".join(timeline([POLICIES / "yubei_2024.pol"]).to_text().split())
    rules = "国有厂房租金减免、社会闲置厂房租金补贴、OTC挂牌、新三板挂牌、首发上市"
    days = "口径G2取b：2024年12月12日至2025年12月31日；口径G2取c：2024年12月12日至2029年12月11日；口径G8取b：2022年1月1日起"
    assert page.count(f"·{rules}：{days}") == 1 and page.count("口径G8取b") == 1


def test_rules_end_with_their_document() -> None:
    """Repealed from 1 July 2025: nothing of the old one is drawn or told beyond 30 June, and a reading by which its rule ended later says
    nothing any more."""
    text = policy("某发〔2022〕1号", period="有效期 自 2022年1月1日 至 2025年12月31日").tree.source.text
    days = "    a 2025年12月31日\n    b 2026年12月31日\n    c 2024年12月31日\n"
    readings = f"附 名词\n\n定义 终止日 依 R1\n{days}\n附 口径\n\n口径 R1 到哪天\n    a 当年底\n    b 次年底\n    c 上年底\n\n附 事实\n"
    old = loads(text.replace("至 2025年12月31日", "至 终止日").replace("附 事实\n", readings), "old.pol")
    new = policy("某发〔2025〕9号", "废止 某发〔2022〕1号", dated="2025年7月1日", period="有效期 自 2025年7月1日")
    page = timeline([old, new]).to_text()
    lines = page.splitlines()
    row = lines.index("挂牌奖励　某发〔2022〕1号")
    assert lines[row + 2].strip() == "2022年1月1日至2025年6月30日（随文件到此为止）"
    assert "口径 R1 取 c：2022年1月1日至2024年12月31日" in page and "取 b" not in page


def test_one_document_twice_is_said_to_be_one() -> None:
    once, draft = policy("某发〔2022〕1号"), policy("某发〔2022〕1号", "有效期至 2025年12月31日")
    assert "是同一份文件" in timeline([once, once]).to_text()
    assert "同一文号的几稿，互不接替" in timeline([once, draft]).to_text()
