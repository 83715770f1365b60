"""Values as formulas. All facts are known here; a value may still not exist (``none``) or not be computable (``fail``), or not be known
(``open``) because a version has no word for a fact.

Numbers are reals; years and months are integers; a date is the integer ``year·372 + (month − 1)·31 + day − 1``, which keeps the order and
gives year, month and day back by division; words and members of enumerations are numbered; a set of members has a formula for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import z3
from attrs import frozen

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)
YEAR_SPAN, MONTH_SPAN = 372, 31


@frozen(eq=False)
class Term:
    """``value`` means something only where neither ``none`` nor ``fail`` holds, ``none`` only where ``fail`` does not. Where ``open`` holds,
    ``fail`` does. For a set of members the value is a dict, for one of years a function."""

    value: Any
    none: z3.BoolRef = FALSE
    fail: z3.BoolRef = FALSE
    open: z3.BoolRef = FALSE

    @cached_property
    def missing(self) -> z3.BoolRef:
        """Not usable where a value is needed."""
        return disjoin(self.none, self.fail)

    @cached_property
    def error(self) -> z3.BoolRef:
        """Not usable, and that is known."""
        return conjoin(self.missing, negate(self.open))

    @cached_property
    def holds(self) -> z3.BoolRef:
        """Of a condition: known and true."""
        return conjoin(negate(self.missing), self.value)

    @cached_property
    def refuted(self) -> z3.BoolRef:
        return conjoin(negate(self.missing), negate(self.value))


# ---------------------------------------------------------------- formulas, kept small
def conjoin(*parts: z3.BoolRef) -> z3.BoolRef:
    return _join(parts, TRUE, FALSE, z3.Z3_mk_and)


def disjoin(*parts: z3.BoolRef) -> z3.BoolRef:
    return _join(parts, FALSE, TRUE, z3.Z3_mk_or)


def _join(parts: Sequence[z3.BoolRef], neutral: z3.BoolRef, absorbing: z3.BoolRef, made: Any) -> z3.BoolRef:
    """Only our own two constants are looked for: asking the solver what a formula is costs more than it saves, as z3.And does."""
    left = [part for part in parts if part is not neutral]
    if any(part is absorbing for part in left):
        return absorbing
    if len(left) < 2:
        return left[0] if left else neutral
    context = left[0].ctx
    return z3.BoolRef(made(context.ref(), len(left), (z3.Ast * len(left))(*(part.ast for part in left))), context)


def negate(part: z3.BoolRef) -> z3.BoolRef:
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return z3.BoolRef(z3.Z3_mk_not(part.ctx_ref(), part.ast), part.ctx)


def equal(one: Any, other: Any) -> z3.BoolRef:
    """Of two formulas of one sort, which is not looked at: there are so many equations that it would be felt."""
    return z3.BoolRef(z3.Z3_mk_eq(one.ctx_ref(), one.ast, other.ast), one.ctx)


def moved(part: Any, context: z3.Context) -> Any:
    """The same in another context. Our own two constants are what they are in each."""
    if part is TRUE or part is FALSE:
        return part
    return (
        {key: moved(each, context) for key, each in part.items()} if isinstance(part, dict) else part.translate(context)
    )


def choose(condition: z3.BoolRef, then: Any, otherwise: Any) -> Any:
    if condition is TRUE or then is otherwise:
        return then
    if condition is FALSE:
        return otherwise
    if isinstance(then, dict):
        members = dict.fromkeys([*then, *otherwise])
        return {each: choose(condition, then.get(each, FALSE), otherwise.get(each, FALSE)) for each in members}
    if callable(then):  # a set of years
        return lambda year: choose(condition, then(year), otherwise(year))
    return z3.If(condition, then, otherwise)


def either(condition: z3.BoolRef, then: Term, otherwise: Term) -> Term:
    return Term(
        choose(condition, then.value, otherwise.value),
        choose(condition, then.none, otherwise.none),
        choose(condition, then.fail, otherwise.fail),
        choose(condition, then.open, otherwise.open),
    )


def strict(compute: Callable[..., Any], *args: Term) -> Term:
    return Term(compute(*(arg.value for arg in args)), FALSE, disjoin(*(arg.missing for arg in args)), not_known(args))


def not_known(args: Sequence[Term]) -> z3.BoolRef:
    """Whether what needs all of these is not known for want of one, rather than an error."""
    wanting = disjoin(*(arg.open for arg in args))
    return wanting if wanting is FALSE else conjoin(wanting, *(negate(arg.error) for arg in args))


def kleene(args: Iterable[Term], absorbing: bool) -> Term:
    """Strong Kleene with errors: an operand that decides, decides; else one that is not known leaves it so, else an error is one."""
    args = list(args)
    decided = disjoin(*(arg.holds if absorbing else arg.refuted for arg in args))
    fail = conjoin(negate(decided), disjoin(*(arg.missing for arg in args)))
    wanting = disjoin(*(arg.open for arg in args))
    return Term(decided if absorbing else negate(decided), FALSE, fail, conjoin(wanting, negate(decided)))


def least(values: Sequence[Any], largest: bool) -> Any:
    best = values[0]
    for each in values[1:]:
        best = choose(each > best if largest else each < best, each, best)
    return best


# ---------------------------------------------------------------- the calendar
def encode(day: date) -> int:
    return day.year * YEAR_SPAN + (day.month - 1) * MONTH_SPAN + day.day - 1


def decode(number: int) -> date:
    return date(number // YEAR_SPAN, number % YEAR_SPAN // MONTH_SPAN + 1, number % MONTH_SPAN + 1)


def last_day(month: Any) -> Any:
    """The number of days of a month (year·12 + month − 1)."""
    year, place = month / 12, month % 12
    leap = conjoin(year % 4 == 0, disjoin(year % 100 != 0, year % 400 == 0))
    short = disjoin(place == 3, place == 5, place == 8, place == 10)
    days = {number: z3.IntVal(number, month.ctx) for number in (28, 29, 30, 31)}
    return z3.If(place == 1, z3.If(leap, days[29], days[28]), z3.If(short, days[30], days[31]))


def compose(month: Any, day: Any) -> Any:
    """The date from its month and its day, from 0."""
    return (month / 12) * YEAR_SPAN + (month % 12) * MONTH_SPAN + day


def round_to_fen(amount: Any) -> Any:
    """Half up to 分; amounts are not negative."""
    if z3.is_int_value(amount) or z3.is_rational_value(amount):
        fen = amount.as_fraction() * 100
        return z3.RealVal((2 * fen.numerator + fen.denominator) // (2 * fen.denominator)) / 100
    return z3.ToReal(z3.ToInt(amount * 100 + z3.RealVal("1/2"))) / 100
