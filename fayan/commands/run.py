"""``fayan run``: a whole population decided."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, SHORT, checked, choices_of_a_decision, chosen, one_policy, write, write_document

NAME = "run"
HELP = "判定一批企业：工作簿、CSV、Parquet 进，判定、汇总、退回清单出"
FORMATS = ("text", "json", "md", "html")


def options(parser: argparse.ArgumentParser) -> None:
    from fayan.population.engines import DIALECTS, NAMES

    one_policy(parser)
    parser.add_argument("input", metavar="INPUT", nargs="*", help="企业的表：工作簿，或者 CSV、Parquet 的文件夹")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUTPUT",
        action="append",
        default=[],
        help="写到哪里，看名字定格式：.xlsx .html .csv .parquet .jsonl；没有后缀的是 Parquet 的文件夹；可写多次",
    )
    parser.add_argument("--engine", choices=NAMES, default="", help="由谁来算，结果都一样（缺省按户数选快的）")
    choices_of_a_decision(parser)
    parser.add_argument("--budget", action="store_true", help="每个口径换一种读法，各要多少钱")
    parser.add_argument("--resume", action="store_true", help="输入是分区的文件夹的，接着没有做完的一次算")
    parser.add_argument("--sql", choices=DIALECTS, help="不判定，印出同样意思的 SQL，在自己的数据库里执行")
    parser.add_argument(
        "--explain", metavar="KEY", nargs="+", default=[], help="这几家企业的判定另写说明，在输出旁边；没有输出就印出来"
    )


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load

    on, pairs, numbers = chosen(args)
    policy = load(args.policy)
    readings, measures = checked(policy.program, pairs, numbers)
    if args.sql:
        write(policy.sql(args.sql, on, readings, measures))
        return FINE
    if not args.input:
        from fayan.policy import UsageError
        from fayan.problems import WrongUsage, command_line
        from fayan_dsl.problem import Term

        source, span = command_line(["run", args.policy])
        missing = Term("缺少 INPUT", "INPUT is missing")
        raise UsageError([WrongUsage(source=source, span=span, detail=missing, command="fayan run")])
    with policy.run(
        args.input, args.output, on, readings, measures,
        engine=args.engine, budget=args.budget, explain=args.explain, resume=args.resume, language=args.lang,
    ) as done:  # fmt: skip
        write_document(done, args)
        if not args.output and args.format == "text":
            for key in args.explain:
                if decision := done.explain(key):
                    write("\n" + decision.to_text(args.lang))
        return SHORT if done.population.rejected else FINE
