"""What the answer begins with, and what it says of rules that changed while the text did not."""

from __future__ import annotations

import pytest
from attrs import evolve

from fayan.policy import loads
from fayan.versions import diff
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


SAYS = POLICY.replace(
    "附 口径",
    "措施 2 另奖\n｜另给予2万元。\n    奖励 另奖\n        金额 2万元\n        由 区财政局\n责任单位 区财政局\n\n附 口径",
)
RULE, WORDS, UNDER_B = (
    ("        金额 5万元", "        金额 6万元"),
    ("给予5万元", "给予6万元"),
    ("达到 100万元", "达到 90万元"),
)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([RULE], ["第1条 增收奖励"]),  # 5万元 → 6万元, and the text still says 5万元
        ([RULE, WORDS], None),
        ([UNDER_B], None),  # how the words are read, when one chooses to
        ([RULE, WORDS, ("        金额 2万元", "        金额 3万元")], ["第2条 另奖"]),
    ],
    ids=["the-rule-alone", "both", "under-a-reading", "another-measure"],
)
def test_rules_that_changed_while_no_word_did(edits: list[tuple[str, str]], said: list[str] | None) -> None:
    new = SAYS
    for before, after in edits:
        assert new.count(before) == 1
        new = new.replace(before, after)
    view = diff_view(diff(loads(SAYS, "旧.pol"), loads(new, "新.pol")).comparison, "zh")
    assert dict(view.answer).get("规则改了、原文没有改的") == said
    assert [each.numbers[1] for each in view.measures if each.note == "规则改了，原文没有改"] == (
        [int(said[0][1])] if said else []
    )
