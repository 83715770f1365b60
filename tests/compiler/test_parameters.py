"""参数: values by the day, the day they are asked for, days for which nothing is set."""

from __future__ import annotations

from datetime import date

import pytest

from fayan_runtime import ir
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.values import Facts, Failed
from tests.compiler.samples import compiled, fault, faults

RATE = """参数 比例
    自 2021年1月1日 至 2022年6月30日 6%
    自 2022年7月1日 起 10%
    自 2023年1月1日 至 2024年12月31日 12%
    自 2026年1月1日 起 5%
"""


def rate_on(day: date, more: str = RATE) -> object:
    program = compiled(more=more)
    body = next(each.body for each in program.functions if each.name == "比例")
    return evaluate(body, Env(program, Facts({}, ""), day, {}, params={"某日": day}))


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        ("2021-01-01", 6),
        ("2022-06-30", 6),
        ("2022-07-01", 10),
        ("2022-12-31", 10),
        ("2023-01-01", 12),
        ("2024-12-31", 12),
        ("2026-01-01", 5),
        ("2031-01-01", 5),
    ],
)
def test_the_value_of_a_day(day: str, percent: int) -> None:
    assert rate_on(date.fromisoformat(day)) * 100 == percent  # type: ignore[operator]


@pytest.mark.parametrize("day", ["2020-12-31", "2025-01-01", "2025-12-31"])
def test_a_day_without_value_is_an_error(day: str) -> None:
    value = rate_on(date.fromisoformat(day))
    assert isinstance(value, Failed) and value.code == "not-set"


def test_rows_may_stand_in_any_order() -> None:
    shuffled = "参数 比例\n    自 2023年1月1日 起 12%\n    自 2021年1月1日 起 6%\n"
    assert [rate_on(date(year, 6, 1), shuffled) for year in (2022, 2024)] == [ratio("6%"), ratio("12%")]
    assert isinstance(rate_on(date(2020, 6, 1), shuffled), Failed)


def ratio(text: str) -> object:
    const = compiled(more=f"定义 某比例 指 {text}").functions[0].body
    assert isinstance(const, ir.Const)
    return const.value


def test_a_bare_parameter_is_that_of_the_event_day() -> None:
    program = compiled("奖励 甲奖\n    逐次 订单\n    金额 数额 × 比例", RATE)
    amount = program.provisions[0].amount
    assert isinstance(amount, ir.Mul)
    call = amount.args[1]
    assert isinstance(call, ir.Call) and call.function == "比例"
    assert call.args == (ir.Param(type=ir.Type("date"), name="发生日"),)


def test_a_day_can_be_given() -> None:
    program = compiled(more=RATE + "定义 现比例 指 比例（评估日）\n定义 当年比例 指 比例（年末（年度（成立日期）））\n")
    assert {each.name for each in program.functions} >= {"比例", "现比例", "当年比例"}


def test_where_there_is_no_event_day_one_must_be_given() -> None:
    code, place, sentence = fault("奖励 甲奖\n    金额 收入 × 比例", RATE)
    assert (code, place) == ("FY3011", "比例")
    assert sentence == "“比例”逐日不同，这里没有事项日，看不出要哪一天的。"
    assert fault(more=RATE + "定义 乙 指 比例")[0] == "FY3011"
    assert fault(more=RATE + "定义 乙 指 比例（收入）")[:2] == ("FY3001", "收入")


@pytest.mark.parametrize(
    ("rows", "code", "place", "sentence"),
    [
        (
            "自 2021年1月1日 至 2022年12月31日 6%\n    自 2022年7月1日 起 10%",
            "FY4022",
            "2022年7月1日",
            "2022年7月1日这一天有两行都管到。",
        ),
        (
            "自 2021年1月1日 起 6%\n    自 2021年1月1日 起 10%",
            "FY4022",
            "2021年1月1日",
            "2021年1月1日这一天有两行都管到。",
        ),
        (
            "自 2021年7月1日 至 2021年1月1日 6%",
            "FY4023",
            "2021年1月1日",
            "这一段从2021年7月1日到2021年1月1日，末日在首日以前。",
        ),
        (
            "自 2021年1月1日 起 6%\n    自 2022年1月1日 起 10元",
            "FY3101",
            "10元",
            "比例（%）和金额（元）不能作同一个值的几种情形。",
        ),
    ],
)
def test_what_can_be_wrong_with_the_rows(rows: str, code: str, place: str, sentence: str) -> None:
    assert fault(more=f"参数 比例\n    {rows}\n") == (code, place, sentence)


def test_a_parameter_is_declared_once() -> None:
    assert [problem.code for problem in faults(more=RATE + "定义 比例 指 3%")] == ["FY2012"]


def test_a_value_may_depend_on_the_case() -> None:
    more = """参数 标准
    自 2021年1月1日 起 按 等级
        甲级 5万元
        其余 3万元
    自 2023年1月1日 起 6万元
"""
    amount = compiled("奖励 甲奖\n    逐次 订单\n    金额 标准", more).provisions[0].amount
    assert amount is not None and amount.type.unit == (("元", 1),)


def test_rows_as_people_read_them() -> None:
    body = next(each.body for each in compiled(more=RATE).functions if each.name == "比例")
    assert [(start, end) for start, end, _ in rows_of(body)] == [
        (date(2021, 1, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), date(2024, 12, 31)),
        (date(2026, 1, 1), None),
    ]
    other = "定义 甲 分情形\n    当 规上 得出 1元\n    否则 2元"
    assert rows_of(next(each.body for each in compiled(more=other).functions if each.name == "甲")) == []
