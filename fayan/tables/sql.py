"""What of SQL the readers of tables share: names and texts quoted, the types of the columns, and one row fetched whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fayan_runtime.tables import DIGITS, Column, Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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


def one(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The one row of a query. Nothing is left to be fetched: a connection that has something left registers no other table."""
    (row,) = connection.execute(query).fetchall()
    return row


def number(connection: DuckDBPyConnection, query: str) -> int:
    """The one number that a query gives."""
    return int(one(connection, query)[0])
