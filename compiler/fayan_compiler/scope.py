"""What a name means at one place: parameters, the fields of the items in sight, what is known to exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from fayan_runtime import ir

#: The variable of a rule's own item.
OWN = "本"
#: The list of the items a ceiling counts.
COUNTED = "所计"


@frozen
class Frame:
    """``own`` is the list of the rule's item, ``query`` the innermost query's variable and list, ``counted`` what a ceiling counts.

    ``event`` says that there is an event day (发生日), ``items`` that the query's fields win over the rule's (after 的),
    ``present`` holds the expressions known to exist here.
    """

    params: tuple[tuple[str, ir.Type], ...] = ()
    own: ir.FactDecl | None = None
    query: tuple[str, ir.FactDecl] | None = None
    counted: ir.FactDecl | None = None
    event: bool = False
    items: bool = False
    depth: int = 0
    present: frozenset[ir.Expr] = frozenset()


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


def children(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The expressions directly inside one, in the order of the text."""
    match expr:
        case ir.Choose():
            yield from expr.arms
        case ir.Call() | ir.And() | ir.Or() | ir.Add() | ir.Mul() | ir.Extreme():
            yield from expr.args
        case ir.Not() | ir.OneOf() | ir.Contains() | ir.IsNone() | ir.Calendar():
            yield expr.arg
        case ir.Compare():
            yield from (expr.left, expr.right)
        case ir.HasYear():
            yield from (expr.arg, expr.year)
        case ir.Match():
            yield expr.subject
            yield from (value for _, value in expr.arms)
        case ir.Cases():
            for condition, value in expr.whens:
                yield from (condition, value)
            yield expr.otherwise
        case ir.Lookup():
            yield expr.year
        case ir.Query():
            yield from (part for part in (expr.where, expr.value) if part is not None)
        case _:
            pass


def looked_at(function: ir.Function, called: Callable[[str], ir.Function | None]) -> Iterator[str]:
    """The facts and lists that a definition looks at, by way of others too."""
    waiting, seen = [function], {function.name}
    while waiting:
        for one in inside(waiting.pop().body):
            match one:
                case ir.Fact(name=name) | ir.Lookup(list=name) | ir.Query(list=name):
                    yield name
                case ir.Call(function=name) if name not in seen:
                    seen.add(name)
                    callee = called(name)
                    waiting += [callee] if callee is not None else []
                case _:
                    pass


def inside(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The expression and all within it, outermost first."""
    stack = [expr]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(list(children(one))))
