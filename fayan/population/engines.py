"""Who decides a population, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fayan.population.question import Engine

#: The first is the one that is used where none is named.
NAMES = ("closure",)


def engine(name: str) -> Engine:
    """What is heavy is loaded for the engine that is used."""
    from fayan.population import by_closure

    return {"closure": by_closure.decide}[name]
