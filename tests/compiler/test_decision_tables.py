"""判定表: what it means, and that rows that meet or leave something out are told."""

from __future__ import annotations

import random
from itertools import product

import pytest

from fayan_runtime import ir
from tests.compiler.samples import compiled, fault, faults, policy

HEAD = "定义 结果 判定表{order}\n    {columns} 得出\n"


def table(columns: str, *rows: str, order: str = "") -> str:
    return HEAD.format(columns=columns, order=order) + "".join(f"    {row}\n" for row in rows)


def whens(text: str) -> tuple[tuple[tuple[ir.Expr, ir.Expr], ...], ir.Expr]:
    made = compiled(more=text).functions[0].body
    assert isinstance(made, ir.Cases)
    return made.whens, made.otherwise


def test_a_row_is_a_case_and_a_cell_a_condition() -> None:
    cases, rest = whens(table("等级 员工", "甲级 300人 以上 1元", "乙级、丙级 任意 2元", "其余 3元"))
    (first, one), (second, two) = cases
    assert isinstance(first, ir.And)
    grade, staff = first.args
    assert isinstance(grade, ir.Compare) and grade.op == "==" and isinstance(grade.right, ir.Const)
    assert grade.right.value == "甲级"
    assert isinstance(staff, ir.Compare) and (staff.op, staff.word) == (">=", "以上")
    assert isinstance(second, ir.OneOf) and second.members == ("乙级", "丙级")
    assert [each.value for each in (one, two, rest) if isinstance(each, ir.Const)] == [1, 2, 3]


def test_without_a_row_for_the_rest_the_last_row_of_a_full_table_is_what_remains() -> None:
    cases, rest = whens(table("员工", "不满 20人 1元", "20人 以上 2元"))
    assert len(cases) == 1
    assert isinstance(rest, ir.Const) and rest.value == 2


def test_truths_dates_years_and_two_bounds_in_one_cell() -> None:
    text = table(
        "规上 成立日期 年度（成立日期）",
        "是 早于 2020年1月1日 任意 1元",
        "是 2020年1月1日 任意 2元",
        "否 任意 达到 2020年 且 不超过 2022年 3元",
        "其余 4元",
    ).replace("达到 2020年 且 不超过 2022年", "不早于 2020年 且 不晚于 2022年")
    cases, _ = whens(text)
    assert isinstance(cases[2][0], ir.And) and len(cases[2][0].args) == 3
    assert isinstance(cases[2][0].args[0], ir.Not)


#: Columns and rows → code, underlined, sentence.
WRONG = [
    ("员工", ["不超过 20人 1元", "20人 以上 2元"], "FY4102", "20人 以上", "判定表里有两行同时管到：员工 20人。"),
    ("员工", ["不满 20人 1元", "超过 20人 2元"], "FY4103", "判定表", "判定表没有一行管到：员工 20人。"),
    ("员工", ["不满 20人 1元", "不低于 22人 2元"], "FY4103", "判定表", "判定表没有一行管到：员工 20人。"),
    ("收入", ["不满 20元 1元", "不低于 21元 2元"], "FY4103", "判定表", "判定表没有一行管到：收入 20元。"),
    ("收入", ["不超过 20元 1元", "不低于 21元 2元"], "FY4103", "判定表", "判定表没有一行管到：收入 超过 20元、不满 21元。"),
    (
        "等级 员工",
        ["甲级 任意 1元", "乙级、丙级 不满 20人 2元", "乙级 20人 以上 2元"],
        "FY4103",
        "判定表",
        "判定表没有一行管到：等级 丙级，员工 20人。",
    ),
    ("等级", ["甲级 1元", "甲级、乙级 2元", "其余 3元"], "FY4102", "甲级、乙级", "判定表里有两行同时管到：等级 甲级。"),
    ("规上", ["是 1元"], "FY4103", "判定表", "判定表没有一行管到：规上 否。"),
    (
        "员工",
        ["超过 5人 且 不满 3人 1元", "其余 2元"],
        "FY4104",
        "超过 5人 且 不满 3人",
        "判定表的这一行永远用不上：没有什么能同时满足这一格。",
    ),
    (
        "成立日期",
        ["不晚于 2020年1月1日 1元", "不早于 2020年1月3日 2元"],
        "FY4103",
        "判定表",
        "判定表没有一行管到：成立日期 晚于 2020年1月1日、早于 2020年1月3日。",
    ),
    ("等级 员工", ["甲级 1元", "其余 2元"], "FY4101", "甲级 1元", "判定表写得不完整：表头有 2 列条件，这一行有 1 格。"),
    ("等级", ["甲级 1元", "其余 2元", "乙级 3元"], "FY4101", "其余", "判定表写得不完整：“其余”后面还有别的行。"),
    ("等级", ["其余 2元"], "FY4101", "其余 2元", "判定表写得不完整：只有“其余”一行。"),
    ("员工", ["不满 20元 1元", "其余 2元"], "FY3101", "不满 20元", "数量（人）和金额（元）不能比较。"),
    ("领域", ["红色 1元", "其余 2元"], "FY3001", "领域", "这里要的是一个值，写的却是若干“颜色”。"),
    ("等级", ["丁级 1元", "其余 2元"], "FY2008", "丁级", "“丁级”不是“级别”里的一种。"),
    ("收入", ["不满 上年收入 1元", "其余 2元"], "FY3009", "不满 上年收入", "判定表的格要写定数。"),
    ("迁入日期", ["早于 2020年1月1日 1元", "其余 2元"], "FY3004", "迁入日期", "“迁入日期”可能没有，不能直接使用。"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "rows", "code", "place", "title"), WRONG)
def test_what_is_wrong_with_a_table(columns: str, rows: list[str], code: str, place: str, title: str) -> None:
    assert fault(more=table(columns, *rows)) == (code, place, title)


def test_in_order_rows_may_meet_but_each_must_be_reached() -> None:
    good = table("员工", "20人 以上 1元", "10人 以上 2元", "其余 3元", order=" 依次")
    assert len(whens(good)[0]) == 2
    bad = table("员工", "10人 以上 1元", "20人 以上 2元", "其余 3元", order=" 依次")
    assert fault(more=bad) == (
        "FY4104",
        "20人 以上",
        "判定表的这一行永远用不上：前面的行已经全管到了。",
    )


def test_a_table_of_too_many_combinations_says_so() -> None:
    """Twelve columns of twelve bounds each, every row narrow: no proof within the limit."""
    names = [f"数{index}" for index in range(12)]
    facts = "事实 企业\n" + "".join(f"    {name} 金额\n" for name in names)
    generator = random.Random(1)
    rows = [
        " ".join(generator.choice([f"不满 {n}元", f"不低于 {n}元"]) for n in generator.sample(range(90), 12))
        for _ in range(60)
    ]
    rows.append(" ".join(["任意"] * 12))
    text = table(" ".join(names), *[f"{row} {index}元" for index, row in enumerate(rows)], order=" 依次")
    assert [problem.code for problem in faults(more=f"{facts}{text}")] == ["FY4105"]


def _random_row(generator: random.Random) -> tuple[str, set[tuple[bool, int]]]:
    """A row over 规上 and 员工, and the points of the grid it covers."""
    truth = generator.choice(["是", "否", "任意"])
    bound, other = sorted(generator.sample(range(1, 6), 2))
    words = {
        f"不满 {bound}人": lambda n: n < bound,
        f"{bound}人 以上": lambda n: n >= bound,
        f"超过 {bound}人": lambda n: n > bound,
        f"{bound}人": lambda n: n == bound,
        f"{bound}人、{other}人": lambda n: n in (bound, other),
        f"不为 {bound}人": lambda n: n != bound,
        f"{bound}人 以上 且 不满 {other}人": lambda n: bound <= n < other,
        "任意": lambda n: True,
    }
    cell = generator.choice(list(words))
    grid = product([True, False], range(8))
    covered = {(t, n) for t, n in grid if truth in ("任意", "是" if t else "否") and words[cell](n)}
    return f"{truth} {cell}", covered


@pytest.mark.parametrize("seed", range(60))
def test_gaps_and_overlaps_agree_with_trying_every_value(seed: int) -> None:
    generator = random.Random(seed)
    made = [_random_row(generator) for _ in range(generator.randint(2, 5))]
    rows = [f"{row} {index}元" for index, (row, _) in enumerate(made)]
    boxes = [covered for _, covered in made]
    everything = set(product([True, False], range(8)))
    meets = [later for later, box in enumerate(boxes) if any(box & other for other in boxes[:later])]
    expected = ["FY4102"] * len(meets) or ["FY4103"] * (set().union(*boxes) != everything)
    assert [problem.code for problem in faults(more=table("规上 员工", *rows))] == expected
    unreached = [later for later, box in enumerate(boxes) if box <= set().union(*boxes[:later])]
    text = table("规上 员工", *rows, "其余 9元", order=" 依次")
    assert [problem.code for problem in faults(more=text)] == ["FY4104"] * len(unreached)


def test_a_table_is_laid_out_in_columns_and_a_bound_is_one_cell() -> None:
    from fayan_dsl.format import format_source

    text = table("等级 员工", "甲级、乙级 20人 以上 且 不满 30人 1元 + 2元", "丙级 任意 3元", "其余 4元", order=" 依次")
    laid, problems = format_source(policy(more=text))
    assert not problems and laid is not None
    rows = [
        "    等级        员工" + " " * 20 + "得出",  # the widest cell takes 22 columns, two part it from the next
        "    甲级、乙级  20人 以上 且 不满 30人  1元 + 2元",
        "    丙级        任意" + " " * 20 + "3元",
        "    其余 4元",
    ]
    assert "\n".join(rows) in laid
