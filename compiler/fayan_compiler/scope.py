"""What a name means at one place: parameters, the fields of the items in sight, what is known to exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from attrs import evolve, frozen

from fayan_compiler.symbols import Symbols
from fayan_dsl.built_in import CONTEXT
from fayan_runtime import ir, walk
from fayan_runtime.names import EARLIER, OWN

#: A parameter, a field of the query's item, one of the rule's item, a word of the language, a definition, a fact.
Meaning = Literal["参数", "其", "本", "语言", "定义", "事实"]
#: An item's position in its list, from 1.
ORDER = "次序"


@frozen
class Peers:
    """The items among which a rule's pot is shared: of which list, on which day, under which conditions (said of the rule's item)."""

    rule: str
    list: str
    on: ir.Expr | None
    conditions: tuple[ir.Expr, ...]


@frozen
class Frame:
    """``own`` is the list of the rule's item, ``query`` the innermost query's variable and list, ``counted`` what a ceiling counts.

    ``event`` says that there is an event day (发生日), ``items`` that the query's fields win over the rule's (after 的),
    ``peers`` are the items that share a pot, ``present`` holds the expressions known to exist here.
    """

    params: tuple[tuple[str, ir.Type], ...] = ()
    own: ir.FactDecl | None = None
    query: tuple[str, ir.FactDecl] | None = None
    counted: ir.FactDecl | None = None
    event: bool = False
    items: bool = False
    depth: int = 0
    peers: Peers | None = None
    present: frozenset[ir.Expr] = frozenset()

    def item(self, own: bool) -> tuple[str, ir.FactDecl]:
        """The variable and the list of the rule's item or, not ``own``, of the query's, which must be there."""
        found = self.query if not own else (OWN, self.own) if self.own is not None else None
        assert found is not None
        return found


def meanings_of(name: str, frame: Frame, symbols: Symbols) -> list[Meaning]:
    """All that a bare name means here."""
    found: list[Meaning] = []
    if name in dict(frame.params):
        found.append("参数")
    if frame.query is not None and field_of(frame.query[1], name) is not None:
        found.append("其")
    if field_of(frame.own, name) is not None:
        found.append("本")
    if name == ORDER and not found:
        found += ["其"] if frame.query is not None else []
        found += ["本"] if frame.own is not None else []
    if name in CONTEXT and not (name == ORDER and found):
        found.append("语言")
    if name in symbols.definitions:
        found.append("定义")
    if name in symbols.facts:
        found.append("事实")
    return found


def field_of(decl: ir.FactDecl | None, name: str) -> ir.FactDecl | None:
    if decl is not None:
        for one in decl.fields:
            if one.name == name:
                return one
    return None


def implied(expr: ir.Expr, truth: bool) -> Iterator[ir.Expr]:
    """The optional values that must exist where ``expr`` is known to be ``truth``."""
    match expr:
        case ir.Not():
            yield from implied(expr.arg, not truth)
        case ir.And() if truth:
            for arg in expr.args:
                yield from implied(arg, True)
        case ir.Or() if not truth:
            for arg in expr.args:
                yield from implied(arg, False)
        case ir.IsNone() if not truth:
            yield expr.arg
        case _:
            pass


def looked_at(function: ir.Function, called: Callable[[str], ir.Function | None]) -> Iterator[str]:
    """The facts and lists that a definition looks at, by way of others too."""
    waiting, seen = [function], {function.name}
    while waiting:
        for one in walk.inside(waiting.pop().body):
            match one:
                case ir.Fact(name=name) | ir.Lookup(list=name) | ir.Query(list=name):
                    yield name
                case ir.Call(function=name) if name not in seen:
                    seen.add(name)
                    callee = called(name)
                    waiting += [callee] if callee is not None else []
                case _:
                    pass


def renamed(expr: ir.Expr, on: ir.Expr | None, var: str = EARLIER) -> ir.Expr:
    """The expression said of another item: its fields, its place, its event day."""
    match expr:
        case ir.Field() | ir.Index() if expr.var == OWN:
            return evolve(expr, var=var)
        case ir.Param() if expr.name == "发生日" and on is not None:
            return renamed(on, on, var)
        case _:
            return walk.rebuilt(expr, lambda one: renamed(one, on, var))
