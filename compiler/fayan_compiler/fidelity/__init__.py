"""Fidelity: the rules and 原文 are held to each other, in both directions.

Input: the tree alone. Output: problems; nothing here changes what is computed. ``table`` says what each figure and name of
原文 is to the rules, and the modules after it are the lints that read it, one subject each. Rules that did not compile are
passed over: what they would have used is not known.
"""

from __future__ import annotations

from collections.abc import Iterable

from fayan_compiler.fidelity.agreement import figures, figures_of_appendices
from fayan_compiler.fidelity.amounts import amounts
from fayan_compiler.fidelity.bounds import bounds
from fayan_compiler.fidelity.check import Check, inside
from fayan_compiler.fidelity.document import document
from fayan_compiler.fidelity.names import names
from fayan_compiler.fidelity.on_file import on_file, without_words
from fayan_compiler.fidelity.quotes import quotes
from fayan_compiler.fidelity.sentences import accounted, due_figures
from fayan_compiler.fidelity.table import Row, Table
from fayan_compiler.fidelity.waivers import Waivers
from fayan_compiler.problems.fidelity import LINTS, WaiverUnknown, WaiverUnneeded
from fayan_dsl import tree
from fayan_dsl.headings import with_headings
from fayan_dsl.near import nearest
from fayan_dsl.problem import Problem, Severity, Term


def check_fidelity(policy: tree.Policy, found: Iterable[Problem] = ()) -> list[Problem]:
    """All lints of one policy, in the order of the file. ``found`` is what the compiler has to say about it already."""
    found = list(found)
    broken = tuple(problem.span for problem in found if problem.severity is Severity.ERROR)
    check = Check(Table(policy, broken), Waivers.of(policy))
    quotes(check)
    for row in check.table.rows:
        _row(check, row)
    figures_of_appendices(check)
    amounts(check)
    document(check)
    on_file(check)
    _idle_waivers(check, [*found, *check.problems])
    return with_headings(check.problems)


def _row(check: Check, row: Row) -> None:
    """One passage, from the sentence down: what is wrong with the whole leaves nothing to say about its parts."""
    if check.table.holds(row.passage.span) or any(map(check.table.is_broken, (*row.rules, *row.seen))):
        return
    if without_words(row):
        return
    due = due_figures(check, row)
    if accounted(check, row) and not row.only_marked:
        figures(check, row, due)
        names(check, row)
        bounds(check, row, due)


def _idle_waivers(check: Check, found: list[Problem]) -> None:
    """Waivers of nothing; where something else is wrong it may be why."""
    known = [lint.word for lint in LINTS]
    for waived in check.waivers.idle:
        name = waived.waiver.check
        if waived.lint is None:
            near = nearest(name.text, known)
            hint = Term(f"是不是“{near}”？", f"Did you mean “{near}”? ") if near else Term("", "")
            check.say(WaiverUnknown, name.span, check=name.text, known="、".join(known), hint=hint)
        elif not any(inside(problem.span, waived.spans[0]) for problem in found):
            check.say(WaiverUnneeded, waived.waiver.span, check=name.text)
