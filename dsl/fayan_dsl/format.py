"""A policy in its one canonical layout: same words, same comments, same 原文; or nothing, where that cannot be vouched for."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from fayan_dsl.layout import comments, lay_out, read
from fayan_dsl.parse import parse_steps
from fayan_dsl.problem import Language, Problem, has_errors
from fayan_dsl.source import Source, Span
from fayan_dsl.spelling import Spelling, said
from fayan_dsl.tables import load
from fayan_dsl.tokens import Token


class LayoutUnfaithful(Problem):
    """A fault of the formatter, found before anything is written."""

    code = "FY9002"
    name = "layout-unfaithful"
    zh = "从这里起，重新排版以后意思会变，或者会少了说明，所以文件没有改动。"
    en = "From here on, the new layout would change what the file says or lose a comment, so the file is left as it is."
    help_zh = "这是法言自身的错；请把文件告诉开发者。把这一行照规范写开，往往就能排版。"
    help_en = "This is a fault of fayan; please show the file to the developers. Writing this line plainly often helps."


def format_source(
    source: Source, keywords: Language | None = None, cache: Path | None = None
) -> tuple[str | None, list[Problem]]:
    """The text laid out, with keywords in one language if asked for; None, and why, where it has errors."""
    _, problems, steps = parse_steps(source, cache)
    if has_errors(problems):
        return None, problems
    tables = load(cache)
    text = lay_out(read(source.text, steps, tables.rules), Spelling(source, tables, keywords))
    again = Source(source.name, text)
    _, found, said_again = parse_steps(again, cache)
    if (
        (place := _first_difference(steps, said_again)) is None
        and comments(source.text) == comments(text)
        and not found
    ):
        return text, problems
    return None, [*problems, LayoutUnfaithful(source=source, span=place or Span(0, 0))]


def _first_difference(before: Sequence[Token | int], after: Sequence[Token | int]) -> Span | None:
    """The last word taken up to where two parses part; None where they are equal, and so are their trees."""
    last = Span(0, 0)
    for one, other in itertools.zip_longest(before, after):
        if isinstance(one, Token) and one.start >= 0:
            last = Span(one.start, one.end)
        if (said(one) if isinstance(one, Token) else one) != (said(other) if isinstance(other, Token) else other):
            return last
    return None
