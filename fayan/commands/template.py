"""``fayan template``: an empty workbook to fill in for a policy."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, one_policy, write, write_json
from fayan.commands.parser import Parser

NAME = "template"
HELP = "写一个空的工作簿，照着填企业的事实", "write an empty workbook to fill in with facts"
FORMATS = ("text", "json")


def options(parser: Parser) -> None:
    one_policy(parser)
    parser.add(
        "-o", "--output", metavar="FILE.xlsx", required=True, zh="写到哪里（.xlsx）", en="where to write (.xlsx)"
    )


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load
    from fayan.tables.template import fields_of
    from fayan_runtime.tables import tables_of

    policy = load(args.policy)
    policy.write_template(args.output)
    tables = {
        table.name: [each.name for each in fields_of(policy.program, table)] for table in tables_of(policy.program)
    }
    if args.format == "json":
        write_json({"output": args.output, "tables": tables})
    elif args.lang == "en":
        write(f"{args.output} has the sheets {', '.join(tables)}; how to fill them in stands on the sheet 说明.")
    else:
        write(f"{args.output} 里有{'、'.join(tables)}；怎样填，见其中“说明”一张。")
    return FINE
