"""What an expression says, as a key: equal keys mean the same whatever things are called and however they are ordered.

A *deep* key opens definitions, so that it holds what they say; a *shallow* key keeps their names, so that a condition is not
reported as changed where only a definition it uses is. Parameters and variables are numbered; the operands of 且 and 或 have no order;
the arms of a reading go by the option's name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from attrs import fields

from fayan_runtime import ir

#: Said of an expression, but no part of what it says.
_BESIDE = {"origin", "shown", "word"}


class Keys:
    """Keys over one program. ``names`` gives the name to use for a definition in shallow keys."""

    def __init__(self, program: ir.Program, names: Mapping[str, str] | None = None) -> None:
        self.program = program
        self._names = names or {}
        self._options = {each.id: [option for option, _ in each.options] for each in program.readings}
        self._functions = {each.name: each for each in program.functions}
        self._bodies: dict[str, str] = {}

    def shallow(self, thing: object) -> str:
        return self._key(thing, lambda name: self._names.get(name, name), {})

    def deep(self, thing: object) -> str:
        return self._key(thing, self.body, {})

    def body(self, name: str) -> str:
        """What the definition says, callees opened."""
        if name not in self._bodies:
            self._bodies[name] = _digest(self.function(self._functions[name], self.body))
        return self._bodies[name]

    def function(self, function: ir.Function, called: Callable[[str], str] | None = None) -> str:
        """A definition without its own name and those of its parameters."""
        bound = {name: f"#{number}" for number, (name, _) in enumerate(function.params)}
        kinds = [self._key(kind, str, {}) for _, kind in function.params]
        called = called or (lambda name: self._names.get(name, name))
        return f"{kinds}{self._key(function.body, called, bound)}"

    def _key(self, thing: Any, called: Callable[[str], str], bound: dict[str, str]) -> str:
        def inner(each: object) -> str:
            return self._key(each, called, bound)

        match thing:
            case ir.Call(function=name, args=args):
                return f"(Call {called(name)} {' '.join(map(inner, args))})"
            case ir.Param(name=name):
                return f"(Param {bound.get(name, name)})"
            case ir.And(args=args) | ir.Or(args=args):
                return f"({type(thing).__name__} {' '.join(sorted(map(inner, args)))})"
            case ir.Choose(reading=reading, arms=arms):
                options = zip(self._options[reading], arms, strict=True)
                return f"(Choose {reading} {sorted((option, inner(arm)) for option, arm in options)})"
            case ir.Query(var=var):
                bound = bound | {var: f"@{sum(name.startswith('@') for name in bound.values())}"}
                return self._fields(thing, called, bound)
            case ir.Field(var=var, name=name):
                return f"(Field {bound.get(var, var)} {name})"
            case ir.Index(var=var):
                return f"(Index {bound.get(var, var)})"
            case ir.Type():
                return repr((thing.kind, thing.name, thing.unit, thing.optional))
            case tuple():
                return f"[{' '.join(map(inner, thing))}]"
            case frozenset():
                return f"[{' '.join(sorted(map(inner, thing)))}]"
            case _ if hasattr(type(thing), "__attrs_attrs__"):
                return self._fields(thing, called, bound)
        return repr(thing)

    def _fields(self, thing: Any, called: Callable[[str], str], bound: dict[str, str]) -> str:
        # What type a thing has follows from what it is made of: that a fact is of another type is told once, of the fact.
        beside = _BESIDE if isinstance(thing, ir.Const) else _BESIDE | {"type"}
        parts = []
        for each in fields(type(thing)):
            if each.name not in beside:
                value = getattr(thing, each.name)
                parts.append(bound.get(value, value) if each.name == "var" else self._key(value, called, bound))
        return f"({type(thing).__name__} {' '.join(parts)})"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
