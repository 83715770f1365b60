"""What comparing two versions of a policy gives: plain data, without a word of wording.

``changes`` has layer one, structure, and ``verdicts`` layer two, meaning. The whole answers what both together say: whether anything of
substance changed, and what a verdict comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.changes import Aspect, Change, MeasureComparison, Place, Thing
from fayan_runtime.effects import Effects, RuleEffect
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import members_of
from fayan_runtime.texts import TextRow
from fayan_runtime.uses import Uses
from fayan_runtime.verdicts import Recount, Verdict

#: What a document says apart from who gets how much: who pays, how many at most, by when, who decides, who is chosen, what has to be handed
#: in, and what no rule computes.
BESIDES: frozenset[Aspect] = frozenset(
    {
        "responsible", "kind", "nature", "until", "quota", "chosen", "discretion", "payer", "evidence", "uncoded",
        "fact", "fact_renamed", "member_renamed",
    }
)  # fmt: skip
#: What makes no difference to what a rule decides.
_NO_CAUSE: frozenset[Aspect] = frozenset({"renamed", "moved", "called", "stage_renamed", "example", "derived", "enum"})
#: What a rule says itself of who gets how much.
_CLAUSES: frozenset[Aspect] = frozenset({"among", "period", "must", "amount", "stage", "check", "goal"})
#: Of two drafts of one document also these lines of the header; two documents differ in them anyway.
_HEADERS = ("废止", "施行日期")


@frozen(kw_only=True)
class Cause:
    """A change that a verdict comes from, with the position of its measure (-1: none).

    ``of``: the other rule that it is of, and ``by`` what makes the one depend on the other; "" and None where it is of the rule itself."""

    place: int
    change: Change
    of: str = ""
    by: ir.Ceiling | ir.Highest | ir.Deduct | None = None


@frozen(kw_only=True)
class Comparison:
    """Two versions compared. ``changes`` belong to no measure: header, facts, readings, definitions."""

    old: ir.Program
    new: ir.Program
    changes: tuple[Change, ...]
    measures: tuple[MeasureComparison, ...]
    #: Definitions that are the same under another name: (old name, new name).
    renamed: tuple[tuple[str, str], ...] = ()
    #: Readings that are the same under another number: ``old`` has them by the new one.
    renumbered: tuple[tuple[str, str], ...] = ()
    #: Options of readings that are the same under another letter: (reading, old, new); ``old`` has the new one.
    relettered: tuple[tuple[str, str, str], ...] = ()
    #: Members of types that are the same under another name: (type, old name, new name); ``old`` has the new one.
    members: tuple[tuple[str, str, str], ...] = ()
    #: Whether facts that are gone and new ones declared alike may be the same renamed, all rules then saying the same.
    only_names: bool = False
    #: Definitions written otherwise that are proved to mean the same, of those that no rule shows to be another.
    proved: frozenset[str] = frozenset()
    #: For each rule first the default readings, then each other option, then options together where only that makes a difference;
    #: empty where meaning was not asked for.
    verdicts: tuple[Verdict, ...] = ()
    #: Figures that targets are held against and that are counted otherwise.
    recounts: tuple[Recount, ...] = ()
    #: No list of an enterprise asked about is longer.
    bound: int = 0
    #: What it comes to for a population; None where none was given.
    effects: Effects | None = None
    #: Of the old version and the new, the lines of examples that it does not stand up to: what it says it means, it may not mean.
    rejected_examples: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    #: What tells the versions apart where they have one title, number and date.
    names: tuple[str, str] = ("", "")

    @property
    def same(self) -> bool:
        """No rule decides otherwise under any reading, every rule could be compared, and nothing of substance changed besides."""
        return self.decided and not self.changed

    @property
    def changed(self) -> bool:
        """Something of substance is known to have changed; what is not decided is no such thing."""
        apart = any(each.changed for each in self.verdicts)
        recounted = any(one.changed for each in self.recounts for one in each.verdicts)
        return apart or recounted or bool(self.besides or self.removed or self.added or self.refuted or self.unmatched)

    @cached_property
    def unmatched(self) -> tuple[tuple[ir.Provision, ir.Provision], ...]:
        """Rules, old and new, that pay out and whose number or name is another: payments are on record by these, so that what was paid
        before is no longer set off. Of two documents each has its own payments."""
        if self.old.number != self.new.number or not (self.old.offset and self.new.offset):
            return ()
        before, after = ({each.name: each for each in program.provisions} for program in (self.old, self.new))
        pairs = {each.provision: each.old for each in self.verdicts}
        return tuple(
            (before[old], after[new])
            for new, old in pairs.items()
            if old in before
            and new in after
            and before[old].nature in PAID
            and (before[old].measure, old) != (after[new].measure, new)
        )

    @property
    def refuted(self) -> tuple[RuleEffect, ...]:
        """Rules that are the same by every verdict, and not for the enterprises given; nor is it that payments are no longer set off."""
        apart = {each.provision for each in self.verdicts if not each.same} | {new.name for _, new in self.unmatched}
        effects = self.effects.rules if self.effects else ()
        return tuple(
            each
            for each in effects
            if (each.provision or each.old) not in apart and any(each.fates[fate] for fate in ("gain", "lose", "both"))
        )

    @property
    def removed(self) -> tuple[MeasureComparison, ...]:
        """Measures that only the old version has, its text being on file as a whole."""
        return tuple(each for each in self.measures if each.new is None and not each.comparable)

    @property
    def added(self) -> tuple[MeasureComparison, ...]:
        return tuple(each for each in self.measures if each.old is None and not each.comparable)

    @property
    def besides(self) -> tuple[tuple[int, Change], ...]:
        """Changes of substance that are none of who gets how much, with the position of their measure (-1: they belong to none)."""
        one = self.old.number == self.new.number
        offered = {id(each) for _, each in self.offered}
        return tuple(
            (place, each)
            for place, each in self.placed
            if id(each) in offered
            or (each.aspect in BESIDES and (one or not _only_counted(each)))
            or _to_others(each)
            or (one and each.aspect == "header" and each.name in _HEADERS)
            or (each.aspect == "enum" and _other_members(each))
            or (each.aspect == "reading" and _other_options(each))
        )

    @property
    def offered(self) -> tuple[tuple[int, Change], ...]:
        """Definitions and ways to work out facts that are another thing now, or gone, though every rule here that comes to them is the
        same, or none does: other documents may take them. What is new nobody has taken yet."""
        if self.only_names or self.old.unseen or self.new.unseen:
            return ()
        return tuple(
            (place, each)
            for place, each in self.placed
            if (
                each.aspect == "definition"
                and each.before is not None
                and each.name not in self.proved
                and not self.affected(each.name)
                and not any(self.counts_by(one, each.name) for one in self.recounts)
            )
            or (each.aspect == "derived" and not any(uses.rules((each.of, each.name)) for uses in self._uses))
        )

    @property
    def placed(self) -> tuple[tuple[int, Change], ...]:
        """All changes, with the position of their measure (-1: none)."""
        ours = [(place, each) for place, measure in enumerate(self.measures) for each in measure.changes]
        return (*ours, *((-1, each) for each in self.changes))

    @property
    def decided(self) -> bool:
        open_ = any(each.comparable for each in self.measures) or any(
            each.why or each.unseen
            for each in (*self.verdicts, *(one for each in self.recounts for one in each.verdicts))
        )
        return not open_ and not self.unfollowed

    @cached_property
    def unfollowed(self) -> tuple[tuple[int, TextRow], ...]:
        """Sentences that were reworded while no rule was that rests on them, if any does, with the position of the measure: whether
        they mean the same there is no rule to tell."""
        became = {each.old.number: each.new.number for each in self.measures if each.old and each.new}
        return tuple(
            (place, row)
            for place, measure in enumerate(self.measures)
            if not measure.comparable
            for row in self._unfollowed(measure, became)
        )

    @cached_property
    def unworded(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Rules of which a clause is another, by which they decide otherwise by default, where both texts of the measure are on file and no
        word of them is another; with the position of the measure. What is another under a chosen reading only is no matter of the words."""
        apart = {each.provision for each in self.verdicts if each.changed and not each.readings and not each.since}
        return tuple(
            (place, names)
            for place, measure in enumerate(self.measures)
            if not (measure.comparable or measure.text)
            and all(side is not None and side.sentences and not side.unseen for side in (measure.old, measure.new))
            and (names := tuple(dict.fromkeys(_by_clause(measure, apart))))
        )

    def _unfollowed(self, measure: MeasureComparison, became: Mapping[int, int]) -> Iterator[TextRow]:
        followed = {row for each in measure.changes for row in measure.resting(each.old, each.new)}
        apart = {name for each in self.verdicts if not each.same for name in (each.provision, each.old) if name}
        for rule in self.new.provisions:
            if measure.new is not None and rule.measure == measure.new.number and rule.name in apart:
                followed |= {*measure.resting(ir.NOWHERE, rule.origin)}
        also = [each for side in (measure.old, measure.new) if side is not None for each in side.passages if each.sees]
        seen = [each.sentences for each in also if any(self._concerns(one, {*each.sees}) for one in self._changes)]
        told = {(each.before, each.after) for each in measure.changes if each.aspect == "uncoded"}
        for place, row in enumerate(measure.text):
            sides = tuple("".join(each.text for each in side) or None for side in (row.old, row.new))
            if place in followed or sides in told or not row.reworded(became, [each[1:] for each in self.members]):
                continue
            if not any(each in sentences for each in (*row.old, *row.new) for sentences in seen):
                yield row

    @property
    def _changes(self) -> tuple[Change, ...]:
        return (*(each for measure in self.measures for each in measure.changes), *self.changes)

    @cached_property
    def _uses(self) -> tuple[Uses, Uses]:
        return Uses(self.old), Uses(self.new)

    def users(self, name: str) -> tuple[str, ...]:
        """The rules of the new version, and those only the old one has, that come to a definition: by way of others, of caps, of facts that
        are worked out, in either version."""
        became = {each.old: each.provision for each in self.verdicts if each.old}
        called = next((old for old, new in self.renamed if new == name), name)
        before, after = self._uses
        gone = [became.get(each, each) for each in before.rules(called)]
        return tuple(dict.fromkeys([*after.rules(name), *gone]))

    def counts_by(self, recount: Recount, name: str) -> bool:
        """Whether a figure comes to a definition, in either version."""
        called = next((old for old, new in self.renamed if new == name), name)
        before = next((old for old, new in self.renamed if new == recount.definition), recount.definition)
        return recount.definition in self._uses[1].above(name) or before in self._uses[0].above(called)

    def document_of(self, change: Change) -> str:
        """The other document that what changed stands in, the policy referring to it; "" where it is the policy's own."""
        sides = ((self.new, change.after), (self.old, change.before))
        found = next(((program, side) for program, side in sides if isinstance(side, ir.Function)), None)
        return found[1].document if found and found[1].document != found[0].number else ""

    def causes(self, verdict: Verdict) -> tuple[Cause, ...]:
        """What changed of all that a rule comes to: its own clauses, caps and the like over it, definitions; where there is none of these,
        what changed of the rules that a cap or the like makes it depend on."""
        names = {verdict.provision, verdict.old} - {""}
        changes = self.placed
        found = [Cause(place=place, change=each) for place, each in changes if self._concerns(each, names)]
        found += [Cause(place=place, change=each) for place, each in changes if self._reads(each, verdict)]
        own = {each.change.name for each in found if each.change.aspect == "ceiling"}
        through = {name for each in verdict.witnesses for name, *_ in each.taken} - own
        adjustments = [*self.new.adjustments, *self.old.adjustments]
        if found:  # what others have of a cap matters besides where it takes less of this one, or more
            adjustments = [each for each in adjustments if isinstance(each, ir.Ceiling) and each.name in through]
        others: dict[int, Cause] = {}
        for by in adjustments:
            for other in _reaching(by, names):
                for place, each in changes:
                    if self._concerns(each, {other}):
                        others.setdefault(id(each), Cause(place=place, change=each, of=other, by=by))
        return (*found, *others.values())

    def _concerns(self, change: Change, names: set[str]) -> bool:
        if change.aspect in BESIDES - {"kind", "nature"} or change.aspect in _NO_CAUSE:
            return False
        if change.aspect == "definition":
            return not names.isdisjoint(self.users(change.name))
        if change.aspect == "offset":
            rules = (each for program in (self.old, self.new) for each in program.provisions)
            return any(each.name in names and each.nature in PAID for each in rules)
        if change.aspect in ("ceiling", "highest", "deduct"):
            sides = [each for each in (change.before, change.after) if isinstance(each, _ADJUSTMENTS)]
            return any(not names.isdisjoint(members_of(each)) for each in sides)
        return not names.isdisjoint(change.belongs_to)

    def _reads(self, change: Change, verdict: Verdict) -> bool:
        """Whether it is shown by a member that one version lacks, or left open by a fact that is of another type or got in another way."""
        if change.aspect == "enum":
            apart = _members(change.before) ^ _members(change.after)
            return any(not apart.isdisjoint(_words(each.facts)) for each in verdict.witnesses)
        if change.aspect not in ("fact", "derived") or verdict.why not in ("unsupported", "given"):
            return False
        before, after = self._uses
        fact = (change.of, change.name)
        return verdict.provision in after.rules(fact) or verdict.old in before.rules(fact)

    def affected(self, name: str) -> tuple[Verdict, ...]:
        """The verdicts that are not “the same” on rules that come to a definition."""
        users = set(self.users(name))
        return tuple(each for each in self.verdicts if each.provision in users and not each.same)


def _by_clause(measure: MeasureComparison, rules: set[str]) -> Iterator[str]:
    """The rules of which the measure's own clauses differ, and not under readings alone."""
    for each in measure.changes:
        under = bool(each.parts) and all(part.under for part in each.parts)
        if each.aspect in _CLAUSES and not under:
            yield from (name for name in each.belongs_to if name in rules)


def _only_counted(change: Change) -> bool:
    """Whether a fact is only counted, where it is not given, in one of two documents, which the text of neither speaks of: what has to be handed in is the same."""
    given = [each for each in (change.before, change.after) if isinstance(each, ir.FactDecl)]
    sides = [evolve(each, tally="") for each in given]
    if len(sides) != 2 or all(each.tally for each in given):
        return False
    return sides[0] == sides[1] and sides[0].type.shown == sides[1].type.shown


def _to_others(change: Change) -> bool:
    """Whether a rule was moved to a measure that others are responsible for: told where it stands now."""
    sides = [each.responsible for each in (change.before, change.after) if isinstance(each, Place)]
    return len({*sides}) > 1 and change.new is not ir.NOWHERE


def _reaching(by: ir.Ceiling | ir.Highest | ir.Deduct, names: set[str]) -> tuple[str, ...]:
    """Rules of which a change reaches those named."""
    if isinstance(by, ir.Deduct):
        return by.less if by.member in names else ()
    members = dict.fromkeys(members_of(by))
    return tuple(each for each in members if each not in names) if names & {*members} else ()


def _other_options(change: Change) -> bool:
    """Whether one version can be asked under an option that the other lacks."""
    sides = [{*dict(each.options)} for each in (change.before, change.after) if isinstance(each, ir.ReadingDecl)]
    return len(sides) == 2 and sides[0] != sides[1]


def _other_members(change: Change) -> bool:
    """Whether something is a member of a type in one version only: what can be filled in is another thing."""
    sides = _members(change.before), _members(change.after)
    return all(sides) and sides[0] != sides[1]


def _members(thing: Thing) -> frozenset[str]:
    return frozenset(thing.members) if isinstance(thing, ir.EnumDecl) else frozenset()


def _words(value: object) -> Iterator[str]:
    """The words in facts as people give them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)


_ADJUSTMENTS = (ir.Ceiling, ir.Highest, ir.Deduct)
