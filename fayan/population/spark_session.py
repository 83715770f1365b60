"""The Spark that decides a population: the one there is, the one that is configured, or else one of our own on this machine.

Our own says nothing of itself, and is quick to begin: of a few thousand enterprises nearly all time goes into planning and compiling
what then runs once.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from fayan.problems.given import tail
from fayan.problems.population import EngineMissing
from fayan_dsl.problem import Term

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: With one of these Spark is someone's own: it is left as it is configured.
CONFIGURED = ("SPARK_REMOTE", "SPARK_HOME", "SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS", "SPARK_CONNECT_MODE_ENABLED")
#: Up to so many enterprises it takes longer to compile a step than to interpret it.
FEW = 20_000
#: Enterprises in one task.
TASK = 10_000
#: How much of what Spark says where it does not start is told.
_SAID = 300


def session(enterprises: int) -> SparkSession:
    """A session that fits so many enterprises. Raises ``UsageError`` where Spark cannot be had."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing(Term("没有装 PySpark", "PySpark is not installed")) from None
    found = SparkSession.getActiveSession()
    if found is not None:
        return found
    builder = SparkSession.builder.appName("fayan")
    if not os.environ.keys() & {*CONFIGURED}:
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise _missing(Term("找不到 Java", "Java is not found"))
        for name, value in of_our_own(enterprises).items():
            builder = builder.config(name, value)
    with _set_aside() as said:
        try:
            return builder.getOrCreate()
        except PySparkRuntimeError as error:
            said.seek(0)
            told = " ".join(said.read().decode("utf-8", "replace").split()) or str(error)
            raise _missing(Term(f"Spark 没有起来：{told[-_SAID:]}", f"Spark did not start: {told[-_SAID:]}")) from None


def of_our_own(enterprises: int) -> dict[str, str]:
    """How Spark is configured that runs on this machine for one population."""
    found = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": f"{max(1, -(-enterprises // TASK))}",
        # The plan already says where the rows of an enterprise are and how many there are in a task.
        "spark.sql.adaptive.enabled": "false",
    }
    if enterprises > FEW:
        found["spark.driver.memory"] = "4g"  # all steps are kept here, and Spark takes 1 GiB unasked
    else:
        found |= {
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        }
    return found


@contextmanager
def _set_aside() -> Iterator[IO[bytes]]:
    """What a program started meanwhile says on standard error, now and later, goes into a file that no one else sees: of Spark it is
    a page of warnings about itself. What fails is told as an exception all the same."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield file
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _missing(reason: Term) -> Exception:
    from fayan.errors import UsageError

    source, span = tail("--engine spark", "spark")
    return UsageError([EngineMissing(source=source, span=span, reason=reason)])
