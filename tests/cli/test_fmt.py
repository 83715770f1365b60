"""``fayan fmt`` as people use it: what is written, what is left alone, what is told."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fayan.cli import main
from fayan.examples.trial import run
from fayan.policy import load
from tests.places import ROOT

POLICY = ROOT / "policies/yubei_2024.pol"

TYPED = """\
政策 某区奖励办法
  文号 某府发〔2024〕1号
  发文机关 某区人民政府
  成文日期 2024年1月1日
措施 1 给予奖励
｜年度收入超过100万元(不含)的企业给予5万元奖励。
  奖励 增收奖励 # 说明
    须 收入   超过 １００万元
    金额 5万元
"""
LAID_OUT = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜年度收入超过100万元(不含)的企业给予5万元奖励。
    奖励 增收奖励  # 说明
        须 收入 超过 100万元
        金额 5万元
"""
PATCH = """\
@@ -1,9 +1,10 @@
 政策 某区奖励办法
-  文号 某府发〔2024〕1号
-  发文机关 某区人民政府
-  成文日期 2024年1月1日
+    文号 某府发〔2024〕1号
+    发文机关 某区人民政府
+    成文日期 2024年1月1日
+
 措施 1 给予奖励
 ｜年度收入超过100万元(不含)的企业给予5万元奖励。
-  奖励 增收奖励 # 说明
-    须 收入   超过 １００万元
-    金额 5万元
+    奖励 增收奖励  # 说明
+        须 收入 超过 100万元
+        金额 5万元
"""


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "甲.pol"
    path.write_text(TYPED, "utf-8")
    return path


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


# ---------------------------------------------------------------- writing
def test_a_file_is_written_in_place_and_then_left_alone(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed.chmod(0o640)
    assert main(["fmt", str(typed)]) == 0
    assert capsys.readouterr() == (f"已改 {typed}\n已改 1 个文件\n", "")
    assert typed.read_bytes() == LAID_OUT.encode()
    assert stat.S_IMODE(typed.stat().st_mode) == 0o640
    before = typed.stat()
    assert main(["fmt", str(typed), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "unchanged 1\n"
    assert (typed.stat().st_ino, typed.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(typed.parent.iterdir()) == [typed]


def test_a_mark_of_byte_order_and_returns_go(typed: Path) -> None:
    typed.write_bytes(b"\xef\xbb\xbf" + LAID_OUT.encode())
    assert main(["fmt", str(typed), "--check"]) == 1
    typed.write_bytes(b"\xef\xbb\xbf" + TYPED.rstrip("\n").replace("\n", "\r\n").encode())
    assert main(["fmt", str(typed)]) == 0
    assert typed.read_bytes() == LAID_OUT.encode()


def test_a_link_stays_a_link(typed: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "乙.pol"
    link.parent.mkdir()
    link.symlink_to("../甲.pol")
    assert main(["fmt", str(link)]) == 0
    assert link.is_symlink() and typed.read_text("utf-8") == LAID_OUT


def test_a_file_that_cannot_be_replaced_is_as_it_was(
    typed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert main(["fmt", str(typed)]) == 2
    assert "FY7820" in capsys.readouterr().err
    assert typed.read_text("utf-8") == TYPED
    assert list(typed.parent.iterdir()) == [typed]


def test_keywords_are_converted(typed: Path) -> None:
    assert main(["fmt", str(typed), "--keywords", "en"]) == 0
    assert "        must 收入 exceeds 100万元\n        amount 5万元\n" in typed.read_text("utf-8")
    assert main(["fmt", str(typed), "--keywords=zh"]) == 0
    assert typed.read_text("utf-8") == LAID_OUT


# ---------------------------------------------------------------- not writing
def test_check_writes_nothing(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check", str(typed), str(POLICY)]) == 1
    assert capsys.readouterr().out == f"要改 {typed}\n要改 1 个文件，不用改 1 个文件\n"
    assert typed.read_text("utf-8") == TYPED
    assert main(["fmt", "--check", str(POLICY)]) == 0


def test_diff_prints_a_patch_and_writes_nothing(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--diff", str(typed)]) == 0
    assert capsys.readouterr() == (f"--- {typed}\n+++ {typed}\n{PATCH}", "")
    assert typed.read_text("utf-8") == TYPED
    assert main(["fmt", "--diff", "--check", str(typed)]) == 1
    typed.write_text(LAID_OUT.rstrip("\n"), "utf-8")
    capsys.readouterr()
    assert main(["fmt", "--diff", str(typed)]) == 0
    assert capsys.readouterr().out.endswith("-        金额 5万元\n\\ No newline at end of file\n+        金额 5万元\n")


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the patch")
def test_the_patch_applies(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fmt", "--diff", str(typed)])
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "-p0", "--unsafe-paths", "-"], input=patch.encode(), check=True, cwd=typed.parent)
    assert typed.read_text("utf-8") == LAID_OUT


def test_a_dash_is_standard_input_and_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(monkeypatch, TYPED.encode())
    assert main(["fmt", "-"]) == 0
    assert capsys.readouterr() == (LAID_OUT, "")
    stdin(monkeypatch, TYPED.encode())
    assert main(["fmt", "-", "--check"]) == 1
    assert capsys.readouterr().out == ""
    stdin(monkeypatch, TYPED.replace("须 ", "须须 ").encode())
    assert main(["fmt", "-"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "<stdin>:8:5" in err


# ---------------------------------------------------------------- what cannot be laid out
def test_a_file_with_errors_is_left_alone_and_the_others_are_not(
    typed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = typed.with_name("错.pol")
    wrong.write_text(TYPED.replace("超过 ", "超过 （"), "utf-8")
    assert main(["fmt", str(wrong), str(typed)]) == 1
    out, err = capsys.readouterr()
    assert out == f"已改 {typed}\n已改 1 个文件，有错没有动 1 个文件\n"
    assert "FY1015" in err and f"{wrong}:8:" in err
    assert wrong.read_text("utf-8") == TYPED.replace("超过 ", "超过 （")
    assert typed.read_text("utf-8") == LAID_OUT


def test_a_file_that_cannot_be_read_is_wrong_usage(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latin = typed.with_name("码.pol")
    latin.write_bytes(TYPED.encode("gb18030"))
    assert main(["fmt", str(typed.parent / "没有.pol"), str(latin), str(typed)]) == 2
    err = capsys.readouterr().err
    assert "FY7801" in err and "FY7802" in err
    assert typed.read_text("utf-8") == LAID_OUT
    assert latin.read_bytes() == TYPED.encode("gb18030")


def test_as_json(typed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = typed.with_name("错.pol")
    wrong.write_text("政策", "utf-8")
    assert main(["fmt", "--format", "json", "--diff", str(wrong), str(typed), str(POLICY)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["errors"]) == ("fayan.fmt/1", 1)
    assert found["files"] == [
        {"file": str(wrong), "canonical": None, "written": False},
        {"file": str(typed), "canonical": False, "written": False, "diff": f"--- {typed}\n+++ {typed}\n{PATCH}"},
        {"file": str(POLICY), "canonical": True, "written": False, "diff": ""},
    ]
    stdin(monkeypatch, TYPED.encode())
    assert main(["fmt", "--format", "json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["text"] == LAID_OUT


# ---------------------------------------------------------------- the policy with English keywords
def told(decision: Any) -> Any:
    """A decision without what comes from the file: its name and digest, and conditions that go by their own words."""
    if isinstance(decision, dict):
        return {key: told(value) for key, value in decision.items() if key not in ("at", "line", "condition", "digest")}
    return [told(value) for value in decision] if isinstance(decision, list) else decision


def test_the_policy_in_english_checks_tests_and_decides_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(POLICY.parent, tmp_path / "policies")
    path = tmp_path / "policies" / POLICY.name
    assert main(["fmt", "--keywords", "en", str(path)]) == 0
    assert "\n    award 首次认定\n        each_time 认定记录\n        first_only by 级别\n" in path.read_text("utf-8")
    chinese, english = load(POLICY), load(path)
    assert chinese.tree == english.tree
    assert run(english).passed and len(run(english).trials) == len(run(chinese).trials) > 90
    for facts in sorted((ROOT / "examples").glob("*.yaml")):
        ours, theirs = (told(policy.decide(facts, "2025-12-31").to_dict()) for policy in (chinese, english))
        assert ours == theirs, facts.name
    assert main(["check", str(path)]) == 0
    assert "0 个错误，0 个警告" in capsys.readouterr().out
    assert main(["fmt", "--keywords", "zh", str(path)]) == 0
    assert path.read_bytes() == POLICY.read_bytes()
