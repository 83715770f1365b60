"""Words of the language used in a way it does not have: each way with how it is written instead, and a fix where one is likely.

Where a line stopped, the words before it and the state of the tables tell what was meant: a comma for 且, 为 with several
that it may be, 且 不晚于 … without what is compared once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fayan_dsl.miscompared import (
    band_edge,
    between,
    both_ways_to_compare,
    compared_otherwise,
    nothing_compared,
    one_of_several,
)
from fayan_dsl.problem import Edit, Problem, Term
from fayan_dsl.problems import NoSuchNumber, Unexpected
from fayan_dsl.slips import SAID_OTHERWISE
from fayan_dsl.source import Span
from fayan_dsl.stop import VALUES, Stop, fix
from fayan_dsl.tokens import NOT_A_NUMBER, Token

#: What is longer is no name of a condition but words run together.
_LONGEST_NAME = 16


def misuse(stop: Stop) -> Problem | None:
    """What a person would say is wrong, where the words before tell; None where they do not."""
    return next((found for way in _WAYS if (found := way(stop)) is not None), None)


# ---------------------------------------------------------------- one way each
def _said_otherwise(stop: Stop) -> Problem | None:
    """A word that is said in another way, where the line stopped or, taken for a name, just before."""
    for one in (stop.token, *stop.tokens[-1:]):
        if one.text not in stop.machine.cutter.declared and (way := SAID_OTHERWISE.get(one.text)):
            return stop.problem(way, at=one)
    return None


def _colon_after_head(stop: Stop) -> Problem | None:
    if stop.token.kind != "COLON" or len(stop.tokens) != 1:
        return None
    head = stop.tokens[0].text
    way = Term(f"“{head}”后面空一格，不写冒号。", f"Put a space after {head}, no colon.")
    return stop.problem(way, fix("换成空格", "write a space", Edit(stop.span, " "), safe=True))


def _number_of_digits(stop: Stop) -> Problem | None:
    """60.0.0万元, and 1,00万元, whose comma parts nothing."""
    token, text = stop.token, stop.machine.cutter.text
    last = stop.tokens[-1] if stop.tokens else None
    if token.kind == NOT_A_NUMBER and re.match(r"[\d,]*\.[\d,]*\.", token.text):
        return NoSuchNumber(source=stop.source, span=stop.span, text=stop.text)
    if token.kind == "COMMA" and stop.text == "," and last is not None and last.end == token.start:
        whole = re.compile(r"[\d,.]*\w*").match(text, token.start)
        if last.kind == "NUMBER" and last.text.isdigit() and whole and whole[0][1:2].isdigit():
            span = Span(last.start, whole.end())
            return NoSuchNumber(source=stop.source, span=span, text=stop.source.text[span.start : span.end])
    return None


def _constant_parameter(stop: Stop) -> Problem | None:
    if [one.kind for one in stop.tokens] != ["PARAMETER", "NAME"] or stop.token.kind != NOT_A_NUMBER:
        return None
    called, value = stop.tokens[1].text, stop.token.text
    way = Term(
        f"一直是一个数的，写“定义 {called} 指 {value}”；“参数”下面一行一段，写“自 2024年1月1日 起 {value}”。",
        f"What never changes is written 定义 {called} 指 {value}; under 参数, each period has a line: 自 2024年1月1日 起 {value}.",
    )
    return stop.problem(way)


def _label_without_colon(stop: Stop) -> Problem | None:
    """须 增速达标 年度达标: the first is the name of a condition, the second a name there is."""
    machine, declared = stop.machine, stop.machine.cutter.declared
    block = stop.token.text in ("按", "依", "分情形", "判定表")
    if len(stop.tokens) != 2 or not (block or (stop.token.kind == "NAME" and stop.token.text in declared)):
        return None
    name = stop.tokens[1]
    if name.kind != "NAME" or name.text in declared or len(name.text) > _LONGEST_NAME or not machine.accepts("COLON"):
        return None
    way = Term(
        f"“{name.text}”是条件的名字的，后面写冒号。", f"If {name.text} is the name of a condition, write ： after it."
    )
    mend = fix("补上“：”", "add ：", Edit(Span(name.end, stop.token.start), "："))
    return stop.problem(way, mend, at=name)


def _joint_run_on(stop: Stop) -> Problem | None:
    """智能化改造 或绿色化: the word after 或 is none that is known, or the line would have been read."""
    kind = {"且": "AND", "或": "OR"}.get(stop.token.text[:1])
    if (
        stop.token.kind not in ("NAME", "CALL")
        or len(stop.token.text) < 2
        or kind is None
        or not stop.machine.accepts(kind)
    ):
        return None
    at = stop.token.start + 1
    way = Term(f"“{stop.text[0]}”后面空一格。", f"Put a space after {stop.text[0]}.")
    return stop.problem(way, fix("分开写", "put a space between", Edit(Span(at, at), " ")))


def _comma(stop: Stop) -> Problem | None:
    """A comma at the end of a line, or between conditions."""
    if stop.token.kind != "COMMA" or not stop.tokens:
        return None
    if stop.token.end == stop.end:
        way = Term("一行说完就换行，行尾不写标点。", "A line ends without punctuation.")
        return stop.problem(way, fix("删去", "delete", Edit(stop.span, ""), safe=True))
    if not (stop.machine.accepts("AND") or stop.machine.accepts("OR")):
        return None
    way = Term(
        "都要满足的条件，各写一行“须”，或者用“且”连起来；满足一个就行的，用“或”。",
        "Conditions that must all hold stand on lines of their own with 须, or are joined by 且; where one is enough, by 或.",
    )
    joint = "或" if not stop.machine.accepts("AND") else "且"
    return stop.problem(way, fix(f"换成“{joint}”", f"write {joint}", Edit(stop.span, f" {joint} ")))


_RESULT = re.compile(r"(?<=[^\S\n])\d[\d,.]*(?:万|亿)?元")


def result_without_word(stop: Stop) -> Problem | None:
    """则 甲奖励 3.5万元."""
    if not stop.tokens or stop.tokens[0].kind != "THEN":
        return None
    found = _RESULT.search(stop.source.text, stop.tokens[0].end, stop.end)
    if found is None or found.start() > stop.token.start:
        return None
    way = Term(
        "得多少钱，写“得 3万元”；应付多少，写“应付 3万元”。", "What it gives is 得 3万元, what is payable 应付 3万元."
    )
    at = Token("NAME", found[0], found.start(), found.end())
    return stop.problem(way, fix("补上“得”", "add 得", Edit(Span(found.start(), found.start()), "得 ")), at=at)


_SHARE = re.compile(r"([^\W\d]\w*?) ?的 ?(\d+(?:\.\d+)?[%％])")


def share_of(stop: Stop) -> Problem | None:
    """年营业收入的5%, run together or not."""
    start = stop.source.text.rfind("\n", 0, stop.token.start) + 1
    found = next(
        (one for one in _SHARE.finditer(stop.source.text, start, stop.end) if one.end() >= stop.token.start), None
    )
    if found is None:
        return None
    whole = f"{found[1]} × {found[2]}"
    way = Term(f"一个数的几成，写成乘：“{whole}”。", f"A share of a figure is a product: {whole}.")
    at = Token("NAME", found[0], found.start(), found.end())
    return stop.problem(way, fix(f"改成“{whole}”", f"write {whole}", Edit(Span(*found.span()), whole)), at=at)


def _comment(stop: Stop) -> Problem | None:
    """金额 5万元 // 一次性."""
    text = stop.source.text
    at = next((at for at in (stop.token.start - 1, stop.token.start) if text[at : at + 2] == "//"), None)
    if at is None:
        return None
    way = Term("说明的话写在“#”后面。", "Remarks stand behind #.")
    token = Token("NAME", "//", at, at + 2)
    return stop.problem(way, fix("改成“#”", "write #", Edit(Span(at, at + 2), "#")), at=token)


_OF_MONEY = ("元", "万元", "亿元")


def _fact_in_brackets(stop: Stop) -> Problem | None:
    """年营业收入（元）, as a heading of a table would have it."""
    if (
        stop.token.kind != "LPAR"
        or len(stop.tokens) != 1
        or not (stop.machine.accepts("UNIT") and stop.machine.accepts("LIST"))
    ):
        return None
    inside = re.compile(r"[（(]\s*([^）)\n]+?)\s*[）)]").match(stop.source.text, stop.token.start, stop.end)
    name = stop.tokens[0].text
    type = "金额" if inside is None or inside[1] in _OF_MONEY else inside[1]
    way = Term(
        f"名字后面空一格写类型：“{name} {type}”。", f"The type stands behind the name and a space: {name} {type}."
    )
    fixes = (
        (fix(f"写成“{name} {type}”", f"write {name} {type}", Edit(Span(*inside.span()), f" {type}")),) if inside else ()
    )
    return stop.problem(way, *fixes)


def _spoken_end(stop: Stop) -> Problem | None:
    """的 at the end of a condition, as people speak."""
    if stop.token.kind != "THAT" or stop.token.end != stop.end or any(one.kind == "OF" for one in stop.tokens):
        return None
    way = Term(
        "条件说完就换行，后面不写“的”；“的”只和“清单 中 ……”连用。",
        "A condition ends without 的, which goes only with a list: 清单 中 … 的.",
    )
    gap = len(stop.source.text[: stop.token.start]) - len(stop.source.text[: stop.token.start].rstrip())
    return stop.problem(way, fix("删去", "delete", Edit(Span(stop.token.start - gap, stop.token.end), ""), safe=True))


def _next_line(stop: Stop) -> Problem | None:
    """须 区内企业 金额 10万元: the word begins a line."""
    if stop.token.kind != "NAME" or len(stop.tokens) < 2 or not stop.machine.accepts("_NL"):
        return None
    roles = [kind for kind, _ in stop.machine.tables.words.get(stop.token.text, ())]
    mark = stop.machine.mark()
    stop.machine.advance("_NL", stop.token)
    begins = any(stop.machine.accepts(kind) for kind in roles)
    stop.machine.back(mark)
    if not begins:
        return None
    way = Term(f"“{stop.text}”要另起一行写。", f"{stop.text} begins a line of its own.")
    start = stop.source.text.rfind("\n", 0, stop.token.start) + 1
    margin = re.compile(r"[^\S\n]*").match(stop.source.text, start)
    before = len(stop.source.text[: stop.token.start].rstrip())
    edit = Edit(Span(before, stop.token.start), "\n" + (margin[0] if margin else ""))
    return stop.problem(way, fix("另起一行", "begin a new line", edit))


def _two_values(stop: Stop) -> Problem | None:
    """须 智能化改造 绿色化改造: nothing says how the one goes with the other."""
    declared = stop.machine.cutter.declared
    last = stop.tokens[-1] if stop.tokens else None
    if last is None or stop.token.kind not in VALUES | {"CALL"} or last.kind not in VALUES | {"RPAR"}:
        return None
    if not (stop.machine.accepts("AND") and stop.machine.accepts("OR")) or stop.token.text not in declared:
        return None
    one = stop.source.text[last.start : last.end] if last.kind != "RPAR" else "前面的条件"
    way = Term(
        f"“{one}”和“{stop.text}”之间缺一个词：两个条件用“且”或“或”连起来，比较用“超过”“为”等词。",
        f"A word is missing between “{one}” and “{stop.text}”: conditions are joined by 且 or 或, values compared by 超过, 为 and the like.",
    )
    return Unexpected(source=stop.source, span=stop.span, word=stop.text, way=way, form=Term("", ""))


#: In this order: the earlier ones need more to be so.
_WAYS: tuple[Callable[[Stop], Problem | None], ...] = (
    _said_otherwise, _colon_after_head, _number_of_digits, _constant_parameter, _label_without_colon, nothing_compared,
    compared_otherwise, _joint_run_on, band_edge, one_of_several, _comma, share_of, _comment, _fact_in_brackets, between, both_ways_to_compare, _spoken_end, _next_line, _two_values,
)  # fmt: skip
