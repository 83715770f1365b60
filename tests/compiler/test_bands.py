"""分段: each part at its own rate; no gap, no overlap, one unit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fayan.checking import check
from fayan_compiler.targets.python.closure import compile_closure
from fayan_dsl.source import Source
from fayan_runtime import ir
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.reference import decide
from fayan_runtime.values import Facts, Unknown
from tests.compiler.samples import compiled, fault

RULE = """奖励 甲奖
    金额 分段 收入 - 上年收入
        不超过 3.6万元 的部分 按 3%
        超过 3.6万元 至 14.4万元 的部分 按 10%
        超过 14.4万元 的部分 按 20%"""


def given(rule: str, **known: object) -> tuple[str, object]:
    """Status and amount of the award, which both executions agree on."""
    program = compiled(rule)
    lacking = Unknown(frozenset({(0, 0, 0, "收入")}))
    facts = Facts({"企业": {"上年收入": 0, "收入": lacking, **known}, "全区": {}}, "甲")
    readings = {each.id: each.options[0][0] for each in program.readings}
    one, other = decide(program, facts, DAY, readings), compile_closure(program).decide(facts, DAY, readings)
    found = [each.measures[1].provisions["甲奖"] for each in (one, other)]
    assert (found[0].status, found[0].exact_amount) == (found[1].status, found[1].exact_amount)
    return found[0].status, found[0].exact_amount


DAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("income", "amount"),
    [
        (0, 0),
        (10_000, 300),
        (36_000, 1080),  # 36000 × 3%
        (36_001, Fraction("1080.1")),
        (144_000, 11_880),  # 1080 + 108000 × 10%
        (144_001, Fraction("11880.2")),
        (244_000, 31_880),  # 11880 + 100000 × 20%
    ],
)
def test_each_part_at_its_own_rate(income: int, amount: object) -> None:
    assert given(RULE, 收入=income) == ("granted", amount)


def test_nothing_for_less_than_nothing() -> None:
    assert given(RULE, 收入=0, 上年收入=5) == ("granted", 0)


def test_what_is_not_known_is_asked_for() -> None:
    assert given(RULE)[0] == "unknown"


def test_bands_in_any_order_and_by_other_words() -> None:
    rule = """奖励 甲奖
    金额 分段 收入
        高于 100元 的部分 按 1%
        100元 以下 的部分 按 2%"""
    assert given(rule, 收入=300) == ("granted", 4)


def test_an_area_at_so_much_for_each_square_metre() -> None:
    rule = """奖励 甲奖
    金额 分段 厂房
        不超过 1亩 的部分 按 3元/平方米
        超过 1亩 的部分 按 1元/平方米"""
    assert given(rule, 厂房=Fraction(2000, 3) + 10) == ("granted", 2010)


def test_bands_as_people_read_them() -> None:
    amount = compiled(RULE).provisions[0].amount
    assert amount is not None
    found = bands_of(amount)
    assert found is not None

    def shown(expr: ir.Expr | None) -> str:
        return expr.shown if isinstance(expr, ir.Const) else ""

    assert [tuple(map(shown, row)) for row in found[1]] == [
        ("", "3.6万元", "3%"),
        ("3.6万元", "14.4万元", "10%"),
        ("14.4万元", "", "20%"),
    ]
    plain = (
        compiled("奖励 甲奖\n    金额 分情形\n        当 收入 不超过 0元 得出 0元\n        否则 1元")
        .provisions[0]
        .amount
    )
    assert plain is not None and bands_of(plain) is None


@pytest.mark.parametrize(
    ("rows", "code", "place", "sentence"),
    [
        (
            ("超过 1元 的部分 按 3%",),
            "FY4203",
            "超过 1元",
            "不超过1元的部分没有一行管到。",
        ),
        (
            ("不超过 5元 的部分 按 3%",),
            "FY4203",
            "不超过 5元",
            "超过5元的部分没有一行管到。",
        ),
        (
            ("不超过 5元 的部分 按 3%", "超过 6元 的部分 按 1%"),
            "FY4203",
            "超过 6元",
            "超过5元至6元的部分没有一行管到。",
        ),
        (
            ("不超过 5元 的部分 按 3%", "超过 4元 的部分 按 1%"),
            "FY4202",
            "超过 4元",
            "超过4元至5元的部分有两行都管到。",
        ),
        (
            ("不超过 5元 的部分 按 3%", "超过 5元 的部分 按 1%", "超过 9元 的部分 按 1%"),
            "FY4202",
            "超过 9元",
            "超过9元的部分有两行都管到。",
        ),
        (("不超过 5元 至 9元 的部分 按 3%",), "FY4201", "至 9元", "这一行划不出一段：上限写了两次。"),
        (("超过 5元 超过 9元 的部分 按 3%",), "FY4201", "超过 9元", "这一行划不出一段：下限写了两次。"),
        (("超过 9元 至 5元 的部分 按 3%",), "FY4201", "至 5元", "这一行划不出一段：上限不高于下限。"),
        (("为 9元 的部分 按 3%",), "FY4201", "为 9元", "这一行划不出一段：“为”不是界限。"),
        (("不超过 5平方米 的部分 按 3%",), "FY3101", "5平方米", "金额（元）和面积（平方米）不能比较。"),
        (
            ("不超过 5元 的部分 按 3%", "超过 5元 的部分 按 2元"),
            "FY3101",
            "2元",
            "比例（%）和金额（元）不能作同一个值的几种情形。",
        ),
        (("不超过 5元 的部分 按 规上",), "FY3001", "规上", "这里要的是数，写的却是条件（是或否）。"),
    ],
)
def test_what_can_be_wrong(rows: tuple[str, ...], code: str, place: str, sentence: str) -> None:
    lines = "\n        ".join(rows)
    found = fault(f"奖励 甲奖\n    金额 分段 收入\n        {lines}")
    assert found == (code, place, sentence)


def test_what_is_cut_into_bands_is_a_number() -> None:
    rule = "奖励 甲奖\n    金额 分段 成立日期\n        不超过 5元 的部分 按 3%"
    assert fault(rule)[:2] == ("FY3001", "成立日期")


# ---------------------------------------------------------------- held to the text
TEXT = """政策 试
    文号 试〔2024〕1号
    发文机关 某局
    成文日期 2024年1月1日

措施 1 奖
｜不超过100万元的部分按3%，超过100万元至500万元的部分按2%，超过500万元的部分按1%。
    奖励 甲奖
        金额 分段 收入
            不超过 100万元 的部分 按 3%
            超过 100万元 至 500万元 的部分 按 2%
            超过 500万元 的部分 按 1%

附 事实

事实 企业
    收入 金额
"""


@pytest.mark.parametrize(
    ("slips", "told"),
    [
        ({}, []),
        ({" 按 1%": " 按 4%"}, [("FY6104", "规则写“4%”，原文写“1%”")]),
        ({" 按 3%": " 按 2%", " 按 2%": " 按 3%"}, [("FY6104", "规则写“2%、3%”，原文写“3%、2%”")]),
        (
            {"超过 500万元 的部分 按": "达到 500万元 的部分 按"},
            [("FY6201", "规则写“不低于”，原文写“超过”：恰好等于这个数时结果不同")],
        ),
    ],
)
def test_bands_say_what_the_text_says(slips: dict[str, str], told: list[tuple[str, str]]) -> None:
    head, rule = TEXT.split("金额 分段")
    lines = []
    for line in rule.splitlines():
        slip = next(((old, new) for old, new in slips.items() if old in line), ("", ""))
        lines.append(line.replace(*slip) if slip[0] else line)
    problems = check(Source("试.pol", f"{head}金额 分段{chr(10).join(lines)}\n")).problems
    assert [(each.code, each.title()) for each in problems] == told
