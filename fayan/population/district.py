"""Figures of the district: given, or counted over the population (逐户计).

A figure that is given counts as given. One that is counted is known only where it is known of every enterprise: where it is not, or
where enterprises were rejected, it lies between what was counted and what may be added to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from fayan.population import store
from fayan.population.question import Engine, Progress, Question
from fayan.population.within import compared, parts_of_wholes
from fayan.tables import sql
from fayan.tables.owners import unlisted
from fayan_runtime import ir, walk
from fayan_runtime.explain.decision.policy_parts import facts_read
from fayan_runtime.names import DISTRICT, KEY
from fayan_runtime.population import Figure
from fayan_runtime.results import DECISIONS
from fayan_runtime.rows import facts_of
from fayan_runtime.values import Absent, Facts

if TYPE_CHECKING:
    from fayan.tables.staged import Staged

COUNTED = "统计"
#: What is known of an enterprise: whether it counts, figure by figure; None where that is not known.
Known = tuple[bool | None, ...]


@frozen
class District:
    """``open`` says of the enterprises of which not all is known how many there are of each kind, so that what is made up of several
    figures can be told: what is known of each figure that is ``compared``, and of the rest of each of ``parts_of_wholes``.
    """

    figures: list[Figure]
    open: Mapping[Known, int] = field(factory=dict)

    @property
    def counted(self) -> list[Figure]:
        return [each for each in self.figures if each.by]

    def to_plain(self) -> dict[str, Any]:
        """For JSON."""
        figures = [
            [each.name, None if each.value is None else str(each.value), each.by, each.unknown, each.rejected]
            for each in self.figures
        ]
        return {
            "figures": figures,
            "open": [[list(known), count] for known, count in sorted(self.open.items(), key=str)],
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> District:
        figures = [
            Figure(name, None if value is None else Decimal(value), by, unknown, rejected)
            for name, value, by, unknown, rejected in plain["figures"]
        ]
        return cls(figures, {tuple(known): count for known, count in plain["open"]})


def district(staged: Staged, question: Question, engine: Engine, progress: Progress) -> District:
    """What there is of the district; what was counted stands in the table 全区 afterwards, where it is known."""
    given = _given(staged)
    wanted = _read(question)
    asked = [fact for fact in _declared(question.program) if fact.name in wanted]
    to_count = [fact for fact in asked if fact.tally and isinstance(given.get(fact.name), Absent)]
    counts, open = _count(staged, question, to_count, engine, progress) if to_count else ({}, {})
    others = staged.rejected + unlisted(staged.connection)
    found = []
    for fact in asked:
        value: Any = given[fact.name]
        if fact.name in counts:
            sure, unknown = counts[fact.name]
            found.append(Figure(fact.name, Decimal(sure), fact.tally, unknown, others))
        else:
            found.append(Figure(fact.name, None if isinstance(value, Absent) else _decimal(value)))
    write(staged, found)
    return District(found, open)


def added(of: Sequence[District]) -> District:
    """The figures over several parts of a population."""
    open: Counter[Known] = Counter()
    for each in of:
        open.update(each.open)
    return District([_added(several) for several in zip(*(each.figures for each in of), strict=True)], open)


def _added(of: Sequence[Figure]) -> Figure:
    first = of[0]
    if not first.by:
        return first
    value = sum((each.value or Decimal(0) for each in of), Decimal(0))
    return Figure(first.name, value, first.by, sum(each.unknown for each in of), sum(each.rejected for each in of))


def _declared(program: ir.Program) -> list[ir.FactDecl]:
    return [fact for scope in program.scopes if scope.name == DISTRICT for fact in scope.facts]


def _read(question: Question) -> set[str]:
    """The facts that what was asked for looks at."""
    program, asked = question.program, question.measures
    rules = [each for each in program.provisions if asked is None or each.measure in asked]
    return {fact.name for rule in rules for fact in facts_read(program, rule)}


def _given(staged: Staged) -> Mapping[str, object]:
    return facts(staged).scopes.get(DISTRICT, {})


def facts(staged: Staged) -> Facts:
    """The facts of no enterprise, with those of the district."""
    rows: list[dict[str, Any]] = []
    if _declared(staged.program):
        found = staged.connection.execute(f"SELECT * FROM {DISTRICT}")
        names = [each[0] for each in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return facts_of(staged.program, {DISTRICT: rows})


def _count(
    staged: Staged, question: Question, facts: Collection[ir.FactDecl], engine: Engine, progress: Progress
) -> tuple[dict[str, tuple[int, int]], dict[Known, int]]:
    """Of how many enterprises each definition holds, and of how many it is not known; and what ``District.open`` is. Decided like duties:
    met, not met, not known.
    """
    program = question.program
    pairs = parts_of_wholes(program, [fact.name for fact in facts])
    asked: dict[str, ir.Expr] = {
        fact.name: ir.Call(type=ir.Type("bool"), function=fact.tally, args=()) for fact in facts
    }
    asked |= {f"{each.part}的其余条件": each.rest for each in pairs}
    census = evolve(
        program,
        effective=None,
        measures=(ir.Measure(number=0, title="", chapter="", responsible=(), passages=()),),
        provisions=tuple(_duty(name, holds) for name, holds in asked.items()),
        adjustments=(),
        offset=None,
    )
    store.drop(staged.connection, COUNTED)
    engine(staged, evolve(question, program=census, measures=None, reasons=False), COUNTED, progress)
    rows = staged.connection.execute(
        "SELECT 事项, count_if(状态 = 'duty_met'), count_if(状态 NOT IN ('duty_met', 'duty_unmet'))"
        f" FROM {COUNTED}.{DECISIONS} GROUP BY 1"
    ).fetchall()
    found = {name: (sure, unknown) for name, sure, unknown in rows}
    counts = {fact.name: found.get(fact.name, (0, 0)) for fact in facts}
    together = compared(program, [fact.name for fact in facts])
    open = (
        _together(staged, [*together, *list(asked)[len(facts) :]]) if any(counts[each][1] for each in together) else {}
    )
    store.drop(staged.connection, COUNTED)
    return counts, open


def _together(staged: Staged, names: Sequence[str]) -> dict[Known, int]:
    """What is known of each enterprise of which one of these is not known: how many there are of each kind."""
    known = "CASE 状态 WHEN 'duty_met' THEN TRUE WHEN 'duty_unmet' THEN FALSE END"
    placed = f"list_position([{', '.join(map(sql.text, names))}], 事项)"
    asked = f"FROM {COUNTED}.{DECISIONS} WHERE 事项 IN {sql.texts(names)}"
    open = f"SELECT {KEY} {asked} AND 状态 NOT IN ('duty_met', 'duty_unmet')"
    rows = staged.connection.execute(
        f"WITH 每户 AS (SELECT list({known} ORDER BY {placed}) AS 知 {asked} AND {KEY} IN ({open}) GROUP BY {KEY})"
        " SELECT 知, count(*) FROM 每户 GROUP BY 1"
    ).fetchall()
    return {tuple(row): count for row, count in rows}


def counted_by(program: ir.Program, reading: str) -> set[str]:
    """The figures that are counted another way under another option of a reading."""
    functions = {each.name: each for each in program.functions}

    def refers(name: str) -> bool:
        nodes = list(walk.inside(functions[name].body))
        if any(isinstance(each, ir.Choose) and each.reading == reading for each in nodes):
            return True
        return any(refers(each.function) for each in nodes if isinstance(each, ir.Call))

    return {fact.name for fact in _declared(program) if fact.tally and refers(fact.tally)}


@contextmanager
def counted_anew(
    staged: Staged, question: Question, area: District, names: Collection[str], engine: Engine
) -> Iterator[District]:
    """With what was counted under these names counted as the question has it; afterwards it is as it was."""
    again = [each for each in area.counted if each.name in names]
    _forget(staged, again)
    yield district(staged, question, engine, lambda count: None) if again else area
    _forget(staged, again)
    write(staged, again)


def _forget(staged: Staged, counted: Collection[Figure]) -> None:
    for each in counted:
        staged.connection.execute(f'UPDATE {DISTRICT} SET "{each.name}" = NULL')


def _duty(name: str, holds: ir.Expr) -> ir.Provision:
    return ir.Provision(measure=0, name=name, kind="duty", checks=(ir.Condition(name=name, expr=holds),))


def write(staged: Staged, figures: Collection[Figure]) -> None:
    """Put what was counted into the table 全区, where it is known."""
    counted = [each for each in figures if each.by and each.exact]
    if not counted:
        return
    connection = staged.connection
    if not sql.number(connection, f"SELECT count(*) FROM {DISTRICT}"):
        # a row of nothing known: what is not given of the district is not known
        names = [f'"{name}"' for name, *_ in connection.execute(f"DESCRIBE {DISTRICT}").fetchall()]
        connection.execute(f"INSERT INTO {DISTRICT} ({names[0]}) VALUES (NULL)")
    for each in counted:
        connection.execute(f'UPDATE {DISTRICT} SET "{each.name}" = ?', [each.value])


def _decimal(value: Any) -> Decimal:
    return Decimal(Fraction(value).numerator) / Fraction(value).denominator
