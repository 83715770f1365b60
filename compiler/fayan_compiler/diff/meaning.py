"""Layer two of a comparison: for each rule and each reading, who is entitled and to how much, compared by a solver.

Where the two versions of a rule say the same all the way down, nothing is asked. Else four questions: is there an enterprise that is
entitled only under the new version, only under the old, to more, to less? Each one found is written down as facts, and both versions are run
on it by the reference; a verdict stands only with witnesses that replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import z3
from attrs import frozen

from fayan_compiler.diff.abstract import Abstract
from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.witness import Plain, Smallest, facts_of, plainly, without_parts
from fayan_compiler.targets.smt.expressions import Formulas
from fayan_compiler.targets.smt.rules import Outcome, Rules, concerning, touched
from fayan_compiler.targets.smt.terms import FALSE, encode
from fayan_compiler.targets.smt.world import Unsupported, World, years_spoken_of
from fayan_runtime import ir
from fayan_runtime.comparison import HowMuch, Shows, Verdict, Who, Witness
from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.read import read
from fayan_runtime.reference import decide, readings_of
from fayan_runtime.values import Facts

#: No list is longer in the enterprises asked about.
BOUND = 2
#: For one question, in the solver's own units: the same on every machine.
LIMIT = 4_000_000
QUESTIONS: tuple[Shows, ...] = ("gains", "loses", "more", "less")
ENTITLED = ("granted", "discretionary", "duty", "duty_met", "target_met")


def compare_meaning(
    old: ir.Program, new: ir.Program, pairs: Sequence[Pair[ir.Provision]], bound: int = BOUND, limit: int = LIMIT
) -> list[Verdict]:
    """A verdict for each pair under the default readings, and under each other option of a reading either side refers to."""
    return list(_Meaning(old, new, bound, limit).verdicts(pairs))


@frozen(eq=False)
class _Choice:
    """The readings of both versions; ``differs`` is the one that is not at its default."""

    old: dict[str, str]
    new: dict[str, str]
    differs: tuple[str, str] | None


class _Meaning:
    def __init__(self, old: ir.Program, new: ir.Program, bound: int, limit: int) -> None:
        self.old, self.new, self.bound, self.limit = old, new, bound, limit
        self.years = years_spoken_of([old, new])
        self.abstract = Abstract(limit)
        self.found: dict[tuple[str, str], Verdict] = {}
        self.seen: dict[tuple[str, str, Shows], list[Witness]] = {}

    def verdicts(self, pairs: Sequence[Pair[ir.Provision]]) -> Iterator[Verdict]:
        for pair in pairs:
            for choice in self.choices(pair):
                yield self.verdict(pair, choice)

    def choices(self, pair: Pair[ir.Provision]) -> Iterator[_Choice]:
        defaults = [{each.id: each.options[0][0] for each in p.readings if each.options} for p in (self.old, self.new)]
        yield _Choice(defaults[0], defaults[1], None)
        options: dict[tuple[str, str], None] = {}
        for program, rule in ((self.old, pair.old), (self.new, pair.new)):
            for id in readings_of(program, rule) if rule is not None else ():
                declared = next(each for each in program.readings if each.id == id)
                options |= dict.fromkeys((id, option) for option, _ in declared.options[1:])
        for id, option in sorted(options):
            chosen = [dict(each) for each in defaults]
            for program, each in zip((self.old, self.new), chosen, strict=True):
                if any(decl.id == id and option in dict(decl.options) for decl in program.readings):
                    each[id] = option
            yield _Choice(chosen[0], chosen[1], (id, option))

    def verdict(self, pair: Pair[ir.Provision], choice: _Choice) -> Verdict:
        said = (says(self.old, pair.old, choice.old), says(self.new, pair.new, choice.new))
        who: Who = "same"
        how_much: HowMuch = "same"
        witnesses: tuple[Witness, ...] = ()
        why = ""
        if said[0] != said[1]:
            if said not in self.found:
                self.found[said] = self.asked(pair, choice)
            known = self.found[said]
            who, how_much, witnesses, why = known.who, known.how_much, known.witnesses, known.why
        rule = pair.new or pair.old
        assert rule is not None
        return Verdict(
            measure=rule.measure,
            provision=rule.name,
            old=pair.old.name if pair.old else "",
            reading=choice.differs,
            who=who,
            how_much=how_much,
            witnesses=witnesses,
            why=why,
        )

    # ------------------------------------------------------------ asking
    def asked(self, pair: Pair[ir.Provision], choice: _Choice) -> Verdict:
        found: dict[Shows, Witness | None] = {}
        why = ""
        try:
            world = World((self.old, self.new), self.bound, self.years)
            old = outcome(self.old, pair.old, choice.old, world)
            new = outcome(self.new, pair.new, choice.new, world)
            solver = z3.Solver()
            solver.set("rlimit", self.limit)
            solver.add(*world.rules, *in_force(world))
            for shows in QUESTIONS:
                asked = _asked(shows, old, new)
                answer: Witness | str | None = self.known(pair, choice, shows)
                if answer is None and not self.abstract.rules_out(asked, world, old, new):
                    answer = self.question(pair, choice, shows, world, solver, asked)
                if isinstance(answer, str):
                    why = why or answer
                else:
                    found[shows] = answer
        except Unsupported:
            why = "unsupported"
        who = _relation(found, "gains", "loses", ("wider", "narrower"))
        how_much = _relation(found, "more", "less", ("more", "less"))
        rule = pair.new or pair.old
        assert rule is not None
        return Verdict(
            measure=rule.measure,
            provision=rule.name,
            old="",
            reading=None,
            who=who,  # type: ignore[arg-type]
            how_much=how_much,  # type: ignore[arg-type]
            witnesses=tuple(each for each in found.values() if each is not None),
            why=why if "not_decided" in (who, how_much) else "",
        )

    def known(self, pair: Pair[ir.Provision], choice: _Choice, shows: Shows) -> Witness | None:
        """An enterprise found for the rule under other readings that shows it under these too."""
        for each in self.seen.get((*names(pair), shows), ()):
            again = self.replay(pair, choice, shows, each.facts, each.on)
            if isinstance(again, Witness):
                return again
        return None

    def question(
        self, pair: Pair[ir.Provision], choice: _Choice, shows: Shows, world: World, solver: z3.Solver, asked: Any
    ) -> Witness | str | None:
        """A witness, None where there is none, or why it is not decided."""
        depth = solver.num_scopes()
        solver.push()
        try:
            solver.add(asked)
            solver.push()
            solver.add(*plainly(world))
            answer = solver.check()
            if answer != z3.sat:
                solver.pop()
                answer = solver.check()
            if answer != z3.sat:
                return None if answer == z3.unsat else "limit"
            if (*names(pair), shows) in self.seen:  # one example to read is enough; this one only has to replay
                again = self.replay(pair, choice, shows, *facts_of(world, solver.model()))
                if isinstance(again, Witness):
                    return again
            model = Smallest(world, solver).find()
            if model is None:
                return "limit"
            found = self.smaller(pair, choice, self.replay(pair, choice, shows, *facts_of(world, model)))
        finally:
            solver.pop(solver.num_scopes() - depth)
        if isinstance(found, Witness):
            self.seen.setdefault((*names(pair), shows), []).append(found)
        return found

    def smaller(self, pair: Pair[ir.Provision], choice: _Choice, found: Witness | str) -> Witness | str:
        """Without what the difference does not need; what both versions then still decide."""
        if isinstance(found, Witness):
            for facts in without_parts(found.facts):
                again = self.replay(pair, choice, found.shows, facts, found.on)
                if isinstance(again, Witness):
                    return self.smaller(pair, choice, again)
        return found

    def replay(self, pair: Pair[ir.Provision], choice: _Choice, shows: Shows, facts: Plain, on: date) -> Witness | str:
        """Both versions run on the facts; what comes out has to be what the formulas said."""
        before = run(self.old, pair.old, choice.old, facts, on)
        after = run(self.new, pair.new, choice.new, facts, on)
        if "unknown" in (before[0], after[0]):
            return "replay"
        entitled = (before[0] in ENTITLED, after[0] in ENTITLED)
        amounts = (before[1] or 0, after[1] or 0)
        right = {
            "gains": entitled == (False, True),
            "loses": entitled == (True, False),
            "more": entitled == (True, True) and amounts[0] < amounts[1],
            "less": entitled == (True, True) and amounts[0] > amounts[1],
        }[shows]
        return Witness(shows=shows, facts=facts, on=on, before=before, after=after) if right else "replay"


def in_force(world: World) -> list[Any]:
    """Versions are compared on days on which both are in force; that one begins later is told with the header."""
    return [world.on >= encode(each.effective) for each in world.programs if each.effective is not None]


def names(pair: Pair[ir.Provision]) -> tuple[str, str]:
    return ("" if pair.old is None else pair.old.name, "" if pair.new is None else pair.new.name)


def outcome(program: ir.Program, rule: ir.Provision | None, readings: dict[str, str], world: World) -> Outcome:
    return Outcome(FALSE) if rule is None else Rules(Formulas(program, world, readings)).outcome(rule.name)


def _asked(shows: Shows, old: Outcome, new: Outcome) -> Any:
    both = z3.And(old.entitled, new.entitled, old.certain, new.certain)
    match shows:
        case "gains":
            return z3.And(new.entitled, z3.Not(old.entitled))
        case "loses":
            return z3.And(old.entitled, z3.Not(new.entitled))
        case "more":
            return z3.And(both, new.amount > old.amount)
        case "less":
            return z3.And(both, new.amount < old.amount)


def _relation(found: dict[Shows, Witness | None], up: Shows, down: Shows, words: tuple[str, str]) -> str:
    if up not in found or down not in found:
        return "not_decided"
    match found[up] is not None, found[down] is not None:
        case True, True:
            return "incomparable"
        case True, False:
            return words[0]
        case False, True:
            return words[1]
    return "same"


def says(program: ir.Program, rule: ir.Provision | None, readings: dict[str, str]) -> str:
    """What decides the rule under the readings, all the way down: its own clauses, and the adjustments with the rules they look at."""
    if rule is None:
        return ""
    keys = Keys(program, readings=readings)
    near = concerning(program, rule.name)
    names = {rule.name}.union(*map(touched, near))
    rules = [each for each in program.provisions if each.name in names]
    own = [each for each in rules if each.name == rule.name] + [each for each in rules if each.name != rule.name]
    parts: list[str] = []
    for each in own:
        tests = [condition.expr for condition in (*each.among, *each.must, *each.checks)]
        stages = [(stage.name, stage.amount, stage.on) for stage in each.stages]
        clauses = (each.kind, each.each, each.on, each.amount, each.periods, each.goal, stages and tuple(stages))
        parts += [*sorted(map(keys.deep, tests)), *map(keys.deep, clauses)]
    return " ".join([*parts, *map(keys.deep, near)])


def run(
    program: ir.Program, rule: ir.Provision | None, readings: dict[str, str], facts: Plain, on: date
) -> tuple[str, int | Fraction | None]:
    """Status and amount of the rule by the reference, on those of the facts that the version knows."""
    if rule is None:
        return "", None
    known: Plain = {}
    for scope in program.scopes:
        declared = {each.name: {one.name for one in each.fields} for each in scope.facts}
        known[scope.name] = {
            name: [{k: v for k, v in row.items() if k in declared[name]} for row in value]
            if isinstance(value, list) and declared[name]
            else value
            for name, value in facts.get(scope.name, {}).items()
            if name in declared
        }
    checked, complaints = read({ENTERPRISE: {}, **known}, program)
    if complaints or not isinstance(checked, Facts):
        return "unreadable", None
    decision = decide(program, checked, on, readings, [rule.measure]).measures[rule.measure].provisions[rule.name]
    return decision.status, decision.exact_amount
