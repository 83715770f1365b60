"""Files made for two versions of a policy: what only the other version asks for is known and passed over."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from fayan.tables.sheet import ROW, Sheet
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
