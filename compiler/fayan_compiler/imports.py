"""Documents and what they refer to: each is declared once, the documents it refers to before it.

Of a document that is referred to only what is taken is made, and what that needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from attrs import define, field, frozen

from fayan_compiler.boundaries import declared
from fayan_compiler.declare import declare
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.expressions.makers import MAKERS
from fayan_compiler.library import Head, Library, asked
from fayan_compiler.places import Origins, Place, every_annotation
from fayan_compiler.problems import imports as P
from fayan_compiler.problems.rules import MissingHeader
from fayan_compiler.report import Reporter
from fayan_compiler.scope import looked_at
from fayan_compiler.symbols import Made, Symbols
from fayan_compiler.taking import Brought
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span
from fayan_runtime import ir

_HEADERS = ("文号", "发文机关", "成文日期")


@frozen
class Unit:
    """One document with what its names mean. ``imports`` are the documents it refers to, as they are told to people."""

    policy: tree.Policy
    headers: dict[str, str]
    reporter: Reporter
    symbols: Symbols
    lowerer: Lowerer
    imports: tuple[ir.Import, ...]


@define
class Units:
    library: Library
    #: Of the documents referred to: number → unit.
    found: dict[str, Unit] = field(factory=dict)
    #: All definitions made so far, by the name they have in the program: callees before their callers.
    made: dict[str, Made | None] = field(factory=dict)
    _open: list[str] = field(factory=list)
    #: Names of definitions in the program: (number, name there) → name.
    _names: dict[tuple[str, str], str] = field(factory=dict)

    def root(self, policy: tree.Policy) -> Unit:
        """The policy itself: its own names and those it gives to what it takes are the names of the program."""
        for _, node in every_annotation(policy):
            match node:
                case tree.Define():
                    self._names["", node.name.text] = node.name.text
                case tree.Import():
                    for take in node.takes:
                        self._names.setdefault((_picked(self.library, node), take.name.text), take.alias.text)
                case _:
                    pass
        return self._unit(policy, "")

    def _unit(self, policy: tree.Policy, number: str) -> Unit:
        reporter = Reporter(policy.source, policy.unread)
        headers = _headers(policy, reporter)
        self._open.append(headers.get("文号", number))
        brought: list[Brought] = []
        told: list[ir.Import] = []
        for place, node in every_annotation(policy):
            if isinstance(node, tree.Import):
                head = self._sought(node, reporter)
                other = self._opened(head, node, reporter) if head is not None and node.takes else None
                if head is not None:
                    told.append(_told(node, place, head))
                if other is not None:
                    brought.append(self._brought(node, other))
                else:  # what it would have brought is no unknown name
                    reporter.unread |= {take.alias.text for take in node.takes}
        self._open.pop()
        symbols = declare(policy, reporter, brought)
        lowerer = _lowerer(policy, symbols, reporter, headers)
        lowerer.made = self.made
        lowerer.emitted = lambda name: self._emitted(number, name)
        return Unit(policy, headers, reporter, symbols, lowerer, tuple(told))

    def _emitted(self, number: str, name: str) -> str:
        """The name of a definition in the program: its own where that is free, else with the document's number."""
        if (number, name) not in self._names:
            free = name not in self._names.values()
            self._names[number, name] = name if free else f"{name}（{number}）"
        return self._names[number, name]

    def _sought(self, node: tree.Import, reporter: Reporter) -> Head | None:
        """The document a line 引用 means, or None with a problem."""
        number, on = asked(node)
        library, span = self.library, node.number.span
        if not library.complete:
            return None
        same = library.named(number)
        if not same:
            near = next(iter(get_close_matches(number, [head.number for head in library.heads], 1, 0.8)), None)
            hint = Term(f"是不是“{near}”？", f"Did you mean “{near}”?") if near else Term("", "")
            title = Term(f"改为“{near}”", f"write “{near}”")
            fixes = (Fix(title, (Edit(span, near),), Applicability.UNSAFE),) if near else ()
            reporter.report(P.UnknownDocument, span, fixes=fixes, word=number, hint=hint)
            return None
        if len(same) > 1:
            reporter.report(P.NumberTwice, span, number=number, files="、".join(head.source for head in same))
            return None
        head = library.picked(number, on)
        if head is None:
            known = "；".join(_lasting(each) for each in library.versions(number))
            reporter.report(P.NoVersionInForce, span, number=number, on=_day(on or date.min), known=known)
        return head

    def _opened(self, head: Head, node: tree.Import, reporter: Reporter) -> Unit | None:
        """The document with its names; one that is only referred to is not read."""
        if head.number in self._open:
            cycle = [*self._open[self._open.index(head.number) :], head.number]
            reporter.report(P.ImportCycle, node.number.span, cycle=" → ".join(cycle))
            return None
        if head.number not in self.found:
            policy = self.library.trees.get(head.number)
            if policy is None:  # it could not be read: said already
                return None
            self.found[head.number] = self._unit(policy, head.number)
        return self.found[head.number]

    def _brought(self, node: tree.Import, unit: Unit) -> Brought:
        def make(name: str) -> Made | None:
            return unit.lowerer.function(name, unit.symbols.definitions[name].node.name.span)

        def facts_read(name: str) -> Iterator[tuple[str, ir.FactDecl]]:
            made = make(name)
            seen = set(looked_at(made.function, unit.lowerer.called_function) if made else ())
            return (found for name, found in unit.symbols.facts.items() if name in seen)

        source = unit.policy.source.name
        return Brought(node, unit.headers["文号"], source, bool(unit.policy.unread), unit.symbols, make, facts_read)


def _picked(library: Library, node: tree.Import) -> str:
    head = library.picked(*asked(node))
    return head.number if head else ""


def _told(node: tree.Import, place: Place, head: Head) -> ir.Import:
    return ir.Import(
        measure=place.number,
        asked=node.number.text,
        number=head.number,
        title=head.title,
        source=head.source,
        on=asked(node)[1],
        takes=tuple(take.alias.text for take in node.takes),
    )


def _headers(policy: tree.Policy, reporter: Reporter) -> dict[str, str]:
    headers = {header.key: header.text for header in policy.headers}
    lacking = [
        key
        for key in _HEADERS
        if key not in policy.unread  # else its line could not be read, which has been told
        and not headers.get(key)
        and (key, headers.get(key)) != ("成文日期", "")
    ]
    if lacking and policy.headers:  # with none at all, what is missing under the first line has been told
        line_end = policy.source.text.find("\n", policy.span.start)
        span = Span(policy.span.start, max(line_end, policy.span.start))
        reporter.report(
            MissingHeader,
            span,
            key="、".join(lacking),
            lines="”“".join(f"{key} ……" for key in lacking),
        )
    return headers


def _lowerer(policy: tree.Policy, symbols: Symbols, reporter: Reporter, headers: dict[str, str]) -> Lowerer:
    dated = date.fromisoformat(headers["成文日期"]) if headers.get("成文日期") else None
    said = headers.get("施行日期")  # empty where it was not seen
    effective = date.fromisoformat(said) if said else dated if said is None else None
    nowhere = Place(None, None, (policy.title,), ())
    return Lowerer(
        source=policy.source,
        symbols=symbols,
        reporter=reporter,
        origins=Origins(policy.source, nowhere),
        number=headers.get("文号", ""),
        dated=dated,
        effective=effective,
        bounds=declared(policy),
        makers=MAKERS,
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _lasting(head: Head) -> str:
    ends = [f"{_day(day)}{word}" for day, word in ((head.effective, "起"), (head.until, "止")) if day is not None]
    return f"{head.number}（{'，'.join(ends) or '施行日期未见'}）"
