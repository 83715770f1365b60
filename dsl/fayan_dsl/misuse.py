"""Words of the language used in a way it does not have: each way with how it is written instead, and a fix where one is likely.

Where a line stopped, the words before it and the state of the tables tell what was meant: a comma for 且, 为 with several
that it may be, 且 不晚于 … without what is compared once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import frozen

from fayan_dsl.machine import Machine
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.problems import NoSuchForm, NoSuchNumber, NothingCompared, Unexpected
from fayan_dsl.slips import MEANT, SAID_OTHERWISE
from fayan_dsl.source import Source, Span
from fayan_dsl.tokens import NOT_A_NUMBER, Token

#: What is longer is no name of a condition but words run together.
_LONGEST_NAME = 16
_COMPARING = {"COMPARE", "IN", "HAS", "HASALL", "AT"}
_VALUES = {"NAME", "NUMBER", "DATE", "MONTHDATE", "YEARDATE", "STRING", "TRUE", "FALSE", "ID"}
_OPENING, _CLOSING = {"LPAR", "OF"}, {"RPAR", "THAT"}


@frozen
class Stop:
    """Where a line stopped: the word (``_NL`` at its end), those read before it, and the machine before the word."""

    source: Source
    machine: Machine
    token: Token
    tokens: Sequence[Token]
    #: Where the line ends.
    end: int

    @property
    def span(self) -> Span:
        return Span(self.token.start, self.token.end)

    @property
    def text(self) -> str:
        """As it is written."""
        return self.source.text[self.token.start : self.token.end]

    def problem(self, way: Term, *fixes: Fix, at: Token | None = None, labels: tuple[Label, ...] = ()) -> Problem:
        one = at or self.token
        word = self.source.text[one.start : one.end]
        return NoSuchForm(
            source=self.source, span=Span(one.start, one.end), labels=labels, fixes=fixes, word=word, way=way
        )


def misuse(stop: Stop) -> Problem | None:
    """What a person would say is wrong, where the words before tell; None where they do not."""
    return next((found for way in _WAYS if (found := way(stop)) is not None), None)


def _fix(zh: str, en: str, *edits: Edit, safe: bool = False) -> Fix:
    return Fix(Term(zh, en), edits, Applicability.SAFE if safe else Applicability.UNSAFE)


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
    return stop.problem(way, _fix("换成空格", "write a space", Edit(stop.span, " "), safe=True))


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
    fix = _fix("补上“：”", "add ：", Edit(Span(name.end, stop.token.start), "："))
    return stop.problem(way, fix, at=name)


def _nothing_compared(stop: Stop) -> Problem | None:
    """A word that compares, with nothing before it; after 且 or 或 it is what the condition before compares."""
    if stop.token.kind not in _COMPARING or not stop.machine.accepts("NAME"):
        return None
    last = stop.tokens[-1] if stop.tokens else None
    if last is None or last.kind in _COMPARING:
        return None
    return _not_compared(stop, stop.token, stop.token.end)


def _compared_otherwise(stop: Stop) -> Problem | None:
    """不足 3亿元, where 不足 was taken for a name: what it means would have nothing before it to compare."""
    last = stop.tokens[-1] if stop.tokens else None
    if (
        last is None
        or last.kind != "NAME"
        or last.text in stop.machine.cutter.declared
        or stop.token.kind not in _VALUES | {NOT_A_NUMBER}
    ):
        return None
    words = stop.machine.tables.words
    compares = any(("COMPARE", ours) in words.get(ours, ()) for ours in MEANT.get(last.text, ()))
    before = Stop(stop.source, stop.machine, last, stop.tokens[:-1], stop.end)
    return _not_compared(before, last, last.end) if compares and before.tokens else None


def _not_compared(stop: Stop, word: Token, end: int) -> Problem:
    last = stop.tokens[-1]
    subject = _subject(stop.tokens[:-1]) if last.kind in ("AND", "OR") else None
    fixes: tuple[Fix, ...] = ()
    if subject is not None:
        said = stop.source.text[subject.start : subject.end]
        fixes = (_fix(f"补上“{said}”", f"add “{said}”", Edit(Span(stop.token.start, stop.token.start), f"{said} ")),)
    after = stop.source.text[end : stop.end].strip()
    after = re.split(r"\s|「", after, maxsplit=1)[0] or "……"
    said = _example(word, after) if subject is None else stop.source.text[subject.start : subject.end]
    return NothingCompared(
        source=stop.source,
        span=stop.span,
        fixes=fixes,
        word=stop.text,
        whole=f"{said} {MEANT.get(word.text, [word.text])[0]} {after}",
        each=Term("每个条件都", " in each condition") if subject else Term("", ""),
    )


def _example(word: Token, after: str) -> str:
    """What might be compared like this."""
    dated = word.text in ("早于", "不早于", "晚于", "不晚于") or re.match(r"\d{4}(?:年|-)", after)
    return "日期" if dated else "营业收入" if re.match(r"[\d.,]+[万亿]?元", after) else "甲"


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
    return stop.problem(way, _fix("分开写", "put a space between", Edit(Span(at, at), " ")))


def _band_edge(stop: Stop) -> Problem | None:
    """100万元 部分 按 5%: from where to where is not said."""
    last = stop.tokens[-1] if stop.tokens else None
    part = "的部分" in (stop.token.text, *MEANT.get(stop.token.text, ()))
    if last is None or last.kind != "NUMBER" or not part or not stop.machine.accepts("BOUND"):
        return None
    shown = stop.source.text[last.start : last.end]
    way = Term(
        f"从哪到哪要写出来：“不超过 {shown} 的部分 按 ……”，或者“超过 {shown} 的部分 按 ……”，两头都有的写“超过 {shown} 至 …… 的部分”。",
        f"Say from where to where: 不超过 {shown} 的部分 按 …, 超过 {shown} 的部分 按 …, or with both ends 超过 {shown} 至 … 的部分.",
    )
    return stop.problem(way, at=last)


def _subject(tokens: Sequence[Token]) -> Span | None:
    """What the last condition compares: the words before its comparison, back to the last 且, 或, head or open bracket."""
    depth, end = 0, None
    for at in range(len(tokens) - 1, -1, -1):
        kind = tokens[at].kind
        if kind in _CLOSING:
            depth += 1
        elif kind in _OPENING:
            depth -= 1
        if depth == 0 and end is None and kind in _COMPARING:
            end = at
        if end is not None and (
            at == 0 or depth < 0 or (depth == 0 and kind in ("AND", "OR", "COLON", "MUST", "AMONG"))
        ):
            if at + 1 < end:
                return Span(tokens[at + 1].start, tokens[end - 1].end)
            return None
        if depth < 0:
            return None
    return None


def _one_of_several(stop: Stop) -> Problem | None:
    """企业规模 为 小型、微型."""
    if stop.token.kind != "ENUMCOMMA":
        return None
    compared = next((at for at in range(len(stop.tokens) - 1, 0, -1) if stop.tokens[at].kind not in _VALUES), 0)
    if compared == 0 or stop.tokens[compared].kind != "COMPARE" or stop.tokens[compared].text not in ("为", "不为"):
        both = Term(
            "几个条件都要满足的，用“且”连起来；满足一个就行的，用“或”。",
            "Conditions that must all hold are joined by 且; where one is enough, by 或.",
        )
        return stop.problem(both) if stop.machine.accepts("AND") or stop.machine.accepts("OR") else None
    is_ = stop.tokens[compared]
    at, subject = Span(is_.start, is_.end), _subject(stop.tokens[: compared + 1])
    label = Label(at, Term(f"“{is_.text}”只和一个比", f"{is_.text} compares with one"))
    if is_.text == "为":
        way = Term("是其中一种就行的，用“属于”。", "Where any of them will do, write 属于.")
        fix = _fix("把“为”改成“属于”", "write 属于 for 为", Edit(at, "属于"))
        return stop.problem(way, fix, labels=(label,))
    way = Term("哪一种都不是的，写“非 甲 属于 乙、丙”。", "Where it is none of them, write 非 甲 属于 乙、丙.")
    fixes: tuple[Fix, ...] = ()
    if subject is not None:
        said = stop.source.text[subject.start : subject.end]
        whole = Edit(Span(subject.start, at.end), f"非 {said} 属于")
        fixes = (_fix("写成“非 …… 属于 ……”", "write 非 … 属于 …", whole),)
    return stop.problem(way, *fixes, labels=(label,))


def _comma(stop: Stop) -> Problem | None:
    """A comma at the end of a line, or between conditions."""
    if stop.token.kind != "COMMA" or not stop.tokens:
        return None
    if stop.token.end == stop.end:
        way = Term("一行说完就换行，行尾不写标点。", "A line ends without punctuation.")
        return stop.problem(way, _fix("删去", "delete", Edit(stop.span, ""), safe=True))
    if not (stop.machine.accepts("AND") or stop.machine.accepts("OR")):
        return None
    way = Term(
        "都要满足的条件，各写一行“须”，或者用“且”连起来；满足一个就行的，用“或”。",
        "Conditions that must all hold stand on lines of their own with 须, or are joined by 且; where one is enough, by 或.",
    )
    joint = "或" if not stop.machine.accepts("AND") else "且"
    return stop.problem(way, _fix(f"换成“{joint}”", f"write {joint}", Edit(stop.span, f" {joint} ")))


def _between(stop: Stop) -> Problem | None:
    """资产总额 为 1亿元 至 3亿元."""
    last = stop.tokens[-1] if stop.tokens else None
    if last is None or last.kind not in ("NUMBER", "DATE", "MONTHDATE", "YEARDATE"):
        return None
    if stop.token.text not in ("至", "到", "~", "～", "—") or not any(one.kind == "COMPARE" for one in stop.tokens):
        return None
    subject = _subject(stop.tokens)
    if subject is None:
        return None
    of_days = last.kind != "NUMBER"
    low, high = ("不早于", "不晚于") if of_days else ("不低于", "不超过")
    rest = re.compile(r"\s*([\w.%/·]+)").match(stop.source.text, stop.token.end, stop.end)
    said, first = stop.source.text[subject.start : subject.end], stop.source.text[last.start : last.end]
    whole = f"{said} {low} {first} 且 {said} {high} {rest[1] if rest else '……'}"
    way = Term(f"两头都写出来：“{whole}”。", f"Write both ends: {whole}.")
    fixes: tuple[Fix, ...] = ()
    if rest:
        fixes = (_fix("两头都写出来", "write both ends", Edit(Span(subject.start, rest.end()), whole)),)
    return stop.problem(way, *fixes)


def _both_ways_to_compare(stop: Stop) -> Problem | None:
    """超过 100万元 以上."""
    compared = next((one for one in reversed(stop.tokens) if one.kind == "COMPARE"), None)
    bounds = stop.machine.tables.words.get(stop.token.text, ())
    if compared is None or not any(kind == "BOUND" for kind, _ in bounds):
        return None
    way = Term(
        f"“{compared.text}”和“{stop.token.text}”只写一个：不含本数的留“超过”“不满”，含本数的写“甲 在 100万元 以上”或“甲 不低于 100万元”。",
        f"Write either {compared.text} or {stop.token.text}: 超过 and 不满 without the figure itself, 甲 在 100万元 以上 or 甲 不低于 100万元 with it.",
    )
    first = Span(compared.start, compared.end)
    return stop.problem(way, labels=(Label(first, Term("已经说了怎么比", "this says how to compare")),))


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
    return stop.problem(way, _fix("补上“得”", "add 得", Edit(Span(found.start(), found.start()), "得 ")), at=at)


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
    return stop.problem(way, _fix(f"改成“{whole}”", f"write {whole}", Edit(Span(*found.span()), whole)), at=at)


def _comment(stop: Stop) -> Problem | None:
    """金额 5万元 // 一次性."""
    text = stop.source.text
    at = next((at for at in (stop.token.start - 1, stop.token.start) if text[at : at + 2] == "//"), None)
    if at is None:
        return None
    way = Term("说明的话写在“#”后面。", "Remarks stand behind #.")
    token = Token("NAME", "//", at, at + 2)
    return stop.problem(way, _fix("改成“#”", "write #", Edit(Span(at, at + 2), "#")), at=token)


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
        (_fix(f"写成“{name} {type}”", f"write {name} {type}", Edit(Span(*inside.span()), f" {type}")),)
        if inside
        else ()
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
    return stop.problem(way, _fix("删去", "delete", Edit(Span(stop.token.start - gap, stop.token.end), ""), safe=True))


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
    return stop.problem(way, _fix("另起一行", "begin a new line", edit))


def _two_values(stop: Stop) -> Problem | None:
    """须 智能化改造 绿色化改造: nothing says how the one goes with the other."""
    declared = stop.machine.cutter.declared
    last = stop.tokens[-1] if stop.tokens else None
    if last is None or stop.token.kind not in _VALUES | {"CALL"} or last.kind not in _VALUES | {"RPAR"}:
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
    _said_otherwise, _colon_after_head, _number_of_digits, _constant_parameter, _label_without_colon, _nothing_compared,
    _compared_otherwise, _joint_run_on, _band_edge, _one_of_several, _comma, share_of, _comment, _fact_in_brackets, _between, _both_ways_to_compare, _spoken_end, _next_line, _two_values,
)  # fmt: skip
