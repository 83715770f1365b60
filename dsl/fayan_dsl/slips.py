"""What people write for what the language writes, and what it is read as: words, signs, quotation marks, spoken numbers."""

from __future__ import annotations

import re
from typing import Literal

from attrs import frozen

from fayan_dsl.lexer import Cutter
from fayan_dsl.machine import Machine
from fayan_dsl.near import nearest
from fayan_dsl.numbers import number
from fayan_dsl.problem import Term
from fayan_dsl.tokens import STRAY, Token

#: Words and signs of other languages and of everyday speech: what they are here, the likeliest first.
_SAID = {
    "超过": "大于 多于 高过 超出 高出 大於 > ＞",
    "不低于": "大于等于 大于或等于 大于或者等于 不小于 不少于 未低于 至少 最少 >= ≥ ≧ => ＞= ＞＝ >＝ ⩾",
    "低于": "小于 少于 小於 < ＜",
    "不满": "不到 未满 不足 未达到",
    "不超过": "小于等于 小于或等于 小于或者等于 不大于 不多于 不高于 未超过 至多 最多 <= ≤ ≦ =< ＜= ＜＝ <＝ ⩽",
    "为": "等于 = == ＝ ＝＝ 是 即为",
    "不为": "不等于 不是 ≠ != <> ！＝ ！= ＜＞",
    "早于": "先于 之前 前于",
    "晚于": "后于 迟于",
    "不晚于": "不迟于 不后于 早于等于 早于或等于",
    "不早于": "不先于 晚于等于 晚于或等于 不早于等于",
    "、": "和 与 及 以及 或者 或 ， , / ÷",
    "且": "并且 而且 并 同时 和 与 及 以及 & && ∧",
    "或": "或者 或是 | || ∨",
    "非": "不是 并非 ! ¬",
    "至": "到 ~ ～ — ——",
    "自": "从",
    "当": "如果 若 如",
    "较小": "最小 更小 取小",
    "较大": "最大 更大 取大",
    "指": "为 是 即 是指 = ＝ ：",
    "每户每年": "每年 每家每年 每企业每年",
    "每户": "每家 每企业 每个企业",
    "前版": "上一版 上版 旧版 取代 替代",
    "得出": "则为 则 ->  → => ：",
    "否则": "不然 其他情形 其余 其他 其它",
    "其余": "其他 其它 余下",
    "的": "之",
    "中": "里 内 当中 之中",
    "的部分": "部分 之部分 的这部分 的那部分 这部分",
    "可无": "可选 可空 选填 可缺",
    "按": "依照 按照 根据",
    "依": "按照 依照 根据 依据",
    "逐次": "每次 按次",
    "逐年": "每年 按年",
    "成文日期": "成文时间 印发日期 印发时间 发文日期",
    "施行日期": "施行时间 实施日期 生效日期",
    "发文机关": "发文单位 印发机关 印发单位 制定机关",
    "含": "包含 包括",
    "属于": "是 在于",
    "已有": "存在 有",
    "未有": "不存在 没有 无",
    "×": "x X 乘 乘以 ✕ ✖ · ＊ *",
    "÷": "除以 ∕",
    "+": "加 加上",
    "-": "减 减去 − –",
    "（": "[ 【 〔 { ［ ｛",
    "）": "] 】 〕 } ］ ｝",
    "，": "、 ； ;",
    "须": "须满足 须符合 应满足 应符合 需满足 满足 符合 条件 要求 必须 应当 应 需 需要 须要 要",
    "金额": "奖励金额 补助金额 补贴金额 资助金额 支持金额 奖励标准 补助标准 数额 奖金",
    "由": "责任单位 牵头单位 负责单位 承办单位 兑现单位 发放 支付 兑付",
}
_CONDITION = Term(
    "要满足的条件，写“须 条件”；甲成立时才要求乙的，写“须 非 甲 或 乙”；情形不同数额不同的，写“金额 分情形”，下面每行“当 条件 得出 数额”，最后一行“否则 数额”。",
    "A condition to be met is 须 and the condition; where 乙 is asked only if 甲 holds, 须 非 甲 或 乙; where amounts differ, 金额 分情形 with rows 当 … 得出 … and 否则 ….",
)
_NONE_OF = Term(
    "写成“非 甲 属于 乙、丙”；只有一种的，写“甲 不为 乙”。", "Write 非 甲 属于 乙、丙; of a single kind, 甲 不为 乙."
)
_BETWEEN = Term("两头都写出来：“甲 不低于 20% 且 甲 不超过 30%”。", "Write both ends: 甲 不低于 20% 且 甲 不超过 30%.")
#: Words for which there is another way of saying it, not another word.
SAID_OTHERWISE = (
    dict.fromkeys(["如果", "若", "如", "倘若", "假如", "若是", "只要", "只有", "那么", "则须"], _CONDITION)
    | dict.fromkeys(["不属于", "不含", "不包括", "不包含"], _NONE_OF)
    | dict.fromkeys(["介于", "之间", "在于"], _BETWEEN)
)
_OF_DATES = {"超过": "晚于", "不低于": "不早于", "低于": "早于", "不超过": "不晚于"}
_DATED = re.compile(r"\s*\d{4}[年-]|[^\W\d_]*(?:日|日期|年度)(?![^\W\d_])")
_DATED_BEFORE = re.compile(r"(?:日|日期|年度)\s*$")
_SIGNS = {"、": "ENUMCOMMA", "，": "COMMA", "（": "LPAR", "）": "RPAR"}
MEANT: dict[str, list[str]] = {}
for _ours, _theirs in _SAID.items():
    for _word in _theirs.split():
        MEANT.setdefault(_word, []).append(_ours)
SAID = frozenset(MEANT)
_LONGEST = max(map(len, MEANT))


@frozen
class Mend:
    """A word that is read as another: what is written, what should be, and the word it counts as."""

    kind: Literal["keyword", "word", "quotes", "number"]
    token: Token
    written: str
    meant: str
    safe: bool = True


def mends(machine: Machine, token: Token, first: bool, misspelt: bool) -> list[Mend]:
    """What the word at which a line stopped may have been meant to be, where the machine stands; the likeliest first.

    ``misspelt``: it may be a keyword that is spelt otherwise, which takes the sounds of characters to find.
    """
    cutter = machine.cutter
    found = [_counted_as(machine, token, ours, written) for written, ours in _meanings(cutter, token)]
    here = [_with_colon(cutter, mend) if first else mend for mend in found if mend is not None]
    if token.kind == "STRING" and machine.accepts("CITE"):
        text = str(token.value)
        cite = Token("CITE", text, token.start, token.end)
        here.append(Mend("quotes", cite, cutter.raw[token.start : token.end], f"「{text}」"))
    if (
        misspelt
        and token.kind == "NAME"
        and token.text not in machine.tables.words
        and token.text not in cutter.declared
    ):
        token = _in_letters(cutter, token)
        fitting = machine.fitting()
        words = {word: role for word, roles in machine.tables.words.items() for role in roles if role[0] in fitting}
        # elsewhere than at the start of a line a name is as likely as a reserved word, where there can be one
        likely = first or not machine.accepts("NAME")
        meant = nearest(token.text, words, words if likely else ())
        if meant:
            kind, chinese = words[meant]
            read = Token(kind, chinese, token.start, token.end)
            here.append(Mend("keyword", read, token.text, meant, safe=False))
    return here


def _with_colon(cutter: Cutter, mend: Mend) -> Mend:
    """The word at the start of a line with a colon behind it: 条件：……"""
    token = mend.token
    if cutter.text[token.end : token.end + 1] != "：":
        return mend
    return Mend(mend.kind, token._replace(end=token.end + 1), f"{mend.written}：", mend.meant, mend.safe)


def _in_letters(cutter: Cutter, token: Token) -> Token:
    """A word in Latin letters with the apostrophes of pinyin: jin'e."""
    whole = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)+").match(cutter.text, token.start)
    return token if whole is None else Token(token.kind, whole[0], *whole.span())


def number_in_words(cutter: Cutter, token: Token) -> Mend | None:
    """十万元, which stands where a number would, as 10万元."""
    figures = number(token.text)
    if figures is None:
        return None
    read = Token("NUMBER", figures.text, token.start, token.end, figures.value)
    return Mend("number", read, cutter.raw[token.start : token.end], figures.text)


def _meanings(cutter: Cutter, token: Token) -> list[tuple[str, str]]:
    """The words that what stands here may mean; a sign may be several characters long."""
    if token.kind != STRAY:
        return [(token.text, ours) for ours in MEANT.get(token.text, ())]
    for size in range(_LONGEST, 0, -1):
        written = cutter.text[token.start : token.start + size]
        if written in MEANT:
            return [(written, ours) for ours in MEANT[written]]
    return []


def _counted_as(machine: Machine, token: Token, ours: str, written: str) -> Mend | None:
    end = token.start + len(written)
    cutter = machine.cutter
    if ours in _OF_DATES and (_DATED.match(cutter.text, end) or _DATED_BEFORE.search(cutter.text[: token.start][-12:])):
        ours = _OF_DATES[ours]
    kinds = [_SIGNS[ours]] if ours in _SIGNS else [kind for kind, _ in machine.tables.words.get(ours, ())]
    kind = next((kind for kind in kinds if machine.accepts(kind)), None)
    if kind is None:
        return None
    alone = len(MEANT[written]) == 1
    return Mend("word", Token(kind, ours, token.start, end), cutter.raw[token.start : end], ours, safe=alone)
