"""What the verbs share: exit codes and printing."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fayan.policy import FayanError

#: Exit codes: all well; the thing checked falls short; wrong usage, an unreadable file or bad facts; not decided within a limit.
FINE, SHORT, WRONG, UNDECIDED = 0, 1, 2, 3


def several_policies(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policies", metavar="FILE", nargs="+", help="政策文件（.pol）")


def one_policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策文件（.pol）")


def more_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", metavar="DIR", help="引用的文件先到这个文件夹里找")


def write(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


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
    from fayan.policy import UsageError
    from fayan.problems import WrongUsage, command_line
    from fayan_dsl.problem import Term

    source, span = command_line(args.given)
    return UsageError([WrongUsage(source=source, span=span, detail=Term(zh, en), command=f"fayan {args.verb}")])


def in_colour(stream: Any) -> bool:
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")
