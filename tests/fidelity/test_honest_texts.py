"""Policies of other kinds, invented: on what agrees with its text nothing is said; of each slip one thing, at its place.

``tests/fidelity/honest`` holds five documents as other districts write them. The slips are those a drafter makes on them, for each
check of the text and the rules against each other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.checking import check
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source

FOLDER = Path(__file__).parent / "honest"
FILES = sorted(FOLDER.glob("*.pol"))


def told(text: str, name: str) -> list[Problem]:
    return check(Source(str(FOLDER / name), text)).problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_said_of_what_agrees(path: Path) -> None:
    assert [problem.title() for problem in told(path.read_text("utf-8"), path.name)] == []


SLIPS = [
    # a figure, unit, date, percentage of the text that no rule has; one of a rule that the text does not have
    ("人才", "补助20万元，", "补助30万元，", "FY6104"),
    ("人才", "给予50万元", "给予50元", "FY6104"),
    ("人才", "引进日期 不早于 2024年1月1日", "引进日期 不早于 2023年1月1日", "FY6104"),
    ("人才", "每人每月1500元", "每人每月1800元", "FY6104"),
    ("设备", "设备购置额 × 8%", "设备购置额 × 6%", "FY6104"),
    ("租房", "不超过 60日", "不超过 90日", "FY6104"),
    ("外贸", "实际支出的70%", "实际支出的60%", "FY6104"),
    ("绿色", "国家级 100万元", "国家级 30万元", "FY6104"),
    # words of comparison, in the rule and in the text
    ("人才", "合同年限 不低于 3年", "合同年限 超过 3年", "FY6201"),
    ("人才", "不少于3年", "超过3年", "FY6201"),
    ("设备", "总产值 不低于 2000万元", "总产值 超过 2000万元", "FY6201"),
    ("租房", "搬迁用时 不超过 60日", "搬迁用时 低于 60日", "FY6201"),
    ("人才", "不早于 2024年1月1日", "早于 2024年1月1日", "FY6202"),
    # who has the benefit, who pays
    ("租房", "        须 小型或微型：规模 属于 小型、微型\n", "", "FY6106"),
    ("租房", "房源 为 国有标准厂房", "房源 为 其他", "FY6106"),
    ("人才", "        须 硕士：硕士学位\n", "        须 硕士：博士学位\n", "FY6109"),
    ("人才", "由 区人力资源社会保障局", "由 区财政局", "FY6508"),
    ("外贸", "        由 市商务局\n", "", "FY6506"),
    ("外贸", "责任单位 市商务局、市财政局", "责任单位 市商务局", "FY6505"),
    ("外贸", "支持 保费补助\n        裁量 比例由市商务局会同市财政局商定，不高于50%", "支持 保费补助\n        由 市商务局", "FY6507"),
    # caps, periods, readings, terms, documents
    ("设备", "        不超过 300万元", "        不超过 3000万元", "FY6104"),
    ("外贸", "展位费按实际支出", "展位费按《北原市会展业条例》第九条以实际支出", "FY6303"),
    ("人才", "本办法所称高层次人才，是指", "本办法所称高端人才，是指", "FY6001"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "old", "new", "code"), SLIPS)
def test_a_slip_is_told_once(stem: str, old: str, new: str, code: str) -> None:
    text = (FOLDER / f"{stem}.pol").read_text("utf-8")
    assert text.count(old) >= 1
    assert [problem.code for problem in told(text.replace(old, new, 1), f"{stem}.pol")] == [code]
