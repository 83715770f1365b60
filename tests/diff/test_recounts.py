"""Targets are held against figures that are counted over the enterprises: another definition changes the figure, though the target stays."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from fayan.policy import loads
from fayan.versions import Diff, diff
from tests.places import ROOT

POLICY = """\
政策 某区壮大企业办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 壮大企业
｜到2025年，规模以上企业达到3家。
    目标 规上企业培育目标 规上企业数 达到 3家 截至 2025年
｜营业收入达到2亿元的企业给予5万元奖励。
    奖励 大企业奖励
        须 够大：营业收入 达到 2亿元
        金额 5万元
        由 区财政局
责任单位 区财政局

附 名词

定义 在规上 指 已达规模 且 非 已注销
定义 已达规模 指 营业收入 达到 2000万元

附 事实

事实 企业
    营业收入 金额
    已注销 是否

事实 全区
    规上企业数 家 逐户计 在规上
"""
ABOVE = "营业收入 达到 2000万元"


def compared(before: str, after: str) -> Diff:
    assert before in POLICY
    return diff(loads(POLICY, "old.pol"), loads(POLICY.replace(before, after), "new.pol"))


def test_a_definition_by_which_a_figure_is_counted() -> None:
    """From 30 million on instead of 20: who has 20 to 30 million no longer counts, and nobody counts who did not."""
    found = compared(ABOVE, "营业收入 达到 3000万元")
    (recount,) = found.comparison.recounts
    assert (recount.fact, recount.definition, recount.targets) == ("规上企业数", "在规上", ("规上企业培育目标",))
    (verdict,) = recount.verdicts
    (shown,) = verdict.witnesses
    assert (verdict.who, shown.shows) == ("narrower", "loses")
    assert 20_000_000 <= shown.facts["企业"]["营业收入"] < 30_000_000  # type: ignore[operator]
    assert all(each.same for each in found.comparison.verdicts)
    assert found.comparison.changed and not found.comparison.same and not found.comparison.offered
    page = "".join(found.to_text().split())
    assert "含义有变：1项目标所比的家数，逐户计的结果会变：规上企业数（只少不多）；其余1项规则含义相同。" in page
    assert "用它的目标：规上企业培育目标；新版不再计入的企业：评估日2024年12月31日，" in page
    assert "1 target(s)" not in found.to_text("en")
    data = json.loads(found.to_json())
    Draft202012Validator(json.loads((ROOT / "docs/schemas/diff-1.json").read_text("utf-8"))).validate(data)
    assert [each["fact"] for each in data["recounts"]] == ["规上企业数"]


def test_a_definition_written_otherwise_counts_the_same() -> None:
    found = compared("已达规模 且 非 已注销", "非 （已注销 或 非 已达规模）")
    assert not found.comparison.recounts and found.comparison.same


def test_both_figures_of_a_population(tmp_path: Path) -> None:
    """Of 10, 25 and 40 million the first never counts, the last always; of the one that does not say, neither version knows."""
    table = tmp_path / "企业.csv"
    rows = [("91350100M000100Y43", "1000万元"), ("91500112MA0FY00739", "2500万元"), ("91500112MA0FY00146", "4000万元")]
    lines = [f"{key},{income},否" for key, income in [*rows, ("91500112MA0FY10013", "")]]
    table.write_text("\n".join(["统一社会信用代码,营业收入,已注销", *lines]) + "\n", "utf-8")
    found = compared(ABOVE, "营业收入 达到 3000万元").over([table], "2025-06-30")
    assert found.comparison.effects is not None
    (figure,) = found.comparison.effects.figures
    assert (figure.name, figure.before, figure.after) == ("规上企业数", (2, 3), (1, 2))
    assert "规上企业数逐户计“在规上”2到31到2" in "".join(found.to_text().split())


def test_a_figure_that_is_another_under_a_reading_only() -> None:
    """Under b from 10 million on, and then from 15: who has 10 to 15 million counts no more there; under a nothing changed."""
    reading = "附 口径\n\n口径 R1 规模以上从多少起\n    a 2000万元\n    b 1000万元\n\n附 名词\n"
    old = POLICY.replace("附 名词\n", reading).replace(
        f" 指 {ABOVE}", f" 依 R1\n    a {ABOVE}\n    b 营业收入 达到 1000万元"
    )
    found = diff(loads(old, "old.pol"), loads(old.replace("达到 1000万元", "达到 1500万元"), "new.pol"))
    assert "规上企业数（其他口径下只少不多）" in "".join(found.to_text().split())
