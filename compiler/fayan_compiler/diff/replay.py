"""Facts that are found run on both versions: compiled, to try them; then by the reference, which is what a verdict stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from attrs import define, evolve, field

from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.members import Words
from fayan_compiler.targets.python.closure import Closure, compile_closure
from fayan_compiler.targets.smt.slices import concerning, names_of
from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, Reason
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.outcome import Outcome
from fayan_runtime.read import read
from fayan_runtime.reference import decide
from fayan_runtime.values import Facts
from fayan_runtime.verdicts import Plain, Result, Shows, Witness

UNTOLD = ("unknown", "unreadable")
ENTITLED = ("granted", "discretionary", "duty", "duty_met", "target_met")


@define(eq=False)
class Version:
    """One side: the program, compiled to try facts on, and for each rule asked for only as much of it as decides the rule."""

    program: ir.Program
    #: The version it stands beside.
    other: ir.Program
    words: Words = field(init=False)
    #: Of each scope the facts it knows, with the fields of lists.
    _declared: dict[str, dict[str, frozenset[str]]] = field(init=False)
    _parts: dict[str, ir.Program] = field(factory=dict, init=False)
    _narrow: dict[tuple[tuple[str, ...], ...], ir.Program] = field(factory=dict, init=False)
    #: With the facts as given, which have to live as long as the identity they go by, and the paths of those it cannot be given.
    _read: dict[int, tuple[Plain, Facts | None, frozenset[str]]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.words = Words(self.program, self.other)
        self._declared = {
            scope.name: {each.name: frozenset(one.name for one in each.fields) for each in scope.facts}
            for scope in self.program.scopes
        }

    def tried(self, rule: ir.Provision | None, readings: dict[str, str], facts: Plain, on: date) -> Result:
        """As the compiled program has it, without reasons: an example is found among many enterprises that are none."""
        checked = None if rule is None else self.read(facts)
        if rule is None or checked is None:
            return Result(status="" if rule is None else "unreadable")
        return self.result(self.closure.decide(checked, on, readings, (rule.measure,), reasons=False), rule, facts)

    def run(self, rule: ir.Provision | None, readings: dict[str, str], facts: Plain, on: date) -> Result:
        """Decide the rule on those of the facts that the version can be told."""
        checked = None if rule is None else self.read(facts)
        if rule is None or checked is None:
            return Result(status="" if rule is None else "unreadable")
        return self.result(decide(self.part(rule), checked, on, readings), rule, facts)

    def result(self, outcome: Outcome, rule: ir.Provision, facts: Plain) -> Result:
        found = outcome.measures[rule.measure].provisions[rule.name]
        _, _, left_out = self._read[id(facts)]
        return Result(
            status=found.status,
            amount=found.exact_amount,
            payable=found.exact_payable,
            complete=found.complete,
            reasons=tuple(found.reasons),
            taken=tuple(_taken(found.items).items()),
            items=frozenset((each.of, each.name) for each in found.items if each.status == "granted"),
            known=set(found.missing) <= left_out,
            failed=frozenset((each.of, each.name) for each in found.items if each.status == "error"),
        )

    @cached_property
    def closure(self) -> Closure:
        return compile_closure(self.program)

    def read(self, facts: Plain) -> Facts | None:
        """One enterprise is tried for many rules and readings. Of the facts it declares only those that are given are looked through."""
        if id(facts) not in self._read:
            known, left_out = self.words.told(self.known(facts))
            checked, complaints = read(known, self._with_only(known))
            found = None
            if isinstance(checked, Facts) and not complaints:
                nothing = self._nothing.scopes
                found = Facts({scope: nothing[scope] | own for scope, own in checked.scopes.items()}, checked.subject)
            self._read[id(facts)] = (facts, found, left_out)
        return self._read[id(facts)][1]

    @cached_property
    def _nothing(self) -> Facts:
        """Where nothing is given."""
        checked, _ = read({scope.name: {} for scope in self.program.scopes}, self.program)
        assert checked is not None
        return checked

    def _with_only(self, facts: Plain) -> ir.Program:
        """The program as if it declared no other facts."""
        key = tuple((scope, *own) for scope, own in facts.items())
        if key not in self._narrow:
            self._narrow[key] = evolve(
                self.program,
                scopes=tuple(
                    evolve(each, facts=tuple(fact for fact in each.facts if fact.name in facts.get(each.name, ())))
                    for each in self.program.scopes
                ),
            )
        return self._narrow[key]

    def with_given(self, result: Result, facts: Plain, readings: dict[str, str]) -> Result:
        """With what has to be given to have the version decide it again."""
        told = {scope: own for scope, own in self.told(facts).items() if own or scope == ENTERPRISE}
        others = {
            each.id: readings[each.id]
            for each in self.program.readings
            if each.options and readings.get(each.id, each.options[0][0]) != each.options[0][0]
        }
        return evolve(result, facts=told, readings=tuple(others.items()))

    def part(self, rule: ir.Provision) -> ir.Program:
        if rule.name not in self._parts:
            adjustments = concerning(self.program.adjustments, rule.name)
            names = {rule.name}.union(*map(names_of, adjustments))
            self._parts[rule.name] = evolve(
                self.program,
                provisions=tuple(each for each in self.program.provisions if each.name in names),
                adjustments=tuple(adjustments),
                measures=tuple(each for each in self.program.measures if each.number == rule.measure),
            )
        return self._parts[rule.name]

    def told(self, facts: Plain) -> Plain:
        return self.words.told(self.known(facts))[0]

    def known(self, facts: Plain) -> Plain:
        """Of each scope it has, the facts that it knows; a policy may be about the district alone."""
        return {
            scope: {
                name: [{k: v for k, v in row.items() if k in declared[name]} for row in value]
                if isinstance(value, list) and declared[name]
                else value
                for name, value in facts.get(scope, {}).items()
                if name in declared
            }
            for scope, declared in self._declared.items()
        }


#: A way to decide a rule: compiled or by the reference.
Way = Callable[[Version, ir.Provision | None, dict[str, str], Plain, date], Result]


@define(eq=False)
class Replay:
    """Both versions of a rule under one choice of readings."""

    old: Version
    new: Version
    pair: Pair[ir.Provision]
    readings: tuple[dict[str, str], dict[str, str]]
    #: Of who is entitled under one version only: whether the other cannot work it out, or refuses; None: either.
    fails: bool | None = None

    def run(self, shows: Shows, facts: Plain, on: date) -> Witness | None:
        """A witness where the facts show it, as the reference decides them; else None."""
        found = self.outcomes(Version.tried, shows, facts, on) and self.outcomes(Version.run, shows, facts, on)
        if found is None:
            return None
        before, after = found
        return Witness(
            shows=shows,
            facts=facts,
            on=on,
            before=self.old.with_given(_apart(before, after), self.paid_as_before(facts), self.readings[0]),
            after=self.new.with_given(_apart(after, before), facts, self.readings[1]),
        )

    def outcomes(self, way: Way, shows: Shows, facts: Plain, on: date) -> tuple[Result, Result] | None:
        """What both versions decide where it shows the difference."""
        before = way(self.old, self.pair.old, self.readings[0], self.paid_as_before(facts), on)
        if _open(before) or (not self.priced and (before.status in ENTITLED) == (shows == "gains")):
            return None
        after = way(self.new, self.pair.new, self.readings[1], facts, on)
        shown = _shown_of_bids if self.priced else _shown
        if not shown(shows, before, after):
            return None
        granting, refusing = (after, before) if shows == "gains" else (before, after)
        kinds = (None, bool(granting.items & refusing.failed) if self.fails else refusing.status == "error")
        return (before, after) if self.fails in kinds else None

    @cached_property
    def priced(self) -> bool:
        """Whether both versions give a price to each item of one list: they are compared item by item."""
        rules = self.pair.old, self.pair.new
        return all(
            each is not None and each.nature == "price" and each.each and each.each == rules[0].each  # type: ignore[union-attr]
            for each in rules
        )

    def paid_as_before(self, facts: Plain) -> Plain:
        """A payment for the rule bears the number and name the rule has in the version that is run."""
        old, new, offset = self.pair.old, self.pair.new, self.old.program.offset
        own = facts.get(ENTERPRISE, {})
        if (
            old is None
            or new is None
            or offset is None
            or offset.list not in own
            or (old.measure, old.name) == (new.measure, new.name)
        ):
            return facts
        rows: list[dict[str, object]] = own[offset.list]  # type: ignore[assignment]
        renamed = [
            {**row, "措施": old.measure, "事项": old.name}
            if (row.get("措施"), row.get("事项")) == (new.measure, new.name)
            else row
            for row in rows
        ]
        return {**facts, ENTERPRISE: {**own, offset.list: renamed}}

    def smaller(self, shows: Shows, facts: Plain, on: date) -> Plain:
        """Without what the difference does not need."""
        tried, going_on = 0, True
        while going_on:
            going_on = False
            for less in islice(_without_parts(facts), tried, None):
                if self.outcomes(Version.tried, shows, less, on) is not None:
                    facts, going_on = less, True
                    break
                tried += 1
        return facts


def _taken(items: Iterable[Item]) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    for item in items:
        for name, before, after, _ in item.steps:
            found[name] = found.get(name, 0) + before - after
    return found


def _open(result: Result) -> bool:
    """Whether nobody knows what a version decides. What it has no word for it does not grant."""
    return result.status in UNTOLD and (result.status == "unreadable" or not result.known)


def _shown(shows: Shows, before: Result, after: Result) -> bool:
    if _open(before) or _open(after):
        return False
    entitled = (before.status in ENTITLED, after.status in ENTITLED)
    match shows:
        case "gains":
            return entitled == (False, True)
        case "loses":
            return entitled == (True, False)
    if entitled != (True, True) or not (before.known and after.known):
        return False
    # of an item that cannot be computed nothing is given; what of the payments is then left to set off nobody knows
    due = _sign(before.amount, after.amount)
    if before.complete and after.complete:
        due = due or _sign(before.payable, after.payable)
    return due > 0 if shows == "more" else due < 0


def _shown_of_bids(shows: Shows, before: Result, after: Result) -> bool:
    """Whether the same bids have a price under both versions, and what they come to differs; or some bid has one under one version only."""
    if _open(before) or _open(after):
        return False
    if shows in ("gains", "loses"):
        return bool(after.items - before.items if shows == "gains" else before.items - after.items)
    return before.items == after.items and _shown(shows, before, after)


def _sign(before: Amount | None, after: Amount | None) -> int:
    one, other = before or 0, after or 0
    return (other > one) - (other < one)


def _apart(one: Result, other: Result) -> Result:
    """With the reasons that the other version does not have, or decides otherwise."""

    def said(reason: Reason) -> tuple[object, ...]:
        return (reason.condition, reason.holds if isinstance(reason.holds, bool) else None, reason.of)

    theirs = set(map(said, other.reasons))
    return evolve(one, reasons=tuple(each for each in one.reasons if said(each) not in theirs))


def _without_parts(facts: Plain) -> Iterator[Plain]:
    """The same enterprise with one thing less: a fact, a row of a list, a field of a row."""
    for scope, own in facts.items():
        for name in own:
            yield {**facts, scope: {key: value for key, value in own.items() if key != name}}
        for name, value in own.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for place, row in enumerate(value):
                    yield {**facts, scope: {**own, name: value[:place] + value[place + 1 :]}}
                    for key in row:
                        less = {one: each for one, each in row.items() if one != key}
                        yield {**facts, scope: {**own, name: [*value[:place], less, *value[place + 1 :]]}}
