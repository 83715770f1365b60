"""``fayan schema``: JSON Schema of the facts a policy asks for."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, one_policy, write_json
from fayan.commands.parser import Parser

NAME = "schema"
HELP = "事实文件的 JSON Schema，供编辑器和别的程序用", "JSON Schema of files of facts, for editors and other programs"
FORMATS = ("text", "json")


def options(parser: Parser) -> None:
    one_policy(parser)


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load

    write_json(load(args.policy).facts_schema())
    return FINE
