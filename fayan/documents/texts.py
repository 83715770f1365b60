"""The text of a policy file: bytes that are UTF-8 and no longer than a policy is."""

from __future__ import annotations

import os
import re
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from fayan.errors import PolicyError
from fayan.problems import files as faults
from fayan.problems.given import whole
from fayan_dsl.source import Source

#: No policy is longer; a file that is (or never ends) is not read to its end.
LARGEST_MIB = 16


def read_source(path: str | os.PathLike[str]) -> Source:
    """The text of a policy file, or a :class:`PolicyError` that says why not."""
    return decoded(str(path), read_bytes(path))


def read_bytes(path: str | os.PathLike[str], opened: IO[bytes] | None = None) -> bytes:
    """What a policy file holds, or what can be read from one that is open, under the name ``path``."""
    name = str(path)
    source, span = whole(name, name)
    try:
        if not name:  # to the system that is the folder one is in
            raise ValueError
        with nullcontext(opened) if opened else Path(path).open("rb") as file:
            data = file.read(LARGEST_MIB * 2**20 + 1)
    except (OSError, ValueError, TypeError) as error:  # ValueError, TypeError: what is no path at all
        problem = faults.Unreadable(source=source, span=span, path=name, reason=faults.why_unreadable(error))
        raise PolicyError([problem]) from None
    if len(data) > LARGEST_MIB * 2**20:
        raise PolicyError([faults.TooLarge(source=source, span=span, path=name, limit=LARGEST_MIB)])
    return data


def decoded(name: str, data: bytes) -> Source:
    """The bytes of a policy file as a text."""
    source, span = whole(name, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PolicyError([faults.NotUtf8(source=source, span=span, path=name, line=line)]) from None
    for sign, problem in (("\0", faults.NulInText), (r"\r(?!\n)", faults.LoneReturn)):
        if (at := re.search(sign, text)) is not None:
            line = text.count("\n", 0, at.start()) + 1
            raise PolicyError([problem(source=source, span=span, path=name, line=line)])
    return Source(name, text)


def issued_text(source: Source) -> Source | None:
    """The document as issued, where it lies beside the policy under its name: 甲.txt beside 甲.pol."""
    path = Path(source.name).with_suffix(".txt") if source.name.endswith(".pol") else None
    if path is None or not path.is_file():
        return None
    return read_source(path)
