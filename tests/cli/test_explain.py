"""``fayan explain``: the policy for people, and as data."""

from __future__ import annotations

import json

import pytest

from fayan.cli import main
from tests.cli.small import POLICY

pytestmark = pytest.mark.usefixtures("at_the_top")


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
