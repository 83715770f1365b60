"""What stands between items once each has its amount: ceilings, the higher of several, deductions, payments already made.

Written apart from ``fayan_runtime.between`` and ``payments``, which define the meaning, and for speed: where everything is known,
which is nearly always, items are grouped by a dictionary and only amounts are computed; else the least and the most of each item in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import inf
from typing import Any

from attrs import define

from fayan_compiler.targets.python.support import ABSENT, all_hold, first_absent
from fayan_runtime.decision import Amount, Item
from fayan_runtime.outcome import Payment
from fayan_runtime.values import Failed, Path, Unknown, exact, round_to_fen

#: A function of the generated module.
Generated = Callable[..., Any]
Row = dict[str, Any]
NOTHING: frozenset[Path] = frozenset()
NOWHERE = Unknown(NOTHING)
OPEN = ("unknown", "error")
#: An amount, or ``inf`` where nothing known bounds it; it is only ever compared.
Bound = Amount | float
Bounds = tuple[Amount, Bound]


class Case:
    """An item with its event day as computed, its position and row.

    ``bounds``: the least and the most it can come to; None where both are its amount. ``whole_list``: it stands for the items of
    a list that is not known.
    """

    __slots__ = ("bounds", "day", "index", "item", "row", "whole_list")

    def __init__(self, item: Item, day: Any, index: int, row: Row | None, bounds: Bounds | None = None) -> None:
        self.item = item
        self.day = day
        self.index = index
        self.row = row
        self.bounds = bounds
        self.whole_list = False

    @classmethod
    def of_list(cls, missing: frozenset[Path]) -> Case:
        case = cls(Item("", "", 0, None, "unknown", lacking=missing), NOWHERE, 0, None, (0, inf))
        case.whole_list = True
        return case

    def least(self) -> Amount:
        return self.item.amount or 0 if self.bounds is None else self.bounds[0]

    def most(self) -> Bound:
        return self.item.amount or 0 if self.bounds is None else self.bounds[1]

    def bound(self, least: Amount, most: Bound) -> None:
        """Keep the bounds; an open item is never settled, even where it can come to nothing only."""
        self.bounds = None if least == most and self.item.status == "granted" else (least, most)

    def leave_open(self, absent: Any) -> None:
        item = self.item
        self.bounds = 0, self.most()
        item.amount = None
        if absent.__class__ is Unknown:
            item.status = "unknown"
            item.lacking |= absent.missing
        else:
            item.status = "error"

    def set(self, amount: Amount, name: str, line: int) -> None:
        item = self.item
        if amount != item.amount:
            item.steps.append((name, item.amount or 0, amount, line))
            item.amount = amount


#: The items of each provision by name.
Cases = dict[str, list[Case]]
#: Number and provision of the member, and its item.
Place = tuple[int, str, Case]
#: A place, and whether the adjustment changes nothing of it here, so that it only takes.
Member = tuple[Place, bool]


def _places(cases: Cases, members: Iterable[tuple[int, str, str]]) -> list[Place]:
    """The items of numbered members, each once."""
    places: list[Place] = []
    seen: set[int] = set()
    for number, name, stage in members:
        for case in cases[name]:
            if (not stage or case.item.name == stage) and id(case) not in seen:
                seen.add(id(case))
                places.append((number, name, case))
    return places


def _by_day(place: Place) -> tuple[date, int, int]:
    number, _, case = place
    return case.item.date or date.min, number, case.item.index


def _year(case: Case) -> Any:
    if case.day.__class__ in ABSENT:
        return NOWHERE
    return None if case.day is None else case.day.year


def _group(keyed: Sequence[tuple[tuple[Any, ...], Place]]) -> Iterable[list[Member]]:
    """The places by key. One whose key is partly unknown is a guest in all groups it may belong to."""
    vague = [any(part.__class__ in ABSENT for part in key) for key, _ in keyed]
    found: dict[tuple[Any, ...], list[Member]] = {
        key: [] for (key, _), guest in zip(keyed, vague, strict=True) if not guest
    }
    for (key, place), guest in zip(keyed, vague, strict=True):
        if not guest:
            found[key].append((place, False))
            continue
        for other, group in found.items():
            if all(a.__class__ in ABSENT or a == b for a, b in zip(key, other, strict=True)):
                group.append((place, True))
    return found.values()


def _idle(cases: Cases, names: Iterable[str]) -> bool:
    """Whether there is nothing to change: nothing granted and nothing that may yet be."""
    return not any(case.item.status == "granted" or case.bounds is not None for name in names for case in cases[name])


def _doubtful(group: Iterable[Member]) -> bool:
    return any(case.bounds is not None for (_, _, case), _ in group)


def _known(group: Iterable[Member]) -> list[Case]:
    return [case for (_, _, case), _ in group if case.item.status == "granted"]


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
    reads_items: Generated

    def run(self, c: Any, cases: Cases) -> None:
        members = [(number, name, stage) for number, (name, stage, when) in enumerate(self.covers) if when(c) is True]
        if self._leaves_all(c, [cases[name] for _, name, _ in members]):
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
                key += (NOWHERE if case.whole_list else None if case.row is None else case.row.get(each),)
            keyed.append((key, place))
            if case.item.status == "granted":
                absent = first_absent([part for part in key if part.__class__ is Unknown])
                if absent is not None:
                    case.leave_open(absent)
        for group in _group(keyed):
            self._fill(c, group)

    def _leaves_all(self, c: Any, members: Sequence[list[Case]]) -> bool:
        """Whether there is plainly nothing to do: nothing granted, or all of it settled and together within the limit."""
        total: Amount = 0
        granted = False
        for of in members:
            for case in of:
                if case.bounds is not None:
                    return False
                if case.item.status == "granted":
                    granted = True
                    total += case.item.amount or 0
        if not granted:
            return True
        if self.keys or self.reads_items(c):
            return False
        limit = self.limit(c, ())
        return limit.__class__ is int and total <= limit

    def _fill(self, c: Any, group: Sequence[Member]) -> None:
        granted = _known(group)
        limit = self.limit(c, [(case.index, case.row) for case in granted if case.row is not None])
        if limit is None or limit.__class__ in ABSENT:
            for case in granted:
                case.leave_open(Failed("no-value", self.line) if limit is None else limit)
            return
        most = max(0, round_to_fen(exact(limit)))
        if not _doubtful(group):
            for case in granted:
                amount = min(case.item.amount or 0, most)
                case.set(amount, self.name, self.line)
                most -= amount
        elif self.reads_items(c) and any(case.item.status in OPEN for (_, _, case), _ in group):
            missing = [case.item.lacking for (_, _, case), _ in group if case.item.status in OPEN]
            for case in granted:
                case.bounds = 0, case.most()
                case.set(0, self.name, self.line)
                case.item.lacking = case.item.lacking.union(*missing)
        else:
            self._fill_at_least(group, most)

    def _fill_at_least(self, group: Sequence[Member], limit: Amount) -> None:
        """What an item leaves room for: at least, at most, and for the sum of its provision."""
        least_before: Amount = 0
        most_before: Bound = 0
        least_of: dict[str, Amount] = {}
        most_of: dict[str, Bound] = {}
        missing: frozenset[Path] = NOTHING
        for (_, name, case), guest in group:
            least, most = case.least(), case.most()
            if not guest:
                others = sum(each for of, each in most_of.items() if of != name) + least_of.get(name, 0)
                amount = min(least, limit - others if limit > others else 0)
                low = min(least, limit - most_before if limit > most_before else 0)
                high = min(most, limit - least_before if limit > least_before else 0)
                _conclude(case, low, high, amount, missing, self.name, self.line)
            if least != most:
                missing |= case.item.lacking
            least_before += least
            most_before += most
            least_of[name] = least_of.get(name, 0) + least
            most_of[name] = most_of.get(name, 0) + most


def _conclude(case: Case, least: Any, most: Bound, amount: Any, missing: frozenset[Path], name: str, line: int) -> None:
    """Note what is left of an item: at least, at most, and what counts for the sum of its provision."""
    if case.item.status == "granted":
        case.set(amount, name, line)
        if least != most:
            case.item.lacking |= missing
    if case.bounds is not None or least != most:
        case.bound(least, most)


@define
class Highest:
    line: int
    members: Sequence[tuple[str, str]]
    yearly: bool
    received: Generated | None

    def run(self, c: Any, cases: Cases) -> None:
        if _idle(cases, [name for name, _ in self.members]):
            return
        members = [(number, name, stage) for number, (name, stage) in enumerate(self.members)]
        places = sorted(_places(cases, members), key=_by_day)
        if self.yearly:
            for group in _group([((_year(place[2]),), place) for place in places]):
                self._one_pays(group)
            return
        received: Any = 0 if self.received is None else self.received(c)
        if received is None or received.__class__ in ABSENT:
            for _, _, case in places:
                if case.item.status == "granted":
                    case.leave_open(Failed("no-value", self.line) if received is None else received)
            return
        received = max(0, round_to_fen(exact(received)))
        least_top: Amount = received
        most_top: Bound = received
        least_of: dict[str, Amount] = {}
        most_of: dict[str, Bound] = {}
        missing: frozenset[Path] = NOTHING
        for _, name, case in places:
            least, most = case.least(), case.most()
            others = max([each for of, each in most_of.items() if of != name], default=received)
            top = max(received, others, least_of.get(name, 0))
            _conclude(
                case, _above(least, most_top), _above(most, least_top), _above(least, top), missing, "就高", self.line
            )
            if least != most:
                missing |= case.item.lacking
            least_top, most_top = max(least_top, least), max(most_top, most)
            least_of[name] = max(least_of.get(name, 0), least)
            most_of[name] = max(most_of.get(name, 0), most)

    def _one_pays(self, group: Sequence[Member]) -> None:
        if not _doubtful(group):
            granted = _known(group)
            paying = max(granted, key=lambda each: each.item.amount or 0, default=None)
            for each in granted:
                if each is not paying:
                    each.set(0, "就高", self.line)
            return
        bounds = [(case.least(), case.most(), name) for (_, name, case), _ in group]
        lacking = [case.item.lacking for (_, _, case), _ in group]
        for place, ((_, name, case), guest) in enumerate(group):
            if guest:
                continue

            def wins(own: Bound, others: Sequence[Bound], place: int = place) -> bool:
                return all(
                    own > other if at < place else own >= other for at, other in enumerate(others) if at != place
                )

            least, most, _ = bounds[place]
            low = least if wins(least, [high for _, high, _ in bounds]) else 0
            high = most if wins(most, [low for low, _, _ in bounds]) else 0
            amount = least if wins(least, [low if of == name else high for low, high, of in bounds]) else 0
            doubts = [
                missing
                for at, ((one, other, _), missing) in enumerate(zip(bounds, lacking, strict=True))
                if at != place and one != other
            ]
            _conclude(case, low, high, amount, NOTHING.union(*doubts), "就高", self.line)


def _above(amount: Bound, top: Bound) -> Bound:
    return amount - top if amount > top else 0


@define
class Deduct:
    line: int
    member: str
    less: Sequence[str]

    def run(self, c: Any, cases: Cases) -> None:
        if _idle(cases, [self.member]):
            return
        less = _places(cases, [(0, name, "") for name in self.less])
        least_left: Bound = sum(case.most() for _, _, case in less)
        most_left: Bound = sum(case.least() for _, _, case in less)
        doubts = NOTHING.union(*[case.item.lacking for _, _, case in less if case.least() != case.most()])
        for case in cases[self.member]:
            least, most = case.least(), case.most()
            low, high = _above(least, least_left), _above(most, most_left)
            _conclude(case, low, high, low, doubts, "扣减", self.line)
            least_left, most_left = _above(least_left, least), _above(most_left, most)


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
            cases.sort(key=lambda case: case.item.status in OPEN)
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
            item.lacking |= paid.missing
    elif item.amount is not None:
        item.payable = 0


def _event(grain: str, day: Any) -> Any:
    if day is None or day.__class__ in ABSENT or grain == "date":
        return day
    return day.year if grain == "year" else (day.year, day.month)
