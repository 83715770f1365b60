"""Layer one of a comparison: every meaningful thing that differs between two programs.

Two sides of a rule are laid beside each other clause by clause. A clause that only calls a definition which changed is not itself reported:
the definition is, once; so is a clause that stands for all rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from fayan_compiler.diff.align import Pair, pair_measures
from fayan_compiler.diff.clauses import Clauses, Placed
from fayan_compiler.diff.declared import Declared
from fayan_compiler.diff.sides import Sides
from fayan_compiler.diff.wording import notes, text_rows
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.changes import Aspect, Change, MeasureComparison, Thing
from fayan_runtime.comparison import Comparison


def compare(
    old: ir.Program, new: ir.Program, old_cases: Sequence[ExampleCase] = (), new_cases: Sequence[ExampleCase] = ()
) -> Comparison:
    return Structure(old, new).compare(old_cases, new_cases)


class Structure:
    """``old`` goes by the names of the new version, where a thing only goes by another name."""

    def __init__(self, old: ir.Program, new: ir.Program) -> None:
        self.sides = Sides(old, new)
        self.old, self.new = self.sides.old, new
        self.measures = pair_measures(self.old, self.new)
        self.became = {pair.old.number: pair.new.number for pair in self.measures if pair.old and pair.new}
        self.clauses = Clauses(self.sides, self.became)
        self.declared = Declared(self.sides, self.clauses.called)

    def provision_pairs(self) -> list[Pair[ir.Provision]]:
        return self.clauses.pairs

    def compare(self, old_cases: Sequence[ExampleCase], new_cases: Sequence[ExampleCase]) -> Comparison:
        placed, general = self.placed()
        declared = self.declared
        beside = [
            *declared.chapters(),
            *general,
            *declared.named("reading", self.old.readings, self.new.readings),
            *declared.named("enum", self.old.enums, self.new.enums),
            *declared.facts(),
            *declared.offsets(),
            *declared.renamed(),
            *declared.examples(old_cases, new_cases),
        ]
        #: What one side lacks says nothing where that side is not on file as a whole.
        partly = bool(self.old.unseen or self.new.unseen)
        both = [each for each in beside if not partly or (each.before is not None and each.after is not None)]
        return Comparison(
            old=self.old,
            new=self.new,
            changes=(*declared.header(), *both),
            measures=tuple(self.measure(pair, placed) for pair in self.measures),
            renamed=tuple(self.sides.renamed.items()),
            renumbered=tuple(self.sides.names.readings.items()),
            members=tuple(self.sides.members),
            relettered=tuple(self.sides.relettered),
            only_names=declared.only_names,
        )

    # ------------------------------------------------------------ where a change belongs
    def placed(self) -> tuple[dict[int, list[Change]], list[Change]]:
        """Changes by the measure of the new version (of what is gone altogether, by -1 - the old number), and those of no measure."""
        found: dict[int, list[Change]] = {}
        general: list[Change] = []
        clauses, shared = _shared(self.clauses.changes())
        general += shared
        for old, new, change in [*clauses, *self.declared.definitions(), *self.declared.imports()]:
            if old is None and new is None:
                general.append(change)
                continue
            number = new if new is not None else self.became.get(old or 0, -1 - (old or 0))
            found.setdefault(number, []).append(change)
        return {number: _together(changes) for number, changes in found.items()}, general

    # ------------------------------------------------------------ measures
    def measure(self, pair: Pair[ir.Measure], placed: dict[int, list[Change]]) -> MeasureComparison:
        old, new = pair.old, pair.new
        number = new.number if new is not None else -1 - (old.number if old is not None else 0)
        changes = placed.get(number, [])
        if old is None or new is None:
            # Of a document that is not on file as a whole nobody knows what else it holds.
            beyond = "old" if old is None and self.old.unseen else "new" if new is None and self.new.unseen else ""
            return MeasureComparison(old=old, new=new, comparable=beyond, changes=() if beyond else tuple(changes))  # type: ignore[arg-type]
        unseen = ("both" if new.unseen else "old") if old.unseen else ("new" if new.unseen else "")
        seen = bool(old.sentences and new.sentences)
        head = list(self.head(old, new)) if seen or not unseen else []
        if unseen:  # what one side lacks says nothing; nor do its headings, where nothing of it was seen
            changes = [each for each in changes if each.before is not None and each.after is not None]
        rows = text_rows(old, new) if seen else ()
        return MeasureComparison(
            old=old,
            new=new,
            comparable=unseen,  # type: ignore[arg-type]
            likeness=pair.likeness,
            text=rows,
            changes=(*head, *notes(rows, old, new, bool(unseen), self.became), *changes),
        )

    def head(self, old: ir.Measure, new: ir.Measure) -> Iterator[Change]:
        was = self.chapter(self.old, old)
        sides: list[tuple[Aspect, Thing, Thing]] = [
            ("number", old.number, new.number),
            ("title", old.title, new.title),
            ("chapter", self.declared.retitled.get(was, was), self.chapter(self.new, new)),
            ("responsible", old.responsible, new.responsible),
            ("unrecorded", self.own(old.unrecorded, self.old), self.own(new.unrecorded, self.new)),
        ]
        for aspect, before, after in sides:
            if before != after and not (aspect == "responsible" and (old.unseen or new.unseen)):
                yield Change(aspect=aspect, before=before, after=after)

    @staticmethod
    def own(source: str | None, program: ir.Program) -> str | None:
        """Where the figures of a measure are from, unless the header says it for all."""
        return None if source == dict(program.headers).get("原文未录") else source

    @staticmethod
    def chapter(program: ir.Program, measure: ir.Measure) -> str:
        """The chapter's title: its label and place change with the order of the document."""
        return next((title for label, title, _ in program.chapters if label == measure.chapter), measure.chapter)


def _shared(placed: Iterable[Placed]) -> tuple[list[Placed], list[Change]]:
    """Clauses of single rules apart from those that stand once, at one place, for rules of several measures."""
    groups: dict[object, list[Placed]] = {}
    for each in placed:
        change = each[2]
        place = (change.old.line, change.new.line) if change.aspect == "period" else ()
        groups.setdefault((change.aspect, place) if any(place) else id(each), []).append(each)
    own: list[Placed] = []
    shared: list[Change] = []
    for group in groups.values():
        if len({each[:2] for each in group}) > 1:
            first = group[0][2]
            shared.append(evolve(first, also=tuple(each[2].of for each in group[1:])))
        else:
            own += group
    return own, shared


def _together(changes: Sequence[Change]) -> list[Change]:
    """The same change made to several rules of a measure is one."""
    found: dict[object, Change] = {}
    for each in changes:
        key = (each.aspect, each.name, each.before, each.after, each.parts) if each.of else id(each)
        same = found.get(key)
        found[key] = each if same is None else evolve(same, also=(*same.also, each.of))
    return list(found.values())
