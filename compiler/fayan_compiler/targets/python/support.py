"""What generated functions call where a value is not known, cannot be computed, or takes more than one operator."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from fayan_runtime.values import Failed, Path, Unknown, exact, round_to

ABSENT = frozenset((Unknown, Failed))


def strict(left: Any, right: Any) -> Any:
    """Of two operands, at least one of which is absent."""
    return left + right if left.__class__ in ABSENT else right


def undecided(so_far: Any, absent: Any) -> Any:
    """Logic without an absorbing operand so far: unknown before error, the first error."""
    if so_far.__class__ is bool or (so_far.__class__ is Failed and absent.__class__ is Unknown):
        return absent
    if absent.__class__ is Unknown:
        return Unknown(so_far.missing | absent.missing)
    return so_far


def all_hold(values: Iterable[Any]) -> Any:
    """Strong Kleene and."""
    result: Any = True
    for value in values:
        if value is False:
            return False
        if value is not True:
            result = undecided(result, value)
    return result


# ---------------------------------------------------------------- choices


def of_table(subject: Any, table: dict[str, object]) -> Any:
    """The one value of the table; what is missing is the subject alone."""
    if subject.__class__ is Failed:
        return subject
    first, *others = table.values()
    return first if all(first == other for other in others) else subject


def of_arms(subject: Any, values: Sequence[Any]) -> Any:
    """The one known value of all arms, or the error all of them give, for a subject that is absent."""
    if subject.__class__ is Failed:
        return subject
    first = values[0]
    if len(values) == 1:
        return first
    if all(value.__class__ not in ABSENT for value in values) and all(first == value for value in values):
        return first
    if all(value.__class__ is Failed for value in values):
        return first
    return Unknown(subject.missing.union(*[value.missing for value in values if value.__class__ is Unknown]))


def of_cases(open_cases: Sequence[tuple[Any, Any]], last: Any) -> Any:
    """Nested choices between the values of unknown conditions and the last value, from within."""
    for condition, value in reversed(open_cases):
        if value.__class__ is Failed and last.__class__ is Failed:
            last = value
        elif value.__class__ in ABSENT or last.__class__ in ABSENT or value != last:
            missing = [each.missing for each in (value, last) if each.__class__ is Unknown]
            last = Unknown(condition.missing.union(*missing))
    return last


# ---------------------------------------------------------------- numbers and dates


def divide(left: Any, right: Any, zero: Failed) -> Any:
    if left.__class__ is int and right.__class__ is int and right:
        whole, rest = divmod(left, right)
        return Fraction(left, right) if rest else whole
    if right.__class__ in ABSENT:
        return strict(left, right)
    if left.__class__ in ABSENT:
        return left if right or left.__class__ is Failed else zero
    return exact(Fraction(left) / right) if right else zero


def rounded(number: Any, step: Any, way: str) -> Any:
    return number if number.__class__ in ABSENT else round_to(number, step, way)


def year_end(year: Any, amount: int, failed: Failed) -> Any:
    if year.__class__ is not int:
        return year
    return date(year, 12, 31) if 0 < year < 10000 else failed


def shift_year(year: Any, amount: int, failed: Failed) -> Any:
    if year.__class__ is not int:
        return year
    year += amount
    return year if 0 < year < 10000 else failed


def month_of(day: Any, amount: int, failed: Failed) -> Any:
    return day.year * 12 + day.month - 1 if day.__class__ is date else day


def month_end(month: Any, amount: int, failed: Failed) -> Any:
    if month.__class__ is not int:
        return month
    year, rest = divmod(month, 12)
    return date(year, rest + 1, monthrange(year, rest + 1)[1]) if 0 < year < 10000 else failed


def shift_month(month: Any, amount: int, failed: Failed) -> Any:
    if month.__class__ is not int:
        return month
    month += amount
    return month if 12 <= month < 120000 else failed


def shift_date(day: Any, amount: int, failed: Failed) -> Any:
    if day.__class__ is not date:
        return day
    year, rest = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if not 0 < year < 10000:
        return failed
    return date(year, rest + 1, min(day.day, monthrange(year, rest + 1)[1]))


def shift_day(day: Any, amount: int, failed: Failed) -> Any:
    if day.__class__ is not date:
        return day
    try:
        return day + timedelta(amount)
    except OverflowError:
        return failed


# ---------------------------------------------------------------- lists


def lacking(year: Any, place: tuple[int, int, str, str]) -> Any:
    """A row of a series that is not there."""
    if year.__class__ is not int:
        return year
    order, column, name, field = place
    path: Path = (order, year, column, f"{name}[{year}].{field}")
    return Unknown(frozenset((path,)))


def first_absent(terms: Sequence[Any]) -> Any:
    """Of the operands of a strict operation: the first error, else unknown for want of all; None where all are known."""
    found: Any = None
    for term in terms:
        if term.__class__ in ABSENT:
            found = term if found is None else found + term
    return found


def extreme(terms: Sequence[Any], pick: Callable[[Sequence[Any]], Any]) -> Any:
    absent = first_absent(terms)
    return absent if absent is not None else pick(terms) if terms else None


def the(terms: Sequence[Any], failed: Failed) -> Any:
    absent = first_absent(terms)
    return absent if absent is not None else terms[0] if len(terms) == 1 else failed


_HELPERS = (
    date, frozenset, Unknown, Failed, strict, undecided, all_hold, of_table, of_arms, of_cases, divide, rounded,
    year_end, month_of, month_end, shift_year, shift_month, shift_date, shift_day, lacking, extreme, the,
)  # fmt: skip
_BUILTINS = (enumerate, min, max, dict, str, int, bool)

#: All that generated code can refer to, besides its own functions and the program's constants.
NAMESPACE: dict[str, object] = {
    "__builtins__": {each.__name__: each for each in _BUILTINS},
    "ABSENT": ABSENT,
    **{each.__name__: each for each in _HELPERS},
}
