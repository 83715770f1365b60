"""Targets are spoken of as targets."""

from __future__ import annotations

from pathlib import Path

from fayan.policy import loads
from fayan.versions import diff
from fayan_runtime.explain.diff.view import diff_view

OLD = (Path(__file__).resolve().parents[2] / "policies/yubei_2024.pol").read_text("utf-8")


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
    assert diff_view(found, "zh").headline == "含义有变：1项目标取消；1项职责收紧；其余50项规则含义相同。"
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
    # the scored prices of an enterprise add up to less, for a bid of it has none: that is not in its favour
    assert verdict.says == "对象收窄"
    assert view.headline == "含义有变：1条措施的1项规则，对谁、给多少不一样了（对企业更不利）。"
    loses = verdict.examples[0]
    assert loses.before.startswith("评审价 ") and loses.after == "不予价格扣除"
    assert all("给予" not in f"{each.before}{each.after}" for each in verdict.examples)
