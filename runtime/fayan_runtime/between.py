"""What stands between provisions: the reference meaning of 限额, 就高 and 扣减.

Each says, for known amounts, what is left of them. What is not known is settled in one place, ``settle``: an open item may yet
turn out to be anything between nothing and its most, and may so take from the items it shares a ceiling or the highest with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir, walk
from fayan_runtime.draft import NOTHING, Bound, Case, Draft
from fayan_runtime.interpreter import Env, evaluate, first_absent, unknown
from fayan_runtime.names import COUNTED, OWN
from fayan_runtime.values import Absent, Unknown, exact, round_to_fen

Key = tuple[Any, ...]
BOOL = ir.Type("bool")


def adjust(adjustment: ir.Ceiling | ir.Highest | ir.Deduct, drafts: Sequence[Draft], env: Env) -> None:
    if evaluate(adjustment.applies, env) is not True:
        return
    of = {each.provision.name: each for each in drafts}
    match adjustment:
        case ir.Ceiling():
            ceiling(adjustment, of, env)
        case ir.Highest():
            highest(adjustment, of, env)
        case ir.Deduct():
            deduct(adjustment, of)


def leave_open(case: Case, absent: Absent) -> None:
    item = case.item
    item.status = "unknown" if isinstance(absent, Unknown) else "error"
    item.amount, case.least = None, 0
    if isinstance(absent, Unknown):
        item.lacking |= absent.missing


# ---------------------------------------------------------------- the items an adjustment looks at


@frozen(eq=False)
class Place:
    """An item among those of an adjustment: the number of the member it comes by, and its provision.

    ``guest``: the adjustment changes nothing of it here; it only takes.
    """

    member: int
    provision: str
    case: Case
    guest: bool = False

    @property
    def day(self) -> date | None:
        """The event day; None where it is not known or there is none."""
        return self.case.day if isinstance(self.case.day, date) else None

    @property
    def year(self) -> int | Unknown | None:
        """The year of the event day; None where there is no event day."""
        if isinstance(self.case.day, Absent):
            return Unknown(NOTHING)
        day: date | None = self.case.day
        return None if day is None else day.year

    def field(self, name: str) -> object:
        """The field of the item; None where items of its kind have no such field."""
        if self.case.whole_list:
            return Unknown(NOTHING)
        _, row = self.case.env.items.get(OWN, (0, {}))
        return row.get(name)


def counted(of: dict[str, Draft], members: Iterable[tuple[int, ir.Member]]) -> list[Place]:
    """The items of numbered members; one that comes by several of them is there once, by the first."""
    found: dict[Case, Place] = {}
    for number, (name, stage) in members:
        draft = of[name]
        for case in [*draft.cases, *([draft.rest] if draft.rest else [])]:
            if stage in ("", case.item.name):
                found.setdefault(case, Place(number, name, case))
    return list(found.values())


def by_day(place: Place) -> tuple[date, int, int]:
    """In order of event days, then of members and lists. What has no known day comes first: it may come before anything."""
    return place.day or date.min, place.member, place.case.item.index


def groups(places: Sequence[Place], key: Callable[[Place], Key]) -> list[list[Place]]:
    """The items that share a key. One whose key is not wholly known is a guest in every group it may belong to."""
    keyed = [(key(place), place) for place in places]
    found = list(dict.fromkeys(each for each, _ in keyed if unknown(*each) is None))

    def fits(one: Key, other: Key) -> bool:
        return all(isinstance(a, Absent) or a == b for a, b in zip(one, other, strict=True))

    return [
        [evolve(place, guest=unknown(*each) is not None) for each, place in keyed if fits(each, group)]
        for group in found
    ]


# ---------------------------------------------------------------- what is left, and what is left at least


def settle(
    places: Sequence[Place],
    share: Callable[[list[Bound]], list[Bound]],
    rivals: Callable[[int, int], bool],
    name: str,
    line: int,
) -> None:
    """Give each item what an adjustment leaves of it.

    ``share`` says what is left of known amounts, place by place. An item gets more for more of its own, and no more for what another has
    that is one of its ``rivals(own place, other place)``. So it comes to its least where it has its own least and its rivals their
    most, and to its most the other way round.

    Its amount is what it gives for certain *together with* the other items of its provision: these are no rivals then, for what one
    of them takes from another the provision keeps. The amounts of a provision therefore sum up to the least it comes to.
    """

    def gets(one: int, at_most: Sequence[bool]) -> Any:
        has = [each.case.most if most else each.case.least for each, most in zip(places, at_most, strict=True)]
        return share(has)[one]

    found = []
    for one, place in enumerate(places):
        against = [rivals(one, other) for other in range(len(places))]
        bounds = gets(one, against), gets(one, [not rival for rival in against])
        of_others = [rival and other.provision != place.provision for rival, other in zip(against, places, strict=True)]
        doubtful = [
            each.case.item
            for each, rival in zip(places, against, strict=True)
            if rival and each.case.least != each.case.most
        ]
        found.append((bounds, gets(one, of_others), doubtful))
    for place, ((least, most), amount, doubtful) in zip(places, found, strict=True):
        case = place.case
        if place.guest:
            continue
        case.least, case.most = least, most
        if case.granted:
            case.change(amount, name, line)
            if least != most:
                case.item.lacking = case.item.lacking.union(*(each.lacking for each in doubtful))


# ---------------------------------------------------------------- ceilings


def ceiling(adjustment: ir.Ceiling, of: dict[str, Draft], env: Env) -> None:
    covers = enumerate(adjustment.covers)
    places = counted(of, [(number, member) for number, (member, when) in covers if evaluate(when, env) is True])
    if adjustment.by_date:
        places.sort(key=by_day)
    split = evaluate(adjustment.split, env) is True
    names = [name for name, condition in adjustment.keys if evaluate(condition, env) is True]

    def key(place: Place) -> Key:
        year = [place.year] if adjustment.per_year else []
        return (*year, *([place.provision] if split else []), *(place.field(name) for name in names))

    for place in places:  # where an item belongs has to be known
        absent = unknown(*key(place))
        if place.case.granted and absent is not None:
            leave_open(place.case, absent)
    for group in groups(places, key):
        fill(adjustment, group, env)


def fill(adjustment: ir.Ceiling, group: Sequence[Place], env: Env) -> None:
    """Fill the items in order until the limit is used up."""
    line = adjustment.origin.line
    cases = [place.case for place in group if place.case.granted]
    rows = tuple(case.env.items[OWN] for case in cases if OWN in case.env.items)
    limit = evaluate(adjustment.limit, evolve(env, counted=rows))
    absent = first_absent((limit,), line)
    if absent is not None:
        for case in cases:
            leave_open(case, absent)
        return
    open_cases = [place.case for place in group if place.case.open]
    if open_cases and evaluate(looks_at_counted(adjustment.limit), env) is True:
        # which items there are to count is not known, so neither is the limit
        for case in cases:
            case.least = 0
            case.change(0, adjustment.name, line)
            case.item.lacking = case.item.lacking.union(*(each.item.lacking for each in open_cases))
        return
    most = max(0, round_to_fen(exact(limit)))

    def share(amounts: list[Bound]) -> list[Bound]:
        left: Bound = most
        shares = []
        for amount in amounts:
            shares.append(min(amount, left))
            left -= shares[-1]
        return shares

    settle(group, share, lambda one, other: other < one, adjustment.name, line)


def looks_at_counted(limit: ir.Expr) -> ir.Expr:
    """Whether a limit looks at the items its ceiling counts, under the readings taken."""
    if isinstance(limit, ir.Choose):
        arms = tuple(looks_at_counted(arm) for arm in limit.arms)
        return ir.Choose(type=BOOL, reading=limit.reading, arms=arms)
    return ir.Const(type=BOOL, value=_reads_counted(limit))


def _reads_counted(limit: ir.Expr) -> bool:
    return any(isinstance(each, ir.Query) and each.list == COUNTED for each in walk.inside(limit))


# ---------------------------------------------------------------- the highest, deductions


def highest(adjustment: ir.Highest, of: dict[str, Draft], env: Env) -> None:
    places = sorted(counted(of, enumerate(adjustment.members)), key=by_day)
    line = adjustment.origin.line
    if adjustment.mode == "cumulative":
        received: Any = 0 if adjustment.received is None else evaluate(adjustment.received, env)
        absent = first_absent((received,), line)
        if absent is not None:
            for place in places:
                if place.case.granted:
                    leave_open(place.case, absent)
            return
        settle(
            places,
            partial(up_to_the_highest, top=max(0, round_to_fen(exact(received)))),
            lambda one, other: other < one,
            "就高",
            line,
        )
        return
    for group in groups(places, lambda place: (place.year,)):
        settle(group, only_the_highest, lambda one, other: other != one, "就高", line)


def up_to_the_highest(amounts: list[Bound], top: Bound) -> list[Bound]:
    shares: list[Bound] = []
    for amount in amounts:
        shares.append(amount - top if amount > top else 0)
        top = max(top, amount)
    return shares


def only_the_highest(amounts: list[Bound]) -> list[Bound]:
    paying = amounts.index(max(amounts))
    return [amount if place == paying else 0 for place, amount in enumerate(amounts)]


def deduct(adjustment: ir.Deduct, of: dict[str, Draft]) -> None:
    less = [evolve(place, guest=True) for place in counted(of, ((0, (name, "")) for name in adjustment.less))]

    def share(amounts: list[Bound]) -> list[Bound]:
        left, shares = sum(amounts[: len(less)]), []
        for amount in amounts[len(less) :]:
            off = min(amount, left)
            shares.append(amount - off if amount > off else 0)
            left = left - off if left > off else 0
        return [*amounts[: len(less)], *shares]

    places = [*less, *counted(of, [(0, (adjustment.member, ""))])]
    settle(places, share, lambda one, other: other < len(less) <= one, "扣减", adjustment.origin.line)
