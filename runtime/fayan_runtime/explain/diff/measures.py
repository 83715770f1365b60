"""Measure by measure: the two texts, what changed, and what that means for each rule."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from fayan_runtime.changes import Change, MeasureComparison
from fayan_runtime.explain.diff.changes import ChangeView
from fayan_runtime.explain.diff.examples import WitnessView, WitnessWords
from fayan_runtime.explain.diff.text import together
from fayan_runtime.explain.diff.verdicts import VerdictWords
from fayan_runtime.texts import TextPart, TextRow
from fayan_runtime.verdicts import Verdict

#: Of 100: two measures less alike than this only may be one.
SURE = 60


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
    """``numbers``: in the old version and in the new, None where it has no such measure. ``text`` is both texts as one; ``rows`` the same,
    side by side. A change goes by its position in ``changes``, from 1."""

    numbers: tuple[int | None, int | None]
    heading: str
    note: str
    text: list[TextPart]
    rows: list[RowView]
    changes: list[ChangeView]
    verdicts: list[VerdictView]


@frozen
class MeasureWords:
    said: VerdictWords

    def views(self) -> list[MeasureView]:
        found = (self.view(*each) for each in enumerate(self.said.comparison.measures))
        return [each for each in found if each is not None]

    def view(self, place: int, measure: MeasureComparison) -> MeasureView | None:
        """None where there is nothing to tell."""
        if measure.comparable and not _seen(measure):
            return None
        verdicts = [self.verdict(place, *each) for each in self.said.by_place.get(place, {}).items()]
        apart = [each for each in verdicts if each is not None]
        if measure.old is not None and measure.new is not None and not (measure.changes or measure.text or apart):
            return None
        changes = [(each, view) for each in measure.changes for view in self.noted(each)]
        resting: dict[int, list[int]] = {}
        for number, (change, _) in enumerate(changes, 1):
            for row in measure.resting(change.old, change.new):
                resting.setdefault(row, []).append(number)
        rows = [row_view(row, measure, resting.get(place, [])) for place, row in enumerate(measure.text)]
        both = [row for row, shown in zip(measure.text, rows, strict=True) if not shown.unseen]
        return MeasureView(
            (measure.old.number if measure.old else None, measure.new.number if measure.new else None),
            self.said.heading(measure),
            self.note(measure),
            together(both),
            rows,
            [view for _, view in changes],
            apart,
        )

    def note(self, measure: MeasureComparison) -> str:
        label = self.said.label
        if measure.comparable:
            sides = [("unseen_old", measure.old), ("unseen_new", measure.new)]
            return self.said.semicolon.join(
                label(key).format(side.unseen) for key, side in sides if side is not None and side.unseen
            )
        if measure.old is None or measure.new is None:
            return label("removed" if measure.old else "added")
        like = measure.likeness
        if any(self.said.comparison.measures[place] is measure for place, _ in self.said.comparison.unworded):
            return label("unworded")
        if like is None or like.number or like.title == 100 or like.text == 100:
            return ""
        same, rules = like.rules
        speaks = [label("alike_text").format(like.text), *([label("alike_rules").format(rules, same)] if rules else [])]
        sure = label("alike" if like.score >= SURE else "alike_perhaps")
        return self.said.pair(sure, self.said.words.tongue.clauses(speaks))

    def verdict(self, place: int, name: str, verdicts: Sequence[Verdict]) -> VerdictView | None:
        if all(each.same for each in verdicts):
            return None
        default = verdicts[0]
        shown = self.said.telling(verdicts)
        elsewhere = default.same or (shown.changed and not default.changed)
        says = self.said.only_under(verdicts) if elsewhere else self.said.says(default)
        examples = WitnessWords(self.said)
        return VerdictView(
            name,
            self.said.with_cause(says, shown, place),
            "" if elsewhere else self.said.why(default),
            [examples.view(shown, each) for each in shown.witnesses],
            [] if elsewhere else [(self.said.under(ids), said) for said, ids in self.said.others(verdicts)],
        )

    def noted(self, change: Change) -> list[ChangeView]:
        """A change, of a definition with the rules that use it."""
        views = self.said.words.views(change)
        users = self.said.comparison.users(change.name) if change.aspect == "definition" else ()
        if not users:
            return views
        used = f"{self.said.semicolon}{self.said.label('used_by')} {self.said.words.rules(users)}"
        return [evolve(each, told=each.told + used) for each in views]


def row_view(row: TextRow, measure: MeasureComparison, changes: list[int]) -> RowView:
    unseen = ""
    for name, sentences, side in (("old", row.old, measure.old), ("new", row.new, measure.new)):
        if not sentences and side is not None and side.unseen:
            unseen = name
    parts = [evolve(part, kind="kept") for part in row.parts] if unseen else list(row.parts)

    def standing(hole: str, other: str) -> list[TextPart]:
        """What stands here; where the other side has words that were never seen of this one, a hole."""
        own = [part for part in parts if part.kind != other and (part.text or part.kind == hole)]
        return [evolve(part, text="") if part.kind == hole else part for part in own]

    return RowView(
        standing("unseen_old", "put") if row.old else [],
        standing("unseen_new", "cut") if row.new else [],
        any(part.kind != "kept" for part in parts),
        unseen,
        changes,
    )


def _seen(measure: MeasureComparison) -> bool:
    """Whether some of the words are on file on both sides."""
    return all(side is not None and side.sentences for side in (measure.old, measure.new))
