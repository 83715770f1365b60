"""A workbook of the results: 汇总, 判定, 项, 未对上, 退回, 说明. Cells are texts, numbers and dates; none is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fayan.population import wording
from fayan.problems import population as faults
from fayan.problems.given import whole
from fayan_runtime.explain.lines import cells
from fayan_runtime.explain.population.section import Section
from fayan_runtime.explain.population.view import population_view
from fayan_runtime.explain.words import pick

if TYPE_CHECKING:
    from xlsxwriter.workbook import Format, Workbook
    from xlsxwriter.worksheet import Worksheet

    from fayan.population.run import Run

ROWS = 1_048_576
#: A number with more digits than this is not kept exactly by spreadsheet programs: it is written as text.
EXACT_DIGITS = 15
WIDEST = 48
#: Columns of sentences: their cells have several lines.
LONG = (wording.GIVEN, wording.MISSING, wording.WHY, wording.FAULT)
#: Columns of numbers that nobody adds up.
LABELS = (wording.MEASURE, wording.ROW_OF_SHEET)
#: How high a line is, in points; rows of several lines say how high they are, as not every program works it out.
LINE = 16.5
#: How high the title of a table of sums is: not to touch the table.
TITLE = 21
#: The sums stand in columns of this width at most; what is wider takes several lines.
WIDEST_SUM = 30
SAMPLE = 200


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
        _summary(book, formats, pick(SUMMARY, language), view.headline, view.sections)
        for each in wording.sheets(run.schema, run.question.program, language):
            _sheet(run, book, formats, each, language)
        notes = [(pick(name, language), pick(text, language)) for name, text in NOTES]
        lines = [(view.title, view.headline), *view.meta, *(("", line) for line in view.closing), *notes]
        _about(book, formats, pick(ABOUT, language), lines)


class Formats:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
        words = {**base, "align": "left", "indent": 1}  # not to touch the number before it
        head = {**base, "bold": True, "bottom": 1, "bg_color": "#F1F3F5", "valign": "vcenter"}
        self.text: Format = book.add_format(words)
        self.wrap: Format = book.add_format({**words, "text_wrap": True})
        self.head: Format = book.add_format({**head, "align": "left", "indent": 1})
        self.number_head: Format = book.add_format({**head, "align": "right"})
        self.answer: Format = book.add_format(
            {**base, "bold": True, "font_size": 12, "font_color": "#9E2A2B", "text_wrap": True, "align": "left"}
        )
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 12, "font_color": "#9E2A2B"})
        self.note: Format = book.add_format({**base, "font_color": "#5B636D"})
        self.money: Format = book.add_format({**base, "num_format": "#,##0.00"})
        self.count: Format = book.add_format({**base, "num_format": "#,##0"})
        self.date: Format = book.add_format({**words, "num_format": "yyyy-mm-dd"})
        self.label: Format = book.add_format({**words, "num_format": "0"})


def _sheet(run: Run, book: Workbook, formats: Formats, given: wording.Sheet, language: str) -> None:
    name, columns = pick(given.name, language), given.columns
    titles = [pick(each, language) for each in columns]
    made = run.staged.connection.execute(f"CREATE OR REPLACE TEMP TABLE 页 AS {given.query}").fetchone()
    count = int(made[0]) if made else 0
    if count >= ROWS:
        from fayan.errors import UsageError

        source, span = whole("工作簿", name)
        raise UsageError([faults.TooManyRows(source=source, span=span, sheet=name, count=count, limit=ROWS - 1)])
    sheet = book.add_worksheet(name)
    first = run.staged.connection.execute(f"SELECT * FROM 页 LIMIT {SAMPLE}").fetchall()
    widths = [_width([title, *(row[place] for row in first)], WIDEST) for place, title in enumerate(titles)]
    numbers = [
        column not in LABELS and any(isinstance(row[place], int | Decimal) for row in first)
        for place, column in enumerate(columns)
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, formats.text)
    sheet.freeze_panes(1, 2 if columns[:2] == wording.WHOSE else 0)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.repeat_rows(0)
    _printed(sheet)
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, formats.number_head if numbers[place] else formats.head)
    long = [place for place, column in enumerate(columns) if column in LONG]
    for number, row in enumerate(wording.rows(run.staged.connection, "FROM 页"), 1):
        _height(sheet, number, [(str(row[place] or ""), widths[place]) for place in long])
        for place, cell in enumerate(row):
            if columns[place] in LABELS and cell is not None:
                sheet.write_number(number, place, cell, formats.label)
            else:
                _write(sheet, number, place, cell, formats, wrapped=place in long)


def _printed(sheet: Worksheet) -> None:
    """On A4, across one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _width(column: Iterable[Any], widest: int) -> int:
    """As wide as the widest cell, in cells of a terminal, within reason."""
    shown = (f"{each:,}" if isinstance(each, Decimal) else str(each or "") for each in column)
    return min(max(map(cells, shown), default=0), widest) + 3


def _height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as the longest of its texts is in a column of a width."""
    lines = max((-(-cells(text) // (width - 1)) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, LINE * lines)


def _write(sheet: Worksheet, row: int, place: int, cell: Any, formats: Formats, wrapped: bool = False) -> None:
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
            sheet.write_string(row, place, str(cell), formats.wrap if wrapped else formats.text)


def _summary(book: Workbook, formats: Formats, name: str, headline: str, sections: Sequence[Section]) -> None:
    """The answer, and the sums, one table under the other; what was rejected has a sheet of its own."""
    told = [section for section in sections if section.key != "rejects"]
    sheet = book.add_worksheet(name)
    _printed(sheet)
    sheet.hide_gridlines(2)
    wide = max((len(section.columns) for section in told), default=1)
    widths = [
        _width(
            [
                text
                for section in told
                if len(section.columns) > place
                for text in (section.columns[place].title, *(row[place] for row in section.shown))
            ],
            WIDEST_SUM,
        )
        for place in range(wide)
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    # as many columns as a screen shows
    across = max(next((place for place in range(1, wide) if sum(widths[: place + 1]) > 120), wide) - 1, 1)
    _height(sheet, 0, [(headline, sum(widths[: across + 1]) * 4 // 5)])
    sheet.merge_range(0, 0, 0, across, "", formats.answer)
    sheet.write_string(0, 0, headline, formats.answer)
    row = 2
    for section in told:
        sheet.set_row(row, TITLE)
        sheet.write_string(row, 0, section.title, formats.title)
        for place, column in enumerate(section.columns):
            label = column.kind in ("text", "label")
            head = formats.head if label else formats.number_head
            sheet.write_string(row + 1, place, column.title, head)
        row += 2
        for line, shown in zip(section.rows, section.shown, strict=True):
            _height(sheet, row, zip(shown, widths, strict=False))
            for place, cell in enumerate(line):
                if section.columns[place].kind == "label" and isinstance(cell, int):
                    sheet.write_number(row, place, cell, formats.label)
                else:
                    _write(sheet, row, place, cell, formats, wrapped=True)
            row += 1
        for note in section.notes:
            sheet.write_string(row, 0, note, formats.note)
            row += 1
        row += 1


SUMMARY: wording.Heading = ("汇总", "Summary")
ABOUT: wording.Heading = ("说明", "Notes")
NOTES: Sequence[tuple[wording.Heading, wording.Heading]] = (
    (
        ("判定", "Decisions"),
        (
            "每家企业、每个事项一行；顺序同所报的表。“完整”为否的，金额是已经能定的部分，最后只会多、不会少。",
            "A row for each enterprise and provision, in the order of the tables given. Where it is not complete, the amount is what is certain:"
            " the least it can come to.",
        ),
    ),
    (
        ("项", "Items"),
        (
            "每次认定、每份租赁、每个阶段一行，第几项照这一户在清单里的先后数；“核定前”是限额、就高、扣减以前的数。",
            "A row for each recognition, lease and stage, numbered as they stand in the list of that enterprise; before caps is what it came to"
            " before ceilings and deductions.",
        ),
    ),
    (
        wording.MISSING,
        ("要补充的事实：补齐以后才能断定。", "Facts that have to be given before it can be decided."),
    ),
    (
        wording.WHY,
        (
            "不符合的条件的名称；没有不符合的，列不明的条件。条件的全文见政策文件。",
            "The names of the conditions that are not met; where there are none, of those that are not known. The policy has them in full.",
        ),
    ),
    (
        wording.READINGS,
        (
            "这个事项涉及的口径和所取的读法；各种读法的意思见政策文件。",
            "The readings that the provision refers to, and the option of each; the policy says what they mean.",
        ),
    ),
    (
        ("未对上", "Unmatched"),
        (
            "已兑付的款项中没有对上任何一项的，没有抵扣；“行”是在所报的表里的行。",
            "Payments that meet no item, and so are set off against nothing; the row is that of the table given.",
        ),
    ),
    (
        ("退回", "Rejected"),
        (
            "读不了的行和原因：改好以后再报。一家企业有一行退回，整家不判定。",
            "Rows that cannot be read, and why: mend them and give them again. Where one row of an enterprise is rejected, none of it is decided.",
        ),
    ),
)


def _about(book: Workbook, formats: Formats, name: str, lines: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(name)
    _printed(sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    for row, (name, text) in enumerate(lines):
        _height(sheet, row, [(text, 90)])
        sheet.write_string(row, 0, name, formats.title if row == 0 else formats.note)
        sheet.write_string(row, 1, text, formats.wrap)
