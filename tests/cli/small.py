"""A small policy of its own for the command line to be tried on."""

from __future__ import annotations

from pathlib import Path

POLICY = "policies/yubei_2024.pol"
FACTS = "examples/小巨人.yaml"
DECIDE = ["eval", POLICY, "--facts", FACTS, "--on", "2025-12-31"]

SMALL = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元的企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：收入 超过 100万元
        金额 5万元
        由 区财政局
责任单位 区财政局

示例 恰好一百万元
    评估日 2025年6月30日
    设 收入 甲
    则
        甲 增收奖励
        100万元 不予
        101万元 5万元

附 事实

事实 企业
    收入 金额
"""


def changed(small: Path, old: str, new: str) -> str:
    text = small.read_text("utf-8")
    assert old in text
    small.write_text(text.replace(old, new), "utf-8")
    return str(small)
