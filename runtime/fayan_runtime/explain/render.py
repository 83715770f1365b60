"""Decisions and policies as text, Markdown, HTML and JSON."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from jinja2 import Environment, PackageLoader, StrictUndefined

from fayan_runtime import ir
from fayan_runtime.explain.words import pick

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison
    from fayan_runtime.population import Population
    from fayan_runtime.timeline import Chronicle, Pick

FORMATS = ("text", "md", "html", "json")
#: Terminal cells of a line of text.
WIDTH = 80
#: What may not end a line, what follows a number on its line, and what may not open a line.
OPENING = "（「『“‘《〈〔【［(["
UNITS = "元万亿年月日天个项条"
CLOSING = "，。；：、）」』”’！？〕】］％%,.;:)]!?/·"


def render_decision(decision: object, format: str, language: str = "zh") -> str:
    """A decision (``report.Decision``) as a document."""
    from fayan_runtime.explain.view import decision_view
    from fayan_runtime.report import Decision

    assert isinstance(decision, Decision)
    if format == "json":
        return decision.to_json(language)
    return _document("decision", format, decision_view(decision, language))


def render_policy(program: ir.Program, format: str, language: str = "zh", picked: Pick | None = None) -> str:
    """The policy itself as a document; ``picked`` says for which day it was picked from several versions."""
    if format == "json":
        from fayan_runtime.explain.document.data import policy_json

        return policy_json(program, language, picked)
    from fayan_runtime.explain.document.view import policy_view

    return _document("policy", format, policy_view(program, language, picked))


def render_comparison(comparison: Comparison, format: str, language: str = "zh") -> str:
    """Two versions compared."""
    from fayan_runtime.explain.diff.data import comparison_json
    from fayan_runtime.explain.diff.view import diff_view

    view = diff_view(comparison, language)
    return comparison_json(comparison, view) if format == "json" else _document("diff", format, view)


def render_timeline(chronicle: Chronicle, format: str, language: str = "zh") -> str:
    """Which version and which rule held when."""
    from fayan_runtime.explain.timeline.data import timeline_json
    from fayan_runtime.explain.timeline.view import timeline_view

    view = timeline_view(chronicle, language)
    return timeline_json(chronicle, view) if format == "json" else _document("timeline", format, view)


def render_population(population: Population, format: str, language: str = "zh") -> str:
    """A population decided."""
    from fayan_runtime.explain.population.view import population_view

    return _document("population", format, population_view(population, language))


def _document(name: str, format: str, view: Any) -> str:
    suffix = {"text": "txt", "lines": "lines", "md": "md", "html": "html"}[format]
    values = {each.name: getattr(view, each.name) for each in view.__attrs_attrs__}
    template = _environment(format == "html").get_template(f"{name}.{suffix}.j2")
    text: str = template.render(**_signs(view.language), **values)
    return _tidy(text)


def _signs(language: str) -> dict[str, Any]:
    """What templates put between and around parts: ``pair`` a name and what it stands for, ``aside`` in brackets, ``tag`` an outcome."""

    def both(zh: str, en: str) -> str:
        return pick((zh, en), language)

    def pair(name: str, text: str) -> str:
        return f"{name}{both('：', ': ')}{text}"

    def aside(text: str) -> str:
        return both(f"（{text}）", f" ({text})") if text else ""

    def tag(text: str) -> str:
        return both(f"〔{text}〕", f"[{text}]")

    def heading(text: str) -> str:
        return both(f"【{text}】", f"== {text} ==")

    signs = {
        "comma": both("，", ", "),
        "semicolon": both("；", "; "),
        "gap": both("　", "  "),
        "warn": both("！", "!"),
        "ask": both("？", "?"),
        "blank": both("＿＿＿＿＿＿", "____________"),
    }
    return {"pair": pair, "aside": aside, "tag": tag, "heading": heading} | signs


@cache
def _environment(escape: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("fayan_runtime.explain", "templates"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # a template is compiled for one page: folding its constants takes longer than it saves
    )
    from fayan_runtime.explain.diff.text import marked

    made.filters |= {"fill": fill, "cell": cell, "marked": marked}
    return made


def _tidy(text: str) -> str:
    """No blank line twice, none at the ends, no spaces at line ends."""
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


@cache
def _wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def cells(text: str) -> int:
    return len(text) + (0 if text.isascii() else sum(map(_wide, text)))


def fill(text: str, indent: int = 0, hanging: int | None = None, width: int = WIDTH) -> str:
    """Broken into lines of ``width`` cells; only what has no place to break is broken anywhere."""
    if indent + cells(text) <= WIDTH:
        return (" " * indent + text).rstrip()
    later = " " * (indent if hanging is None else hanging)
    lines: list[str] = []
    line, used = " " * indent, indent
    for piece in _pieces(text):
        width = cells(piece)
        if used + width > WIDTH and line.strip():
            lines.append(line.rstrip())
            line, used, piece = later, len(later), piece.lstrip()
            width = cells(piece)
        for each in piece if used + width > WIDTH else (piece,):
            size = width if each is piece else cells(each)
            if used + size > WIDTH:
                lines.append(line)
                line, used = later, len(later)
            line += each
            used += size
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """What must stay together: a Chinese character, a run of anything narrow, a number with its unit, a sign with what it belongs to."""
    pieces: list[str] = []
    for each in text:
        last = pieces[-1][-1] if pieces else " "
        narrow = not _wide(each) and each != " "
        money = bool(pieces) and pieces[-1].rstrip(" ").endswith("RMB") and (each == " " or each.isdigit())
        run = narrow and last != " " and not _wide(last)
        counted = each in UNITS and (last.isdigit() or last in "万亿")
        tag = bool(pieces) and pieces[-1].startswith("〔") and "〕" not in pieces[-1] and len(pieces[-1]) < 12
        if pieces and (tag or last in OPENING or run or counted or money or (each in CLOSING and last not in " 　")):
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
        .replace("`", "\\`")
        .replace("[", "\\[")
    )
