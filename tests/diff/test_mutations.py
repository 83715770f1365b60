"""Every verdict on a mutated reference policy against enterprises tried by force, on every threshold of both versions.

What an enterprise shows no verdict may rule out; every witness is decided again by the whole of both policies, as ``fayan eval`` would; a
rewriting that is equal by the way it was made is proved the same, never left undecided.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest

from fayan.errors import PolicyError
from fayan.policy import Policy, load, loads
from fayan_compiler.diff import meaning
from fayan_compiler.diff.meaning import BOUND
from fayan_compiler.diff.versions import compare_versions
from fayan_compiler.examples import compile_examples
from fayan_compiler.targets.smt import normal
from fayan_compiler.targets.smt.terms import FALSE
from fayan_runtime.comparison import Comparison
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.values import Absent
from fayan_runtime.verdicts import Verdict, Witness
from tests.diff.by_force import Enterprise, Thresholds, contradicted, differs, enterprises, grid
from tests.diff.mutations import Mutation, mutations, without_examples
from tests.places import POLICIES

PATH = POLICIES / "yubei_2024.pol"
SEED = 2024
#: The policies are loaded once: all of these tests run in one process.
pytestmark = pytest.mark.xdist_group("mutations")


@cache
def old() -> Policy:
    return load(PATH)


@cache
def bases() -> list[Enterprise]:
    return enterprises(old().program, compile_examples(old().tree, old().program)[0], BOUND)


def some(count: int, seed: int) -> list[tuple[Mutation, Policy]]:
    """The first ones that can be read."""
    found: list[tuple[Mutation, Policy]] = []
    for each in mutations(PATH.read_text("utf-8"), seed):
        try:
            found.append((each, loads(each.text, str(PATH))))
        except PolicyError:
            continue
        if len(found) == count:
            break
    return found


# ---------------------------------------------------------------- what is wrong with a comparison
def wrong(mutation: Mutation, new: Policy, most: int, seed: int) -> list[str]:
    comparison = compare_versions(old().program, new.program)
    found = [
        f"{each.provision} {each.readings}: replay"
        for each in comparison.verdicts
        if each.why in ("replay", "unsupported")
    ]
    if mutation.equal:
        found += [
            f"{each.provision} {each.readings}: not the same, {each.who} {each.how_much} {each.why}"
            for each in comparison.verdicts
            if not each.same
        ]
    for verdict in comparison.verdicts:
        found += [
            f"{verdict.provision} {verdict.readings}: {each}"
            for each in map(Replayed(verdict, new), verdict.witnesses)
            if each
        ]
    return [*found, *by_force(mutation, comparison, new, most, seed)]


class Replayed:
    """What is wrong with the witnesses of a verdict, when the whole policies are asked."""

    def __init__(self, verdict: Verdict, new: Policy) -> None:
        self.verdict, self.new = verdict, new

    def __call__(self, witness: Witness) -> str:
        verdict, decided = self.verdict, []
        for policy, name in ((old(), verdict.old), (self.new, verdict.provision)):
            if name not in {each.name for each in policy.program.provisions}:
                return ""
            readings = dict(verdict.readings)
            decision = policy.decide(witness.facts, witness.on, readings, reasons=False)
            decided.append(next(each for each in decision.outcome.provisions() if each.name == name))
        shown = differs(*decided)
        return "" if shown == witness.shows else f"the witness shows {shown}, not {witness.shows}: {witness.facts}"


def by_force(mutation: Mutation, comparison: Comparison, new: Policy, most: int, seed: int) -> list[str]:
    before, after = old(), new
    where = measures_touched(before, mutation.text)
    chosen = [each for each in bases() if where is None or each.about & where]
    if mutation.kind in ("rule renamed", "measure moved"):  # payments are named after rules and measures
        chosen = [each for each in chosen if not each.facts.scopes[ENTERPRISE]["已兑付"]]
    # when one version begins is told with the header
    in_force = max(each.program.effective or date.min for each in (before, after))
    chosen = [each for each in chosen if each.on >= in_force]
    tried = [each for each in grid(chosen, before.program, after.program, most, seed) if each.on >= in_force]
    verdicts: dict[tuple[tuple[str, str], ...], list[Verdict]] = {}
    for verdict in comparison.verdicts:
        verdicts.setdefault(verdict.readings, []).append(verdict)
    found = []
    told_apart = Thresholds.changed(before.program, after.program).readings
    for number, (reading, under) in enumerate(verdicts.items()):
        readings = [choice(policy, reading) for policy in (before, after)]
        for each in tried if not reading or told_apart & {*dict(reading)} else tried[number :: len(verdicts)]:
            one, other = (
                {
                    made.name: made
                    for made in policy.closure.decide(each.facts, each.on, chosen, None, False).provisions()
                }
                for policy, chosen in zip((before, after), readings, strict=True)
            )
            for verdict in under:
                if verdict.old in one and verdict.provision in other:
                    shown = differs(one[verdict.old], other[verdict.provision])
                    if shown and contradicted(verdict, shown):
                        found.append(
                            f"{verdict.provision} {reading}: {verdict.who} {verdict.how_much}, but {shown}: {known(each)}"
                        )
    return [*found, *in_any_reading(comparison, new, tried, seed)]


def in_any_reading(comparison: Comparison, new: Policy, tried: list[Enterprise], seed: int) -> list[str]:
    """Rules that are the same by every verdict differ under no readings whatever, all of them drawn by chance."""
    random = Random(seed)
    others = {each.provision for each in comparison.verdicts if not each.same}
    same = {each.provision: each.old for each in comparison.verdicts if each.provision not in others}
    options = {each.id: [option for option, _ in each.options] for each in new.program.readings if each.options}
    found = []
    for each in tried[::3]:
        drawn = tuple((id, random.choice(of)) for id, of in options.items())
        one, other = (
            {
                made.name: made
                for made in policy.closure.decide(each.facts, each.on, choice(policy, drawn), None, False).provisions()
            }
            for policy in (old(), new)
        )
        for name, before in same.items():
            shown = differs(one[before], other[name]) if before in one and name in other else None
            if shown:
                found.append(f"{name}: the same, but {shown} under {drawn}: {known(each)}")
    return found


def choice(policy: Policy, readings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    default = {each.id: each.options[0][0] for each in policy.program.readings if each.options}
    return default | {id: option for id, option in readings if id in default}


def measures_touched(before: Policy, text: str) -> set[int] | None:
    """The measure in which the two texts differ; None where it may be any."""
    sides = [re.split(r"(?m)^(?=措施 |章 |附 )", each) for each in (without_examples(PATH.read_text("utf-8")), text)]
    if len(sides[0]) != len(sides[1]):
        return None
    apart = [one for one, other in zip(*sides, strict=True) if one != other]
    numbers = [re.match(r"措施 (\d+) ", each) for each in apart]
    return None if len(apart) != 1 or not numbers[0] else {int(numbers[0][1])}


def known(each: Enterprise) -> dict[str, Any]:
    return {name: value for name, value in each.facts.scopes[ENTERPRISE].items() if not isinstance(value, Absent)} | {
        "on": each.on
    }


# ---------------------------------------------------------------- held
@cache
def twenty() -> list[tuple[Mutation, Policy]]:
    """One of each kind."""
    return some(20, SEED)


@pytest.mark.parametrize("number", range(20))
def test_verdicts(number: int) -> None:
    mutation, new = twenty()[number]
    assert wrong(mutation, new, 8, SEED) == [], mutation.what


@pytest.mark.soak
def test_three_hundred_mutations() -> None:
    found = {}
    for mutation, new in some(300, SEED):
        if complaints := wrong(mutation, new, 150, SEED):
            found[mutation.kind, mutation.what] = complaints
    assert found == {}


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "what reaches and what exceeds are one": (normal, "_TURNED", {"<": ">", "<=": ">=", ">=": ">"}),
    "not is forgotten": (normal, "_OPPOSITE", {each: each for each in normal._OPPOSITE}),
    "no amount is more than another": (meaning, "_exceeds", lambda one, other: FALSE),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, instead = FAULTS[fault]
    monkeypatch.setattr(module, name, instead)
    some_of_each = [twenty()[number] for number in (0, 1, 6)]  # the last one is of amounts
    assert any(wrong(mutation, new, 8, SEED) for mutation, new in some_of_each)
