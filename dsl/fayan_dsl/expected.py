"""What the grammar has room for at a place, in a drafter's words."""

from __future__ import annotations

from fayan_dsl.problem import Term
from fayan_dsl.tables import Tables

#: What several terminals together are called; the first group that fits takes its terminals away.
_GROUPS: list[tuple[set[str], str, str]] = [
    (
        {"NAME", "NUMBER", "DATE", "MONTHDATE", "YEARDATE", "STRING", "ID", "TRUE", "FALSE", "NONE", "CALL", "LPAR"}
        | {"THIS", "ITS"},
        "一个值（名字、数、日期、括号）",
        "a value (a name, number, date or bracket)",
    ),
    (
        {"COMPARE", "AT", "IN", "HAS", "HASALL"},
        "比较的词（超过、不低于、为、早于、属于等）",
        "a comparison (超过, 不低于, 为 …)",
    ),
    ({"ADD", "MUL"}, "+ - × ÷", "+ - × ÷"),
    ({"NAME"}, "一个名字", "a name"),
    ({"TEXT"}, "一段话", "a text"),
    ({"NUMBER"}, "一个数", "a number"),
    ({"DATE"}, "一个日期（如 2024年12月12日）", "a date (such as 2024年12月12日)"),
    ({"ID"}, "口径的编号（如 R5.2）", "the number of a reading (such as R5.2)"),
    ({"UNIT"}, "单位", "a unit"),
    ({"CITE"}, "引文「…」", "a quotation 「…」"),
    ({"QUOTE"}, "“｜”和一句原文", "｜ and a sentence of 原文"),
    ({"_NL"}, "行尾", "the end of the line"),
]


def expected(kinds: set[str], tables: Tables) -> Term:
    """The terminals, by what people call them; at most 16."""
    chinese: list[str] = []
    english: list[str] = []
    for group, zh, en in _GROUPS:
        if group <= kinds:
            kinds -= group
            chinese.append(zh)
            english.append(en)
    words: dict[str, list[str]] = {}
    for word, roles in tables.words.items():
        for kind, _ in roles:
            if kind in kinds:
                words.setdefault(kind, []).append(word)
    for spelt in words.values():
        chinese += [f"“{word}”" for word in spelt if not (word.isascii() and word[0].isalpha())][:3]
        english += [f"“{word}”" for word in spelt if word.isascii()][:1] or [f"“{spelt[0]}”"]
    return Term("、".join(chinese[:16]) + ("等" if len(chinese) > 16 else ""), ", ".join(english[:16]))


# ---------------------------------------------------------------- as sentences
#: What begins lines at the margin, in a drafter's words: there are too many to list.
_AT_MARGIN = Term(
    "顶格的行，开头是“｜”（后面是原文）、“章”、“措施”、“责任单位”、“示例”、“定义”、“口径”、“类型”、“事实”或者“附”；“奖励”“职责”“目标”这些注，缩进写在所依的那句原文下面。",
    "A line at the margin begins with ｜ (原文 follows), 章, 措施, 责任单位, 示例, 定义, 口径, 类型, 事实 or 附; notes such as 奖励, 职责 and 目标 are indented under the sentence they rest on.",
)
_IN_RULE = Term(
    "规则下面一行说一件事：“逐次”后面写按哪个清单一笔一笔给，“其中”写只看哪些，“须”写条件，“金额”或“阶段”写给多少，“由”写谁来给，“裁量”写什么留给责任单位决定；另有“有效期”“性质”“佐证”“容许”。",
    "Each line of a rule says one thing: 逐次 over which list it goes, 其中 which items it looks at, 须 a condition, 金额 or 阶段 how much, 由 who pays, 裁量 what is left to the responsible unit; there are also 有效期, 性质, 佐证 and 容许.",
)


def beginning(kinds: set[str], tables: Tables) -> Term:
    """How a line may begin where these terminals fit."""
    if {"CHAPTER", "MEASURE"} <= kinds:
        return _AT_MARGIN
    if {"MUST", "AMOUNT"} <= kinds:
        return _IN_RULE
    listed = expected(kinds, tables)
    return Term(f"这里每行的开头可以是：{listed.zh}。", f"Lines here begin with: {listed.en}.")


def going_on(kinds: set[str], tables: Tables, ended: bool = False) -> Term:
    """How a line may go on where these terminals fit; ``ended``: where there is nothing more on it."""
    value = _GROUPS[0][0]
    if value <= kinds:
        block = {"BY", "PER", "CASES", "TABLE"} & kinds
        zh = f"{'后面' if ended else '这里'}要写一个值：名字、数、日期，或者括号里的式子"
        en = f"A value {'follows' if ended else 'stands here'}: a name, a number, a date or a bracket"
        if block:
            zh += "；分几种情形的，行尾写“按 ……”“依 ……”“分情形”或“判定表”，下面一行一种"
            en += "; where there are several cases, end the line with 按 …, 依 …, 分情形 or 判定表 and write them below"
        return Term(zh + "。", en + ".")
    if {"UNIT", "LIST"} <= kinds:
        return _OF_A_FACT
    if "ADD" not in kinds:
        listed = expected(kinds, tables)
        return Term(f"{'后面还应有' if ended else '这里应为'}：{listed.zh}。", f"Expected: {listed.en}.")
    zh_ways, en_ways = [], []
    for wanted, zh, en in _AFTER_VALUE:
        if wanted & kinds:
            kinds = kinds - wanted
            zh_ways.append(zh)
            en_ways.append(en)
    rest = expected(kinds - {"ADD", "MUL", "_NL", "CITE", "OF"}, tables)
    zh_ways += [f"写{rest.zh}"] * bool(rest.zh)
    en_ways += [f"by {rest.en}"] * bool(rest.en)
    ends = "_NL" in kinds
    zh = f"前面已经是一个完整的值，要接着写，{'，或者'.join([*zh_ways, '用 + - × ÷ 计算'])}"
    en = f"What stands before is complete; it goes on {', or '.join([*en_ways, 'with + - × ÷'])}"
    return Term(zh + ("；不接的就换行。" if ends else "。"), en + ("; else begin a new line." if ends else "."))


_OF_A_FACT = Term(
    "事实一行写名字和类型，如“营业收入 金额”“从业人员 人”“成立日期 日期”“合规经营 是否”；清单写“认定记录 清单”，下面一行一栏。",
    "A fact is a name and a type, as in 营业收入 金额, 从业人员 人, 成立日期 日期 or 合规经营 是否; a list is 认定记录 清单, with a line for each field below.",
)
_AFTER_VALUE: list[tuple[set[str], str, str]] = [
    (
        {"COMPARE", "AT", "IN", "HAS", "HASALL"},
        "用“超过”“不低于”“为”等词比较",
        "with a comparison such as 超过, 不低于 or 为",
    ),
    ({"AND", "OR"}, "用“且”“或”接另一个条件", "with 且 or 或 and another condition"),
    ({"RPAR"}, "用“）”收住括号", "with ） to close the bracket"),
    ({"COMMA"}, "用“，”隔开下一个值", "with ， and the next value"),
    ({"THAT"}, "用“的”收住“中”后面的条件", "with 的 to end what 中 began"),
]
