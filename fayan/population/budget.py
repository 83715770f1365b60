"""What each reading is worth: the population decided again under another option, one at a time, beside what was used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve

from fayan.population import district, store
from fayan.population.district import District
from fayan.population.question import Engine, Question
from fayan.population.targets import targets
from fayan.progress import progress
from fayan.tables import sql
from fayan_runtime import ir
from fayan_runtime.explain.decision.policy_parts import facts_read
from fayan_runtime.names import KEY
from fayan_runtime.outcome import PAID, TOTALLED
from fayan_runtime.population import Cost, Sum, Target
from fayan_runtime.reference import readings_of
from fayan_runtime.results import DECISIONS

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
    area: District,
    goals: Sequence[Target],
    engine: Engine,
    every: bool,
) -> Iterator[Cost]:
    """``totals``, ``area`` and ``goals`` are those of the results in ``schema``. Only measures that refer to a reading are decided
    again, and only figures of the district that are counted by it are counted again.
    """
    base = {nature: each.value for nature, each in totals.items()}
    asked = list(alternatives(question, every))
    with progress(len(asked)) as step:
        for reading, option in asked:
            other = evolve(question, readings={**question.readings, reading.id: option}, reasons=False)
            recounted = district.counted_by(question.program, reading.id)
            rules = list(_touched(question, reading, recounted))
            measures = {each.measure for each in rules if each.kind != "target"}
            cost = Cost(reading, question.readings[reading.id], option, base, base, {}, {}, {}, {}, 0)
            with district.counted_anew(
                staged, _only(other, {each.measure for each in rules}), area, recounted, engine
            ) as anew:
                if measures:
                    store.drop(staged.connection, OTHER)
                    engine(staged, _only(other, measures), OTHER, lambda count: None)
                    cost = _compared(staged, schema, measures, cost)
                touched = [each.name for each in rules if each.kind == "target"]
                came = {each.provision.name: each for each in targets(staged, other, anew)} if touched else {}
            differing = [(each, came[each.provision.name]) for each in goals if each.provision.name in touched]
            yield evolve(cost, targets=tuple(pair for pair in differing if pair[0] != pair[1]))
            step(1)
    store.drop(staged.connection, OTHER)


def _only(question: Question, measures: Collection[int]) -> Question:
    return evolve(
        question, measures=tuple(each.number for each in question.program.measures if each.number in measures)
    )


def _touched(question: Question, reading: ir.ReadingDecl, recounted: Collection[str]) -> Iterator[ir.Provision]:
    """The rules asked for that refer to a reading, or read a figure of the district that is counted by it."""
    program = question.program
    for rule in program.provisions:
        if question.measures is None or rule.measure in question.measures:
            read = {fact.name for fact in facts_read(program, rule) if fact.tally} if recounted else set()
            if reading.id in readings_of(program, rule) or not read.isdisjoint(recounted):
                yield rule


def _compared(staged: Staged, schema: str, measures: Collection[int], cost: Cost) -> Cost:
    natures = ", ".join(f"'{nature}'" for nature in TOTALLED)
    within = f"措施 IN ({', '.join(map(str, sorted(measures)))})"
    sides = (
        f"一 AS (SELECT {KEY}, 性质, sum({_VALUE}) AS 数 FROM {schema}.{DECISIONS} WHERE {within} GROUP BY ALL), "
        f"二 AS (SELECT {KEY}, 性质, sum({_VALUE}) AS 数 FROM {OTHER}.{DECISIONS} GROUP BY ALL)"
    )
    found = staged.connection.execute(
        f"WITH {sides} SELECT 性质, count_if(二.数 > 一.数), count_if(二.数 < 一.数),"
        " sum(greatest(二.数 - 一.数, 0)), sum(greatest(一.数 - 二.数, 0))"
        f" FROM 一 JOIN 二 USING ({KEY}, 性质) WHERE 性质 IN ({natures}) GROUP BY 性质"
    ).fetchall()
    by_nature = {nature: (up, down, Decimal(more), Decimal(less)) for nature, up, down, more, less in found}
    changed = sql.number(
        staged.connection,
        f"SELECT count(DISTINCT {KEY}) FROM {schema}.{DECISIONS} AS 一 JOIN {OTHER}.{DECISIONS} AS 二 USING ({KEY}, 措施, 事项)"
        " WHERE 一.状态 NOT LIKE 'target%'"
        " AND (一.状态, 一.金额, 一.应付, 一.完整) IS DISTINCT FROM (二.状态, 二.金额, 二.应付, 二.完整)",
    )
    return evolve(
        cost,
        sums={
            nature: value + by_nature[nature][2] - by_nature[nature][3] if nature in by_nature else value
            for nature, value in cost.base.items()
        },
        gaining={nature: up for nature, (up, _, _, _) in by_nature.items()},
        losing={nature: down for nature, (_, down, _, _) in by_nature.items()},
        gained={nature: more for nature, (_, _, more, _) in by_nature.items()},
        lost={nature: less for nature, (_, _, _, less) in by_nature.items()},
        changed=changed,
    )
