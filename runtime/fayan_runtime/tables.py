"""The tables in which the facts of a population stand: one of enterprises, and one for each list.

Every execution over a population reads tables of this shape; every reader of workbooks, CSV and the like writes them. A cell that is
null is *not known*. What is known not to be there is said by a column of its own, so that each column has one type:

* ``企业`` has one row for each enterprise, with the key (统一社会信用代码) and a column for each fact that is no list.
* An optional fact ``甲`` has a second column ``甲·无`` (true: known that there is none; its value is then null).
* A list ``甲`` has a table of its own, with the key, the position in the list (``序``, from 0) and a column for each field, and in
  ``企业`` a column ``甲·知`` (false: not known which items there are; there are then no rows). A series has no such column:
  a year without a row is not known.
* ``全区`` has one row of the facts of the district.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from fayan_runtime.ir import FactDecl, Program, Type
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.one_value import is_count, is_ratio

POSITION = "序"
#: What is put after the name of a fact: known that there is none; known which items there are.
NONE, KNOWN = "·无", "·知"

#: text, enum, date and bool are what they say; month is ``year * 12 + month - 1`` and year the year, both integers; number is a
#: decimal of ``DIGITS`` digits, ``scale`` of them after the point; set is a list of texts, years a list of integers.
Kind = Literal["text", "enum", "bool", "date", "month", "year", "number", "set", "years"]
DIGITS = 18
SCALE, RATIO_SCALE = 4, 8


@frozen
class Column:
    """``fact`` is None for the key, the position and what says of another column whether it is there."""

    name: str
    kind: Kind
    scale: int = 0
    fact: FactDecl | None = None


@frozen
class Table:
    """``of`` is the list; None for 企业 and 全区."""

    name: str
    columns: tuple[Column, ...]
    of: FactDecl | None = None


def tables_of(program: Program) -> tuple[Table, ...]:
    """企业 first, then its lists in order of declaration, then 全区 where the policy asks for it."""
    found: list[Table] = []
    for scope in sorted(program.scopes, key=lambda each: each.name != ENTERPRISE):
        own = [Column(KEY, "text")] if scope.name == ENTERPRISE else []
        lists = []
        for fact in scope.facts:
            if not fact.is_list:
                own += [] if fact.name == KEY else _columns(fact)
                continue
            if not fact.series:
                own.append(Column(fact.name + KNOWN, "bool"))
            fields = [column for each in fact.fields for column in _columns(each)]
            lists.append(Table(fact.name, (Column(KEY, "text"), Column(POSITION, "year"), *fields), fact))
        found += [Table(scope.name, tuple(own)), *lists]
    return tuple(found)


def _columns(fact: FactDecl) -> list[Column]:
    kind, scale = _kind(fact.type)
    column = Column(fact.name, kind, scale, fact)
    return [column, Column(fact.name + NONE, "bool")] if fact.type.optional else [column]


def _kind(type: Type) -> tuple[Kind, int]:
    match type.kind:
        case "number":
            return "number", 0 if is_count(type) else RATIO_SCALE if is_ratio(type) else SCALE
        case "set":
            return ("years" if type.name == "年度" else "set"), 0
        case "record":
            raise AssertionError("a list has a table of its own")
        case kind:
            return kind, 0
