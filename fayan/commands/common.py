"""What the verbs share: exit codes and printing."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from fayan.commands.parser import Once, Parser

if TYPE_CHECKING:
    from datetime import date

    from fayan.errors import FayanError
    from fayan_runtime.ir import Program

#: Exit codes: all well; the thing checked falls short; wrong usage, an unreadable file or bad facts; not decided within a limit.
FINE, SHORT, WRONG, UNDECIDED = 0, 1, 2, 3


def several_policies(parser: Parser) -> None:
    parser.add("policies", metavar="FILE", nargs="+", zh="政策文件（.pol）", en="policy files (.pol)")


def one_policy(parser: Parser) -> None:
    parser.add("policy", metavar="POLICY", zh="政策文件（.pol）", en="policy file (.pol)")


def more_library(parser: Parser) -> None:
    parser.add(
        "--library",
        metavar="DIR",
        zh="引用的文件先到这个文件夹里找",
        en="where to look first for the documents referred to",
    )


def choices_of_a_decision(parser: Parser) -> None:
    parser.add(
        "--on",
        metavar="DATE",
        action=Once,
        zh="评估日，如 2025-06-30 或 2025年6月30日（缺省今天）",
        en="date of assessment, such as 2025-06-30 (default: today)",
    )
    parser.add(
        "--reading",
        metavar="ID=OPTION",
        action="append",
        default=[],
        zh="选一种口径，如 R5.2=b；可写多次",
        en="choose a reading, such as R5.2=b; may be repeated",
    )
    parser.add(
        "--measure",
        metavar="N",
        action="append",
        default=[],
        zh="只判定第几条措施；可写多次",
        en="decide only this measure; may be repeated",
    )


def chosen(args: argparse.Namespace) -> tuple[date, list[tuple[str, str]], list[str] | None]:
    """The date of assessment, the readings and the measures, as far as they can be read before the policy is."""
    from fayan import choices
    from fayan.errors import UsageError

    on, wrong_date = (today(), []) if args.on is None else choices.read_date(args.on, "--on")
    pairs, malformed = choices.split_readings(args.reading, "--reading")
    if on is None or malformed:
        raise UsageError(wrong_date + malformed)
    return on, pairs, args.measure or None


def checked(
    program: Program, readings: list[tuple[str, str]], measures: list[str] | None
) -> tuple[dict[str, str], tuple[int, ...] | None]:
    """The readings and measures that a policy has of those that were asked for; none: all."""
    from fayan import choices
    from fayan.errors import UsageError

    picked, bad_readings = choices.choose_readings(program, readings, "--reading")
    wanted, bad_measures = choices.choose_measures(program, measures or (), "--measure")
    if bad_readings or bad_measures:
        raise UsageError(bad_readings + bad_measures)
    return picked, None if measures is None else wanted


def today() -> date:
    """Only on the command line is it known what day it is."""
    from datetime import date

    return date.today()


def write(text: str) -> None:
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    except BrokenPipeError:
        unread()


def unread() -> None:
    """Whoever read our output has stopped: what is left is for nobody, and the exit code is what it would have been."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(document: Any) -> None:
    import json

    write(json.dumps(document, ensure_ascii=False, indent=2))


def write_document(document: Any, args: argparse.Namespace) -> int:
    """Print a decision or a policy in the format asked for."""
    match args.format:
        case "json":
            write(document.to_json(args.lang))
        case "md":
            write(document.to_markdown(args.lang))
        case "lines":
            write(document.to_lines(args.lang))
        case "html":
            write(document.to_html(args.lang))
        case _:
            write(document.to_text(args.lang))
    return FINE


def misused(args: argparse.Namespace, zh: str, en: str) -> FayanError:
    """What is wrong with a command beyond what the parser of arguments can tell."""
    from fayan.errors import UsageError
    from fayan.problems.given import command_line
    from fayan.problems.usage import WrongUsage
    from fayan_dsl.problem import Term

    source, span = command_line(args.given)
    return UsageError([WrongUsage(source=source, span=span, detail=Term(zh, en), command=f"fayan {args.verb}")])


def in_colour(stream: Any) -> bool:
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")
