"""What rules amount to: totals of stages, periods about to end, caps that never bind."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import HEAD, award, found, lints

# ---------------------------------------------------------------- stages
STAGED = ("分阶段共 300万元", "阶段 备案 100万元 于 备案日期", "阶段 挂牌 {}万元 于 挂牌日期")


def staged(second: int, *more: str) -> str:
    text = f"分阶段给予300万元奖励，备案给予100万元，挂牌给予{second}万元。"
    return award(text, *(clause.format(second) for clause in STAGED), *more)


def test_stages_that_do_not_add_up() -> None:
    (problem,) = lints(staged(300))
    assert problem.code == "FY6401"
    assert problem.title() == "各阶段相加是400万元，不是所写的300万元"


def test_stages_that_add_up() -> None:
    assert found(staged(200)) == []


def test_stages_that_do_not_add_up_and_say_so() -> None:
    assert found(staged(300, "容许 阶段合计 因 原文如此")) == []
    assert found(staged(300, "容许 FY6401 因 原文如此")) == []


def test_a_waiver_that_is_not_needed() -> None:
    (problem,) = lints(staged(200, "容许 阶段合计 因 原文如此"))
    assert (problem.code, problem.severity.value) == ("FY6403", "warning")


@pytest.mark.parametrize(("second", "told"), [("50万元", []), ("60万元", [("FY6104", "60万元")])])
def test_a_stage_whose_figure_differs_is_told_at_the_stage(second: str, told: list[tuple[str, str]]) -> None:
    text = "分阶段给予300万元奖励，备案给予100万元；\n｜申报给予50万元；\n｜挂牌给予150万元。"
    stages = [("备案", "100万元"), ("申报", second), ("挂牌", "150万元")]
    clauses = ["分阶段共 300万元", *(f"阶段 {name} {amount} 于 {name}日期" for name, amount in stages)]
    assert found(award(text, *clauses)) == told


# ---------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024年1月31日", "离成文日期2024年1月1日只有 30 天"),
        ("2023年12月30日", "比成文日期2024年1月1日早 2 天"),
        ("2024年2月1日", ""),
    ],
)
def test_a_period_that_ends_about_the_documents_date(day: str, said: str) -> None:
    text = f"至{day}，给予5万元奖励。"
    once = award(text, "逐次 认定", f"有效期 自 2023年1月1日 至 {day}", "金额 5万元")
    value = f"    参数 标准\n        自 2023年1月1日 至 {day} 5万元"
    problems = [
        [each for each in lints(body, head) if each.code == "FY6405"]
        for body, head in (
            (once, HEAD),
            (award(text, "金额 标准", before=value), HEAD),
            (award("给予5万元奖励。", "金额 5万元"), f"{HEAD}    有效期至 {day}\n"),
        )
    ]
    titles = [f"有效期到{day}为止，{said}"] if said else []
    assert [[each.title() for each in some] for some in problems] == [titles] * 3


# ---------------------------------------------------------------- caps
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("市级给予5万元、国家级给予10万元", ("金额 按 等级", "    市级 5万元", "    国家级 10万元")),
        (
            "收入超过80万元的给予10万元，其余5万元",
            ("金额 分情形", "    当 收入 超过 80万元 得出 10万元", "    否则 5万元"),
        ),
        ("按收入的20%给予，不超过10万元", ("金额 较小（收入 × 20%，10万元）",)),
    ],
)
def test_a_cap_above_the_most_that_one_amount_can_be(text: str, amount: tuple[str, ...]) -> None:
    cap = "    限额 甲限额 每户\n        不超过 {0}\n        及于 甲奖励"
    text = f"{text}，每家企业合计不超过{{0}}。"
    assert found(award(text.format("20万元"), *amount, after=cap.format("20万元"))) == [("FY6406", "20万元")]
    assert found(award(text.format("8万元"), *amount, after=cap.format("8万元"))) == []
    # 逐次：说不准能得几次
    each = award(text.format("20万元"), "逐次 认定", *amount, after=cap.format("20万元"))
    assert found(each) == []
