"""The command as a process: usage, languages, faults of ours, readers that stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fayan.cli import main
from tests.cli.small import POLICY
from tests.places import ROOT

pytestmark = pytest.mark.usefixtures("at_the_top")


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
