"""Every example in the documentation is run.

``console``: lines after ``$`` are commands, of ``fayan`` or ``git``, what follows is their output (a line ``…`` stands for any lines). Commands
run in a folder that holds ``policies``, ``examples`` and the files the document has shown so far.
``pol file=甲.pol``, ``yaml file=甲.yaml``, ``text file=甲.txt``: a file, kept under that name. ``pol``: a piece that goes into the document's own policy
(the block ``pol base``) where that says ``# ……``, and must give no error. ``pol FY2001``: a piece that must give that error; ``as=甲.pol``: under that name.
``python``: is run. ``sh``: names targets of the Makefile that exist.
``FAYAN_ACCEPT=1 pytest tests/test_docs.py`` writes the present output of commands into the documents.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from fayan.checking import check
from fayan.cli import main
from fayan_dsl.problem import Severity
from fayan_dsl.source import Source
from tests.places import ROOT
from tests.real_git import git

DOCUMENTS = sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")])
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ELSEWHERE = "# ……"


def run(command: str) -> str:
    """What a command prints, on both streams."""
    program, *arguments = shlex.split(command)
    if program == "git":
        return git(Path.cwd(), *arguments)
    assert program == "fayan", command
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        main(arguments)
    return err.getvalue() + out.getvalue()


def matches(expected: str, found: str) -> bool:
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) for line in expected.splitlines(True))
    return re.fullmatch(pattern, found) is not None


def console(body: str) -> str:
    """The block with the output the commands have now, left as it is where that matches."""
    parts = re.split(r"^(\$ .*\n)", body, flags=re.MULTILINE)
    assert parts[0] == "", "a console block begins with a command"
    told = ""
    for command, expected in zip(parts[1::2], parts[2::2], strict=True):
        found = run(command[2:])
        told += command + (expected if matches(expected, found) else found)
    return told


def errors(text: str, name: str = "例.pol") -> list[str]:
    problems = check(Source(name, text)).problems
    return [f"{p.code} {p.title()}" for p in problems if p.severity is not Severity.NOTE]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_examples(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ROOT / document
    text = path.read_text("utf-8")
    for name in ("policies", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    base = ""
    names: dict[str, object] = {}

    def tried(match: re.Match[str]) -> str:
        nonlocal base
        kind, how, body = match[1], match[2].strip(), match[3]
        where = f"{document}:{text.count(chr(10), 0, match.start()) + 1}"
        if kind == "pol" and how == "base":
            assert ELSEWHERE in body, where
            base = body
        elif kind in ("pol", "yaml", "text") and how.startswith("file="):
            (tmp_path / how.removeprefix("file=")).write_text(body, "utf-8")
        elif kind == "pol":
            codes, _, name = how.partition("as=")
            found = errors(base.replace(ELSEWHERE, body), name or "例.pol")
            assert [line[:6] for line in found] == codes.split(), f"{where}: {found}"
        elif kind == "python":
            exec(compile(body, where, "exec"), names)  # the documentation is ours
        elif kind == "console":
            told = console(body)
            if os.environ.get("FAYAN_ACCEPT"):
                return f"```{kind}{match[2]}\n{told}```"
            assert told == body, where
        elif kind == "sh":
            for target in re.findall(r"^make (\w+)", body, re.MULTILINE):
                done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
                assert done.returncode == 0, f"{where}: {done.stderr}"
        else:
            assert kind in ("text", "yaml"), f"{where}: nothing is known about {kind}"
        return match[0]

    now = _BLOCK.sub(tried, text)
    if now != text:
        path.write_text(now, "utf-8")


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_rule_that_is_shown_stands_in_the_policy(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    policy = (ROOT / "policies/yubei_2024.pol").read_text("utf-8")
    shown = next(match[3] for match in _BLOCK.finditer(text) if match[1] == "text")
    sentence, rule = shown.split("…\n", 1)
    assert sentence in policy
    assert all(f"\n{line}" in policy for line in rule.splitlines())
