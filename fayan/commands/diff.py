"""``fayan diff``: what changed in meaning between two versions of a policy."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, SHORT, UNDECIDED, write_document

NAME = "diff"
HELP = "比较两版政策：改了什么，对谁、给多少有什么不同"
FORMATS = ("text", "json", "md", "html")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="旧版政策文件（.pol）")
    parser.add_argument("new", metavar="NEW", help="新版政策文件（.pol）")
    parser.add_argument("--exit-code", action="store_true", help="含义相同为 0，有变为 1，未能断定为 3")


def run(args: argparse.Namespace) -> int:
    from fayan.versions import diff

    found = diff(args.old, args.new)
    write_document(found, args)
    if not args.exit_code or found.comparison.same:
        return FINE
    changed = any(not each.same and not each.why for each in found.comparison.verdicts)
    return SHORT if changed else UNDECIDED
