"""The types of a policy and their algebra: what may be added and compared, and what comes of it.

The words for units stand in ``fayan_runtime.units``, for policies and for facts alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from fayan_dsl.problem import Term
from fayan_runtime.ir import Type
from fayan_runtime.units import MEASURE_WORDS, POINTS, Unit, ordered

#: Words for types that need no declaration.
TYPES: dict[str, Type] = {
    "是否": Type("bool"),
    "文本": Type("text"),
    "信用代码": Type("text", name="信用代码"),
    "文号": Type("text", name="文号"),
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
#: What two percentages differ by.
DIFFERENCE = Type("number", unit=POINTS, shown="百分点")
#: The type of what could not be typed: it absorbs, so that one mistake gives one message.
HOLE = Type("record", name="?")
#: The type of 无 before anything says what there is none of.
NOTHING = Type("record", name="无", optional=True)


def times(left: Unit, right: Unit, sign: int = 1) -> Unit:
    """The unit of a product (``sign`` 1) or of a quotient (-1)."""
    exponents = dict(left)
    for base, exponent in right:
        exponents[base] = exponents.get(base, 0) + sign * exponent
    return ordered(exponents)


def agree(left: Type, right: Type) -> bool:
    """Whether two numbers may be compared, or stand for one another: the same unit, or a plain number beside a count."""
    return left.unit == right.unit or (
        _counts(left) and _counts(right) and not (left.unit and right.unit) and "%" not in (left.shown, right.shown)
    )


def total(terms: Sequence[tuple[int, Type]], fixed: bool = False) -> Type | None:
    """The type of a sum of terms with their signs; None where they cannot be added.

    Two percentages differ by 百分点, and a percentage moves by 百分点; what is taken off a fixed one (``fixed``: the first term is
    written out, as in 100% - 比例) leaves a percentage. A plain number may stand for a count.
    """
    first = terms[0][1]
    kept = [(sign, type) for sign, type in terms if type.unit != POINTS]
    if not kept:
        return first
    if len(kept) < len(terms) and (first.unit or any(type.unit for _, type in kept)):
        return None
    if not all(agree(first, type) for _, type in kept[1:]):
        return None
    if all(type.shown == "%" for _, type in kept) and not fixed and sum(sign for sign, _ in kept) == 0:
        return DIFFERENCE
    return next((type for _, type in kept if type.unit), first)


def plain(type: Type) -> bool:
    """Whether a number has no unit at all."""
    return not type.unit and type.shown != "%"


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
        case "text" if type.name == "文号":
            return Term("文号（如 某府发〔2024〕1号）", "the number of a document (like 某府发〔2024〕1号)")
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
        case (("百分点", 1),):
            return Term("百分点", "percentage points")
        case (("月", 1),) | (("日", 1),):
            return Term(f"时长（{unit}）", f"a length of time ({unit})")
        case _:
            return Term(f"数量（{unit}）", f"a quantity ({unit})")
