"""What stands between items once each has its amount: ceilings, the higher of several, deductions, payments already made.

Written apart from ``fayan_runtime.reference``, which defines the meaning, and for speed: where everything is known, which is
nearly always, items are grouped by a dictionary and nothing is merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from attrs import define

from fayan_compiler.targets.support import ABSENT, all_hold, first_absent
from fayan_runtime.decision import Amount, Item
from fayan_runtime.outcome import Payment
from fayan_runtime.values import Failed, Unknown, exact, round_to_fen

#: A function of the generated module.
Generated = Callable[..., Any]
Row = dict[str, Any]
NOWHERE = Unknown(frozenset())


class Case:
    """An item with its event day as computed, its position and row. ``sure``: nothing open could still change its amount."""

    __slots__ = ("day", "index", "item", "row", "sure")

    def __init__(self, item: Item, day: Any, index: int, row: Row | None) -> None:
        self.item = item
        self.day = day
        self.index = index
        self.row = row
        self.sure = True

    def settled(self) -> bool:
        return self.sure and self.item.status not in ("unknown", "error")

    def set(self, amount: Amount, name: str, line: int) -> None:
        item = self.item
        if amount != item.amount:
            item.steps.append((name, item.amount or 0, amount, line))
            item.amount = amount


#: The items of a provision by name; None where the list they are in is not known.
Cases = dict[str, list[Case] | None]
#: Number and provision of the member, and its item (None: an item nobody knows of yet).
Place = tuple[int, str, Case | None]


def leave_open(item: Item, absent: Any) -> None:
    item.amount = None
    if absent.__class__ is Unknown:
        item.status = "unknown"
        item.missing |= absent.missing
    else:
        item.status = "error"


def _places(cases: Cases, members: Iterable[tuple[str, str]]) -> list[Place]:
    places: list[Place] = []
    for number, (name, stage) in enumerate(members):
        of = cases[name]
        if of is None:
            places.append((number, name, None))
        else:
            places += [(number, name, case) for case in of if not stage or case.item.name == stage]
    return places


def _by_day(place: Place) -> tuple[date, int, int]:
    number, _, case = place
    if case is None:
        return date.min, number, 0
    return case.item.date or date.min, number, case.item.index


def _year(case: Case | None) -> Any:
    if case is None or case.day.__class__ in ABSENT:
        return NOWHERE
    return None if case.day is None else case.day.year


def _group(keyed: Sequence[tuple[tuple[Any, ...], Place]]) -> Iterable[list[Place]]:
    """The places by key, one group for each key of a granted item. A place whose key is partly unknown is in all it may belong to."""
    found: dict[tuple[Any, ...], list[Place]] = {
        key: [] for key, (_, _, case) in keyed if case is not None and case.item.status == "granted"
    }
    for key, place in keyed:
        if key in found:
            found[key].append(place)
        elif any(part.__class__ in ABSENT for part in key):
            for other, group in found.items():
                if all(a.__class__ in ABSENT or a == b for a, b in zip(key, other, strict=True)):
                    group.append(place)
    return found.values()


def _any_granted(cases: Cases, names: Iterable[str]) -> bool:
    return any(case.item.status == "granted" for name in names for case in cases[name] or ())


def _granted(places: Iterable[Place]) -> list[Case]:
    return [case for _, _, case in places if case is not None and case.item.status == "granted"]


@define
class Ceiling:
    name: str
    line: int
    per_year: bool
    by_date: bool
    covers: Sequence[tuple[str, str, Generated]]
    keys: Sequence[tuple[str, Generated]]
    split: Generated
    limit: Generated
    reads_items: bool

    def run(self, c: Any, cases: Cases) -> None:
        members = [(name, stage) for name, stage, when in self.covers if when(c) is True]
        if self._leaves_all(c, [cases[name] for name, _ in members]):
            return
        places = _places(cases, members)
        if self.by_date:
            places.sort(key=_by_day)
        split = self.split(c) is True
        fields = [name for name, when in self.keys if when(c) is True]
        keyed: list[tuple[tuple[Any, ...], Place]] = []
        for place in places:
            _, name, case = place
            key: tuple[Any, ...] = (_year(case),) if self.per_year else ()
            if split:
                key += (name,)
            for each in fields:
                key += (NOWHERE if case is None else None if case.row is None else case.row.get(each),)
            keyed.append((key, place))
            if case is not None and case.item.status == "granted":
                absent = first_absent([part for part in key if part.__class__ is Unknown])
                if absent is not None:
                    leave_open(case.item, absent)
        for group in _group(keyed):
            self._fill(c, group)

    def _leaves_all(self, c: Any, members: Sequence[list[Case] | None]) -> bool:
        """Whether there is plainly nothing to do: nothing granted, or all of it settled and together within the limit."""
        total: Amount = 0
        plain = not (self.keys or self.reads_items)
        granted = False
        for of in members:
            if of is None:
                plain = False
                continue
            for case in of:
                if case.item.status == "granted":
                    granted = True
                    amount = case.item.amount or 0
                    plain = plain and case.sure and amount >= 0
                    total += amount
                elif not case.settled():
                    plain = False
        if not granted:
            return True
        limit = self.limit(c, ()) if plain else None
        return limit.__class__ is int and total <= limit

    def _fill(self, c: Any, group: Sequence[Place]) -> None:
        granted = _granted(group)
        counted = [(case.index, case.row) for case in granted if case.row is not None]
        limit = self.limit(c, counted)
        if limit is None or limit.__class__ in ABSENT:
            for case in granted:
                leave_open(case.item, Failed("no-value", self.line) if limit is None else limit)
            return
        left = max(0, round_to_fen(exact(limit)))
        sure = not self.reads_items or all(case is not None and case.settled() for _, _, case in group)
        for _, _, place in group:
            sure = sure and place is not None and place.settled()
            if place is not None and place.item.status == "granted":
                place.sure = sure
                amount = min(place.item.amount or 0, left)
                place.set(amount, self.name, self.line)
                left -= amount


@define
class Highest:
    line: int
    members: Sequence[tuple[str, str]]
    yearly: bool

    def run(self, c: Any, cases: Cases) -> None:
        if not _any_granted(cases, [name for name, _ in self.members]):
            return
        places = sorted(_places(cases, self.members), key=_by_day)
        if self.yearly:
            for group in _group([((_year(place[2]),), place) for place in places]):
                self._one_pays(group)
            return
        top: Amount = 0
        sure = True
        for _, _, case in places:
            sure = sure and case is not None and case.settled()
            if case is not None and case.item.status == "granted":
                amount = case.item.amount or 0
                case.sure = sure
                case.set(amount - top if amount > top else 0, "就高", self.line)
                top = max(top, amount)

    def _one_pays(self, group: Sequence[Place]) -> None:
        sure = all(case is not None and case.settled() for _, _, case in group)
        granted = _granted(group)
        paying = max(granted, key=lambda each: each.item.amount or 0)
        for each in granted:
            each.sure = sure
            if each is not paying:
                each.set(0, "就高", self.line)


@define
class Deduct:
    line: int
    member: str
    less: Sequence[str]

    def run(self, c: Any, cases: Cases) -> None:
        if not _any_granted(cases, [self.member]):
            return
        less = _places(cases, [(name, "") for name in self.less])
        left = sum((case.item.amount or 0) for case in _granted(less))
        sure = all(case is not None and case.settled() for _, _, case in less)
        for case in cases[self.member] or ():
            sure = sure and case.settled()
            if case.item.status == "granted":
                case.sure = sure
                before = case.item.amount or 0
                part = min(before, left)
                case.set(before - part, "扣减", self.line)
                left -= part


# ---------------------------------------------------------------- what was paid


class Payable:
    """A provision whose items are paid out. ``grain``: what items and payments must share: date, month or year."""

    __slots__ = ("cases", "grain", "measure", "name")

    def __init__(self, measure: int, name: str, grain: str, cases: list[Case] | None) -> None:
        self.measure = measure
        self.name = name
        self.grain = grain
        self.cases = cases


@define
class Offset:
    """``counts`` says whether a payment (context, position, row) counts."""

    payments: str
    counts: Generated

    def run(self, c: Any, payable: Iterable[Payable], rows: Any) -> Sequence[Payment]:
        """Set the payments off; those that meet no item."""
        if rows.__class__ is Unknown:
            for each in payable:
                for case in each.cases or ():
                    pay(case.item, rows)
            return []
        met: set[int] = set()
        known: dict[tuple[Any, Any], list[tuple[int, Row, Any]]] = {}
        vague: list[tuple[int, Row]] = []
        for index, row in enumerate(rows):
            key = row["措施"], row["事项"]
            if key[0].__class__ is Unknown or key[1].__class__ is Unknown:
                vague.append((index, row))
            else:
                known.setdefault(key, []).append((index, row, True))
        for each in payable:
            found = known.get((each.measure, each.name), [])
            for index, row in vague:
                names = all_hold((row["措施"] == each.measure, row["事项"] == each.name))
                if names is not False:
                    found = [*found, (index, row, names)]
            if each.cases is None:
                met.update(index for index, _, _ in found)
            elif not found:
                for case in each.cases:
                    pay(case.item, 0)
            elif each.cases:
                self._share(c, each, found, met)
        return [Payment(index, row) for index, row in enumerate(rows) if index not in met]

    def _share(self, c: Any, payable: Payable, found: list[tuple[int, Row, Any]], met: set[int]) -> None:
        events: dict[Any, list[Case]] = {}
        for case in payable.cases or ():
            key = _event(payable.grain, case.day)
            events.setdefault(case if key.__class__ in ABSENT else (key,), []).append(case)
        for event, cases in events.items():
            left: Any = 0
            for index, row, names in found:
                meets = names if event == (None,) else all_hold((names, self._same(payable.grain, row["日期"], event)))
                if meets is False:
                    continue
                met.add(index)
                counting = all_hold((meets, self.counts(c, index, row)))
                if counting is not False:
                    left = left + (row["金额"] if counting is True else counting)
            for case in cases:
                if left.__class__ in ABSENT:
                    pay(case.item, left)
                    continue
                part = left if case is cases[-1] else max(0, min(left, case.item.amount or 0))
                pay(case.item, part)
                left -= part

    @staticmethod
    def _same(grain: str, paid_for: Any, event: Any) -> Any:
        if event.__class__ is Case:
            return NOWHERE
        key = _event(grain, paid_for)
        return key if key.__class__ in ABSENT else (key,) == event


def pay(item: Item, paid: Any) -> None:
    """Note what was paid for an item. Where that is not known, neither is what a granted item still pays."""
    known = paid.__class__ not in ABSENT
    item.paid = paid if known else None
    if item.status == "granted":
        item.payable = max(0, (item.amount or 0) - paid) if known else None
        if paid.__class__ is Unknown:
            item.missing |= paid.missing
    elif item.amount is not None:
        item.payable = 0


def _event(grain: str, day: Any) -> Any:
    if day is None or day.__class__ in ABSENT or grain == "date":
        return day
    return day.year if grain == "year" else (day.year, day.month)
