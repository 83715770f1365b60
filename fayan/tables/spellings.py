"""What may be written for a value of each type, as regular expressions: all that ``fayan_runtime.one_value`` takes and an expression can say.

They are what a JSON Schema says of texts, so they keep to what Python and ECMAScript have in common. They are a little narrower than the
reader where nobody writes such a thing: no exponent in a ratio or a count, no −0, no space inside a number in words. What they cannot say
is the check character of a credit code, and how many digits a number has in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from fayan_runtime.ir import Type
from fayan_runtime.one_value import MAX_TEXT, is_count, is_ratio
from fayan_runtime.units import WORDS

_D = "[0-9０-９]"
_GROUPED = rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+|{_D}+)"
_POINT, _ZEROS = "[.．]", "[0０]*"
_SIGN = "[+＋]?"
_EXPONENT = rf"(?:[eEｅＥ][-+－−＋]?{_D}+)?"
_PERCENT = "[%％]"
#: Scales before a unit, and how many zeros they have.
_SCALES = {
    first + then: tens + more
    for first, tens in (("", 0), ("百", 2), ("千", 3))
    for then, more in (("", 0), ("万", 4), ("亿", 8), ("万亿", 12))
}


def _whole(inner: str) -> str:
    return rf"^\s*(?:{inner})\s*$"


def nothing() -> str:
    return _whole("无")


def truth() -> str:
    return _whole("是|否|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]")


def members(words: tuple[str, ...]) -> str:
    return _whole("|".join("".join(map(_either_width, word)) for word in words))


def _either_width(char: str) -> str:
    if not "!" <= char <= "~":
        return re.escape(char)
    return f"[{re.escape(char)}{chr(ord(char) + 0xFEE0)}]"


# ---------------------------------------------------------------- the calendar


def _typed(pattern: str) -> str:
    """Digits and signs in either width, with space anywhere between them."""

    def atom(match: re.Match[str]) -> str:
        inside = match[0].strip("[]")
        wide = "".join(chr(ord(each) + 0xFEE0) if "/" <= each <= "9" else each for each in inside)
        if inside == "-":
            wide = "－−"
        return rf"(?:[{inside}{wide}]\s*)" if inside.isascii() else rf"(?:{inside}\s*)"

    return _whole(re.sub(r"\[[^\]]+\]|[-/0-9年月日度]", atom, pattern))


_YEAR = "(?:19[0-9][0-9]|20[0-9][0-9]|21[0-9][0-9]|2200)"
_LEAP = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_MONTH = "(?:0?[1-9]|1[012])"


def year() -> str:
    return _typed(f"{_YEAR}(?:年度?)?")


def month() -> str:
    return _typed(f"{_YEAR}(?:年{_MONTH}月|-{_MONTH}|/{_MONTH})")


def date() -> str:
    def days(between: str, end: str) -> str:
        long = f"(?:0?[13578]|1[02]){between}(?:0?[1-9]|[12][0-9]|3[01])"
        short = f"(?:0?[469]|11){between}(?:0?[1-9]|[12][0-9]|30)"
        return f"(?:{long}|{short}|0?2{between}(?:0?[1-9]|1[0-9]|2[0-8])){end}"

    ways = (("年", "月", "日"), ("-", "-", ""), ("/", "/", ""))
    return _typed(
        "|".join(
            f"{_YEAR}{first}{days(then, end)}|{_LEAP}{first}0?2{then}29{end}" for first, then, end in ways
        )
    )  # fmt: skip


# ---------------------------------------------------------------- numbers


def number(type: Type) -> str:
    if is_ratio(type):
        return _whole(_ratio())
    units = "|".join(_units(type))
    after = _scaled(units) if units and not is_count(type) else units
    unit = rf"(?:\s*(?:{after}))?" if units else ""
    # 五千万 without a unit is not taken, as 5000万 is not
    spoken = rf"(?!.*[万亿萬億]\s*$)(?:{_spoken(type)}){unit}"
    if not is_count(type):
        return _whole(rf"{_SIGN}{_GROUPED}(?:{_POINT}{_D}+)?{_EXPONENT}{unit}|{spoken}")
    ways = [rf"{_SIGN}{_GROUPED}(?:{_POINT}[0０]+)?{unit}", spoken]
    if units:  # 1.5万家
        scales = (
            rf"(?:{_POINT}{_D}{{1,{zeros}}}{_ZEROS})?\s*{_loose(scale)}" for scale, zeros in _SCALES.items() if scale
        )
        ways.append(rf"{_SIGN}{_GROUPED}(?:{'|'.join(scales)})(?:{units})")
    return _whole("|".join(ways))


def _ratio() -> str:
    point = f"(?:{_POINT}{_D}+)?"
    plain = rf"{_ZEROS}(?:[0０]{point}|[1１](?:{_POINT}[0０]+)?)"
    share = rf"{_ZEROS}(?:{_D}{{1,2}}{point}|[1１][0０][0０](?:{_POINT}[0０]+)?)\s*{_PERCENT}"
    up_to_hundred = rf"(?:{_ZERO}|{_LEADING_TENS}|[一壹][百佰])"
    words = rf"(?:(?:{_ZERO}|{_LEADING_TENS})点{_ANY}+|[一壹][百佰]点{_ZERO}+|{up_to_hundred})"
    one = rf"(?:{_ZERO}(?:点{_ANY}+)?|[一壹](?:点{_ZERO}+)?)"
    return rf"{_SIGN}(?:{plain}|{share})|百分之{words}|{words}\s*{_PERCENT}|{one}"


def _loose(word: str) -> str:
    """With space anywhere between the characters."""
    return "".join(rf"{each}\s*" for each in map(_either_width, word))


def _scaled(units: str) -> str:
    return rf"(?:[百千]\s*)?(?:万\s*亿\s*|万\s*|亿\s*)?(?:{units})"


def _units(type: Type) -> Iterator[str]:
    """The ways to write its unit: all orders of what it is divided by, after · or /."""
    above = [base for base, power in type.unit for _ in range(power) if power > 0]
    below = [base for base, power in type.unit for _ in range(-power) if power < 0]
    named = {base: "|".join(_loose(word) for word, (of, _) in WORDS.items() if of == base) for base in {*above, *below}}
    if not above:
        return
    first = r"·\s*".join(f"(?:{named[base]})" for base in above)
    if not below:
        yield first
        return
    for order in permutations(below):
        rest = r"[)）]?\s*[·/／]\s*[(（]?\s*".join(rf"(?:[百千]?(?:万亿|万|亿)?(?:{named[base]}))" for base in order)
        yield rf"{first}[/／]\s*(?:[(（]\s*)?{rest}(?:[)）]\s*)?"


# ---------------------------------------------------------------- numbers in words, as ``chinese_numerals`` has them

_ZERO, _ONE_TO_NINE = "[零〇]", "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_ANY = "[零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_TEN, _HUNDRED, _THOUSAND, _MYRIAD, _YI = "[十拾]", "[百佰]", "[千仟]", "[万萬]", "[亿億]"
_TENS = rf"(?:{_ONE_TO_NINE}{_TEN}{_ONE_TO_NINE}?|{_ONE_TO_NINE})"
_LEADING_TENS = rf"(?:{_TENS}|{_TEN}{_ONE_TO_NINE}?)"
_HUNDREDS = rf"{_ONE_TO_NINE}{_HUNDRED}(?:{_ZERO}{_ONE_TO_NINE}|{_ONE_TO_NINE}{_TEN}{_ONE_TO_NINE}?)?"
_BELOW_THOUSAND = rf"(?:{_HUNDREDS}|{_TENS})"
_THOUSANDS = rf"{_ONE_TO_NINE}{_THOUSAND}(?:{_ZERO}{_TENS}|{_HUNDREDS})?"
_FOUR = rf"(?:{_THOUSANDS}|{_BELOW_THOUSAND})"
_LEADING_FOUR = rf"(?:{_THOUSANDS}|{_HUNDREDS}|{_LEADING_TENS})"
_AFTER_MYRIAD = rf"(?:{_ZERO}{_BELOW_THOUSAND}|{_THOUSANDS})?"
_EIGHT = rf"{_LEADING_FOUR}(?:{_MYRIAD}{_AFTER_MYRIAD})?"
_AFTER_YI = rf"(?:{_THOUSANDS}{_MYRIAD}{_AFTER_MYRIAD}|{_ZERO}(?:{_BELOW_THOUSAND}{_MYRIAD}{_AFTER_MYRIAD}|{_FOUR}))?"
_SAID = rf"(?:{_ZERO}|{_EIGHT}(?:{_YI}{_AFTER_YI})?)"


def _spoken(type: Type) -> str:
    scale = rf"(?:{_MYRIAD}{_YI}|{_YI}|{_MYRIAD})"
    after = rf"{_ANY}+{scale}?"
    if is_count(type):  # whole after all: 一点五万
        whole = ((rf"{_MYRIAD}{_YI}", 12), (_YI, 8), (_MYRIAD, 4))
        after = "|".join([f"{_ZERO}+", *(rf"{_ANY}{{1,{zeros}}}{_ZERO}*{scale}" for scale, zeros in whole)])
    return rf"(?:{_ZERO}|{_LEADING_FOUR})点(?:{after})|{_SAID}"


# ---------------------------------------------------------------- words

#: What may stand inside a line: no control, nothing unseen, no break.
_SEEN = (
    "\t\x20-\x7e\xa0-\u200a\u200d\u2010-\u2027\u202f-\u205f\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
)
_ISSUER = r"(?:[一-鿿]\s*)+"
_OPEN, _CLOSE = "[\\[({<〔【〖〈《「『❲［（｛＜]", "[\\])}>〕】〗〉》」』❳］）｝＞]"


def text() -> str:
    return rf"^(?=[\s\S]*\S)\s*[{_SEEN}]{{1,{MAX_TEXT}}}\s*$"


def credit_code() -> str:
    """Its check character is looked at when it is read."""
    letters = "A-HJ-NPQRTUWXY"
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isalpha() else each for each in letters)
    small, small_wide = letters.lower(), "".join(chr(ord(e) + 0xFEE0) if e.isalpha() else e for e in letters.lower())
    return _whole(f"[0-9０-９{letters}{small}{wide}{small_wide}]{{18}}")


def document_number() -> str:
    digits = rf"(?:{_D}\s*)"
    ordinal = rf"[1-9１-９]\s*{digits}*"
    bracketed = rf"{_ISSUER}{_OPEN}\s*{digits}{{4}}{_CLOSE}\s*{ordinal}号"
    numbered = rf"{_ISSUER}(?:公\s*告\s*{digits}{{4}}年|令)\s*第\s*{ordinal}号"
    return _whole(f"{bracketed}|{numbered}")
