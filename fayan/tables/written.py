"""Typed tables as people write them: the inverse of reading, in SQL. What is read back from it is the same."""

from __future__ import annotations

from fayan.tables import sql
from fayan.tables.cells import type_in
from fayan_runtime.ir import Type
from fayan_runtime.names import KEY
from fayan_runtime.tables import KNOWN, NONE, POSITION, Column, Table
from fayan_runtime.units import unit_of


def columns_written(table: Table) -> tuple[Column, ...]:
    """The columns of a table for people: the order of the rows says the position, and 无 that there is none."""
    return tuple(
        column
        for column in table.columns
        if column.fact is not None or column.name == KEY or column.name.endswith(KNOWN)
    )


def written(table: Table, relation: str) -> str:
    """The SQL of the rows of a typed relation with all cells as texts, null where nothing is known."""
    cells = (f"{_cell(column, table)} AS {sql.name(column.name)}" for column in columns_written(table))
    order = f" ORDER BY {KEY}, {POSITION}" if table.of is not None else ""
    return f"SELECT {', '.join(cells)} FROM {relation}{order}"


def _cell(column: Column, table: Table) -> str:
    cell = sql.name(column.name)
    text = _text(column, cell)
    if any(each.name == column.name + NONE for each in table.columns):
        return f"CASE WHEN {sql.name(column.name + NONE)} THEN '无' ELSE {text} END"
    return text


def _text(column: Column, cell: str) -> str:
    match column.kind:
        case "bool":
            return f"CASE {cell} WHEN TRUE THEN '是' WHEN FALSE THEN '否' END"
        case "month":
            return f"printf('%04d-%02d', {cell} // 12, {cell} % 12 + 1)"
        case "set" | "years":
            return f"CASE WHEN len({cell}) = 0 THEN '无' ELSE array_to_string({cell}, '、') END"
        case "number":
            text = f"CAST({cell} AS VARCHAR)"
            plain = f"rtrim(rtrim({text}, '0'), '.')" if column.scale else text
            return plain + f" || {sql.text(_base(type_in(column)))}"
        case "text" | "enum":
            return cell
        case _:
            return f"CAST({cell} AS VARCHAR)"


def _base(type: Type) -> str:
    """The unit that has to be written because a number without one would be in another: 120月 where years are meant."""
    found = unit_of(type.shown) if type.shown not in ("", "%") else None
    if found is None or found[1] == 1:
        return ""
    above = "·".join(base for base, power in type.unit if power > 0)
    below = "·".join(base for base, power in type.unit if power < 0)
    return f"{above}/{below}" if below else above
