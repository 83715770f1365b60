"""取用: the names of another document made names of this one.

Types and facts keep their names; what both documents declare must be alike, and is then one thing. A definition may be renamed. It
stays what it is in its own document, and the facts it looks at are those of the policy that takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from fayan_compiler.declared import Declared
from fayan_compiler.problems import imports as P
from fayan_compiler.problems.names import DuplicateDeclaration
from fayan_compiler.symbols import Made, Symbols
from fayan_dsl import tree
from fayan_dsl.near import nearest
from fayan_dsl.problem import Label, Term
from fayan_runtime import ir


@frozen
class Brought:
    """A document that a line 引用 has found: what it declares, how a definition of it is made, and the facts that one looks at."""

    node: tree.Import
    number: str
    #: What the file is called.
    file: str
    #: Part of it could not be read, so that what is not there may be only lost.
    broken: bool
    symbols: Symbols
    make: Callable[[str], Made | None]
    facts_read: Callable[[str], Iterable[tuple[str, ir.FactDecl]]]


def take_types(ours: Declared, brought: Brought) -> None:
    """All types of a document from which anything is taken: its facts and definitions are of these types."""
    own = ours.symbols.enums
    if not brought.node.takes:
        return
    for name, enum in brought.symbols.enums.items():
        if own.setdefault(name, enum).members != enum.members:
            ours.reporter.report(P.Unlike, brought.node.number.span, word=name, number=brought.number)


def take_facts(ours: Declared, brought: Brought) -> None:
    """Facts, and what needs no more than its name; what there is nothing of is told."""
    theirs = brought.symbols
    known = _known(theirs)
    for take in brought.node.takes:
        name = take.name.text
        if name in theirs.definitions:
            continue
        if name not in known and brought.broken:
            ours.reporter.unread |= {take.alias.text}
            continue
        if name not in known:
            span = take.name.span
            ours.reporter.unknown(P.NothingToTake, span, name, known, number=brought.number)
            continue
        if take.alias.text != name:
            ours.reporter.report(P.CannotRename, take.alias.span, word=name)
        if name in theirs.facts:
            _fact(ours, take, brought)
        elif name in theirs.provisions:
            ours.symbols.elsewhere.add(name)


def _known(theirs: Symbols) -> list[str]:
    return [*theirs.enums, *theirs.facts, *theirs.definitions, *theirs.provisions]


def take_definitions(ours: Declared, brought: Brought) -> None:
    """Definitions last: the facts they look at may come from another document."""
    for take in brought.node.takes:
        if take.name.text in brought.symbols.definitions:
            _definition(ours, take, brought)


def _taken(ours: Declared, take: tree.Take, brought: Brought) -> None:
    """A message about the type of what was taken points to where it was, and names the file that declares it."""
    file = brought.file.replace("\\", "/").rpartition("/")[2]
    ours.reporter.taken[take.alias.text] = Label(
        take.alias.span,
        Term(f"取自{brought.number}，在 {file} 里声明", f"taken from {brought.number}, declared in {file}"),
    )


def _fact(ours: Declared, take: tree.Take, brought: Brought) -> None:
    name, theirs = take.name.text, brought.symbols
    if name in ours.symbols.facts:
        ours.reporter.report(DuplicateDeclaration, take.name.span, word=name)
    elif ours.new("value", take.alias):
        _taken(ours, take, brought)
        scope, decl = theirs.facts[name]
        ours.symbols.facts[name] = (scope, decl)
        ours.symbols.scopes.setdefault(scope, {})[name] = decl


def _definition(ours: Declared, take: tree.Take, brought: Brought) -> None:
    name, symbols = take.name.text, ours.symbols
    if not ours.new("value", take.alias):
        return
    _taken(ours, take, brought)
    made = brought.make(name)
    symbols.definitions[take.alias.text] = evolve(brought.symbols.definitions[name], make=lambda: brought.make(name))
    lacking: list[str] = []
    for scope, decl in brought.facts_read(name):
        if decl.name not in symbols.facts:
            lacking.append(decl.name)
        elif symbols.facts[decl.name][0] != scope or not _serves(symbols.facts[decl.name][1], decl):
            ours.reporter.report(P.Unlike, take.name.span, word=decl.name, number=brought.number)
    asked = [take.name.text for take in brought.node.takes if take.name.text not in _known(brought.symbols)]
    # told to be misspelt, or of a document that is not there
    lacking = [fact for fact in lacking if nearest(fact, asked) is None and fact not in ours.reporter.unread]
    if lacking:
        ours.reporter.report(P.FactNotHere, take.name.span, word=name, facts="、".join(lacking))
    for id in sorted(made.readings) if made is not None else ():
        reading = brought.symbols.readings[id]
        if symbols.readings.get(id) is not reading and ours.new("reading", tree.Name(span=take.name.span, text=id)):
            symbols.readings[id] = reading


def _serves(here: ir.FactDecl, there: ir.FactDecl) -> bool:
    """Whether a fact of this policy can be looked at as if it were theirs: the same type, a list with all their fields."""
    if (here.type, here.is_list, here.series) != (there.type, there.is_list, there.series):
        return False
    fields = {one.name: one for one in here.fields}
    return all(one.name in fields and _serves(fields[one.name], one) for one in there.fields)
