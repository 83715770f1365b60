"""What can be wrong with deciding a population, beyond its tables: FY734x and FY735x."""

from __future__ import annotations

from typing import ClassVar

from fayan.problems.given import NOTHING_MORE
from fayan_dsl.problem import Problem, Term


class UnknownOutput(Problem):
    code: ClassVar[str] = "FY7341"
    name: ClassVar[str] = "unknown-output-format"
    zh: ClassVar[str] = "「{path}」这样的文件，这里写不了"
    en: ClassVar[str] = "files like “{path}” are not written here"
    help_zh: ClassVar[str] = "{ways}"
    help_en: ClassVar[str] = "{ways}"

    path: str
    #: What names there may be, and what is written under them.
    ways: Term


class OutputThere(Problem):
    code: ClassVar[str] = "FY7342"
    name: ClassVar[str] = "output-folder-exists"
    zh: ClassVar[str] = "「{path}」已经有了，不覆盖，也不往里写"
    en: ClassVar[str] = "“{path}” is there already, so nothing is written to it"
    help_zh: ClassVar[str] = "换一个名字，或者先把它移走。{resume}"
    help_en: ClassVar[str] = "Choose another name or move it away first.{resume}"

    path: str
    #: How to go on, of what can be gone on with.
    resume: Term = NOTHING_MORE


class OutputIsInput(Problem):
    code: ClassVar[str] = "FY7349"
    name: ClassVar[str] = "output-is-input"
    zh: ClassVar[str] = "「{path}」是要读的表，不能把结果写在上面"
    en: ClassVar[str] = "“{path}” is a table to be read; the results cannot be written over it"
    help_zh: ClassVar[str] = "结果换一个名字。"
    help_en: ClassVar[str] = "Choose another name for the results."

    path: str


class TooManyRows(Problem):
    code: ClassVar[str] = "FY7343"
    name: ClassVar[str] = "too-many-rows-for-a-workbook"
    zh: ClassVar[str] = "“{sheet}”有 {count} 行，一张工作表最多 {limit} 行"
    en: ClassVar[str] = "“{sheet}” has {count} rows; a worksheet takes at most {limit}"
    help_zh: ClassVar[str] = "改写成 Parquet 或者 CSV：-o 结果，或者 -o 结果.csv/。"
    help_en: ClassVar[str] = "Write Parquet or CSV instead: -o result, or -o result.csv/."

    sheet: str
    count: int
    limit: int


class NotWritten(Problem):
    code: ClassVar[str] = "FY7344"
    name: ClassVar[str] = "output-not-written"
    zh: ClassVar[str] = "写不了「{path}」：{reason}"
    en: ClassVar[str] = "cannot write “{path}”: {reason}"
    help_zh: ClassVar[str] = "请核对所在的文件夹在不在、能不能写、有没有空间；没有留下写了一半的东西。"
    help_en: ClassVar[str] = (
        "Check that its folder is there, may be written to and has room; nothing half-written is left."
    )

    path: str
    reason: Term


class NothingToResume(Problem):
    code: ClassVar[str] = "FY7346"
    name: ClassVar[str] = "nothing-to-resume"
    zh: ClassVar[str] = "这样的运行不分段，没有做到一半的可以接着算"
    en: ClassVar[str] = "a run like this is not made part by part, so there is nothing to go on with"
    help_zh: ClassVar[str] = (
        "输入是分区的文件夹、头一个输出是 Parquet 的文件夹（如 -o 结果）的，才用 --resume；别的从头算，不会留下写了一半的东西。"
    )
    help_en: ClassVar[str] = (
        "Use --resume where the input is a folder of parts and the first output a folder of Parquet, as in -o result; anything else starts anew and leaves nothing half-written."
    )


class NotTheSameRun(Problem):
    code: ClassVar[str] = "FY7347"
    name: ClassVar[str] = "not-the-same-run"
    zh: ClassVar[str] = "不能接着「{path}」算：那一次的{differs}和现在的不一样"
    en: ClassVar[str] = "cannot go on with “{path}”: it was run with other {differs}"
    help_zh: ClassVar[str] = "照那一次的写法再运行，或者换一个输出的名字从头算。"
    help_en: ClassVar[str] = "Run it as it was run then, or choose another output and start anew."

    path: str
    differs: Term


class InTwoParts(Problem):
    code: ClassVar[str] = "FY7348"
    name: ClassVar[str] = "enterprise-in-two-parts"
    zh: ClassVar[str] = "「{key}」的行分在两个分区里：{first}、{second}（这样的企业共 {count} 家）"
    en: ClassVar[str] = "“{key}” has rows in two parts: {first} and {second} (enterprises like that: {count})"
    help_zh: ClassVar[str] = "一家企业的各表要放在同一个分区里，否则每处都只凭一部分事实判定。"
    help_en: ClassVar[str] = (
        "Keep all tables of an enterprise in one part; otherwise each decides on half of its facts."
    )

    key: str
    #: Where rows of it stand: part and table.
    first: str
    second: str
    count: int


class EngineMissing(Problem):
    code: ClassVar[str] = "FY7351"
    name: ClassVar[str] = "engine-missing"
    zh: ClassVar[str] = "不能用 Spark 判定：{reason}"
    en: ClassVar[str] = "Spark cannot decide this: {reason}"
    help_zh: ClassVar[str] = (
        "要有 Java 17 以上和 PySpark（pip install 'fayan[spark]'）。--engine duckdb 不用装别的，结果一样。"
    )
    help_en: ClassVar[str] = (
        "It takes Java 17 or later and PySpark (pip install 'fayan[spark]'). --engine duckdb needs nothing more and gives the same."
    )

    reason: Term


class NotDecided(Problem):
    code: ClassVar[str] = "FY7345"
    name: ClassVar[str] = "no-such-enterprise"
    zh: ClassVar[str] = "判定过的企业里没有「{key}」"
    en: ClassVar[str] = "“{key}” is not among the enterprises that were decided"
    help_zh: ClassVar[str] = "写统一社会信用代码；有一行退回的企业没有判定，见退回清单。"
    help_en: ClassVar[str] = (
        "Give the unified social credit code; an enterprise with a rejected row was not decided, see the rejects."
    )

    key: str
