"""Pairs that are known on both sides; what must come out is read off the figures in the sources the files name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fayan.versions import Diff, diff
from fayan_runtime.comparison import Verdict

POLICIES = Path(__file__).resolve().parents[2] / "policies"


@cache
def compared(old: str, new: str) -> Diff:
    return diff(POLICIES / f"{old}.pol", POLICIES / f"{new}.pol")


def verdict(found: Diff, rule: str) -> Verdict:
    (one,) = [each for each in found.comparison.verdicts if each.provision == rule and each.reading is None]
    return one


def test_six_taxes_and_two_fees() -> None:
    """2022: up to 50% as the province says, 2022-01 to 2024-12. 2023: 50% for all, 2023-01 to 2027-12."""
    one = verdict(compared("upstream/六税两费_2022", "upstream/六税两费_2023"), "六税两费减征")
    assert (one.who, one.how_much) == ("incomparable", "incomparable")  # other months, and more than a province gave
    shows = {each.shows: each for each in one.witnesses}
    months = {name: [row["所属期"] for row in each.facts["企业"]["税费"]] for name, each in shows.items()}  # type: ignore[attr-defined]
    assert all(month[:4] in ("2025", "2026", "2027") for month in months["gains"])
    assert all(month.startswith("2022年") for month in months["loses"])
    share = shows["more"].facts["企业"]["本省减征幅度"]
    assert share < 0.5  # type: ignore[operator]


def test_research_expenses() -> None:
    """2022: small and medium technology firms only. 2023: every firm whose trade is not excluded, from 2023."""
    found = compared("upstream/研发费用加计扣除_2022", "upstream/研发费用加计扣除_2023")
    gains = [each for each in verdict(found, "研发费用加计扣除").witnesses if each.shows == "gains"]
    assert gains[0].facts["企业"]["科技型中小企业"] is False


def test_price_deduction() -> None:
    """Goods and services: 6 to 10% became 10 to 20%."""
    one = verdict(compared("upstream/政府采购_2020", "upstream/政府采购_2022"), "评审价格")
    assert one.who == "incomparable"
    rates = {
        each.shows: [row["价格扣除比例"] for row in each.facts["企业"]["采购投标"]]  # type: ignore[attr-defined]
        for each in one.witnesses
    }
    assert all(0.1 < rate <= 0.2 for rate in rates["gains"])
    assert all(0.06 <= rate < 0.1 for rate in rates["loses"])


def test_of_the_2022_release_only_what_was_seen_is_compared() -> None:
    found = compared("yubei_2022", "yubei_2024")
    page = found.to_text()
    assert "2条只见到一部分原文；19条因原文不在手不能比较" in page.replace("\n", "")
    assert "〔删：2+4+1〕〔增：2335〕" in page.replace("\n  ", "")  # “2+4+1” became “2335”
    assert "从区外新引进" in page and "参照第5条给予认定" in page.replace("\n", "").replace(" ", "")
    targets = [each for each in found.comparison.verdicts if each.measure == 0]
    assert [each.provision for each in targets] == ["市级专精特新企业培育目标", "国家小巨人企业培育目标"]
    assert all(each.same for each in targets)
    assert {each.measure for each in found.comparison.verdicts} == {0}  # nothing is guessed of the others
