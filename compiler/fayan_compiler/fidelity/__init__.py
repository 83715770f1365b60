"""Fidelity: the rules and 原文 are held to each other, in both directions.

Input: the tree alone. Output: problems; nothing here changes what is computed. ``table`` says what each figure and name of
原文 is to the rules, and the modules after it are the lints that read it, one subject each. They are for policies that compile:
what a rule that does not would have used is not known.
"""

from __future__ import annotations

from fayan_compiler.fidelity.agreement import figures, figures_of_appendices
from fayan_compiler.fidelity.amounts import amounts
from fayan_compiler.fidelity.bounds import bounds
from fayan_compiler.fidelity.check import Check, here, inside
from fayan_compiler.fidelity.cited import cited
from fayan_compiler.fidelity.document import document
from fayan_compiler.fidelity.examples import titles
from fayan_compiler.fidelity.issued import issued
from fayan_compiler.fidelity.kinds import kinds
from fayan_compiler.fidelity.listed import listed
from fayan_compiler.fidelity.named_after import counted, days
from fayan_compiler.fidelity.names import given_names, names, names_of_rules
from fayan_compiler.fidelity.on_file import on_file, without_words
from fayan_compiler.fidelity.options import alike, figures_of_options, in_order
from fayan_compiler.fidelity.pairs import exchanged
from fayan_compiler.fidelity.polarity import polarity
from fayan_compiler.fidelity.quotes import quotes
from fayan_compiler.fidelity.sayings import sayings
from fayan_compiler.fidelity.sentences import accounted, due_figures, mismarked, signs
from fayan_compiler.fidelity.table import Row, Table
from fayan_compiler.fidelity.told_apart import exchanged_options
from fayan_compiler.fidelity.waivers import Waived, Waivers, lints
from fayan_compiler.library import Library
from fayan_compiler.problems.fidelity.amounts import (
    CapMixes,
    CapNeverBinds,
    PeriodEndsSoon,
    StagesTotal,
    WaiverUnknown,
    WaiverUnneeded,
)
from fayan_compiler.problems.fidelity.words import ArticleNotOnFile, NoSuchArticle, NotInLibrary, TermTwice
from fayan_compiler.problems.lint import Lint
from fayan_dsl import tree
from fayan_dsl.headings import with_headings
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.source import Source

#: What documents often are, and what is then let stand.
OFTEN_LET = (
    StagesTotal, PeriodEndsSoon, CapNeverBinds, CapMixes, NotInLibrary, NoSuchArticle, ArticleNotOnFile, TermTwice,
)  # fmt: skip


def check_fidelity(
    policy: tree.Policy,
    issued_text: Source | None = None,
    library: Library | None = None,
    waivers: Waivers | None = None,
) -> list[Problem]:
    """All lints of one policy that compiles, in the order of the file.

    ``issued_text`` is the document as issued, where it is on file: a measure whose words are not those issued is told of that alone.
    ``library`` is what it may refer to. ``waivers`` are those of the policy, where what they let stand is asked for.
    """
    check = Check(Table(policy), waivers or Waivers.of(policy))
    touched = issued(check, issued_text) if issued_text else set()
    told = len(check.problems)
    if not in_order(check):  # what each rule is by default is not known
        return with_headings(check.problems)
    for row in sorted(check.table.rows, key=lambda row: bool(row.seen)):
        _row(check, row)
        cited(check, row, library or Library())
    exchanged(check)
    check.tell_ignored()
    names_of_rules(check)
    given_names(check)
    figures_of_appendices(check)
    exchanged_options(check)
    figures_of_options(check)
    amounts(check)
    alike(check)
    document(check)
    on_file(check)
    quotes(check)
    mismarked(check)
    counted(check)
    days(check)
    titles(check)
    if touched:
        check.problems = check.problems[:told] + [
            each for each in check.problems[told:] if not _in(check, each, touched)
        ]
    else:
        _idle_waivers(check)
    return with_headings(check.problems)


def _in(check: Check, problem: Problem, measures: set[int]) -> bool:
    """Whether a problem stands in, points to, or is about, the text of one of these measures."""
    spans = [measure.span for measure in check.table.policy.measures if measure.number in measures]
    places = [problem.span, *(label.span for label in problem.labels)]
    if any(inside(place, span) for place in places for span in spans):
        return True
    # what stands in the header or an appendix may be about what was changed
    return not any(inside(problem.span, measure.span) for measure in check.table.policy.measures)


def _row(check: Check, row: Row) -> None:
    """One passage, from the sentence down: what is wrong with the whole leaves nothing to say about its parts."""
    if without_words(row):
        return
    signs(check, row)
    due = due_figures(check, row)
    if accounted(check, row) and not row.only_marked:
        told = len(check.problems)
        whole = figures(check, row, due)
        wrong = (
            [each for each in row.annotations if isinstance(each, tree.See)] if len(check.problems) > told + 1 else []
        )
        if wrong and row.seen:  # the figures are not those of the rule it names: another may be meant
            label = here(wrong[0].span, "这里说的是不是这条规则", "is this the rule that is meant?")
            first = check.problems[told]
            check.problems[told:] = [first.but(labels=(*first.labels, label))]
        if whole:
            names(check, row)
        bounds(check, row, due)
        kinds(check, row)
        polarity(check, row)
        listed(check, row)
        sayings(check, row)


def _idle_waivers(check: Check) -> None:
    """Waivers of nothing; where something else is wrong it may be why. One whose name is no check's is told with what it
    may have been meant to let stand."""
    for waived in check.waivers.all:
        name = waived.waiver.check
        if waived.meant or waived.lint is None:
            _misnamed(check, waived)
        elif waived in check.waivers.idle:
            found = [each for each in check.problems if inside(each.span, waived.spans[0])]
            if len(found) == 1 and isinstance(found[0], OFTEN_LET):  # another name may be meant
                label = here(name.span, "这里容许的是别的", "what is let stand here is another check")
                check.problems[check.problems.index(found[0])] = found[0].but(labels=(*found[0].labels, label))
            elif not check.told_of(waived.spans[0]):
                check.say(WaiverUnneeded, waived.waiver.span, check=name.text)


def _misnamed(check: Check, waived: Waived) -> None:
    name = waived.waiver.check
    found = [each for each in check.problems if isinstance(each, Lint) and inside(each.span, waived.spans[0])]
    alone = found[0] if not waived.meant and len(found) == 1 else None
    meant = type(alone).word if isinstance(alone, Lint) else waived.meant
    labels = (Label(alone.span, Term(f"这里查到的是“{meant}”", f"what is found here is “{meant}”")),) if alone else ()
    known = "、".join(lint.word for lint in lints())
    hint = Term(
        f"可以容许的检查有：{known}；也可以写代码，如 FY6401。",
        f"The checks that can be waived: {known}; a code such as FY6401 will do too.",
    )
    if meant:
        hint = Term(f"是不是“{meant}”？", f"Did you mean “{meant}”?")
    title = Term(f"改为“{meant}”", f"write “{meant}”")
    fixes = (Fix(title, (Edit(name.span, meant),), Applicability.UNSAFE),) if meant else ()
    if alone is not None:
        check.problems.remove(alone)
    check.say(WaiverUnknown, name.span, *labels, fixes=fixes, check=name.text, hint=hint)
