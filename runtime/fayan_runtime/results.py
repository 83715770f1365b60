"""The tables in which the decisions of a population stand, and how reasons become numbers and back.

Every execution over a population gives tables of this shape; every page, workbook and sum is made from them. Each amount is null
where ``ProvisionDecision`` and ``Item`` have None.

* ``判定`` has one row for each enterprise and provision (of the measures asked for).
* ``项`` has one row for each item of an award. ``序`` is its position in its list, or the number of its stage, from 0; where it stands
  and what it is called follows from that (``place_of``).
* ``未对上`` has one row for each payment that meets no item; ``序`` is its position in the list of payments.

A reason code says what each condition of a provision came to: two bits each, in the order of ``conditions_of``, ``PER_WORD`` in one
64-bit integer, as many integers as that takes (at least one). The code of an award's item stands in ``项`` and ``判定.理由`` is then empty;
other provisions have theirs in ``判定``. Readings and the day are those of the run, the same in every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.decision import ProvisionDecision, Reason
from fayan_runtime.names import KEY
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import conditions_of
from fayan_runtime.tables import POSITION

DECISIONS, ITEMS, UNMATCHED = "判定", "项", "未对上"
#: The same as 判定, with one row for each enterprise (``wide_columns``).
WIDE = "判定宽"

#: text, bool and date are what they say; code is one of the few words of the contract (status, nature); int has 32 bits, long 64;
#: money is DECIMAL(38, 2) in 元; texts is a list of texts; bits a list of 64-bit integers.
Kind = Literal["text", "code", "bool", "date", "int", "long", "money", "texts", "bits"]


@frozen
class Column:
    name: str
    kind: Kind


@frozen
class Table:
    name: str
    columns: tuple[Column, ...]


_AMOUNTS: tuple[Column, ...] = (Column("金额", "money"), Column("已付", "money"), Column("应付", "money"))
_ITEM_AMOUNTS: tuple[Column, ...] = (Column("核定前", "money"), *_AMOUNTS)
_RULE: tuple[Column, ...] = (Column(KEY, "text"), Column("措施", "int"), Column("事项", "text"))
#: The paths of the facts that are missing, in order of declaration.
LACKS = "缺"
_WHY: tuple[Column, ...] = (Column(LACKS, "texts"), Column("理由", "bits"))

TABLES = (
    Table(
        DECISIONS,
        (*_RULE, Column("状态", "code"), Column("性质", "code"), *_AMOUNTS, Column("完整", "bool"), *_WHY),
    ),
    Table(
        ITEMS,
        (*_RULE, Column(POSITION, "int"), Column("日期", "date"), Column("状态", "code"), *_ITEM_AMOUNTS, *_WHY),
    ),
    Table(UNMATCHED, (Column(KEY, "text"), Column(POSITION, "int"))),
)


def wide_name(provision: ir.Provision, column: str) -> str:
    return f"{provision.name}·{column}"


def wide_columns(provision: ir.Provision) -> tuple[Column, ...]:
    """The columns that a provision has in ``判定宽``, after the key: those of 判定 that say anything of such a one.

    ``缺`` has the codes of the missing facts (``codes.paths`` tells them) in any order, perhaps some twice, null where there are none.
    The reason code of what is no award is in ``理由``, ``理由1`` and so on. Amounts are DECIMAL(18, 2) where that does for all.
    """
    columns = [Column("状态", "code"), Column("完整", "bool"), Column(LACKS, "text")]
    if provision.kind == "award":
        columns += [_AMOUNTS[0], *(_AMOUNTS[1:] if provision.nature in PAID else ())]
    else:
        columns += [Column(f"理由{at or ''}", "long") for at in range(words_of(provision))]
    return tuple(Column(wide_name(provision, each.name), each.kind) for each in columns)


def place_of(provision: ir.Provision, position: int) -> tuple[str, str]:
    """The row and the stage that an item of an award stands for; both empty for the one thing there is."""
    if provision.stages:
        return "", provision.stages[position].name
    return (f"{provision.each}[{position}]" if provision.each else ""), ""


# ---------------------------------------------------------------- reason codes

#: What a condition comes to; its place here is its two bits, so that a code of 0 says that everything holds.
Outcome = Literal["true", "false", "unknown", "error"]
OUTCOMES: tuple[Outcome, ...] = ("true", "false", "unknown", "error")
PER_WORD = 31

#: Roles whose conditions go without saying where they hold.
SILENT = ("event", "amount")


def words_of(provision: ir.Provision) -> int:
    """How many integers a code of the provision has."""
    return max(1, -(-len(conditions_of(provision)) // PER_WORD))


def encode(provision: ir.Provision, decision: ProvisionDecision) -> list[list[int]]:
    """The codes of a decision made with reasons: of each item of an award, in order; of another provision its one.

    Where it was not asked what holds (the policy is not yet in force), nothing is said to fail: all bits are 0.
    """
    reasons = iter(decision.reasons)
    upcoming = next(reasons, None)
    codes = []
    for item in decision.items if provision.kind == "award" else (None,):
        outcomes: list[int] = []
        of = "" if item is None else item.of
        for role, _ in conditions_of(provision):
            if upcoming is None or (role in SILENT and (upcoming.role, upcoming.of) != (role, of)):
                outcomes.append(0)
            else:
                outcomes.append(OUTCOMES.index(_outcome(upcoming)))
                upcoming = next(reasons, None)
        codes.append(_pack(outcomes, words_of(provision)))
    return codes


def decode(provision: ir.Provision, code: Sequence[int]) -> Iterator[tuple[str, ir.Condition, Outcome]]:
    """Role, condition and what it came to, for each reason that is told; in the order in which they are."""
    for number, (role, condition) in enumerate(conditions_of(provision)):
        outcome = OUTCOMES[code[number // PER_WORD] >> number % PER_WORD * 2 & 3]
        if role not in SILENT or outcome != "true":
            yield role, condition, outcome


def _outcome(reason: Reason) -> Outcome:
    if reason.holds is None:
        return "error" if reason.error else "unknown"
    return "true" if reason.holds else "false"


def _pack(outcomes: Sequence[int], words: int) -> list[int]:
    found = [0] * words
    for number, outcome in enumerate(outcomes):
        found[number // PER_WORD] |= outcome << number % PER_WORD * 2
    return found
