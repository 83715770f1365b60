"""Expressions in words, in Chinese and in English: as they are written, and with the values put in."""

from __future__ import annotations

from functools import cache

from fayan_runtime.explain.phrase.tongue import Tongue


@cache
def tongue(language: str) -> Tongue:
    """Only the language that is spoken is loaded."""
    if language == "en":
        from fayan_runtime.explain.phrase.en import English

        return English()
    from fayan_runtime.explain.phrase.zh import Chinese

    return Chinese()
