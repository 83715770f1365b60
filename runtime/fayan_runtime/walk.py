"""Walking over the core form, in the order in which it stands: the one way in which anything looks for what is inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from attrs import evolve, fields, has

from fayan_runtime.ir import Expr, Node


def children(part: object) -> Iterator[Expr]:
    """The expressions directly inside an expression, a rule, a tuple, anything a program is made of, in the order they stand."""
    values = part if isinstance(part, tuple) else [getattr(part, name) for name in _held(type(part))]
    for value in values:
        if isinstance(value, Node):
            yield cast(Expr, value)
        elif isinstance(value, tuple) or _held(type(value)):
            yield from children(value)


def inside(part: object) -> Iterator[Expr]:
    """Every expression in it, each before what is inside it, in the order they stand; an expression itself first."""
    stack = list(children((part,)))[::-1]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(list(children(one))))


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with each of those directly inside it changed."""

    def new(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(new, value))
        return change(cast(Expr, value)) if isinstance(value, Node) else value

    return evolve(expr, **{name: new(getattr(expr, name)) for name in _held(type(expr))})


#: Kept as classes are met: there are a few dozen, asked for thousands of times.
_HELD: dict[type, tuple[str, ...]] = {}


def _held(cls: type) -> tuple[str, ...]:
    """The fields that may hold expressions; none of what is no part of a program."""
    if cls not in _HELD:
        names = (each.name for each in fields(cls)) if has(cls) else ()
        _HELD[cls] = tuple(name for name in names if name not in ("type", "origin"))
    return _HELD[cls]
