"""Amounts without the minimums that the limit over them makes useless: of 50万元 at most each, where all together come to 50万元 at most.

What an item is above the limit it comes under first is not given, and leaves nothing to the items after it either way. Two versions that differ
in nothing else mean the same, and the solver need not find that out.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod

from attrs import evolve

from fayan_compiler.targets.smt.slices import Slice, names_of
from fayan_compiler.targets.smt.store import Store
from fayan_runtime import ir


def without_useless_minimums(store: Store, slice: Slice) -> Slice:
    """The slice itself where there are none."""
    near = dict(slice.near)
    for name, rule in near.items():
        first = next((each for each in slice.adjustments if name in names_of(each)), None)
        if not isinstance(first, ir.Ceiling) or (name, "") not in dict(first.covers):
            continue
        top = most(first.limit)
        if top is not None:
            amounts = [_below(store, each.amount, top) for each in rule.items]
            if any(amount is not each.amount for amount, each in zip(amounts, rule.items, strict=True)):
                items = zip(rule.items, amounts, strict=True)
                near[name] = evolve(rule, items=tuple(evolve(each, amount=amount) for each, amount in items))
    changed = any(each is not slice.near[name] for name, each in near.items())
    return evolve(slice, near=near, rule=near[slice.rule.name]) if changed else slice


def _below(store: Store, amount: ir.Expr, top: Fraction) -> ir.Expr:
    """Without the numbers of a minimum that are not below the top, where something else is left of it."""
    if not isinstance(amount, ir.Extreme) or amount.largest:
        return amount
    left = tuple(each for each in amount.args if (value := _number(each)) is None or value < top)
    if len(left) == len(amount.args) or not left:
        return amount
    return left[0] if len(left) == 1 else store.keep(evolve(amount, args=left))


def most(expr: ir.Expr) -> Fraction | None:
    """What a number cannot exceed, whatever the facts are: these are never below zero. None where nothing is known."""
    value = _number(expr)
    if value is not None:
        return value if value >= 0 else None
    match expr:
        case ir.Extreme(largest=False):
            found = [top for each in expr.args if (top := most(each)) is not None]
            return min(found) if found and all(map(_never_negative, expr.args)) else None
        case ir.Mul():
            factors = [_factor(each, divides) for each, divides in zip(expr.args, expr.inverse, strict=True)]
            known = [each for each in factors if each is not None]
            return prod(known, start=Fraction(1)) if len(known) == len(factors) else None
    return None


def _factor(expr: ir.Expr, divides: bool) -> Fraction | None:
    if not divides:
        return most(expr)
    value = _number(expr)
    return 1 / value if value is not None and value > 0 else None


def _never_negative(expr: ir.Expr) -> bool:
    match expr:
        case ir.Fact() | ir.Field():
            return expr.type.kind == "number"
        case ir.Query(kind="min" | "max" | "sum") if expr.value is not None:
            return _never_negative(expr.value)
    return most(expr) is not None


def _number(expr: ir.Expr) -> Fraction | None:
    if isinstance(expr, ir.Const) and isinstance(expr.value, int | Fraction) and not isinstance(expr.value, bool):
        return Fraction(expr.value) if expr.type.kind == "number" else None
    return None
