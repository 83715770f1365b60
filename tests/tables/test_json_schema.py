"""The JSON Schema of facts: a schema itself, which takes the facts that are read and refuses what is plainly not of the policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from fayan.cli import main
from tests.places import ROOT
from tests.reference_policy import reference_policy

SCHEMA = reference_policy().facts_schema()
CHECK = jsonschema.Draft202012Validator(SCHEMA)


class Plain(yaml.SafeLoader):
    """YAML as editors read it: days are texts."""


Plain.yaml_implicit_resolvers = {
    key: [each for each in found if "timestamp" not in each[0]]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(facts: Any) -> list[str]:
    return [each.message for each in CHECK.iter_errors(facts)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_it_takes_the_examples(path: Path) -> None:
    assert errors(yaml.load(path.read_text("utf-8"), Plain)) == []


@pytest.mark.parametrize(
    "own",
    [
        {"区内企业": "也许"},
        {"区内": "是"},
        {"迁入日期": "去年"},
        {"行业门类": "农业"},
        {"认定记录": [{"级别": "国家小巨人", "金额": 3}]},
        {"年度经营": [{"产值": 5}]},
        {"产业领域": ["汽车", "飞机"]},
        {"统一社会信用代码": "123"},
        {"资产总额": -1},
    ],
)
def test_it_refuses_what_the_policy_does_not_ask(own: dict[str, Any]) -> None:
    assert len(errors({"企业": own})) == 1


@pytest.mark.parametrize(
    "own",
    [
        {"资产总额": "1.2亿元"},
        {"资产总额": "５０００万元"},
        {"迁入日期": "无"},
        {"迁入日期": "2024年1月3日"},
        {"租赁": "无"},
        {"宣传标杆年度": [2024, "2025年"]},
    ],
)
def test_it_takes_what_people_write(own: dict[str, Any]) -> None:
    assert errors({"企业": own}) == []


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", str(ROOT / "policies" / "yubei_2024.pol")]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
