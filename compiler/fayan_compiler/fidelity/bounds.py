"""The lints of comparison words: 超过 is not ≥, 2022年以前 is not 以后, and a bound of 原文 is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fayan_compiler.boundaries import AFTER, OPS, meaning
from fayan_compiler.fidelity.check import Check, here, in_text
from fayan_compiler.fidelity.figures import CALENDAR, MONTH_DAY, OPPOSITE, WITHIN, Figure
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import RULES, Row, squeeze
from fayan_compiler.problems.fidelity import words as faults
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term

#: How rules say that a day lies on one side of another.
_DAYS = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_EARLY, _LATE = ("以前", "之前", "前"), ("以后", "之后", "以来", "起")
#: 2024年前三季度 is of 2024.
_NOT_BEFORE = re.compile(r"前[一二两三四五六七八九十\d]")
#: As 原文 writes them before a day, with the comparison they are.
#: 不足500吨的，不予奖励 asks for 500吨.
_REFUSED = re.compile(r"[^。；\n]{0,12}(?:不予|不再|不得|不享受|不给|不补|不奖|不纳入|除外)")
_BEFORE_DAYS = re.compile(r"(不早于|不晚于|早于|晚于|截至|截止到?)\s*$")
_SIGN_OF = {"早于": "<", "不晚于": "<=", "晚于": ">", "不早于": ">=", "截至": "<=", "截止": "<=", "截止到": "<="}
#: What a limit says where it is not written as a comparison: in a cell, for a band, for a ceiling.
_PLAIN = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "": "至", "==": "为", "!=": "不为"}


def bounds(check: Check, row: Row, due: list[Figure]) -> None:
    told = False
    for annotation in row.annotations:
        if isinstance(annotation, (*RULES, tree.Define)):
            for part in check.table.parts(annotation):
                figure = check.table.figure_of(part)
                if figure and part.way.op in _DAYS:
                    beside = _days if figure.unit in CALENDAR else _figures
                    told |= beside(check, row, part, figure)
    if told:
        check.suspect.update(map(id, (*row.rules, *row.seen)))
    told |= any(_seen(check, row, rule) for rule in row.seen if id(rule) not in check.suspect)
    if not told:
        _uncompared(check, row, due)


def _figures(check: Check, row: Row, part: Part, figure: Figure) -> bool:
    """The comparison of a rule is the one the words beside the same figure mean. Under an option other than a reading's first
    it is that of the option's own words."""
    texts = _text(row) if part.way.default else check.table.said_by_readings(part, questions=False)
    every = [each for each in texts if each.word and each.is_used_by(figure)]
    beside = _said_of(check, row, part, every)
    meant: set[str] = {meaning(each.word, check.table.bounds) for each in beside}
    source = check.table.policy.source.text
    for each in beside:
        if part.way.case or _REFUSED.match(source, each.span.end):
            meant.add(OPPOSITE[meaning(each.word, check.table.bounds)])
    if not beside or part.way.op in meant:
        return False
    # of 不满1000万元 and 1000万元及以上 the one that looks the same way is meant
    signs = {id(each): meaning(each.word, check.table.bounds) for each in every}
    alike = [each for each in (*beside, *every) if signs[id(each)][:1] == part.way.op[:1]]
    text = (alike or beside)[0]
    label = [in_text(text.span)] if part.way.default else []
    compare = part.way.compare
    written = compare.op if compare else _PLAIN[part.way.op]
    said = text.said
    fixes: tuple[Fix, ...] = ()
    if compare and not part.way.negated and (alike or not part.way.case):
        instead = said if said in _PLAIN.values() or said in ("达到", "不满") else _PLAIN[signs[id(text)]]
        at = source.find(written, compare.left.span.end, compare.span.end)
        if at >= 0 and compare.left.span.end <= at < compare.right.span.start:
            edit = Edit(compare.span.__class__(at, at + len(written)), instead)
            title = Term(f"照原文改为“{instead}”", f"as in the text: “{instead}”")
            fixes = (Fix(title, (edit,), Applicability.UNSAFE),)
    span = compare.span if compare else part.span
    check.say(faults.BoundaryWord, span, *label, fixes=fixes, rule=written, text=said)
    return True


def _said_of(check: Check, row: Row, part: Part, beside: list[Figure]) -> list[Figure]:
    """Where the text has one figure twice with different words, those that stand behind what the rule compares."""
    compare = part.way.compare
    if compare is None or len({meaning(each.word, check.table.bounds) for each in beside}) < 2:
        return beside
    source = check.table.policy.source.text
    written = re.findall(r"[^\W\d]\w+", source[compare.span.start : compare.span.end])
    subject = [name for name in written if name not in OPS]
    found: list[Figure] = []
    for each in beside:
        before = [other.span.end for other in row.figures if other.span.end <= each.span.start]
        sentence = row.sentence_at(each.span.start).span.start
        words = squeeze(source[max([*before, sentence]) : each.span.start])
        if any(name in words for name in subject):
            found.append(each)
    return found or beside


def _seen(check: Check, row: Row, rule: tree.Annotation) -> bool:
    """The words of a passage that is said of a rule elsewhere with 见 are those of the rule too; told at the text."""
    told = False
    for figure in (each for each in row.figures if each.word):
        meant = meaning(figure.word, check.table.bounds)
        found = [
            part
            for part in check.table.reach(rule, default=True)
            if part.figure and part.way.op in _DAYS and figure.is_used_by(part.figure)
        ]
        if found and not any(part.way.op in (meant, *([OPPOSITE[meant]] if part.way.case else [])) for part in found):
            label = here(found[0].span, "规则在这里", "the rule is here")
            compare = found[0].way.compare
            written = compare.op if compare else _PLAIN[found[0].way.op]
            check.say(faults.BoundaryWord, figure.span, label, rule=written, text=figure.said)
            told = True
    return told


def _days(check: Check, row: Row, part: Part, figure: Figure) -> bool:
    """2022年以前 is asked with 早于 or 不晚于 at an edge of that year, 2022年以后 with 不早于 or 晚于."""
    if not part.way.default or part.way.compare is None:
        return False
    source = check.table.policy.source.text
    meant: list[tuple[set[str], str, Figure]] = []
    for each in _text(row):
        if each.unit in CALENDAR and each.is_used_by(figure):
            after = source[each.span.end : each.span.end + 14].lstrip()
            word = next((word for word in (*_EARLY, *_LATE) if after.startswith(word)), "")
            if _NOT_BEFORE.match(after):
                word = ""
            if before := _BEFORE_DAYS.search(source[max(0, each.span.start - 6) : each.span.start]):
                meant.append(({_SIGN_OF[before[1]]}, f"{before[1]}{squeeze(each.text)}", each))
            elif word == "起" and each.unit in ("日期", MONTH_DAY):
                meant.append(({">="}, f"{squeeze(each.text)}起", each))
            elif word:
                included = "包括" in after or "含" in after
                signs = _signs(each, figure, word in _EARLY, included)
                meant.append((signs, f"{squeeze(each.text)}{word}", each))
    ops = {part.way.op, OPPOSITE[part.way.op]} if part.way.case else {part.way.op}
    if not meant or any(ops & signs for signs, _, _ in meant):
        return False
    _, said, each = meant[0]
    check.say(faults.DateWord, part.way.compare.span, in_text(each.span), rule=part.way.compare.op, text=said)
    return True


def _signs(text: Figure, rule: Figure, early: bool, included: bool) -> set[str]:
    """The comparisons with a rule's day that say what a year, month or day of the text with 以前 or 以后 says."""
    if text.unit != "年度" or rule.unit != "日期":
        return {"<", "<="} if early else {">", ">="}
    opens, same_year = str(rule.value).endswith("-01-01"), str(rule.value).startswith(f"{text.value}-")
    if early:
        fits = not included or same_year != opens
        return ({"<"} if opens else {"<="}) if fits else set()
    fits = not included or same_year == opens
    return ({">="} if opens else {">"}) if fits else set()


def _uncompared(check: Check, row: Row, due: list[Figure]) -> None:
    """A bound of the text whose figure the rules have, but compare nothing with."""
    rules = [*row.rules, *row.seen]
    for figure in due:
        if not figure.word or figure.said in ("最多", WITHIN):  # 给予最多5万元 is what is given
            continue
        parts = (part for rule in rules for part in check.table.reach(rule, default=True))
        users = [part for part in parts if part.figure and figure.is_used_by(part.figure)]
        if users and all(part.way.given and not part.way.op and not part.way.bounding for part in users):
            words = squeeze(figure.text)
            said = f"{words}{figure.said}" if figure.said.startswith(AFTER) else f"{figure.said}{words}"
            check.say(faults.BoundUnused, figure.span, text=said)


def _text(row: Row) -> Iterator[Figure]:
    yield from row.figures
    if not row.passage.sentences:
        for other in row.also:
            yield from other.figures
