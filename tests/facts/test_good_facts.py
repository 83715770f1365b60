"""Facts that are right: every type and every way of writing, read to exact values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fayan.facts_file import read_facts, read_facts_file
from fayan_runtime.one_value import check_character
from fayan_runtime.values import Facts, Unknown

from .policy import PROGRAM


def own(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the enterprise, from a mapping that has to be right."""
    checked, problems = read_facts({"企业": facts}, PROGRAM)
    assert [problem.title() for problem in problems] == []
    assert checked is not None
    return checked.scopes["企业"]


def from_file(path: Path, text: str | bytes) -> Facts:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    checked, problems = read_facts_file(path, PROGRAM)
    assert [problem.title() for problem in problems] == []
    assert checked is not None
    return checked


def missing(value: object) -> list[tuple[int, int, int, str]]:
    assert isinstance(value, Unknown)
    return sorted(value.missing)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5000万元", 50_000_000),
        ("1.2亿元", 120_000_000),
        ("1万亿元", 10**12),
        ("1,200元", 1200),
        ("5千万元", 50_000_000),
        ("3百元", 300),
        ("五千万元", 50_000_000),
        ("一点二亿元", 120_000_000),
        ("三十二万五千零八元", 325_008),
        ("两百 万元", 2_000_000),
        ("壹佰零伍万元", 1_050_000),
        ("十二元", 12),
        ("零", 0),
        ("１，２００．５元", Fraction(2401, 2)),
        ("5000 万元", 50_000_000),
        ("0.01元", Fraction(1, 100)),
        ("1200", 1200),
        ("0", 0),
        ("-0元", 0),
        ("+5元", 5),
        (1200, 1200),
        (0.1, Fraction(1, 10)),
        (1e22, 10**22),
        (Decimal("99.99"), Fraction(9999, 100)),
        (Decimal("1E+5"), 100_000),
        (Fraction(1, 3), Fraction(1, 3)),
        (Fraction(4, 2), 2),
    ],
)
def test_amounts_are_exact(written: object, amount: int | Fraction) -> None:
    value = own({"投资": written})["投资"]
    assert value == amount
    assert type(value) is type(amount)


@pytest.mark.parametrize(
    ("field", "written", "number"),
    [
        ("面积", "3000平方米", 3000),
        ("面积", "3000㎡", 3000),
        ("面积", "0.3万平方米", 3000),
        ("面积", "3亩", 2000),
        ("面积", "1亩", Fraction(2000, 3)),
        ("面积", "3000.5", Fraction(6001, 2)),
        ("租金", "20元/平方米·月", 20),
        ("租金", "20元/平方米/月", 20),
        ("租金", "240元/平方米·年", 20),
        ("租金", "20元/(平方米·月)", 20),
        ("租金", "２０元／平方米·月", 20),
        ("租金", "20.5", Fraction(41, 2)),
        ("租用月数", "12个月", 12),
        ("租用月数", "12月", 12),
        ("租用月数", "1年", 12),
        ("租用月数", 12, 12),
    ],
)
def test_measured_fields(field: str, written: object, number: int | Fraction) -> None:
    rows = own({"租赁": [{"年度": 2024, field: written}]})["租赁"]
    assert rows[0][field] == number


def test_a_number_without_a_unit_is_in_the_declared_one() -> None:
    values = own(
        {"年租金": 12000, "停工天数": "30天", "研发": [{"摊销年限": "10年"}, {"摊销年限": 10}, {"摊销年限": "6个月"}]}
    )
    assert values["年租金"] == 1000  # 元 a month
    assert values["停工天数"] == 30
    assert [row["摊销年限"] for row in values["研发"]] == [120, 120, 6]


@pytest.mark.parametrize(
    ("written", "ratio"), [("12%", Fraction(3, 25)), ("０.１２", Fraction(3, 25)), ("100％", 1), (0, 0)]
)
def test_ratios(written: object, ratio: int | Fraction) -> None:
    assert own({"价格扣除比例": written})["价格扣除比例"] == ratio


@pytest.mark.parametrize(
    "written",
    ["2024年12月12日", "2024-12-12", "2024/12/12", "２０２４年１２月１２日", "2024年 12月 12日", date(2024, 12, 12)],
)
def test_dates(written: object) -> None:
    assert own({"迁入日期": written})["迁入日期"] == date(2024, 12, 12)


def test_a_leap_day_exists_in_leap_years() -> None:
    assert own({"迁入日期": "2024-2-29"})["迁入日期"] == date(2024, 2, 29)


@pytest.mark.parametrize("written", ["2024-11", "2024年11月", "2024/11"])
def test_months_count_from_year_nought(written: str) -> None:
    assert own({"税费": [{"所属期": written}]})["税费"][0]["所属期"] == 2024 * 12 + 10


@pytest.mark.parametrize("written", [2024, "2024", "2024年", "2024年度", "２０２４年"])
def test_years(written: object) -> None:
    assert own({"成立年度": written})["成立年度"] == 2024


@pytest.mark.parametrize(
    ("written", "truth"), [("是", True), ("true", True), (True, True), ("否", False), ("False", False), (False, False)]
)
def test_truth(written: object, truth: bool) -> None:
    assert own({"区内企业": written})["区内企业"] is truth


@pytest.mark.parametrize("none", [None, "无"])
def test_there_is_none(none: object) -> None:
    values = own({"迁入日期": none, "交易所": none, "产业领域": none, "认定记录": none, "年度经营": none})
    assert (values["迁入日期"], values["交易所"]) == (None, None)
    assert (values["产业领域"], values["认定记录"], values["年度经营"]) == (frozenset(), [], {})


def test_a_text_may_be_the_word_for_none() -> None:
    assert own({"企业名称": "无"})["企业名称"] == "无"


def test_sets_are_lists_or_a_single_member() -> None:
    values = own({"产业领域": ["汽车", " 电子 "], "宣传年度": 2023})
    assert values["产业领域"] == frozenset({"汽车", "电子"})
    assert values["宣传年度"] == frozenset({2023})
    assert own({"产业领域": {"元宇宙", "汽车"}, "宣传年度": ("2022年", 2023)})["宣传年度"] == frozenset({2022, 2023})
    assert own({"产业领域": []})["产业领域"] == frozenset()


def test_credit_codes() -> None:
    assert own({"统一社会信用代码": "91350100M000100Y43"})["统一社会信用代码"] == "91350100M000100Y43"
    assert own({"统一社会信用代码": "９１３５０１００Ｍ０００１００Ｙ４３"})["统一社会信用代码"] == "91350100M000100Y43"
    assert check_character("91350100M000100Y4") == "3"


def test_what_is_absent_is_not_known_in_order_of_declaration() -> None:
    checked, _ = read_facts({"企业": {"认定记录": [{}, {"级别": "国家小巨人"}], "年度经营": [{"年度": 2024}]}}, PROGRAM)
    assert checked is not None
    values: dict[str, Any] = checked.scopes["企业"]
    assert missing(values["企业名称"]) == [(0, 0, 0, "企业名称")]
    assert missing(values["区内企业"]) == [(2, 0, 0, "区内企业")]
    assert missing(values["认定记录"][1]["日期"]) == [(13, 1, 1, "认定记录[1].日期")]
    assert missing(values["认定记录"][0]["有效期至"]) == [(13, 0, 2, "认定记录[0].有效期至")]
    assert missing(values["年度经营"][2024]["产值"]) == [(14, 2024, 1, "年度经营[2024].产值")]
    assert missing(values["租赁"]) == [(15, 0, 0, "租赁")]
    assert missing(checked.scopes["全区"]["小巨人数"]) == [(19, 0, 0, "全区.小巨人数")]
    assert checked.subject == "（未具名企业）"


def test_a_series_maps_years_to_rows() -> None:
    series = own({"年度经营": [{"年度": "2024年", "产值": "5000万元"}, {"年度": 2022, "产值": None}]})["年度经营"]
    assert series == {2024: {"年度": 2024, "产值": 50_000_000}, 2022: {"年度": 2022, "产值": None}}
    assert own({})["年度经营"] == {}


def test_this_document_is_the_default_basis() -> None:
    rows = own({"已兑付": [{"措施": 5, "金额": 1}, {"措施": "5", "金额": 1, "依据": "旧办法"}]})["已兑付"]
    assert [(row["措施"], row["依据"]) for row in rows] == [(5, "试发〔2024〕1号"), (5, "旧办法")]


def test_the_subject_is_the_name_or_the_code() -> None:
    for given, subject in [
        ({"企业名称": "甲"}, "甲"),
        ({"统一社会信用代码": "91350100M000100Y43"}, "91350100M000100Y43"),
    ]:
        checked, _ = read_facts({"企业": given}, PROGRAM)
        assert checked is not None
        assert checked.subject == subject


YAML = """\
# 虚构
企业:
  企业名称: 甲公司：一分厂
  "区内企业": 是
  迁入日期:
  产业领域: [汽车, 电子]   # 两个
  认定记录:
    - {级别: 市级专精特新, 日期: 2024-02-29, 有效期至: ~}
    - 级别: '国家小巨人'
      日期: 2025年3月1日
  年度经营:
  - 年度: 2024
    产值: 1.2亿元
全区:
  小巨人数: 23家
"""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_yaml(tmp_path: Path, mark: bytes, end: bytes) -> None:
    facts = from_file(tmp_path / "甲.yaml", mark + YAML.encode().replace(b"\n", end))
    values: dict[str, Any] = facts.scopes["企业"]
    assert facts.subject == "甲公司：一分厂"
    assert values["区内企业"] is True
    assert values["迁入日期"] is None
    assert values["产业领域"] == frozenset({"汽车", "电子"})
    assert values["认定记录"][0] == {"级别": "市级专精特新", "日期": date(2024, 2, 29), "有效期至": None}
    assert values["认定记录"][1]["日期"] == date(2025, 3, 1)
    assert values["年度经营"] == {2024: {"年度": 2024, "产值": 120_000_000}}
    assert facts.scopes["全区"]["小巨人数"] == 23


JSON = """\
{"企业": {"企业名称": "甲\\u516c司", "区内企业": true, "迁入日期": null, "投资": 0.1, "价格扣除比例": 1e-1,
  "产业领域": ["汽车"], "成立年度": 2020, "年度经营": [{"年度": 2024, "产值": "5000万元"}], "认定记录": []}}
"""


def test_json(tmp_path: Path) -> None:
    facts = from_file(tmp_path / "甲.JSON", JSON)
    values: dict[str, Any] = facts.scopes["企业"]
    assert facts.subject == "甲公司"
    assert values["区内企业"] is True
    assert values["迁入日期"] is None
    assert (values["投资"], values["价格扣除比例"]) == (Fraction(1, 10), Fraction(1, 10))
    assert values["成立年度"] == 2020
    assert values["年度经营"][2024]["产值"] == 50_000_000
    assert values["认定记录"] == []


def test_a_path_will_do_for_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("企业: {区内企业: 否}", "utf-8")
    for given in (path, str(path)):
        checked, problems = read_facts(given, PROGRAM)
        assert problems == []
        assert checked is not None
        assert checked.scopes["企业"]["区内企业"] is False


def test_a_payment_names_its_rule_however_wide_it_is_typed() -> None:
    """５G奖励 is the rule 5G奖励, so that what was paid under it is set off; words that name no rule stay as they are."""
    from datetime import date

    from fayan.policy import loads

    policy = loads(
        "政策 某区奖励办法\n    文号 某府发〔2024〕1号\n    发文机关 某区人民政府\n    成文日期 2024年1月1日\n\n"
        "措施 1 给予奖励\n｜给予5万元奖励。\n    奖励 甲5G奖励\n        金额 5万元\n"
        "附 规则\n抵扣 已兑付\n附 事实\n事实 企业\n    已兑付 清单\n        措施 整数\n        事项 文本\n        日期 日期\n"
        "        金额 金额\n        依据 文号 缺省 本文件\n"
    )
    for typed, payable in (("甲5G奖励", 20000), ("甲５Ｇ奖励", 20000), ("甲5G 奖励", 20000), ("乙奖励", 50000)):
        paid = {"措施": 1, "事项": typed, "日期": "2024-06-01", "金额": "3万元"}
        decision = policy.decide({"企业": {"已兑付": [paid]}}, date(2025, 6, 30))
        assert decision.outcome.measures[1].provisions["甲5G奖励"].payable == payable, typed
