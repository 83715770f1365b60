"""The order of the passes, on one page: tree → declarations → core expressions → rules → what holds between them → programme.

Nothing here reads a file, a clock or the environment. What is wrong comes back as problems, all of them, in one order.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from fayan_compiler import text
from fayan_compiler.between import Adjustment, BetweenLowerer, with_readings
from fayan_compiler.declare import Symbols, declare
from fayan_compiler.expressions import Lowerer
from fayan_compiler.places import Origins, Place, every_annotation
from fayan_compiler.problems.names import UnknownProvision
from fayan_compiler.problems.rules import BadOffset, MissingHeader, ReadingNeverUsed, RuleOutsideMeasure
from fayan_compiler.provisions import ProvisionLowerer
from fayan_compiler.report import Reporter
from fayan_dsl import tree
from fayan_dsl.problem import Problem, Severity, Term
from fayan_dsl.source import Span
from fayan_runtime import ir

#: Enough frames for the deepest nesting and the longest chain of definitions that the limits allow.
_FRAMES = 500_000
_HEADERS = ("文号", "发文机关", "成文日期")


def compile_policy(policy: tree.Policy) -> tuple[ir.Program | None, list[Problem]]:
    """The programme a policy means, or None where it has errors; with all that is to be said about it."""
    reporter = Reporter(policy.source, policy.unread)
    with _deep():
        symbols = declare(policy, reporter)
        headers = _headers(policy, reporter)
        lowerer = _lowerer(policy, symbols, reporter, headers)
        for name, definition in symbols.definitions.items():
            lowerer.function(name, definition.node.name.span)
        provisions, adjustments, offset = _rules(policy, symbols, lowerer)
        _unused_readings(symbols, lowerer)
    problems = reporter.found()
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    assert lowerer.dated is not None and lowerer.effective is not None
    program = ir.Program(
        name=policy.source.name,
        number=headers["文号"],
        title=policy.title,
        issuer=headers["发文机关"],
        dated=lowerer.dated,
        effective=lowerer.effective,
        digest="sha256:" + hashlib.sha256(policy.source.text.encode()).hexdigest(),
        headers=tuple((header.key, header.text) for header in policy.headers),
        chapters=tuple((chapter.label, chapter.title, chapter.first_measure) for chapter in policy.chapters),
        enums=tuple(symbols.enums.values()),
        scopes=tuple(ir.Scope(name=name, facts=tuple(facts.values())) for name, facts in symbols.scopes.items()),
        readings=tuple(symbols.readings.values()),
        functions=tuple(made.function for made in lowerer.made.values() if made is not None),
        measures=text.measures(policy),
        provisions=text.with_seen(with_readings(provisions, adjustments, offset, symbols), policy),
        adjustments=tuple(adjustments),
        offset=offset,
    )
    return program, problems


def _rules(
    policy: tree.Policy, symbols: Symbols, lowerer: Lowerer
) -> tuple[list[ir.Provision], list[Adjustment], ir.Offset | None]:
    """Rules first, so that ceilings know what they count; each kind in the order of the text."""
    rules = ProvisionLowerer(lowerer, symbols)
    between = BetweenLowerer(lowerer, symbols)
    placed = list(every_annotation(policy))
    for place, node in placed:
        if isinstance(node, tree.Period):
            rules.common_period(node, place)
    for node, place in symbols.provisions.values():
        if place.measure is None:
            lowerer.enter(place)
            lowerer.report(RuleOutsideMeasure, node.name, word=node.name.text)
        between.provisions[node.name.text] = rules.lower(node, place)
    adjustments: list[Adjustment] = []
    offsets: list[ir.Offset] = []
    for place, annotation in placed:
        match annotation:
            case tree.Ceiling():
                adjustments.append(between.ceiling(annotation, place))
            case tree.Highest():
                adjustments.append(between.highest(annotation, place))
            case tree.Deduct():
                adjustments.append(between.deduct(annotation, place))
            case tree.Offset():
                if offsets:
                    why = Term("已经有一条“抵扣”了", "there is a 抵扣 already")
                    lowerer.report(BadOffset, annotation.list, word=annotation.list.text, why=why)
                elif (found := between.offset(annotation, place, rules)) is not None:
                    offsets.append(found)
            case tree.See():
                lowerer.enter(place)
                known = [*symbols.provisions, *symbols.ceilings, *symbols.definitions, *symbols.stages]
                for name in annotation.names:
                    if name.text not in known:
                        lowerer.reporter.unknown(UnknownProvision, name.span, name.text, known)
            case _:
                pass
    return list(between.provisions.values()), adjustments, offsets[0] if offsets else None


def _headers(policy: tree.Policy, reporter: Reporter) -> dict[str, str]:
    headers = {header.key: header.text for header in policy.headers}
    for key in _HEADERS:
        if not headers.get(key):
            line_end = policy.source.text.find("\n", policy.span.start)
            span = Span(policy.span.start, max(line_end, policy.span.start))
            reporter.report(MissingHeader, span, key=key)
    return headers


def _lowerer(policy: tree.Policy, symbols: Symbols, reporter: Reporter, headers: dict[str, str]) -> Lowerer:
    dated = date.fromisoformat(headers["成文日期"]) if headers.get("成文日期") else None
    effective = date.fromisoformat(headers["施行日期"]) if headers.get("施行日期") else dated
    nowhere = Place(None, None, (policy.title,), ())
    return Lowerer(
        source=policy.source,
        symbols=symbols,
        reporter=reporter,
        origins=Origins(policy.source, nowhere),
        number=headers.get("文号", ""),
        dated=dated,
        effective=effective,
    )


def _unused_readings(symbols: Symbols, lowerer: Lowerer) -> None:
    broken = bool(lowerer.reporter.problems)
    for id, (node, place) in symbols.reading_nodes.items():
        if id not in lowerer.used and node.uncomputed is None:
            mentions = re.findall(rf"(?<![\w.]){re.escape(id)}(?![\w.])", lowerer.source.text)
            if broken and len(mentions) > 1:  # it may be used in what could not be read
                continue
            lowerer.enter(place)
            lowerer.report(ReadingNeverUsed, node.id, reading=id)


@contextmanager
def _deep() -> Iterator[None]:
    """Room for recursion that counted limits bound."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
