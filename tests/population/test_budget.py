"""What readings are worth over a population: who comes to more, who to less, and what of that a sum does not show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import fayan.policy
from tests.reference_policy import reference_policy

POLICY = reference_policy()
#: Codes with right check characters.
A, B, C = "91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146"
DAY = date(2025, 6, 30)
KEY = "统一社会信用代码"


def test_what_changes_nothing_is_worth_nothing(tmp_path: Path) -> None:
    """G4 b: what was paid under the old document is not set off; all of it was paid under this one, so nothing changes. R5.1 changes nothing."""
    for name, text in {
        "企业": f"{KEY},区内企业,迁入日期,迁出日期\n{A},是,无,无\n{B},是,无,无\n",
        "认定记录": f"{KEY},级别,日期,有效期至\n{A},市级专精特新,2023-06-01,无\n{B},国家小巨人,2024-03-01,无\n",
        "复核记录": f"{KEY},级别,日期,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n{B},5,首次认定,2024-03-01,20万元\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5, readings={"G6": "b"}, budget=True) as run:
        costs = {(each.reading.id, each.option): each for each in run.population.costs}
    assert ("G6", "a") in costs and ("G6", "c") in costs and ("G6", "b") not in costs
    assert all(each.base["cash"] == 400_000 for each in costs.values())
    assert all(each.sums["cash"] == 400_000 for each in costs.values())


COUNTED = """\
政策 某区连片奖励办法
    文号 某府发〔2024〕2号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜全区达标企业达到2家的，每家企业给予5万元奖励。
    奖励 连片奖励
        须 够数：达标企业数 达到 2家
        金额 5万元
责任单位 区财政局

附 名词

口径 R1 怎样算达标
    a 收入过百万
    b 收入过五十万

定义 达标 依 R1
    a 收入 超过 100万元
    b 收入 超过 50万元

附 事实

事实 企业
    收入 金额

事实 全区
    达标企业数 家 逐户计 达标
"""


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_what_is_counted_is_counted_again_under_another_reading(engine: str, tmp_path: Path) -> None:
    """One above a million, another above half a million: under b there are two, and all three get 5万元. The figure given stays."""
    rows = f"{KEY},收入\n{A},200万元\n{B},80万元\n{C},10万元\n"
    (tmp_path / "企业.csv").write_text(rows, "utf-8")
    with fayan.policy.loads(COUNTED).run(tmp_path, on=DAY, engine=engine, budget=True) as run:
        (cost,) = run.population.costs
        assert (cost.base["cash"], cost.sums["cash"], cost.gaining["cash"], cost.changed) == (0, 150_000, 3, 3)
        assert run.staged.connection.execute("SELECT 达标企业数 FROM 全区").fetchall() == [(1,)]


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_a_target_that_comes_out_otherwise_under_another_reading_is_told(engine: str, tmp_path: Path) -> None:
    """Two enterprises are wanted: one is above a million, one more above half a million. Of the last nothing is known."""
    text = COUNTED.replace(
        "责任单位", "｜2025年全区达标企业达到2家。\n    目标 连片 达标企业数 达到 2家 截至 2025年\n责任单位"
    )
    (tmp_path / "企业.csv").write_text(f"{KEY},收入\n{A},200万元\n{B},80万元\n{C},\n", "utf-8")
    with fayan.policy.loads(text).run(tmp_path, on=DAY, engine=engine, budget=True) as run:
        (cost,) = run.population.costs
        ((used, instead),) = cost.targets
        assert (used.status, used.least, used.most, used.goal) == ("target", 1, 2, 2)
        assert (instead.status, instead.least, instead.most, instead.goal) == ("target_met", 2, 3, 2)
        assert "连片  1家到2家（还不能断定）  2家到3家（已达成）" in run.to_text()
        assert list(run.population.targets) == [used]


EITHER = """\
政策 某区奖励办法
    文号 某府发〔2024〕3号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜规模合适的企业给予5万元奖励。
    奖励 规模奖励
        须 规模合适
        金额 5万元
责任单位 区财政局

附 名词

口径 R1 怎样算规模合适
    a 过百万
    b 不过百万
    c 过百万，还要在区内

定义 规模合适 依 R1
    a 收入 超过 100万元
    b 收入 不超过 100万元
    c 收入 超过 100万元 且 区内企业

附 事实

事实 企业
    收入 金额
    区内企业 是否
"""


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_who_wins_and_who_loses_is_told_where_the_sum_stays(engine: str, tmp_path: Path) -> None:
    """200万元 gets 5万元 under a alone, 80万元 under b alone; the third, of which no income is known, is outside the district:
    it is undecided under a and b and denied under c, which changes no sum."""
    (tmp_path / "企业.csv").write_text(f"{KEY},收入,区内企业\n{A},200万元,是\n{B},80万元,是\n{C},,否\n", "utf-8")
    with fayan.policy.loads(EITHER).run(tmp_path, on=DAY, engine=engine, budget=True) as run:
        b, c = run.population.costs
        told = [line.split() for line in run.to_text().splitlines()]
    assert (b.base["cash"], b.sums["cash"], b.gaining["cash"], b.losing["cash"]) == (50_000, 50_000, 1, 1)
    assert (b.gained["cash"], b.lost["cash"], b.changed) == (Decimal(50_000), Decimal(50_000), 2)
    assert (c.sums["cash"], c.moved, c.changed) == (50_000, [], 1)
    assert ["R1", "b", "不过百万", "奖励、补助", "50,000.00", "0.00", "1", "1", "2"] in told
    assert ["有增有减的：R1", "b", "奖励、补助共增", "50,000.00元，共减", "50,000.00元。"] in told
    assert ["R1", "c", "过百万，还要在区内", "金额都不变", "0", "0", "1"] in told
