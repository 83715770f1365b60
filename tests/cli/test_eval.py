"""``fayan eval``: what is printed where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fayan
from fayan.cli import main
from tests.cli.small import DECIDE, FACTS, POLICY, changed

pytestmark = pytest.mark.usefixtures("at_the_top")


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
        (["--format", "pdf"], "FY7811", "后面不能写"),
        (["--facts"], "FY7811", "后面要跟一个值"),
        (["--colour"], "FY7811", "不认得 --colour"),
    ],
)
def test_eval_used_wrongly(arguments: list[str], code: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    at = DECIDE.index("--on")
    decide = [*DECIDE[:at], *DECIDE[at + 2 :]] if "--on" in arguments else DECIDE  # only one date can be given
    assert main([*decide, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert code in err
    assert words in err


@pytest.mark.parametrize(("day", "words"), [("2025年2月30日", "不是日历上的日期"), ("昨天", "2025-06-30")])
def test_a_day_that_is_none_is_refused(day: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE[:-1], day]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "FY7804" in err
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
