"""What is measured, each in a process of its own: ``python -m benchmarks.population.jobs JOB …`` prints what it took as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from attrs import asdict

from benchmarks.population.made_up import POLICY, connect, staged
from benchmarks.population.measure import Taken, measured
from fayan.policy import load
from fayan.population.engines import engine
from fayan.population.question import Question
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.results import DECISIONS, ITEMS, WIDE, wide_columns

ON = date(2025, 12, 31)
BY_HAND = (3, 5, 7)
THREADS = 2
MEMORY = "4GB"
HAND = Path(__file__).with_name("by_hand.sql")
RESULTS = "结果"


def question(measures: str, reasons: bool = True) -> Question:
    program = load(POLICY).program
    readings = {each.id: each.options[0][0] for each in program.readings if each.uncomputed is None}
    asked = tuple(int(each) for each in measures.split(",")) if measures else None
    return Question(program, ON, readings, asked, reasons)


def by_hand(path: str, output: str) -> Taken:
    """SQL by hand: Parquet in, Parquet out."""
    connection = connect(Path(path), THREADS, MEMORY)
    return measured(lambda: _copy(connection, HAND.read_text("utf-8"), output))


def by_plan(path: str, output: str, measures: str, how: str) -> Taken:
    """The engine on the same tables: the policy's plan is made and executed, Parquet in, Parquet out, ``long`` or ``wide``; where it is only
    to be ``decided``, every cell of the wide results is worked out, but nothing written; ``bare``: the long table without reasons."""
    asked = question(measures, how != "bare")
    connection = connect(Path(path), THREADS, MEMORY)
    given = staged(connection, asked.program)
    first = DECISIONS if how in ("long", "bare") else WIDE

    def job() -> None:
        engine("duckdb")(given, asked, RESULTS, lambda count: None)
        for name in (first, ITEMS) if asked.reasons else (first,):
            if how == "decided":
                connection.execute(f'SELECT count(COLUMNS(*)) FROM "{RESULTS}"."{name}"').fetchall()
            else:
                _copy(connection, f'SELECT * FROM "{RESULTS}"."{name}"', f"{output}.{name}")

    return measured(job)


def floor(path: str, output: str) -> Taken:
    """What any program has to do: each column is read, and as many rows as there are wide results and items written, which say the same of
    everyone."""
    connection = connect(Path(path), THREADS, MEMORY)
    program = question("").program
    tables = staged(connection, program).tables
    said = {
        "code": "'denied'", "bool": "true", "text": "NULL::VARCHAR", "money": "CAST(0 AS DECIMAL(18, 2))", "long": "0::BIGINT",
    }  # fmt: skip
    columns = [
        f'{said[column.kind]} AS "{column.name}"'
        for provision in program.provisions
        for column in wide_columns(provision)
    ]
    amounts = ", ".join(f'CAST(0 AS DECIMAL(38, 2)) AS "{each}"' for each in ("核定前", "金额", "已付", "应付"))
    item = (
        f'"{KEY}", 1 AS "措施", \'某事项\' AS "事项", 0 AS "序", DATE \'2025-12-31\' AS "日期", \'denied\' AS "状态",'
        f' {amounts}, []::VARCHAR[] AS "缺", [0::BIGINT] AS "理由"'
    )
    awards = [each for each in program.provisions if each.kind == "award"]
    of_items = [f'SELECT {item} FROM "{each.each}"' for each in awards if each.each]

    def job() -> None:
        for table in tables:
            connection.execute(f'SELECT count(COLUMNS(*)) FROM "{table.name}"').fetchall()
        _copy(connection, f'SELECT "{KEY}", {", ".join(columns)} FROM "{ENTERPRISE}"', f"{output}.{WIDE}")
        _copy(connection, " UNION ALL ".join(of_items), f"{output}.{ITEMS}")

    return measured(job)


def whole(path: str, output: str) -> Taken:
    """``fayan run`` as people call it: tables are checked, everything is decided, summed up and written."""
    from fayan.cli import main

    return measured(
        lambda: _finished(main(["run", str(POLICY), path, "-o", output, "--on", str(ON), "--engine", "duckdb"]))
    )


def by_closure(path: str, count: str) -> Taken:
    """Enterprise by enterprise, all measures; without reading the tables."""
    from itertools import islice

    from fayan.population.by_closure import decide_batch

    asked = question("")
    facts = list(islice(staged(connect(Path(path), THREADS, MEMORY), asked.program).all_facts(), int(count)))
    decide_batch(asked, facts[:1])
    return measured(lambda: decide_batch(asked, facts))


def _copy(connection: object, query: str, output: str) -> None:
    connection.execute(f"COPY ({query}) TO '{output}.parquet' (FORMAT parquet, COMPRESSION zstd)")  # type: ignore[attr-defined]


def _finished(code: int) -> None:
    assert code in (0, 1), code


JOBS: dict[str, Callable[..., Taken]] = {
    "by_hand": by_hand,
    "by_plan": by_plan,
    "by_closure": by_closure,
    "floor": floor,
    "whole": whole,
}

if __name__ == "__main__":
    print(json.dumps(asdict(JOBS[sys.argv[1]](*sys.argv[2:]))))
