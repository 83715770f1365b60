"""Slips of the pen over a policy, seeded: one at a time, each with the line it is on and what counts as the right place."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from attrs import frozen


@frozen
class Slip:
    """``text`` is the whole file with the slip; ``lines`` are those a message may point at (1-based, in that text)."""

    kind: str
    text: str
    line: int
    lines: frozenset[int]
    what: str


@frozen
class Line:
    """A line of the policy: ``part`` is 文头, 原文, 注, 附 or 骨架; ``block`` the lines of its passage, with what it says."""

    number: int
    text: str
    part: str
    block: frozenset[int]


Change = Callable[[Line, random.Random], Iterator[str | None]]
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNITS = {
    "万元": "元", "亿元": "万元", "元/平方米·月": "元/平方米", "元/平方米": "元", "个月": "年", "家": "个", "%": "",
    "平方米": "亩", "年1月1日": "年1月11日",
}  # fmt: skip
_WORDS = {
    "不超过": "超过", "不低于": "超过", "超过": "不低于", "达到": "超过", "早于": "晚于", "不早于": "早于", "不晚于": "晚于",
    "以后": "以前", "以前": "以后", "晚于": "早于",
}  # fmt: skip


def lines_of(text: str) -> list[Line]:
    """The lines of a policy, left out: examples, comments, empty lines, facts.

    Where the words are not on file (原文未录) there is no 原文: the rules and the definitions are all 注.
    """
    found: list[Line] = []
    raw = text.split("\n")
    block: list[int] = []
    measure: list[int] = []
    blocks: dict[int, list[int]] = {}
    part, appendix, skip, quoting = "骨架", "", False, False
    unrecorded = "\n｜" not in text
    for number, line in enumerate(raw, 1):
        if not line or line.startswith("#"):
            continue
        top = not line.startswith(" ")
        if top:
            word = line.split(" ")[0]
            skip = word in ("示例", "事实", "类型")
            if word == "附":
                appendix = line
            part = "文头" if word == "政策" else "附" if appendix else "原文" if line.startswith("｜") else "骨架"
            if word in ("措施", "章"):
                measure = []
            if part != "原文" or not quoting:
                block = measure if part == "骨架" else []
            quoting = part == "原文"
        elif part == "原文":
            quoting = False
        block.append(number)
        if block is not measure:
            measure.append(number)
        blocks[number] = block
        if not skip:
            bare = unrecorded and part != "文头" and not line.startswith(("措施", "附", "引用", "    取用", "原文"))
            kind = "注" if bare or (part == "原文" and not top) else part
            found.append(Line(number, line, kind, frozenset()))
    return [Line(each.number, each.text, each.part, frozenset(blocks[each.number])) for each in found]


# ---------------------------------------------------------------- kinds
def _one(line: str, span: tuple[int, int], new: str) -> str:
    return line[: span[0]] + new + line[span[1] :]


def digits(line: Line, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![A-Z.\d])\d+", _plain(line)):
        at = match.start() + chance.randrange(len(match[0]))
        digit = str((int(line.text[at]) + chance.randrange(1, 9)) % 10)
        if not (at == match.start() and digit == "0"):
            yield _one(line.text, (at, at + 1), digit)


def units(line: Line, chance: random.Random) -> Iterator[str]:
    for unit, other in _UNITS.items():
        for match in re.finditer(rf"(?<=[\d ]){re.escape(unit)}", _plain(line)):
            if re.search(r"\d ?$", line.text[: match.start()]):
                yield _one(line.text, match.span(), other)


def words(line: Line, chance: random.Random) -> Iterator[str]:
    for match in re.finditer("|".join(sorted(_WORDS, key=len, reverse=True)), _plain(line)):
        yield _one(line.text, match.span(), _WORDS[match[0]])


def brackets(line: Line, chance: random.Random) -> Iterator[str]:
    if line.part == "原文":  # in rules both widths are the same sign
        for match in re.finditer("[（）]", line.text):
            yield _one(line.text, match.span(), {"（": "(", "）": ")"}[match[0]])
    for match in re.finditer("[（）「」“”]", _plain(line)):
        yield _one(line.text, match.span(), "")


def names(line: Line, chance: random.Random) -> Iterator[str]:
    """A name loses a character, or has two changed about."""
    body = re.sub(r"「[^」]*」|“[^”]*”", lambda m: " " * len(m[0]), _plain(line))
    first = re.match(r"\s*\S+ ", body)
    for match in re.finditer(r"[\u4e00-\u9fff]{3,}", body):
        if first and match.start() >= first.end():
            at = match.start() + chance.randrange(len(match[0]) - 1)
            if line.text[at] != line.text[at + 1]:
                swapped = line.text[at + 1] + line.text[at]
                yield _one(line.text, (at, at + 2), chance.choice((swapped, line.text[at])))


def clause(line: Line, chance: random.Random) -> Iterator[str | None]:
    yield None


def phrase(line: Line, chance: random.Random) -> Iterator[str]:
    """A part of a sentence between two commas is gone."""
    for match in re.finditer(r"(?<=[，、])[^，。；、：（）]{4,}[，、]", line.text):
        yield _one(line.text, match.span(), "")


def unit_dropped(line: Line, chance: random.Random) -> Iterator[str | None]:
    head, _, rest = line.text.partition(" ")
    listed = rest.split("、")
    if len(listed) == 1:
        yield None
    else:
        for index in range(len(listed)):
            yield f"{head} {'、'.join(listed[:index] + listed[index + 1 :])}"


def unit_misspelt(line: Line, chance: random.Random) -> Iterator[str]:
    head, _, rest = line.text.partition(" ")
    at = len(head) + 1 + chance.randrange(1, len(rest.split("、")[0]))
    yield line.text[:at] + line.text[at + 1 :]


def swapped(line: Line, chance: random.Random) -> Iterator[str]:
    found = list(re.finditer(r"\d+万元", line.text))
    for left, right in pairwise(found):
        if left[0] != right[0]:
            yield (
                line.text[: left.start()]
                + right[0]
                + line.text[left.end() : right.start()]
                + left[0]
                + line.text[right.end() :]
            )


def _plain(line: Line) -> str:
    """The line with what a slip of its kind is not about blanked out: numbers of readings, names of conditions."""
    named = re.match(r"\s+(?:须|其中) [^：（]*：", line.text) if line.part == "注" else None
    return re.sub(rf"^.{{{len(named[0])}}}" if named else "^$", lambda m: "－" * len(m[0]), _numbers(line))


def _numbers(line: Line) -> str:
    return re.sub(r"口径 [A-Z0-9.]+|依 [A-Z0-9.]+|当 [A-Z0-9.]+ 为 [a-c]", lambda m: "－" * len(m[0]), line.text)


def _rule(line: Line) -> bool:
    prose = r"\s+(?:裁量|说明|程式|倡导|单位|用词|容许|数字|职责|由) ?"
    return line.part == "注" and not re.match(prose, line.text)


KINDS: dict[str, tuple[Callable[[Line], bool], Change]] = {
    "规则里改一个数字": (_rule, digits),
    "规则里改单位": (_rule, units),
    "规则里改比较词": (_rule, words),
    "规则里写错名称": (_rule, names),
    "规则里括号、引号": (_rule, brackets),
    "规则里删一行": (lambda line: line.part == "注" and line.text.startswith("        "), clause),
    "删一行注": (lambda line: line.part == "注" and re.match(r"    \S", line.text) is not None, clause),
    "附里改一个数字": (lambda line: (line.part == "附" and line.text.startswith("定义")) or _option(line), digits),
    "原文改一个数字": (lambda line: line.part == "原文", digits),
    "原文改单位": (lambda line: line.part == "原文", units),
    "原文改比较词": (lambda line: line.part == "原文", words),
    "原文两数对调": (lambda line: line.part == "原文", swapped),
    "原文删去一段": (lambda line: line.part == "原文", phrase),
    "原文括号": (lambda line: line.part == "原文", brackets),
    "删一句原文": (lambda line: line.part == "原文", clause),
    "责任单位少一个": (lambda line: line.text.startswith("责任单位"), unit_dropped),
    "责任单位写错": (lambda line: line.text.startswith("责任单位"), unit_misspelt),
    "兑付单位写错": (lambda line: re.match(r"\s+由 ", line.text) is not None, lambda line, chance: _payer(line)),
    "删章或措施一行": (lambda line: line.part == "骨架" and re.match("(?:章|措施) ", line.text) is not None, clause),
    "文头写错": (lambda line: line.part == "文头" and line.text.startswith("    "), digits),
}  # fmt: skip


def _option(line: Line) -> bool:
    return line.part == "附" and re.match(r"    [a-c] ", line.text) is not None and "依" not in line.text


def _payer(line: Line) -> Iterator[str]:
    yield line.text.replace("财政局", "财正局").replace("税务局", "税物局").replace("公司", "公可")


def slips(text: str, seed: int, count: int) -> Iterator[Slip]:
    """``count`` slips, each kind as often as the others; the same for the same seed."""
    chance = random.Random(seed)
    raw = text.split("\n")
    all_lines = lines_of(text)
    made: dict[str, list[Slip]] = {}
    for kind, (fits, change) in KINDS.items():
        found = made.setdefault(kind, [])
        for line in all_lines:
            if fits(line):
                for new in change(line, chance):
                    if new != line.text:
                        found.append(_slip(kind, raw, line, new))
        chance.shuffle(found)
    while count and any(made.values()):
        for found in made.values():
            if found and count:
                count -= 1
                yield found.pop()


def _slip(kind: str, raw: list[str], line: Line, new: str | None) -> Slip:
    at = line.number - 1
    if new is None:
        changed = raw[:at] + raw[at + 1 :]
        # what is left runs into the line before or after
        near = {n - (n > line.number) for n in line.block} | {
            line.number - 1,
            line.number,
            max(line.block),
            max(line.block) + 1,
        }
        what = f"删 {line.text.strip()}"
    else:
        changed = [*raw[:at], new, *raw[at + 1 :]]
        near = {line.number} | (line.block if line.part == "注" else frozenset())
        what = f"{line.text.strip()} → {new.strip()}"
    return Slip(kind, "\n".join(changed), line.number, frozenset(near), what)
