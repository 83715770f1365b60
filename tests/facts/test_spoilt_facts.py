"""Facts files as they are spoilt in an office: one message, at the place, that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import fayan
from fayan.facts_file import read_facts_file
from tests.places import ROOT
from tests.reference_policy import reference_policy

PLAIN = (ROOT / "examples" / "小巨人.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def policy() -> fayan.Policy:
    return reference_policy()


@pytest.mark.parametrize(
    ("typed", "spoilt", "at", "said"),
    [
        ("    - {年度: 2023", "    {年度: 2023", "{年度: 2023", "这里读不下去：这一项的前面少了“- ”。"),
        ("    - {所属期", "    -{所属期", "-{所属期", "这里读不下去：“-”的后面要空一格。"),
        ("日期: 2022-08-15, ", "日期: 2022-08-15，", "，有效期至", "这里读不下去：花括号里的逗号要用半角。"),
        ("六税两费: 26万元}", "六税两费: 26万元", "{所属期", "这里读不下去：花括号没有闭合。"),
        ("[汽车, 高端装备]", "{汽车: 是}", "{汽车", "“产业领域”要写一个清单，这里是一组“键: 值”。"),
        ("日期: 2022-08-15", "日期: 2025-02-30", "2025-02-30", "日历上没有“2025-02-30”"),
        ("  行业门类: 工业", "  行业门类：工业", "：工业", "“行业门类”后面要写半角冒号和一个空格。"),
        ("产值: 9000万元", "产值: 9000万", "9000万,", "“9000万”里的“万”不是认识的单位"),
        ("年度: 2024, 费用", "年度: 24年, 费用", "24年, 费用", "“24年”读不出来"),
    ],
)
def test_a_spoilt_line_is_told_once_at_its_place(
    typed: str, spoilt: str, at: str, said: str, tmp_path: Path, policy: fayan.Policy
) -> None:
    text = PLAIN.replace(typed, spoilt, 1)
    assert text != PLAIN
    path = tmp_path / "事实.yaml"
    path.write_text(text, "utf-8")
    facts, problems = read_facts_file(path, policy.program)
    assert facts is None
    (problem,) = problems
    assert problem.span.start == text.index(at)
    assert said in problem.title()
