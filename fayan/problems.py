"""What can be wrong at the doors: files, arguments, choices. An argument is shown like a source, with carets under it."""

from __future__ import annotations

from typing import ClassVar

from fayan_dsl.problem import Problem, Term
from fayan_dsl.source import Source, Span

NOTHING_MORE = Term("", "")


def whole(name: str, text: str) -> tuple[Source, Span]:
    """A short text as a source of its own, and the span of all of it."""
    return Source(name, text), Span(0, len(text))


def tail(text: str, part: str) -> tuple[Source, Span]:
    """What was given at a door (``--reading R5.2=x``) as a source, and the span of its last ``part``."""
    return Source("命令行" if text.startswith("-") else "调用", text), Span(len(text) - len(part), len(text))


def command_line(given: list[str]) -> tuple[Source, Span]:
    """The whole command as a source."""
    return whole("命令行", " ".join(["fayan", *given]).replace("\n", " "))


class Unreadable(Problem):
    """The file cannot be opened: it is not there, it is a folder, it may not be read."""

    code: ClassVar[str] = "FY7801"
    name: ClassVar[str] = "unreadable-file"
    zh: ClassVar[str] = "读不了文件「{path}」：{reason}"
    en: ClassVar[str] = "cannot read the file “{path}”: {reason}"
    help_zh: ClassVar[str] = "请核对路径，以及有没有读取的权限。"
    help_en: ClassVar[str] = "Check the path and whether you may read it."

    path: str
    reason: Term


class NotUtf8(Problem):
    code: ClassVar[str] = "FY7802"
    name: ClassVar[str] = "not-utf8"
    zh: ClassVar[str] = "文件「{path}」不是 UTF-8 编码：第 {line} 行有读不出的字节"
    en: ClassVar[str] = "the file “{path}” is not UTF-8: line {line} has bytes that cannot be read"
    help_zh: ClassVar[str] = "请用编辑器把文件另存为 UTF-8。"
    help_en: ClassVar[str] = "Save the file as UTF-8 in your editor."

    path: str
    line: int


class NulInText(Problem):
    """UTF-8 allows for the character, but no text has one: a file of another kind, or one that was damaged."""

    code: ClassVar[str] = "FY7814"
    name: ClassVar[str] = "nul-in-text"
    zh: ClassVar[str] = "文件「{path}」第 {line} 行有空字符（NUL），文本里不会有这个字符"
    en: ClassVar[str] = "line {line} of the file “{path}” has the character NUL, which no text has"
    help_zh: ClassVar[str] = "请核对给的是不是政策文件；是的话，用编辑器删去这个字符再保存。"
    help_en: ClassVar[str] = "Check that this is the policy file; if it is, delete the character in your editor."

    path: str
    line: int


class LoneReturn(Problem):
    """CR without LF: the line ends of a system long gone, or of a file converted twice."""

    code: ClassVar[str] = "FY7815"
    name: ClassVar[str] = "lone-return"
    zh: ClassVar[str] = "文件「{path}」第 {line} 行里有单独的回车符（CR），它不算换行"
    en: ClassVar[str] = "line {line} of the file “{path}” has a carriage return (CR) alone, which ends no line"
    help_zh: ClassVar[str] = "请用编辑器把换行符改成 LF 或 CRLF 再保存。"
    help_en: ClassVar[str] = "Save the file with LF or CRLF as line ends in your editor."

    path: str
    line: int


class FilesSwapped(Problem):
    """The policy is given where the facts belong, and the facts where the policy does."""

    code: ClassVar[str] = "FY7813"
    name: ClassVar[str] = "files-swapped"
    zh: ClassVar[str] = "两个文件像是放反了：“{policy}”是事实，“{facts}”是政策"
    en: ClassVar[str] = "the two files look swapped: “{policy}” holds facts, “{facts}” is a policy"
    help_zh: ClassVar[str] = "写成 fayan eval {facts} --facts {policy}。"
    help_en: ClassVar[str] = "Write fayan eval {facts} --facts {policy}."

    policy: str
    facts: str


class TooLarge(Problem):
    code: ClassVar[str] = "FY7803"
    name: ClassVar[str] = "policy-file-too-large"
    zh: ClassVar[str] = "文件「{path}」超过 {limit} MiB，不像是一份政策"
    en: ClassVar[str] = "the file “{path}” is larger than {limit} MiB, which no policy is"
    help_zh: ClassVar[str] = "请核对路径，给出政策文件本身。"
    help_en: ClassVar[str] = "Check the path and give the policy file itself."

    path: str
    limit: int


class BadDate(Problem):
    code: ClassVar[str] = "FY7804"
    name: ClassVar[str] = "bad-assessment-date"
    zh: ClassVar[str] = "「{given}」不是日历上的日期"
    en: ClassVar[str] = "“{given}” is not a date of the calendar"
    help_zh: ClassVar[str] = "日期写作 2025-06-30 或 2025年6月30日。"
    help_en: ClassVar[str] = "Write a date as 2025-06-30 or 2025年6月30日."

    given: str


class MalformedReading(Problem):
    code: ClassVar[str] = "FY7805"
    name: ClassVar[str] = "malformed-reading"
    zh: ClassVar[str] = "「{given}」不是口径的选择"
    en: ClassVar[str] = "“{given}” does not choose a reading"
    help_zh: ClassVar[str] = "写作“口径编号=选项”，如 R5.2=b。{again}"
    help_en: ClassVar[str] = "Write the reading's number and the option, as in R5.2=b.{again}"

    given: str
    again: Term = NOTHING_MORE


class UnknownReading(Problem):
    code: ClassVar[str] = "FY7806"
    name: ClassVar[str] = "no-such-reading"
    zh: ClassVar[str] = "这份政策没有口径「{given}」"
    en: ClassVar[str] = "this policy has no reading “{given}”"
    help_zh: ClassVar[str] = "可选的口径有：{known}。"
    help_en: ClassVar[str] = "The readings to choose from are: {known}."

    given: str
    known: str


class UnknownOption(Problem):
    code: ClassVar[str] = "FY7807"
    name: ClassVar[str] = "no-such-option"
    zh: ClassVar[str] = "口径 {reading} 没有选项「{given}」"
    en: ClassVar[str] = "reading {reading} has no option “{given}”"
    help_zh: ClassVar[str] = "{reading}（{question}）可选：{known}。"
    help_en: ClassVar[str] = "{reading} ({question}) has the options: {known}."

    reading: str
    question: str
    given: str
    known: str


class UncomputedReading(Problem):
    code: ClassVar[str] = "FY7808"
    name: ClassVar[str] = "uncomputed-reading"
    zh: ClassVar[str] = "口径 {reading} 只列明，不参与计算，不能选择"
    en: ClassVar[str] = "reading {reading} is declared but not computed, so it cannot be chosen"
    help_zh: ClassVar[str] = "不计算的理由：{reason}"
    help_en: ClassVar[str] = "Why it is not computed: {reason}"

    reading: str
    reason: str


class ReadingTwice(Problem):
    code: ClassVar[str] = "FY7809"
    name: ClassVar[str] = "reading-chosen-twice"
    zh: ClassVar[str] = "口径 {reading} 选了两次"
    en: ClassVar[str] = "reading {reading} is chosen twice"
    help_zh: ClassVar[str] = "一次判定中每个口径只能取一个选项，请删去一处。"
    help_en: ClassVar[str] = "One decision takes one option of each reading; remove one of the two."

    reading: str


class UnknownMeasure(Problem):
    code: ClassVar[str] = "FY7810"
    name: ClassVar[str] = "no-such-measure"
    zh: ClassVar[str] = "这份政策没有措施「{given}」"
    en: ClassVar[str] = "this policy has no measure “{given}”"
    help_zh: ClassVar[str] = "写措施的数字编号；这份政策有：{known}。{again}"
    help_en: ClassVar[str] = "Give a measure's number; this policy has: {known}.{again}"

    given: str
    known: str
    again: Term = NOTHING_MORE


class NoSuchPage(Problem):
    code: ClassVar[str] = "FY7812"
    name: ClassVar[str] = "no-such-page"
    zh: ClassVar[str] = "没有代码或名称是「{given}」的说明"
    en: ClassVar[str] = "there is no page about “{given}”"
    help_zh: ClassVar[str] = "代码写作 FY3101，名称写作 unit-mismatch；fayan help 列出全部。"
    help_en: ClassVar[str] = "Write a code as FY3101 or a name as unit-mismatch; fayan help lists them all."

    given: str


class WrongUsage(Problem):
    code: ClassVar[str] = "FY7811"
    name: ClassVar[str] = "wrong-usage"
    zh: ClassVar[str] = "命令写得不对：{detail}"
    en: ClassVar[str] = "the command is not written correctly: {detail}"
    help_zh: ClassVar[str] = "{meant}用法见 {command} --help。"
    help_en: ClassVar[str] = "{meant}See {command} --help."

    detail: Term
    command: str
    meant: Term = NOTHING_MORE


class Unwritable(Problem):
    code: ClassVar[str] = "FY7820"
    name: ClassVar[str] = "unwritable-file"
    zh: ClassVar[str] = "改不了文件「{path}」：{reason}"
    en: ClassVar[str] = "cannot write the file “{path}”: {reason}"
    help_zh: ClassVar[str] = "文件没有改动。请核对有没有改写它和它所在文件夹的权限。"
    help_en: ClassVar[str] = "The file is as it was. Check whether you may write it and the folder it is in."

    path: str
    reason: Term


class OurFault(Problem):
    code: ClassVar[str] = "FY9001"
    name: ClassVar[str] = "internal-error"
    zh: ClassVar[str] = "法言自身出了错（{kind}），不是您的文件的问题"
    en: ClassVar[str] = "fayan itself failed ({kind}); your files are not to blame"
    help_zh: ClassVar[str] = "请把所用的命令和文件告诉开发者；设环境变量 FAYAN_DEBUG=1 再运行可看到细节。"
    help_en: ClassVar[str] = (
        "Please tell the developers the command and files; run again with FAYAN_DEBUG=1 to see details."
    )

    kind: str


def why_unreadable(error: Exception) -> Term:
    """Why the system would not give a file, in words."""
    match error:
        case FileNotFoundError():
            return Term("没有这个文件", "there is no such file")
        case IsADirectoryError():
            return Term("这是一个文件夹", "this is a folder")
        case PermissionError():
            return Term("没有读取的权限", "you may not read it")
        case TypeError():
            return Term("这不是文件的路径", "this is no path of a file")
        case _:
            return Term(f"系统报告 {error}", f"the system says {error}")


def why_unwritable(error: OSError) -> Term:
    """Why the system would not take a file, in words."""
    if isinstance(error, PermissionError):
        return Term("没有改写的权限", "you may not write it")
    if isinstance(error, FileNotFoundError):
        return Term("没有这个文件夹", "there is no such folder")
    return Term(f"系统报告 {error.strerror}", f"the system says {error.strerror}")
