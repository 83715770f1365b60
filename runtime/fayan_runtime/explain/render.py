"""Decisions and policies as text, Markdown, HTML and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from jinja2 import Environment, PackageLoader, StrictUndefined

from fayan_runtime import ir
from fayan_runtime.explain.words import MARK

if TYPE_CHECKING:
    from fayan_runtime.explain.view import ReadingView

FORMATS = ("text", "md", "html", "json")
#: Terminal cells of a line of text.
WIDTH = 88
#: What may not open a line.
OPENING = "（「『“‘《〈〔【"
CLOSING = "，。；：、）」』”’！？〕】％%"


def render_decision(decision: object, format: str, language: str = "zh") -> str:
    """A decision (``report.Decision``) as a document."""
    from fayan_runtime.explain.view import Laying
    from fayan_runtime.report import Decision

    assert isinstance(decision, Decision)
    if format == "json":
        return decision.to_json()
    return _document("decision", format, Laying(decision, language).view())


def render_policy(program: ir.Program, format: str, language: str = "zh", on: date | None = None) -> str:
    """The policy itself as a document; ``on`` is the day it is printed for."""
    from fayan_runtime.explain.document import policy_json, policy_view

    if format == "json":
        return policy_json(program)
    return _document("policy", format, policy_view(program, language, on))


def _document(name: str, format: str, view: Any) -> str:
    suffix = {"text": "txt", "md": "md", "html": "html"}[format]
    values = {each.name: getattr(view, each.name) for each in view.__attrs_attrs__}
    text: str = (
        _environment(format == "html").get_template(f"{name}.{suffix}.j2").render(mark=MARK, quiet=quiet, **values)
    )
    return _tidy(text)


@cache
def _environment(escape: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("fayan_runtime.explain", "templates"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"fill": fill, "cell": cell}
    return made


def _tidy(text: str) -> str:
    """No blank line twice, none at the ends, no spaces at line ends."""
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def quiet(readings: Sequence[ReadingView]) -> str:
    """“G2 取 a、R3.5 取 a”."""
    return "、".join(f"{each.id}＝{each.option}" for each in readings)


def cells(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def fill(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """Broken into lines of ``WIDTH`` cells; a number or Latin word is not broken, closing punctuation does not open a line."""
    later = indent if hanging is None else hanging
    lines: list[str] = []
    line = " " * indent
    for piece in _pieces(text):
        if cells(line) + cells(piece) > WIDTH and line.strip() and piece[0] not in CLOSING:
            lines.append(line.rstrip())
            line, piece = " " * later, piece.lstrip()
        line += piece
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """What must stay together: a Chinese character, or a run of anything narrow."""
    pieces: list[str] = []
    for each in text:
        narrow = east_asian_width(each) not in "WF" and each != " "
        if (pieces and pieces[-1][-1] in OPENING) or (
            narrow and pieces and pieces[-1][-1] != " " and east_asian_width(pieces[-1][-1]) not in "WF"
        ):
            pieces[-1] += each
        else:
            pieces.append(each)
    return pieces


def cell(text: str) -> str:
    """Safe inside a Markdown table or line."""
    return (
        text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("\n", " ")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
    )
