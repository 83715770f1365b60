"""Many random enterprises as tables, and what is decided of them as rows that compare: of an outcome, and of the tables of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import duckdb
import pyarrow
from attrs import evolve

from fayan_compiler.targets.relational.plan import OVERFLOW, Plan
from fayan_runtime import ir, results
from fayan_runtime.codes import paths
from fayan_runtime.names import DISTRICT, ENTERPRISE
from fayan_runtime.outcome import Outcome
from fayan_runtime.rows import rows_of
from fayan_runtime.tables import DIGITS, Column, tables_of
from fayan_runtime.values import Facts, Unknown, to_decimal
from tests.randomly import schema
from tests.randomly.facts import PAID, Giver

TYPES = {
    "text": pyarrow.string(), "enum": pyarrow.string(), "bool": pyarrow.bool_(), "date": pyarrow.date32(),
    "month": pyarrow.int32(), "year": pyarrow.int32(), "set": pyarrow.list_(pyarrow.string()), "years": pyarrow.list_(pyarrow.int32()),
}  # fmt: skip
#: Decimals, as people write them: 1/3 is none.
POOLS = {**schema.POOLS, "number": tuple(each for each in schema.NUMBERS if each != Fraction(1, 3))}
#: What is decided: (key, provision) or (key, provision, item) → everything a row says.
Decided = dict[tuple[object, ...], tuple[object, ...]]


def with_money(program: ir.Program) -> ir.Program:
    """Random programs know numbers without a unit, which are counts; here they have decimals."""

    def decimal(fact: ir.FactDecl) -> ir.FactDecl:
        number = fact.type.kind == "number" and fact.name != "措施"
        type = evolve(fact.type, unit=(("元", 1),)) if number else fact.type
        return evolve(fact, type=type, fields=tuple(map(decimal, fact.fields)))

    return evolve(program, scopes=tuple(evolve(each, facts=tuple(map(decimal, each.facts))) for each in program.scopes))


def enterprises(
    scopes: tuple[ir.Scope, ...], seed: int, count: int, pools: Mapping[str, Any] = POOLS, paid: Any = PAID
) -> dict[str, Facts]:
    """Key → facts; those of the district are the same for all. A series has no list of its own to be unknown."""
    found: dict[str, Facts] = {}
    for number in range(count):
        giver = Giver(Random(seed * 100_000 + number), (0.0, 0.1, 0.3)[number % 3], dict(pools), paid)
        facts = giver.facts(scopes)
        own = facts.scopes[ENTERPRISE]
        for fact in next(each.facts for each in scopes if each.name == ENTERPRISE):
            if fact.series and isinstance(own[fact.name], Unknown):
                own[fact.name] = {}
        if DISTRICT in facts.scopes and found:
            facts.scopes[DISTRICT] = next(iter(found.values())).scopes[DISTRICT]
        found[f"企{number:05}"] = facts
    return found


def load(base: duckdb.DuckDBPyConnection, program: ir.Program, population: Mapping[str, Facts]) -> None:
    """The tables of facts, in the connection."""
    tables = tables_of(program)
    rows: dict[str, list[Any]] = {each.name: [] for each in tables}
    for key, facts in population.items():
        for name, own in rows_of(program, facts, key).items():
            rows[name] += own if name != DISTRICT or not rows[name] else []
    for table in tables:
        columns = {each.name: _column(each, [row.get(each.name) for row in rows[table.name]]) for each in table.columns}
        base.register("given", pyarrow.table(columns))
        base.execute(f'CREATE OR REPLACE TABLE "{table.name}" AS SELECT * FROM given').unregister("given")


def _column(column: Column, values: list[Any]) -> pyarrow.Array:
    if column.kind != "number":
        return pyarrow.array(values, TYPES[column.kind])
    exact = [None if value is None else to_scale(Fraction(value), column.scale) for value in values]
    return pyarrow.array(exact, pyarrow.decimal128(DIGITS, column.scale))


def to_scale(value: Fraction, scale: int) -> Decimal:
    whole = value * 10**scale
    assert whole.denominator == 1, value
    return Decimal(whole.numerator).scaleb(-scale)


def in_fen(value: Any) -> Decimal | None:
    return None if value is None else to_decimal(value)


def expected(
    program: ir.Program, key: str, outcome: Outcome, money: Callable[[Any], Decimal | None] = in_fen
) -> Decided:
    """``money`` is how an amount is written down."""
    found: Decided = {}
    for measure in outcome.measures.values():
        for each in measure.provisions.values():
            provision = next(one for one in program.provisions if one.name == each.name)
            award = provision.kind == "award"
            codes = results.encode(provision, each)
            amounts = map(_exact, map(money, (each.exact_amount, each.exact_paid, each.exact_payable)))
            missing = tuple(sorted(each.lacking))
            found[key, each.name] = (
                each.measure, each.nature, each.status, *amounts, each.complete, missing, [] if award else codes[0]
            )  # fmt: skip
            for item, code in zip(each.items, codes, strict=True) if award else ():
                amounts = map(_exact, map(money, (item.uncapped, item.amount, item.paid, item.payable)))
                missing = tuple(sorted(item.lacking))
                found[key, each.name, item.index] = (item.date, item.status, *amounts, missing, code)
    return found | {(key, "未对上", each.index): () for each in outcome.unmatched_payments}


def decided(base: duckdb.DuckDBPyConnection, program: ir.Program, plan: Plan) -> tuple[Decided, set[str]]:
    """What the tables of results say, and the enterprises that overflow."""
    found: Decided = {}
    for key, measure, name, status, nature, *amounts, complete, missing, code in _rows(base, results.DECISIONS):
        told = paths(program, missing)
        found[key, name] = (measure, nature, status, *map(_exact, amounts), complete, told, code)
    if results.ITEMS in plan.results:
        for key, _, name, item, day, status, *amounts, missing, code in _rows(base, results.ITEMS):
            found[key, name, item] = (day, status, *map(_exact, amounts), paths(program, missing), code)
    if results.UNMATCHED in plan.results:
        found |= {(key, "未对上", item): () for key, item in _rows(base, results.UNMATCHED)}
    return found, {key for (key,) in _rows(base, OVERFLOW)}


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _rows(base: duckdb.DuckDBPyConnection, name: str) -> list[Any]:
    return base.execute(f'SELECT * FROM "{name}"').fetchall()
