"""A reading changes what readings.md of the contract names, and nothing else: over random enterprises, every option of every reading."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from fayan_compiler.targets.python.closure import Closure, compile_closure
from fayan_runtime import ir
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.values import Facts, Unknown
from tests.randomly import facts as random_facts
from tests.randomly.schema import BOOL
from tests.reference_policy import reference_policy

Name = tuple[int, str]
RENT, IDLE = (3, "国有厂房租金减免"), (3, "社会闲置厂房租金补贴")
FIRST, FIRST_REVIEW, LATER_REVIEW = (5, "首次认定"), (5, "首次复核"), (5, "后续复核")
OTC, NEEQ, IPO = (7, "OTC挂牌"), (7, "新三板挂牌"), (7, "首发上市")
SIX, EXPENSED, INTANGIBLE = (8, "六税两费减征"), (8, "研发费用加计扣除"), (8, "无形资产加计摊销")
MEASURE_3, MEASURE_5, MEASURE_7, MEASURE_8 = (
    {RENT, IDLE}, {FIRST, FIRST_REVIEW, LATER_REVIEW}, {OTC, NEEQ, IPO}, {SIX, EXPENSED, INTANGIBLE}
)  # fmt: skip

#: Row by row: what a reading may change, the others as under a. R3.4 a, R3.5 a: the idle route is filled last, so nothing of it
#: reaches the other. R5.5 a: the mean growth is asked at later reviews only. R7.5 a: nothing of OTC and 新三板 reaches the IPO.
NAMED = {
    "G2": MEASURE_3 | MEASURE_5 | MEASURE_7 | MEASURE_8,  # 'last event day', of whatever has an event
    "G4": MEASURE_3 | MEASURE_5 | MEASURE_7,  # payments of measures 3, 5 and 7
    "G6": MEASURE_3 | MEASURE_5 | MEASURE_7,
    "G7": MEASURE_3 | MEASURE_7 | MEASURE_8,
    "G8": MEASURE_3 | MEASURE_7,
    "R3.1": MEASURE_3 | {LATER_REVIEW},
    "R3.2": MEASURE_3,
    "R3.3": MEASURE_3,
    "R3.4": {IDLE},
    "R3.5": {IDLE},
    "R3.6": MEASURE_3,
    "R3.7": MEASURE_3,
    "R3.8": MEASURE_3,
    "R3.9": MEASURE_3,
    "R3.13": MEASURE_3,
    "R5.1": MEASURE_5,
    "R5.2": {LATER_REVIEW},
    "R5.3": {LATER_REVIEW},
    "R5.4": {FIRST_REVIEW, LATER_REVIEW},
    "R5.5": {FIRST_REVIEW},
    "R7.1": {NEEQ},
    "R7.2": {NEEQ},
    "R7.3": {OTC},
    "R7.4": {IPO},
    "R7.5": {IPO},
    "R7.6": {IPO},
    "R8.1": {SIX},
    "R8.2": {SIX},
    "R8.4": {EXPENSED, INTANGIBLE},
    "R8.5": {EXPENSED, INTANGIBLE},
}
#: Under a of the others these change nothing: 精选层 (R7.2) is what takes 新三板 over 3,000,000.
WITH_OTHERS = {"R7.1"}
#: Everything of an enterprise that the figures of the district count.
COUNTED = ["现为市级企业", "现为小巨人", "区内汽车电子企业", "区内汽车电子专精特新企业", "区内上市专精特新企业"]
DAYS = [date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31), date(2027, 6, 30), date(2030, 12, 31)]


@cache
def closure() -> Closure:
    return compile_closure(reference_policy().program)


def enterprise(seed: int) -> Facts:
    """Two in three on the thresholds of growth; one in three has grown, stays where it is and rents much."""
    growing = {
        "元1": (50_000_000, 60_000_000, 66_000_000, 75_000_000, 95_000_000),
        "year": (2022, 2023, 2024, 2025, 2026),
    }
    facts = random_facts.real_facts(
        reference_policy().program, seed, (0.0, 0.03)[seed % 2], **(growing if seed % 3 else {})
    )
    if seed % 3 == 2:
        own: dict[str, Any] = facts.scopes["企业"]
        own.update(区内企业=True, 迁入日期=None, 首发上市交易所="北交所")
        own["租赁"] = [
            {"年度": 2025 + seed % 2, "房源": house, "面积": 10_000, "租金": rent, "租用月数": months}
            for house, rent, months in (("国有厂房", 26, 6), ("国有厂房", 22, 1), ("社会闲置厂房", 26, 6))
        ]
        own["税费"] = [{"所属期": year * 12, "六税两费": 100_000} for year in (2024, 2026, 2028)]
        own["认定记录"] = [{"级别": "市级专精特新", "日期": date(2023, 6, 30), "有效期至": None}]
        own["已兑付"] = [
            {"措施": 5, "事项": "首次认定", "日期": date(2023, 6, 30), "金额": 40_000, "依据": "渝北府办发〔2022〕38号"}
        ]
        if not isinstance(own["年度经营"], Unknown):
            for number, row in enumerate(own["年度经营"].values()):
                row["产值"] = row["主营业务收入"] = 50_000_000 * (13, 12, 11)[seed // 3 % 3] ** number // 10**number
    return facts


def decided(facts: Facts, on: date, readings: dict[str, str], counted: bool = False) -> dict[Name, object]:
    """Provisions and what figures of the district count. What the other readings would give is left out."""
    program = reference_policy().program
    found: dict[Name, object] = {
        (each.measure, each.name): (
            each.status, each.exact_amount, each.exact_paid, each.exact_payable, each.complete, each.missing,
            [(item.of, item.name, item.date, item.status, item.amount, item.payable) for item in each.items],
        )
        for each in closure().decide(facts, on, readings, reasons=False).provisions()
    }  # fmt: skip
    if counted:
        env = Env(program, facts, on, {**closure().defaults, **readings})
        for name in COUNTED:
            found[0, name] = repr(evaluate(ir.Call(type=BOOL, function=name, args=()), env))
    return found


def test_a_reading_changes_what_it_names_and_nothing_else() -> None:
    program = reference_policy().program
    readings = {each.id: [option for option, _ in each.options[1:]] for each in program.readings if not each.uncomputed}
    assert readings.keys() == NAMED.keys()
    changed: dict[str, set[Name]] = {reading: set() for reading in NAMED}
    for seed in range(150):
        facts, on = enterprise(seed), DAYS[seed // 3 % len(DAYS)]
        as_a = decided(facts, on, {}, seed % 5 == 0)
        for reading, options in readings.items():
            other = decided(facts, on, {reading: options[seed // 2 % len(options)]}, seed % 5 == 0)
            changed[reading] |= {name for name in as_a if as_a[name] != other[name]}
    assert {reading: names - NAMED[reading] for reading, names in changed.items() if names - NAMED[reading]} == {}
    assert {reading for reading, names in changed.items() if not names} == WITH_OTHERS


def test_under_any_other_readings_a_reading_stays_within_its_measures() -> None:
    program = reference_policy().program
    changed: dict[str, set[int]] = {reading: set() for reading in NAMED}
    for seed in range(150):
        facts, on = enterprise(seed), DAYS[seed // 3 % len(DAYS)]
        readings = random_facts.random_readings(program, seed)
        before = decided(facts, on, readings)
        for reading in NAMED:
            options = [option for option, _ in next(each.options for each in program.readings if each.id == reading)]
            following = options[(options.index(readings[reading]) + 1) % len(options)]
            after = decided(facts, on, {**readings, reading: following})
            changed[reading] |= {name[0] for name in before if before[name] != after[name]}
    assert changed == {reading: {measure for measure, _ in named} for reading, named in NAMED.items()}
