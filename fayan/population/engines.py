"""Who decides a population, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fayan.population.question import Engine

#: The first is the one that is used where none is named.
NAMES = ("closure", "duckdb")


def engine(name: str) -> Engine:
    """What is heavy is loaded for the engine that is used."""
    if name == "duckdb":
        from fayan.population import by_duckdb

        return by_duckdb.decide
    from fayan.population import by_closure

    return by_closure.decide
