"""What rules rest on in 原文, and what the program says of itself."""

from __future__ import annotations

from datetime import date

from fayan_runtime import ir
from tests.compiler.samples import compiled
from tests.places import POLICIES

MONEY = (("元", 1),)


def test_quotations() -> None:
    program = compiled(
        "奖励 乙\n    逐次 订单\n    须 规上 「订单」\n    须 等级 为 甲级 「企业给予……奖励」\n    须 收入 超过 3元\n    金额 分情形\n"
        "        当 规上 得出 10万元\n        否则 2万元"
    )
    (rule,) = program.provisions
    first, second = "对企业给予10万元奖励，每年不超过50万元。", "订单另给2万元。"
    assert [one.origin.quote for one in rule.must] == ["订单", "企业给予10万元奖励", first + second]
    assert rule.origin.quote == first + second
    assert isinstance(rule.amount, ir.Cases)
    assert rule.amount.origin.quote == first + second
    assert [rule.amount.whens[0][1].origin.quote, rule.amount.otherwise.origin.quote] == [first, second]
    assert (rule.must[0].origin.line, rule.must[0].origin.text) == (11, "规上 「订单」")


def test_a_figure_is_not_found_inside_another() -> None:
    """0万元 and 5元 stand in no sentence, although 10万元 and 50万元 do."""
    rule = compiled("奖励 乙\n    金额 分情形\n        当 规上 得出 0万元\n        否则 50万元").provisions[0]
    assert isinstance(rule.amount, ir.Cases)
    assert rule.amount.otherwise.origin.quote == "对企业给予10万元奖励，每年不超过50万元。"
    assert rule.amount.whens[0][1].origin.quote == rule.amount.origin.quote


def test_the_program_says_what_it_is() -> None:
    program = compiled()
    assert (program.number, program.title, program.issuer) == ("测试〔2024〕1号", "测试政策", "某局")
    assert (program.dated, program.effective) == (date(2024, 12, 12), date(2024, 12, 12))
    assert program.digest.startswith("sha256:") and len(program.digest) == 71
    assert [measure.number for measure in program.measures][-1] == 1
    assert [(each.opens, each.text) for each in program.measures[-1].sentences] == [
        (True, "对企业给予10万元奖励，每年不超过50万元。"),
        (False, "订单另给2万元。"),
    ]
    events = {fact.name: fact.event for scope in program.scopes for fact in scope.facts if fact.is_list}
    assert events == {"订单": "日期", "合同": "年度", "税费": "所属期", "经营": "年度", "已付": "日期"}


def test_defaults_of_facts() -> None:
    more = "事实 园区\n    甲数 金额 缺省 0\n    乙数 金额 缺省 5万元\n    丙号 文本 缺省 本文件\n    丁 级别 缺省 乙级\n    戊 日期 可无 缺省 无"
    scope = next(scope for scope in compiled(more=more).scopes if scope.name == "园区")
    assert [(fact.default, fact.has_default) for fact in scope.facts] == [
        (0, True), (50000, True), ("测试〔2024〕1号", True), ("乙级", True), (None, True),
    ]  # fmt: skip


def test_the_reference_policy_compiles() -> None:
    """No problem, every rule of the contract, every computed reading used, each quotation verbatim."""

    from fayan.compiling import analyse
    from fayan.documents.texts import read_source
    from fayan_compiler.examples import compile_examples

    parsed, program, problems = analyse(read_source(POLICIES / "yubei_2024.pol"))
    assert parsed is not None and program is not None and problems == []
    examples, problems = compile_examples(parsed, program)
    assert problems == [] and len(examples) >= 40
    readings = {rule.name: rule.readings for rule in program.provisions}
    assert readings["首次认定"] == ("G2", "G4", "G6", "R5.1")
    assert {"R7.1", "R7.2", "R7.3", "R7.4", "R7.5", "R7.6"} <= set(readings["首发上市"])
    natures = {rule.name: rule.nature for rule in program.provisions if rule.kind == "award"}
    assert natures["社会闲置厂房租金补贴"] == natures["国有厂房租金减免"] == "relief"
    assert natures["研发费用加计扣除"] == "deduction" and natures["评审价格扣除"] == "price"
    texts = {
        measure.number: "".join(
            ("\n" if each.opens and place else "") + each.text for place, each in enumerate(measure.sentences)
        )
        for measure in program.measures
    }
    for rule in program.provisions:
        parts = (*rule.among, *rule.must, *rule.checks)
        quotes = [
            rule.origin.quote,
            *(one.origin.quote for one in parts),
            *(stage.origin.quote for stage in rule.stages),
        ]
        for quote in filter(None, quotes):
            for part in quote.split("……"):
                assert part in texts[rule.measure], (rule.name, part)
