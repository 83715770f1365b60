"""Values worth trying in an example: the constants a rule is written with, one step beside them, and other answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.explain.decision.nearest import step_of
from fayan_runtime.one_value import is_count, is_ratio
from fayan_runtime.values import Absent, Unknown, exact


@frozen
class Pool:
    """Values worth trying: the constants the rule is written with, and one step beside them."""

    program: ir.Program
    constants: dict[object, list[Any]]

    @classmethod
    def of(cls, exprs: Sequence[ir.Expr], program: ir.Program) -> Pool:
        found: dict[object, list[Any]] = {}
        compared = [side for each in exprs if isinstance(each, ir.Compare) for side in (each.left, each.right)]
        for each in [*compared, *exprs]:  # what is compared with comes first: thresholds
            if isinstance(each, ir.Const) and each.value is not None:
                found.setdefault(kind_of(each.type), []).append(each.value)
        return cls(program, {kind: list(dict.fromkeys(values)) for kind, values in found.items()})

    def others(self, type: ir.Type, held: Any, on: date) -> Iterator[Any]:
        if isinstance(held, frozenset) or (type.kind == "set" and isinstance(held, Absent)):
            members = [on.year, on.year - 1] if type.name == "年度" else self.members(type)
            kept = frozenset() if isinstance(held, Absent) else held
            yield from [frozenset(), *(kept ^ {each} for each in members), *(frozenset({each}) for each in members)]
            return
        if type.optional and held is not None:
            yield None
        yield from (value for value in self.values(type, held, on) if isinstance(held, Absent) or value != held)

    def values(self, type: ir.Type, held: Any, on: date) -> list[Any]:
        known = None if isinstance(held, Absent) else held
        constants = self.constants.get(kind_of(type), [])
        match type.kind:
            case "bool":
                return [True, False]
            case "enum":
                return self.members(type)
            case "text":
                return [*constants, "甲"]
            case "year":
                return [on.year, on.year - 1, *(known + step for step in (-1, 1) if known)]
            case "month":
                edges = [each.year * 12 + each.month - 1 for each in self.days()]
                return [edge + step for edge in edges for step in (0, 1, -1)] + [on.year * 12]
            case "date":
                days = [*self.days(), *([known] if known else []), date(on.year, 3, 1)]
                shifted = [day + timedelta(step) for day in days for step in (0, -1, 1)]
                return [*shifted, *(replaced(known, step) for step in (-1, 1) if known)]
            case _:
                step = step_of(type)
                bounds = [bound + sign * step for bound in constants for sign in (0, 1, -1)]
                scaled = (
                    [known * by for by in (2, Fraction(11, 10), Fraction(6, 5), Fraction(1, 2), Fraction(7, 10))]
                    if known
                    else []
                )
                plain = [] if known else [Fraction(1000), Fraction(10_000_000)]
                found = [exact(Fraction(each)) for each in [*bounds, *scaled, *plain]]
                return [each for each in found if possible(each, type)]

    def days(self) -> list[date]:
        return [each for each in self.constants.get(("date", ""), []) if isinstance(each, date)]

    def members(self, type: ir.Type) -> list[Any]:
        return next((list(each.members) for each in self.program.enums if each.name == type.name), [])

    def row(self, fact: ir.FactDecl, on: date) -> dict[str, Any]:
        """A row that says something of everything."""
        row: dict[str, Any] = {}
        for each in fact.fields:
            values = [*self.others(evolve(each.type, optional=False), Unknown(frozenset()), on)]
            row[each.name] = None if each.type.optional else values[0]
            if each.type.kind == "date" and not each.type.optional:
                row[each.name] = date(on.year, 3, 1)
        return row


def possible(value: int | Fraction, type: ir.Type) -> bool:
    """Whether facts may hold the number."""
    return value >= 0 and not (is_count(type) and value.denominator != 1) and not (is_ratio(type) and value > 1)


def replaced(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def kind_of(type: ir.Type) -> object:
    return (type.kind, type.name) if type.kind != "number" else type.unit
