"""The names a policy declares, as they stand in 原文: 区内企业 in 区内“专精特新”企业, 国家小巨人 in 国家专精特新“小巨人”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field, frozen

from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.source import Span

#: Types of facts whose names are no words of a document: 日期 and 金额 stand everywhere.
_PLAIN = ("文本", "日期", "年月", "年度", "整数", "信用代码", "文号")
#: How many characters may stand inside a name, and what may not.
_GAP, _BREAK = 6, "，。；、：（）"
_QUOTES = '“”‘’"《》〈〉'
#: Kinds of enterprises that documents single out, whether or not the policy declares them.
_KINDS = re.compile(
    r"(民营|外资|国有|小微|小型微利|小型|微型|中小|规模以上|规上|限额以上|高新技术|科技型|初创|上市|龙头|链主|瞪羚|独角兽"
    r"|专精特新|小巨人)(?:专精特新|小巨人|中小)*企业"
)


@frozen
class Mention:
    """A name in a sentence; ``whom`` where it says whose the benefit is (…企业)."""

    name: str
    text: str
    span: Span
    whom: bool
    #: One of the common kinds of enterprises, found in any name that holds it, not only in the very name.
    common: bool = False


@define
class Vocabulary:
    """Names by their first two characters; ``whole`` are those that stand in one piece only."""

    _names: dict[str, list[str]] = field(factory=dict)
    _whole: set[str] = field(factory=set)

    @classmethod
    def of(cls, policy: tree.Policy) -> Vocabulary:
        names: set[str] = set()
        whole: set[str] = set()
        for annotation in annotations_of(policy):
            match annotation:
                case tree.TypeDecl():
                    names.update(member.text for member in annotation.members)
                case tree.Define():
                    whole.add(annotation.name.text)
                case tree.Facts():
                    names.update(each.name.text for each in annotation.facts if each.shape in ("value", "set"))
                case _:
                    pass
        found: dict[str, list[str]] = {}
        for name in sorted(names | whole, key=lambda name: (-len(name), name)):
            if len(name) >= 2:
                found.setdefault(name[:2], []).append(name)
        return cls(found, whole - names)

    def mentions(self, sentence: str, start: int) -> list[Mention]:
        """The names in a sentence that stands at ``start``: the longest at each place, quotation marks apart."""
        kept = [(char, at) for at, char in enumerate(even(sentence)) if not (char.isspace() or char in _QUOTES)]
        plain = "".join(char for char, _ in kept)
        found: list[Mention] = []
        at = 0
        while at < len(plain) - 1:
            step = 1
            for name in self._names.get(plain[at : at + 2], ()):
                if (end := _ends(name, plain, at, name in self._whole)) is not None:
                    whole = end - at == len(name)
                    found.append(_mention(name, sentence, start, kept, at, end, plain))
                    step = len(name) if whole else 2
                    break
            at += step
        taken = [mention.span for mention in found]
        for match in _KINDS.finditer(plain):
            mention = _mention(match[1], sentence, start, kept, match.start(), match.end(), plain, common=True)
            if not any(span.start <= mention.span.start and mention.span.end <= span.end for span in taken):
                found.append(mention)
        return sorted(found, key=lambda mention: mention.span.start)


def _mention(
    name: str,
    sentence: str,
    start: int,
    kept: list[tuple[str, int]],
    at: int,
    end: int,
    plain: str,
    common: bool = False,
) -> Mention:
    first, last = kept[at][1], kept[end - 1][1] + 1
    if sentence[last : last + 1] in ("”", "’") and sentence[first:last].count("“") + sentence[first:last].count("‘"):
        last += 1
    whom = plain.endswith("企业", at, end) or plain.startswith("企业", end)
    return Mention(name, sentence[first:last], Span(start + first, start + last), whom, common)


def _ends(name: str, plain: str, at: int, whole: bool) -> int | None:
    """Where a name that begins at ``at`` ends, with some words in its middle at most."""
    if plain.startswith(name, at):
        return at + len(name)
    if whole:
        return None
    for cut in range(len(name) - 2, 1, -1):
        if not plain.startswith(name[:cut], at):
            continue
        inner = at + cut
        found = plain.find(name[cut:], inner + 1, inner + _GAP + len(name) - cut)
        if found >= 0 and not any(char in _BREAK for char in plain[inner:found]):
            return found + len(name) - cut
    return None


def annotations_of(policy: tree.Policy) -> Iterator[tree.Annotation]:
    """Every annotation of the file: those of the measures, then those of the appendices."""
    for measure in policy.measures:
        for passage in measure.passages:
            yield from passage.annotations
    for appendix in policy.appendices:
        yield from appendix.annotations
