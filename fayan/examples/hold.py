"""Whether the examples of a policy hold: run by ``fayan check`` where nothing else is wrong, told once for each rule.

What no lint of the text can see, a condition turned round or left out, shows in an example that comes out otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from fayan.examples.trial import Failure, failing
from fayan.policy import Policy
from fayan_compiler.examples import compile_examples, unreadable_examples
from fayan_compiler.fidelity.vocabulary import annotations_of
from fayan_compiler.problems.fidelity.examples import ExamplesFail
from fayan_dsl import tree
from fayan_dsl.problem import Label, Problem, Term, has_errors
from fayan_dsl.source import Span
from fayan_runtime.cases import ExampleCase

#: As many failing examples are pointed at; the message says how many there are.
_SHOWN = 4


def examples_hold(policy: Policy, cases: Sequence[ExampleCase]) -> list[Problem]:
    """A problem for the rule most examples of which fail; others may fail for the same cause."""
    found: dict[str, list[Failure]] = {}
    for failure in failing(policy, cases):
        found.setdefault(failure.target, []).append(failure)
    if not found:
        return []
    target = max(found, key=lambda name: len(found[name]))
    failures = found[target]
    lines = [policy.tree.source.line_span(failure.line) for failure in failures[:_SHOWN]]
    rule = _rule(policy.tree, target)
    # one example that does not fit is more likely wrong itself; several speak against the rule
    at, *more = [rule, *lines] if rule and len(failures) > 1 else [*lines, *([rule] if rule else [])]
    labels = tuple(Label(span, _label(span, rule)) for span in more)
    first = failures[0]
    return [
        ExamplesFail(
            source=policy.tree.source, span=at, labels=labels, target=target, count=len(failures),
            expected=Term(first.expected, first.expected_en), found=Term(first.found, first.found_en),
        )
    ]  # fmt: skip


@frozen
class Tried:
    """The examples of a policy: those that could be read as ``cases``, the titles of the others, and the lines on which those begin that
    ``fayan check`` rejects, be it that they cannot be read or that something else comes out."""

    cases: tuple[ExampleCase, ...]
    unreadable: frozenset[str]
    rejected: tuple[int, ...]


def tried(policy: Policy) -> Tried:
    cases, problems = compile_examples(policy.tree, policy.program)
    bad = unreadable_examples(policy.tree, policy.program) if has_errors(problems) else ()
    line = policy.tree.source.position
    begun = sorted(line(node.span.start)[0] for node in annotations_of(policy.tree) if isinstance(node, tree.Example))
    wrong = {line(node.span.start)[0] for node in bad}
    wrong |= {max(each for each in begun if each <= failure.line) for failure in failing(policy, cases)}
    return Tried(cases, frozenset(node.title for node in bad), tuple(sorted(wrong)))


def _label(span: Span, rule: Span | None) -> Term:
    return Term("规则在这里", "the rule is here") if span == rule else Term("示例在这里", "the example is here")


def _rule(policy: tree.Policy, name: str) -> Span | None:
    """Where the rule or the definition stands that an example is of."""
    for each in annotations_of(policy):
        if (
            isinstance(each, tree.Rule | tree.Duty | tree.Goal | tree.Selection | tree.Define)
            and each.name.text == name
        ):
            return each.name.span
    return None
