"""The results as people read them: words for codes, names for positions, reasons as the names of conditions; in the order of the input.

Headings and words are in the language asked for, what the policy calls things in its own. Reason codes are few, however many enterprises there are: each different one is put into words once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from fayan.population import store
from fayan.population.store import table
from fayan.problems.tables import GoneWith
from fayan.tables.rejects import PLACE
from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.names import called, item_name
from fayan_runtime.explain.population.sections import NATURE, STATUS, TARGET
from fayan_runtime.explain.words import pick
from fayan_runtime.names import ENTERPRISE, KEY, NAME
from fayan_runtime.results import decode, place_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from fayan.population.question import Question

#: A heading in both languages. What the policy calls things (its lists, provisions, conditions) is in its own words in either.
Heading = tuple[str, str]
_KEY: Heading = (KEY, "Credit code")
_NAME: Heading = (NAME, "Enterprise")
_RULE: tuple[Heading, ...] = (("措施", "Measure"), ("事项", "Provision"))
_AMOUNTS: tuple[Heading, ...] = (("应得", "Amount"), ("已付", "Paid"), ("应付", "Payable"))
_RESULT: Heading = ("结果", "Result")
MISSING: Heading = ("缺", "Missing")
WHY: Heading = ("理由", "Reasons")
READINGS: Heading = (store.READINGS, "Readings")
GIVEN: Heading = ("所填", "Given")
FAULT: Heading = ("事由", "Reason")
MEASURE, ROW_OF_SHEET = _RULE[0], ("行", "Row")
#: Whose row it is: what stays in sight.
WHOSE = (_KEY, _NAME)
_DECISIONS = (
    *WHOSE,
    *_RULE,
    _RESULT,
    ("性质", "Nature"),
    *_AMOUNTS,
    ("完整", "Complete"),
    MISSING,
    WHY,
    READINGS,
)
_ITEMS = (
    *(*WHOSE, *_RULE, ("项", "Item"), ("日期", "Date"), _RESULT, ("核定前", "Before caps"), *_AMOUNTS),
    *(MISSING, WHY),
)
_UNMATCHED = (*WHOSE, *_RULE, ("日期", "Date"), ("金额", "Amount"), ROW_OF_SHEET)
_REJECTS = (*(("文件", "File"), ("表", "Table"), ROW_OF_SHEET, ("列", "Column"), GIVEN, ("代码", "Code"), FAULT, _KEY),)


#: What ends the name before what is said of it, what stands between names, and between sentences.
_SIGNS = {"zh": ("：", "、", "；"), "en": (": ", ", ", "; ")}
YES_NO = {"true": ("是", "yes"), "false": ("否", "no")}
OUTCOME = {"false": ("不符合", "not met"), "unknown": ("不明", "not known"), "error": ("算不出", "cannot be computed")}


@frozen
class Sheet:
    """A table that people get; ``query`` has a column for each of ``columns``."""

    name: Heading
    columns: tuple[Heading, ...]
    query: str


def told(rule: ir.Provision) -> bool:
    """Whether it says something of an enterprise: targets, and duties that the text gives no check for, are told once, in the sums."""
    return rule.kind != "target" and (rule.kind != "duty" or bool(rule.checks))


def prepare(connection: DuckDBPyConnection, question: Question, schema: str, language: str) -> None:
    """Make what the queries below join with."""
    program = question.program
    words = [*{**TARGET, **STATUS, **NATURE}.items(), *YES_NO.items()]
    table(connection, "词", "代码 VARCHAR, 词 VARCHAR", [(code, pick(pair, language)) for code, pair in words])
    in_order(connection, question)
    _reasons(connection, program, schema, language)
    _places(connection, program, schema, language)
    _missing(connection, program, schema, language)


def in_order(connection: DuckDBPyConnection, question: Question) -> None:
    """The places of enterprises in the input (``户``) and of provisions in the policy (``排``)."""
    program, used = question.program, store.readings(question)
    places = [
        (each.name, place, told(each), "、".join(used.get(each.name, ())))
        for place, each in enumerate(program.provisions)
    ]
    table(connection, "排", "事项 VARCHAR, 位 INTEGER, 要 BOOLEAN, 口径 VARCHAR", places)
    has_names = any(fact.name == NAME for scope in program.scopes for fact in scope.facts if scope.name == ENTERPRISE)
    name = f'"{NAME}"' if has_names else "NULL"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE 户 AS SELECT {KEY}, {name} AS {NAME}, row_number() OVER () AS 户次 FROM {ENTERPRISE}"
    )


def _reasons(connection: DuckDBPyConnection, program: ir.Program, schema: str, language: str) -> None:
    rules = {each.name: each for each in program.provisions}
    found = connection.execute(
        f"SELECT 事项, 理由 FROM {schema}.判定 WHERE len(理由) > 0 UNION SELECT 事项, 理由 FROM {schema}.项"
    ).fetchall()
    words = [(name, code, reason(rules[name], code, language)) for name, code in found]
    table(connection, "因", "事项 VARCHAR, 理由 BIGINT[], 说 VARCHAR", words)


def reason(rule: ir.Provision, code: list[int], language: str) -> str:
    """The names of the conditions that decide it: those that do not hold, else those that are open; empty where all hold."""
    outcomes: dict[str, list[str]] = {}
    for _, condition, outcome in decode(rule, code):
        outcomes.setdefault(outcome, []).append(condition.name)
    decisive = [outcome for outcome in ("false", "unknown", "error") if outcomes.get(outcome)]
    colon, comma, stop = _SIGNS[language]
    shown = decisive[:1] if "false" in outcomes else decisive
    return stop.join(pick(OUTCOME[each], language) + colon + comma.join(outcomes[each]) for each in shown)


def _missing(connection: DuckDBPyConnection, program: ir.Program, schema: str, language: str) -> None:
    """What is missing, as people call it: each different list of paths is put into words once."""
    found = connection.execute(
        f"SELECT 缺 FROM {schema}.判定 WHERE len(缺) > 0 UNION SELECT 缺 FROM {schema}.项 WHERE len(缺) > 0"
    ).fetchall()
    said = tongue(language)
    names = {path: called(said, program, path) for (paths,) in found for path in paths}
    _, comma, _ = _SIGNS[language]
    rows = [(paths, comma.join(names[path] for path in paths)) for (paths,) in found]
    table(connection, "缺的", "缺 VARCHAR[], 缺说 VARCHAR", rows)


def _places(connection: DuckDBPyConnection, program: ir.Program, schema: str, language: str) -> None:
    """What each item is called: the name of its stage, or which of its list it is."""
    rules = {each.name: each for each in program.provisions}
    found = connection.execute(f"SELECT DISTINCT 事项, 序 FROM {schema}.项").fetchall()
    places = [(name, position, item(rules[name], position, language)) for name, position in found]
    table(connection, "处", "事项 VARCHAR, 序 INTEGER, 处 VARCHAR", places)


def item(rule: ir.Provision, position: int, language: str) -> str:
    path, stage = place_of(rule, position)
    return stage or item_name(tongue(language), path)


# ---------------------------------------------------------------- queries, after ``prepare``


def decisions(schema: str, language: str) -> Sheet:
    colon, _, stop = _SIGNS[language]
    query = f"""
        WITH 各项 AS (
            SELECT {KEY}, 事项,
                string_agg(CASE WHEN 处 = '' THEN 说 ELSE 处 || '{colon}' || 说 END, '{stop}' ORDER BY 序) AS 说
            FROM {schema}.项 JOIN 因 USING (事项, 理由) JOIN 处 USING (事项, 序) WHERE 说 <> '' GROUP BY 1, 2)
        SELECT d.{KEY}, {NAME}, 措施, d.事项, s.词, coalesce(n.词, ''), 金额, 已付, 应付, c.词,
            coalesce(缺说, ''), coalesce(因.说, 各项.说, ''), 排.口径
        FROM {schema}.判定 AS d JOIN 户 USING ({KEY}) JOIN 排 ON 排.事项 = d.事项 AND 要 JOIN 词 AS s ON s.代码 = 状态
            JOIN 词 AS c ON c.代码 = 完整::VARCHAR LEFT JOIN 词 AS n ON n.代码 = 性质
            LEFT JOIN 因 ON 因.事项 = d.事项 AND 因.理由 = d.理由
            LEFT JOIN 各项 ON 各项.{KEY} = d.{KEY} AND 各项.事项 = d.事项 LEFT JOIN 缺的 ON 缺的.缺 = d.缺
        ORDER BY 户次, 位"""
    return Sheet(("判定", "Decisions"), _DECISIONS, query)


def items(schema: str) -> Sheet:
    query = f"""
        SELECT i.{KEY}, {NAME}, 措施, i.事项, 处, 日期, s.词, 核定前, 金额, 已付, 应付, coalesce(缺说, ''),
            coalesce(说, '')
        FROM {schema}.项 AS i JOIN 户 USING ({KEY}) JOIN 排 ON 排.事项 = i.事项 JOIN 词 AS s ON s.代码 = 状态
            JOIN 处 ON 处.事项 = i.事项 AND 处.序 = i.序 LEFT JOIN 因 ON 因.事项 = i.事项 AND 因.理由 = i.理由
            LEFT JOIN 缺的 ON 缺的.缺 = i.缺
        ORDER BY 户次, 位, i.序"""
    return Sheet(("项", "Items"), _ITEMS, query)


def unmatched(schema: str, program: ir.Program) -> Sheet:
    query = (
        f"SELECT {KEY}, {NAME}, CAST(措施 AS INTEGER), 事项, 日期, CAST(金额 AS DECIMAL(38, 2)), 行"
        f" FROM ({store.unmatched(program, schema)}) JOIN 户 USING ({KEY}) ORDER BY 户次, 序"
    )
    return Sheet(("未对上", "Unmatched"), _UNMATCHED, query)


def rejects(language: str = "zh") -> Sheet:
    """What is to be mended first, then what only goes with it."""
    said = pick(("事由", "reason"), language)
    query = f"SELECT 文件, 表, 行, 列, 值, 代码, {said}, {KEY} FROM 拒收 ORDER BY 代码 = '{GoneWith.code}', {PLACE}"
    return Sheet(("退回", "Rejected"), _REJECTS, query)


def sheets(schema: str, program: ir.Program, language: str) -> Sequence[Sheet]:
    """Each table that people get."""
    return decisions(schema, language), items(schema), unmatched(schema, program), rejects(language)


def rows(connection: DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(query)
    while batch := cursor.fetchmany(2_000):
        yield from batch
