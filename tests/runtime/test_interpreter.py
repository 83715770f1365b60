"""What expressions mean: logic, arithmetic, calendar, choices and lists, with values that are not there."""

from datetime import date
from fractions import Fraction

import pytest

from fayan_runtime import ir
from fayan_runtime.interpreter import Env, trace
from tests.runtime.programs import (
    BOOL,
    DATE,
    LEVEL,
    MONEY,
    MONTH,
    NUMBER,
    ON,
    TEXT,
    TODAY,
    YEAR,
    both,
    by_level,
    choose,
    compare,
    const,
    either,
    expr,
    fact,
    facts,
    its,
    optional,
    over,
    plus,
    program,
    query,
    reading,
    row,
    times,
    value,
)

T, F = const(True), const(False)
U, V = fact("区内企业"), fact("初创企业")
E = compare(over(1, 0, line=9), ">", 0)
UNKNOWN, ERROR = ("unknown", ["区内企业"]), ("error", "division-by-zero", 9)


@pytest.mark.parametrize(
    ("left", "right", "conjunction", "disjunction"),
    [
        (T, T, True, True),
        (T, F, False, True),
        (T, U, UNKNOWN, True),
        (T, E, ERROR, True),
        (F, F, False, False),
        (F, U, False, UNKNOWN),
        (F, E, False, ERROR),
        (U, U, UNKNOWN, UNKNOWN),
        (U, E, UNKNOWN, UNKNOWN),
        (E, E, ERROR, ERROR),
    ],
)
def test_kleene_tables(left, right, conjunction, disjunction):
    assert value(both(left, right)) == value(both(right, left)) == conjunction
    assert value(either(left, right)) == value(either(right, left)) == disjunction


def test_kleene_of_many_unites_what_is_missing_and_of_nothing_is_neutral():
    assert value(both(V, T, U)) == ("unknown", ["区内企业", "初创企业"])
    assert value(both()) is True
    assert value(either()) is False


def test_not():
    results = [value(ir.Not(type=BOOL, arg=arg)) for arg in (T, F, U, E)]
    assert results == [False, True, UNKNOWN, ERROR]


def test_narrowing_by_an_absorbing_operand_hides_what_needs_a_value():
    listed = fact("首发上市日期", optional(DATE))
    absent = ir.IsNone(type=BOOL, arg=listed)
    guarded = either(absent, compare(listed, "<=", TODAY))
    assert value(guarded, 首发上市日期=None) is True
    assert value(guarded, 首发上市日期=date(2026, 1, 1)) is False
    assert value(guarded) == ("unknown", ["首发上市日期"])
    assert value(compare(listed, "<=", TODAY), 首发上市日期=None) == ("error", "no-value", 0)
    assert value(absent, 首发上市日期=date(2026, 1, 1)) is False


def test_strict_arithmetic_prefers_an_error_to_unknown():
    figure = fact("产值", NUMBER)
    assert value(plus(figure, over(1, 0, line=9))) == ERROR
    assert value(plus(over(2, 0, line=3), over(1, 0, line=9))) == ("error", "division-by-zero", 3)
    assert value(plus(figure, 1)) == ("unknown", ["产值"])
    assert value(over(figure, 0)) == ("error", "division-by-zero", 0)
    assert value(over(over(1, 0, line=9), over(figure, 0))) == ERROR
    assert value(times(over(1, 0, line=9), figure)) == ERROR


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (plus(10, 3, signs=(1, -1)), 7),
        (over(1, 3), Fraction(1, 3)),
        (times(6, 2, 4, inverse=(False, True, False)), 12),
        (plus(over(1, 3), over(2, 3)), 1),
        (ir.Extreme(type=NUMBER, largest=False, args=(const(3), const(Fraction(5, 2)))), Fraction(5, 2)),
        (
            ir.Extreme(type=DATE, largest=True, args=(const(date(2024, 1, 1)), const(date(2025, 1, 1)))),
            date(2025, 1, 1),
        ),
    ],
)
def test_exact_arithmetic(expression, expected):
    assert value(expression) == expected


def test_whole_results_are_integers():
    assert type(value(times(Fraction(1, 2), 4))) is int


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (">", [False, False, True]),
        (">=", [False, True, True]),
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        ("==", [False, True, False]),
        ("!=", [True, False, True]),
    ],
)
def test_comparisons(op, expected):
    assert [value(compare(figure, op, Fraction(1, 5))) for figure in (0, Fraction(1, 5), 1)] == expected


CALENDAR = [
    ("year_of", date(2024, 2, 29), 0, 2024),
    ("year_of", 2024 * 12 + 10, 0, 2024),
    ("year_end", 2024, 0, date(2024, 12, 31)),
    ("month_of", date(2024, 11, 3), 0, 2024 * 12 + 10),
    ("month_end", 2024 * 12 + 1, 0, date(2024, 2, 29)),
    ("month_end", 2024 * 12 + 11, 0, date(2024, 12, 31)),
    ("shift_year", 2024, -1, 2023),
    ("shift_month", 2024 * 12, -1, 2023 * 12 + 11),
    ("shift_date", date(2024, 8, 31), 6, date(2025, 2, 28)),
    ("shift_date", date(2024, 2, 29), 60, date(2029, 2, 28)),
    ("shift_day", date(2024, 12, 31), 1, date(2025, 1, 1)),
]


@pytest.mark.parametrize(("op", "given", "amount", "expected"), CALENDAR)
def test_calendar(op, given, amount, expected):
    arg = const(given, DATE if isinstance(given, date) else MONTH)
    assert value(ir.Calendar(type=DATE, op=op, arg=arg, amount=amount)) == expected


@pytest.mark.parametrize(
    ("op", "given", "amount"),
    [
        ("shift_year", 1, -1),
        ("shift_year", 9999, 1),
        ("shift_month", 9999 * 12 + 11, 1),
        ("shift_month", 12, -1),
        ("shift_date", date(9999, 12, 1), 1),
        ("shift_day", date(9999, 12, 31), 1),
        ("shift_day", date(1, 1, 1), -1),
        ("year_end", 10_000, 0),
        ("shift_date", date(2024, 1, 1), 10**30),
        ("shift_day", date(2024, 1, 1), 10**30),
    ],
)
def test_out_of_the_calendar(op, given, amount):
    node = ir.Calendar(type=DATE, op=op, arg=const(given, YEAR), amount=amount, origin=ir.Origin(4))
    assert value(node) == ("error", "date-out-of-range", 4)


def test_enumerations_and_sets():
    level = fact("级别", LEVEL)
    assert value(ir.OneOf(type=BOOL, arg=level, members=("市级", "国家")), 级别="国家") is True
    assert value(ir.OneOf(type=BOOL, arg=level, members=("市级",)), 级别="国家") is False
    assert value(ir.OneOf(type=BOOL, arg=level, members=("市级",))) == ("unknown", ["级别"])
    held = const(frozenset({"汽车", "电子"}), ir.Type("set", name="领域"))
    some, every = (ir.Contains(type=BOOL, arg=held, members=("电子", "元宇宙"), every=every) for every in (False, True))
    assert (value(some), value(every)) == (True, False)
    years = const(frozenset({2024}), ir.Type("set", name="年度"))
    assert value(ir.HasYear(type=BOOL, arg=years, year=const(2024, YEAR))) is True
    assert value(ir.HasYear(type=BOOL, arg=years, year=const(2025, YEAR))) is False


# ---------------------------------------------------------------- choices
LEVEL_FACT = fact("级别", LEVEL)


def test_match():
    assert value(by_level(LEVEL_FACT, 10, 50), 级别="国家") == 50
    assert value(by_level(LEVEL_FACT, 10, 50)) == ("unknown", ["级别"])
    assert value(by_level(LEVEL_FACT, fact("产值", NUMBER), 50)) == ("unknown", ["产值", "级别"])
    assert value(by_level(LEVEL_FACT, over(1, 0), 50)) == ("unknown", ["级别"])
    assert value(by_level(LEVEL_FACT, 10, over(1, 0, line=9)), 级别="市级") == 10
    assert value(by_level(const(None, LEVEL), 10, 50)) == ("error", "no-value", 0)


def test_match_with_a_single_arm_left_to_the_category():
    single = ir.Match(type=MONEY, subject=LEVEL_FACT, arms=((("市级", "国家"), const(10)),))
    assert value(single) == 10


def test_match_with_equal_arms_is_known():
    assert value(by_level(LEVEL_FACT, 10, Fraction(10))) == 10


def cases(*whens, otherwise):
    return ir.Cases(type=NUMBER, whens=tuple((when, expr(then)) for when, then in whens), otherwise=expr(otherwise))


def test_cases():
    assert value(cases((F, 1), (T, 2), (E, 3), otherwise=4)) == 2
    assert value(cases((F, 1), otherwise=4)) == 4
    assert value(cases((E, 1), (T, 1), otherwise=1)) == ERROR
    assert value(cases((U, 1), otherwise=4)) == UNKNOWN


def test_a_long_list_of_cases_and_deep_nesting():
    assert value(cases(*[(U, 1)] * 2000, otherwise=2)) == UNKNOWN
    nested = U
    for _ in range(128):
        nested = both(ir.Not(type=BOOL, arg=nested), T)
    assert value(nested, 区内企业=True) is True
    assert value(nested) == UNKNOWN


def test_cases_with_equal_values_are_known():
    assert value(cases((U, 4), otherwise=4)) == 4
    assert value(cases((U, 4), (T, 4), (E, 5), otherwise=1)) == 4


def test_cases_want_only_what_could_change_the_answer():
    """Once 区内企业 is known the answer is 2 or 1, whatever 初创企业 is."""
    assert value(cases((U, 1), (V, 2), otherwise=2)) == UNKNOWN
    assert value(cases((U, 1), (V, 2), otherwise=3)) == ("unknown", ["区内企业", "初创企业"])
    assert value(cases((U, 1), (E, 2), otherwise=3)) == UNKNOWN


def test_readings_choose_an_arm():
    declared = program(readings=(reading("R1", "a", "b", "c"),))
    assert [value(choose("R1", 1, 2, 3), declared, {"R1": option}) for option in "abc"] == [1, 2, 3]


def test_definitions_see_their_parameters_and_the_day_of_assessment_only():
    parameter = ir.Param(type=NUMBER, name="某数")
    double = ir.Function(name="两倍", params=(("某数", NUMBER),), body=times(parameter, 2))
    late = ir.Function(
        name="已过", params=(("某日", DATE),), body=compare(ir.Param(type=DATE, name="某日"), "<", TODAY)
    )
    declared = program(functions=(double, late))
    assert value(ir.Call(type=NUMBER, function="两倍", args=(fact("产值", NUMBER),)), declared, 产值=21) == 42
    assert value(ir.Call(type=NUMBER, function="两倍", args=(fact("产值", NUMBER),)), declared) == ("unknown", ["产值"])
    assert value(ir.Call(type=BOOL, function="已过", args=(const(ON),)), declared) is False


# ---------------------------------------------------------------- lists
A, B, C = row(date(2023, 1, 1), 1), row(date(2024, 1, 1), 2), row(date(2025, 1, 1), 4, "国家")
CITY = compare(its("级别", LEVEL), "==", "市级")


def test_queries_over_known_items():
    records = {"认定记录": [A, B, C]}
    money = its("金额", MONEY)
    results = {
        "some": True,
        "none": False,
        "every": False,
        "count": 2,
        "sum": 3,
        "min": 1,
        "max": 2,
        "the": ("error", "not-one", 7),
    }
    for kind, expected in results.items():
        needs = None if kind in ("some", "none", "every", "count") else money
        assert value(query(kind, "认定记录", CITY, needs), **records) == expected, kind
    assert value(query("the", "认定记录", compare(its("级别", LEVEL), "==", "国家"), money), **records) == 4
    assert value(query("count", "认定记录"), **records) == 3


def test_queries_over_nothing():
    results = {"some": False, "none": True, "every": True, "count": 0, "sum": 0, "min": None, "max": None}
    for kind, expected in results.items():
        assert value(query(kind, "认定记录", CITY, its("金额", MONEY)), 认定记录=[]) == expected, kind
    assert value(query("the", "认定记录", CITY, its("金额", MONEY)), 认定记录=[]) == ("error", "not-one", 7)


def test_a_list_that_is_not_known():
    for kind in ("some", "none", "every", "count", "sum", "min", "max", "the"):
        assert value(query(kind, "认定记录", CITY, its("金额", MONEY))) == ("unknown", ["认定记录"])


def test_queries_over_items_that_lack_something():
    lacking = {"日期": date(2024, 6, 1), "金额": 8}
    money = its("金额", MONEY)
    records = {"认定记录": [A, lacking]}
    level = ("unknown", ["认定记录[1].级别"])
    assert value(query("some", "认定记录", CITY), **records) is True
    assert value(query("none", "认定记录", CITY), **records) is False
    assert value(query("every", "认定记录", CITY), **records) == level
    assert value(query("count", "认定记录", CITY), **records) == level
    assert value(query("sum", "认定记录", CITY, money), **records) == level
    both_lack = {"认定记录": [{"级别": "市级", "日期": ON}, lacking]}
    assert value(query("max", "认定记录", CITY, money), **both_lack) == (
        "unknown",
        ["认定记录[0].金额", "认定记录[1].级别"],
    )
    assert value(query("sum", "认定记录", either(CITY, E), money), 认定记录=[lacking, C]) == ERROR
    assert value(query("sum", "认定记录", None, const(None, optional(MONEY))), 认定记录=[A]) == ("error", "no-value", 7)


def test_nested_queries_and_positions():
    """Records for which no other has a smaller position: the first."""
    earlier = ir.Query(
        type=BOOL, kind="none", list="认定记录", var="前", value=None,
        where=compare(ir.Index(type=NUMBER, var="前"), "<", ir.Index(type=NUMBER, var="其")),
    )  # fmt: skip
    assert value(query("the", "认定记录", earlier, its("金额", MONEY)), 认定记录=[C, B, A]) == 4


def lookup(year):
    return ir.Lookup(type=MONEY, list="经营", year=expr(year), field_name="产值", origin=ir.Origin(6))


def test_lookup():
    series = {"经营": {2023: {"年度": 2023, "产值": 5}, 2022: {"年度": 2022, "产值": None}, 2021: {"年度": 2021}}}
    assert value(lookup(2023), **series) == 5
    assert value(lookup(2022), **series) == ("error", "no-value", 6)
    assert value(lookup(2021), **series) == ("unknown", ["经营[2021].产值"])
    assert value(lookup(2024), **series) == ("unknown", ["经营[2024].产值"])
    assert value(lookup(fact("产值", NUMBER)), **series) == ("unknown", ["产值"])


def test_missing_facts_sort_by_declaration():
    wanted = both(compare(lookup(2024), ">", lookup(2023)), compare(fact("企业数", NUMBER, "全区"), ">", 0), V, U)
    assert value(wanted) == ("unknown", ["区内企业", "初创企业", "经营[2023].产值", "经营[2024].产值", "全区.企业数"])


# ---------------------------------------------------------------- the trace


def test_the_trace_holds_the_values_put_in_and_expands_definitions():
    parameter = ir.Param(type=NUMBER, name="某数")
    double = ir.Function(name="两倍", params=(("某数", NUMBER),), body=times(parameter, 2))
    declared = program(functions=(double,))
    call = ir.Call(type=NUMBER, function="两倍", args=(fact("产值", NUMBER),))
    step = trace(compare(call, ">", 40), Env(declared, facts(产值=21), ON, {}))
    called, limit = step.children
    argument, body = called.children
    assert (step.value, called.value, limit.value, argument.value, body.value) == (True, 42, 40, 21, 42)
    assert [child.value for child in body.children] == [21, 2]
    assert body.expr is double.body


def test_the_trace_holds_only_the_arms_taken():
    env = Env(program(), facts(级别="国家"), ON, {"R1": "b"})
    assert [child.value for child in trace(by_level(LEVEL_FACT, 10, 50), env).children] == ["国家", 50]
    assert [child.value for child in trace(choose("R1", 10, 50), env).children] == [50]
    assert [child.value for child in trace(cases((F, 1), (T, 2), otherwise=3), env).children] == [False, True, 2]


def test_the_trace_of_a_query_names_its_items():
    env = Env(program(), facts(认定记录=[A, C]), ON, {})
    children = trace(query("sum", "认定记录", CITY, its("金额", MONEY)), env).children
    assert [(child.item, child.value) for child in children] == [
        ("认定记录[0]", True),
        ("认定记录[0]", 1),
        ("认定记录[1]", False),
    ]


def test_text():
    assert value(compare(const("甲", TEXT), "!=", const("乙", TEXT))) is True
