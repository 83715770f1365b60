"""The command line: which verbs there are, and what is said when something goes wrong. Results go to stdout, messages to stderr.

Exit codes: 0 fine; 1 the thing checked falls short; 2 wrong usage, unreadable file, bad facts; 3 not decided within a limit.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from fayan import __version__
from fayan.commands import check, diff, evaluate, explain, fmt, help, run, schema, synth, template, test, timeline
from fayan.commands.common import SHORT, WRONG, in_colour, unread, write_json
from fayan.commands.parser import VALUES, Parser, Usage
from fayan.errors import FayanError, PolicyError, UsageError

if TYPE_CHECKING:
    from fayan_dsl.problem import Language

#: The verbs, as ``fayan --help`` lists them.
COMMANDS = (check, explain, evaluate, run, template, schema, synth, test, fmt, diff, timeline, help)


_CHINESE = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认得 "),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("given twice", "写了两次，只能写一次"),
    ("argument ", "参数 "),
    ("ignored explicit argument ", "不该带值 "),
    ("ambiguous option: ", "有几个选项都这样开头："),
    (" could match ", "："),
    ("invalid int value: ", "要写整数，不是 "),
    ("not a whole number from 0 to 100: ", "要写 0 到 100 的整数，不是 "),
)


_REFUSED = re.compile(r"argument (?P<of>\S+): invalid choice: '(?P<given>[^']*)' \(choose from (?P<choices>.*)\)")
_WORD = re.compile(r"[\w-]+")
_VALUE = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, VALUES))})(?![\w.-])")


def _in_chinese(message: str) -> str:
    """What argparse says, in Chinese."""
    if refused := _REFUSED.search(message):
        of, given, choices = refused["of"], refused["given"], "、".join(_WORD.findall(refused["choices"]))
        wrong = f"没有“{given}”这个命令" if of == "COMMAND" else f"{of} 后面不能写“{given}”"
        return f"{wrong}（可写：{choices}）"
    for english, chinese in _CHINESE:
        message = message.replace(english, chinese)
    return _VALUE.sub(lambda value: VALUES[value[0]], message.replace(", ", "、"))


def build_parser(language: str) -> Parser:
    about = (
        "法言：政策原文和规则写在一个文件里，人能读，机器能算。",
        "fayan: the words of a policy and its rules in one file, which people read and machines run.",
    )
    parser = Parser(language=language, prog="fayan", description=about[language == "en"])
    _general(parser, "zh")
    parser.add("--version", action="version", version=f"fayan {__version__}", zh="版本", en="the version")
    verbs = parser.add_subparsers(dest="verb", metavar=parser.called("COMMAND"), required=True, parser_class=Parser)

    for command in COMMANDS:
        said = parser.both(*command.HELP)
        verb = verbs.add_parser(command.NAME, language=language, help=said, description=said)
        _general(verb, argparse.SUPPRESS)  # what stands before the verb holds
        verb.add(
            "--format",
            choices=command.FORMATS,
            default="text",
            zh="输出的格式（缺省 text）",
            en="what to print (default text)",
        )
        command.options(verb)
        verb.set_defaults(run=command.run)
    return parser


def _general(parser: Parser, language: str) -> None:
    """What stands before the verb or after it."""
    parser.add("-h", "--help", action="help", zh="显示这份说明", en="show this help")
    parser.add(
        "--lang",
        choices=("zh", "en"),
        default=language,
        zh="中文或英文（缺省 zh），写在命令前后都可以",
        en="Chinese or English (default zh), before the command or after it",
    )


# ---------------------------------------------------------------- the process
def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. A fault of ours is a coded message too: there is no traceback, whatever was typed."""
    gc.set_threshold(100_000)  # trees and programs are kept to the end: looking through them for garbage finds none
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(given)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        if os.environ.get("FAYAN_DEBUG"):
            raise
        code = _ours(error, given)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        unread()
    return code


def _run(given: list[str]) -> int:
    try:
        args = build_parser(_language(given)).parse_args(given, argparse.Namespace(given=given))
        return int(args.run(args))
    except Usage:
        return _refuse(_misused(given), given)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    except FayanError as error:
        return _refuse(error, given)


def _misused(given: list[str]) -> FayanError:
    message = command = ""
    try:
        build_parser("en").parse_args(given)  # what is wrong is told in both languages, whichever was asked for
    except Usage as usage:
        message, command = usage.args
    from fayan.problems.given import command_line
    from fayan.problems.usage import WrongUsage
    from fayan_dsl.problem import Term
    from fayan_dsl.source import Span

    source, span = command_line(given)
    detail = Term(_in_chinese(message), message)
    near = _meant(message)
    if refused := _REFUSED.search(message):
        at = source.text.find(refused["given"])
        span = Span(at, at + len(refused["given"])) if at >= 0 else span
    meant = Term(f"是不是“{near}”？", f"Did you mean “{near}”? ") if near else Term("", "")
    return UsageError([WrongUsage(source=source, span=span, detail=detail, command=command, meant=meant)])


def _meant(message: str) -> str | None:
    """The choice that what was typed comes nearest to."""
    import difflib

    if refused := _REFUSED.search(message):
        near = difflib.get_close_matches(refused["given"].lower(), _WORD.findall(refused["choices"]), 1)
        return near[0] if near else None
    return None


def _refuse(error: FayanError, given: list[str]) -> int:
    """What the caller gave is wrong: say so; as JSON too, where JSON was asked for."""
    from fayan.messages.render import problems_json, render
    from fayan_dsl.problem import has_errors

    problems = list(error.problems)
    print(render(problems, _language(given), in_colour(sys.stderr)), end="", file=sys.stderr)
    if _wants_json(given):
        write_json(problems_json(problems))
    unreadable = any(problem.code.startswith("FY78") for problem in problems)
    wrong = unreadable or not isinstance(error, PolicyError)
    return WRONG if wrong or not has_errors(problems) else SHORT


def _ours(error: Exception, given: list[str]) -> int:
    from fayan.problems.given import command_line
    from fayan.problems.usage import OurFault

    source, span = command_line(given)
    kind = f"{type(error).__name__}: {error}"[:200]
    return _refuse(FayanError([OurFault(source=source, span=span, kind=kind)]), given)


def _language(given: list[str]) -> Language:
    return "en" if "--lang=en" in given or ("--lang", "en") in pairwise(given) else "zh"


def _wants_json(given: list[str]) -> bool:
    return "--format=json" in given or ("--format", "json") in pairwise(given)


if __name__ == "__main__":
    sys.exit(main())
