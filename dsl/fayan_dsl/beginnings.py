"""A line that begins with no word that may stand there: what it was meant to be, by how it begins and where it stands."""

from __future__ import annotations

import re

from fayan_dsl.expected import beginning
from fayan_dsl.lines import Line
from fayan_dsl.machine import Machine
from fayan_dsl.numbers import number
from fayan_dsl.problem import Applicability, Edit, Fix, Problem, Term
from fayan_dsl.problems import UnknownLine
from fayan_dsl.source import Source, Span
from fayan_dsl.tokens import Token

_NUMERAL = "一二三四五六七八九十百"
#: How documents number their parts: 第一章, 第五条, （一）, 一、, 1.
_NUMBERED = re.compile(rf"(?:第([{_NUMERAL}\d]+)([章条])|[（(]([{_NUMERAL}\d]+)[）)]|([{_NUMERAL}\d]+)[、.．])[\s　]*")
_AMOUNT = ("给予", "奖励", "补助", "资助", "补贴", "发放", "支付")
_AT_MOST = ("不超过", "最高", "封顶", "上限", "累计不超过", "最高不超过", "总额不超过", "合计不超过")
_CAP = Term(
    "给多少为止的，写在规则旁边：“限额 名称 每户每年”（或者“每户”），下面写“不超过 10万元”“及于 规则的名字”；只管这一笔的，写“金额 较小（10万元，……）”。",
    "What an enterprise gets at most stands beside the rule: 限额, a name and 每户每年 (or 每户), under it 不超过 10万元 and 及于 with the name of the rule; for the single amount, 金额 较小（10万元，…）.",
)
_REMARKS = ("备注", "注", "注释", "附注", "说明文字")
_REMARK = Term(
    "只给人看的话，写在“#”后面；说明一句原文的，在原文下面缩进写“说明 ……”。",
    "What is only for readers stands behind #; a remark on a sentence of 原文 is 说明, indented under it.",
)


def unknown_line(source: Source, machine: Machine, line: Line, token: Token) -> Problem:
    """What is wrong with a line that cannot begin as it does; the machine stands before it."""
    text = source.text[line.start : line.end]
    word = token.text[:40]
    fixes: tuple[Fix, ...] = ()
    way = beginning(machine.fitting(), machine.tables)
    start, rest = Span(line.start, line.start), text[token.end - token.start :].lstrip()
    numbered = _NUMBERED.match(text)
    if machine.accepts("QUOTE") and re.search("[，。；]", text):
        way = Term(
            "这一行像是原文；原文的每一句，行首都写“｜”。",
            "This reads like 原文, each sentence of which begins with ｜.",
        )
        fixes = (_fix("行首加“｜”", "begin the line with ｜", Edit(start, "｜")),)
    elif machine.accepts("MEASURE") and numbered:
        which = next(filter(None, (numbered[1], numbered[3], numbered[4])))
        head = f"章 {which}" if numbered[2] == "章" else f"措施 {which}"
        said = text[numbered.end() :].strip() or "标题"
        way = Term(
            f"章写作“章 一 标题”，条和款各写作一条措施“措施 1 标题”，这里写成“{head} {said}”。",
            f"Chapters are written 章 一 and the title, articles 措施 1 and the title: here {head} {said}.",
        )
        fixes = (
            _fix(f"写成“{head}”", f"write {head}", Edit(Span(line.start, line.start + numbered.end()), f"{head} ")),
        )
    elif machine.accepts("AMOUNT") and token.text in _AMOUNT and (rest[:1].isdigit() or number(rest.split(" ")[0])):
        way = Term("数额写在“金额”后面。", "The amount stands behind 金额.")
        fixes = (_fix("改成“金额”", "write 金额", Edit(Span(token.start, token.end), "金额")),)
    elif machine.accepts("AMOUNT") and token.text in _AT_MOST:
        way = _CAP
    elif token.text in _REMARKS:
        way = _REMARK
    elif machine.accepts("MUST") and token.kind in ("NAME", "CALL") and token.text in machine.cutter.declared:
        fixes = (_fix("作为条件，写“须”", "if it is a condition, write 须", Edit(start, "须 ")),)
    return UnknownLine(source=source, span=Span(token.start, token.end), fixes=fixes, word=word, way=way)


def _fix(zh: str, en: str, edit: Edit) -> Fix:
    return Fix(Term(zh, en), (edit,), Applicability.UNSAFE)
