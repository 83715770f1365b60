"""Writing a file or a folder anew: under its name there is the whole of it or nothing, whenever the run ends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def unfinished(output: Path) -> Path:
    """What an output is called while it is being written: beside it, so that renaming is one step."""
    return output.with_name(f".{output.name}.未完成")


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """A path to write a file or a folder to; it becomes ``output`` when all went well. What a killed run left there is cleared."""
    beside = unfinished(output)
    clear(beside)
    try:
        yield beside
        if beside.is_file():
            with beside.open("rb") as file:
                os.fsync(file.fileno())
        beside.replace(output)
    except BaseException:
        clear(beside)
        raise


def clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
