"""The order of the passes, on one page: tree → declarations → core expressions → rules → what holds between them → program.

Nothing here reads a file, a clock or the environment. What is wrong comes back as problems, all of them, in one order.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import fields, has

from fayan_compiler import text
from fayan_compiler.between import Adjustment, BetweenLowerer, with_readings
from fayan_compiler.derivations import derivations
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.following import unexplained
from fayan_compiler.imports import Units
from fayan_compiler.library import Library
from fayan_compiler.places import every_annotation
from fayan_compiler.problems.names import UnknownProvision
from fayan_compiler.problems.rules import BadOffset, ReadingNeverUsed, RuleOutsideMeasure
from fayan_compiler.provisions import ProvisionLowerer
from fayan_compiler.tallies import with_tallies
from fayan_compiler.units import HOLE
from fayan_dsl import tree
from fayan_dsl.problem import Label, Problem, Term, has_errors, in_order
from fayan_dsl.source import Span
from fayan_runtime import ir

#: Enough frames for the deepest nesting and the longest chain of definitions that the limits allow.
_FRAMES = 500_000


def compile_policy(
    policy: tree.Policy, library: Library | None = None, before: Sequence[Problem] = ()
) -> tuple[ir.Program | None, list[Problem]]:
    """The program a policy means, or None where it has errors; with all that is to be said about it.

    ``library`` holds the documents it refers to; what is wrong with what is taken from one is told of that document.
    ``before`` is what has been told of how the files are written. There is an error or there is a program, never both
    and never neither.
    """
    units = Units(library or Library())
    with _deep():
        unit = units.root(policy)
        symbols, lowerer, headers = unit.symbols, unit.lowerer, unit.headers
        for name, definition in symbols.definitions.items():
            lowerer.function(name, definition.node.name.span)
        derived = derivations(lowerer)
        scopes = with_tallies(lowerer)
        provisions, adjustments, offset = _rules(policy, lowerer)
        _unused_readings(lowerer, bool(before))
    others = tuple(units.found.values())
    found = (problem for one in (unit, *others) for problem in one.reporter.found())
    problems = in_order(unexplained(found, before))
    unresolved = [problem for one in (unit, *others) for problem in one.reporter.unresolved()]
    told = has_errors([*before, *problems])
    if unresolved and not told:  # nothing that is told explains it
        problems = in_order([*problems, unresolved[0]])
    if unresolved or told:
        return None, problems
    program = ir.Program(
        name=policy.source.name,
        number=headers["文号"],
        title=policy.title,
        issuer=headers["发文机关"],
        dated=lowerer.dated,
        effective=lowerer.effective,
        digest=_digest([policy, *(one.policy for one in others)]),
        headers=tuple((header.key, header.text) for header in policy.headers),
        chapters=tuple((chapter.label, chapter.title, chapter.first_measure) for chapter in policy.chapters),
        enums=tuple(symbols.enums.values()),
        scopes=scopes,
        readings=tuple(symbols.readings.values()),
        functions=tuple(made.function for made in lowerer.made.values() if made is not None),
        measures=text.measures(policy),
        provisions=text.with_seen(with_readings(provisions, adjustments, offset, symbols), policy),
        adjustments=tuple(adjustments),
        offset=offset,
        imports=unit.imports,
        derived=derived,
    )
    _whole(program)
    return program, problems


def _whole(program: ir.Program) -> None:
    """Nothing in a program stands for what could not be resolved; if it did, a pass would have kept silent about it."""
    stack: list[Any] = [program]
    seen: set[int] = set()
    while stack:
        one = stack.pop()
        if isinstance(one, ir.Type):
            if one == HOLE:
                raise RuntimeError("a program with a part that could not be resolved")
        elif isinstance(one, tuple):
            stack.extend(one)
        elif has(type(one)) and id(one) not in seen:
            seen.add(id(one))
            stack.extend(getattr(one, each.name) for each in fields(type(one)))


def _digest(policies: Sequence[tree.Policy]) -> str:
    """Of the policy's text; where it refers to others, of the digests of all their texts."""
    texts = [hashlib.sha256(policy.source.text.encode()) for policy in policies]
    whole = texts[0] if len(texts) == 1 else hashlib.sha256(b"".join(text.digest() for text in texts))
    return f"sha256:{whole.hexdigest()}"


def _rules(policy: tree.Policy, lowerer: Lowerer) -> tuple[list[ir.Provision], list[Adjustment], ir.Offset | None]:
    """Rules first, so that ceilings know what they count; each kind in the order of the text."""
    symbols = lowerer.symbols
    rules = ProvisionLowerer(lowerer)
    between = BetweenLowerer(lowerer)
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
                known += sorted(symbols.elsewhere)
                for name in annotation.names:
                    if name.text not in known:
                        lowerer.reporter.unknown(UnknownProvision, name.span, name.text, known)
            case _:
                pass
    return list(between.provisions.values()), adjustments, offsets[0] if offsets else None


def _unused_readings(lowerer: Lowerer, told: bool) -> None:
    """Readings no rule uses, told together: it may be one line that is missing. ``told``: something has been told of how
    the file is written."""
    broken = told or bool(lowerer.reporter.problems)
    unused: list[tree.Reading] = []
    labels: list[Label] = []
    for id, (node, place) in lowerer.symbols.reading_nodes.items():
        if id not in lowerer.used and node.uncomputed is None:
            found = re.finditer(rf"(?<![\w.]){re.escape(id)}(?![\w.])", lowerer.source.text)
            mentions = [Span(*each.span()) for each in found]
            if broken and len(mentions) > 1:  # it may be used in what could not be read
                continue
            labels += [Label(node.id.span, Term("这里也是", "here too"))] if unused else []
            spoken = Term(
                "这里提到它：用它的规则是不是删去了？", "spoken of here: has the rule that uses it been deleted?"
            )
            labels += [Label(span, spoken) for span in mentions if span.start != node.id.span.start][:1]
            unused.append(node)
            lowerer.enter(place)
    if unused:
        ids = "、".join(node.id.text for node in unused)
        lowerer.reporter.report(ReadingNeverUsed, unused[0].id.span, tuple(labels), reading=ids)


@contextmanager
def _deep() -> Iterator[None]:
    """Room for recursion that counted limits bound."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
