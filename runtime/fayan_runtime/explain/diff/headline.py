"""The first sentence of a comparison: what changed, and whether it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define

from fayan_runtime import ir
from fayan_runtime.changes import MeasureComparison
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.changes import ChangeView
from fayan_runtime.explain.diff.partly import Partly, partly_unseen
from fayan_runtime.explain.diff.verdicts import NOBODY, VerdictWords, is_open
from fayan_runtime.explain.diff.words.verdicts import ABOUT
from fayan_runtime.explain.words import plurals
from fayan_runtime.verdicts import Verdict

#: For enterprises: amounts that rise are better, scored prices that rise are worse.
_WAYS = {"wider": 1, "more": 1, "narrower": -1, "less": -1}


@define(eq=False, slots=False)
class Headline:
    said: VerdictWords

    @property
    def comparison(self) -> Comparison:
        return self.said.comparison

    @cached_property
    def besides(self) -> list[tuple[int, ChangeView]]:
        """What changed besides, with the position of its measure (-1: none)."""
        return [(place, each) for place, change in self.comparison.besides for each in self.said.words.views(change)]

    @cached_property
    def renamed(self) -> list[ChangeView]:
        """Facts that perhaps were only renamed, and columns of lists."""
        return [each for _, each in self.besides if each.note == self.label("perhaps")]

    @cached_property
    def told_besides(self) -> list[tuple[int, ChangeView]]:
        """Those that are not told as renamed."""
        return [(place, each) for place, each in self.besides if each not in self.renamed]

    def told(self) -> str:
        partly = partly_unseen(self.comparison)
        parts = self.decisions()
        if self.comparison.recounts:
            alone = not parts and any(each.telling.changed for each in self.comparison.recounts)
            counted = self.recounted()
            parts.append(self.said.pair(self.label("meaning_changed"), counted) if alone else counted)
        beside = self.told_besides if self.comparison.only_names else self.besides
        if beside:
            parts.append(self.besides_too(beside, alone=not parts))
        if self.comparison.unmatched:
            parts = [self.unmatched(), *(parts or [self.label("rest_all_same")])]
        if offered := dict.fromkeys(each.name for _, each in self.comparison.offered):
            parts.append(self.label("offered").format(self.said.words.tongue.numbers.listed(offered)))
        if self.comparison.only_names:
            named = self.said.words.tongue.numbers.listed(f"{each.before} → {each.after}" for each in self.renamed)
            parts = [
                self.label("perhaps_only").format(named),
                *(self.label("else").format(each) for each in parts[:1]),
                *parts[1:],
            ]
        if partly_seen := {(each.measure, each.provision) for each in self.apart if each.unseen}:
            parts.append(self.label("partly_seen").format(len(partly_seen)))
        if unfollowed := len(self.comparison.unfollowed):
            parts += [self.label("rules_same")] * (not parts)
            parts.append(self.label("unfollowed").format(unfollowed))
        if not parts:
            parts.append(self.label(self.both_same()))
        elif not partly and (
            told := sum(map(len, (self.apart, self.open, self.only_other, self.taken_over, self.only_recounted)))
        ):
            left = len(self.defaults) - told
            if left:
                parts.append(self.label("rest_same_besides" if self.besides else "rest_same").format(left))
        return self.sentence(parts)

    def sentence(self, parts: Sequence[str]) -> str:
        told = self.said.semicolon.join(parts)
        return f"{told}。" if self.said.words.language == "zh" else f"{plurals(told[0].upper() + told[1:])}."

    def decisions(self) -> list[str]:
        """What is said of rules and measures."""
        parts = [*self.refuted(), *self.meaning(), *self.measures()]
        partly = partly_unseen(self.comparison)
        return parts + (Partly(self.comparison, self.said.words.language).headline() if partly else [])

    @cached_property
    def defaults(self) -> list[Verdict]:
        return [each for each in self.comparison.verdicts if not each.readings]

    @cached_property
    def apart(self) -> list[Verdict]:
        """In the order of the measures: what is gone was looked at last."""
        return sorted(
            (each for each in self.defaults if each.changed and not each.taken_over),
            key=self.said.place,
        )

    @cached_property
    def taken_over(self) -> list[Verdict]:
        return [each for each in self.defaults if each.taken_over]

    @cached_property
    def open(self) -> list[Verdict]:
        return [
            verdicts[0] for found in self.said.by_place.values() for verdicts in found.values() if is_open(verdicts)
        ]

    @cached_property
    def only_other(self) -> set[tuple[int, str]]:
        """Rules that are not known to be another by default, and are under another reading."""
        found = {(each.measure, each.provision) for each in self.comparison.verdicts if each.changed}
        return found - {(each.measure, each.provision) for each in (*self.apart, *self.taken_over)}

    @cached_property
    def only_recounted(self) -> set[str]:
        """Targets that say the same and are held against another figure."""
        targets = {name for each in self.comparison.recounts for name in each.targets}
        return {each.provision for each in self.defaults if each.provision in targets and each.same}

    def recounted(self) -> str:
        """“2项目标所比的家数，逐户计出来不同：市级专精特新企业数 只多不少”."""
        named = []
        for each in self.comparison.recounts:
            told = self.label(f"counts_{each.telling.who}")
            if each.telling.readings:
                told = self.label("counts_other").format(told)
            named.append(each.fact + self.said.words.tongue.aside(told))
        targets = {name for each in self.comparison.recounts for name in each.targets}
        return self.label("recounted").format(len(targets), self.said.words.tongue.numbers.listed(named))

    def refuted(self) -> Iterator[str]:
        """What the enterprises given show stands before what was proved."""
        if named := [each.provision or each.old for each in self.comparison.refuted]:
            yield self.label("refuted").format(self.said.words.tongue.numbers.listed(named))

    def unmatched(self) -> str:
        """“第5条 后续复核改为第6条 后续复核：……”."""
        paid = self.comparison.new.offset

        def called(rule: ir.Provision) -> str:
            return f"{self.label('measure').format(rule.measure)} {rule.name}"

        listed = self.said.words.tongue.numbers.listed
        moved: dict[tuple[int, int], list[str]] = {}
        both = []
        for old, new in self.comparison.unmatched:
            if old.measure == new.measure:
                both.append(self.label("rule_renamed").format(called(old), new.name))
            elif old.name == new.name:
                moved.setdefault((old.measure, new.measure), []).append(old.name)
            else:
                both.append(self.label("rule_renumbered").format(called(old), called(new)))
        for (number, other), names in moved.items():
            became = self.label("measure").format(other)
            both.append(
                self.label("rule_renumbered").format(f"{self.label('measure').format(number)} {listed(names)}", became)
            )
        return self.label("unmatched").format(listed(both), paid.list if paid else "")

    def meaning(self) -> Iterator[str]:
        told = [*self.rules_apart(), *self.aims_apart()]
        if told:
            yield self.said.pair(self.label("meaning_changed"), self.said.semicolon.join(told))
        if self.taken_over:
            yield self.label("rules_taken_over").format(len(self.taken_over))
        doubtful = {(each.measure, each.provision) for each in self.defaults if each.why} & self.only_other
        if same := len(self.only_other) - len(doubtful):
            else_ = "found" if doubtful or self.open else "alone"
            yield self.label("only_other" if told or self.taken_over else f"only_other_{else_}").format(same)
        if doubtful:
            yield self.label("open_and_other").format(len(doubtful))
        unseen = [each for each in self.open if each.why == "unseen"]
        for key, rules in (("open", len(self.open) - len(unseen)), ("open_unseen", len(unseen))):
            if rules:
                yield self.label(key).format(rules)

    def rules_apart(self) -> Iterator[str]:
        rules = [each for each in self.apart if self.said.kind(each) not in ABOUT]
        if rules:
            measures = {self.said.place(each) for each in rules}
            told = self.label("rules_apart").format(measures=len(measures), rules=len(rules))
            ways = [self.way(each) for each in rules]
            found = [way for way in ("better", "worse", "mixed") if way in ways]
            counted = [self.label(f"{way}_of").format(ways.count(way)) for way in found]
            if len(found) == 1:
                counted = [self.label(found[0] if len(rules) == 1 else f"{found[0]}_all")]
            joined = ("，" if self.said.words.language == "zh" else ", ").join(counted)
            yield told + self.said.words.tongue.aside(self.label("for_enterprises").format(joined))

    def way(self, verdict: Verdict) -> str:
        who, how = _WAYS.get(verdict.who, 0), _WAYS.get(verdict.how_much, 0)
        if self.said.priced(verdict):
            how = -how
        mixed = "incomparable" in (verdict.who, verdict.how_much) or who * how < 0
        return "mixed" if mixed else "better" if who + how > 0 else "worse"

    def aims_apart(self) -> Iterator[str]:
        """Targets and duties, those of which the same is said together."""
        found: dict[tuple[str, str], int] = {}
        for each in self.apart:
            kind = self.said.kind(each)
            if kind in ABOUT:
                said = self.said.aim(each)
                found[kind, said] = found.get((kind, said), 0) + 1
        for (kind, said), number in found.items():
            yield self.label(f"of_{kind}").format(number=number, said=said)

    def measures(self) -> Iterator[str]:
        """Measures that are gone or new, rules in them or none."""
        listed = self.said.words.tongue.numbers.listed
        for key, measures in (("removed", self.comparison.removed), ("added", self.comparison.added)):
            if measures:
                named = listed(self.titled(each) for each in measures)
                yield self.label(f"measures_{key}").format(number=len(measures), named=named)

    def titled(self, measure: MeasureComparison) -> str:
        side = measure.new or measure.old or NOBODY
        return f"{self.label('measure').format(side.number)} {side.title}".strip()

    def besides_too(self, beside: list[tuple[int, ChangeView]], alone: bool) -> str:
        """“对谁、给多少相同，别的有变：兑付或办理单位 六税两费减征：区税务局 → 区财政局”, or, after other things, in short."""
        number = len(beside)
        if alone:
            first = self.line(*beside[0])
            told = self.label("and_more").format(first=first, number=number, rest=number - 1) if number > 1 else first
            return self.said.pair(
                self.label("besides_alone" if self.comparison.new.provisions else "besides_only"), told
            )
        changes = (change for _, change in self.comparison.besides)
        first = next(self.said.words.brief(each)[0] for each in changes if beside[0][1] in self.said.words.views(each))
        told = self.label("and_so_on").format(first) if number > 1 else first
        return self.said.pair(self.label("besides_too").format(number), told)

    def both_same(self) -> str:
        if any(each.held for each in self.comparison.verdicts):
            return "both_same_held"
        if any(each.text for each in self.comparison.measures):
            return "both_same_words"
        changed = self.comparison.changes or any(each.changes for each in self.comparison.measures)
        return "both_same_otherwise" if changed else "both_same"

    def line(self, place: int, view: ChangeView) -> str:
        """With the measure it stands in."""
        return f"{self.said.called(self.comparison.measures[place])} {view.told}" if place >= 0 else view.told

    def label(self, name: str) -> str:
        return self.said.label(name)
