"""A case written out as a 示例 block that can be pasted into a policy."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from fayan.examples.trial import STATUS, yuan
from fayan_runtime import ir
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.explain.numbers import decimals, fixed
from fayan_runtime.units import unit_of
from fayan_runtime.values import Absent, Facts, Failed, Unknown, exact


class NotWritable(Exception):
    """Something an example cannot say: part of a row that is not known, a number without an end. Never leaves the caller's module."""


def example(
    title: str, program: ir.Program, facts: Facts, names: set[str], on: date, chosen: dict[str, str], told: str
) -> str:
    """The block with the facts of these names; ``told`` is what comes out of what."""
    lines = [f"示例 {title}", f"    评估日 {day(on)}"]
    for scope in program.scopes:
        for fact in scope.facts:
            value: Any = facts.scopes[scope.name][fact.name]
            if fact.name in names and not isinstance(value, Absent):
                lines += given(fact, value)
    readings = "".join(f"{id} {option} " for id, option in chosen.items())
    return "\n".join([*lines, f"    则 {readings}{told}", ""])


def worth(value: Any, type: ir.Type) -> str:
    """What a definition comes to."""
    if isinstance(value, Failed) or value is None:
        raise NotWritable
    return "不明" if isinstance(value, Unknown) else f"为 {cell(value, type)}"


def outcome(rule: ProvisionDecision) -> str:
    if rule.status == "granted" and rule.exact_amount is not None:
        return f"得 {yuan(rule.exact_amount)}"
    failing = list(
        dict.fromkeys(each.condition for each in rule.reasons if each.holds is False and each.role != "among")
    )
    because = f" 因 {failing[0]}" if rule.status == "denied" and len(failing) == 1 and " " not in failing[0] else ""
    return STATUS[rule.status] + because


def given(fact: ir.FactDecl, value: Any) -> list[str]:
    if not fact.is_list:
        return [f"    设 {fact.name} {cell(value, fact.type)}"]
    rows = [value[year] for year in sorted(value)] if fact.series else value
    if not rows:
        return [] if fact.series else [f"    设 {fact.name} 无"]
    unknown = {name for row in rows for name, each in row.items() if isinstance(each, Absent)}
    if any(not isinstance(row[name], Absent) for name in unknown for row in rows):
        raise NotWritable
    columns = [each for each in fact.fields if each.name not in unknown]
    table = [[each.name for each in columns]] + [[cell(row[each.name], each.type) for each in columns] for row in rows]
    return [f"    设 {fact.name}"] + [f"        {' '.join(row)}" for row in table]


def cell(value: Any, type: ir.Type) -> str:
    """A value as a policy writes it."""
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, frozenset):
        return "、".join(f"{each}年" if isinstance(each, int) else each for each in sorted(value)) or "无"
    if type.kind == "year":
        return f"{value}年"
    if type.kind == "month":
        return f"{value // 12}年{value % 12 + 1}月"
    if isinstance(value, (int, Fraction)):
        return number(value, type)
    return f"“{value}”" if type.kind == "text" else str(value)


def number(value: int | Fraction, type: ir.Type) -> str:
    if type.unit == (("元", 1),):
        return yuan(value) if decimals(value, 2) is not None else plain(value, "元")
    unit = unit_of(type.shown) if type.shown else None
    return plain(exact(Fraction(value) / unit[1]) if unit else value, type.shown)


def plain(value: int | Fraction, unit: str) -> str:
    places = decimals(value)
    if places is None:
        raise NotWritable
    return fixed(value, places).replace(",", "") + unit


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
