"""Missing examples: facts under which a condition decides, or a branch is taken, that no example shows yet.

Starting from the examples there are, or from nothing, one or two values are changed: to the other answer, to a threshold and one step
beside it, to a row more or less. What comes out is computed by the policy as it stands, so it has to be checked by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from attrs import define, evolve, field, frozen

from fayan.examples.aimed import Aim, Key
from fayan.examples.pool import Pool
from fayan.examples.trial import Report, rules_of
from fayan.examples.written import NotWritable, example, outcome, worth
from fayan.policy import Policy
from fayan_runtime import ir, walk
from fayan_runtime.coverage import Atom, Branch, Coverage, Goal, Shown
from fayan_runtime.derive import complete
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.outcome import PAID
from fayan_runtime.read import ends_before_it_begins
from fayan_runtime.reference import members_of
from fayan_runtime.remembered import Remembered
from fayan_runtime.values import Absent, Facts, Unknown

#: So many cases are tried for one rule, so many without anything new, and so many are kept to go on from.
MOST_TRIED = 6000
MOST_IDLE = 1500
MOST_KEPT = 60


@frozen
class Suggestion:
    """A block to paste, and what it would newly show."""

    rule: str
    text: str
    covers: tuple[Goal, ...]


@frozen(eq=False)
class Situation:
    """Facts under readings, on a day."""

    facts: Facts
    on: date
    readings: dict[str, str]


#: A way of coming by situations in which goals may be met.
Tried = Callable[["Search", set[Goal]], Iterator[Situation]]


def suggest(report: Report) -> list[Suggestion]:
    """Examples that meet the goals still open, as far as any are found; the coverage of the report then has them too.

    First every rule is aimed at; only what that leaves open is searched for.
    """
    policy, coverage = report.policy, report.coverage
    program = policy.program
    reach = coverage.reach()
    targets: list[ir.Provision | ir.Function] = [*program.provisions, *program.functions]
    dated = program.effective or program.dated or date(2024, 1, 1)
    blank = Situation(policy.read_facts({"企业": {}}), date(dated.year + 1, 12, 31), dict(policy.closure.defaults))
    searches: list[Search] = []
    for target in targets:
        if _open(coverage, reach.get(target.name, set())):
            cases = [each.case for each in report.trials if target.name in rules_of(policy, each.case)]
            starts = [Situation(each.facts, each.on, policy.closure.defaults | each.readings) for each in cases]
            searches.append(Search(policy, coverage, target, starts or [blank], blank.facts))
    found: dict[str, list[Suggestion]] = {search.target.name: [] for search in searches}
    for tried in (Search.aimed, Search.wandering):
        for search in searches:
            found[search.target.name] += search.run(tried, _open(coverage, reach[search.target.name]))
    return [each for suggestions in found.values() for each in suggestions]


def _open(coverage: Coverage, reached: set[Atom | Branch]) -> set[Goal]:
    return {goal for goal in coverage.goals if not goal.covered and goal.of in reached}


@define
class Search:
    policy: Policy
    coverage: Coverage
    #: A rule, or a definition that takes nothing.
    target: ir.Provision | ir.Function
    #: What to go on from.
    waiting: list[Situation]
    blank: Facts
    pool: Pool = field(init=False)
    names: set[str] = field(init=False)
    #: The readings that it goes by.
    readings: tuple[str, ...] = field(init=False)
    memory: Remembered[Shown] = field(init=False)
    passed: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        program = self.policy.program
        exprs = list(expressions(program, self.target))
        self.names = {each.name for each in exprs if isinstance(each, ir.Fact)}
        self.names |= {each.list for each in exprs if isinstance(each, ir.Lookup | ir.Query)}
        self.names |= {name for each in program.derived if each.fact in self.names for _, name in each.reads}
        if isinstance(self.target, ir.Provision):
            self.names |= {self.target.each} - {""}
            if program.offset is not None and self.target.nature in PAID:
                self.names.add(program.offset.list)
        asked = {each.reading for each in exprs if isinstance(each, ir.Choose)}
        self.readings = tuple(each.id for each in program.readings if each.id in asked)
        self.pool = Pool.of(exprs, program)
        self.memory = self.coverage.memory()

    def run(self, tried: Tried, reached: set[Goal]) -> Iterator[Suggestion]:
        seen: set[Goal] = set()
        idle = 0
        for near in tried(self, reached):
            key = self.told(near)
            if key in self.passed:
                continue
            if not reached or len(self.passed) >= MOST_TRIED or idle >= MOST_IDLE:
                return
            self.passed.add(key)
            shown = self.shown(near)
            new = shown.met & reached
            idle += 1
            if new and (text := self.written(near, new)):
                self.coverage.note(shown)
                reached -= new
                self.waiting.insert(0, near)
                idle = 0
                yield Suggestion(self.target.name, text, tuple(goal for goal in self.coverage.goals if goal in new))
            elif self.promising(shown, reached, seen):
                idle = 0
                if len(self.waiting) < MOST_KEPT:
                    self.waiting.append(near)

    def told(self, of: Situation) -> str:
        """All of a situation that the rule looks at."""
        facts = [values[name] for values in of.facts.scopes.values() for name in values if name in self.names]
        return repr((facts, [of.readings[reading] for reading in self.readings]))

    def shown(self, of: Situation) -> Shown:
        return self.coverage.watch(of.facts, of.on, of.readings, self.target.name, self.memory)

    def aimed(self, reached: set[Goal]) -> Iterator[Situation]:
        """For each goal, facts that ought to meet it."""
        at = max(self.waiting, key=lambda each: len(self.shown(each).met))  # most is as it has to be
        unknown = Unknown(frozenset())
        program = self.policy.program

        def tried(key: Key, type: ir.Type) -> Iterator[Any]:
            held: Any = unknown if key[2] else at.facts.scopes[key[0]][key[1]]
            if not isinstance(held, Absent):
                yield held
            yield from self.pool.others(type, unknown, at.on)

        aim = Aim(
            program=program,
            coverage=self.coverage,
            target=self.target,
            tried=tried,
            blank=self.blank,
            on=at.on,
            defaults=at.readings,
        )
        lists = {fact.name: fact for scope in program.scopes for fact in scope.facts}
        for goal in [goal for goal in self.coverage.goals if goal in reached]:
            for found in aim.at(goal) if goal in reached else ():
                scopes: dict[str, dict[str, Any]] = {name: dict(values) for name, values in at.facts.scopes.items()}
                row: dict[str, Any] = {}
                for (scope, name, column), value in found.values.items():
                    if column:
                        row[column] = value
                    else:
                        scopes[scope][name] = value
                if aim.each:
                    scopes[ENTERPRISE][aim.each] = [self.pool.row(lists[aim.each], at.on) | row]
                yield Situation(evolve(at.facts, scopes=scopes), at.on, at.readings | found.readings)

    def wandering(self, reached: set[Goal]) -> Iterator[Situation]:
        """One thing changed in what was found to be of use."""
        while self.waiting and reached:
            yield from self.around(self.waiting.pop(0))

    @staticmethod
    def promising(shown: Shown, reached: set[Goal], seen: set[Goal]) -> bool:
        """Whether an open goal comes into sight: its outcome seen for the first time, though something else decides."""
        new = {goal for goal in shown.seen & reached if goal not in seen}
        seen |= new
        return bool(new)

    def written(self, of: Situation, goals: set[Goal]) -> str:
        """The block, with what comes out as the expectation; empty where an example cannot say it."""
        own = {fact.name: fact for scope in self.policy.program.scopes for fact in scope.facts if fact.is_list}
        for name, fact in own.items():
            rows = of.facts.scopes.get(ENTERPRISE, {}).get(name)
            if isinstance(rows, list) and any(ends_before_it_begins(fact, row) for row in rows):
                return ""
        defaults = self.policy.closure.defaults
        chosen = {id: option for id, option in of.readings.items() if option != defaults[id]}
        goal = min(goals, key=lambda each: (each.of.line, each.of.text, each.outcome))
        title = f"待核对：{self.target.name}，{aim(goal, self.target.name)}"
        try:
            told = f"{self.target.name} {self.outcome(of)}"
            return example(title, self.policy.program, of.facts, self.names, of.on, chosen, told)
        except NotWritable:
            return ""

    def outcome(self, of: Situation) -> str:
        if isinstance(self.target, ir.Provision):
            measure = self.target.measure
            decision = self.policy.decide(of.facts, of.on, of.readings, measures=[measure])
            return outcome(decision.measures[measure].provisions[self.target.name])
        program = self.policy.program
        facts = complete(program, of.facts, of.on, of.readings)
        return worth(evaluate(self.target.body, Env(program, facts, of.on, of.readings)), self.target.body.type)

    # ------------------------------------------------------------ one thing changed
    def around(self, at: Situation) -> Iterator[Situation]:
        program = self.policy.program
        for reading in program.readings:
            if reading.id in self.readings:
                for option, _ in reading.options:
                    if option != at.readings[reading.id]:
                        yield evolve(at, readings=at.readings | {reading.id: option})
        for scope in program.scopes:
            for fact in scope.facts:
                if fact.name in self.names:
                    held: Any = at.facts.scopes[scope.name][fact.name]
                    for value in self.others(fact, held, at.on):
                        values = at.facts.scopes[scope.name] | {fact.name: value}
                        yield evolve(at, facts=evolve(at.facts, scopes=at.facts.scopes | {scope.name: values}))

    def others(self, fact: ir.FactDecl, held: Any, on: date) -> Iterator[Any]:
        """What a fact could be instead."""
        if not fact.is_list:
            yield from self.pool.others(fact.type, held, on)
            return
        if fact.series:
            rows = {} if isinstance(held, Absent) else held
            for year in range(on.year - 3, on.year + 1):
                if year not in rows:
                    yield rows | {year: self.pool.row(fact, on) | {"年度": year}}
            for year, row in rows.items():
                for name, value in self.cells(fact, row, on):
                    if name != "年度":
                        yield rows | {year: row | {name: value}}
            return
        rows = [] if isinstance(held, Absent) else held
        if isinstance(held, Absent):
            yield []
        yield [*rows, self.pool.row(fact, on)]
        for number, row in enumerate(rows):
            yield [*rows, row]
            yield rows[:number] + rows[number + 1 :]
            for name, value in self.cells(fact, row, on):
                yield [*rows[:number], row | {name: value}, *rows[number + 1 :]]
                yield [*rows, row | {name: value}]

    def cells(self, fact: ir.FactDecl, row: dict[str, Any], on: date) -> Iterator[tuple[str, Any]]:
        for each in fact.fields:
            for value in self.pool.others(each.type, row[each.name], on):
                yield each.name, value


def expressions(program: ir.Program, target: ir.Provision | ir.Function) -> Iterator[ir.Expr]:
    """Everything a rule is written with, definitions and what stands between it and others included."""
    waiting: list[object] = [target]
    if isinstance(target, ir.Provision):
        waiting += [each for each in program.adjustments if target.name in members_of(each)]
        waiting += [program.offset] if program.offset is not None and target.nature in PAID else []
    called: set[str] = set()
    while waiting:
        for each in walk.inside(waiting.pop(0)):
            yield each
            if isinstance(each, ir.Call) and each.function not in called:
                called.add(each.function)
                waiting += [function.body for function in program.functions if function.name == each.function]


def aim(goal: Goal, rule: str) -> str:
    """What a suggested example is for, in a few words."""
    of = goal.of
    owner = "" if of.owner == rule else of.owner
    if isinstance(of, Branch):
        return f"{owner}按 {of.text}" if of.reading else f"{owner}走“{of.text}”"
    words = of.text if len(of.text) <= 24 else of.text[:22] + "……"
    return f"“{words}”{'成立' if goal.outcome else '不成立'}"
