"""Random policies straight from grammar.lark, so that whatever is in the grammar is in the tests."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from lark import Lark
from lark.lexer import Lexer

from fayan_dsl.tables import grammar_path, load

#: What the lexer cuts besides reserved words. No name is reserved anywhere or begins like a unit.
WORDS = {
    "QUOTE": ["｜对企业，给予 10 万元(每家)。", "｜｜第二段", "||说明：无"],
    "TEXT": ["一段话", "说明 (甲)、乙，共５项", "《某办法》 第3条", "甲 or 乙"],
    "CITE": ["「给予 10 万元」", "「甲……乙」"],
    "NAME": ["收入", "级别", "OTC挂牌", "a", "ｂ", "某级别", "甲2"],
    "CALL": ["增速", "上年度值", "f2"],
    "ID": ["R5.1", "G2", "Ｒ３.２"],
    "NUMBER": ["10万元", "１０ 万元", "1,000.5元", "20％", "5", "5元/平方米·月", "3个月", "-5%", "两成"],
    "DATE": ["2024年1月1日", "2024-01-01", "２０２４ 年 1 月 1 日"],
    "MONTHDATE": ["2024年11月"],
    "YEARDATE": ["2024年", "2024 年"],
    "UNIT": ["元", "元/平方米·月", "%", "家"],
    "STRING": ["“甲 (乙)，丙”", '"abc"'],
}


class _NoLexer(Lexer):
    def __init__(self, conf: object) -> None:
        pass

    def lex(self, *_: object) -> Any:
        raise NotImplementedError


@cache
def rules() -> dict[str, list[list[tuple[str, bool]]]]:
    """Of each rule its expansions: names of symbols, and whether they are terminals."""
    found: dict[str, list[list[tuple[str, bool]]]] = {}
    for rule in Lark(grammar_path().read_text("utf-8"), parser="lalr", lexer=_NoLexer).rules:
        expansion = [(symbol.name, symbol.is_term) for symbol in rule.expansion]
        found.setdefault(rule.origin.name, []).append(expansion)
    return found


@cache
def _depths() -> dict[str, int]:
    """How many rules deep a symbol is at least."""
    depths = dict.fromkeys(rules(), 10**6)
    for _ in rules():
        for name, expansions in rules().items():
            depths[name] = min(1 + max((_depth(symbol, depths) for symbol in each), default=0) for each in expansions)
    return depths


def _depth(symbol: tuple[str, bool], depths: dict[str, int]) -> int:
    return 0 if symbol[1] else depths[symbol[0]]


@cache
def _spellings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, roles in load().words.items():
        for kind, _ in roles:
            found.setdefault(kind, []).append(word)
    return found


def terminals(pick: random.Random, start: str, budget: int, used: Counter[tuple[str, int]]) -> list[str]:
    """The terminals of a random derivation, which goes about as deep as the budget; what was ``used`` least comes first."""
    depths = _depths()
    found: list[str] = []
    stack: list[tuple[tuple[str, bool], int]] = [((start, False), budget)]
    while stack:
        (name, terminal), left = stack.pop()
        if terminal:
            found.append(name)
            continue
        choices = rules()[name]
        cost = [max((_depth(symbol, depths) for symbol in each), default=0) for each in choices]
        fitting = [index for index, depth in enumerate(cost) if depth < left] or [cost.index(min(cost))]
        chosen = (
            min(fitting, key=lambda index: (used[name, index], pick.random()))
            if pick.random() < 0.5
            else pick.choice(fitting)
        )
        used[name, chosen] += 1
        stack += [(symbol, left - 1) for symbol in reversed(choices[chosen])]
    return found


def typed(pick: random.Random, words: list[str]) -> str:
    """Terminals as someone might type them."""
    step, depth = pick.choice([1, 2, 4]), 0
    out: list[str] = []
    before = "_NL"
    for kind in words:
        if kind in ("_INDENT", "_DEDENT"):
            depth += 1 if kind == "_INDENT" else -1
            continue
        if kind == "_NL":
            if before not in ("_NL", "QUOTE"):
                out.append(pick.choice(["", "", f"  # 甲{len(out)}"]))
            out.append(pick.choice(["\n", "\n\n", f"\n{' ' * pick.randrange(9)}# 甲{len(out)}\n"]))
            before = kind
            continue
        if before == "_NL":
            out.append(" " * step * depth)
        elif not (kind in ("LPAR", "COLON") and before in ("CALL", "NAME")):
            out.append(pick.choice([" ", "  ", "　"]))
        spelt = WORDS.get(kind) or _spellings()[kind]
        out.append(str(pick.randint(1, 30)) if before == "MEASURE" else pick.choice(spelt))
        before = kind
    return "".join(out)


def sentences() -> Iterator[str]:
    """Random policies without end: every fifth of any shape, the others with one annotation."""
    pick, used = random.Random(1), Counter[tuple[str, int]]()
    for number in itertools.count():
        start, head = ("start", "") if number % 5 == 0 else ("annotation", "政策 某政策\n    文号 某号\n")
        yield head + typed(pick, terminals(pick, start, pick.randint(4, 24), used))
