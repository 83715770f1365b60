"""Which version was picked for a day, and why, as one line."""

from __future__ import annotations

from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.timeline.words import PICKED
from fayan_runtime.explain.words import pick
from fayan_runtime.timeline import Pick


def said_of(picked: Pick, language: str) -> str:
    """“2025年6月30日有效的是甲〔2024〕1号（2024年12月12日起施行）”."""
    version, numbers = picked.version, tongue(language).numbers
    assert version is not None and version.first is not None
    words = {key: pick(pair, language) for key, pair in PICKED.items()}
    told = words["in_force"].format(day=numbers.day(picked.on), number=version.program.number)
    why = [words["since"].format(numbers.day(version.first))]
    if picked.also:
        why.append(words["also"].format(numbers.listed(each.program.number for each in picked.also)))
    return f"{told}（{'；'.join(why)}）" if language == "zh" else f"{told} ({'; '.join(why)})"
