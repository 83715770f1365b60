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
from fayan_dsl.problem import Problem
from fayan_runtime.tables import Table

if TYPE_CHECKING:
    import duckdb

#: What the files we write say of themselves: their numbers are in base units.
MARK, VERSION = "fayan.tables", "1"
#: What pandas calls the numbers of its rows.
_INDEX = re.compile(r"__index_level_[0-9]+__")


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
        known = [parquet.read_metadata(part) for part in parts]
        found = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({listed})").fetchall()
    except (duckdb.Error, pa.ArrowInvalid, OSError) as error:
        source, span = whole(str(path), str(path))
        reason = str(error).split("\n")[0][:200]
        return None, [faults.BadTable(source=source, span=span, path=str(path), reason=reason)]
    found = [row for row in found if not _INDEX.fullmatch(row[0])]
    columns, problems = columns_named([row[0] for row in found], table, str(path), [True] * len(found))
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
        columns=tuple(column for column in columns if column is not None),
        types=tuple(str(row[1]) for row in found),
        relation=relation,
        stays=True,
        base=all((each.metadata or {}).get(MARK.encode()) == VERSION.encode() for each in known),
    ), []
