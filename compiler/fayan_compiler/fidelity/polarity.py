"""The lint of yes and no: what 原文 says with 未 or 非 before it, a rule asks with 非, and the other way round."""

from __future__ import annotations

import re

from fayan_compiler.fidelity.check import Check, in_text
from fayan_compiler.fidelity.table import Row
from fayan_compiler.problems.fidelity import names as faults
from fayan_dsl import tree
from fayan_dsl.source import Span

_BEFORE = re.compile(r"(?:未|非|不|没有|无|尚未|不得)$")
#: Words that turn a clause about in other places than right before a name.
_TURNING = re.compile("除|外|未|非|不|无|没有|除外")


def polarity(check: Check, row: Row) -> None:
    """Facts that are so or not, where their very names stand in the passage and one rule asks for them one way only."""
    names = [name for name in check.table.answered if name in row.text]
    if not names:
        return
    for rule in (*row.rules, *row.seen):
        if not isinstance(rule, tree.Rule | tree.Selection | tree.Duty) or check.told_of(rule.span):
            continue
        for name in names:
            ways = {part.way.negated for part in check.table.parts(rule) if part.name == name and part.way.default}
            said = _said(row, name)
            if len(ways) != 1 or len(said) != 1 or None in said or (way := ways.pop()) in said:
                continue
            part = next(part for part in check.table.parts(rule) if part.name == name)
            sentence = next(each for each in row.passage.sentences if name in each.text)
            start = check.table.policy.source.text.find(name, sentence.span.start)
            label = in_text(Span(start, start + len(name)))
            rule_says, text_says = (f"非 {name}", name) if way else (name, f"{_denied(sentence.text, name)}{name}")
            check.say(faults.PolarityDiffers, part.span, label, rule=rule_says, text=text_says)


def _denied(text: str, name: str) -> str:
    found = _BEFORE.search(text[: text.find(name)])
    return found[0] if found else "非"


def _said(row: Row, name: str) -> set[bool | None]:
    """Whether each mention of a name is denied; None where that is not plain."""
    found: set[bool | None] = set()
    for sentence in row.passage.sentences:
        for match in re.finditer(re.escape(name), sentence.text):
            before = re.split("[，。；：、（）]", sentence.text[: match.start()])[-1]
            after = re.split("[，。；：]", sentence.text[match.end() :])[0]
            if _BEFORE.search(before):
                found.add(True)
            else:
                found.add(None if _TURNING.search(before + after) else False)
    return found
