"""From a model of the formulas to an enterprise a person could write down: the facts that were read, with values as plain as the formulas allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

import z3

from fayan_compiler.diff.replay import Replay
from fayan_compiler.targets.smt.terms import FALSE, Term, decode, disjoin, encode, equal
from fayan_compiler.targets.smt.world import Key, World
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE, UNTIL_FIELD, YEAR_FIELD
from fayan_runtime.one_value import is_ratio
from fayan_runtime.values import exact
from fayan_runtime.verdicts import Plain, Shows, Witness

_MONEY = (("元", 1),)
#: Of months and days a lease or a term has few.
_TIME = ((("月", 1),), (("日", 1),))


class Smallest:
    """The smallest enterprise that satisfies a solver: shortest lists first, then values that stand in the rules, then round ones."""

    def __init__(self, world: World, solver: z3.Solver, constants: Sequence[ir.Const], payments: Iterable[str]) -> None:
        self.world, self.solver, self.constants, self.payments = world, solver, constants, payments
        #: Of all that was settled so far.
        self.model = solver.model()

    def find(self, replay: Replay, shows: Shows) -> Witness | str:
        """A witness with every value settled, or why there is none. Made after a check that was satisfiable.

        What the difference does not need is found out first: it is left out, and its value does not matter.
        """
        for count in self.lists():
            self.settle(count, range(self.world.bound))
        self.stands(self.happened())
        self.settle(self.world.on, [encode(date(each, 12, 31)) for each in self.years()])
        facts, on = self.facts()
        needed = replay.smaller(shows, facts, on)
        for part in (needed, None):
            if not self.settled(part):
                return "limit"
            found = replay.run(shows, self.within(part), on)
            if found is not None:
                return found
        return "replay"

    def lists(self) -> list[Any]:
        """How long lists are; those declared first come last: they are the ones that are kept, recognitions rather than their reviews."""
        places = [
            fact.name
            for program in self.world.programs
            for scope in program.scopes
            if scope.name == ENTERPRISE
            for fact in scope.facts
        ]
        return [self.world.counts[name] for name in sorted(self.world.counts, key=places.index, reverse=True)]

    def happened(self) -> Any:
        """That no day is after the day of assessment, but those until which something holds."""
        days = [
            term.value <= self.world.on
            for (_, _, _, field), (declared, term) in self.world.symbols.items()
            if declared.type.kind == "date" and field != UNTIL_FIELD
        ]
        return z3.And(*days) if days else z3.BoolVal(True, self.world.on.ctx)

    def years(self) -> Iterable[int]:
        """Those in which an enterprise could be assessed, the first after the policies take effect first."""
        first = max((each.effective.year for each in self.world.programs if each.effective is not None), default=0)
        year = decode(self.model.eval(self.world.on, True).as_long()).year
        return dict.fromkeys([first, first + 1, first + 2, year, year + 1] if first else [year, year + 1])

    def settled(self, part: Plain | None) -> bool:
        """Whether every value of a part of the enterprise (None: of all of it) could be settled."""
        world = self.world
        symbols = [(declared, term) for key, (declared, term) in world.symbols.items() if self.is_part(key, part)]
        for declared, term in symbols:
            if term.none is not FALSE:
                self.settle(term.none, [True])
            if declared.type.kind in ("date", "year", "month", "enum", "bool"):
                self.settle(term.value, self.candidates(declared.type))
        numbers = [(declared.type, term.value) for declared, term in symbols if declared.type.kind == "number"]
        for (name, field), (declared, value, _) in world.series.items():
            numbers += [
                (declared.type, value(year))
                for year in years_asked(world, self.model, name)
                if self.is_part((ENTERPRISE, name, year, field), part)
            ]
        # An offer of nothing, or of a few 分, is no example to read where another is to be had.
        whole = [number >= 1 for type, number in numbers if not is_ratio(type)]
        if whole and self.solver.check(*whole) == z3.sat:
            self.solver.add(*whole)
        return all(
            self.settle(number, plain_numbers(self.constants, type)) or self.settle(number, self.near(type, number))
            for type, number in numbers
        )

    def candidates(self, type: ir.Type) -> list[Any]:
        """Values to be read, the first that will do is taken: days that stand in the rules, years about the day of assessment."""
        own = sorted(encode(each.value) for each in self.constants if isinstance(each.value, date))
        on = decode(self.model.eval(self.world.on, True).as_long())
        years = [on.year, on.year - 1, on.year + 1, on.year - 2, on.year - 3]
        match type.kind:
            case "date":
                return [*own, *(encode(date(each, 12, 31)) for each in years)]
            case "year":
                return years
            case "month":
                return [each * 12 + month - 1 for each in years for month in (12, 6, 1)]
            case "enum":
                return [self.world.word(each) for each in self.world.members(type.name)]
        return [True]

    # ------------------------------------------------------------ as facts
    def facts(self) -> tuple[Plain, date]:
        """What was paid is part of an enterprise, if only that nothing was."""
        facts, on = facts_of(self.world, self.model)
        for each in self.payments:
            facts[ENTERPRISE].setdefault(each, [])
        return facts, on

    def within(self, part: Plain | None) -> Plain:
        """As much of the enterprise as is in a part of it."""
        facts, _ = self.facts()
        if part is None:
            return facts
        made: Plain = {scope: {name: facts[scope][name] for name in own} for scope, own in part.items()}
        for name, rows in made[ENTERPRISE].items():
            if isinstance(rows, list) and all(isinstance(each, dict) for each in rows):
                places = [row[YEAR_FIELD] if self.is_series(name) else place for place, row in enumerate(rows)]
                made[ENTERPRISE][name] = [
                    {key: each for key, each in row.items() if self.is_part((ENTERPRISE, name, place, key), part)}
                    for place, row in zip(places, rows, strict=True)
                    if not self.is_series(name) or self.is_part((ENTERPRISE, name, place, YEAR_FIELD), part)
                ]
        return made

    def is_series(self, name: str) -> bool:
        return any(each == name for each, _ in self.world.series)

    def is_part(self, key: Key, part: Plain | None) -> bool:
        """Whether a symbol belongs to a part of the enterprise; rows of a series go by their year. A list that has lost rows is taken whole."""
        if part is None:
            return True
        scope, name, index, field = key
        found: Any = part.get(scope, {}).get(name, ...)
        if index < 0 or found is ...:
            return found is not ...
        if self.is_series(name):
            return any(row[YEAR_FIELD] == index and field in row for row in found)
        count = self.model.eval(self.world.counts[name], True).as_long()
        return index < count and (len(found) < count or field in found[index])

    def settle(self, term: Any, candidates: Iterable[Any]) -> bool:
        """Hold the term to the first candidate that leaves the formulas satisfiable, else, where it is no real number, to what the model says."""
        real = z3.is_real(term)
        for each in candidates:
            if self.stands(term == (z3.RealVal(str(each), term.ctx) if real else each)):
                return True
        if not real:
            self.solver.add(term == self.model.eval(term, True))
        return not real

    def stands(self, wanted: Any) -> bool:
        if not z3.is_true(self.model.eval(wanted, True)):
            if self.solver.check(wanted) != z3.sat:
                return False
            self.model = self.solver.model()
        self.solver.add(wanted)
        return True

    def near(self, type: ir.Type, number: Any) -> list[Fraction]:
        """The model's own value to a cent or a hundredth of a percent; where thresholds lie closer to each other, to a part of it."""
        value = self.model.eval(number, True)
        if z3.is_algebraic_value(value):
            value = value.approx(20)
        grids = [_grid(type) * finer for finer in (1, 10, 1000)]
        return [Fraction(way(value.as_fraction() * grid), grid) for grid in grids for way in (floor, ceil)]


def _grid(type: ir.Type) -> int:
    return 10_000 if is_ratio(type) else 100


def plain_numbers(constants: Sequence[ir.Const], type: ir.Type) -> list[Fraction]:
    """Round numbers, then those that stand in the rules, then 100 grown once and twice at a rate of the rules, then what lies just beside these."""
    known = [
        (each.type, Fraction(str(each.value)))
        for each in constants
        if isinstance(each.value, int | Fraction) and each.type.kind == "number"
    ]
    own = [value for declared, value in known if declared.unit == type.unit]
    step = Fraction(1, _grid(type))
    beside = [each + sign * step for each in own for sign in (1, -1) if each + sign * step >= 0]
    if is_ratio(type):
        return list(dict.fromkeys([Fraction(1, 10), Fraction(0), *own, *beside]))
    tens = [Fraction(10**power) for power in range(2 if type.unit in _TIME else 9)]
    rates = [value for declared, value in known if is_ratio(declared)]
    grown = [100 * (1 + rate) ** times for rate in rates for times in (1, 2)] if type.unit == _MONEY else []
    return list(dict.fromkeys([*tens, Fraction(0), *own, *grown, *beside]))


def plainly(world: World, constants: Sequence[ir.Const], known: Sequence[tuple[Any, Any]] = ()) -> list[z3.BoolRef]:
    """Every number and day a plain one, and for each of these what a product of it comes to: then nothing unknown is multiplied by
    another, and an example is found in no time where there is one. Not for terms whose values are ``known``."""
    asked = [(declared.type, term.value) for declared, term in world.symbols.values() if declared.type.kind == "number"]
    for (name, _), (declared, value, _) in world.series.items():
        asked += [(declared.type, value(year)) for year in world.asked.get(name, ())]
    dates = list(world.dates)
    if known:
        settled = {term.get_id() for term, _ in known}
        put = [(type, z3.simplify(z3.substitute(term, *known))) for type, term in asked]
        asked = [(type, term) for type, term in put if not z3.is_rational_value(term) and term.get_id() not in settled]
        dates = [each for each in dates if each.get_id() not in settled]
    values: dict[tuple[object, str], list[Any]] = {}
    held: dict[int, list[tuple[Any, Any]]] = {}
    for type, term in asked:
        if (type.unit, type.shown) not in values:
            plain = plain_numbers(constants, type)
            values[type.unit, type.shown] = [z3.RealVal(str(each), term.ctx) for each in plain]
        if term.get_id() not in held:
            held[term.get_id()] = [(each, equal(term, each)) for each in values[type.unit, type.shown]]
    numbers = [disjoin(*(holds for _, holds in each)) for each in held.values()]
    products = [
        z3.Implies(holds, each.made == (each.one / value if each.divided else each.one * value))
        for each in world.products
        for value, holds in held.get(each.other.get_id(), ())
        if not (each.divided and value.as_fraction() == 0)
    ]
    days = [z3.IntVal(encode(each), world.on.ctx) for each in plain_days(constants, world.years)] if dates else []
    return [*numbers, *products, *(disjoin(*(equal(term, each) for each in days)) for term in dates)]


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


def alike(world: World, facts: Plain, on: date) -> Iterator[tuple[Any, Any]]:
    """The symbols of the world that an enterprise has values for, each with its value."""
    own = facts[ENTERPRISE]
    yield world.on, z3.IntVal(encode(on), world.on.ctx)
    for name, count in world.counts.items():
        if name in own:
            yield count, z3.IntVal(len(own[name]), count.ctx)  # type: ignore[arg-type]
    for (scope, name, index, field), (declared, term) in world.symbols.items():
        given: Any = facts.get(scope, {}).get(name, ...)
        if index >= 0 and given is not ...:
            given = given[index].get(field, ...) if index < len(given) else ...
        if given is not ...:
            yield from _values(world, declared.type, term, given)
    for (name, field), (declared, value, absent) in world.series.items():
        for row in own.get(name, ()):  # type: ignore[attr-defined]
            if field in row:
                year = row[YEAR_FIELD]
                yield from _values(world, declared.type, Term(value(year), absent(year)), row[field])


def _values(world: World, type: ir.Type, term: Term, given: Any) -> Iterator[tuple[Any, Any]]:
    context = world.on.ctx
    if type.optional:
        yield term.none, z3.BoolVal(given is None, context)
    if given is None:
        return
    match type.kind:
        case "bool":
            yield term.value, z3.BoolVal(given, context)
        case "number":
            yield term.value, z3.RealVal(str(given), context)
        case "date":
            yield term.value, z3.IntVal(encode(given), context)
        case "year":
            yield term.value, z3.IntVal(given, context)
        case "enum" | "text" if given in world.words:
            yield term.value, z3.IntVal(world.words[given], context)
