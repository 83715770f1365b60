"""The command line: one function per verb. Results go to stdout, messages to stderr.

Exit codes: 0 fine; 1 the thing checked falls short; 2 wrong usage, unreadable file, bad facts; 3 not decided within a limit.
Only here is it known what day it is.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

from fayan import __version__

if TYPE_CHECKING:
    from datetime import date

    from fayan.policy import FayanError
    from fayan_dsl.problem import Language, Problem

FINE, SHORT, WRONG = 0, 1, 2


class _Usage(Exception):
    """What argparse refuses, and for which command."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Usage(message, self.prog)


_CHINESE = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认得 "),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("invalid choice: ", "没有这个选择："),
    (" (choose from ", "（可选："),
    ("argument ", "参数 "),
    ("ignored explicit argument ", "不该带值 "),
    ("ambiguous option: ", "有几个选项都这样开头："),
    (" could match ", "："),
)


def _in_chinese(message: str) -> str:
    """What argparse says, in Chinese."""
    if "(choose from " in message:
        message = message.removesuffix(")") + "）"
    for english, chinese in _CHINESE:
        message = message.replace(english, chinese)
    return message


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fayan", description="法言：政策原文和规则写在一个文件里，人能读，机器能算。", add_help=False)
    _general(parser)
    parser.add_argument("--version", action="version", version=f"fayan {__version__}", help="版本")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True, parser_class=_Parser)

    def verb(name: str, run: Callable[[argparse.Namespace], int], formats: str, help: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=help, description=help, add_help=False)
        _general(sub)
        sub.add_argument("--format", choices=formats.split(), default="text", help="输出的格式（缺省 text）")
        sub.add_argument("--lang", choices=("zh", "en"), default="zh", help="中文或英文（缺省 zh）")
        sub.set_defaults(run=run)
        return sub

    check = verb("check", _check, "text json sarif", "检查政策文件：语法、名称、类型与单位、与原文是否相合")
    check.add_argument("policies", metavar="FILE", nargs="+", help="政策文件（.pol）")

    explain = verb("explain", _explain, "text md html json", "把政策印成人读的文件：原文、规则、数额表")
    explain.add_argument("policy", metavar="POLICY", help="政策文件（.pol）")

    decide = verb("eval", _eval, "text json md html", "判定一家企业，并说明每一项的理由")
    decide.add_argument("policy", metavar="POLICY", help="政策文件（.pol）")
    decide.add_argument("--facts", metavar="FILE", required=True, help="企业的事实（YAML 或 JSON）")
    decide.add_argument("--on", metavar="DATE", help="评估日，如 2025-06-30 或 2025年6月30日（缺省今天）")
    decide.add_argument(
        "--reading", metavar="ID=OPTION", action="append", default=[], help="选一种口径，如 R5.2=b；可写多次"
    )
    decide.add_argument("--measure", metavar="N", action="append", default=[], help="只判定第几条措施；可写多次")

    test = verb("test", _test, "text json junit", "运行政策里的示例")
    test.add_argument("policies", metavar="FILE", nargs="+", help="政策文件（.pol）")
    test.add_argument("--coverage", action="store_true", help="列出示例没有试到的条件")
    return parser


def _general(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")


# ---------------------------------------------------------------- verbs
def _check(args: argparse.Namespace) -> int:
    from fayan import render
    from fayan.policy import PolicyError, analyse, read_source
    from fayan_dsl.problem import Severity

    found: list[Problem] = []
    unreadable = False
    for path in args.policies:
        try:
            found += analyse(read_source(path), lints=True)[2]
        except PolicyError as error:
            found += error.problems
            unreadable = True
    if args.format == "json":
        _print_json(render.problems_json(found))
    elif args.format == "sarif":
        _print_json(render.sarif(found, __version__, args.lang))
    else:
        if found:
            _print(render.render(found, args.lang, _colour(sys.stdout)) + "\n")
        names = "、".join(args.policies) if args.lang == "zh" else ", ".join(args.policies)
        _print(f"{render.clean(names)}{'：' if args.lang == 'zh' else ': '}{render.summary(found, args.lang)}")
    if unreadable:
        return WRONG
    return SHORT if render.count(found, Severity.ERROR) else FINE


def _explain(args: argparse.Namespace) -> int:
    from fayan.policy import load

    return _document(load(args.policy), args)


def _eval(args: argparse.Namespace) -> int:
    from fayan import choices
    from fayan.policy import UsageError, load

    on, wrong_date = (_today(), []) if args.on is None else choices.read_date(args.on, "--on")
    pairs, malformed = choices.split_readings(args.reading, "--reading")
    if on is None or malformed:
        raise UsageError(wrong_date + malformed)
    policy = load(args.policy)
    readings, bad_readings = choices.choose_readings(policy.program, pairs, "--reading")
    measures, bad_measures = choices.choose_measures(policy.program, args.measure, "--measure")
    if bad_readings or bad_measures:
        raise UsageError(bad_readings + bad_measures)
    return _document(
        policy.decide(args.facts, on, readings, measures if args.measure else None, compare_readings=True), args
    )


def _document(document: Any, args: argparse.Namespace) -> int:
    """Print a decision or a policy in the format asked for."""
    match args.format:
        case "json":
            _print(document.to_json())
        case "md":
            _print(document.to_markdown(args.lang))
        case "html":
            _print(document.to_html(args.lang))
        case _:
            _print(document.to_text(args.lang))
    return FINE


def _test(args: argparse.Namespace) -> int:
    from fayan import trial
    from fayan.policy import load

    reports = [trial.run(load(path)) for path in args.policies]
    match args.format:
        case "json":
            _print(trial.to_json(reports, args.coverage))
        case "junit":
            _print(trial.to_junit(reports))
        case _:
            _print(trial.to_text(reports, args.lang, args.coverage))
    return FINE if all(report.passed for report in reports) else SHORT


# ---------------------------------------------------------------- the process
def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. A fault of ours is a coded message too: there is no traceback, whatever was typed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has stopped; leave nothing for the interpreter to flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        if os.environ.get("FAYAN_DEBUG"):
            raise
        code = _ours(error, given)
    return code


def _run(given: list[str]) -> int:
    try:
        args = build_parser().parse_args(given)
        return int(args.run(args))
    except _Usage as usage:
        return _refuse(_misused(usage, given), given)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    except Exception as error:
        if not hasattr(error, "problems"):
            raise
        return _refuse(error, given)  # type: ignore[arg-type]


def _misused(usage: _Usage, given: list[str]) -> FayanError:
    message, command = usage.args
    from fayan.policy import UsageError
    from fayan.problems import WrongUsage, command_line
    from fayan_dsl.problem import Term

    source, span = command_line(given)
    detail = Term(_in_chinese(message), message)
    return UsageError([WrongUsage(source=source, span=span, detail=detail, command=command)])


def _refuse(error: FayanError, given: list[str]) -> int:
    """What the caller gave is wrong: say so; as JSON too, where JSON was asked for."""
    from fayan.policy import PolicyError
    from fayan.render import problems_json, render
    from fayan_dsl.problem import Severity

    problems = list(error.problems)
    print(render(problems, _language(given), _colour(sys.stderr)), end="", file=sys.stderr)
    if _wants_json(given):
        _print_json(problems_json(problems))
    unreadable = any(problem.code.startswith("FY78") for problem in problems)
    wrong = unreadable or not isinstance(error, PolicyError)
    return WRONG if wrong or not any(p.severity is Severity.ERROR for p in problems) else SHORT


def _ours(error: Exception, given: list[str]) -> int:
    from fayan.policy import FayanError
    from fayan.problems import OurFault, command_line

    source, span = command_line(given)
    kind = f"{type(error).__name__}: {error}"[:200]
    return _refuse(FayanError([OurFault(source=source, span=span, kind=kind)]), given)


def _language(given: list[str]) -> Language:
    return "en" if "--lang=en" in given or ("--lang", "en") in pairwise(given) else "zh"


def _wants_json(given: list[str]) -> bool:
    return "--format=json" in given or ("--format", "json") in pairwise(given)


def _colour(stream: Any) -> bool:
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def _today() -> date:
    from datetime import date

    return date.today()


def _print(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _print_json(document: Any) -> None:
    import json

    _print(json.dumps(document, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
