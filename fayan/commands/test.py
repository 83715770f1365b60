"""``fayan test``: the examples a policy holds, and what they put to the test."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fayan.commands.common import FINE, SHORT, WRONG, in_colour, several_policies, write
from fayan.commands.parser import Parser

if TYPE_CHECKING:
    from fayan.examples.trial import Report

NAME = "test"
HELP = "运行政策里的示例，看试到了哪些条件", "run the examples in policies and see which conditions they try"
FORMATS = ("text", "json", "junit")


def options(parser: Parser) -> None:
    several_policies(parser)
    parser.add(
        "--coverage",
        action="store_true",
        zh="列出没有试到的条件、分支、门槛和口径",
        en="list the conditions, branches, thresholds and readings no example tries",
    )
    parser.add(
        "--suggest",
        action="store_true",
        zh="提出可以补的示例，供核对后贴进政策",
        en="propose examples to add, to be checked and put into the policy",
    )
    parser.add(
        "--fail-under",
        metavar="N",
        type=percent,
        zh="试到的不足百分之 N，以 1 退出",
        en="exit 1 where less than N per cent is tried",
    )


def percent(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise argparse.ArgumentTypeError(f"not a whole number from 0 to 100: {text}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    from fayan.errors import PolicyError
    from fayan.examples import coverage_page, trial, trial_page
    from fayan.policy import load

    reports: list[Report] = []
    broken: dict[str, PolicyError] = {}
    for path in args.policies:
        try:
            reports.append(trial.run(load(path)))
        except PolicyError as error:
            if args.format != "junit":
                raise
            broken[path] = error  # a report that is not there would look like one that is not wanted
    least = args.fail_under
    shares = [coverage_page.Share.of(report.coverage) for report in reports]
    fine = all(report.passed for report in reports)
    fine = fine and (least is None or all(share.reaches(least) for share in shares))
    coverage = args.coverage or least is not None
    match args.format:
        case "json":
            write(trial_page.to_json(reports, coverage, args.suggest))
        case "junit":
            from fayan.messages.render import render

            problems = {path: error.problems for path, error in broken.items()}
            for found in problems.values():
                sys.stderr.write(render(found, args.lang, in_colour(sys.stderr)))
            write(trial_page.to_junit(reports, coverage, problems))
            if any(problem.code.startswith("FY78") for found in problems.values() for problem in found):
                return WRONG
            fine &= not broken
        case _:
            write(trial_page.to_text(reports, args.lang, args.coverage, args.suggest, least))
    return FINE if fine else SHORT
