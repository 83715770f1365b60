"""The cells of a sheet as values: a relation with the row number, the key, and every column of the table that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from fayan.tables import arrow, sql
from fayan.tables.cells import OneByOne, Ways
from fayan.tables.rejects import Rejects
from fayan.tables.sheet import ROW, Sheet
from fayan_runtime.ir import Program
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.read import Complaint
from fayan_runtime.tables import Column

if TYPE_CHECKING:
    import duckdb

#: After the name of an optional fact: its cell says 无.
SAYS_NONE = "·写无"


@define
class Reading:
    connection: duckdb.DuckDBPyConnection
    program: Program
    rejects: Rejects
    _ways: Ways = field(init=False)
    _one: OneByOne = field(init=False)
    _made: int = 0

    def __attrs_post_init__(self) -> None:
        self._ways = Ways(self.program)
        self._one = OneByOne(self.program)

    def cells(self, sheet: Sheet) -> str:
        """The relation, as SQL; the rows of cells that cannot be read are rejected and have a null there."""
        ways = [
            self._ways.of_other_rows(f"c{place}")
            if column.name == KEY and given == "VARCHAR" and sheet.table.name != ENTERPRISE
            else self._ways.of(column, given, f"c{place}", sheet.base)
            for place, (column, given) in enumerate(zip(sheet.columns, sheet.types, strict=True))
        ]
        odd = [f"count_if(c{place} IS NOT NULL AND NOT coalesce({way.known}, FALSE))" for place, way in enumerate(ways)]
        counts = sql.one(self.connection, f"SELECT {', '.join(odd)} FROM {sheet.relation}")
        picked, joins = [ROW], []
        for place, (column, way, count) in enumerate(zip(sheet.columns, ways, counts, strict=True)):
            value, none, known = way.plain, way.none, f"coalesce({way.known}, FALSE)"
            if count:
                cell = _as_text(f"c{place}", sheet.types[place])
                words = self._one_by_one(sheet, column, cell, f"c{place} IS NOT NULL AND NOT {known}")
                joins.append(f"LEFT JOIN {words} AS {words} ON {cell} = {words}.given AND NOT {known}")
                value = f"CASE WHEN {known} THEN {way.value} ELSE {words}.value END"
                none = f"({none} OR {words}.none)"
            picked.append(f"{value} AS {sql.name(column.name)}")
            if column.fact is not None and column.fact.type.optional:
                picked.append(f"coalesce({none}, FALSE) AS {sql.name(column.name + SAYS_NONE)}")
        query = f"SELECT {', '.join(picked)} FROM {sheet.relation} {' '.join(joins)}"
        return f"({query})" if sheet.stays and not joins else self._table("格", query)

    def _one_by_one(self, sheet: Sheet, column: Column, cell: str, where: str) -> str:
        """The table of what each distinct cell is that SQL did not take."""
        import pyarrow as pa

        found = self.connection.execute(
            f"SELECT DISTINCT {cell} FROM {sheet.relation} WHERE {where} ORDER BY 1"
        ).fetchall()
        given = [row[0] for row in found]
        values, nones = [], []
        wrong: list[tuple[str, Complaint]] = []
        for each in given:
            value, none, complaint = self._one.read(column, each)
            values.append(value)
            nones.append(none)
            if complaint is not None:
                wrong.append((each, complaint))
        words = [pa.array(given, pa.string()), pa.array(values, arrow.type_of(column)), pa.array(nones, pa.bool_())]
        self.connection.register("words", pa.table(words, ("given", "value", "none")))
        made = self._table("字", "SELECT * FROM words")
        self.connection.unregister("words")
        if wrong:
            self.rejects.cells(sheet, column, cell, wrong)
        return made

    def _table(self, prefix: str, query: str) -> str:
        self._made += 1
        self.connection.execute(f"CREATE TEMP TABLE {prefix}{self._made} AS {query}")
        return f"{prefix}{self._made}"


def _as_text(cell: str, type: str) -> str:
    """What a cell looks like when written."""
    if type == "VARCHAR":
        return cell
    if type.endswith("[]"):
        # what is null in a list is no member of it, and must not be passed over
        return f"array_to_string(list_transform({cell}, lambda one: coalesce(CAST(one AS VARCHAR), 'null')), '、')"
    if type.startswith("TIMESTAMP"):
        return f"regexp_replace(CAST({cell} AS VARCHAR), ' 00:00:00$', '')"
    if type == "BOOLEAN":
        return f"CASE WHEN {cell} THEN '是' ELSE '否' END"
    if type in ("FLOAT", "DOUBLE"):
        # as many digits as spreadsheet programs show: the last ones are of the binary form, not of the number
        return f"printf('%.{7 if type == 'FLOAT' else 15}g', {cell})"
    return f"CAST({cell} AS VARCHAR)"
