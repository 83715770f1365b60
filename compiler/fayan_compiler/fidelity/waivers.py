"""容许 检查名 因 理由: a finding that the drafter has looked at and lets stand, with the reason in the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from attrs import define, field, frozen

from fayan_compiler.problems import fidelity as problems
from fayan_compiler.problems.lint import Lint
from fayan_dsl import tree
from fayan_dsl.near import nearest
from fayan_dsl.problem import Problem, all_problem_classes
from fayan_dsl.source import Span


@cache
def lints() -> tuple[type[Lint], ...]:
    """Every lint, by code: what a policy may let stand."""
    found = all_problem_classes(Lint)
    return tuple(each for each in found if issubclass(each, Lint) and each.__module__.startswith(problems.__name__))


@frozen(eq=False)
class Waived:
    """A waiver, and where in the file it holds: its rule, its passage, or from an appendix everywhere.

    One whose name is misspelt lets stand what it must have been meant to: ``meant`` is that name.
    """

    waiver: tree.Waiver
    spans: tuple[Span, ...]
    lint: type[Lint] | None
    meant: str = ""


@define(eq=False)
class Waivers:
    """The waivers of a policy; ``used`` are those that have let something stand, ``findings`` what they have."""

    all: tuple[Waived, ...]
    used: set[Waived] = field(factory=set)
    findings: list[tuple[Problem, tree.Waiver]] = field(factory=list)

    @classmethod
    def of(cls, policy: tree.Policy) -> Waivers:
        return cls(tuple(_waivers(policy)))

    def let(self, kind: type[Problem], span: Span) -> bool:
        """Whether a finding at ``span`` is let stand."""
        found = self._over(kind, span)
        self.used.update(found)
        return bool(found)

    def keep(self, problem: Problem) -> bool:
        """Whether a finding is let stand; it is then kept with the first waiver that lets it."""
        if not self.let(type(problem), problem.span):
            return False
        self.findings.append((problem, self._over(type(problem), problem.span)[0].waiver))
        return True

    def _over(self, kind: type[Problem], span: Span) -> list[Waived]:
        return [
            waived
            for waived in self.all
            if waived.lint is kind and any(outer.start <= span.start < outer.end for outer in waived.spans)
        ]

    @property
    def idle(self) -> list[Waived]:
        return [waived for waived in self.all if waived not in self.used]


def _waivers(policy: tree.Policy) -> Iterator[Waived]:
    for measure in policy.measures:
        for passage in measure.passages:
            for annotation in passage.annotations:
                if isinstance(annotation, tree.Waiver):
                    yield _waived(annotation, passage.span, *_outside_passages(measure))
                elif isinstance(annotation, tree.Rule):
                    for waiver in annotation.waivers:
                        yield _waived(waiver, annotation.span)
    for appendix in policy.appendices:
        for annotation in appendix.annotations:
            if isinstance(annotation, tree.Waiver):
                yield _waived(annotation, Span(0, len(policy.source.text) + 1))


def _outside_passages(measure: tree.Measure) -> Iterator[Span]:
    """What of a measure is in no passage, its heading and its responsible units: any waiver of the measure holds there."""
    spans = [passage.span for passage in measure.passages]
    yield Span(measure.span.start, spans[0].start)
    for before, after in pairwise(spans):
        yield Span(before.end, after.start)
    yield Span(spans[-1].end, measure.span.end)


def _waived(waiver: tree.Waiver, *spans: Span) -> Waived:
    name = waiver.check.text
    lint = _called(name)
    meant = "" if lint else nearest(name, [each.word for each in lints()]) or ""
    return Waived(waiver, spans, lint or _called(meant), meant)


def _called(name: str) -> type[Lint] | None:
    return next((lint for lint in lints() if name in (lint.word, lint.code)), None)
