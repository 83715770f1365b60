"""``fayan help``: the page about one problem, by its code or name; without one, what there is."""

from __future__ import annotations

import argparse

from fayan.commands.common import FINE, write, write_json

NAME = "help"
HELP = "说明一个错误代码：怎么回事、怎么改、一个例子"
FORMATS = ("text", "json")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help="代码或名称，如 FY3101、unit-mismatch；缺省列出全部")


def run(args: argparse.Namespace) -> int:
    from fayan.messages.pages import find, pages

    if args.code is None:
        known = pages()
        if args.format == "json":
            write_json({"schema": "fayan.help/1", "pages": [{"code": p.code, "name": p.name} for p in known]})
        else:
            write("\n".join(f"{page.code}  {page.name:<28}  {page.lead}" for page in known))
        return FINE
    page = find(args.code)
    if args.format == "json":
        write_json({"schema": "fayan.help/1", "code": page.code, "name": page.name, "text": page.text})
    else:
        write(page.text)
    return FINE
