"""The table as a concordance: for every sentence the lines that rest on its words. What is printed, and what the lints read, is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from fayan_compiler.fidelity.figures import figures_of_text
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import NAMED, RULES, Row, Table, squeeze, units_of
from fayan_compiler.fidelity.waivers import Waivers
from fayan_dsl import tree
from fayan_dsl.lines import even, lines
from fayan_runtime.concordance import Concordance, Ruled, Sentence, Use, Words

_KINDS = {
    tree.Duty: "职责", tree.Goal: "目标", tree.Selection: "遴选", tree.Ceiling: "限额", tree.Define: "定义",
}  # fmt: skip


def trace_text(policy: tree.Policy) -> Concordance:
    """Which words of 原文 each line rests on, in both directions."""
    table = Table(policy)
    readings = [
        (_use(table, cite, f"口径 {id}"), cite.text) for id, reading in table.readings.items() if (cite := reading.cite)
    ]
    sentences = [sentence for row in table.rows for sentence in _sentences(table, row, readings)]
    units = [line for measure in policy.measures if measure.units for line in _units(table, measure)]
    waived = tuple(_use(table, each.waiver, "") for each in Waivers.of(policy).all)
    number = table.headers.get("文号", "")
    found = tuple(sorted((*sentences, *units), key=lambda each: each.line))
    return Concordance(policy.title, number, found, tuple(_ruled(table)), waived)


# ---------------------------------------------------------------- lines of rules
def _ruled(table: Table) -> Iterator[Ruled]:
    """Every line of the rules and definitions but what is let stand there, which is told apart."""
    source = table.policy.source
    starts = [start for line in lines(even(source.text)) for start, _ in line.parts]
    under = {id(each): row for row in table.rows for each in row.annotations}
    for owner in table.annotations:
        if not isinstance(owner, (*RULES, tree.Define)):
            continue
        row = under.get(id(owner))
        sentences = row.passage.sentences if row else ()
        above = tuple(source.position(sentence.span.start)[0] for sentence in sentences)
        waived = {waiver.span.start for waiver in owner.waivers} if isinstance(owner, tree.Rule) else set()
        first, last = bisect_left(starts, owner.span.start), bisect_left(starts, owner.span.end)
        for start in starts[first:last]:
            if start not in waived:
                line = source.position(start)[0]
                yield Ruled(Use(line, _called(owner), source.line_text(line).strip()), above)


# ---------------------------------------------------------------- sentences
def _sentences(table: Table, row: Row, readings: list[tuple[Use, str]]) -> Iterator[Sentence]:
    source = table.policy.source
    used = list(_used(table, row))
    named = [each for rule in (*row.rules, *row.seen) for each in _named(table, rule)]
    for sentence in row.passage.sentences:
        start = source.text.find(sentence.text, sentence.span.start)
        end = start + len(sentence.text)
        words: list[Words] = []
        for figure in (each for each in row.figures if start <= each.span.start < end):
            uses = _distinct(use for part, use in used if part.figure and figure.is_used_by(part.figure))
            mark = None if uses else _marked(table, row, "数字", figure.text)
            words.append(_words("figure", figure.text, figure.span.start - start, uses, mark))
        for mention in (each for each in row.mentions if start <= each.span.start < end):
            uses = _distinct(use for part, use in used if mention.name in (part.name, part.way.row))
            mark = None if uses else _marked(table, row, "用词", mention.text)
            if uses or mark:
                words.append(_words("name", mention.text, mention.span.start - start, uses, mark))
        quoted = [(part.quote, use) for part, use in used if part.quote] + [(text, use) for use, text in readings]
        for text in dict.fromkeys(text for text, _ in quoted):
            if found := _place(text, sentence.text):
                uses = _distinct(use for other, use in quoted if other == text)
                words.append(Words("quote", sentence.text[slice(*found)], *found, uses))
        for text in dict.fromkeys(text for text, _ in named):
            if found := _place(text, sentence.text):
                uses = _distinct(use for other, use in named if other == text)
                words.append(Words("unit", sentence.text[slice(*found)], *found, uses))
        words.sort(key=lambda each: (each.start, each.end))
        yield Sentence(
            row.measure.number, row.measure.title, source.position(sentence.span.start)[0], sentence.text,
            tuple(words), tuple(_whole(table, row)),
        )  # fmt: skip


def _used(table: Table, row: Row) -> Iterator[tuple[Part, Use]]:
    """The parts of the rules on a passage, of those it is said of with 见, and of the definitions they reach, with their lines."""
    owners = [each for each in (*row.annotations, *row.seen) if isinstance(each, (*RULES, tree.Define))]
    names = {part.name for owner in owners for part in table.reach(owner, default=False)}
    owners += [each for name, each in table.definitions.items() if name in names and each not in owners]
    for owner in owners:
        for part in table.parts(owner):
            yield part, _use(table, part, _called(owner))


def _use(table: Table, node: tree.Node | Part, owner: str) -> Use:
    line = table.policy.source.position(node.span.start)[0]
    return Use(line, owner, table.policy.source.line_text(line).strip())


def _called(owner: tree.Annotation) -> str:
    match owner:
        case tree.Rule():
            return f"{owner.kind} {owner.name.text}"
        case tree.Highest():
            return "就高"
        case tree.Deduct():
            return "扣减"
        case tree.Period():
            return "有效期"
        case tree.Offset():
            return "抵扣"
        case _:
            return f"{_KINDS[type(owner)]} {owner.name.text}" if isinstance(owner, NAMED) else ""


def _words(kind: str, text: str, start: int, uses: tuple[Use, ...], mark: Use | None) -> Words:
    return Words(kind, text, start, start + len(text), uses, mark)


def _distinct(uses: Iterator[Use]) -> tuple[Use, ...]:
    return tuple(sorted(dict.fromkeys(uses), key=lambda use: use.line))


def _marked(table: Table, row: Row, kind: str, text: str) -> Use | None:
    for mark, words in row.marks(kind):
        figures = {squeeze(figure.text) for figure in figures_of_text(words, 0)}
        if squeeze(text) in (*figures, *map(squeeze, words.split("、"))):
            return _use(table, mark, kind)
    return None


def _place(words: str, sentence: str) -> tuple[int, int] | None:
    """Where words stand in a sentence, white space apart; 甲……乙 from 甲 to 乙."""
    pieces = [r"\s*".join(map(re.escape, squeeze(piece))) for piece in words.split("……")]
    found = re.search(".*?".join(pieces), even(sentence))
    return found.span() if found else None


def _whole(table: Table, row: Row) -> Iterator[Use]:
    """What stands under a passage as a whole."""
    for each in row.annotations:
        if isinstance(each, tree.Mark):
            yield _use(table, each, each.kind)
        elif isinstance(each, RULES):
            yield Use(table.policy.source.position(each.span.start)[0], _called(each), "")
        elif isinstance(each, tree.See):
            yield _use(table, each, "见")


# ---------------------------------------------------------------- responsible units
def _units(table: Table, measure: tree.Measure) -> Iterator[Sentence]:
    source = table.policy.source
    line = source.position(units_of(table.policy, measure).start)[0]
    named = [use for row in table.rows_of(measure) for rule in row.rules for _, use in _named(table, rule)]
    words: list[Words] = []
    for unit in measure.units:
        uses = tuple(use for use in named if unit in use.text)
        marks = (
            _use(table, mark, "单位")
            for row in table.rows_of(measure)
            for mark, named in row.marks("单位")
            if unit in named.split("、")
        )
        start = measure.units_text.find(unit)
        words.append(Words("unit", unit, start, start + len(unit), uses, None if uses else next(marks, None)))
    yield Sentence(measure.number, measure.title, line, f"（责任单位：{measure.units_text}）", tuple(words), ())


_NAMING = re.compile(r"^\s*(?:由|payer|裁量|discretion)\s+([^\n#]*)", re.MULTILINE)


def _named(table: Table, rule: tree.Annotation) -> Iterator[tuple[str, Use]]:
    """Who pays or decides, in the words of the rule, and the lines that say so."""
    source = table.policy.source
    for found in _NAMING.finditer(source.text, rule.span.start, rule.span.end):
        line = source.position(found.start(1))[0]
        yield found[1].strip(), Use(line, _called(rule), source.line_text(line).strip())
