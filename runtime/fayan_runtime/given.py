"""Values as they were given: where they stand, how they were written, and how a message shows them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

#: Limits are counts, the same on every machine.
MAX_DIGITS = 40
SHOWN = 32


@frozen
class Given:
    """A value as it was given and where it stands. ``value`` is a string, exact number, bool, date or None, or holds more ``Given``."""

    value: object
    place: object = None


@frozen
class Pairs:
    """A mapping as it was written: in order, duplicates included."""

    items: tuple[tuple[Given, Given], ...]


@frozen
class Numeral:
    """A number as it was written in a format that has numbers: not worked out before its length is known to be sane."""

    text: str


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Fraction)) and max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
        return "…"  # no number so long is ever turned into text
    if value is None or isinstance(value, (int, Fraction, Decimal, float, date)):
        text = "null" if value is None else str(value)
    elif isinstance(value, (str, Numeral)):
        text = " ".join((value if isinstance(value, str) else value.text).split())
    elif isinstance(value, _HOLDERS):
        text = _flow(value, 3)
    else:
        text = type(value).__name__
    return text if len(text) <= SHOWN else text[: SHOWN - 2] + "…"


_HOLDERS = (Pairs, Mapping, list, tuple, Set)


def _flow(value: object, deep: int) -> str:
    """What holds more values, on one line, as far as a message shows it: [{年度: 2024}, …]."""
    if isinstance(value, Given):
        return _flow(value.value, deep)
    if not isinstance(value, _HOLDERS):
        return shown(value)
    items: Any = value.items if isinstance(value, Pairs) else value.items() if isinstance(value, Mapping) else None
    members: Any = value if items is None else items
    parts = []
    length = 0
    for one in members:
        if not deep or length > SHOWN:
            parts.append("…")
            break
        parts.append(_flow(one, deep - 1) if items is None else f"{_flow(one[0], 0)}: {_flow(one[1], deep - 1)}")
        length += len(parts[-1])
    return f"[{', '.join(parts)}]" if items is None else f"{{{', '.join(parts)}}}"
