"""Comparisons written in a way the language does not have: with nothing before them, with several, with both ends in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fayan_dsl.problem import Edit, Fix, Label, Problem, Term
from fayan_dsl.problems import NothingCompared
from fayan_dsl.slips import MEANT
from fayan_dsl.source import Span
from fayan_dsl.stop import VALUES, Stop, fix
from fayan_dsl.tokens import NOT_A_NUMBER, Token

_COMPARING = {"COMPARE", "IN", "HAS", "HASALL", "AT"}
_OPENING, _CLOSING = {"LPAR", "OF"}, {"RPAR", "THAT"}


def nothing_compared(stop: Stop) -> Problem | None:
    """A word that compares, with nothing before it; after 且 or 或 it is what the condition before compares."""
    if stop.token.kind not in _COMPARING or not stop.machine.accepts("NAME"):
        return None
    last = stop.tokens[-1] if stop.tokens else None
    if last is None or last.kind in _COMPARING:
        return None
    return _not_compared(stop, stop.token, stop.token.end)


def compared_otherwise(stop: Stop) -> Problem | None:
    """不足 3亿元, where 不足 was taken for a name: what it means would have nothing before it to compare."""
    last = stop.tokens[-1] if stop.tokens else None
    if (
        last is None
        or last.kind != "NAME"
        or last.text in stop.machine.cutter.declared
        or stop.token.kind not in VALUES | {NOT_A_NUMBER}
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
        fixes = (fix(f"补上“{said}”", f"add “{said}”", Edit(Span(stop.token.start, stop.token.start), f"{said} ")),)
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


def band_edge(stop: Stop) -> Problem | None:
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


def one_of_several(stop: Stop) -> Problem | None:
    """企业规模 为 小型、微型."""
    if stop.token.kind != "ENUMCOMMA":
        return None
    compared = next((at for at in range(len(stop.tokens) - 1, 0, -1) if stop.tokens[at].kind not in VALUES), 0)
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
        mend = fix("把“为”改成“属于”", "write 属于 for 为", Edit(at, "属于"))
        return stop.problem(way, mend, labels=(label,))
    way = Term("哪一种都不是的，写“非 甲 属于 乙、丙”。", "Where it is none of them, write 非 甲 属于 乙、丙.")
    fixes: tuple[Fix, ...] = ()
    if subject is not None:
        said = stop.source.text[subject.start : subject.end]
        whole = Edit(Span(subject.start, at.end), f"非 {said} 属于")
        fixes = (fix("写成“非 …… 属于 ……”", "write 非 … 属于 …", whole),)
    return stop.problem(way, *fixes, labels=(label,))


def between(stop: Stop) -> Problem | None:
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
        fixes = (fix("两头都写出来", "write both ends", Edit(Span(subject.start, rest.end()), whole)),)
    return stop.problem(way, *fixes)


def both_ways_to_compare(stop: Stop) -> Problem | None:
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
