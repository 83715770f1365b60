"""Measures that got other numbers: each rule is told once, under the number people now look it up by, with the old one."""

from __future__ import annotations

from fayan.policy import Policy, loads
from fayan.versions import diff

MEASURES = {
    "增收": """｜年度收入超过起奖线的企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：收入 超过 起奖线
        金额 5万元
        由 区财政局
｜起奖线为{line}。
    定义 起奖线 指 {line}
""",
    "规上": "｜规模以上企业另给1万元。\n    奖励 规上奖励\n        须 规模以上\n        金额 1万元\n        由 区财政局\n",
    "创新": "｜高新技术企业给予3万元奖励。\n    奖励 创新奖励\n        须 高新技术企业\n        金额 3万元\n        由 区财政局\n",
}


def policy(*order: str, line: str = "100万元") -> Policy:
    head = "政策 某办法\n    文号 某府发〔2024〕1号\n    发文机关 某区人民政府\n    成文日期 2024年1月1日\n"
    measures = "".join(
        f"\n措施 {number} 奖励{name}\n{MEASURES[name].format(line=line)}责任单位 区财政局\n"
        for number, name in enumerate(order, 1)
    )
    return loads(f"{head}{measures}\n附 事实\n\n事实 企业\n    收入 金额\n    规模以上 是否\n    高新技术企业 是否\n")


def answer(old: Policy, new: Policy, language: str = "zh") -> list[str]:
    """The lines of the answer, without those of the details."""
    lines = (
        diff(old, new)
        .to_text(language)
        .split("【逐条说明】" if language == "zh" else "== Measure by measure ==")[0]
        .splitlines()
    )
    return [line.removeprefix("  · ") for line in lines if line.startswith("  · ")]


def test_a_measure_that_moved_is_called_by_both_numbers() -> None:
    """增收 was measure 1 and is measure 3; its line rises, so fewer pass it. 创新 is new in its place."""
    before, after = policy("增收", "规上"), policy("创新", "规上", "增收", line="120万元")
    assert answer(before, after) == [
        "第1条 创新奖励：新增的规则",
        "第3条（原第1条） 增收奖励：对象收窄（起奖线 100万元 → 120万元）",
        "第1条 奖励创新",
    ]
    page = diff(before, after).to_text()
    assert "定义 起奖线：100万元 → 120万元；用到它的规则 增收奖励" in page
    assert page.count("◆ 增收奖励") == page.count("◆ 创新奖励") == 1


def test_a_measure_that_is_gone_does_not_fall_to_its_number() -> None:
    """创新 was measure 1 and is gone; measure 1 is now what was measure 3."""
    before, after = policy("创新", "规上", "增收", line="120万元"), policy("增收", "规上")
    assert answer(before, after) == [
        "第1条（旧版） 创新奖励：规则取消",
        "第1条（原第3条） 增收奖励：对象放宽（起奖线 120万元 → 100万元）",
        "第1条（旧版） 奖励创新",
    ]
    assert answer(before, after, "en")[0] == "Measure 1 (Old) 创新奖励: the rule is gone"
    page = diff(before, after).to_text()
    assert page.count("◆ 增收奖励") == page.count("◆ 创新奖励") == 1


def test_numbers_alone_change_no_meaning() -> None:
    found = diff(policy("增收", "规上", "创新"), policy("创新", "增收", "规上"))
    assert found.comparison.same
    assert "第2条（原第1条） 奖励增收" in found.to_text()
