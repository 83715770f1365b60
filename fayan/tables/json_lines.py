"""A population in JSON lines: on each line the facts of one enterprise, as a facts file has them.

Every row that a line gives stands on that line; what is wrong in a list is told by its path, 租赁[0].租金, as in a facts file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from fayan.facts_file import MAX_MIB
from fayan.problems import data as problems_data
from fayan.problems import tables as faults
from fayan.problems.given import whole
from fayan.problems.tables import GoneWith
from fayan.tables import arrow, sql
from fayan.tables.beside import names_of, ours
from fayan.tables.cells import beyond, narrow
from fayan.tables.csv_files import encoding_of
from fayan.tables.rejects import told
from fayan.tables.sheet import ROW, CellFault, Sheet, nested_place
from fayan_dsl.problem import Problem, Term
from fayan_runtime.given import Given, Numeral, Pairs, shown
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY, YEAR_FIELD
from fayan_runtime.one_value import credit_code, half_width
from fayan_runtime.read import Complaint, read
from fayan_runtime.rows import rows_of
from fayan_runtime.tables import POSITION, Column, Table

if TYPE_CHECKING:
    import duckdb

_BATCH = 5000
#: Half of a character, which JSON may spell out.
_HALF = re.compile("[\ud800-\udfff]")
_Rows = dict[str, list[dict[str, Any]]]


@frozen
class _Line:
    """One line: the rows it gives, or what is wrong with it and, by list, the items that go with it."""

    number: int
    rows: _Rows
    faults: tuple[CellFault, ...] = ()
    gone: Mapping[str, Sequence[CellFault]] = field(factory=dict)


def read_json_lines(
    path: Path,
    program: Program,
    tables: Sequence[Table],
    connection: duckdb.DuckDBPyConnection,
    place: int,
    beside: Program | None = None,
) -> tuple[list[Sheet], list[Problem]]:
    """A sheet for each table; a line that cannot be read is a fault of 企业. Figures of the district are the same wherever they are given,
    and hold for all whatever else is wrong with their line.

    What only the version ``beside`` asks for is passed over.
    """
    encoding, problems = encoding_of(path)
    if encoding is None:
        return [], problems
    sheets = {table.name: _empty(path, table, connection, f"行{place}之{at}") for at, table in enumerate(tables)}
    found: dict[str, list[CellFault]] = {name: [] for name in sheets}
    district: list[dict[str, Any]] = []
    wrong: dict[tuple[str, str, str], Problem] = {}
    batch: _Rows = {name: [] for name in sheets}
    with path.open(encoding=encoding, newline="\n") as file:
        for line in _lines(file, path, program, tables, beside):
            found[ENTERPRISE] += line.faults
            for fault in line.faults:
                if fault.told and (fault.column or "").partition(".")[0] == DISTRICT:
                    _, *said = fault.told
                    wrong[fault.told] = faults.DistrictFault(**_at(str(path), path.name), fault=Term(*said))
            for name, gone in line.gone.items():
                found[name] += gone
            for name, rows in line.rows.items():
                if name == DISTRICT:
                    district += [row for row in rows if row not in district]
                    continue
                batch[name] += [{ROW: line.number, **row} for row in rows]
            if len(batch[ENTERPRISE]) >= _BATCH:
                _flush(batch, sheets, connection)
    if wrong:
        return [], list(wrong.values())
    if len(district) > 1:
        return [], [faults.DistrictRows(**_at(str(path), path.name), count=len(district))]
    if DISTRICT in sheets:
        batch[DISTRICT] = [{ROW: 1, **row} for row in district]
    _flush(batch, sheets, connection)
    lost = {name: len(gone) for name, gone in found.items()} | {
        ENTERPRISE: len({fault.row for fault in found[ENTERPRISE]})
    }
    return [evolve(sheet, faults=found[name], lost=lost[name]) for name, sheet in sheets.items()], []


def keys_of(path: Path, encoding: str) -> Iterator[str]:
    """Whose lines they are, as far as that can be seen."""
    with path.open(encoding=encoding, newline="\n") as file:
        for text in file:
            try:
                key = _key(_parsed(text, str(path)))
            except _Refused:
                continue
            if key is not None:
                yield key


def _empty(path: Path, table: Table, connection: duckdb.DuckDBPyConnection, relation: str) -> Sheet:
    types = tuple(sql.type_of(column) for column in table.columns)
    cells = ", ".join(f"c{at} {type}" for at, type in enumerate(types))
    connection.execute(f"CREATE TEMP TABLE {relation} ({ROW} BIGINT, {cells})")
    nested = table.of is not None
    return Sheet(table, str(path), table.name, table.columns, types, relation, base=True, nested=nested)


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
        found = json.loads(text, parse_int=number, parse_float=Numeral, parse_constant=Numeral, object_pairs_hook=pairs)
        _text(text, place)
        return found
    except RecursionError:
        raise _Refused(problems_data.TooDeepData(**_at(place, ""), limit=32)) from None
    except json.JSONDecodeError as error:
        reason = next((zh for en, zh in problems_data.JSON_REASONS.items() if en in error.msg), "不合 JSON 的写法")
        problem = problems_data.BadJson(**_at(place, ""), reason=Term(reason, error.msg))
        raise _Refused(problem) from None


def _text(text: str, place: str) -> None:
    """Refuse a line that spells out half of a character: no text has it, so that nothing could be said of it."""
    if "\\ud" in text.lower():
        written = json.dumps(json.loads(text, parse_int=str), ensure_ascii=False)
        if half := _HALF.search(written):
            raise _Refused(problems_data.UnseenCharacter(**_at(place, ""), character=f"U+{ord(half[0]):04X}"))


def _read(data: Any, key: str | None, number: int, place: str, program: Program, tables: Sequence[Table]) -> _Line:
    facts, complaints = read(data, program)
    if facts is not None and key is None:
        return _Line(number, _district(data, program), (CellFault(number, KEY, "", "no-key"),))
    rows = rows_of(program, facts, key or "") if facts is not None else {}
    if facts is not None:
        complaints = list(_beyond(rows, tables, data))
    if complaints:
        wrong = [
            CellFault(number, each.path or None, each.given, "", (), key, told(each, place)) for each in complaints
        ]
        return _Line(number, _district(data, program), tuple(wrong), _gone(data, number, key, tables))
    return _Line(number, _given(rows, data))


def _beyond(rows: _Rows, tables: Sequence[Table], data: Any) -> Iterator[Complaint]:
    """Numbers that the tables do not hold, where and as they were given."""
    for table in tables:
        for column in table.columns:
            for row in rows.get(table.name, ()) if column.kind == "number" else ():
                value = row.get(column.name)
                if value is not None and narrow(column, value) is None:
                    holder, place = _value(data, table.name), ""
                    if table.of is not None:
                        holder = _items(data, table.name)[row[POSITION]]
                        place = f"{table.name}[{row[YEAR_FIELD if table.of.series else POSITION]}]."
                    given = shown(_value(holder, column.name))
                    yield evolve(beyond(column, given), path=place + column.name)


def _gone(data: Any, number: int, key: str | None, tables: Sequence[Table]) -> dict[str, list[CellFault]]:
    """The items of lists that are rejected with their line, as far as it has lists."""
    first = (ENTERPRISE, str(number))
    return {
        table.name: [
            CellFault(number, nested_place(table.name, at), "", GoneWith.name, first, key)
            for at in range(len(_items(data, table.name)))
        ]
        for table in tables
        if table.of is not None
    }


def _items(data: Any, name: str) -> list[Any]:
    found = _value(_value(data, ENTERPRISE), name)
    return found if isinstance(found, list) else []


def _value(data: Any, name: str) -> Any:
    """What a mapping has under a name, as it was read; None where it has nothing."""
    pairs = data.items if isinstance(data, Pairs) else ()
    exactly = next((value for key, value in pairs if key.value == name), None)
    found = exactly or next((value for key, value in pairs if half_width(str(key.value)) == name), None)
    return found and found.value


def _district(data: Any, program: Program) -> _Rows:
    """The figures of the district that a line tells, read beside an enterprise of which nothing is said."""
    pairs = data.items if isinstance(data, Pairs) else ()
    own = tuple((key, value) for key, value in pairs if key.value == DISTRICT)
    facts, _ = read(Pairs(((Given(ENTERPRISE), Given(Pairs(()))), *own)), program) if own else (None, ())
    return {DISTRICT: rows_of(program, facts, "")[DISTRICT]} if facts is not None else {}


def _given(rows: _Rows, data: Any) -> _Rows:
    """Without the figures of the district where the line does not tell them."""
    names = {key.value for key, _ in data.items} if isinstance(data, Pairs) else set()
    return {name: found for name, found in rows.items() if name != DISTRICT or name in names}


def _key(data: Any) -> str | None:
    """Whose line it is, as far as that can be seen."""
    found = _value(_value(data, ENTERPRISE), KEY)
    return credit_code(found) if isinstance(found, str) else None
