"""Git as people run it, for tests: nobody's settings, one author, one day, and the ``fayan`` of this environment on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT

_WHO = {
    f"GIT_{role}_{name}": value
    for role in ("AUTHOR", "COMMITTER")
    for name, value in (("NAME", "甲"), ("EMAIL", "a@example.org"), ("DATE", "2025-01-01T00:00:00Z"))
}


def environment(folder: Path) -> dict[str, str]:
    """What a shell in ``folder`` would have. The executable is written beside it."""
    programs = folder.with_name(f"{folder.name}-bin")
    programs.mkdir(exist_ok=True)
    fayan = programs / "fayan"
    fayan.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fayan "$@"\n', "utf-8")
    fayan.chmod(0o755)
    return {
        **os.environ,
        **_WHO,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("dsl", "compiler", "runtime", ".")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
        "LC_ALL": "C.UTF-8",
    }


def git(folder: Path, *arguments: str) -> str:
    """What git prints, on both streams; a command that fails fails the test."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(folder), text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1) if arguments[0] == "diff" else done.returncode == 0, done.stdout
    return done.stdout


def repository(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "core.quotePath", "false")


def commit(folder: Path, **files: str) -> None:
    """Files by name without ``.pol``; a double underscore is a folder."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.pol"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        git(folder, "add", str(path.relative_to(folder)))
    git(folder, "commit", "-q", "-m", "改")
