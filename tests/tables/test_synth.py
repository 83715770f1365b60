"""A made-up district: the same for a seed however it is cut, readable without a fault, and on the figures that decide."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from fayan.cli import main
from fayan.policy import load
from fayan.tables.read import read_tables
from fayan.tables.synth.population import Population
from fayan.tables.synth.write import parquet_folder
from fayan_runtime.one_value import check_character
from fayan_runtime.values import Facts, Unknown
from tests.places import ROOT
from tests.reference_policy import reference_policy

POLICIES = [
    ROOT / "policies" / "yubei_2024.pol",
    ROOT / "tests" / "cases" / "facts.pol",
    ROOT / "examples" / "专项资金.pol",
]
PROGRAM = reference_policy().program


def whole(n: int, seed: int, size: int) -> dict[str, Any]:
    parts = list(Population(PROGRAM, n, seed).parts(size))
    return {name: pa.concat_tables([part[name] for part in parts], promote_options="permissive") for name in parts[0]}


def plain(tables: dict[str, Any]) -> dict[str, Any]:
    return {name: table.to_pylist() for name, table in tables.items()}


def test_the_same_for_a_seed_however_it_is_cut() -> None:
    once = plain(whole(150, 3, 1000))
    assert plain(whole(150, 3, 47)) == once
    assert plain(whole(100, 3, 1000))["企业"] == once["企业"][:100]
    assert plain(whole(150, 4, 1000)) != once


def test_codes_are_right_and_different() -> None:
    codes = [row["统一社会信用代码"] for row in whole(3000, 1, 1000)["企业"].to_pylist()]
    assert len(set(codes)) == 3000
    assert all(len(code) == 18 and check_character(code) == code[17] for code in codes)


def test_it_stands_on_the_figures_that_decide() -> None:
    made = whole(2000, 1, 1000)
    rents = {str(row["租金"]) for row in made["租赁"].to_pylist()}
    assert {"20.0000", "20.0100", "19.9900"} <= rents
    business: dict[str, dict[int, Any]] = {}
    for row in made["年度经营"].to_pylist():
        business.setdefault(row["统一社会信用代码"], {})[row["年度"]] = row["产值"]
    growth = [
        (years[year] - years[year - 1]) / years[year - 1]
        for years in business.values()
        for year in years
        if years.get(year) and years.get(year - 1)
    ]
    for exact in ("0.2", "0.15"):
        assert sum(str(each.normalize()) == exact for each in growth) > 50
    assert any(0.2 < each < 0.2001 for each in growth) and any(0.1999 < each < 0.2 for each in growth)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_any_policy_reads_what_is_made_up_for_it(path: Path, tmp_path: Path) -> None:
    program = load(path).program
    parquet_folder(Population(program, 120, 5), tmp_path / "表", lambda done: None, 50)
    staged, problems = read_tables([tmp_path / "表"], program)
    assert staged is not None, [problem.title() for problem in problems]
    with staged:
        assert staged.enterprises == 120 and staged.rejects() == []
        facts = [each for _, each in staged.all_facts()]
    missing = [value for each in facts for value in each.scopes["企业"].values() if isinstance(value, Unknown)]
    assert len(facts) == 120 and missing


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "表"
    command = ["synth", str(POLICIES[0]), "--n", "20", "--seed", "9", "-o", str(place)]
    assert main(command) == 0
    assert "20 户虚构的企业" in capsys.readouterr().out
    said = parquet.read_metadata(place / "企业.parquet").metadata
    assert "虚构" in said[b"fayan.synthetic"].decode()
    assert main(command) == 2  # it is there already
    assert "FY7342" in capsys.readouterr().err
    assert main([*command[:3], "0", *command[4:]]) == 2
    assert main(["synth", str(ROOT / "policies" / "yubei_2022.pol"), *command[2:-1], str(tmp_path / "又")]) == 2
    assert "FY7315" in capsys.readouterr().err


def comparable(value: Any) -> Any:
    """Facts as plain data: what is not known compares by what is missing."""
    match value:
        case Facts():
            return comparable(value.scopes)
        case dict():
            return {key: comparable(each) for key, each in value.items()}
        case list():
            return [comparable(each) for each in value]
        case Unknown():
            return ("不知", value.missing)
        case _:
            return value


def facts_in(path: Path) -> list[Any]:
    staged, problems = read_tables([path], PROGRAM)
    assert staged is not None, [problem.title() for problem in problems]
    with staged:
        assert staged.rejects() == []
        return [comparable(each) for _, each in staged.all_facts()]


def test_every_format_says_the_same(tmp_path: Path) -> None:
    """What is written as people write it is read back as the typed tables are; so the two ways of reading agree too."""
    policy = reference_policy()
    names = ["表", "表.csv/", "表.xlsx", "表.jsonl"]
    found = []
    for name in names:
        policy.synth(120, f"{tmp_path}/{name}", seed=11)
        found.append(facts_in(tmp_path / name.strip("/")))
    assert len(found[0]) == 120
    for other in found[1:]:
        assert other == found[0]


@pytest.mark.parametrize("name", ["表", "表.csv/", "表.xlsx"])
def test_what_is_spoilt_is_rejected_and_no_row_is_lost(tmp_path: Path, name: str) -> None:
    policy = reference_policy()
    policy.synth(300, f"{tmp_path}/{name}", seed=2, dirty=100_000)
    policy.synth(300, f"{tmp_path}/好", seed=2)
    staged, _ = read_tables([tmp_path / name.strip("/")], PROGRAM)
    good, _ = read_tables([tmp_path / "好"], PROGRAM)
    assert staged is not None and good is not None
    with staged, good:
        assert all(count.balanced for count in staged.counts)
        codes = {each["代码"] for each in staged.rejects()}
        assert {"FY7220", "FY7321", "FY7322", "FY7320", "FY7323"} <= codes and len(codes) > 8
        kept = dict(staged.all_facts())
        whole_ones = dict(good.all_facts())
        assert 240 < len(kept) < 292
        assert all(comparable(facts) == comparable(whole_ones[key]) for key, facts in kept.items())


def test_one_place_of_an_enterprise_is_spoilt(tmp_path: Path) -> None:
    """Lists have the same rows with and without; a row that differs is the one of its enterprise, in one cell."""
    policy = reference_policy()
    policy.synth(300, f"{tmp_path}/坏.csv/", seed=2, dirty=100_000)
    policy.synth(300, f"{tmp_path}/好.csv/", seed=2)
    spoilt: list[str] = []
    for good in sorted((tmp_path / "好.csv").iterdir()):
        if good.name != "企业.csv":
            bad = tmp_path / "坏.csv" / good.name
            lines = [list(csv.reader(file.read_text("utf-8-sig").splitlines())) for file in (good, bad)]
            for right, wrong in zip(*lines, strict=True):
                if right != wrong:
                    assert sum(a != b for a, b in zip(right, wrong, strict=True)) == 1
                    spoilt.append(right[0])
    assert len(spoilt) == len(set(spoilt)) and spoilt
