"""The types of the columns as Arrow has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fayan.tables.cells import narrow
from fayan_runtime.tables import DIGITS, Column


def type_of(column: Column) -> Any:
    import pyarrow as pa

    match column.kind:
        case "number":
            return pa.decimal128(DIGITS, column.scale)
        case "date":
            return pa.date32()
        case "bool":
            return pa.bool_()
        case "year" | "month":
            return pa.int32()
        case "set":
            return pa.list_(pa.string())
        case "years":
            return pa.list_(pa.int32())
        case _:
            return pa.string()


def table(columns: Iterable[Column], rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as a table; a number is exact, of no more digits than its column has."""
    import pyarrow as pa

    return pa.table(
        {each.name: pa.array([_exact(each, row.get(each.name)) for row in rows], type_of(each)) for each in columns}
    )


def _exact(column: Column, value: Any) -> Any:
    return value if column.kind != "number" or value is None else narrow(column, value)
