"""Slips of the pen over the reference policy: each is told once, at the right place, and nothing is told of the file as it is.

``fayan check`` sees what drafters get wrong: a figure, a unit, a comparison word, a name, a bracket, a line left out, in the rules, in 原文,
in the readings, in the header, among the responsible units. The kinds are those of ``tests/slips.py``, each as often as the others.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.policy import analyse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source
from tests.slips import Slip, slips

POLICY = Path(__file__).resolve().parents[1] / "policies" / "yubei_2024.pol"
TEXT = POLICY.read_text("utf-8")
SEED, PARTS = 2024, 4


def told(text: str) -> list[Problem]:
    return analyse(Source(str(POLICY), text), lints=True)[2]


def at_the_place(slip: Slip, problems: list[Problem]) -> bool:
    lines = {
        problem.source.position(span.start)[0]
        for problem in problems
        for span in (problem.span, *(label.span for label in problem.labels))
    }
    return bool(lines & slip.lines)


def count(some: list[Slip]) -> tuple[list[str], list[str], list[str]]:
    """The slips not told, told at another place, told more than once."""
    silent, astray, often = [], [], []
    for slip in some:
        problems = told(slip.text)
        if not problems:
            silent.append(f"{slip.kind} {slip.line} {slip.what}")
        elif not at_the_place(slip, problems):
            astray.append(f"{slip.kind} {slip.line} {slip.what}")
        if len(problems) > 1:
            often.append(f"{slip.kind} {slip.line} {slip.what}: {[problem.code for problem in problems]}")
    return silent, astray, often


def test_nothing_is_told_of_the_file_as_it_is() -> None:
    assert told(TEXT) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_of_200_slips_95_in_100_are_told(part: int) -> None:
    some = list(slips(TEXT, SEED, 200))[part::PARTS]
    silent, astray, often = count(some)
    assert len(some) == 50
    assert len(silent) <= 2, silent
    assert len(astray) <= 2, astray
    assert len(often) <= 4, often


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_of_2000_slips_95_in_100_are_told(seed: int) -> None:
    silent, astray, _ = count(list(slips(TEXT, seed, 200)))
    assert len(silent) <= 10, silent
    assert len(astray) <= 14, astray
