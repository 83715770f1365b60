"""What SQL takes of a cell is what the readers of facts take, and means the same; whatever it does not take they read."""

from __future__ import annotations

from random import Random

import pytest

from fayan.tables.cells import OneByOne, Ways
from fayan.tables.read import connect
from fayan_runtime.tables import Column, tables_of
from tests.facts.policy import PROGRAM

COLUMNS = {
    f"{table.name}.{column.name}": column
    for table in tables_of(PROGRAM)
    for column in table.columns
    if column.fact is not None or column.name == "统一社会信用代码"
}
#: Values of every kind, right and wrong, and what is next to them.
CELLS = [
    "是", "否", "true", "FALSE", "也许", "无", "无 ", "市级专精特新", "上交所", "汽车", "汽车、电子", "汽车/电子", "汽车、汽车", "甲公司", "乙  公司",
    " 甲", "甲\t乙", "甲\u200b", "甲\u3000乙", "“甲”（乙）·丙", "=1+1", "'甲", "a" * 1000, "a" * 1001, "2024-12-12", "2024-2-3", "2024-02-29",
    "2023-02-29", "2024-02-30", "2024-13-01", "1899-12-31", "1900-01-01", "2200-12-31", "2201-01-01", "2024年12月12日", "2024/12/12",
    "２０２４-12-12", "2024", "2024年", "1899", "2201", "02024", "2024-11", "2024-00", "2024-13", "2024-1", "2024年11月", "0", "00", "5", "-5", "+5",
    "5.", ".5", "5.5", "5.50000", "5.55555", "1e3", "1,000", "1,00", "12%", "100%", "101%", "12.5%", "0.12", "1", "1.0", "1.01", "0.123456789",
    "0.1234567%", "99.999999%", "5元", "5万元", "5.1234万元", "5.12345万元", "0.00005万元", "1.2亿元", "5万", "5平方米", "20元/平方米·月", "20元",
    "五千万元", "一点二亿元", "百分之十二", "三百五", "5千元", "十二个月", "五家", "1年", "12个月", "12月", "0.5年", "5家", "5.5家", "30日", "30天", "100元/年", "99999999999999", "100000000000000", "99999999999999.9999",
    "99999999999999.99991", "9999999999万元", "10000000000万元", "999999999999999999", "1000000000000000000", "9" * 41, "NaN", "inf", "0x10", "１２",
    "91350100M000100Y43", "91350100M000100Y44", "91350100m000100y43", "９1350100M000100Y43", "91350100M000100Y4", "试发〔2024〕1号", "试发(2024)1号",
]  # fmt: skip


def mixed(count: int) -> list[str]:
    """Cells run together and cut apart."""
    random = Random(1)
    made = []
    for _ in range(count):
        one, other = random.choice(CELLS), random.choice(CELLS)
        made.append(one[: random.randint(0, len(one))][:40] + other[random.randint(0, len(other)) :][:40])
    return made


@pytest.mark.parametrize("name", COLUMNS)
def test_sql_reads_as_the_readers_do(name: str) -> None:
    column: Column = COLUMNS[name]
    cells = sorted({each for each in [*CELLS, *mixed(400)] if each})
    way = Ways(PROGRAM).of(column, "VARCHAR", "c")
    with connect() as connection:
        connection.execute("CREATE TABLE cells (c VARCHAR)")
        connection.execute("INSERT INTO cells SELECT unnest(?)", [cells])
        found = connection.execute(
            f"SELECT c, {way.value}, coalesce({way.none}, FALSE) FROM cells WHERE coalesce({way.known}, FALSE)"
        ).fetchall()
    one = OneByOne(PROGRAM)
    for cell, value, none in found:
        read, read_none, complaint = one.read(column, cell)
        assert complaint is None, (cell, complaint)
        assert (value, none) == (read, read_none), cell
    taken = {row[0] for row in found}
    right = {cell for cell in CELLS if cell.strip() and one.read(column, cell)[2] is None}
    assert taken <= right | set(mixed(400))
    if column.kind in ("bool", "enum", "date", "text", "number") and name not in ("已兑付.依据", "企业.年租金"):
        assert taken & right, "the common ways are taken"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.23E+08", None), ("1E+03", None), (" １.２３E+08", None), ("-1.2E+11", None), ("1.2345678E+08", None),
        ("1.23456789E+08", 123_456_789), ("1.23000000E+08", 123_000_000), ("1.5E+01", 15), ("1.23e+08", 123_000_000),
    ],
)  # fmt: skip
def test_a_number_cut_short_by_a_spreadsheet_program_is_refused(cell: str, amount: int | None) -> None:
    """1.23E+08 shows three of nine digits; with all nine it is a number. Other programs write e, and never cut."""
    value, _, complaint = OneByOne(PROGRAM).read(COLUMNS["企业.投资"], cell)
    assert (value, complaint and complaint.kind) == (amount, None if amount else "short-form")
