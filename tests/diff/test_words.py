"""Targets are spoken of as targets."""

from __future__ import annotations

import json
from pathlib import Path

from fayan.policy import loads
from fayan.versions import diff
from fayan_runtime.explain.diff.view import diff_view
from tests.places import POLICIES

OLD = (POLICIES / "yubei_2024.pol").read_text("utf-8")


def test_a_target_is_made_stricter() -> None:
    new = OLD.replace("累计达5家", "累计达8家").replace("上市专精特新企业数 达到 5家", "上市专精特新企业数 达到 8家")
    view = diff_view(diff(loads(OLD, "old.pol"), loads(new, "new.pol")).comparison, "zh")
    assert view.answer == [("含义有变的", ["第14条 上市专精特新企业数量：目标收紧（目标 5家 → 8家）"])]
    (example,) = view.measures[0].verdicts[0].examples
    assert example.shows == "新版收紧的情形"
    assert example.reasons[0].startswith("新版没有做到，因为：")


def test_headlines_speak_of_targets_and_duties_as_such() -> None:
    """The target of listed enterprises is gone, a duty asks for more."""
    new = OLD.replace("        核查 已有 服务专员\n", "        核查 已有 服务专员 且 已获培训服务\n")
    start = new.index("    目标 上市专精特新企业数量")
    new = new[:start] + new[new.index("\n", start) + 1 :]
    new = new.replace(
        "        甲  乙   拟上市企业储备库  上市专精特新企业数量\n", "        甲  乙   拟上市企业储备库\n"
    )
    new = new.replace(
        "        是  5家  给予              已达成\n        否  4家  酌定              未达成\n",
        "        是  5家  给予\n",
    )
    found = diff(loads(OLD, "old.pol"), loads(new, "new.pol")).comparison
    assert diff_view(found, "zh").headline == "含义有变：1项目标取消；1项职责加重；其余50项规则含义相同。"
    assert diff_view(found, "en").headline.startswith(
        "The meaning changed: 1 of the targets: the target is gone; 1 of the duties: harder to fulfil; "
    )


PRICE = """政策 某市采购办法
    文号 某财〔2024〕1号
    发文机关 某市财政局
    成文日期 2024年1月1日

措施 1 价格扣除
｜对小微企业报价扣除10%后参加评审，预留份额的除外。
    评审价 评审价格
        逐项 投标
        其中 非 预留份额
        须 小微企业
        金额 报价 × （1 - 10%）
        由 采购人
责任单位 市财政局

附 事实

事实 企业
    小微企业 是否
    投标 清单
        报价 金额
        预留份额 是否
"""


def test_a_scored_price_is_no_payment() -> None:
    new = PRICE.replace("        须 小微企业\n", "        须 小微企业：小微企业 且 报价 不超过 100万元\n")
    view = diff_view(diff(loads(PRICE, "old.pol"), loads(new, "new.pol")).comparison, "zh")
    (verdict,) = view.measures[0].verdicts
    # prices are compared bid by bid: one that has none any more is not scored at 0
    assert verdict.says == "对象收窄"
    assert view.headline == "含义有变：1条措施的1项规则，对象或者数额变了（对企业更不利）。"
    loses = verdict.examples[0]
    assert loses.before.startswith("评审价 ") and loses.after == "不予价格扣除"
    assert all("给予" not in f"{each.before}{each.after}" for each in verdict.examples)


def test_prices_are_compared_bid_by_bid(tmp_path: Path) -> None:
    """The range of the deduction moves from 6–10% to 10–20%. A bid at 10% costs 0.90 of its price under both; one at 6% loses the
    deduction, one at 20% gets it: nobody is scored higher or lower for the deduction itself."""
    old = PRICE.replace("须 小微企业", "须 扣除 不低于 6%\n        须 扣除 不超过 10%").replace("1 - 10%", "1 - 扣除")
    old = old.replace("        报价 金额\n", "        报价 金额\n        扣除 比例\n")
    new = old.replace("不超过 10%", "不超过 20%").replace("不低于 6%", "不低于 10%")
    found = diff(loads(old, "old.pol"), loads(new, "new.pol"))
    (verdict,) = [each for each in found.comparison.verdicts if not each.readings]
    assert (verdict.who, verdict.how_much) == ("incomparable", "same")
    rates = {each.shows: [row["扣除"] for row in each.facts["企业"]["投标"]] for each in verdict.witnesses}  # type: ignore[attr-defined]
    assert set(rates) == {"gains", "loses"} and len(rates["gains"]) == len(rates["loses"]) == 1
    # two enterprises with a bid at 10%: another bid of 甲 loses the deduction, one of 乙 gets it
    (tmp_path / "企业.csv").write_text(
        "统一社会信用代码,小微企业\n91350100M000100Y43,是\n91500112MA0FY00739,是\n", "utf-8"
    )
    (tmp_path / "投标.csv").write_text(
        "统一社会信用代码,报价,预留份额,扣除\n"
        "91350100M000100Y43,100万元,否,10%\n91350100M000100Y43,100万元,否,6%\n"
        "91500112MA0FY00739,100万元,否,10%\n91500112MA0FY00739,100万元,否,20%\n",
        "utf-8",
    )
    effects = found.over([tmp_path], "2025-06-30").comparison.effects
    assert effects is not None and effects.fates == {"gain": 1, "lose": 1, "both": 0, "open": 0, "same": 0}


def test_a_larger_deduction_is_a_lower_price() -> None:
    new = PRICE.replace("1 - 10%", "1 - 20%").replace("扣除10%", "扣除20%")
    comparison = diff(loads(PRICE, "old.pol"), loads(new, "new.pol")).comparison
    assert [(each.who, each.how_much) for each in comparison.verdicts] == [("same", "less")]
    assert "评审价有减无增，更有利" in diff_view(comparison, "zh").answer[0][1][0]


def test_an_example_in_json_has_decimals_as_people_write_them() -> None:
    """达到 became 超过 12.5元: only a bid at the line itself shows it, and it is written so that it can be decided again."""
    new = PRICE.replace("        须 小微企业\n", "        须 小微企业：小微企业 且 报价 超过 12.5元\n")
    old = new.replace("超过 12.5元", "达到 12.5元")
    found = diff(loads(old, "old.pol"), loads(new, "new.pol"))
    (verdict,) = json.loads(found.to_json())["verdicts"]
    witness = verdict["witnesses"][0]
    facts = witness["after"]["facts"]
    assert facts == witness["before"]["facts"]
    assert facts["企业"]["投标"][0]["报价"] == "12.5"
    statuses = [loads(each, "甲.pol").decide(facts, "2025-06-30").measures[1].status for each in (old, new)]
    assert statuses == ["granted", "denied"]
