"""What may not exist is asked for before it is used."""

from __future__ import annotations

import pytest

from fayan_runtime import ir
from tests.compiler.samples import body, compiled

MONEY = (("元", 1),)


@pytest.mark.parametrize(
    "guarded",
    [
        "未有 迁入日期 或 迁入日期 早于 评估日",
        "已有 迁入日期 且 迁入日期 早于 评估日",
        "规上 且 已有 迁入日期 且 （非 规上 或 迁入日期 早于 评估日）",
        "非 （未有 迁入日期 或 非 规上） 且 迁入日期 早于 评估日",
        "迁入日期 不为 无 且 迁入日期 早于 评估日",
        "迁入日期 为 无 或 迁入日期 早于 评估日",
        "订单 中 有 已有 截止 且 截止 早于 评估日 的",
        "订单 中 已有 截止 的 最早 截止",
        "已有 （订单 中 最早 日期） 且 （订单 中 最早 日期） 早于 评估日",
    ],
)
def test_a_guard_lets_a_value_be_used(guarded: str) -> None:
    assert body(guarded).type.kind in ("bool", "date")


def test_cases_guard_as_well() -> None:
    function = compiled(more="定义 乙 分情形\n    当 未有 迁入日期 得出 成立日期\n    否则 迁入日期").functions[0]
    assert isinstance(function.body, ir.Cases)
    assert function.body.type == ir.Type("date")


def test_none_as_one_of_several_values_makes_them_optional() -> None:
    function = compiled(
        more="定义 乙 依 R1\n    a 无\n    b、c 成立日期\n定义 丙 指 未有 乙 或 乙 早于 评估日"
    ).functions[0]
    assert function.body.type == ir.Type("date", optional=True)
    assert isinstance(function.body, ir.Choose) and len(function.body.arms) == 3
