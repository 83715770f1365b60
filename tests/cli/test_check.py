"""``fayan check``: what is printed where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fayan.cli import main
from tests.cli.small import POLICY, changed

pytestmark = pytest.mark.usefixtures("at_the_top")


def test_check_says_that_the_reference_policy_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", POLICY]) == 0
    out, err = capsys.readouterr()
    summary, *let_stand = out.splitlines()
    assert summary == f"{POLICY}：0 个错误，0 个警告"
    assert all(line.startswith(f"  容许 {POLICY}:") for line in let_stand)
    # 新三板: 100 + 100 + 200 against the 300 that the text states
    assert any("各阶段相加是400万元，原文写300万元" in line for line in let_stand)
    assert err == ""


def test_check_says_what_is_wrong_with_carets_under_the_words(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", changed(small, "须 收入过线：收入 超过", "须 收入过线：收人 超过")]) == 1
    out = capsys.readouterr().out.splitlines()
    line = next(i for i, text in enumerate(out) if "收人 超过 100万元" in text and "│" in text)
    from fayan_dsl.source import cells

    under = out[line + 1]
    assert cells(under[: under.index("^")]) == cells(out[line][: out[line].index("收人")])
    assert under.count("^") == cells("收人")
    assert "收入" in "\n".join(out[line + 2 :])


def test_check_as_json_holds_both_languages_and_places(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", changed(small, "金额 5万元", "金额 6万元")]) == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert document["schema"] == "fayan.problems/1"
    assert document["errors"] == 1
    (differs,) = document["problems"]
    assert differs["code"] == "FY6104"
    assert (differs["line"], differs["column"], differs["end_column"]) == (10, 12, 15)
    assert "6万元" in differs["message"]["zh"]
    assert "6万元" in differs["message"]["en"]
    assert differs["headings"] == ["某区奖励办法", "措施 1", "奖励 增收奖励"]


def test_check_as_sarif(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "sarif", changed(small, "金额 5万元", "金额 6万元")]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"FY6104"}
    (result,) = run["results"]
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == str(small)
    assert place["region"] == {"startLine": 10, "startColumn": 12, "endLine": 10, "endColumn": 15}


def test_check_in_english(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "en", changed(small, "金额 5万元", "金额 6万元")]) == 1
    out = capsys.readouterr().out
    assert "error FY6104 the rule has “6万元”, the text has “5万元”" in out
    assert "1 error, 0 warnings" in out
    assert "错误" not in out


@pytest.mark.parametrize(
    ("prepare", "code", "words"),
    [
        (lambda path: None, "FY7801", "没有这个文件"),
        (lambda path: path.mkdir(), "FY7801", "这是一个文件夹"),
        (lambda path: path.write_bytes("政策 甲\n".encode() + b"\xff\xfe"), "FY7802", "第 2 行"),
        (lambda path: path.write_bytes(b"#" * (17 * 2**20)), "FY7803", "超过 16 MiB"),
    ],
    ids=["missing", "folder", "not utf-8", "too large"],
)
def test_check_of_a_file_that_cannot_be_read(
    prepare: object, code: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pol"
    prepare(path)  # type: ignore[operator]
    assert main(["check", str(path)]) == 2
    out = capsys.readouterr().out
    assert code in out
    assert words in out


def test_check_goes_on_with_the_other_files(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.pol", changed(small, "金额 5万元", "金额 6万元")]) == 2
    out = capsys.readouterr().out
    assert "FY7801" in out
    assert "FY6104" in out
