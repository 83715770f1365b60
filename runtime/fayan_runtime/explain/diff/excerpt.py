"""Two sides of a change in few words: what differs is always there, what is the same on both sides is left out."""

from __future__ import annotations

from fayan_runtime.explain.diff.text import marked
from fayan_runtime.texts import apart

#: Characters of what is the same that are kept beside a change, and of a side that differs as a whole.
AROUND = 8
CUT = 40
#: Two sides are one thing reworded where so much of the longer one stands in both, and no more runs of it changed.
_ALIKE, _RUNS = 0.5, 2


def step(before: str, after: str, longest: int, language: str, whole: bool) -> str:
    """“50万元 → 80万元”; where a side has more than ``longest`` characters and both are much alike, one text with what was cut out and put
    in: “……高端装备、新材料［删：中至少一项］”. Of others, unless they are told as a ``whole``, as much as shows what they are."""
    if max(len(before), len(after)) <= longest:
        return f"{before} → {after}"
    parts = list(apart(before, after))
    kept = [each for each in parts if each.kind == "kept"]
    ends = [each.kind != "kept" for each in (parts[0], parts[-1])]
    alike = sum(len(each.text) for each in kept) >= _ALIKE * max(len(before), len(after))
    if alike and len(kept) - 1 + sum(ends) <= _RUNS:
        return marked(parts, whole=whole or len(after) <= 2 * longest, around=AROUND, language=language)
    return f"{before} → {after}" if whole else f"{cut(before, longest)} → {cut(after, longest)}"


def cut(said: str, longest: int) -> str:
    longest = max(longest, CUT)
    return said if len(said) <= longest else said[: longest - 1] + "…"
