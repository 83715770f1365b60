"""Writing a file anew: the whole of it or nothing, whatever happens meanwhile."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Put ``data`` in place of what a file holds, with the permissions it has; a link stays a link. Raises OSError."""
    place = Path(path).resolve(strict=True)
    mode = place.stat().st_mode
    if not stat.S_ISREG(mode) or not os.access(place, os.W_OK):
        raise PermissionError(f"not a file that may be written: {place}")
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".fayan.")  # a long name may not grow
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside = Path(name)
        beside.chmod(stat.S_IMODE(mode))
        beside.replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
