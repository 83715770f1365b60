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
