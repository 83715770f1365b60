"""How far a long run is, on the terminal; nothing where messages go to a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Is told how many more are done.
Progress = Callable[[int], None]


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from tqdm import tqdm

    with tqdm(total=total, file=sys.stderr, leave=False, delay=1) as bar:

        def told(count: int) -> None:
            bar.update(count)

        yield told
