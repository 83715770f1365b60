"""Mutations of a policy, seeded: changes of meaning, and rewritings that change none.

Each is made on the text, so that a whole version is read, compiled and compared. Examples are left out: they are no part of the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from attrs import frozen


@frozen
class Mutation:
    """``text``: the whole of the new version. ``equal``: it means the same by the way it was made."""

    kind: str
    what: str
    text: str
    equal: bool


@frozen
class Line:
    number: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))


def without_examples(text: str) -> str:
    return re.sub(r"^示例 .*?\n\n", "", text + "\n", flags=re.M | re.S)


# ---------------------------------------------------------------- places
_SAID = re.compile(r"\s*(说明|程式|数字|容许|用词|单位|裁量|职责|倡导|由|引用|版本|取用|见|性质|口径|名额|#)\b ?")
_COMPARISON = re.compile(r"(\S+) (超过|不超过|达到|低于|早于|不早于|晚于|不晚于|为|不为) ([^\s）]+)")
_OPPOSITE = {
    "超过": "不超过", "不超过": "超过", "达到": "低于", "低于": "达到", "早于": "不早于", "不早于": "早于", "晚于": "不晚于", "不晚于": "晚于",
    "为": "不为", "不为": "为",
}  # fmt: skip
_NEAR = {
    "超过": ("达到", "低于"), "不超过": ("低于", "超过"), "达到": ("超过", "低于"), "低于": ("不超过", "达到"), "早于": ("不晚于", "晚于"),
    "不早于": ("晚于", "早于"), "不晚于": ("早于", "晚于"), "为": ("不为",), "不为": ("为",),
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?=万元|元|%|个月|家|年 |年度|平方米)")
_DATE = re.compile(r"(\d{4})年(\d+)月(\d+)日")
_MEMBERS = (
    ("市级专精特新", "国家小巨人"), ("国有厂房", "社会闲置厂房"), ("汽车", "电子", "人工智能", "新材料"), ("智能座舱", "自动驾驶"),
    ("创新经济走廊", "仙桃数据谷", "其他"), ("北交所", "上交所"), ("小型", "微型", "中型"), ("中国质量奖", "重庆市市长质量奖"),
    ("法律援助", "企业管理"),
)  # fmt: skip


def rules_of(text: str) -> list[Line]:
    """The lines that say rules: not 原文, not readings and facts, no words in 「」 alone."""
    found, appendix = [], ""
    for number, line in enumerate(text.split("\n")):
        if line.startswith("附 "):
            appendix = line[2:]
        noted = line.startswith(("    ", "定义 ", "有效期 ")) and appendix in ("", "名词", "通则")
        if noted and line.strip() and not _SAID.match(line):
            found.append(Line(number, line))
    return found


def bare(line: str) -> str:
    """The line with what is quoted blanked out."""
    return re.sub(r"「[^」]*」", lambda found: " " * len(found[0]), line)


def with_line(text: str, line: Line, *instead: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: line.number], *instead, *lines[line.number + 1 :]])


def block_of(lines: list[str], start: int) -> int:
    """One past the last line of what stands under a line."""
    indent = len(lines[start]) - len(lines[start].lstrip(" "))
    end = start + 1
    while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip(" ")) > indent:
        end += 1
    return end


Made = Iterator[tuple[str, str]]


def replaced(text: str, pattern: re.Pattern[str], by: Callable[[re.Match[str]], list[str]]) -> Made:
    for line in rules_of(text):
        for found in pattern.finditer(bare(line.text)):
            for each in by(found):
                new = line.text[: found.start()] + each + line.text[found.end() :]
                yield with_line(text, line, new), f"{line.number + 1}: {line.text.strip()} → {new.strip()}"


# ---------------------------------------------------------------- what changes the meaning
def numbers(text: str) -> Made:
    yield from replaced(
        text, _NUMBER, lambda found: [str(int(found[0]) * 2), str(max(int(found[0]) - 1, 0)), str(int(found[0]) + 1)]
    )


def dates(text: str) -> Made:
    def moved(found: re.Match[str]) -> list[str]:
        year, month, day = map(int, found.groups())
        return [f"{year + 1}年{month}月{day}日", f"{year}年{month}月{15 if day != 15 else 16}日"]

    yield from replaced(text, _DATE, moved)


def comparison_words(text: str) -> Made:
    yield from replaced(text, _COMPARISON, lambda found: [f"{found[1]} {each} {found[3]}" for each in _NEAR[found[2]]])


def members(text: str) -> Made:
    for group in _MEMBERS:
        word = re.compile(rf"(?<=[ 、（])({'|'.join(group)})(?=$|[ 、，）])")
        yield from replaced(text, word, lambda found, group=group: [each for each in group if each != found[0]])  # type: ignore[misc]


def connectives(text: str) -> Made:
    yield from replaced(text, re.compile(r"(?<= )(且|或)(?= )"), lambda found: ["或" if found[0] == "且" else "且"])


def dropped(text: str) -> Made:
    """A condition, a period, a cap and what it covers, what pays only once."""
    lines = text.split("\n")
    for line in rules_of(text):
        if re.match(r"\s+(须|其中|有效期|限额|及于|仅首次|分算|就高|扣减|核查) ?", line.text):
            end = block_of(lines, line.number)
            yield "\n".join([*lines[: line.number], *lines[end:]]), f"{line.number + 1}: without {line.text.strip()}"


def flipped(text: str) -> Made:
    for line in rules_of(text):
        found = re.match(r"(\s+(?:须|其中) (?:[^：「]+：)?)(\S[^「]*?)( 「.*)?$", line.text)
        if found and "依 " not in line.text:
            new = f"{found[1]}非 （{found[2]}）{found[3] or ''}"
            yield with_line(text, line, new), f"{line.number + 1}: {new.strip()}"


def arms(text: str) -> Made:
    """What two options of a reading, or two members, stand for, exchanged."""
    lines = text.split("\n")
    for one, other in _neighbours(text, r"(\s+)(a|b|c|工业|市级专精特新) (.+)$"):
        first, second = (re.match(r"(\s+\S+ )(.+)$", lines[each]) for each in (one, other))
        if first and second:
            changed = list(lines)
            changed[one], changed[other] = first[1] + second[2], second[1] + first[2]
            yield "\n".join(changed), f"{one + 1}: {first[2]} ↔ {second[2]}"


def derivations(text: str) -> Made:
    for found in re.finditer(r"(?m)^    (企业规模 规模|小型微利企业 是否) 推算 \S+", text):
        yield text[: found.start()] + "    " + found[1] + text[found.end() :], f"without {found[0].strip()}"


# ---------------------------------------------------------------- what does not
def opposites(text: str) -> Made:
    yield from replaced(text, _COMPARISON, lambda found: [f"（非 {found[1]} {_OPPOSITE[found[2]]} {found[3]}）"])


def turned_sums(text: str) -> Made:
    yield from replaced(
        text,
        re.compile(r"(?<![-÷×] )(?<!\S)([^\s（]\S*) ([+×]) (\S+)"),
        lambda found: [f"{found[3]} {found[2]} {found[1]}"] * _whole(found),
    )


def turned_tests(text: str) -> Made:
    """a 且 b, where nothing else stands beside them."""
    for line in rules_of(text):
        found = re.match(r"(.*?(?:：|指 | 有 |没有 ))([^且或「]+?) (且|或) ([^且或「]+?)( 的)?$", line.text)
        if found and _closed(found[2]) and _closed(found[4]):
            new = f"{found[1]}{found[4]} {found[3]} {found[2]}{found[5] or ''}"
            yield with_line(text, line, new), f"{line.number + 1}: {new.strip()}"


def several(text: str) -> Made:
    """含 A、B ↔ 含 A 或 含 B; 属于 A、B ↔ 为 A 或 为 B."""

    def apart(found: re.Match[str]) -> list[str]:
        word = {"含": "含", "属于": "为"}[found[2]]
        parts = found[3].split("、")
        turned = f"{found[1]} {found[2]} {'、'.join(reversed(parts))}"
        return [turned, "（" + " 或 ".join(f"{found[1]} {word} {each}" for each in parts) + "）"]

    yield from replaced(text, re.compile(r"([^\s：]+) (含|属于) ([^\s「、]+(?:、[^\s「、]+)+)"), apart)


def spelled(text: str) -> Made:
    yield from replaced(text, re.compile(r"(\d+)万元"), lambda found: [f"{found[1]}0000元"])


def twice_not(text: str) -> Made:
    for line in rules_of(text):
        found = re.match(r"(\s+(?:须|其中) [^：「]+：)(\S[^「]*?)( 「.*)?$", line.text)
        if found and "依 " not in line.text:
            yield (
                with_line(text, line, f"{found[1]}非 （非 （{found[2]}））{found[3] or ''}"),
                f"{line.number + 1}: 非 非",
            )


def inlined(text: str) -> Made:
    """A call replaced by what the definition says."""
    for line in rules_of(text):
        defined = re.match(r"\s*定义 ([^（\s]+)(?:（([^）]*)）)? 指 (\S[^「]*?)(?: 「.*)?$", line.text)
        if defined and not text.split("\n")[line.number + 1].lstrip().startswith(("且", "或", "÷")):
            name, params, body = defined[1], (defined[2] or "").split("，") if defined[2] else [], defined[3]
            call = rf"(?<![^\s：（]){name}" + (r"（([^（）]*)）" if params else r"(?=$| )")
            for other in rules_of(text):
                found = re.search(call, bare(other.text))
                if found and other.number != line.number and f"定义 {name}" not in other.text:
                    args = re.split("，", found[1]) if params else []
                    said = body
                    for param, arg in zip(params, args, strict=False):
                        said = said.replace(param, arg)
                    if len(args) == len(params):
                        new = other.text[: found.start()] + f"（{said}）" + other.text[found.end() :]
                        # named, as a condition that only calls a definition bears its name
                        new = re.sub(r"^(\s+(?:须|其中)) （", r"\1 并入：（", new)
                        yield with_line(text, other, new), f"{other.number + 1}: {name} inlined"


def reordered(text: str) -> Made:
    """Conditions that stand one after the other; definitions; members of a choice."""
    lines = text.split("\n")
    for pattern in (r"(\s+)(须|其中) ", r"(\s*)(定义) ", r"(\s+)(工业|市级专精特新) "):
        for one, other in _neighbours(text, pattern):
            end = block_of(lines, other)
            changed = [*lines[:one], *lines[other:end], *lines[one:other], *lines[end:]]
            yield "\n".join(changed), f"{one + 1}: {lines[one].strip()} after {lines[other].strip()}"


def renamed_definitions(text: str) -> Made:
    for line in rules_of(text):
        defined = re.match(r"\s*定义 ([^（\s]+)", line.text)
        if defined:
            yield _renamed(text, defined[1], "改称" + defined[1]), f"{defined[1]} renamed"


def renamed_rules(text: str) -> Made:
    for line in rules_of(text):
        found = re.match(r"    (奖励|减免|补贴|对象|支持|扣除|减税|评审价|遴选) (\S+)$", line.text)
        if found:
            yield _renamed(text, found[2], found[2] + "事项"), f"{found[2]} renamed"


def moved_measures(text: str) -> Made:
    """Two neighbours change places and numbers; a measure gets another title."""
    blocks = list(re.finditer(r"(?ms)^措施 (\d+) ([^\n]+)\n.*?(?=^措施 |^章 |^附 )", text))
    for one, other in pairwise(blocks):
        if one.end() == other.start():
            first = re.sub(r"^措施 \d+", f"措施 {other[1]}", one[0])
            second = re.sub(r"^措施 \d+", f"措施 {one[1]}", other[0])
            yield (
                text[: one.start()] + second + first + text[other.end() :],
                f"measures {one[1]} and {other[1]} exchanged",
            )
    for one in blocks:
        yield text[: one.start(2)] + "另起名称" + text[one.end(2) :], f"measure {one[1]} has another title"


# ---------------------------------------------------------------- helpers
def _closed(part: str) -> bool:
    return part.count("（") == part.count("）")


def _whole(found: re.Match[str]) -> bool:
    return _closed(found[1]) and _closed(found[3])


def _renamed(text: str, name: str, new: str) -> str:
    lines = text.split("\n")
    for line in rules_of(text) + [
        Line(i, each) for i, each in enumerate(lines) if re.match(r"\s+(见|及于|推算)|.* 推算 ", each)
    ]:
        pieces = re.split(r"(「[^」]*」)", line.text)
        pieces[::2] = [re.sub(rf"(?<![^\s：（，、]){name}(?=$|[\s（）、，])", new, each) for each in pieces[::2]]
        lines[line.number] = "".join(pieces)
    return "\n".join(lines)


def _neighbours(text: str, pattern: str) -> Iterator[tuple[int, int]]:
    """Lines that match, one right after the block of the other, at one indentation."""
    lines = text.split("\n")
    for line in rules_of(text):
        if re.match(pattern, line.text):
            after = block_of(lines, line.number)
            if after < len(lines) and re.match(r"(\s*)\S", lines[after]):
                indent = len(lines[after]) - len(lines[after].lstrip(" "))
                same_word = line.text.split()[0] == lines[after].split()[0]
                choice = re.match(r"\s+(a|b|工业|市级专精特新) ", line.text) and re.match(
                    r"\s+(b|c|其他|国家小巨人) ", lines[after]
                )
                if indent == line.indent and (same_word or choice):
                    yield line.number, after


CHANGES: dict[str, Callable[[str], Made]] = {
    "number": numbers, "date": dates, "comparison word": comparison_words, "member": members, "and for or": connectives,
    "dropped": dropped, "flipped": flipped, "arms exchanged": arms, "no longer worked out": derivations,
}  # fmt: skip
REWRITINGS: dict[str, Callable[[str], Made]] = {
    "opposite": opposites, "sum turned": turned_sums, "test turned": turned_tests, "several apart": several, "spelled": spelled,
    "twice not": twice_not, "inlined": inlined, "reordered": reordered, "definition renamed": renamed_definitions,
    "rule renamed": renamed_rules, "measure moved": moved_measures,
}  # fmt: skip


def mutations(text: str, seed: int) -> Iterator[Mutation]:
    """Without end until all are used up: by turns one kind after the other, each time another place."""
    random = Random(seed)
    text = without_examples(text)
    kinds = {**CHANGES, **REWRITINGS}
    waiting = {}
    for kind, make in kinds.items():
        waiting[kind] = list(make(text))
        random.shuffle(waiting[kind])
    while any(waiting.values()):
        for kind in kinds:
            if waiting[kind]:
                changed, what = waiting[kind].pop()
                if changed != text:
                    yield Mutation(kind, what, changed, kind in REWRITINGS)
