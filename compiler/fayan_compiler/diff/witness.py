"""From a model of the formulas to an enterprise a person could write down: the facts that were read, with values as plain as the formulas allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import z3

from fayan_compiler.diff.replay import Plain
from fayan_compiler.targets.smt.terms import FALSE, decode, encode
from fayan_compiler.targets.smt.world import World
from fayan_runtime import ir
from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.read import YEAR_FIELD, is_ratio
from fayan_runtime.values import exact


class Smallest:
    """The smallest enterprise that satisfies a solver: shortest lists first, then values that stand in the rules, then round ones."""

    def __init__(self, world: World, solver: z3.Solver, constants: Sequence[ir.Const]) -> None:
        self.world, self.solver, self.constants = world, solver, constants

    def find(self) -> z3.ModelRef | None:
        """A model with every symbol settled; None where that could not be done within the limit. Call after a check that was satisfiable."""
        for count in self.world.counts.values():
            self.settle(count, [z3.IntVal(length) for length in range(self.world.bound)])
        days = sorted(encode(each.value) for each in self.constants if isinstance(each.value, date))
        model = self.model()
        if model is None:
            return None
        year = decode(model.eval(self.world.on, True).as_long()).year
        self.settle(self.world.on, [z3.IntVal(encode(date(each, 12, 31))) for each in (year, year + 1)])
        for declared, term in self.world.symbols.values():
            if term.none is not FALSE:
                self.settle(term.none, [z3.BoolVal(True)])
            if declared.type.kind == "date":
                self.settle(term.value, [z3.IntVal(each) for each in days])
        for declared, number in self.numbers():
            if not self.settle(number, self.plain(declared.type, number)):
                return None
        return self.model()

    def settle(self, term: Any, candidates: Sequence[Any]) -> bool:
        """Hold the term to the first candidate that leaves the formulas satisfiable, else to what the model says."""
        for each in candidates:
            if self.solver.check(term == each) == z3.sat:
                self.solver.add(term == each)
                return True
        model = self.model()
        if model is None or z3.is_real(term):
            return False
        self.solver.add(term == model.eval(term, True))
        return True

    def model(self) -> z3.ModelRef | None:
        return self.solver.model() if self.solver.check() == z3.sat else None

    def numbers(self) -> Iterator[tuple[ir.FactDecl, Any]]:
        """Every number the formulas speak of, those of a series for each year asked for."""
        for declared, term in self.world.symbols.values():
            if declared.type.kind == "number":
                yield declared, term.value
        model = self.model()
        if model is not None:
            for (name, _), (declared, value, _) in self.world.series.items():
                for year in years_asked(self.world, model, name):
                    yield declared, value(year)

    def plain(self, type: ir.Type, number: Any) -> list[Any]:
        """Round numbers first, then those of the rules, then the model's own to a cent or a hundredth of a percent."""
        grid = _grid(type)
        model = self.model()
        near: list[Fraction] = []
        if model is not None:
            value = model.eval(number, True)
            if z3.is_algebraic_value(value):
                value = value.approx(20)
            cents = value.as_fraction() * grid
            near = [Fraction(cents.__floor__(), grid), Fraction(cents.__ceil__(), grid)]
        return [z3.RealVal(str(each)) for each in dict.fromkeys([*plain_numbers(self.constants, type), *near])]


def _grid(type: ir.Type) -> int:
    return 10_000 if is_ratio(type) else 100


def plain_numbers(constants: Sequence[ir.Const], type: ir.Type) -> list[Fraction]:
    """Round numbers, then those that stand in the rules, then what lies just beside these."""
    own = [
        Fraction(str(each.value))
        for each in constants
        if isinstance(each.value, int | Fraction) and each.type.kind == "number" and each.type.unit == type.unit
    ]
    tens = [Fraction(10**power) for power in range(9)]
    round_ones = [Fraction(1, 10), Fraction(0)] if is_ratio(type) else [*tens, Fraction(0)]
    step = Fraction(1, _grid(type))
    beside = [each + sign * step for each in own for sign in (1, -1) if each + sign * step >= 0]
    return list(dict.fromkeys([*round_ones, *own, *beside]))


def plainly(world: World, constants: Sequence[ir.Const]) -> list[z3.BoolRef]:
    """Every number and day a plain one: products of facts are then finite in number, and an example is found in no time where there is one."""
    asked = [(declared.type, term.value) for declared, term in world.symbols.values() if declared.type.kind == "number"]
    for (name, _), (declared, value, _) in world.series.items():
        asked += [(declared.type, value(year)) for year in world.asked.get(name, ())]
    values: dict[tuple[object, str], list[Any]] = {}
    for type, _ in asked:
        if (type.unit, type.shown) not in values:
            plain = plain_numbers(constants, type)
            values[type.unit, type.shown] = [z3.RealVal(str(each)) for each in plain]
    numbers = [z3.Or(*(term == each for each in values[type.unit, type.shown])) for type, term in asked]
    days = [z3.IntVal(encode(each)) for each in plain_days(constants, world.years)]
    return [*numbers, *(z3.Or(*(term == each for each in days)) for term in world.dates)]


def plain_days(constants: Sequence[ir.Const], years: range) -> list[date]:
    """The days that stand in the rules, those beside them, and the last of each year."""
    own = [each.value for each in constants if isinstance(each.value, date)]
    beside = [each + timedelta(step) for each in own for step in (0, 1, -1)]
    return list(dict.fromkeys([*beside, *(date(each, 12, 31) for each in years)]))


def years_asked(world: World, model: z3.ModelRef, name: str) -> list[int]:
    return sorted({model.eval(year, True).as_long() for year in world.asked.get(name, ())})


def facts_of(world: World, model: z3.ModelRef) -> tuple[Plain, date]:
    """The enterprise and the day of assessment, as a person would give them."""
    plain: Plain = {ENTERPRISE: {}}
    words = {number: word for word, number in world.words.items()}
    rows: dict[str, list[dict[str, object]]] = {}
    for name, count in world.counts.items():
        rows[name] = [{} for _ in range(model.eval(count, True).as_long())]
        plain[ENTERPRISE][name] = rows[name]
    for (scope, name, index, field), (declared, term) in world.symbols.items():
        value = _plain(declared, term.value, term.none, model, words)
        if index < 0:
            asked = world.left.get((scope, name))
            if asked is None or z3.is_true(model.eval(asked, True)):
                plain.setdefault(scope, {})[name] = value
        elif index < len(rows.get(name, ())):
            rows[name][index][field] = value
    for (name, field), (declared, value, absent) in world.series.items():
        given: Any = plain[ENTERPRISE].get(name, [])
        series: dict[int, dict[str, object]] = {row[YEAR_FIELD]: row for row in given}
        for year in years_asked(world, model, name):
            row = series.setdefault(year, {YEAR_FIELD: year})
            row[field] = _plain(declared, value(year), absent(year), model, words)
        plain[ENTERPRISE][name] = [series[year] for year in sorted(series)]
    return plain, decode(model.eval(world.on, True).as_long())


def _plain(declared: ir.FactDecl, value: Any, none: Any, model: z3.ModelRef, words: dict[int, str]) -> object:
    if declared.type.optional and z3.is_true(model.eval(none, True)):
        return None
    if isinstance(value, dict):
        return [member for member, held in value.items() if z3.is_true(model.eval(held, True))]
    if isinstance(value, z3.FuncDeclRef):
        return []
    found: Any = model.eval(value, True)
    match declared.type.kind:
        case "bool":
            return z3.is_true(found)
        case "number":
            near = found.approx(20) if z3.is_algebraic_value(found) else found
            return exact(Fraction(near.as_fraction()))
        case "date":
            return decode(found.as_long())
        case "month":
            return f"{found.as_long() // 12}年{found.as_long() % 12 + 1}月"
        case "year":
            return found.as_long()
    return words.get(found.as_long(), "其他文〔2000〕1号" if declared.type.name == "文号" else "其他文字")
