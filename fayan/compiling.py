"""From the text of a policy to its program: the passes in order, with the documents that it refers to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fayan.documents.library import library_of
from fayan.documents.shelves import Shelf
from fayan_compiler.library import Library
from fayan_compiler.pipeline import compile_policy
from fayan_dsl import tree
from fayan_dsl.headings import with_headings
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source
from fayan_runtime import ir


def analyse(
    source: Source, shelves: Sequence[Shelf] | None = None
) -> tuple[tree.Policy | None, ir.Program | None, list[Problem]]:
    """Tree, program and problems of a text; no program where there are errors, no tree where nothing can be read.

    ``shelves``: where documents that it refers to may lie, the nearest first; else in the folders beside it.
    """
    parsed, program, problems, _ = passes(source, shelves)
    return parsed, program, problems


def passes(
    source: Source, shelves: Sequence[Shelf] | None = None
) -> tuple[tree.Policy | None, ir.Program | None, list[Problem], Library]:
    """The same, and the documents that it refers to."""
    parsed, problems = parse(source, cache=grammar_cache())
    if parsed is None:
        return None, None, with_headings(problems), Library()
    library, unread = library_of(parsed, grammar_cache(), shelves)
    problems = problems + unread
    program, found = compile_policy(parsed, library, problems)
    return parsed, program, with_headings(problems + found), library


def grammar_cache() -> Path | None:
    """The folder where the parser's tables are kept between runs; None where no such place can be made."""
    given = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(given) if given else Path.home() / ".cache") / "fayan"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder
