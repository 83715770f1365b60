"""Decisions and policies as text, Markdown, HTML and JSON."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from fayan_runtime import ir
from fayan_runtime.explain.lines import fill
from fayan_runtime.explain.words import pick

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison
    from fayan_runtime.population import Population
    from fayan_runtime.timeline import Chronicle, Pick

FORMATS = ("text", "md", "html", "json")


def render_decision(decision: object, format: str, language: str = "zh") -> str:
    """A decision (``report.Decision``) as a document."""
    from fayan_runtime.explain.decision.view import decision_view
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
