"""What all tests share: nothing but that they take less time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from fayan.documents import library
from fayan_dsl import tree
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source

# a machine that has other things to do fails no test
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Thousands of tests are there to stay, and most of what they make is gone without being looked for: a sixth of the time was
    spent looking."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure() -> None:
    """What is frozen at the end would be said to leak."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def documents_are_read_once() -> Iterator[None]:
    """A policy is checked some thousand times, with a slip each time, and the documents it refers to are the same: the tree of a text
    is kept."""
    kept: dict[tuple[str, str], tuple[tree.Policy | None, list[Problem]]] = {}
    right = library.parse

    def read(source: Source, cache: Path | None = None) -> tuple[tree.Policy | None, list[Problem]]:
        place = source.name, source.text
        if place not in kept:
            kept[place] = right(source, cache)
        found, problems = kept[place]
        return found, [*problems]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "parse", read)
        yield
