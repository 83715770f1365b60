"""Facts as rows of the tables, and back."""

from __future__ import annotations

import pytest

from fayan_runtime.ir import Program
from fayan_runtime.rows import facts_of, rows_of
from fayan_runtime.tables import tables_of
from fayan_runtime.values import Unknown
from tests.randomly.facts import real_facts
from tests.reference_policy import reference_policy


@pytest.fixture(scope="module")
def program() -> Program:
    return reference_policy().program


def plain(value: object) -> object:
    """Unknown values compare by what is missing."""
    if isinstance(value, Unknown):
        return value.missing
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(20))
def test_there_and_back(program: Program, seed: int) -> None:
    facts = real_facts(program, seed, 0.3)
    own = facts.scopes["企业"]
    if isinstance(own["年度经营"], Unknown):  # no reader gives that: of a series some years are not known
        own["年度经营"] = {}
    rows = rows_of(program, facts, "甲")
    for table in tables_of(program):
        for row in rows[table.name]:
            assert list(row) == [column.name for column in table.columns]
    again = facts_of(program, rows)
    # the key is a column of every table and is not given twice
    for scopes in (facts.scopes, again.scopes):
        scopes["企业"].pop("统一社会信用代码")
    assert plain(again.scopes) == plain(facts.scopes)


def test_not_known_none_and_some(program: Program) -> None:
    rows = {
        "企业": [{"区内企业": None, "迁入日期": None, "迁入日期·无": True, "认定记录·知": True, "复核记录·知": False}],
        "年度经营": [{"年度": 2024, "产值": None, "产值·无": False}],
    }
    found = facts_of(program, rows).scopes["企业"]
    assert plain(found["区内企业"]) == {(2, 0, 0, "区内企业")}
    assert found["迁入日期"] is None
    assert found["认定记录"] == []
    assert plain(found["复核记录"]) == {(7, 0, 0, "复核记录")}
    assert plain(found["年度经营"]) == {
        2024: {
            "年度": 2024,
            "产值": {(8, 2024, 1, "年度经营[2024].产值")},
            "主营业务收入": {(8, 2024, 2, "年度经营[2024].主营业务收入")},
        }
    }
