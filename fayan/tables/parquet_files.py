"""A table in Parquet: one file, or a folder of the parts of it. It is read where it lies; what has the type of its column is only looked through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fayan.problems import tables as faults
from fayan.problems.given import whole
from fayan.tables import sql
from fayan.tables.sheet import ROW, Sheet, columns_named, table_named
from fayan_dsl.problem import Problem, Term
from fayan_runtime.tables import Column, Kind, Table

if TYPE_CHECKING:
    import duckdb
    from pyarrow.parquet import ParquetFile

#: What the files we write say of themselves: their numbers are in base units.
MARK, VERSION = "fayan.tables", "1"
#: What pandas calls the numbers of its rows.
_INDEX = re.compile(r"__index_level_[0-9]+__")
_NUMBER = r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL.*|FLOAT|DOUBLE"
_DAY = "DATE|TIMESTAMP(_S|_MS|_NS)?"
#: The types in which a column of each kind is taken, beside text; what they are called, and how to convert to one.
_TAKEN: dict[Kind, tuple[str, Term]] = {
    "text": ("", Term("文本", "text")),
    "enum": ("", Term("文本", "text")),
    "bool": ("BOOLEAN", Term("布尔值或者文本", "a boolean or text")),
    "date": (_DAY, Term("日期或者文本", "a date or text")),
    "month": (f"{_NUMBER}|{_DAY}", Term("文本", "text")),
    "year": (_NUMBER, Term("整数或者文本", "a whole number or text")),
    "number": (_NUMBER, Term("数或者文本", "a number or text")),
    "set": (r"VARCHAR\[\]", Term("文本的列表或者文本", "a list of texts, or text")),
    "years": (rf"({_NUMBER}|VARCHAR)(\[\])?", Term("整数的列表或者文本", "a list of whole numbers, or text")),
}


def read_parquet(
    path: Path, parts: Sequence[Path], tables: Sequence[Table], connection: duckdb.DuckDBPyConnection
) -> tuple[Sheet | None, list[Problem]]:
    """The sheet of one table in files that are parts of it; ``path`` is what they are called together."""
    import duckdb
    import pyarrow as pa
    from pyarrow import parquet

    table, problems = table_named(path.stem, tables, str(path))
    if table is None:
        return None, problems
    listed = "[" + ", ".join(sql.text(str(part)) for part in parts) + "]"
    try:
        opened = [parquet.ParquetFile(part) for part in parts]
        known = [each.metadata for each in opened]
        found = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({listed})").fetchall()
    except (duckdb.Error, pa.ArrowInvalid, OSError) as error:
        source, span = whole(str(path), str(path))
        reason = Term("不是完整的 Parquet 文件", str(error).split("\n")[0][:200])
        return None, [faults.BadTable(source=source, span=span, path=str(path), reason=reason)]
    found = [row for row in found if not _INDEX.fullmatch(row[0])]
    columns, problems = columns_named([row[0] for row in found], table, str(path), [True] * len(found))
    if problems:
        return None, problems
    kept = [column for column in columns if column is not None]
    types = [(column.name, _type(column.name, str(row[1]), opened)) for column, row in zip(kept, found, strict=True)]
    wrong = [pair for column, pair in zip(kept, types, strict=True) if not _fits(column, pair[1])]
    if wrong:
        # where there is no value, the type says nothing
        counted = ", ".join(f"count({sql.name(name)})" for name, _ in wrong)
        counts = sql.one(connection, f"SELECT {counted} FROM read_parquet({listed})")
        problems = [
            _wrongly_typed(path, next(each for each in kept if each.name == name), type)
            for (name, type), count in zip(wrong, counts, strict=True)
            if count
        ]
        if problems:
            return None, problems
    before = [sum(each.num_rows for each in known[:place]) for place in range(len(known))]
    number = f"{before}[CAST(file_index AS BIGINT) + 1] + file_row_number + 1"
    cells = [f"{sql.name(row[0])} AS c{place}" for place, row in enumerate(found)]
    relation = f"(SELECT {', '.join([f'{number} AS {ROW}', *cells])} FROM read_parquet({listed}))"
    return Sheet(
        table=table,
        file=str(path),
        name=table.name,
        columns=tuple(kept),
        types=tuple(str(row[1]) for row in found),
        relation=relation,
        stays=True,
        base=all((each.metadata or {}).get(MARK.encode()) == VERSION.encode() for each in known),
    ), []


def _type(name: str, read: str, files: Sequence[ParquetFile]) -> str:
    """The type of a column as it is ``read``, unless it was written as another: lengths of time are read as bare numbers, and numbers of
    more than 38 digits inexactly.
    """
    import pyarrow as pa

    written = [each.schema_arrow.field(name).type for each in files if name in each.schema_arrow.names]
    odd = (
        type for type in written if pa.types.is_duration(type) or (pa.types.is_decimal(type) and type.precision > 38)
    )
    return next((str(type) for type in odd), read)


def _fits(column: Column, type: str) -> bool:
    """Whether the values of a type are those of a column, or texts to be read; a column of no values has no type."""
    taken, _ = _TAKEN[column.kind]
    return re.fullmatch(taken or "VARCHAR", type) is not None or type in ("VARCHAR", '"NULL"', '"NULL"[]')


def _wrongly_typed(path: Path, column: Column, type: str) -> Problem:
    source, span = whole(str(path), column.name)
    _, wanted = _TAKEN[column.kind]
    return faults.WronglyTyped(source=source, span=span, sheet=path.stem, given=column.name, type=type, wanted=wanted)
