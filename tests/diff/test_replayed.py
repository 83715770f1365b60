"""Every example in the JSON of a comparison, given to ``fayan eval`` for either version: what comes out is what the comparison said.

For each side only what the document says of it is used: its facts, its readings, the day, what it calls the rule. All are decided by the
Python door, for which a policy is loaded once, and some of them by the command.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fayan.cli import main
from fayan.policy import load
from tests.diff.test_meaning import PAID
from tests.places import ROOT

PAIRS = [
    ("policies/yubei_2024.pol", "examples/修订建议.pol"),
    ("policies/upstream/六税两费_2022.pol", "policies/upstream/六税两费_2023.pol"),
    ("policies/upstream/研发费用加计扣除_2022.pol", "policies/upstream/研发费用加计扣除_2023.pol"),
    ("policies/upstream/政府采购_2020.pol", "policies/upstream/政府采购_2022.pol"),
]


def replayed(old: Path, new: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """How many sides were decided again."""
    assert main(["diff", str(old), str(new), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    asked: dict[str, tuple[Path, dict[str, Any], str]] = {}
    for verdict in document["verdicts"]:
        for witness in verdict["witnesses"]:
            for policy, side in ((old, witness["before"]), (new, witness["after"])):
                if side["provision"] is not None:  # a version that lacks the rule has nothing to say of it
                    asked[f"{policy} {json.dumps(side)} {witness['on']}"] = (policy, side, witness["on"])
    doors = {each: load(each) for each in (old, new)}
    for number, (policy, side, on) in enumerate(asked.values()):
        facts = folder / f"{number}.json"
        facts.write_text(json.dumps(side["facts"]), "utf-8")
        decided = doors[policy].decide(doors[policy].read_facts(facts), on, side["reading"], side["measure"])
        found = [json.loads(decided.to_json())]
        if number % 15 == 0:
            readings = [part for id, option in side["reading"].items() for part in ("--reading", f"{id}={option}")]
            asking = ["--facts", str(facts), "--on", on, "--measure", str(side["measure"]), *readings]
            assert main(["eval", str(policy), *asking, "--format", "json"]) == 0
            found.append(json.loads(capsys.readouterr().out))
        for each in found:
            (measure,) = each["measures"]
            (rule,) = [one for one in measure["provisions"] if one["name"] == side["provision"]]
            assert rule["status"] == side["status"]
            if rule["status"] == "granted":
                assert (rule["amount"], rule["payable"]) == (side["amount"], side["payable"])
    return len(asked)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_the_repository_compares(old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replayed(ROOT / old, ROOT / new, tmp_path, capsys) >= 4


def test_rules_facts_and_readings_that_go_by_other_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rule is renamed, so that payments bear another name; the new version asks for a licence, of which the old one has never heard."""
    old, new = tmp_path / "旧.pol", tmp_path / "新.pol"
    old.write_text(PAID, "utf-8")
    changed = PAID.replace("奖励 认定奖励", "奖励 首次奖励").replace(
        "        金额 2万元", "        须 有许可证\n        金额 3万元"
    )
    changed = changed.replace("    收入 金额\n", "    收入 金额\n    有许可证 是否\n").replace(
        "不为 “旧办法”", "不为 “旧文件”"
    )
    new.write_text(changed, "utf-8")
    assert replayed(old, new, tmp_path, capsys) >= 2
