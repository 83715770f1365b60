"""LALR tables of grammar.lark, made by Lark once and kept as JSON where the caller says; nothing else here knows Lark.

A grammar's tables have its digest in their name, so that versions of fayan side by side share a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import frozen

_FORMAT = "1"
#: How many grammars' tables a folder keeps; the oldest go.
_KEPT = 16
#: Where a plan puts nothing (an optional part that is absent), and what marks a child whose children are taken in its place.
ABSENT, SPLICE = -1, 1000
#: Productions that make no node: their children go to a parent, or are the one child.
COLLECTS = ("+", "=")


@frozen
class Rule:
    """One production. ``make`` names the builder's method, or is ``+`` (collects children for a parent) or ``=`` (is its one child)."""

    make: str
    origin: str
    size: int
    plan: tuple[int, ...]


@frozen
class Tables:
    """``rows[state][symbol]`` is the next state, or ``~rule`` to reduce. ``words[word]`` lists (terminal, Chinese word)."""

    start: int
    end: int
    rows: list[dict[str, int]]
    rules: list[Rule]
    words: dict[str, list[tuple[str, str]]]


def grammar_path() -> Path:
    """grammar.lark beside the package (as installed), else at the top of the repository."""
    beside = Path(__file__).with_name("grammar.lark")
    return beside if beside.exists() else Path(__file__).resolve().parents[2] / "grammar.lark"


def load(folder: Path | None = None) -> Tables:
    """The tables, from the file of this very grammar in ``folder``; it is written where it is missing or broken."""
    return _load(grammar_path().read_text("utf-8"), folder)


@lru_cache(maxsize=4)
def _load(grammar: str, folder: Path | None) -> Tables:
    kept = folder and folder / f"grammar-{_digest(grammar)[:16]}.json"
    body = _cached(grammar, kept) if kept else None
    if body is None:
        body = json.dumps(_made(grammar), ensure_ascii=False, separators=(",", ":"))
        if kept:
            _keep(kept, _digest(grammar, body) + "\n" + body)
    data = json.loads(body)
    rules = [Rule(make, origin, size, tuple(plan)) for make, origin, size, plan in data["rules"]]
    return Tables(data["start"], data["end"], data["rows"], rules, _words(grammar))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join((_FORMAT, *texts)).encode()).hexdigest()


def _cached(grammar: str, kept: Path) -> str | None:
    try:
        seal, _, body = kept.read_text("utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return body if seal == _digest(grammar, body) else None


def _keep(kept: Path, text: str) -> None:
    """Write the whole file or nothing; a place that cannot be written only costs the next start some time."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent, prefix=kept.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(kept)
        except OSError:
            Path(name).unlink()
        for old in sorted(kept.parent.glob("grammar-*.json"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        pass


def _made(grammar: str) -> dict[str, Any]:
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """Words are cut by fayan_dsl.lexer."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, *_: object) -> Any:
            raise NotImplementedError

    machine: Any = Lark(grammar, parser="lalr", lexer=NoLexer, maybe_placeholders=True)
    table = machine.parser.parser.parser.parse_table
    numbers = {state: index for index, state in enumerate(table.states)}
    rules: dict[Any, int] = {}
    rows = [
        {
            symbol: numbers[target] if action is Shift else ~rules.setdefault(target, len(rules))
            for symbol, (action, target) in row.items()
        }
        for row in table.states.values()
    ]
    return {
        "start": numbers[table.start_states["start"]],
        "end": numbers[table.end_states["start"]],
        "rows": rows,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Any) -> tuple[str, str, int, list[int]]:
    """A production with the plan Lark would make of its children: silent words dropped, absent options as None."""
    gaps = [0] * (len(rule.expansion) + 1)
    if rule.options.empty_indices:
        gaps = [len(run) for run in "".join(str(int(gap)) for gap in rule.options.empty_indices).split("0")]
    plan: list[int] = []
    for index, symbol in enumerate(rule.expansion):
        plan += [ABSENT] * gaps[index]
        if not (symbol.is_term and symbol.name.startswith("_")):
            plan.append(index + SPLICE if not symbol.is_term and symbol.name.startswith("_") else index)
    plan += [ABSENT] * gaps[-1]
    origin = str(rule.origin.name)
    make = str(rule.alias or origin)
    if origin.startswith("_"):
        make = "+"
    elif rule.options.expand1 and not rule.alias and len(plan) == 1 and not rule.expansion[plan[0]].is_term:
        make = "="
    return make, origin, len(rule.expansion), plan


def _words(grammar: str) -> dict[str, list[tuple[str, str]]]:
    """Every reserved word with the terminals it may be; an English word counts as the Chinese one before it."""
    words: dict[str, list[tuple[str, str]]] = {}
    for line in re.finditer(r'^([A-Z]+): (".*)$', grammar, re.MULTILINE):
        chinese = ""
        for word in re.findall(r'"([^"]+)"', line[2]):
            if not word.isascii() or not word[0].isalpha():
                chinese = word
            words.setdefault(word, []).append((line[1], chinese))
    return words
