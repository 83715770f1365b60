"""Texts that nobody would write: whatever is done to a policy, it is told with a place and in the end."""

from __future__ import annotations

import random

import pytest

from fayan.checking import check
from fayan.messages.render import problems_json, render
from fayan.messages.sarif import sarif
from fayan_dsl.source import Source
from tests.places import ROOT

POLICIES = sorted(path for path in (ROOT / "policies").rglob("*.pol"))
TEXTS = [path.read_text("utf-8") for path in POLICIES]
_SIGNS = (
    "（）【】()且或非，,、：:「」“”｜|# \n\t　的中有没有为不早于超过大于≥><=年月日元%/·+-×÷x*。；;ab甲R5.2\r\0\u200b²𠀀"
)


def damaged(seed: int) -> str:
    """A policy with something done to it, or none at all; the same for the same seed."""
    chance = random.Random(seed)
    text = chance.choice(TEXTS)
    match seed % 4:
        case 0:
            noise = bytes(chance.randrange(256) for _ in range(chance.randrange(600))).decode("utf-8", "replace")
            return noise if chance.random() < 0.5 else text[: chance.randrange(400)] + noise
        case 1:
            return text[: chance.randrange(len(text))]
        case 2:
            words = text.split(" ")
            for _ in range(chance.randrange(1, 8)):
                at = chance.randrange(len(words))
                match chance.randrange(4):
                    case 0:
                        del words[at]
                    case 1:
                        words.insert(at, words[chance.randrange(len(words))])
                    case 2:
                        words[at] = words[chance.randrange(len(words))]
                    case _:
                        other = chance.randrange(len(words))
                        words[at], words[other] = words[other], words[at]
            return " ".join(words)
        case _:
            signs = list(text)
            for _ in range(chance.randrange(1, 12)):
                at = chance.randrange(len(signs))
                match chance.randrange(3):
                    case 0:
                        signs[at] = ""
                    case 1:
                        signs[at] = chance.choice(_SIGNS)
                    case _:
                        signs[at] += chance.choice(_SIGNS)
            return "".join(signs)


def is_told(seed: int) -> None:
    """No exception, and every message with its place, in text, JSON and SARIF."""
    text = damaged(seed)
    checked = check(Source("伤.pol", text))
    problems = checked.problems
    assert checked.tree is not None or problems
    for problem in problems:
        spans = [problem.span, *(label.span for label in problem.labels)]
        spans += [edit.span for fix in problem.fixes for edit in fix.edits]
        assert all(0 <= span.start <= span.end <= len(problem.source.text) for span in spans), seed
        assert problem.title("zh").strip() and problem.title("en").strip(), seed
    shown = problems[:20]
    assert not shown or render(shown, "zh")
    problems_json(shown)
    sarif(shown, "1.0", "en")


@pytest.mark.parametrize("start", range(0, 1000, 50))
def test_a_thousand_damaged_policies(start: int) -> None:
    for seed in range(start, start + 50):
        is_told(seed)


@pytest.mark.soak
@pytest.mark.parametrize("start", range(1000, 51_000, 1000))
def test_fifty_thousand_damaged_policies(start: int) -> None:
    for seed in range(start, start + 1000):
        is_told(seed)
