"""The names that a file declares, read roughly: enough to tell names from words run together."""

from __future__ import annotations

import re

from fayan_dsl.built_in import CONTEXT, FUNCTIONS
from fayan_dsl.tokens import Words

_DECLARES = (
    r"^[^\S\n]*(?:(?:定义|define) +(\w+)(?:（([^）\n]*)）)?|(?:类型|type) +(\w+) +(?:分|of) +((?:[^\n「#]|\n(?=[^\S\n]*、)|(?<=、)\n)*)"
    r"|(?:%s) +(\w+)"
    r"|(?:取用|take) +([^\n#]*))"
)
_FACTS = re.compile(
    r"^(?P<pad>[^\S\n]*)(?:事实|facts)\b[^\n]*\n(?P<body>(?:(?P=pad)[^\S\n]+[^\n]*\n?|[^\S\n]*\n)*)", re.MULTILINE
)
_FACT = re.compile(r"^[^\S\n]+(\w+) +(\S+)(?: +(\w+))?", re.MULTILINE)
_NAMING = "PARAMETER RULE STAGE DUTY GOAL SELECTION CEILING"


def declared(text: str, words: Words) -> set[str]:
    """The names an evened text declares, and those that need no declaration."""
    found = {*CONTEXT, *FUNCTIONS, *"abcdefgh"}  # the last are options of readings
    heads = "|".join(sorted(word for word, roles in words.items() if roles[0][0] in _NAMING.split()))
    for match in re.compile(_DECLARES % heads, re.MULTILINE).finditer(text):
        found.update(name for name in (match[1], match[3], match[5]) if name)
        found.update(re.findall(r"\w+", f"{match[2] or ''} {match[4] or ''} {match[6] or ''}"))
    for block in _FACTS.finditer(text):
        for fact in _FACT.finditer(block["body"]):
            found.update(name for name in fact.groups() if name and name not in words and re.fullmatch(r"\w+", name))
    return found
