"""The library of upstream documents: their own examples, and the size classes against the limits as the standard words them."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from fayan.checking import check
from fayan.documents.texts import read_source
from fayan.examples import trial
from fayan.policy import load
from fayan_compiler.library import head_of
from fayan_dsl.problem import Severity
from fayan_runtime.interpreter import Env, evaluate
from tests.places import ROOT

DOCUMENTS = sorted((ROOT / "policies" / "upstream").glob("*.pol"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_sound_says_what_is_not_on_file_and_meets_its_examples(path: Path) -> None:
    problems = check(read_source(path)).problems
    assert [problem.code for problem in problems if problem.severity is not Severity.NOTE] == []
    assert "FY6601" in [problem.code for problem in problems]
    report = trial.run(load(path))
    assert report.trials and report.passed


#: As the sources have them: number → in force from, until, which it follows. A slip here shows in no example.
HEADS: dict[str, tuple[date | None, date | None, str]] = {
    "工信部联企业〔2011〕300号": (None, None, ""),
    "工信部企业〔2022〕63号": (None, date(2026, 3, 31), ""),
    "财政部 税务总局公告2022年第10号": (date(2022, 1, 1), date(2024, 12, 31), ""),
    "财政部 税务总局公告2023年第12号": (date(2023, 1, 1), date(2027, 12, 31), "财政部 税务总局公告2022年第10号"),
    "税务总局公告2022年第3号": (None, None, ""),
    "财政部 税务总局 科技部公告2022年第16号": (date(2022, 1, 1), None, ""),
    "财政部 税务总局公告2023年第7号": (date(2023, 1, 1), None, "财政部 税务总局 科技部公告2022年第16号"),
    "财库〔2020〕46号": (None, None, ""),
    "财库〔2022〕19号": (date(2022, 7, 1), None, "财库〔2020〕46号"),
}


def test_every_document_has_its_own_number_and_its_days() -> None:
    heads = [head for path in DOCUMENTS if (head := head_of(path.read_text("utf-8"), path.name))]
    assert len(heads) == len(DOCUMENTS)
    assert {each.number: (each.effective, each.until, "、".join(each.replaces)) for each in heads} == HEADS


#: 万元. Industry → (people, revenue, assets) below any one of which it is 中小微; at least all of which it is 中型; 小型.
LIMITS: dict[str, tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]] = {
    "农林牧渔业": ((0, 20000, 0), (0, 500, 0), (0, 50, 0)),
    "工业": ((1000, 40000, 0), (300, 2000, 0), (20, 300, 0)),
    "建筑业": ((0, 80000, 80000), (0, 6000, 5000), (0, 300, 300)),
    "批发业": ((200, 40000, 0), (20, 5000, 0), (5, 1000, 0)),
    "零售业": ((300, 20000, 0), (50, 500, 0), (10, 100, 0)),
    "交通运输业": ((1000, 30000, 0), (300, 3000, 0), (20, 200, 0)),
    "仓储业": ((200, 30000, 0), (100, 1000, 0), (20, 100, 0)),
    "邮政业": ((1000, 30000, 0), (300, 2000, 0), (20, 100, 0)),
    "住宿业": ((300, 10000, 0), (100, 2000, 0), (10, 100, 0)),
    "餐饮业": ((300, 10000, 0), (100, 2000, 0), (10, 100, 0)),
    "信息传输业": ((2000, 100000, 0), (100, 1000, 0), (10, 100, 0)),
    "软件和信息技术服务业": ((300, 10000, 0), (100, 1000, 0), (10, 50, 0)),
    "房地产开发经营": ((0, 200000, 10000), (0, 1000, 5000), (0, 100, 2000)),
    "其他未列明行业": ((300, 0, 0), (100, 0, 0), (10, 0, 0)),
}


def size(industry: str, found: tuple[int, int, int]) -> str:
    """As the standard says it: one figure below its limit makes it 中小微; 中型 and 小型 need all; the rest is 微型."""
    below, medium, small = LIMITS[industry]
    if not any(limit and figure < limit for figure, limit in zip(found, below, strict=True)):
        return "大型"
    for name, limits in (("中型", medium), ("小型", small)):
        if all(figure >= limit for figure, limit in zip(found, limits, strict=True)):
            return name
    return "微型"


@pytest.mark.parametrize("industry", LIMITS)
def test_size_classes_on_just_below_and_just_above_every_limit(industry: str) -> None:
    policy = load(ROOT / "policies" / "upstream" / "中小企业划型.pol")
    body = next(each.body for each in policy.program.functions if each.name == "划型")
    choices = [
        sorted({max(0, limits[place] + step) for limits in LIMITS[industry] for step in (-1, 0, 1)})
        for place in range(3)
    ]
    for people, revenue, assets in product(*choices):
        given = {"划型行业": industry, "从业人员": people, "营业收入": f"{revenue}万元", "资产总额": f"{assets}万元"}
        facts = policy.read_facts({"企业": given})
        day = date(2025, 6, 30)
        found = evaluate(body, Env(policy.program, facts, day, {}))
        assert found == size(industry, (people, revenue, assets)), given


def test_the_40_percent_for_works_is_not_said_of_days_it_was_not_seen_for() -> None:
    """Seen: the second half of 2022, and 2024 to 2026."""
    policy = load(ROOT / "policies" / "upstream" / "政府采购_2022.pol")
    given = {
        "适宜由中小企业提供": True,
        "采购类别": "工程",
        "项目预算": "401万元",
        "预留比例": "40%",
        "预留份额中小微企业的比例": "60%",
    }
    for year, status in (
        (2022, "duty_met"),
        (2023, "unknown"),
        (2024, "duty_met"),
        (2026, "duty_met"),
        (2027, "unknown"),
    ):
        decision = policy.decide({"企业": given}, date(year, 10, 1))
        assert decision.measures[1].provisions["预留采购份额"].status == status, year


def test_an_example_of_a_definition_can_fail(tmp_path: Path) -> None:
    text = (ROOT / "policies" / "upstream" / "中小企业划型.pol").read_text("utf-8")
    path = tmp_path / "划型.pol"
    path.write_text(
        text.replace("则 划型 为 微型", "则 划型 为 小型").replace("501万元  不明", "501万元  小型"), "utf-8"
    )
    failures = [failure for each in trial.run(load(path)).trials for failure in each.failures]
    assert [(f.target, f.expected, f.found) for f in failures] == [
        ("划型", "小型", "不明 缺 查原文所得规模"),
        ("划型", "小型", "微型"),
    ]
