"""Measures 3, 5 and 7 as a careful programr would write them by hand: known facts, the default readings, no explanation.

It is what the fast evaluator is timed against, and a third opinion on its answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
#: Path of the item, event day, status, amount, part already paid, still payable.
Line = tuple[str, date, str, Any, Any, Any]
#: What a provision gives: status, amount, part already paid, still payable, and its items.
Answer = tuple[str, Any, Any, Any, list[Line]]

EFFECTIVE = date(2024, 12, 12)
FROM_2022 = date(2022, 1, 1)
FIRST = {"市级专精特新": 100_000, "国家小巨人": 500_000}
REVIEW = {"市级专精特新": 50_000, "国家小巨人": 250_000}


def decide(facts: Row, on: date) -> dict[str, Answer]:
    """What the enterprise gets by the day ``on``, for each provision."""
    if on < EFFECTIVE:
        return {}
    found = {**rent(facts, on), **titles(facts, on), **listing(facts, on)}
    return {name: answer(lines) for name, lines in found.items()}


def answer(lines: list[Line]) -> Answer:
    status = "not_applicable"
    amount: Any = 0
    paid: Any = 0
    payable: Any = 0
    for _, _, each, own, covered, left in lines:
        if each == "granted" or status != "granted":
            status = each if each != "not_in_force" or status != "denied" else status
        amount += own
        paid += covered
        payable += left
    return status, amount, paid, payable, lines


# ---------------------------------------------------------------- what several measures share


def in_district(facts: Row, day: date) -> bool:
    moved_in, moved_out = facts["迁入日期"], facts["迁出日期"]
    if moved_in is not None and moved_in > day:
        return False
    return facts["区内企业"] or (moved_out is not None and day < moved_out)


def has_title(facts: Row, day: date) -> bool:
    for row in facts["认定记录"]:
        if row["日期"] <= day and (row["有效期至"] is None or row["有效期至"] >= day):
            return True
    return any(
        row["通过"] and row["日期"] <= day and row["有效期至"] is not None and row["有效期至"] >= day
        for row in facts["复核记录"]
    )


def growth(facts: Row, year: int) -> Fraction:
    name = "产值" if facts["行业门类"] == "工业" else "主营业务收入"
    return Fraction(facts["年度经营"][year][name], facts["年度经营"][year - 1][name]) - 1


def fen(amount: Any) -> Any:
    return amount if isinstance(amount, int) else Fraction((amount * 200 + 1) // 2, 100)


def paid_for(facts: Row, measure: int, name: str) -> list[Row]:
    return [row for row in facts["已兑付"] if row["措施"] == measure and row["事项"] == name]


def settle(
    items: Iterable[tuple[str, date, str, Any]], payments: list[Row], same: Callable[[date], Any] = lambda day: day
) -> list[Line]:
    """Set payments for the same event off, in the order of the items; what is left over belongs to the last of them."""
    listed = list(items)
    left: dict[Any, Any] = {}
    for row in payments:
        left[same(row["日期"])] = left.get(same(row["日期"]), 0) + row["金额"]
    last = {same(day): number for number, (_, day, _, _) in enumerate(listed)}
    lines = []
    for number, (of, day, status, amount) in enumerate(listed):
        event = same(day)
        paid = left.get(event, 0)
        if last[event] != number:
            paid = min(paid, amount)
        if event in left:
            left[event] -= paid
        lines.append((of, day, status, amount, paid, max(0, amount - paid) if status == "granted" else 0))
    return lines


# ---------------------------------------------------------------- the measures


def rent(facts: Row, on: date) -> dict[str, list[Line]]:
    """Measure 3. One ceiling a year for both routes, filled with state-owned premises first."""
    left: dict[int, Any] = {}
    result = {}
    for name, premises in (("国有厂房租金减免", "国有厂房"), ("社会闲置厂房租金补贴", "社会闲置厂房")):
        items = []
        for index, lease in enumerate(facts["租赁"]):
            year = lease["年度"]
            day = date(year, 12, 31)
            if lease["房源"] != premises or day > on:
                continue
            amount: Any = 0
            if day < EFFECTIVE:
                status = "not_in_force"
            elif not (
                lease["租金"] > 20
                and has_title(facts, day)
                and in_district(facts, day)
                and growth(facts, year - 1) > Fraction(1, 5)
            ):
                status = "denied"
            else:
                status = "granted"
                amount = min(fen(5 * lease["面积"] * lease["租用月数"]), left.get(year, 500_000))
                left[year] = left.get(year, 500_000) - amount
            items.append((f"租赁[{index}]", day, status, amount))
        result[name] = settle(items, paid_for(facts, 3, name), lambda day: day.year)
    return result


def titles(facts: Row, on: date) -> dict[str, list[Line]]:
    """Measure 5."""
    first = []
    earliest: dict[str, tuple[date, int]] = {}
    for index, row in enumerate(facts["认定记录"]):
        key = (row["日期"], index)
        if row["级别"] not in earliest or key < earliest[row["级别"]]:
            earliest[row["级别"]] = key
    for index, row in enumerate(facts["认定记录"]):
        level, day = row["级别"], row["日期"]
        if day <= on and earliest[level][1] == index:
            granted = day >= FROM_2022 and in_district(facts, day)
            first.append(
                (f"认定记录[{index}]", day, "granted" if granted else "denied", FIRST[level] if granted else 0)
            )
    passed: dict[str, date] = {}
    for row in facts["复核记录"]:
        if row["通过"]:
            passed[row["级别"]] = min(row["日期"], passed.get(row["级别"], row["日期"]))
    old = {row["级别"] for row in facts["认定记录"] if row["日期"] < FROM_2022}
    again, later = [], []
    for index, row in enumerate(facts["复核记录"]):
        level, day = row["级别"], row["日期"]
        if not row["通过"] or day > on:
            continue
        of = f"复核记录[{index}]"
        if level in old and day == passed[level]:
            granted = in_district(facts, day)
            again.append((of, day, "granted" if granted else "denied", FIRST[level] if granted else 0))
        else:
            granted = in_district(facts, day)
            granted = granted and (growth(facts, day.year - 1) + growth(facts, day.year - 2)) / 2 > Fraction(1, 10)
            later.append((of, day, "granted" if granted else "denied", REVIEW[level] if granted else 0))
    return {
        "首次认定": settle(first, paid_for(facts, 5, "首次认定")),
        "首次复核": settle(again, paid_for(facts, 5, "首次复核")),
        "后续复核": settle(later, paid_for(facts, 5, "后续复核")),
    }


def listing(facts: Row, on: date) -> dict[str, list[Line]]:
    """Measure 7. Both ceilings are filled in the order of event days."""
    boards = [(f"OTC挂牌[{index}]", row["日期"], 600_000) for index, row in enumerate(facts["OTC挂牌"])]
    neeq = [
        ("新三板备案日期", facts["新三板备案日期"], 1_000_000),
        ("新三板基础创新层挂牌日期", facts["新三板基础创新层挂牌日期"], 1_000_000),
    ]
    ipo = [
        ("上市辅导验收日期", facts["上市辅导验收日期"], 2_000_000),
        ("上市申请受理日期", facts["上市申请受理日期"], 3_000_000),
        ("首发上市日期", facts["首发上市日期"], 5_000_000),
    ]
    result = {}
    for name, stages, ceiling in (
        ("OTC挂牌", boards, 600_000),
        ("新三板挂牌", neeq, 3_000_000),
        ("首发上市", ipo, None),
    ):
        items = []
        for of, day, amount in stages:
            if day is None or day > on:
                continue
            if day < EFFECTIVE:
                items.append((of, day, "not_in_force", 0))
            elif in_district(facts, day) and has_title(facts, day):
                items.append((of, day, "granted", amount))
            else:
                items.append((of, day, "denied", 0))
        if ceiling is not None:
            left = ceiling
            for number in sorted(range(len(items)), key=lambda number: items[number][1]):
                of, day, status, amount = items[number]
                items[number] = (of, day, status, min(amount, left))
                left -= items[number][3]
        result[name] = settle(items, paid_for(facts, 7, name))
    return result
