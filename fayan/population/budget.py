"""What each reading is worth: the population decided again under another option, one at a time, beside what was used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve

from fayan.population import district, store
from fayan.population.question import Engine, Question
from fayan.progress import progress
from fayan_runtime import ir
from fayan_runtime.explain.policy_parts import facts_read
from fayan_runtime.outcome import PAID, TOTALLED
from fayan_runtime.population import Cost, Figure, Sum
from fayan_runtime.reference import readings_of
from fayan_runtime.results import DECISIONS
from fayan_runtime.tables import KEY

if TYPE_CHECKING:
    from fayan.tables.staged import Staged

OTHER = "另选"
#: What a decision comes to: what is still to be paid, or where nothing is paid out, its amount.
_PAID = ", ".join(f"'{nature}'" for nature in PAID)
_VALUE = f"coalesce(CASE WHEN 性质 IN ({_PAID}) THEN 应付 ELSE 金额 END, 0)"


def alternatives(question: Question, every: bool) -> Iterator[tuple[ir.ReadingDecl, str]]:
    """Readings with another option: each there is, or (not ``every``) the first option of those that were chosen."""
    for each in question.program.readings:
        if each.uncomputed is None:
            used = question.readings[each.id]
            options = [option for option, _ in each.options]
            yield from ((each, option) for option in (options if every else options[:1]) if option != used)


def costs(
    staged: Staged,
    question: Question,
    schema: str,
    totals: Mapping[str, Sum],
    figures: Sequence[Figure],
    engine: Engine,
    every: bool,
) -> Iterator[Cost]:
    """``totals`` and ``figures`` are those of the results in ``schema``. Only measures that refer to a reading are decided again."""
    base = {nature: each.value for nature, each in totals.items()}
    asked = list(alternatives(question, every))
    with progress(len(asked)) as step:
        for reading, option in asked:
            same = Cost(reading, question.readings[reading.id], option, base, base, {}, {}, 0)
            recounted = district.counted_by(question.program, reading.id)
            measures = _measures(question, reading, recounted)
            other = evolve(
                question, readings={**question.readings, reading.id: option}, measures=measures, reasons=False
            )
            if measures:
                store.drop(staged.connection, OTHER)
                with district.counted_anew(staged, other, figures, recounted, engine):
                    engine(staged, other, OTHER, lambda count: None)
            yield _compared(staged, schema, measures, same) if measures else same
            step(1)
    store.drop(staged.connection, OTHER)


def _measures(question: Question, reading: ir.ReadingDecl, recounted: Collection[str]) -> tuple[int, ...]:
    """Those asked for with a rule that refers to a reading, or reads a figure of the district that is counted by it."""
    program = question.program

    def touched(rule: ir.Provision) -> bool:
        if not recounted or rule.kind == "target":  # of the district, not of an enterprise
            return reading.id in readings_of(program, rule)
        read = {fact.name for fact in facts_read(program, rule) if fact.tally}
        return reading.id in readings_of(program, rule) or not read.isdisjoint(recounted)

    found = {each.measure for each in program.provisions if touched(each)}
    asked = found if question.measures is None else found & set(question.measures)
    return tuple(measure.number for measure in program.measures if measure.number in asked)


def _compared(staged: Staged, schema: str, measures: tuple[int, ...], cost: Cost) -> Cost:
    natures = ", ".join(f"'{nature}'" for nature in TOTALLED)
    within = f"措施 IN ({', '.join(map(str, measures))})"
    sides = (
        f"一 AS (SELECT {KEY}, 性质, sum({_VALUE}) AS 数 FROM {schema}.{DECISIONS} WHERE {within} GROUP BY ALL), "
        f"二 AS (SELECT {KEY}, 性质, sum({_VALUE}) AS 数 FROM {OTHER}.{DECISIONS} GROUP BY ALL)"
    )
    found = staged.connection.execute(
        f"WITH {sides} SELECT 性质, sum(二.数 - 一.数), count_if(二.数 > 一.数), count_if(二.数 < 一.数)"
        f" FROM 一 JOIN 二 USING ({KEY}, 性质) WHERE 性质 IN ({natures}) GROUP BY 性质"
    ).fetchall()
    more = {nature: Decimal(difference) for nature, difference, _, _ in found}
    row = staged.connection.execute(
        f"SELECT count(DISTINCT {KEY}) FROM {schema}.{DECISIONS} AS 一 JOIN {OTHER}.{DECISIONS} AS 二 USING ({KEY}, 措施, 事项)"
        " WHERE 一.状态 NOT LIKE 'target%'"
        " AND (一.状态, 一.金额, 一.应付, 一.完整) IS DISTINCT FROM (二.状态, 二.金额, 二.应付, 二.完整)"
    ).fetchone()
    return evolve(
        cost,
        sums={nature: value + more.get(nature, Decimal(0)) for nature, value in cost.base.items()},
        gaining={nature: up for nature, _, up, _ in found},
        losing={nature: down for nature, _, _, down in found},
        changed=int(row[0]) if row else 0,
    )
