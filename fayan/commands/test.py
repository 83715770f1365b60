"""``fayan test``: the examples a policy holds."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, SHORT, several_policies, write

NAME = "test"
HELP = "运行政策里的示例"
FORMATS = ("text", "json", "junit")


def options(parser: argparse.ArgumentParser) -> None:
    several_policies(parser)
    parser.add_argument("--coverage", action="store_true", help="列出示例没有试到的条件")


def run(args: argparse.Namespace) -> int:
    from fayan import trial
    from fayan.policy import load

    reports = [trial.run(load(path)) for path in args.policies]
    match args.format:
        case "json":
            write(trial.to_json(reports, args.coverage))
        case "junit":
            write(trial.to_junit(reports))
        case _:
            write(trial.to_text(reports, args.lang, args.coverage))
    return FINE if all(report.passed for report in reports) else SHORT
