"""The items of awards as a relation: what the expressions of a plan give, and what stands between provisions changes.

It has a row for each ``draft.Case`` of the reference: an item, or (``whole``) what stands for the items of a list that is not known.
Amounts are whole 分 in 64 bits: an item's own is at most ``MOST``.

=============  ========  ==========================================================================================
``key``                  the enterprise
``provision``  INT       its number in ``program.provisions``
``item``       INT       position in the list, or number of the stage, from 0
``whole``      BOOLEAN
``day``        DATE      the event day; null where there is none, or it is not known
``dated``      BOOLEAN   false: the event day is not known (or in error)
``status``     SMALLINT  ``GRANTED`` and so on; an item that is none (after the assessment, an ``among`` false) has no row
``uncapped``   BIGINT    before anything stood in between; null where the item was never granted
``amount``     BIGINT    null while open; 0 where denied or not in force
``least``      BIGINT    the least the item can come to
``most``       BIGINT    the most; ``NO_BOUND`` where nothing known bounds it
``missing``    TEXT      codes of the facts that are missing, with ``SEPARATOR`` between, perhaps some twice; null or '': none
=============  ========  ==========================================================================================

The reason code of an item is in the columns ``word_of(0)`` and so on, as many (``words``) as the longest needs, BIGINT.
For a field that ceilings count by (``keys``) there are two more columns, both TEXT: ``key_of(name)`` is its value, null where the item has no
such field or it is known that there is none; ``lack_of(name)`` is the code of the field where it is not known, else null.

``paid`` and ``payable`` come with the set-off (``payments``). They are DECIMAL in 分, with the digits that payments may have.
"""

from __future__ import annotations

from attrs import define, frozen

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.query import Steps
from fayan_runtime.codes import BETWEEN
from fayan_runtime.values import LARGEST_AMOUNT

#: The columns that every relation of items has, in this order.
COLUMNS = (
    "key", "provision", "item", "whole", "day", "dated", "status", "uncapped", "amount", "least", "most", "missing",
)  # fmt: skip

GRANTED, UNKNOWN, ERROR, DENIED, NOT_IN_FORCE = range(5)
STATUSES = ("granted", "unknown", "error", "denied", "not_in_force")

#: Those of items, and those of other provisions.
SAID = (
    *STATUSES, "not_applicable", "discretionary", "duty", "duty_met", "duty_unmet", "target", "target_met", "target_unmet",
)  # fmt: skip

SEPARATOR = BETWEEN
#: What is not bounded is larger than the sum of any thousand amounts.
MOST, NO_BOUND = LARGEST_AMOUNT * 100, 10**18


def said(status: str) -> sql.Expression:
    return sql.word(status, SAID)


def key_of(name: str) -> str:
    return f"key {name}"


def lack_of(name: str) -> str:
    return f"lack {name}"


def word_of(place: int) -> str:
    return f"word {place}"


@define
class Items:
    """Where the items of each award stand: the step, by the name of the provision. Several may stand in one.

    ``keys`` are the fields that ceilings count by; every step has the columns of all of them, and so many ``words``.
    """

    steps: Steps
    where: dict[str, str]
    keys: tuple[str, ...] = ()
    words: int = 0

    @property
    def columns(self) -> list[str]:
        of_keys = (name for key in self.keys for name in (key_of(key), lack_of(key)))
        return [*COLUMNS, *of_keys, *map(word_of, range(self.words))]


@frozen
class Figure:
    """A step that says an amount for each enterprise (``key``), or for each group of items (``key`` and the columns ``per``).

    ``fen`` (BIGINT, rounded, 0 to ``MOST``; null where it is not there), ``absent`` (SMALLINT, ``UNKNOWN`` or ``ERROR``, else null),
    ``missing``.
    """

    name: str
    per: tuple[str, ...] = ()


@frozen
class Payments:
    """What was paid: ``name`` is a step with a row for each payment, ``unknown`` one with ``key`` and ``missing`` (the code of the list)
    for each enterprise whose payments are not known.

    =======================  ==========  ===========================================================================================
    ``key``, ``payment``     INT         the enterprise, and the position in its list from 0
    ``measure``, ``about``   any number, TEXT  what it was paid for: 措施 and 事项
    ``day``                  DATE        the event day of the item it was paid for
    ``fen``                  DECIMAL     in 分, exactly
    ``lack measure`` …       TEXT        the code of each of the four where it is not known (and null); else null
    ``counts``               BOOLEAN     whether it is set off at all (``Offset.among``); null where that is not known or an error
    ``absent``, ``missing``  SMALLINT, TEXT  then ``UNKNOWN`` or ``ERROR``, and what is missing
    =======================  ==========  ===========================================================================================

    ``digits`` are those of ``fen`` after the point.
    """

    name: str
    unknown: str
    digits: int = 0
