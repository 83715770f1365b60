"""What can be wrong with the words of a command or a call: dates, readings, measures, options."""

from __future__ import annotations

from typing import ClassVar

from fayan.problems.given import NOTHING_MORE
from fayan_dsl.problem import Problem, Term


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
