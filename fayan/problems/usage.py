"""What can be wrong with the words of a command or a call: dates, readings, measures, options."""

from __future__ import annotations

from fayan.problems.given import NOTHING_MORE
from fayan_dsl.problem import Problem, Term


class BadDate(Problem):
    code = "FY7804"
    name = "bad-assessment-date"
    zh = "「{given}」不是日历上的日期"
    en = "“{given}” is not a date of the calendar"
    help_zh = "日期写作 2025-06-30 或 2025年6月30日。"
    help_en = "Write a date as 2025-06-30 or 2025年6月30日."

    given: str


class MalformedReading(Problem):
    code = "FY7805"
    name = "malformed-reading"
    zh = "「{given}」不是口径的选择"
    en = "“{given}” does not choose a reading"
    help_zh = "写作“口径编号=选项”，如 R5.2=b。{again}"
    help_en = "Write the reading's number and the option, as in R5.2=b.{again}"

    given: str
    again: Term = NOTHING_MORE


class UnknownReading(Problem):
    code = "FY7806"
    name = "no-such-reading"
    zh = "这份政策没有口径「{given}」"
    en = "this policy has no reading “{given}”"
    help_zh = "可选的口径有：{known}。"
    help_en = "The readings to choose from are: {known}."

    given: str
    known: str


class UnknownOption(Problem):
    code = "FY7807"
    name = "no-such-option"
    zh = "口径 {reading} 没有选项「{given}」"
    en = "reading {reading} has no option “{given}”"
    help_zh = "{reading}（{question}）可选：{known}。"
    help_en = "{reading} ({question}) has the options: {known}."

    reading: str
    question: str
    given: str
    known: str


class UncomputedReading(Problem):
    code = "FY7808"
    name = "uncomputed-reading"
    zh = "口径 {reading} 只列明，不参与计算，不能选择"
    en = "reading {reading} is declared but not computed, so it cannot be chosen"
    help_zh = "不计算的理由：{reason}"
    help_en = "Why it is not computed: {reason}"

    reading: str
    reason: str


class ReadingTwice(Problem):
    code = "FY7809"
    name = "reading-chosen-twice"
    zh = "口径 {reading} 选了两次"
    en = "reading {reading} is chosen twice"
    help_zh = "一次判定中每个口径只能取一个选项，请删去一处。"
    help_en = "One decision takes one option of each reading; remove one of the two."

    reading: str


class UnknownMeasure(Problem):
    code = "FY7810"
    name = "no-such-measure"
    zh = "这份政策没有措施「{given}」"
    en = "this policy has no measure “{given}”"
    help_zh = "写措施的数字编号；这份政策有：{known}。{again}"
    help_en = "Give a measure's number; this policy has: {known}.{again}"

    given: str
    known: str
    again: Term = NOTHING_MORE


class NoSuchPage(Problem):
    code = "FY7812"
    name = "no-such-page"
    zh = "没有代码或名称是「{given}」的说明"
    en = "there is no page about “{given}”"
    help_zh = "代码写作 FY3101，名称写作 unit-mismatch；fayan help 列出全部。"
    help_en = "Write a code as FY3101 or a name as unit-mismatch; fayan help lists them all."

    given: str


class WrongUsage(Problem):
    code = "FY7811"
    name = "wrong-usage"
    zh = "命令写得不对：{detail}"
    en = "the command is not written correctly: {detail}"
    help_zh = "{meant}用法见 {command} --help。"
    help_en = "{meant}See {command} --help."

    detail: Term
    command: str
    meant: Term = NOTHING_MORE


class OurFault(Problem):
    code = "FY9001"
    name = "internal-error"
    zh = "法言自身出了错（{kind}），不是您的文件的问题"
    en = "fayan itself failed ({kind}); your files are not to blame"
    help_zh = "请把所用的命令和文件告诉开发者；设环境变量 FAYAN_DEBUG=1 再运行可看到细节。"
    help_en = "Please tell the developers the command and files; run again with FAYAN_DEBUG=1 to see details."

    kind: str
