"""How the cells of a column become values: the common ways of writing in SQL, everything else by the readers of facts, once for each distinct text.

The SQL takes only what it reads exactly as :mod:`fayan_runtime.read` would; whatever it does not take is not wrong, only slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from fayan.tables.sql import texts, type_of
from fayan_runtime.ir import Program, Type
from fayan_runtime.names import KEY
from fayan_runtime.one_value import YEARS, half_width, is_ratio
from fayan_runtime.read import CellReader, Complaint, names_a_rule, rule_named
from fayan_runtime.tables import DIGITS, Column
from fayan_runtime.units import unit_of

_TRUTH = Type(kind="bool")
_CODE = Type(kind="text", name="信用代码")
_COUNT = Type(kind="number")
_LAST_POSITION = 999_999_999
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: Characters of plain text: nothing unseen, no line breaks, no kind of space but the plain one inside.
_PLAIN = r"[!-~·—‘’“”…、-〿\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{ff01}-\x{ff5e}]"


def type_in(column: Column) -> Type:
    """The declared type of a column; that of the key and of the marks is told by their names."""
    if column.fact is not None:
        return column.fact.type
    return _CODE if column.name == KEY else _TRUTH if column.kind == "bool" else _COUNT


@frozen
class Way:
    """SQL over the cell: ``known`` says whether it is taken, ``value`` is the value then, ``none`` that there is none of it.

    ``plain`` is the value where every cell of the column is known to be taken.
    """

    known: str
    value: str
    none: str
    plain: str


class Ways:
    """What SQL to read the cells of each column with, for one policy."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.members = {enum.name: enum.members for enum in program.enums}

    def of(self, column: Column, given: str, cell: str, base: bool = False) -> Way:
        """The way for cells ``cell`` of the SQL type ``given``; ``base``: numbers without a unit are in base units."""
        type = type_in(column)
        value = self._text(column, type, cell) if given == "VARCHAR" else self._typed(column, type, given, cell, base)
        known, none, plain = f"({value}) IS NOT NULL", "FALSE", value
        if given == type_of(column):
            plain = cell
        if given == "VARCHAR" and type.optional and "无" not in self.members.get(type.name, ()):
            none = f"({cell} = '无')"
            known = f"({known} OR {none})"
            value = f"CASE WHEN NOT {none} THEN {value} END" if type.kind == "text" else value
            plain = value
        return Way(known, value, none, plain)

    def of_other_rows(self, cell: str) -> Way:
        """The way for the key of a row that is not of 企业: whether it is right is seen by whether its enterprise is there."""
        known = f"regexp_full_match({cell}, '[{_ALPHABET}]{{18}}')"
        return Way(known, f"CASE WHEN {known} THEN {cell} END", "FALSE", cell)

    # ------------------------------------------------------------ cells that are text
    def _text(self, column: Column, type: Type, cell: str) -> str:
        match column.kind:
            case "bool":
                return f"CASE {cell} WHEN '是' THEN TRUE WHEN '否' THEN FALSE END"
            case "enum":
                return f"CASE WHEN {cell} IN {texts(self.members[type.name])} THEN {cell} END"
            case "date":
                return _in_years(f"TRY_CAST({cell} AS DATE)", cell, "[0-9]{4}-[0-9]{2}-[0-9]{2}")
            case "year":
                if column.fact is None:  # the position in a list
                    return _matching(cell, "[0-9]{1,9}", f"CAST({cell} AS INTEGER)")
                return _in_years(f"CAST({cell} AS INTEGER)", cell, "[0-9]{4}")
            case "month":
                month = f"CAST(left({cell}, 4) AS INTEGER) * 12 + CAST(right({cell}, 2) AS INTEGER) - 1"
                return _in_years(month, cell, "[0-9]{4}-(0[1-9]|1[0-2])")
            case "number":
                return _number(column, type, cell)
            case "set":
                one = f"{cell} IN {texts(self.members[type.name])}"
                return f"CASE WHEN {one} THEN [{cell}] WHEN {cell} = '无' THEN CAST([] AS VARCHAR[]) END"
            case "years":
                return f"CASE WHEN {cell} = '无' THEN CAST([] AS INTEGER[]) END"
            case _ if names_a_rule(self.program, column.fact):
                names = [each.name for each in self.program.provisions] or [""]
                return f"CASE WHEN {cell} IN {texts(names)} THEN {cell} END"
            case _:
                return _words(type, cell)

    # ------------------------------------------------------------ cells that have a type
    def _typed(self, column: Column, type: Type, given: str, cell: str, base: bool) -> str:
        """Only the very type of the column and its like: other types are read by what they look like as text.

        A number without its unit is in the unit it is shown in, as in a cell of text, unless it comes from tables of ours (``base``).
        """
        first, last = YEARS.start, YEARS.stop
        whole = given in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
        match column.kind, given:
            case "bool", "BOOLEAN":
                return cell
            case "date", "DATE":
                return f"CASE WHEN year({cell}) >= {first} AND year({cell}) < {last} THEN {cell} END"
            case "year", _ if whole:
                bounds = f"{cell} >= {first} AND {cell} < {last}" if column.fact else f"{cell} BETWEEN 0 AND 999999999"
                return f"CASE WHEN {bounds} THEN CAST({cell} AS INTEGER) END"
            case "month", _ if whole:
                return f"CASE WHEN {cell} >= {first * 12} AND {cell} < {last * 12} THEN CAST({cell} AS INTEGER) END"
            case "number", _ if whole or given.startswith("DECIMAL"):
                if not base and _size(type) != 1:
                    return "NULL"
                narrow = f"TRY_CAST({cell} AS {type_of(column)})"
                above = f" AND {cell} <= 1" if is_ratio(type) else ""
                exactly = "" if given == type_of(column) else f" AND {narrow} = {cell}"
                return f"CASE WHEN {cell} >= 0{above}{exactly} THEN {narrow} END"
            case "set", "VARCHAR[]":
                members = ", ".join(texts([each])[1:-1] for each in self.members[type.name])
                return (
                    f"CASE WHEN list_has_all([{members}], {cell}) AND len({cell}) = list_unique({cell}) THEN {cell} END"
                )
            case "years", _ if given in ("INTEGER[]", "BIGINT[]", "SMALLINT[]"):
                fits = f"len(list_filter({cell}, lambda y: y >= {first} AND y < {last})) = len({cell})"
                return f"CASE WHEN {fits} AND len({cell}) = list_unique({cell}) THEN CAST({cell} AS INTEGER[]) END"
        return "NULL"


def _matching(cell: str, pattern: str, value: str) -> str:
    return f"CASE WHEN regexp_full_match({cell}, '{pattern}') THEN {value} END"


def _in_years(value: str, cell: str, pattern: str) -> str:
    within = f"left({cell}, 4) >= '{YEARS.start}' AND left({cell}, 4) < '{YEARS.stop}'"
    return f"CASE WHEN regexp_full_match({cell}, '{pattern}') AND {within} THEN {value} END"


def _size(type: Type) -> Fraction | None:
    """How many base units a number without a unit is of."""
    found = unit_of(type.shown) if type.shown not in ("", "%") else None
    return found[1] if found else Fraction(1)


def _number(column: Column, type: Type, cell: str) -> str:
    """Digits alone, or with the unit that people write most, each only as long as it is exact."""
    kept, scale = type_of(column), column.scale
    if is_ratio(type):
        return (
            f"CASE WHEN regexp_full_match({cell}, '0(\\.[0-9]{{1,{scale}}})?|1(\\.0{{1,{scale}}})?') THEN CAST({cell} AS {kept})"
            f" WHEN regexp_full_match({cell}, '[0-9]{{1,2}}(\\.[0-9]{{1,{scale - 2}}})?%')"
            f" THEN CAST(CAST(left({cell}, -1) AS DECIMAL({DIGITS},{scale - 2})) * 0.01 AS {kept}) END"
        )
    point = f"(\\.[0-9]{{1,{scale}}})?" if scale else ""
    ways = []
    for suffix, size in _suffixes(type):
        digits = DIGITS - scale - len(str(size - 1)) if size > 1 else DIGITS - scale
        pattern = f"[0-9]{{1,{digits}}}{point}{suffix}"
        bare = f"left({cell}, -{len(suffix)})" if suffix else cell
        value = f"CAST({bare} AS {kept})"
        times = value if size == 1 else f"CAST({value} * {size} AS {kept})"
        ways.append(f"WHEN regexp_full_match({cell}, '{pattern}') THEN {times}")
    return f"CASE {' '.join(ways)} END" if ways else "NULL"


def _suffixes(type: Type) -> Iterable[tuple[str, int]]:
    for suffix in ("", *dict.fromkeys((type.shown, f"万{type.shown}"))):
        found = unit_of(suffix) if suffix else (type.unit, _size(type))
        if found and found[0] == type.unit and found[1] is not None and found[1].denominator == 1:
            yield suffix, int(found[1])


def _words(type: Type, cell: str) -> str:
    if type.name == "文号":
        return "NULL"
    if type.name == "信用代码":
        parts = (f"(strpos('{_ALPHABET}', substr({cell}, {i + 1}, 1)) - 1) * {pow(3, i, 31)}" for i in range(17))
        check = f"substr('{_ALPHABET}', (31 - ({' + '.join(parts)}) % 31) % 31 + 1, 1) = right({cell}, 1)"
        return f"CASE WHEN regexp_full_match({cell}, '[{_ALPHABET}]{{18}}') AND {check} THEN {cell} END"
    return f"CASE WHEN length({cell}) <= 1000 AND regexp_full_match({cell}, '{_PLAIN}+( +{_PLAIN}+)*') THEN {cell} END"


# ---------------------------------------------------------------- one by one


class OneByOne:
    """Cells that are read one by one: (value, whether there is none, complaint)."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._reader = CellReader(program)

    def read(self, column: Column, given: str) -> tuple[Any, bool, Complaint | None]:
        """A cell of nothing but space is blank."""
        if not given.strip():
            return None, False, None
        type = type_in(column)
        if column.kind == "number" and _cut_short(given):
            return None, False, Complaint(kind="short-form", path=column.name, place=None, given=given[:40], type=type)
        value, complaint = self._reader.read(type, given, column.name)
        if complaint is not None:
            return None, False, complaint
        if value is None:
            return None, True, None
        if names_a_rule(self._program, column.fact):
            value = rule_named(self._program, value)
        if column.fact is None and isinstance(value, int) and value > _LAST_POSITION:
            return None, False, beyond(column, given)
        if isinstance(value, (int, Fraction)) and column.kind == "number":
            exactly = narrow(column, value)
            return exactly, False, None if exactly is not None else beyond(column, given)
        return (sorted(value) if isinstance(value, frozenset) else value), False, None


#: As spreadsheet programs write it; other programs write a small e, and all digits.
_SHORT = re.compile(r"[+-]?[0-9](?:\.([0-9]+))?E\+([0-9]{2,3})")


def _cut_short(given: str) -> bool:
    """Whether a number has fewer digits than places before its point: 1.23E+08, of which nobody knows whether it is 123000000."""
    short = _SHORT.fullmatch(half_width(given))
    return short is not None and int(short[2]) > len(short[1] or "")


def narrow(column: Column, value: int | Fraction) -> Decimal | None:
    """A number as the table holds it, exactly; None where it has more digits."""
    scaled = value * 10**column.scale
    if scaled.denominator != 1 or abs(scaled) >= 10**DIGITS:
        return None
    return Decimal(int(scaled)).scaleb(-column.scale)


def beyond(column: Column, given: str) -> Complaint:
    whole = len(str(_LAST_POSITION)) if column.kind == "year" else DIGITS - column.scale
    digits = (str(whole), str(column.scale))
    type = type_in(column)
    return Complaint(kind="beyond-digits", path=column.name, place=None, given=given[:40], type=type, choices=digits)
