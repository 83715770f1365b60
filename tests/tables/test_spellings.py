"""The schema takes what the reader takes: held together by values of every kind, right, wrong and next to it, for every type."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import jsonschema
import pytest

from fayan.tables.json_schema import json_schema
from fayan_runtime.ir import FactDecl
from fayan_runtime.one_value import is_count, is_ratio
from fayan_runtime.read import read
from tests.facts.policy import PROGRAM
from tests.tables.test_cells import CELLS, mixed

FACTS = {
    fact.name: fact
    for scope in PROGRAM.scopes
    for fact in scope.facts
    if scope.name == "企业" and not fact.is_list
}  # fmt: skip
CHECK = jsonschema.Draft202012Validator(json_schema(PROGRAM))
#: Values that are no texts, and lists.
OTHERS = [
    True,
    False,
    0,
    5,
    5.5,
    1,
    1.5,
    -1,
    2024,
    1899,
    2201,
    None,
    [],
    ["汽车"],
    ["汽车", "飞机"],
    ["无"],
    [2024, "2025年"],
    {},
    [[]],
]
WORDS = "零一二两三四五六七八九十百千万亿点"


def numbers(count: int) -> list[str]:
    """Numbers in figures and in words, with all sorts of units."""
    random = Random(2)
    units = [
        "",
        "元",
        "万元",
        "千元",
        "家",
        "万家",
        "百分点",
        "%",
        "％",
        "平方米",
        "㎡",
        "亩",
        "月",
        "个月",
        "年",
        "日",
        "天",
        "元/平方米·月",
        "元/年",
    ]
    units += ["元/月·平方米", "元/㎡/月", "元/(平方米·月)", "万元/亩·年", "百", "万", "亿", "人", "整"]
    made = []
    for _ in range(count):
        figures = "".join(random.choice("0123456789９.,１") for _ in range(random.randint(1, 5)))
        words = "".join(random.choice(WORDS) for _ in range(random.randint(1, 5)))
        made.append(
            random.choice([figures, figures, words, "百分之" + words]) + random.choice(["", " "]) + random.choice(units)
        )
    return made


def days(count: int) -> list[str]:
    random = Random(3)
    made = []
    for _ in range(count):
        first, then, last = random.choice(["年月日", "-- ", "// ", "年月 ", "-/ "])
        year, month, day = (
            random.choice([1899, 1900, 2000, 2023, 2024, 2100, 2201]),
            random.randint(0, 13),
            random.randint(0, 32),
        )
        made.append(f"{year}{first}{month:0{random.choice('12')}}{then}{day}{last}".strip())
        made.append(f"{year}{first}{month}{random.choice(['', '月'])}")
    return made


def beyond_words(fact: FactDecl, value: Any) -> bool:
    """What the reader takes and nobody writes, or what no expression can say: see ``fayan.tables.spellings``."""
    if not isinstance(value, str):
        return False
    type = fact.type
    if type.kind == "number" and (is_ratio(type) or is_count(type)) and re.search("[0-9０-９][eEｅＥ]", value):
        return True
    scaled = (is_ratio(type) and re.search("[百千万亿].*[%％]", value)) or re.search(r"[百千万亿]\s*[百千]", value)
    inner = re.search(rf"[{WORDS}]\s+[{WORDS}]", value)
    return bool(
        len(value) > 40
        or (type.kind == "number" and (scaled or inner or re.match(r"\s*[-－−][0０.．,，]+\D*$", value)))
    )


@pytest.mark.parametrize("name", FACTS)
def test_the_schema_takes_what_the_reader_takes(name: str) -> None:
    fact = FACTS[name]
    taken = refused = 0
    for value in [*OTHERS, *CELLS, *mixed(400), *numbers(1500), *days(400)]:
        if beyond_words(fact, value):
            continue
        data = {"企业": {name: value}}
        complaints = read(data, PROGRAM)[1]
        if [each.kind for each in complaints] == ["credit-code-check"]:
            continue
        right = not complaints
        assert CHECK.is_valid(data) == right, value
        taken, refused = taken + right, refused + (not right)
    assert taken >= 1 and refused > 15


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("投资", "五千万元", True), ("投资", "一点二亿元", True), ("投资", "三百五元", False), ("投资", "5000万", False), ("投资", "-1元", False),
        ("统一社会信用代码", "91350100m000100y43", True), ("统一社会信用代码", "9135010", False),
    ],
)  # fmt: skip
def test_what_people_write(name: str, value: str, right: bool) -> None:
    data = {"企业": {name: value}}
    assert (not read(data, PROGRAM)[1], CHECK.is_valid(data)) == (right, right)
