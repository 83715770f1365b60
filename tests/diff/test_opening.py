"""The first sentence begins with what holds by default: one small policy is compared with itself, and the verdicts are set by hand."""

from __future__ import annotations

import pytest
from attrs import evolve

from fayan.policy import loads
from fayan_compiler.diff.structure import compare
from fayan_runtime.explain.diff.view import diff_view
from fayan_runtime.verdicts import Verdict
from tests.diff.test_options import POLICY

AWARD = POLICY[POLICY.index("    奖励") : POLICY.index("责任单位")]
TWO = loads(POLICY.replace(AWARD, AWARD + AWARD.replace("增收奖励", "再奖")), "甲.pol").program


def verdict(rule: str, who: str, reading: str = "") -> Verdict:
    """``who`` is "" where it is not decided."""
    return Verdict(
        measure=1,
        provision=rule,
        old=rule,
        readings=(("R1", reading),) if reading else (),
        who=who or "not_decided",  # type: ignore[arg-type]
        how_much="same",
        why="" if who else "limit",
    )


FIRST = verdict("增收奖励", "same"), verdict("增收奖励", "wider", "b")


@pytest.mark.parametrize(
    ("verdicts", "zh", "en"),
    [
        (
            (*FIRST, verdict("再奖", "same")),
            "缺省口径下含义相同；1项规则只在其他口径下有变；其余1项规则含义相同。",
            "The same by default; another result only under other readings in 1 rule; the same meaning in the other 1 rule.",
        ),
        (
            (*FIRST, verdict("再奖", "")),
            "缺省口径下没有查出变化；1项规则只在其他口径下有变；1项规则未能断定。",
            "No difference found by default; another result only under other readings in 1 rule; 1 rule not decided.",
        ),
        (
            (*FIRST, verdict("再奖", ""), verdict("再奖", "wider", "b")),
            "缺省口径下没有查出变化；1项规则只在其他口径下有变；1项规则缺省口径下未能断定，其他口径下有变。",
            "No difference found by default; another result only under other readings in 1 rule; 1 rule not decided by default, and another "
            "result under other readings.",
        ),
        (
            (*FIRST, verdict("再奖", "narrower")),
            "含义有变：1条措施的1项规则，对象或者数额变了（对企业更不利）；另有1项规则只在其他口径下有变。",
            "The meaning changed: another result in 1 rule of 1 measure (for enterprises: worse); in 1 more rule only under other readings.",
        ),
    ],
    ids=["the-same", "open", "open-by-default", "another"],
)
def test_what_holds_by_default_is_said_first(verdicts: tuple[Verdict, ...], zh: str, en: str) -> None:
    found = evolve(compare(TWO, TWO), verdicts=verdicts)
    assert [diff_view(found, language).headline for language in ("zh", "en")] == [zh, en]
