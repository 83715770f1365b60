"""Files made for two versions of a policy: what only the other version asks for is known and passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from fayan.tables.sheet import ROW, Sheet
from fayan_runtime.given import Pairs
from fayan_runtime.ir import Program
from fayan_runtime.one_value import half_width
from fayan_runtime.tables import Table


def widened(tables: Sequence[Table], others: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with the columns, and the tables, that only the other version has."""
    theirs = {table.name: table for table in others}
    own = [_wider(table, theirs.pop(table.name, table)) for table in tables]
    return (*own, *theirs.values())


def _wider(table: Table, other: Table) -> Table:
    names = {column.name for column in table.columns}
    return evolve(table, columns=(*table.columns, *(each for each in other.columns if each.name not in names)))


def narrowed(sheets: Sequence[Sheet], tables: Sequence[Table]) -> list[Sheet]:
    """The sheets that were read as wider tables, with what is ours alone."""
    own = {table.name: table for table in tables}
    return [_narrower(sheet, own[sheet.table.name]) for sheet in sheets if sheet.table.name in own]


def _narrower(sheet: Sheet, table: Table) -> Sheet:
    names = {column.name for column in table.columns}
    kept = [place for place, column in enumerate(sheet.columns) if column.name in names]
    others = {column.name for column in sheet.columns} - names
    cells = "".join(f", c{place} AS c{number}" for number, place in enumerate(kept))
    return evolve(
        sheet,
        table=table,
        columns=tuple(sheet.columns[place] for place in kept),
        types=tuple(sheet.types[place] for place in kept),
        relation=sheet.relation if len(kept) == len(sheet.columns) else f"(SELECT {ROW}{cells} FROM {sheet.relation})",
        faults=[each for each in sheet.faults if each.column not in others],
    )


# ---------------------------------------------------------------- facts of one enterprise

#: Names of scopes, in them those of facts, in them those of fields.
Names = Mapping[str, Any]


def names_of(program: Program | None) -> Names:
    scopes = () if program is None else program.scopes
    return {each.name: {fact.name: {one.name: {} for one in fact.fields} for fact in each.facts} for each in scopes}


def ours(data: Any, own: Names, others: Names) -> Any:
    """What a facts file holds, without what only the other version has a name for."""
    match data:
        case Pairs():
            named = [
                (key, value, half_width(key.value) if isinstance(key.value, str) else "") for key, value in data.items
            ]
            return Pairs(
                tuple(
                    (key, evolve(value, value=ours(value.value, own.get(name, {}), others.get(name, {}))))
                    for key, value, name in named
                    if name in own or name not in others
                )
            )
        case list():
            return [ours(each, own, others) for each in data]
    return data
