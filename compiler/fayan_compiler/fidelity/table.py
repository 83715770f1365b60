"""What the words of 原文 are to the rules: for each passage its figures and names, and the parts of rules that use them.

Every check reads this table, and so does ``fayan check --trace-text``, which prints it. It is made from the tree alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import define, field

from fayan_compiler.boundaries import declared
from fayan_compiler.fidelity.figures import Figure, figure_of, figures_of_text
from fayan_compiler.fidelity.parts import Part, nodes, parts_of
from fayan_compiler.fidelity.vocabulary import Mention, Vocabulary, annotations_of
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.source import Span

#: Annotations a sentence can rest on.
RULES = (
    tree.Rule, tree.Duty, tree.Goal, tree.Selection, tree.Ceiling, tree.Highest, tree.Deduct, tree.Offset, tree.Period,
)  # fmt: skip
#: Those that single out whose the benefit is.
BENEFITS = (tree.Rule, tree.Selection)
NAMED = (tree.Rule, tree.Duty, tree.Goal, tree.Selection, tree.Ceiling, tree.Define)


def squeeze(text: str) -> str:
    """Without white space, signs made equal."""
    return "".join(even(text).split())


@define(eq=False)
class Row:
    """One passage: its figures and names, the annotations under it, and the rules elsewhere that it names with 见."""

    measure: tree.Measure
    passage: tree.Passage
    figures: list[Figure]
    mentions: list[Mention]
    rules: list[tree.Annotation]
    seen: list[tree.Annotation] = field(factory=list)
    #: The text of the passages that send here with 见: what they say is said of these rules too.
    also: list[Row] = field(factory=list)

    @cached_property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.passage.sentences)

    @property
    def annotations(self) -> tuple[tree.Annotation, ...]:
        return self.passage.annotations

    def marks(self, kind: str) -> Iterator[tuple[tree.Figure, str]]:
        """The marks 数字, 用词 or 单位 under the passage, each with the words it marks."""
        for each in self.annotations:
            if isinstance(each, tree.Figure) and each.kind == kind:
                yield each, each.text.split(maxsplit=1)[0] if each.text.split() else ""

    @property
    def only_marked(self) -> bool:
        kinds = {type(annotation) for annotation in self.annotations}
        return tree.Mark in kinds and not kinds & {*RULES, tree.See}

    def sentence_at(self, place: int) -> tree.Sentence:
        return next(s for s in reversed(self.passage.sentences) if s.span.start <= place)


@define(eq=False, slots=False)
class Table:
    policy: tree.Policy
    _parts: dict[int, list[Part]] = field(factory=dict)
    _reached: dict[tuple[int, bool], list[Part]] = field(factory=dict)

    # ------------------------------------------------------------ what the file declares
    @cached_property
    def annotations(self) -> list[tree.Annotation]:
        return list(annotations_of(self.policy))

    @cached_property
    def definitions(self) -> dict[str, tree.Define]:
        return {a.name.text: a for a in self.annotations if isinstance(a, tree.Define)}

    @cached_property
    def readings(self) -> dict[str, tree.Reading]:
        return {a.id.text: a for a in self.annotations if isinstance(a, tree.Reading)}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Reading → its first option."""
        return {id: reading.options[0].id.text for id, reading in self.readings.items() if reading.options}

    @cached_property
    def bounds(self) -> dict[str, str]:
        """以上, 以下 … where the document means them in its own way."""
        return declared(self.policy)

    @cached_property
    def headers(self) -> dict[str, str]:
        return {header.key: header.text for header in self.policy.headers}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.policy)

    @cached_property
    def types_with(self) -> dict[str, list[tree.TypeDecl]]:
        """Member → the types that have it."""
        found: dict[str, list[tree.TypeDecl]] = {}
        for each in self.annotations:
            if isinstance(each, tree.TypeDecl):
                for member in each.members:
                    found.setdefault(member.text, []).append(each)
        return found

    @cached_property
    def facts(self) -> list[tree.Fact]:
        return [fact for each in self.annotations if isinstance(each, tree.Facts) for fact in each.facts]

    @cached_property
    def columns(self) -> dict[str, set[str]]:
        """List → the types of its fields."""
        return {fact.name.text: {column.type for column in fact.fields} for fact in self.facts}

    @cached_property
    def yes_or_no(self) -> set[str]:
        """Facts that are so or not, which only a condition can use."""
        return {fact.name.text for fact in self.facts if fact.shape == "value" and fact.type == "是否"}

    @cached_property
    def answered(self) -> list[str]:
        """Facts that are so or not, and fields of lists that are."""
        asked = (one for fact in self.facts for one in (fact, *fact.fields) if one.type == "是否" and not one.fields)
        return [one.name.text for one in asked]

    @cached_property
    def used(self) -> set[str]:
        """The names that rules and definitions use, and facts that are worked out or counted."""
        rules = (each for each in self.annotations if isinstance(each, (*RULES, tree.Define)))
        named = (name.text for fact in self.facts for name in (fact.derived, fact.counted) if name is not None)
        return {part.name for each in rules for part in self.parts(each)}.union(named)

    # ------------------------------------------------------------ the rows
    @cached_property
    def rows(self) -> list[Row]:
        rows = [self._row(measure, passage) for measure in self.policy.measures for passage in measure.passages]
        home = {name_of(rule): (row, rule) for row in rows for rule in row.rules if name_of(rule)}
        for row in rows:
            for annotation in row.annotations:
                if isinstance(annotation, tree.See):
                    for name in annotation.names:
                        if name.text in home:
                            other, rule = home[name.text]
                            row.seen.append(rule)
                            other.also.append(row)
        return rows

    def _row(self, measure: tree.Measure, passage: tree.Passage) -> Row:
        figures: list[Figure] = []
        mentions: list[Mention] = []
        for sentence in passage.sentences:
            start = self.policy.source.text.find(sentence.text, sentence.span.start)
            figures += figures_of_text(sentence.text, start)
            titles = [found.span() for found in re.finditer("《[^《》]*》", sentence.text)]
            mentions += [
                each
                for each in self.vocabulary.mentions(sentence.text, start)
                if not any(first <= each.span.start - start < last for first, last in titles)
            ]
        text = squeeze("\n".join(sentence.text for sentence in passage.sentences))
        rules: list[tree.Annotation] = [
            each
            for each in passage.annotations
            if isinstance(each, RULES) or (isinstance(each, tree.Define) and explains(text, each))
        ]
        return Row(measure, passage, figures, mentions, rules)

    @cached_property
    def _rows_by_measure(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(id(row.measure), []).append(row)
        return found

    def rows_of(self, measure: tree.Measure) -> list[Row]:
        return self._rows_by_measure.get(id(measure), [])

    @cached_property
    def everything(self) -> str:
        return "\n".join(row.text for row in self.rows)

    @cached_property
    def _squeezed(self) -> str:
        return squeeze(self.everything)

    def holds(self, cite: str) -> bool:
        """Whether the words of a quotation are in 原文, wherever."""
        return all(squeeze(piece) in self._squeezed for piece in cite.split("……"))

    @cached_property
    def all_figures(self) -> list[Figure]:
        return [figure for row in self.rows for figure in row.figures]

    # ------------------------------------------------------------ the parts of rules
    def parts(self, annotation: tree.Annotation) -> list[Part]:
        """The figures, names and quotations written in the annotation itself."""
        if (found := self._parts.get(id(annotation))) is None:
            found = self._parts[id(annotation)] = parts_of(annotation, self.defaults, self.bounds, self.policy.source)
        return found

    def figure_of(self, part: Part) -> Figure | None:
        """The figure a part is, itself or by the definition it names."""
        if part.figure is None and part.name in self.definitions:
            return figure_of(self.definitions[part.name].value.expr, self.policy.source)
        return part.figure

    def reach(self, rule: tree.Annotation, *, default: bool) -> list[Part]:
        """The parts of a rule and of the definitions it uses, wherever these stand; by first options only where ``default``."""
        key = (id(rule), default)
        if (known := self._reached.get(key)) is None:
            known = self._reached[key] = []
            waiting: list[tree.Annotation] = [rule]
            seen: set[str] = set()
            while waiting:
                for part in self.parts(waiting.pop()):
                    if default and not part.way.default:
                        continue
                    known.append(part)
                    if part.name in self.definitions and part.name not in seen:
                        seen.add(part.name)
                        waiting.append(self.definitions[part.name])
        return known

    @cached_property
    def choices(self) -> list[tree.By]:
        """Wherever rules go by a reading, with their rows."""
        found: list[tree.By] = []
        text = self.policy.source.text
        for annotation in self.annotations:
            if not isinstance(annotation, (*RULES, tree.Define)):
                continue
            if not _GOES_BY.search(text, annotation.span.start, annotation.span.end):
                continue
            found += [
                each
                for each in nodes(annotation)
                if isinstance(each, tree.By) and isinstance(each.subject, tree.ReadingRef)
            ]
        return found

    # ------------------------------------------------------------ which words a part may rest on
    def sources(self, row: Row, annotation: tree.Annotation, part: Part) -> Iterable[Figure]:
        """The figures of 原文 that a part of an annotation under ``row`` may use.

        Those of its passage, of the passages that send here with 见, and of the words it quotes; under an option other than a
        reading's first also those of the measure, and of the reading's own words.
        """
        yield from row.figures
        for other in row.also:
            yield from other.figures
        for cite in (part.way.cite, getattr(annotation, "cite", None)):
            if cite:
                yield from figures_of_text(cite.text, 0)
        if not row.passage.sentences or not part.way.default:
            for other in self.rows_of(row.measure):
                yield from other.figures
        yield from self.said_by_readings(part)

    def options_of(self, part: Part) -> Iterator[tree.Option]:
        """The options other than first ones by which a part is reached."""
        for id, chosen in part.way.options:
            for option in self.readings[id].options if id in self.readings else ():
                if option.id.text == chosen != self.defaults.get(id):
                    yield option

    def words_of_readings(self, part: Part) -> Iterator[str]:
        """The words of the readings by whose options a part is reached."""
        for id, chosen in part.way.options:
            if reading := self.readings.get(id):
                yield reading.question
                yield from (option.text for option in reading.options if option.id.text == chosen)

    def said_by_readings(self, part: Part, *, questions: bool = True) -> Iterator[Figure]:
        """The figures in the words of the options a part is reached by, other than first ones; and of the questions."""
        for id, option in part.way.options:
            if (reading := self.readings.get(id)) and option != self.defaults.get(id):
                said = [each.text for each in reading.options if each.id.text == option]
                yield from figures_of_text("，".join([reading.question, *said] if questions else said), 0)


#: 依 R5.2, in either language of keywords.
_GOES_BY = re.compile(r"依|per\b")


def explains(text: str, definition: tree.Define) -> bool:
    """Whether words say what a definition below them says, 重点企业是指……: it rests on them as a rule does."""
    return re.search(rf"{re.escape(definition.name.text)}[”’」]?，?(?:是指|指|包括)", text) is not None


_UNITS = re.compile(r"^(?:责任单位|responsible)\s+([^\n]*)", re.MULTILINE)


def units_of(policy: tree.Policy, measure: tree.Measure) -> Span:
    """Where the responsible units of a measure stand; the measure's own place where it has none."""
    found = _UNITS.search(policy.source.text, measure.span.start, measure.span.end + 1)
    return Span(*found.span(1)) if found else measure.span


def name_of(annotation: tree.Annotation) -> str:
    return annotation.name.text if isinstance(annotation, NAMED) else ""
