"""Servers that tests share: started when the first asks, stopped at the end. One that cannot be had is said to be skipped, with the reason."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.relational import engines


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Where to connect to a PostgreSQL server."""
    if engines.postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql): nothing was executed in it")
    with tempfile.TemporaryDirectory(prefix="fayan", ignore_cleanup_errors=True) as folder:
        yield engines.run_postgres(folder)
        engines.stop_postgres(folder)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A Spark session on two executors."""
    pytest.importorskip(
        "pyspark", reason="PySpark is not installed (pip install 'fayan[spark]'): nothing was executed in it"
    )
    if engines.java() is None:
        pytest.skip("Java is not installed (apt-get install openjdk-17-jre-headless): nothing was executed in Spark")
    with tempfile.TemporaryDirectory(prefix="fayan") as folder:
        session = engines.run_spark(folder)
        yield session
        session.stop()
