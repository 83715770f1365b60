"""Problems for people (terminal text with carets) and for programs (JSON, SARIF, JUnit is in the test report).

Text shows one problem as: what is wrong, in both languages; where, with the headings the place stands under; the line
itself with carets, which line up under Chinese because columns are counted in terminal cells; what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fayan_dsl.problem import Fix, Language, Problem, Severity, Term, in_order
from fayan_dsl.source import Source, Span, cells, utf16_column

#: The widest a source line is shown, in terminal cells: a paragraph of 原文 would wrap and lose its carets.
WIDTH = 100

_SEVERITY = {
    Severity.ERROR: Term("错误", "error"),
    Severity.WARNING: Term("警告", "warning"),
    Severity.NOTE: Term("提示", "note"),
}
_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def clean(text: str) -> str:
    """The text with everything that could steer a terminal made visible and one column wide."""
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c == "\t" else "�" for c in text)


def render(problems: Iterable[Problem], language: Language = "zh", colour: bool = False) -> str:
    """All problems in their one order, as text."""
    return "\n".join(render_one(problem, language, colour) for problem in in_order(list(problems)))


def render_one(problem: Problem, language: Language = "zh", colour: bool = False) -> str:
    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    tone = _COLOUR[problem.severity]
    mark = f"{_SEVERITY[problem.severity].say(language)} {problem.code}"
    lines = [paint(mark, f"1;{tone}") + " " + paint(_title(problem, language), "1")]
    if language == "zh":
        lines.append(paint(f"     {_title(problem, 'en')}", "2"))
    line, column = problem.source.position(problem.span.start)
    where = f"  --> {clean(problem.source.name)}:{line}:{column}"
    if problem.headings:
        where += (
            f"  （{' › '.join(map(clean, problem.headings))}）"
            if language == "zh"
            else f"  ({' › '.join(problem.headings)})"
        )
    lines.append(where)
    gutter = len(str(_last_line(problem)))
    lines.append(" " * gutter + " │")
    lines += _snippet(problem.source, problem.span, "", gutter, "^", lambda text: paint(text, tone))
    for label in problem.labels:
        lines += _snippet(problem.source, label.span, clean(label.text.say(language)), gutter, "-", lambda text: text)
    if help_text := problem.help(language):
        lines.append(" " * gutter + f" = {'办法：' if language == 'zh' else 'help: '}{_sentence(help_text)}")
    for fix in problem.fixes:
        lines += _fix(problem.source, fix, gutter, language)
    return "\n".join(lines) + "\n"


def _title(problem: Problem, language: Language) -> str:
    """A heading, so without the full stop."""
    return _sentence(problem.title(language)).rstrip("。.")


def _sentence(text: str) -> str:
    return " ".join(clean(part) for part in text.splitlines())


def _last_line(problem: Problem) -> int:
    return max(
        problem.source.position(span.start)[0] for span in (problem.span, *(label.span for label in problem.labels))
    )


def _snippet(source: Source, span: Span, text: str, gutter: int, caret: str, paint: Any) -> list[str]:
    """The line a span starts in, and carets under the part of the span in that line."""
    line, column = source.position(span.start)
    skipped = max(0, column - 1 - 2 * WIDTH)  # a line may be megabytes long; only what may be shown is looked at
    whole = clean(source.line_text(line)[skipped : column - 1 + 2 * WIDTH])
    start = min(column - 1 - skipped, len(whole))
    end = max(start, min(len(whole), start + span.end - span.start))
    shown, start, end = _window(whole, start, end)
    carets = " " * cells(shown[:start]) + caret * max(1, cells(shown[start:end]))
    return [f"{line:>{gutter}} │ {shown}", f"{'':>{gutter}} │ {paint((carets + ' ' + text).rstrip())}"]


def _window(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around ``start``, with … where it was cut, and the span in it."""
    if cells(text) <= WIDTH:
        return text, start, end
    first = start
    room = WIDTH // 3
    while first > 0 and room > 0:
        first -= 1
        room -= cells(text[first])
    last, room = first, WIDTH
    while last < len(text) and room > 0:
        room -= cells(text[last])
        last += 1
    head = "…" if first > 0 else ""
    tail = "…" if last < len(text) else ""
    moved = len(head) - first
    return head + text[first:last] + tail, start + moved, max(start, min(end, last)) + moved


def _fix(source: Source, fix: Fix, gutter: int, language: Language) -> list[str]:
    """A fix: its title and, where it stays on one line, the line as it would read."""
    lines = [" " * gutter + f" = {'改法：' if language == 'zh' else 'fix: '}{_sentence(fix.title.say(language))}"]
    numbers = {source.position(edit.span.start)[0] for edit in fix.edits}
    if len(numbers) == 1 and not any("\n" in source.text[e.span.start : e.span.end] + e.text for e in fix.edits):
        (number,) = numbers
        begin = min(edit.span.start - source.position(edit.span.start)[1] + 1 for edit in fix.edits)
        text, at, touched = source.line_text(number), 0, 0
        parts: list[str] = []
        for edit in sorted(fix.edits, key=lambda e: e.span.start):
            parts += [text[at : edit.span.start - begin], edit.text]
            touched = sum(map(len, parts))
            at = edit.span.end - begin
        shown, _, _ = _window(clean("".join([*parts, text[at:]])), max(0, touched - 1), touched)
        lines.append(f"{number:>{gutter}} + {shown}")
    return lines


def count(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def summary(problems: list[Problem], language: Language) -> str:
    errors, warnings, notes = (count(problems, severity) for severity in Severity)
    if language == "zh":
        return f"{errors} 个错误，{warnings} 个警告" + (f"，{notes} 个提示" if notes else "")
    return f"{errors} error(s), {warnings} warning(s)" + (f", {notes} note(s)" if notes else "")


# ---------------------------------------------------------------- for programs
def _region(source: Source, span: Span) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def to_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity.value,
        "message": {"zh": problem.title("zh"), "en": problem.title("en")},
        "help": {"zh": problem.help("zh"), "en": problem.help("en")},
        "file": problem.source.name,
        **_region(problem.source, problem.span),
        "headings": list(problem.headings),
        "labels": [
            {"message": {"zh": x.text.zh, "en": x.text.en}, **_region(problem.source, x.span)} for x in problem.labels
        ],
        "fixes": [
            {
                "title": {"zh": fix.title.zh, "en": fix.title.en},
                "applicability": fix.applicability.value,
                "edits": [{"text": edit.text, **_region(problem.source, edit.span)} for edit in fix.edits],
            }
            for fix in problem.fixes
        ],
    }


def problems_json(problems: list[Problem]) -> dict[str, Any]:
    return {
        "schema": "fayan.problems/1",
        "problems": [to_json(problem) for problem in in_order(problems)],
        "errors": count(problems, Severity.ERROR),
        "warnings": count(problems, Severity.WARNING),
    }


def sarif(problems: list[Problem], version: str, language: Language) -> dict[str, Any]:
    """SARIF 2.1.0, as code-scanning services read it; columns in UTF-16 units, from 1."""
    problems = in_order(problems)
    rules = {problem.code: {"id": problem.code, "name": problem.name} for problem in problems}

    def region(source: Source, span: Span) -> dict[str, int]:
        at = _region(source, span)
        start = utf16_column(source.line_text(at["line"])[: at["column"] - 1]) + 1
        end = utf16_column(source.line_text(at["end_line"])[: at["end_column"] - 1]) + 1
        return {"startLine": at["line"], "startColumn": start, "endLine": at["end_line"], "endColumn": end}

    results = [
        {
            "ruleId": problem.code,
            "level": problem.severity.value,
            "message": {"text": f"{problem.title(language)} {problem.help(language)}".strip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.source.name.replace("\\", "/")},
                        "region": region(problem.source, problem.span),
                    }
                }
            ],
        }
        for problem in problems
    ]
    driver = {"name": "fayan", "version": version, "rules": [rules[code] for code in sorted(rules)]}
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return {"$schema": schema, "version": "2.1.0", "runs": [run]}
