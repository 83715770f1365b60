"""A document that takes the place of another begins later: what happened before is still the older one's, and nobody loses it.

Where that is so, rules are compared by what happened since, as if the older document covered nothing before that day either. A verdict is
changed only where both texts themselves give what its witnesses show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve

from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.choices import Choices
from fayan_compiler.diff.replay import Replay, Version
from fayan_runtime import ir
from fayan_runtime.timeline import ONE, event_days, versions_of
from fayan_runtime.verdicts import Verdict, Witness

Compare = Callable[[ir.Program, ir.Program, Sequence[Pair[ir.Provision]]], Sequence[Verdict]]


def compare_since(
    old: ir.Program, new: ir.Program, pairs: Sequence[Pair[ir.Provision]], verdicts: Sequence[Verdict], compare: Compare
) -> tuple[Verdict, ...]:
    """The verdicts, with those in the place of which stands what holds of events since the newer document covers them."""
    by_name = {pair.new.name: pair for pair in pairs if pair.old is not None and pair.new is not None}
    apart = {each.provision for each in verdicts if _worse(each)}
    days = {
        name: day for name, pair in by_name.items() if name in apart and (day := _since(old, new, pair)) is not None
    }
    if not days:
        return tuple(verdicts)
    begun = {pair.old.name: _from(pair.old, days[name]) for name, pair in by_name.items() if name in days and pair.old}
    later = evolve(old, provisions=tuple(begun.get(each.name, each) for each in old.provisions))
    again = [Pair(begun[pair.old.name], pair.new) for name, pair in by_name.items() if name in days and pair.old]
    found = {(each.provision, each.readings): each for each in compare(later, new, again)}

    def told(verdict: Verdict) -> Verdict:
        other = found.get((verdict.provision, verdict.readings))
        pair = by_name.get(verdict.provision)
        if other is None or pair is None or other.why or verdict.why or not _worse(verdict):
            return verdict
        day = days[verdict.provision]
        alike = (other.who, other.how_much) == (verdict.who, verdict.how_much)
        if alike or _since(old, new, pair, verdict.readings) != day:
            return verdict
        if other.same:  # only the beginning is another
            return evolve(verdict, since=day, taken_over=True)
        witnesses = _shown(old, new, pair, other)
        return verdict if witnesses is None else evolve(other, witnesses=witnesses, since=day)

    return tuple(map(told, verdicts))


def _worse(verdict: Verdict) -> bool:
    return bool({verdict.who, verdict.how_much} & {"narrower", "less", "incomparable"})


def _since(
    old: ir.Program, new: ir.Program, pair: Pair[ir.Provision], readings: tuple[tuple[str, str], ...] = ()
) -> date | None:
    """The day from which on the newer rule covers what happens, where the older covers what happened up to it, and still does."""
    before, now = pair.old, pair.new
    if before is None or now is None or before.on is None or now.on is None:
        return None
    former, latter = sorted(versions_of([(old, ""), (new, "")]), key=lambda each: each.program is new)
    if former not in latter.follows or former.first is None or former.end_unknown:
        return None
    covered, ours = (
        event_days(program, rule, _chosen(program, readings)) for program, rule in ((old, before), (new, now))
    )
    begins = ours.first
    if begins is None or (covered.first is not None and covered.first >= begins):
        return None
    ends = [each for each in (covered.last, former.last) if each is not None]
    return begins if all(each + ONE >= begins for each in ends) else None


def _chosen(program: ir.Program, readings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    chosen = dict(readings)
    return {each.id: chosen.get(each.id, each.options[0][0]) for each in program.readings if each.uncomputed is None}


def _from(rule: ir.Provision, day: date) -> ir.Provision:
    start = ir.Const(type=ir.Type("date"), value=day)
    return evolve(rule, periods=(*rule.periods, ir.Period(start=start, end=None)))


def _shown(old: ir.Program, new: ir.Program, pair: Pair[ir.Provision], verdict: Verdict) -> tuple[Witness, ...] | None:
    """The witnesses as the texts themselves decide them; None where they do not show it."""
    choice = Choices((old, new)).choice(verdict.readings)
    replay = Replay(Version(old, new), Version(new, old), pair, (choice.old, choice.new))
    found = [replay.run(each.shows, each.facts, each.on) for each in verdict.witnesses]
    return tuple(each for each in found if each is not None) if all(found) else None
