"""The command line as people use it: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

import fayan
from fayan.cli import main

ROOT = Path(__file__).resolve().parents[2]
POLICY = "policies/yubei_2024.pol"
FACTS = "examples/小巨人.yaml"
DECIDE = ["eval", POLICY, "--facts", FACTS, "--on", "2025-12-31"]

SMALL = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元的企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：收入 超过 100万元
        金额 5万元
        由 区财政局
责任单位 区财政局

示例 恰好一百万元
    评估日 2025年6月30日
    设 收入 甲
    则
        甲 增收奖励
        100万元 不予
        101万元 5万元

附 事实

事实 企业
    收入 金额
"""


@pytest.fixture(autouse=True)
def at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.pol"
    path.write_text(SMALL, "utf-8")
    return path


def changed(small: Path, old: str, new: str) -> str:
    text = small.read_text("utf-8")
    assert old in text
    small.write_text(text.replace(old, new), "utf-8")
    return str(small)


# ---------------------------------------------------------------- check
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
    assert "1 error(s), 0 warning(s)" in out
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


# ---------------------------------------------------------------- eval
def test_eval_as_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert document["schema"] == "fayan.decision/1"
    assert document["on"] == "2025-12-31"
    assert [measure["id"] for measure in document["measures"]] == list(range(21))
    assert document["totals"]["relief"]["amount"] == "500000.00"


def test_eval_and_the_python_door_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import date

    assert main([*DECIDE, "--format", "json", "--reading", "R5.2=b"]) == 0
    told = capsys.readouterr().out
    decision = fayan.load(POLICY).decide(FACTS, date(2025, 12, 31), readings={"R5.2": "b"}, compare_readings=True)
    assert told == decision.to_json() + "\n"


@pytest.mark.parametrize("given", ["2025年12月31日", "２０２５-１２-３１", "2025-12-31"])
def test_eval_takes_dates_as_people_write_them(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE[:-1], given, "--format", "json", "--measure", "3"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["on"] == "2025-12-31"
    assert [measure["id"] for measure in document["measures"]] == [3]


def test_eval_without_a_date_is_as_of_today_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import date

    monkeypatch.setattr("fayan.commands.common.today", lambda: date(2025, 3, 1))
    assert main([*DECIDE[:-2], "--format", "json", "--measure", "5"]) == 0
    assert json.loads(capsys.readouterr().out)["on"] == "2025-03-01"


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_eval_in_words(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--format", format]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "渝澄精密传动（虚构）有限公司" in out
    assert out.startswith("<!") == (format == "html")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--reading", "R5.2"], "FY7805", "写作“口径编号=选项”"),
        (["--reading", "R5.22=b"], "FY7806", "是不是 R5.2？"),
        (["--reading", "R5.2=z"], "FY7807", "a 两年增速相加除以二"),
        (["--reading", "G1=b"], "FY7808", "不计算的理由"),
        (["--reading", "R5.2=b", "--reading", "R5.2=c"], "FY7809", "选了两次"),
        (["--measure", "21"], "FY7810", "这份政策没有措施「21」"),
        (["--measure", "五"], "FY7810", "这份政策没有措施「五」"),
        (["--on", "2025年2月30日"], "FY7804", "不是日历上的日期"),
        (["--on", "昨天"], "FY7804", "2025-06-30"),
        (["--format", "pdf"], "FY7811", "后面不能写"),
        (["--facts"], "FY7811", "后面要跟一个值"),
        (["--colour"], "FY7811", "不认得 --colour"),
    ],
)
def test_eval_used_wrongly(arguments: list[str], code: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert code in err
    assert words in err


def test_wrong_usage_puts_the_caret_under_the_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--reading", "R5.2=z"]) == 2
    lines = capsys.readouterr().err.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("1 │"))
    assert lines[at : at + 2] == ["1 │ --reading R5.2=z", "  │                ^"]


def test_bad_facts_are_exit_code_2_and_json_where_json_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("企业:\n  区内企页: 是\n", "utf-8")
    assert main(["eval", POLICY, "--facts", str(facts), "--on", "2025-12-31", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    (problem,) = json.loads(out)["problems"]
    assert problem["line"] == 2
    assert problem["file"] == str(facts)
    assert problem["code"] in err


def test_a_policy_with_errors_is_not_decided(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(small, "收入 超过", "收人 超过")
    assert main(["eval", path, "--facts", FACTS, "--on", "2025-12-31"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "FY2" in err


# ---------------------------------------------------------------- explain
@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_explain_prints_the_policy_for_people(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", POLICY, "--format", format]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "给予认定奖励" in out


def test_explain_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", POLICY, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["policy"]["number"] == "渝北府办发〔2024〕34号"


# ---------------------------------------------------------------- test
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


# ---------------------------------------------------------------- the process
def test_how_many_enterprises_is_a_whole_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", POLICY, "--n", "1.5", "-o", str(tmp_path / "表.xlsx")]) == 2
    assert "参数 --n: 要写整数，不是 '1.5'" in capsys.readouterr().err


def test_no_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FY7811" in capsys.readouterr().err


def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--help"]) == 0
    assert "评估日，如 2025-06-30" in capsys.readouterr().out


def test_a_fault_of_ours_is_a_message_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("something we did not think of")

    monkeypatch.setattr("fayan.policy.load", fail)
    monkeypatch.delenv("FAYAN_DEBUG", raising=False)
    assert main(["explain", POLICY]) == 2
    err = capsys.readouterr().err
    assert "FY9001" in err
    assert "Traceback" not in err


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f'"{sys.executable}" -m fayan explain {POLICY} | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split()[-1] == "0"
    assert done.stderr == ""


def test_the_exit_code_is_the_same_when_the_reader_stops() -> None:
    files = " ".join([POLICY] * 400)  # the last answers stand beyond what a pipe takes in
    command = f'"{sys.executable}" -m fayan fmt --check {files} nowhere.pol | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split()[-1] == "2"


def test_nothing_depends_on_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fayan", "check", POLICY],
        capture_output=True,
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
            "HOME": "/nonexistent",
        },
    )
    assert done.returncode == 0
    assert "0 个错误，0 个警告\n  容许 " in done.stdout.decode("utf-8")


def test_the_language_stands_before_the_verb_or_after_it(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for command in (
        ["--lang", "en", "check", "无.pol"],
        ["check", "无.pol", "--lang", "en"],
        ["--lang=en", "check", "无.pol"],
    ):
        assert main(command) == 2
        said.append("".join(capsys.readouterr()))
    assert said[0] == said[1] == said[2] and "cannot read" in said[0]
    assert main(["--help"]) == 0
    assert "--lang {zh,en}" in capsys.readouterr().out
    title = [f"{ROOT}/policies/yubei_2024.pol", "--format", "text"]
    assert main(["--lang", "en", "explain", *title]) == 0
    english = capsys.readouterr().out
    assert main(["explain", *title, "--lang", "en"]) == 0
    assert capsys.readouterr().out == english
    assert main(["explain", *title]) == 0
    assert capsys.readouterr().out != english
