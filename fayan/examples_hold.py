"""Whether the examples of a policy hold: run by ``fayan check`` where nothing else is wrong, told once for each rule.

What no lint of the text can see, a condition turned round or left out, shows in an example that comes out otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fayan_compiler.fidelity.vocabulary import annotations_of
from fayan_compiler.problems.fidelity import ExamplesFail
from fayan_dsl import tree
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.source import Span

if TYPE_CHECKING:
    from fayan.policy import Policy
    from fayan.trial import Failure
    from fayan_runtime.cases import ExampleCase

#: As many failing examples are pointed at; the message says how many there are.
_SHOWN = 4


def examples_hold(policy: Policy, cases: Sequence[ExampleCase]) -> list[Problem]:
    """A problem for the rule most examples of which fail; others may fail for the same cause."""
    from fayan.trial import failing

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
