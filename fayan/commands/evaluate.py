"""``fayan eval``: one enterprise decided."""

from __future__ import annotations

import argparse

from fayan.commands.common import checked, choices_of_a_decision, chosen, one_policy, write_document
from fayan.commands.parser import Parser

NAME = "eval"
HELP = "判定一家企业，并说明每一项的理由", "decide one enterprise and give the reasons for every provision"
FORMATS = ("text", "json", "md", "html")


def options(parser: Parser) -> None:
    one_policy(parser)
    parser.add(
        "--facts",
        metavar="FILE",
        required=True,
        zh="企业的事实（YAML 或 JSON）",
        en="facts of the enterprise (YAML or JSON)",
    )
    choices_of_a_decision(parser)


def run(args: argparse.Namespace) -> int:
    from fayan.errors import UsageError
    from fayan.policy import load

    on, pairs, numbers = chosen(args)
    if args.facts.endswith(".pol") and args.policy.endswith((".yaml", ".yml", ".json")):
        from fayan.problems.files import FilesSwapped
        from fayan.problems.given import command_line

        source, span = command_line(["eval", args.policy, "--facts", args.facts])
        raise UsageError([FilesSwapped(source=source, span=span, policy=args.policy, facts=args.facts)])
    policy = load(args.policy)
    readings, measures = checked(policy.program, pairs, numbers)
    return write_document(policy.decide(args.facts, on, readings, measures, compare_readings=True), args)
