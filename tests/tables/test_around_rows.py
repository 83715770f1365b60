"""What stands around the values: types of columns, units above them, names with notes, rows of no one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from fayan.tables.read import read_tables
from tests.tables.test_read import FIRMS, POLICY, A, B, C, codes, folder, read


def test_a_comma_at_the_end_of_the_names_of_columns(tmp_path: Path) -> None:
    """As spreadsheet programs write a column that was cleared; another table is read after it."""
    firms = "".join(f"{line},\n" for line in FIRMS.splitlines())
    records = f"统一社会信用代码,级别,日期\n{A},市级专精特新,2025-03-01\n"
    with read(folder(tmp_path, 企业=firms, 认定记录=records)) as staged:
        assert codes(staged) == [] and staged.enterprises == 2
    (tmp_path / "企业.csv").write_text(firms.replace("电子,\n", "电子,甲\n"))
    staged_not, problems = read_tables([tmp_path], POLICY.program)
    assert staged_not is None and [each.code for each in problems] == ["FY7308"]


@pytest.mark.parametrize(
    ("table", "column", "values", "type"),
    [
        ("企业", "统一社会信用代码", pa.array([91], pa.int64()), "BIGINT"),
        ("企业", "企业名称", pa.array([b"\xff"]), "BLOB"),
        ("企业", "区内企业", pa.array([[True]]), "BOOLEAN[]"),
        ("企业", "资产总额", pa.array([timedelta(days=1)]), "duration[us]"),
        ("企业", "资产总额", pa.array([[50_000]]), "BIGINT[]"),
        ("企业", "资产总额", pa.array([Decimal(1)], pa.decimal256(60, 2)), "decimal256(60, 2)"),
        ("认定记录", "日期", pa.array([[date(2025, 3, 1)]]), "DATE[]"),
    ],
)
def test_a_column_of_parquet_of_another_type_is_refused(
    table: str, column: str, values: pa.Array, type: str, tmp_path: Path
) -> None:
    """What it looks like when written is no value: a day is no 86,400,000,000元."""
    key = {"统一社会信用代码": pa.array([A])}
    parquet.write_table(pa.table(key), tmp_path / "企业.parquet")
    parquet.write_table(pa.table({**key, column: values}), tmp_path / f"{table}.parquet")
    staged, problems = read_tables([tmp_path], POLICY.program)
    assert staged is None
    told = [(each.code, each.title("zh").partition("，")[0]) for each in problems]
    assert told == [("FY7319", f"“{table}”的“{column}”一列存的类型是 {type}")]
    # without a value it is not known, whatever its type
    if column != "统一社会信用代码":
        parquet.write_table(pa.table({**key, column: pa.nulls(1, values.type)}), tmp_path / f"{table}.parquet")
        with read(tmp_path) as staged:
            assert codes(staged) == []


def test_half_of_a_character_in_a_json_line_is_told_of_its_line(tmp_path: Path) -> None:
    """Two halves are one character (JSON spells 𠮷 so), one is none."""
    lines = [
        {"企业": {"统一社会信用代码": A, "企业名称": "甲\ud842"}},
        {"企业": {"统一社会信用代码": B, "企业名称": "𠮷"}},
        {"企业": {"统一社会信用代码": C, "\udc00": 1}},
    ]
    path = tmp_path / "区.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    with read(path) as staged:
        assert [(each["行"], each["代码"]) for each in staged.rejects()] == [(1, "FY7002"), (3, "FY7002")]
        facts = staged.facts(B)
    assert facts is not None and facts.subject == "𠮷"


def test_a_unit_that_only_the_format_shows(tmp_path: Path) -> None:
    """10 shown as 10万元, and 100000 shown as 10.0万, are told; what shows nothing of many is read."""
    book = openpyxl.Workbook()
    firms, payments = book.active, book.create_sheet("已兑付")
    assert firms is not None
    firms.title = "企业"
    firms.append(["统一社会信用代码", "企业名称"])
    payments.append(["统一社会信用代码", "措施", "事项", "日期", "金额"])
    formats = {A: (10, '0"万元"'), B: (100_000, '0!.0,"万"'), C: (100_000, '[$-804]#,##0.00" 元"')}
    for row, (key, (paid, format)) in enumerate(formats.items(), 2):
        firms.append([key, "甲公司"])
        payments.append([key, 5, "首次认定", date(2025, 3, 1), paid])
        payments.cell(row, 5).number_format = format
    book.save(tmp_path / "区.xlsx")
    with read(tmp_path / "区.xlsx") as staged:
        own = [each for each in staged.rejects() if each["代码"] == "FY7336"]
        facts = staged.facts(C)
    assert [(each["行"], each["值"], each["事由"].partition("，不知道")[0]) for each in own] == [
        (2, "10", "“金额”这一格存的是 10，格式却让它带着“万元”显示"),
        (3, "100000", "“金额”这一格存的是 100000，格式却让它带着“万”显示"),
    ]
    assert facts is not None
    (paid_to_c,) = facts.scopes["企业"]["已兑付"]
    assert paid_to_c["金额"] == 100_000


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("单位：万元", True),
        ("（金额单位：人民币亿元）", True),
        ("单位：亩", True),
        ("2024 年兑付情况（万元）", True),
        ("单位：元", False),
        ("制表单位：区财政局", False),
        ("奖励10万元以上的企业", False),
        ("百万元以上技改项目", False),
    ],
)
def test_a_unit_above_the_names_of_columns(title: str, told: bool, tmp_path: Path) -> None:
    leases = f"租金情况,{title}\n统一社会信用代码,年度,面积\n{A},2024,10\n"
    staged, problems = read_tables([folder(tmp_path, 企业=FIRMS, 租赁=leases)], POLICY.program)
    assert [each.code for each in problems] == ["FY7362"] * told
    if staged:
        staged.close()


@pytest.mark.parametrize("header", ["统一社会\n信用代码", "统一社会信用代码 ", "\ufeff统一社会信用代码"])
def test_a_name_in_several_lines_or_behind_a_mark(header: str, tmp_path: Path) -> None:
    """GB18030 too has a mark, which some programs write."""
    firms = f'"{header}",企业名称\n{A},甲公司\n'
    with read(folder(tmp_path, "gb18030", 企业=firms)) as staged:
        assert codes(staged) == [] and staged.enterprises == 1


def test_rows_of_no_one(tmp_path: Path) -> None:
    """Who made the table is no enterprise, and a row of nothing but space is no row."""
    firms = FIRMS + "　, ,,,\n制表人：张三,,审核：李四,,\n"
    with read(folder(tmp_path, 企业=firms)) as staged:
        assert [(count.given, count.kept, count.rejected) for count in staged.counts] == [(3, 2, 1)]
        assert codes(staged) == [("企业", 5, "统一社会信用代码", "FY7335")]
        assert staged.rejected == 0


def test_what_is_called_a_workbook_and_is_none(tmp_path: Path) -> None:
    """The first bytes of old .xls files and of those with a password."""
    path = tmp_path / "区.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    staged, problems = read_tables([path], POLICY.program)
    assert staged is None and [each.title("zh") for each in problems] == [
        f"「{path}」不是 .xlsx 工作簿，里面是旧的 .xls 格式，或者加了密码"
    ]
