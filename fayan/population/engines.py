"""Who decides a population, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fayan.population.question import Engine

NAMES = ("duckdb", "spark", "closure")
#: What SQL is printed in.
DIALECTS = ("duckdb", "postgres", "spark")
#: Up to so many enterprises are decided one by one where no engine is named: to plan the queries takes longer than that.
FEW = 2_000


def fitting(enterprises: int) -> str:
    """The name of the engine for so many. All give the same, so that nothing depends on it but the time it takes."""
    return "closure" if enterprises <= FEW else "duckdb"


def engine(name: str = "") -> Engine:
    """Without a name, the one that fits what it is given. What is heavy is loaded for the engine that is used."""
    if not name:
        made = cache(engine)
        return lambda staged, *asked: made(fitting(staged.enterprises))(staged, *asked)
    if name == "duckdb":
        from fayan.population import by_duckdb

        return by_duckdb.Decider().decide
    if name == "spark":
        from fayan.population import by_spark

        return by_spark.decide
    from fayan.population import by_closure

    return by_closure.decide
