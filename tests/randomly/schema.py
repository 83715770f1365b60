"""What random programs declare: facts of every type, readings, and small pools of values.

Values come from small pools, so that comparisons are often exactly on their thresholds, keys repeat and ceilings bite.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from fayan_runtime import ir

BOOL, NUMBER, DATE = ir.Type("bool"), ir.Type("number"), ir.Type("date")
YEAR, MONTH, TEXT = ir.Type("year"), ir.Type("month"), ir.Type("text")
LEVELS, FIELDS = ("甲级", "乙级", "丙级"), ("农", "工", "商")
LEVEL, FIELD = ir.Type("enum", "级别"), ir.Type("enum", "领域")
FIELD_SET, YEAR_SET = ir.Type("set", "领域"), ir.Type("set", "年度")

NUMBERS = (0, 1, 2, 3, 10, 12, 100, Fraction(1, 2), Fraction(1, 5), Fraction(1, 3), Fraction(7, 200), -1, 600000)
DATES = tuple(date(year, month, day) for year, month, day in [(2022, 1, 1), (2023, 6, 30), (2024, 2, 29), (2024, 12, 12), (2024, 12, 31), (2025, 3, 1), (2025, 12, 31)])  # fmt: skip
YEARS = (2022, 2023, 2024, 2025)
MONTHS = tuple(year * 12 + month for year in (2023, 2024, 2025) for month in (0, 5, 11))
TEXTS = ("一号文", "二号文", "")

POOLS: dict[str, Sequence[Any]] = {
    "bool": (True, False), "number": NUMBERS, "date": DATES, "year": YEARS, "month": MONTHS, "text": TEXTS,
    "级别": LEVELS, "领域": FIELDS,
}  # fmt: skip


def optional(type: ir.Type) -> ir.Type:
    return evolve(type, optional=True)


def declare(name: str, type: ir.Type, *fields: ir.FactDecl, event: str = "", series: bool = False) -> ir.FactDecl:
    return ir.FactDecl(name=name, type=type, fields=fields, is_list=bool(fields), event=event, series=series)


ENTERPRISE = ir.Scope(
    name="企业",
    facts=(
        declare("区内", BOOL),
        declare("初创", optional(BOOL)),
        declare("人数", NUMBER),
        declare("资产", optional(NUMBER)),
        declare("成立", DATE),
        declare("迁出", optional(DATE)),
        declare("建档", YEAR),
        declare("开业", MONTH),
        declare("类别", LEVEL),
        declare("备选", optional(LEVEL)),
        declare("行业", FIELD_SET),
        declare("宣传", YEAR_SET),
        declare("名称", TEXT),
        declare(
            "记录", ir.Type("record", "记录"),
            declare("级别", LEVEL), declare("日期", DATE), declare("截至", optional(DATE)),
            declare("数额", NUMBER), declare("通过", BOOL), event="日期",
        ),
        declare(
            "租赁", ir.Type("record", "租赁"),
            declare("年度", YEAR), declare("房源", FIELD), declare("数额", NUMBER), declare("租金", optional(NUMBER)), event="年度",
        ),
        declare("税费", ir.Type("record", "税费"), declare("所属期", MONTH), declare("数额", NUMBER), event="所属期"),
        declare("投标", ir.Type("record", "投标"), declare("级别", LEVEL), declare("数额", NUMBER)),
        declare(
            "经营", ir.Type("record", "经营"),
            declare("年度", YEAR), declare("产值", NUMBER), declare("收入", optional(NUMBER)), series=True,
        ),
        declare(
            "已付", ir.Type("record", "已付"),
            declare("措施", NUMBER), declare("事项", TEXT), declare("日期", DATE), declare("金额", NUMBER), declare("依据", TEXT),
        ),
    ),
)  # fmt: skip
DISTRICT = ir.Scope(name="全区", facts=(declare("户数", NUMBER), declare("达标", BOOL)))
SCOPES = (ENTERPRISE, DISTRICT)
LISTS = {fact.name: fact for fact in ENTERPRISE.facts if fact.is_list and not fact.series and fact.name != "已付"}
READINGS = (
    ir.ReadingDecl(id="R1", question="一", options=(("a", "甲"), ("b", "乙"))),
    ir.ReadingDecl(id="R2", question="二", options=(("a", "甲"), ("b", "乙"), ("c", "丙"))),
    ir.ReadingDecl(id="G1", question="三", options=(("a", "甲"), ("b", "乙")), uncomputed="只列明"),
)
