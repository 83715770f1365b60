"""``fayan check``: everything that can be known about policies before they are run."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fayan.commands.common import FINE, SHORT, WRONG, in_colour, several_policies, write, write_json

if TYPE_CHECKING:
    from fayan_dsl.problem import Problem

NAME = "check"
HELP = "检查政策文件：语法、名称、类型与单位、与原文是否相合"
FORMATS = ("text", "json", "sarif")


def options(parser: argparse.ArgumentParser) -> None:
    several_policies(parser)


def run(args: argparse.Namespace) -> int:
    from fayan import __version__, render
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
        write_json(render.problems_json(found))
    elif args.format == "sarif":
        write_json(render.sarif(found, __version__, args.lang))
    else:
        if found:
            write(render.render(found, args.lang, in_colour(sys.stdout)) + "\n")
        names = "、".join(args.policies) if args.lang == "zh" else ", ".join(args.policies)
        write(f"{render.clean(names)}{'：' if args.lang == 'zh' else ': '}{render.summary(found, args.lang)}")
    if unreadable:
        return WRONG
    return SHORT if render.count(found, Severity.ERROR) else FINE
