"""The empty workbook: it is what the policy declares, it reads back, and filled in it is the facts that were filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fayan.cli import main
from fayan.tables.read import read_tables
from fayan.tables.template import template
from tests.places import ROOT
from tests.reference_policy import reference_policy

POLICY = reference_policy()
CODE = "91350100M000100Y43"


def test_filled_in_it_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    POLICY.write_template(path)
    book = openpyxl.load_workbook(path)
    filled: dict[str, dict[str, object]] = {
        "企业": {
            "统一社会信用代码": CODE,
            "企业名称": "甲公司",
            "区内企业": "是",
            "迁入日期": "无",
            "产业领域": "汽车、电子",
        },
        "认定记录": {"统一社会信用代码": CODE, "级别": "国家小巨人", "日期": date(2025, 3, 1), "有效期至": "无"},
        "税费": {"统一社会信用代码": CODE, "所属期": "2024-11", "六税两费": 1234.5},
        "研发": {"统一社会信用代码": CODE, "年度": 2024, "摊销年限": 10},
    }
    for name, values in filled.items():
        header = [cell.value for cell in book[name][1]]
        for column, value in values.items():
            book[name].cell(2, header.index(column) + 1, value)
    book.save(path)
    staged, problems = read_tables([path], POLICY.program)
    assert staged is not None, [problem.title() for problem in problems]
    with staged:
        assert staged.rejects() == []
        facts = staged.facts(CODE)
    assert facts is not None
    own = facts.scopes["企业"]
    assert own["迁入日期"] is None and own["产业领域"] == {"汽车", "电子"} and own["租赁"] == []
    assert own["认定记录"] == [{"级别": "国家小巨人", "日期": date(2025, 3, 1), "有效期至": None}]
    assert own["税费"][0]["所属期"] == 2024 * 12 + 10  # type: ignore[index]
    assert own["研发"][0]["摊销年限"] == 120  # type: ignore[index]  # ten years are 120 months


def test_it_is_the_same_whenever_it_is_made() -> None:
    assert template(POLICY.program) == template(POLICY.program)


def test_choices_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    POLICY.write_template(path)
    book = openpyxl.load_workbook(path)
    sheet = book["企业"]
    header = [cell.value for cell in sheet[1]]
    lists = {
        str(each.sqref).rstrip("0123456789").split(":")[0]: each.formula1
        for each in sheet.data_validations.dataValidation
        if each.type == "list"
    }
    place = sheet.cell(2, header.index("区内企业") + 1).coordinate
    assert lists[place] == '"是,否"'
    exchange = sheet.cell(2, header.index("首发上市交易所") + 1).coordinate
    assert lists[exchange] == '"上交所,深交所,北交所,无"'  # it is optional
    notes = {cell.value: cell.comment.text for cell in book["租赁"][1] if cell.comment}
    assert "元/平方米·月" in notes["租金"] and "租赁合同" not in notes["统一社会信用代码"]
    assert book["企业"].freeze_panes == "B2"


def test_what_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.xlsx"
    command = ["template", str(ROOT / "policies" / "yubei_2024.pol"), "-o"]
    assert main([*command, str(path)]) == 0
    before = path.read_bytes()
    assert main([*command, str(path)]) == 2 and "FY7316" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main([*command, str(tmp_path / "表.doc")]) == 2 and "FY7341" in capsys.readouterr().err
    assert main([*command, str(tmp_path / "没有" / "表.xlsx")]) == 2 and "FY7344" in capsys.readouterr().err
