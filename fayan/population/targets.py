"""How far the targets of the district are, between the least and the most that what they compare may be.

Figures that were counted are open where something is not known of an enterprise, or where one was rejected. What is made up of several
of them is told enterprise by enterprise: one that may count for a share may count for the whole too, and never for the share alone where
the definitions say that who is in the one is in the other. A target is met, or is not, only where both ends say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from attrs import evolve

from fayan.population.district import District, Known, facts
from fayan.population.question import Question
from fayan.population.within import compared, parts_of_wholes
from fayan_runtime import ir, walk
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.names import DISTRICT
from fayan_runtime.population import Figure, Target
from fayan_runtime.values import Absent, Facts

if TYPE_CHECKING:
    from fayan.tables.staged import Staged

#: So many ways in which open figures may come out are tried; more leave a target open.
MOST_WAYS = 4096


def targets(staged: Staged, question: Question, district: District) -> Iterator[Target]:
    """Each goal with the least and the most that what it compares may be."""
    given = facts(staged)
    for each in question.program.provisions:
        if each.kind == "target" and (question.measures is None or each.measure in question.measures):
            yield _target(question, each, given, district)


def _target(question: Question, rule: ir.Provision, given: Facts, district: District) -> Target:
    goal = rule.goal
    if not isinstance(goal, ir.Compare):
        return Target(rule, "target")
    open = [each for each in district.counted if not each.exact and any(_is(node, each) for node in walk.inside(goal))]
    ways = _ways(question.program, goal, open, district) if open else [()]
    share = _share(goal.left)
    parts = [goal, goal.left, goal.right, *share, *_divisors(goal)]
    seen: list[list[Any]] = []
    for way in ways:
        assumed = {each.name: value for each, value in zip(open, way, strict=True)}
        scopes = given.scopes | {DISTRICT: given.scopes.get(DISTRICT, {}) | assumed}
        env = Env(question.program, evolve(given, scopes=scopes), question.on, dict(question.readings))
        seen.append([evaluate(one, env) for one in parts])
    wanted = evaluate(goal.right, Env(question.program, given, question.on, dict(question.readings)))
    untold = Target(rule, "target", goal=None if isinstance(wanted, Absent) else wanted)
    if not seen or any(isinstance(part, Absent) for each in seen for part in each):
        return untold
    if any(min(several) < 0 < max(several) for several in list(zip(*seen, strict=True))[3 + len(share) :]):
        return untold  # a quotient has no bound where what it is divided by passes zero
    outcomes = {each[0] for each in seen}
    status = "target" if len(outcomes) > 1 else "target_met" if outcomes == {True} else "target_unmet"
    values = [each[1] for each in seen]
    ends = min(values), max(values)
    at = [values.index(end) for end in ends] if share else []
    counts = tuple((Fraction(seen[way][3]), Fraction(seen[way][4])) for way in at)
    return Target(rule, status, *ends, seen[0][2], counts)


def _is(node: object, figure: Figure) -> bool:
    return isinstance(node, ir.Fact) and (node.scope, node.name) == (DISTRICT, figure.name)


def _divisors(goal: ir.Compare) -> list[ir.Expr]:
    """What is divided by."""
    products = [node for node in walk.inside(goal) if isinstance(node, ir.Mul)]
    return [one for each in products for one, inverse in zip(each.args, each.inverse, strict=True) if inverse]


def _share(expr: ir.Expr) -> tuple[ir.Expr, ...]:
    """What is divided by what, where it is just that."""
    if isinstance(expr, ir.Mul) and sorted(expr.inverse) == [False, True]:
        return tuple(each for _, each in sorted(zip(expr.inverse, expr.args, strict=True), key=lambda pair: pair[0]))
    return ()


# ---------------------------------------------------------------- how open figures may come out


def _ways(
    program: ir.Program, goal: ir.Compare, open: Sequence[Figure], district: District
) -> Collection[tuple[int, ...]]:
    """The values of the open figures between which all that are possible lie; none where the ends would not be among them.

    Enterprises of which the same is known are alike: what compares sums, or one sum to another, is least and most where they all come out alike.
    """
    if goal.op not in (">", ">=", "<", "<=") or _degree(goal.left, open) + _degree(goal.right, open) > 2:
        return []
    if len(open) == 1:
        (one,) = open
        return [(int(one.value or 0),), (int(one.value or 0) + one.unknown + one.rejected,)]
    counted = [each.name for each in district.counted]
    together, pairs = compared(program, counted), parts_of_wholes(program, counted)
    places = [together.index(each.name) for each in open]
    kinds: Counter[Known] = Counter(district.open)
    kinds[(None,) * (len(together) + len(pairs))] += open[0].rejected
    bound = [(together.index(each.part), together.index(each.whole)) for each in pairs]
    outcomes = []
    for known, count in kinds.items():
        several = {tuple(way[place] for place in places) for way in _outcomes(known, bound)}
        outcomes.append([(way, count) for way in sorted(several)])
    if prod(map(len, outcomes)) > MOST_WAYS:
        return []
    sure = [
        int(each.value or 0) - sum(count for known, count in district.open.items() if known[place])
        for each, place in zip(open, places, strict=True)
    ]
    return {
        tuple(first + sum(way[at] * count for way, count in chosen) for at, first in enumerate(sure))
        for chosen in product(*outcomes)
    }


def _outcomes(known: Known, bound: Sequence[tuple[int, int]]) -> Iterator[tuple[bool, ...]]:
    """How an enterprise may come out, figure by figure; after the figures stands, for each part of a whole, what is known of the rest."""
    figures, rests = known[: len(known) - len(bound)], known[len(known) - len(bound) :]
    for way in product(*((False, True) if each is None else (each,) for each in figures)):
        if all(
            way[part] == (way[whole] and rest) if rest is not None else way[whole] or not way[part]
            for (part, whole), rest in zip(bound, rests, strict=True)
        ):
            yield way


def _degree(expr: ir.Expr, open: Sequence[Figure]) -> int:
    """Of the open figures: 0 none, 1 a sum, 2 a sum divided by another, 9 anything else."""
    if not any(_is(node, each) for node in walk.inside(expr) for each in open):
        return 0
    match expr:
        case ir.Fact():
            return 1
        case ir.Add(args=args):
            degrees = sorted(_degree(each, open) for each in args)
            return degrees[-1] if degrees[-1] == 1 or sum(degrees[:-1]) == 0 else 9
        case ir.Mul(args=args, inverse=inverse):
            above, below = (
                [
                    degree
                    for each, under in zip(args, inverse, strict=True)
                    if under is side and (degree := _degree(each, open))
                ]
                for side in (False, True)
            )
            if len(above) > 1 or len(below) > 1 or max(above + below) > 1:
                return above[0] if len(above) == 1 and not below else 9
            return 2 if below else 1
        case _:
            return 9
