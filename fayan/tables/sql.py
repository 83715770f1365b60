"""What of SQL the readers of tables share: names and texts quoted, and the types of the columns."""

from __future__ import annotations

from collections.abc import Iterable

from fayan_runtime.tables import DIGITS, Column, Kind

_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "enum": "VARCHAR",
    "bool": "BOOLEAN",
    "date": "DATE",
    "month": "INTEGER",
    "year": "INTEGER",
    "set": "VARCHAR[]",
    "years": "INTEGER[]",
}


def name(given: str) -> str:
    """A name of a table or column, whatever it holds."""
    return '"' + given.replace('"', '""') + '"'


def text(given: str) -> str:
    """A text as a literal."""
    return "'" + given.replace("'", "''") + "'"


def texts(given: Iterable[str]) -> str:
    return "(" + ", ".join(map(text, given)) + ")"


def type_of(column: Column) -> str:
    return f"DECIMAL({DIGITS},{column.scale})" if column.kind == "number" else _TYPES[column.kind]
