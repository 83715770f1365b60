"""Problems as SARIF 2.1.0, as code-scanning services read it; columns in UTF-16 units, from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fayan_dsl.problem import Fix, Label, Language, Problem, in_order
from fayan_dsl.source import Source, Span, utf16_column

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(
    problems: list[Problem], version: str, language: Language, waived: Sequence[tuple[Problem, str]] = ()
) -> dict[str, Any]:
    """A log with one run: the kinds of problems met, and each problem with its places and fixes.

    ``waived`` are findings the file itself lets stand, with the reason: results that are suppressed.
    """
    problems = in_order(problems)
    kinds = {problem.code: type(problem) for problem in (*problems, *(problem for problem, _ in waived))}
    codes = sorted(kinds)
    driver = {"name": "fayan", "version": version, "rules": [_rule(kinds[code]) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "utf16CodeUnits",
        "results": [_result(problem, codes.index(problem.code), language) for problem in problems]
        + [
            _result(problem, codes.index(problem.code), language)
            | {"suppressions": [{"kind": "inSource", "justification": reason}]}
            for problem, reason in waived
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(kind: type[Problem]) -> dict[str, Any]:
    return {
        "id": kind.code,
        "name": "".join(part.capitalize() for part in kind.name.split("-")),
        "defaultConfiguration": {"level": kind.severity.value},
        "help": {"text": f"fayan help {kind.code}"},
    }


def _result(problem: Problem, index: int, language: Language) -> dict[str, Any]:
    location = _location(problem.source, problem.span)
    if problem.headings:
        name = " › ".join(problem.headings)
        location["logicalLocations"] = [{"name": problem.headings[-1], "fullyQualifiedName": name}]
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity.value,
        "message": {"text": f"{problem.title(language)} {problem.help(language)}".strip()},
        "locations": [location],
    }
    if problem.labels:
        result["relatedLocations"] = [
            _related(problem.source, label, number, language) for number, label in enumerate(problem.labels, 1)
        ]
    if problem.fixes:
        result["fixes"] = [_fix(problem.source, fix, language) for fix in problem.fixes]
    return result


def _location(source: Source, span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(source), "region": _region(source, span)}}


def _related(source: Source, label: Label, number: int, language: Language) -> dict[str, Any]:
    return {"id": number, "message": {"text": label.text.say(language)}, **_location(source, label.span)}


def _fix(source: Source, fix: Fix, language: Language) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": fix.title.say(language)},
        "artifactChanges": [{"artifactLocation": _artifact(source), "replacements": replacements}],
        "properties": {"applicability": fix.applicability.value},
    }


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": quote(source.name.replace("\\", "/"))}


def _region(source: Source, span: Span) -> dict[str, int]:
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {
        "startLine": line,
        "startColumn": utf16_column(source.line_text(line)[: column - 1]) + 1,
        "endLine": end_line,
        "endColumn": utf16_column(source.line_text(end_line)[: end_column - 1]) + 1,
    }
