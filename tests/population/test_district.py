"""Figures of the district counted over a population, and targets told by both ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from fayan.policy import Policy, loads
from fayan_runtime.population import Figure, Target

KEY = "统一社会信用代码"
CODES = ("91500112MA0FY10013", "91500112MA0FY10026", "91500112MA0FY10039", "91500112MA0FY1004C", "91500112MA0FY1005F")


def policy(goal: str) -> Policy:
    return loads(f"""\
政策 某区企业培育办法
    文号 某府发〔2024〕4号
    发文机关 某区人民政府
    成文日期 2024年1月1日
    施行日期 2024年1月1日

措施 1 培育企业
｜力争全区规模以上企业达到规定家数。
    目标 培育目标 {goal} 截至 2025年

附 名词

定义 已达规模 指 收入 达到 2000万元
定义 高新企业 指 高新

附 事实

事实 企业
    收入 金额
    高新 是否

事实 全区
    规上企业数 家 逐户计 已达规模
    高新企业数 家 逐户计 高新企业
""")


def decided(folder: Path, goal: str, own: str, district: str = "") -> tuple[dict[str, Figure], Target]:
    (folder / "企业.csv").write_text(f"{KEY},收入,高新\n{own}", "utf-8")
    if district:
        (folder / "全区.csv").write_text(district, "utf-8")
    with policy(goal).run(folder, on="2024-12-31") as run:
        (target,) = run.population.targets
        return {each.name: each for each in run.population.figures}, target


#: Two of size, one not, one not known, one rejected.
FIRMS = f"{CODES[0]},2000万元,是\n{CODES[1]},1亿元,否\n{CODES[2]},1999万元,是\n{CODES[3]},,否\n{CODES[4]},很多,是\n"


def test_what_is_not_known_or_rejected_may_count_too(tmp_path: Path) -> None:
    figures, target = decided(tmp_path, "规上企业数 达到 3家", FIRMS)
    assert figures["规上企业数"] == Figure("规上企业数", Decimal(2), "已达规模", unknown=1, rejected=1)
    assert (target.status, target.least, target.most, target.goal) == ("target", 2, 4, 3)


@pytest.mark.parametrize(
    ("goal", "status"),
    [("达到 2家", "target_met"), ("超过 4家", "target_unmet"), ("超过 2家", "target"), ("为 3家", "target")],
)
def test_both_ends_must_say_so(goal: str, status: str, tmp_path: Path) -> None:
    """Between 2 and 4. Of an equality the ends say nothing."""
    _, target = decided(tmp_path, f"规上企业数 {goal}", FIRMS)
    assert target.status == status


def test_a_ratio_of_two_counts(tmp_path: Path) -> None:
    """规上 2 to 4, 高新 2 to 3 (the rejected one): at least 2/3, at most 4/2."""
    _, target = decided(tmp_path, "规上企业数 ÷ 高新企业数 达到 50%", FIRMS)
    assert (target.status, target.least, target.most) == ("target_met", Fraction(2, 3), 2)


def test_all_known_is_exact_and_decides_everywhere(tmp_path: Path) -> None:
    firms = f"{CODES[0]},2000万元,是\n{CODES[1]},1亿元,否\n"
    figures, target = decided(tmp_path, "规上企业数 达到 2家", firms)
    assert figures["规上企业数"].exact
    assert (target.status, target.least, target.most) == ("target_met", 2, 2)


def test_what_is_given_counts(tmp_path: Path) -> None:
    figures, target = decided(tmp_path, "规上企业数 达到 180家", FIRMS, district="规上企业数\n181家\n")
    assert figures["规上企业数"] == Figure("规上企业数", Decimal(181))
    assert target.status == "target_met"
