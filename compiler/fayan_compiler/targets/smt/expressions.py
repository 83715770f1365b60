"""Expressions of the core form as formulas, with the meaning the reference interpreter gives them where every fact is known."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial, reduce
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.targets.smt import terms
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE, TRUE, Term, conjoin, disjoin, either, kleene, negate, strict
from fayan_compiler.targets.smt.world import Unsupported, World
from fayan_runtime import ir
from fayan_runtime.names import COUNTED

#: The code of a fact that a version cannot be told, for want of a word: not known, rather than an error.
UNTOLD = "untold"


@frozen(eq=False)
class Row:
    """An item: where it stands (``list`` and ``index``) and whether it is there."""

    list: str
    index: int
    there: z3.BoolRef


@frozen(eq=False)
class Scope:
    """The items an expression can refer to, and those that a ceiling counts."""

    items: dict[str, Row] = field(factory=dict)
    counted: tuple[Row, ...] = ()


_COMPARE = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


@define(eq=False)
class Formulas:
    """Expressions in normal form, each as a formula once.

    ``derived``: facts that this version works out, where they are not given, from what the other does not.
    """

    store: Store
    world: World
    derived: dict[tuple[str, str], ir.Expr] = field(factory=dict)
    #: With the scope, whose formulas have to live as long as the numbers they go by.
    _made: dict[tuple[object, ...], tuple[Scope, Term]] = field(factory=dict, init=False)

    def term(self, expr: ir.Expr, scope: Scope) -> Term:
        key = (id(expr), *self.binding(expr, scope))
        if key not in self._made:
            self._made[key] = (scope, self.made(expr, scope))
        return self._made[key][1]

    def binding(self, expr: ir.Expr, scope: Scope) -> tuple[object, ...]:
        """The items an expression speaks of in this scope."""
        free = self.store.about(expr).free
        if not free:
            return ()
        bound = tuple((name, row.list, row.index) for name, row in sorted(scope.items.items()) if name in free)
        counted = tuple((row.list, row.index, row.there.get_id()) for row in scope.counted if COUNTED in free)
        return (bound, counted)

    def made(self, expr: ir.Expr, scope: Scope) -> Term:
        def inner(each: ir.Expr) -> Term:
            return self.term(each, scope)

        match expr:
            case ir.Const():
                return self.constant(expr)
            case ir.Param(name="评估日"):
                return Term(self.world.on)
            case ir.Fact():
                return self.fact(expr)
            case ir.Field():
                row = scope.items[expr.var]
                return self.world.item(row.list, row.index, expr.name)
            case ir.Index():
                return Term(z3.RealVal(scope.items[expr.var].index + 1))
            case ir.Not():
                return strict(negate, inner(expr.arg))
            case ir.And():
                return kleene(map(inner, expr.args), False)
            case ir.Or():
                return kleene(map(inner, expr.args), True)
            case ir.Compare():
                quotient = self.quotient(expr)
                if quotient is not None:
                    return self.multiplied_out(expr, quotient, scope)
                return strict(partial(compared, expr.op), inner(expr.left), inner(expr.right))
            case ir.OneOf():
                return strict(
                    lambda value: disjoin(*(value == self.world.word(each) for each in expr.members)), inner(expr.arg)
                )
            case ir.Contains():
                return strict(lambda held: self.contains(expr, held), inner(expr.arg))
            case ir.HasYear():
                return strict(lambda held, year: held(year), inner(expr.arg), inner(expr.year))
            case ir.IsNone():
                arg = inner(expr.arg)
                return Term(arg.none, FALSE, arg.fail, arg.open)
            case ir.Add():
                return strict(
                    lambda *parts: z3.Sum(*(s * p for s, p in zip(expr.signs, parts, strict=True))),
                    *map(inner, expr.args),
                )
            case ir.Mul():
                factors = [inner(each) for each in expr.args]
                made = product(factors, expr.inverse)
                self.world.multiplied(made.value, [each.value for each in factors], expr.inverse)
                return made
            case ir.Extreme():
                return strict(lambda *values: terms.least(values, expr.largest), *map(inner, expr.args))
            case ir.Round():
                return strict(lambda value: rounded(value, expr.step, expr.way), inner(expr.arg))
            case ir.Calendar():
                return calendar(expr, inner(expr.arg))
            case ir.Match():
                return self.match(expr, scope)
            case ir.Cases():
                return self.cases(expr, scope)
            case ir.Fail():
                return Term(zero(expr.type), FALSE, TRUE, TRUE if expr.code == UNTOLD else FALSE)
            case ir.Lookup():
                year = inner(expr.year)
                found = self.world.year(expr.list, expr.field_name, year.value)
                return Term(found.value, FALSE, disjoin(year.missing, found.fail), year.open)
            case ir.Query():
                return self.query(expr, scope)
        raise Unsupported(type(expr).__name__)  # opened or chosen on the way to the normal form

    def quotient(self, expr: ir.Compare) -> ir.Mul | None:
        """The one unknown of a comparison, numbers apart, where that is divided by something: a rate of growth, a share."""
        parts = [each for _, each in _summed(expr) if not isinstance(each, ir.Const)]
        one = parts[0] if len(parts) == 1 else None
        return one if isinstance(one, ir.Mul) and sum(one.inverse) == 1 else None

    def multiplied_out(self, expr: ir.Compare, quotient: ir.Mul, scope: Scope) -> Term:
        """Without the division: what is left is mostly linear, which the solver is soon done with."""
        factors = [self.term(each, scope) for each in quotient.args]
        made = product(factors, quotient.inverse)
        below = factors[quotient.inverse.index(True)].value
        above: Any = z3.RealVal(1)
        for factor, divides in zip(factors, quotient.inverse, strict=True):
            above = above if divides else above * factor.value
        total: Any = z3.RealVal(0)
        for sign, each in _summed(expr):
            total += sign * (above if each is quotient else self.term(each, scope).value * below)
        total = z3.simplify(total)
        test = _COMPARE[expr.op]
        return Term(z3.If(below > 0, test(total, 0), test(0, total)), FALSE, made.fail, made.open)

    def fact(self, expr: ir.Fact) -> Term:
        """As given; where it is not given, as worked out."""
        if (expr.scope, expr.name) in self.world.unseen:
            return Term(zero(expr.type), fail=TRUE, open=TRUE)
        given = self.world.fact(expr.scope, expr.name)
        if (expr.scope, expr.name) not in self.derived:
            return given
        found = self.term(self.derived[expr.scope, expr.name], Scope())
        return either(self.world.given(expr.scope, expr.name), given, found)

    def constant(self, expr: ir.Const) -> Term:
        match expr.value:
            case None:
                return Term(zero(expr.type), none=TRUE)
            case bool():
                return Term(TRUE if expr.value else FALSE)
            case date():
                return Term(z3.IntVal(terms.encode(expr.value)))
            case str():
                return Term(z3.IntVal(self.world.word(expr.value)))
            case int() | Fraction() if expr.type.kind == "number":
                return Term(z3.RealVal(str(expr.value)))
            case int():
                return Term(z3.IntVal(expr.value))
            case frozenset() if expr.type.name == "年度":
                years = sorted(expr.value)
                return Term(lambda year: disjoin(*(year == each for each in years)))
            case frozenset():
                return Term({str(each): TRUE for each in sorted(expr.value)})
        raise Unsupported(str(expr.value))

    def contains(self, expr: ir.Contains, held: Any) -> z3.BoolRef:
        parts = [
            held.get(member, FALSE) if isinstance(held, dict) else held(z3.IntVal(member)) for member in expr.members
        ]
        return conjoin(*parts) if expr.every else disjoin(*parts)

    def match(self, expr: ir.Match, scope: Scope) -> Term:
        subject = self.term(expr.subject, scope)
        *arms, (_, last) = expr.arms
        value = self.term(last, scope)
        for members, arm in reversed(arms):
            value = either(self.among(subject, members), self.term(arm, scope), value)
        taken = unless(subject.error, value)
        if subject.open is FALSE:
            return taken
        return either(subject.open, reduce(common, (self.term(arm, scope) for _, arm in expr.arms)), taken)

    def among(self, subject: Term, members: Sequence[str]) -> z3.BoolRef:
        return disjoin(*(subject.value == self.world.word(each) for each in members))

    def cases(self, expr: ir.Cases, scope: Scope) -> Term:
        value = self.term(expr.otherwise, scope)
        for when, then in reversed(expr.whens):
            asked, arm = self.term(when, scope), self.term(then, scope)
            taken = unless(asked.error, either(asked.value, arm, value))
            value = taken if asked.open is FALSE else either(asked.open, common(arm, value), taken)
        return value

    # ------------------------------------------------------------ lists
    def rows(self, name: str, scope: Scope) -> Sequence[Row]:
        if name == COUNTED:
            return scope.counted
        return [Row(name, index, self.world.present(name, index)) for index in range(self.world.bound)]

    def query(self, expr: ir.Query, scope: Scope) -> Term:
        found: list[tuple[Row, Term, Term]] = []
        for row in self.rows(expr.list, scope):
            inner = evolve(scope, items={**scope.items, expr.var: row})
            where = Term(TRUE) if expr.where is None else self.term(expr.where, inner)
            value = Term(z3.RealVal(1)) if expr.value is None else self.term(expr.value, inner)
            found.append((row, where, value))
        if expr.kind in ("some", "none", "every"):
            absorbing = expr.kind != "every"
            tests = [
                Term(conjoin(row.there, where.value) if absorbing else disjoin(negate(row.there), where.value),
                     FALSE, conjoin(row.there, where.missing), conjoin(row.there, where.open))
                for row, where, _ in found
            ]  # fmt: skip
            value = kleene(tests, absorbing)
            return strict(negate, value) if expr.kind == "none" else value
        counts = [conjoin(row.there, where.holds) for row, where, _ in found]
        fail = disjoin(
            *(conjoin(row.there, where.missing) for row, where, _ in found),
            *(conjoin(holds, value.missing) for holds, (_, _, value) in zip(counts, found, strict=True)),
        )
        values = [value.value for _, _, value in found]
        # of each item the condition, or where that holds the value
        asked = [
            either(holds, value, evolve(where, fail=where.missing))
            for holds, (_, where, value) in zip(counts, found, strict=True)
        ]
        there = [
            Term(TRUE, FALSE, conjoin(row.there, each.missing), conjoin(row.there, each.open))
            for each, (row, _, _) in zip(asked, found, strict=True)
        ]
        return evolve(aggregate(expr, counts, values, fail), open=terms.not_known(there))


def _summed(expr: ir.Compare) -> list[tuple[int, ir.Expr]]:
    """What stands on the left with its sign, and what stands on the right with the other: of numbers, as a sum that is compared with 0."""
    found: list[tuple[int, ir.Expr]] = []
    for way, side in ((1, expr.left), (-1, expr.right)):
        parts = zip(side.signs, side.args, strict=True) if isinstance(side, ir.Add) else [(1, side)]
        found += [(way * sign, each) for sign, each in parts]
    return found


def unless(error: z3.BoolRef, term: Term) -> Term:
    """The term, or an error."""
    return Term(term.value, term.none, disjoin(error, term.fail), conjoin(negate(error), term.open))


def common(one: Term, other: Term) -> Term:
    """Of two ways of which nobody knows which is taken: the value where both give the same, an error where both do; else not known."""
    same = TRUE if one.value is other.value else compared("==", one.value, other.value)
    known = negate(disjoin(one.fail, other.fail))
    agreed = conjoin(known, terms.equal(one.none, other.none), disjoin(one.none, same))
    failed = conjoin(one.fail, other.fail, negate(disjoin(one.open, other.open)))
    return Term(one.value, one.none, negate(agreed), negate(disjoin(agreed, failed)))


def compared(op: str, left: Any, right: Any) -> z3.BoolRef:
    """Sets are equal where they have the same members."""
    if callable(left) or callable(right):
        raise Unsupported("years compared")
    if isinstance(left, dict):
        same = conjoin(*(left.get(each, FALSE) == right.get(each, FALSE) for each in {**left, **right}))
        return same if op == "==" else negate(same)
    made: z3.BoolRef = _COMPARE[op](left, right)
    return made


def aggregate(expr: ir.Query, counts: Sequence[z3.BoolRef], values: Sequence[Any], fail: z3.BoolRef) -> Term:
    none_there = negate(disjoin(*counts))
    if expr.kind in ("count", "sum"):
        parts = [terms.choose(holds, value, z3.RealVal(0)) for holds, value in zip(counts, values, strict=True)]
        return Term(z3.Sum(*parts) if parts else z3.RealVal(0), fail=fail)
    if not values:
        value: Any = zero(expr.type)
    else:
        value, seen = values[0], counts[0]
        for holds, each in zip(counts[1:], values[1:], strict=True):
            better = TRUE if expr.kind == "the" else each > value if expr.kind == "max" else each < value
            value = terms.choose(conjoin(holds, disjoin(negate(seen), better)), each, value)
            seen = disjoin(seen, holds)
    if expr.kind == "the":
        one = z3.PbEq([(holds, 1) for holds in counts], 1) if counts else FALSE
        return Term(value, fail=disjoin(fail, negate(one)))
    return Term(value, none=none_there, fail=fail)


def product(factors: Sequence[Term], inverse: Sequence[bool]) -> Term:
    value: Any = None
    fail = disjoin(*(factor.missing for factor in factors))
    wanting = terms.not_known(factors)
    for factor, divides in zip(factors, inverse, strict=True):
        if divides:
            fail = disjoin(fail, factor.value == 0)
            wanting = conjoin(wanting, disjoin(factor.missing, factor.value != 0))
            value = (z3.RealVal(1) if value is None else value) / factor.value
        else:
            value = factor.value if value is None else value * factor.value
    return Term(value, FALSE, fail, wanting)


def rounded(value: z3.ArithRef, step: int | Fraction, way: str) -> z3.ArithRef:
    """A multiple of the step; a formula's whole part is that of the next lower integer."""
    size = z3.RealVal(str(step))
    steps = value / size
    if way == "down":
        return z3.ToReal(z3.ToInt(steps)) * size
    if way == "up":
        return -z3.ToReal(z3.ToInt(-steps)) * size
    half = z3.RealVal("1/2")
    return z3.If(steps < 0, -z3.ToReal(z3.ToInt(half - steps)), z3.ToReal(z3.ToInt(steps + half))) * size


def calendar(expr: ir.Calendar, arg: Term) -> Term:
    value = arg.value
    dated = expr.arg.type.kind == "date"
    month = (value / terms.YEAR_SPAN) * 12 + (value % terms.YEAR_SPAN) / terms.MONTH_SPAN if dated else value
    fail = arg.missing

    def within(year: Any) -> z3.BoolRef:
        """The calendar has the years 1 to 9999."""
        return disjoin(fail, year < 1, year > 9999)

    match expr.op:
        case "year_of":
            return Term(value / (terms.YEAR_SPAN if dated else 12), FALSE, fail, arg.open)
        case "year_end":
            return Term(value * terms.YEAR_SPAN + 11 * terms.MONTH_SPAN + 30, FALSE, fail, arg.open)
        case "month_of":
            return Term(month, FALSE, fail, arg.open)
        case "month_end":
            return Term(terms.compose(month, terms.last_day(month) - 1), FALSE, fail, arg.open)
        case "shift_year":
            return Term(value + expr.amount, fail=within(value + expr.amount), open=arg.open)
        case "shift_month":
            return Term(value + expr.amount, fail=within((value + expr.amount) / 12), open=arg.open)
        case "shift_date":
            later = month + expr.amount
            day, last = value % terms.MONTH_SPAN, terms.last_day(later) - 1
            return Term(terms.compose(later, z3.If(day < last, day, last)), fail=within(later / 12), open=arg.open)
        case "shift_day":
            raise Unsupported(expr.op)


def zero(type: ir.Type) -> Any:
    """Some value of the type, for where there is none."""
    match type.kind:
        case "bool":
            return FALSE
        case "number":
            return z3.RealVal(0)
        case "set":
            return (lambda year: FALSE) if type.name == "年度" else {}
        case _:
            return z3.IntVal(0)
