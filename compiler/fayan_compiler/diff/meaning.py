"""Layer two of a comparison: for each rule and each reading, who is entitled and to how much, compared by a solver.

Where the two versions of a rule have one normal form, nothing is asked. Else four questions: is there an enterprise that is entitled only
under the new version, only under the old, to more, to less? Each is asked in three ways, the cheapest first: does an enterprise that was
found under other readings answer it, is it ruled out with letters for all that both versions share (``abstract``), and at last in
full. An answer is written down as facts, and both versions are run on it by the reference; a verdict stands only with witnesses that replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from copy import copy
from functools import cached_property
from typing import Any

import z3
from attrs import define, evolve, field, frozen

from fayan_compiler.diff import lengths
from fayan_compiler.diff.abstract import Hidden, Letters, Order, Roughly, shared
from fayan_compiler.diff.align import Pair
from fayan_compiler.diff.capped import without_useless_minimums
from fayan_compiler.diff.choices import Choice, Choices, Options
from fayan_compiler.diff.replay import Replay, Version
from fayan_compiler.diff.search import Both, Search
from fayan_compiler.diff.stages import Staged
from fayan_compiler.diff.unseen import Unseen
from fayan_compiler.diff.untold import Untold, defaults
from fayan_compiler.targets.smt.normal import Normal
from fayan_compiler.targets.smt.rules import Outcome
from fayan_compiler.targets.smt.slices import Slice, Slices
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE
from fayan_compiler.targets.smt.world import Unsupported, World, years_spoken_of
from fayan_runtime import ir
from fayan_runtime.verdicts import HowMuch, Shows, Verdict, Who, Witness

#: No list is longer in the enterprises asked about first, nor in those asked about where the rules count or cap more items.
BOUND, MOST = 2, 6
#: For one question, in the solver's own units: the same on every machine.
LIMIT = 8_000_000
#: It is halved so often, where the solver ran out of steps on other questions about the same rule.
HALVINGS = 6
#: So many enterprises found for other rules are tried.
RECENT = 6
#: Who gets more with another item would get the one by itself.
_OF_ONE: dict[Shows, Shows] = {"more": "gains", "less": "loses"}
#: For whom, and how much.
HALVES: tuple[tuple[Shows, Shows], tuple[Shows, Shows]] = (("gains", "loses"), ("more", "less"))
QUESTIONS: tuple[Shows, ...] = (*HALVES[0], *HALVES[1])


def compare_meaning(
    old: ir.Program, new: ir.Program, pairs: Sequence[Pair[ir.Provision]], bound: int = BOUND
) -> list[Verdict]:
    """A verdict for each pair under the default readings, under each other option of a reading either side refers to, and under several
    options together where that alone makes a difference."""
    return list(_Meaning(old, new, bound, LIMIT).verdicts(pairs))


@frozen(eq=False)
class _Found:
    """Who and how much, the witnesses, why it is not decided, the caps without which it would not be the same, and what was not seen."""

    who: Who = "same"
    how_much: HowMuch = "same"
    witnesses: tuple[Witness, ...] = ()
    why: str = ""
    held: tuple[str, ...] = ()
    bound: int | None = None
    unseen: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return self.who == self.how_much == "same" and not self.why

    def unproved(self, proved: Set[Shows]) -> Set[Shows]:
        """Questions to which there is no answer among the enterprises asked about, and perhaps one among others."""
        halves = ((self.who, HALVES[0]), (self.how_much, HALVES[1]))
        return {each for said, half in halves if said == "same" for each in half} - proved

    def but(self, open_: Set[Shows]) -> _Found:
        """Without an answer to some of the questions: nothing is the same that is not proved to be."""
        if not open_:
            return self
        found = evolve(self, why=self.why or "bound")
        found = evolve(found, who="not_decided") if open_ & {*HALVES[0]} else found
        return evolve(found, how_much="not_decided") if open_ & {*HALVES[1]} else found


@define(eq=False)
class _Known:
    """What was found about a rule under the readings asked about before."""

    seen: dict[Shows, list[Witness]] = field(factory=dict)
    both: dict[object, Both] = field(factory=dict)
    #: How many questions about it the solver ran out of steps on: each leaves half to the next, or many readings would take minutes.
    given_up: int = 0


@define(eq=False)
class _Side:
    """One version: its slices under each choice of readings."""

    store: Store
    program: ir.Program
    other: ir.Program
    version: Version = field(init=False)
    _slices: dict[tuple[str, ...], Slices] = field(factory=dict, init=False)
    _kept: dict[str, Any] = field(factory=lambda: {"opened": {}, "used": {}}, init=False)

    def __attrs_post_init__(self) -> None:
        self.version = Version(self.program, self.other)

    def slice(self, rule: ir.Provision | None, readings: dict[str, str]) -> Slice | None:
        if rule is None:
            return None
        key = tuple(readings.values())
        if key not in self._slices:
            self._slices[key] = Slices(Normal(self.store, self.version.words.of_both, readings, **self._kept))
        return self._slices[key].slice(rule.name)


class _Meaning:
    def __init__(self, old: ir.Program, new: ir.Program, bound: int, limit: int) -> None:
        self.bound, self.limit = bound, limit
        self.store = Store()
        self.old, self.new = _Side(self.store, old, new), _Side(self.store, new, old)
        self.programs = (old, new)
        self.choices = Choices(self.programs)
        self.unseen = Unseen(self.programs)
        self.untold = Untold(self.programs, self.store, self.unseen.of_two_texts)
        self.years = years_spoken_of(self.programs)
        self.found: dict[object, _Found] = {}
        self.recent: dict[Shows, list[Witness]] = {}
        self.orders: dict[tuple[int, int, str], Order | None] = {}
        #: Questions that have no answer: the formulas, which have to live as long as the numbers they go by.
        self.impossible: dict[tuple[int, ...], list[Any]] = {}

    def verdicts(self, pairs: Sequence[Pair[ir.Provision]]) -> Iterator[Verdict]:
        for pair in pairs:
            known = _Known()
            told: list[Options] = []
            for choice in self.choices.of(pair):
                if len(choice.differs) > 1 and any(set(each) <= set(choice.differs) for each in told):
                    continue  # what changes under one of the options has been told
                found = self.compared(pair, choice, known)
                if len(choice.differs) > 1 and found.same:
                    continue
                if not found.same:
                    told.append(choice.differs)
                rule = pair.new or pair.old
                assert rule is not None
                yield Verdict(
                    measure=rule.measure,
                    provision=rule.name,
                    old=pair.old.name if pair.old else "",
                    readings=choice.differs,
                    who=found.who,
                    how_much=found.how_much,
                    witnesses=found.witnesses,
                    why=found.why,
                    held=found.held,
                    bound=found.bound,
                    unseen=found.unseen,
                )

    def compared(self, pair: Pair[ir.Provision], choice: Choice, known: _Known) -> _Found:
        whole = self.old.slice(pair.old, choice.old), self.new.slice(pair.new, choice.new)
        old, new = (each and without_useless_minimums(self.store, each) for each in whole)
        key = (old and old.key, new and new.key)
        untold = self.untold.of([each for each in whole if each is not None])
        same = key[0] == key[1]
        if same and (untold or all(one is other for one, other in zip(whole, (old, new), strict=True))):
            return self.beyond(untold, old, new) if untold else _Found()
        names = (pair.old and pair.old.name, pair.new and pair.new.name)
        if (names, key) not in self.found:
            replay = Replay(self.old.version, self.new.version, pair, (choice.old, choice.new))
            found = _Found() if same else self.asked(old, new, replay, known, every_kind=not choice.differs)
            if found.same and untold and old and new:
                found = self.beyond(untold, old, new)
            if found.same and not choice.differs:
                found = evolve(found, held=_Question(self, *whole, replay, known, self.bound).held())
            self.found[names, key] = found
        return self.found[names, key]

    def order(self, old: ir.Expr, new: ir.Expr, name: str) -> Order | None:
        """How two amounts of an item of a list stand to each other, the same under all readings that leave them alone."""
        if (id(old), id(new), name) not in self.orders:
            world = World(self.programs, 1, self.years)
            self.orders[id(old), id(new), name] = lengths.order(self.store, world, old, new, name, self.limit // 16)
        return self.orders[id(old), id(new), name]

    def beyond(self, untold: str, *sides: Slice | None) -> _Found:
        return _beyond(untold, self.not_seen(*sides) if untold == "unseen" else ())

    def not_seen(self, *sides: Slice | None) -> tuple[str, ...]:
        """Values that the rule reads and of which the text was not seen."""
        read = self.untold.read(each for each in sides if each is not None)
        return tuple(sorted({each[1] for each in read if each in self.unseen.facts}))

    def asked(self, old: Slice | None, new: Slice | None, replay: Replay, known: _Known, every_kind: bool) -> _Found:
        """With short lists first; then, of what nothing was found of and that is not proved for lists of any length, with longer ones."""
        sides = [each for each in (old, new) if each is not None]
        question = _Question(self, old, new, replay, known, self.bound, every_kind)
        found = question.answer()
        if not lengths.reads_lists(self.store, sides) or question.settled == {*QUESTIONS}:
            return found
        proved = question.settled | self.of_any_length(found, old, new, replay.priced)
        if proved == {*QUESTIONS}:
            return found
        proved |= {each for each in found.unproved(proved) if question.never(each)}
        if found.same and not found.unproved(proved):
            return found
        bound = self.bound
        for longer in sorted({self.bound + 1, *lengths.reached(self.store, sides)}):
            if bound < longer <= MOST and found.unproved(proved):
                more = _Question(self, old, new, replay, known, longer, every_kind).answer(proved)
                if more.why:
                    break
                found, bound = more, longer
        return evolve(found.but(found.unproved(proved)), bound=bound)

    def of_any_length(self, found: _Found, old: Slice | None, new: Slice | None, priced: bool) -> set[Shows]:
        """Questions that have no answer however long the lists are."""
        if not (old and new):
            return {"more", "less"}
        world = World(self.programs, 1, self.years)
        if found.same and lengths.alike(self.store, world, old, new, self.limit // 4):
            return {*QUESTIONS}
        proved: set[Shows] = set()
        if found.who == "same" and lengths.entitled_alike(self.store, world, old, new, self.limit // 4):
            proved |= {"gains", "loses"}
        if found.how_much == "same" and (
            old.rule.kind != "award" or lengths.amounts_alike(self.store, world, old, new, self.limit // 4, priced)
        ):
            proved |= {"more", "less"}
        return proved


def _beyond(why: str, unseen: tuple[str, ...] = ()) -> _Found:
    return _Found("not_decided", "not_decided", why=why, unseen=unseen)


#: The world, the letters in it, and what the old version and the new give.
Rough = tuple[World, Letters, Outcome, Outcome]


class _Question:
    """Two versions of one rule under one choice of readings; of those a reader looks at first ``every_kind`` of example
    is looked for, and the plainest."""

    def __init__(
        self,
        whole: _Meaning,
        old: Slice | None,
        new: Slice | None,
        replay: Replay,
        known: _Known,
        bound: int,
        every_kind: bool = False,
    ) -> None:
        self.whole, self.old, self.new, self.replay, self.bound = whole, old, new, replay, bound
        self.every_kind = every_kind
        self.known, self.seen, self.both = known, known.seen, known.both
        #: Questions that were found to have no answer without a look at any list.
        self.settled: set[Shows] = set()
        #: Facts that the two versions work out in different ways.
        self.apart = {
            fact
            for fact in {*(old.derived if old else ()), *(new.derived if new else ())}
            if not (old and new) or old.derived.get(fact) is not new.derived.get(fact)
        }
        #: Of these, those that one version does not work out at all: where they are not given, only the other can decide.
        ways = [
            {(each.scope, each.fact) for each in program.derived} | defaults(program).keys()
            for program in whole.programs
        ]
        declared = [
            {(each.name, one.name) for each in program.scopes for one in each.facts} for program in whole.programs
        ]
        self.given = bool(old and new and self.apart & (ways[0] ^ ways[1]) & declared[0] & declared[1])
        self.set_off = _paid_otherwise(old, new)
        self.constants = [
            each
            for each in whole.store.reached(one for side in (old, new) if side for one in side.expressions).values()
            if isinstance(each, ir.Const) and each.value is not None
        ]

    def answer(self, ruled_out: Set[Shows] = frozenset()) -> _Found:
        found: dict[Shows, Witness | None] = dict.fromkeys(ruled_out)
        why, unseen = "", dict.fromkeys(self.whole.not_seen(self.old, self.new))
        rests: tuple[str, ...] = ()
        for shows in (each for each in QUESTIONS if each not in ruled_out):
            answer = self.asked(shows)
            if isinstance(answer, Witness) and (taken := self.whole.unseen.taken(answer.facts)):
                answer = self.whatever_was_not_seen(shows)
                unseen |= dict.fromkeys(taken)
                rests = rests if answer else taken
            if isinstance(answer, str):
                why = why or answer
            else:
                found[shows] = answer
        if not any(found.values()):
            if not why and (rests or self.given):
                return _beyond("unseen" if rests else "given", tuple(sorted(unseen)))
            unseen.clear()
        witnesses = [
            one for shows, each in found.items() if each for one in (each, *self.of_the_other_kind(shows, each))
        ]
        return _Found(
            _relation(found, "gains", "loses", ("wider", "narrower")),  # type: ignore[arg-type]
            _relation(found, "more", "less", ("more", "less")),  # type: ignore[arg-type]
            tuple(witnesses),
            why,
            unseen=tuple(sorted(unseen)),
        )

    def question(self, shows: Shows, old: Outcome, new: Outcome) -> Any:
        asked, fails = _asked(shows, old, new, self.replay.priced), self.replay.fails
        if fails is None:
            return asked
        granting, refusing = (new, old) if shows == "gains" else (old, new)
        if fails:
            return z3.And(asked, z3.Or(*map(z3.And, granting.items, refusing.failed)))
        return z3.And(asked, z3.Not(z3.Or(*refusing.failed)))

    def of_the_other_kind(self, shows: Shows, found: Witness) -> Iterator[Witness]:
        """Who is entitled under one version only because the other refuses, where one was found for which it cannot be worked out; or the
        other way round."""
        if shows in ("more", "less") or self.replay.priced or not (self.every_kind and self.old and self.new):
            return
        refusing = found.before if shows == "gains" else found.after
        replay = evolve(self.replay, fails=refusing.status != "error")
        question = copy(self)
        question.replay = replay
        question.known = _Known(given_up=self.known.given_up)
        question.seen, question.settled = question.known.seen, set()
        for name in {"search", "search_of_one"} & vars(self).keys():
            vars(question)[name] = vars(self)[name].asking(question.question, replay)
        other = question.asked(shows)
        if isinstance(other, Witness) and other.fails == replay.fails and not self.whole.unseen.taken(other.facts):
            yield other

    def held(self) -> tuple[str, ...]:
        """Caps of the new version that keep a change from everybody: without one of them, or without them all, it would be felt."""
        old, new = self.old, self.new
        if old is None or new is None:
            return ()
        caps = tuple(each.name for each in new.adjustments if isinstance(each, ir.Ceiling))
        alone = [cap for cap in caps if self.felt(_without(old, (cap,)), _without(new, (cap,)))]
        return tuple(alone) or (caps if len(caps) > 1 and self.felt(_without(old, caps), _without(new, caps)) else ())

    def felt(self, old: Slice, new: Slice) -> bool:
        question = _Question(self.whole, old, new, self.replay, _Known(), self.bound)
        try:
            return any(
                not question.ruled_out(shows, question.rough) and question.search.possible(shows, question.steps)
                for shows in QUESTIONS
            )
        except Unsupported:
            return False

    def asked(self, shows: Shows) -> Witness | str | None:
        """A witness, None where there is none, or why it is not decided."""
        try:
            for each in self.seen.get(shows, ()):
                again = self.replay.run(shows, each.facts, each.on)
                if again is not None:
                    return again
            if self.ruled_out(shows, self.rough):
                self.settled |= set() if self.rough[0].counts else {shows}
                return None
            found = self.elsewhere(shows) or (None if self.never(shows) else self.searched(shows))
            self.known.given_up += found == "limit"
            return None if found == "limit" and self.ruled_out(shows, self.rounded_only) else found
        except Unsupported:
            return "unsupported"

    def elsewhere(self, shows: Shows) -> Witness | None:
        """An enterprise found for another rule, where a definition that both use has changed."""
        for each in self.whole.recent.get(shows, ())[-RECENT:]:
            again = self.replay.run(shows, each.facts, each.on)
            if again is not None:
                return self.remembered(shows, self.smaller(again))
        return None

    def remembered(self, shows: Shows, found: Witness) -> Witness:
        self.seen.setdefault(shows, []).append(found)
        self.whole.recent.setdefault(shows, []).append(found)
        return found

    # ------------------------------------------------------------ with letters
    def ruled_out(self, shows: Shows, roughly: Rough) -> bool:
        world, letters, old, new = roughly
        formulas = [self.question(shows, old, new), *letters.rules, *world.rules]
        key = tuple(each.get_id() for each in formulas)
        if key not in self.whole.impossible:
            solver = z3.SimpleSolver()
            solver.set("rlimit", self.whole.limit // 4)
            solver.add(*formulas)
            if solver.check() != z3.unsat:
                return False
            self.whole.impossible[key] = formulas
        return True

    @cached_property
    def rough(self) -> Rough:
        """With letters for all that both versions share."""
        return self.with_letters(
            shared(self.whole.store, self.old, self.new, self.apart) if self.old and self.new else frozenset()
        )

    @cached_property
    def rounded_only(self) -> Rough:
        """With letters for rounded amounts alone: what both share may matter to what differs."""
        return self.with_letters(frozenset())

    def with_letters(self, hidden: frozenset[int]) -> Rough:
        world, letters = World(self.whole.programs, self.bound, self.whole.years), Letters()

        def outcome(slice: Slice | None) -> Outcome:
            if slice is None:
                return Outcome(FALSE)
            formulas = Hidden(self.whole.store, world, self.apart_of(slice), letters=letters, hidden=hidden)
            made = Roughly(formulas, slice, self.paid_as(), letters=letters, orders=self.orders)
            return made.outcome(self.set_off)

        return world, letters, outcome(self.old), outcome(self.new)

    def never(self, shows: Shows) -> bool:
        """Whether the question is proved to have no answer, however long lists are."""
        return self.staged is not None and self.ruled_out(shows, self.staged)

    @cached_property
    def staged(self) -> Rough | None:
        """With letters for all that lists come to; None where there are items of lists."""
        if self.apart or not (self.old and self.new):
            return None
        world = World(self.whole.programs, 1, self.whole.years)
        parts = lengths.Parts(self.whole.store, world, limit=self.whole.limit // 16)
        try:
            old, new = (
                Staged(parts, each, self.paid_as(), letters=parts.letters, orders={}).outcome(set_off=True)
                for each in (self.old, self.new)
            )
        except Unsupported:
            return None
        return world, parts.letters, old, new

    @cached_property
    def orders(self) -> dict[tuple[int, int], Order]:
        """Amounts that differ, by rule and stage."""
        if self.apart or not (self.old and self.new):
            return {}
        found = {}
        for number, (old, new) in enumerate(zip(self.old.near.values(), self.new.near.values(), strict=False)):
            for place, (one, other) in enumerate(zip(old.items, new.items, strict=False)):
                if old.each == new.each and one.amount is not other.amount:
                    found[number, place] = self.whole.order(one.amount, other.amount, old.each)
        return {what: order for what, order in found.items() if order is not None}

    @property
    def steps(self) -> int:
        """What is left for the next question."""
        return max(self.whole.limit >> min(self.known.given_up, HALVINGS), 1)  # none would be no limit

    # ------------------------------------------------------------ in full
    def searched(self, shows: Shows) -> Witness | str | None:
        seen = self.seen.get(shows, ())
        answer: Witness | str | None = None
        for search in self.searches:
            for each in seen:
                found = search.like(shows, each, self.steps)
                if found is not None:
                    return found
            for each in self.seen.get(_OF_ONE.get(shows, shows), ()) if not self.every_kind else ():
                found = search.like(shows, _without_lists(each), self.steps)
                if found is not None:
                    return self.remembered(shows, self.smaller(found))
            answer = search.find(shows, smallest=not seen, limit=self.steps)
            if isinstance(answer, Witness):
                return self.smaller(answer) if seen else self.remembered(shows, self.smaller(answer))
        return answer

    def whatever_was_not_seen(self, shows: Shows) -> Witness | None:
        """One that shows it whatever stands in texts that nobody has seen."""
        found = self.searching(self.bound, self.whole.unseen.facts).find(shows, smallest=True, limit=self.steps)
        return self.smaller(found) if isinstance(found, Witness) else None

    def smaller(self, found: Witness) -> Witness:
        facts = self.replay.smaller(found.shows, found.facts, found.on)
        return self.replay.run(found.shows, facts, found.on) or found

    @property
    def searches(self) -> Iterator[Search]:
        """Among enterprises with one item in each list at most, where the solver is soon done; then among all."""
        if self.bound > 1:
            yield self.search_of_one
        yield self.search

    @cached_property
    def search_of_one(self) -> Search:
        return self.searching(1)

    @cached_property
    def search(self) -> Search:
        return self.searching(self.bound)

    def searching(self, bound: int, unseen: frozenset[tuple[str, str]] = frozenset()) -> Search:
        """About the world of other readings, where they work out the same facts in the same ways; ``unseen`` are facts that are not known."""
        derived = [{} if each is None else self.apart_of(each) for each in (self.old, self.new)]
        key = (bound, unseen, *(tuple((fact, id(expr)) for fact, expr in each.items()) for each in derived))
        if key not in self.both:
            world = World(self.whole.programs, bound, self.whole.years, unseen=unseen)
            self.both[key] = Both(self.whole.store, world, (derived[0], derived[1]), self.paid_as())
        old, new = self.both[key].outcomes((self.old, self.new), self.set_off)
        known = (old.certain, new.certain) if unseen else ()
        payments = [each.set_off.list for each in (self.old, self.new) if each is not None and each.set_off is not None]
        world = self.both[key].world
        return Search(world, (old, new), self.question, self.constants, payments, self.replay, known)

    def apart_of(self, slice: Slice) -> dict[tuple[str, str], ir.Expr]:
        return {fact: expr for fact, expr in slice.derived.items() if fact in self.apart}

    def paid_as(self) -> tuple[int, str]:
        rule = self.replay.pair.new or self.replay.pair.old
        assert rule is not None
        return (rule.measure, rule.name)


def _without_lists(found: Witness) -> Witness:
    facts = {
        scope: {name: value for name, value in own.items() if not isinstance(value, list)}
        for scope, own in found.facts.items()
    }
    return evolve(found, facts=facts)


def _without(slice: Slice, caps: Sequence[str]) -> Slice:
    left = tuple(each for each in slice.adjustments if not (isinstance(each, ir.Ceiling) and each.name in caps))
    return evolve(slice, adjustments=left)


def _paid_otherwise(old: Slice | None, new: Slice | None) -> bool:
    """Whether payments could be set off in another way. Where they cannot, what is payable rises and falls with the amounts."""
    if not (old and new and (old.set_off or new.set_off)):
        return False
    places = [
        (
            each.set_off and (each.set_off.list, id(each.set_off.among), each.set_off.grain),
            each.rule.each,
            [id(item.day) for item in each.rule.items],
            each.order,
        )
        for each in (old, new)
    ]
    return places[0] != places[1]


def _asked(shows: Shows, old: Outcome, new: Outcome, priced: bool = False) -> Any:
    """``priced``: amounts are prices of bids, which stand beside each other bid by bid: a sum of them says nothing where a bid has none."""
    both = z3.And(old.entitled, new.entitled, old.least, new.least)
    if priced and len(old.items) == len(new.items):
        pairs = list(zip(old.items, new.items, strict=True))
        both = z3.And(both, *(one == other for one, other in pairs))
        if shows in ("gains", "loses"):
            return z3.Or(*(z3.And(to, z3.Not(of)) for of, to in (pairs if shows == "gains" else map(reversed, pairs))))
    match shows:
        case "gains":
            return z3.And(new.entitled, z3.Not(old.entitled))
        case "loses":
            return z3.And(old.entitled, z3.Not(new.entitled))
        case "more":
            return z3.And(both, _exceeds(new, old))
        case "less":
            return z3.And(both, _exceeds(old, new))


def _exceeds(one: Outcome, other: Outcome) -> Any:
    """More is due; or as much is due, and more is left to pay."""
    if one.payable is one.amount and other.payable is other.amount:
        return one.amount > other.amount
    as_much = z3.And(one.certain, other.certain, one.amount == other.amount, one.payable > other.payable)
    return z3.Or(one.amount > other.amount, as_much)


def _relation(found: dict[Shows, Witness | None], up: Shows, down: Shows, words: tuple[str, str]) -> str:
    if up not in found or down not in found:
        return "not_decided"
    match found[up] is not None, found[down] is not None:
        case True, True:
            return "incomparable"
        case True, False:
            return words[0]
        case False, True:
            return words[1]
    return "same"
