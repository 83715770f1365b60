"""Measures 3, 5, 7, 8 and 19 of the reference policy, every amount worked out by hand; and the words of the policy themselves.

Each case says the arithmetic beside the amount. ``expect`` is provision → "status", or "status amount" in 元.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen

import fayan
from fayan_compiler.pipeline import compile_policy
from fayan_dsl import tree
from fayan_dsl.parse import parse
from fayan_dsl.problem import Severity
from fayan_dsl.source import Source
from fayan_runtime.values import Path as FactPath

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "policies" / "yubei_2024.pol"
#: The document as it was issued.
ISSUED = ROOT / "tests" / "sources" / "yubei_2024.txt"
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def policy() -> fayan.Policy:
    return fayan.load(POLICY)


# ---------------------------------------------------------------- facts
def title(level: str = "市级专精特新", day: str = "2023-06-01", until: str | None = None) -> Facts:
    return {"级别": level, "日期": day, "有效期至": until}


def review(day: str, level: str = "市级专精特新", passed: bool = True, until: str | None = None) -> Facts:
    return {"级别": level, "日期": day, "通过": passed, "有效期至": until}


def output(**years: str | int | None) -> list[Facts]:
    """产值 by year, in 万元: ``output(y2023=5000)``."""
    return [
        {"年度": int(year[1:]), "产值": f"{value}万元" if value is not None else None} for year, value in years.items()
    ]


def lease(area: str | int, rent: str | int, year: int = 2025, months: int = 12, idle: bool = False) -> Facts:
    return {
        "年度": year,
        "房源": "社会闲置厂房" if idle else "国有厂房",
        "面积": f"{area}平方米",
        "租金": f"{rent}元/平方米·月",
        "租用月数": f"{months}月",
    }


def paid(measure: int, name: str, day: str, amount: str, under: str | None = None) -> Facts:
    return {"措施": measure, "事项": name, "日期": day, "金额": amount} | ({"依据": under} if under else {})


def firm(**facts: Any) -> Facts:
    """An industrial firm of the district with a municipal title of 2023-06-01; the facts named replace these, ``ABSENT`` takes one away."""
    base: Facts = {
        "区内企业": "是",
        "迁入日期": None,
        "迁出日期": None,
        "行业门类": "工业",
        "认定记录": [title()],
        "复核记录": [],
        "年度经营": output(y2021=5000, y2022=5000, y2023=5000, y2024=6500),
        "已兑付": [],
    }
    return {name: value for name, value in (base | facts).items() if value is not ABSENT}


ABSENT = object()
LITTLE = "国家小巨人"
OLD = "渝北府办发〔2022〕38号"


@frozen
class Case:
    name: str
    facts: Facts
    expect: dict[str, str]
    readings: dict[str, str] = field(factory=dict)
    on: date = date(2025, 12, 31)


def check(policy: fayan.Policy, measure: int, case: Case) -> None:
    decision = policy.decide({"企业": case.facts}, on=case.on, readings=case.readings)
    for name, expected in case.expect.items():
        provision = decision.measures[measure].provisions[name]
        status, _, amount = expected.partition(" ")
        assert (name, provision.status) == (name, status)
        assert (name, provision.amount) == (name, Decimal(amount or "0.00"))


def names(missing: frozenset[FactPath]) -> list[str]:
    """In order of declaration, as a decision shows them."""
    return [path[3] for path in sorted(missing)]


def params(cases: list[Case]) -> pytest.MarkDecorator:
    assert len({case.name for case in cases}) == len(cases)
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


# ---------------------------------------------------------------- the words
def document(parsed: tree.Policy) -> str:
    """The policy printed back: headings, paragraphs, responsible units."""
    chapters = {chapter.first_measure: f"{chapter.label}、{chapter.title}" for chapter in parsed.chapters}
    paragraphs: list[str] = []
    for measure in parsed.measures:
        if measure.number in chapters:
            paragraphs.append(chapters[measure.number])
        if measure.number:
            paragraphs.append(f"{measure.number}. {measure.title}。")
        first = True
        for passage in measure.passages:
            for sentence in passage.sentences:
                if sentence.opens and not (measure.number and first):
                    paragraphs.append("")
                paragraphs[-1] += sentence.text
                first = False
        if measure.units:
            paragraphs[-1] += f"（责任单位：{measure.units_text}）"
    return "\n".join(paragraphs)


def test_the_policy_has_no_errors_and_its_words_are_the_documents() -> None:
    source = Source(str(POLICY), POLICY.read_text("utf-8"))
    parsed, problems = parse(source)
    assert problems == [] and parsed is not None
    program, problems = compile_policy(parsed)
    assert program is not None
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    words = document(parsed)
    assert words.count("\n") == 33  # 34 lines: 8 of the notice, the preamble, 5 chapters, 20 measures
    assert [measure.number for measure in parsed.measures] == list(range(21))
    assert words.split("\n") == [line for line in ISSUED.read_text("utf-8").split("\n") if line]


# ---------------------------------------------------------------- measure 3
STATE, IDLE = "国有厂房租金减免", "社会闲置厂房租金补贴"
BOTH_ROUTES = [lease(6000, 26, idle=True), lease(6000, 26)]
OTHERS = [
    {"年度": 2023, "产值": "5000万元", "主营业务收入": "4000万元"},
    {"年度": 2024, "产值": "6500万元", "主营业务收入": "4600万元"},
]  # 产值 +30%, 主营业务收入 +15%
SMALL = [lease(3000, 22)]  # 5 × 3000 × 12 = 180,000
TWENTY = output(y2023=5000, y2024=6000)  # exactly 20%
TWELVE = output(y2023=5000, y2024=5600)  # 12%
LATER = date(2026, 6, 30)

MEASURE_3 = [
    # growth 6500 ÷ 5000 − 1 = 30%; 5 × 3000 × 12 = 180,000
    Case("plain", firm(租赁=SMALL), {STATE: "granted 180000.00", IDLE: "not_applicable"}),
    # R3.2: 6000 ÷ 5000 − 1 = 20%, not more than 20%
    Case("growth exactly 20%", firm(租赁=SMALL, 年度经营=TWENTY), {STATE: "denied"}),
    Case("growth exactly 20%, R3.2 b", firm(租赁=SMALL, 年度经营=TWENTY), {STATE: "granted 180000.00"}, {"R3.2": "b"}),
    # 60,000,000.01 ÷ 50,000,000 − 1 > 20%
    Case(
        "one cent above 20%",
        firm(租赁=SMALL, 年度经营=output(y2023=5000, y2024="6000.000001")),
        {STATE: "granted 180000.00"},
    ),
    Case(
        "one cent below 20%, R3.2 b",
        firm(租赁=SMALL, 年度经营=output(y2023=5000, y2024="5999.999999")),
        {STATE: "denied"},
        {"R3.2": "b"},
    ),
    # the rent: 20 is not more than 20; the flat 5 makes a cliff at 20.01: 5 × 3000 × 12 = 180,000
    Case("rent exactly 20", firm(租赁=[lease(3000, 20)]), {STATE: "denied"}),
    Case("rent 20.01", firm(租赁=[lease(3000, "20.01")]), {STATE: "granted 180000.00"}),
    # the cap: 5 × 10000 × 10 = 500,000, just full; 5 × 10000.2 × 10 = 500,010 → 500,000
    Case("cap exactly", firm(租赁=[lease(10000, 22, months=10)]), {STATE: "granted 500000.00"}),
    Case("cap passed by 10 yuan", firm(租赁=[lease("10000.2", 22, months=10)]), {STATE: "granted 500000.00"}),
    Case("cap missed by 10 yuan", firm(租赁=[lease("9999.8", 22, months=10)]), {STATE: "granted 499990.00"}),
    # the cap is for each year: 2025 600,000 → 500,000 and 2026 600,000 → 500,000, growth 2025 6500 → 8450 = 30%
    Case(
        "cap for each year",
        firm(租赁=[lease(10000, 22), lease(10000, 22, year=2026)], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {STATE: "granted 1000000.00"},
        on=date(2026, 12, 31),
    ),
    # R3.5: 5 × 6000 × 12 = 360,000 each; state-owned first: 360,000 + (500,000 − 360,000) = 360,000 + 140,000
    Case("one cap for both routes", firm(租赁=BOTH_ROUTES), {STATE: "granted 360000.00", IDLE: "granted 140000.00"}),
    Case(
        "a cap for each route",
        firm(租赁=BOTH_ROUTES),
        {STATE: "granted 360000.00", IDLE: "granted 360000.00"},
        {"R3.5": "b"},
    ),
    # R3.4 c: the cap does not reach idle premises: 5 × 12000 × 12 = 720,000
    Case("idle without cap", firm(租赁=[lease(12000, 26, idle=True)]), {IDLE: "granted 720000.00"}, {"R3.4": "c"}),
    Case("idle with cap", firm(租赁=[lease(12000, 26, idle=True)]), {IDLE: "granted 500000.00"}, {"R3.4": "b"}),
    # R3.4: 18 yuan is under the threshold; 5 × 5000 × 12 = 300,000
    Case("idle at 18", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "denied"}),
    Case("idle at 18, R3.4 b", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "granted 300000.00"}, {"R3.4": "b"}),
    Case("idle at 18, R3.4 c", firm(租赁=[lease(5000, 18, idle=True)]), {IDLE: "granted 300000.00"}, {"R3.4": "c"}),
    # R3.6 b: (21 − 20) × 1000 × 12 = 12,000; (25 − 20) = 5 just full; (26 − 20) = 6 → 5 × 1000 × 12 = 60,000; at 18 max(0, −2) = 0
    Case("flat 5 at 21", firm(租赁=[lease(1000, 21)]), {STATE: "granted 60000.00"}),
    Case("part above 20 at 21", firm(租赁=[lease(1000, 21)]), {STATE: "granted 12000.00"}, {"R3.6": "b"}),
    Case("part above 20 at 25", firm(租赁=[lease(1000, 25)]), {STATE: "granted 60000.00"}, {"R3.6": "b"}),
    Case("part above 20 at 26", firm(租赁=[lease(1000, 26)]), {STATE: "granted 60000.00"}, {"R3.6": "b"}),
    Case(
        "part above 20 at 18",
        firm(租赁=[lease(1000, 18, idle=True)]),
        {IDLE: "granted 0.00"},
        {"R3.6": "b", "R3.4": "b"},
    ),
    # R3.6 b: (20.33 − 20) × 33.33 × 1 = 10.9989 → 11.00
    Case("rounded half up", firm(租赁=[lease("33.33", "20.33", months=1)]), {STATE: "granted 11.00"}, {"R3.6": "b"}),
    # R3.7: 5 × 9000 × 6 = 270,000; cap 500,000 × 6 ÷ 12 = 250,000
    Case("half a year", firm(租赁=[lease(9000, 22, months=6)]), {STATE: "granted 270000.00"}),
    Case(
        "half a year, half the cap", firm(租赁=[lease(9000, 22, months=6)]), {STATE: "granted 250000.00"}, {"R3.7": "b"}
    ),
    # two leases of 5 × 10000 × 6 = 300,000: 600,000 → 500,000; with the largest 6 months: 250,000
    Case("two half years", firm(租赁=[lease(10000, 22, months=6)] * 2), {STATE: "granted 500000.00"}),
    Case(
        "two half years, half the cap",
        firm(租赁=[lease(10000, 22, months=6)] * 2),
        {STATE: "granted 250000.00"},
        {"R3.7": "b"},
    ),
    # the longest under one cap is 12 months → 500,000: 300,000 + 200,000; under two caps 250,000 and 500,000 (of 600,000)
    Case(
        "months of both routes",
        firm(租赁=[lease(10000, 22, months=6), lease(10000, 22, idle=True)]),
        {STATE: "granted 300000.00", IDLE: "granted 200000.00"},
        {"R3.7": "b"},
    ),
    Case(
        "months of each route",
        firm(租赁=[lease(10000, 22, months=6), lease(10000, 22, idle=True)]),
        {STATE: "granted 250000.00", IDLE: "granted 500000.00"},
        {"R3.7": "b", "R3.5": "b"},
    ),
    # R3.8: 16 no, 24 yes: 5 × 3000 × 12 = 180,000; mean (16 + 24) ÷ 2 = 20, not more; (16 + 25) ÷ 2 = 20.5: both, 360,000
    Case("16 and 24", firm(租赁=[lease(3000, 16), lease(3000, 24)]), {STATE: "granted 180000.00"}),
    Case("16 and 24, mean exactly 20", firm(租赁=[lease(3000, 16), lease(3000, 24)]), {STATE: "denied"}, {"R3.8": "b"}),
    Case(
        "16 and 25, mean 20.5",
        firm(租赁=[lease(3000, 16), lease(3000, 25)]),
        {STATE: "granted 360000.00"},
        {"R3.8": "b"},
    ),
    # weighted: (16 × 1000 + 22 × 3000) ÷ 4000 = 20.5: 5 × 4000 × 12 = 240,000
    Case("mean by area", firm(租赁=[lease(1000, 16), lease(3000, 22)]), {STATE: "granted 240000.00"}, {"R3.8": "b"}),
    # only leases of the same kind: state 16, no; idle 26: 180,000
    Case(
        "mean by kind",
        firm(租赁=[lease(3000, 16), lease(3000, 26, idle=True)]),
        {STATE: "denied", IDLE: "granted 180000.00"},
        {"R3.8": "b"},
    ),
    # R3.9: rent of 2024 by growth 2023 (5000 → 5000, 0%) or 2024 (30%)
    Case("growth of the year before", firm(租赁=[lease(3000, 22, year=2024)]), {STATE: "denied"}),
    Case("growth of the year", firm(租赁=[lease(3000, 22, year=2024)]), {STATE: "granted 180000.00"}, {"R3.9": "b"}),
    # R3.1: 产值 +30%, 主营业务收入 +15%
    Case("industry by output", firm(租赁=SMALL, 年度经营=OTHERS), {STATE: "granted 180000.00"}),
    Case("others by revenue", firm(租赁=SMALL, 年度经营=OTHERS, 行业门类="其他"), {STATE: "denied"}),
    Case("both must", firm(租赁=SMALL, 年度经营=OTHERS), {STATE: "denied"}, {"R3.1": "b"}),
    Case("either may", firm(租赁=SMALL, 年度经营=OTHERS, 行业门类="其他"), {STATE: "granted 180000.00"}, {"R3.1": "c"}),
    Case(
        "industry not known, both fail",
        firm(租赁=SMALL, 年度经营=[row | {"主营业务收入": "1元"} for row in TWELVE], 行业门类=ABSENT),
        {STATE: "denied"},
    ),
    # R3.3: +12%
    Case("little giant +12%", firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(LITTLE)]), {STATE: "denied"}),
    Case(
        "little giant +12%, R3.3 b",
        firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(LITTLE)]),
        {STATE: "granted 180000.00"},
        {"R3.3": "b"},
    ),
    Case("municipal +12%, R3.3 b", firm(租赁=SMALL, 年度经营=TWELVE), {STATE: "denied"}, {"R3.3": "b"}),
    Case(
        "little giant lapsed on the day before the event, R3.3 b",
        firm(租赁=SMALL, 年度经营=TWELVE, 认定记录=[title(), title(LITTLE, until="2025-12-30")]),
        {STATE: "denied"},
        {"R3.3": "b"},
    ),
    # R3.13 and G6
    Case("outside", firm(租赁=SMALL, 区内企业="否"), {STATE: "denied"}),
    Case("outside, R3.13 b", firm(租赁=SMALL, 区内企业="否"), {STATE: "granted 180000.00"}, {"R3.13": "b"}),
    Case("moved in on the event day", firm(租赁=SMALL, 迁入日期="2025-12-31"), {STATE: "granted 180000.00"}),
    Case("moved in a day late", firm(租赁=SMALL, 迁入日期="2026-01-01"), {STATE: "denied"}, on=LATER),
    Case(
        "moved in a day late, G6 b",
        firm(租赁=SMALL, 迁入日期="2026-01-01"),
        {STATE: "granted 180000.00"},
        {"G6": "b"},
        LATER,
    ),
    Case("moved in a day late, G6 c", firm(租赁=SMALL, 迁入日期="2026-01-01"), {STATE: "denied"}, {"G6": "c"}, LATER),
    Case(
        "moved out later",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "granted 180000.00"},
        on=LATER,
    ),
    Case(
        "moved out later, G6 b",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "denied"},
        {"G6": "b"},
        LATER,
    ),
    Case(
        "moved out later, G6 c",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2026-01-01"),
        {STATE: "denied"},
        {"G6": "c"},
        LATER,
    ),
    Case(
        "moved out on the event day",
        firm(租赁=SMALL, 区内企业="否", 迁出日期="2025-12-31"),
        {STATE: "denied"},
        on=LATER,
    ),
    # G7: the event day is 31 December 2025
    Case(
        "title to the event day", firm(租赁=SMALL, 认定记录=[title(until="2025-12-31")]), {STATE: "granted 180000.00"}
    ),
    Case("title to the day before", firm(租赁=SMALL, 认定记录=[title(until="2025-12-30")]), {STATE: "denied"}),
    Case(
        "title to the day before, G7 b",
        firm(租赁=SMALL, 认定记录=[title(until="2025-12-30")]),
        {STATE: "granted 180000.00"},
        {"G7": "b"},
    ),
    Case(
        "title kept by a review",
        firm(租赁=SMALL, 认定记录=[title(until="2025-06-01")], 复核记录=[review("2025-05-20", until="2025-12-31")]),
        {STATE: "granted 180000.00"},
    ),
    Case(
        "a failed review keeps nothing",
        firm(
            租赁=SMALL,
            认定记录=[title(until="2025-06-01")],
            复核记录=[review("2025-05-20", passed=False, until="2028-05-31")],
        ),
        {STATE: "denied"},
    ),
    Case(
        "a review without a term keeps nothing",
        firm(租赁=SMALL, 认定记录=[title(until="2025-06-01")], 复核记录=[review("2025-05-20")]),
        {STATE: "denied"},
    ),
    # G8: rent of 2023, event day 2023-12-31; growth of 2022: 6000 → 7500 = 25%
    Case(
        "rent of 2023",
        firm(租赁=[lease(3000, 22, year=2023)], 年度经营=output(y2021=6000, y2022=7500)),
        {STATE: "not_in_force"},
    ),
    Case(
        "rent of 2023, G8 b",
        firm(租赁=[lease(3000, 22, year=2023)], 年度经营=output(y2021=6000, y2022=7500)),
        {STATE: "granted 180000.00"},
        {"G8": "b"},
    ),
    # G2
    Case("last day 2025-12-31", firm(租赁=SMALL), {STATE: "granted 180000.00"}, {"G2": "b"}),
    Case(
        "rent of 2026, G2 b",
        firm(租赁=[lease(3000, 22, year=2026)], 年度经营=output(y2024=6500, y2025=8450)),
        {STATE: "not_in_force"},
        {"G2": "b"},
        date(2026, 12, 31),
    ),
    Case(
        "rent of 2028, G2 c",
        firm(租赁=[lease(3000, 22, year=2028)], 年度经营=output(y2026=6500, y2027=8450)),
        {STATE: "granted 180000.00"},
        {"G2": "c"},
        date(2029, 12, 31),
    ),
    Case(
        "rent of 2029, G2 c",
        firm(租赁=[lease(3000, 22, year=2029)], 年度经营=output(y2027=6500, y2028=8450)),
        {STATE: "not_in_force"},
        {"G2": "c"},
        date(2029, 12, 31),
    ),
    # time
    Case("the year is not over", firm(租赁=SMALL), {STATE: "not_applicable"}, on=date(2025, 12, 30)),
    Case("before the policy", firm(租赁=SMALL), {STATE: "not_in_force"}, on=date(2024, 12, 11)),
    Case("no leases", firm(租赁=[]), {STATE: "not_applicable", IDLE: "not_applicable"}),
    # what is not known, what cannot be computed
    Case("leases not known", firm(), {STATE: "unknown", IDLE: "unknown"}),
    Case("district not known", firm(租赁=SMALL, 区内企业=ABSENT), {STATE: "unknown"}),
    Case("district not known, rent 20", firm(租赁=[lease(3000, 20)], 区内企业=ABSENT), {STATE: "denied"}),
    Case("growth over zero", firm(租赁=SMALL, 年度经营=output(y2023=0, y2024=6500)), {STATE: "error"}),
    Case("growth over none", firm(租赁=SMALL, 年度经营=output(y2023=None, y2024=6500)), {STATE: "error"}),
]


@params(MEASURE_3)
def test_measure_3(policy: fayan.Policy, case: Case) -> None:
    check(policy, 3, case)


def test_what_is_missing_for_rent_is_named_and_nothing_else(policy: fayan.Policy) -> None:
    facts = firm(租赁=SMALL, 年度经营=output(y2023=5000), 迁入日期=ABSENT)
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31))
    missing = names(decision.measures[3].provisions[STATE].missing)
    assert missing == ["迁入日期", "年度经营[2024].产值"]


# ---------------------------------------------------------------- measure 5
FIRST, FIRST_REVIEW, LATER_REVIEW = "首次认定", "首次复核", "后续复核"
UP_DOWN = output(y2022=4000, y2023=6000, y2024=4720)
TEN = output(y2022=10000, y2023=11000, y2024=12100)  # 10% and 10%
UNEVEN = output(y2022=10000, y2023=12100, y2024=12100)  # 21% and 0
FIFTH = output(y2022=10000, y2023=10000, y2024=12000)  # 0 and 20%
NINE = output(y2022=10000, y2023=10900, y2024=11881)  # 9% and 9%
GROWN = output(
    y2018=1000,
    y2019=1120,
    y2020="1254.4",
    y2021="1404.928",
    y2022="1573.51936",
    y2023="1762.3416832",
    y2024="1973.822685184",
)
REVIEWED = [review("2025-09-01")]
OLD_GIANT = firm(
    认定记录=[title(LITTLE, "2019-05-01")],
    复核记录=[review("2022-09-01", LITTLE), review("2025-09-01", LITTLE)],
    年度经营=GROWN,
)
OLD_CITY = firm(
    认定记录=[title(day="2018-05-01")], 复核记录=[review("2021-09-01"), review("2024-09-01")], 年度经营=GROWN
)
TWO_TITLES = [title(day="2022-11-10"), title(LITTLE, "2024-09-02")]
TWO_REVIEWS = firm(
    认定记录=[title(day="2022-01-10"), title(LITTLE, "2022-09-02")],
    复核记录=[review("2025-03-01"), review("2025-09-01", LITTLE)],
    年度经营=GROWN,
)

MEASURE_5 = [
    Case(
        "municipal",
        firm(),
        {FIRST: "granted 100000.00", FIRST_REVIEW: "not_applicable", LATER_REVIEW: "not_applicable"},
    ),
    Case("little giant on the first day", firm(认定记录=[title(LITTLE, "2022-01-01")]), {FIRST: "granted 500000.00"}),
    Case("little giant a day early", firm(认定记录=[title(LITTLE, "2021-12-31")]), {FIRST: "denied"}),
    Case("recognised on the day of assessment", firm(认定记录=[title(day="2025-12-31")]), {FIRST: "granted 100000.00"}),
    Case("recognised the day after", firm(认定记录=[title(day="2026-01-01")]), {FIRST: "not_applicable"}),
    Case("no record", firm(认定记录=[]), {FIRST: "not_applicable"}),
    # R5.7: only the earliest record of a level counts
    Case(
        "recognised twice",
        firm(认定记录=[title(day="2025-05-01"), title(day="2022-05-01")]),
        {FIRST: "granted 100000.00"},
    ),
    Case(
        "recognised before 2022 and again",
        firm(认定记录=[title(day="2021-05-01"), title(day="2025-05-01")]),
        {FIRST: "denied"},
    ),
    # R5.1: 100,000 + 500,000; b: 100,000 + (500,000 − 100,000); the other way round 500,000 + 0
    Case("both titles", firm(认定记录=TWO_TITLES), {FIRST: "granted 600000.00"}),
    Case("both titles, R5.1 b", firm(认定记录=TWO_TITLES), {FIRST: "granted 500000.00"}, {"R5.1": "b"}),
    Case(
        "both titles, higher first, R5.1 b",
        firm(认定记录=[title(LITTLE, "2022-11-10"), title(day="2024-09-02")]),
        {FIRST: "granted 500000.00"},
        {"R5.1": "b"},
    ),
    # a first review of an old title (100,000) counts with a new title (500,000 − 100,000 = 400,000)
    Case(
        "old title reviewed, then a new one, R5.1 b",
        firm(认定记录=[title(day="2019-05-01"), title(LITTLE, "2024-09-02")], 复核记录=[review("2023-03-01")]),
        {FIRST_REVIEW: "granted 100000.00", FIRST: "granted 400000.00"},
        {"R5.1": "b"},
    ),
    # reviews of one year: 50,000 + 250,000; b: only 250,000
    Case("both reviews", TWO_REVIEWS, {LATER_REVIEW: "granted 300000.00"}),
    Case("both reviews, R5.1 b", TWO_REVIEWS, {LATER_REVIEW: "granted 250000.00"}, {"R5.1": "b"}),
    # in two years both pay: 50,000 (2024) + 250,000 (2025)
    Case(
        "reviews of two years, R5.1 b",
        TWO_REVIEWS | {"复核记录": [review("2024-03-01"), review("2025-09-01", LITTLE)]},
        {LATER_REVIEW: "granted 300000.00"},
        {"R5.1": "b"},
    ),
    # R5.2 with 4000 → 6000 → 4720: (50% − 21.33%) ÷ 2 = 14.33%; 4720 ÷ 4000 = 1.18 < 1.21; 18% ÷ 2 = 9%
    Case("up and down", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "granted 50000.00"}),
    Case("up and down, R5.2 b", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case("up and down, R5.2 c", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "denied"}, {"R5.2": "c"}),
    # 10% and 10%: a exactly 10%; b 1.21 = 1.1 × 1.1 exactly; c 21% ÷ 2 = 10.5%
    Case("10% and 10%", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "denied"}),
    Case(
        "10% and 10%, R5.3 b", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "granted 50000.00"}, {"R5.3": "b"}
    ),
    Case("10% and 10%, R5.2 b", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case(
        "10% and 10%, R5.2 b R5.3 b",
        firm(复核记录=REVIEWED, 年度经营=TEN),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "b", "R5.3": "b"},
    ),
    Case(
        "10% and 10%, R5.2 c", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "granted 50000.00"}, {"R5.2": "c"}
    ),
    # 21% and 0: a 10.5%; b 1.21 exactly; one cent more is more
    Case("21% and 0", firm(复核记录=REVIEWED, 年度经营=UNEVEN), {LATER_REVIEW: "granted 50000.00"}),
    Case("compound exactly 10%", firm(复核记录=REVIEWED, 年度经营=UNEVEN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case(
        "compound one cent above 10%",
        firm(复核记录=REVIEWED, 年度经营=output(y2022=10000, y2023=12100, y2024="12100.000001")),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "b"},
    ),
    # 0 and 20%: a 10% exactly; c 20% ÷ 2 = 10% exactly
    Case("half of 20%", firm(复核记录=REVIEWED, 年度经营=FIFTH), {LATER_REVIEW: "denied"}, {"R5.2": "c"}),
    Case(
        "half of 20%, R5.3 b",
        firm(复核记录=REVIEWED, 年度经营=FIFTH),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "c", "R5.3": "b"},
    ),
    # 9% and 9%: a 9%; c 18.81% ÷ 2 = 9.405%
    Case("9% and 9%, R5.3 b", firm(复核记录=REVIEWED, 年度经营=NINE), {LATER_REVIEW: "denied"}, {"R5.3": "b"}),
    # R5.4: a 500,000 + 250,000; b the first came before 2024-12-12: 0 + 250,000; c as a
    Case(
        "old little giant",
        OLD_GIANT,
        {FIRST: "denied", FIRST_REVIEW: "granted 500000.00", LATER_REVIEW: "granted 250000.00"},
    ),
    Case(
        "old little giant, R5.4 b",
        OLD_GIANT,
        {FIRST_REVIEW: "denied", LATER_REVIEW: "granted 250000.00"},
        {"R5.4": "b"},
    ),
    Case(
        "old little giant, R5.4 c",
        OLD_GIANT,
        {FIRST_REVIEW: "granted 500000.00", LATER_REVIEW: "granted 250000.00"},
        {"R5.4": "c"},
    ),
    # 2018, reviewed 2021 and 2024: a 100,000 + 50,000; b 0 + 50,000; c 2021 does not count, 2024 is the first: 100,000
    Case("old municipal", OLD_CITY, {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "granted 50000.00"}),
    Case("old municipal, R5.4 b", OLD_CITY, {FIRST_REVIEW: "denied", LATER_REVIEW: "granted 50000.00"}, {"R5.4": "b"}),
    Case(
        "old municipal, R5.4 c",
        OLD_CITY,
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
        {"R5.4": "c"},
    ),
    Case(
        "first review on 2022-01-01, R5.4 c",
        firm(认定记录=[title(day="2018-05-01")], 复核记录=[review("2021-12-31"), review("2022-01-01")], 年度经营=GROWN),
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
        {"R5.4": "c"},
    ),
    Case(
        "first review on the effective date, R5.4 b",
        firm(认定记录=[title(day="2021-12-31")], 复核记录=[review("2024-12-12")]),
        {FIRST_REVIEW: "granted 100000.00"},
        {"R5.4": "b"},
    ),
    Case(
        "first review the day before, R5.4 b",
        firm(认定记录=[title(day="2021-12-31")], 复核记录=[review("2024-12-11")]),
        {FIRST_REVIEW: "denied"},
        {"R5.4": "b"},
    ),
    Case(
        "the first review failed",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=[review("2022-05-01", passed=False), review("2025-05-01")]),
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
    ),
    # R5.5: 5000 → 5000 → 4750 is −2.5% on average
    Case(
        "shrinking at the first review",
        firm(
            认定记录=[title(day="2019-05-01")],
            复核记录=[review("2025-05-01")],
            年度经营=output(y2022=5000, y2023=5000, y2024=4750),
        ),
        {FIRST_REVIEW: "granted 100000.00"},
    ),
    Case(
        "shrinking at the first review, R5.5 b",
        firm(
            认定记录=[title(day="2019-05-01")],
            复核记录=[review("2025-05-01")],
            年度经营=output(y2022=5000, y2023=5000, y2024=4750),
        ),
        {FIRST_REVIEW: "denied"},
        {"R5.5": "b"},
    ),
    Case(
        "growing at the first review, R5.5 b",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=[review("2025-05-01")], 年度经营=GROWN),
        {FIRST_REVIEW: "granted 100000.00"},
        {"R5.5": "b"},
    ),
    # R3.1 at a review: 产值 12% a year, 主营业务收入 5% a year
    *(
        Case(
            f"two indicators, R3.1 {option}, {kind}",
            firm(
                复核记录=REVIEWED,
                行业门类=kind,
                年度经营=[
                    {"年度": 2022, "产值": "1000万元", "主营业务收入": "1000万元"},
                    {"年度": 2023, "产值": "1120万元", "主营业务收入": "1050万元"},
                    {"年度": 2024, "产值": "1254.4万元", "主营业务收入": "1102.5万元"},
                ],
            ),
            {LATER_REVIEW: status},
            {"R3.1": option},
        )
        for option, kind, status in [
            ("a", "工业", "granted 50000.00"),
            ("a", "其他", "denied"),
            ("b", "工业", "denied"),
            ("c", "其他", "granted 50000.00"),
        ]
    ),
    # G6: recognised 2023-06-01
    Case("moved in on the day", firm(迁入日期="2023-06-01"), {FIRST: "granted 100000.00"}),
    Case("moved in the day after", firm(迁入日期="2023-06-02"), {FIRST: "denied"}),
    Case("moved in the day after, G6 b", firm(迁入日期="2023-06-02"), {FIRST: "granted 100000.00"}, {"G6": "b"}),
    Case("moved in the day after, G6 c", firm(迁入日期="2023-06-02"), {FIRST: "denied"}, {"G6": "c"}),
    Case("moved out the day after", firm(区内企业="否", 迁出日期="2023-06-02"), {FIRST: "granted 100000.00"}),
    Case("moved out on the day", firm(区内企业="否", 迁出日期="2023-06-01"), {FIRST: "denied"}),
    Case("never in the district", firm(区内企业="否"), {FIRST: "denied"}),
    # G2: a review in 2026 (growth of 2024 30% and 2025 30%)
    Case(
        "review in 2026",
        firm(复核记录=[review("2026-01-01")], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {LATER_REVIEW: "granted 50000.00"},
        on=LATER,
    ),
    Case(
        "review in 2026, G2 b",
        firm(复核记录=[review("2026-01-01")], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {LATER_REVIEW: "not_in_force", FIRST: "granted 100000.00"},
        {"G2": "b"},
        LATER,
    ),
    # G8 does not touch measure 5: an event of 2022 pays under either
    Case("G8 says nothing here", firm(认定记录=[title(day="2022-05-01")]), {FIRST: "granted 100000.00"}, {"G8": "a"}),
    # what is not known, what cannot be computed
    Case(
        "output of 2022 not known",
        firm(复核记录=REVIEWED, 年度经营=output(y2023=5000, y2024=6500)),
        {LATER_REVIEW: "unknown"},
    ),
    Case(
        "output of 2022 not known, not read",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=REVIEWED, 年度经营=[]),
        {FIRST_REVIEW: "granted 100000.00"},
    ),
    Case(
        "output of 2022 is zero",
        firm(复核记录=REVIEWED, 年度经营=output(y2022=0, y2023=5000, y2024=6500)),
        {LATER_REVIEW: "error"},
    ),
    Case("reviews not known", firm(复核记录=ABSENT), {FIRST_REVIEW: "unknown", LATER_REVIEW: "unknown"}),
]


@params(MEASURE_5)
def test_measure_5(policy: fayan.Policy, case: Case) -> None:
    check(policy, 5, case)


# ---------------------------------------------------------------- set-off
#: name, payments, readings, what 首次认定 pays (amount, paid, payable), unmatched payments; a municipal title of 2023-06-01, worth 100,000
OFFSETS = [
    ("nothing paid", [], {}, ("100000.00", "0.00", "100000.00"), 0),
    ("part paid", [paid(5, FIRST, "2023-06-01", "6万元")], {}, ("100000.00", "60000.00", "40000.00"), 0),
    ("paid in two parts", [paid(5, FIRST, "2023-06-01", "6万元"), paid(5, FIRST, "2023-06-01", "3万元")], {}, ("100000.00", "90000.00", "10000.00"), 0),
    ("paid in full", [paid(5, FIRST, "2023-06-01", "10万元")], {}, ("100000.00", "100000.00", "0.00"), 0),
    ("overpaid, never below zero", [paid(5, FIRST, "2023-06-01", "12万元")], {}, ("100000.00", "120000.00", "0.00"), 0),
    ("paid for another day", [paid(5, FIRST, "2023-06-02", "10万元")], {}, ("100000.00", "0.00", "100000.00"), 1),
    ("paid for another provision", [paid(5, LATER_REVIEW, "2023-06-01", "10万元")], {}, ("100000.00", "0.00", "100000.00"), 1),
    ("paid under the old document", [paid(5, FIRST, "2023-06-01", "10万元", OLD)], {}, ("100000.00", "100000.00", "0.00"), 0),
    ("paid under the old document, G4 b", [paid(5, FIRST, "2023-06-01", "10万元", OLD)], {"G4": "b"}, ("100000.00", "0.00", "100000.00"), 0),
    ("paid under this one, G4 b", [paid(5, FIRST, "2023-06-01", "10万元")], {"G4": "b"}, ("100000.00", "100000.00", "0.00"), 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("payments", "readings", "expected", "unmatched"), [row[1:] for row in OFFSETS], ids=[row[0] for row in OFFSETS]
)
def test_set_off(
    policy: fayan.Policy, payments: list[Facts], readings: dict[str, str], expected: tuple[str, ...], unmatched: int
) -> None:
    decision = policy.decide({"企业": firm(已兑付=payments)}, on=date(2025, 12, 31), readings=readings)
    first = decision.measures[5].provisions[FIRST]
    assert (first.amount, first.paid, first.payable) == tuple(map(Decimal, expected))
    assert len(decision.unmatched_payments) == unmatched


def test_set_off_after_the_higher_title(policy: fayan.Policy) -> None:
    # R5.1 b: 100,000 + 400,000; 100,000 was paid in 2022: 500,000 − 100,000 = 400,000 is still to pay
    facts = firm(认定记录=TWO_TITLES, 已兑付=[paid(5, FIRST, "2022-11-10", "10万元", OLD)])
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31), readings={"R5.1": "b"})
    first = decision.measures[5].provisions[FIRST]
    assert (first.amount, first.paid, first.payable) == (
        Decimal("500000.00"),
        Decimal("100000.00"),
        Decimal("400000.00"),
    )


def test_set_off_of_rent_goes_by_year(policy: fayan.Policy) -> None:
    # 180,000 − 50,000 paid in the same year = 130,000
    facts = firm(租赁=SMALL, 已兑付=[paid(3, STATE, "2025-07-01", "5万元")])
    state = policy.decide({"企业": facts}, on=date(2025, 12, 31)).measures[3].provisions[STATE]
    assert (state.amount, state.paid, state.payable) == (
        Decimal("180000.00"),
        Decimal("50000.00"),
        Decimal("130000.00"),
    )


def test_payments_not_known_leave_the_amount_and_name_what_is_missing(policy: fayan.Policy) -> None:
    first = policy.decide({"企业": firm(已兑付=ABSENT)}, on=date(2025, 12, 31)).measures[5].provisions[FIRST]
    assert (first.status, first.amount, first.paid, first.payable) == ("granted", Decimal("100000.00"), None, None)
    assert names(first.missing) == ["已兑付"]


# ---------------------------------------------------------------- measure 7
OTC, NEEQ, IPO = "OTC挂牌", "新三板挂牌", "首发上市"
STAGES = ["新三板备案日期", "新三板基础创新层挂牌日期", "新三板精选层挂牌日期", "上市辅导备案日期", "上市辅导验收日期", "上市申请受理日期", "首发上市日期", "首发上市交易所"]  # fmt: skip


def listed(*boards: tuple[str, str], **facts: Any) -> Facts:
    return firm(OTC挂牌=[{"板块": board, "日期": day} for board, day in boards], **(dict.fromkeys(STAGES) | facts))


GROWTH, SPECIAL = "成长板", "专精特新板"
NEW_BOARD: Facts = {"新三板备案日期": "2025-01-06", "新三板基础创新层挂牌日期": "2025-04-01"}
BEIJING: Facts = NEW_BOARD | {"首发上市日期": "2025-12-01", "首发上市交易所": "北交所"}
SHENZHEN: Facts = {
    "上市辅导备案日期": "2025-01-08",
    "上市辅导验收日期": "2025-03-02",
    "上市申请受理日期": "2025-04-01",
    "首发上市日期": "2025-11-03",
    "首发上市交易所": "深交所",
}
COACHING: Facts = {"上市辅导备案日期": "2025-01-08"}

MEASURE_7 = [
    # G8 and the day of listing
    Case("OTC on the effective date", listed((GROWTH, "2024-12-12")), {OTC: "granted 600000.00"}),
    Case("OTC the day before", listed((GROWTH, "2024-12-11")), {OTC: "not_in_force"}),
    Case("OTC the day before, G8 b", listed((GROWTH, "2024-12-11")), {OTC: "granted 600000.00"}, {"G8": "b"}),
    Case(
        "OTC in 2021, G8 b",
        listed((GROWTH, "2021-12-31"), 认定记录=[title(day="2020-01-01")]),
        {OTC: "not_in_force"},
        {"G8": "b"},
    ),
    Case(
        "OTC on 2022-01-01, G8 b",
        listed((GROWTH, "2022-01-01"), 认定记录=[title(day="2020-01-01")]),
        {OTC: "granted 600000.00"},
        {"G8": "b"},
    ),
    Case("OTC on the day of assessment", listed((GROWTH, "2025-12-31")), {OTC: "granted 600000.00"}),
    Case("OTC the day after", listed((GROWTH, "2026-01-01")), {OTC: "not_applicable"}),
    # the title on the day of listing
    Case(
        "recognised on the day of listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(day="2025-06-01")]),
        {OTC: "granted 600000.00"},
    ),
    Case(
        "recognised the day after listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(day="2025-06-02")]),
        {OTC: "denied"},
    ),
    Case(
        "title to the day of listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-06-01")]),
        {OTC: "granted 600000.00"},
    ),
    Case(
        "title to the day before listing",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-05-31")]),
        {OTC: "denied"},
    ),
    Case(
        "lapsed title, G7 b",
        listed((GROWTH, "2025-06-01"), 认定记录=[title(until="2025-05-31")]),
        {OTC: "granted 600000.00"},
        {"G7": "b"},
    ),
    # the district on the day of listing
    Case("moved in the day after listing", listed((GROWTH, "2025-06-01"), 迁入日期="2025-06-02"), {OTC: "denied"}),
    Case(
        "moved in the day after listing, G6 b",
        listed((GROWTH, "2025-06-01"), 迁入日期="2025-06-02"),
        {OTC: "granted 600000.00"},
        {"G6": "b"},
    ),
    # R7.3: 600,000 once; b 600,000 on each board, and never twice on one
    Case("both boards", listed((GROWTH, "2025-06-01"), (SPECIAL, "2025-09-01")), {OTC: "granted 600000.00"}),
    Case(
        "both boards, R7.3 b",
        listed((GROWTH, "2025-06-01"), (SPECIAL, "2025-09-01")),
        {OTC: "granted 1200000.00"},
        {"R7.3": "b"},
    ),
    Case(
        "one board twice, R7.3 b",
        listed((GROWTH, "2025-06-01"), (GROWTH, "2025-09-01")),
        {OTC: "granted 600000.00"},
        {"R7.3": "b"},
    ),
    # an earlier listing that does not count leaves the award to the later one
    Case(
        "the first board was too early",
        listed((GROWTH, "2024-12-11"), (SPECIAL, "2025-09-01")),
        {OTC: "granted 600000.00"},
    ),
    # 新三板: 1,000,000 and 1,000,000
    Case("nowhere", listed(), {OTC: "not_applicable", NEEQ: "not_applicable", IPO: "not_applicable"}),
    Case("filed", listed(新三板备案日期="2025-01-06"), {NEEQ: "granted 1000000.00"}),
    Case("filed and listed", listed(**NEW_BOARD), {NEEQ: "granted 2000000.00"}),
    Case(
        "filed before the policy", listed(**NEW_BOARD | {"新三板备案日期": "2024-12-11"}), {NEEQ: "granted 1000000.00"}
    ),
    # R7.2 a: the select layer is never reached, whatever is written there
    Case(
        "select layer, R7.2 a",
        listed(**NEW_BOARD | {"新三板精选层挂牌日期": "2025-06-01"}),
        {NEEQ: "granted 2000000.00"},
    ),
    # R7.2 b: 1,000,000 + 1,000,000 + 2,000,000 = 4,000,000; R7.1 a 3,000,000, b 4,000,000, c 1,000,000 + 2,000,000
    Case("Beijing, R7.2 a", listed(**BEIJING), {NEEQ: "granted 2000000.00"}),
    Case("Beijing, R7.1 a R7.2 b", listed(**BEIJING), {NEEQ: "granted 3000000.00"}, {"R7.2": "b"}),
    Case("Beijing, R7.1 b R7.2 b", listed(**BEIJING), {NEEQ: "granted 4000000.00"}, {"R7.1": "b", "R7.2": "b"}),
    Case("Beijing, R7.1 c R7.2 b", listed(**BEIJING), {NEEQ: "granted 3000000.00"}, {"R7.1": "c", "R7.2": "b"}),
    # c without the base layer: 1,000,000 + 2,000,000; without the filing: 2,000,000
    Case(
        "Beijing without the base layer, R7.1 c R7.2 b",
        listed(**BEIJING | {"新三板基础创新层挂牌日期": None}),
        {NEEQ: "granted 3000000.00"},
        {"R7.1": "c", "R7.2": "b"},
    ),
    Case(
        "Beijing without the filing, R7.1 c R7.2 b",
        listed(**BEIJING | {"新三板备案日期": None}),
        {NEEQ: "granted 2000000.00"},
        {"R7.1": "c", "R7.2": "b"},
    ),
    Case("Shenzhen, R7.2 b", listed(**NEW_BOARD | SHENZHEN), {NEEQ: "granted 2000000.00"}, {"R7.2": "b"}),
    # IPO: 2,000,000 + 3,000,000 + 5,000,000
    Case("IPO through the stages", listed(**SHENZHEN), {IPO: "granted 10000000.00"}),
    Case("IPO, accepted on the day", listed(**SHENZHEN), {IPO: "granted 5000000.00"}, on=date(2025, 4, 1)),
    Case("IPO, the day before acceptance", listed(**SHENZHEN), {IPO: "granted 2000000.00"}, on=date(2025, 3, 31)),
    Case("IPO, the day before listing", listed(**SHENZHEN), {IPO: "granted 5000000.00"}, on=date(2025, 11, 2)),
    # R7.6: the filing of 2025-01-08 or the acceptance of 2025-03-02
    Case("coached, not accepted", listed(**COACHING), {IPO: "not_applicable"}),
    Case("coached, not accepted, R7.6 b", listed(**COACHING), {IPO: "granted 2000000.00"}, {"R7.6": "b"}),
    # R7.4: 5,000,000 for the one stage reached
    Case("Beijing is a domestic IPO", listed(**BEIJING), {IPO: "granted 5000000.00"}),
    Case("Beijing is none, R7.4 b", listed(**BEIJING), {IPO: "denied"}, {"R7.4": "b"}),
    Case("Shenzhen is one, R7.4 b", listed(**SHENZHEN), {IPO: "granted 10000000.00"}, {"R7.4": "b"}),
    Case(
        "exchange not settled, R7.4 b",
        listed(**SHENZHEN | {"首发上市交易所": None}),
        {IPO: "granted 10000000.00"},
        {"R7.4": "b"},
    ),
    Case(
        "exchange not known, R7.4 b", listed(**SHENZHEN | {"首发上市交易所": ABSENT}), {IPO: "unknown"}, {"R7.4": "b"}
    ),
    Case("exchange not known, R7.4 a", listed(**SHENZHEN | {"首发上市交易所": ABSENT}), {IPO: "granted 10000000.00"}),
    # R7.5 b: 10,000,000 − 600,000 − 2,000,000 = 7,400,000; with the first stage only max(0, 2,000,000 − 2,600,000) = 0
    Case(
        "the ladder stacks",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | SHENZHEN),
        {OTC: "granted 600000.00", NEEQ: "granted 2000000.00", IPO: "granted 10000000.00"},
    ),
    Case(
        "the ladder, R7.5 b",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | SHENZHEN),
        {OTC: "granted 600000.00", NEEQ: "granted 2000000.00", IPO: "granted 7400000.00"},
        {"R7.5": "b"},
    ),
    Case(
        "the ladder, first stage, R7.5 b",
        listed((GROWTH, "2025-01-02"), **NEW_BOARD | {"上市辅导验收日期": "2025-03-02"}),
        {IPO: "granted 0.00"},
        {"R7.5": "b"},
    ),
    # 600,000 from OTC alone: 2,000,000 − 600,000 = 1,400,000
    Case(
        "OTC then coaching, R7.5 b",
        listed((GROWTH, "2025-01-02"), 上市辅导验收日期="2025-03-02"),
        {IPO: "granted 1400000.00"},
        {"R7.5": "b"},
    ),
    # what is not known
    Case("OTC not known", firm(**dict.fromkeys(STAGES)), {OTC: "unknown"}),
    Case("a stage not known", listed(**SHENZHEN | {"首发上市日期": ABSENT}), {IPO: "granted 5000000.00"}),
]


@params(MEASURE_7)
def test_measure_7(policy: fayan.Policy, case: Case) -> None:
    check(policy, 7, case)


def test_an_unknown_stage_makes_the_sum_at_least(policy: fayan.Policy) -> None:
    facts = listed(**SHENZHEN | {"首发上市日期": ABSENT})
    ipo = policy.decide({"企业": facts}, on=date(2025, 12, 31)).measures[7].provisions[IPO]
    assert (ipo.amount, ipo.complete) == (Decimal("5000000.00"), False)
    assert names(ipo.missing) == ["首发上市日期"]


# ---------------------------------------------------------------- measure 8
SIX, EXPENSED, INTANGIBLE = "六税两费减征", "研发费用加计扣除", "无形资产加计摊销"


def taxed(*months: tuple[str, str], **facts: Any) -> Facts:
    base = {
        "小型微利企业": "是",
        "企业规模": "小型",
        "税费": [{"所属期": month, "六税两费": tax} for month, tax in months],
    }
    return firm(**base | facts)


def research(*years: tuple[int, str, str, str], **facts: Any) -> Facts:
    rows = [
        {"年度": year, "费用化支出": spent, "无形资产成本": cost, "摊销年限": life} for year, spent, cost, life in years
    ]
    return firm(**{"科技型中小企业": "是", "研发": rows} | facts)


SPENT = (2024, "200万元", "300万元", "10年")
AFTER = (2025, "200万元", "300万元", "10年")
NOT_LISTED: Facts = {"科技型中小企业": "否"}

MEASURE_8 = [
    # 200,000 × 50% = 100,000; the last month is December 2024 (R8.2)
    Case("December 2024", taxed(("2024-12", "20万元")), {SIX: "granted 100000.00"}),
    Case("January 2025", taxed(("2025-01", "20万元")), {SIX: "not_in_force"}),
    Case("January 2025, R8.2 b", taxed(("2025-01", "20万元")), {SIX: "granted 100000.00"}, {"R8.2": "b"}),
    Case(
        "December 2027, R8.2 b",
        taxed(("2027-12", "20万元")),
        {SIX: "granted 100000.00"},
        {"R8.2": "b"},
        date(2028, 6, 30),
    ),
    Case("January 2028, R8.2 b", taxed(("2028-01", "20万元")), {SIX: "not_in_force"}, {"R8.2": "b"}, date(2028, 6, 30)),
    Case("January 2022", taxed(("2022-01", "20万元"), 认定记录=[title(day="2021-06-01")]), {SIX: "granted 100000.00"}),
    Case("December 2021", taxed(("2021-12", "20万元"), 认定记录=[title(day="2021-06-01")]), {SIX: "not_in_force"}),
    # the title counts on the last day of the month
    Case(
        "recognised on the last day of the month",
        taxed(("2024-06", "20万元"), 认定记录=[title(day="2024-06-30")]),
        {SIX: "granted 100000.00"},
    ),
    Case("recognised a day later", taxed(("2024-06", "20万元"), 认定记录=[title(day="2024-07-01")]), {SIX: "denied"}),
    Case(
        "title to the day before", taxed(("2024-06", "20万元"), 认定记录=[title(until="2024-06-29")]), {SIX: "denied"}
    ),
    Case(
        "title to the day before, G7 b",
        taxed(("2024-06", "20万元"), 认定记录=[title(until="2024-06-29")]),
        {SIX: "granted 100000.00"},
        {"G7": "b"},
    ),
    # R8.1
    Case("small by tax law only", taxed(("2024-12", "20万元"), 企业规模="中型"), {SIX: "granted 100000.00"}),
    Case(
        "small by tax law only, R8.1 b", taxed(("2024-12", "20万元"), 企业规模="中型"), {SIX: "denied"}, {"R8.1": "b"}
    ),
    Case("small by size only", taxed(("2024-12", "20万元"), 小型微利企业="否"), {SIX: "denied"}),
    Case(
        "small by size only, R8.1 b",
        taxed(("2024-12", "20万元"), 小型微利企业="否"),
        {SIX: "granted 100000.00"},
        {"R8.1": "b"},
    ),
    Case(
        "micro, R8.1 b",
        taxed(("2024-12", "20万元"), 小型微利企业="否", 企业规模="微型"),
        {SIX: "granted 100000.00"},
        {"R8.1": "b"},
    ),
    # every item half up to 分: 100.01 × 50% = 50.005 → 50.01, twice: 100.02 (200.02 × 50% would be 100.01)
    Case("rounded by item", taxed(("2024-11", "100.01元"), ("2024-12", "100.01元")), {SIX: "granted 100.02"}),
    # R8.4: 2,000,000 × 100%; 3,000,000 × (200% − 100%) ÷ 10 = 300,000 a year
    Case("research in 2024", research(SPENT), {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"}),
    Case("research in 2025", research(AFTER), {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"}),
    Case(
        "research in 2025, R8.4 b",
        research(AFTER),
        {EXPENSED: "not_in_force", INTANGIBLE: "not_in_force"},
        {"R8.4": "b"},
    ),
    Case(
        "research in 2024, R8.4 b",
        research(SPENT),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"},
        {"R8.4": "b"},
    ),
    Case(
        "research in 2022",
        research((2022, "200万元", "0元", "10年"), 认定记录=[title(day="2022-12-31")]),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 0.00"},
    ),
    Case(
        "research in 2021",
        research((2021, "200万元", "0元", "10年"), 认定记录=[title(day="2020-12-31")]),
        {EXPENSED: "not_in_force"},
    ),
    # the title counts on 31 December
    Case(
        "recognised after the year",
        research(SPENT, 认定记录=[title(day="2025-01-01")]),
        {EXPENSED: "denied", INTANGIBLE: "denied"},
    ),
    # R8.5
    Case("not on the list", research(SPENT, **NOT_LISTED), {EXPENSED: "denied", INTANGIBLE: "denied"}),
    Case(
        "not on the list, R8.5 b",
        research(SPENT, **NOT_LISTED),
        {EXPENSED: "granted 2000000.00", INTANGIBLE: "granted 300000.00"},
        {"R8.5": "b"},
    ),
    Case(
        "on no list, no title, R8.5 b", research(SPENT, **NOT_LISTED, 认定记录=[]), {EXPENSED: "denied"}, {"R8.5": "b"}
    ),
    # 1,000,000 ÷ 3 = 333,333.333… → 333,333.33; two years: 333,333.33 × 2 = 666,666.66
    Case(
        "thirds",
        research((2023, "0元", "100万元", "3年"), (2024, "0元", "100万元", "3年")),
        {INTANGIBLE: "granted 666666.66", EXPENSED: "granted 0.00"},
    ),
    # what is not known
    Case("months not known", firm(小型微利企业="是"), {SIX: "unknown"}),
    Case("small or not is not known", taxed(("2024-12", "20万元"), 小型微利企业=ABSENT), {SIX: "unknown"}),
    Case(
        "small or not is not known, out of time",
        taxed(("2025-01", "20万元"), 小型微利企业=ABSENT),
        {SIX: "not_in_force"},
    ),
    Case("no months", taxed(), {SIX: "not_applicable"}),
]


@params(MEASURE_8)
def test_measure_8(policy: fayan.Policy, case: Case) -> None:
    check(policy, 8, case)


def test_unlike_things_are_never_added(policy: fayan.Policy) -> None:
    # cash 100,000 (recognition) · relief 180,000 · tax 100,000 · deduction 2,000,000 + 300,000
    facts = firm(租赁=SMALL) | {"小型微利企业": "是", "税费": [{"所属期": "2024-12", "六税两费": "20万元"}]}
    facts |= {"OTC挂牌": [], **dict.fromkeys(STAGES), "科技型中小企业": "是", "研发": research(SPENT)["研发"]}
    decision = policy.decide({"企业": facts}, on=date(2025, 12, 31))
    totals = {nature: (total.amount, total.payable) for nature, total in decision.totals.items()}
    assert totals == {
        "cash": (Decimal("100000.00"), Decimal("100000.00")),
        "relief": (Decimal("180000.00"), Decimal("180000.00")),
        "tax": (Decimal("100000.00"), None),
        "deduction": (Decimal("2300000.00"), None),
    }


# ---------------------------------------------------------------- measure 19
SCORED = "评审价格扣除"


def bid(price: str, cut: str | object, reserved: bool = False, name: str = "甲") -> Facts:
    row = {"项目": name, "预留份额": reserved, "报价": price, "价格扣除比例": cut}
    return {key: value for key, value in row.items() if value is not ABSENT}


def bids(*rows: Facts, size: str | object = "小型") -> Facts:
    return firm(企业规模=size, 采购投标=list(rows))


MEASURE_19 = [
    # 1,000,000 × (1 − 10%) = 900,000
    Case("small", bids(bid("100万元", "10%")), {SCORED: "granted 900000.00"}),
    Case("micro", bids(bid("100万元", "10%"), size="微型"), {SCORED: "granted 900000.00"}),
    Case("medium", bids(bid("100万元", "10%"), size="中型"), {SCORED: "denied"}),
    Case("large", bids(bid("100万元", "10%"), size="大型"), {SCORED: "denied"}),
    Case("reserved", bids(bid("100万元", "10%", reserved=True)), {SCORED: "not_applicable"}),
    Case("no bids", bids(), {SCORED: "not_applicable"}),
    Case("nothing taken off", bids(bid("100万元", "0%")), {SCORED: "granted 1000000.00"}),
    # 99,999.99 × 94% = 93,999.9906 → 93,999.99
    Case("rounded", bids(bid("99999.99元", "6%")), {SCORED: "granted 93999.99"}),
    # 900,000 + 500,000 × 80% = 1,300,000; the reserved one does not count
    Case(
        "three",
        bids(bid("100万元", "10%"), bid("50万元", "20%", name="乙"), bid("9万元", "20%", True, "丙")),
        {SCORED: "granted 1300000.00"},
    ),
    # R19.2: the size class, whatever R8.1 says
    Case("R8.1 b changes nothing", bids(bid("100万元", "10%")), {SCORED: "granted 900000.00"}, {"R8.1": "b"}),
    # no title is asked for, nor the district
    Case("no title", bids(bid("100万元", "10%")) | {"认定记录": [], "区内企业": "否"}, {SCORED: "granted 900000.00"}),
    Case("rate not known", bids(bid("100万元", ABSENT)), {SCORED: "unknown"}),
    Case("size not known", bids(bid("100万元", "10%"), size=ABSENT), {SCORED: "unknown"}),
]


@params(MEASURE_19)
def test_measure_19(policy: fayan.Policy, case: Case) -> None:
    check(policy, 19, case)


# ---------------------------------------------------------------- the other measures, in short
MEASURES = [
    ("car maker", {"产业领域": ["汽车"]}, {1: "discretionary", 2: "denied", 4: "unknown"}),
    ("food maker", {"产业领域": [], "初创企业": "否", "汽车电子方向": []}, {1: "denied", 2: "denied", 4: "denied"}),
    ("AI start-up", {"产业领域": ["人工智能"], "初创企业": "是", "所在园区": "其他"}, {1: "discretionary", 2: "denied"}),
    ("software start-up in 三龙地区", {"产业领域": ["软件和信息服务业"], "初创企业": "是", "所在园区": "三龙地区"}, {1: "denied", 2: "discretionary"}),
    ("software start-up elsewhere", {"产业领域": ["软件和信息服务业"], "初创企业": "是", "所在园区": "创新经济走廊"}, {2: "denied"}),
    ("car electronics start-up", {"产业领域": ["汽车电子"], "初创企业": "是", "所在园区": "创新经济走廊"}, {2: "discretionary", 4: "discretionary"}),
    ("cockpits", {"产业领域": [], "汽车电子方向": ["智能座舱"]}, {4: "discretionary"}),
    ("no title", {"认定记录": []}, {6: "denied", 12: "denied", 13: "denied", 14: "denied", 15: "not_applicable", 18: "denied", 20: "denied"}),
    ("title", {}, {6: "unknown", 10: "duty", 12: "discretionary", 13: "discretionary", 15: "unknown", 18: "unknown"}),
    ("green", {"绿色化改造": "是", "数字化新模式": "否"}, {6: "discretionary"}),
    ("key project", {"产业领域": ["新材料"], "重大创新攻关项目": "是"}, {9: "discretionary"}),
    ("key project elsewhere", {"产业领域": ["电子"], "重大创新攻关项目": "是"}, {9: "denied"}),
    ("incubator", {"产业领域": ["战略性新兴产业"], "孵化器建设主体": "是"}, {11: "discretionary"}),
    ("in the reserve", {"拟上市企业储备库": "是"}, {14: "granted"}),
    ("not in the reserve", {"拟上市企业储备库": "否"}, {14: "discretionary"}),
    ("has someone", {"服务专员": "张三", "已获培训服务": "是"}, {15: "duty_met", 17: "duty_met"}),
    ("has no one", {"服务专员": None, "已获培训服务": "否"}, {15: "duty_unmet", 17: "duty_unmet"}),
    ("quality prize", {"申报质量奖": ["中国质量奖"], "发明专利": "否", "参与标准化工作": "否"}, {18: "discretionary"}),
    ("shown this year", {"宣传标杆年度": [2024, 2025]}, {20: "granted"}),
    ("shown last year", {"宣传标杆年度": [2024]}, {20: "discretionary"}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in MEASURES], ids=[row[0] for row in MEASURES])
def test_the_other_measures(policy: fayan.Policy, facts: Facts, expected: dict[int, str]) -> None:
    decision = policy.decide({"企业": firm(**facts)}, on=date(2025, 12, 31))
    assert {number: decision.measures[number].status for number in expected} == expected


def test_targets_are_told_from_the_whole_district(policy: fayan.Policy) -> None:
    # 180 reaches 180; 22 does not reach 23; 40 ÷ 100 reaches 40%
    whole = {
        "市级专精特新企业数": 180,
        "国家小巨人企业数": 22,
        "汽车电子企业数": 100,
        "汽车电子专精特新企业数": 40,
        "上市专精特新企业数": 4,
    }
    decision = policy.decide({"企业": firm(), "全区": whole}, on=date(2025, 12, 31))
    assert [provision.status for provision in decision.measures[0].provisions.values()] == [
        "target_met",
        "target_unmet",
    ]
    assert decision.measures[4].provisions["汽车电子企业专精特新普及率"].status == "target_met"
    assert decision.measures[14].provisions["上市专精特新企业数量"].status == "target_unmet"
    alone = policy.decide({"企业": firm()}, on=date(2025, 12, 31))
    assert [provision.status for provision in alone.measures[0].provisions.values()] == ["target", "target"]


def test_services_are_checked_one_by_one(policy: fayan.Policy) -> None:
    decision = policy.decide({"企业": firm(已获三方服务=["法律援助", "人才培养"])}, on=date(2025, 12, 31))
    statuses = {name: provision.status for name, provision in decision.measures[16].provisions.items()}
    assert statuses == {
        "法律援助": "duty_met",
        "企业管理": "duty_unmet",
        "专利申报": "duty_unmet",
        "政务代办": "duty_unmet",
        "人才培养": "duty_met",
    }


# ---------------------------------------------------------------- the example files and the examples in the policy
#: file, day, readings, provision → amount
EXAMPLES: list[tuple[str, date, dict[str, str], dict[str, str]]] = [
    # 5 × 8000 × 12 = 480,000; 5 × 1500 × 12 = 90,000 → 500,000 − 480,000; (15.56% + 24.04%) ÷ 2 > 10%
    ("小巨人", date(2025, 12, 31), {}, {STATE: "480000", IDLE: "20000", FIRST: "500000", LATER_REVIEW: "250000"}),
    # 20.01 is more than 20, 20 is not: 5 × 3000 × 12 = 180,000
    ("恰好两成", date(2025, 12, 31), {}, {STATE: "0"}),
    ("恰好两成", date(2025, 12, 31), {"R3.2": "b"}, {STATE: "180000"}),
    # 10,000,000 − 600,000 − 2,000,000 = 7,400,000
    ("上市", date(2026, 12, 31), {}, {OTC: "600000", NEEQ: "2000000", IPO: "10000000"}),
    ("上市", date(2026, 12, 31), {"R7.5": "b"}, {IPO: "7400000"}),
    ("上市", date(2026, 12, 31), {"R7.3": "b"}, {OTC: "1200000"}),
    ("缺材料", date(2025, 12, 31), {}, {STATE: "0", IDLE: "0", FIRST: "0"}),
    # 18,650.37 ÷ 2 = 9,325.185 → 9,325.19; 21,004.45 ÷ 2 = 10,502.225 → 10,502.23; together 19,827.42
    # 600,000 ÷ 7 = 85,714.2857…; 1,000,000 × 90% + 645,000 × 80% = 1,416,000
    (
        "小微企业",
        date(2025, 6, 30),
        {},
        {SIX: "19827.42", EXPENSED: "2100000", INTANGIBLE: "85714.29", SCORED: "1416000"},
    ),
    # 19,200 ÷ 2 = 9,600 for January 2025
    ("小微企业", date(2025, 6, 30), {"R8.2": "b"}, {SIX: "29427.42"}),
    # 10,600 ÷ 8,200 − 1 = 29.27%; 5 × 5200 × 12 = 312,000
    ("区外企业", date(2025, 12, 31), {}, {STATE: "0", FIRST: "0", LATER_REVIEW: "0", OTC: "0"}),
    ("区外企业", date(2025, 12, 31), {"R3.13": "b"}, {STATE: "312000"}),
    # the municipal title is of 2020: its first review 100,000, the next 50,000; the national one 500,000, under b 400,000
    ("两个称号", date(2025, 12, 31), {}, {FIRST: "500000", FIRST_REVIEW: "100000", LATER_REVIEW: "50000"}),
    ("两个称号", date(2025, 12, 31), {"R5.1": "b"}, {FIRST: "400000", FIRST_REVIEW: "100000", LATER_REVIEW: "50000"}),
    ("两个称号", date(2025, 12, 31), {"R5.2": "b"}, {LATER_REVIEW: "0"}),
    # 5 × 2400 × 12 = 144,000
    ("已兑付", date(2025, 12, 31), {}, {STATE: "144000", FIRST: "100000", LATER_REVIEW: "50000"}),
]


@pytest.mark.parametrize(("file", "on", "readings", "expected"), EXAMPLES)
def test_example_files(
    policy: fayan.Policy, file: str, on: date, readings: dict[str, str], expected: dict[str, str]
) -> None:
    decision = policy.decide(ROOT / "examples" / f"{file}.yaml", on=on, readings=readings)
    provisions = {name: each for measure in decision.measures.values() for name, each in measure.provisions.items()}
    assert {name: provisions[name].amount for name in expected} == {name: Decimal(it) for name, it in expected.items()}


def test_example_files_are_all_tried_and_say_they_are_invented() -> None:
    files = {path.stem: path.read_text("utf-8") for path in (ROOT / "examples").glob("*.yaml")}
    assert set(files) == {file for file, *_ in EXAMPLES}
    assert all(text.startswith("# 虚构的企业") and "（虚构）" in text for text in files.values())


def test_what_was_paid_is_set_off_in_the_example_file(policy: fayan.Policy) -> None:
    # rent 144,000 − 80,000 = 64,000; recognition 100,000 − 100,000 = 0; the payment for a 首次复核 that is none meets no item
    decision = policy.decide(ROOT / "examples" / "已兑付.yaml", on=date(2025, 12, 31))
    payable = {STATE: decision.measures[3].provisions[STATE], FIRST: decision.measures[5].provisions[FIRST]}
    assert {name: each.payable for name, each in payable.items()} == {
        STATE: Decimal("64000.00"),
        FIRST: Decimal("0.00"),
    }
    assert [payment.row["事项"] for payment in decision.unmatched_payments] == [FIRST_REVIEW]


def test_every_option_of_every_computed_reading_is_tried(policy: fayan.Policy) -> None:
    cases = [*MEASURE_3, *MEASURE_5, *MEASURE_7, *MEASURE_8, *MEASURE_19]
    tried = {choice for case in cases for choice in case.readings.items()} | {("G4", "b")}  # G4: OFFSETS
    computed = {
        (reading.id, option)
        for reading in policy.program.readings
        if reading.uncomputed is None
        for option, _ in reading.options[1:]
    }
    assert len(computed) == 37
    assert computed - tried == set()


def test_every_reading_of_the_contract_is_declared(policy: fayan.Policy) -> None:
    computed = "G2 G4 G6 G7 G8 R3.1 R3.2 R3.3 R3.4 R3.5 R3.6 R3.7 R3.8 R3.9 R3.13 R5.1 R5.2 R5.3 R5.4 R5.5"
    computed += " R7.1 R7.2 R7.3 R7.4 R7.5 R7.6 R8.1 R8.2 R8.4 R8.5"
    declared = "G1 G3 G5 G9 G10 G11 R3.10 R3.11 R3.12 R5.6 R5.7 R5.8 R5.9 R7.7 R7.8 R8.3 R8.6 R19.1 R19.2 R19.3 R20.1"
    readings = policy.program.readings
    assert {each.id for each in readings if each.uncomputed is None} == set(computed.split())
    assert {each.id for each in readings if each.uncomputed is not None} == set(declared.split())
