"""Figures of the district counted over a population, and targets told by both ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

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
定义 高新规上企业 指 高新企业 且 已达规模

附 事实

事实 企业
    收入 金额
    高新 是否

事实 全区
    规上企业数 家 逐户计 已达规模
    高新企业数 家 逐户计 高新企业
    高新规上企业数 家 逐户计 高新规上企业
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
    """Of size are the first two and perhaps the last two, 高新 are the first and the third and perhaps the last. The last two of size and
    the last not 高新 is the most: 4/2; the fourth not of size and the last only 高新 the least: 2/3.
    """
    _, target = decided(tmp_path, "规上企业数 ÷ 高新企业数 达到 50%", FIRMS)
    assert (target.status, target.least, target.most) == ("target_met", Fraction(2, 3), 2)
    assert target.counts == ((2, 3), (4, 2))


def test_a_share_is_told_as_it_was_counted(tmp_path: Path) -> None:
    """One of two, which is not said to be half of anything smaller: with both 高新 and one of size it is 1/2, and here 2/4."""
    own = "".join(
        f"{code},{income},是\n" for code, income in zip(CODES, ["2000万元", "1亿元", "0元", "0元"], strict=False)
    )
    (tmp_path / "企业.csv").write_text(f"{KEY},收入,高新\n{own}", "utf-8")
    with policy("规上企业数 ÷ 高新企业数 达到 50%").run(tmp_path, on="2024-12-31") as run:
        assert "50%（即2/4）" in run.to_text()


@pytest.mark.parametrize(
    ("own", "least", "most"),
    [
        # The third is in the whole and perhaps in the share, the fourth in both or in neither. Sure: 1 of 3; most: 3 of 4; least: 1 of 3,
        # as with the fourth it would be 2 of 4.
        ("2000万元,是 0元,是 ,是 2000万元,", Fraction(1, 3), Fraction(3, 4)),
        # of one nothing is known: not in, in the whole alone, or in both
        ("2000万元,是 0元,是 ,", Fraction(1, 3), Fraction(2, 3)),
        # of one that was rejected neither
        ("2000万元,是 0元,是 也许,", Fraction(1, 3), Fraction(2, 3)),
        # what is not known may leave the share as it is: in neither it is still one half; 0元 is in no share
        ("2000万元,是 0元,是 0元,", Fraction(1, 3), Fraction(1, 2)),
        # all in the share: only one in the whole without the share lowers it, and none can raise it
        ("2000万元,是 2000万元,是 ,", Fraction(2, 3), Fraction(1)),
        # it was 41/162 to 81/113 where the undecided were added to the share alone: two of the whole are open, one of them wholly
        ("2000万元,是 0元,是 0元,是 ,是 ,", Fraction(1, 5), Fraction(3, 5)),
    ],
)
def test_a_share_of_those_it_is_a_share_of(own: str, least: Fraction, most: Fraction, tmp_path: Path) -> None:
    """高新规上企业 are 高新企业: one that is added to them is added to both."""
    rows = "".join(f"{code},{row}\n" for code, row in zip(CODES, own.split(" "), strict=False))
    _, target = decided(tmp_path, "高新规上企业数 ÷ 高新企业数 达到 50%", rows)
    assert (target.least, target.most) == (least, most)


@pytest.mark.parametrize("seed", range(6))
def test_the_ends_of_a_share_are_those_of_all_that_may_be(seed: int, tmp_path: Path) -> None:
    """What is not known is set to everything that it may be."""
    random = Random(seed)
    rows = [(random.choice(["2000万元", "0元", ""]), random.choice(["是", "否", "", "也许"])) for _ in CODES]
    rows[0] = ("2000万元", "是")
    may = {"2000万元": (True,), "是": (True,), "0元": (False,), "否": (False,), "": (False, True)}
    firms = [
        list(product((False, True), (False, True)) if hi == "也许" else product(may[size], may[hi]))
        for size, hi in rows
    ]
    shares = []
    for way in product(*firms):
        of_hi = [size for size, hi in way if hi]
        shares.append(Fraction(sum(of_hi), len(of_hi)))
    own = "".join(f"{code},{size},{hi}\n" for code, (size, hi) in zip(CODES, rows, strict=True))
    _, target = decided(tmp_path, "高新规上企业数 ÷ 高新企业数 达到 50%", own)
    assert (target.least, target.most) == (min(shares), max(shares)), own


def test_what_is_no_ratio_of_sums_has_no_ends_by_the_ends_of_its_figures(tmp_path: Path) -> None:
    _, target = decided(tmp_path, "规上企业数 × 高新企业数 ÷ 1家 达到 3家", FIRMS)
    assert (target.status, target.least, target.most, target.goal) == ("target", None, None, 3)


LISTED = ("91500112MB0000000U", "91500112MB0000001Y")
ALONE = ("91500112MB00000048", "91500112MB0000005B")


@pytest.mark.parametrize(
    ("listed", "alone", "most"),
    [
        (LISTED, (), 2),
        # rows of two enterprises that 企业 has not, one of them on two rows
        (LISTED, (*ALONE, ALONE[0]), 4),
        # 企业 has the second with a slip in its last character: rejected there, it is one and the same
        ((*LISTED, "91500112MB00000050"), ALONE, 4),
        # so is one that stands there twice
        ((*LISTED, ALONE[0], ALONE[0]), ALONE, 4),
        # a wrong code on two rows is one too
        ((*LISTED, "91500112MB00000050", "91500112MB00000050"), (), 3),
        # a code that is none and a row without one: one each; the names of the columns again are no enterprise
        (LISTED, ("甲乙丙", "甲乙丙", "统一社会信用代码"), 3),
        # one that may be that of the second keeps it from being decided, and is no other
        (LISTED, (LISTED[1][:-1],), 2),
    ],
)
def test_enterprises_that_only_lists_have_may_count_too(
    listed: tuple[str, ...], alone: tuple[str, ...], most: int, tmp_path: Path
) -> None:
    """All that are decided count: two, or one where the second is not."""
    text = policy("规上企业数 达到 4家").tree.source.text.replace(
        "    高新 是否\n", "    高新 是否\n    奖项 清单\n        日期 日期\n", 1
    )
    (tmp_path / "企业.csv").write_text(
        f"{KEY},收入,高新\n" + "".join(f"{code},2000万元,是\n" for code in listed), "utf-8"
    )
    rows = "".join(f"{code},2024-05-01\n" for code in (*LISTED, *alone))
    (tmp_path / "奖项.csv").write_text(f"{KEY},日期\n{rows}", "utf-8")
    with loads(text).run(tmp_path, on="2024-12-31") as run:
        (target,) = run.population.targets
        assert (target.least, target.most) == (run.population.decided, most)


def test_all_known_is_exact_and_decides_everywhere(tmp_path: Path) -> None:
    firms = f"{CODES[0]},2000万元,是\n{CODES[1]},1亿元,否\n"
    figures, target = decided(tmp_path, "规上企业数 达到 2家", firms)
    assert figures["规上企业数"].exact
    assert (target.status, target.least, target.most) == ("target_met", 2, 2)


def test_what_is_given_counts(tmp_path: Path) -> None:
    figures, target = decided(tmp_path, "规上企业数 达到 180家", FIRMS, district="规上企业数\n181家\n")
    assert figures["规上企业数"] == Figure("规上企业数", Decimal(181))
    assert target.status == "target_met"
