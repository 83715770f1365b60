"""A small policy that declares one fact of every type, for the tests beside it."""

from __future__ import annotations

from datetime import date

from fayan_runtime.ir import EnumDecl, FactDecl, Program, Scope, Type

BOOL, DATE, MONTH, YEAR, TEXT = (Type(kind=kind) for kind in ("bool", "date", "month", "year", "text"))
MAYBE_DATE = Type(kind="date", optional=True)
MONEY = Type(kind="number", unit=(("元", 1),), shown="元")
MAYBE_MONEY = Type(kind="number", unit=(("元", 1),), shown="元", optional=True)
AREA = Type(kind="number", unit=(("平方米", 1),), shown="平方米")
RENT = Type(kind="number", unit=(("元", 1), ("平方米", -1), ("月", -1)), shown="元/平方米·月")
MONTHS = Type(kind="number", unit=(("月", 1),), shown="月")
AGE = Type(kind="number", unit=(("月", 1),), shown="年")
RATIO = Type(kind="number", shown="%")
WHOLE = Type(kind="number")
FIRMS = Type(kind="number", unit=(("家", 1),), shown="家")
DAYS = Type(kind="number", unit=(("日", 1),), shown="日")
PER_YEAR = Type(kind="number", unit=(("元", 1), ("月", -1)), shown="元/年")
CODE = Type(kind="text", name="信用代码")
LEVEL = Type(kind="enum", name="级别")
MAYBE_PLACE = Type(kind="enum", name="交易所", optional=True)
FIELDS = Type(kind="set", name="领域")
YEARS = Type(kind="set", name="年度")
RECORD = Type(kind="record")


def fact(name: str, type: Type, **more: object) -> FactDecl:
    return FactDecl(name=name, type=type, **more)  # type: ignore[arg-type]


PROGRAM = Program(
    name="试",
    number="试发〔2024〕1号",
    title="试",
    issuer="试",
    dated=date(2024, 12, 12),
    effective=date(2024, 12, 12),
    digest="",
    headers=(),
    chapters=(),
    enums=(
        EnumDecl(name="级别", members=("市级专精特新", "国家小巨人")),
        EnumDecl(name="交易所", members=("上交所", "深交所", "北交所")),
        EnumDecl(name="领域", members=("汽车", "电子", "元宇宙")),
    ),
    scopes=(
        # Out of order on purpose: the enterprise always comes first.
        Scope(name="全区", facts=(fact("小巨人数", FIRMS),)),
        Scope(
            name="企业",
            facts=(
                fact("企业名称", TEXT),
                fact("统一社会信用代码", CODE),
                fact("区内企业", BOOL),
                fact("迁入日期", MAYBE_DATE),
                fact("级别", LEVEL),
                fact("交易所", MAYBE_PLACE),
                fact("产业领域", FIELDS),
                fact("宣传年度", YEARS),
                fact("成立年度", YEAR),
                fact("价格扣除比例", RATIO),
                fact("投资", MONEY),
                fact("年租金", PER_YEAR),
                fact("停工天数", DAYS),
                fact(
                    "认定记录",
                    RECORD,
                    is_list=True,
                    event="日期",
                    fields=(fact("级别", LEVEL), fact("日期", DATE), fact("有效期至", MAYBE_DATE)),
                ),
                fact(
                    "年度经营",
                    RECORD,
                    is_list=True,
                    series=True,
                    event="年度",
                    fields=(fact("年度", YEAR), fact("产值", MAYBE_MONEY)),
                ),
                fact(
                    "租赁",
                    RECORD,
                    is_list=True,
                    event="年度",
                    fields=(fact("年度", YEAR), fact("面积", AREA), fact("租金", RENT), fact("租用月数", MONTHS)),
                ),
                fact("税费", RECORD, is_list=True, event="所属期", fields=(fact("所属期", MONTH), fact("税额", MONEY))),
                fact("研发", RECORD, is_list=True, fields=(fact("摊销年限", AGE),)),
                fact(
                    "已兑付",
                    RECORD,
                    is_list=True,
                    fields=(
                        fact("措施", WHOLE),
                        fact("金额", MONEY),
                        fact("依据", TEXT, default="本文件", has_default=True),
                    ),
                ),
            ),
        ),
    ),
    readings=(),
    functions=(),
    measures=(),
    provisions=(),
    adjustments=(),
    offset=None,
)
