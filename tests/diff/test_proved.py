"""Edits of the reference policy that took a proof or an enterprise that is hard to find; what each comes to is worked out by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fayan.policy import Policy, load, loads
from fayan_compiler.diff.meaning import compare_meaning
from fayan_compiler.diff.structure import Structure
from fayan_runtime.verdicts import Verdict

POLICY = Path("policies/yubei_2024.pol")


@cache
def policy() -> Policy:
    return load(POLICY)


def verdicts(rules: str, *edits: tuple[str, str]) -> dict[str, Verdict]:
    """Those of the last of the rules, by the option of a reading that is not the first ("" for none)."""
    text = POLICY.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    structure = Structure(policy().program, loads(text, str(POLICY)).program)
    compared = structure.compare([], [])
    pairs = [each for each in structure.provision_pairs() if each.new is not None and each.new.name in rules.split()]
    found = compare_meaning(compared.old, compared.new, pairs)
    own = [each for each in found if each.provision == rules.split()[-1]]
    return {" ".join(f"{id}={option}" for id, option in each.readings): each for each in own}


def said(verdict: Verdict) -> tuple[str, str, str, int | None]:
    return verdict.who, verdict.how_much, verdict.why, verdict.bound


def test_payments_that_count_under_the_other_option() -> None:
    """What was paid under the old document is no longer taken off, but under option b, where it is now: more is left to pay, there less."""
    a, b = "        a 是\n", "        b 依据 不为 “渝北府办发〔2022〕38号”\n"
    found = verdicts("新三板挂牌 首发上市", (a + b, a.replace("a", "b") + b.replace("b", "a")))
    assert {said(each)[:3] for name, each in found.items() if name != "G4=b"} == {("same", "more", "")}
    assert said(found["G4=b"])[:3] == ("same", "less", "")
    (shown,) = found[""].witnesses
    assert shown.before.amount == shown.after.amount and shown.before.payable < shown.after.payable  # type: ignore[operator]


def test_a_limit_that_is_filled_by_one_rule_first_is_to_it_its_own() -> None:
    """State-owned premises use the yearly limit up first: whether idle ones share it is nothing to them, however many leases there are."""
    split = ("        分算 当 R3.5 为 b\n", "        分算 当 R3.5 为 a\n")
    found = verdicts("国有厂房租金减免", split)
    # under b of R3.7 the limit looks at the leases that are counted, idle ones among them until now
    assert {name: said(each) for name, each in found.items() if not each.same} == {"R3.7=b": ("same", "less", "", 2)}


def test_a_limit_for_each_rule_does_not_ask_which_comes_first() -> None:
    order = "        及于 国有厂房租金减免\n", "        及于 社会闲置厂房租金补贴 当 R3.4 不为 c\n"
    found = verdicts("社会闲置厂房租金补贴", (order[0] + order[1], order[1] + order[0]))
    assert said(found["R3.5=b"]) == ("same", "same", "", None) and said(found[""])[:3] == ("same", "more", "")


def test_an_amount_that_can_only_be_less_under_a_limit_that_looks_at_what_it_counts() -> None:
    """Of each lease at most 12 months are counted: less for one of 13. The limit does not go by the amounts, so nobody gets more."""
    amount, payer = "金额 减免标准（租金） × 面积 × ", "\n        由 厂房（楼宇）所属国有平台公司或镇街"
    edit = (f"{amount}租用月数{payer}", f"{amount}较小（租用月数，12个月）{payer}")
    found = verdicts("国有厂房租金减免", edit)
    assert {said(each)[:3] for each in found.values()} == {("same", "less", "")}
    assert "R3.7=b" in found


CAP = "        及于 新三板挂牌\n        先后 按日期\n"


def test_the_order_in_which_stages_use_up_a_limit_that_they_cannot_reach() -> None:
    """Without 精选层 two stages of 1 million come to less than 3 million, paid for or not. With it, and listed first, it takes 2 of 3 million
    by date, and 1 million of 3 in the order of the text: what was paid for it then leaves less or more of the rest."""
    found = verdicts("新三板挂牌", (CAP, CAP.replace("        先后 按日期\n", "")))
    assert {name for name, each in found.items() if not each.same} == {"R7.2=b"}
    assert {each.bound for each in found.values() if each.same} == {None}
    assert said(found["R7.2=b"])[:3] == ("same", "incomparable", "")


def test_what_is_taken_off_is_the_sum_of_another_rule_in_whatever_order_it_is_reached() -> None:
    found = verdicts("首发上市", (CAP, CAP.replace("        先后 按日期\n", "")))
    assert all(each.same and each.bound is None for each in found.values()) and "R7.5=b" in found
    cap = "        分算 按 板块 当 R7.3 为 b\n        先后 按日期\n"
    found = verdicts("首发上市", (cap, cap.replace("        先后 按日期\n", "")))
    assert all(each.same and each.bound is None for each in found.values()) and "R7.5=b" in found


def test_the_order_of_stages_that_are_all_paid() -> None:
    """Their sum is the same, and a payment is for the stage of its day. What OTC gave is taken from the first stage first: what is
    paid for that one then leaves more or less."""
    first = "        阶段 辅导验收备案 200万元 于 辅导验收备案日\n"
    second = "        阶段 上市申请受理 300万元 于 上市申请受理日期\n"
    found = verdicts("首发上市", (first + second, second + first))
    assert {name: said(each)[:3] for name, each in found.items() if not each.same} == {
        "R7.5=b": ("same", "incomparable", "")
    }
    assert {each.bound for each in found.values() if each.same} == {None}


def test_a_limit_that_counts_written_otherwise() -> None:
    """500,000 × min(12, months) ÷ 12 is min(500,000, 500,000 × months ÷ 12), of however many leases the months are the most."""
    limit = "            b 50万元 × 较小（12个月，所计 中 最大 租用月数） ÷ 12个月\n"
    other = "            b 较小（50万元，50万元 × 所计 中 最大 租用月数 ÷ 12个月）\n"
    for rule in ("国有厂房租金减免", "社会闲置厂房租金补贴"):
        found = verdicts(rule, (limit, other))
        assert all(each.same and each.bound is None for each in found.values()) and "R3.7=b" in found


def test_an_amount_that_falls_only_with_three_items_is_not_called_the_same() -> None:
    """Of two reviews passed on one day neither is any more the second: with a third, a later one, 50,000 twice becomes 50,000 once."""
    both = "（日期 早于 某日 或 （日期 为 某日 且 次序 低于 某次序）） 的\n        c"
    found = verdicts("首次复核 后续复核", (both, "日期 早于 某日 的\n        c"))
    assert said(found[""])[:3] == ("narrower", "less", "")
    less = found[""].witnesses[-1]
    assert (less.before.amount, less.after.amount) == (100_000, 50_000)
    assert len(less.facts["企业"]["复核记录"]) == 3  # type: ignore[arg-type]
