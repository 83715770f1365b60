"""An empty workbook to fill in: a sheet for each table, with drop-downs, units and notes, and a sheet that says how."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from fayan.complaints import described
from fayan.problems import tables as faults
from fayan.problems.files import why_unwritable
from fayan.problems.given import tail
from fayan.problems.population import NotWritten, UnknownOutput
from fayan.tables.cells import type_in
from fayan.tables.read import no_facts
from fayan.tables.sheet import NOT_TABLES
from fayan.whole import whole
from fayan_dsl.problem import Problem, Term
from fayan_runtime.explain.lines import cells
from fayan_runtime.ir import Program, Type
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.one_value import is_ratio
from fayan_runtime.tables import Column, Table, tables_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: So many rows are prepared for filling in; what stands below is read as well.
ROWS = 5000
#: What a spreadsheet program takes as a list of choices in one cell, and as a prompt beside a cell.
_CHOICES, _PROMPT = 255, 255
_ABOUT, _OPTIONS = NOT_TABLES
_ON_A_PAGE = 12
_FONT = {"font_name": "微软雅黑", "font_size": 10}


@frozen
class Field:
    """A column to fill in: what to write, an example, what can be chosen from, and what it rests on."""

    column: Column
    what: str
    example: str
    choices: tuple[str, ...]
    evidence: str
    derived: bool = False

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def type(self) -> Type:
        return type_in(self.column)

    def note(self) -> str:
        """What people have to know of it, in a few lines."""
        lines = [f"填{self.what}，如 {self.example}。"]
        if self.type.kind == "set":
            lines.append("可以填几个，用顿号隔开；一个也没有的填“无”。")
        elif self.type.optional:
            lines.append("没有的填“无”。")
        if self.column.fact is not None and self.column.fact.has_default:
            lines.append(f"不填的，当作 {self.column.fact.default}。")
        elif self.derived:
            lines.append("留空的，能推算的按规则推算。")
        elif self.name != KEY:
            lines.append("不知道的留空。")
        if self.evidence:
            lines.append(f"佐证：{self.evidence}。")
        return "\n".join(lines)


def fields_of(program: Program, table: Table) -> list[Field]:
    """The columns people fill in, in order."""
    enums = {each.name: each.members for each in program.enums}
    firm = {fact.name: fact.evidence for scope in program.scopes for fact in scope.facts}
    found = []
    for column in table.columns:
        if column.fact is None and column.name != KEY:
            continue
        type = type_in(column)
        members = enums.get(type.name, ())
        what, example = described(type, members)
        choices: tuple[str, ...] = ("是", "否") if type.kind == "bool" else members
        if type.optional and choices:
            choices = (*choices, "无")
        evidence = column.fact.evidence if column.fact else firm.get(KEY, "")
        derived = (table.name, column.name) in {(each.scope, each.fact) for each in program.derived}
        found.append(Field(column, what.zh, example, choices, evidence, derived))
    return found


def write_template(program: Program, output: str) -> list[Problem]:
    """Write it to a file that is not there yet."""
    source, span = tail(f"-o {output}", output)
    path = Path(output)
    if problems := no_facts(program):
        return problems
    if path.suffix.lower() != ".xlsx":
        ways = Term("要填的表是工作簿，名字以 .xlsx 结尾。", "What is filled in is a workbook: end its name in .xlsx.")
        return [UnknownOutput(source=source, span=span, path=output, ways=ways)]
    if path.exists():
        return [faults.FileThere(source=source, span=span, path=output)]
    try:
        with whole(path) as beside:
            beside.write_bytes(template(program))
    except OSError as error:
        return [NotWritten(source=source, span=span, path=output, reason=why_unwritable(error))]
    return []


def template(program: Program) -> bytes:
    """The workbook, the same for the same policy."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # when it was made is no part of it
        book.set_properties(
            {"title": f"{program.title}：填报表", "comments": program.number, "created": datetime(2000, 1, 1)}
        )
        formats = _Formats(book)
        about = book.add_worksheet(_ABOUT)
        options: list[tuple[str, tuple[str, ...]]] = []
        tables = [(table, fields_of(program, table)) for table in tables_of(program)]
        for table, fields in tables:
            _sheet(book.add_worksheet(table.name), table, fields, formats, options)
        _options(book, options)
        _about(about, program, tables, formats)
        about.activate()
    return made.getvalue()


class _Formats:
    def __init__(self, book: Workbook) -> None:
        head = {**_FONT, "bold": True, "bottom": 1, "valign": "vcenter", "align": "center", "text_wrap": True}
        self.key: Format = book.add_format({**head, "bg_color": "#F3D9D3"})
        self.head: Format = book.add_format({**head, "bg_color": "#E9ECEF"})
        self.title: Format = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self.bold: Format = book.add_format({**_FONT, "bold": True, "valign": "top"})
        self.wrap: Format = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
        self._cells = {
            name: book.add_format({**_FONT, "num_format": shape, "align": align})
            for name, shape, align in (
                ("text", "@", "left"), ("date", "yyyy-mm-dd", "left"), ("year", "0", "left"), ("ratio", "0.00%", "right"),
                ("number", "#,##0.00##", "right"), ("count", "#,##0", "right"),
            )
        }  # fmt: skip

    def cell(self, field: Field) -> Format:
        """Months and codes stay as they are typed: spreadsheet programs would make days and rounded numbers of them."""
        match field.column.kind:
            case "number":
                return self._cells["ratio" if is_ratio(field.type) else "number" if field.column.scale else "count"]
            case "date" | "year":
                return self._cells[field.column.kind]
            case _:
                return self._cells["text"]


def _sheet(
    sheet: Worksheet,
    table: Table,
    fields: Sequence[Field],
    formats: _Formats,
    options: list[tuple[str, tuple[str, ...]]],
) -> None:
    sheet.freeze_panes(1, 1 if table.name != DISTRICT else 0)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(9)
    if len(fields) <= _ON_A_PAGE:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, field in enumerate(fields):
        unit = field.type.shown if field.column.kind == "number" and not is_ratio(field.type) else ""
        width = max(cells(field.name) + 4, cells(field.example) + 2, 10)
        sheet.set_column(place, place, min(width, 34), formats.cell(field))
        sheet.write_string(0, place, field.name, formats.key if field.name == KEY else formats.head)
        note = field.note() + (f"\n单位：{unit}；写明单位的按所写的算，如 {field.example}。" if unit else "")
        sheet.write_comment(0, place, note, {"width": 240, "height": 24 + 18 * (note.count("\n") + len(note) // 18)})
        _validate(sheet, place, field, options)


def _validate(sheet: Worksheet, place: int, field: Field, options: list[tuple[str, tuple[str, ...]]]) -> None:
    """A drop-down where there is a choice, else a prompt; what else is typed is refused when it is read, with a reason."""
    prompt = {"input_title": field.name[:32], "input_message": field.note()[:_PROMPT]}
    if not field.choices or field.type.kind == "set":
        listed = f"\n可填：{'、'.join(field.choices)}" if field.choices else ""
        message = field.note() + listed
        shown = message if len(message) <= _PROMPT else message[: _PROMPT - 1] + "…"
        sheet.data_validation(1, place, ROWS, place, {"validate": "any", **prompt, "input_message": shown})
        return
    source: list[str] | str = list(field.choices)
    if len(",".join(field.choices)) > _CHOICES:
        options.append((field.name, field.choices))
        letter = _letter(len(options) - 1)
        source = f"={_OPTIONS}!${letter}$2:${letter}${len(field.choices) + 1}"
    sheet.data_validation(
        1, place, ROWS, place,
        {"validate": "list", "source": source, **prompt, "error_title": "请从列出的里面选", "error_message": f"{field.name}：{'、'.join(field.choices)}"[:_PROMPT]},
    )  # fmt: skip


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _options(book: Workbook, options: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """Choices that are too many for a cell stand on a sheet of their own."""
    if not options:
        return
    sheet = book.add_worksheet(_OPTIONS)
    sheet.hide()
    for place, (name, choices) in enumerate(options):
        for row, text in enumerate((name, *choices)):
            sheet.write_string(row, place, text)


# ---------------------------------------------------------------- how to fill it in


def _about(
    sheet: Worksheet, program: Program, tables: Sequence[tuple[Table, Sequence[Field]]], formats: _Formats
) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate((16, 26, 46, 26)):
        sheet.set_column(place, place, width)
    sheet.merge_range(0, 0, 0, 3, f"{program.title}（{program.number}）填报表", formats.title)
    row = 2
    for number, line in enumerate(_rules([table.name for table, _ in tables]), 1):
        sheet.merge_range(row, 0, row, 3, f"{number}. {line}", formats.wrap)
        sheet.set_row(row, 16 * (1 + cells(line) // 124))
        row += 1
    row += 1
    for place, title in enumerate(("表", "列", "填什么", "佐证")):
        sheet.write_string(row, place, title, formats.head)
    sheet.repeat_rows(row)
    for table, fields in tables:
        own = [field for field in fields if field.name != KEY or table.name == ENTERPRISE]
        for place, field in enumerate(own):
            row += 1
            sheet.write_string(row, 0, table.name if place == 0 else "", formats.bold)
            for at, text in enumerate((field.name, _short(field), field.evidence), 1):
                sheet.write_string(row, at, text, formats.wrap)
            sheet.set_row(row, 16 * max(1, -(-cells(_short(field)) // 50), -(-cells(field.evidence) // 28)))


def _short(field: Field) -> str:
    what = f"{field.what}，如 {field.example}"
    if field.type.kind == "set":
        what = f"可填几个，用顿号隔开：{'、'.join(field.choices) or field.example}"
    elif field.choices:
        what = "、".join(field.choices)
    return what + ("；没有填“无”" if field.type.optional and not field.choices else "")


def _rules(names: Sequence[str]) -> Iterator[str]:
    lists = [name for name in names if name not in (ENTERPRISE, DISTRICT)]
    yield f"“{ENTERPRISE}”一户一行。" + (f"{'、'.join(lists)}有几项写几行，每行都写上企业的{KEY}。" if lists else "")
    yield "留空是不知道，“无”是确实没有，两样不同：不知道的事实会使有的事项不能断定，结果里会写明缺什么。"
    if lists:
        yield "清单的表给了，就当作对所有企业都是全的：表里没有某一户的行，就是这一户没有。不掌握的清单，请把整张表删去。年度数据除外：没有写的年度是不知道。"
    yield "金额写数（元），或者连单位写，如 5000万元、1.2亿元；比例写 12% 或 0.12；日期写 2024年12月12日 或 2024-12-12；年月写 2024-11。"
    yield "不要用公式、合并单元格；不要改列名、表名；列的先后可以换，用不着的列可以删。"
    yield "有一格读不了的，这一户整户不判定，列在“退回”里，写明哪张表、哪一行、哪一列、为什么；改好再报。"
