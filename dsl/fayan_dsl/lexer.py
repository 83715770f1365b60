"""Cutting text: into lines with their indentation, lines into words, run-together words into their parts.

A word is reserved only where the grammar's state has room for it, and a plain name everywhere else.
Nothing moves when signs are made equal (every sign has one twin), so every offset is one of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from attrs import define, field, frozen

from fayan_dsl.built_in import CONTEXT, FUNCTIONS

Words = dict[str, list[tuple[str, str]]]
Row = dict[str, int]


class Token(NamedTuple):
    """A word: its terminal, its text (a reserved word in Chinese), its place, and what a literal is worth."""

    kind: str
    text: str
    start: int
    end: int
    value: object = None


# ---------------------------------------------------------------- signs and their twins
_TWINS = {ord("Ａ") + i: chr(ord("A") + i) for i in range(26)} | {ord("ａ") + i: chr(ord("a") + i) for i in range(26)}
_TWINS |= {ord("０") + i: str(i) for i in range(10)}
# the ASCII comma has no twin: it groups thousands
_TWINS |= dict(zip(map(ord, "():|*／＋－−％．﹪＿\u00a0"), "（）：｜×/+--%.%_ ", strict=True))
_AFTER_MARGIN = re.compile(r"\S[^\n]*")


def even(text: str) -> str:
    """The text with full-width and half-width signs made equal, offset by offset; only margins keep wide spaces."""
    text = text.translate(_TWINS)
    return _AFTER_MARGIN.sub(lambda match: match[0].replace("　", " "), text) if "　" in text else text


def columns(margin: str) -> int:
    """How far in a line with this margin stands: a tab goes to the next fourth column, a full-width space is two wide."""
    return len(margin.replace("　", "  ").expandtabs(4))


# ---------------------------------------------------------------- lines
@frozen
class Line:
    """A line of the drafter: with the lines that carry it on, without comments. ``parts`` are offsets of its pieces."""

    indent: int
    parts: tuple[tuple[int, int], ...]
    quote: bool = False

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


_LINE = re.compile(r"\ufeff?([^\S\n]*)([^\n]*)\n?")
_COMMENT = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|(?<!\S)#")
_CARRIES_ON = re.compile(r"(?:且|或|and|or)(?!\w)|[+×÷*/、]|-(?!\d)")
#: The same run together with the word after it, or else a name that begins so: 或有负债.
_MAY_CARRY_ON = re.compile(r"且|或")


def lines(text: str) -> Iterator[Line]:
    """The lines of an evened text; empty ones and comments are no lines.

    A line carries on the one before when it begins with a word that must (且、或、an operator、、); when it stands deeper, also
    where the one before ends with 、 or where 且 or 或 is run together with what follows.
    """
    pending: list[tuple[int, int]] = []
    indent = 0
    for match in _LINE.finditer(text):
        start, end = match.span(2)
        content = match[2].rstrip()
        if not content or content[0] == "#":
            continue
        width = columns(match[1])
        if content[0] == "｜":
            if pending:
                yield Line(indent, tuple(pending))
                pending = []
            yield Line(width, ((start, start + len(content)),), True)
            continue
        end = start + len(content)
        if "#" in content:
            end = next((start + m.start() for m in _COMMENT.finditer(content) if m[0] == "#"), end)
            end = start + len(text[start:end].rstrip())
        if pending and (
            _CARRIES_ON.match(content)
            or (width > indent and (text[pending[-1][1] - 1] == "、" or _MAY_CARRY_ON.match(content)))
        ):
            pending.append((start, end))
            continue
        if pending:
            yield Line(indent, tuple(pending))
        pending, indent = [(start, end)], width
    if pending:
        yield Line(indent, tuple(pending))


# ---------------------------------------------------------------- numbers
#: The words that may follow a number; what they are worth is no matter of syntax.
UNITS = (
    "元", "万元", "亿元", "平方米", "㎡", "亩", "公顷", "吨", "月", "个月", "年", "日", "天", "家", "户", "人", "名", "项", "个", "次",
    "份", "件", "台", "套", "辆", "%", "百分点", "个百分点",
)  # fmt: skip
_UNIT = f"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_COMPOUND = rf"{_UNIT}(?:/{_UNIT}(?:·{_UNIT})*)?"
# longer numbers than any policy has are no numbers, nor a way to make arithmetic slow
_DIGITS = r"-?(?:\d{1,3}(?:,\d{3}){1,12}|\d{1,40})(?:\.\d{1,40})?"
_NUMBER = re.compile(rf"({_DIGITS})(?: ?(?:(万亿|[亿万千百])(?: ?({_COMPOUND}))?|({_COMPOUND})))?")
_DATE = re.compile(r"(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?|(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_UNIT_WORD = re.compile(rf"{_COMPOUND}(?![\w/·])")
_SPOKEN = re.compile(
    r"([一二两三四五六七八九])成([一二三四五六七八九半])?|百分之([零〇一二两三四五六七八九十百]+)"
    r"|([一二两三四五六七八九十百]+)分之([一二两三四五六七八九十百]+)"
)
_IN_WORDS = re.compile(rf"([零一二两三四五六七八九十百千]+)(万亿|[亿万])?({_COMPOUND})?")
_WHOLE = re.compile(r"\d{1,6}(?!\w)|[一二两三四五六七八九十百]+(?!\w)")
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SAME_UNIT = {"㎡": "平方米", "个月": "月", "天": "日", "个百分点": "百分点"}


def _spoken(text: str) -> int:
    """一 to 九千九百九十九 as an integer."""
    total, digit = 0, 0
    for char in text:
        if char in "十百千":
            total, digit = total + (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char], 0
        else:
            digit = "零一二三四五六七八九".find("二" if char == "两" else "零" if char == "〇" else char)
    return total + digit


def number(text: str) -> Token | None:
    """A number in words with its unit, such as 十万元, in figures (10万元); None where it is none."""
    words = _IN_WORDS.fullmatch(text)
    if percent := re.fullmatch(rf"百分之({_DIGITS})", text):
        text = f"{percent[1]}%"
        match = _NUMBER.fullmatch(text)
        return Token("NUMBER", text, 0, len(text), _worth(match)) if match else None
    if words is None or not (words[2] or words[3]):
        return None
    figures = f"{_spoken(words[1])}{words[2] or ''}{words[3] or ''}"
    match = _NUMBER.fullmatch(figures)
    return Token("NUMBER", figures, 0, len(figures), _worth(match)) if match else None


def _worth(match: re.Match[str]) -> tuple[Fraction, str]:
    """Value and unit of a number as matched."""
    value = Fraction(match[1].replace(",", ""))
    times, shown = match[2] or "", match[3] or match[4] or ""
    first, slash, rest = shown.partition("/")
    if first in ("万元", "亿元"):
        times, first, value = first[0], "元", value * _TIMES[times]
    value *= _TIMES[times]
    if first in ("%", "百分点", "个百分点"):
        value /= 100
    units = [_SAME_UNIT.get(unit, unit) for unit in rest.split("·")]
    return value, _SAME_UNIT.get(first, first) + slash + "·".join(units)


# ---------------------------------------------------------------- words
_WORD = re.compile(r"[^\W\d]\w*")
_WORDS = re.compile(r"\w+")
_ID = re.compile(r"[A-Z]+\d+(?:\.\d+)?(?![\w.])")
_LUMP = re.compile(r"[\w.%/·]+")
_STRING = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_CITE = re.compile(r"「[^」\n]*」")
_LAST_CITE = re.compile(r"(.*?)\s*(「[^」\n]*」)$", re.DOTALL)
_SIGNS = {"（": "LPAR", "）": "RPAR", "，": "COMMA", ",": "COMMA", "、": "ENUMCOMMA", "：": "COLON"}
_SIGNS |= {"+": "ADD", "-": "ADD", "×": "MUL", "÷": "MUL", "/": "MUL"}
_SAME_SIGN = {"/": "÷", ",": "，"}
#: Words that hold a sentence together are never names, so that a misplaced one is seen where it stands.
_NEVER_NAMES = {"AND", "OR", "NOT", "COMPARE", "OF", "THAT", "AT", "IN", "HAS", "HASALL"}
#: What stands where no word can be cut: the kinds of :func:`cut` that no grammar knows.
STRAY, NOT_A_NUMBER, NOT_A_DATE = "?sign", "?number", "?date"


@define
class Cutter:
    """Cuts words off one text. ``declared`` are the names the file declares anywhere, ``said`` words people write for ours."""

    text: str
    raw: str
    words: Words
    declared: set[str] = field(factory=set)
    said: frozenset[str] = frozenset()

    def prose(self, start: int, end: int, *, cited: bool) -> Token:
        """The rest of a line as a text, short of the quotation at its end where the grammar has room for one."""
        text = self.raw[start:end]
        if cited and (match := _LAST_CITE.match(text)):
            text = match[1]
        return Token("TEXT", text.strip(), start, start + len(text.rstrip()))

    def cut(self, at: int, end: int, row: Row, before: str) -> Token:
        """The word at ``at`` (no space), in a state with ``row``, after a word of kind ``before``."""
        text = self.text
        char = text[at]
        if char.isdigit() or (char == "-" and "NUMBER" in row and "ADD" not in row):
            return self._number(at, end, row, before)
        match = _WORD.match(text, at, end)
        if match:
            return self._word(match, end, row, before)
        kind = _SIGNS.get(char)
        if kind:
            return Token(kind, _SAME_SIGN.get(char, char), at, at + 1)
        if match := _CITE.match(text, at, end):
            return Token("CITE", self.raw[at + 1 : match.end() - 1], at, match.end())
        if match := _STRING.match(text, at, end):
            return Token("STRING", match[0], at, match.end(), self.raw[at + 1 : match.end() - 1])
        if char in "%㎡" and "UNIT" in row:
            return Token("UNIT", "平方米" if char == "㎡" else char, at, at + 1)
        return Token(STRAY, char, at, at + 1)

    def _word(self, match: re.Match[str], end: int, row: Row, before: str) -> Token:
        at, stop = match.span()
        word = match[0]
        roles = self.words.get(word)
        if roles:
            for kind, chinese in roles:
                if kind in row and (kind != "OUTCOME" or word not in self.declared):
                    return Token(kind, chinese, at, stop)
            if roles[0][0] in _NEVER_NAMES:
                return Token(roles[0][0], roles[0][1], at, stop)
            for kind, chinese in roles:
                if kind in _NEVER_NAMES:
                    return Token(kind, chinese, at, stop)
        if word[0].isascii() and (named := _ID.match(self.text, at, end)) and ("ID" in row or "." in named[0]):
            return Token("ID", named[0], at, named.end())
        if "UNIT" in row and (unit := _UNIT_WORD.match(self.text, at, end)):
            shown = unit[0].replace("㎡", "平方米")
            return Token("UNIT", shown, at, unit.end())
        if "NUMBER" in row and word not in self.declared:
            if before == "MEASURE" and (whole := _WHOLE.match(self.text, at, end)):
                return Token("NUMBER", word, at, stop, (Fraction(_spoken(whole[0])), ""))
            if spoken := _SPOKEN.fullmatch(word):
                return Token("NUMBER", word, at, stop, (_share(spoken), ""))
        # a bracket of another kind is mended, and the name before it is called all the same
        if "CALL" in row and stop < end and self.text[stop] in "（【〔[{［｛":
            return Token("CALL", word, at, stop)
        return Token("NAME", word, at, stop)

    def _number(self, at: int, end: int, row: Row, before: str) -> Token:
        text = self.text
        if before == "MEASURE":
            match = _WHOLE.match(text, at, end)
            if match:
                return Token("NUMBER", match[0], at, match.end(), (Fraction(match[0]), ""))
        elif "NUMBER" in row or "YEARDATE" in row or "DATE" in row:
            match = _DATE.match(text, at, end)
            if match and self._ends(match.end(), end):
                return _dated(match)
            match = _NUMBER.match(text, at, end)
            if match and self._ends(match.end(), end):
                return Token("NUMBER", match[0].replace(" ", ""), at, match.end(), _worth(match))
        name = _WORDS.match(text, at, end)
        if name and "NAME" in row:
            follows = text[name.end() : name.end() + 1] if name.end() < end else ""
            if "NUMBER" not in row or follows == "：" or name[0] in self.declared:
                if follows == "（" and "CALL" in row:
                    return Token("CALL", name[0], at, name.end())
                return Token("NAME", name[0], at, name.end())
        lump = _LUMP.match(text, at, end)
        stop = lump.end() if lump else at + 1
        return Token(NOT_A_NUMBER, text[at:stop], at, stop)

    def _ends(self, at: int, end: int) -> bool:
        if at >= end:
            return True
        char = self.text[at]
        return not (char == "_" or char.isalnum() or (char == "." and self.text[at + 1 : at + 2].isdigit()))

    # ------------------------------------------------------------ run-together words
    def parts(self, start: int, end: int, limit: int = 16) -> list[tuple[int, ...]]:
        """Every way to cut ``start..end`` wholly into declared names, reserved words and numbers: offsets of the cuts."""
        if end - start > 64:
            return []
        found: list[tuple[int, ...]] = []
        paths: list[tuple[int, tuple[int, ...]]] = [(start, ())]
        tried = 0
        while paths and len(found) < limit and tried < 2000:
            at, cuts = paths.pop()
            tried += 1
            if at == end:
                found.append(cuts[:-1])
                continue
            stops = {at + n for n in range(1, end - at + 1) if self.known(self.text[at : at + n])}
            for pattern in (_DATE, _NUMBER):
                if match := pattern.match(self.text, at, end):
                    stops.add(match.end())
            paths += [(stop, (*cuts, stop)) for stop in sorted(stops)]
        return [cuts for cuts in found if cuts]

    def known(self, word: str) -> bool:
        return word in self.declared or word in self.words or word in self.said


def _share(match: re.Match[str]) -> Fraction:
    if match[1]:
        return Fraction(10 * _spoken(match[1]) + (5 if match[2] == "半" else _spoken(match[2] or "")), 100)
    if match[3]:
        return Fraction(_spoken(match[3]), 100)
    return Fraction(_spoken(match[5]), _spoken(match[4]))


def _dated(match: re.Match[str]) -> Token:
    """A date, month or year as a literal; one that is not in the calendar is told by its kind."""
    year, month, day = match[1] or match[4], match[2] or match[5], match[3] or match[6]
    at, end = match.span()
    if not month:
        return Token("YEARDATE", match[0], at, end, int(year))
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return Token(NOT_A_DATE, match[0], at, end)
    if not day:
        return Token("MONTHDATE", match[0], at, end, (found.year, found.month))
    return Token("DATE", match[0], at, end, found.isoformat())


# ---------------------------------------------------------------- names the file declares
_DECLARES = (
    r"^[^\S\n]*(?:(?:定义|define) +(\w+)(?:（([^）\n]*)）)?|(?:类型|type) +(\w+) +(?:分|of) +((?:[^\n「#]|\n(?=[^\S\n]*、)|(?<=、)\n)*)"
    r"|(?:%s) +(\w+)"
    r"|(?:取用|take) +([^\n#]*))"
)
_FACTS = re.compile(
    r"^(?P<pad>[^\S\n]*)(?:事实|facts)\b[^\n]*\n(?P<body>(?:(?P=pad)[^\S\n]+[^\n]*\n?|[^\S\n]*\n)*)", re.MULTILINE
)
_FACT = re.compile(r"^[^\S\n]+(\w+) +(\S+)(?: +(\w+))?", re.MULTILINE)
_NAMING = "PARAMETER RULE STAGE DUTY GOAL SELECTION CEILING"


def declared(text: str, words: Words) -> set[str]:
    """The names an evened text declares, read roughly: enough to tell names from words run together."""
    found = {*CONTEXT, *FUNCTIONS, *"abcdefgh"}  # the last are options of readings
    heads = "|".join(sorted(word for word, roles in words.items() if roles[0][0] in _NAMING.split()))
    for match in re.compile(_DECLARES % heads, re.MULTILINE).finditer(text):
        found.update(name for name in (match[1], match[3], match[5]) if name)
        found.update(re.findall(r"\w+", f"{match[2] or ''} {match[4] or ''} {match[6] or ''}"))
    for block in _FACTS.finditer(text):
        for fact in _FACT.finditer(block["body"]):
            found.update(name for name in fact.groups() if name and name not in words and re.fullmatch(r"\w+", name))
    return found


# ---------------------------------------------------------------- figures in running text
_DIGIT = "一二两三四五六七八九"
#: Chinese numerals with what is counted; not 第三年, 几十家, 五月五日, 上一年. 一次性, 一人 and 统一年度 count nothing.
_COUNTED = re.compile(
    rf"(?<![第几数{_DIGIT}十百千万亿月/])(?P<base>[{_DIGIT}十][零〇{_DIGIT}十百千]{{0,12}})"
    rf"(?:(?P<large>万亿|[亿万])(?:(?P<rest>[零〇{_DIGIT}十百千]{{1,9}})(?P<more>万)?)?)?"
    rf"(?:(?P<times>倍)|(?P<unit>(?!月){_COMPOUND})(?P<half>(?<=年)半)?)(?!度|龄|级|(?<=次)产业|(?<=个)(?:方面|环节|层面))"
)
_COUNTS_NOTHING = re.compile(r"一(?:[家户人名项个次份件台套辆日天]|(?:年|倍)一)")
_ONE_OF_ALL = "统同唯单任每上下前后某另"
_FULL_YEAR = re.compile(
    r"([零〇一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_HALF = re.compile(r"一半|减半|半数|(?<![一二两三四五六七八九十年])半(?=年(?!度))年")
#: What stands in these is a name: 《三年行动计划》, “两个维护”.
_NAMED = re.compile("《[^《》]*》|“[^“”]*”")
_FIRST_FIGURE = re.compile(
    rf"(?<![A-Za-z.])\d|{_SPOKEN.pattern}|{_FULL_YEAR.pattern}|{_HALF.pattern}|{_COUNTED.pattern}"
)


def figures_in(text: str) -> Iterator[Token]:
    """Every date, month, year and number that stands in a text, as the tokens the same words are in a rule."""
    at = 0
    named = [match.span() for match in _NAMED.finditer(text)]
    while match := _FIRST_FIGURE.search(text, at):
        start = match.start()
        found = _DATE.match(text, start)
        if found:
            yield _dated(found)
        elif found := _NUMBER.match(text, start):
            yield Token("NUMBER", found[0], start, found.end(), _worth(found))
        elif found := _SPOKEN.match(text, start):
            yield Token("NUMBER", found[0], start, found.end(), (_share(found), ""))
        else:
            found = match
            if not any(first < start < last for first, last in named) and (token := _in_numerals(text, start)):
                yield token
        at = found.end()


def _in_numerals(text: str, start: int) -> Token | None:
    """The figure that Chinese numerals with a unit are; None where they count nothing."""
    if found := _FULL_YEAR.match(text, start):
        year = "".join(str("零一二三四五六七八九".find("零" if char == "〇" else char)) for char in found[1])
        parts = [str(_spoken(part)) + unit for part, unit in ((found[2], "月"), (found[3], "日")) if part]
        if date_found := _DATE.fullmatch(year + "年" + "".join(parts)):
            return _dated(date_found)._replace(text=found[0], start=start, end=found.end())
        return None
    if found := _HALF.match(text, start):
        return Token("NUMBER", found[0], start, found.end(), (Fraction(1, 2), "年" if found[0] == "半年" else ""))
    counted = _COUNTED.match(text, start)
    if counted is None or re.search(f"[{_DIGIT}]{{2}}", counted["base"]):  # 两三家
        return None
    if counted["base"] == "一" and not counted["large"]:
        if _COUNTS_NOTHING.match(text, start) and not (counted["unit"] or "").startswith(("个月", "个百分点")):
            return None
        if text[start - 1 : start] in tuple(_ONE_OF_ALL):
            return None
    value = Fraction(_spoken(counted["base"])) * _TIMES[counted["large"] or ""]
    value += _spoken(counted["rest"] or "") * _TIMES[counted["more"] or ""]
    if counted["half"]:
        value += Fraction(1, 2)
    as_figure = _NUMBER.fullmatch("1" + (counted["unit"] or ""))
    assert as_figure is not None
    worth, unit = _worth(as_figure)
    return Token("NUMBER", counted[0], start, counted.end(), (value * worth, unit))
