"""Rules: awards and their clauses, the other kinds."""

from __future__ import annotations

from datetime import date

import pytest

from fayan_runtime import ir
from tests.compiler.samples import body, compiled

MONEY = (("元", 1),)


def test_an_award_over_items() -> None:
    program = compiled(
        "奖励 乙\n    逐次 订单\n    其中 大单：数额 超过 5元\n    须 规上\n    须 用到口径\n    金额 数额 × 10%\n    由 某局\n    佐证 合同"
    )
    (rule,) = program.provisions
    assert (rule.kind, rule.nature, rule.each, rule.payer, rule.evidence) == (
        "award",
        "cash",
        "订单",
        "某局",
        ("合同",),
    )
    assert [one.name for one in (*rule.among, *rule.must)] == ["大单", "规上", "用到口径"]
    assert rule.on == ir.Field(type=ir.Type("date"), var="本", name="日期")
    assert rule.amount is not None and rule.amount.type.unit == MONEY
    assert rule.readings == ("R1",)


@pytest.mark.parametrize(("list", "op"), [("合同", "year_end"), ("税费", "month_end")])
def test_the_event_day_of_a_year_or_month_is_its_last(list: str, op: str) -> None:
    on = compiled(f"奖励 乙\n    逐次 {list}\n    金额 1元").provisions[0].on
    assert isinstance(on, ir.Calendar) and on.op == op


def test_the_event_day_may_be_said() -> None:
    rule = compiled("奖励 乙\n    逐次 订单\n    于 日期 + 1年\n    须 发生日 晚于 评估日\n    金额 1元").provisions[0]
    assert isinstance(rule.on, ir.Calendar) and rule.on.amount == 12


@pytest.mark.parametrize(
    ("kind", "nature"), [("奖励", "cash"), ("补贴", "cash"), ("减免", "relief"), ("减征", "tax"), ("扣除", "deduction"), ("评审价", "price")]
)  # fmt: skip
def test_natures(kind: str, nature: str) -> None:
    assert compiled(f"{kind} 乙\n    金额 1元").provisions[0].nature == nature


def test_a_subsidy_may_be_relief() -> None:
    assert compiled("补贴 乙\n    性质 租金减免\n    金额 1元").provisions[0].nature == "relief"


def test_support_is_discretionary() -> None:
    for kind in ("支持", "对象"):
        rule = compiled(f"{kind} 乙\n    须 规上\n    裁量 由某局决定").provisions[0]
        assert (rule.kind, rule.nature, rule.amount, rule.discretion) == ("discretionary", "", None, "由某局决定")


def test_only_the_first_is_a_condition() -> None:
    rule = compiled("奖励 乙\n    逐次 订单\n    其中 数额 超过 5元\n    仅首次 按 等次\n    金额 1元").provisions[0]
    assert [one.name for one in rule.among] == ["数额 超过 5元", "仅首次 按 等次"]
    query = rule.among[1].expr
    assert isinstance(query, ir.Query) and (query.kind, query.list) == ("none", "订单")
    assert isinstance(query.where, ir.And)
    amount, level, before = query.where.args
    assert isinstance(amount, ir.Compare) and amount.left == ir.Field(type=amount.left.type, var="前", name="数额")
    assert isinstance(level, ir.Compare) and level.op == "=="
    assert isinstance(before, ir.Or)


def test_stages() -> None:
    more = "定义 乙日 依 R1\n    a 迁入日期\n    b、c 成立日期"
    rule = compiled("奖励 乙\n    分阶段共 3元\n    阶段 甲 1元 于 迁入日期\n    阶段 丙 2元 于 乙日", more).provisions[
        0
    ]
    assert [(stage.name, stage.of, stage.on.type.optional) for stage in rule.stages] == [
        ("甲", "迁入日期", True),
        ("丙", ("R1", (("a", "迁入日期"), ("b", "成立日期"), ("c", "成立日期"))), True),
    ]
    assert isinstance(rule.stated_total, ir.Const) and rule.stated_total.value == 3
    assert rule.readings == ("R1",)


def test_a_period_of_the_policy_holds_for_every_award_with_an_event_day() -> None:
    rules = (
        "奖励 乙\n    逐次 订单\n    有效期 自 2024年1月1日\n    金额 1元\n奖励 丙\n    金额 1元\n支持 丁\n    须 规上"
    )
    program = compiled(rules, "定义 末日 依 R1\n    a 无\n    b、c 2025年12月31日\n有效期 至 末日")
    assert [len(rule.periods) for rule in program.provisions] == [2, 0, 0]
    assert [rule.readings for rule in program.provisions] == [("R1",), (), ()]
    own, common = program.provisions[0].periods
    assert own.end is None and common.start is None and common.end is not None and common.end.type.optional


def test_a_period_of_a_measure_holds_for_its_awards() -> None:
    program = compiled("有效期 自 2024年1月1日 至 2024年12月31日\n奖励 乙\n    逐次 订单\n    金额 1元")
    (period,) = program.provisions[0].periods
    assert isinstance(period.end, ir.Const) and period.end.value == date(2024, 12, 31)


def test_the_other_kinds() -> None:
    program = compiled(
        "职责 乙\n    其中 已有 迁入日期\n    核查 迁入日期 早于 评估日\n目标 丙 企业数 达到 180家 截至 2025年\n"
        "遴选 丁\n    须 规上\n    名额 每年 10家\n    入选 标杆年度 含 年度（评估日）"
    )
    duty, target, selection = program.provisions
    assert (duty.kind, [one.name for one in duty.checks]) == ("duty", ["迁入日期 早于 评估日"])
    assert (target.kind, target.until) == ("target", "2025年") and isinstance(target.goal, ir.Compare)
    assert (selection.kind, selection.quota) == ("selection", "每年10家")
    assert isinstance(selection.chosen, ir.HasYear)


EVERYTHING = """奖励 乙
    逐份 合同
    其中 R1 为 a 且 （非 规上 或 数额 超过 较大（5元，数额 ÷ 2））
    其中 较小（数额 + 1元，2元） 不为 本 数额
    其中 试（年度） 且 标杆年度 含 年度
    其中 标杆年度 含 2024年 且 等级 属于 甲级、乙级
    其中 发生日 早于 评估日 且 本年度 不早于 上年（年度） 且 前年度 早于 上年度
    其中 未有 迁入日期 或 迁入日期 早于 发生日
    其中 （经营 中 年度 为 年度 的 产值） 超过 数额
    其中 订单 中 有 其 数额 超过 本 数额 的
    其中 （订单 中 合计 （数额 × 2）） 超过 面积 × 1元/平方米
    其中 分情形
        当 数额 超过 5元 得出 按 等级
            甲级 租期 超过 2个月
            其余 否
        否则 是
    仅首次
    金额 1元"""


def test_the_first_of_items_with_conditions_of_every_kind() -> None:
    """In 仅首次 all 其中 are said of the earlier item: nothing but the comparison of places is left of this one."""
    from fayan_runtime.walk import inside

    rule = compiled(EVERYTHING, "定义 试（某年） 指 某年 早于 年度（评估日）").provisions[0]
    query = rule.among[-1].expr
    assert isinstance(query, ir.Query) and isinstance(query.where, ir.And)
    *earlier, before = query.where.args
    assert len(earlier) == len(rule.among) - 1
    own = [one.expr for one in rule.among[:-1]]
    for said, of in ((earlier, "前"), (own, "本")):
        seen = {
            one.var
            for expr in said
            for one in inside(expr)
            if isinstance(one, ir.Field) and not one.var.startswith("其")
        }
        assert seen == {of}
    assert not any(isinstance(one, ir.Param) and one.name == "发生日" for expr in earlier for one in inside(expr))
    assert {one.var for one in inside(before) if isinstance(one, (ir.Field, ir.Index))} == {"前", "本"}
    kinds = {type(one) for expr in own for one in inside(expr)}
    assert kinds >= {
        ir.Choose,
        ir.Call,
        ir.Or,
        ir.Add,
        ir.Mul,
        ir.Extreme,
        ir.Not,
        ir.OneOf,
        ir.Contains,
        ir.IsNone,
        ir.Calendar,
    }
    assert kinds >= {ir.Compare, ir.HasYear, ir.Match, ir.Cases, ir.Lookup, ir.Query}


def test_the_first_of_items_without_event_day_is_the_first_in_the_list() -> None:
    more = "事实 企业\n    投标 清单\n        项目 文本\n        报价 金额"
    rule = compiled("评审价 乙\n    逐项 投标\n    仅首次 按 项目\n    金额 报价", more).provisions[0]
    assert rule.on is None
    query = rule.among[0].expr
    assert isinstance(query, ir.Query) and isinstance(query.where, ir.And)
    index = ir.Type("number")
    assert query.where.args[-1] == ir.Compare(
        type=ir.Type("bool"), op="<", left=ir.Index(type=index, var="前"), right=ir.Index(type=index, var="本")
    )


def test_what_is_picked_is_always_of_the_item_looked_at() -> None:
    """After 的 a field is the query's, although the rule's item has one of this name; 本 says otherwise."""
    rule = compiled(
        "奖励 乙\n    逐次 订单\n    须 订单 中 合计 数额 超过 5元\n    须 订单 中 合计 （本 数额 × 2） 超过 5元\n    金额 1元"
    ).provisions[0]
    found = []
    for one in rule.must:
        assert isinstance(one.expr, ir.Compare) and isinstance(one.expr.left, ir.Query)
        value = one.expr.left.value
        found.append(value.args[0] if isinstance(value, ir.Mul) else value)
    assert [one.var for one in found if isinstance(one, ir.Field)] == ["其1", "本"]


def test_queries_within_queries_have_variables_of_their_own() -> None:
    expr = body("订单 中 有 （合同 中 有 其 数额 超过 5元 的） 且 数额 超过 3元 的")
    assert isinstance(expr, ir.Query) and isinstance(expr.where, ir.And)
    inner = expr.where.args[0]
    assert isinstance(inner, ir.Query) and (expr.var, inner.var) == ("其1", "其2")


def test_what_其中_settles_holds_in_须_and_金额() -> None:
    rule = compiled(
        "奖励 乙\n    逐次 订单\n    其中 已有 截止\n    须 截止 早于 评估日\n    须 已有 迁入日期\n    金额 分情形\n"
        "        当 截止 早于 迁入日期 得出 1元\n        否则 2元"
    ).provisions[0]
    assert rule.must[0].expr.type == ir.Type("bool")
    assert isinstance(rule.amount, ir.Cases)
