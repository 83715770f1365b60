"""Units and the types that carry them, as tables: the only place that knows how many 平方米 are one 亩.

A unit is a product of base units with exponents, sorted; no unit at all is a plain number or a percentage.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from fayan_dsl.problem import Term
from fayan_runtime.ir import Type

Unit = tuple[tuple[str, int], ...]

#: What things are counted in. A plain number may stand for any one of these.
MEASURE_WORDS = ("家", "人", "项", "个", "次", "份")

#: Word → (base unit, how many of it). Percentages are already divided by 100 where they are read.
WORDS: dict[str, tuple[str, Fraction]] = {
    "": ("", Fraction(1)),
    "%": ("", Fraction(1)),
    "百分点": ("", Fraction(1)),
    "元": ("元", Fraction(1)),
    "万元": ("元", Fraction(10**4)),
    "亿元": ("元", Fraction(10**8)),
    "平方米": ("平方米", Fraction(1)),
    "㎡": ("平方米", Fraction(1)),
    "亩": ("平方米", Fraction(2000, 3)),
    "月": ("月", Fraction(1)),
    "个月": ("月", Fraction(1)),
    "年": ("月", Fraction(12)),
    "日": ("日", Fraction(1)),
    "天": ("日", Fraction(1)),
} | {word: (word, Fraction(1)) for word in MEASURE_WORDS}

#: Words for types that need no declaration.
TYPES: dict[str, Type] = {
    "是否": Type("bool"),
    "文本": Type("text"),
    "信用代码": Type("text", name="信用代码"),
    "日期": Type("date"),
    "年月": Type("month"),
    "年度": Type("year"),
    "金额": Type("number", unit=(("元", 1),), shown="元"),
    "面积": Type("number", unit=(("平方米", 1),), shown="平方米"),
    "比例": Type("number", shown="%"),
    "整数": Type("number"),
}
BOOL, DATE, MONTH, YEAR, TEXT, MONEY = (TYPES[word] for word in ("是否", "日期", "年月", "年度", "文本", "金额"))
COUNT = Type("number")
#: The type of what could not be typed: it absorbs, so that one mistake gives one message.
HOLE = Type("record", name="?")
#: The type of 无 before anything says what there is none of.
NOTHING = Type("record", name="无", optional=True)
#: The type of a list where a value belongs.
LIST_KIND = "record"


@lru_cache(maxsize=256)
def parse(text: str) -> tuple[Unit, Fraction] | None:
    """``元/平方米·月`` → its base units and how many of them it is; None for words that are no units."""
    size = Fraction(1)
    exponents: dict[str, int] = {}
    for place, part in enumerate(text.split("/")):
        sign = -1 if place else 1
        for word in part.split("·"):
            if word not in WORDS:
                return None
            base, factor = WORDS[word]
            size *= factor**sign
            if base:
                exponents[base] = exponents.get(base, 0) + sign
    return _sorted(exponents), size


def times(left: Unit, right: Unit, sign: int = 1) -> Unit:
    """The unit of a product (``sign`` 1) or of a quotient (-1)."""
    exponents = dict(left)
    for base, exponent in right:
        exponents[base] = exponents.get(base, 0) + sign * exponent
    return _sorted(exponents)


def _sorted(exponents: dict[str, int]) -> Unit:
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def agree(left: Type, right: Type) -> bool:
    """Whether two numbers may be added and compared: the same unit, or a plain number beside a count."""
    return left.unit == right.unit or (
        _counts(left) and _counts(right) and not (left.unit and right.unit) and "%" not in (left.shown, right.shown)
    )


def _counts(type: Type) -> bool:
    return not type.unit or (len(type.unit) == 1 and type.unit[0][0] in MEASURE_WORDS and type.unit[0][1] == 1)


def written(unit: Unit) -> str:
    """The unit as people write it: 元/平方米·月."""
    over = [base for base, exponent in unit for _ in range(exponent)]
    under = [base for base, exponent in unit for _ in range(-exponent)]
    return ("·".join(over) or ("1" if under else "")) + ("/" + "·".join(under) if under else "")


_NAMES = {
    "bool": Term("条件（是或否）", "a condition (yes or no)"),
    "text": Term("文本", "a text"),
    "date": Term("日期", "a date"),
    "month": Term("年月", "a month"),
    "year": Term("年度", "a year"),
}


def say(type: Type) -> Term:
    """A type in the words of the policy: 金额（元）."""
    match type.kind:
        case "number":
            return _say_number(type)
        case "enum":
            return Term(f"类型“{type.name}”", f"the type {type.name}")
        case "set":
            return Term(f"若干“{type.name}”", f"a set of {type.name}")
        case "record":
            return (
                Term("“无”", "无 (none)") if type.name == "无" else Term(f"清单“{type.name}”", f"the list {type.name}")
            )
        case kind:
            return _NAMES[kind]


def _say_number(type: Type) -> Term:
    unit = type.shown if type.shown and type.shown != "%" else written(type.unit)
    match type.unit:
        case ():
            return (
                Term("比例（%）", "a ratio (%)") if type.shown == "%" else Term("不带单位的数", "a number without unit")
            )
        case (("元", 1),):
            return Term("金额（元）", "money (元)")
        case (("平方米", 1),):
            return Term("面积（平方米）", "area (平方米)")
        case (("月", 1),) | (("日", 1),):
            return Term(f"时长（{unit}）", f"a length of time ({unit})")
        case _:
            return Term(f"数量（{unit}）", f"a quantity ({unit})")
