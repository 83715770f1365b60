"""The Python door: load a policy, decide enterprises. The command line calls nothing else.

``load`` runs text → tree → program; ``Policy.decide`` runs facts → decision. A fault of the caller's files or choices is
a :class:`FayanError` that carries problems; its text is what the command line would print.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field

from fayan.compiling import analyse, grammar_cache
from fayan.documents.shelves import Folder, Shelf, beside
from fayan.documents.texts import read_source
from fayan.errors import FactsError, PolicyError, UsageError
from fayan_dsl.problem import Language, Problem, has_errors
from fayan_dsl.source import Source
from fayan_runtime.printable import PrintablePolicy

if TYPE_CHECKING:
    from fayan.population.question import Question
    from fayan.population.run import Run
    from fayan_compiler.targets.python.closure import Closure
    from fayan_dsl import tree
    from fayan_runtime import ir
    from fayan_runtime.concordance import Concordance
    from fayan_runtime.report import Decision
    from fayan_runtime.values import Facts


# ---------------------------------------------------------------- loading
def load(path: str | os.PathLike[str], library: str | os.PathLike[str] | None = None) -> Policy:
    """Read and compile a policy. Errors raise :class:`PolicyError`; warnings stay on ``policy.problems``.

    ``library`` is one more folder in which documents that it refers to may lie, the first to be looked into.
    """
    shelves = None if library is None else (Folder(Path(library)), *beside(str(path)))
    return compile_source(read_source(path), shelves)


def loads(text: str, name: str = "<政策>") -> Policy:
    """The same for a text that is already at hand."""
    return compile_source(Source(name, text))


def compile_source(source: Source, shelves: Sequence[Shelf] | None = None) -> Policy:
    """The same for a source; ``shelves`` are the folders of the documents that it refers to, else those beside it."""
    parsed, program, problems = analyse(source, shelves)
    if parsed is None or program is None or has_errors(problems):
        raise PolicyError(problems)
    return Policy(parsed, program, problems)


def format_text(text: str, keywords: Language | None = None, name: str = "<政策>") -> str:
    """A policy's text in its canonical layout, with keywords in one language if asked for."""
    from fayan_dsl.format import format_source

    found, problems = format_source(Source(name, text), keywords, grammar_cache())
    if found is None:
        raise PolicyError(problems)
    return found


def _several(given: Any) -> list[Any]:
    """One path, or each of several."""
    return [given] if isinstance(given, (str, os.PathLike)) else list(given)


# ---------------------------------------------------------------- deciding
@define(eq=False, slots=False)
class Policy(PrintablePolicy):
    """A policy that has been read, checked and compiled."""

    tree: tree.Policy = field(repr=False)
    program: ir.Program
    #: What the compiler warned about.
    problems: list[Problem] = field(repr=False)

    @cached_property
    def closure(self) -> Closure:
        """The program as generated Python, made when it is first needed."""
        from fayan_compiler.targets.python.closure import compile_closure

        return compile_closure(self.program)

    @cached_property
    def concordance(self) -> Concordance:
        """Which words of 原文 each line rests on, in both directions."""
        from fayan_compiler.fidelity.trace import trace_text

        return trace_text(self.tree)

    def read_facts(self, facts: Mapping[str, Any] | str | os.PathLike[str] | Facts) -> Facts:
        """Facts read and checked against what the policy declares, to be decided many times."""
        from fayan_runtime.values import Facts as Checked

        if isinstance(facts, Checked):
            return facts
        from fayan.facts_file import read_facts

        checked, problems = read_facts(facts, self.program)
        if checked is None:
            raise FactsError(problems)
        return checked

    def decide(
        self,
        facts: Mapping[str, Any] | str | os.PathLike[str] | Facts,
        on: date | str,
        readings: Mapping[str, str] | None = None,
        measures: Iterable[int] | int | None = None,
        reasons: bool = True,
        compare_readings: bool = False,
    ) -> Decision:
        """What one enterprise has become entitled to by the day ``on``.

        ``readings`` picks options other than the defaults; ``measures`` leaves out the others; ``compare_readings`` also
        decides every other option of the readings that are referred to, one at a time.
        """
        from fayan_runtime.report import Decision

        day, chosen, wanted = self._chosen(on, readings, measures)
        checked = self.read_facts(facts)
        told = reasons or compare_readings  # which readings were used is told with the reasons
        outcome = self.closure.decide(checked, day, chosen, wanted, told)
        decision = Decision(self.program, self.tree.source.name, checked, day, chosen, outcome, self.closure.decide)
        if compare_readings:
            decision.compare_readings()
        if not reasons:
            for each in outcome.provisions():
                each.reasons.clear()
        return decision

    def run(
        self,
        input: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        output: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
        on: date | str = "",
        readings: Mapping[str, str] | None = None,
        measures: Iterable[int] | int | None = None,
        engine: str = "",
        budget: bool = False,
        explain: Iterable[str] = (),
        resume: bool = False,
        language: Language = "zh",
    ) -> Run:
        """A whole population, from its tables: decided, summed up, written to each ``output`` as its name says.

        Every ``engine`` gives the same; left out, it is the one that is fastest for so many. ``budget`` decides again under every other option of every reading. ``explain`` are keys of enterprises whose decisions are
        written out beside each output. Where the input is a folder of parts, ``resume`` goes on with a run to the same output that did
        not finish. Close what you get, or use it as a context.
        """
        from fayan.population.outputs import writer
        from fayan.population.partitions import parts_of
        from fayan.population.run import run

        question = self.question(on, readings, measures)
        outputs = [os.fspath(each) for each in _several(output)]
        inputs = _several(input)
        parts = parts_of(inputs, next(iter(outputs), ""), resume) is not None
        problems = [problem for each in outputs for problem in writer(each, resume and parts, inputs)[1]]
        if problems:
            raise UsageError(problems)
        done = run(self, inputs, question, engine, budget, next(iter(outputs), ""), resume)
        try:
            explain = tuple(explain)
            done.look_for(explain)
            for each in outputs:
                done.write(each, language)
            done.explain_beside(outputs, explain, language)
        except BaseException:
            done.close()
            raise
        return done

    def sql(
        self,
        dialect: str,
        on: date | str,
        readings: Mapping[str, str] | None = None,
        measures: Iterable[int] | int | None = None,
    ) -> str:
        """The plan for a whole population, as statements that make the tables of results from tables of facts, in a dialect of SQL."""
        from fayan.population.statements import statements

        return statements(self.question(on, readings, measures), dialect)

    def write_template(self, output: str | os.PathLike[str]) -> None:
        """An empty workbook to fill in with the facts this policy asks for. What is there already is not overwritten."""
        from fayan.tables.template import write_template

        if problems := write_template(self.program, os.fspath(output)):
            raise UsageError(problems)

    def facts_schema(self) -> dict[str, Any]:
        """JSON Schema of the facts of one enterprise."""
        from fayan.tables.json_schema import json_schema

        return json_schema(self.program)

    def synth(self, n: int, output: str | os.PathLike[str], seed: int = 1, dirty: int = 0) -> None:
        """A made-up population of ``n`` enterprises, written as the name of ``output`` says; the same for the same seed.

        ``dirty`` is of how many in a million a place is spoilt, to try out what becomes of rows that cannot be read.
        """
        from fayan.tables.synth.population import Population
        from fayan.tables.synth.write import write_population

        if problems := write_population(Population(self.program, n, seed, dirty), os.fspath(output)):
            raise UsageError(problems)

    def question(
        self, on: date | str, readings: Mapping[str, str] | None = None, measures: Iterable[int] | int | None = None
    ) -> Question:
        """What is asked of a population, checked; a date, reading or measure that is not there raises :class:`UsageError`."""
        from fayan.population.question import Question

        return Question(self.program, *self._chosen(on, readings, measures))

    def _chosen(
        self, on: date | str, readings: Mapping[str, str] | None, measures: Iterable[int] | int | None
    ) -> tuple[date, dict[str, str], tuple[int, ...] | None]:
        """The day, an option for each reading, the measures asked for (None: all)."""
        from fayan import choices

        named = [(str(id), str(option)) for id, option in dict(readings or {}).items()]
        asked = (measures,) if isinstance(measures, (int, str)) else tuple(measures or ())
        chosen, problems = choices.choose_readings(self.program, named, "readings")
        wanted, more = choices.choose_measures(self.program, asked, "measures")
        day = on.date() if isinstance(on, datetime) else on
        if not isinstance(day, date):
            read, unread = choices.read_date(str(on), "on")
            day, more = read or date.min, more + unread
        if problems or more:
            raise UsageError(problems + more)
        return day, chosen, None if measures is None else wanted

    # ------------------------------------------------------------ the policy as a document
    def _document(self, format: str, language: str) -> str:
        from fayan_runtime.explain.render import render_policy

        return render_policy(self.program, format, language)
