"""Definitions: their order, their parameters, choices by value and by reading."""

from __future__ import annotations

import pytest

from fayan_runtime import ir
from tests.compiler.samples import body, compiled

MONEY = (("元", 1),)


def test_definitions_stand_after_those_they_use() -> None:
    program = compiled(more="定义 乙 指 丙 且 丁\n定义 丙 指 丁\n定义 丁 指 规上")
    assert [function.name for function in program.functions] == ["丁", "丙", "乙", "用到口径"]


@pytest.mark.parametrize(
    ("param", "type"),
    [
        ("某日", ir.Type("date")),
        ("某日期", ir.Type("date")),
        ("某年", ir.Type("year")),
        ("某年度", ir.Type("year")),
        ("某月", ir.Type("month")),
        ("某级别", ir.Type("enum", name="级别")),
        ("某等次", ir.Type("enum", name="级别")),
        ("某截止", ir.Type("date")),
        ("某租金", ir.Type("number", unit=(("元", 1), ("平方米", -1), ("月", -1)))),
        ("某收入", ir.Type("number", unit=MONEY)),
        ("数：元/年", ir.Type("number", unit=(("元", 1), ("月", -1)))),
        ("乙方：级别", ir.Type("enum", name="级别")),
    ],
)
def test_the_type_of_a_parameter(param: str, type: ir.Type) -> None:
    (_, found), *_ = compiled(more=f"定义 乙（{param}） 指 规上").functions[0].params
    assert found == type


def test_match_covers_the_enumeration() -> None:
    function = compiled(more="定义 乙 按 等级\n    甲级 1元\n    其余 2元").functions[0]
    assert isinstance(function.body, ir.Match)
    assert [members for members, _ in function.body.arms] == [("甲级",), ("乙级", "丙级")]


def test_a_reading_chooses() -> None:
    def arms(expression: str) -> list[object]:
        choose = body(expression)
        assert isinstance(choose, ir.Choose) and choose.reading == "R1"
        return [arm.value for arm in choose.arms if isinstance(arm, ir.Const)]

    assert arms("R1 为 b") == [False, True, False]
    assert arms("R1 不为 b") == [True, False, True]
    assert arms("R1 属于 a、c") == [True, False, True]


def test_long_chains_and_deep_brackets() -> None:
    chain = body(" 或 ".join(["规上"] * 1000))
    assert isinstance(chain, ir.Or) and len(chain.args) == 1000
    total = body(" + ".join(["收入"] * 1000))
    assert isinstance(total, ir.Add) and len(total.args) == 1000
    assert isinstance(body("（" * 200 + "规上" + "）" * 200), ir.Fact)
    deep = body("（1元 + 2 × " * 120 + "收入" + "）" * 120)
    assert isinstance(deep, ir.Add)
