"""The facts of one enterprise as rows of the tables of a population, and back: nothing is lost either way.

A row maps column → a plain value: text, bool, date, integer, exact number (int, Fraction, Decimal), list; None where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fayan_runtime.ir import FactDecl, Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY, YEAR_FIELD
from fayan_runtime.tables import KNOWN, NONE, POSITION
from fayan_runtime.values import Absent, Facts, Unknown, exact

Row = Mapping[str, Any]
#: Table → its rows of one enterprise: one of 企业, any number of a list, none or one of 全区.
Rows = Mapping[str, Sequence[Row]]


def rows_of(program: Program, facts: Facts, key: str) -> dict[str, list[dict[str, Any]]]:
    """The rows that say what ``facts`` say of the enterprise with the key."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for scope in program.scopes:
        values = facts.scopes[scope.name]
        own: dict[str, Any] = {KEY: key} if scope.name == ENTERPRISE else {}
        tables[scope.name] = [own]
        for fact in scope.facts:
            value: Any = values[fact.name]
            if not fact.is_list:
                own |= {} if fact.name == KEY else _cells(fact, value)
                continue
            if not fact.series:
                own[fact.name + KNOWN] = not isinstance(value, Unknown)
            items = () if isinstance(value, Unknown) else value.values() if fact.series else value
            tables[fact.name] = [
                {KEY: key, POSITION: position} | _all_cells(fact.fields, item) for position, item in enumerate(items)
            ]
    return tables


def _all_cells(fields: Iterable[FactDecl], item: Mapping[str, object]) -> dict[str, Any]:
    return {name: cell for field in fields for name, cell in _cells(field, item[field.name]).items()}


def _cells(fact: FactDecl, value: object) -> dict[str, Any]:
    known = not isinstance(value, Absent)
    cell: Any = value if known else None
    if isinstance(cell, frozenset):
        cell = sorted(cell)
    return {fact.name: cell} | ({fact.name + NONE: known and value is None} if fact.type.optional else {})


def facts_of(program: Program, rows: Rows) -> Facts:
    """The facts that the rows of one enterprise, and those of 全区, say."""
    scopes = sorted(program.scopes, key=lambda scope: scope.name != ENTERPRISE)
    found: dict[str, dict[str, object]] = {}
    order = -1
    for scope in scopes:
        own = next(iter(rows.get(scope.name, ())), {})
        prefix = f"{scope.name}." if scope.name == DISTRICT else ""
        values: dict[str, object] = {}
        for fact in scope.facts:
            order += 1
            path = prefix + fact.name
            if not fact.is_list:
                values[fact.name] = _value(fact, own, (order, 0, 0, path))
            elif fact.series:
                values[fact.name] = {
                    row[YEAR_FIELD]: _item(fact, row, order, row[YEAR_FIELD]) for row in rows.get(fact.name, ())
                }
            elif own.get(fact.name + KNOWN):
                items = sorted(rows.get(fact.name, ()), key=lambda row: int(row[POSITION]))
                values[fact.name] = [_item(fact, row, order, index) for index, row in enumerate(items)]
            else:
                values[fact.name] = Unknown(frozenset({(order, 0, 0, path)}))
        found[scope.name] = values
    names = (found.get(ENTERPRISE, {}).get(name) for name in ("企业名称", KEY))
    return Facts(found, next((name for name in names if isinstance(name, str)), "（未具名企业）"))


def _item(fact: FactDecl, row: Row, order: int, index: int) -> dict[str, object]:
    return {
        field.name: _value(field, row, (order, index, place, f"{fact.name}[{index}].{field.name}"))
        for place, field in enumerate(fact.fields)
    }


def _value(fact: FactDecl, row: Row, path: tuple[int, int, int, str]) -> object:
    cell = row.get(fact.name)
    if cell is None:
        return None if row.get(fact.name + NONE) else Unknown(frozenset({path}))
    if isinstance(cell, list):
        return frozenset(cell)
    return exact(Fraction(cell)) if isinstance(cell, (Decimal, Fraction)) else cell
