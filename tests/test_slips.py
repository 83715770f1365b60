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

ROOT = Path(__file__).resolve().parents[1] / "policies"
POLICY = ROOT / "yubei_2024.pol"
UPSTREAM = sorted((ROOT / "upstream").glob("*.pol"))
TEXT = POLICY.read_text("utf-8")
SEED, PARTS = 2024, 4


#: Sources and headings of documents whose words are not on file: nothing else in the file says what they should be.
UNHELD = ("文头写错", "删章或措施一行")


def told(text: str, path: Path = POLICY) -> list[Problem]:
    return analyse(Source(str(path), text), lints=True)[2]


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


def test_where_the_words_are_not_on_file_the_examples_tell_95_in_100() -> None:
    """The rules of the library stand on their examples alone; where an example differs is where it is told."""
    silent, count = [], 0
    for path in UPSTREAM:
        for slip in slips(path.read_text("utf-8"), SEED, 40):
            if slip.kind not in UNHELD:
                count += 1
                if not [each for each in told(slip.text, path) if each.code != "FY6601"]:  # the words not on file
                    silent.append(f"{path.stem} {slip.kind} {slip.line} {slip.what}")
    assert count >= 250
    assert len(silent) * 20 <= count, silent


#: Slips a reader found that no check had told of.
FOUND_SILENT = [
    ("优质中小企业_2022", "资产负债率 不超过 70%", "资产负债率 超过 70%"),
    ("优质中小企业_2022", "近两年研发费用 达到 3000万元", "近两年研发费用 达到 3000元"),
    ("优质中小企业_2022", "主营业务收入占比 达到 70%", "主营业务收入占比 达到 7%"),
    ("优质中小企业_2022", "近两年股权融资 达到 6000万元", "近两年股权融资 达到 60万元"),
    ("政府采购_2022", "    货物和服务 4%", "    货物和服务 40%"),
    ("政府采购_2022", "当 采购类别 为 货物和服务 得出 30%", "当 采购类别 为 货物和服务 得出 3%"),
    ("中小企业划型", "达到 1000人  达到 30000万元", "达到 1000人  达到 20000万元"),
    ("研发费用加计扣除_2023", "房地产业、租赁和商务服务业、娱乐业 否", "房地产业、租赁和商务服务业 否"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), FOUND_SILENT)
def test_slips_once_silent_are_told(name: str, old: str, new: str) -> None:
    path = ROOT / "upstream" / f"{name}.pol"
    text = path.read_text("utf-8")
    assert old in text
    assert [each for each in told(text.replace(old, new, 1), path) if each.code != "FY6601"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_of_2000_slips_95_in_100_are_told(seed: int) -> None:
    silent, astray, _ = count(list(slips(TEXT, seed, 200)))
    assert len(silent) <= 10, silent
    assert len(astray) <= 14, astray
