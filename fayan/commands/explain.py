"""``fayan explain``: a policy as people read it."""

from __future__ import annotations

import argparse

from fayan.commands.common import more_library, one_policy, write_document

NAME = "explain"
HELP = "把政策印成人读的文件：原文、规则、数额表"
FORMATS = ("text", "md", "html", "json", "lines")


def options(parser: argparse.ArgumentParser) -> None:
    one_policy(parser)
    more_library(parser)


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load

    return write_document(load(args.policy, args.library), args)
