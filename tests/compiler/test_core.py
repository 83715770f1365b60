"""What the core form of a policy is: types and units, names, guards, rules, readings, quotations."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fayan_compiler import units
from fayan_runtime import ir
from fayan_runtime.cases import Expected
from fayan_runtime.values import Unknown
from tests.compiler.samples import body, cases, compiled

MONEY = (("元", 1),)


# ---------------------------------------------------------------- units
@pytest.mark.parametrize(
    ("expression", "unit", "shown"),
    [
        ("5元/平方米·月 × 厂房 × 3个月", MONEY, "元"),
        ("收入 ÷ 上年收入 - 1", (), "%"),
        ("收入 ÷ 厂房", (("元", 1), ("平方米", -1)), "元/平方米"),
        ("3个月 ÷ 12个月", (), ""),
        ("占比 × 50%", (), "%"),
        ("订单 中 合计 数额", MONEY, "元"),
        ("订单 中 个数", (), ""),
        ("较大（收入，0元） - 3元", MONEY, "元"),
        ("1 + 员工", (("人", 1),), "人"),
    ],
)
def test_the_unit_of_a_value(expression: str, unit: units.Unit, shown: str) -> None:
    type = body(expression).type
    assert (type.kind, type.unit, type.shown) == ("number", unit, shown)


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("50万元", 500000, "50万元"),
        ("10年", 120, "10年"),
        ("12.5%", Fraction(1, 8), "12.5%"),
        ("1亩", Fraction(2000, 3), "1亩"),
    ],
)
def test_a_number_is_exact_in_base_units(expression: str, value: Fraction, shown: str) -> None:
    const = body(expression)
    assert isinstance(const, ir.Const)
    assert (const.value, const.shown) == (value, shown)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2024年11月3日", date(2024, 11, 3)),
        ("2024年11月", 2024 * 12 + 10),
        ("2024年", 2024),
        ("施行日期", date(2024, 12, 12)),
    ],
)
def test_a_day_month_or_year(expression: str, value: object) -> None:
    const = body(expression)
    assert isinstance(const, ir.Const) and const.value == value


# ---------------------------------------------------------------- operators
@pytest.mark.parametrize(
    ("word", "op"),
    [("超过", ">"), ("高于", ">"), ("达到", ">="), ("不低于", ">="), ("不满", "<"), ("低于", "<"), ("不超过", "<="), ("为", "=="), ("不为", "!=")],
)  # fmt: skip
def test_boundary_words(word: str, op: str) -> None:
    compare = body(f"收入 {word} 20元")
    assert isinstance(compare, ir.Compare) and (compare.op, compare.word) == (op, word)


@pytest.mark.parametrize(("word", "op"), [("以上", ">="), ("以下", "<="), ("以内", "<="), ("以外", ">")])
def test_boundary_words_after_the_number(word: str, op: str) -> None:
    compare = body(f"收入 在 20元 {word}")
    assert isinstance(compare, ir.Compare) and compare.op == op


@pytest.mark.parametrize(("word", "op"), [("早于", "<"), ("不早于", ">="), ("晚于", ">"), ("不晚于", "<=")])
def test_words_for_days(word: str, op: str) -> None:
    compare = body(f"成立日期 {word} 评估日")
    assert isinstance(compare, ir.Compare) and compare.op == op


@pytest.mark.parametrize(
    ("expression", "op", "amount", "kind"),
    [
        ("年度（成立日期）", "year_of", 0, "year"),
        ("上年（2024年）", "shift_year", -1, "year"),
        ("前年（2024年）", "shift_year", -2, "year"),
        ("年末（2024年）", "year_end", 0, "date"),
        ("月末（2024年11月）", "month_end", 0, "date"),
        ("月份（成立日期）", "month_of", 0, "month"),
        ("成立日期 + 3个月", "shift_date", 3, "date"),
        ("成立日期 + 5年", "shift_date", 60, "date"),
        ("成立日期 - 30日", "shift_day", -30, "date"),
        ("2024年 - 1年", "shift_year", -1, "year"),
        ("2024年11月 + 2个月", "shift_month", 2, "month"),
    ],
)
def test_the_calendar(expression: str, op: str, amount: int, kind: str) -> None:
    shift = body(expression)
    assert isinstance(shift, ir.Calendar) and (shift.op, shift.amount, shift.type.kind) == (op, amount, kind)


def test_sets_and_members() -> None:
    assert body("等级 属于 甲级、乙级") == ir.OneOf(
        type=ir.Type("bool"),
        arg=ir.Fact(type=ir.Type("enum", name="级别"), scope="企业", name="等级"),
        members=("甲级", "乙级"),
    )
    some = body("领域 含 红色、甲级")
    every = body("领域 都含 红色、甲级")
    assert isinstance(some, ir.Contains) and (some.members, some.every) == (("红色", "甲级"), False)
    assert isinstance(every, ir.Contains) and every.every
    years = body("标杆年度 含 2024年、2025年")
    assert isinstance(years, ir.Contains) and years.members == (2024, 2025)
    assert isinstance(body("标杆年度 含 年度（评估日）"), ir.HasYear)
    assert isinstance(body("标杆年度 都含 年度（评估日）、2024年"), ir.And)
    assert isinstance(body("收入 属于 5元、6元"), ir.Or)


def test_a_member_is_what_the_other_side_says() -> None:
    """甲级 is a member of two types: the type compared with decides, on either side."""
    for expression in ("等级 为 甲级", "甲级 为 等级"):
        compare = body(expression)
        assert isinstance(compare, ir.Compare)
        assert {side.type.name for side in (compare.left, compare.right)} == {"级别"}


def test_queries() -> None:
    expected = {
        "订单 中 有 等次 为 甲级 的": ("some", "bool", False),
        "订单 中 没有 等次 为 甲级 的": ("none", "bool", False),
        "订单 中 全部 等次 为 甲级 的": ("every", "bool", False),
        "订单 中 等次 为 甲级 的 日期": ("the", "date", False),
        "订单 中 等次 为 甲级 的 截止": ("the", "date", False),
        "订单 中 最早 日期": ("min", "date", True),
        "订单 中 最晚 日期": ("max", "date", True),
        "订单 中 等次 为 甲级 的 最大 （数额 × 2）": ("max", "number", True),
        "订单 中 合计 数额": ("sum", "number", False),
        "订单 中 等次 为 甲级 的 个数": ("count", "number", False),
    }
    for expression, (kind, type, optional) in expected.items():
        query = body(expression)
        assert isinstance(query, ir.Query)
        assert (query.kind, query.list, query.type.kind, query.type.optional) == (kind, "订单", type, optional)
    assert isinstance(body("订单 中 最早"), ir.Query)


def test_a_series_is_looked_up_by_year() -> None:
    lookup = body("经营 中 年度 为 上年（2024年） 的 产值")
    assert isinstance(lookup, ir.Lookup)
    assert (lookup.list, lookup.field_name, lookup.type.unit) == ("经营", "产值", MONEY)


# ---------------------------------------------------------------- what may not exist
@pytest.mark.parametrize(
    "guarded",
    [
        "未有 迁入日期 或 迁入日期 早于 评估日",
        "已有 迁入日期 且 迁入日期 早于 评估日",
        "规上 且 已有 迁入日期 且 （非 规上 或 迁入日期 早于 评估日）",
        "非 （未有 迁入日期 或 非 规上） 且 迁入日期 早于 评估日",
        "迁入日期 不为 无 且 迁入日期 早于 评估日",
        "迁入日期 为 无 或 迁入日期 早于 评估日",
        "订单 中 有 已有 截止 且 截止 早于 评估日 的",
        "订单 中 已有 截止 的 最早 截止",
        "已有 （订单 中 最早 日期） 且 （订单 中 最早 日期） 早于 评估日",
    ],
)
def test_a_guard_lets_a_value_be_used(guarded: str) -> None:
    assert body(guarded).type.kind in ("bool", "date")


def test_cases_guard_as_well() -> None:
    function = compiled(more="定义 乙 分情形\n    当 未有 迁入日期 得出 成立日期\n    否则 迁入日期").functions[0]
    assert isinstance(function.body, ir.Cases)
    assert function.body.type == ir.Type("date")


def test_none_as_one_of_several_values_makes_them_optional() -> None:
    function = compiled(
        more="定义 乙 依 R1\n    a 无\n    b、c 成立日期\n定义 丙 指 未有 乙 或 乙 早于 评估日"
    ).functions[0]
    assert function.body.type == ir.Type("date", optional=True)
    assert isinstance(function.body, ir.Choose) and len(function.body.arms) == 3


# ---------------------------------------------------------------- definitions
def test_definitions_stand_after_those_they_use() -> None:
    program = compiled(more="定义 乙 指 丙 且 丁\n定义 丙 指 丁\n定义 丁 指 规上")
    assert [function.name for function in program.functions] == ["丁", "丙", "乙", "用到口径"]


@pytest.mark.parametrize(
    ("param", "type"),
    [
        ("某日", ir.Type("date")),
        ("某日期", ir.Type("date")),
        ("某年", ir.Type("year")),
        ("某年度", ir.Type("year")),
        ("某月", ir.Type("month")),
        ("某级别", ir.Type("enum", name="级别")),
        ("某等次", ir.Type("enum", name="级别")),
        ("某截止", ir.Type("date")),
        ("某租金", ir.Type("number", unit=(("元", 1), ("平方米", -1), ("月", -1)))),
        ("某收入", ir.Type("number", unit=MONEY)),
        ("数：元/年", ir.Type("number", unit=(("元", 1), ("月", -1)))),
        ("乙方：级别", ir.Type("enum", name="级别")),
    ],
)
def test_the_type_of_a_parameter(param: str, type: ir.Type) -> None:
    (_, found), *_ = compiled(more=f"定义 乙（{param}） 指 规上").functions[0].params
    assert found == type


def test_match_covers_the_enumeration() -> None:
    function = compiled(more="定义 乙 按 等级\n    甲级 1元\n    其余 2元").functions[0]
    assert isinstance(function.body, ir.Match)
    assert [members for members, _ in function.body.arms] == [("甲级",), ("乙级", "丙级")]


def test_a_reading_chooses() -> None:
    def arms(expression: str) -> list[object]:
        choose = body(expression)
        assert isinstance(choose, ir.Choose) and choose.reading == "R1"
        return [arm.value for arm in choose.arms if isinstance(arm, ir.Const)]

    assert arms("R1 为 b") == [False, True, False]
    assert arms("R1 不为 b") == [True, False, True]
    assert arms("R1 属于 a、c") == [True, False, True]


def test_long_chains_and_deep_brackets() -> None:
    chain = body(" 或 ".join(["规上"] * 1000))
    assert isinstance(chain, ir.Or) and len(chain.args) == 1000
    total = body(" + ".join(["收入"] * 1000))
    assert isinstance(total, ir.Add) and len(total.args) == 1000
    assert isinstance(body("（" * 200 + "规上" + "）" * 200), ir.Fact)
    deep = body("（1元 + 2 × " * 120 + "收入" + "）" * 120)
    assert isinstance(deep, ir.Add)


# ---------------------------------------------------------------- rules
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
        ("丙", "迁入日期", True),
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


# ---------------------------------------------------------------- between rules
RULES = "奖励 甲奖\n    逐份 合同\n    金额 1元\n奖励 乙奖\n    阶段 首 1元 于 迁入日期\n奖励 丙奖\n    逐份 合同\n    金额 2元\n"


def test_a_ceiling() -> None:
    program = compiled(
        RULES
        + "限额 总额 每户每年\n    不超过 50万元 × 较小（12个月，所计 中 最大 租期） ÷ 12个月\n    及于 甲奖\n    及于 丙奖 当 R1 不为 c\n"
        "    分算 当 R1 为 b\n    分算 按 年度 当 R1 为 c\n    先后 按日期\n    适用 当 R1 属于 a、b、c"
    )
    (ceiling,) = program.adjustments
    assert isinstance(ceiling, ir.Ceiling)
    assert (ceiling.measure, ceiling.name, ceiling.per_year, ceiling.by_date) == (1, "总额", True, True)
    assert [member for member, _ in ceiling.covers] == [("甲奖", ""), ("丙奖", "")]
    assert [key for key, _ in ceiling.keys] == ["年度"]
    assert isinstance(ceiling.split, ir.Choose) and isinstance(ceiling.applies, ir.Choose)
    assert ceiling.readings == ("R1",)
    assert [rule.readings for rule in program.provisions] == [("R1",), (), ("R1",)]


def test_a_ceiling_that_says_nothing_more() -> None:
    (ceiling,) = compiled(RULES + "限额 总额 每户\n    不超过 5元\n    及于 甲奖、首").adjustments
    assert isinstance(ceiling, ir.Ceiling)
    assert [member for member, _ in ceiling.covers] == [("甲奖", ""), ("乙奖", "首")]
    fixed = [one.value for one in (ceiling.covers[0][1], ceiling.split, ceiling.applies) if isinstance(one, ir.Const)]
    assert fixed == [True, False, True]


def test_the_higher_counts() -> None:
    (highest,) = compiled(RULES + "就高 甲奖、首 累计 当 R1 为 b").adjustments
    assert isinstance(highest, ir.Highest)
    assert (highest.members, highest.mode, highest.readings) == ((("甲奖", ""), ("乙奖", "首")), "cumulative", ("R1",))
    (yearly,) = compiled(RULES + "就高 甲奖 每年").adjustments
    assert isinstance(yearly, ir.Highest) and yearly.mode == "yearly"


def test_a_deduction_depends_on_what_decides_its_sources() -> None:
    more = "口径 R3 三\n    a 一\n    b 二"
    rules = RULES + "限额 总额 每户\n    不超过 5元\n    及于 丙奖\n    适用 当 R3 为 a\n扣减 甲奖 减去 丙奖 当 R1 为 b"
    program = compiled(rules, more)
    assert {rule.name: rule.readings for rule in program.provisions} == {
        "甲奖": ("R1", "R3") if program.readings[0].id == "R1" else ("R3", "R1"),
        "乙奖": (),
        "丙奖": ("R3",),
    }
    deduct = program.adjustments[1]
    assert isinstance(deduct, ir.Deduct) and (deduct.member, deduct.less) == ("甲奖", ("丙奖",))


def test_set_off_holds_for_cash_and_relief() -> None:
    more = "抵扣 已付\n    其中 依 R1\n        a 是\n        b、c 事项 为 “甲奖”"
    program = compiled(RULES + "减征 丁税\n    金额 1元\n减免 戊租\n    金额 1元", more)
    assert program.offset is not None and (program.offset.list, program.offset.readings) == ("已付", ("R1",))
    assert {rule.name for rule in program.provisions if rule.readings} == {"甲奖", "乙奖", "丙奖", "戊租"}


# ---------------------------------------------------------------- what it rests on
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


def test_the_programme_says_what_it_is() -> None:
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


# ---------------------------------------------------------------- examples
def test_an_example_is_facts_readings_and_what_must_come_out() -> None:
    example = """示例 两种读法
    评估日 2025年6月30日
    设 收入 1.2亿元
    设 年限 5年
    设 领域 红色、甲级
    设 标杆年度 2023年、2024年
    设 迁入日期 无
    设 企业数 12家
    设 订单
        日期 等次 数额
        2024年1月1日 甲级 3万元
    设 合同 无
    设 税费
        所属期 税额
        2024年11月 5元
    设 经营
        年度 产值
        2024年 5000万元
    则 乙奖 得 10万元
    则 乙奖 应付 9万元
    则 R1 b 乙奖 不予 因 大单
    则 措施 1 不明 缺 订单[0].截止、企业数
"""
    found, problems = cases(
        example, "奖励 乙奖\n    逐次 订单\n    须 大单：数额 超过 5元\n    须 R1 为 a\n    金额 1元"
    )
    assert problems == []
    plain, chosen = found
    assert (plain.title, plain.on, plain.readings, chosen.readings) == ("两种读法", date(2025, 6, 30), {}, {"R1": "b"})
    firm = plain.facts.scopes["企业"]
    assert firm["收入"] == 120_000_000 and firm["年限"] == 60 and firm["迁入日期"] is None and firm["合同"] == []
    assert firm["领域"] == frozenset({"红色", "甲级"}) and firm["标杆年度"] == frozenset({2023, 2024})
    assert firm["税费"] == [{"所属期": 2024 * 12 + 10, "税额": 5}]
    assert firm["经营"] == {2024: {"年度": 2024, "产值": 50_000_000}}
    assert plain.facts.scopes["全区"]["企业数"] == 12
    orders = firm["订单"]
    assert isinstance(orders, list) and orders[0]["数额"] == 30000 and isinstance(orders[0]["截止"], Unknown)
    assert [path[3] for path in orders[0]["截止"].missing] == ["订单[0].截止"]
    assert [(one.target, one.outcome, one.amount, one.because, one.lacks) for one in plain.expected] == [
        ("乙奖", "gets", 100000, "", ()),
        ("乙奖", "pays", 90000, "", ()),
        (1, "unknown", None, "", ("订单[0].截止", "企业数")),
    ]
    assert [(one.outcome, one.because) for one in chosen.expected] == [("denied", "大单")]


def test_a_table_gives_a_case_for_each_row() -> None:
    example = """示例 表
    评估日 2025年6月30日
    设 收入 子
    设 领域 丑
    则
        子 丑 R1 乙奖 丙奖
        5元 红色、绿色 a 1元 不予
        6元 无 b 不适用 2元
"""
    found, problems = cases(example, "奖励 乙奖\n    金额 1元\n奖励 丙奖\n    金额 1元")
    assert problems == []
    assert [(one.facts.scopes["企业"]["收入"], one.readings) for one in found] == [(5, {"R1": "a"}), (6, {"R1": "b"})]
    assert [one.facts.scopes["企业"]["领域"] for one in found] == [frozenset({"红色", "绿色"}), frozenset()]
    assert found[1].line == found[0].line + 1
    assert found[1].expected == (
        Expected(target="乙奖", outcome="not_applicable", line=found[1].line),
        Expected(target="丙奖", outcome="gets", amount=2, line=found[1].line),
    )


# ---------------------------------------------------------------- rules, more closely
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
    from fayan_compiler.scope import inside

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
    more = "事实 园区\n    投标 清单\n        项目 文本\n        报价 金额"
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


def test_the_reference_policy_compiles() -> None:
    """No problem, every rule of the contract, every computed reading used, each quotation verbatim."""
    from pathlib import Path

    from fayan_compiler.examples import compile_examples
    from fayan_compiler.pipeline import compile_policy
    from fayan_dsl.parse import parse
    from fayan_dsl.source import Source

    path = Path(__file__).parents[2] / "policies" / "yubei_2024.pol"
    parsed, problems = parse(Source(path.name, path.read_text("utf-8")))
    assert parsed is not None and problems == []
    program, problems = compile_policy(parsed)
    assert program is not None and problems == []
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
