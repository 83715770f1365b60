"""``fayan timeline``: which version of a policy, and which of its rules, held when."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, SHORT, UNDECIDED, several_policies, write_document
from fayan.commands.parser import Parser

NAME = "timeline"
HELP = (
    "画出政策各版本、各规则管哪些日子，指出空档和重叠",
    "show which days each version and rule holds for, with gaps and overlaps",
)
FORMATS = ("text", "json", "md", "html")


def options(parser: Parser) -> None:
    several_policies(parser)
    parser.add(
        "--exit-code",
        action="store_true",
        zh="前后相接为 0，有空档或重叠为 1，说不明为 3",
        en="exit 0 without gaps, 1 with gaps or overlaps, 3 where it cannot be told",
    )


def run(args: argparse.Namespace) -> int:
    from fayan.versions import timeline

    found = timeline(args.policies)
    write_document(found, args)
    kinds = {each.kind for each in found.chronicle.findings} - {"adjacent"}
    if not args.exit_code or not kinds:
        return FINE
    return SHORT if kinds & {"gap", "overlap"} else UNDECIDED
