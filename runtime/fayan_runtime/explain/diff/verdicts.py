"""What is said of one rule: for whom and how much, under which readings, and because of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from attrs import define

from fayan_runtime import ir
from fayan_runtime.changes import Change, MeasureComparison
from fayan_runtime.comparison import Cause, Comparison
from fayan_runtime.explain.diff.changes import ChangeWords
from fayan_runtime.explain.diff.words.labels import LABELS
from fayan_runtime.explain.diff.words.verdicts import ABOUT, DUTY, HOW_MUCH, PARTLY, PRICE, WHO, WHY
from fayan_runtime.explain.words import pick
from fayan_runtime.verdicts import Verdict

#: Readings taken together, each with its option.
Choice = tuple[tuple[str, str], ...]
#: What is said where that says all: why the rule is not decided.
_OPEN = {"unseen": "rests_on_unseen", "given": "same_where_given"}
#: An option of no more characters says nothing without the question.
SHORT = 3
#: What is told once for many rules is named again where it is no longer than this.
LONG = 20
#: Changes named beside a rule in the answer.
MOST_CAUSES = 3


@define(eq=False, slots=False)
class VerdictWords:
    comparison: Comparison
    words: ChangeWords

    # ------------------------------------------------------------ which rule
    @cached_property
    def ours(self) -> set[tuple[int, str]]:
        return {(each.measure, each.name) for each in self.comparison.new.provisions}

    @cached_property
    def by_place(self) -> Mapping[int, Mapping[str, list[Verdict]]]:
        """By the position of the measure in the comparison: numbers are those of either version."""
        found: dict[int, dict[str, list[Verdict]]] = {}
        for each in self.comparison.verdicts:
            found.setdefault(self.place(each), {}).setdefault(each.provision, []).append(each)
        return found

    def gone(self, verdict: Verdict) -> bool:
        """Whether only the old version has the rule."""
        return (verdict.measure, verdict.provision) not in self.ours

    def place(self, verdict: Verdict) -> int:
        """Which of the measures compared the rule stands in: by its old number where only the old version has it."""
        sides = [each.old if self.gone(verdict) else each.new for each in self.comparison.measures]
        return [side.number if side else None for side in sides].index(verdict.measure)

    def rules(self, verdict: Verdict) -> tuple[ir.Provision | None, ir.Provision | None]:
        """The rule in the old version and in the new."""
        names = verdict.old, "" if self.gone(verdict) else verdict.provision
        programs = self.comparison.old, self.comparison.new
        old, new = (
            next((each for each in program.provisions if each.name == name), None)
            for program, name in zip(programs, names, strict=True)
        )
        return old, new

    def kind(self, verdict: Verdict) -> str:
        """Of the rule: award, duty, target and so on."""
        return next(each.kind for each in reversed(self.rules(verdict)) if each is not None)

    def priced(self, verdict: Verdict) -> bool:
        """Whether the amount is a price by which a bid is scored, which is the better the lower it is."""
        return next(each.nature for each in reversed(self.rules(verdict)) if each is not None) == "price"

    # ------------------------------------------------------------ said
    def says(self, verdict: Verdict) -> str:
        if verdict.old and not self.gone(verdict):
            return self.changed(verdict)
        if self.kind(verdict) in ABOUT:
            return self.aim(verdict) + self.to_be_seen(verdict)
        which, expected = ("rule_gone", "narrower") if verdict.old else ("rule_added", "wider")
        if verdict.who == expected and verdict.how_much == "same":
            return self.label(which) + self.to_be_seen(verdict)
        return f"{self.label(which)}{'，' if self.words.language == 'zh' else '; '}{self.changed(verdict)}"

    def changed(self, verdict: Verdict) -> str:
        if verdict.taken_over and verdict.since is not None:
            return self.label("taken_over").format(self.words.tongue.numbers.day(verdict.since)) + self.to_be_seen(
                verdict
            )
        if verdict.why in _OPEN:
            return self.label(_OPEN[verdict.why]) + self.to_be_seen(verdict)
        if verdict.why == "bound" and verdict.who == verdict.how_much == "not_decided":
            return self.label("none_found") + self.to_be_seen(verdict)
        if self.kind(verdict) in ABOUT:
            return self.aim(verdict) + self.to_be_seen(verdict)
        if verdict.who == verdict.how_much == "not_decided":
            what = self.label("the_price" if self.priced(verdict) else "the_amount")
            return self.label("neither_decided").format(what) + self.to_be_seen(verdict)
        who, how = self.half(verdict, "who"), self.half(verdict, "how_much")
        failed = [self.label(f"error_{each.shows}") for each in verdict.witnesses if each.fails]
        comma = "，" if self.words.language == "zh" else "; "
        said = [comma.join([who, *failed])] if verdict.who != "same" or verdict.how_much == "same" else []
        told = verdict.how_much != "same"
        said += [how] if told or verdict.who == verdict.how_much == "same" else []
        return comma.join(said) + self.to_be_seen(verdict)

    def half(self, verdict: Verdict, which: Literal["who", "how_much"]) -> str:
        """For whom, or how much; where it is not decided, what is known of it."""
        said = getattr(verdict, which)
        words = WHO if which == "who" else PRICE if self.priced(verdict) else HOW_MUCH
        if said != "not_decided":
            return self.pick(words[said])
        found = next((each.shows for each in verdict.witnesses if each.shows in PARTLY[which]), None)
        if found is not None:
            return self.pick(PARTLY[which][found]).format(self.label("prices" if self.priced(verdict) else "amounts"))
        return self.pick(words["none_found" if verdict.why == "bound" else said])

    def aim(self, verdict: Verdict) -> str:
        """Of a target or a duty; of a duty by what the examples show."""
        kind = self.kind(verdict)
        if not verdict.old or self.gone(verdict):
            return self.label(f"{kind}_{'gone' if verdict.old else 'added'}")
        seen = [DUTY.get((each.before.status, each.after.status)) for each in verdict.witnesses]
        if kind != "duty" or verdict.why or not all(seen) or not seen:
            return self.pick(ABOUT[kind][verdict.who])
        return ("，" if self.words.language == "zh" else ", ").join(
            dict.fromkeys(self.pick(each[0]) for each in seen if each)
        )

    def to_be_seen(self, verdict: Verdict) -> str:
        """What of it is not compared: what happened before the newer document, and what rests on words of texts nobody has seen."""
        known = {
            fact.name: fact.unseen
            for program in (self.comparison.old, self.comparison.new)
            for scope in program.scopes
            for fact in scope.facts
            if fact.unseen
        }
        taken = [name for each in verdict.witnesses for facts in each.facts.values() for name in facts if name in known]
        unseen = "which_unseen" if verdict.why == "unseen" else "to_be_seen"
        said = [
            self.label(key).format(self.phrases(dict.fromkeys(known[each] for each in names)))
            for key, names in ((unseen, verdict.unseen), ("taken_to_be", taken))
            if names
        ]
        if verdict.since is not None and not verdict.taken_over:
            said.insert(0, self.label("since").format(self.words.tongue.numbers.day(verdict.since)))
        return self.words.tongue.aside(self.semicolon.join(said)) if said else ""

    def phrases(self, parts: Iterable[str]) -> str:
        """In quotation marks where there are several: they have commas of their own."""
        several = [*parts]
        return self.words.tongue.numbers.listed(f"“{each}”" for each in several) if len(several) > 1 else several[0]

    def why(self, verdict: Verdict) -> str:
        """Why it is not decided; empty where it is, and where that is what is said of it."""
        return self.pick(WHY[verdict.why]).format(verdict.bound) if verdict.why in WHY else ""

    def held(self, verdict: Verdict) -> tuple[str, str]:
        """The rule, and which caps keep what changed from everybody: “仍受年度限额（50万元）所限，没有人多得或者少得（金额 60万元 → 80万元）”."""
        side = self.words.new
        caps = [
            f"{each.name}{self.words.tongue.aside(side.said(side.taken(each.limit, {})))}"
            for each in self.comparison.new.adjustments
            if isinstance(each, ir.Ceiling) and each.name in verdict.held
        ]
        told = self.label("held").format(self.words.tongue.numbers.listed(caps))
        return verdict.provision, told + self.because(verdict)

    @staticmethod
    def telling(verdicts: Sequence[Verdict]) -> Verdict:
        """That at the defaults; where it is not known to be a change, the first that is, or is not decided."""
        changed = [each for each in verdicts if each.changed]
        return next(iter(changed or [each for each in verdicts if not each.same]), verdicts[0])

    def only_under(self, verdicts: Sequence[Verdict]) -> str:
        """The same at the defaults, or not decided, another under some reading."""
        told = [self.pair(self.under(ids), said) for said, ids in self.others(verdicts)]
        default = self.label("same_by_default")
        if not verdicts[0].same:
            why = self.why(verdicts[0])
            default = self.label("open_by_default").format(self.words.tongue.aside(why) if why else "")
        return self.semicolon.join([default, *told])

    def others(self, verdicts: Sequence[Verdict]) -> list[tuple[str, list[Choice]]]:
        """What is said under readings where the verdict is another one, and why where it is not decided, with these readings."""
        found: dict[str, list[Choice]] = {}
        for each in verdicts[1:]:
            if each.readings and not _alike(each, verdicts[0]):
                told = self.why(each)
                why = self.words.tongue.aside(told) if told else ""
                found.setdefault(self.beside(self.says(each), why), []).append(each.readings)
        return list(found.items())

    def under(self, choices: Sequence[Choice]) -> str:
        """“口径 R7.5＝b（先得的从首发上市奖励里扣减）”."""
        said = {
            (each.id, option): text if len(text) > SHORT else self.pair(each.question, text)
            for program in (self.comparison.old, self.comparison.new)
            for each in program.readings
            for option, text in each.options
        }
        told = [
            self.label("together").join(
                "＝".join(each) + (self.words.tongue.aside(said[each]) if len(choices) == 1 else "") for each in choice
            )
            for choice in choices
        ]
        return f"{self.label('under')} {self.words.tongue.numbers.listed(told)}"

    def with_cause(self, said: str, verdict: Verdict, elsewhere: int | None = None, known: tuple[str, ...] = ()) -> str:
        """What is said, and why, unless that is ``known``; of what is known and long, only that it is that."""
        reasons = self.reasons(verdict, elsewhere)
        if reasons == known:
            return said
        told = [self.label("said_above") if each in known and len(each) > LONG else each for each in reasons]
        because = self.told_beside(dict.fromkeys(told))
        unseen = self.to_be_seen(verdict)  # what is not known comes after what is
        return self.beside(self.beside(said.removesuffix(unseen), because), unseen if said.endswith(unseen) else "")

    def beside(self, said: str, aside: str) -> str:
        """With something in brackets after it; in those that it ends in, where it does."""
        if said.endswith(self.words.tongue.aside("x")[-1]) and aside:
            return said[:-1] + self.semicolon + aside.lstrip()[1:]
        return said + aside

    def told_beside(self, reasons: Iterable[str]) -> str:
        said = self.semicolon.join(reasons)
        return self.words.tongue.aside(said) if said else ""

    def because(self, verdict: Verdict) -> str:
        """“（增速过线 20% → 15%；年度限额 50万元 → 80万元）”."""
        return self.told_beside(self.reasons(verdict))

    def reasons(self, verdict: Verdict, elsewhere: int | None = None) -> tuple[str, ...]:
        """What it comes from; with ``elsewhere``, only where none of it stands in the measure at that place."""
        if not verdict.old or self.gone(verdict):
            return ()
        causes = self.comparison.causes(verdict)
        if elsewhere is not None and any(each.place == elsewhere and not each.of for each in causes):
            return ()
        # a definition that came or went is a means to something else, and told with it
        telling = [each for each in causes if not _auxiliary(each.change)] or list(causes)
        if verdict.since is not None and not verdict.taken_over:  # from when on it holds is told by itself
            telling = [each for each in telling if not _begins(each.change, verdict.since)] or telling
        said = [*dict.fromkeys(each for cause in telling for each in self.cause(cause))]
        said = said or self.other_defaults(verdict)
        if len(said) > MOST_CAUSES:
            more = self.label("more_causes").format(len(said), len(said) - MOST_CAUSES)
            said = [*said[: MOST_CAUSES - 1], said[MOST_CAUSES - 1] + more]
        return (*said, *dict.fromkeys(self.depends(cause) for cause in telling if cause.by))

    def cause(self, cause: Cause) -> list[str]:
        """In short; of a clause of another rule, whose it is."""
        named = cause.of and cause.of in cause.change.belongs_to
        said = self.words.brief(cause.change)
        one_sided = cause.change.before is None or cause.change.after is None
        of = self.label("done_to_rule" if one_sided else "of_rule")
        return [of.format(cause.of, each) for each in said] if named else said

    def depends(self, cause: Cause) -> str:
        """“本项要减去OTC挂牌所得”."""
        match cause.by:
            case ir.Ceiling(name=name):
                return self.label("shares").format(cause.of, name)
            case ir.Highest(mode=mode):
                return self.label(f"higher_{mode}").format(cause.of)
        return self.label("taken_off").format(cause.of)

    def other_defaults(self, verdict: Verdict) -> list[str]:
        """Readings of the rule that have another default."""
        read = {id for rule in self.rules(verdict) if rule is not None for id in rule.readings}
        return [
            f"{self.label('under')} {change.name} {before} → {after}"
            for change in self.comparison.changes
            if change.aspect == "reading" and change.name in read and change.before and change.after
            for before, after in [self.words.declared.defaults(change.before, change.after) or ("", "")]  # type: ignore[arg-type]
            if before != after
        ]

    # ------------------------------------------------------------ the measure it stands in
    def called(self, measure: MeasureComparison) -> str:
        """By its new number, with the old one where that was another."""
        number = (measure.new or measure.old or NOBODY).number
        called = self.label("measure").format(number) if number else self.label("preamble")
        if measure.new is None:
            return called + self.words.tongue.aside(self.label("old"))
        if measure.old is None or measure.old.number == number:
            return called
        return called + self.words.tongue.aside(self.label("was").format(measure.old.number))

    def heading(self, measure: MeasureComparison) -> str:
        return f"{self.called(measure)} {(measure.new or measure.old or NOBODY).title}".strip()

    # ------------------------------------------------------------ words
    @property
    def semicolon(self) -> str:
        return "；" if self.words.language == "zh" else "; "

    def pair(self, name: str, said: str) -> str:
        return f"{name}：{said}" if self.words.language == "zh" else f"{name}: {said}"

    def pick(self, both: tuple[str, str]) -> str:
        return pick(both, self.words.language)

    def label(self, name: str) -> str:
        return self.pick(LABELS[name])


def _auxiliary(change: Change) -> bool:
    return change.aspect == "definition" and (change.before is None or change.after is None)


def _begins(change: Change, day: date) -> bool:
    """Whether all that changed is that something now begins on the day."""
    sides = [(each.before, each.after) for each in change.parts]
    return bool(sides) and all(
        isinstance(old, ir.Const) and isinstance(new, ir.Const) and new.value == day and str(old.value) < str(day)
        for old, new in sides
    )


NOBODY = ir.Measure(number=0, title="", chapter="", responsible=(), passages=())


def is_open(verdicts: Sequence[Verdict]) -> bool:
    """Whether no change of a rule is known, and it is not decided under some reading."""
    return any(each.why for each in verdicts) and not any(each.changed for each in verdicts)


def _alike(one: Verdict, other: Verdict) -> bool:
    return (one.who, one.how_much, bool(one.why)) == (other.who, other.how_much, bool(other.why))
