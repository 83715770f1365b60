"""A made-up population, part by part: the tables of ``fayan_runtime.tables`` as Arrow has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from fayan.tables.cells import type_in
from fayan.tables.synth.arrays import array, bools, codes, repeated
from fayan.tables.synth.district import NOTHING, drawer_of, hidden, lengths
from fayan.tables.synth.draws import Ints, Mask, Rows
from fayan.tables.synth.names import names, words
from fayan.tables.synth.values import Values
from fayan_runtime import document_number
from fayan_runtime.ir import FactDecl, Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.tables import KNOWN, NONE, POSITION, Column, Table, tables_of

#: How many of a thousand are not known: facts, fields of items, lists.
_FACTS, _FIELDS, _LISTS = 25, 8, 10


@frozen
class Population:
    """``n`` enterprises; the same seed gives the same enterprise with the same number, whatever ``n`` is."""

    program: Program
    n: int
    seed: int
    #: Of how many enterprises in a million a place is spoilt.
    dirty: int = 0

    def parts(self, size: int) -> Iterator[dict[str, Any]]:
        """Table → its rows, for ``size`` enterprises at a time. Nothing is told of 全区: it is counted."""
        values = Values.of(self.program)
        for first in range(0, self.n, size):
            yield self.part(values, first, min(first + size, self.n))

    def part(self, values: Values, first: int, end: int) -> dict[str, Any]:
        index = np.arange(first, end, dtype=np.uint64)
        places = np.arange(end - first, dtype=np.int64)
        firms = Rows(self.seed, index, np.zeros(end - first, np.int64), places, {})
        firms = Rows(self.seed, index, firms.position, places, hidden(firms))
        keys = codes(index, self.seed)
        made: dict[str, Any] = {}
        for table in tables_of(self.program):
            if table.name == DISTRICT:
                continue
            if table.of is None:
                made[table.name] = self._table(table, firms, keys, values)
                continue
            length = np.where(self._unknown_list(firms, table.of), 0, lengths(table.name, firms))
            at = np.repeat(places, length)
            position = np.arange(len(at), dtype=np.int64) - np.repeat(np.cumsum(length) - length, length)
            rows = Rows(self.seed, index[at], position, at, firms.firm)
            made[table.name] = self._table(table, rows, repeated(keys, at), values)
        return made

    def _table(self, table: Table, rows: Rows, keys: Any, values: Values) -> Any:
        arrays: dict[str, Any] = {}
        nones: dict[str, Mask] = {}
        for column in table.columns:
            if column.name == KEY:
                arrays[column.name] = keys
            elif column.fact is not None:
                arrays[column.name], nones[column.name + NONE] = self._column(table, column, rows, values)
            elif column.name == POSITION:
                arrays[column.name] = pa.array(rows.position.astype(np.int32))
            elif column.name.endswith(NONE):
                arrays[column.name] = bools(nones[column.name])
            else:
                fact = self._list(column.name.removesuffix(KNOWN))
                arrays[column.name] = bools(~self._unknown_list(rows, fact))
        return pa.table(arrays)

    def _column(self, table: Table, column: Column, rows: Rows, values: Values) -> tuple[Any, Mask]:
        name = column.name
        unknown = self._unknown(table, column, rows)
        if table.name == ENTERPRISE and name == "企业名称":
            return names(rows), np.zeros(len(rows), np.bool_)
        drawn = self._drawn(table, column, rows, values)
        if column.fact is not None and column.fact.type.optional and drawer_of(table.name, name) is None:
            drawn = np.where(rows.chance(f"{table.name}.{name}·无", 300), NOTHING, drawn)
        rows.own[name] = drawn
        none = (drawn == NOTHING) & ~unknown
        there = (drawn != NOTHING) & ~unknown
        return array(column, np.where(there, drawn, 0), there, self._words(column, values)), none

    def _drawn(self, table: Table, column: Column, rows: Rows, values: Values) -> Ints:
        drawer = drawer_of(table.name, column.name)
        if drawer is not None:
            return drawer(rows)
        paid = self._paid()
        if paid and {"措施", "事项"} <= {each.name for each in table.columns}:
            # the two go together: what was paid is one provision of the policy
            if column.name == "措施":
                return np.array([measure for measure, _ in paid], np.int64)[rows.below("事项", len(paid))]
            if column.name == "事项":
                return rows.below("事项", len(paid))
        return values.draw(rows, column)

    def _words(self, column: Column, values: Values) -> tuple[str, ...]:
        type = type_in(column)
        if column.kind in ("enum", "set"):
            return values.members[type.name]
        if column.kind != "text":
            return ()
        if type.name == "文号":
            numbers = (self.program.number, *(value for key, value in self.program.headers if key == "废止"))
            return tuple(found for each in numbers if (found := document_number.normal(each))) or ("某府发〔2024〕1号",)
        return tuple(name for _, name in self._paid()) if column.name == "事项" and self._paid() else words(column.name)

    def _paid(self) -> tuple[tuple[int, str], ...]:
        """What is paid out, above all for titles."""
        found = [each for each in self.program.provisions if each.nature in ("cash", "relief")]
        titles = [(each.measure, each.name) for each in found if each.each == "认定记录"]
        return (*titles * 4, *((each.measure, each.name) for each in found))

    def _list(self, name: str) -> FactDecl:
        return next(fact for scope in self.program.scopes for fact in scope.facts if fact.name == name)

    def _unknown_list(self, firms: Rows, fact: FactDecl) -> Mask:
        if fact.series:
            return np.zeros(len(firms), np.bool_)
        return firms.chance(f"{fact.name}·不知", _LISTS)

    def _unknown(self, table: Table, column: Column, rows: Rows) -> Mask:
        key_year = table.of is not None and table.of.series and column.name == "年度"
        if key_year or (column.fact and column.fact.has_default):
            return np.zeros(len(rows), np.bool_)
        return rows.chance(f"{table.name}.{column.name}·缺", _FACTS if table.of is None else _FIELDS)
