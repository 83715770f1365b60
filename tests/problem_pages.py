"""The pages of ``docs/problems.md``, one for each problem, made from its class and its first case."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from attrs import define, field

from fayan_dsl.problem import Language, Problem, Severity, Term, all_problem_classes
from tests.places import ROOT

FOLDER = Path(__file__).parent / "cases"
DOCUMENT = ROOT / "docs" / "problems.md"
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_REPEATED = re.compile(r"⟦(\d+)×(.*?)⟧", re.DOTALL)


@define
class Case:
    """One broken program and what is printed of it."""

    path: Path
    kind: str
    program: str
    files: dict[str, bytes]
    expected: dict[Language, str] = field(factory=dict)
    #: Commands of git that come first.
    before: list[str] = field(factory=list)
    #: How it is written rightly: lines of the program by their numbers, none where the line goes.
    right: dict[int, list[str]] = field(factory=dict)

    @property
    def code(self) -> str:
        return self.path.parent.name[:6]

    @property
    def mended(self) -> str:
        """The program as it is written rightly."""
        lines = enumerate(self.files[f"例.{self.kind}"].decode().split("\n"), 1)
        return "\n".join(each for number, line in lines for each in self.right.get(number, [line]))

    def says(self, found: dict[Language, str]) -> bool:
        return all(_fits(text, found[language]) for language, text in self.expected.items()) and len(self.expected) == 2

    def accept(self, found: dict[Language, str]) -> None:
        """Write what is printed now into the case, where it is not what the case has."""
        for language, text in found.items():
            if not _fits(self.expected.get(language, ""), text):
                self.expected[language] = text

        def now(match: re.Match[str]) -> str:
            if match[1] == "zh" or match[1] == "en":
                return f"```{match[1]}\n{self.expected['zh' if match[1] == 'zh' else 'en']}```"
            return match[0]

        self.path.write_text(_BLOCK.sub(now, self.path.read_text("utf-8")), "utf-8")


def _fits(expected: str, found: str) -> bool:
    """Whether this is what was printed; a line … stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in expected.splitlines(True))
    return re.fullmatch(pattern, found) is not None


def read_case(path: Path) -> Case:
    blocks = _BLOCK.findall(path.read_text("utf-8"))
    kind, _, program = blocks[0]
    case = Case(path, kind, program, {})
    for how, more, body in blocks:
        if how == "zh" or how == "en":
            case.expected["zh" if how == "zh" else "en"] = body
        elif how == "right":
            for number, line in re.findall(r"^(\d+) (?:│ ?(.*)|×)$", body, re.MULTILINE):
                case.right.setdefault(int(number), []).extend([line] if line else [])
        elif how == "console":
            case.before += body.splitlines() if more.strip() == "git" else []
        else:
            name = more.strip().removeprefix("file=") or f"例.{how}"
            text = _REPEATED.sub(lambda match: match[2] * int(match[1]), body)
            data = bytes.fromhex(text) if how == "hex" else workbook(text) if how == "xlsx" else text.encode()
            case.files |= dict.fromkeys(_numbered(name), data)
    return case


def workbook(text: str) -> bytes:
    """A workbook with the sheet 企业: numbers are numbers, = begins a formula, # an error."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "企业"
    for line in text.splitlines():
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in line.split(",")])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _numbered(name: str) -> Iterator[str]:
    """甲⟦3⟧.pol is 甲1.pol, 甲2.pol and 甲3.pol."""
    before, *rest = re.split(r"⟦(\d+)⟧", name)
    if not rest:
        yield name
        return
    yield from (f"{before}{number}{rest[1]}" for number in range(1, int(rest[0]) + 1))


def _all_classes() -> list[type[Problem]]:
    """Every problem of the four packages; a lint that only notes something is one too."""
    for name in ("fayan_dsl", "fayan_compiler", "fayan"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "problem" in module.name or module.name == "fayan_dsl.format":
                importlib.import_module(module.name)
    return [cls for cls in all_problem_classes() if cls.__module__.startswith("fayan")]


CLASSES = _all_classes()
#: What no file can show, why, and the test that shows it.
ELSEWHERE = {
    "FY4010": ("text is refused at 256 levels, FY1002", "tests/compiler/test_problems.py::test_nesting_is_a_count"),
    "FY7347": ("two runs are no case", "tests/population/test_parts.py::test_another_run_is_not_gone_on_with"),
    "FY7348": ("parts are several folders", "tests/population/test_parts.py::test_an_enterprise_is_in_one_part"),
    "FY7343": ("a million rows are no case", "tests/population/test_run.py::test_more_rows_than_a_sheet_takes"),
    "FY7319": (
        "Parquet is no text",
        "tests/tables/test_around_rows.py::test_a_column_of_parquet_of_another_type_is_refused",
    ),
    "FY7336": (
        "the format of a cell is not seen in text",
        "tests/tables/test_around_rows.py::test_a_unit_that_only_the_format_shows",
    ),
    "FY7338": (
        "the row that it may be has a fault of its own",
        "tests/tables/test_read.py::test_a_code_that_may_be_of_two_enterprises_is_of_neither",
    ),
    "FY7351": ("a machine without Spark is no file", "tests/population/test_spark_session.py::test_without_it"),
    "FY7314": (
        "fifty million cells are no page",
        "tests/tables/test_read.py::test_a_cell_far_away_is_told_not_waited_for",
    ),
    "FY7820": (
        "a disk that is full, or a missing permission, is no file",
        "tests/cli/test_fmt.py::test_a_file_that_cannot_be_replaced_is_as_it_was",
    ),
    "FY7841": ("a machine without git is no file", "tests/cli/test_git.py::test_without_git"),
    "FY9001": (
        "a fault of ours, to be planted",
        "tests/cli/test_process.py::test_a_fault_of_ours_is_a_message_and_no_traceback",
    ),
    "FY9002": ("a fault of ours, to be planted", "tests/dsl/test_format.py::test_a_word_written_wrong_is_found"),
}
CASES = [read_case(path) for path in sorted(FOLDER.glob("*/*.md"))]

_BANDS = {
    "1": "写法", "2": "名字", "3": "类型和单位", "4": "规则", "5": "版本和日期", "6": "规则和原文", "70": "事实文件",
    "71": "事实的项目", "72": "事实的值", "73": "一批企业的表", "78": "文件和命令", "9": "法言自身",
}  # fmt: skip
_SEVERITY = {
    Severity.ERROR: "错误 error",
    Severity.WARNING: "警告 warning",
    Severity.NOTE: "提示 note",
}
_HEAD = """# 检查会说什么

每个代码一页；`fayan help FY3101` 在终端里显示同样的内容。……处是当时的名字和数。
One page for each code, as `fayan help FY3101` shows it. … stands for the names and numbers of the case.

"""


def document() -> str:
    """All pages, by code."""
    pages = [_HEAD]
    band = ""
    for cls in CLASSES:
        now = next(title for start, title in _BANDS.items() if cls.code.startswith(f"FY{start}"))
        if now != band:
            band = now
            pages.append(f"# {band}\n\n")
        pages.append(page(cls))
    return "".join(pages)


def page(cls: type[Problem]) -> str:
    zh, en = (cls.about_zh, cls.about_en) if cls.about_zh else (_said(cls, cls.zh, "zh"), _said(cls, cls.en, "en"))
    lines = [f"## {cls.code} {cls.name}\n", f"{_SEVERITY[cls.severity]}：{zh}\n", f"{en}\n"]
    # a way out that is all in the case is shown there
    ways = [_said(cls, text, language) for text, language in ((cls.help_zh, "zh"), (cls.help_en, "en"))]  # type: ignore[arg-type]
    lines += [f"{way}\n" for way in ways if re.search(r"\w", way)]
    cases = [case for case in CASES if case.code == cls.code]
    if cases:
        case = min(cases, key=lambda case: (not case.right, len(case.program)))
        lines.append(f"例：\n\n```text\n{_excerpt(case)}```\n\n```text\n{case.expected['zh']}```\n")
        if case.right:
            right = [f"{number} + {line}" for number, lines in case.right.items() for line in lines]
            right += [
                f"{number} - {case.program.splitlines()[number - 1]}" for number, new in case.right.items() if not new
            ]
            shown = "\n".join(sorted(right, key=lambda line: int(line.split()[0])))
            lines.append(f"改成这样，就不再报：\n\n```text\n{shown}\n```\n")
    return "\n".join(lines) + "\n"


#: A program is shown whole up to so many lines, else so many around those that are told of.
_WHOLE, _AROUND = 16, 3


def _excerpt(case: Case) -> str:
    """The lines of a program that its message is about."""
    program = case.program.splitlines()
    told = {int(number) for number in re.findall(r"^ *(\d+) │", case.expected["zh"], re.MULTILINE)} | set(case.right)
    if len(program) <= _WHOLE or case.kind != "pol" or not told:
        return case.program
    shown = [n for n in range(1, len(program) + 1) if any(abs(n - each) <= _AROUND for each in told)]
    lines: list[str] = []
    for before, number in zip([0, *shown], shown, strict=False):
        lines += ["……"] * (number > before + 1) + [program[number - 1]]
    return "\n".join([*lines, *(["……"] if shown[-1] < len(program) else [])]) + "\n"


def _said(cls: type[Problem], template: str, language: Language) -> str:
    """The wording with … for what differs from case to case; what is usual is said."""
    values: dict[str, object] = {}
    for name in cls.fields:
        usual = getattr(cls, name, None)
        values[name] = "……" if language == "zh" else "…"
        if isinstance(usual, Term) and name in ("hint", "times", "form"):
            values[name] = usual.say(language)
    return template.format(**values)
