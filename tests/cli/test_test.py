"""``fayan test``: what was expected, what came out, what no example shows."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

from fayan.cli import main
from tests.cli.small import POLICY, changed

pytestmark = pytest.mark.usefixtures("at_the_top")


def test_test_runs_the_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", POLICY]) == 0
    out = capsys.readouterr().out
    assert re.match(rf"{POLICY}：\d+ 个情形全部相符\n", out)
    assert "✓ 增速恰为20%不算超过（3 种情形）" in out


def test_test_says_what_was_expected_and_what_came_out(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(small, "100万元 不予", "100万元 5万元")
    assert main(["test", path]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out == [
        f"{path}：2 个情形，1 个不符",
        "✗ 恰好一百万元（2 种情形）",
        f"    {path}:19  增收奖励",
        "        应为 得 5万元",
        "        实为 不予 因 收入过线",
    ]


def test_test_in_english(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--lang", "en", changed(small, "101万元 5万元", "101万元 7万元")]) == 1
    out = capsys.readouterr().out
    assert "expected gets 70000.00" in out
    assert "found    gets 50000.00" in out


def test_test_as_json_with_coverage(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--format", "json", "--coverage", str(small)]) == 0
    (policy,) = json.loads(capsys.readouterr().out)["policies"]
    assert [case["passed"] for case in policy["cases"]] == [True, True]
    coverage = policy["coverage"]
    assert (coverage["met"], coverage["total"], coverage["percent"]) == (2, 2, 100)
    (condition,) = coverage["conditions"]
    assert condition["text"] == "收入 超过 100万元"
    assert condition["decided_true"] and condition["decided_false"]
    assert condition["threshold"] == ["at", "above"]  # 100万元 and 101万元, a hundredth more
    assert "suggestions" not in policy


def test_test_tells_what_no_example_shows(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(small, "        100万元 不予\n", "")
    assert main(["test", "--coverage", path]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"{path}：1 个情形全部相符；2 处试到 1 处，占 50%"
    assert out[2:7] == [
        "",
        "没有试到的：",
        "  增收奖励",
        f"    {path}:9  收入 超过 100万元",
        "        没有不成立的情形",
    ]
    assert out[-1] == "        没有略低、恰好的"
    assert main(["test", "--coverage", "--lang", "en", path]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"{path}: 1 cases, all as expected; 1 of 2 goals tried, 50%"
    assert "        never seen to fail" in out


@pytest.mark.parametrize(("least", "code"), [("50", 0), ("51", 1), ("0", 0), ("100", 1)])
def test_test_falls_short_of_the_share_asked_for(
    small: Path, capsys: pytest.CaptureFixture[str], least: str, code: int
) -> None:
    path = changed(small, "        100万元 不予\n", "")
    assert main(["test", "--fail-under", least, path]) == code
    assert capsys.readouterr().out.startswith(f"{path}：1 个情形全部相符；2 处试到 1 处，占 50%")


@pytest.mark.parametrize("least", ["", "-1", "101", "half", "５０", "9.5"])
def test_a_share_is_a_whole_number_of_percent(small: Path, capsys: pytest.CaptureFixture[str], least: str) -> None:
    assert main(["test", f"--fail-under={least}", str(small)]) == 2
    assert "要写 0 到 100 的整数" in capsys.readouterr().err
    assert main(["test", f"--fail-under={least}", "甲.pol", "--lang", "en"]) == 2
    told = capsys.readouterr().err.splitlines()[0]
    assert "not a whole number from 0 to 100" in told and not any("\u4e00" <= char <= "\u9fff" for char in told)


@pytest.mark.parametrize("word", ["3101", "fy3101", "unit-mismatch", "FY3101"])
def test_a_page_is_found_by_its_code_its_number_and_its_name(capsys: pytest.CaptureFixture[str], word: str) -> None:
    assert main(["help", word]) == 0
    assert capsys.readouterr().out.startswith("FY3101 unit-mismatch\n")


def test_what_is_suggested_can_be_pasted(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(small, "        100万元 不予\n", "")
    assert main(["test", "--suggest", path]) == 0
    out = capsys.readouterr().out
    assert "    设 收入 100万元\n    则 增收奖励 不予 因 收入过线\n" in out
    Path(path).write_text(Path(path).read_text("utf-8") + "\n" + out, "utf-8")
    assert main(["test", "--fail-under", "100", path]) == 0
    assert main(["check", path]) == 0


def test_test_as_junit(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--format", "junit", changed(small, "100万元 不予", "100万元 5万元")]) == 1
    (suite,) = xml.fromstring(capsys.readouterr().out.encode())
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    (failure,) = suite.iter("failure")
    assert "应为 得 5万元，实为 不予 因 收入过线" in (failure.get("message") or "")


def test_a_policy_that_cannot_be_run_is_an_error_in_junit(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = str(shutil.copy(small, small.with_name("sound.pol")))
    broken = changed(small, "超过 100万元", "超过 100万美元")
    assert main(["test", "--format", "junit", broken, sound]) == 1
    told = capsys.readouterr()
    suites = list(xml.fromstring(told.out.encode()))
    assert [(suite.get("name"), suite.get("errors", "0"), len(suite)) for suite in suites] == [
        (sound, "0", 2),
        (broken, "1", 1),
    ]
    (error,) = suites[1].iter("error")
    assert error.get("type") == "FY1012 no-such-unit" and "FY1012" in (error.text or "") and "FY1012" in told.err
    assert main(["test", "--format", "junit", "没有.pol"]) == 2
    assert "<error" in capsys.readouterr().out


def test_a_concordance_has_no_sarif(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--trace-text", "--format", "sarif", str(small)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "用 --format text 或 json" in told.err
    assert main(["check", "--trace-text", changed(small, "超过 100万元", "超过 100万美元")]) == 1
    assert "改好以后再列" in capsys.readouterr().out
