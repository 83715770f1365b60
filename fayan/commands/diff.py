"""``fayan diff``: what changed in meaning between two versions of a policy."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fayan.commands.common import FINE, SHORT, UNDECIDED, chosen, misused, more_library, write_document

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison

NAME = "diff"
HELP = "比较两版政策：改了什么，对谁、给多少有什么不同"
FORMATS = ("text", "json", "md", "html")


def options(parser: argparse.ArgumentParser) -> None:
    parser.usage = "fayan diff [选项] OLD NEW\n       fayan diff [选项] --git REV [REV] FILE"
    parser.add_argument("versions", metavar="OLD NEW", nargs="+", help="旧版、新版政策文件（.pol）")
    parser.add_argument(
        "--git", action="store_true", help="比较仓库里的版本：REV FILE 比较那时和现在，REV REV FILE 比较两个版本"
    )
    more_library(parser)
    parser.add_argument("--witnesses", metavar="DIR", help="把举出的企业写成事实文件，fayan eval 可以直接用")
    parser.add_argument(
        "--facts",
        metavar="TABLES",
        action="append",
        default=[],
        help="企业的表：两版都判定一遍，说谁得益、谁受损；可写多次",
    )
    parser.add_argument("--on", metavar="DATE", help="评估日，如 2025-06-30（缺省今天），用于 --facts")
    parser.add_argument(
        "--reading", metavar="ID=OPTION", action="append", default=[], help="选一种口径，用于 --facts；可写多次"
    )
    parser.add_argument("--exit-code", action="store_true", help="含义相同为 0，有变为 1，未能断定为 3，有错为 2")


def run(args: argparse.Namespace) -> int:
    from fayan.errors import PolicyError, UsageError

    try:
        return compared(args)
    except PolicyError as error:
        if not args.exit_code:
            raise
        raise UsageError(error.problems) from None  # 1 says that the meaning changed, and nothing else


def compared(args: argparse.Namespace) -> int:
    from fayan.policy import load
    from fayan.versions import diff, diff_revisions

    match args.git, args.versions:
        case True, (str(old), *revision, str(file)) if len(revision) < 2:
            found = diff_revisions(file, old, *revision)
        case False, (str(old), str(new)):
            found = diff(load(old, args.library), load(new, args.library))
        case True, _:
            raise misused(args, "--git 后面写 REV FILE 或 REV REV FILE", "write REV FILE or REV REV FILE after --git")
        case _:
            raise misused(args, "要有旧版、新版两个文件", "two files are needed, the old version and the new")
    if args.facts:
        args.measure = []
        on, pairs, _ = chosen(args)
        found = found.over(args.facts, on, dict(pairs))
    write_document(found, args)
    if args.witnesses:
        keep(found.comparison, args.witnesses)
    if not args.exit_code or found.comparison.same:
        effects = found.comparison.effects
        return SHORT if effects is not None and effects.faults else FINE
    return SHORT if found.comparison.changed else UNDECIDED


def keep(comparison: Comparison, folder: str) -> None:
    from fayan.errors import UsageError
    from fayan.problems.files import Unwritable, why_unwritable
    from fayan.problems.given import whole
    from fayan.witness_files import write_witnesses

    try:
        write_witnesses(comparison, folder)
    except OSError as error:
        place, span = whole(folder, folder)
        raise UsageError([Unwritable(source=place, span=span, path=folder, reason=why_unwritable(error))]) from None
