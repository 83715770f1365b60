"""``fayan fmt``: policies in their one canonical layout, in place; keywords in Chinese or in English."""

from __future__ import annotations

import argparse
import difflib
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from fayan.commands.common import FINE, SHORT, WRONG, in_colour, write, write_json
from fayan.commands.parser import Parser

if TYPE_CHECKING:
    from fayan_dsl.problem import Language, Problem

NAME = "fmt"
HELP = (
    "把政策文件排成统一的版式，就地改写；原文和说明一字不动",
    "put policy files into the canonical layout, in place; text and comments stay as they are",
)
FORMATS = ("text", "json")


def options(parser: Parser) -> None:
    parser.add(
        "policies",
        metavar="FILE",
        nargs="+",
        zh="政策文件（.pol）；- 是从标准输入读、写到标准输出",
        en="policy files (.pol); - reads standard input and writes standard output",
    )
    parser.add(
        "--check",
        action="store_true",
        zh="不改文件，只看要不要改；有要改的，退出码是 1",
        en="change nothing; exit 1 where a file is not in canonical layout",
    )
    parser.add(
        "--diff", action="store_true", zh="不改文件，列出会改哪些地方", en="change nothing; show what would change"
    )
    parser.add(
        "--keywords",
        choices=("zh", "en"),
        zh="关键词一律写成中文或英文（缺省照旧）",
        en="write all keywords in Chinese or in English (default: as they are)",
    )


class _Result(NamedTuple):
    """What became of one file: what it held, the canonical text (None where there are errors), whether that was written."""

    name: str
    old: bytes
    new: str | None
    problems: tuple[Problem, ...] = ()
    written: bool = False

    @property
    def canonical(self) -> bool | None:
        return None if self.new is None else self.old == self.new.encode()


def run(args: argparse.Namespace) -> int:
    from fayan.messages import render

    results = [_format(name, args.keywords, write=not (args.check or args.diff)) for name in args.policies]
    problems = [problem for result in results for problem in result.problems]
    if args.format == "json":
        found = render.problems_json(problems)
        write_json({**found, "schema": "fayan.fmt/1", "files": [_json(result, args) for result in results]})
    else:
        sys.stderr.write(render.render(problems, args.lang, in_colour(sys.stderr)))
        for result in results:
            _print(result, args)
        if not args.diff and "-" not in args.policies:
            write(_summary(results, args.lang))
    if any(problem.code.startswith("FY78") for problem in problems):
        return WRONG
    wrong = [result for result in results if result.canonical is None or (args.check and not result.canonical)]
    return SHORT if wrong else FINE


def _format(name: str, keywords: Language | None, write: bool) -> _Result:
    from fayan.documents.texts import decoded, read_bytes
    from fayan.errors import PolicyError
    from fayan.policy import format_text
    from fayan.problems.files import Unwritable, why_unwritable
    from fayan.problems.given import whole
    from fayan.write_file import replace_file

    try:
        old = read_bytes(name, sys.stdin.buffer if name == "-" else None)
        source = decoded("<stdin>" if name == "-" else name, old)
        new = format_text(source.text, keywords, source.name)
    except PolicyError as error:
        return _Result(name, b"", None, error.problems)
    result = _Result(name, old, new)
    if result.canonical or name == "-" or not write:
        return result
    try:
        replace_file(name, new.encode())
    except OSError as error:
        place, span = whole(name, name)
        unwritable = Unwritable(source=place, span=span, path=name, reason=why_unwritable(error))
        return result._replace(problems=(unwritable,))
    return result._replace(written=True)


# ---------------------------------------------------------------- telling
def _print(result: _Result, args: argparse.Namespace) -> None:
    if result.new is None:
        return
    if args.diff:
        if lines := "".join(_shown(line) for line in _diff(result)):
            write(lines)
    elif result.name == "-":
        if not args.check:
            write(result.new)
    elif not result.canonical:
        from fayan.messages.render import clean

        done, undone = ("已改", "要改") if args.lang == "zh" else ("formatted", "would format")
        write(f"{done if result.written else undone} {clean(result.name)}")


def _summary(results: list[_Result], language: Language) -> str:
    fine, failed = (sum(result.canonical is value for result in results) for value in (True, None))
    written = sum(result.written for result in results)
    left = len(results) - fine - failed - written
    zh = (f"已改 {written} 个文件", f"要改 {left} 个文件", f"不用改 {fine} 个文件", f"有错没有动 {failed} 个文件")
    en = (f"formatted {written}", f"to be formatted {left}", f"unchanged {fine}", f"left alone with errors {failed}")
    told = [
        part for part, count in zip(zh if language == "zh" else en, (written, left, fine, failed), strict=True) if count
    ]
    return "，".join(told) if language == "zh" else ", ".join(told)


def _diff(result: _Result) -> Iterator[str]:
    """A patch, line by line, each with its end."""
    old, new = (list(io.StringIO(text, newline="\n")) for text in (result.old.decode("utf-8"), result.new or ""))
    for line in difflib.unified_diff(old, new, result.name, result.name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shown(line: str) -> str:
    """A line of a patch as a terminal may have it; a file or a pipe gets the line itself."""
    if not sys.stdout.isatty():
        return line
    from fayan.messages.render import clean

    told = clean(line.rstrip("\n"))
    colour = {"+": "32", "-": "31", "@": "36"}.get(line[0]) if in_colour(sys.stdout) else None
    return f"\x1b[{colour}m{told}\x1b[0m\n" if colour else told + "\n"


def _json(result: _Result, args: argparse.Namespace) -> dict[str, Any]:
    told: dict[str, Any] = {"file": result.name, "canonical": result.canonical, "written": result.written}
    if result.new is not None and args.diff:
        told["diff"] = "".join(_diff(result))
    if result.name == "-" and not (args.diff or args.check):
        told["text"] = result.new
    return told
