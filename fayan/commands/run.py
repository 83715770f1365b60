"""``fayan run``: a whole population decided."""

from __future__ import annotations

import argparse

from fayan.commands.common import (
    FINE,
    SHORT,
    checked,
    choices_of_a_decision,
    chosen,
    misused,
    one_policy,
    write,
    write_document,
    write_json,
)
from fayan.commands.parser import Parser

NAME = "run"
HELP = (
    "判定一批企业：工作簿、CSV、Parquet 进，判定、汇总、退回清单出",
    "decide many enterprises: workbook, CSV or Parquet in; decisions, sums and rejects out",
)
FORMATS = ("text", "json", "md", "html")


def options(parser: Parser) -> None:
    from fayan.population.engines import DIALECTS, NAMES

    one_policy(parser)
    parser.add(
        "input",
        metavar="INPUT",
        nargs="*",
        zh="企业的表：工作簿，或者 CSV、Parquet 的文件夹",
        en="tables of enterprises: a workbook, or a folder of CSV or Parquet",
    )
    parser.add(
        "-o",
        "--output",
        metavar="OUTPUT",
        action="append",
        default=[],
        zh="写到哪里，看名字定格式：.xlsx .html .csv .parquet .jsonl；没有后缀的是 Parquet 的文件夹；可写多次",
        en="where to write; the name says the format: .xlsx .html .csv .parquet .jsonl, without a suffix a folder of Parquet; may be repeated",
    )
    parser.add(
        "--engine",
        choices=NAMES,
        default="",
        zh="由谁来算，结果都一样（缺省按户数选快的）",
        en="what computes it, with the same results (default: the faster for so many enterprises)",
    )
    choices_of_a_decision(parser)
    parser.add(
        "--budget",
        action="store_true",
        zh="每个口径换一种读法，各要多少钱",
        en="what each other option of each reading would cost",
    )
    parser.add(
        "--resume",
        action="store_true",
        zh="输入是分区的文件夹的，接着没有做完的一次算",
        en="where the input is a folder in parts, go on with a run that was not finished",
    )
    parser.add(
        "--sql",
        choices=DIALECTS,
        zh="不判定，印出同样意思的 SQL，在自己的数据库里执行",
        en="decide nothing; print SQL of the same meaning, to run in a database of your own",
    )
    parser.add(
        "--explain",
        metavar="KEY",
        nargs="+",
        default=[],
        zh="这几家企业的判定另写说明，在输出旁边；没有输出就印出来",
        en="explain the decisions of these enterprises, beside the output; printed where there is none",
    )


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load

    on, pairs, numbers = chosen(args)
    policy = load(args.policy)
    readings, measures = checked(policy.program, pairs, numbers)
    if args.sql:
        _only_printed(args)
        printed = policy.sql(args.sql, on, readings, measures)
        if args.format == "json":
            write_json({"dialect": args.sql, "policy": policy.program.digest, "on": on.isoformat(), "sql": printed})
        else:
            write(printed)
        return FINE
    if not args.input:
        raise misused(args, "缺少 INPUT", "INPUT is missing")
    shown = [] if args.output else args.explain
    if shown and args.format == "html":
        raise misused(args, "网页一份一张，要用 -o 写到文件里", "pages are one for each: name a file with -o")
    with policy.run(
        args.input, args.output, on, readings, measures,
        engine=args.engine, budget=args.budget, explain=args.explain, resume=args.resume, language=args.lang,
    ) as done:  # fmt: skip
        explained = {key: decision for key in shown if (decision := done.explain(key))}
        if args.format == "json" and explained:
            decisions = {key: decision.to_dict(args.lang) for key, decision in explained.items()}
            write_json(done.population.to_dict(args.lang) | {"explanations": decisions})
        else:
            write_document(done, args)
            for decision in explained.values():
                write("")
                write_document(decision, args)
        return SHORT if done.population.rejected else FINE


def _only_printed(args: argparse.Namespace) -> None:
    """Refuse what means nothing where nothing is decided."""
    given = {
        "INPUT": args.input, "-o": args.output, "--engine": args.engine, "--budget": args.budget,
        "--resume": args.resume, "--explain": args.explain, f"--format {args.format}": args.format in ("md", "html"),
    }  # fmt: skip
    if unused := [name for name, value in given.items() if value]:
        named = "、".join(unused)
        zh, en = (
            f"--sql 只印出 SQL，用不上 {named}",
            f"--sql only prints SQL: {', '.join(unused)} means nothing with it",
        )
        raise misused(args, zh, en)
