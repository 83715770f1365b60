"""What is given at a door, as a source that a problem can point into: an argument is shown like a file, with carets under it."""

from __future__ import annotations

from fayan_dsl.problem import Term
from fayan_dsl.source import Source, Span

NOTHING_MORE = Term("", "")


def whole(name: str, text: str) -> tuple[Source, Span]:
    """A short text as a source of its own, and the span of all of it."""
    return Source(name, text), Span(0, len(text))


def tail(text: str, part: str) -> tuple[Source, Span]:
    """What was given at a door (``--reading R5.2=x``) as a source, and the span of its last ``part``."""
    return Source("命令行" if text.startswith("-") else "调用", text), Span(len(text) - len(part), len(text))


def command_line(given: list[str]) -> tuple[Source, Span]:
    """The whole command as a source."""
    return whole("命令行", " ".join(["fayan", *given]).replace("\n", " "))
