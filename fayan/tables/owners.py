"""Whose a row may be that does not say so: one whose code has a slip, or that has none below one that has.

Such a row is rejected; were the enterprise decided without it, it would be decided on a part of its facts, so it is rejected too, and so
is each that it may be of. Nothing is ever decided on a row that was matched like this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fayan.problems.tables import OF_NO_ONE, GoneWith, OrphanRow
from fayan.tables import sql
from fayan.tables.rejects import REJECTS
from fayan.tables.sheet import ROW
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.one_value import half_width

if TYPE_CHECKING:
    import duckdb

#: Codes with a slip and the enterprises that they may be of.
_LIKE = "像是"
#: Wherever such a slip is, one of these parts of a code is right.
_PARTS = ("right({0}, 5)", "substr({0}, 9, 5)", "substr({0}, 9, 4) || right({0}, 4)")


def find_owners(connection: duckdb.DuckDBPyConnection, table: str, cells: str, firms: str) -> str:
    """Write down in the rejects of ``table`` whose its rows without a right code may be, where that is one enterprise of ``firms``; where
    it is one of several, these are given: SQL with the row and the code there (值) and the enterprise (owner), empty where there are none.
    """
    strays = (
        f"SELECT {ROW}, 值 FROM {REJECTS} WHERE 表 = {sql.text(table)} AND 列 = '{KEY}' AND {KEY} IS NULL"
        f" AND 代码 NOT IN {sql.texts(each.code for each in OF_NO_ONE)}"
    )
    codes = connection.execute(f"SELECT DISTINCT 值 FROM ({strays})").fetchall()
    if not codes:
        return ""
    given = [code for (code,) in codes if code is not None]
    several = ""
    if given:
        _miscopied(connection, given, firms)
        like = f"SELECT {ROW}, 值, owner, count(*) OVER (PARTITION BY {ROW}) AS several FROM ({strays}) JOIN {_LIKE} ON 值 = given"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE 或是 AS {like}")
        _owned(connection, table, f"SELECT {ROW}, owner FROM 或是 WHERE several = 1")
        several = f"SELECT {ROW}, 值, owner FROM 或是 WHERE several > 1"
    _owned(connection, table, _below(table, strays, cells))
    return several


def unlisted(connection: duckdb.DuckDBPyConnection) -> int:
    """How many enterprises there may be beside those of 企业, going by the rejected rows of lists: those with a right code that no row of
    企业 has, not even with a slip, and of a code that is none or of a row without one one each.
    """
    no_one = sql.texts(each.code for each in (*OF_NO_ONE, GoneWith))
    beside = (
        f"SELECT coalesce(any_value({KEY}), max(值) FILTER (列 = '{KEY}'), concat_ws(' ', 文件, 表, {ROW})) AS code"
        f" FROM {REJECTS} WHERE 表 NOT IN ('{ENTERPRISE}', '{DISTRICT}') AND 代码 NOT IN {no_one}"
        f" AND (代码 = '{OrphanRow.code}' OR {KEY} IS NULL) GROUP BY 文件, 表, {ROW}"
    )
    listed = f"SELECT upper(值) AS code FROM {REJECTS} WHERE 表 = '{ENTERPRISE}' AND 列 = '{KEY}' AND {KEY} IS NULL"
    same = " UNION ALL ".join(
        f"SELECT beside.code FROM beside JOIN listed ON {_near('beside.code', 'listed.code', part)}" for part in _PARTS
    )
    return sql.number(
        connection,
        f"WITH beside AS (SELECT DISTINCT code FROM ({beside})), listed AS ({listed})"
        f" SELECT count(*) FROM beside ANTI JOIN ({same}) AS same USING (code)",
    )


def _near(one: str, other: str, part: str) -> str:
    """SQL that two codes are one character from each other, where that part of them is right."""
    return f"{part.format(one)} = {part.format(other)} AND damerau_levenshtein({one}, {other}) <= 1"


def _owned(connection: duckdb.DuckDBPyConnection, table: str, owners: str) -> None:
    connection.execute(
        f"UPDATE {REJECTS} SET {KEY} = owners.owner FROM ({owners}) AS owners"
        f" WHERE {REJECTS}.表 = {sql.text(table)} AND {REJECTS}.{ROW} = owners.{ROW} AND {REJECTS}.{KEY} IS NULL"
    )


def _miscopied(connection: duckdb.DuckDBPyConnection, given: list[str], firms: str) -> None:
    """Which codes become those of enterprises by one character more, less or another, or two that have changed places."""
    import pyarrow as pa

    plain = [half_width(each).upper() for each in given]
    connection.register("miscopied", pa.table([pa.array(given), pa.array(plain)], ("given", "code")))
    near = " UNION ALL ".join(
        f"SELECT given, {KEY} FROM miscopied JOIN {firms} AS firms ON {_near('code', KEY, part)}" for part in _PARTS
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_LIKE} AS SELECT DISTINCT given, {KEY} AS owner FROM ({near})")
    connection.unregister("miscopied")


def _below(table: str, strays: str, cells: str) -> str:
    """Rows without a code below one that has one: what is left of cells that were merged."""
    faulty = (
        f"SELECT {ROW}, {KEY} AS owner FROM {REJECTS} WHERE 表 = {sql.text(table)} AND 列 = '{KEY}' AND 值 IS NOT NULL"
    )
    placed = (
        f"SELECT {ROW}, {KEY} AS owner FROM {cells} WHERE {KEY} IS NOT NULL AND {ROW} NOT IN (SELECT {ROW} FROM ({faulty}))"
        f" UNION ALL {faulty}"
    )
    return (
        f"SELECT blank.{ROW}, placed.owner FROM (SELECT {ROW} FROM ({strays}) WHERE 值 IS NULL) AS blank"
        f" ASOF JOIN ({placed}) AS placed ON blank.{ROW} > placed.{ROW}"
    )
