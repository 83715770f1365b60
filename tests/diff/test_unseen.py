"""Values of texts nobody has seen (原文未见): two versions are neither said to differ nor to be the same by what such a value is taken to be.

Expected verdicts are read off the rules: they stand for whatever the value is. Each witness is decided with every value tried in its place.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.verdicts import Verdict

POLICY = """\
政策 某区企业增收奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日
    原文未录 某网站

措施 1 奖励增收
奖励 增收奖励
    须 收入过线：收入 达到 门槛
    须 增速过线：增速 超过 10%
    金额 5万元
    由 区财政局
定义 门槛 指 100万元

附 事实

事实 企业
    收入 金额
    增速 比例
"""
#: The threshold was not seen.
PART = POLICY.replace("门槛 指 100万元", "门槛 指 原文门槛") + "    原文门槛 金额 原文未见 收入要达到多少\n"
OTHER = ("〔2024〕1号", "〔2025〕2号")
VALUES = [0, 1, Fraction(99_999_999, 100), 1_000_000, 1_000_001, 10**9]


def compared(old: str, new: str) -> tuple[Diff, Verdict]:
    found = diff(loads(old, "old.pol"), loads(new, "new.pol"))
    (verdict,) = found.comparison.verdicts
    return found, verdict


@pytest.mark.parametrize("turned", [False, True])
def test_a_threshold_that_was_not_seen_is_not_compared(turned: bool) -> None:
    old, new = (POLICY, PART.replace(*OTHER)) if turned else (PART, POLICY.replace(*OTHER))
    found, verdict = compared(old, new)
    assert (verdict.who, verdict.why, verdict.unseen) == ("not_decided", "unseen", ("原文门槛",))
    assert not verdict.witnesses
    assert not found.comparison.changed and not found.comparison.same
    said = "".join(found.to_text().split())
    which = "新版原文未见，不比较" if turned else "旧版原文未见，不比较"
    assert which in said and "收入要达到多少" in said
    assert ("100万元→未见" if turned else "未见→100万元") in said
    assert "要填的事实" not in said  # nobody is asked for it


def test_what_changed_besides_shows_whatever_the_threshold_is() -> None:
    """From more than 10% to more than 20%: whoever grew by 15% has lost it, if it was ever given; and by 5% it never was."""
    found, verdict = compared(PART, POLICY.replace(*OTHER).replace("超过 10%", "超过 5%"))
    # grown by 7%: not given before, whatever the threshold. That it is lost by anybody would hang on the threshold.
    assert (verdict.who, verdict.how_much, verdict.why) == ("wider", "same", "")
    assert verdict.unseen == ("原文门槛",)
    assert [each.shows for each in verdict.witnesses] == ["gains"]
    assert found.comparison.changed and not found.comparison.decided
    old, new = found.policies
    for each in verdict.witnesses:
        assert "原文门槛" not in each.facts[ENTERPRISE]
        for value in VALUES:
            facts = {ENTERPRISE: {**each.facts[ENTERPRISE], "原文门槛": value}}
            assert old.decide(facts, each.on).measures[1].provisions["增收奖励"].status == "denied"
        assert new.decide(each.facts, each.on).measures[1].provisions["增收奖励"].status == "granted"


def test_the_cause_named_is_what_changed_and_not_what_was_not_seen() -> None:
    found, _ = compared(PART, POLICY.replace(*OTHER).replace("超过 10%", "超过 5%"))
    answer = "".join(found.to_text().partition("逐条说明")[0].split())
    assert "增速过线10%→5%" in answer and "未见→" not in answer


def test_one_draft_beside_another_has_the_same_text() -> None:
    """What was not seen is the same in both; what was changed is told for every value of it."""
    assert compared(PART, PART)[1].same
    reworded = PART.replace("收入 达到 门槛", "非 （收入 低于 门槛）")
    assert reworded != PART
    assert compared(PART, reworded)[1].same
    found, verdict = compared(PART, PART.replace("金额 5万元", "金额 6万元"))
    assert (verdict.who, verdict.how_much, verdict.unseen) == ("same", "more", ())
    assert "两版同样要看原文：收入要达到多少" in found.to_text()


def test_two_documents_that_were_not_seen_are_not_the_same() -> None:
    found, verdict = compared(PART, PART.replace(*OTHER))
    assert (verdict.who, verdict.why) == ("not_decided", "unseen")
    assert not found.comparison.same and not found.comparison.changed


def test_a_duty_is_not_harder_to_fulfil_by_a_share_that_was_not_seen() -> None:
    duty = POLICY.replace(
        """奖励 增收奖励
    须 收入过线：收入 达到 门槛
    须 增速过线：增速 超过 10%
    金额 5万元
    由 区财政局
""",
        """职责 预留
    其中 收入 达到 100万元
    核查 增速 达到 比例线
""",
    ).replace("门槛 指 100万元", "比例线 指 30%")
    part = duty.replace("比例线 指 30%", "比例线 指 原文比例") + "    原文比例 比例 原文未见 预留多少\n"
    _, verdict = compared(duty, part.replace(*OTHER))
    assert (verdict.who, verdict.why, verdict.witnesses) == ("not_decided", "unseen", ())
    # with less than 10% in both it is known to have been met before by 30%, and now nobody need do anything above 200万元
    fewer = part.replace(*OTHER).replace("其中 收入 达到 100万元", "其中 收入 达到 200万元")
    _, verdict = compared(duty, fewer)
    assert (verdict.who, verdict.why) == ("narrower", "")  # met at 100万元 by 30%; above 200万元 only the text tells
    assert verdict.unseen == ("原文比例",)


@pytest.mark.parametrize(
    "line",
    [
        "原文门槛 金额 缺省 5万元 原文未见 多少",
        "原文门槛 金额 推算 门槛 原文未见 多少",
        "表 清单 原文未见 多少\n        甲 金额",
    ],
)
def test_nothing_stands_in_the_place_of_what_was_not_seen(line: str) -> None:
    from fayan.errors import PolicyError

    with pytest.raises(PolicyError) as raised:
        loads(POLICY + f"    {line}\n", "某.pol")
    assert any("原文未见" in each.title("zh") + (each.help("zh") or "") for each in raised.value.problems)
