"""Places of a selection: how many were chosen in the year of assessment, between the least and the most it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

import fayan.policy

KEY = "统一社会信用代码"
CODES = ("91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146", "91500112MA0000000R")
POLICY = """\
政策 某区标杆办法
    文号 某府发〔2024〕4号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 树立标杆
｜每年遴选2家区内企业作为标杆。
    遴选 标杆企业
        须 区内企业
        名额 每年 2家
        入选 今年入选
责任单位 区经济信息委

附 名词

定义 今年入选 指 标杆年度 含 年度（评估日）

附 事实

事实 企业
    区内企业 是否
    标杆年度 若干 年度
"""


def chosen(rows: list[str], folder: Path, text: str = POLICY) -> tuple[object, ...]:
    """Places, least, most; and what is said of 2025."""
    lines = [f"{code},{row}" for code, row in zip(CODES, rows, strict=False)]
    (folder / "企业.csv").write_text("\n".join([f"{KEY},区内企业,标杆年度", *lines]), "utf-8")
    with fayan.policy.loads(text).run(folder, on="2025-06-30") as run:
        (of,) = run.population.quotas
        said = next(line.split() for line in run.to_text().splitlines() if "每年2家" in line)
        return (of.places, of.chosen, of.most, *said[3:])


@pytest.mark.parametrize(
    ("rows", "came"),
    [
        # one in 2025, one in 2024 alone
        (["是,2025年", "是,2024年"], (2, 1, 1, "2025年", "1家", "50%", "还可选1家")),
        (["是,2024、2025", "是,2025"], (2, 2, 2, "2025年", "2家", "100%", "已满")),
        (["是,2025", "是,2025", "是,2025"], (2, 3, 3, "2025年", "3家", "150%", "超出1家")),
        # of the second it is not known when it was chosen, of the third not whether it may be; the fourth cannot be read
        (["是,2025", "是,", ",2025"], (2, 1, 3, "2025年", "1家到3家", "≥50%", "还不能断定")),
        (["否,2025", "是,", "是,无", "也许,无"], (2, 0, 2, "2025年", "0家到2家", "≥0%", "还可选0家到2家")),
        (["是,2025", "是,2025", "是,2025", "也许,无"], (2, 3, 4, "2025年", "3家到4家", "≥150%", "至少超出1家")),
    ],
)
def test_how_many_were_chosen_of_the_places(rows: list[str], came: tuple[object, ...], tmp_path: Path) -> None:
    assert chosen(rows, tmp_path) == came


def test_who_was_chosen_at_all_says_nothing_of_a_year(tmp_path: Path) -> None:
    text = POLICY.replace("定义 今年入选 指 标杆年度 含 年度（评估日）", "定义 今年入选 指 入选过").replace(
        "    标杆年度 若干 年度\n", "    标杆年度 若干 年度\n    入选过 是否\n"
    )
    assert chosen(["是,2025"], tmp_path, text)[3:] == ("看不出是哪一年选的",)
