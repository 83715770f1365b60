"""The answer, section by section: which rules changed and why, what is open, what changed besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from attrs import define

from fayan_runtime.changes import MeasureComparison
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.examples import WitnessWords
from fayan_runtime.explain.diff.headline import Headline
from fayan_runtime.explain.diff.partly import Partly, partly_unseen
from fayan_runtime.explain.diff.text import marked
from fayan_runtime.explain.diff.verdicts import MOST_CAUSES, NOBODY, VerdictWords, is_open
from fayan_runtime.verdicts import Verdict, Witness

#: Rules behind which one cause is told anew each time.
MOST_TIMES = 4

#: Rules, and what is said of them; with the measure they stand in.
_Told = tuple[list[str], str]
_Line = tuple[str, list[str], str]


@define(eq=False, slots=False)
class Answer:
    first: Headline

    @property
    def said(self) -> VerdictWords:
        return self.first.said

    @property
    def comparison(self) -> Comparison:
        return self.said.comparison

    def sections(self) -> list[tuple[str, list[str]]]:
        changed, taken_over, undecided, otherwise = self.by_rule()
        told = [
            ("changed", changed),
            ("only_taken_over", taken_over),
            ("perhaps_renamed", self.perhaps_renamed()),
            ("default", self.other_defaults()),
            ("options", self.other_options()),
            ("recounted_where", self.recounted()),
            (self.open_rules, undecided),
            ("unfollowed_where", self.unfollowed()),
            ("unworded_where", self.unworded()),
            ("only_old", [self.said.heading(each) for each in self.comparison.removed]),
            ("only_new", [self.said.heading(each) for each in self.comparison.added]),
        ]
        less = [("besides", self.lines_besides()), ("said_otherwise", otherwise)]
        partly = Partly(self.comparison, self.said.words.language) if partly_unseen(self.comparison) else None
        sections = [
            *((self.label(name), lines) for name, lines in told),
            *(partly.found() if partly else []),
            *((self.label(name), lines) for name, lines in less),
            *(partly.open() if partly else []),
        ]
        return [(name, lines) for name, lines in sections if lines]

    def by_rule(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """Rules that changed, those only taken over, rules not decided, and measures written otherwise."""
        changed: list[_Line] = []
        taken_over: list[_Line] = []
        undecided: list[_Line] = []
        otherwise: list[str] = []
        besides = {place for place, _ in (*self.comparison.besides, *self.comparison.unfollowed)}
        moved = {each.of for _, each in self.comparison.besides if each.aspect == "moved"}
        lost = {new.name for _, new in self.comparison.unmatched}
        besides |= {self.said.place(each) for each in self.first.defaults if each.provision in lost}
        for place, measure in enumerate(self.comparison.measures):
            rules = self.said.by_place.get(place, {}).values()
            over, _ = self.told([each for each in rules if each[0].taken_over])
            apart, open_ = self.told([each for each in rules if not each[0].taken_over])
            called = self.said.called(measure)
            for found, lines in ((changed, apart), (taken_over, over), (undecided, open_)):
                found += [(called, names, told) for names, told in lines]
            held = [
                self.said.held(each) for each in self.first.defaults if each.held and self.said.place(each) == place
            ]
            otherwise += [self.said.pair(f"{called} {name}", told) for name, told in held]
            both = measure.old and measure.new and not measure.comparable and not held
            gone = any(each.aspect == "moved" and each.of in moved for each in measure.changes)
            told = apart or over or open_ or gone or place in besides
            if both and not told and (measure.changes or measure.text):
                otherwise.append(self.said.heading(measure))
        shared = self.label("shared_cause").format(self.said.semicolon.join(self.shared))
        told_changed, told_open = self.lines(changed), self.lines(undecided)
        if self.shared:
            (told_changed or told_open).insert(0, shared)
        return told_changed, self.lines(taken_over), told_open, otherwise

    def lines(self, of: Sequence[_Line]) -> list[str]:
        """Rules of more measures than one can take in, of which the same is said, in one line: “第6条、第12条……，共9项规则：对象收窄”."""
        often = {told for told, times in Counter(told for _, _, told in of).items() if times > MOST_TIMES}
        lines: dict[str, None] = {}
        for called, names, told in of:
            where = f"{called} {self.said.words.tongue.numbers.listed(names)}"
            if told in often:
                alike = [each for each in of if each[2] == told]
                measures = self.said.words.tongue.numbers.listed(each for each, _, _ in alike)
                where = self.label("in_measures").format(measures=measures, rules=sum(len(each[1]) for each in alike))
            lines[self.said.pair(where, told)] = None
        return [*lines]

    @property
    def open_rules(self) -> str:
        """What those that are not decided are called: where only words nobody has seen are wanting, nothing was left open."""
        return "left_out" if all(each.why == "unseen" for each in self.first.open) else "undecided"

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """What more rules than one can take in come from; it is said once."""
        rules = [verdicts for of in self.said.by_place.values() for verdicts in of.values()]
        apart = [each for each in rules if not all(one.same for one in each)]
        causes = filter(None, (self.said.reasons(self.said.telling(each)) for each in apart))
        ((most, times),) = Counter(causes).most_common(1) or [((), 0)]
        return most if times > MOST_TIMES else ()

    def told(self, rules: Iterable[list[Verdict]]) -> tuple[list[_Told], list[_Told]]:
        """(rules, what is said) of those that changed and those not decided; rules of which the same is said together."""
        found: dict[str, dict[str, list[str]]] = {"apart": {}, "open": {}}
        shared = self.shared
        for verdicts in rules:
            default = verdicts[0]
            if all(each.same for each in verdicts):
                continue
            of = "open" if is_open(verdicts) else "apart"
            elsewhere = default.same or (of == "apart" and not default.changed)
            says = self.said.only_under(verdicts) if elsewhere else self.said.says(default)
            told = self.said.with_cause(says, self.said.telling(verdicts), known=shared)
            if (why := self.said.why(default)) and not elsewhere:
                told = self.said.beside(told, self.said.words.tongue.aside(why))
            found[of].setdefault(told, []).append(default.provision)
        apart, open_ = ([(names, told) for told, names in each.items()] for each in found.values())
        return apart, open_

    @property
    def all_said(self) -> bool:
        """Whether the headline says all there is."""
        return len(self.first.told_besides) == 1 and not self.first.decisions()

    def lines_besides(self) -> list[str]:
        if self.all_said:
            return []
        told = [each for each in self.first.told_besides if each[1].aspect != "reading"]  # in sections of their own
        return [self.first.line(*each) for each in told]

    def unfollowed(self) -> list[str]:
        """“第20条 每年［增：不］遴选10家”."""
        measures, language = self.comparison.measures, self.said.words.language
        return [
            f"{self.said.called(measures[place])} {marked(row.parts, language=language)}"
            for place, row in self.comparison.unfollowed
        ]

    def unworded(self) -> list[str]:
        """“第5条 后续复核”."""
        listed = self.said.words.tongue.numbers.listed
        return [
            f"{self.said.called(self.comparison.measures[place])} {listed(names)}"
            for place, names in self.comparison.unworded
        ]

    def recounted(self) -> list[str]:
        """“市级专精特新企业数：按“现为市级企业”逐户计，只多不少（…），用它的目标：…；新版才计入的企业：评估日…”."""
        words, comma = self.said.words, "，" if self.said.words.language == "zh" else ", "
        lines = []
        for each in self.comparison.recounts:
            verdict = each.telling
            told = [self.label(f"counts_{verdict.who}")]
            if verdict.readings:
                told.insert(0, self.said.under([verdict.readings]))
            why = self.said.why(verdict)
            changes = [one for _, one in self.comparison.placed if one.aspect == "definition"]
            causes = [one for one in changes if self.comparison.counts_by(each, one.name)]
            brief = [*dict.fromkeys(said for one in causes for said in words.brief(one))][:MOST_CAUSES]
            aside = words.tongue.aside(self.said.semicolon.join([*([why] if why else []), *brief]))
            by = self.label("counted_by").format(
                each.definition,
                comma + comma.join(told) + (aside if why or brief else ""),
                words.tongue.numbers.listed(each.targets),
            )
            shown = [self.example(one) for one in verdict.witnesses]
            lines.append(self.said.pair(each.fact, self.said.semicolon.join([by, *shown])))
        return lines

    def example(self, witness: Witness) -> str:
        """“新版才计入的企业：评估日2024年12月31日，区内企业：是”."""
        examples = WitnessWords(self.said)
        comma = "，" if self.said.words.language == "zh" else ", "
        on = f"{self.label('on')} {self.said.words.tongue.numbers.day(witness.on)}"
        facts = [line for scope, own in witness.facts.items() for line in examples.facts(scope, own)]
        which = "counts_now" if witness.shows == "gains" else "counts_no_more"
        return self.said.pair(self.label(which), comma.join([on, *facts]))

    def perhaps_renamed(self) -> list[str]:
        told = [each.told for each in self.first.renamed]
        if self.comparison.only_names:
            told.append(self.label("only_names"))
        return [*told, self.label("facts_follow")] if told else []

    def other_defaults(self) -> list[str]:
        """Whoever chooses no reading gets another one: said at once, for no word of a rule need differ."""
        readings = [each for each in self.comparison.changes if each.aspect == "reading" and each.before and each.after]
        declared = self.said.words.declared
        return [
            view.told
            for each in readings
            if declared.defaults(each.before, each.after)  # type: ignore[arg-type]
            for view in self.said.words.views(each)[:1]
        ]

    def other_options(self) -> list[str]:
        """What one of the versions cannot be asked, unless the headline says it: “口径 G2：删去选项 c 五年，到2029年12月11日”."""
        if self.all_said:
            return []
        readings = [each for each in self.comparison.changes if each.aspect == "reading" and each.before and each.after]
        words = self.said.words
        return [
            words.told(each, each.name, line)
            for each in readings
            for line in words.lines(each)
            if line.joined == "option"
        ]

    def label(self, name: str) -> str:
        return self.said.label(name)


def number_of(measure: MeasureComparison) -> int:
    return (measure.new or measure.old or NOBODY).number
