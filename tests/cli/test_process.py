"""The command as a process: usage, languages, faults of ours, readers that stop."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fayan.cli import COMMANDS, main
from fayan_dsl.source import cells
from tests.cli.small import POLICY
from tests.places import ROOT

pytestmark = pytest.mark.usefixtures("at_the_top")


def test_how_many_enterprises_is_a_whole_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", POLICY, "--n", "1.5", "-o", str(tmp_path / "表.xlsx")]) == 2
    assert "参数 --n: 要写整数，不是 '1.5'" in capsys.readouterr().err


def test_no_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FY7811" in capsys.readouterr().err


VERBS = [command.NAME for command in COMMANDS]


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_in_the_language_asked_for(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Chinese without a word of argparse's own; English without a Chinese character but dates and units as they are written."""
    ask = [verb] if verb else []
    assert main([*ask, "--help"]) == 0
    chinese = capsys.readouterr().out
    assert main([*ask, "--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out
    assert chinese.startswith("用法：fayan") and "选项" in chinese and "显示这份说明" in chinese
    own = re.compile(
        r"usage|positional|arguments|options|OPTIONS|COMMAND|POLICY|FILE|DATE|OUTPUT|TABLES|KEY|CODE|SHARE|REV|DIR"
    )
    assert own.findall(chinese) == []
    assert english.startswith("usage: fayan") and re.findall(r"[\u4e00-\u9fff]+", english) == []


def test_help_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = {line.split("  ")[1]: line for line in lines if line.startswith("  --") and len(line.split("  ")) > 2}
    at = {name: cells(line[: line.index(line.split("  ")[-1].strip())]) for name, line in told.items()}
    assert len(at) > 4 and len(set(at.values())) == 1, at


def test_what_is_left_out_is_named_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval"]) == 2
    said = capsys.readouterr().err
    assert "缺少 政策、--facts\n" in said and "required: POLICY, --facts\n" in said
    assert main([]) == 2
    said = capsys.readouterr().err
    assert "缺少 命令\n" in said and "required: COMMAND\n" in said


def test_the_list_of_codes_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    assert re.search(
        r"^FY1001  file-too-large +文件有 …… 个字符，超过了 …… 个的上限$", capsys.readouterr().out, re.MULTILINE
    )
    assert main(["help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert re.search(r"^FY1001  file-too-large +The file has … characters; the limit is …$", english, re.MULTILINE)


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
