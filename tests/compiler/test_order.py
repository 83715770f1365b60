"""次序: where an item stands in its list."""

from __future__ import annotations

from datetime import date

import pytest

from fayan_compiler.targets.python.closure import compile_closure
from fayan_runtime import ir, read
from tests.compiler.samples import compiled, fault

AWARD = "奖励 乙\n    逐次 订单\n    其中 {}\n    金额 1元"
SAME_DAY = "订单 中 没有 其 日期 为 本 日期 且 其 次序 低于 本 次序 的"
ORDERS = [{"日期": day, "等次": "甲级", "数额": "1元"} for day in ("2025-01-01", "2025-03-01", "2025-01-01")]


def taken(program: ir.Program) -> list[str]:
    """The orders that become items."""
    facts, complaints = read.read({"企业": {"订单": ORDERS}}, program)
    assert facts is not None and not complaints
    outcome = compile_closure(program).decide(facts, date(2025, 6, 30))
    return [item.of for item in outcome.measures[1].provisions["乙"].items]


def test_the_first_of_a_day() -> None:
    assert taken(compiled(AWARD.format(SAME_DAY))) == ["订单[0]", "订单[1]"]


def test_items_are_counted_from_one_and_a_definition_is_given_the_order() -> None:
    assert taken(compiled(AWARD.format("次序 不超过 1"))) == ["订单[0]"]
    given = compiled(AWARD.format("偶数位（次序）"), "定义 偶数位（某次序） 指 某次序 为 2")
    assert taken(given) == ["订单[1]"]


@pytest.mark.parametrize(
    ("rules", "more", "expected"),
    [
        (AWARD.format("订单 中 没有 次序 低于 2 的"), "", ("FY2011", "次序")),
        ("", "定义 乙 指 次序 为 1", ("FY2015", "次序")),
        ("", "定义 次序 指 1元", ("FY2013", "次序")),
    ],
)
def test_where_it_means_nothing(rules: str, more: str, expected: tuple[str, str]) -> None:
    assert fault(rules, more)[:2] == expected
