"""The lint of lists: where 原文 lists kinds with 、 between them, a rule that lists most of them lists all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fayan_compiler.fidelity.check import Check, in_text
from fayan_compiler.fidelity.parts import nodes
from fayan_compiler.fidelity.table import RULES, Row
from fayan_compiler.problems.fidelity import names as faults
from fayan_dsl import tree
from fayan_dsl.source import Span

_BETWEEN = "、"
_ITEM = re.compile(r"[^，。；：、（）“”‘’《》/和与及或等]{2,12}")


def listed(check: Check, row: Row) -> None:
    """What stands in the text between or beside the members that a rule lists, and is not among them."""
    if _BETWEEN not in row.text:
        return
    source = check.table.policy.source.text
    for annotation in row.annotations:
        if source.find(_BETWEEN, annotation.span.start, annotation.span.end) < 0:
            continue
        if isinstance(annotation, (*RULES, tree.Define)) and not check.told_of(annotation.span):
            for members, span in _lists(annotation):
                if lost := _beside(check, row, members):
                    word, at = lost
                    check.say(faults.ListDiffers, span, in_text(at), item=word, members="、".join(members))
                    break


def _lists(annotation: tree.Annotation) -> Iterator[tuple[list[str], Span]]:
    """The members that conditions list, two at least."""
    for node in nodes(annotation):
        if isinstance(node, tree.OneOf | tree.Contains):
            named = [each.name for each in node.members if isinstance(each, tree.Ref)]
            if len(named) == len(node.members) > 1:
                yield named, node.span


def _beside(check: Check, row: Row, members: list[str]) -> tuple[str, Span] | None:
    """The item of a list in the text, two of whose other items are members, that is no member."""
    known = {*members, *(name for name in check.table.types_with if check.table.types_with[name])}
    for sentence in row.passage.sentences:
        text = sentence.text
        if sum(name in text for name in members) < 2 or _BETWEEN not in text:
            continue
        start = check.table.policy.source.text.find(text, sentence.span.start)
        for run in re.finditer(r"[^，。；：（）]+", text):
            items = [(match[0], run.start() + match.start()) for match in re.finditer(r"[^、]+", run[0])]
            hits = [any(name in item for name in members) for item, _ in items]
            if sum(hits) < 2:
                continue
            first, last = hits.index(True), len(hits) - 1 - hits[::-1].index(True)
            # what stands between two members, or right after them as one more item
            for index in range(first + 1, min(last + 2, len(items))):
                item, at = items[index]
                found = _ITEM.match(item)
                if hits[index] or found is None or any(name in found[0] for name in known):
                    continue
                if not found[0].startswith(("其他", "其它")):
                    return found[0], Span(start + at, start + at + len(found[0]))
    return None
