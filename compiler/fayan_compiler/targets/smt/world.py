"""The enterprise asked for: a formula for each fact, made when a rule first reads it, the same for all programs that read it.

A list has at most ``bound`` items. A series knows every year. What a fact may be is laid down beside it: amounts are not negative,
ratios at most 1, dates exist and lie in the years that the programs speak of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt.terms import FALSE, MONTH_SPAN, YEAR_SPAN, Term, disjoin, last_day, moved, negate
from fayan_runtime import ir, walk
from fayan_runtime.names import ENTERPRISE, PASSED_FIELD, UNTIL_FIELD
from fayan_runtime.one_value import is_count, is_ratio


class Unsupported(Exception):
    """What formulas cannot say; the rule is then left undecided."""


#: A fact: its scope, name, position in its list (-1: none) and field.
Key = tuple[str, str, int, str]


@frozen(eq=False)
class Product:
    """``made`` is ``one`` times ``other``, or divided by it."""

    made: Any
    one: Any
    other: Any
    divided: bool


@define(eq=False)
class World:
    programs: tuple[ir.Program, ...]
    bound: int
    years: range
    rules: list[z3.BoolRef] = field(factory=list)
    dates: list[Any] = field(factory=list)
    symbols: dict[Key, tuple[ir.FactDecl, Term]] = field(factory=dict)
    counts: dict[str, Any] = field(factory=dict)
    #: series and field → the function from years; and the years it was asked for.
    series: dict[tuple[str, str], tuple[ir.FactDecl, Any, Any]] = field(factory=dict)
    asked: dict[str, list[Any]] = field(factory=dict)
    words: dict[str, int] = field(factory=dict)
    #: Facts that may be left to be worked out: whether they are given.
    left: dict[tuple[str, str], z3.BoolRef] = field(factory=dict)
    #: Facts that nobody can give: what rests on one of them is not known.
    unseen: frozenset[tuple[str, str]] = frozenset()
    #: Where two unknowns meet, which is what makes an enterprise hard to find.
    products: list[Product] = field(factory=list)
    on: Any = None
    _declared: dict[tuple[str, str], ir.FactDecl] = field(factory=dict, init=False)
    _present: dict[tuple[str, int], z3.BoolRef] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.on = self._date("评估日")

    # ------------------------------------------------------------ declarations
    def declared(self, scope: str, name: str) -> ir.FactDecl:
        """The fact as both versions declare it, with the columns that either has; one that changed its type is two facts."""
        if (scope, name) not in self._declared:
            self._declared[scope, name] = self._as_both_declare(scope, name)
        return self._declared[scope, name]

    def _as_both_declare(self, scope: str, name: str) -> ir.FactDecl:
        found = [
            fact
            for program in self.programs
            for each in program.scopes
            if each.name == scope
            for fact in each.facts
            if fact.name == name
        ]
        columns = {one.name: one for each in found for one in each.fields}
        if len({(each.type, each.is_list, each.series) for each in found}) > 1 or any(
            one.type != columns[one.name].type for each in found for one in each.fields
        ):
            raise Unsupported(f"fact {name}")
        return evolve(found[-1], fields=tuple(columns.values()))

    def members(self, name: str) -> list[str]:
        found: dict[str, None] = {}
        for program in self.programs:
            for each in program.enums:
                if each.name == name:
                    found |= dict.fromkeys(each.members)
        return list(found)

    def word(self, text: str) -> int:
        """Words and members are numbered as they come; a text fact may be none of them."""
        return self.words.setdefault(text, len(self.words))

    # ------------------------------------------------------------ facts
    def fact(self, scope: str, name: str) -> Term:
        return self._symbol((scope, name, -1, ""), self.declared(scope, name))

    def given(self, scope: str, name: str) -> z3.BoolRef:
        """Whether a fact that could be worked out is given all the same."""
        return self.left.setdefault((scope, name), z3.Bool(f"{scope}.{name}!"))

    def item(self, name: str, index: int, field_name: str) -> Term:
        fact = self.declared(ENTERPRISE, name)
        columns = {each.name: each for each in fact.fields}
        new = (ENTERPRISE, name, index, field_name) not in self.symbols
        found = self._symbol((ENTERPRISE, name, index, field_name), columns[field_name])
        if new and field_name == UNTIL_FIELD and fact.event in columns and columns[fact.event].type.kind == "date":
            begins = self.item(name, index, fact.event)
            failed = negate(self.item(name, index, PASSED_FIELD).value) if PASSED_FIELD in columns else FALSE
            self.rules.append(z3.Or(found.missing, begins.missing, failed, found.value >= begins.value))
        return found

    def foreign(self, name: str, index: int) -> z3.BoolRef:
        """Whether an item has a member of a type in it that only one version has."""
        found = [FALSE]
        for each in self.declared(ENTERPRISE, name).fields:
            if each.type.kind == "enum":
                own = [enum.members for p in self.programs for enum in p.enums if enum.name == each.type.name]
                alone = [one for one in self.members(each.type.name) if not all(one in members for members in own)]
                value = self.item(name, index, each.name).value if alone else None
                found += [value == self.word(member) for member in alone]
        return disjoin(*found)

    def present(self, name: str, index: int) -> z3.BoolRef:
        if name not in self.counts:
            count = self.counts[name] = z3.Int(f"{name}#")
            self.rules += [count >= 0, count <= self.bound]
        if (name, index) not in self._present:
            self._present[name, index] = self.counts[name] > index
        return self._present[name, index]

    def year(self, name: str, field_name: str, year: Any) -> Term:
        """A field of the row of a series. Not to exist is an error there."""
        if (name, field_name) not in self.series:
            declared = next(each for each in self.declared(ENTERPRISE, name).fields if each.name == field_name)
            label = f"{name}.{field_name}"
            value = z3.Function(label, z3.IntSort(), z3.RealSort())
            absent = z3.Function(f"{label}?", z3.IntSort(), z3.BoolSort())
            self.series[name, field_name] = (declared, value, absent)
        declared, value, absent = self.series[name, field_name]
        self.asked.setdefault(name, []).append(year)
        self.rules.append(value(year) >= 0)
        return Term(value(year), fail=absent(year) if declared.type.optional else FALSE)

    def multiplied(self, made: Any, factors: Sequence[Any], inverse: Sequence[bool]) -> None:
        unknown = [
            (divides, each) for each, divides in zip(factors, inverse, strict=True) if not z3.is_rational_value(each)
        ]
        known = [each for each in zip(factors, inverse, strict=True) if z3.is_rational_value(each[0])]
        if len(unknown) == 2 and not unknown[0][0]:
            (_, one), (divided, other) = unknown
            for factor, divides in known:
                one = one / factor if divides else one * factor
            self.products.append(Product(made, one, other, divided))

    # ------------------------------------------------------------ symbols
    def _symbol(self, key: Key, declared: ir.FactDecl) -> Term:
        if key not in self.symbols:
            _, name, index, field_name = key
            label = name if index < 0 else f"{name}[{index}].{field_name}"
            none = z3.Bool(f"{label}?") if declared.type.optional else FALSE
            self.symbols[key] = (declared, Term(self._value(label, declared.type), none))
        return self.symbols[key][1]

    def _value(self, label: str, type: ir.Type) -> Any:
        match type.kind:
            case "bool":
                return z3.Bool(label)
            case "number":
                return self._number(label, type)
            case "date":
                return self._date(label)
            case "year" | "month":
                number = z3.Int(label)
                size = 12 if type.kind == "month" else 1
                self.rules += [number >= self.years.start * size, number < self.years.stop * size]
                return number
            case "set" if type.name == "年度":
                return z3.Function(label, z3.IntSort(), z3.BoolSort())
            case "set":
                return {member: z3.Bool(f"{label}.{member}") for member in self.members(type.name)}
            case "enum":
                member = z3.Int(label)
                self.rules.append(disjoin(*(member == self.word(each) for each in self.members(type.name))))
                return member
            case _:
                text = z3.Int(label)
                self.rules.append(text >= -1)
                return text

    def _number(self, label: str, type: ir.Type) -> Any:
        number = z3.ToReal(z3.Int(label)) if is_count(type) else z3.Real(label)
        self.rules.append(number >= 0)
        if is_ratio(type):
            self.rules.append(number <= 1)
        return number

    def _date(self, label: str) -> Any:
        day = z3.Int(label)
        self.rules += [day >= self.years.start * YEAR_SPAN, day < self.years.stop * YEAR_SPAN]
        self.dates.append(day)
        return day

    def moved(self, context: z3.Context) -> World:
        """The same in another context of the solver, to be looked at there."""
        made = copy(self)
        made.on = moved(self.on, context)
        made.rules = [moved(each, context) for each in self.rules]
        made.dates = [moved(each, context) for each in self.dates]
        made.symbols = {
            key: (declared, Term(moved(term.value, context), moved(term.none, context)))
            for key, (declared, term) in self.symbols.items()
        }
        made.counts = {name: moved(count, context) for name, count in self.counts.items()}
        made.series = {
            key: (declared, moved(value, context), moved(absent, context))
            for key, (declared, value, absent) in self.series.items()
        }
        made.asked = {name: [moved(each, context) for each in years] for name, years in self.asked.items()}
        made.products = [
            Product(moved(each.made, context), moved(each.one, context), moved(each.other, context), each.divided)
            for each in self.products
        ]
        made.left = {fact: moved(given, context) for fact, given in self.left.items()}
        return made

    @property
    def calendar(self) -> list[z3.BoolRef]:
        """That dates exist, which is not needed where only dates that do are looked at."""
        return [
            day % MONTH_SPAN < last_day((day / YEAR_SPAN) * 12 + (day % YEAR_SPAN) / MONTH_SPAN) for day in self.dates
        ]


def constants(program: ir.Program) -> Iterator[ir.Const]:
    """Every literal that exists, in the order in which it stands."""
    return (each for each in walk.inside(program) if isinstance(each, ir.Const) and each.value is not None)


def years_spoken_of(programs: Iterable[ir.Program], margin: int = 5) -> range:
    """The years of all dates and years in the programs, with some before and after."""
    found = {program.effective.year for program in programs if program.effective is not None} or {2025}
    for each in (each for program in programs for each in constants(program)):
        if isinstance(each.value, date):
            found.add(each.value.year)
        elif each.type.kind == "year" and isinstance(each.value, int):
            found.add(each.value)
    return range(min(found) - margin, max(found) + margin + 1)
