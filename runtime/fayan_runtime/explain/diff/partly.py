"""What can be said where one of the texts is not wholly on file: what is proved, what is not comparable, and how to complete the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from fayan_runtime import ir
from fayan_runtime.changes import MeasureComparison
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.words import pick

#: A sentence is reworded, and not gone, where so much of it is found in the other text.
REWORDED = 0.8
#: Marks that say what a sentence is for, which a reader wants to know of one that is gone.
_UNCODED = "不编码"
_TOLD = ("说明", _UNCODED)
_FORMAL = "程式"
#: A note on another document by number, which holds as long as that has none of the words quoted: “对照…没有“…”：…”.
_AGAINST = re.compile(r"对照(?P<number>.+?)没有(?P<words>(?:“[^”]+”)+)：")
_QUOTED = re.compile(r"“([^”]+)”")
#: Words stand in the place of others where so much of these is found among them.
_PLACED = 0.5

LABELS = {
    "proved_same": ("能证明含义相同的", "Proved to mean the same"),
    "gone_old": ("旧版见到、新版没有的话", "Words seen in the old version and absent from the new"),
    "gone_new": ("新版见到、旧版没有的话", "Words seen in the new version and absent from the old"),
    "instead_old": ("新版作「{}」", "the new version has 「{}」"),
    "instead_new": ("旧版作「{}」", "the old version has 「{}」"),
    "seen_old": ("旧版原文只见到{}的一部分", "of the old text only part of {} was seen"),
    "seen_new": ("新版原文只见到{}的一部分", "of the new text only part of {} was seen"),
    "sentences_gone_old": ("有{}句新版没有", "{} sentence(s) of it are not in the new version"),
    "sentences_gone_new": ("有{}句旧版没有", "{} sentence(s) of it are not in the old version"),
    "rules_proved": ("{}项规则证明含义相同", "{} rule(s) proved the same"),
    "rest_unseen": ("其余{}条原文不在手，不能比较", "the other {} measure(s) are not on file and cannot be compared"),
    "all_unseen_old": ("{}条旧版原文不在手，不能比较", "{} measure(s) of the old version are not on file and cannot be compared"),
    "all_unseen_new": ("{}条新版原文不在手，不能比较", "{} measure(s) of the new version are not on file and cannot be compared"),
    "incomparable": ("不能比较的", "Not comparable"),
    "complete_old": ("怎样补全旧版", "How to complete the old version"),
    "complete_new": ("怎样补全新版", "How to complete the new version"),
    "not_on_file_old": ("{}：旧版原文不在手，不猜", "{}: the old text is not on file; nothing is guessed"),
    "not_on_file_new": ("{}：新版原文不在手，不猜", "{}: the new text is not on file; nothing is guessed"),
    "only_part": ("{}：只见到一部分，见到的见下面", "{}: seen in part; what was seen stands below"),
    "number": ("第{}条", "Measure {}"),
    "numbers": ("第{}条", "Measures {}"),
    "preamble": ("前言", "Preamble"),
    "lines": (
        "{file} 第{lines}行的“原文未见”（{measures}），换成“｜”开头的原文，写上规则",
        "{file}, lines {lines}: in place of 原文未见 ({measures}) put the text, each sentence after ｜, with its rules",
    ),
    "beyond": (
        "没有写到的各条，照 {other} 的样子接着写；再删去文件头的“原文未见”，重新比较",
        "write the measures that it does not reach after these, in the manner of {other}; then strike 原文未见 from the header and compare again",
    ),
}  # fmt: skip


def partly_unseen(comparison: Comparison) -> bool:
    return any(each.comparable for each in comparison.measures)


class Partly:
    """Sections of the answer, in the order in which they are told."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.side = "old" if any(each.comparable == "old" for each in comparison.measures) else "new"
        self.gone = list(self._gone())
        self.same = [each for each in comparison.verdicts if not each.readings and each.same]
        self.unseen = [each for each in comparison.measures if each.comparable and not _seen(each)]
        self.partly = [each for each in comparison.measures if each.comparable and _seen(each)]

    def found(self) -> list[tuple[str, list[str]]]:
        """What is known to have changed, or not to have."""
        same = self._listed(each.provision for each in self.same)
        return [
            (self.label(f"gone_{self.side}"), [self._quoted(*each) for each in self.gone]),
            (self.label("proved_same"), [same] if same else []),
        ]

    def open(self) -> list[tuple[str, list[str]]]:
        """What is not known, and how it can be."""
        return [
            (self.label("incomparable"), self._incomparable()),
            (self.label(f"complete_{self.side}"), list(self._completing())),
        ]

    def headline(self) -> list[str]:
        """The parts of the one sentence that answers: how far the text is on file, what is proved of that, what is not."""
        found = [
            *([self.label(f"sentences_gone_{self.side}").format(len(self.gone))] if self.gone else []),
            *([self.label("rules_proved").format(len(self.same))] if self.same else []),
        ]
        parts = ["，".join(found) if self.language == "zh" else " and ".join(found)] if found else []
        if self.partly:
            seen = self.label(f"seen_{self.side}").format(self._named(_numbers(self.partly)))
            parts = [(("：" if self.language == "zh" else ": ").join([seen, *parts]))]
        if self.unseen:
            parts.append(
                self.label("rest_unseen" if self.partly else f"all_unseen_{self.side}").format(len(self.unseen))
            )
        return parts

    def label(self, name: str) -> str:
        return pick(LABELS[name], self.language)

    # ------------------------------------------------------------ words that are gone
    def _gone(self) -> Iterator[tuple[int, str, str]]:
        """(measure, sentence, what the file says of it) of the text that is on file in part, where the other text, on file as a whole, lacks it."""
        joint = "；" if self.language == "zh" else "; "
        for each in self.comparison.measures:
            mine, other = (each.old, each.new) if self.side == "old" else (each.new, each.old)
            if each.comparable != self.side or mine is None or other is None:
                continue
            whole = "".join(_plain(one.text) for one in other.sentences)
            for passage in mine.passages:
                if any(kind == _FORMAL for kind, _ in passage.marks):
                    continue
                notes = [(kind, text) for kind, text in passage.marks if kind in _TOLD]
                for sentence in passage.sentences:
                    if _found(_plain(sentence.text), whole, other) < REWORDED:
                        instead = _instead(_plain(sentence.text), whole)
                        said = [self.label(f"instead_{self.side}").format(instead)] if instead else []
                        # of words in the place of which others stand only what they came to is told
                        told = [text for kind, text in notes if not instead or kind == _UNCODED]
                        yield mine.number, sentence.text, joint.join([*said, *self._holding(told)])

    def _holding(self, notes: Sequence[str]) -> Iterator[str]:
        """Without what was noted of a document that the other text is not, or that has the words it was said to lack."""
        other = self.comparison.new if self.side == "old" else self.comparison.old
        words = "".join(_plain(one.text) for each in other.measures for one in each.sentences)
        for clause in filter(None, "；".join(notes).split("；")):
            against = _AGAINST.match(clause)
            if against is None:
                yield clause
            elif against["number"] == other.number and not any(
                each in words for each in _QUOTED.findall(against["words"])
            ):
                yield clause.removeprefix("对照")

    def _quoted(self, number: int, sentence: str, note: str) -> str:
        where = self._named([number])
        zh = self.language == "zh"
        return f"{where}「{sentence}」" + ((f"：{note}" if zh else f": {note}") if note else "")

    # ------------------------------------------------------------ what is not on file
    def _incomparable(self) -> list[str]:
        lines = []
        if self.unseen:
            lines.append(self.label(f"not_on_file_{self.side}").format(self._named(_numbers(self.unseen))))
        if self.partly:
            lines.append(self.label("only_part").format(self._named(_numbers(self.partly))))
        return lines

    def _completing(self) -> Iterator[str]:
        """Where the file says 原文未见."""
        place = 0 if self.side == "old" else 1
        file, other = self.comparison.names[place], self.comparison.names[1 - place]
        program = self.comparison.old if self.side == "old" else self.comparison.new
        found = [each for each in program.measures if each.unseen is not None]
        if found:
            lines = self._listed(str(each.unseen_line) for each in found)
            yield self.label("lines").format(
                file=file, lines=lines, measures=self._named([each.number for each in found])
            )
        if program.unseen:
            yield self.label("beyond").format(other=other)

    def _named(self, numbers: Sequence[int]) -> str:
        """“前言、第2—5、8条”."""
        runs: list[list[int]] = []
        for number in sorted(filter(None, numbers)):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        told = self._listed(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
        named = self.label("number" if len({*numbers} - {0}) == 1 else "numbers").format(told)
        return self._listed([self.label("preamble")] * (0 in numbers) + [named] * bool(told))

    def _listed(self, parts: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(parts)


_NOBODY = ir.Measure(number=0, title="", chapter="", responsible=(), passages=())


def _numbers(measures: Iterable[MeasureComparison]) -> list[int]:
    return [(each.new or each.old or _NOBODY).number for each in measures]


def _seen(measure: MeasureComparison) -> bool:
    """Whether some of the words are on file on both sides."""
    return all(side is not None and side.sentences for side in (measure.old, measure.new))


def _found(sentence: str, whole: str, other: ir.Measure) -> float:
    """How much of a sentence, from 0 to 1, stands in the other text: all of it anywhere, or parts of it within one sentence."""
    if sentence in whole:
        return 1.0
    shares = [
        sum(block.size for block in SequenceMatcher(None, sentence, _plain(one.text), False).get_matching_blocks())
        for one in other.sentences
    ]
    return max(shares, default=0) / max(len(sentence), 1)


def _instead(sentence: str, whole: str) -> str:
    """What stands in the other text where the sentence would; empty where less than half of its words do."""
    blocks = [each for each in SequenceMatcher(None, sentence, whole, False).get_matching_blocks() if each.size > 1]
    if not blocks or sum(each.size for each in blocks) < _PLACED * len(sentence):
        return ""
    found = whole[blocks[0].b : blocks[-1].b + blocks[-1].size]
    return found if len(found) <= 2 * len(sentence) else ""


def _plain(text: str) -> str:
    return "".join(text.split())
