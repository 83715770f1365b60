"""Why no version of a policy can be picked for a day, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fayan.problems.given import tail, whole
from fayan.problems.versions import GivenTwice, NoneInForce, NotKnownInForce, NotOnePolicy
from fayan_dsl.problem import Problem, Term

if TYPE_CHECKING:
    from datetime import date

    from fayan_runtime.timeline import Pick, Version


def not_in_force(versions: Sequence[Version], pick: Pick) -> Problem | None:
    from fayan_runtime.timeline import apart

    numbers = [each.program.number for each in versions]
    twice = next((each for place, each in enumerate(versions) if each.program.number in numbers[:place]), None)
    if twice is not None:
        first = versions[numbers.index(twice.program.number)]
        source, span = whole(twice.name, twice.name)
        return GivenTwice(source=source, span=span, first=first.name, second=twice.name, number=twice.program.number)
    stranger = apart(versions)
    if stranger is not None:
        source, span = whole(stranger.name, stranger.name)
        return NotOnePolicy(source=source, span=span, number=stranger.program.number)
    if pick.version is not None:
        return None
    source, span = tail(f"--on {pick.on.isoformat()}", pick.on.isoformat())
    known = _joined([_told(each) for each in versions], "；", "; ")
    if pick.why == "none":
        return NoneInForce(source=source, span=span, day=_day(pick.on), known=known)
    why = _joined([_doubt(each) for each in pick.doubtful], "，", ", ")
    return NotKnownInForce(source=source, span=span, day=_day(pick.on), why=why, known=known)


def _told(version: Version) -> Term:
    """“甲〔2024〕1号，2024年1月1日至2024年12月31日”."""
    number, first, last = version.program.number, version.first, version.last
    zh = f"{_day(first).zh}" if first else "施行日期未见"
    en = f"from {_day(first).en}" if first else "effective date not seen"
    until = (f"至{_day(last).zh}", f" to {_day(last).en}") if last else ("起" if first else "", "")
    if last and not first:
        until = (f"，{until[0]}", f",{until[1]}")
    return Term(f"{number}，{zh}{until[0]}", f"{number}, {en}{until[1]}")


def _doubt(version: Version) -> Term:
    number = version.program.number
    if version.first is None:
        return Term(f"{number}的施行日期没有见到", f"the effective date of {number} was not seen")
    if version.end_unknown:
        return Term(f"{number}从哪天起废止没有见到", f"the day from which {number} is repealed was not seen")
    return Term(f"{number}和另一版同日施行", f"{number} took effect on the same day as another")


def _joined(terms: Sequence[Term], zh: str, en: str) -> Term:
    return Term(zh.join(each.zh for each in terms), en.join(each.en for each in terms))


def _day(day: date) -> Term:
    return Term(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
