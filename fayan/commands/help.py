"""``fayan help``: the page about one problem, by its code or name; without one, what there is."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, write, write_json
from fayan.commands.parser import Parser

NAME = "help"
HELP = "说明一个错误代码：怎么回事、怎么改、一个例子", "explain a code: what is wrong, how to mend it, an example"
FORMATS = ("text", "json")


def options(parser: Parser) -> None:
    parser.add(
        "code",
        metavar="CODE",
        nargs="?",
        zh="代码或名称，如 FY3101、unit-mismatch；缺省列出全部",
        en="a code or a name, such as FY3101 or unit-mismatch; without one, all are listed",
    )


def run(args: argparse.Namespace) -> int:
    from fayan.messages.pages import find, pages

    if args.code is None:
        known = pages()
        if args.format == "json":
            write_json({"schema": "fayan.help/1", "pages": [{"code": p.code, "name": p.name} for p in known]})
        else:
            write("\n".join(f"{page.code}  {page.name:<28}  {page.lead(args.lang)}" for page in known))
        return FINE
    page = find(args.code)
    if args.format == "json":
        write_json({"schema": "fayan.help/1", "code": page.code, "name": page.name, "text": page.text})
    else:
        write(page.text)
    return FINE
