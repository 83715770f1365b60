"""A population decided from its files: nothing lost, sums from the text of the policy, each output what its name says."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet as parquet
import pytest

import fayan
import fayan.policy
from fayan.cli import main
from fayan.errors import UsageError
from fayan.population.run import Run
from fayan_runtime.codes import paths
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.names import called
from fayan_runtime.explain.population.section import Column, Section
from fayan_runtime.results import wide_columns, wide_name
from tests.places import ROOT
from tests.reference_policy import reference_policy

POLICY = reference_policy()
#: Codes with right check characters.
A, B, C, D = "91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146", "91500112MA0000000R"
DAY = date(2025, 6, 30)
KEY = "统一社会信用代码"
TABLES = {
    "企业": f"""{KEY},企业名称,区内企业,迁入日期,迁出日期
{B},=乙公司,是,无,无
{A},甲公司,是,无,无
{C},丙公司,否,无,无
{D},丁公司,大概是,无,无
""",
    "认定记录": f"""{KEY},级别,日期,有效期至
{A},市级专精特新,2023-06-01,无
{B},国家小巨人,2024-03-01,无
{C},市级专精特新,2023-01-01,无
{D},市级专精特新,2023-01-01,无
""",
    "复核记录": f"{KEY},级别,日期,通过\n",
    "已兑付": f"{KEY},措施,事项,日期,金额\n{B},5,首次认定,2024-03-01,20万元\n{B},5,首次认定,2020-01-01,1万元\n",
}


SMALL = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元的企业给予5万元奖励；力争2025年奖励企业达到3家。
    奖励 增收奖励
        须 收入过线：收入 超过 100万元
        金额 5万元
    目标 奖励目标 过线企业数 达到 3家 截至 2025年
责任单位 区财政局

附 名词

定义 过线 指 收入 超过 100万元 且 未有 迁入日期

附 事实

事实 企业
    收入 金额
    迁入日期 日期 可无

事实 全区
    过线企业数 家 逐户计 过线
"""


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("区内企业")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def done(firms: Path) -> Iterator[Run]:
    with POLICY.run(firms, on=DAY, measures=5) as run:
        yield run


def test_what_is_given_is_decided_or_rejected(done: Run) -> None:
    """丁公司's 区内企业 is neither 是 nor 否: its row and its award are rejected, the other three are decided."""
    of = done.population
    assert (of.decided, of.refused, of.given, of.rejected) == (3, 1, 10, 2)
    assert {each.table: (each.given, each.kept, each.rejected) for each in of.rows}["认定记录"] == (4, 3, 1)
    assert [(each.table, each.row, each.column, each.given) for each in of.rejects] == [
        ("企业", 5, "区内企业", "大概是")
    ]


def test_what_it_comes_to(done: Run) -> None:
    """第5条: 市级 10万元 (甲), 小巨人 50万元 (乙) of which 20万元 was paid; 丙 is not in the district."""
    cash = done.totals["cash"]
    assert (cash.amount, cash.paid, cash.payable, cash.enterprises) == (600_000, 200_000, 400_000, 2)
    assert done.population.getting == 2
    first = done.population.provisions[0]
    assert (first.provision.name, dict(first.statuses), first.items) == ("首次认定", {"granted": 2, "denied": 1}, 2)
    levels = {each.value: each.sums["cash"].payable for each in done.population.groups if each.by == "级别"}
    assert levels == {"市级专精特新": 100_000, "国家小巨人": 300_000}
    assert [(each.name, each.sums["cash"].payable) for each in done.population.payers] == [("区财政局", 400_000)]
    unmatched = done.population.unmatched  # of 2020 there is no award
    assert (unmatched.count, unmatched.amount) == (1, 10_000)
    (payment,) = unmatched.payments
    assert (payment.key, payment.provision, payment.day, payment.row) == (B, "首次认定", date(2020, 1, 1), 3)


def test_rows_are_those_of_deciding_one_by_one(done: Run) -> None:
    rows = {(row[KEY], row["事项"]): row for row in done.rows()}
    for key in (A, B, C):
        one = done.explain(key)
        assert one is not None
        for each in one.outcome.provisions():
            row = rows[key, each.name]
            assert (row["状态"], row["金额"], row["已付"], row["应付"]) == (
                each.status, each.amount, each.paid, each.payable,
            )  # fmt: skip
    assert done.explain(D) is None


def test_engines_give_the_same(tmp_path: Path) -> None:
    """What is known of the district is counted on the way; which engine it was is all that differs."""
    rows = f"{A},101万元,无\n{B},,2024-03-01\n{C},100万元,\n"
    (tmp_path / "企业.csv").write_text(f"{KEY},收入,迁入日期\n{rows}", "utf-8")
    policy = fayan.policy.loads(SMALL)
    with (
        policy.run(tmp_path, on=DAY, engine="duckdb") as one,
        policy.run(tmp_path, on=DAY, engine="closure") as other,
    ):
        assert {row[KEY]: row["状态"] for row in one.rows() if row["事项"] == "增收奖励"} == {
            A: "granted", B: "unknown", C: "denied",
        }  # fmt: skip
        assert one.population.to_dict() | {"engine": ""} == other.population.to_dict() | {"engine": ""}

        def told(rows: Iterator[dict[str, object]]) -> list[tuple[str, ...]]:
            return sorted(tuple(map(str, row.values())) for row in rows)

        assert told(one.rows()) == told(other.rows())
        assert told(one.items()) == told(other.items())


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_the_plan_in_sql(dialect: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "小.pol").write_text(SMALL, "utf-8")
    assert main(["run", str(tmp_path / "小.pol"), "--sql", dialect, "--on", "2025-06-30"]) == 0
    printed = capsys.readouterr().out
    made = {"spark": "CREATE TABLE `fayan_decisions` AS"}.get(dialect, 'CREATE TABLE "判定" AS')
    assert made in printed
    assert ("CREATE OR REPLACE TEMPORARY VIEW `判定` AS" in printed) is (dialect == "spark")
    head = printed[: printed.index("CREATE", printed.index("\n\n"))]
    assert head.splitlines()[1] == f"-- {fayan.policy.loads(SMALL).program.digest}"
    assert "收入" in head and "迁入日期" not in head  # only facts that are looked at
    assert "第1条 增收奖励：收入过线" in printed  # where the condition is worked out
    assert ("SET disabled_optimizers" in printed) is (dialect == "duckdb")


def test_the_plan_in_sql_has_only_what_a_measure_needs() -> None:
    printed = POLICY.sql("duckdb", "2025-06-30", {}, (5,))
    facts = [line for line in printed.splitlines() if line.startswith("-- CREATE TABLE")]
    assert [line.split('"')[1] for line in facts] == ["企业", "认定记录", "复核记录", "年度经营", "已兑付"]
    assert "/* 第5条 首次认定：认定在2022年以后 */" in printed
    assert len(printed.splitlines()) < 2500


def test_without_input_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(ROOT / "policies/yubei_2024.pol")]) == 2
    assert "缺少 INPUT" in capsys.readouterr().err


def test_the_plan_in_sql_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["run", str(ROOT / "policies/yubei_2024.pol"), "--sql", "duckdb", "--on", "2025-06-30", "--measure", "5"]
    assert main([*given, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["dialect"], document["on"]) == ("duckdb", "2025-06-30")
    assert main(given) == 0
    assert capsys.readouterr().out.strip() == document["sql"].strip()


@pytest.mark.parametrize(
    ("more", "named"),
    [(["-o", "计划.sql"], "-o"), (["名册.xlsx"], "INPUT"), (["--budget", "--resume"], "--budget、--resume")],
)
def test_what_means_nothing_where_sql_is_printed_is_refused(
    more: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(ROOT / "policies/yubei_2024.pol"), *more, "--sql", "duckdb"]) == 2
    assert f"用不上 {named}" in capsys.readouterr().err


def test_an_explanation_is_printed_in_the_format_of_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["run", str(ROOT / "policies/yubei_2024.pol"), str(ROOT / "examples/区内企业"), "--on", "2025-06-30"]
    key = "91500112MA0FY10026"
    given += ["--measure", "5", "--explain", key]
    assert main([*given, "--format", "json"]) == 1  # some rows are rejected
    explained = json.loads(capsys.readouterr().out)["explanations"]
    assert list(explained) == [key]
    assert [each["id"] for each in explained[key]["measures"]] == [5]
    assert main([*given, "--format", "md"]) == 1
    assert "首次认定" in capsys.readouterr().out.split("\n# ")[-1]
    assert main([*given, "--format", "html"]) == 2
    assert "用 -o 写到文件里" in capsys.readouterr().err


def test_the_first_line_is_the_answer(done: Run) -> None:
    zh, en = (done.to_text(language).splitlines()[0] for language in ("zh", "en"))
    assert (
        zh
        == "〔共判定 3 家，2 家有所得，应付合计：奖励、补助 400,000.00元；已付的款项有 1 笔、10,000.00元没有对上任何一项，没有抵扣；退回 2 行（1 家）〕"
    )
    assert (
        en
        == "[3 enterprises decided, 2 get something, payable: grants RMB 400,000.00; 1 payment (RMB 10,000.00) met no item, so nothing was set off; 2 rows rejected (1 enterprise)]"
    )


def test_a_workbook(done: Run, tmp_path: Path) -> None:
    done.write(tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == ["汇总", "判定", "项", "未对上", "退回", "说明"]
    head, *rows = book["判定"].iter_rows(values_only=True)
    assert head[:5] == (KEY, "企业名称", "措施", "事项", "结果")
    assert [row[1] for row in rows[:4:3]] == ["=乙公司", "甲公司"]  # in the order of the input, three provisions each
    cell = book["判定"]["B2"]
    assert (cell.value, cell.data_type) == ("=乙公司", "s")  # a text, no formula
    found = {(row[0], row[3]): row for row in rows}
    assert found[B, "首次认定"][4:9] == ("给予", "奖励、补助", 500_000, 200_000, 300_000)
    assert found[C, "首次认定"][-2:] == ("认定记录第1项：不符合：属区内", "G2=a、G4=a、G6=a、R5.1=a")
    (rejected,) = book["退回"].iter_rows(min_row=2, max_row=2, values_only=True)
    assert rejected[0].endswith("企业.csv")
    assert rejected[1:5] == ("企业", 5, "区内企业", "大概是")
    reason = rejected[6]
    assert (
        len(reason) > 40 and book["退回"].row_dimensions[2].height > 30
    )  # the sentence takes several lines, all of them shown
    assert book["判定"].freeze_panes == "C2" and book.active.title == "汇总"
    assert book["判定"]["I1"].alignment.horizontal == "right"  # as the amounts below


def test_more_rows_than_a_sheet_takes(done: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fayan.population.workbook.ROWS", 9)
    with pytest.raises(UsageError, match="FY7343"):
        done.write(tmp_path / "结果.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_csv(done: Run, tmp_path: Path) -> None:
    """With the mark by which a spreadsheet program knows UTF-8, and no cell that it takes for a formula; rejects beside."""
    done.write(tmp_path / "结果.csv")
    data = (tmp_path / "结果.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert rows[0]["企业名称"] == "'=乙公司"
    assert len((tmp_path / "结果.退回.csv").read_text("utf-8-sig").splitlines()) == 3
    done.write(f"{tmp_path}/各表.csv/")
    assert {"判定.csv", "项.csv", "退回.csv", "汇总-合计.csv"} <= {
        path.name for path in (tmp_path / "各表.csv").iterdir()
    }


def test_nothing_is_written_where_one_to_be_explained_is_not_there(firms: Path, tmp_path: Path) -> None:
    """丁公司 was rejected."""
    with pytest.raises(UsageError, match="FY7345"):
        POLICY.run(firms, tmp_path / "结果.csv", on=DAY, measures=5, explain=iter([A, D]))
    assert list(tmp_path.iterdir()) == []


def test_no_kind_of_fault_hides_another(tmp_path: Path) -> None:
    """Thirty amounts that cannot be read, each another, and one title without a level: three of the thirty are told, and that one."""
    keys = [A, B, C, D]
    (tmp_path / "企业.csv").write_text("\n".join([f"{KEY},区内企业", *(f"{key},是" for key in keys)]), "utf-8")
    years = [f"{keys[at % 4]},{1990 + at},约{at + 1}万元" for at in range(30)]
    (tmp_path / "年度经营.csv").write_text("\n".join([f"{KEY},年度,产值", *years]), "utf-8")
    (tmp_path / "认定记录.csv").write_text(f"{KEY},级别,日期\n{A},专精,2024-01-01\n", "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5) as run:
        assert run.population.faults == 31
        told = [(each.table, each.row, each.column) for each in run.population.rejects]
        assert told == [("认定记录", 2, "级别"), *(("年度经营", row, "产值") for row in (2, 3, 4))]
        assert "还有 27 处，见退回清单" in run.to_text()
        assert "【有金额的事项】" not in run.to_text()  # none was decided


def test_targets_say_until_when_and_of_what_measure(tmp_path: Path) -> None:
    """第1条: three are wanted by 2025, one is above a million."""
    (tmp_path / "企业.csv").write_text(f"{KEY},收入,迁入日期\n{A},200万元,无\n", "utf-8")
    with fayan.policy.loads(SMALL).run(tmp_path, on=DAY) as run:
        assert ["1", "奖励目标", "1家", "3家", "33%", "2025年", "未达成"] in [
            line.split() for line in run.to_text().splitlines()
        ]
        assert run.population.to_dict()["targets"][0]["until"] == "2025年"


def test_a_number_that_is_a_name_is_shown_as_it_is(firms: Path) -> None:
    """Measure 0 is no count of nothing, and row 1024 no amount."""
    told = Section("a", "甲", (Column("措施", "label"), Column("行数", "count")), [[0, 0], [1024, 1024]])
    assert told.shown == [["0", "0"], ["1024", "1,024"]]
    with POLICY.run(firms, on=DAY, measures=0) as run:
        assert '<tr><td class="num">0</td><td class="words">市级专精特新企业培育目标' in run.to_html()


def test_headings_and_words_are_in_the_language_asked_for(done: Run, tmp_path: Path) -> None:
    """What the policy calls things is in its own words; files have the same names, and after English Chinese is Chinese again."""
    done.write(tmp_path / "a.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Summary", "Decisions", "Items", "Unmatched", "Rejected", "Notes"]
    head, *rows = book["Decisions"].iter_rows(values_only=True)
    assert head[:5] == ("Credit code", "Enterprise", "Measure", "Provision", "Result")
    found = {(row[0], row[3]): row for row in rows}
    assert found[B, "首次认定"][4:10] == ("granted", "grants", 500_000, 200_000, 300_000, "yes")
    assert found[C, "首次认定"][-2] == "认定记录 no. 1: not met: 属区内"
    names, payment = ([cell.value for cell in row] for row in book["Unmatched"].iter_rows())
    assert names[2:] == ["Measure", "Provision", "Date", "Amount", "Row"]
    assert payment[2:] == [5, "首次认定", datetime(2020, 1, 1), 10_000, 3]
    assert book["Rejected"]["G2"].value.startswith("“区内企业” must be 是 (yes) or 否 (no)")
    done.write(f"{tmp_path}/各表.csv/", "en")
    assert (tmp_path / "各表.csv" / "判定.csv").read_text("utf-8-sig").startswith("Credit code,Enterprise,")
    assert (tmp_path / "各表.csv" / "汇总-合计.csv").read_text("utf-8-sig").startswith("Nature,Enterprises,")
    done.write(tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text("utf-8-sig").startswith(f"{KEY},企业名称,措施,")
    assert ",给予,奖励、补助," in (tmp_path / "b.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_rows_are_in_the_order_of_the_input_and_of_the_policy(engine: str, tmp_path: Path) -> None:
    """乙 stands before 甲, though its code comes after; a row between them is rejected. The policy has 首次认定 before the reviews."""
    rows = [f"{B},是", f"{D},大概是", f"{A},是", f"{C},否"]
    (tmp_path / "企业.csv").write_text("\n".join([f"{KEY},区内企业", *rows]), "utf-8")
    titles = [f"{key},国家小巨人,{day},无" for key in (A, B, C) for day in ("2024-03-01", "2023-03-01")]
    (tmp_path / "认定记录.csv").write_text("\n".join([f"{KEY},级别,日期,有效期至", *titles]), "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=(5, 7), engine=engine) as run:
        names = [rule.name for rule in POLICY.program.provisions if rule.measure in (5, 7)]
        assert names[0] == "首次认定"
        assert [(row[KEY], row["事项"]) for row in run.rows()] == [(key, name) for key in (B, A, C) for name in names]
        items = [(row[KEY], row["序"]) for row in run.items() if row["事项"] == "首次认定"]
        assert items == [(key, 1) for key in (B, A, C)]  # the earlier is the recognition
        run.write(tmp_path / "果.jsonl")
        lines = (tmp_path / "果.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)[KEY] for line in lines[:: len(names)]] == [B, A, C]


def test_parquet(done: Run, tmp_path: Path) -> None:
    done.write(tmp_path / "结果")
    table = parquet.read_table(tmp_path / "结果" / "判定.parquet")
    rows = {(row[KEY], row["事项"]): row for row in table.to_pylist()}
    assert rows[B, "首次认定"]["应付"] == Decimal("300000.00")
    assert rows[C, "首次认定"]["状态"] == "denied"
    about = json.loads(table.schema.metadata[b"fayan.run"])
    assert (about["on"], about["policy"]) == ("2025-06-30", POLICY.program.digest)
    with pytest.raises(UsageError, match="FY7342"):
        done.write(tmp_path / "结果")


@pytest.mark.parametrize("engine", ["closure", "duckdb"])
def test_one_row_for_each_enterprise(engine: str, firms: Path, tmp_path: Path) -> None:
    """A name that ends in 宽; every cell is that of the long table, and the first of them are what the text says."""
    with POLICY.run(firms, on=DAY, engine=engine) as run:
        run.write(tmp_path / "宽.parquet")
        run.write(tmp_path / "结果宽")
        long = {(row[KEY], row["事项"]): row for row in run.rows()}
    table = parquet.read_table(tmp_path / "宽.parquet")
    rows = {row[KEY]: row for row in table.to_pylist()}
    assert {A, B, C} == rows.keys()
    assert rows[B]["首次认定·应付"] == Decimal("300000.00")
    assert rows[C]["首次认定·状态"] == "denied"
    assert {"判定宽.parquet", "项.parquet"} <= {path.name for path in (tmp_path / "结果宽").iterdir()}
    facts = json.loads(table.schema.metadata[b"fayan.run"])["facts"]
    assert ["认定记录", ["级别", "日期", "有效期至"]] in facts
    compared = 0
    for key, row in rows.items():
        for provision in POLICY.program.provisions:
            expected = long[key, provision.name]
            for column in wide_columns(provision):
                name = column.name.removeprefix(wide_name(provision, ""))
                match name:
                    case "缺":
                        found = [path[3] for path in paths(POLICY.program, row[column.name])]
                        assert found == expected["缺"]
                    case "理由":
                        assert [row[column.name]] == expected["理由"]
                    case _:
                        assert row[column.name] == expected[name], column.name
                compared += 1
    assert compared == len(rows) * (len(table.column_names) - 1)


def test_a_page(done: Run, tmp_path: Path) -> None:
    done.write(tmp_path / "结果.html")
    page = (tmp_path / "结果.html").read_text("utf-8")
    assert "共判定 3 家" in page and "<svg" in page and "<script" not in page and "http" not in page


def test_the_command(firms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 where rows were rejected; explanations beside the output."""
    output = tmp_path / "结果.html"
    command = ["run", str(ROOT / "policies/yubei_2024.pol"), str(firms), "-o", str(output), "--on", "2025-06-30"]
    assert main([*command, "--measure", "5", "--explain", A, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    counts = {"decided": 3, "rejected": 1, "getting": 2, "besides": 0, "undecided": 0, "unsettled": 0, "overpaid": 0}
    assert told["enterprises"] == counts
    assert "甲公司" in (tmp_path / "结果.说明" / f"{A}.html").read_text("utf-8")


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    """Not by its own name, not by another way to it, and no table of a folder that is read."""
    table = tmp_path / "企业.csv"
    table.write_text("统一社会信用代码\n", "utf-8")
    for given, output in ((table, table), (table, tmp_path / "." / "企业.csv"), (tmp_path, table)):
        with pytest.raises(UsageError, match="FY7349"):
            POLICY.run(given, output, on="2025-06-30")
    assert table.read_text("utf-8") == "统一社会信用代码\n"


def test_the_answer_counts_what_can_be_had(tmp_path: Path) -> None:
    """甲 only has its bid scored at 90万元, which is no money. 乙 was paid 40万元 for an award of 10万元:
    nothing is payable, which is not 10万元 less 40万元. Of 丙 the level of two awards is not known: one enterprise, not two."""
    tables = {
        "企业": f"{KEY},企业名称,区内企业,迁入日期,迁出日期,企业规模\n{A},甲,是,无,无,小型\n{B},乙,是,无,无,中型\n{C},丙,是,无,无,中型\n",
        "采购投标": f"{KEY},项目,预留份额,报价,价格扣除比例\n{A},食堂设备,否,100万元,10%\n",
        "认定记录": f"{KEY},级别,日期,有效期至\n{B},市级专精特新,2025-01-10,无\n{C},,2025-01-10,无\n{C},,2025-02-10,无\n",
        "复核记录": f"{KEY},级别,日期,有效期至,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n{B},5,首次认定,2025-01-10,40万元\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=[5, 19]) as run:
        of = run.population
        cash = of.totals["cash"]
        assert (cash.amount, cash.paid, cash.payable) == (100_000, 400_000, 0)
        assert (of.getting, of.undecided, cash.open) == (1, 1, 1)
        assert "1 家有所得" in run.to_text() and "1 家的金额还不能全部确定" in run.to_text()
        assert "已付多于应得的" in run.to_text()


@pytest.mark.parametrize(("form", "said"), [("csv", "复核记录、已兑付的表里没有一行"), ("jsonl", "")])
def test_a_list_without_a_row_is_taken_for_none_and_told(form: str, said: str, tmp_path: Path) -> None:
    """A sheet left as it was in the form. OTC挂牌 is nothing that measure 5 looks at; lines that do not tell a list leave it unknown."""
    awards = "级别,日期,有效期至\n"
    tables = {
        "企业": f"{KEY},企业名称,区内企业\n{A},甲,是\n",
        "认定记录": f"{KEY},{awards}{A},市级专精特新,2025-01-10,无\n",
        "复核记录": f"{KEY},通过,{awards}",
        "已兑付": f"{KEY},措施,事项,日期,金额\n",
        "OTC挂牌": f"{KEY},板块,日期\n",
    }
    for name, text in tables.items() if form == "csv" else ():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    if form == "jsonl":
        (tmp_path / "表.jsonl").write_text(json.dumps({"企业": {KEY: A, "企业名称": "甲"}}), "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5) as run:
        text = "".join(run.to_text().split())
    assert said in text if said else "没有一行" not in text


def test_rows_of_no_known_enterprise_are_in_the_answer(tmp_path: Path) -> None:
    """The code of 甲's award in small letters is 甲's all the same: 10万元. Of one row nobody can tell whose it is; a right code that no
    row of 企业 has is of no enterprise that was decided; one with a character too few is like that of 乙, who is not decided without it.
    """
    tables = {
        "企业": f"{KEY},企业名称,区内企业,迁入日期,迁出日期\n{A},甲,是,无,无\n{B},乙,是,无,无\n",
        "认定记录": f"{KEY},级别,日期,有效期至\n{A.lower()},市级专精特新,2025-01-10,无\n{B[:-1]},市级专精特新,2025-01-10,无\n{C},市级专精特新,2025-01-10,无\n无,市级专精特新,2025-01-10,无\n",
        "复核记录": f"{KEY},级别,日期,有效期至,通过\n",
        "已兑付": f"{KEY},措施,事项,日期,金额\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    with POLICY.run(tmp_path, on=DAY, measures=5) as run:
        assert run.totals["cash"].payable == 100_000
        assert (run.population.strays, run.population.refused, run.population.rejected) == (1, 1, 4)
        assert "退回的有 1 行认不出是哪家企业的" in run.to_text().splitlines()[0]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("区内企业", "区内企业"),
        ("租赁", "租赁"),
        ("租赁[0].租金", "租赁第1项的租金"),
        ("年度经营[2023].产值", "2023年产值"),
        ("全区.国家小巨人企业数", "全区国家小巨人企业数"),
    ],
)
def test_what_is_missing_is_called_as_people_call_it(path: str, said: str) -> None:
    assert called(tongue("zh"), POLICY.program, path) == said


def test_who_is_to_be_explained_is_looked_for_before_anything_is_written(firms: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="FY7345"):
        POLICY.run(firms, f"{tmp_path}/结果.xlsx", on="2025-06-30", measures=5, explain=[A, "91500112MA0FY0000X"])
    assert list(tmp_path.iterdir()) == []


def test_a_date_given_twice_is_refused(firms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["run", str(ROOT / "policies/yubei_2024.pol"), str(firms), "--measure", "5"]
    assert main([*command, "--on", "2025-13-01", "--on", "2025-06-30"]) == 2
    assert "参数 --on: 写了两次，只能写一次" in capsys.readouterr().err


def test_a_reading_that_changes_nothing_is_told(firms: Path) -> None:
    """G7 asks about titles taken away, of which there are none."""
    with POLICY.run(firms, on="2025-06-30", measures=5, readings={"G7": "b"}) as run:
        (cost,) = run.population.costs
        assert (cost.reading.id, cost.option, cost.changed) == ("G7", "a", 0)
        (section,) = [each for each in run.population.sections() if each.key == "costs"]
        assert [(row[0], row[4]) for row in section.rows] == [("G7", "结果都不变")]
        assert "奖励、补助和房租减免是应付，减征税费和加计扣除是应得" in run.to_text().replace("\n  ", "")


def test_reasons_and_readings_are_told_beside_the_rows(done: Run, tmp_path: Path) -> None:
    """丙 is not in the district: of the two bits that 理由.csv gives that condition its item has 1, 不符合."""
    done.write(tmp_path / "出")
    done.write(tmp_path / "一户一行.jsonl")
    with (tmp_path / "出" / "理由.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    (inside,) = [each for each in table if (each["事项"], each["条件"]) == ("首次认定", "属区内")]
    items = parquet.read_table(tmp_path / "出" / "项.parquet").to_pylist()
    (code,) = [each["理由"] for each in items if (each[KEY], each["事项"]) == (C, "首次认定")]
    assert inside[str(code[int(inside["第几个数"])] >> int(inside["从第几位"]) & 3)] == "不符合"
    beside = (tmp_path / "一户一行.理由.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:5] for line in beside[1:]] == [list(each.values())[:5] for each in table]
    for rows in (
        parquet.read_table(tmp_path / "出" / "判定.parquet").to_pylist(),
        [json.loads(line) for line in (tmp_path / "一户一行.jsonl").read_text("utf-8").splitlines()],
    ):
        # R5.2 is about reviews alone
        used = {each["事项"]: each["口径"] for each in rows}
        assert used["首次认定"] == ["G2=a", "G4=a", "G6=a", "R5.1=a"] and "R5.2=a" in used["首次复核"]
