"""Expressions in words: the forms the reference policy does not use, built by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.told import tell_condition
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.interpreter import Env
from fayan_runtime.values import Facts, Unknown

BOOL, DATE, YEAR = ir.Type("bool"), ir.Type("date"), ir.Type("year")
YUAN = ir.Type("number", unit=(("元", 1),), shown="元")
RENT = ir.Type("number", unit=(("元", 1), ("平方米", -1), ("月", -1)))
ON = date(2025, 6, 30)
ZH, EN = tongue("zh"), tongue("en")


def fact(name: str, kind: ir.Type) -> ir.Fact:
    return ir.Fact(scope="企业", name=name, type=kind)


def const(value: Any, kind: ir.Type) -> ir.Const:
    return ir.Const(value=value, type=kind)


def compare(op: Any, left: ir.Expr, right: ir.Expr, word: str = "") -> ir.Compare:
    return ir.Compare(op=op, left=left, right=right, word=word, type=BOOL)


def told(program: ir.Program, expr: ir.Expr, **facts: Any) -> str:
    return told_in(ZH, program, expr, **facts)


def told_in(language: Tongue, program: ir.Program, expr: ir.Expr, **facts: Any) -> str:
    env = Env(program, Facts({"企业": facts}, "甲"), ON, {})
    return tell_condition(language, ir.Condition(name="条件", expr=expr), env)


INCOME, BORN = fact("收入", YUAN), fact("成立日期", DATE)
LIMIT = const(500_000, YUAN)
NONE: Unknown = Unknown(frozenset({(0, 0, 0, "收入")}))


@pytest.mark.parametrize(
    ("op", "word", "income", "said"),
    [
        (">", "超过", 430_000, "收入 43万元，未超过 50万元"),
        (">", "以外", 600_000, "收入 60万元，超过 50万元"),
        (">=", "以上", 430_000, "收入 43万元，不足 50万元"),
        (">=", "达到", 500_000, "收入 50万元，达到 50万元"),
        ("<", "不满", 500_000, "收入 50万元，已满 50万元"),
        ("<=", "以内", 500_000, "收入 50万元，不超过 50万元"),
        ("<=", "", 500_001, "收入 500,001元，超过 50万元"),
        ("==", "为", 1, "收入 1元，不是 50万元"),
    ],
)
def test_a_comparison_says_what_is_the_case(program: ir.Program, op: str, word: str, income: int, said: str) -> None:
    assert told(program, compare(op, INCOME, LIMIT, word), 收入=income) == said


def test_the_unknown_side_is_named(program: ir.Program) -> None:
    assert told(program, compare(">", INCOME, LIMIT, "超过"), 收入=NONE) == "收入不明，不能判断是否超过 50万元"
    assert told(program, compare("<", LIMIT, INCOME, "低于"), 收入=NONE) == "收入不明，不能判断是否低于 50万元"
    assert told(program, compare("<", INCOME, INCOME, "低于"), 收入=NONE) == "收入不明"


@pytest.mark.parametrize(
    ("every", "held", "said"),
    [
        (False, {"甲"}, "领域填报为“甲”，含甲"),
        (False, {"丙"}, "领域填报为“丙”，不含甲、乙中任何一项"),
        (True, {"甲"}, "领域填报为“甲”，缺乙"),
        (True, NONE, "领域不明"),
    ],
)
def test_sets(program: ir.Program, every: bool, held: Any, said: str) -> None:
    field = fact("领域", ir.Type("set", name="领域"))
    expr = ir.Contains(arg=field, members=("甲", "乙"), every=every, type=BOOL)
    assert told(program, expr, 领域=held if held is NONE else frozenset(held)) == said


def test_years_and_members(program: ir.Program) -> None:
    years = fact("宣传年度", ir.Type("set", name="年度"))
    has = ir.HasYear(arg=years, year=const(2025, YEAR), type=BOOL)
    assert told(program, has, 宣传年度=frozenset({2024})) == "宣传年度 2024年，不含2025年"
    assert told(program, has, 宣传年度=NONE) == "宣传年度不明"
    size = fact("规模", ir.Type("enum", name="规模"))
    one = ir.OneOf(arg=size, members=("小型",), type=BOOL)
    assert told(program, one, 规模="中型") == "规模 中型，不是小型"
    assert told(program, one, 规模=NONE) == "规模不明"
    assert told(program, compare("!=", size, const("小型", size.type), "不为"), 规模="小型") == "规模为小型"
    assert told(program, compare("==", size, const("小型", size.type), "为"), 规模="中型") == "规模为中型，不是小型"


def test_presence_and_logic(program: ir.Program) -> None:
    gone = ir.IsNone(arg=fact("迁出日期", ir.Type("date", optional=True)), type=BOOL)
    assert told(program, gone, 迁出日期=None) == "没有迁出日期"
    assert told(program, ir.Not(arg=gone, type=BOOL), 迁出日期=date(2025, 1, 2)) == "迁出日期 2025年1月2日"
    both = ir.And(args=(fact("甲", BOOL), fact("乙", BOOL)), type=BOOL)
    assert told(program, both, 甲=True, 乙=True) == "甲：是；乙：是"
    assert told(program, both, 甲=True, 乙=False) == "乙：否"
    either = ir.Or(args=both.args, type=BOOL)
    assert told(program, either, 甲=False, 乙=False) == "甲：否；乙：否"
    assert told(program, either, 甲=False, 乙=True) == "乙：是"
    assert told(program, const(True, BOOL)) == "无条件成立"
    assert told(program, const(False, BOOL)) == "不成立"
    cases = ir.Cases(whens=((fact("甲", BOOL), fact("乙", BOOL)),), otherwise=const(False, BOOL), type=BOOL)
    assert told(program, cases, 甲=True, 乙=True) == "甲：是；乙：是"


def query(kind: Any, where: ir.Expr | None, value: ir.Expr | None = None, kind_of: ir.Type = BOOL) -> ir.Query:
    return ir.Query(kind=kind, list="项目", var="x", where=where, value=value, type=kind_of)


AMOUNT = ir.Field(var="x", name="金额", type=YUAN)
BIG = compare(">", AMOUNT, LIMIT, "超过")


def test_lists(program: ir.Program) -> None:
    rows = [{"金额": 100_000}, {"金额": 600_000}]
    assert told(program, query("some", BIG), 项目=rows) == "项目第2项（金额 60万元，超过 50万元）"
    assert told(program, query("some", BIG), 项目=rows[:1]) == "项目第1项金额 10万元，未超过 50万元"
    assert told(program, query("some", BIG), 项目=[]) == "没有项目"
    assert told(program, query("some", BIG), 项目=NONE) == "项目不明"
    assert told(program, query("some", BIG), 项目=rows[:1] * 4) == "没有符合条件的项目"
    assert told(program, query("every", BIG), 项目=rows) == "项目第1项：金额 10万元，未超过 50万元"
    assert told(program, query("every", BIG), 项目=rows[1:]) == "项目每一条都符合"
    assert told(program, query("some", BIG), 项目=[{"金额": NONE}]) == "项目第1项的金额不明，不能判断是否超过 50万元"
    total = compare(">", query("sum", None, AMOUNT, YUAN), LIMIT, "超过")
    assert told(program, total, 项目=rows) == "项目的金额合计 70万元，超过 50万元"


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (ir.Not(arg=ir.IsNone(arg=BORN, type=BOOL), type=BOOL), "已有成立日期"),
        (ir.Not(arg=fact("失信", BOOL), type=BOOL), "“失信”为否"),
        (ir.Add(signs=(1, -1), args=(INCOME, LIMIT), type=YUAN), "收入 − 50万元"),
        (
            ir.Mul(
                inverse=(False, True),
                args=(ir.Add(signs=(1, 1), args=(INCOME, LIMIT), type=YUAN), const(2, ir.Type("number"))),
                type=YUAN,
            ),
            "（收入 ＋ 50万元） ÷ 2",
        ),
        (ir.Extreme(largest=True, args=(INCOME, LIMIT), type=YUAN), "收入、50万元中较大的"),
        (
            ir.Extreme(
                largest=False,
                args=(LIMIT, ir.Extreme(largest=True, args=(const(0, YUAN), INCOME), type=YUAN)),
                type=YUAN,
            ),
            "收入，最少0元、最多50万元",
        ),
        (ir.Calendar(op="year_of", arg=BORN, type=YEAR), "成立日期所在年度"),
        (
            ir.Calendar(op="year_end", arg=ir.Calendar(op="year_of", arg=BORN, type=YEAR), type=DATE),
            "成立日期所在年度末",
        ),
        (ir.Calendar(op="month_of", arg=BORN, type=ir.Type("month")), "成立日期所在月"),
        (ir.Calendar(op="month_end", arg=BORN, type=DATE), "成立日期所在月末"),
        (ir.Calendar(op="shift_date", arg=BORN, amount=3, type=DATE), "成立日期后第3个月"),
        (ir.Calendar(op="shift_day", arg=BORN, amount=-5, type=DATE), "成立日期前第5日"),
        (ir.Calendar(op="shift_year", arg=ir.Field(var="本", name="年度", type=YEAR), amount=-1, type=YEAR), "上年度"),
        (
            ir.Calendar(op="shift_year", arg=ir.Calendar(op="year_of", arg=BORN, type=YEAR), amount=-2, type=YEAR),
            "成立日期所在年度前第2年",
        ),
        (ir.HasYear(arg=fact("年度们", ir.Type("set")), year=const(2025, YEAR), type=BOOL), "年度们含2025年"),
        (ir.IsNone(arg=BORN, type=BOOL), "没有成立日期"),
        (ir.Index(var="x", type=ir.Type("number")), "次序"),
        (ir.Lookup(list="年度经营", year=const(2024, YEAR), field_name="产值", type=YUAN), "2024年产值"),
        (query("max", None, AMOUNT, YUAN), "项目中最大的金额"),
        (query("none", BIG), "没有金额超过50万元的项目"),
        (ir.Cases(whens=((BIG, LIMIT),), otherwise=INCOME, type=YUAN), "金额超过50万元的，50万元；其他情形，收入"),
        (ir.OneOf(arg=fact("规模", ir.Type("enum")), members=("小型", "微型"), type=BOOL), "规模为小型或者微型"),
    ],
)
def test_as_written(program: ir.Program, expr: ir.Expr, said: str) -> None:
    assert say(ZH, expr, program) == said


# ---------------------------------------------------------------- English


@pytest.mark.parametrize(
    ("op", "income", "said"),
    [
        (">", 500_000, "收入 is RMB 500,000, which does not exceed RMB 500,000"),
        (">", 500_001, "收入 is RMB 500,001, which exceeds RMB 500,000"),
        (">=", 430_000, "收入 is RMB 430,000, which is less than RMB 500,000"),
        (">=", 500_000, "收入 is RMB 500,000, which is at least RMB 500,000"),
        ("<", 500_000, "收入 is RMB 500,000, which is not less than RMB 500,000"),
        ("<=", 500_001, "收入 is RMB 500,001, which exceeds RMB 500,000"),
        ("==", 1, "收入 is RMB 1, which does not equal RMB 500,000"),
        (">", NONE, "收入 is not known, so it cannot be said whether it exceeds RMB 500,000"),
    ],
)
def test_comparisons_in_english(program: ir.Program, op: str, income: Any, said: str) -> None:
    assert told_in(EN, program, compare(op, INCOME, LIMIT, "以上"), 收入=income) == said


@pytest.mark.parametrize(
    ("op", "born", "said"),
    [
        (">=", date(2025, 1, 2), "成立日期 is 2 January 2025, which is not earlier than 2 January 2025"),
        (">=", date(2025, 1, 1), "成立日期 is 1 January 2025, which is earlier than 2 January 2025"),
        ("<", date(2025, 1, 1), "成立日期 is 1 January 2025, which is earlier than 2 January 2025"),
        (">", date(2025, 1, 2), "成立日期 is 2 January 2025, which is not later than 2 January 2025"),
    ],
)
def test_days_are_earlier_and_later(program: ir.Program, op: str, born: date, said: str) -> None:
    assert told_in(EN, program, compare(op, BORN, const(date(2025, 1, 2), DATE)), 成立日期=born) == said


def test_what_else_is_told_in_english(program: ir.Program) -> None:
    field = fact("领域", ir.Type("set", name="领域"))
    some = ir.Contains(arg=field, members=("甲", "乙"), every=False, type=BOOL)
    every = ir.Contains(arg=field, members=("甲", "乙"), every=True, type=BOOL)
    assert told_in(EN, program, some, 领域=frozenset({"甲"})) == "领域 is given as “甲”, which includes 甲"
    assert told_in(EN, program, some, 领域=frozenset({"丙"})) == (
        "领域 is given as “丙”, which does not include any of 甲, 乙"
    )
    assert told_in(EN, program, every, 领域=frozenset({"甲"})) == "领域 is given as “甲”; 乙 is missing"
    assert told_in(EN, program, some, 领域=NONE) == "领域 is not known"
    size = fact("规模", ir.Type("enum", name="规模"))
    one = ir.OneOf(arg=size, members=("小型", "微型"), type=BOOL)
    assert told_in(EN, program, one, 规模="中型") == "规模 is 中型, which is not one of 小型, 微型"
    assert told_in(EN, program, compare("==", size, const("小型", size.type)), 规模="中型") == "规模 is 中型, not 小型"
    gone = ir.IsNone(arg=fact("迁出日期", ir.Type("date", optional=True)), type=BOOL)
    assert told_in(EN, program, gone, 迁出日期=None) == "there is no 迁出日期"
    both = ir.And(args=(fact("甲", BOOL), fact("乙", BOOL)), type=BOOL)
    assert told_in(EN, program, both, 甲=True, 乙=True) == "甲: yes; 乙: yes"
    years = fact("宣传年度", ir.Type("set", name="年度"))
    has = ir.HasYear(arg=years, year=const(2025, YEAR), type=BOOL)
    assert told_in(EN, program, has, 宣传年度=frozenset({2024})) == "宣传年度 is 2024, which does not include 2025"


def test_a_fact_of_yes_or_no(program: ir.Program) -> None:
    passed = ir.Field(var="x", name="通过", type=BOOL)
    assert told(program, query("some", passed), 复核记录=[], 项目=[{"通过": True}]) == "项目第1项（通过：是）"
    assert told(program, fact("甲", BOOL), 甲=NONE) == "甲不明"
    assert told_in(EN, program, fact("甲", BOOL), 甲=NONE) == "甲 is not known"


def test_lists_in_english(program: ir.Program) -> None:
    rows = [{"金额": 100_000}, {"金额": 600_000}]
    few = "金额 is RMB 100,000, which does not exceed RMB 500,000"
    assert told_in(EN, program, query("some", BIG), 项目=rows) == (
        "项目 no. 2: 金额 is RMB 600,000, which exceeds RMB 500,000"
    )
    assert told_in(EN, program, query("some", BIG), 项目=rows[:1]) == f"项目 no. 1: {few}"
    assert told_in(EN, program, query("some", BIG), 项目=[]) == "there is no 项目"
    assert told_in(EN, program, query("some", BIG), 项目=rows[:1] * 4) == "there is no 项目 that meets the conditions"
    assert told_in(EN, program, query("every", BIG), 项目=rows[1:]) == "every 项目 meets the conditions"
    total = compare(">", query("sum", None, AMOUNT, YUAN), LIMIT, "超过")
    assert told_in(EN, program, total, 项目=rows) == (
        "the total 金额 over 项目 is RMB 700,000, which exceeds RMB 500,000"
    )


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (ir.Not(arg=fact("失信", BOOL), type=BOOL), "失信 is “no”"),
        (ir.Extreme(largest=False, args=(INCOME, LIMIT), type=YUAN), "the smaller of 收入 and RMB 500,000"),
        (
            ir.Extreme(
                largest=True,
                args=(ir.Extreme(largest=False, args=(INCOME, LIMIT), type=YUAN), const(0, YUAN)),
                type=YUAN,
            ),
            "收入, at most RMB 500,000, at least RMB 0",
        ),
        (ir.Calendar(op="year_of", arg=BORN, type=YEAR), "the year of 成立日期"),
        (ir.Calendar(op="shift_date", arg=BORN, amount=3, type=DATE), "3 months after 成立日期"),
        (ir.Calendar(op="shift_day", arg=BORN, amount=-1, type=DATE), "1 day before 成立日期"),
        (
            ir.Calendar(op="shift_year", arg=ir.Field(var="本", name="年度", type=YEAR), amount=-1, type=YEAR),
            "the year before 年度",
        ),
        (query("none", BIG), "there is no 项目 for which 金额 exceeds RMB 500,000"),
        (
            ir.Cases(whens=((BIG, LIMIT),), otherwise=INCOME, type=YUAN),
            "where 金额 exceeds RMB 500,000: RMB 500,000; otherwise: 收入",
        ),
        (ir.OneOf(arg=fact("规模", ir.Type("enum")), members=("小型", "微型"), type=BOOL), "规模 is 小型 or 微型"),
    ],
)
def test_as_written_in_english(program: ir.Program, expr: ir.Expr, said: str) -> None:
    assert say(EN, expr, program) == said
