"""Facts as people give them, checked against what the policy declares: plain data in, ``Facts`` or complaints out.

Nothing is dropped or guessed: what is not exactly one value of the declared type is a :class:`Complaint`. Plain data is what Python
callers have at hand, or :class:`Given` values that remember where they stand in a file; both may be mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from fayan_runtime import document_number
from fayan_runtime.given import Given, Pairs, shown
from fayan_runtime.ir import FactDecl, Program, Scope, Type, Value
from fayan_runtime.names import ABOUT_FIELD, ENTERPRISE, KEY, NAME, PASSED_FIELD, UNTIL_FIELD, YEAR_FIELD
from fayan_runtime.one_value import Refused, half_width, value_of, year
from fayan_runtime.values import Facts, Unknown

#: Limits are counts, the same on every machine.
MAX_COMPLAINTS = 50


@frozen(kw_only=True)
class Complaint:
    """One fault. ``kind`` names it; ``type`` is what was expected, ``choices`` what would have been possible or right there."""

    kind: str
    path: str
    place: object
    given: str = ""
    type: Type | None = None
    choices: tuple[str, ...] = ()
    #: Of the enumeration that was expected.
    members: tuple[str, ...] = ()
    #: Where the same thing stood first, for duplicates.
    first: object = field(default=None, eq=False)


# ---------------------------------------------------------------- whole facts


def ends_before_it_begins(fact: FactDecl, row: Mapping[str, object]) -> bool:
    """Whether an item ceases to hold before the day it is of, which nothing does."""
    begins, ends = row.get(fact.event), row.get(UNTIL_FIELD)
    return isinstance(begins, date) and isinstance(ends, date) and ends < begins and row.get(PASSED_FIELD) is not False


def read(data: object, program: Program) -> tuple[Facts | None, list[Complaint]]:
    """The facts of one enterprise; None with at least one complaint (at most ``MAX_COMPLAINTS``, then ``too-many``)."""
    reader = _Reader(program)
    try:
        facts = reader.facts(data)
    except _Enough:
        facts = None
    return (None if reader.complaints else facts), reader.complaints


class CellReader:
    """Single values as the cells of a table hold them, one after the other: a set is written in one cell, 汽车、电子."""

    def __init__(self, program: Program) -> None:
        self._reader = _Reader(program)

    def read(self, type: Type, given: object, path: str) -> tuple[Value, Complaint | None]:
        """The value, None for what there is none of; or what is wrong with it."""
        reader = self._reader
        reader.complaints.clear()
        if type.kind == "set" and isinstance(given, str) and not _is_none(given):
            whole = half_width(given)
            given = [whole] if whole in reader.members.get(type.name, ()) else in_one_word(given)
        value = reader.value(type, Given(given), path)
        return value, next(iter(reader.complaints), None)


def rule_named(program: Program, text: Any) -> Any:
    """The rule that a payment was made under, however wide it is typed; other words as they are."""
    if not isinstance(text, str):
        return text
    plain = re.sub(r"\s+", "", half_width(text))
    return next((rule.name for rule in program.provisions if half_width(rule.name) == plain), text)


def names_a_rule(program: Program, field: FactDecl | None) -> bool:
    """Whether a field says what a payment was made under."""
    lists = (
        fact for scope in program.scopes for fact in scope.facts if program.offset and fact.name == program.offset.list
    )
    return any(one is field and one.name == ABOUT_FIELD for fact in lists for one in fact.fields)


class _Enough(Exception):
    """More would not be read."""


class _Reader:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.members = {enum.name: enum.members for enum in program.enums}
        self.complaints: list[Complaint] = []
        self.order = -1  # of the fact being read, over all scopes

    def complain(
        self,
        kind: str,
        path: str,
        given: Given,
        type: Type | None = None,
        choices: Sequence[str] = (),
        first: Given | None = None,
    ) -> None:
        enough = len(self.complaints) == MAX_COMPLAINTS
        self.complaints.append(
            Complaint(
                kind="too-many" if enough else kind,
                path=path,
                place=given.place,
                given=shown(given.value),
                type=type,
                choices=tuple(choices),
                members=self.members.get(type.name, ()) if type else (),
                first=first and first.place,
            )
        )
        if enough:
            raise _Enough

    def facts(self, data: object) -> Facts:
        top = data if isinstance(data, Given) else Given(data)
        scopes = sorted(self.program.scopes, key=lambda scope: scope.name != ENTERPRISE)
        given = self.mapping(top, "", [scope.name for scope in scopes])
        own = {fact.name for scope in scopes for fact in scope.facts if scope.name == ENTERPRISE}
        too_high = any(complaint.given in own for complaint in self.complaints)
        if given is not None and own and ENTERPRISE not in given and (too_high or not self.complaints):
            self.complaints = []  # the keys were those of the enterprise
            self.complain("no-enterprise", "", Given(None, top.place))
        values = {scope.name: self.scope(scope, (given or {}).get(scope.name)) for scope in scopes}
        names = (values.get(ENTERPRISE, {}).get(name) for name in (NAME, KEY))
        return Facts(values, next((name for name in names if isinstance(name, str)), "（未具名企业）"))

    def scope(self, scope: Scope, given: Given | None) -> dict[str, object]:
        prefix = "" if scope.name == ENTERPRISE else f"{scope.name}."
        found = self.mapping(given, scope.name, [fact.name for fact in scope.facts]) if given else None
        values: dict[str, object] = {}
        for fact in scope.facts:
            self.order += 1
            path = prefix + fact.name
            one = (found or {}).get(fact.name)
            if fact.is_list or fact.series:
                values[fact.name] = self.rows(fact, one, path)
            else:
                values[fact.name] = self.fact(fact, one, path, 0, 0)
        return values

    def fact(self, fact: FactDecl, given: Given | None, path: str, index: int, place: int) -> object:
        """A single fact or a field of a row: its value, its default, or not known."""
        if given is not None:
            return self.value(fact.type, given, path)
        if fact.has_default:
            own = self.program.number
            if fact.type.name == "文号":
                own = document_number.normal(own) or own
            return own if fact.default == "本文件" else fact.default
        return Unknown(frozenset({(self.order, index, place, path)}))

    def rows(self, fact: FactDecl, given: Given | None, path: str) -> object:
        if given is None:
            return {} if fact.series else Unknown(frozenset({(self.order, 0, 0, path)}))
        rows = [] if _is_none(given.value) else _items(given)
        if rows is None:
            self.complain("wrong-shape", path, given, choices=("list", _shape(given.value)))
            return None
        if fact.series:
            return self.series(fact, rows, path)
        return [self.row(fact, row, f"{path}[{index}]", index) for index, row in enumerate(rows)]

    def row(self, fact: FactDecl, row: Given, path: str, index: int) -> dict[str, object]:
        found = self.mapping(row, path, [one.name for one in fact.fields]) or {}
        values = {
            one.name: self.fact(one, found.get(one.name), f"{path}.{one.name}", index, place)
            for place, one in enumerate(fact.fields)
        }
        if self.program.offset is not None and fact.name == self.program.offset.list:
            values[ABOUT_FIELD] = rule_named(self.program, values[ABOUT_FIELD])
        if ends_before_it_begins(fact, values):
            day = values[fact.event]
            self.complain("ends-before", f"{path}.{UNTIL_FIELD}", found[UNTIL_FIELD], choices=(fact.event, str(day)))
        return values

    def series(self, fact: FactDecl, rows: list[Given], path: str) -> dict[int, dict[str, object]]:
        """Year → row. A row without its year, or a year given twice, cannot be placed."""
        values: dict[int, dict[str, object]] = {}
        firsts: dict[int, Given] = {}
        for index, row in enumerate(rows):
            here = f"{path}[{index}]"
            key = next((value for name, value in _pairs(row) or () if _name(name) == YEAR_FIELD), None)
            year = None if key is None else self.quiet_year(key)
            if year in firsts and key is not None:
                self.complain("duplicate-year", here, key, choices=(str(year),), first=firsts[year])
                continue
            if key is None and _pairs(row) is not None:
                self.complain("no-year", here, Given(None, row.place))
                continue
            read = self.row(fact, row, here if year is None else f"{path}[{year}]", year or 0)
            if year is not None and key is not None:
                firsts[year] = key
                values[year] = read
        return values

    @staticmethod
    def quiet_year(key: Given) -> int | None:
        """The year of a row, or None: what is wrong with it is said when the row is read."""
        try:
            return year(key.value)
        except Refused:
            return None

    def mapping(self, given: Given, path: str, names: list[str]) -> dict[str, Given] | None:
        pairs = _pairs(given)
        if pairs is None:
            self.complain("wrong-shape", path, given, choices=("mapping", _shape(given.value)))
            return None
        found: dict[str, Given] = {}
        firsts: dict[str, Given] = {}
        for key, value in pairs:
            name = _name(key)
            if name is None:
                self.complain("bad-key", path, key)
            elif name in firsts:
                self.complain("duplicate-key", path, key, first=firsts[name])
            elif name not in names:
                firsts[name] = key
                self.complain("unknown-key", path, key, choices=names)
            else:
                firsts[name] = key
                found[name] = value
        return found

    def value(self, type: Type, given: Given, path: str) -> Value:
        if _is_none(given.value) and "无" not in self.members.get(type.name, ()):
            if type.optional:
                return None
            if type.kind == "set":
                return frozenset()
            if given.value is None:
                self.complain("null", path, given, type)
                return None
        if type.kind == "set":
            return self.set_of(type, given, path)
        if _shape(given.value) != "value":
            self.complain("wrong-shape", path, given, type, ("value", _shape(given.value)))
            return None
        try:
            return value_of(type, given.value, self.members)
        except Refused as refused:
            self.complain(refused.kind, path, given, type, refused.choices)
            return None

    def set_of(self, type: Type, given: Given, path: str) -> Value:
        element = Type(kind="year" if type.name == YEAR_FIELD else "enum", name=type.name)
        members: dict[Any, Given] = {}
        known = self.members.get(type.name, ())
        if _shape(given.value) == "mapping":
            self.complain("wrong-shape", path, given, type, ("list", "mapping"))
            return frozenset()
        items = _items(given)
        for one in [given] if items is None else items:
            before = len(self.complaints)
            if known and len(in_one_word(one.value)) > 1 and half_width(str(one.value)) not in known:
                self.complain("not-a-member", path, one, type, known)
                continue
            member = self.value(element, one, path)
            if len(self.complaints) > before:
                continue
            if member in members:
                self.complain("repeated-member", path, one, type, first=members[member])
            members.setdefault(member, one)
        return frozenset(members)


# ---------------------------------------------------------------- shapes


def in_one_word(value: object) -> list[str]:
    """The parts of what lists several in one text: 汽车、电子."""
    return (
        [half_width(part) for part in re.split("[、,，;；/]", value) if part.strip()] if isinstance(value, str) else []
    )


def _shape(value: object) -> str:
    if isinstance(value, (Pairs, Mapping)):
        return "mapping"
    if isinstance(value, (list, tuple, Set)):
        return "list"
    return "null" if value is None else "value"


def _is_none(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip() == "无")


def _items(given: Given) -> list[Given] | None:
    value = given.value
    if isinstance(value, Set):
        value = sorted(value, key=str)
    if not isinstance(value, (list, tuple)):
        return None
    return [one if isinstance(one, Given) else Given(one) for one in value]


def _pairs(given: Given) -> tuple[tuple[Given, Given], ...] | None:
    if isinstance(given.value, Pairs):
        return given.value.items
    return tuple(_wrapped(given.value)) if isinstance(given.value, Mapping) else None


def _wrapped(mapping: Mapping[object, object]) -> Iterator[tuple[Given, Given]]:
    for key, value in mapping.items():
        yield Given(key), value if isinstance(value, Given) else Given(value)


def _name(key: Given) -> str | None:
    return _plain_name(key.value) if isinstance(key.value, str) and key.value.strip() else None


@lru_cache(maxsize=1024)
def _plain_name(text: str) -> str:
    """The same few names stand in each of many files."""
    return half_width(text)
