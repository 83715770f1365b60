"""对照: which words of 原文 the lines of a policy rest on, in both directions. Plain data, and the words for it.

The compiler makes it; ``fayan check --trace-text`` prints it, and an explanation may show a part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import asdict, frozen

_KINDS = {
    "figure": ("数字", "figure"),
    "name": ("名称", "name"),
    "quote": ("引文", "quotation"),
    "unit": ("单位", "unit"),
}


@frozen
class Use:
    """A line of the policy that rests on words of 原文: ``owner`` is the rule, definition or reading it belongs to."""

    line: int
    owner: str
    text: str


@frozen
class Words:
    """Words of a sentence: characters ``start`` to ``end`` of its text. ``mark`` is the line that says why no rule uses them."""

    kind: str
    text: str
    start: int
    end: int
    uses: tuple[Use, ...] = ()
    mark: Use | None = None


@frozen
class Sentence:
    """A ``｜`` line, or the line 责任单位. ``rests`` is what stands under it as a whole: rules, or the mark that says what it is."""

    measure: int
    title: str
    line: int
    text: str
    words: tuple[Words, ...]
    rests: tuple[Use, ...]


@frozen
class Ruled:
    """A line of a rule or definition, and the lines of the sentences this is written under; none where it stands apart."""

    use: Use
    under: tuple[int, ...]


@frozen
class Line:
    """What one line rests on: words, with their sentences; or else, as a part of its rule, the sentences of ``under`` as a whole."""

    use: Use
    words: tuple[tuple[Sentence, Words], ...]
    under: tuple[int, ...]


@frozen
class Concordance:
    policy: str
    number: str
    sentences: tuple[Sentence, ...]
    #: Every line of every rule and definition.
    ruled: tuple[Ruled, ...] = ()
    #: Findings that the drafter lets stand: 容许 检查名 因 理由.
    waived: tuple[Use, ...] = ()

    def lines(self) -> list[Line]:
        """The other direction: every line of a rule, and whatever else rests on words, with these, in the order of the file."""
        under = {each.use: each.under for each in self.ruled}
        found: dict[Use, list[tuple[Sentence, Words]]] = {use: [] for use in under}
        for sentence in self.sentences:
            for words in sentence.words:
                for use in words.uses:
                    found.setdefault(use, []).append((sentence, words))
        lines = [Line(use, tuple(words), () if words else under[use]) for use, words in found.items()]
        return sorted(lines, key=lambda each: each.use.line)

    def to_json(self) -> dict[str, Any]:
        lines = [
            {
                **asdict(each.use),
                "rests_on": [{"line": s.line, "start": w.start, "end": w.end, "text": w.text} for s, w in each.words],
                "under": list(each.under),
            }
            for each in self.lines()
        ]
        whole = {key: value for key, value in asdict(self).items() if key != "ruled"}
        return {"schema": "fayan.concordance/1", **whole, "lines": lines}

    def to_text(self, language: str = "zh") -> str:
        return "\n".join(self._told(0 if language == "zh" else 1)) + "\n"

    def _told(self, tongue: int) -> Iterator[str]:
        pick = [
            ("原文与规则对照", "The text and the rules"),
            ("一、每句原文，哪些行用到它", "1. Every sentence, and the lines that rest on it"),
            ("二、每一行，依据哪些原文", "2. Every line, and the words it rests on"),
            ("三、容许的不一致", "3. What is let stand"),
            ("通知", "The notice"),
            ("没有规则用到", "no rule uses it"),
            ("整句", "the whole sentence"),
            ("措施", "Measure"),
            ("没有直接依据", "no words of the text"),
        ]
        title, first, second, third, notice, idle, whole, measure, nothing = (words[tongue] for words in pick)
        yield f"{title}　{self.policy}（{self.number}）" if tongue == 0 else f"{title}: {self.policy} ({self.number})"
        yield ""
        yield first
        at: int | None = None
        for sentence in self.sentences:
            if sentence.measure != at:
                at = sentence.measure
                yield ""
                yield f"{measure} {at}　{sentence.title}" if at else notice
            yield f"{sentence.line:>6} ｜{sentence.text}"
            for use in sentence.rests:
                yield f"         〔{whole}〕 {use.line} {use.owner}" + (f"：{use.text}" if use.text else "")
            told: set[tuple[str, str, tuple[Use, ...]]] = set()
            for words in sentence.words:
                if (words.kind, words.text, words.uses) in told:
                    continue
                told.add((words.kind, words.text, words.uses))
                yield f"         “{words.text}”〔{_KINDS[words.kind][tongue]}〕"
                for use in words.uses:
                    yield f"             {use.line} {_said(use)}"
                if words.mark:
                    yield f"             {words.mark.line} {words.mark.text}"
                if not words.uses and not words.mark:
                    yield f"             {idle}"
        yield ""
        yield second
        owner = ""
        for each in self.lines():
            if each.use.owner != owner:
                owner = each.use.owner
                yield ""
                yield f"  {owner}"
            said = [f"{sentence.line} “{words.text}”" for sentence, words in each.words]
            said += [f"{line} 〔{whole}〕" for line in each.under]
            yield f"{each.use.line:>6} {each.use.text} ← {'、'.join(dict.fromkeys(said)) or nothing}"
        if self.waived:
            yield ""
            yield third
            for use in self.waived:
                yield f"{use.line:>6} {use.text}"


def _said(use: Use) -> str:
    return use.text if not use.owner or use.text.startswith(use.owner) else f"{use.owner}：{use.text}"
