"""Commands are given as people give them: from the top of the repository, on files that may be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import SMALL
from tests.places import ROOT


@pytest.fixture
def at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.pol"
    path.write_text(SMALL, "utf-8")
    return path
