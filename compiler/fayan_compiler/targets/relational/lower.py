"""Expressions of the core form → columns.

Readings and the day are fixed when the plan is made: ``Choose`` is the arm taken, and what depends on nothing else is worked out. A
definition is lowered once for each choice of arguments. What each node means stands in ``ir`` and the reference interpreter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from attrs import define, evolve, field, fields, frozen
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.frames import Frame, Frames
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import VARIES, Value, constant, failed
from fayan_runtime import ir
from fayan_runtime.names import COUNTED, ENTERPRISE


@frozen(eq=False)
class Rows:
    """The items of a list, one by one: ``frame`` has a row for each. ``of`` declares their fields, ``order`` is its place among all facts."""

    frame: Frame
    of: ir.FactDecl
    order: int


@frozen
class Env:
    """What names stand for. ``counted``: the items a ceiling counts."""

    params: dict[str, Value] = field(factory=dict)
    items: dict[str, Rows] = field(factory=dict)
    counted: Rows | None = None

    def bind(self, var: str, rows: Rows) -> Env:
        return evolve(self, items={**self.items, var: rows})

    def on(self, day: Value) -> Env:
        """Items without an event day are none, so nothing need be said of them where there is one."""
        const = VARIES if day.const is None else day.const
        day = evolve(day, none=None, unknown=not day.total, const=const)
        return evolve(self, params={**self.params, "发生日": day})


@define
class Lowering:
    """``facts``: (scope, name) → its value in the root. ``overflow``: columns that are true where 128 bits do not do."""

    program: ir.Program
    on: date
    readings: Mapping[str, str]
    frames: Frames
    facts: dict[tuple[str, str], Value] = field(factory=dict)
    #: What stands in for the tables of facts.
    tables: Mapping[str, exp.Table] = field(factory=dict)
    overflow: list[Expression] = field(factory=list)
    #: What columns are, in the words of the policy.
    notes: dict[str, dict[str, None]] = field(factory=dict)
    declared: dict[tuple[str, str], tuple[int, ir.FactDecl]] = field(init=False)
    #: Whose facts are looked at.
    enterprises: Frame = field(init=False)
    _functions: dict[str, ir.Function] = field(init=False)
    _calls: dict[tuple[object, ...], Value] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        scopes = sorted(self.program.scopes, key=lambda each: each.name != ENTERPRISE)
        declared = [(scope.name, fact) for scope in scopes for fact in scope.facts]
        self.declared = {(scope, fact.name): (order, fact) for order, (scope, fact) in enumerate(declared)}
        self.enterprises = self.frames.root
        self._functions = {each.name: each for each in self.program.functions}

    def value(self, expr: ir.Expr, env: Env) -> Value:
        return self.kept(LOWER[type(expr)](self, expr, env))

    def values(self, exprs: tuple[ir.Expr, ...], env: Env) -> list[Value]:
        return [self.value(each, env) for each in exprs]

    def kept(self, value: Value) -> Value:
        """The value with its parts as columns, so that they can be looked at more than once."""
        keep = self.frames.keep

        def part(expr: Expression | None, seldom: bool = False) -> Expression | None:
            return None if expr is None else keep(expr, seldom=seldom)

        return evolve(
            value, sql=keep(value.sql), error=part(value.error, seldom=True), none=part(value.none), lacks=part(value.lacks, seldom=True),
            over=part(value.over),
        )  # fmt: skip

    @contextmanager
    def among(self, enterprises: Frame, facts: dict[tuple[str, str], Value]) -> Iterator[None]:
        """While it lasts, facts are those of another frame of enterprises, and so is what looks at them."""
        kept = self.enterprises, self.facts, self._calls
        self.enterprises, self.facts, self._calls = enterprises, facts, {}
        try:
            yield
        finally:
            self.enterprises, self.facts, self._calls = kept

    def note(self, value: Value, told: str) -> None:
        if isinstance(value.sql, exp.Column):
            self.notes.setdefault(value.sql.name, {})[told] = None

    def table(self, name: str) -> exp.Table:
        return self.tables[name] if name in self.tables else exp.table_(exp.to_identifier(name, quoted=True))

    def option(self, reading: str) -> int:
        options = next(each.options for each in self.program.readings if each.id == reading)
        return [option for option, _ in options].index(self.readings[reading])

    def fixed(self, expr: ir.Expr) -> object:
        """The value of an expression that reads readings only."""
        value = self.value(expr, Env())
        assert value.const is not VARIES
        return value.const

    # ---- where things are

    def innermost(self, part: object, env: Env) -> Frame:
        """The innermost frame that an expression looks at, apart from those that it makes itself."""
        found = [self.enterprises]
        match part:
            case ir.Choose():
                found.append(self.innermost(part.arms[self.option(part.reading)], env))
            case ir.Param():
                found.append(self.frame_of(env.params[part.name]) if part.name in env.params else self.frames.root)
            case ir.Field() | ir.Index():
                if part.var in env.items:
                    found.append(env.items[part.var].frame)
            case ir.Query():
                inner = evolve(env, items={var: rows for var, rows in env.items.items() if var != part.var})
                found += [self.innermost(part.where, inner), self.innermost(part.value, inner)]
                if part.list == COUNTED and env.counted is not None and env.counted.frame.parent is not None:
                    found.append(env.counted.frame.parent)
            case tuple():
                found += [self.innermost(each, env) for each in part]
            case ir.Node():
                found += [
                    self.innermost(getattr(part, each.name), env)
                    for each in fields(type(part))
                    if each.name not in ("type", "origin")
                ]
        return max(found, key=lambda frame: frame.depth)

    def frame_of(self, *values: Value) -> Frame:
        return self.frames.frame_of(
            *(part for each in values for part in (each.sql, each.error, each.none, each.lacks, each.over))
        )


def same(value: Value) -> tuple[object, ...]:
    """What tells a kept value from others."""
    parts = (value.sql, value.error, value.none, value.lacks, value.over)
    return (value.kind, value.scale, *(None if each is None else sql.key_of(each) for each in parts))


# ---------------------------------------------------------------- leaves and definitions


def _const(low: Lowering, expr: ir.Const, env: Env) -> Value:
    return constant(expr.value, expr.type)


def _choose(low: Lowering, expr: ir.Choose, env: Env) -> Value:
    return low.value(expr.arms[low.option(expr.reading)], env)


def _param(low: Lowering, expr: ir.Param, env: Env) -> Value:
    return constant(low.on, expr.type) if expr.name == "评估日" else env.params[expr.name]


def _fact(low: Lowering, expr: ir.Fact, env: Env) -> Value:
    return low.facts[expr.scope, expr.name]


def _call(low: Lowering, expr: ir.Call, env: Env) -> Value:
    function = low._functions[expr.function]
    args = low.values(expr.args, env)
    key = (function.name, *(same(each) for each in args))
    if key not in low._calls:
        params = {name: arg for (name, _), arg in zip(function.params, args, strict=True)}
        low._calls[key] = low.value(function.body, Env(params))
        low.note(low._calls[key], f"定义 {function.name}")
    return low._calls[key]


def _fail(low: Lowering, expr: ir.Fail, env: Env) -> Value:
    return failed(expr.code, expr.type)


LOWER: dict[type, Callable[[Lowering, Any, Env], Value]] = {
    ir.Const: _const, ir.Choose: _choose, ir.Param: _param, ir.Fact: _fact, ir.Call: _call, ir.Fail: _fail,
}  # fmt: skip


def lowers(*nodes: type) -> Callable[[Callable[[Lowering, Any, Env], Value]], Callable[[Lowering, Any, Env], Value]]:
    """Note how a kind of node is lowered."""

    def note(how: Callable[[Lowering, Any, Env], Value]) -> Callable[[Lowering, Any, Env], Value]:
        LOWER.update(dict.fromkeys(nodes, how))
        return how

    return note


# ---------------------------------------------------------------- strict operations


def strict(
    operands: list[Value], made: Expression, kind: str, error: Expression | None = None, fails: Expression | None = None
) -> Value:
    """What an operation gives that needs all its operands: the first error, else unknown for want of all.

    ``made`` is null where one of them is. ``error`` is what the operation adds to it itself, null where nothing.
    """
    errors = [each.error for each in operands if each.error is not None] + ([] if error is None else [error])
    unknown = any(each.unknown for each in operands)
    whole = sql.coalesce(*errors) if errors else None
    lacks = [each.lacks for each in operands if each.lacks is not None]
    wanting: Expression | None = sql.together(*lacks) if lacks else None
    several = errors and not (len(operands) == 1 and error is None)
    if wanting is not None and whole is not None and several:
        wanting = sql.case((sql.missing(whole), wanting))
    blames = [each.blame for each in operands if each.error is not None]
    known = [each for each in blames if each is not None]
    blame = frozenset[str]().union(*known) if error is None and len(known) == len(blames) else None
    return Value(kind, made, error=whole, unknown=unknown, lacks=wanting, blame=blame)
