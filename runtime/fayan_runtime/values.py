"""Values at run time: known values are plain Python, the other two ways a value can be have a class each.

Both answer arithmetic and comparison with themselves, so that generated code is plain Python for known values.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from attrs import frozen

#: A missing fact: (order of declaration, item or year, order of the field, the path people read). Sorts in order of declaration.
Path = tuple[int, int, int, str]
#: The most an item can come to, in 元; all that comes to more is a mistake somewhere.
LARGEST_AMOUNT = 10**13


class Absent:
    """What an operation with a value that is not there gives: an error operand, else an unknown one, taking both sides' facts."""

    __slots__ = ()

    def _with(self, other: object) -> Absent:
        raise NotImplementedError

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _with_other = (
        lambda self, other: self._with(other)
    )
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _with_other
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise AssertionError("a value that is not known has no truth value")


class Unknown(Absent):
    """Not known; ``missing`` are the facts that would have to be known."""

    __slots__ = ("missing",)

    def __init__(self, missing: frozenset[Path]) -> None:
        self.missing = missing

    def _with(self, other: object) -> Absent:
        if other.__class__ is Unknown:
            return Unknown(self.missing | other.missing)
        return other if isinstance(other, Failed) else self

    def __repr__(self) -> str:
        return f"Unknown({sorted(path[3] for path in self.missing)})"


class Failed(Absent):
    """Cannot be computed: ``code`` (division-by-zero, no-value, not-one, date-out-of-range, not-set, not-a-part, negative-amount,
    amount-too-large) and the line of the policy."""

    __slots__ = ("code", "line")

    def __init__(self, code: str, line: int) -> None:
        self.code = code
        self.line = line

    def _with(self, other: object) -> Absent:
        return self

    def __repr__(self) -> str:
        return f"Failed({self.code!r}, {self.line})"


@frozen
class Facts:
    """Facts that have been read and checked: scope → name → value, ``Unknown`` or (lists) a list of rows.

    A row maps field → value or ``Unknown``. A series is a dict year → row. ``subject`` is how the enterprise is called.
    """

    scopes: dict[str, dict[str, object]]
    subject: str


def exact(number: Fraction) -> int | Fraction:
    """The same number, as an integer where it is one: integers are much faster."""
    return number.numerator if number.denominator == 1 else number


def round_to_fen(amount: int | Fraction) -> int | Fraction:
    """Half up to 分, away from zero."""
    if amount.__class__ is int:
        return amount
    fen = amount * 100
    sign = -1 if fen < 0 else 1
    return exact(Fraction(sign * ((2 * abs(fen.numerator) + fen.denominator) // (2 * fen.denominator)), 100))


def no_amount(amount: int | Fraction) -> str:
    """The code of the error where an item cannot come to so much."""
    return "negative-amount" if amount < 0 else "amount-too-large" if amount > LARGEST_AMOUNT else ""


def round_to(number: int | Fraction, step: int | Fraction, way: str) -> int | Fraction:
    """The number as a multiple of ``step``."""
    steps = Fraction(number) / step
    whole = steps.numerator // steps.denominator
    if way == "up":
        whole = -(-steps.numerator // steps.denominator)
    elif way == "half":
        sign = -1 if steps < 0 else 1
        whole = sign * ((2 * abs(steps.numerator) + steps.denominator) // (2 * steps.denominator))
    return exact(Fraction(whole * step))


def to_decimal(amount: int | Fraction) -> Decimal:
    """An amount that is a whole number of 分, as an exact Decimal with two places."""
    with localcontext() as context:
        context.prec = 400
        return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(
            Decimal("0.01"), rounding=ROUND_HALF_UP
        )
