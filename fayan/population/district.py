"""Figures of the district, given or counted over the population, and how far its targets are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from fayan.population.question import Question
from fayan_runtime import ir
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.population import Figure, Target
from fayan_runtime.rows import facts_of
from fayan_runtime.tables import DISTRICT
from fayan_runtime.values import Absent

if TYPE_CHECKING:
    from fayan.tables.staged import Staged


def given(staged: Staged) -> list[dict[str, Any]]:
    """The row of 全区, if there is one."""
    if not any(scope.name == DISTRICT for scope in staged.program.scopes):
        return []
    found = staged.connection.execute(f"SELECT * FROM {DISTRICT}")
    names = [each[0] for each in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def targets(staged: Staged, question: Question) -> Iterator[Target]:
    """What each goal compares, with the figures there are."""
    program = question.program
    facts = facts_of(program, {DISTRICT: given(staged)})
    env = Env(program, facts, question.on, dict(question.readings))
    for each in program.provisions:
        if each.kind == "target" and (question.measures is None or each.measure in question.measures):
            goal: Any = each.goal
            if not isinstance(goal, ir.Compare):
                yield Target(each, "target")
                continue
            holds, value, wanted = (evaluate(one, env) for one in (goal, goal.left, goal.right))
            status = "target" if isinstance(holds, Absent) else "target_met" if holds else "target_unmet"
            least = None if isinstance(value, Absent) else value
            yield Target(each, status, least, least, None if isinstance(wanted, Absent) else wanted)


def figures(staged: Staged, program: ir.Program) -> list[Figure]:
    facts = facts_of(program, {DISTRICT: given(staged)}).scopes.get(DISTRICT, {})
    return [Figure(name, None if isinstance(value, Absent) else _decimal(value)) for name, value in facts.items()]


def _decimal(value: Any) -> Decimal:
    return Decimal(Fraction(value).numerator) / Fraction(value).denominator
