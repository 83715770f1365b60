"""Deciding a population from its files: read, decide, sum up; what is written and explained comes from the one run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import define, evolve, field

from fayan.population import outputs, wording
from fayan.population.budget import costs
from fayan.population.district import District, district
from fayan.population.engines import engine, fitting
from fayan.population.partitions import Grown, parts_of, run_parts
from fayan.population.question import Question
from fayan.population.summary import Summary
from fayan.population.targets import targets
from fayan.problems.given import tail, whole
from fayan.problems.population import NotDecided
from fayan.problems.tables import NoEnterprises
from fayan.progress import progress
from fayan.tables import sql
from fayan.tables.owners import unlisted
from fayan.tables.read import read_tables
from fayan_dsl.problem import Problem
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.population import Population, Rows, Sum
from fayan_runtime.printable import Printable
from fayan_runtime.results import DECISIONS, ITEMS
from fayan_runtime.tables import POSITION

if TYPE_CHECKING:
    from fayan.policy import Policy
    from fayan.tables.staged import Staged
    from fayan_runtime.report import Decision

#: The schema that results are in; those of other readings are beside it.
RESULTS = "结果"
REJECTS_TOLD = 100
UNMATCHED_TOLD = 1_000


@define(eq=False)
class Run(Printable):
    """A population decided. Close it, or use it as a context: what was decided is kept until then.

    ``population`` has the sums; ``rows`` and ``items`` are the tables of ``fayan_runtime.results``, row by row.
    """

    policy: Policy = field(repr=False)
    staged: Staged = field(repr=False)
    question: Question = field(repr=False)
    population: Population

    _parts: Grown | None = field(default=None, repr=False)
    #: The language that the results are put into words in.
    _prepared: str = field(default="", init=False)

    @property
    def schema(self) -> str:
        """Where in the connection of ``staged`` the tables of results are."""
        return RESULTS

    def prepare(self, language: str) -> None:
        """Make ready to put the results into words."""
        if self._prepared != language:
            wording.prepare(self.staged.connection, self.question, RESULTS, language)
            self._prepared = language

    def write(self, output: str | os.PathLike[str], language: str = "zh") -> None:
        """Write the results as the name of ``output`` says; a folder of Parquet where it has no suffix."""
        if self._parts and os.fspath(output) == self._parts.output:
            self._parts.finish(lambda folder: outputs.report(self, folder, language))
            return
        problems = outputs.write(self, os.fspath(output), language)
        if problems:
            from fayan.errors import UsageError

            raise UsageError(problems)

    @property
    def totals(self) -> Mapping[str, Sum]:
        return self.population.totals

    @property
    def counts(self) -> Sequence[Rows]:
        return self.population.rows

    def rows(self) -> Iterator[dict[str, Any]]:
        """One for each enterprise and provision, in the order of the input and of the policy."""
        return self._table(DECISIONS)

    def items(self) -> Iterator[dict[str, Any]]:
        """One for each item of an award, in the same order."""
        return self._table(ITEMS, POSITION)

    def rejects(self) -> list[dict[str, Any]]:
        """Every fault of the rows that were rejected."""
        return self.staged.rejects()

    def _table(self, name: str, *then: str) -> Iterator[dict[str, Any]]:
        rules = f"[{', '.join(sql.text(each.name) for each in self.question.asked)}]"
        given = f"SELECT {KEY}, row_number() OVER () AS 户次 FROM {ENTERPRISE}"
        order = ", ".join(["户次", f"list_position({rules}, 事项)", *then])
        cursor = self.staged.connection.cursor().execute(
            f"SELECT of.* FROM {RESULTS}.{name} AS of JOIN ({given}) USING ({KEY}) ORDER BY {order}"
        )
        names = [each[0] for each in cursor.description or ()]
        while batch := cursor.fetchmany(2_000):
            yield from (dict(zip(names, row, strict=True)) for row in batch)

    def explain(self, key: str) -> Decision | None:
        """The decision of one enterprise with every reason; None where it is not among those decided."""
        facts = self.staged.facts(key)
        if facts is None:
            return None
        of = self.question
        decision = self.policy.decide(facts, of.on, of.readings, of.measures, compare_readings=True)
        self._agrees(key, decision)
        return decision

    def _agrees(self, key: str, decision: Decision) -> None:
        """What is explained is what was decided for all, by whatever engine."""
        query = f"SELECT 事项, 状态, 金额, 已付, 应付, 完整 FROM {RESULTS}.{DECISIONS} WHERE {KEY} = ?"
        decided = {name: tuple(rest) for name, *rest in self.staged.connection.execute(query, [key]).fetchall()}
        explained = {
            each.name: (each.status, each.amount, each.paid, each.payable, each.complete)
            for each in decision.outcome.provisions()
        }
        assert decided == explained, f"{key}: the explanation differs from the decision"

    def explain_beside(self, paths: Sequence[str], keys: Iterable[str], language: str) -> None:
        """Write the decisions of some enterprises out, as pages in a folder beside each output."""
        for key in keys:
            if decision := self.explain(key):
                for each in paths:
                    outputs.beside(each, f"{key}.html", decision.to_html(language))

    def look_for(self, keys: Iterable[str]) -> None:
        """Refuse keys that are of none of those decided, before anything is written."""
        problems: list[Problem] = []
        for key in keys:
            if self.staged.facts(key) is None:
                source, span = tail(f"--explain {key}", key)
                problems.append(NotDecided(source=source, span=span, key=key))
        if problems:
            from fayan.errors import UsageError

            raise UsageError(problems)

    def close(self) -> None:
        self.staged.close()
        if self._parts:
            self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _document(self, format: str, language: str) -> str:
        return self.population._document(format, language)


def run(
    policy: Policy,
    inputs: Sequence[str | os.PathLike[str]],
    question: Question,
    engine_name: str,
    budget: bool,
    output: str = "",
    resume: bool = False,
) -> Run:
    """Read the files, decide what can be read, sum it up. Raises ``FactsError`` where the files are no tables."""
    decide = engine(engine_name)
    parts = parts_of(inputs, output, resume)
    grown = run_parts(parts, question, decide, resume, RESULTS) if parts is not None else None
    staged = grown.staged if grown else _read(inputs, question)
    try:
        if grown:
            area = grown.district
        else:
            with progress(2 * staged.enterprises) as decided:
                area = district(staged, question, decide, decided)
                decide(staged, question, RESULTS, decided)
        return Run(policy, staged, question, _summed(staged, question, engine_name, budget, area, grown), grown)
    except BaseException:
        staged.close()
        if grown:
            grown.close()
        raise


def _read(inputs: Sequence[str | os.PathLike[str]], question: Question) -> Staged:
    from fayan.errors import FactsError

    staged, problems = read_tables(inputs, question.program)
    if staged is None:
        raise FactsError(problems)
    if not any(each.given for each in staged.counts if each.table == ENTERPRISE):
        staged.close()
        source, span = whole(ENTERPRISE, ENTERPRISE)
        raise FactsError([NoEnterprises(source=source, span=span)])
    return staged


def _summed(
    staged: Staged, question: Question, name: str, budget: bool, area: District, grown: Grown | None
) -> Population:
    """The sums of the results that stand beside the facts."""
    of = Summary(staged.connection, question, RESULTS)
    _check(staged, of)
    rejects, faults = of.rejects(REJECTS_TOLD)
    repeats, repeated = of.repeats(REJECTS_TOLD)
    if grown:
        repeats = [evolve(each, part=grown.part_of(each.part)) for each in repeats]
        rejects = [evolve(each, part=grown.part_of(each.file)) for each in rejects]
    totals, goals = of.totals(), list(targets(staged, question, area))
    return Population(
        program=question.program,
        on=question.on,
        readings=question.readings,
        engine=name or fitting(staged.enterprises),
        rows=[Rows(each.table, each.given, each.kept, each.rejected) for each in staged.counts],
        decided=staged.enterprises,
        refused=staged.rejected,
        strays=of.strays(),
        faults=faults,
        rejects=rejects,
        getting=of.getting(),
        besides=of.besides(),
        undecided=of.undecided(),
        unsettled=of.unsettled(),
        overpaid=of.overpaid(),
        provisions=of.by_provision(),
        totals=totals,
        payers=of.payers(),
        groups=of.groups(),
        figures=area.figures,
        targets=goals,
        quotas=of.quotas(staged.rejected + unlisted(staged.connection)),
        unmatched=of.unmatched(UNMATCHED_TOLD),
        repeated=repeated,
        repeats=repeats if grown else [evolve(each, part="") for each in repeats],
        blank=of.blank([each.table for each in staged.counts if not each.given]),
        costs=list(costs(staged, question, RESULTS, totals, area, goals, engine(name), budget)),
    )


def _check(staged: Staged, of: Summary) -> None:
    """Nothing is lost: every row that was given was decided on or rejected, and every enterprise that was kept is decided."""
    for each in staged.counts:
        assert each.given == each.kept + each.rejected, f"{each.table}: rows are lost"
    assert of.decided() == staged.enterprises or not of.provisions, "enterprises are lost"
