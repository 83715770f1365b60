"""Deciding a population with Spark: the plan that DuckDB executes on one machine, on as many as there are.

Only SQL reaches the cluster: its machines need neither Python nor this package. All that is joined, grouped or ordered belongs to one
enterprise, so the facts are spread once, by enterprise, and stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fayan.population import spark_session
from fayan.population.by_duckdb import tell
from fayan.population.question import Progress, Question
from fayan.population.store import WORKED_OUT
from fayan_compiler.targets.relational.dialects import SETTINGS, render
from fayan_compiler.targets.relational.plan import OVERFLOW, Plan, make_plan
from fayan_runtime.codes import paths
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, KEY
from fayan_runtime.results import LACKS
from fayan_runtime.tables import tables_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from fayan.tables.staged import Staged


def decide(staged: Staged, question: Question, schema: str, progress: Progress) -> None:
    """The engine: see ``question.Engine``. The tables go through this process, on the cluster that Spark is configured for."""
    session = spark_session.session(staged.enterprises)
    plan = make_plan(question.program, question.on, question.readings, question.measures, question.reasons)
    staged.connection.abort()  # a result that no one reads to its end is in the way of the next
    for table in tables_of(question.program):
        facts = staged.connection.sql(f'SELECT * FROM "{table.name}"').to_arrow_table()
        session.createDataFrame(facts).createOrReplaceTempView(_quoted(table.name))
    staged.connection.execute(f'CREATE SCHEMA "{schema}{WORKED_OUT}"')
    for name, frame in execute(session, question.program, plan).items():
        staged.connection.register("·results", frame.toArrow())
        staged.connection.execute(f'CREATE TABLE "{schema}{WORKED_OUT}"."{name}" AS SELECT * FROM "·results"')
        staged.connection.unregister("·results")
    tell(staged, question, schema, plan.results, (), numbered=False)
    progress(staged.enterprises)


def decided(session: SparkSession, question: Question) -> dict[str, DataFrame]:
    """The tables of results of facts that Spark has as views of their names, and ``overflow``: the enterprises (``k``) that are
    not among the results, because 128 bits do not do for their numbers."""
    plan = make_plan(question.program, question.on, question.readings, question.measures, question.reasons)
    found = execute(session, question.program, plan)
    overflowing = found[OVERFLOW].select("k").distinct().withColumnRenamed("k", KEY)
    results = {name: frame.join(overflowing, KEY, "left_anti") for name, frame in found.items() if name != OVERFLOW}
    return {name: _told(session, question.program, frame) for name, frame in results.items()} | {
        OVERFLOW: found[OVERFLOW]
    }


def execute(session: SparkSession, program: Program, plan: Plan) -> dict[str, DataFrame]:
    """The tables of results as the plan has them."""
    for name, value in SETTINGS["spark"].items():
        session.conf.set(name, value)
    for table in tables_of(program):
        if table.name != DISTRICT:
            _view(session, table.name, session.table(_quoted(table.name)).repartition(KEY))
    tasks = int(session.conf.get("spark.sql.shuffle.partitions") or 1)
    for name, query in plan.tables.items():
        found = session.sql(render(query, "spark"))
        if name in plan.results:  # a row for each provision: without this there are tasks for each provision too
            found = found.coalesce(tasks)
        # Worked out at once: a step that still has to say how it was made carries all those before it into each task after it.
        _view(session, name, found.localCheckpoint())
    return {name: session.table(_quoted(name)) for name in plan.results}


def _told(session: SparkSession, program: Program, frame: DataFrame) -> DataFrame:
    """With the paths of missing facts for their codes: there are far fewer lists of codes than rows."""
    if LACKS not in frame.columns:
        return frame
    codes = [row[0] for row in frame.select(LACKS).where(frame[LACKS].isNotNull()).distinct().collect()]
    told = [(code, [path[3] for path in paths(program, code)]) for code in codes]
    names = session.createDataFrame(told, f"`{LACKS}` STRING, `·told` ARRAY<STRING>")
    joined = frame.join(names, LACKS, "left")
    columns = [f"coalesce(`·told`, array()) AS `{LACKS}`" if each == LACKS else _quoted(each) for each in frame.columns]
    return joined.selectExpr(*columns)


def _view(session: SparkSession, name: str, frame: DataFrame) -> None:
    frame.createOrReplaceTempView(_quoted(name))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
