"""Whatever the grammar allows is read, laid out, and laid out in the other language: random sentences of grammar.lark."""

from __future__ import annotations

import itertools
import re

import pytest

from fayan_dsl.format import format_source
from fayan_dsl.parse import parse, parse_steps
from fayan_dsl.problem import Language
from fayan_dsl.source import Source
from fayan_dsl.tables import load
from tests.dsl.sentences import sentences

#: A clause written twice, a sentence in an appendix: what the grammar allows and the reader of the tree does not.
BEYOND_GRAMMAR = {"FY1020", "FY1023"}


COUNT, BATCHES = 240, 8


def laid_out(text: str, keywords: Language | None = None) -> str:
    found, problems = format_source(Source("试.pol", text), keywords)
    assert found is not None, [problem.title() for problem in problems]
    return found


@pytest.mark.parametrize("batch", range(BATCHES))
def test_sentences_of_the_grammar(batch: int) -> None:
    read = 0
    for text in itertools.islice(sentences(), batch, COUNT, BATCHES):
        policy, problems = parse(Source("试.pol", text))
        assert {problem.code for problem in problems} <= BEYOND_GRAMMAR, text
        if problems:
            continue
        read += 1
        once = laid_out(text)
        assert parse(Source("试.pol", once)) == (policy, []), text
        assert laid_out(once) == once, text
        assert re.findall("# 甲[0-9]+", once) == re.findall("# 甲[0-9]+", text), text
        english = laid_out(text, "en")
        assert parse(Source("试.pol", english)) == (policy, []), text
        assert laid_out(english, "zh") == laid_out(text, "zh"), text
    assert read > COUNT // BATCHES * 2 // 3


def test_the_sentences_use_every_rule_of_the_grammar() -> None:
    rules = load().rules
    # a rule that only stands for another is not among the steps, nor are empty lines before a policy
    unused = {rule.origin for rule in rules if rule.make != "="} - {"__start_star_0"}
    for text in itertools.islice(sentences(), 5000):
        _, problems, steps = parse_steps(Source("试.pol", text))
        if not problems:
            unused -= {rules[step].origin for step in steps if isinstance(step, int)}
        if not unused:
            break
    assert unused == set()
