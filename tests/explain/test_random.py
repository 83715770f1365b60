"""Pages of random decisions: every one can be made, in both languages and all forms, none wider than it may be."""

from __future__ import annotations

import json
from functools import partial

import pytest

from fayan_runtime import reference
from fayan_runtime.explain.lines import WIDTH, cells
from fayan_runtime.report import Decision
from tests.randomly import facts, programs, schema

ON = schema.DATES[6]


@pytest.mark.parametrize("seed", range(0, 250, 5))
def test_a_page_can_be_made_of_any_decision(seed: int) -> None:
    program = programs.random_program(seed, 4, 2)
    known, readings = facts.random_facts(seed, [0, 0.1, 0.3][seed % 3]), facts.random_readings(program, seed)
    decide = partial(reference.decide, program)
    decision = Decision(program, "甲.pol", known, ON, readings, decide(known, ON, readings), decide)
    decision.compare_readings()
    for language in ("zh", "en"):
        text, html = decision.to_text(language), decision.to_html(language)
        assert max(map(cells, text.splitlines())) <= WIDTH
        for provision in decision.outcome.provisions():
            assert provision.name in text and provision.name in html
        assert decision.to_markdown(language).startswith("# ")
    assert len(json.loads(decision.to_json())["measures"]) == len(decision.measures)
