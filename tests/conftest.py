"""What all tests share."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """Thousands of tests are there to stay, and most of what they make is gone without being looked for: a sixth of the time was
    spent looking."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure() -> None:
    """What is frozen at the end would be said to leak."""
    gc.unfreeze()
