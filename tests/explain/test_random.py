"""Whatever a program may hold can be said, in both languages and every format: random programs and facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from fayan_runtime import ir, reference
from fayan_runtime.explain.render import render_policy
from tests.randomly.facts import random_facts, random_readings
from tests.randomly.programs import days, doubts, programs, seeds

some = settings(derandomize=True, database=None, deadline=None, max_examples=40)
#: What only Python would say.
RAW = ("Fraction(", "frozenset", "None", "Unknown(", "Failed(", "<fayan", "()")


@pytest.mark.parametrize("language", ["zh", "en"])
@some
@given(programs)
def test_any_program_is_a_document(language: str, program: ir.Program) -> None:
    for kind in ("text", "json"):
        text = render_policy(program, kind, language)
        assert not [raw for raw in RAW if raw in text]


@some
@given(programs, seeds, doubts, days)
def test_any_decision_is_told(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    facts, readings = random_facts(seed, doubt), random_readings(program, seed)
    for provision in reference.decide(program, facts, on, readings).provisions():
        for reason in provision.reasons:
            for language in ("zh", "en"):
                told = reason.tell(language)
                assert told and not [raw for raw in RAW if raw in told]
