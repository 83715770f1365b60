"""就高, 扣减, 限额 between measures, and what was already received under other documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fayan_compiler.pipeline import compile_policy
from fayan_compiler.targets.python.closure import compile_closure
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source
from fayan_runtime.reference import decide
from fayan_runtime.values import Facts, Unknown

POLICY = """政策 测试
    文号 测〔2024〕1号
    发文机关 某局
    成文日期 2020年1月1日

措施 1 认定
｜认定奖励。
    奖励 认定奖
        逐次 认定
        金额 数额

措施 2 落户
｜落户奖励。
    奖励 落户奖
        阶段 迁入 30万元 于 迁入日期
    {between}

附 事实

事实 企业
    认定 清单
        日期 日期
        数额 金额
    迁入日期 日期 可无
    别处已得 金额
"""
EARLY, LATE = date(2024, 3, 1), date(2024, 9, 1)


def compiled(between: str) -> tuple[Any, list[Problem]]:
    policy, problems = parse(Source("测.pol", POLICY.format(between=between)))
    assert policy is not None and not problems, [problem.title() for problem in problems]
    return compile_policy(policy)


def amounts(between: str, measures: set[int] | None = None, **known: object) -> list[tuple[str, object]]:
    """Status and amount of the awards that were asked for; both executions agree."""
    program, problems = compiled(between)
    assert program is not None, [problem.title() for problem in problems]
    recognised = [{"日期": EARLY, "数额": 100_000}]
    facts = Facts({"企业": {"认定": recognised, "迁入日期": LATE, "别处已得": 0} | known}, "甲")
    found = []
    for outcome in (
        decide(program, facts, date(2025, 6, 30), {}, measures),
        compile_closure(program).decide(facts, date(2025, 6, 30), {}, measures),
    ):
        found.append([(each.status, each.exact_amount) for each in outcome.provisions()])
    assert found[0] == found[1]
    return found[0]


def test_the_highest_of_two_measures() -> None:
    both = "就高 落户奖、措施 1 认定奖 累计"
    assert amounts(both) == [("granted", 100_000), ("granted", 200_000)]
    assert amounts(both, 迁入日期=date(2024, 1, 1)) == [("granted", 0), ("granted", 300_000)]
    assert amounts("就高 落户奖、措施 1 认定奖 每年") == [("granted", 0), ("granted", 300_000)]


def test_one_measure_alone_is_decided_with_those_it_stands_together_with() -> None:
    assert amounts("就高 落户奖、措施 1 认定奖 累计", {2}) == [("granted", 200_000)]
    assert amounts("就高 落户奖、措施 1 认定奖 每年", {1}) == [("granted", 0)]


def test_a_ceiling_and_a_deduction_over_measures() -> None:
    ceiling = "限额 合计 每户\n        不超过 35万元\n        及于 措施 1 认定奖、落户奖"
    assert amounts(ceiling) == [("granted", 100_000), ("granted", 250_000)]
    assert amounts("扣减 落户奖 减去 措施 1 认定奖") == [("granted", 100_000), ("granted", 200_000)]
    assert amounts("扣减 措施 1 认定奖 减去 落户奖") == [("granted", 0), ("granted", 300_000)]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (0, [100_000, 200_000]),
        (80_000, [20_000, 200_000]),
        (120_000, [0, 180_000]),
        (300_000, [0, 0]),
        (999_999, [0, 0]),
    ],
)
def test_what_was_received_counts_from_the_start(received: int, expected: list[int]) -> None:
    found = amounts("就高 落户奖、措施 1 认定奖 累计 已享受 别处已得", 别处已得=received)
    assert found == [("granted", amount) for amount in expected]


def test_less_than_nothing_was_received() -> None:
    assert amounts("就高 落户奖 累计 已享受 别处已得 - 5元")[1] == ("granted", 300_000)


def test_what_was_received_is_not_known() -> None:
    unknown = Unknown(frozenset({(2, 0, 0, "别处已得")}))
    assert amounts("就高 落户奖 累计 已享受 别处已得", 别处已得=unknown)[1][0] == "unknown"


@pytest.mark.parametrize(
    ("between", "code", "place"),
    [
        ("就高 落户奖、认定奖 累计", "FY4024", "认定奖"),
        ("就高 落户奖、措施 7 认定奖 累计", "FY4024", "认定奖"),
        ("就高 措施 1 落户奖 累计", "FY4024", "落户奖"),
        ("就高 落户奖、措施 1 认定将 累计", "FY2005", "认定将"),
        ("就高 落户奖 每年 已享受 别处已得", "FY4013", "别处已得"),
        ("就高 落户奖 累计 已享受 迁入日期", "FY3004", "迁入日期"),
        ("就高 落户奖 累计 已享受 3%", "FY3006", "3%"),
        ("就高 落户奖、落户奖 累计", "FY4025", "落户奖"),
        ("限额 合计 每户\n        不超过 35万元\n        及于 落户奖\n        及于 落户奖", "FY4025", "落户奖"),
        ("扣减 落户奖 减去 落户奖", "FY4025", "落户奖"),
    ],
)
def test_what_can_be_wrong(between: str, code: str, place: str) -> None:
    program, problems = compiled(between)
    assert program is None
    assert [(one.code, one.source.text[one.span.start : one.span.end]) for one in problems] == [(code, place)]


def test_the_way_out_is_offered() -> None:
    _, problems = compiled("就高 落户奖、认定奖 累计")
    assert problems[0].title() == "“认定奖”是措施 1 的规则。"
    assert [edit.text for fix in problems[0].fixes for edit in fix.edits] == ["措施 1 "]
