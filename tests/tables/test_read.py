"""Workbooks and folders of CSV as typed tables: what is read, and that what cannot be read is rejected and told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from fayan.facts_file import read_facts
from fayan.tables.read import read_tables
from fayan.tables.staged import Staged
from fayan.tables.synth.population import Population
from fayan.tables.synth.write import parquet_folder
from fayan_runtime.rows import rows_of
from fayan_runtime.values import Unknown
from tests.reference_policy import reference_policy

POLICY = reference_policy()
#: Codes with right check characters: of examples/.
A, B, C = "91350100M000100Y43", "91500112MA0FY00739", "91500112MA0FY00146"


def read(*paths: Path) -> Staged:
    staged, problems = read_tables(paths, POLICY.program)
    assert staged is not None, [problem.title() for problem in problems]
    assert all(count.balanced for count in staged.counts)
    return staged


def folder(tmp_path: Path, encoding: str = "utf-8", **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_bytes(text.encode(encoding))
    return tmp_path


def codes(staged: Staged) -> list[tuple[str, int, str | None, str]]:
    return [(each["表"], each["行"], each["列"], each["代码"]) for each in staged.rejects()]


FIRMS = (
    f"统一社会信用代码,企业名称,区内企业,迁入日期,产业领域\n{A},甲公司,是,无,汽车、电子\n{B},乙 公司,否,2024年1月3日,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_folder_of_csv(tmp_path: Path, encoding: str) -> None:
    leases = f"统一社会信用代码,年度,房源,面积,租金,租用月数\n{A},2024,国有厂房,3000平方米,２０．５,1年\n{A},2023年,社会闲置厂房,0.1万平方米,20元/平方米·月,12\n"
    with read(folder(tmp_path, encoding, 企业=FIRMS, 租赁=leases)) as staged:
        assert codes(staged) == []
        first, second = staged.facts(A), staged.facts(B)
        assert [key for key, _ in staged.all_facts()] == [A, B]
    assert first is not None and second is not None
    own, other = first.scopes["企业"], second.scopes["企业"]
    assert (first.subject, own["迁入日期"], own["产业领域"]) == ("甲公司", None, {"汽车", "电子"})
    assert other["迁入日期"] == date(2024, 1, 3)
    assert own["租赁"] == [
        {"年度": 2024, "房源": "国有厂房", "面积": 3000, "租金": Fraction(41, 2), "租用月数": 12},
        {"年度": 2023, "房源": "社会闲置厂房", "面积": 1000, "租金": 20, "租用月数": 12},
    ]
    assert other["租赁"] == []  # the sheet is complete for all
    assert isinstance(other["产业领域"], Unknown) and isinstance(own["认定记录"], Unknown)
    assert own["年度经营"] == {}


def test_facts_and_rows_are_the_same_thing(tmp_path: Path) -> None:
    with read(folder(tmp_path, 企业=FIRMS)) as staged:
        facts = staged.facts(A)
        assert facts is not None
        found = staged.connection.execute('SELECT * FROM "企业" WHERE 统一社会信用代码 = ?', [A]).fetchone()
    assert tuple(rows_of(POLICY.program, facts, A)["企业"][0].values()) == found


def test_what_cannot_be_read_is_rejected_with_its_enterprise(tmp_path: Path) -> None:
    firms = FIRMS + f"\n{C},丙,是,,\n123,丁,也许,,\n{C},丙,是,,\n"
    years = f"统一社会信用代码,年度,产值\n{A},2023,5000万元\n{A},2024\n{B},2023,很多\n{B},2024,1\n{B},2024,2\n91500112MA0FY00221,2024,1\n,2024,1\n"
    with read(folder(tmp_path, 企业=firms, 年度经营=years)) as staged:
        found = codes(staged)
        assert staged.enterprises == 0 and staged.rejected == 4  # C stands on two rows
    assert sorted(found, key=str) == sorted(
        [
            ("企业", 6, "统一社会信用代码", "FY7219"),
            ("企业", 6, "区内企业", "FY7216"),
            ("年度经营", 3, None, "FY7324"),  # a cell too few
            ("年度经营", 4, "产值", "FY7202"),
            ("年度经营", 5, "年度", "FY7108"),  # the year stands twice
            ("年度经营", 6, "年度", "FY7108"),
            ("年度经营", 7, "统一社会信用代码", "FY7322"),
            ("年度经营", 8, "统一社会信用代码", "FY7320"),
            ("企业", 5, "统一社会信用代码", "FY7321"),  # the enterprise stands twice; the blank row counts
            ("企业", 7, "统一社会信用代码", "FY7321"),
            ("企业", 2, None, "FY7323"),
            ("企业", 3, None, "FY7323"),
            ("年度经营", 2, None, "FY7323"),
        ],
        key=str,
    )


TITLES = "统一社会信用代码,级别,日期,有效期至\n"


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        # never closed; closed two rows below; closed by another stray quote in the middle of a row; closed by the quote of an honest cell
        (f'{A},市级专精特新,2025-03-01,无\n{B},"国家小巨人,2025-03-01,无\n{C},国家小巨人,2025-03-01,无\n', 3),
        (f'{A},国家小巨人,2025-03-01,"无\n{B},国家小巨人,2025-03-01,无\n{C},国家小巨人,2025-03-01,无"\n', 2),
        (f'{A},国家小巨人,2025-03-01,"无\n{B},国家小巨人",2025-03-01,无\n', 2),
        (f'{A},"国家小巨人,2025-03-01,无\n{B},"国家小巨人",2025-03-01,无\n', 2),
        # rows that are short of a cell are known by their codes; a ragged row above, and one of a title, count
        (f'{A}\n{B},"国家小巨人,2025-03-01\n{C},国家小巨人,2025-03-01,无"\n', 3),
    ],
)  # fmt: skip
def test_a_stray_quote_that_makes_one_cell_of_rows_is_told(rows: str, row: int, tmp_path: Path) -> None:
    """What stands on those rows is nobody's any more: nothing is decided."""
    firms = f"统一社会信用代码,企业名称\n{A},甲\n{B},乙\n{C},丙\n"
    for encoding in ("utf-8", "gb18030"):
        staged, (problem,) = read_tables(
            [folder(tmp_path, encoding, 企业=firms, 认定记录=TITLES + rows)], POLICY.program
        )
        assert staged is None and (problem.code, getattr(problem, "row", 0)) == ("FY7317", row)


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    """As spreadsheet programs write them: a line break in a name, before the code and after it, with commas and quotes; rows end in CR LF.
    That no name has several lines is told of its row alone, which is that of the spreadsheet program; a quote within a cell is a character.
    """
    firms = f'企业名称,统一社会信用代码,区内企业\r\n"甲公司\n（原甲厂）",{A},是\r\n"乙, ""老乙""\r\n分公司",{B},否\r\n丙"公司",{C},是\r\n'
    with read(folder(tmp_path, 企业=firms)) as staged:
        assert codes(staged) == [("企业", 2, "企业名称", "FY7222"), ("企业", 3, "企业名称", "FY7222")]
        assert [(key, facts.subject) for key, facts in staged.all_facts()] == [(C, '丙"公司"')]


def test_whose_a_row_is_that_stands_in_quotes_as_a_whole(tmp_path: Path) -> None:
    """A's title is one cell: A is not decided without it. A cell of a single column may end in a line break."""
    firms = f"统一社会信用代码,企业名称\n{A},甲\n{B},乙\n"
    rows = f'"{A},国家小巨人,2025-03-01,无"\n{B},国家小巨人,2025-03-01,无\n'
    with read(folder(tmp_path, 企业=firms, 认定记录=TITLES + rows, 全区='国家小巨人企业数\n"180\n"\n')) as staged:
        assert codes(staged) == [("企业", 2, None, "FY7323"), ("认定记录", 2, None, "FY7324")]
        (facts,) = [facts for _, facts in staged.all_facts()]
    assert facts.scopes["全区"]["国家小巨人企业数"] == 180


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    firms = book.active
    assert firms is not None
    firms.title = "企业"
    rows: list[Mapping[str, object]] = [
        {"统一社会信用代码": A, "企业名称": "甲", "区内企业": True, "迁入日期": date(2024, 1, 3), "宣传标杆年度": 2024},
        {"统一社会信用代码": B, "企业名称": 123, "区内企业": "=1=1"},
        {"统一社会信用代码": C, "企业名称": "丙", "区内企业": "#N/A"},
    ]
    firms.append(list(rows[0]))
    for row in rows:
        firms.append([row.get(name) for name in rows[0]])
    taxes = book.create_sheet("税费")
    taxes.append(["统一社会信用代码", "所属期", "六税两费"])
    taxes.append([A, date(2024, 11, 1), 1234.56])  # 2024-11, as spreadsheet programs keep it
    book.create_sheet("说明").append(["填表说明"])
    book.create_sheet("Sheet1")
    book.save(tmp_path / "表.xlsx")
    with read(tmp_path / "表.xlsx") as staged:
        facts = staged.facts(A)
        found = codes(staged)
    assert facts is not None
    own = facts.scopes["企业"]
    assert (own["区内企业"], own["迁入日期"], own["宣传标杆年度"]) == (True, date(2024, 1, 3), {2024})
    assert own["税费"] == [{"所属期": 2024 * 12 + 10, "六税两费": Fraction(123456, 100)}]
    assert sorted(found, key=str) == [
        ("企业", 3, "企业名称", "FY7327"),
        ("企业", 3, "区内企业", "FY7325"),
        ("企业", 4, "区内企业", "FY7326"),
    ]


def test_whose_a_row_may_be_is_not_decided_without_it(tmp_path: Path) -> None:
    """Two characters of A's code have changed places, and below is a row of merged cells; B's lacks a character; of the last two rows
    nothing can be told: one is below another that is no one's. C's rows are all right.
    """
    firms = f"统一社会信用代码,企业名称\n{A},甲\n{B},乙\n{C},丙\n"
    swapped, short = A[:-2] + A[-1] + A[-2], B[:9] + B[10:]
    paid = ",5,首次认定,2025-03-01,1\n"
    rows = [swapped + paid, paid, short + paid, C + paid, "甲乙丙" + paid, paid, f"合计{paid}"]
    with read(folder(tmp_path, 企业=firms, 已兑付="统一社会信用代码,措施,事项,日期,金额\n" + "".join(rows))) as staged:
        assert [key for key, _ in staged.all_facts()] == [C]
        found = [
            (each["行"], each["代码"], each["统一社会信用代码"]) for each in staged.rejects() if each["表"] == "已兑付"
        ]
    assert found == [
        (2, "FY7220", A),
        (3, "FY7320", A),
        (4, "FY7219", B),
        (6, "FY7219", None),
        (7, "FY7320", None),
        (8, "FY7333", None),
    ]


@pytest.mark.parametrize("place", [0, 8, 12, 13, 16])
def test_two_characters_that_changed_places_are_a_slip_wherever_they_are(place: int, tmp_path: Path) -> None:
    """And so is one more, one less or another; the enterprise is not decided without the row."""
    code = "91500112M12345678G"
    slips = {
        code[:place] + code[place + 1] + code[place] + code[place + 2 :],
        code[:place] + code[place + 1 :],
        code[:place] + "7" + code[place:],
        code[:place] + "0" + code[place + 1 :],
    } - {code}
    firms = f"统一社会信用代码\n{code}\n{B}\n"
    for number, slip in enumerate(sorted(slips)):
        own = tmp_path / str(number)
        own.mkdir()
        rows = f"统一社会信用代码,级别,日期\n{slip},市级专精特新,2025-03-01\n"
        with read(folder(own, 企业=firms, 认定记录=rows)) as staged:
            assert [key for key, _ in staged.all_facts()] == [B], slip


def test_a_code_that_may_be_of_two_enterprises_is_of_neither(tmp_path: Path) -> None:
    """Both are one character from it, and none is decided without it; the third is two characters away."""
    one, other, between = "91500112MA0FY10013", "91500112MA0FY10026", "91500112MA0FY10016"
    rows = f"统一社会信用代码,级别,日期\n{between},市级专精特新,2025-03-01\n"
    third = "91500112MA0FY10039"
    with read(folder(tmp_path, 企业=f"统一社会信用代码\n{one}\n{other}\n{third}\n", 认定记录=rows)) as staged:
        assert [key for key, _ in staged.all_facts()] == [third]
        found = [(each["表"], each["行"], each["代码"], each["统一社会信用代码"]) for each in staged.rejects()]
    assert found == [
        ("企业", 2, "FY7338", one),
        ("企业", 3, "FY7338", other),
        ("认定记录", 2, "FY7220", None),
    ]


def test_a_workbook_as_offices_make_them(tmp_path: Path) -> None:
    """A title above the names of the columns, the names again on the next page, totals, formulas."""
    book = openpyxl.Workbook()
    firms = book.active
    assert firms is not None
    firms.title = "企业"
    header = ["统一社会信用代码", "企业名称", "区内企业", "资产总额"]
    for row in (
        ["某区专精特新企业汇总表"], ["填报单位：某局"], header, [A, "甲公司", "是", 5], header, [B, "乙公司", "否", "=SUM(D4:D4)"],
        [None, "小　计", None, "=SUM(D4:D6)"], [" 合计 ：", None, None, 10], [C, "合计公司", "是", 1],
    ):  # fmt: skip
        firms.append(row)
    book.save(tmp_path / "表.xlsx")
    with read(tmp_path / "表.xlsx") as staged:
        found = [(each["行"], each["列"], each["值"], each["代码"]) for each in staged.rejects()]
        assert (staged.enterprises, staged.rejected) == (2, 1)  # neither a heading nor a total is an enterprise
    assert found == [
        (5, "统一社会信用代码", "统一社会信用代码", "FY7332"),
        (6, "资产总额", "=SUM(D4:D4)", "FY7325"),
        (7, "统一社会信用代码", "小　计", "FY7333"),
        (8, "统一社会信用代码", "合计 ：", "FY7333"),
    ]


def test_a_title_above_the_names_in_csv(tmp_path: Path) -> None:
    """As a spreadsheet program saves a sheet with a title; rows are counted from the top."""
    firms = f"某区企业汇总表,,\n填报单位：某局,,\n\n{FIRMS.splitlines()[0]}\n{A},甲公司,也许,无,\n{B},乙\n\n{C},丙公司,是,无,\n"
    with read(folder(tmp_path, "gb18030", 企业=firms)) as staged:
        assert [key for key, _ in staged.all_facts()] == [C]
        assert codes(staged) == [("企业", 5, "区内企业", "FY7216"), ("企业", 6, None, "FY7324")]


@pytest.mark.parametrize("title", [[], ["某区企业表"]])
def test_a_column_of_a_workbook_is_told_by_its_cell(title: list[str], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    firms = book.active
    assert firms is not None
    firms.title = "企业"
    if title:
        firms.append(title)
    firms.append(["统一社会信用代码", "企业名称", "区内企业", "区内企业"])
    book.save(tmp_path / "表.xlsx")
    _, (problem,) = read_tables([tmp_path / "表.xlsx"], POLICY.program)
    place = problem.source.place(problem.span.start)
    assert (problem.code, place) == ("FY7307", f"{tmp_path / '表.xlsx'} › 企业!D{len(title) + 1}")


def test_a_cell_far_away_is_told_not_waited_for(tmp_path: Path) -> None:
    """FY7314"""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "企业"
    sheet["A1"], sheet["XFD1048576"] = "统一社会信用代码", "误填"
    book.save(tmp_path / "表.xlsx")
    staged, problems = read_tables([tmp_path / "表.xlsx"], POLICY.program)
    assert staged is None and [problem.code for problem in problems] == ["FY7314"]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {
            "企业": {
                "统一社会信用代码": A,
                "企业名称": "甲",
                "租赁": [{"年度": 2024, "租金": "20.5元/平方米·月"}],
                "迁入日期": None,
            }
        },
        {"企业": {"统一社会信用代码": B, "区内企业": "也许", "租赁": []}},
        {"企业": {"统一社会信用代码": C, "资产总额": 1.00001}},
        {"企业": {"企业名称": "没有代码"}},
    ]
    path = tmp_path / "企业.jsonl"
    path.write_text("\n".join([*(json.dumps(each, ensure_ascii=False) for each in lines), "{", ""]), "utf-8")
    with read(path) as staged:
        facts = staged.facts(A)
        assert codes(staged) == [
            ("企业", 2, "区内企业", "FY7216"),
            ("企业", 3, "资产总额", "FY7328"),
            ("企业", 4, "统一社会信用代码", "FY7320"),
            ("企业", 5, None, "FY7013"),
        ]
    assert facts is not None
    alone, problems = read_facts(lines[0], POLICY.program)
    assert repr(facts) == repr(alone), problems  # as the facts file of one enterprise says it


def test_what_is_wrong_in_a_json_line_is_told_where_and_as_it_was_typed(tmp_path: Path) -> None:
    """By its path; the items of a rejected line are counted, and two lines of one code are not taken together."""
    leases = '"租赁": [{"年度": 2025, "租金": 25.00000001, "面积": [3, "亩"]}, {"年度": "去年"}]'
    year = '"年度经营": [{"年度": 2024, "产值": 0.000010}]'
    lines = [
        f'{{"企业": {{"统一社会信用代码": "{A}", "区内企业": null, {leases}}}}}',
        f'{{"企业": {{"统一社会信用代码": "{B}", {year}, "租赁": {{"年度": 2024}}}}}}',
        f'{{"企业": {{"统一社会信用代码": "{B}", "租赁": {{"年度": 2024}}}}}}',
        *[f'{{"企业": {{"统一社会信用代码": "{C}", "年度经营": [{{"年度": 2024, "产值": 1}}]}}}}'] * 2,
        f'{{"企业": {{"统一社会信用代码": "{B}", {year}, "租赁": [{{}}, {{}}]}}}}',
    ]
    path = tmp_path / "企业.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    with read(path) as staged:
        found = [(each["表"], each["行"], each["列"], each["值"], each["代码"]) for each in staged.rejects()]
        counts = {each.table: (each.given, each.kept, each.rejected) for each in staged.counts}
    assert found == [
        ("企业", 1, "区内企业", "null", "FY7106"),
        ("企业", 1, "租赁[0].面积", "[3, 亩]", "FY7105"),
        ("企业", 1, "租赁[1].年度", "去年", "FY7214"),
        ("企业", 2, "租赁", "{年度: 2024}", "FY7105"),
        ("企业", 3, "租赁", "{年度: 2024}", "FY7105"),
        ("企业", 4, "统一社会信用代码", C, "FY7321"),
        ("企业", 5, "统一社会信用代码", C, "FY7321"),
        ("企业", 6, "年度经营[2024].产值", "0.000010", "FY7328"),
        ("年度经营", 2, "年度经营[0]", None, "FY7323"),
        ("年度经营", 4, "年度经营[0]", None, "FY7323"),
        ("年度经营", 5, "年度经营[0]", None, "FY7323"),
        ("年度经营", 6, "年度经营[0]", None, "FY7323"),
        ("租赁", 1, "租赁[0]", None, "FY7323"),
        ("租赁", 1, "租赁[1]", None, "FY7323"),
        ("租赁", 6, "租赁[0]", None, "FY7323"),
        ("租赁", 6, "租赁[1]", None, "FY7323"),
    ]
    assert (counts["企业"], counts["年度经营"], counts["租赁"]) == ((6, 0, 6), (4, 0, 4), (4, 0, 4))


def test_figures_of_the_district_hold_whatever_else_is_wrong_with_their_line(tmp_path: Path) -> None:
    """A bad value, no code, a code on two lines: 50 all the same. A figure that is wrong itself, or another elsewhere, is for nobody."""
    told = '"全区": {"国家小巨人企业数": 50}'
    bad = f'{{"企业": {{"统一社会信用代码": "{A}", "区内企业": "不对"}}, {told}}}'
    keyless = f'{{"企业": {{"企业名称": "甲"}}, {told}}}'
    twice = f'{{"企业": {{"统一社会信用代码": "{B}"}}, {told}}}'
    good = f'{{"企业": {{"统一社会信用代码": "{C}"}}}}'
    path = tmp_path / "企业.jsonl"
    for lines in ([bad, good], [keyless, good], [twice, twice, good], [bad, keyless, twice, good]):
        path.write_text("\n".join(lines), "utf-8")
        with read(path) as staged:
            facts = staged.facts(C)
            assert facts is not None and facts.scopes["全区"]["国家小巨人企业数"] == 50, lines
            assert next((each.given, each.kept) for each in staged.counts if each.table == "全区") == (1, 1)
    for other, code in (("很多", "FY7313"), ("51", "FY7312")):
        path.write_text(
            "\n".join([bad, good, *(each.replace(": 50", f': "{other}"') for each in (twice, bad))]), "utf-8"
        )
        staged_, problems = read_tables([path], POLICY.program)
        assert staged_ is None and [problem.code for problem in problems] == [code]


def test_an_enterprise_of_two_rows_is_told_once(tmp_path: Path) -> None:
    """Its years stand twice because it does."""
    years = f"统一社会信用代码,年度,产值\n{A},2023,1\n{A},2023,1\n{B},2023,1\n{B},2023,1\n"
    firms = f"统一社会信用代码,企业名称\n{A},甲\n{A},甲\n{B},乙\n"
    with read(folder(tmp_path, 企业=firms, 年度经营=years)) as staged:
        assert [each for each in codes(staged) if each[3] != "FY7323"] == [
            ("企业", 2, "统一社会信用代码", "FY7321"),
            ("企业", 3, "统一社会信用代码", "FY7321"),
            ("年度经营", 4, "年度", "FY7108"),
            ("年度经营", 5, "年度", "FY7108"),
        ]


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    """Everything in a folder but what is hidden, what programs leave behind, and notes."""
    place = folder(tmp_path, 企业=FIRMS)
    for name in (".DS_Store", "~$企业.xlsx", "_SUCCESS", "Thumbs.db", "desktop.ini", "说明.json"):
        (place / name).write_text("", "utf-8")
    (place / "空").mkdir()
    with read(place) as staged:
        assert staged.enterprises == 2
    (place / "租赁").mkdir()
    parquet.write_table(pa.table({"统一社会信用代码": [A]}), place / "租赁" / "0.parquet")
    for name in ("租赁/a.csv", "租赁/_SUCCESS", "认定记录.txt", "税费.xls", "研发.csv.bak", "备份/研发.csv"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text("", "utf-8")
    _, problems = read_tables([place], POLICY.program)
    found = {problem.source.text.removeprefix(f"{place}/"): problem.code for problem in problems}
    assert found == {
        "租赁/a.csv": "FY7318", "认定记录.txt": "FY7301", "税费.xls": "FY7301", "研发.csv.bak": "FY7301", "备份": "FY7318",
    }  # fmt: skip


def test_parquet_in_parts(tmp_path: Path) -> None:
    """In one file, in the parts of each table, and in parts of the population it is the same."""
    policy, program = POLICY, POLICY.program
    policy.synth(60, tmp_path / "一", seed=4)
    parquet_folder(Population(program, 60, 4), tmp_path / "几", lambda done: None, 25)
    for number in ("00000", "00001", "00002"):
        for path in (tmp_path / "几" / number).iterdir():
            place = tmp_path / "列" / path.stem
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place / f"{number}.parquet")
    found = []
    for name in ("一", "几", "列"):
        with read(tmp_path / name) as staged:
            assert staged.rejects() == [] and staged.enterprises == 60
            rows = [staged.connection.execute(f'SELECT * FROM "{table.name}"').fetchall() for table in staged.tables]
            found.append(rows)
    assert found[0] == found[1] == found[2]


def test_texts_and_types_of_others_in_parquet(tmp_path: Path) -> None:
    """Numbers of others are in the unit people read; a number is taken only where it is the same in the table."""
    firms = pa.table(
        {
            "统一社会信用代码": [A, B],
            "资产总额": [0.1, 1e20],
            "迁入日期": [datetime(2024, 1, 3), None],
            "宣传标杆年度": [[2024], []],
            "__index_level_0__": [7, 9],  # which pandas adds
        }
    )
    # a column of whole numbers in which one is missing is made one of fractions by many programs; 0.1 + 0.2 is meant as 0.3
    spent = pa.table(
        {"统一社会信用代码": [A, A], "年度": [2024.0, 2023.0], "摊销年限": [10, None], "费用化支出": [0.1 + 0.2, 1.0]}
    )
    parquet.write_table(firms, tmp_path / "企业.parquet")
    parquet.write_table(spent, tmp_path / "研发.parquet")
    with read(tmp_path) as staged:
        facts = staged.facts(A)
        assert codes(staged) == [("企业", 2, "资产总额", "FY7328")]
    assert facts is not None
    own = facts.scopes["企业"]
    assert (own["资产总额"], own["迁入日期"], own["宣传标杆年度"]) == (Fraction(1, 10), date(2024, 1, 3), {2024})
    spendings = own["研发"]
    assert isinstance(spendings, (list, tuple))
    assert [each["年度"] for each in spendings] == [2024, 2023]
    assert spendings[0]["摊销年限"] == 120  # ten years
    assert spendings[0]["费用化支出"] == Fraction(3, 10)


def test_kept_as_parquet_and_on_disk_it_is_the_same(tmp_path: Path) -> None:
    POLICY.synth(40, f"{tmp_path}/表.csv/", seed=6, dirty=100_000)
    staged, _ = read_tables([tmp_path / "表.csv"], POLICY.program, database=tmp_path / "库.duckdb")
    assert staged is not None
    with staged:
        assert staged.rejects()
        staged.write_parquet(tmp_path / "表")
        tables = {
            table.name: staged.connection.execute(f'SELECT * FROM "{table.name}"').fetchall() for table in staged.tables
        }
    with read(tmp_path / "表") as again:
        assert again.rejects() == []
        for name, rows in tables.items():
            assert again.connection.execute(f'SELECT * FROM "{name}"').fetchall() == rows


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_the_rule_a_payment_is_for_is_known_however_wide_it_is_typed(form: str, tmp_path: Path) -> None:
    """As in a facts file; words that name no rule stay as they are."""
    given = ["ＯＴＣ挂牌", "首次 认定", "　首发上市", "新三板挂牌", "首次认定奖"]
    if form == "csv":
        rows = "\n".join(f"{A},7,{each},2025-03-01,10" for each in given)
        folder(tmp_path, 企业=FIRMS, 已兑付=f"统一社会信用代码,措施,事项,日期,金额\n{rows}\n")
    elif form == "parquet":
        parquet.write_table(pa.table({"统一社会信用代码": [A], "企业名称": ["甲公司"]}), tmp_path / "企业.parquet")
        count = len(given)
        columns = {
            "统一社会信用代码": [A] * count,
            "措施": [7] * count,
            "事项": given,
            "日期": [date(2025, 3, 1)] * count,
        }
        parquet.write_table(pa.table(columns), tmp_path / "已兑付.parquet")
    else:
        paid = [{"措施": 7, "事项": each, "日期": "2025-03-01", "金额": 10} for each in given]
        line = {"企业": {"统一社会信用代码": A, "已兑付": paid}}
        (tmp_path / "企业.jsonl").write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    with read(tmp_path if form != "jsonl" else tmp_path / "企业.jsonl") as staged:
        assert codes(staged) == []
        facts = staged.facts(A)
    assert facts is not None
    names = [row["事项"] for row in facts.scopes["企业"]["已兑付"]]  # type: ignore[index, attr-defined]
    assert names == ["OTC挂牌", "首次认定", "首发上市", "新三板挂牌", "首次认定奖"]
