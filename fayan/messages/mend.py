"""Applying the fixes that are safe: to a text, again and again until there is none left."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fayan_dsl.problem import Applicability, Edit, Problem

#: A fix may make another problem plain; so many rounds are enough for any file.
_ROUNDS = 10


def mended(text: str, problems_of: Callable[[str], Iterable[Problem]]) -> tuple[str, int]:
    """The text with safe fixes applied, and how many they were."""
    count = 0
    for _ in range(_ROUNDS):
        edits, made = _safe(problems_of(text))
        if not edits:
            break
        count += made
        text = applied(text, edits)
    return text, count


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not touch one another."""
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _safe(problems: Iterable[Problem]) -> tuple[list[Edit], int]:
    """The edits of safe fixes, each fix whole; one that touches an earlier one waits for the next round."""
    edits: list[Edit] = []
    made = 0
    for problem in problems:
        for fix in problem.fixes:
            if fix.applicability is Applicability.SAFE and not any(
                _touch(one, other) for one in fix.edits for other in edits
            ):
                edits += fix.edits
                made += 1
                break
    return edits, made


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
