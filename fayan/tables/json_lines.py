"""A population in JSON lines: on each line the facts of one enterprise, as a facts file has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from fayan import problems_data
from fayan import problems_tables as faults
from fayan.facts_file import MAX_MIB
from fayan.problems import whole
from fayan.tables import arrow, sql
from fayan.tables.beside import names_of, ours
from fayan.tables.cells import beyond, narrow
from fayan.tables.csv_files import encoding_of
from fayan.tables.rejects import told
from fayan.tables.sheet import ROW, CellFault, Sheet
from fayan_dsl.problem import Problem, Term
from fayan_runtime.ir import Program
from fayan_runtime.read import Complaint, Given, Numeral, Pairs, credit_code, read
from fayan_runtime.rows import rows_of
from fayan_runtime.tables import DISTRICT, ENTERPRISE, KEY, Column, Table

if TYPE_CHECKING:
    import duckdb

_BATCH = 5000
_Rows = dict[str, list[dict[str, Any]]]


@frozen
class _Line:
    """One line: the rows it gives, or what is wrong with it."""

    number: int
    rows: _Rows
    faults: tuple[CellFault, ...] = ()


def read_json_lines(
    path: Path,
    program: Program,
    tables: Sequence[Table],
    connection: duckdb.DuckDBPyConnection,
    place: int,
    beside: Program | None = None,
) -> tuple[list[Sheet], list[Problem]]:
    """A sheet for each table; a line that cannot be read is a fault of 企业. Figures of the district are the same wherever they are given.

    What only the version ``beside`` asks for is passed over.
    """
    encoding, problems = encoding_of(path)
    if encoding is None:
        return [], problems
    sheets = {table.name: _empty(path, table, connection, f"行{place}之{at}") for at, table in enumerate(tables)}
    found: list[CellFault] = []
    district: list[dict[str, Any]] = []
    counts = dict.fromkeys(sheets, 0)
    batch: _Rows = {name: [] for name in sheets}
    with path.open(encoding=encoding, newline="\n") as file:
        for line in _lines(file, path, program, tables, beside):
            found += line.faults
            for name, rows in line.rows.items():
                if name == DISTRICT:
                    district += [row for row in rows if row not in district]
                    continue
                for row in rows:
                    counts[name] += 1
                    batch[name].append({ROW: line.number if name == ENTERPRISE else counts[name], **row})
            if len(batch[ENTERPRISE]) >= _BATCH:
                _flush(batch, sheets, connection)
    if len(district) > 1:
        source, span = whole(str(path), path.name)
        return [], [faults.DistrictRows(source=source, span=span, count=len(district))]
    if DISTRICT in sheets:
        batch[DISTRICT] = [{ROW: 1, **row} for row in district]
    _flush(batch, sheets, connection)
    lost = len({fault.row for fault in found})
    sheets[ENTERPRISE] = evolve(sheets[ENTERPRISE], faults=tuple(found), lost=lost)
    return list(sheets.values()), []


def _empty(path: Path, table: Table, connection: duckdb.DuckDBPyConnection, relation: str) -> Sheet:
    types = tuple(sql.type_of(column) for column in table.columns)
    cells = ", ".join(f"c{at} {type}" for at, type in enumerate(types))
    connection.execute(f"CREATE TEMP TABLE {relation} ({ROW} BIGINT, {cells})")
    return Sheet(table, str(path), table.name, table.columns, types, relation, base=True)


def _flush(batch: _Rows, sheets: dict[str, Sheet], connection: duckdb.DuckDBPyConnection) -> None:
    for name, rows in batch.items():
        if rows:
            columns = (Column(ROW, "year"), *sheets[name].columns)
            connection.register("rows", arrow.table(columns, rows))
            connection.execute(f"INSERT INTO {sheets[name].relation} SELECT * FROM rows")
            connection.unregister("rows")
            rows.clear()


# ---------------------------------------------------------------- line by line


def _lines(
    file: Iterator[str], path: Path, program: Program, tables: Sequence[Table], beside: Program | None
) -> Iterator[_Line]:
    place = str(path)
    own, others = names_of(program), {**names_of(beside)}
    others[ENTERPRISE] = {KEY: {}, **others.get(ENTERPRISE, {})}  # whose line it is, asked for or not
    foreign = beside is not None or KEY not in own.get(ENTERPRISE, {})
    for number, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            if len(text) > MAX_MIB * 2**20:
                raise _Refused(problems_data.FactsTooLarge(**_at(place, ""), limit=MAX_MIB))
            data = _parsed(text, place)
            yield _read(ours(data, own, others) if foreign else data, _key(data), number, place, program, tables)
        except _Refused as refused:
            problem = refused.problem
            said = (
                problem.code,
                problem.title("zh") + problem.help("zh"),
                f"{problem.title('en')} {problem.help('en')}",
            )
            yield _Line(number, {}, (CellFault(number, None, text.strip()[:40], "", told=said),))


class _Refused(Exception):
    """A line that is no facts at all; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _at(place: str, text: str) -> dict[str, Any]:
    source, span = whole(place, text)
    return {"source": source, "span": span}


def _parsed(text: str, place: str) -> Any:
    def number(digits: str) -> object:
        return int(digits) if len(digits) < 40 else Numeral(digits)

    def pairs(found: list[tuple[str, Any]]) -> Pairs:
        return Pairs(tuple((Given(key), Given(value)) for key, value in found))

    try:
        return json.loads(text, parse_int=number, parse_float=Numeral, parse_constant=Numeral, object_pairs_hook=pairs)
    except RecursionError:
        raise _Refused(problems_data.TooDeepData(**_at(place, ""), limit=32)) from None
    except json.JSONDecodeError as error:
        reason = next((zh for en, zh in problems_data.JSON_REASONS.items() if en in error.msg), "不合 JSON 的写法")
        problem = problems_data.BadJson(**_at(place, ""), reason=Term(reason, error.msg))
        raise _Refused(problem) from None


def _read(data: Any, key: str | None, number: int, place: str, program: Program, tables: Sequence[Table]) -> _Line:
    facts, complaints = read(data, program)
    if facts is not None and key is None:
        return _Line(number, {}, (CellFault(number, KEY, "", "no-key"),))
    rows = rows_of(program, facts, key or "") if facts is not None else {}
    if facts is not None:
        complaints = list(_beyond(rows, tables))
    if complaints:
        wrong = [
            CellFault(number, each.path or None, each.given, "", (), key, told(each, place)) for each in complaints
        ]
        return _Line(number, {}, tuple(wrong))
    return _Line(number, _given(rows, data))


def _beyond(rows: _Rows, tables: Sequence[Table]) -> Iterator[Complaint]:
    """Numbers that the tables do not hold."""
    for table in tables:
        for column in table.columns:
            for row in rows.get(table.name, ()) if column.kind == "number" else ():
                value = row.get(column.name)
                if value is not None and narrow(column, value) is None:
                    yield beyond(column, str(value))


def _given(rows: _Rows, data: Any) -> _Rows:
    """Without the figures of the district where the line does not tell them."""
    names = {key.value for key, _ in data.items} if isinstance(data, Pairs) else set()
    return {name: found for name, found in rows.items() if name != DISTRICT or name in names}


def _key(data: Any) -> str | None:
    """Whose line it is, as far as that can be seen."""
    for name in (ENTERPRISE, KEY):
        pairs = data.items if isinstance(data, Pairs) else ()
        data = next((value.value for key, value in pairs if key.value == name), None)
    return credit_code(data) if isinstance(data, str) else None
