"""What holds between rules: ceilings, the highest, deductions, set-off."""

from __future__ import annotations

from fayan_runtime import ir
from tests.compiler.samples import compiled

MONEY = (("元", 1),)


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
