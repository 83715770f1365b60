"""A made-up population as files, by the name of the output; each says that it is made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fayan.problems import population as faults
from fayan.problems.files import why_unwritable
from fayan.problems.given import tail
from fayan.progress import Progress, progress
from fayan.tables import sql
from fayan.tables.parquet_files import MARK, VERSION
from fayan.tables.read import connect, no_facts
from fayan.tables.synth.dirty import spoil
from fayan.tables.synth.population import Population
from fayan.tables.written import columns_written, written
from fayan.whole import whole
from fayan_dsl.problem import Problem, Term
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.tables import KNOWN, Table, tables_of

if TYPE_CHECKING:
    import duckdb

#: How many enterprises stand in one part, and how many rows in a worksheet.
PART, ROWS = 100_000, 1_048_575
NOTE = "合成数据：由程序随机生成，企业、代码、金额都是虚构的。Synthetic data: made up by a program."
_ABOUT = "说明.json"
_WAYS = Term(
    "名字以 .xlsx（工作簿）、.jsonl 结尾；没有后缀的是 Parquet 的文件夹，名字以 .csv/ 结尾的是 CSV 的文件夹。",
    "End its name in .xlsx or .jsonl; a name without a suffix is a folder of Parquet, one that ends in .csv/ a folder of CSV.",
)


def write_population(population: Population, output: str) -> list[Problem]:
    """Write it whole under the name ``output``, or not at all."""
    if problems := no_facts(population.program):
        return problems
    path = Path(output)
    source, span = tail(f"-o {output}", output)
    folder = output.endswith("/") or not path.suffix
    made = (FOLDERS if folder else FILES).get(path.suffix.lower())
    if made is None:
        return [faults.UnknownOutput(source=source, span=span, path=output, ways=_WAYS)]
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        return [faults.OutputThere(source=source, span=span, path=output)]
    try:
        with progress(population.n) as done, whole(path) as beside:
            if path.is_dir():
                path.rmdir()  # it is empty
            problems = made(population, beside, done)
            if problems:
                raise _Stopped
    except _Stopped:
        return problems
    except OSError as error:
        return [faults.NotWritten(source=source, span=span, path=output, reason=why_unwritable(error))]
    return []


class _Stopped(Exception):
    """What is half-written is cleared."""


def about(population: Population) -> dict[str, Any]:
    program = population.program
    return {
        "schema": "fayan.synth/1",
        "synthetic": True,
        "note": NOTE,
        "policy": {"number": program.number, "digest": program.digest},
        "n": population.n,
        "seed": population.seed,
        "dirty_per_million": population.dirty,
    }


def _describe(population: Population, folder: Path) -> None:
    (folder / _ABOUT).write_text(json.dumps(about(population), ensure_ascii=False, indent=2) + "\n", "utf-8")


# ---------------------------------------------------------------- part by part


def _tables(population: Population) -> list[Table]:
    return [table for table in tables_of(population.program) if table.name != DISTRICT]


def _as_text(population: Population, done: Progress, size: int = PART) -> Iterator[duckdb.DuckDBPyConnection]:
    """Part by part a connection with the tables as people write them, spoilt where that is asked for."""
    tables = _tables(population)
    connection = connect()
    try:
        for part in population.parts(size):
            for table in tables:
                connection.register("part", part[table.name])
                connection.execute(f"CREATE OR REPLACE TEMP TABLE {sql.name(table.name)} AS {written(table, 'part')}")
                connection.unregister("part")
            if population.dirty:
                spoil(connection, tables, population.seed, population.dirty)
            yield connection
            done(len(part[ENTERPRISE]))
    finally:
        connection.close()


def parquet_folder(population: Population, folder: Path, done: Progress, size: int = PART) -> list[Problem]:
    """``folder/企业.parquet`` …; where there are several parts ``folder/00000/企业.parquet`` …, each a population by itself.

    The cells are texts where rows are spoilt.
    """
    from pyarrow import parquet

    metadata = {"fayan.synthetic": NOTE, "fayan.synth": json.dumps(about(population), ensure_ascii=False)}
    if not population.dirty:
        metadata[MARK] = VERSION
    folder.mkdir()
    for number, part in enumerate(_arrow(population, done, size)):
        place = folder / f"{number:05}" if population.n > size else folder
        place.mkdir(exist_ok=True)
        for name, table in part.items():
            parquet.write_table(table.replace_schema_metadata(metadata), place / f"{name}.parquet", compression="zstd")
    _describe(population, folder)
    return []


def _arrow(population: Population, done: Progress, size: int) -> Iterator[dict[str, Any]]:
    if not population.dirty:
        for part in population.parts(size):
            yield part
            done(len(part[ENTERPRISE]))
        return
    for connection in _as_text(population, done, size):
        yield {
            table.name: connection.sql(f"FROM {sql.name(table.name)}").to_arrow_table() for table in _tables(population)
        }


def csv_folder(population: Population, folder: Path, done: Progress) -> list[Problem]:
    """With a byte order mark, by which spreadsheet programs know the encoding. Made-up cells begin with no sign of a formula."""
    from pyarrow import csv

    folder.mkdir()
    for number, connection in enumerate(_as_text(population, done)):
        for table in _tables(population):
            with (folder / f"{table.name}.csv").open("ab") as file:
                if number == 0:
                    file.write(b"\xef\xbb\xbf")
                options = csv.WriteOptions(include_header=number == 0, quoting_style="needed")
                csv.write_csv(connection.sql(f"FROM {sql.name(table.name)}").to_arrow_table(), file, options)
    _describe(population, folder)
    return []


def json_lines(population: Population, path: Path, done: Progress) -> list[Problem]:
    """On each line an enterprise, as in a facts file. An unknown list is left out. Rows without an enterprise are left out too."""
    own, *lists = _tables(population)
    with path.open("w", encoding="utf-8") as file:
        for connection in _as_text(population, done):
            items = {table.name: _by_key(connection, table) for table in lists}
            for facts in _objects(connection, own):
                key = facts.get(KEY, "")
                for table in lists:
                    known = facts.pop(table.name + KNOWN, "是") == "是"
                    if known:
                        facts[table.name] = items[table.name].get(key, [])
                file.write(json.dumps({ENTERPRISE: facts}, ensure_ascii=False) + "\n")
    return []


def _objects(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[dict[str, Any]]:
    columns = columns_written(table)
    cursor = connection.execute(f"FROM {sql.name(table.name)}")
    for row in cursor.fetchall():
        yield {
            column.name: cell.split("、") if column.kind in ("set", "years") and cell != "无" else cell
            for column, cell in zip(columns, row, strict=True)
            if cell is not None
        }


def _by_key(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in _objects(connection, table):
        found.setdefault(item.pop(KEY, ""), []).append(item)
    return found


def workbook(population: Population, path: Path, done: Progress) -> list[Problem]:
    """A sheet for each table, all cells texts as they would be typed, and a sheet that says it is made up."""
    from datetime import datetime

    from xlsxwriter import Workbook

    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    for connection in _as_text(population, done, population.n):
        for table in _tables(population):
            count = sql.number(connection, f"SELECT count(*) FROM {sql.name(table.name)}")
            if count > ROWS:
                source, span = tail(f"-o {path.name}", path.name)
                return [faults.TooManyRows(source=source, span=span, sheet=table.name, count=count, limit=ROWS)]
        with Workbook(str(path), settings) as book:
            book.set_properties({"title": "合成数据", "comments": NOTE, "created": datetime(2000, 1, 1)})
            book.add_worksheet("说明").write_string(0, 0, NOTE)
            bold = book.add_format({"bold": True})
            for table in _tables(population):
                sheet = book.add_worksheet(table.name)
                sheet.freeze_panes(1, 1)
                for place, column in enumerate(columns_written(table)):
                    sheet.set_column(place, place, 20 if column.name == KEY else 12)
                    sheet.write_string(0, place, column.name, bold)
                for number, row in enumerate(connection.execute(f"FROM {sql.name(table.name)}").fetchall(), 1):
                    for place, cell in enumerate(row):
                        if cell is not None:
                            sheet.write_string(number, place, cell)
    return []


FOLDERS: dict[str, Callable[[Population, Path, Progress], list[Problem]]] = {"": parquet_folder, ".csv": csv_folder}
FILES: dict[str, Callable[[Population, Path, Progress], list[Problem]]] = {".xlsx": workbook, ".jsonl": json_lines}
