"""What is given at a door, as a source that a problem can point into: an argument is shown like a file, with carets under it."""

from __future__ import annotations

from fayan_dsl.problem import Term
from fayan_dsl.source import Source, Span

NOTHING_MORE = Term("", "")
#: What stands for a file where there is none: the command, or a call from Python.
COMMAND, CALL = Term("命令行", "command line"), Term("调用", "call")
IN_ENGLISH = {each.zh: each.en for each in (COMMAND, CALL)}


def whole(name: str, text: str) -> tuple[Source, Span]:
    """A short text as a source of its own, and the span of all of it."""
    return Source(name, text), Span(0, len(text))


def tail(text: str, part: str) -> tuple[Source, Span]:
    """What was given at a door (``--reading R5.2=x``) as a source, and the span of its last ``part``."""
    return Source(COMMAND.zh if text.startswith("-") else CALL.zh, text), Span(len(text) - len(part), len(text))


def command_line(given: list[str]) -> tuple[Source, Span]:
    """The whole command as a source."""
    return whole(COMMAND.zh, " ".join(["fayan", *given]).replace("\n", " "))
