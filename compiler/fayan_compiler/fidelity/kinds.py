"""The lint of what kind of money a rule gives: 奖励, 补贴, 减免, 减征, 扣除 is what its words call it."""

from __future__ import annotations

import re

from fayan_compiler.fidelity.check import Check, in_text
from fayan_compiler.fidelity.table import Row
from fayan_compiler.problems.fidelity import names as faults
from fayan_dsl import tree
from fayan_dsl.source import Span

#: Words of 原文 → the kinds of rule they may be written as. What fits any kind (支持, 优惠) is not among them.
_KINDS = {
    "奖励": ("奖励",), "奖金": ("奖励",), "奖补": ("奖励", "补贴"), "资助": ("奖励", "补贴"),
    "补贴": ("补贴",), "补助": ("补贴",), "贴息": ("补贴",),
    "减免": ("减免", "减征"), "免除": ("减免", "减征"), "免收": ("减免",), "减收": ("减免",), "减半": ("减免", "减征"),
    "减征": ("减征",), "免征": ("减征",), "减按": ("减征", "扣除"),
    "扣除": ("扣除", "评审价"), "摊销": ("扣除",),
}  # fmt: skip
_MONEY = {kind for kinds in _KINDS.values() for kind in kinds}
_WORDS = re.compile("|".join(_KINDS))
#: Not what is given here: a title, and what the enterprise has had elsewhere.
_ELSEWHERE = re.compile(r"《[^《》]*》|(?:获得?|荣获|享受|取得|申请|申报)[^，。；：、]{0,16}")


def kinds(check: Check, row: Row) -> None:
    """A rule is told whose kind none of its words names, where they name another; 性质 says that the drafter means it."""
    said = set(_WORDS.findall("\n".join(each.text for each in (row, *row.also))))
    for rule in row.rules:
        if not isinstance(rule, tree.Rule) or rule.kind not in _MONEY or rule.nature:
            continue
        if any(rule.kind in _KINDS[word] for word in said) or check.told_of(rule.span):
            continue
        if named := _named(check, row):
            word, place = named
            span = Span(rule.span.start, rule.span.start + len(rule.kind))
            check.say(
                faults.KindDiffers, span, in_text(place), rule=rule.kind, text=word, kinds="”或“".join(_KINDS[word])
            )


def _named(check: Check, row: Row) -> tuple[str, Span] | None:
    """The first word of a passage for what is given, and its place."""
    for sentence in row.passage.sentences:
        start = check.table.policy.source.text.find(sentence.text, sentence.span.start)
        text = _ELSEWHERE.sub(lambda found: " " * len(found[0]), sentence.text)
        if found := _WORDS.search(text):
            return found[0], Span(start + found.start(), start + found.end())
    return None
