"""A stray double quote in a CSV file, which makes one cell of it and of the rows below.

What stands on several lines is a cell with line breaks, as spreadsheet programs write them, unless two of its lines would each be a row by
themselves: having as many cells as there are columns, or a code. Then nothing tells where the rows are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

from fayan_runtime.one_value import credit_code

_BREAK = re.compile("\r\n|\r|\n")


def several_rows(text: str, width: int) -> bool:
    """Whether what was read as one row of ``width`` cells is more than one; it is taken with its quotes or without."""
    lines = _BREAK.split(text)
    return len(lines) > 1 and sum(_like_a_row(line, width) for line in lines) > 1


def _like_a_row(line: str, width: int) -> bool:
    return bool(line.strip('," ')) and (line.count(",") >= width - 1 or bool(codes(line)))


def codes(line: str) -> set[str]:
    """The codes among what commas divide, however it is quoted."""
    return {code for cell in line.split(",") if (code := credit_code(cell.strip('"')))}


def first_of_several(file: Iterable[str], width: int) -> int | None:
    """The first row that is more than one; looked for only where a file cannot be read, as it is slow."""
    rows = csv.reader(file)
    number = before = 0
    try:
        for number, row in enumerate(rows, 1):
            if rows.line_num > before + 1 and several_rows(",".join(row), width):
                return number
            before = rows.line_num
    except csv.Error:  # a cell longer than any that is one
        return number + 1 if rows.line_num > before + 1 else None
    return None
