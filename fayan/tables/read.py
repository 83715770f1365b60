"""Files of tables, whatever they are, read into typed tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from fayan.problems import tables as faults
from fayan.problems.files import Unreadable, why_unreadable
from fayan.problems.given import whole
from fayan.tables import sql
from fayan.tables.beside import narrowed, widened
from fayan.tables.csv_files import read_csv
from fayan.tables.json_lines import read_json_lines
from fayan.tables.parquet_files import read_parquet
from fayan.tables.sheet import NOT_TABLES, Sheet
from fayan.tables.staged import Staged
from fayan.tables.staging import Staging
from fayan.tables.workbook import read_workbook
from fayan_dsl.problem import Problem, Term
from fayan_dsl.source import Source, Span
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE
from fayan_runtime.tables import Table, tables_of

if TYPE_CHECKING:
    import duckdb

#: What files are tables.
SUFFIXES = (".xlsx", ".csv", ".parquet", ".jsonl")
#: What stands in a folder without anyone having put it there.
_DROPPINGS = ("thumbs.db", "desktop.ini")
#: Bytes that tables may take in memory, so that a run, with all that stands beside them, keeps within eight GiB.
MEMORY = 5 * 2**30


def read_tables(
    paths: Iterable[str | os.PathLike[str]],
    program: Program,
    database: Path | None = None,
    beside: Program | None = None,
) -> tuple[Staged | None, list[Problem]]:
    """The tables of files and folders, and what is wrong with them as a whole; None where that keeps them from being read.

    Rows that cannot be read are no problem: they are in the rejects. ``database`` is a file to keep the tables in, where they
    may be more than fits into memory. What only the version ``beside`` asks for is passed over. Close what you get.
    """
    tables = tables_of(program)
    problems = no_facts(program)
    files, unread = files_of(paths, tables)
    if problems := problems + unread:
        return None, problems
    connection = connect(database)
    try:
        staged, problems = _staged(files, program, tables, beside, connection)
    except BaseException:
        connection.close()
        raise
    if staged is None:
        connection.close()
    return staged, problems


def no_facts(program: Program) -> list[Problem]:
    """Whether the policy asks nothing of enterprises."""
    if any(table.name == ENTERPRISE for table in tables_of(program)):
        return []
    source, span = whole(program.name, program.title)
    return [faults.NoEnterpriseFacts(source=source, span=span)]


def connect(database: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection of its own, which fetches nothing from the network and reads only files it is told. What is more than ``MEMORY``, or
    than a small machine has, it keeps on disk, where temporary files are and not where the user happens to work.
    """
    import tempfile
    import uuid

    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{min(MEMORY, _memory() * 4 // 5)}B",
        "temp_directory": str(Path(tempfile.gettempdir()) / f"fayan-{uuid.uuid4().hex}"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(str(database) if database else ":memory:", config=config)


def _memory() -> int:
    """What the machine has, in bytes, where it says so."""
    names = ("SC_PAGE_SIZE", "SC_PHYS_PAGES")
    known = hasattr(os, "sysconf") and all(each in os.sysconf_names for each in names)
    return os.sysconf(names[0]) * os.sysconf(names[1]) if known else 2 * MEMORY


def _staged(
    files: list[TableFile],
    program: Program,
    tables: tuple[Table, ...],
    beside: Program | None,
    connection: duckdb.DuckDBPyConnection,
) -> tuple[Staged | None, list[Problem]]:
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    known = widened(tables, tables_of(beside) if beside else ())
    for place, file in enumerate(files):
        if file.path.suffix.lower() == ".jsonl":
            several, found = read_json_lines(file.path, program, tables, connection, place, beside)
        else:
            several, found = sheets_of(file, known, connection, place)
        sheets += several
        problems += found
    problems += _repeated(sheets)
    sheets = narrowed(sheets, tables)
    if not problems and not any(sheet.table.name == ENTERPRISE for sheet in sheets):
        source, span = whole("表", "、".join(sheet.table.name for sheet in sheets) or str(files[0].path))
        problems.append(faults.NoEnterpriseTable(source=source, span=span))
    if problems:
        return None, problems
    sheets = [sheet for sheet in sheets if sheet.table.name != DISTRICT or _filled(sheet, connection)]
    order = [table.name for table in tables]
    sheets.sort(key=lambda sheet: order.index(sheet.table.name))
    counts = Staging(connection, program, tables).stage(sheets)
    staged = Staged(program, connection, tables, tuple(sheet.table.name for sheet in sheets), tuple(counts))
    problems = _district(staged, sheets)
    return (None if problems else staged), problems


@frozen
class TableFile:
    """A file of tables, or the files of one Parquet table in parts."""

    path: Path
    parts: tuple[Path, ...] = ()


def sheets_of(
    file: TableFile, tables: tuple[Table, ...], connection: duckdb.DuckDBPyConnection, place: int
) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of a workbook, of a CSV file or of Parquet; ``place`` makes the names of their relations."""
    match file.path.suffix.lower():
        case ".xlsx":
            return read_workbook(file.path, tables, connection, place)
        case ".csv":
            one, found = read_csv(file.path, tables, connection, place)
        case _:
            one, found = read_parquet(file.path, file.parts, tables, connection)
    return [one] if one else [], found


def files_of(
    paths: Iterable[str | os.PathLike[str]], tables: tuple[Table, ...]
) -> tuple[list[TableFile], list[Problem]]:
    """The files of tables in what was given."""
    files: list[TableFile] = []
    problems: list[Problem] = []
    for each in map(Path, paths):
        source, span = whole(str(each), str(each))
        try:
            alone: tuple[list[TableFile], list[Path]] = [TableFile(each, (each,))], []
            found, unread = _tables_in(each, {table.name for table in tables}) if each.is_dir() else alone
            problems += map(not_read, unread)
            if not found and not unread:
                problems.append(faults.NoTables(source=source, span=span, path=str(each)))
            for file in found:
                for part in file.parts:
                    part.stat()
        except (OSError, ValueError) as error:
            problems.append(Unreadable(source=source, span=span, path=str(each), reason=why_unreadable(error)))
            continue
        problems += [not_read(file.path) for file in found if file.path.suffix.lower() not in SUFFIXES]
        files += found
    return files, problems


def _tables_in(folder: Path, names: set[str]) -> tuple[list[TableFile], list[Path]]:
    """The tables of a folder: files; folders with the parts of a Parquet table; and folders that are parts of the population. And what
    is none of these.
    """
    found: list[TableFile] = []
    parts: dict[str, list[Path]] = {}
    others: list[Path] = []
    for path in entries(folder):
        if path.is_dir():
            inside = [each for each in entries(path) if each.suffix.lower() == ".parquet"]
            if path.name in names and inside:
                found.append(TableFile(path.with_suffix(".parquet"), tuple(inside)))
            for part in inside if path.name not in names else ():
                parts.setdefault(part.name, []).append(part)
            left = [each for each in entries(path) if each not in inside]
            others += left if inside else [path] if left else []
        elif path.suffix.lower() in SUFFIXES:
            found.append(TableFile(path, (path,)))
        else:
            others.append(path)
    return found + [TableFile(folder / name, tuple(several)) for name, several in parts.items()], others


def entries(folder: Path) -> list[Path]:
    """What someone put into a folder; not what is hidden, what programs leave there, and notes."""
    found = [path for path in sorted(folder.iterdir()) if path.name[0] not in ".~_" and path.stem not in NOT_TABLES]
    return [path for path in found if path.name.lower() not in _DROPPINGS]


def not_read(path: Path) -> Problem:
    """What stands among tables and is not read: nothing that was given is passed over silently."""
    source, span = whole(str(path), str(path))
    if path.is_dir() or path.suffix.lower() in SUFFIXES:
        return faults.OutOfPlace(source=source, span=span, path=str(path))
    return faults.UnknownFormat(source=source, span=span, path=str(path))


def _filled(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> bool:
    return bool(sql.number(connection, f"SELECT count(*) FROM {sheet.relation}") or sheet.faults)


def _repeated(sheets: list[Sheet]) -> Iterator[Problem]:
    firsts: dict[str, Sheet] = {}
    for sheet in sheets:
        first = firsts.setdefault(sheet.table.name, sheet)
        if first is not sheet:
            yield faults.RepeatedSheet(
                source=Source(sheet.place, sheet.name), span=Span(0, len(sheet.name)), given=sheet.name, first=first.file, second=sheet.file
            )  # fmt: skip


def _district(staged: Staged, sheets: list[Sheet]) -> list[Problem]:
    """What is wrong with the figures that every enterprise depends on."""
    sheet = next((each for each in sheets if each.table.name == DISTRICT), None)
    if sheet is None:
        return []
    source, span = whole(sheet.place, sheet.name)
    wrong = [each for each in staged.rejects() if each["表"] == DISTRICT]
    problems: list[Problem] = [
        faults.DistrictFault(source=source, span=span, fault=Term(each["事由"], each["reason"])) for each in wrong
    ]
    (count,) = [each.given for each in staged.counts if each.table == DISTRICT]
    if not problems and count != 1:
        problems.append(faults.DistrictRows(source=source, span=span, count=count))
    return problems
