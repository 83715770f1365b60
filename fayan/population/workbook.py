"""A workbook of the results: 判定, 项, 汇总, 退回, 说明. Cells are texts, numbers and dates; none is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fayan import problems_population as faults
from fayan.population import wording
from fayan.problems import whole
from fayan_runtime.explain.population.section import Section
from fayan_runtime.explain.population.view import population_view
from fayan_runtime.explain.render import cells

if TYPE_CHECKING:
    from xlsxwriter.workbook import Format, Workbook
    from xlsxwriter.worksheet import Worksheet

    from fayan.population.run import Run

ROWS = 1_048_576
#: A number with more digits than this is not kept exactly by spreadsheet programs: it is written as text.
EXACT_DIGITS = 15
WIDEST = 48
#: Columns of sentences: their cells have several lines.
LONG = ("缺", "理由", "事由")


def write_workbook(run: Run, path: Path, language: str) -> None:
    from xlsxwriter import Workbook

    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with Workbook(str(path), settings) as book:
        formats = Formats(book)
        view = population_view(run.population, language)
        for name, columns, query in wording.sheets(run.schema):
            _sheet(run, book, formats, name, columns, query)
            if name == "判定":
                _summary(book, formats, view.headline, view.sections)
        _about(book, formats, [(view.title, view.headline), *view.meta, *(("", line) for line in view.closing), *NOTES])


class Formats:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
        self.text: Format = book.add_format(base)
        self.wrap: Format = book.add_format({**base, "text_wrap": True})
        self.head: Format = book.add_format(
            {**base, "bold": True, "bottom": 1, "bg_color": "#F1F3F5", "valign": "vcenter"}
        )
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 12, "font_color": "#9E2A2B"})
        self.note: Format = book.add_format({**base, "font_color": "#5B636D"})
        self.money: Format = book.add_format({**base, "num_format": "#,##0.00"})
        self.count: Format = book.add_format({**base, "num_format": "#,##0"})
        self.date: Format = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})


def _sheet(run: Run, book: Workbook, formats: Formats, name: str, columns: Sequence[str], query: str) -> None:
    made = run.staged.connection.execute(f"CREATE OR REPLACE TEMP TABLE 页 AS {query}").fetchone()
    count = int(made[0]) if made else 0
    if count >= ROWS:
        from fayan.policy import UsageError

        source, span = whole("工作簿", name)
        raise UsageError([faults.TooManyRows(source=source, span=span, sheet=name, count=count, limit=ROWS - 1)])
    sheet = book.add_worksheet(name)
    _widths(sheet, formats, columns, run.staged.connection.execute("SELECT * FROM 页 LIMIT 200").fetchall())
    sheet.freeze_panes(1, 2 if columns[:2] == wording.DECISION_COLUMNS[:2] else 0)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, title in enumerate(columns):
        sheet.write_string(0, place, title, formats.head)
    for number, row in enumerate(wording.rows(run.staged.connection, "FROM 页"), 1):
        for place, cell in enumerate(row):
            if cell and columns[place] in LONG:
                sheet.write_string(number, place, str(cell), formats.wrap)
            else:
                _write(sheet, number, place, cell, formats)


def _widths(sheet: Worksheet, formats: Formats, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    table = [columns, *rows]
    for place in range(len(columns)):
        widest = max(
            cells(f"{row[place]:,}" if isinstance(row[place], Decimal) else str(row[place] or "")) for row in table
        )
        sheet.set_column(place, place, min(widest, WIDEST) + 2, formats.text)


def _write(sheet: Worksheet, row: int, place: int, cell: Any, formats: Formats) -> None:
    match cell:
        case None | "":
            pass
        case Decimal() if len(cell.as_tuple().digits) > EXACT_DIGITS:
            sheet.write_string(row, place, f"{cell:,}", formats.text)
        case Decimal():
            sheet.write_number(row, place, cell, formats.money)
        case int():
            sheet.write_number(row, place, cell, formats.count)
        case date():
            sheet.write_datetime(row, place, cell, formats.date)
        case _:
            sheet.write_string(row, place, str(cell), formats.text)


def _summary(book: Workbook, formats: Formats, headline: str, sections: Sequence[Section]) -> None:
    """The sums, one table under the other."""
    sheet = book.add_worksheet("汇总")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    width = max((len(section.columns) for section in sections), default=1)
    for place in range(width):
        found = [
            str(section.shown[n][place])
            for section in sections
            if len(section.columns) > place
            for n in range(len(section.rows))
        ]
        titles = [section.columns[place].title for section in sections if len(section.columns) > place]
        sheet.set_column(place, place, min(max(map(cells, found + titles), default=8), 30) + 2)
    sheet.write_string(0, 0, headline, formats.title)
    row = 2
    for section in sections:
        sheet.write_string(row, 0, section.title, formats.title)
        for place, column in enumerate(section.columns):
            sheet.write_string(row + 1, place, column.title, formats.head)
        row += 2
        for line in section.rows:
            for place, cell in enumerate(line):
                _write(sheet, row, place, cell, formats)
            row += 1
        for note in section.notes:
            sheet.write_string(row, 0, note, formats.note)
            row += 1
        row += 1


NOTES = (
    ("判定", "每家企业、每个事项一行；顺序同所报的表。“完整”为否的，金额是已经能定的部分，最后只会多、不会少。"),
    ("项", "每次认定、每份租赁、每个阶段一行；“核定前”是限额、就高、扣减以前的数。"),
    ("缺", "要补充的事实：补齐以后才能断定。"),
    ("理由", "不符合的条件的名称；没有不符合的，列不明的条件。条件的全文见政策文件。"),
    ("未对上", "已兑付的款项中没有对上任何一项的。"),
    ("退回", "读不了的行和原因：改好以后再报。一家企业有一行退回，整家不判定。"),
)


def _about(book: Workbook, formats: Formats, lines: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, formats.title if row == 0 else formats.note)
        sheet.write_string(row, 1, text, formats.wrap)
