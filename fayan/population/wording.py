"""The results as people read them: words for codes, names for positions, reasons as the names of conditions; in the order of the input.

Reason codes are few, however many enterprises there are: each different one is put into words once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fayan.population.store import table
from fayan.problems.tables import GoneWith
from fayan.tables.rejects import PLACE
from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.names import called as named
from fayan_runtime.explain.phrase.names import find, split
from fayan_runtime.explain.population.sections import NATURE, STATUS, TARGET
from fayan_runtime.results import decode, place_of
from fayan_runtime.tables import ENTERPRISE, KEY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "企业名称"
DECISION_COLUMNS = (KEY, NAME, "措施", "事项", "结果", "性质", "应得", "已付", "应付", "完整", "缺", "理由")
ITEM_COLUMNS = (KEY, NAME, "措施", "事项", "项", "日期", "结果", "核定前", "应得", "已付", "应付", "缺", "理由")
UNMATCHED_COLUMNS = (KEY, NAME, "已兑付第几行")
REJECT_COLUMNS = ("文件", "表", "行", "列", "所填", "代码", "事由", KEY)


def told(rule: ir.Provision) -> bool:
    """Whether it says something of an enterprise: targets, and duties that the text gives no check for, are told once, in the sums."""
    return rule.kind != "target" and (rule.kind != "duty" or bool(rule.checks))


def prepare(connection: DuckDBPyConnection, program: ir.Program, schema: str) -> None:
    """Make what the queries below join with."""
    words = {**TARGET, **STATUS}
    table(connection, "词", "代码 VARCHAR, 词 VARCHAR", [(code, zh) for code, (zh, _) in (words | NATURE).items()])
    places = [(each.name, place, told(each)) for place, each in enumerate(program.provisions)]
    table(connection, "排", "事项 VARCHAR, 位 INTEGER, 要 BOOLEAN", places)
    has_names = any(fact.name == NAME for scope in program.scopes for fact in scope.facts if scope.name == ENTERPRISE)
    name = f'"{NAME}"' if has_names else "NULL"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE 户 AS SELECT {KEY}, {name} AS {NAME}, row_number() OVER () AS 户次 FROM {ENTERPRISE}"
    )
    _reasons(connection, program, schema)
    _places(connection, program, schema)
    _missing(connection, program, schema)


def _reasons(connection: DuckDBPyConnection, program: ir.Program, schema: str) -> None:
    rules = {each.name: each for each in program.provisions}
    found = connection.execute(
        f"SELECT 事项, 理由 FROM {schema}.判定 WHERE len(理由) > 0 UNION SELECT 事项, 理由 FROM {schema}.项"
    ).fetchall()
    words = [(name, code, reason(rules[name], code)) for name, code in found]
    table(connection, "因", "事项 VARCHAR, 理由 BIGINT[], 说 VARCHAR", words)


def reason(rule: ir.Provision, code: list[int]) -> str:
    """The names of the conditions that decide it: those that do not hold, else those that are open; empty where all hold."""
    outcomes: dict[str, list[str]] = {}
    for _, condition, outcome in decode(rule, code):
        outcomes.setdefault(outcome, []).append(condition.name)
    if outcomes.get("false"):
        return f"不符合：{'、'.join(outcomes['false'])}"
    parts = [
        f"{word}：{'、'.join(outcomes[outcome])}"
        for outcome, word in (("unknown", "不明"), ("error", "算不出"))
        if outcomes.get(outcome)
    ]
    return "；".join(parts)


def _missing(connection: DuckDBPyConnection, program: ir.Program, schema: str) -> None:
    """What is missing, as people call it: each different list of paths is put into words once."""
    found = connection.execute(
        f"SELECT 缺 FROM {schema}.判定 WHERE len(缺) > 0 UNION SELECT 缺 FROM {schema}.项 WHERE len(缺) > 0"
    ).fetchall()
    names = {path: missing(program, path) for (paths,) in found for path in paths}
    table(
        connection,
        "缺的",
        "缺 VARCHAR[], 缺说 VARCHAR",
        [(paths, "、".join(names[path] for path in paths)) for (paths,) in found],
    )


def missing(program: ir.Program, path: str) -> str:
    """租赁第1行的租金 for 租赁[0].租金, the row as ``called`` has it; 2023年产值 for 年度经营[2023].产值."""
    scope, name, at, field = split(program, path)
    fact = find(program, scope, name)
    if at and fact is not None and not fact.series:
        return f"{name}第{int(at) + 1}行的{field}"
    return named(tongue("zh"), program, path)


def _places(connection: DuckDBPyConnection, program: ir.Program, schema: str) -> None:
    """What each item is called: the name of its stage, or the row of its list as people count."""
    rules = {each.name: each for each in program.provisions}
    found = connection.execute(f"SELECT DISTINCT 事项, 序 FROM {schema}.项").fetchall()
    places = [(name, place, called(rules[name], place)) for name, place in found]
    table(connection, "处", "事项 VARCHAR, 序 INTEGER, 处 VARCHAR", places)


def called(rule: ir.Provision, position: int) -> str:
    path, stage = place_of(rule, position)
    if stage or not path:
        return stage
    return f"{rule.each}第{position + 1}行" if rule.each else path


# ---------------------------------------------------------------- queries, after ``prepare``


def decisions(schema: str) -> str:
    return f"""
        WITH 各项 AS (
            SELECT {KEY}, 事项, string_agg(CASE WHEN 处 = '' THEN 说 ELSE 处 || '：' || 说 END, '；' ORDER BY 序) AS 说
            FROM {schema}.项 JOIN 因 USING (事项, 理由) JOIN 处 USING (事项, 序) WHERE 说 <> '' GROUP BY 1, 2)
        SELECT d.{KEY}, {NAME}, 措施, d.事项, s.词, coalesce(n.词, ''), 金额, 已付, 应付,
            CASE WHEN 完整 THEN '是' ELSE '否' END, coalesce(缺说, ''), coalesce(因.说, 各项.说, '')
        FROM {schema}.判定 AS d JOIN 户 USING ({KEY}) JOIN 排 ON 排.事项 = d.事项 AND 要 JOIN 词 AS s ON s.代码 = 状态
            LEFT JOIN 词 AS n ON n.代码 = 性质 LEFT JOIN 因 ON 因.事项 = d.事项 AND 因.理由 = d.理由
            LEFT JOIN 各项 ON 各项.{KEY} = d.{KEY} AND 各项.事项 = d.事项 LEFT JOIN 缺的 ON 缺的.缺 = d.缺
        ORDER BY 户次, 位"""


def items(schema: str) -> str:
    return f"""
        SELECT i.{KEY}, {NAME}, 措施, i.事项, 处, 日期, s.词, 核定前, 金额, 已付, 应付, coalesce(缺说, ''),
            coalesce(说, '')
        FROM {schema}.项 AS i JOIN 户 USING ({KEY}) JOIN 排 ON 排.事项 = i.事项 JOIN 词 AS s ON s.代码 = 状态
            JOIN 处 ON 处.事项 = i.事项 AND 处.序 = i.序 LEFT JOIN 因 ON 因.事项 = i.事项 AND 因.理由 = i.理由
            LEFT JOIN 缺的 ON 缺的.缺 = i.缺
        ORDER BY 户次, 位, i.序"""


def unmatched(schema: str) -> str:
    return f"SELECT u.{KEY}, {NAME}, 序 + 1 FROM {schema}.未对上 AS u JOIN 户 USING ({KEY}) ORDER BY 户次, 序"


def rejects() -> str:
    """What is to be mended first, then what only goes with it."""
    return f"SELECT 文件, 表, 行, 列, 值, 代码, 事由, {KEY} FROM 拒收 ORDER BY 代码 = '{GoneWith.code}', {PLACE}"


def sheets(schema: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Name, columns and query of each table that people get."""
    yield "判定", DECISION_COLUMNS, decisions(schema)
    yield "项", ITEM_COLUMNS, items(schema)
    yield "未对上", UNMATCHED_COLUMNS, unmatched(schema)
    yield "退回", REJECT_COLUMNS, rejects()


def rows(connection: DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(query)
    while batch := cursor.fetchmany(2_000):
        yield from batch
