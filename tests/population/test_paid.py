"""What was paid, over a population: in parts of a 分, beyond what is due, and where it is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.reference_policy import reference_policy

POLICY = reference_policy()
#: Codes with right check characters.
A, B, C, D = "91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146", "91500112MA0000000R"
DAY = date(2025, 6, 30)
KEY = "统一社会信用代码"


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_what_was_paid_in_parts_of_a_fen_is_rounded_as_the_reference_has_it(engine: str, tmp_path: Path) -> None:
    """50万元 less 0.005元 is 499,999.995元: a half goes up, so 500,000.00元, of which 0.01元 is paid. Less 16,666.6667元: 483,333.33元.
    Less 0.004元: 499,999.996元, so 500,000.00元, nothing paid. Less 499,999.995元: 0.01元 is left.
    """
    paid = {A: "0.005", B: "16666.6667", C: "0.004", D: "499999.995"}
    tables = {
        "企业": f"{KEY},企业名称,区内企业,迁入日期,迁出日期\n" + "".join(f"{each},某,是,无,无\n" for each in paid),
        "认定记录": f"{KEY},级别,日期,有效期至\n" + "".join(f"{each},国家小巨人,2025-01-10,无\n" for each in paid),
        "复核记录": f"{KEY},级别,日期,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n" + "".join(f"{k},5,首次认定,2025-01-10,{v}\n" for k, v in paid.items()),
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5, engine=engine) as run:
        found = {row[KEY]: (str(row["已付"]), str(row["应付"])) for row in run.rows() if row["事项"] == "首次认定"}
        assert found == {
            A: ("0.01", "500000.00"), B: ("16666.67", "483333.33"), C: ("0.00", "500000.00"), D: ("500000.00", "0.01"),
        }  # fmt: skip
        explained = run.explain(A)
    assert explained is not None and explained.totals["cash"].payable == 500_000


def test_what_is_payable_is_not_told_where_what_was_paid_is_not_known(tmp_path: Path) -> None:
    """10万元 each: 甲 was paid 12万元, of 乙 it is not known, to 丙 nothing was paid. So 0 + ? + 10万元 are payable."""
    inside = "".join(f"{key},是,无,无,{known}\n" for key, known in ((A, "是"), (B, "否"), (C, "是")))
    titles = "".join(f"{key},市级专精特新,2023-06-01,无\n" for key in (A, B, C))
    for name, text in {
        "企业": f"{KEY},区内企业,迁入日期,迁出日期,已兑付·知\n{inside}",
        "认定记录": f"{KEY},级别,日期,有效期至\n{titles}",
        "复核记录": f"{KEY},级别,日期,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n{A},5,首次认定,2023-06-01,12万元\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5) as run:
        cash, told = run.totals["cash"], run.to_text().replace("\n  ", "")
        assert (cash.amount, cash.paid, cash.payable) == (300_000, 120_000, 100_000)
        assert (run.population.unsettled, run.population.overpaid) == (1, 1)
        assert "1 家不知道已经付过多少，应付没有计入" in told.splitlines()[0]
        assert "确实没有付过的，给一张没有行的“已兑付”" in told
        assert "应付合计多于应得减已付" in told
    (tmp_path / "已兑付.csv").write_text(f"{KEY},措施,事项,日期,金额\n{A},5,首次认定,2023-06-01,2万元\n", "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5) as run:
        assert (run.population.unsettled, run.population.overpaid) == (1, 0)
        assert "多于" not in run.to_text()
