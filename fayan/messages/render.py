"""Problems for people (terminal text with carets) and for programs (JSON; SARIF has its own module).

Text shows one problem as: what is wrong, in both languages; where, with the headings the place stands under; the line
itself with carets, which line up under Chinese because columns are counted in terminal cells; what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

from fayan.problems.given import IN_ENGLISH
from fayan_dsl.problem import Fix, Label, Language, Problem, Severity, Term, in_order
from fayan_dsl.source import Source, Span, cells

#: The widest a source line is shown, in terminal cells: a paragraph of 原文 would wrap and lose its carets.
WIDTH = 100

#: So many second places are shown with their lines; of more only the numbers of the lines are told.
FEW = 4

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
    line, _ = problem.source.position(problem.span.start)
    where = f"  --> {clean(_place(problem, language))}"
    if problem.headings:
        where += (
            f"  （{' › '.join(map(clean, problem.headings))}）"
            if language == "zh"
            else f"  ({' › '.join(problem.headings)})"
        )
    lines.append(where)
    gutter = len(str(_last_line(problem)))
    lines.append(" " * gutter + " │")
    beside = [label for label in problem.labels if problem.source.position(label.span.start)[0] == line]
    lines += _snippet(problem.source, problem.span, beside, gutter, language, lambda text: paint(text, tone))
    elsewhere = [label for label in problem.labels if label not in beside]
    for label in elsewhere[:FEW]:
        lines += _snippet(problem.source, label.span, [label], gutter, language, None)
    lines += _more(problem.source, elsewhere[FEW:], gutter, language)
    help_text = problem.help(language)
    if help_text and help_text.rstrip("。.") not in [fix.title.say(language) for fix in problem.fixes]:
        lines.append(" " * gutter + f" = {'办法：' if language == 'zh' else 'help: '}{_sentence(help_text)}")
    for fix in problem.fixes:
        lines += _fix(problem.source, fix, gutter, language)
    return "\n".join(lines) + "\n"


def _more(source: Source, labels: list[Label], gutter: int, language: Language) -> list[str]:
    """The lines of second places that are not shown."""
    if not labels:
        return []
    numbers = list(dict.fromkeys(source.position(label.span.start)[0] for label in labels))
    listed = ("、" if language == "zh" else ", ").join(map(str, numbers[:12]))
    if language == "zh":
        said = f"还有 {len(labels)} 处，在第 {listed}{' ……' if len(numbers) > 12 else ''} 行"
    else:
        said = f"{len(labels)} more, on lines {listed}{' …' if len(numbers) > 12 else ''}"
    return [f"{'':>{gutter}} │ {said}"]


def _title(problem: Problem, language: Language) -> str:
    """A heading, so without the full stop."""
    return _sentence(problem.title(language)).rstrip("。.")


def _sentence(text: str) -> str:
    return " ".join(clean(part) for part in text.splitlines())


def _last_line(problem: Problem) -> int:
    return max(
        problem.source.position(span.start)[0] for span in (problem.span, *(label.span for label in problem.labels))
    )


def _snippet(
    source: Source,
    span: Span,
    labels: list[Label],
    gutter: int,
    language: Language,
    paint: Callable[[str], str] | None,
) -> list[str]:
    """The line a span starts in, with carets under the span where it is the primary one (``paint``), and dashes with
    their words under the labels in that line."""
    line, column = source.position(span.start)
    skipped = max(0, column - 1 - 2 * WIDTH)  # a line may be megabytes long; only what may be shown is looked at
    whole = clean(source.line_text(line)[skipped : column - 1 + 2 * WIDTH])
    start = min(column - 1 - skipped, len(whole))
    end = max(start, min(len(whole), start + span.end - span.start))
    shown, first, last = _window(whole, start, end)

    def under(spans: Iterable[Span], sign: str) -> str:
        marks = [" "] * (cells(shown) + 1)
        for one in spans:
            begin = max(0, min(len(shown), first + one.start - span.start))
            stop = last if one == span else max(begin, min(len(shown), first + one.end - span.start))
            at = cells(shown[:begin])
            width = max(1, cells(shown[begin:stop]))
            marks[at : at + width] = [sign] * width
        return "".join(marks).rstrip()

    said: dict[str, list[Span]] = {}
    for label in labels:
        said.setdefault(clean(label.text.say(language)), []).append(label.span)
    own = next((text for text, spans in said.items() if paint is not None and spans == [span]), "")
    rows = [f"{under(spans, '-')} {text}" for text, spans in said.items() if text != own]
    if paint is not None:
        carets = under([span], "^") + f" {own}".rstrip()
        before = not own and all(span.end <= one.start for spans in said.values() for one in spans)
        if len(rows) == 1 and before:  # both in one row: the words of the label stand behind everything
            carets = "".join(b if a == " " else a for a, b in zip_longest(carets, rows.pop(), fillvalue=" "))
        rows.insert(0, paint(carets))
    return [f"{line:>{gutter}} │ {shown}", *(f"{'':>{gutter}} │ {row}" for row in rows)]


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


def _place(problem: Problem, language: Language) -> str:
    place = problem.source.place(problem.span.start)
    name = IN_ENGLISH.get(problem.source.name) if language == "en" else None
    return place if name is None else name + place.removeprefix(problem.source.name)


def count(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def summary(problems: list[Problem], language: Language) -> str:
    errors, warnings, notes = (count(problems, severity) for severity in Severity)
    if language == "zh":
        return f"{errors} 个错误，{warnings} 个警告" + (f"，{notes} 个提示" if notes else "")
    from fayan_runtime.explain.words import plurals

    return plurals(f"{errors} error(s), {warnings} warning(s)" + (f", {notes} note(s)" if notes else ""))


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
