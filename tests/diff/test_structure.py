"""Layer one: what is a change and what is none. Each edit is made to the 2024 policy; what must be found is worked out from the edit."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from attrs import evolve

from fayan.policy import Policy, loads
from fayan_compiler.diff.structure import compare
from fayan_compiler.diff.wording import text_rows
from fayan_compiler.examples import compile_examples
from fayan_runtime import ir
from fayan_runtime.changes import Change
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.changes import ChangeWords
from fayan_runtime.explain.diff.view import diff_view
from tests.places import POLICIES

TEXT = (POLICIES / "yubei_2024.pol").read_text("utf-8")


def cases(policy: Policy) -> Sequence[object]:
    return compile_examples(policy.tree, policy.program)[0]


OLD = loads(TEXT, "old.pol")


def against(text: str) -> Comparison:
    new = loads(text, "new.pol")
    return compare(OLD.program, new.program, cases(OLD), cases(new))  # type: ignore[arg-type]


def edited(*edits: tuple[str, str], count: int = 1) -> Comparison:
    text = TEXT
    for before, after in edits:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, count)
    return against(text)


def told(change: Change) -> tuple[str, str, str]:
    return change.aspect, change.of, change.name


def of_measure(comparison: Comparison, number: int) -> tuple[Change, ...]:
    return next(each.changes for each in comparison.measures if each.new is not None and each.new.number == number)


def everything(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [told(each) for each in comparison.changes] + [
        told(each) for measure in comparison.measures for each in measure.changes
    ]


def parts(change: Change) -> list[tuple[str, str, dict[str, str]]]:
    def shown(expr: ir.Expr) -> str:
        return expr.shown if isinstance(expr, ir.Const) else type(expr).__name__

    return [(shown(each.before), shown(each.after), dict(each.under)) for each in change.parts]


def block(start: str, end: str) -> str:
    return TEXT[TEXT.index(start) : TEXT.index(end)]


# ---------------------------------------------------------------- no change
def reordered() -> str:
    """Two definitions of measure 5 change places."""
    lines = [line for line in TEXT.splitlines() if line.startswith("    定义 两年增速的平均")]
    other = [line for line in TEXT.splitlines() if line.startswith("    定义 两年增长倍数")]
    return TEXT.replace(lines[0], "@").replace(other[0], lines[0]).replace("@", other[0])


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        re.sub(r"(?m)^( {8})(须|金额) ", r"\1\2  ", TEXT),
        TEXT.replace("    奖励 首次认定", "    # 认定一次给一次\n    奖励 首次认定"),
        reordered(),
        TEXT.replace("增速过线", "增速够了"),
        TEXT.replace("某日", "某日期"),
        TEXT.replace("智能化改造 或 绿色化改造", "绿色化改造 或 智能化改造"),
        TEXT.replace("增速（某指标，某年） 超过 20%", "增速（某指标，某年） 高于 20%"),
    ],
    ids=["itself", "spaces", "comment", "order", "renamed definition", "renamed parameter", "order of 或", "synonym"],
)
def test_what_says_the_same_is_no_change(text: str) -> None:
    assert everything(against(text)) == []


def test_a_renamed_definition_is_noted() -> None:
    assert against(TEXT.replace("增速过线", "增速够了")).renamed == (("增速过线", "增速够了"),)


# ---------------------------------------------------------------- changes of the rules
def test_a_rate_in_a_definition_is_told_once_with_the_readings_it_stands_under() -> None:
    found = edited(("a 5元/平方米·月", "a 6元/平方米·月"))
    assert everything(found) == [("definition", "", "减免标准")]
    assert parts(of_measure(found, 3)[0]) == [("5元/平方米·月", "6元/平方米·月", {"R3.6": "a"})]


def test_a_threshold_word_is_a_change_of_the_comparison() -> None:
    found = edited(("a 增速（某指标，某年） 超过 20%", "a 增速（某指标，某年） 达到 20%"))
    assert everything(found) == [("definition", "", "增速过线")]
    part = of_measure(found, 3)[0].parts[0]
    assert isinstance(part.before, ir.Compare) and isinstance(part.after, ir.Compare)
    assert (part.before.op, part.after.op, dict(part.under)) == (">", ">=", {"R3.2": "a"})


def test_a_cap() -> None:
    found = edited(("            a 50万元\n", "            a 80万元\n"))
    assert everything(found) == [("ceiling", "", "年度限额")]
    (measure,) = [each for each in found.measures if each.changes]
    assert measure.new is not None and measure.new.number == 3
    assert parts(measure.changes[0]) == [("50万元", "80万元", {"R3.7": "a"})]


def test_a_period() -> None:
    found = edited(
        ("        有效期 自 2022年1月1日 至 六税两费截止日\n", "        有效期 自 2023年1月1日 至 六税两费截止日\n")
    )
    assert everything(found) == [("period", "六税两费减征", "")]


def test_a_condition_put_in_and_one_taken_out() -> None:
    line = "        须 租金过门槛（年度，房源，租金）\n"
    assert everything(edited((line, line + "        须 初创企业\n"))) == [("must", "国有厂房租金减免", "初创企业")]
    found = edited((line, ""))
    (change,) = [each for measure in found.measures for each in measure.changes]
    assert told(change) == ("must", "国有厂房租金减免", "租金过门槛")
    assert isinstance(change.before, ir.Condition) and change.after is None


def test_a_stage_a_payer_and_a_unit() -> None:
    found = edited(
        ("阶段 完成首发上市 500万元", "阶段 完成首发上市 600万元"),
        ("责任单位 区财政局、区金融服务办", "责任单位 区财政局"),
    )
    assert everything(found) == [("responsible", "", ""), ("stage", "首发上市", "完成首发上市")]
    found = edited(("        由 区税务局\n", "        由 区财政局\n"))
    assert everything(found) == [("payer", "六税两费减征", "")]


# ---------------------------------------------------------------- measures and their text
def test_a_measure_moved_and_renumbered_is_the_same_measure() -> None:
    ninth, tenth = block("措施 9 ", "措施 10 "), block("措施 10 ", "措施 11 ")
    swapped = TEXT.replace(ninth + tenth, tenth.replace("措施 10", "措施 9") + ninth.replace("措施 9", "措施 10"))
    found = against(swapped)
    assert everything(found) == [("number", "", ""), ("number", "", "")]
    was = {each.new.title: (each.old.number, each.new.number) for each in found.measures if each.old and each.new}
    assert was["夯实科技支撑"] == (9, 10) and was["加强资源共享"] == (10, 9)


def test_a_measure_renamed_and_one_taken_out() -> None:
    found = edited(("措施 10 加强资源共享", "措施 10 促进资源共享"))
    assert everything(found) == [("title", "", "")]
    found = against(TEXT.replace(block("措施 10 ", "措施 11 "), ""))
    (gone,) = [each for each in found.measures if each.new is None]
    assert gone.old is not None and gone.old.number == 10
    assert [told(each) for each in gone.changes] == [("provision", "", "推动资源共享")]
    assert len(found.measures) == 21  # the preamble and the 20 measures of the old version


def test_the_texts_are_compared_sentence_by_sentence_and_by_characters() -> None:
    found = edited(("给予60万元奖励", "给予80万元奖励"), ("        金额 60万元", "        金额 80万元"))
    (measure,) = [each for each in found.measures if each.text]
    (row,) = [each for each in measure.text if any(part.kind != "kept" for part in each.parts)]
    assert [(each.kind, each.text) for each in row.parts if each.kind != "kept"] == [("cut", "60"), ("put", "80")]
    assert "".join(each.text for each in row.parts if each.kind != "put").startswith("区内“专精特新”企业在重庆市OTC")
    assert all(each.old and each.new for each in measure.text)
    assert everything(found) == [("amount", "OTC挂牌", "")]


def test_a_sentence_put_in_and_one_taken_out_stand_alone() -> None:
    one = sentences("市级企业给予10万元奖励。", "同一企业每年只奖励一次。", "由区财政局兑付。")
    other = sentences("市级企业给予12万元奖励。", "由区财政局兑付。", "以前的办法同时废止。")
    rows = [tuple("".join(each.text for each in side) for side in (row.old, row.new)) for row in text_rows(one, other)]
    assert rows == [
        ("市级企业给予10万元奖励。", "市级企业给予12万元奖励。"),
        ("同一企业每年只奖励一次。", ""),
        ("由区财政局兑付。", "由区财政局兑付。"),
        ("", "以前的办法同时废止。"),
    ]
    assert text_rows(one, one) == ()


def sentences(*texts: str) -> ir.Measure:
    passage = ir.Passage(sentences=tuple(ir.Sentence(text=each) for each in texts))
    return ir.Measure(number=1, title="", chapter="", responsible=(), passages=(passage,))


# ---------------------------------------------------------------- what belongs to no measure
def test_facts_readings_header_and_examples() -> None:
    found = edited(
        ("    初创企业 是否 佐证 营业执照成立日期", "    初创企业 是否 佐证 成立登记"),
        ("口径 R3.2 增速恰好20%算不算“超过20%”", "口径 R3.2 增速恰好20%算不算超过"),
        ("    公开 此件公开发布", "    公开 主动公开"),
        ("        6000万元  b     18万元\n", ""),
    )
    assert everything(found) == [
        ("header", "", "公开"),
        ("reading", "", "R3.2"),
        ("fact", "企业", "初创企业"),
        ("example", "", "增速恰为20%不算超过"),
    ]


BESIDES = [
    ("        由 区税务局\n", "        由 区财政局\n", "兑付或办理单位 六税两费减征：区税务局 → 区财政局"),
    ("        名额 每年 10家", "        名额 每年 20家", "名额 示范企业宣传：每年10家 → 每年20家"),
]


@pytest.mark.parametrize(("before", "after", "said"), BESIDES)
def test_what_is_none_of_who_gets_how_much_is_a_change_all_the_same(before: str, after: str, said: str) -> None:
    place = TEXT.index(before, TEXT.index("六税两费减征"))
    found = against(TEXT[:place] + after + TEXT[place + len(before) :])
    view = diff_view(found, "zh")
    assert not found.same
    # the headline says all there is, and in which measure
    assert view.headline.startswith("对谁、给多少相同，其他方面有变：第") and view.headline.endswith(f"条 {said}。")
    assert view.answer == []


def test_a_change_of_how_a_cap_is_counted_is_said() -> None:
    found = edited(("    限额 年度限额 每户每年\n", "    限额 年度限额 每户\n"))
    (change,) = of_measure(found, 3)
    assert [each.told for each in ChangeWords(found, "zh").views(change)] == ["限额 年度限额：按年计 → 不分年，总共"]


def test_a_fact_that_loses_its_default_is_said() -> None:
    without = evolve(
        OLD.program,
        scopes=tuple(
            evolve(
                scope,
                facts=tuple(
                    evolve(each, has_default=not each.has_default, default=()) if each.name == "已兑付" else each
                    for each in scope.facts
                ),
            )
            for scope in OLD.program.scopes
        ),
    )
    default = next(each for scope in OLD.program.scopes for each in scope.facts if each.name == "已兑付").has_default
    found = compare(*((OLD.program, without) if default else (without, OLD.program)))
    (change,) = [each for each in found.changes if (each.aspect, each.name) == ("fact", "已兑付")]
    assert [each.told for each in ChangeWords(found, "zh").views(change)] == ["事实 已兑付：缺省 无 → 没有缺省"]


def test_a_rule_renamed_and_changed_is_one_rule() -> None:
    """It is asked the same, of the same list; two of its amounts are exchanged."""
    text = TEXT.replace("后续复核", "以后复核")
    amounts = "            市级专精特新 5万元\n            国家小巨人 25万元\n"
    assert text.count(amounts) == 1
    found = everything(against(text.replace(amounts, amounts.replace("25", "@").replace("5", "25").replace("@", "5"))))
    assert ("renamed", "以后复核", "") in found and ("amount", "以后复核", "") in found
    assert not any(aspect == "provision" for aspect, *_ in found)


def test_a_rule_that_takes_the_place_of_another_is_another() -> None:
    """Where nothing but the unit that pays is the same: leases by the day instead of the rent of premises."""
    start, end = TEXT.index("    奖励 后续复核\n"), TEXT.index("        由 区财政局", TEXT.index("    奖励 后续复核\n"))
    other = "    奖励 收入奖励\n        须 有收入：主营业务收入额 超过 1万元\n        金额 7万元\n"
    text = (
        (TEXT[:start] + other + TEXT[end:])
        .replace("    见 后续复核\n", "")
        .replace("    就高 后续复核 每年 当 R5.1 为 b\n", "")
    )
    text = text.replace("    区内企业 是否", "    主营业务收入额 金额\n    区内企业 是否", 1)
    text = text[: text.index("附 示例")] if "附 示例" in text else text
    found = everything(against(text))
    assert {("provision", "", "后续复核"), ("provision", "", "收入奖励")} <= {*found}


def test_a_scope_that_narrows_whom_the_first_of_its_kind_is_among_is_told_once() -> None:
    """仅首次 按 级别 looks for earlier items that are in the scope: another scope is what changed, not the first of its kind."""
    found = edited(
        (
            "        仅首次 按 级别\n        须 认定在2022年以后",
            "        仅首次 按 级别\n        其中 市级：级别 为 市级专精特新\n        须 认定在2022年以后",
        )
    )
    assert [each for each in everything(found) if each[1] == "首次认定"] == [("among", "首次认定", "市级")]


def test_the_word_for_what_is_given_is_told_and_changes_nothing() -> None:
    """Awards and subsidies are both paid in cash; an English keyword is the same word."""
    found = edited(("    奖励 OTC挂牌\n", "    补贴 OTC挂牌\n"))
    assert everything(found) == [("called", "OTC挂牌", "")]
    assert diff_view(found, "zh").headline == "两版含义相同；有不影响含义的改动。"
    assert [each.told for each in diff_view(found, "zh").measures[0].changes] == ["所写的名目 OTC挂牌：奖励 → 补贴"]
    assert everything(edited(("    奖励 OTC挂牌\n", "    award OTC挂牌\n"))) == []
