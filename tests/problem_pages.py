"""The pages of ``docs/problems.md``, one for each problem, made from its class and its first case."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

from attrs import define, field

from fayan_dsl.problem import Language, Problem, Severity, Term, all_problem_classes

FOLDER = Path(__file__).parent / "cases"
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "problems.md"
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

    @property
    def code(self) -> str:
        return self.path.parent.name[:6]

    def accept(self, found: dict[Language, str]) -> None:
        """Write what is printed now into the case."""
        self.expected = found

        def now(match: re.Match[str]) -> str:
            if match[1] == "zh" or match[1] == "en":
                return f"```{match[1]}\n{found['zh' if match[1] == 'zh' else 'en']}```"
            return match[0]

        self.path.write_text(_BLOCK.sub(now, self.path.read_text("utf-8")), "utf-8")


def read_case(path: Path) -> Case:
    blocks = _BLOCK.findall(path.read_text("utf-8"))
    kind, _, program = blocks[0]
    case = Case(path, kind, program, {})
    for how, more, body in blocks:
        if how == "zh" or how == "en":
            case.expected["zh" if how == "zh" else "en"] = body
        elif how != "console":
            name = more.strip().removeprefix("file=") or f"例.{how}"
            text = _REPEATED.sub(lambda match: match[2] * int(match[1]), body)
            case.files[name] = bytes.fromhex(text) if how == "hex" else text.encode()
    return case


def _all_classes() -> list[type[Problem]]:
    """Every problem of the four packages; a lint that only notes something is one too."""
    for name in ("fayan_dsl", "fayan_compiler", "fayan"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if "problem" in module.name or module.name == "fayan_dsl.format":
                importlib.import_module(module.name)
    return [cls for cls in all_problem_classes() if cls.__module__.startswith("fayan")]


CLASSES = _all_classes()
#: What no file that people can read shows, and where it is tried instead.
ELSEWHERE = {
    "FY1024": "tests/dsl/test_errors.py",
    "FY4010": "tests/compiler/test_problems.py",
    "FY4105": "tests/compiler/test_decision_tables.py",
    "FY5009": "tests/test_imports.py",
    "FY6004": "tests/fidelity",
    "FY6303": "tests/fidelity",
    "FY6304": "tests/fidelity",
    "FY7109": "tests/facts/test_bad_facts.py",
    "FY7226": "tests/cli/test_python_door.py",
    "FY7820": "tests/cli/test_fmt.py",
    "FY9001": "tests/cli/test_commands.py",
    "FY9002": "tests/dsl/test_format.py",
}
CASES = [read_case(path) for path in sorted(FOLDER.glob("*/*.md"))]

_BANDS = {
    "1": "写法", "2": "名字", "3": "类型和单位", "4": "规则", "5": "版本和日期", "6": "规则和原文", "70": "事实文件",
    "71": "事实的项目", "72": "事实的值", "78": "文件和命令", "9": "法言自身",
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
    lines = [f"## {cls.code} {cls.name}\n", f"{_SEVERITY[cls.severity]}：{_said(cls, cls.zh, 'zh')}\n"]
    lines.append(f"{_said(cls, cls.en, 'en')}\n")
    ways = [_said(cls, text, language) for text, language in ((cls.help_zh, "zh"), (cls.help_en, "en"))]  # type: ignore[arg-type]
    lines += [f"{way}\n" for way in ways if re.search(r"\w", way)]
    cases = [case for case in CASES if case.code == cls.code]
    if cases:
        case = min(cases, key=lambda case: len(case.program))
        lines.append(f"例：\n\n```text\n{case.program}```\n\n```text\n{case.expected['zh']}```\n")
    return "\n".join(lines) + "\n"


def _said(cls: type[Problem], template: str, language: Language) -> str:
    """The wording with … for what differs from case to case; what is usual is said."""
    values: dict[str, object] = {}
    for name in cls.fields:
        usual = getattr(cls, name, None)
        values[name] = "……" if language == "zh" else "…"
        if isinstance(usual, Term) and name in ("hint", "times", "form"):
            values[name] = usual.say(language)
    return template.format(**values)
