"""The Python door: load a policy, decide enterprises. The command line calls nothing else.

``load`` runs text → tree → program; ``Policy.decide`` runs facts → decision. A fault of the caller's files or choices is
a :class:`FayanError` that carries problems; its text is what the command line would print.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from attrs import define, field

from fayan import problems as faults
from fayan_dsl.problem import Language, Problem, Severity
from fayan_dsl.source import Source
from fayan_runtime.printable import PrintablePolicy

if TYPE_CHECKING:
    from fayan.population.question import Question
    from fayan.population.run import Run
    from fayan.shelves import Shelf
    from fayan_compiler.targets.closure import Closure
    from fayan_dsl import tree
    from fayan_runtime import ir
    from fayan_runtime.concordance import Concordance
    from fayan_runtime.report import Decision
    from fayan_runtime.values import Facts

#: No policy is longer; a file that is (or never ends) is not read to its end.
LARGEST_MIB = 16


class FayanError(Exception):
    """Something the caller gave is wrong; ``problems`` say what and where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        from fayan.render import render

        return render(self.problems)


class PolicyError(FayanError):
    """The policy file cannot be read or has errors."""


class FactsError(FayanError):
    """The facts cannot be read or do not fit what the policy declares."""


class UsageError(FayanError):
    """A date, reading or measure asked for is not there."""


# ---------------------------------------------------------------- loading
def load(path: str | os.PathLike[str], library: str | os.PathLike[str] | None = None) -> Policy:
    """Read and compile a policy. Errors raise :class:`PolicyError`; warnings stay on ``policy.problems``.

    ``library`` is one more folder in which documents that it refers to may lie, the first to be looked into.
    """
    from fayan.shelves import Folder, beside

    shelves = None if library is None else (Folder(Path(library)), *beside(str(path)))
    return compile_source(read_source(path), shelves)


def loads(text: str, name: str = "<政策>") -> Policy:
    """The same for a text that is already at hand."""
    return compile_source(Source(name, text))


def compile_source(source: Source, shelves: Sequence[Shelf] | None = None) -> Policy:
    parsed, program, problems = analyse(source, shelves=shelves)
    if parsed is None or program is None or has_errors(problems):
        raise PolicyError(problems)
    return Policy(parsed, program, problems)


def analyse(
    source: Source,
    lints: bool = False,
    shelves: Sequence[Shelf] | None = None,
    waived: list[tuple[Problem, str]] | None = None,
) -> tuple[tree.Policy | None, ir.Program | None, list[Problem]]:
    """Text → (tree, program, problems): the passes in order. Lints add warnings for the drafter and change nothing.

    ``shelves``: where documents that it refers to may lie, the nearest first; else in the folders beside it.
    ``waived`` is added the findings that the policy lets stand, each with its reason.
    """
    from fayan.library import library_of
    from fayan_compiler.pipeline import compile_policy
    from fayan_dsl.headings import with_headings
    from fayan_dsl.parse import parse

    parsed, problems = parse(source, cache=grammar_cache())
    if parsed is None:
        return None, None, with_headings(problems)
    library, unread = library_of(parsed, grammar_cache(), shelves)
    problems = problems + unread
    program, found = compile_policy(parsed, library, problems)
    problems = problems + found
    if lints and program is not None and not has_errors(problems):
        # Where something cannot be read or does not fit, a rule may be missing, and all it would have used with it.
        from fayan_compiler.examples import compile_examples
        from fayan_compiler.fidelity import check_fidelity
        from fayan_compiler.fidelity.waivers import Waivers
        from fayan_compiler.problems.names import UnknownCondition, UnknownProvision

        cases, wrong = compile_examples(parsed, program)
        waivers = Waivers.of(parsed)
        slips = check_fidelity(parsed, issued_text(source), library, waivers)
        if waived is not None:
            let = sorted(waivers.findings, key=lambda each: each[0].span.start)
            waived += [(problem, waiver.reason) for problem, waiver in let]
        # a rule or condition that is gone is told of at the text, not at the example that names it too
        gone = (UnknownCondition, UnknownProvision)
        problems = problems + slips + [each for each in wrong if not (slips and isinstance(each, gone))]
        if cases and all(problem.severity is Severity.NOTE for problem in problems):
            from fayan.examples_hold import examples_hold

            problems = problems + examples_hold(Policy(parsed, program, []), cases)
    return parsed, program, with_headings(problems)


def issued_text(source: Source) -> Source | None:
    """The document as issued, where it lies beside the policy under its name: 甲.txt beside 甲.pol."""
    path = Path(source.name).with_suffix(".txt") if source.name.endswith(".pol") else None
    if path is None or not path.is_file():
        return None
    return read_source(path)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def read_source(path: str | os.PathLike[str]) -> Source:
    """The text of a policy file, or a :class:`PolicyError` that says why not."""
    return decoded(str(path), read_bytes(path))


def read_bytes(path: str | os.PathLike[str], opened: IO[bytes] | None = None) -> bytes:
    """What a policy file holds, or what can be read from one that is open, under the name ``path``."""
    name = str(path)
    source, span = faults.whole(name, name)
    try:
        with nullcontext(opened) if opened else Path(path).open("rb") as file:
            data = file.read(LARGEST_MIB * 2**20 + 1)
    except (OSError, ValueError, TypeError) as error:  # ValueError, TypeError: what is no path at all
        problem = faults.Unreadable(source=source, span=span, path=name, reason=faults.why_unreadable(error))
        raise PolicyError([problem]) from None
    if len(data) > LARGEST_MIB * 2**20:
        raise PolicyError([faults.TooLarge(source=source, span=span, path=name, limit=LARGEST_MIB)])
    return data


def decoded(name: str, data: bytes) -> Source:
    """The bytes of a policy file as a text."""
    source, span = faults.whole(name, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PolicyError([faults.NotUtf8(source=source, span=span, path=name, line=line)]) from None
    for sign, problem in (("\0", faults.NulInText), (r"\r(?!\n)", faults.LoneReturn)):
        if (at := re.search(sign, text)) is not None:
            line = text.count("\n", 0, at.start()) + 1
            raise PolicyError([problem(source=source, span=span, path=name, line=line)])
    return Source(name, text)


def format_text(text: str, keywords: Language | None = None, name: str = "<政策>") -> str:
    """A policy's text in its canonical layout, with keywords in one language if asked for."""
    from fayan_dsl.format import format_source

    found, problems = format_source(Source(name, text), keywords, grammar_cache())
    if found is None:
        raise PolicyError(problems)
    return found


def grammar_cache() -> Path | None:
    """The folder where the parser's tables are kept between runs; None where no such place can be made."""
    given = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(given) if given else Path.home() / ".cache") / "fayan"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder


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
        from fayan_compiler.targets.closure import compile_closure

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
