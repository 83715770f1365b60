"""The page of a comparison: the answer first, then measure by measure what changed, for whom, and an enterprise that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.comparison import Change, Comparison, MeasureComparison, Result, TextPart, TextRow, Verdict, Witness
from fayan_runtime.explain.diff.changes import ChangeView, ChangeWords
from fayan_runtime.explain.diff.partly import Partly, partly_unseen
from fayan_runtime.explain.diff.people import PeopleWords
from fayan_runtime.explain.diff.text import rows_of, together
from fayan_runtime.explain.diff.words import (
    ABOUT,
    ERROR,
    HOW_MUCH,
    LABELS,
    PRICE,
    SHOWS,
    SHOWS_PRICE,
    SITUATIONS,
    WHO,
    WHY,
)
from fayan_runtime.explain.population.section import Section
from fayan_runtime.explain.words import STATUS, pick
from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.values import Absent

#: How the policies name a fact that stands in for words of another text that were not seen.
UNSEEN = "查原文所得"


@frozen
class WitnessView:
    """``facts``: lines to read; ``before`` and ``after``: what each version gives."""

    shows: str
    on: str
    facts: list[str]
    before: str
    after: str
    #: Conditions that fail in one version and not in the other.
    reasons: list[str]


@frozen
class VerdictView:
    name: str
    says: str
    why: str
    examples: list[WitnessView]
    #: Under other readings: (readings, what the verdict is there).
    otherwise: list[tuple[str, str]]


@frozen
class RowView:
    """A sentence of either text; ``changes`` are the numbers of those that rest on it.

    ``unseen``: it stands on one side only, and the other text (``old``, ``new``) is not wholly on file: it may stand there too.
    """

    old: list[TextPart]
    new: list[TextPart]
    changed: bool
    unseen: str
    changes: list[int]


@frozen
class MeasureView:
    """``text`` is both texts as one; ``rows`` the same, side by side. A change goes by its position in ``changes``, from 1."""

    heading: str
    note: str
    text: list[TextPart]
    rows: list[RowView]
    changes: list[ChangeView]
    verdicts: list[VerdictView]


@frozen
class DiffView:
    old: str
    new: str
    headline: str
    #: Section → lines.
    answer: list[tuple[str, list[str]]]
    #: For a population: the answer in a sentence, and tables; empty where none was given.
    people: str
    sections: list[Section]
    measures: list[MeasureView]
    whole: list[ChangeView]
    #: Changes of substance that are none of who gets how much, with the number of their measure, None where they belong to none.
    besides: list[tuple[int | None, ChangeView]]
    bound: str
    language: str
    label: dict[str, str]


#: Changes named beside a rule in the answer.
MOST_CAUSES = 3


def diff_view(comparison: Comparison, language: str) -> DiffView:
    return _Page(comparison, language).view()


class _Page:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.words = ChangeWords(comparison, language)
        self.numbers = self.words.tongue.numbers
        self.label = {key: pick(pair, language) for key, pair in LABELS.items()}
        self.kinds = {each.name: each.kind for side in (comparison.old, comparison.new) for each in side.provisions}
        self.ours = {(each.measure, each.name) for each in comparison.new.provisions}
        #: By the position of the measure in the comparison: numbers are those of either version.
        self.verdicts: dict[int, dict[str, list[Verdict]]] = {}
        for each in comparison.verdicts:
            self.verdicts.setdefault(self.place(each), {}).setdefault(each.provision, []).append(each)

    def view(self) -> DiffView:
        effects = self.comparison.effects
        people = PeopleWords(effects, self.language) if effects is not None else None
        return DiffView(
            old=self.version(self.comparison.old, self.comparison.names[0]),
            new=self.version(self.comparison.new, self.comparison.names[1]),
            headline=self.headline(),
            answer=[(name, lines) for name, lines in self.sections() if lines],
            people=people.headline() if people else "",
            sections=people.sections() if people else [],
            measures=[each for one in enumerate(self.comparison.measures) if (each := self.measure(*one)) is not None],
            whole=[view for each in self.comparison.changes for view in self.noted(each)],
            besides=[
                ((of.new or of.old or _NOBODY).number if (of := self.at(place)) else None, view)
                for place, change in self.comparison.besides
                for view in self.words.views(change)
            ],
            bound=self.label["bound"].format(self.comparison.bound),
            language=self.language,
            label=self.label,
        )

    def at(self, place: int) -> MeasureComparison | None:
        return self.comparison.measures[place] if place >= 0 else None

    def gone(self, verdict: Verdict) -> bool:
        """Whether only the old version has the rule."""
        return (verdict.measure, verdict.provision) not in self.ours

    def place(self, verdict: Verdict) -> int:
        """Which of the measures compared the rule stands in: by its old number where only the old version has it."""
        sides = [each.old if self.gone(verdict) else each.new for each in self.comparison.measures]
        return [side.number if side else None for side in sides].index(verdict.measure)

    def version(self, program: ir.Program, name: str) -> str:
        """Title, number and date; where these are the same on both sides, what else tells the versions apart."""
        known = [program.number, *([self.numbers.day(program.dated)] if program.dated else [])]
        sides = [(each.title, each.number, each.dated) for each in (self.comparison.old, self.comparison.new)]
        if sides[0] == sides[1] and len(set(self.comparison.names)) > 1:
            known.append(name)
        if self.language == "zh":
            return f"{program.title}（{'，'.join(known)}）"
        return f"{program.title} ({', '.join(known)})"

    # ------------------------------------------------------------ the answer
    def headline(self) -> str:
        rules = [verdict for verdict in self.comparison.verdicts if verdict.reading is None]
        apart = [each for each in rules if not each.same and not each.why]
        open_ = [each for found in self.verdicts.values() for each in found.values() if _open(each)]
        only_other = {
            (each.measure, each.provision) for each in self.comparison.verdicts if not each.same and not each.why
        }
        only_other -= {(each.measure, each.provision) for each in apart}
        only_other -= {(each[0].measure, each[0].provision) for each in open_}
        measures = {self.place(each) for each in apart}
        zh = self.language == "zh"
        parts = []
        if apart:
            parts.append(
                f"含义有变：{len(measures)}条措施的{len(apart)}项规则，对谁、给多少不一样了"
                if zh
                else f"The meaning changed: {len(apart)} rule(s) of {len(measures)} measure(s) decide otherwise for whom or how much"
            )
        if only_other:
            more, also = ("另有", "more rule(s)") if apart else ("缺省口径下含义相同；", "rule(s) decide otherwise")
            parts.append(
                f"{more}{len(only_other)}项规则只在其他口径下不一样"
                if zh
                else f"{len(only_other)} {also} only under other readings"
            )
        if open_:
            parts.append(f"{len(open_)}项规则未能断定" if zh else f"{len(open_)} rule(s) not decided")
        besides = [each.told for _, change in self.comparison.besides for each in self.words.views(change)]
        if besides:
            parts.append(self.besides(besides, alone=not parts and not partly_unseen(self.comparison)))
        if partly_unseen(self.comparison):
            parts += Partly(self.comparison, self.language).headline()
        elif not parts:
            parts.append("两版含义相同" if zh else "Both versions mean the same")
        elif left := len(rules) - len(apart) - len(open_) - len(only_other):
            alike = "对谁、给多少相同" if besides else "含义相同"
            same = "give the same to the same enterprises" if besides else "mean the same"
            if apart or open_ or only_other:
                parts.append(f"其余{left}项规则{alike}" if zh else f"{left} other rule(s) {same}")
        return ("；" if zh else "; ").join(parts) + ("。" if zh else ".")

    def besides(self, told: list[str], alone: bool) -> str:
        """“对谁、给多少相同，别的有变：兑付或办理单位 六税两费减征：区税务局 → 区财政局”."""
        more = f"等{len(told)}处" if self.language == "zh" else f" and {len(told) - 1} more"
        return self.pair(self.label["besides" if alone else "besides_too"], told[0] + (more if len(told) > 1 else ""))

    def sections(self) -> list[tuple[str, list[str]]]:
        changed, undecided, otherwise = [], [], []
        besides = [
            f"{self.called(self.comparison.measures[place])} {view.told}" if place >= 0 else view.told
            for place, change in self.comparison.besides
            for view in self.words.views(change)
        ]
        places = {place for place, _ in self.comparison.besides}
        for place, measure in enumerate(self.comparison.measures):
            said, called = False, self.called(measure)
            for name, verdicts in self.verdicts.get(place, {}).items():
                default = verdicts[0]
                because = self.because(default)
                line = self.pair(f"{called} {name}", self.says(default)) + because
                if default.why:
                    undecided.append(f"{line}（{pick(WHY[default.why], self.language)}）")
                    said = True
                elif not default.same:
                    changed.append(line)
                    said = True
                elif any(not each.same for each in verdicts):
                    line = self.pair(f"{called} {name}", self.only_under(verdicts)) + because
                    (undecided if _open(verdicts) else changed).append(line)
                    said = True
            if (
                measure.old
                and measure.new
                and not said
                and place not in places
                and not measure.comparable
                and (measure.changes or measure.text)
            ):
                otherwise.append(self.heading(measure))
        gone = [self.heading(each) for each in self.comparison.measures if each.new is None and not each.comparable]
        new = [self.heading(each) for each in self.comparison.measures if each.old is None and not each.comparable]
        beyond = Partly(self.comparison, self.language).sections() if partly_unseen(self.comparison) else []
        told = [
            ("changed", changed),
            ("default", self.defaults()),
            ("undecided", undecided),
            ("besides", besides),
            ("only_old", gone),
            ("only_new", new),
            ("said_otherwise", otherwise),
        ]
        return [*((self.label[name], lines) for name, lines in told), *beyond]

    def defaults(self) -> list[str]:
        """Whoever chooses no reading gets another one: said at once, for no word of a rule need differ."""
        readings = [each for each in self.comparison.changes if each.aspect == "reading" and each.before and each.after]
        return [
            view.told
            for each in readings
            if self.words.defaults(each.before, each.after)  # type: ignore[arg-type]
            for view in self.words.views(each)[:1]
        ]

    def says(self, verdict: Verdict) -> str:
        told = self.changed(verdict)
        if verdict.old and not self.gone(verdict):
            return told
        which = self.label["rule_added" if not verdict.old else "rule_gone"]
        return f"{which}，{told}" if self.language == "zh" else f"{which}; {told}"

    def changed(self, verdict: Verdict) -> str:
        kind = self.kinds.get(verdict.provision or verdict.old, "")
        if kind in ABOUT:
            return pick(ABOUT[kind][verdict.who], self.language) + self.to_be_seen(verdict)
        amounts = PRICE if self.priced(verdict) else HOW_MUCH
        who, how = pick(WHO[verdict.who], self.language), pick(amounts[verdict.how_much], self.language)
        failed = [self.label[f"error_{each.shows}"] for each in verdict.witnesses if _fails(each)]
        who = ("，" if self.language == "zh" else "; ").join([who, *failed])
        said = [who] if verdict.who != "same" or verdict.how_much == "same" else []
        said += [how] if verdict.how_much != "same" or verdict.who == "same" else []
        return ("，" if self.language == "zh" else "; ").join(said) + self.to_be_seen(verdict)

    def to_be_seen(self, verdict: Verdict) -> str:
        """What an example had to assume of texts nobody has seen: the verdict holds only if they say so."""
        named = [
            name
            for each in verdict.witnesses
            for facts in each.facts.values()
            for name in facts
            if name.startswith(UNSEEN)
        ]
        listed = self.numbers.listed(dict.fromkeys(named))
        return self.words.tongue.aside(self.label["to_be_seen"].format(listed)) if named else ""

    def because(self, verdict: Verdict, elsewhere: int | None = None) -> str:
        """“（增速过线 20% → 15%；年度限额 50万元 → 80万元）”; with ``elsewhere``, only where none of it stands in the measure at that place."""
        if not verdict.old or self.gone(verdict):
            return ""
        causes = self.comparison.causes(verdict)
        if elsewhere is not None and any(place == elsewhere for place, _ in causes):
            return ""
        said = [*dict.fromkeys(each for _, change in causes for each in self.words.brief(change))]
        zh = self.language == "zh"
        if len(said) > MOST_CAUSES:
            said[MOST_CAUSES:] = [f"等{len(said)}处" if zh else f"{len(said) - MOST_CAUSES} more"]
        return self.words.tongue.aside(("；" if zh else "; ").join(said)) if said else ""

    def priced(self, verdict: Verdict) -> bool:
        """Whether the amount is a price by which a bid is scored, which is the better the lower it is."""
        program, name = (
            (self.comparison.old, verdict.old) if self.gone(verdict) else (self.comparison.new, verdict.provision)
        )
        return any(each.nature == "price" for each in program.provisions if each.name == name)

    def only_under(self, verdicts: Sequence[Verdict]) -> str:
        """The same at the defaults, another under some reading."""
        told = [
            self.pair(f"{self.label['under']} {self.numbers.listed(ids)}", said) for said, ids in self.others(verdicts)
        ]
        return ("；" if self.language == "zh" else "; ").join([self.label["same_by_default"], *told])

    def others(self, verdicts: Sequence[Verdict]) -> list[tuple[str, list[str]]]:
        """What is said under readings where the verdict is another one, with these readings."""
        found: dict[str, list[str]] = {}
        for each in verdicts[1:]:
            if each.reading and not _alike(each, verdicts[0]):
                found.setdefault(self.says(each), []).append("＝".join(each.reading))
        return list(found.items())

    def pair(self, name: str, said: str) -> str:
        return f"{name}：{said}" if self.language == "zh" else f"{name}: {said}"

    # ------------------------------------------------------------ measures
    def called(self, measure: MeasureComparison) -> str:
        """By its new number, with the old one where that was another."""
        number = (measure.new or measure.old or _NOBODY).number
        called = self.label["measure"].format(number) if number else self.label["preamble"]
        if measure.new is None:
            return called + self.words.tongue.aside(self.label["old"])
        if measure.old is None or measure.old.number == number:
            return called
        return called + self.words.tongue.aside(self.label["was"].format(measure.old.number))

    def heading(self, measure: MeasureComparison) -> str:
        return f"{self.called(measure)} {(measure.new or measure.old or _NOBODY).title}".strip()

    def measure(self, place: int, measure: MeasureComparison) -> MeasureView | None:
        if measure.comparable and not _seen(measure):
            return None
        verdicts = [self.verdict(place, *each) for each in self.verdicts.get(place, {}).items()]
        apart = [each for each in verdicts if each is not None]
        if measure.old is not None and measure.new is not None and not (measure.changes or measure.text or apart):
            return None
        note = (
            ""
            if measure.old is not None and measure.new is not None
            else self.label["removed" if measure.old else "added"]
        )
        if measure.comparable:
            sides = [("unseen_old", measure.old), ("unseen_new", measure.new)]
            note = "；".join(
                self.label[key].format(side.unseen) for key, side in sides if side is not None and side.unseen
            )
        changes = [(each, view) for each in measure.changes for view in self.noted(each)]
        resting: dict[int, list[int]] = {}
        for number, (change, _) in enumerate(changes, 1):
            for row in rows_of(change, measure):
                resting.setdefault(row, []).append(number)
        rows = [row_view(row, measure, resting.get(place, [])) for place, row in enumerate(measure.text)]
        both = [row for row, shown in zip(measure.text, rows, strict=True) if not shown.unseen]
        return MeasureView(self.heading(measure), note, together(both), rows, [view for _, view in changes], apart)

    def verdict(self, place: int, name: str, verdicts: Sequence[Verdict]) -> VerdictView | None:
        if all(each.same for each in verdicts):
            return None
        default = verdicts[0]
        shown = default if not default.same else next(each for each in verdicts if not each.same)
        return VerdictView(
            name,
            (self.only_under(verdicts) if default.same else self.says(default)) + self.because(default, place),
            pick(WHY[default.why], self.language) if default.why else "",
            [
                self.witness(
                    each, self.priced(shown), gives=self.kinds.get(default.provision or default.old, "") not in ABOUT
                )
                for each in shown.witnesses
            ],
            [] if default.same else [("、".join(ids), said) for said, ids in self.others(verdicts)],
        )

    def noted(self, change: Change) -> list[ChangeView]:
        """A change, of a definition with the rules that use it."""
        views = self.words.views(change)
        users = self.comparison.users(change.name) if change.aspect == "definition" else []
        if not users:
            return views
        used = f"{self.label['used_by']} {self.numbers.listed(users)}"
        told = f"；{used}" if self.language == "zh" else f"; {used}"
        return [evolve(each, told=each.told + told) for each in views]

    # ------------------------------------------------------------ examples
    def witness(self, witness: Witness, priced: bool, gives: bool) -> WitnessView:
        shows = ERROR if _fails(witness) else SHOWS | SHOWS_PRICE if priced else SHOWS if gives else SHOWS | SITUATIONS
        return WitnessView(
            pick(shows[witness.shows], self.language),
            self.numbers.day(witness.on),
            [line for scope, facts in witness.facts.items() for line in self.facts(scope, facts)],
            self.outcome(witness.before),
            self.outcome(witness.after),
            [
                f"{self.label['one_of_them'] if result.status == 'granted' else ''}"
                f"{self.label[side]}{self.label['because' if gives else 'unmet_because']}{each.tell(self.language)}"
                for side, result in (("old", witness.before), ("new", witness.after))
                for each in result.reasons
                if each.holds is False
            ],
        )

    def outcome(self, result: Result) -> str:
        if result.status in ("", "unreadable"):
            return self.label["unreadable" if result.status else "no_rule"]
        said = pick(STATUS[result.status], self.language)
        if result.status != "granted" or result.amount is None:
            return said
        said = f"{said} {self.numbers.yuan(result.amount)}"
        if result.payable is None or result.payable == result.amount:
            return said
        return f"{said}{self.label['left'].format(self.numbers.yuan(result.payable))}"

    def facts(self, scope: str, facts: dict[str, object]) -> list[str]:
        lines = []
        for name, value in facts.items():
            declared = self.declared(scope, name)
            prefix = "" if scope == ENTERPRISE else scope
            if declared is not None and declared.fields:
                rows: list[dict[str, object]] = value  # type: ignore[assignment]
                kinds = {each.name: each.type for each in declared.fields}
                lines += [
                    f"{name} {number}："
                    + "，".join(f"{key} {self.shown(each, kinds[key])}" for key, each in row.items())
                    for number, row in enumerate(rows, 1)
                ] or [f"{name}：{self.numbers.NONE}"]
            elif declared is not None:
                lines.append(f"{prefix}{name}：{self.shown(value, declared.type)}")
        return lines

    def declared(self, scope: str, name: str) -> ir.FactDecl | None:
        for program in (self.comparison.new, self.comparison.old):
            for each in program.scopes:
                for fact in each.facts:
                    if (each.name, fact.name) == (scope, name):
                        return fact
        return None

    def shown(self, value: object, kind: ir.Type) -> str:
        if isinstance(value, list):
            return self.numbers.listed(map(str, value)) or self.numbers.NONE
        if isinstance(value, str) or value is None or isinstance(value, (bool, int, Fraction, date, Absent)):
            return self.numbers.show(value, kind) if kind.kind != "month" or value is None else str(value)
        return str(value)


_NOBODY = ir.Measure(number=0, title="", chapter="", responsible=(), passages=())


def row_view(row: TextRow, measure: MeasureComparison, changes: list[int]) -> RowView:
    unseen = ""
    for name, sentences, side in (("old", row.old, measure.old), ("new", row.new, measure.new)):
        if not sentences and side is not None and side.unseen:
            unseen = name
    parts = [evolve(part, kind="kept") for part in row.parts] if unseen else row.parts
    return RowView(
        [part for part in parts if part.kind != "put"] if row.old else [],
        [part for part in parts if part.kind != "cut"] if row.new else [],
        any(part.kind != "kept" for part in parts),
        unseen,
        changes,
    )


def _seen(measure: MeasureComparison) -> bool:
    """Whether some of the words are on file on both sides."""
    return all(side is not None and side.sentences for side in (measure.old, measure.new))


def _fails(witness: Witness) -> bool:
    """Whether one version cannot work out what is due, rather than refuse."""
    return "error" in (witness.before.status, witness.after.status)


def _open(verdicts: Sequence[Verdict]) -> bool:
    """Whether a rule is not decided at the defaults; or is the same there, and elsewhere is not decided."""
    default, *others = verdicts
    return bool(default.why) or (
        default.same and any(each.why for each in others) and all(each.same or each.why for each in others)
    )


def _alike(one: Verdict, other: Verdict) -> bool:
    return (one.who, one.how_much, bool(one.why)) == (other.who, other.how_much, bool(other.why))
