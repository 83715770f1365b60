"""The 2022 release: exactly what was seen of it, and nothing made of the rest."""

from __future__ import annotations

from fayan import load
from fayan.checking import check
from fayan.documents.texts import read_source
from fayan.examples import trial
from fayan_dsl import tree
from fayan_dsl.problem import Severity
from tests.places import POLICIES

POLICY = POLICIES / "yubei_2022.pol"


def words(policy: tree.Policy, number: int) -> list[str]:
    measure = next(each for each in policy.measures if each.number == number)
    return [sentence.text for passage in measure.passages for sentence in passage.sentences]


def test_only_what_was_seen_is_there() -> None:
    checked = check(read_source(POLICY))
    parsed = checked.tree
    assert parsed is not None
    assert {problem.severity for problem in checked.problems} == {Severity.NOTE}
    # the notice, the preamble, measure 1 as far as the page goes; of measures 2 to 5 only that there are such
    assert [measure.number for measure in parsed.measures] == list(range(6))
    assert words(parsed, 1)[-2:] == [
        "从区外新引进的“专精特新”企业和国家小巨人，或在享受园区招商政策期间获得两种认定的，参照第5条给予认定奖补；",
        "（企业注册地搬迁至我区的才直接给予认定补贴；而在我区设立子公司的，待子公司获",
    ]
    assert "2+4+1" in words(parsed, 1)[0]
    assert all(words(parsed, number) == [] for number in (2, 3, 4, 5))
    assert all(measure.unseen for measure in parsed.measures)
    preamble = words(parsed, 0)[-1]
    assert preamble.startswith("根据《重庆人民政府办公厅") and "180家" in preamble and "23家" in preamble


def test_no_award_is_made_of_it() -> None:
    policy = load(POLICY)
    assert {rule.kind for rule in policy.program.provisions} == {"target"}
    assert (policy.program.effective, policy.program.dated and policy.program.dated.isoformat()) == (None, "2022-12-09")
    decision = policy.decide({"全区": {"市级专精特新企业数": 200}}, "2023-06-30")
    assert [decision.measures[number].status for number in (1, 2, 5)] == ["unknown"] * 3
    assert decision.measures[0].provisions["市级专精特新企业培育目标"].status == "target_met"  # 200 of 180
    assert not any(total.complete for total in decision.totals.values())
    for said in (decision.to_text(), policy.to_text()):
        assert "参照第5条给予认定奖补" in said and "原文未见" in said
    assert trial.run(policy).passed
