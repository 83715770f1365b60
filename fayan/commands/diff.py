"""``fayan diff``: what changed in meaning between two versions of a policy."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from fayan.commands.common import FINE, SHORT, UNDECIDED, chosen, misused, more_library, write_document
from fayan.commands.parser import Once, Parser

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison

NAME = "diff"
HELP = "比较两版政策：改了什么，对谁、给多少有什么不同", "compare two versions: what changed, for whom, and by how much"
FORMATS = ("text", "json", "md", "html")


def options(parser: Parser) -> None:
    parser.usage = parser.both(
        "fayan diff [选项] 旧版 新版\n      fayan diff [选项] --git 版本 [版本] 文件",
        "fayan diff [OPTIONS] OLD NEW\n       fayan diff [OPTIONS] --git REV [REV] FILE",
    )
    parser.add(
        "versions",
        metavar="OLD NEW",
        nargs="+",
        zh="旧版、新版政策文件（.pol）",
        en="the older and the newer version (.pol)",
    )
    parser.add(
        "--git",
        action="store_true",
        zh="比较仓库里的版本：写一个版本的，比较那时和现在；写两个的，比较这两个",
        en="compare versions in the repository: REV FILE then and now, REV REV FILE two revisions",
    )
    more_library(parser)
    parser.add(
        "--witnesses",
        metavar="DIR",
        zh="把举出的企业写成事实文件，fayan eval 可以直接用",
        en="write the enterprises shown as files of facts, ready for fayan eval",
    )
    parser.add(
        "--facts",
        metavar="TABLES",
        action="append",
        default=[],
        zh="企业的表：两版都判定一遍，说谁得益、谁受损；可写多次",
        en="tables of enterprises: decided under both versions, to say who gains and who loses; may be repeated",
    )
    parser.add(
        "--on",
        metavar="DATE",
        action=Once,
        zh="评估日，如 2025-06-30（缺省今天），用于 --facts",
        en="date of assessment, such as 2025-06-30 (default: today), for --facts",
    )
    parser.add(
        "--reading",
        metavar="ID=OPTION",
        action="append",
        default=[],
        zh="选一种口径，用于 --facts；可写多次",
        en="choose a reading, for --facts; may be repeated",
    )
    parser.add(
        "--exit-code",
        action="store_true",
        zh="含义相同为 0，有变为 1，未能断定为 3，有错为 2",
        en="exit 0 where the meaning is the same, 1 changed, 3 not decided, 2 in error",
    )


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
            on_both_sides(old, new)
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


def on_both_sides(old: str, new: str) -> None:
    """Git's difftool gives the null device for a file that was added or deleted as a whole."""
    from fayan.errors import UsageError
    from fayan.problems.git import NoFileOnOneSide
    from fayan.problems.given import whole
    from fayan_dsl.problem import Term

    if os.devnull in (old, new):
        source, span = whole(os.devnull, os.devnull)
        said = Term("旧版没有这个文件（整份新增）", "the old version has no such file (it was added as a whole)")
        if new == os.devnull:
            said = Term("新版没有这个文件（整份删去）", "the new version has no such file (it was deleted as a whole)")
        raise UsageError([NoFileOnOneSide(source=source, span=span, said=said)])


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
