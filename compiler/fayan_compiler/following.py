"""What follows from a line that could not be read as it is written is not told again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fayan_compiler.report import LACKING, LACKING_ROWS
from fayan_dsl.problem import Problem, Severity


def unexplained(found: Iterable[Problem], before: Sequence[Problem]) -> list[Problem]:
    """The problems that nothing explains which was told ``before`` of how the files are written."""
    errors = [problem for problem in before if problem.severity is Severity.ERROR]
    wrong = {_line(problem) for problem in errors}
    unread = {_line(problem) for problem in errors if not problem.read_on}
    return [
        problem
        for problem in found
        if _line(problem) not in wrong
        and not (isinstance(problem, LACKING) and _below(problem) & unread)
        and not (isinstance(problem, LACKING_ROWS) and _beside(problem) & unread)
    ]


def _line(problem: Problem) -> tuple[str, int]:
    """Where a problem is told: of a line that could not be read as it is written, what else is wrong with it follows."""
    return problem.source.name, problem.source.position(problem.span.start)[0]


def _below(problem: Problem) -> set[tuple[str, int]]:
    """The lines that stand under the one where a problem is told."""
    name, first = _line(problem)
    found = set()
    indent = len(head := problem.source.line_text(first)) - len(head.lstrip())
    for number, line in enumerate(problem.source.text[problem.span.end :].split("\n")[1:], first + 1):
        if line.strip() and not line.startswith("｜") and len(line) - len(line.lstrip()) <= indent:
            break
        found.add((name, number))
    return found


def _beside(problem: Problem) -> set[tuple[str, int]]:
    """The lines of the block that the line where a problem is told stands in."""
    name, at = _line(problem)
    lines = problem.source.text.split("\n")
    indent = len(lines[at - 1]) - len(lines[at - 1].lstrip())

    def inside(line: str) -> bool:
        return not line.strip() or len(line) - len(line.lstrip()) >= indent

    first = next((n for n in range(at - 1, 0, -1) if not inside(lines[n - 1])), 0)
    last = next((n for n in range(at, len(lines)) if not inside(lines[n])), len(lines))
    return {(name, number) for number in range(first + 1, last + 1)}
