"""What was paid, over a population: in parts of a 分, beyond what is due, and where it is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

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


def _paid(folder: Path, payments: str) -> None:
    """甲 and 乙 have a title of 2025-01-10 worth 50万元."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "企业": f"{KEY},区内企业,迁入日期,迁出日期\n{A},是,无,无\n{B},是,无,无\n",
        "认定记录": f"{KEY},级别,日期,有效期至\n{A},国家小巨人,2025-01-10,无\n{B},国家小巨人,2025-01-10,无\n",
        "复核记录": f"{KEY},级别,日期,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n{payments}",
    }.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")


#: On rows 2 and 4 the day is another, on row 5 the amount is not known; row 3 is met.
_STRAY = (
    f"{A},5,首次认定,2025-01-11,10万元\n{A},5,首次认定,2025-01-10,5万元\n"
    f"{B},5,首次认定,2025-02-10,30万元\n{B},5,首次复核,2021-02-10,\n"
)


@pytest.mark.parametrize("engine", ["closure", "duckdb", "parts"])
def test_payments_that_meet_no_item_are_in_the_answer_with_their_rows(engine: str, tmp_path: Path) -> None:
    """Three, 40万元 in all and one not known; payable are 45万元 and 50万元, as if they had not been made."""
    parted = engine == "parts"
    _paid(tmp_path / "区" / ("一" if parted else "."), _STRAY)
    with POLICY.run(tmp_path / "区", on=DAY, measures=5, engine="" if parted else engine) as run:
        of = run.population.unmatched
        assert (of.count, of.amount, of.unknown, run.totals["cash"].payable) == (3, 400_000, 1, 950_000)
        assert [(each.key, each.row, each.day, each.amount) for each in of.payments] == [
            (A, 2, date(2025, 1, 11), 100_000),
            (B, 4, date(2025, 2, 10), 300_000),
            (B, 5, date(2021, 2, 10), None),
        ]
        first, page = run.to_text().splitlines()[0], run.to_html()
        assert "已付的款项有 3 笔、400,000.00元没有对上任何一项" in first
        assert "没有对上的已付款项" in page and "2025-02-10" in page
        run.write(f"{tmp_path}/出.csv/")
        run.write(tmp_path / "出")
    table = (tmp_path / "出.csv" / "未对上.csv").read_text("utf-8-sig").splitlines()
    assert table[:2] == [f"{KEY},企业名称,措施,事项,日期,金额,行", f"{A},,5,首次认定,2025-01-11,100000.00,2"]
    written = parquet.read_table(tmp_path / "出" / "未对上.parquet").to_pylist()
    assert sorted((each["行"], each["金额"]) for each in written if each["金额"]) == [(2, 100_000), (4, 300_000)]


@pytest.mark.parametrize("parted", [False, True])
def test_a_row_that_repeats_another_counts_and_is_told(parted: bool, tmp_path: Path) -> None:
    """Two payments of 10万元 alike are 20万元: 30万元 are left of 50万元. Another amount, day or enterprise is no repeat."""
    paid = f"{A},5,首次认定,2025-01-10,10万元\n"
    more = f"{A},5,首次认定,2025-01-10,11万元\n{B},5,首次认定,2025-01-10,10万元\n"
    _paid(tmp_path / "区" / ("一" if parted else "."), paid + more + paid.replace("10万元", "100000"))
    with POLICY.run(tmp_path / "区", on=DAY, measures=5) as run:
        of = run.population
        assert (of.repeated, of.faults) == (1, 0)
        assert [(each.part, each.table, each.row, each.first, each.key) for each in of.repeats] == [
            ("一" if parted else "", "已兑付", 5, 2, A)
        ]
        assert run.totals["cash"].payable == 500_000 - 310_000 + 400_000
        assert "有 1 行与同一户前面的一行完全相同，都照算了" in run.to_text().splitlines()[0]


def test_what_lowers_a_tax_base_is_nothing_one_gets(tmp_path: Path) -> None:
    """甲 has the title since 2023 and may deduct 20万元 more (an extra 100% of 20万元); a bid scored at 90万元 is in no sum."""
    _paid(tmp_path, "")
    (tmp_path / "认定记录.csv").write_text(f"{KEY},级别,日期,有效期至\n{A},国家小巨人,2023-01-10,无\n", "utf-8")
    (tmp_path / "研发.csv").write_text(f"{KEY},年度,费用化支出\n{A},2024,20万元\n", "utf-8")
    (tmp_path / "采购投标.csv").write_text(f"{KEY},项目,预留份额,报价,价格扣除比例\n{A},甲,否,100万元,10%\n", "utf-8")
    firms = f"{KEY},区内企业,迁入日期,迁出日期,企业规模,科技型中小企业\n{A},是,无,无,小型,是\n{B},是,无,无,小型,是\n"
    (tmp_path / "企业.csv").write_text(firms, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=[8, 19]) as run:
        of = run.population
        assert (of.getting, of.besides, of.totals["deduction"].amount) == (0, 1, 200_000)
        assert run.to_text().startswith("〔共判定 2 家，1 家只有减征税费、加计扣除；")
        (scored,) = [each for each in of.provisions if each.provision.name == "评审价格扣除"]
        assert scored.statuses["granted"] == 1 and scored.sum is None
