"""Spark as a run starts it: what is missing is told, what is someone's own is left alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from fayan.errors import UsageError
from fayan.population import spark_session
from fayan.population.spark_session import CONFIGURED, of_our_own, session


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*CONFIGURED, "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return


def told() -> str:
    with pytest.raises(UsageError) as raised:
        session(1)
    (problem,) = raised.value.problems
    return f"{problem.code} {problem.title()}"


def test_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyspark.errors", None)
        assert told() == "FY7351 不能用 Spark 判定：没有装 PySpark"
    pytest.importorskip("pyspark", reason="PySpark is not installed: it was not tried without Java")
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    monkeypatch.setenv("PATH", "")
    assert told() == "FY7351 不能用 Spark 判定：找不到 Java"


def test_what_it_says_where_it_does_not_start_is_told_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    errors = pytest.importorskip(
        "pyspark.errors", reason="PySpark is not installed: it was not tried with another Java"
    )

    def fails(builder: object) -> None:
        os.write(2, b"this Java is\ntoo old")
        raise errors.PySparkRuntimeError("gone")

    monkeypatch.setenv("JAVA_HOME", "/there")
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    monkeypatch.setattr("pyspark.sql.SparkSession.Builder.getOrCreate", fails)
    assert told() == "FY7351 不能用 Spark 判定：Spark 没有起来：this Java is too old"
    assert capfd.readouterr().err == ""


def test_many_enterprises_are_compiled_for_and_are_many_tasks() -> None:
    assert of_our_own(500)["spark.sql.shuffle.partitions"] == "1"
    assert of_our_own(1_000_000)["spark.sql.shuffle.partitions"] == "100"
    assert "spark.sql.codegen.wholeStage" in of_our_own(spark_session.FEW)
    assert "spark.sql.codegen.wholeStage" not in of_our_own(spark_session.FEW + 1)
