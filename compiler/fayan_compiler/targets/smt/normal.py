"""Expressions in a normal form, under one choice of readings: definitions opened, readings chosen, one way of writing what can be written in several.

Nothing that changes a value is done, not even for values that are missing or in error. Where the normal forms of two expressions are one
object they mean the same; where they are not, they may still.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import prod
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt.store import Store
from fayan_runtime import ir
from fayan_runtime.values import exact
from fayan_runtime.walk import inside

BOOL = ir.Type("bool")
_OPPOSITE: dict[str, Any] = {">": "<=", "<=": ">", ">=": "<", "<": ">=", "==": "!=", "!=": "=="}
_TURNED: dict[str, Any] = {"<": ">", "<=": ">="}
_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


@frozen(eq=False)
class Scene:
    """What names stand for: parameters (发生日 among them) for expressions, variables for the depth of their query."""

    params: Mapping[str, ir.Expr] = field(factory=dict)
    vars: Mapping[str, str] = field(factory=dict)
    depth: int = 0


@define(eq=False)
class Normal:
    """The expressions of one program under one choice of readings. What was found may be kept for other choices: ``opened``, ``used``."""

    store: Store
    program: ir.Program
    readings: Mapping[str, str]
    #: Each with the expression it is of, which has to live as long as the identity it goes by.
    opened: dict[object, tuple[ir.Expr, ir.Expr]] = field(factory=dict)
    used: dict[int, tuple[ir.Expr, tuple[str, ...]]] = field(factory=dict)
    _functions: dict[str, ir.Function] = field(init=False)
    _options: dict[str, list[str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._functions = {each.name: each for each in self.program.functions}
        self._options = {each.id: [option for option, _ in each.options] for each in self.program.readings}

    # ------------------------------------------------------------ the way in
    def __call__(self, expr: ir.Expr, day: ir.Expr | None = None) -> ir.Expr:
        """``day`` (in normal form) stands for 发生日."""
        key = (id(expr), id(day), self._chosen(expr))
        if key not in self.opened:
            made = self.normal(expr, Scene({} if day is None else {"发生日": day}))
            self.opened[key] = (expr, made)
        return self.opened[key][1]

    def conjunction(self, parts: Iterable[ir.Expr]) -> ir.Expr:
        return self._junction(ir.And, list(parts))

    def truth(self, value: bool) -> ir.Expr:
        return self.store.keep(ir.Const(type=BOOL, value=value))

    def settled(self, expr: ir.Expr) -> bool:
        """A condition that reads readings only."""
        return self(expr) is self.truth(True)

    def _chosen(self, expr: ir.Expr) -> tuple[str, ...]:
        return tuple(self.readings[each] for each in self._readings_in(expr))

    def _readings_in(self, expr: ir.Expr) -> tuple[str, ...]:
        """The readings an expression refers to, by way of definitions too, in order."""
        if id(expr) not in self.used:
            found: set[str] = set()
            for each in inside(expr):
                if isinstance(each, ir.Choose):
                    found.add(each.reading)
                elif isinstance(each, ir.Call):
                    found.update(self._readings_in(self._functions[each.function].body))
            self.used[id(expr)] = (expr, tuple(sorted(found)))
        return self.used[id(expr)][1]

    # ------------------------------------------------------------ expressions
    def normal(self, expr: ir.Expr, scene: Scene) -> ir.Expr:
        def inner(each: ir.Expr) -> ir.Expr:
            return self.normal(each, scene)

        def all_of(several: Iterable[ir.Expr]) -> tuple[ir.Expr, ...]:
            return tuple(map(inner, several))

        keep = self.store.keep
        match expr:
            case ir.Choose():
                return inner(expr.arms[self._options[expr.reading].index(self.readings[expr.reading])])
            case ir.Param():
                return scene.params[expr.name] if expr.name in scene.params else keep(expr)
            case ir.Call():
                return self._call(expr, all_of(expr.args), scene.depth)
            case ir.Field() | ir.Index():
                return keep(evolve(expr, var=scene.vars.get(expr.var, expr.var)))
            case ir.Not():
                return self._not(inner(expr.arg))
            case ir.And() | ir.Or():
                return self._junction(type(expr), all_of(expr.args))
            case ir.Compare():
                return self._compare(expr.op, inner(expr.left), inner(expr.right))
            case ir.OneOf() | ir.Contains():
                return keep(evolve(expr, arg=inner(expr.arg), members=_sorted(expr.members)))
            case ir.HasYear():
                return keep(evolve(expr, arg=inner(expr.arg), year=inner(expr.year)))
            case ir.IsNone() | ir.Round() | ir.Calendar():
                return keep(evolve(expr, arg=inner(expr.arg)))
            case ir.Add():
                return self._sum(expr, all_of(expr.args))
            case ir.Mul():
                return self._product(expr, all_of(expr.args))
            case ir.Extreme():
                flat = [one for each in all_of(expr.args) for one in self._same(each, expr)]
                return keep(evolve(expr, args=self._ordered(flat)))
            case ir.Match():
                return self._match(expr, inner)
            case ir.Cases():
                return self._cases(expr, inner)
            case ir.Lookup():
                return keep(evolve(expr, year=inner(expr.year)))
            case ir.Query():
                return self._query(expr, scene)
        return keep(expr)  # a constant, a fact, an error

    def _call(self, expr: ir.Call, args: Sequence[ir.Expr], depth: int) -> ir.Expr:
        function = self._functions[expr.function]
        key = (expr.function, *map(id, args), depth, self._chosen(function.body))
        if key not in self.opened:
            params = {name: arg for (name, _), arg in zip(function.params, args, strict=True)}
            self.opened[key] = (function.body, self.normal(function.body, Scene(params, {}, depth)))
        return self.opened[key][1]

    # ------------------------------------------------------------ logic
    def _not(self, arg: ir.Expr) -> ir.Expr:
        """Down to what cannot be turned round: an error and what is not known stay what they are on the way."""
        match arg:
            case ir.Const(value=bool()):
                return self.truth(not arg.value)
            case ir.Not() if not arg.arg.type.optional:
                return arg.arg
            case ir.And() | ir.Or():
                return self._junction(ir.Or if isinstance(arg, ir.And) else ir.And, list(map(self._not, arg.args)))
            case ir.Compare():
                return self._compare(_OPPOSITE[arg.op], arg.left, arg.right)
            case ir.Query(kind="some"):
                return self.store.keep(evolve(arg, kind="none"))
            case ir.Query(kind="none"):
                return self.store.keep(evolve(arg, kind="some"))
        return self.store.keep(ir.Not(type=BOOL, arg=arg))

    def _junction(self, kind: type[ir.And] | type[ir.Or], args: Sequence[ir.Expr]) -> ir.Expr:
        absorbing = kind is ir.Or
        flat: list[ir.Expr] = []
        for each in args:
            flat += each.args if isinstance(each, kind) else [each]
        if self.truth(absorbing) in flat:
            return self.truth(absorbing)
        left = self._ordered({id(each): each for each in flat if each is not self.truth(not absorbing)}.values())
        if not left:
            return self.truth(not absorbing)
        if len(left) == 1 and not left[0].type.optional:
            return left[0]
        return self.store.keep(kind(type=BOOL, args=left))

    def _compare(self, op: Any, left: ir.Expr, right: ir.Expr) -> ir.Expr:
        values = [each.value for each in (left, right) if isinstance(each, ir.Const) and each.value is not None]
        if len(values) == 2 and all(isinstance(each, int | Fraction | date | str) for each in values):
            return self.truth(_TESTS[op](*values))
        if op in _TURNED:
            op, left, right = _TURNED[op], right, left
        elif op in ("==", "!="):
            left, right = self._ordered((left, right))
        return self.store.keep(ir.Compare(type=BOOL, op=op, left=left, right=right))

    # ------------------------------------------------------------ arithmetic
    def _sum(self, expr: ir.Add, args: Sequence[ir.Expr]) -> ir.Expr:
        parts: list[tuple[int, ir.Expr]] = []
        for sign, each in zip(expr.signs, args, strict=True):
            inner = zip(each.signs, each.args, strict=True) if isinstance(each, ir.Add) else [(1, each)]
            parts += [(sign * own, one) for own, one in inner]
        known = [sign * value for sign, each in parts if (value := _number(each)) is not None]
        if len(known) > 1:
            parts = [each for each in parts if _number(each[1]) is None]
            parts.append((1, self.store.keep(ir.Const(type=expr.type, value=exact(sum(known, Fraction()))))))
        if len(parts) == 1 and parts[0][0] == 1:
            return parts[0][1]
        parts.sort(key=lambda each: (self.store.order(each[1]), -each[0]))
        return self.store.keep(
            evolve(expr, signs=tuple(sign for sign, _ in parts), args=tuple(each for _, each in parts))
        )

    def _product(self, expr: ir.Mul, args: Sequence[ir.Expr]) -> ir.Expr:
        parts: list[tuple[bool, ir.Expr]] = []
        for divides, each in zip(expr.inverse, args, strict=True):
            if isinstance(each, ir.Mul) and not divides:
                parts += zip(each.inverse, each.args, strict=True)
            else:
                parts.append((divides, each))
        known = [(divides, value) for divides, each in parts if (value := _number(each)) is not None]
        if len(known) > 1 and (True, Fraction()) not in known:
            factor = prod(1 / value if divides else value for divides, value in known)
            parts = [each for each in parts if _number(each[1]) is None]
            parts.append((False, self.store.keep(ir.Const(type=ir.Type("number"), value=exact(Fraction(factor))))))
        parts.sort(key=lambda each: (each[0], self.store.order(each[1])))
        return self.store.keep(
            evolve(expr, inverse=tuple(divides for divides, _ in parts), args=tuple(each for _, each in parts))
        )

    # ------------------------------------------------------------ choices and lists
    def _match(self, expr: ir.Match, inner: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
        subject = inner(expr.subject)
        if isinstance(subject, ir.Const) and subject.value is not None:
            return inner(next(arm for members, arm in expr.arms if subject.value in members))
        values: dict[int, tuple[list[str], ir.Expr]] = {}
        for members, arm in expr.arms:
            value = inner(arm)
            values.setdefault(id(value), ([], value))[0].extend(members)
        arms = sorted((tuple(sorted(members)), value) for members, value in values.values())
        return self.store.keep(evolve(expr, subject=subject, arms=tuple(arms)))

    def _cases(self, expr: ir.Cases, inner: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
        whens: list[tuple[ir.Expr, ir.Expr]] = []
        otherwise = None
        for when, then in expr.whens:
            asked = inner(when)
            if asked is self.truth(True):
                otherwise = inner(then)
                break
            if asked is not self.truth(False):
                whens.append((asked, inner(then)))
        if otherwise is None:
            otherwise = inner(expr.otherwise)
        return self.store.keep(evolve(expr, whens=tuple(whens), otherwise=otherwise)) if whens else otherwise

    def _query(self, expr: ir.Query, scene: Scene) -> ir.Expr:
        var = f"@{scene.depth}"
        below = Scene(scene.params, {**scene.vars, expr.var: var}, scene.depth + 1)
        where = None if expr.where is None else self.normal(expr.where, below)
        value = None if expr.value is None else self.normal(expr.value, below)
        return self.store.keep(evolve(expr, var=var, where=where, value=value))

    # ------------------------------------------------------------ order
    def _ordered(self, exprs: Iterable[ir.Expr]) -> tuple[ir.Expr, ...]:
        return tuple(sorted(exprs, key=self.store.order))

    @staticmethod
    def _same(arg: ir.Expr, of: ir.Extreme) -> Sequence[ir.Expr]:
        return arg.args if isinstance(arg, ir.Extreme) and arg.largest == of.largest else (arg,)


def _number(expr: ir.Expr) -> Fraction | None:
    """What a number written down comes to."""
    if isinstance(expr, ir.Const) and isinstance(expr.value, int | Fraction) and expr.type.kind == "number":
        return Fraction(expr.value)
    return None


def _sorted(members: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(members))
