"""``fayan check``: everything that can be known about policies before they are run."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fayan.commands.common import FINE, SHORT, WRONG, in_colour, misused, several_policies, write, write_json
from fayan.commands.parser import Parser

if TYPE_CHECKING:
    from fayan_dsl import tree
    from fayan_dsl.problem import Problem

NAME = "check"
HELP = (
    "检查政策文件：语法、名称、类型与单位、与原文是否相合",
    "check policy files: syntax, names, types and units, agreement with the text",
)
FORMATS = ("text", "json", "sarif")


def options(parser: Parser) -> None:
    several_policies(parser)
    parser.add(
        "--trace-text",
        action="store_true",
        zh="列出每句原文由哪些行执行、每一行依据哪些原文",
        en="list which lines carry out each sentence of the text, and what each line rests on",
    )
    parser.add(
        "--fix",
        action="store_true",
        zh="先把不必人看的改法改到文件里，再检查",
        en="first make the corrections that need no one to look at them, then check",
    )


def run(args: argparse.Namespace) -> int:
    if args.trace_text and args.format == "sarif":
        raise misused(
            args,
            "--trace-text 列的是对照，不是问题，没有 sarif 的写法；要对照的，用 --format text 或 json",
            "--trace-text is a concordance and no list of findings: it has no SARIF; use --format text or json",
        )
    from fayan import __version__
    from fayan.checking import check
    from fayan.documents.texts import read_source
    from fayan.errors import PolicyError
    from fayan.messages import render
    from fayan_dsl.problem import Severity

    found: list[Problem] = []
    waived: list[dict[str, object]] = []
    let: list[tuple[Problem, str]] = []
    unreadable = False
    fixed = 0
    for path in args.policies:
        try:
            if args.fix:
                fixed += _mend(path)
            checked = check(read_source(path))
            found += checked.problems
            let += checked.waived
            waived += _waived(checked.tree)
        except PolicyError as error:
            found += error.problems
            unreadable = True
    if args.trace_text and not unreadable and not any(problem.severity is Severity.ERROR for problem in found):
        return _trace(args)
    if args.format == "json":
        write_json(render.problems_json(found) | {"waived": waived} | ({"fixed": fixed} if args.fix else {}))
    elif args.format == "sarif":
        from fayan.messages.sarif import sarif

        write_json(sarif(found, __version__, args.lang, let))
    else:
        if found:
            write(render.render(found, args.lang, in_colour(sys.stdout)) + "\n")
        names = "、".join(args.policies) if args.lang == "zh" else ", ".join(args.policies)
        summary = render.summary(found, args.lang)
        if args.fix:
            summary = f"改了 {fixed} 处；{summary}" if args.lang == "zh" else f"{fixed} fix(es) applied; {summary}"
        write(f"{render.clean(names)}{'：' if args.lang == 'zh' else ': '}{summary}")
        if args.trace_text:
            write(
                "有错的政策列不出原文和规则的对照，改好以后再列"
                if args.lang == "zh"
                else "no concordance is made of a policy with errors; mend them first"
            )
        for each in waived:
            said = (
                "容许 {file}:{line} {check}：{reason}"
                if args.lang == "zh"
                else "let stand {file}:{line} {check}: {reason}"
            )
            write("  " + render.clean(said.format(**each)))
    if unreadable:
        return WRONG
    return SHORT if render.count(found, Severity.ERROR) else FINE


def _waived(policy: tree.Policy | None) -> list[dict[str, object]]:
    """What the drafter let stand, and why: noticed, and no longer a finding."""
    if policy is None:
        return []
    from fayan_compiler.fidelity.waivers import Waivers

    source = policy.source
    return [
        {
            "file": source.name,
            "line": source.position(each.waiver.span.start)[0],
            "check": each.waiver.check.text,
            "reason": each.waiver.reason,
        }
        for each in Waivers.of(policy).all
    ]


def _trace(args: argparse.Namespace) -> int:
    """The concordance of each policy, in place of a summary that would say nothing is wrong."""
    from fayan.policy import load

    found = [load(path).concordance for path in args.policies]
    if args.format == "text":
        write("\n".join(each.to_text(args.lang) for each in found))
    else:
        write_json(found[0].to_json() if len(found) == 1 else [each.to_json() for each in found])
    return FINE


def _mend(path: str) -> int:
    """Apply the safe fixes of one file in place; how many there were."""
    from fayan.checking import check
    from fayan.documents.texts import decoded, read_bytes
    from fayan.errors import PolicyError
    from fayan.messages.mend import mended
    from fayan.problems.files import Unwritable, why_unwritable
    from fayan.problems.given import whole
    from fayan.write_file import replace_file
    from fayan_dsl.source import Source

    old = read_bytes(path)
    text, count = mended(decoded(path, old).text, lambda text: check(Source(path, text)).problems)
    if count:
        mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
        try:
            replace_file(path, mark + text.encode())
        except OSError as error:
            place, span = whole(path, path)
            reason = why_unwritable(error)
            raise PolicyError([Unwritable(source=place, span=span, path=path, reason=reason)]) from None
    return count
