"""argparse in Chinese or English: what the verbs say of themselves stands once, in both languages, where it is declared."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

#: What stands for a value, in Chinese.
VALUES = {
    "COMMAND": "命令",
    "POLICY": "政策",
    "FILE": "文件",
    "FILE.xlsx": "文件.xlsx",
    "DIR": "文件夹",
    "DATE": "日期",
    "ID=OPTION": "口径=读法",
    "OLD NEW": "旧版 新版",
    "TABLES": "表",
    "INPUT": "输入",
    "OUTPUT": "输出",
    "KEY": "信用代码",
    "CODE": "代码",
    "SHARE": "比例",
}


class Usage(Exception):
    """What argparse refuses, and for which command."""


class Once(argparse.Action):
    """An option of which only one can count."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            raise argparse.ArgumentError(self, "given twice")
        setattr(namespace, self.dest, values)


_HEADINGS = {"positional arguments": "要写的", "options": "选项"}
#: An argument, the gap, and what it is for.
_COLUMNS = re.compile(r"^(  +\S.*?)( {2,})(?=\S)", re.MULTILINE)


class _Chinese(argparse.HelpFormatter):
    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def format_help(self) -> str:
        """A Chinese character is as wide as two: the gap after it is that much smaller."""

        def level(columns: re.Match[str]) -> str:
            from fayan_dsl.source import cells  # a version has no columns, and waits for nothing

            wider = cells(columns[1]) - len(columns[1])
            return columns[1] + " " * max(2, len(columns[2]) - wider)

        return _COLUMNS.sub(level, super().format_help())

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    def __init__(self, *, language: str, **settings: Any) -> None:
        formatter = _Chinese if language == "zh" else argparse.HelpFormatter
        super().__init__(formatter_class=formatter, add_help=False, **settings)
        self.language = language

    def both(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def called(self, value: str) -> str:
        """What stands for a value, in the language of this parser."""
        return self.both(VALUES.get(value, value), value)

    def add(self, *names: str, zh: str, en: str, **settings: Any) -> None:
        """An argument, and what it is for."""
        if "metavar" in settings:
            settings["metavar"] = self.called(settings["metavar"])
        self.add_argument(*names, help=self.both(zh, en), **settings)

    def error(self, message: str) -> NoReturn:
        raise Usage(message, self.prog)
