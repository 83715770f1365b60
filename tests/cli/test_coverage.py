"""What examples put to the test: small policies whose MC/DC tables are written down by hand."""

from __future__ import annotations

import pytest

from fayan.examples import trial
from fayan.examples.coverage_page import Share, unused
from fayan.examples.suggest import suggest
from fayan.policy import load, loads
from fayan_runtime.coverage import Atom, Coverage, Goal
from tests.places import ROOT

HEAD = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜对企业给予5万元奖励，国家级的给予8万元。
"""
FACTS = """
附 事实
类型 级别 分 国家级、市级
事实 企业
    甲 是否
    乙 是否
    丙 是否
    收入 金额
    等级 级别
    成立日期 日期
    迁入日期 日期 可无
    认定 清单
        等次 级别
        日期 日期
        通过 是否
    已兑付 清单
        措施 整数
        事项 文本
        日期 日期
        金额 金额
        依据 文本 缺省 本文件
"""
READING = "口径 R1 怎样算\n    a 一\n    b 二\n    c 三\n"


def report(rules: str, *examples: str, more: str = "") -> trial.Report:
    """Of a policy with these rules (indented as they stand) and examples (all on 30 June 2025)."""
    blocks = "".join(f"\n示例 例{number}\n    评估日 2025年6月30日\n{each}" for number, each in enumerate(examples))
    more += READING if "R1" in rules else ""
    found = trial.run(loads(f"{HEAD}{rules}{blocks}{FACTS}{more}"))
    assert found.passed, [each.failures for each in found.trials]
    return found


def given(expected: str, /, **facts: str) -> str:
    return "".join(f"    设 {name} {value}\n" for name, value in facts.items()) + f"    则 {expected}\n"


def decided(coverage: Coverage) -> dict[str, str]:
    """Atom → the outcomes it decided: T, F, TF or –."""
    return {
        each.text: "".join(letter for letter, outcome in (("T", True), ("F", False)) if outcome in each.decided) or "–"
        for each in coverage.atoms
    }


def seen(coverage: Coverage) -> dict[str, set[bool]]:
    return {each.text: each.seen for each in coverage.atoms}


# ---------------------------------------------------------------- MC/DC
ANY = "    奖励 奖\n        须 甲 或 乙\n        金额 5万元\n"
BOTH = "    奖励 奖\n        须 甲\n        须 乙\n        金额 5万元\n"
MIXED = "    奖励 奖\n        须 甲 且 （乙 或 非 丙）\n        金额 5万元\n"
YES, NO = "奖 得 5万元", "奖 不予"


@pytest.mark.parametrize(
    ("rules", "examples", "expected"),
    [
        # 或: of two that hold neither decides; a lone one does; where both fail both do.
        (ANY, [given(YES, 甲="是", 乙="是")], {"甲": "–", "乙": "–"}),
        (ANY, [given(YES, 甲="是", 乙="否")], {"甲": "T", "乙": "–"}),
        (ANY, [given(NO, 甲="否", 乙="否")], {"甲": "F", "乙": "F"}),
        (ANY, [given(YES, 甲="是")], {"甲": "T", "乙": "–"}),  # what is not known settles nothing
        # 须: where all hold all decide; a lone one that fails does; of two that fail neither.
        (BOTH, [given(YES, 甲="是", 乙="是")], {"甲": "T", "乙": "T"}),
        (BOTH, [given(NO, 甲="否", 乙="是")], {"甲": "F", "乙": "–"}),
        (BOTH, [given(NO, 甲="否", 乙="否")], {"甲": "–", "乙": "–"}),
        # 甲 且 （乙 或 非 丙): the four rows of its table.
        (MIXED, [given(YES, 甲="是", 乙="是", 丙="是")], {"甲": "T", "乙": "T", "丙": "–"}),
        (MIXED, [given(YES, 甲="是", 乙="否", 丙="否")], {"甲": "T", "乙": "–", "丙": "F"}),
        (MIXED, [given(NO, 甲="是", 乙="否", 丙="是")], {"甲": "–", "乙": "F", "丙": "T"}),
        (MIXED, [given(NO, 甲="否", 乙="是", 丙="是")], {"甲": "F", "乙": "–", "丙": "–"}),
        (
            MIXED,
            [
                given(YES, 甲="是", 乙="是", 丙="是"),
                given(YES, 甲="是", 乙="否", 丙="否"),
                given(NO, 甲="是", 乙="否", 丙="是"),
                given(NO, 甲="否", 乙="是", 丙="是"),
            ],
            {"甲": "TF", "乙": "TF", "丙": "TF"},
        ),
    ],
)
def test_a_condition_decides_where_nothing_beside_it_does(
    rules: str, examples: list[str], expected: dict[str, str]
) -> None:
    assert decided(report(rules, *examples).coverage) == expected


def test_seen_is_not_decided() -> None:
    coverage = report(BOTH, given(NO, 甲="否", 乙="否")).coverage
    assert (decided(coverage), seen(coverage)) == ({"甲": "–", "乙": "–"}, {"甲": {False}, "乙": {False}})


def test_an_example_puts_only_the_rules_it_speaks_of_to_the_test() -> None:
    two = BOTH + "    奖励 另奖 「8万元」\n        须 丙\n        金额 8万元\n"
    facts = {"甲": "是", "乙": "是", "丙": "是"}
    assert decided(report(two, given(YES, **facts)).coverage) == {"甲": "T", "乙": "T", "丙": "–"}
    assert decided(report(two, given("措施 1 给予", **facts)).coverage) == {"甲": "T", "乙": "T", "丙": "T"}


def test_conditions_of_a_definition_count_once() -> None:
    rules = "    奖励 奖\n        须 合格（甲）\n        须 非 合格（乙）\n        金额 5万元\n"
    more = "定义 合格（某事：是否） 指 某事 且 丙\n"
    found = report(rules, given(YES, 甲="是", 乙="否", 丙="是"), more=more).coverage
    assert sorted((each.owner, each.text) for each in found.atoms) == [("合格", "丙"), ("奖", "乙"), ("奖", "甲")]
    assert decided(found) == {"甲": "T", "乙": "F", "丙": "T"}  # 丙 for 甲; for 乙 what is passed decides


def test_conditions_on_the_items_of_a_list_decide_for_each_item() -> None:
    rules = "    奖励 奖\n        须 认定 中 有 通过 且 等次 为 国家级 的\n        金额 5万元\n"
    rows = "    设 认定\n        等次 日期 通过\n        国家级 2025年1月1日 是\n        市级 2025年1月1日 是\n"
    found = decided(report(rules, rows + f"    则 {YES}\n").coverage)
    assert found == {"认定 中 有 通过 且 等次 为 国家级 的": "T", "通过": "T", "等次 为 国家级": "TF"}


DATED = """    奖励 奖
        逐次 认定
        其中 通过
        仅首次 按 等次
        有效期 自 2025年1月1日
        须 等次 为 国家级
        金额 5万元
"""


def listing(*rows: str) -> str:
    return "".join(["    设 认定\n        等次 日期 通过\n", *(f"        {row}\n" for row in rows)])


def test_which_items_count_and_periods_are_conditions() -> None:
    holds = listing("国家级 2025年3月1日 是") + f"    则 {YES}\n"
    tests = {"通过", "仅首次 按 等次", "发生日 不早于 2025年1月1日", "等次 为 国家级"}
    assert decided(report(DATED, holds).coverage) == dict.fromkeys(tests, "T")
    early = listing("国家级 2024年12月31日 是") + "    则 奖 不在期内\n"
    failed = listing("国家级 2025年3月1日 否") + "    则 奖 不适用\n"
    again = listing("国家级 2025年3月1日 是", "国家级 2025年4月1日 是") + f"    则 {YES}\n"
    other = listing("市级 2025年3月1日 是") + "    则 奖 不予\n"
    assert decided(report(DATED, early, failed, again, other).coverage) == dict.fromkeys(tests, "TF") | {}
    later = listing("国家级 2025年7月1日 是") + "    则 奖 不适用\n"  # not yet: nothing decides but the day
    assert decided(report(DATED, later).coverage) == dict.fromkeys(tests, "–")


# ---------------------------------------------------------------- branches, thresholds, readings


def test_each_arm_of_a_choice_is_a_branch() -> None:
    rules = "    奖励 奖\n        金额 按 等级\n            国家级 8万元\n            市级 5万元\n"
    found = report(rules, given(YES, 等级="市级")).coverage
    assert [(each.text, each.taken) for each in found.branches] == [("国家级", False), ("市级", True)]
    assert Share.of(found) == Share(1, 2)


def test_cases_are_taken_in_order() -> None:
    rules = "    奖励 奖\n        金额 分情形\n            当 甲 得出 8万元\n            当 乙 得出 5万元\n            否则 0元\n"
    found = report(rules, given(YES, 甲="否", 乙="是")).coverage
    assert [(each.text, each.taken) for each in found.branches] == [("当 甲", False), ("当 乙", True), ("否则", False)]
    assert decided(found) == {"甲": "F", "乙": "T"}


READ = "    奖励 奖\n        须 依 R1\n            a 甲\n            b、c 是\n        金额 5万元\n"


def test_options_of_a_reading_are_branches_those_that_say_the_same_one() -> None:
    found = report(READ, given(YES, 甲="是")).coverage
    assert [(each.text, each.taken) for each in found.branches] == [("R1 a", True), ("R1 b、c", False)]
    assert decided(found) == {"甲": "T"}
    assert unused(found) == {"R1": ["b", "c"]}
    assert unused(report(READ, given(YES, 甲="是"), given(f"R1 b {YES}")).coverage) == {"R1": []}


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("99万元", {"below"}),
        ("98.99万元", set()),
        ("100万元", {"at"}),
        ("100万元零1分", None),
        ("1000000.01元", {"above"}),
        ("101万元", {"above"}),
        ("102万元", set()),
    ],
)
def test_a_threshold_is_neared_within_a_hundredth(value: str, near: set[str] | None) -> None:
    if near is None:
        return
    rules = "    奖励 奖\n        须 收入 不低于 100万元\n        金额 5万元\n"
    above = float(value.removesuffix("万元").removesuffix("元")) in (100.0, 101.0, 102.0, 1000000.01)
    (only,) = report(rules, given(YES if above else NO, 收入=value)).coverage.atoms
    assert (only.threshold, only.near) == (True, near)


def test_a_date_is_neared_by_a_day_and_two_facts_are_no_threshold() -> None:
    rules = "    奖励 奖\n        须 成立日期 不早于 2022年1月1日\n        金额 5万元\n"
    (only,) = report(rules, given(NO, 成立日期="2021年12月31日"), given(YES, 成立日期="2022年1月1日")).coverage.atoms
    assert only.near == {"below", "at"}
    between = "    奖励 奖\n        须 已有 迁入日期 且 成立日期 早于 迁入日期\n        金额 5万元\n"
    tests = report(between, given(YES, 成立日期="2022年1月1日", 迁入日期="2022年1月2日")).coverage.atoms
    assert [each.threshold for each in tests] == [False, False]


# ---------------------------------------------------------------- what stands between rules
CAPPED = """    奖励 奖
        逐次 认定
        金额 5万元
    限额 总额 每户 「8万元」
        不超过 依 R1
            a 8万元
            b、c 5万元
        及于 奖
"""


def test_a_ceiling_is_tried_with_the_rules_it_covers() -> None:
    rows = listing("国家级 2025年3月1日 是", "国家级 2025年4月1日 是")
    found = report(CAPPED, rows + "    则 奖 得 8万元\n", rows + f"    则 R1 b {YES}\n").coverage
    assert [(each.owner, each.text, each.taken) for each in found.branches] == [
        ("总额", "R1 a", True),
        ("总额", "R1 b、c", True),
    ]


OFFSET = "抵扣 已兑付\n    其中 依据 不为 “旧文件”\n"
PAID = "    设 已兑付\n        措施 事项 日期 金额 依据\n        1 “奖” 2025年3月1日 2万元 “{}”\n"


def test_which_payments_count_is_a_condition() -> None:
    dated = "    奖励 奖\n        逐次 认定\n        金额 5万元\n"
    row = listing("国家级 2025年3月1日 是")
    new = row + PAID.format("新文件") + "    则 奖 应付 3万元\n"
    old = row + PAID.format("旧文件") + "    则 奖 应付 5万元\n"
    assert decided(report(dated, new, old, more=OFFSET).coverage) == {"依据 不为 “旧文件”": "TF"}
    assert decided(report(dated, new, more=OFFSET).coverage) == {"依据 不为 “旧文件”": "T"}


# ---------------------------------------------------------------- missing examples
POLICIES = {
    "nothing tried": (MIXED, [], ""),
    "or": (ANY, [given(YES, 甲="是", 乙="是")], ""),
    "readings": (READ, [given(YES, 甲="是")], ""),
    "items": (DATED, [listing("国家级 2025年3月1日 是") + f"    则 {YES}\n"], ""),
    "ceiling": (CAPPED, [], ""),
    "threshold": ("    奖励 奖\n        须 收入 超过 100万元\n        须 甲\n        金额 5万元\n", [], ""),
    "payments": ("    奖励 奖\n        逐次 认定\n        金额 5万元\n", [listing("国家级 2025年3月1日 是") + PAID.format("新") + "    则 奖 应付 3万元\n"], OFFSET),
    "definition": ("    奖励 奖\n        须 达标\n        金额 5万元\n    定义 达标 指 甲 且 收入 超过 100万元\n", [given("达标 为 是", 甲="是", 收入="101万元"), given(YES, 甲="是", 收入="101万元")], ""),
    "support": ("    对象 名单\n        须 甲\n        须 等级 为 国家级\n        裁量 由责任单位决定\n", [], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", POLICIES)
def test_what_is_suggested_holds_when_pasted_and_brings_coverage_to_all(name: str) -> None:
    rules, examples, more = POLICIES[name]
    before = report(rules, *examples, more=more)
    assert any(not goal.covered for goal in before.coverage.goals)
    found = suggest(before)
    source = before.policy.tree.source.text
    head, _, facts = source.partition("\n附 事实")
    pasted = trial.run(loads(f"{head}\n{''.join(each.text for each in found)}\n附 事实{facts}"))
    assert pasted.passed and len(pasted.trials) == len(before.trials) + len(found)
    assert [(goal.of.text, goal.outcome) for goal in pasted.coverage.goals if not goal.covered] == []


def test_a_suggestion_says_what_it_is_for_and_that_it_is_to_be_checked() -> None:
    (first, *_) = suggest(report(BOTH, given(YES, 甲="是", 乙="是")))
    assert first.text == (
        "示例 待核对：奖，“甲”不成立\n    评估日 2025年6月30日\n    设 甲 否\n    设 乙 是\n    则 奖 不予 因 甲\n"
    )
    (goal,) = first.covers
    assert isinstance(goal, Goal) and isinstance(goal.of, Atom)
    assert (goal.of.text, goal.outcome) == ("甲", False)


def test_what_cannot_be_tried_is_left_open() -> None:
    rules = "    奖励 奖\n        须 甲 或 非 甲\n        金额 5万元\n"
    found = report(rules)
    suggest(found)
    assert [(each.text, sorted(each.decided)) for each in found.coverage.atoms] == [("甲", [True]), ("甲", [False])]


def test_a_wide_table_is_aimed_at_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen trades of three bounds each: facts for a row follow from its cells, with no search among the others."""
    trades = [f"行业{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"]
    rows = [
        f"    {trade} {100 * scale}人 以上 {1000 * scale + place}万元 以上 {size}\n"
        for place, trade in enumerate(trades)
        for scale, size in ((9, "大型"), (3, "中型"), (1, "小型"))
    ]
    more = (
        f"类型 行业 分 {'、'.join(trades)}、其他\n类型 规模 分 大型、中型、小型、微型\n事实 企业\n    行业 行业\n    人数 人\n"
        f"定义 规模 判定表 依次\n    行业 人数 收入 得出\n{''.join(rows)}    其余 微型\n"
    )
    found = report("    奖励 奖\n        须 规模 为 大型\n        金额 5万元\n", more=more)
    watched = 0
    watch = Coverage.watch

    def counted(*given: object) -> object:
        nonlocal watched
        watched += 1
        return watch(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Coverage, "watch", counted)
    suggest(found)
    assert [goal.of.text for goal in found.coverage.goals if not goal.covered] == []
    assert len(rows) < watched < 4 * len(found.coverage.goals)


def test_what_is_remembered_is_what_would_be_worked_out() -> None:
    """Facts that differ in one thing after another, over every rule: remembered across all of them and worked out anew."""
    report = trial.run(load(ROOT / "policies" / "yubei_2024.pol"))
    coverage, defaults = report.coverage, report.policy.closure.defaults
    memory = coverage.memory()
    cases = [each.case for each in report.trials][::3]
    for case in cases:
        for readings in (defaults | case.readings, defaults | case.readings | {"R3.1": "b", "R5.4": "c", "R7.1": "c"}):
            for name in trial.rules_of(report.policy, case):
                asked = (case.facts, case.on, readings, name)
                assert coverage.watch(*asked, memory) == coverage.watch(*asked), (case.title, name)
