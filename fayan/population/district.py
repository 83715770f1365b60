"""Figures of the district: given, or counted over the population (逐户计), and how far the targets are.

A figure that is given counts as given. One that is counted is known only where it is known of every enterprise: where it is not, or
where enterprises were rejected, it lies between what was counted and what may be added to that; a target is met, or is not, only where
both ends say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from attrs import evolve

from fayan.population import store
from fayan.population.question import Engine, Progress, Question
from fayan_runtime import ir, walk
from fayan_runtime.explain.policy_parts import facts_read
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.population import Figure, Target
from fayan_runtime.results import DECISIONS
from fayan_runtime.rows import facts_of
from fayan_runtime.tables import DISTRICT
from fayan_runtime.values import Absent, Facts

if TYPE_CHECKING:
    from fayan.tables.staged import Staged

COUNTED = "统计"
#: So many figures that are not exact are tried at both ends; more leave a target open.
MOST_OPEN = 8


def figures(staged: Staged, question: Question, engine: Engine, progress: Progress) -> list[Figure]:
    """What there is of the district; what was counted stands in the table 全区 afterwards, where it is known."""
    given = _given(staged)
    wanted = _read(question)
    facts = [fact for fact in _declared(question.program) if fact.name in wanted]
    to_count = [fact for fact in facts if fact.tally and isinstance(given.get(fact.name), Absent)]
    counts = _count(staged, question, to_count, engine, progress) if to_count else {}
    found = []
    for fact in facts:
        value: Any = given[fact.name]
        if fact.name in counts:
            sure, open = counts[fact.name]
            found.append(Figure(fact.name, Decimal(sure), fact.tally, open, staged.rejected))
        else:
            found.append(Figure(fact.name, None if isinstance(value, Absent) else _decimal(value)))
    write(staged, found)
    return found


def added(of: Sequence[Figure]) -> Figure:
    """A figure over several parts of a population."""
    first = of[0]
    if not first.by:
        return first
    value = sum((each.value or Decimal(0) for each in of), Decimal(0))
    return Figure(first.name, value, first.by, sum(each.unknown for each in of), sum(each.rejected for each in of))


def figure(name: str, value: str | None, by: str, unknown: int, rejected: int) -> Figure:
    return Figure(name, None if value is None else Decimal(value), by, unknown, rejected)


def _declared(program: ir.Program) -> list[ir.FactDecl]:
    return [fact for scope in program.scopes if scope.name == DISTRICT for fact in scope.facts]


def _read(question: Question) -> set[str]:
    """The facts that what was asked for looks at."""
    program, asked = question.program, question.measures
    rules = [each for each in program.provisions if asked is None or each.measure in asked]
    return {fact.name for rule in rules for fact in facts_read(program, rule)}


def _given(staged: Staged) -> Mapping[str, object]:
    return _facts(staged).scopes.get(DISTRICT, {})


def _facts(staged: Staged) -> Facts:
    """The facts of no enterprise, with those of the district."""
    rows: list[dict[str, Any]] = []
    if _declared(staged.program):
        found = staged.connection.execute(f"SELECT * FROM {DISTRICT}")
        names = [each[0] for each in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return facts_of(staged.program, {DISTRICT: rows})


def _count(
    staged: Staged, question: Question, facts: Collection[ir.FactDecl], engine: Engine, progress: Progress
) -> dict[str, tuple[int, int]]:
    """Of how many enterprises each definition holds, and of how many it is not known. Decided like duties: met, not met, not known."""
    program = question.program
    duties = tuple(_duty(fact) for fact in facts)
    census = evolve(
        program,
        effective=None,
        measures=(ir.Measure(number=0, title="", chapter="", responsible=(), passages=()),),
        provisions=duties,
        adjustments=(),
        offset=None,
    )
    store.drop(staged.connection, COUNTED)
    engine(staged, evolve(question, program=census, measures=None, reasons=False), COUNTED, progress)
    rows = staged.connection.execute(
        "SELECT 事项, count_if(状态 = 'duty_met'), count_if(状态 NOT IN ('duty_met', 'duty_unmet'))"
        f" FROM {COUNTED}.{DECISIONS} GROUP BY 1"
    ).fetchall()
    store.drop(staged.connection, COUNTED)
    return {fact.name: (0, 0) for fact in facts} | {name: (sure, open) for name, sure, open in rows}


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
    staged: Staged, question: Question, counted: Collection[Figure], names: Collection[str], engine: Engine
) -> Iterator[None]:
    """With what was counted under these names counted as the question has it; afterwards it is as it was."""
    again = [each for each in counted if each.by and each.name in names]
    _forget(staged, again)
    if again:
        figures(staged, question, engine, lambda count: None)
    yield
    _forget(staged, again)
    write(staged, again)


def _forget(staged: Staged, counted: Collection[Figure]) -> None:
    for each in counted:
        staged.connection.execute(f'UPDATE {DISTRICT} SET "{each.name}" = NULL')


def _duty(fact: ir.FactDecl) -> ir.Provision:
    holds = ir.Call(type=ir.Type("bool"), function=fact.tally, args=())
    return ir.Provision(measure=0, name=fact.name, kind="duty", checks=(ir.Condition(name=fact.name, expr=holds),))


def write(staged: Staged, figures: Collection[Figure]) -> None:
    """Put what was counted into the table 全区, where it is known."""
    counted = [each for each in figures if each.by and each.exact]
    if not counted:
        return
    connection = staged.connection
    if connection.execute(f"SELECT count(*) FROM {DISTRICT}").fetchone() == (0,):
        # a row of nothing known: what is not given of the district is not known
        names = [f'"{name}"' for name, *_ in connection.execute(f"DESCRIBE {DISTRICT}").fetchall()]
        connection.execute(f"INSERT INTO {DISTRICT} ({names[0]}) VALUES (NULL)")
    for each in counted:
        connection.execute(f'UPDATE {DISTRICT} SET "{each.name}" = ?', [each.value])


# ---------------------------------------------------------------- targets


def targets(staged: Staged, question: Question, figures: Collection[Figure]) -> Iterator[Target]:
    """Each goal with the least and the most that what it compares may be."""
    program, facts = question.program, _facts(staged)
    for each in program.provisions:
        if each.kind == "target" and (question.measures is None or each.measure in question.measures):
            yield _target(question, each, facts, [one for one in figures if one.by and not one.exact])


def _target(question: Question, rule: ir.Provision, facts: Facts, inexact: Collection[Figure]) -> Target:
    goal = rule.goal
    if not isinstance(goal, ir.Compare):
        return Target(rule, "target")
    open = [each for each in inexact if any(_is(node, each) for node in walk.inside(goal))]
    if len(open) > MOST_OPEN or (open and not _monotone(goal, open)):
        return Target(rule, "target")
    seen: list[tuple[Any, Any, Any]] = []
    ends = [(int(each.value or 0), int(each.value or 0) + each.unknown + each.rejected) for each in open]
    for chosen in product(*ends):
        assumed = {each.name: value for each, value in zip(open, chosen, strict=True)}
        district = facts.scopes.get(DISTRICT, {}) | assumed
        env = Env(
            question.program,
            evolve(facts, scopes=facts.scopes | {DISTRICT: district}),
            question.on,
            dict(question.readings),
        )
        holds, value, wanted = (evaluate(one, env) for one in (goal, goal.left, goal.right))
        seen.append((holds, value, wanted))
    if any(isinstance(part, Absent) for each in seen for part in each):
        return Target(rule, "target")
    outcomes = {each[0] for each in seen}
    status = "target" if len(outcomes) > 1 else "target_met" if outcomes == {True} else "target_unmet"
    values = [each[1] for each in seen]
    return Target(rule, status, min(values), max(values), seen[0][2])


def _is(node: object, figure: Figure) -> bool:
    return isinstance(node, ir.Fact) and (node.scope, node.name) == (DISTRICT, figure.name)


def _monotone(goal: ir.Compare, open: Collection[Figure]) -> bool:
    """Whether the ends of the figures give the ends of what is compared: each stands once, in sums, products and quotients alone."""
    nodes = [node for node in walk.inside(goal) if not isinstance(node, ir.Type | ir.Origin)]
    plain = all(isinstance(node, ir.Compare | ir.Add | ir.Mul | ir.Const | ir.Fact) for node in nodes)
    once = all(sum(_is(node, each) for node in nodes) == 1 for each in open)
    return plain and once and goal.op in (">", ">=", "<", "<=")


def _decimal(value: Any) -> Decimal:
    return Decimal(Fraction(value).numerator) / Fraction(value).denominator
