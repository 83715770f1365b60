"""Facts from the rows of the tables, and rows from facts: what is not known is null, as :mod:`fayan_runtime.tables` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fayan_runtime.ir import FactDecl, Program
from fayan_runtime.read import YEAR_FIELD
from fayan_runtime.tables import DIGITS, ENTERPRISE, KEY, KNOWN, NONE, POSITION, Column, Table, tables_of
from fayan_runtime.values import Facts, Unknown, exact

Row = Sequence[Any]
Rows = Mapping[str, Sequence[Row]]


class FactsOfRows:
    """The facts of enterprises of one policy."""

    def __init__(self, program: Program) -> None:
        self._tables = {table.name: table for table in tables_of(program)}
        self._scopes = sorted(program.scopes, key=lambda scope: scope.name != ENTERPRISE)
        self._places = {
            table.name: {column.name: place for place, column in enumerate(table.columns)}
            for table in self._tables.values()
        }

    def facts(self, rows: Rows) -> Facts:
        """``rows`` are those of one enterprise, by table: one of 企业, of each list those it has in order, and of 全区."""
        order = -1
        values: dict[str, dict[str, object]] = {}
        for scope in self._scopes:
            found = values[scope.name] = {}
            own = next(iter(rows.get(scope.name, ())), None)
            for fact in scope.facts:
                order += 1
                path = fact.name if scope.name == ENTERPRISE else f"{scope.name}.{fact.name}"
                if fact.is_list:
                    found[fact.name] = self._list(scope.name, fact, own, rows.get(fact.name, ()), order, path)
                else:
                    found[fact.name] = self._value(scope.name, fact, own, (order, 0, 0, path))
        firm = values.get(ENTERPRISE, {})
        names = (firm.get(name) for name in ("企业名称", KEY))
        return Facts(values, next((name for name in names if isinstance(name, str)), "（未具名企业）"))

    def _list(self, scope: str, fact: FactDecl, own: Row | None, rows: Sequence[Row], order: int, path: str) -> object:
        if fact.series:
            years = self._places[fact.name][YEAR_FIELD]
            return {row[years]: self._row(fact, row, order, row[years], path) for row in rows}
        if own is None or not own[self._places[scope][fact.name + KNOWN]]:
            return Unknown(frozenset({(order, 0, 0, path)}))
        return [self._row(fact, row, order, item, path) for item, row in enumerate(rows)]

    def _row(self, fact: FactDecl, row: Row, order: int, item: int, path: str) -> dict[str, object]:
        return {
            each.name: self._value(fact.name, each, row, (order, item, place, f"{path}[{item}].{each.name}"))
            for place, each in enumerate(fact.fields)
        }

    def _value(self, table: str, fact: FactDecl, row: Row | None, path: tuple[int, int, int, str]) -> object:
        places = self._places[table]
        value = None if row is None else row[places[fact.name]]
        if value is None:
            none = row is not None and fact.type.optional and row[places[fact.name + NONE]]
            return None if none else Unknown(frozenset({path}))
        if isinstance(value, Decimal):
            return exact(Fraction(value))
        return frozenset(value) if isinstance(value, list) else value


def rows_of(facts: Facts, key: str, program: Program) -> dict[str, list[tuple[object, ...]]]:
    """The rows of one enterprise, by table. ValueError where a number does not fit the column.

    A series of which nothing is known has no rows: none of its years is known.
    """
    return {table.name: _rows(facts, key, table) for table in tables_of(program)}


def _rows(facts: Facts, key: str, table: Table) -> list[tuple[object, ...]]:
    if table.of is None:
        return [tuple(_cell(facts.scopes.get(table.name, {}), key, column, 0) for column in table.columns)]
    given = facts.scopes[ENTERPRISE].get(table.name)
    rows = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    return [tuple(_cell(row, key, column, place) for column in table.columns) for place, row in enumerate(rows)]


def _cell(values: Mapping[str, object], key: str, column: Column, place: int) -> object:
    if column.fact is None:
        if column.name == KEY:
            return key
        if column.name == POSITION:
            return place
        if column.name.endswith(NONE):
            return values.get(column.name.removesuffix(NONE), 0) is None
        return isinstance(values.get(column.name.removesuffix(KNOWN)), list)
    value = values.get(column.name)
    if value is None or isinstance(value, Unknown):
        return None
    if column.kind == "number":
        assert isinstance(value, (int, Fraction))
        scaled = value * 10**column.scale
        if scaled.denominator != 1 or abs(scaled) >= 10**DIGITS:
            raise ValueError(
                f"{column.name}: {value} is not a decimal of {DIGITS} digits, {column.scale} after the point"
            )
        return Decimal(int(scaled)).scaleb(-column.scale)
    return sorted(value) if isinstance(value, frozenset) else value
