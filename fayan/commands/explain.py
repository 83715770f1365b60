"""``fayan explain``: a policy as people read it; of several versions, the one in force on a day."""

from __future__ import annotations

import argparse

from fayan.commands.common import misused, more_library, several_policies, write_document
from fayan.commands.parser import Once, Parser

NAME = "explain"
HELP = "把政策印成人读的文件：原文、规则、数额表", "print a policy as a document: its text, rules and amounts"
FORMATS = ("text", "md", "html", "json", "lines")


def options(parser: Parser) -> None:
    several_policies(parser)
    parser.add(
        "--on",
        metavar="DATE",
        action=Once,
        zh="写了同一政策的几版的，印这一天有效的一版",
        en="of several versions of a policy, print the one in force on this day",
    )
    more_library(parser)


def run(args: argparse.Namespace) -> int:
    from fayan import choices
    from fayan.errors import UsageError
    from fayan.policy import load
    from fayan.versions import in_force

    if args.on is None and len(args.policies) > 1:
        raise misused(args, "几个文件要用 --on 写明看哪一天有效的", "several files need --on: in force on which day")
    on, wrong = (None, []) if args.on is None else choices.read_date(args.on, "--on")
    if wrong:
        raise UsageError(wrong)
    policies = [load(each, args.library) for each in args.policies]
    return write_document(policies[0] if on is None else in_force(policies, on), args)
