"""What an expression came to before, for the same of all it looks at: a search that changes one fact works out anew only what reads it.

What is remembered is whatever a caller makes of the steps. Values that have no equality of their own (lists of rows, unknown values) are
the same when they are the same object, which is why those remembered are held on to.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from attrs import define, field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.interpreter import Env, Step, trace
from fayan_runtime.names import COUNTED, ENTERPRISE
from fayan_runtime.values import Absent

T = TypeVar("T")


@frozen
class Reads:
    """All that the value of an expression hangs on, besides the day of assessment."""

    facts: tuple[tuple[str, str], ...] = ()
    readings: tuple[str, ...] = ()
    #: Fields of the items in sight, by variable; items whose place is asked for.
    fields: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    day: bool = False
    counted: bool = False


@define(eq=False)
class Remembered(Generic[T]):
    """``made`` of the steps of an expression, with a further argument."""

    program: ir.Program
    made: Callable[[Step, Any], T]
    _reads: dict[int, Reads] = field(factory=dict)
    _values: dict[Hashable, Any] = field(factory=dict)
    _found: dict[Hashable, T] = field(factory=dict)
    #: The steps of the expressions worked out last, of which more may be made.
    _fresh: dict[Hashable, Step] = field(factory=dict)
    _held: list[object] = field(factory=list)

    def value(self, expr: ir.Expr, env: Env) -> Any:
        key = self._key(expr, env)
        if key not in self._values:
            step = trace(expr, env)
            self._values[key] = step.value
            if len(self._fresh) > 64:
                self._fresh.clear()
            self._fresh[key] = step
        return self._values[key]

    def of(self, expr: ir.Expr, env: Env, how: Hashable) -> T:
        key = self._key(expr, env)
        if (key, how) not in self._found:
            step = self._fresh.get(key)
            self._found[key, how] = self.made(trace(expr, env) if step is None else step, how)
        return self._found[key, how]

    def _key(self, expr: ir.Expr, env: Env) -> Hashable:
        reads = self._reads.get(id(expr))
        if reads is None:
            reads = self._reads[id(expr)] = self._looked_at(expr)
        scopes = env.facts.scopes
        told = [self._same(scopes[scope][name]) for scope, name in reads.facts]
        items = env.items
        told += [self._same(items[var][1][name]) for var, name in reads.fields if var in items]
        told += [items[var][0] for var in reads.places if var in items]
        if reads.day:
            told.append(self._same(env.day))
        counted = tuple((number, self._same(row)) for number, row in env.counted) if reads.counted else ()
        return id(expr), env.on, counted, *told, *[env.readings[reading] for reading in reads.readings]

    def _same(self, value: Any) -> Hashable:
        if isinstance(value, Absent | list | dict):
            self._held.append(value)
            return "is", id(value)
        known: Hashable = value
        return known

    def _looked_at(self, expr: ir.Expr) -> Reads:
        facts: dict[tuple[str, str], None] = {}
        readings: dict[str, None] = {}
        own: dict[tuple[str, str], None] = {}
        places: dict[str, None] = {}
        called: set[str] = set()
        counted = day = False
        waiting = [expr]
        while waiting:
            for each in walk.inside(waiting.pop()):
                match each:
                    case ir.Fact(scope=scope, name=name):
                        facts[scope, name] = None
                    case ir.Lookup(list=name) | ir.Query(list=name):
                        counted |= name == COUNTED
                        facts |= {(ENTERPRISE, name): None} if name != COUNTED else {}
                    case ir.Field(var=var, name=name):
                        own[var, name] = None
                    case ir.Index(var=var):
                        places[var] = None
                    case ir.Param(name="发生日"):
                        day = True
                    case ir.Choose(reading=reading):
                        readings[reading] = None
                    case ir.Call(function=name) if name not in called:
                        called.add(name)
                        waiting += [one.body for one in self.program.functions if one.name == name]
                    case _:
                        pass
        self._held.append(expr)
        return Reads(tuple(facts), tuple(readings), tuple(own), tuple(places), day, counted)
