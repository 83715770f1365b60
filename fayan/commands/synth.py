"""``fayan synth``: a made-up district to try a policy on."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, misused, one_policy, write, write_json
from fayan.commands.parser import Parser

NAME = "synth"
HELP = "造一批虚构的企业，用来试算政策", "make up enterprises to try a policy on"
FORMATS = ("text", "json")
#: As many as there are registered in the whole country, and some to spare.
MOST = 1_000_000_000


def options(parser: Parser) -> None:
    one_policy(parser)
    parser.add("--n", metavar="N", type=int, required=True, zh="多少户", en="how many enterprises")
    parser.add(
        "--seed",
        metavar="S",
        type=int,
        default=1,
        zh="种子：同一个种子造出同样的企业（缺省 1）",
        en="seed: the same seed makes the same enterprises (default 1)",
    )
    parser.add(
        "-o",
        "--output",
        metavar="OUTPUT",
        required=True,
        zh="写到哪里，看名字定格式：没有后缀的是 Parquet 的文件夹；.csv/ .xlsx .jsonl",
        en="where to write; the name says the format: without a suffix a folder of Parquet; .csv/ .xlsx .jsonl",
    )
    parser.add(
        "--dirty",
        metavar="SHARE",
        default="0",
        zh="弄坏多少户的一处，如 1%% 或 0.01（缺省 0）",
        en="in how many of them one place is spoilt, such as 1%% or 0.01 (default 0)",
    )


def run(args: argparse.Namespace) -> int:
    from fayan.policy import load
    from fayan.tables.synth.population import Population
    from fayan.tables.synth.write import about

    if not 0 < args.n <= MOST:
        raise misused(args, f"--n 要在 1 到 {MOST} 之间", f"--n is from 1 to {MOST}")
    dirty = _share(args.dirty)
    if dirty is None:
        raise misused(args, "--dirty 写 0 到 100% 的比例，如 1%", "--dirty is a share from 0 to 100%, such as 1%")
    policy = load(args.policy)
    policy.synth(args.n, args.output, args.seed, dirty)
    if args.format == "json":
        write_json(about(Population(policy.program, args.n, args.seed, dirty)))
    elif args.lang == "en":
        write(f"{args.n} made-up enterprises (seed {args.seed}) are in {args.output}.")
    else:
        write(f"造好了 {args.n} 户虚构的企业（种子 {args.seed}），写在 {args.output}。")
    return FINE


def _share(given: str) -> int | None:
    """Of how many in a million; None for what is no share."""
    from fayan_runtime.ir import Type
    from fayan_runtime.one_value import Refused, number

    try:
        return int(number(given, Type(kind="number", shown="%")) * 1_000_000)
    except Refused:
        return None
