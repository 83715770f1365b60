"""The page of a comparison: the answer first, then measure by measure what changed, for whom, and an enterprise that shows it."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.answer import Answer, number_of
from fayan_runtime.explain.diff.changes import ChangeView, ChangeWords
from fayan_runtime.explain.diff.general import GeneralWords, LibraryView
from fayan_runtime.explain.diff.headline import Headline
from fayan_runtime.explain.diff.measures import MeasureView, MeasureWords
from fayan_runtime.explain.diff.people import PeopleWords
from fayan_runtime.explain.diff.verdicts import VerdictWords
from fayan_runtime.explain.diff.words.labels import LABELS
from fayan_runtime.explain.population.section import Section
from fayan_runtime.explain.words import pick

#: Lines of examples that are named.
MOST_LINES = 5


@frozen
class DiffView:
    #: Of both versions, where it is one; else empty, and with each of them.
    title: str
    old: str
    new: str
    headline: str
    #: The headline, and which examples a version does not stand up to: first, where no rule is told as changed.
    opening: list[str]
    #: Section → lines.
    answer: list[tuple[str, list[str]]]
    #: For a population: the answer in a sentence, and tables; empty where none was given.
    people: str
    sections: list[Section]
    annex: list[Section]
    measures: list[MeasureView]
    libraries: list[LibraryView]
    #: What belongs to no measure in lines, apart from what the answer has; ``whole`` is all of it.
    general: list[str]
    whole: list[ChangeView]
    #: Changes of substance that are none of who gets how much, with the number of their measure, None where they belong to none.
    besides: list[tuple[int | None, ChangeView]]
    bound: str
    language: str
    label: dict[str, str]


def diff_view(comparison: Comparison, language: str) -> DiffView:
    words = ChangeWords(comparison, language)
    verdicts = VerdictWords(comparison, words)
    first, measures = Headline(verdicts), MeasureWords(verdicts)
    general = GeneralWords(measures)
    people = PeopleWords(comparison.effects, language) if comparison.effects is not None else None
    label = {key: pick(pair, language) for key, pair in LABELS.items()}
    one_title = comparison.old.title == comparison.new.title
    return DiffView(
        title=comparison.new.title if one_title else "",
        old=_version(comparison, 0, words, one_title),
        new=_version(comparison, 1, words, one_title),
        headline=first.told(),
        opening=_opening(comparison, first),
        answer=Answer(first).sections(),
        people=people.headline() if people else "",
        sections=people.sections() if people else [],
        annex=people.annex() if people else [],
        measures=measures.views(),
        libraries=general.libraries(),
        general=general.lines(change for _, change in comparison.besides),
        whole=[view for each in comparison.changes for view in measures.noted(each)],
        besides=[
            (number_of(comparison.measures[place]) if place >= 0 else None, view) for place, view in first.besides
        ],
        bound=label["bound"].format(comparison.bound),
        language=language,
        label=label,
    )


def _opening(comparison: Comparison, first: Headline) -> list[str]:
    told = [first.told(), *_warning(comparison, first)]
    return told if first.apart else told[::-1]


def _warning(comparison: Comparison, first: Headline) -> list[str]:
    listed = first.said.words.tongue.numbers.listed
    told = [
        first.label("rejected_examples").format(
            first.label(side).lower(),
            len(lines),
            first.label("at_lines").format(
                listed(map(str, lines[:MOST_LINES])) + ("…" if len(lines) > MOST_LINES else "")
            ),
        )
        for side, lines in zip(("old", "new"), comparison.rejected_examples, strict=True)
        if lines
    ]
    return [first.sentence([first.label("note_examples").format(listed(told))])] if told else []


def _version(comparison: Comparison, place: int, words: ChangeWords, one_title: bool) -> str:
    """Title, number and date; where number and date are the same on both sides, what else tells the versions apart."""
    program: ir.Program = (comparison.old, comparison.new)[place]
    known = [program.number, *([words.tongue.numbers.day(program.dated)] if program.dated else [])]
    sides = [(each.number, each.dated) for each in (comparison.old, comparison.new)]
    if sides[0] == sides[1] and len(set(comparison.names)) > 1:
        known.append(comparison.names[place])
    comma = "，" if words.language == "zh" else ", "
    return comma.join(known) if one_title else program.title + words.tongue.aside(comma.join(known))
