"""Two sides of a change in few words: what differs is always there, what is the same on both sides is left out."""

from __future__ import annotations

from fayan_runtime.explain.diff.text import marked
from fayan_runtime.texts import apart

#: Characters that an English word takes for one that a Chinese takes.
_AS_MANY = {"zh": 1, "en": 2}
#: Sides of no more characters stand as they are, one beside the other.
SHORT = 20
#: Characters of what is the same that are kept beside a change, and of a side that differs as a whole.
AROUND, CUT = 8, 40
#: Two sides are one thing reworded where so much of the longer one stands in both, and one run of it changed, or two of what is long.
_ALIKE, _LONG = 0.7, 30


def step(before: str, after: str, language: str, whole: bool) -> str:
    """“50万元 → 80万元”; of two long sides that are much alike one text with what was cut out and put in: “……高端装备、新材料［删：中至少
    一项］”. Unless they are told as a ``whole``, as much as shows what they are."""
    longest, times = max(len(before), len(after)), _AS_MANY[language]
    if longest <= SHORT * times:
        return f"{before} → {after}"
    parts = list(apart(before, after))
    kept = [each for each in parts if each.kind == "kept"]
    ends = [each.kind != "kept" for each in (parts[0], parts[-1])]
    runs = len(kept) - 1 + sum(ends)
    if sum(len(each.text) for each in kept) >= _ALIKE * longest and runs <= 1 + (longest > _LONG * times):
        return marked(parts, whole=whole or longest <= CUT * times, around=AROUND * times, language=language)
    return f"{before} → {after}" if whole else f"{cut(before, language)} → {cut(after, language)}"


def cut(said: str, language: str) -> str:
    longest = CUT * _AS_MANY[language]
    return said if len(said) <= longest else said[: longest - 1] + "…"
