"""All that can be known about a policy before it is run: the passes, then rules and 原文 held to each other, then its examples."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from fayan.compiling import passes
from fayan.documents.shelves import Shelf
from fayan.documents.texts import issued_text
from fayan.examples.hold import examples_hold
from fayan.policy import Policy
from fayan_compiler.examples import compile_examples
from fayan_compiler.fidelity import check_fidelity
from fayan_compiler.fidelity.waivers import Waivers
from fayan_compiler.problems.names import UnknownCondition, UnknownProvision
from fayan_dsl import tree
from fayan_dsl.headings import with_headings
from fayan_dsl.problem import Problem, Severity, has_errors
from fayan_dsl.source import Source


@frozen
class Checked:
    """What a check has found; ``waived`` are the findings that the policy lets stand, each with its reason."""

    tree: tree.Policy | None
    problems: list[Problem]
    waived: list[tuple[Problem, str]]


def check(source: Source, shelves: Sequence[Shelf] | None = None) -> Checked:
    """Check a policy as ``fayan check`` does. ``shelves`` as in :func:`fayan.compiling.analyse`.

    Where something cannot be read or does not fit, a rule may be missing, and all it would have used with it: what a lint or an
    example would then say follows from that, and nothing of it is told.
    """
    parsed, program, problems, library = passes(source, shelves)
    if parsed is None or program is None or has_errors(problems):
        return Checked(parsed, problems, [])
    cases, wrong = compile_examples(parsed, program)
    waivers = Waivers.of(parsed)
    slips = check_fidelity(parsed, issued_text(source), library, waivers)
    # a rule or condition that is gone is told of at the text, not at the example that names it too
    gone = (UnknownCondition, UnknownProvision)
    problems = problems + slips + [each for each in wrong if not (slips and isinstance(each, gone))]
    if cases and all(problem.severity is Severity.NOTE for problem in problems):
        problems = problems + examples_hold(Policy(parsed, program, []), cases)
    let = sorted(waivers.findings, key=lambda each: each[0].span.start)
    return Checked(parsed, with_headings(problems), [(problem, waiver.reason) for problem, waiver in let])
