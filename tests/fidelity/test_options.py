"""The words of options are held to what the rules do under them."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import found

#: Question, what a and b say, what rules do under a and b. As they stand here nothing is to be said of them.
READINGS = [
    ("恰好20%算不算“超过20%”", "不算", "算", "收入 超过 20元", "收入 达到 20元"),
    ("“20元以上”含不含本数", "含本数", "不含本数", "收入 不低于 20元", "收入 超过 20元"),
    ("看不看增速", "不看", "看", "是", "增速达标"),
    ("要不要求在区内", "要求在区内", "不要求", "在区内", "是"),
    ("新三板算不算上市", "算", "不算", "是", "板块 不为 新三板"),
    ("看税法还是看划型", "看税法，小型微利企业", "看划型，小型和微型企业", "小型微利企业", "企业规模 属于 小型、微型"),
    ("看哪一项", "两项都要达到", "有一项达到即可", "产值达标 且 收入达标", "产值达标 或 收入达标"),
    ("到哪天为止", "到废止为止", "到2025年12月31日", "无", "2025年12月31日"),
    ("条件管不管高层次企业", "两类企业都管", "只管一般企业", "否", "高层次企业"),
    ("看哪个日期", "看验收的日期", "看备案的日期", "验收日期", "备案日期"),
]


def _reading(question: str, said: tuple[str, str], done: tuple[str, str]) -> list[str]:
    rule = f"措施 1 甲\n｜支持企业。\n    定义 某项 依 R1\n        a {done[0]}\n        b {done[1]}\n    说明 无\n"
    reading = f"口径 R1 {question}\n    a {said[0]}\n    b {said[1]}\n"
    return [code for code, _ in found(f"{rule}附 口径\n{reading}") if code == "FY6410"]


@pytest.mark.parametrize(("question", "one", "other", "left", "right"), READINGS, ids=[row[0] for row in READINGS])
def test_options_say_what_their_rules_do(question: str, one: str, other: str, left: str, right: str) -> None:
    assert _reading(question, (one, other), (left, right)) == []
    assert _reading(question, (other, one), (left, right)) == ["FY6410"]
    assert _reading(question, (one, other), (right, left)) == ["FY6410"]


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("从宽", "从严", "收入 超过 20元", "收入 超过 30元"),  # nothing to compare
        ("按文件的意思", "按惯例", "是", "在区内"),
        ("不论规模", "看规模", "是", "企业规模 属于 小型、微型"),
        ("甲地", "乙地", "在区内", "在区内 且 初创企业"),
        ("不看规模、只看收入", "看规模", "收入 超过 20元", "企业规模 为 小型"),
    ],
)
def test_options_that_cannot_be_compared_are_let_alone(one: str, other: str, left: str, right: str) -> None:
    assert _reading("怎样算", (one, other), (left, right)) == []
