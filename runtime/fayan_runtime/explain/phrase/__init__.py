"""Expressions in words, in Chinese and in English: as they are written, and with the values put in."""

from __future__ import annotations

from fayan_runtime.explain.phrase.en import English
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.zh import Chinese

_TONGUES: dict[str, Tongue] = {"zh": Chinese(), "en": English()}


def tongue(language: str) -> Tongue:
    return _TONGUES[language]
