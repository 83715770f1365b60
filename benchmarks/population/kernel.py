"""A kernel that three engines can express: growth over a threshold, an amount by level, a rate with a ceiling.

The facts are those of a made-up population. Each engine is written as its own documentation shows: nothing is said against it that a
modeller could not mend by hand, with scaled integers or a flag beside each fact; what is counted is what comes out when nobody does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from time import process_time
from typing import Any

from attrs import frozen

from benchmarks.population.made_up import connect
from fayan.policy import load
from fayan.population.by_closure import decide_batch
from fayan.population.engines import engine
from fayan.population.question import Question
from fayan.tables.staged import Staged
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.results import DECISIONS
from fayan_runtime.tables import tables_of

POLICY = Path(__file__).with_name("kernel.pol")
ON = date(2025, 12, 31)
FIRST = {"市级": 100_000, "国家级": 500_000}
#: The growth award and the rent, in 元; None: not to be told from what is known.
Answer = tuple[Decimal | None, Decimal | None]

FACTS = f"""
SELECT f."{KEY}", CASE t."级别" WHEN '市级专精特新' THEN '市级' WHEN '国家小巨人' THEN '国家级' END AS "级别",
    a."产值" AS "上年产值", b."产值" AS "前年产值", CASE WHEN f."租赁·知" THEN l."序" IS NOT NULL END AS "租用厂房", l."面积", l."租用月数"
FROM "企业" AS f LEFT JOIN "认定记录" AS t ON t."{KEY}" = f."{KEY}" AND t."序" = 0
LEFT JOIN "年度经营" AS a ON a."{KEY}" = f."{KEY}" AND a."年度" = 2024
LEFT JOIN "年度经营" AS b ON b."{KEY}" = f."{KEY}" AND b."年度" = 2023
LEFT JOIN "租赁" AS l ON l."{KEY}" = f."{KEY}" AND l."序" = 0 ORDER BY 1
"""


@frozen
class Row:
    key: str
    level: str | None
    last: Decimal | None
    before: Decimal | None
    rents: bool | None
    area: Decimal | None
    months: Decimal | None

    @property
    def known(self) -> bool:
        """Whether everything that is asked of it is known and can be computed."""
        rent = self.rents is False or (self.rents is not None and self.area is not None and self.months is not None)
        return rent and None not in (self.last, self.before, self.level) and self.before != 0


def exact(row: Row) -> Answer:
    """The answer in fractions, three-valued; an award over zero cannot be computed."""
    growth: Decimal | None = None
    if row.last is not None and row.before:
        grew = Fraction(row.last) / Fraction(row.before) - 1 > Fraction(1, 5)
        growth = Decimal(0) if not grew else None if row.level is None else Decimal(FIRST[row.level])
    rent: Decimal | None = Decimal(0) if row.rents is False else None
    if row.rents and row.area is not None and row.months is not None:
        rent = min(5 * row.area * row.months, Decimal(500_000)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return growth, rent


@frozen
class Given:
    """What an engine gave, and the processor time for one enterprise in microseconds."""

    name: str
    answers: Sequence[Answer]
    microseconds: float


def by_fayan(path: Path, threads: int, memory: str) -> tuple[list[Row], list[Given]]:
    program = load(POLICY).program
    connection = connect(path, threads, memory)
    connection.execute(f"CREATE TABLE facts AS {FACTS}")
    rows = [Row(*each) for each in connection.execute("SELECT * FROM facts").fetchall()]
    connection.execute(f'DROP VIEW "{ENTERPRISE}"; ALTER TABLE facts RENAME TO "{ENTERPRISE}"')
    staged = Staged(program, connection, tables_of(program), (ENTERPRISE,), ())
    asked = Question(program, ON, {}, None, reasons=False)
    start = process_time()
    engine("duckdb")(staged, asked, "结果", lambda count: None)
    taken = process_time() - start
    found = f"""SELECT max(CASE WHEN "事项" = '增长奖励' AND "完整" THEN "金额" END), max(CASE WHEN "事项" = '房租补贴' AND "完整" THEN "金额" END)
        FROM "结果"."{DECISIONS}" GROUP BY "{KEY}" ORDER BY "{KEY}" """
    relational = Given("fayan, one plan", connection.execute(found).fetchall(), 1e6 * taken / len(rows))
    facts = list(staged.all_facts())
    decide_batch(asked, facts[:1])
    start = process_time()
    results = decide_batch(asked, facts)[DECISIONS]
    taken = process_time() - start
    told = [each[5] if each[8] else None for each in results]
    closure = Given("fayan, one by one", list(zip(told[::2], told[1::2], strict=True)), 1e6 * taken / len(rows))
    return rows, [relational, closure]


def by_openfisca(rows: Sequence[Row]) -> Given:
    """Arrays of 32-bit floats, as a variable of type ``float`` has; what is not set has the default 0."""
    import numpy as np
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    firm = build_entity(key="firm", plural="firms", label="Enterprise", is_person=True)
    system = TaxBenefitSystem([firm])
    year = periods.DateUnit.YEAR

    def variable(name: str, kind: type, formula: Any = None) -> None:
        members = {"value_type": kind, "entity": firm, "definition_period": year, "label": name}
        system.add_variable(type(name, (Variable,), {**members, **({} if formula is None else {"formula": formula})}))

    for name, kind in (
        ("last", float),
        ("before", float),
        ("level", int),
        ("rents", bool),
        ("area", float),
        ("months", float),
    ):
        variable(name, kind)

    def growth(firms: Any, period: Any) -> Any:
        grew = firms("last", period) / firms("before", period) - 1 > 0.2
        level = firms("level", period)
        return grew * np.select([level == 1, level == 2], [100_000, 500_000], 0)

    def rent(firms: Any, period: Any) -> Any:
        return firms("rents", period) * np.minimum(5 * firms("area", period) * firms("months", period), 500_000)

    variable("growth", float, growth)
    variable("rent", float, rent)
    levels = {"市级": 1, "国家级": 2, None: 0}
    columns = {
        "last": [each.last for each in rows],
        "before": [each.before for each in rows],
        "rents": [each.rents for each in rows],
        "area": [each.area for each in rows],
        "months": [each.months for each in rows],
    }
    arrays = {name: np.array([float(each or 0) for each in values], np.float32) for name, values in columns.items()}
    arrays["level"] = np.array([levels[each.level] for each in rows])
    start = process_time()
    simulation = SimulationBuilder().build_default_simulation(system, count=len(rows))
    for name, array in arrays.items():
        simulation.set_input(name, "2024", array.astype(bool) if name == "rents" else array)
    with np.errstate(all="ignore"):
        found = [simulation.calculate(name, "2024") for name in ("growth", "rent")]
    taken = process_time() - start
    answers = [(_fen(float(one)), _fen(float(other))) for one, other in zip(*found, strict=True)]
    return Given("OpenFisca-Core", answers, 1e6 * taken / len(rows))


def by_zen(rows: Sequence[Row]) -> Given:
    """A decision of expressions, in decimals; what is not known is null. What cannot be evaluated fails: no answer."""
    expressions = {
        "growth": 'last / before - 1 > 0.2 ? (level == "市级" ? 100000 : (level == "国家级" ? 500000 : 0)) : 0',
        "rent": "rents ? min([5 * area * months, 500000]) : 0",
    }
    whole = _decision(expressions)
    alone = [_decision({key: value}) for key, value in expressions.items()]
    contexts = [
        {
            "level": each.level,
            "last": _float(each.last),
            "before": _float(each.before),
            "rents": each.rents,
            "area": _float(each.area),
            "months": _float(each.months),
        }
        for each in rows
    ]

    def told(decision: Any, context: dict[str, Any]) -> dict[str, Any]:
        try:
            result: dict[str, Any] = decision.evaluate(context)["result"]
        except Exception:  # it says that it cannot
            return {}
        return result

    found: list[Answer] = []
    start = process_time()
    for context in contexts:
        result = told(whole, context)
        if not result:  # perhaps one of the two can be told
            result = told(alone[0], context) | told(alone[1], context)
        found.append((_fen(result.get("growth")), _fen(result.get("rent"))))
    return Given("ZEN", found, 1e6 * (process_time() - start) / len(rows))


def _decision(expressions: dict[str, str]) -> Any:
    import zen

    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "made",
            "type": "expressionNode",
            "name": "made",
            "content": {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions.items()]},
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "made"},
        {"id": "2", "type": "edge", "sourceId": "made", "targetId": "out"},
    ]
    return zen.ZenEngine().create_decision({"nodes": nodes, "edges": edges})


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _fen(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def compared(path: Path, threads: int, memory: str) -> None:
    rows, given = by_fayan(path, threads, memory)
    given += [by_openfisca(rows), by_zen(rows)]
    right = [exact(row) for row in rows]
    known = [row.known for row in rows]
    print(
        f"(d) a kernel in four ways, {len(rows)} enterprises, of which {len(rows) - sum(known)} with something not known or not to be computed"
    )
    print(f"  {'':<20}{'µs each':>10}{'all known: wrong':>20}{'not known: told an amount':>28}{'known: no answer':>20}")
    for each in given:
        wrong = guessed = silent = 0
        for answer, exactly, whole in zip(each.answers, right, known, strict=True):
            pairs = list(zip(answer, exactly, strict=True))
            silent += any(one is None is not other for one, other in pairs)
            guessed += any(one is not None and other is None for one, other in pairs)
            wrong += whole and any(one is not None and other is not None and one != other for one, other in pairs)
        print(f"  {each.name:<20}{each.microseconds:>10.2f}{wrong:>20}{guessed:>28}{silent:>20}")
