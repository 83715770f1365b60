"""The Python door: what it gives, and what it raises."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import fayan
from fayan.policy import loads
from tests.places import ROOT

POLICY = ROOT / "policies/yubei_2024.pol"
FACTS = ROOT / "examples/小巨人.yaml"
DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def policy() -> fayan.Policy:
    return fayan.load(POLICY)


def test_amounts_are_exact_decimals(policy: fayan.Policy) -> None:
    decision = policy.decide(FACTS, on=DAY)
    first = decision.measures[5].provisions["首次认定"]
    assert (first.amount, first.paid, first.payable) == (Decimal("500000.00"), Decimal("0.00"), Decimal("500000.00"))
    assert isinstance(decision, fayan.Decision)


def test_facts_may_be_read_once_and_decided_often(policy: fayan.Policy) -> None:
    facts = policy.read_facts(FACTS)
    assert policy.read_facts(facts) is facts
    a = policy.decide(facts, DAY, {"R3.5": "a"}, [3]).measures[3].provisions
    b = policy.decide(facts, DAY, {"R3.5": "b"}, [3]).measures[3].provisions
    assert [each.amount for each in a.values()] == [Decimal("480000.00"), Decimal("20000.00")]
    assert sum((each.amount or Decimal(0) for each in b.values()), Decimal(0)) > Decimal("500000.00")


def test_a_mapping_will_do_as_well_as_a_file(policy: fayan.Policy) -> None:
    decision = policy.decide(
        {"企业": {"服务专员": None, "认定记录": [{"级别": "国家小巨人", "日期": date(2024, 1, 1), "有效期至": None}]}},
        DAY,
    )
    assert decision.measures[15].provisions["配备服务专员"].status == "duty_unmet"


def test_a_moment_counts_as_its_day(policy: fayan.Policy) -> None:
    assert policy.decide(FACTS, datetime(2025, 12, 31, 18, 30)).on == DAY


def test_without_reasons_the_amounts_are_the_same(policy: fayan.Policy) -> None:
    short = policy.decide(FACTS, DAY, reasons=False)
    full = policy.decide(FACTS, DAY)
    for number, measure in full.measures.items():
        for name, provision in measure.provisions.items():
            other = short.measures[number].provisions[name]
            assert (other.status, other.amount, other.payable) == (
                provision.status,
                provision.amount,
                provision.payable,
            )


def test_readings_are_compared_when_asked(policy: fayan.Policy) -> None:
    (use,) = (
        use
        for use in policy.decide(FACTS, DAY, measures=[3], compare_readings=True)
        .measures[3]
        .provisions["社会闲置厂房租金补贴"]
        .readings
        if use.id == "R3.5"
    )
    assert (use.used, use.matters) == ("a", True)
    assert set(use.others) == {"b"}


def test_readings_are_compared_without_reasons(policy: fayan.Policy) -> None:
    decision = policy.decide(FACTS, DAY, measures=[3], reasons=False, compare_readings=True)
    provision = decision.measures[3].provisions["社会闲置厂房租金补贴"]
    assert provision.reasons == []
    assert next(use for use in provision.readings if use.id == "R3.5").matters is True


@pytest.mark.parametrize("path", [None, 3.5, b"x", ["a"]])
def test_what_is_no_path_is_a_policy_that_cannot_be_read(path: Any) -> None:
    with pytest.raises(fayan.PolicyError) as raised:
        fayan.load(path)
    assert "这不是文件的路径" in str(raised.value)


def test_a_lone_surrogate_is_refused(policy: fayan.Policy) -> None:
    """JSON in UTF-8 could not be written with it."""
    with pytest.raises(fayan.FactsError) as raised:
        policy.decide({"企业": {"企业名称": "甲\ud800"}}, DAY)
    assert [problem.code for problem in raised.value.problems] == ["FY7226"]


def test_errors_of_a_policy_are_raised_with_all_problems(tmp_path: Path) -> None:
    path = tmp_path / "x.pol"
    path.write_text("政策 甲\n    文号 甲\n\n定义 甲 指 乙\n定义 丙 指 丁\n", "utf-8")
    with pytest.raises(fayan.PolicyError) as raised:
        fayan.load(path)
    codes = [problem.code for problem in raised.value.problems]
    assert codes.count("FY2001") == 2
    assert "FY2001" in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_there_is_a_policy_error() -> None:
    with pytest.raises(fayan.PolicyError, match="没有这个文件"):
        fayan.load("nowhere.pol")


def test_bad_facts_are_a_facts_error(policy: fayan.Policy) -> None:
    with pytest.raises(fayan.FactsError, match="区内企页"):
        policy.decide({"企业": {"区内企页": True}}, DAY)


def test_choices_that_are_not_there_are_a_usage_error(policy: fayan.Policy) -> None:
    with pytest.raises(fayan.UsageError) as raised:
        policy.decide(FACTS, DAY, readings={"R5.2": "z", "R9.9": "a"}, measures=[99])
    assert [problem.code for problem in raised.value.problems] == ["FY7807", "FY7806", "FY7810"]


def test_every_error_is_a_fayan_error() -> None:
    assert all(issubclass(each, fayan.FayanError) for each in (fayan.PolicyError, fayan.FactsError, fayan.UsageError))


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = fayan.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("home", [{"XDG_CACHE_HOME": "{}/cache"}, {"XDG_CACHE_HOME": "", "HOME": "{}"}])
def test_parser_tables_are_kept_in_the_users_cache(
    home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in home.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    fayan.load(POLICY)
    (kept,) = tmp_path.rglob("grammar-*.json")
    assert kept.parent.name == "fayan"


def test_a_cache_that_cannot_be_written_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert fayan.load(POLICY).program.number == "渝北府办发〔2024〕34号"


def test_the_policy_as_a_document(policy: fayan.Policy) -> None:
    assert "给予认定奖励" in policy.to_text()
    assert policy.to_html().startswith("<!")
    assert policy.to_markdown("en") != policy.to_markdown("zh")


@pytest.mark.parametrize(
    "asked",
    [
        {"on": "昨天"},
        {"on": None},
        {"readings": {"R5.2": 2}},
        {"readings": {5: "a"}},
        {"measures": "15x"},
        {"measures": 99},
    ],
)
def test_odd_arguments_are_usage_errors(asked: dict[str, Any]) -> None:
    policy = fayan.load(POLICY)
    with pytest.raises(fayan.UsageError):
        policy.decide({"企业": {}}, **{"on": date(2025, 12, 31), **asked})


def test_a_date_in_words_and_a_single_measure_will_do() -> None:
    decision = fayan.load(POLICY).decide({"企业": {}}, on="2025年12月31日", measures=5)
    assert (decision.on, list(decision.measures)) == (date(2025, 12, 31), [5])


def test_a_measure_number_used_twice_is_an_error() -> None:
    text = POLICY.read_text("utf-8").replace("措施 6 用好专项资金", "措施 5 用好专项资金")
    with pytest.raises(fayan.PolicyError) as raised:
        loads(text)
    problem = raised.value.problems[0]
    assert problem.title("zh") == "“措施 5”这个编号用了两次。"
    assert problem.source.text[problem.span.start : problem.span.end] == "措施 5"


def test_a_text_is_laid_out() -> None:
    text = POLICY.read_text("utf-8")
    assert fayan.format_text(text.replace("        金额 ", "        金额   ")) == text
    assert "\n        amount by 级别\n" in fayan.format_text(text, keywords="en")
    with pytest.raises(fayan.PolicyError, match=r"甲[.]pol:"):
        fayan.format_text(text.replace("金额 按", "金颜 按"), name="甲.pol")


def test_what_is_missing_is_listed_as_paths_in_order_of_declaration(policy: fayan.Policy) -> None:
    """The three stages of measure 7 wait for a date each; all else is known. The same in Python and in JSON."""
    title = {"级别": "市级专精特新", "日期": "2023-06-01", "有效期至": None}
    decision = policy.decide(
        {"企业": {"区内企业": True, "迁入日期": None, "认定记录": [title], "复核记录": []}}, on=DAY
    )
    listed = decision.measures[7].provisions["首发上市"]
    assert listed.missing == ["上市辅导验收日期", "上市申请受理日期", "首发上市日期"]
    told = {each["name"]: each for each in json.loads(decision.to_json())["measures"][7]["provisions"]}
    assert told["首发上市"]["missing"] == listed.missing
    assert [item["missing"] for item in told["首发上市"]["items"]] == [item.missing for item in listed.items]
