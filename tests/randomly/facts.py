"""Random facts for what a program or a policy declares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

from attrs import define

from fayan_runtime import ir
from fayan_runtime.values import Facts, Path, Unknown
from tests.randomly.schema import POOLS, SCOPES


@define
class Giver:
    """Gives random facts for declared scopes: each value is not known with probability ``doubt``.

    Pools go by enumeration, by unit, else by kind. ``paid`` are the (measure, provision) that payments are for.
    """

    random: Random
    doubt: float
    pools: dict[str, Sequence[Any]]
    paid: Sequence[tuple[int, str]]

    def facts(self, scopes: Sequence[ir.Scope]) -> Facts:
        order = -1
        given: dict[str, dict[str, object]] = {}
        for scope in scopes:
            values = given[scope.name] = {}
            for fact in scope.facts:
                order += 1
                path = fact.name if scope.name == "企业" else f"{scope.name}.{fact.name}"
                values[fact.name] = self.fact(fact, order, path)
        return Facts(given, "某企业")

    def fact(self, fact: ir.FactDecl, order: int, path: str) -> object:
        if self.random.random() < self.doubt * (0.4 if fact.is_list or fact.series else 1):
            return unknown((order, 0, 0, path))
        if fact.series:
            years = [year for year in self.pools["year"] if self.random.random() < 0.9]
            return {year: self.row(fact, order, year, path) | {"年度": year} for year in years}
        if fact.is_list:
            return [self.row(fact, order, index, path) for index in range(self.random.randint(0, 4))]
        return self.value(fact.type)

    def row(self, fact: ir.FactDecl, order: int, item: int, path: str) -> dict[str, object]:
        row: dict[str, object] = {each.name: self.value(each.type) for each in fact.fields}
        if "事项" in row:
            row["措施"], row["事项"] = self.random.choice(self.paid)
        for column, each in enumerate(fact.fields):
            if self.random.random() < self.doubt:
                row[each.name] = unknown((order, item, column, f"{path}[{item}].{each.name}"))
        return row

    def value(self, type: ir.Type) -> object:
        if type.optional and self.random.random() < 0.3:
            return None
        if type.kind == "set":
            pool = self.pools["year" if type.name == "年度" else type.name]
            return frozenset(each for each in pool if self.random.random() < 0.5)
        unit = "·".join(f"{name}{power}" for name, power in type.unit)
        return self.random.choice(self.pools.get(unit) or self.pools[type.name if type.kind == "enum" else type.kind])


def unknown(path: Path) -> Unknown:
    return Unknown(frozenset([path]))


#: What payments are for: the measures and provisions of random programs.
PAID = tuple((number % 3 + 1, f"事项{number}") for number in range(6))


def random_facts(seed: int, doubt: float) -> Facts:
    return Giver(Random(seed), doubt, POOLS, PAID).facts(SCOPES)


def random_readings(program: ir.Program, seed: int) -> dict[str, str]:
    random = Random(seed)
    return {each.id: random.choice(each.options)[0] for each in program.readings if not each.uncomputed}


# ---------------------------------------------------------------- facts for a real policy

REAL_POOLS: dict[str, Sequence[Any]] = {
    "bool": (True, True, True, False),
    "number": (0, 1, 3, 5, 180, 23, Fraction(1, 10), Fraction(3, 5)),
    "text": ("渝北府办发〔2022〕38号", "渝北府办发〔2024〕34号", "某"),
    "year": (2020, 2021, 2022, 2023, 2024, 2025),
    "month": tuple(year * 12 + month for year in (2021, 2022, 2024, 2025) for month in (0, 10, 11)),
    "date": tuple(date.fromisoformat(day) for day in (
        "2019-05-06", "2021-12-31", "2022-01-01", "2023-06-30", "2024-12-11", "2024-12-12", "2024-12-31", "2025-03-01",
        "2025-11-30", "2026-01-01", "2029-12-11",
    )),
    "元1": (0, 50_000_000, 55_000_000, 60_000_000, 60_000_001, 66_000_000, 72_600_000, 100_000, Fraction(123456789, 100)),
    "平方米1": (100, 3000, 8333, 10_000, Fraction(166667, 10)),
    "元1·平方米-1·月-1": (15, 18, 20, Fraction(2001, 100), 26),
    "月1": (1, 6, 12, 120),
}  # fmt: skip


def real_facts(program: ir.Program, seed: int, doubt: float, **own: Sequence[Any]) -> Facts:
    """Random facts for what a policy declares, on its thresholds; ``own`` pools go before the common ones."""
    pools = {**REAL_POOLS, **{each.name: each.members for each in program.enums}, **own}
    paid = [(each.measure, each.name) for each in program.provisions if each.nature in ("cash", "relief")]
    return Giver(Random(seed), doubt, pools, paid or [(0, "")]).facts(program.scopes)
