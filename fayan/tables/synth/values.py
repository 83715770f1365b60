"""Values of any declared type: around the figures and days the policy itself names, where one more or less makes the difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np
from attrs import frozen

from fayan.tables.cells import type_in
from fayan.tables.synth.draws import Ints, Rows
from fayan_runtime import ir
from fayan_runtime.one_value import is_ratio
from fayan_runtime.tables import DIGITS, Column
from fayan_runtime.walk import inside

FIRST_YEAR, LAST_YEAR = 2020, 2026
_EPOCH = date(1970, 1, 1).toordinal()
#: How large numbers of a unit are: (least, most) in base units.
_RANGES: dict[str, tuple[int, int]] = {
    "元": (10_000, 1_000_000_000),
    "平方米": (50, 30_000),
    "元·平方米^-1·月^-1": (5, 60),
    "月": (1, 36),
    "人": (3, 2000),
}


def days(text: str) -> int:
    return date.fromisoformat(text).toordinal() - _EPOCH


@frozen
class Values:
    """``numbers`` and ``dates`` are those of the policy, by unit."""

    members: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[Fraction, ...]]
    dates: tuple[int, ...]

    @classmethod
    def of(cls, program: ir.Program) -> Values:
        numbers: dict[str, set[Fraction]] = {}
        dates = {program.effective.toordinal() - _EPOCH} if program.effective else set()
        for expr in inside((program.functions, program.provisions, program.adjustments)):
            if not isinstance(expr, ir.Const):
                continue
            value = expr.value
            if isinstance(value, date):
                dates.add(value.toordinal() - _EPOCH)
            elif isinstance(value, (int, Fraction)) and not isinstance(value, bool) and expr.type.kind == "number":
                numbers.setdefault(_unit(expr.type), set()).add(Fraction(value))
        return cls(
            {each.name: each.members for each in program.enums},
            {unit: tuple(sorted(found)) for unit, found in numbers.items()},
            tuple(sorted(dates)),
        )

    def draw(self, rows: Rows, column: Column) -> Ints:
        name, type = column.name, type_in(column)
        match column.kind:
            case "bool":
                return rows.chance(name, 500).astype(np.int64)
            case "enum":
                return rows.below(name, len(self.members[type.name]))
            case "set":
                chosen = rows.below(f"{name}·多", 1 << len(self.members[type.name]))
                return chosen & rows.below(f"{name}·少", 1 << len(self.members[type.name]))
            case "years":
                return rows.below(name, 1 << (LAST_YEAR - FIRST_YEAR)) & rows.below(f"{name}·少", 1 << 6)
            case "year":
                return FIRST_YEAR + rows.below(name, LAST_YEAR - FIRST_YEAR)
            case "month":
                return FIRST_YEAR * 12 + rows.below(name, (LAST_YEAR - FIRST_YEAR) * 12)
            case "date":
                return self.day(rows, name, days("2019-01-01"), days("2026-01-01"))
            case "number":
                return self.number(rows, column, type)
            case _:
                return rows.below(name, 1000)

    def day(self, rows: Rows, name: str, first: int, end: int) -> Ints:
        """One in ten is a day of the policy, or the day before or after."""
        drawn = first + rows.below(name, end - first)
        if not self.dates:
            return drawn
        edge = rows.among(f"{name}·界", self.dates) + rows.below(f"{name}·前后", 3) - 1
        return np.where(rows.chance(f"{name}·是界", 100), edge, drawn)

    def number(self, rows: Rows, column: Column, type: ir.Type) -> Ints:
        """As likely of any size; one in five is a figure of the policy, or a little less or more."""
        unit = 10**column.scale
        if is_ratio(type):
            share: Ints = rows.below(column.name, 101) * (unit // 100)
            return share
        least, most = _RANGES.get(_unit(type), (0, 100))
        if column.scale == 0:
            return least + rows.below(column.name, most - least)
        drawn: Ints = sized(rows, column.name, least, most) * (unit // 100)
        edges = [int(each * unit) for each in self.numbers.get(_unit(type), ()) if least <= each <= most]
        if not edges:
            return drawn
        edge = rows.among(f"{column.name}·界", edges) + (rows.below(f"{column.name}·上下", 3) - 1) * (unit // 100)
        return np.where(rows.chance(f"{column.name}·是界", 200), np.clip(edge, 0, 10**DIGITS - 1), drawn)


def sized(rows: Rows, name: str, least: int, most: int) -> Ints:
    """In hundredths: a size between the two, each order of magnitude as likely, few of its digits not zero."""
    steps: list[int] = []
    step = max(least, 1)
    while step < most:
        steps.append(step)
        step *= 2
    low = rows.among(f"{name}·量级", steps)
    digits = rows.among(f"{name}·位", (4, 20, 100))
    return np.minimum(low * 100 + low * 100 * rows.below(name, digits) // digits, most * 100)


def bits_of(members: Sequence[str], *chosen: str) -> int:
    return sum(1 << members.index(each) for each in chosen if each in members)


def _unit(type: ir.Type) -> str:
    return "·".join(base if power == 1 else f"{base}^{power}" for base, power in type.unit)
