"""What one version decides only where it is given: defaults, payments on record under another name.

Wherever all is known to both the rules here are the same; that is not the whole of it, and never said to be.
"""

from __future__ import annotations

import pytest

from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan_runtime.verdicts import Verdict
from tests.diff.test_meaning import PAID, POLICY


def compared(text: str, *edits: tuple[str, str]) -> Diff:
    changed = text
    for before, after in edits:
        assert before in changed
        changed = changed.replace(before, after)
    return diff(loads(text, "old.pol"), loads(changed, "new.pol"))


def by_rule(found: Diff) -> dict[str, Verdict]:
    return {each.provision: each for each in found.comparison.verdicts}


def headline(found: Diff) -> str:
    return "".join(found.to_text().split("【结论】")[1].split()).split("。")[0]


@pytest.mark.parametrize("back", [False, True])
def test_a_default_that_one_version_lacks(back: bool) -> None:
    """Who does not say of what size it is, is small by default: 5万元 in the one version, not decided in the other."""
    texts = [POLICY, POLICY.replace("    企业规模 规模\n", "    企业规模 规模 缺省 小型\n")]
    assert texts[0] != texts[1]
    found = diff(*(loads(each, "a.pol") for each in (texts[::-1] if back else texts)))
    rules = by_rule(found)
    assert (rules["增收奖励"].who, rules["增收奖励"].why) == ("not_decided", "given")
    assert rules["认定奖励"].same and not found.comparison.decided
    assert "1项规则未能断定" in headline(found)
    which = "缺省小型→没有缺省" if back else "没有缺省→缺省小型"
    said = "".join(found.to_text().split())
    assert f"增收奖励：事实填了的不变，没有填的只有一版能断定（企业规模{which}）" in said


def test_another_default_is_shown_by_who_does_not_say() -> None:
    """Not said of what size: small in the old version, 5万元; big in the new, nothing."""
    small = POLICY.replace("    企业规模 规模\n", "    企业规模 规模 缺省 小型\n")
    (found,) = [each for each in compared(small, ("缺省 小型", "缺省 大型")).comparison.verdicts if not each.same]
    assert (found.provision, found.who, found.how_much, found.why) == ("增收奖励", "narrower", "same", "")
    (witness,) = found.witnesses
    assert "企业规模" not in witness.facts["企业"]
    assert (witness.before.amount, witness.after.amount) == (50_000, 0)


@pytest.mark.parametrize(
    ("kind", "asked", "defaults", "expected"),
    [
        ("若干 领域", "含 电子", (" 缺省 电子", " 缺省 汽车"), ("narrower", "")),
        ("若干 领域", "含 电子", (" 缺省 无", " 缺省 电子"), ("wider", "")),
        ("若干 领域", "含 电子", (" 缺省 无", " 缺省 汽车"), ("same", "")),
        ("若干 领域", "含 电子", ("", " 缺省 电子"), ("not_decided", "given")),
        ("若干 年度", "含 2024年", ("", " 缺省 无"), ("not_decided", "given")),
    ],
)
def test_another_default_of_what_holds_several(
    kind: str, asked: str, defaults: tuple[str, str], expected: tuple[str, str]
) -> None:
    """Who does not say anything is in 电子 in one version, in 汽车 or in nothing in the other."""
    text = POLICY.replace("        须 小型：企业规模 为 小型\n", f"        须 沾边：某些 {asked}\n").replace(
        "    企业规模 规模\n", f"    企业规模 规模\n    某些 {kind}\n"
    )
    text = text.replace("类型 规模", "类型 领域 分 汽车、电子\n类型 规模") if "领域" in kind else text
    line = f"    某些 {kind}"
    texts = [text.replace(f"{line}\n", f"{line}{each}\n") for each in defaults]
    found = by_rule(diff(loads(texts[0], "old.pol"), loads(texts[1], "new.pol")))["增收奖励"]
    assert (found.who, found.why) == expected
    assert all("某些" not in each.facts["企业"] for each in found.witnesses)


def test_an_example_that_did_not_change_is_not_listed_for_a_default() -> None:
    example = "示例 小型\n    评估日 2025年6月30日\n    设 收入 200万元\n    设 企业规模 小型\n    则 增收奖励 得 5万元\n\n附 事实\n"
    text = POLICY.replace("附 事实\n", example)
    found = compared(text, ("    企业规模 规模\n", "    企业规模 规模 缺省 小型\n"))
    assert not [each for each in found.comparison.changes if each.aspect == "example"]


def test_a_default_of_a_field_of_payments() -> None:
    """Where 依据 is not given, a payment counts in the one version, and nobody knows in the other."""
    text = PAID.replace("        依据 文本\n", "        依据 文本 缺省 “新办法”\n")
    found = compared(text, (" 缺省 “新办法”", ""))
    assert by_rule(found)["认定奖励"].why == "given" and not found.comparison.decided


# ---------------------------------------------------------------- payments on record
@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([("奖励 认定奖励", "奖励 小型奖励")], "第1条认定奖励改称小型奖励"),
        ([("措施 1 奖励增收", "措施 2 奖励增收")], "第1条认定奖励改为第2条"),
    ],
)
def test_what_was_paid_under_the_old_name_is_no_longer_set_off(edits: list[tuple[str, str]], said: str) -> None:
    found = compared(PAID, *edits)
    assert all(each.same for each in found.comparison.verdicts)
    assert found.comparison.changed and not found.comparison.same
    assert (
        headline(found)
        == f"{said}：按旧条号、旧名称登记的已付，新版对不上、不再抵扣，“已付”要跟着改；除此以外，各项规则含义相同"
    )
    assert "写法变了、含义不变的" not in found.to_text()
    assert "no longer set off" in " ".join(found.to_text("en").split())


def test_where_nothing_is_set_off_a_name_is_only_a_name() -> None:
    assert compared(POLICY, ("奖励 增收奖励", "奖励 增长奖励")).comparison.same
