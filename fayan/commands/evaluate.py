"""``fayan eval``: one enterprise decided. Only here is it known what day it is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fayan.commands.common import one_policy, write_document

if TYPE_CHECKING:
    from datetime import date

NAME = "eval"
HELP = "判定一家企业，并说明每一项的理由"
FORMATS = ("text", "json", "md", "html")


def options(parser: argparse.ArgumentParser) -> None:
    one_policy(parser)
    parser.add_argument("--facts", metavar="FILE", required=True, help="企业的事实（YAML 或 JSON）")
    parser.add_argument("--on", metavar="DATE", help="评估日，如 2025-06-30 或 2025年6月30日（缺省今天）")
    parser.add_argument(
        "--reading", metavar="ID=OPTION", action="append", default=[], help="选一种口径，如 R5.2=b；可写多次"
    )
    parser.add_argument("--measure", metavar="N", action="append", default=[], help="只判定第几条措施；可写多次")


def run(args: argparse.Namespace) -> int:
    from fayan import choices
    from fayan.policy import UsageError, load

    on, wrong_date = (_today(), []) if args.on is None else choices.read_date(args.on, "--on")
    pairs, malformed = choices.split_readings(args.reading, "--reading")
    if on is None or malformed:
        raise UsageError(wrong_date + malformed)
    if args.facts.endswith(".pol") and args.policy.endswith((".yaml", ".yml", ".json")):
        from fayan.problems import FilesSwapped, command_line

        source, span = command_line(["eval", args.policy, "--facts", args.facts])
        raise UsageError([FilesSwapped(source=source, span=span, policy=args.policy, facts=args.facts)])
    policy = load(args.policy)
    readings, bad_readings = choices.choose_readings(policy.program, pairs, "--reading")
    measures, bad_measures = choices.choose_measures(policy.program, args.measure, "--measure")
    if bad_readings or bad_measures:
        raise UsageError(bad_readings + bad_measures)
    return write_document(
        policy.decide(args.facts, on, readings, measures if args.measure else None, compare_readings=True), args
    )


def _today() -> date:
    from datetime import date

    return date.today()
