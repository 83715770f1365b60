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


#: What becomes of one line: another, or none. A change of two lines at once is of the lines of one passage.
Change = Callable[[Line, random.Random], Iterator[str | None]]
Pair = Callable[[Line, Line, random.Random], Iterator[tuple[str, str]]]
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


def calendar(line: Line, chance: random.Random) -> Iterator[str]:
    """A year, a month or a day is another."""
    for match in re.finditer(r"(\d{4}) ?年(?: ?(\d+) ?月(?: ?(\d+) ?日)?)?", _plain(line)):
        for part, many in ((1, 9999), (2, 12), (3, 28)):
            if match[part]:
                number = int(match[part])
                other = number + chance.choice((-1, 1)) if part == 1 else (number + chance.randrange(1, 8)) % many + 1
                if other != number:
                    yield _one(line.text, match.span(part), str(other))


_TURNED = [
    ("且 ", "或 "), ("或 ", "且 "), ("已有 ", "未有 "), ("未有 ", "已有 "), (" 中 有 ", " 中 没有 "), (" 中 没有 ", " 中 有 "),
    (" 不为 ", " 为 "), (" 为 ", " 不为 "), ("非 ", ""),
]  # fmt: skip


def turned(line: Line, chance: random.Random) -> Iterator[str]:
    """A condition turned into its opposite, 且 for 或."""
    for old, new in _TURNED:
        for match in re.finditer(rf"(?<=[ （：]){re.escape(old.lstrip())}", _plain(line)):
            yield _one(line.text, match.span(), new.lstrip())
    if found := re.match(r"\s+(?:须|其中) (?:[^：（]*：)?(?=[^依\s])", line.text):
        at = found.end()
        if not line.text.startswith("非", at) and not re.search(r" [且或] ", line.text):
            yield _one(line.text, (at, at), "非 ")


_ENTITLED = (("市级专精特新", "国家小巨人"), ("小型微利企业", "科技型中小企业"), ("工业", "其他"), ("小型", "中型"))


def entitled(line: Line, chance: random.Random) -> Iterator[str]:
    """Another kind of enterprise."""
    for one, other in (*_ENTITLED, *((b, a) for a, b in _ENTITLED)):
        for match in re.finditer(rf"(?<=[ （、]){one}(?=[ ），、]|$)", _plain(line)):
            yield _one(line.text, match.span(), other)


def beneficiary(line: Line, chance: random.Random) -> Iterator[str]:
    """Another kind of enterprise in 原文."""
    for one, other in (("市级“专精特新”", "国家专精特新“小巨人”"), ("国家专精特新“小巨人”", "市级“专精特新”"), ("区内", "市内"), ("小微", "中型"),
                       ("科技型中小", "小微"), ("初创", "上市"), ("国有厂房", "社会闲置厂房")):  # fmt: skip
        for match in re.finditer(one, line.text):
            yield _one(line.text, match.span(), other)


def unit_changed(line: Line, chance: random.Random) -> Iterator[str]:
    """Another unit in the place of one of them."""
    for match in re.finditer(
        "区财政局|区税务局|区经济信息委|区科技局|区商务委|区市场监管局|区人力社保局|区金融服务办", line.text
    ):
        yield _one(line.text, match.span(), "区统计局")
        others = [unit for unit in ("区财政局", "区经济信息委", "区科技局", "区商务委") if unit not in line.text]
        yield _one(line.text, match.span(), chance.choice(others))


def exchanged(one: Line, other: Line, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Figures of one unit that change places."""
    figure = r"\d+(?:\.\d+)? ?(?:万元|%|年\d+月\d+日|元/平方米·月|家)"
    for left in re.finditer(figure, one.text):
        for right in re.finditer(figure, other.text):
            if left[0] != right[0] and left[0].lstrip("0123456789. ") == right[0].lstrip("0123456789. "):
                yield _one(one.text, left.span(), right[0]), _one(other.text, right.span(), left[0])


def crossed(one: Line, other: Line, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The labels of two rows or options change places."""
    row = r"(\s+)(\S+)( .*)"
    left, right = re.fullmatch(row, one.text), re.fullmatch(row, other.text)
    if (
        left
        and right
        and left[1] == right[1]
        and left[2] != right[2]
        and left[3] != right[3]
        and not re.search(r"\s(?:须|其中|阶段|由) ", one.text)
    ):
        yield f"{left[1]}{right[2]}{left[3]}", f"{right[1]}{left[2]}{right[3]}"


def said_for(one: Line, other: Line, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What two options of a reading say changes places; their letters stay."""
    left, right = (re.fullmatch(r"(    [a-c] )(.*)", each.text) for each in (one, other))
    if left and right and one.block == other.block and other.number == one.number + 1:
        yield left[1] + right[2], right[1] + left[2]


def each_other(line: Line, chance: random.Random) -> Iterator[str]:
    """By the year in place of by the month, and the other way round."""
    for one, other in (("逐月 ", "逐年 "), ("逐年 ", "逐月 ")):
        if one in line.text:
            yield line.text.replace(one, other)


def unlisted(line: Line, chance: random.Random) -> Iterator[str]:
    """A list loses a sign between two names."""
    for match in re.finditer("、", line.text):
        yield _one(line.text, match.span(), " ")


def _plain(line: Line) -> str:
    """The line with what a slip of its kind is not about blanked out: numbers of readings, names of conditions."""
    named = re.match(r"\s+(?:须|其中) [^：（]*：", line.text) if line.part == "注" else None
    return re.sub(rf"^.{{{len(named[0])}}}" if named else "^$", lambda m: "－" * len(m[0]), _numbers(line))


def _numbers(line: Line) -> str:
    return re.sub(r"口径 [A-Z0-9.]+|依 [A-Z0-9.]+|当 [A-Z0-9.]+ 为 [a-c]", lambda m: "－" * len(m[0]), line.text)


def _rule(line: Line) -> bool:
    prose = r"\s+(?:裁量|说明|程式|倡导|单位|用词|容许|数字|职责|由) ?"
    return line.part == "注" and not re.match(prose, line.text)


def _option(line: Line) -> bool:
    return line.part == "附" and re.match(r"    [a-c] ", line.text) is not None and "依" not in line.text


def _payer(line: Line, chance: random.Random) -> Iterator[str]:
    yield line.text.replace("财政局", "财正局").replace("税务局", "税物局").replace("公司", "公可")


def _begins(words: str) -> Callable[[Line], bool]:
    return lambda line: line.part == "注" and re.match(rf"\s+(?:{words})(?: |$)", line.text) is not None


#: Lines of a rule by their first words: each kind is left out as often as the others.
_CLAUSES = (
    "奖励|补贴|减免|减征|扣除|支持|对象|评审价|遴选", "职责|目标", "核查", "性质", "先后", "裁量", "由", "须", "其中", "金额|分阶段共", "阶段", "限额", "不超过",
    "及于", "分算|适用", "有效期", "就高|扣减", "仅首次", "逐[次份年月项]", "单位", "见", "数字|用词", "程式|说明|倡导", "名额|入选", "定义",
)  # fmt: skip

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
    "规则里改年月日": (_rule, calendar),
    "规则里条件反了": (_rule, turned),
    "规则里换了对象": (_rule, entitled),
    "规则里少一行取值": (_begins("[a-c]|[a-c]、[a-c]|当|否则|市级专精特新|国家小巨人|工业|其他"), clause),
    "口径里改年月日": (_option, calendar),
    "原文改年月日": (lambda line: line.part == "原文", calendar),
    "原文换了对象": (lambda line: line.part == "原文", beneficiary),
    "责任单位换一个": (lambda line: line.text.startswith("责任单位"), unit_changed),
    "兑付单位换一个": (_begins("由"), unit_changed),
    **{f"规则里少一行 {words}": (_begins(words), clause) for words in _CLAUSES},
    "兑付单位写错": (lambda line: re.match(r"\s+由 ", line.text) is not None, _payer),
    "删章或措施一行": (lambda line: line.part == "骨架" and re.match("(?:章|措施) ", line.text) is not None, clause),
    "规则里逐月逐年": (_begins("逐[年月]"), each_other),
    "规则里少一个顿号": (_begins("就高|及于|见|定义"), unlisted),
    "文头写错": (lambda line: line.part == "文头" and line.text.startswith("    "), digits),
}  # fmt: skip
PAIRS: dict[str, tuple[Callable[[Line], bool], Pair]] = {
    "规则里两数对调": (_rule, exchanged),
    "规则里两行名目对调": (_begins("[a-c]|市级专精特新|国家小巨人|工业|其他"), crossed),
    "口径里两种读法对调": (_option, crossed),
    "口径里两种说法对调": (lambda line: line.part == "附" and re.match("    [a-c] ", line.text) is not None, said_for),
    "原文两句里的数对调": (lambda line: line.part == "原文", exchanged),
}  # fmt: skip


def slips(text: str, seed: int, count: int) -> Iterator[Slip]:
    """``count`` slips, each kind as often as the others; the same for the same seed."""
    chance = random.Random(seed)
    raw = text.split("\n")
    all_lines, named = lines_of(text), named_in(raw)
    near = {line.number: frozenset(_related(raw, named, line)) for line in all_lines}
    made: dict[str, list[Slip]] = {}
    for kind, (fits, change) in KINDS.items():
        found = made.setdefault(kind, [])
        for line in all_lines:
            if fits(line):
                for new in change(line, chance):
                    if new is None or _bare(new) != _bare(line.text):
                        found.append(_slip(kind, raw, near, {line: new}))
    for kind, (fits, pair) in PAIRS.items():
        found = made.setdefault(kind, [])
        fitting = [line for line in all_lines if fits(line)]
        for one, other in ((a, b) for at, a in enumerate(fitting) for b in fitting[at + 1 : at + 4]):
            if _together(one, other, pair):
                for changed in pair(one, other, chance):
                    if _bare(changed[0]) == _bare(one.text):
                        continue
                    found.append(_slip(kind, raw, near, {one: changed[0], other: changed[1]}))
    for found in made.values():
        chance.shuffle(found)
    while count and any(made.values()):
        for found in made.values():
            if found and count:
                count -= 1
                yield found.pop()


def _bare(line: str) -> str:
    return "".join(line.split())


def _together(one: Line, other: Line, pair: Pair) -> bool:
    """Whether two lines stand in one passage, or in passages that follow one another; rows and options one after the other."""
    if pair in (crossed, said_for):
        return one.block == other.block and other.number == one.number + 1
    if one.part == "原文":
        return 0 < min(other.block) - max(one.block) < 3
    return one.block == other.block


def _slip(kind: str, raw: list[str], related: dict[int, frozenset[int]], changes: dict[Line, str | None]) -> Slip:
    changed = list(raw)
    near: set[int] = set()
    what: list[str] = []
    gone = {line.number for line, new in changes.items() if new is None}
    for line, new in changes.items():
        # the line, its passage and what stands under it; where it is used, and what it uses
        near |= {line.number, *line.block, *related[line.number]}
        if new is None:
            near |= {line.number - 1, line.number + 1, max(line.block) + 1}  # what is left runs into the next
            what.append(f"删 {line.text.strip()}")
        else:
            changed[line.number - 1] = new
            what.append(f"{line.text.strip()} → {new.strip()}")
    text = "\n".join(line for at, line in enumerate(changed, 1) if at not in gone)
    lines = frozenset(n - sum(at < n for at in gone) for n in near)
    return Slip(kind, text, min(line.number for line in changes), lines, "；".join(what))


# ---------------------------------------------------------------- what has to do with a line
@frozen
class Named:
    """Something that is declared: its name, and the lines from its head to its last."""

    name: str
    first: int
    last: int
    text: str


_HEAD = re.compile(
    r"(?:    )?(?:奖励|补贴|减免|减征|扣除|支持|对象|评审价|遴选|职责|目标|限额|定义|口径) ([^ （]+)|(章|措施) "
)


def named_in(raw: list[str]) -> list[Named]:
    found: list[Named] = []
    for number, line in enumerate(raw, 1):
        if head := _HEAD.match(line):
            deep = len(line) - len(line.lstrip())
            last = number
            while last < len(raw) and raw[last].startswith(" " * (deep + 1)):
                last += 1
            found.append(Named(head[1] or head[2], number, last, "\n".join(raw[number - 1 : last])))
    return found


def _related(raw: list[str], named: list[Named], line: Line) -> Iterator[int]:
    """The heads of what uses, step by step, what the line is part of; of what the line names; examples that name what it heads."""
    own = [each for each in named if each.first <= line.number <= each.last]
    used = "\n".join(each.text for each in own if each.text.lstrip().startswith("限额")) or line.text
    for each in named:
        if len(each.name) > 1 and re.search(rf"(?<![\w.]){re.escape(each.name)}(?![\w.])", used):
            yield each.first
        if line.text.startswith(each.name) and each.name in ("章", "措施") and each.first > line.number:
            yield each.first  # where the numbers have a gap
    users, seen = list(own), {each.first for each in own}
    while users:
        one = users.pop()
        yield one.first
        for each in named:
            if len(one.name) > 1 and each.first not in seen and one.name in each.text:
                seen.add(each.first)
                users.append(each)
    for each in own:
        if each.first == line.number and len(each.name) > 1:
            yield from (number for number, other in enumerate(raw, 1) if each.name in other)
