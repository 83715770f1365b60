"""What is known of a value in each row.

``sql`` is the value, null where it is not there. Why it is not there is told by the rest, as far as it is possible at all: ``error`` is a
number of ``ERRORS`` where it is an error, ``none`` is true where it is known that there is none; else it is not known, and ``lacks`` are
the codes of the facts that are missing. Each of them is null (or false) otherwise, so:

* known ⟺ ``sql`` is not null · error ⟺ ``error`` is not null · none ⟺ ``none`` is true · unknown ⟺ nothing of all that
* ``lacks`` is null unless the value is unknown (an unknown value may lack nothing that has a name).

A number is ``sql × scale ÷ over``: an integer, a fraction known when the plan is made, and an integer above zero (None: 1). ``bound`` and
``over_bound`` are the most the integers can come to; up to ``NARROW`` they have 64 bits, up to ``WIDEST`` 128.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.sql import Expression
from fayan_runtime import ir

#: Codes of errors, from 1.
ERRORS = (
    "",
    "division-by-zero",
    "no-value",
    "not-one",
    "date-out-of-range",
    "not-set",
    "not-a-part",
    "negative-amount",
    "amount-too-large",
)
NARROW = 2**63 - 1
#: What DECIMAL(38) can hold, which HUGEINT can too.
WIDEST = 10**38 - 1


class _Varies:
    """Not the same in every row."""


VARIES = _Varies()


@frozen(eq=False)
class Value:
    kind: str
    sql: Expression
    error: Expression | None = None
    none: Expression | None = None
    unknown: bool = False
    lacks: Expression | None = None
    #: The Python value, where it is the same in every row.
    const: Any = VARIES
    #: The columns one of which is true where there is an error; None: it may be so for other reasons.
    blame: frozenset[str] | None = None
    #: A column that says that something does not exist, and what a condition comes to where it does not.
    if_none: tuple[str, bool] | None = None
    scale: Fraction = Fraction(1)
    over: Expression | None = None
    bound: int = 0
    over_bound: int = 1
    #: Of a date, month or year: the years it lies in, first and last; None: it is not known which.
    years: tuple[int, int] | None = None

    @property
    def total(self) -> bool:
        """It is known in every row."""
        return not self.unknown and self.error is None and self.none is None

    @property
    def is_unknown(self) -> Expression:
        if not self.unknown:
            return sql.FALSE
        return sql.both(sql.missing(self.sql), self.no_error, self.not_none)

    @property
    def no_error(self) -> Expression:
        return sql.TRUE if self.error is None else sql.missing(self.error)

    @property
    def not_none(self) -> Expression:
        return sql.TRUE if self.none is None else sql.negated(sql.holds(self.none))


def constant(value: ir.Value, type: ir.Type) -> Value:
    if value is None:
        return Value(type.kind, null_of(type), none=sql.TRUE, const=None)
    if type.kind == "number":
        number = Fraction(value)  # type: ignore[arg-type]
        found = sql.literal(number.numerator)
        return Value("number", found, const=value, scale=Fraction(1, number.denominator), bound=abs(number.numerator))
    return Value(type.kind, sql.literal(value), const=value, years=_years(value, type))


def _years(value: ir.Value, type: ir.Type) -> tuple[int, int] | None:
    match type.kind:
        case "date":
            year = value.year  # type: ignore[union-attr]
        case "year":
            year = value
        case "month":
            year = value // 12  # type: ignore[operator]
        case _:
            return None
    return year, year


def all_years(values: Sequence[Value]) -> tuple[int, int] | None:
    """The years in which each of several values lies."""
    found = [each.years for each in values if each.const is not None]
    if not found or None in found:
        return None
    return min(first for first, _ in found), max(last for _, last in found)  # type: ignore[misc]


def failed(code: str, type: ir.Type) -> Value:
    return Value(type.kind, null_of(type), error=sql.literal(ERRORS.index(code)))


def null_of(type: ir.Type) -> Expression:
    kinds = {"bool": sql.BOOL, "date": sql.DATE, "text": sql.TEXT, "enum": sql.TEXT}
    if type.kind == "set":
        return sql.null(sql.INTEGERS if type.name == "年度" else sql.TEXTS)
    return sql.null(kinds.get(type.kind, sql.INTEGER))


def truth(value: bool) -> Value:
    return Value("bool", sql.literal(value), const=value)


def of_bool(expr: Expression) -> Value:
    """A condition that is known in every row."""
    return truth(bool(expr.this)) if isinstance(expr, exp.Boolean) else Value("bool", expr)


def needed(value: Value) -> Value:
    """The value where one is needed: that there is none is an error."""
    if value.none is None:
        return value
    lacking = sql.case((value.none, sql.literal(ERRORS.index("no-value"))))
    error = lacking if value.error is None else sql.coalesce(value.error, lacking)
    blame = None
    if value.error is None and isinstance(value.none, exp.Column):
        blame = frozenset([value.none.name])
    return evolve(value, none=None, error=error, const=VARIES, blame=blame)


def integer(value: Value) -> int | date | Any:
    return value.const
