"""A value that goes by many cases, as the table it was in the text: a row for each case, a column for each thing asked."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.phrase.written import Writer, is_table


@frozen
class CaseTable:
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def case_table(scribe: Scribe, writer: Writer, body: ir.Expr) -> CaseTable | None:
    """None where there are few cases, better said in a sentence."""
    if not isinstance(body, ir.Cases) or not is_table(body):
        return None
    asked: list[str] = []
    found: list[tuple[dict[str, str], str]] = []
    for when, then in body.whens:
        cells: dict[str, str] = {}
        for part in when.args if isinstance(when, ir.And) else (when,):
            subject, cell = cell_of(scribe, writer, part)
            joined = cells.get(subject)
            cells[subject] = cell if joined is None else scribe.label["comma"].join((joined, cell))
        asked += [each for each in cells if each not in asked]
        found.append((cells, writer.say(then)))
    rows = [(*(cells.get(each, "—") for each in asked), result) for cells, result in found]
    rows.append((scribe.label["otherwise"], *("—" for _ in asked[1:]), writer.say(body.otherwise)))
    return CaseTable((*asked, scribe.label["result"]), rows)


def cell_of(scribe: Scribe, writer: Writer, part: ir.Expr) -> tuple[str, str]:
    """What is asked, and for what: “从业人员”, “达到1000人”; for a category the members alone."""
    match part:
        case ir.OneOf(arg=arg, members=members):
            return writer.say(arg), scribe.listed(members)
        case ir.Compare(op="==", left=left, right=right) if left.type.kind in ("enum", "text"):
            return writer.say(left), writer.say(right)
        case ir.Compare(left=left, right=right):
            return writer.say(left), scribe.tongue.comparison("", part, writer.say(right)).strip()
        case _:
            return writer.say(part), scribe.tongue.numbers.YES
