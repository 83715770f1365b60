"""What can be wrong with deciding a population, beyond its tables: FY734x and FY735x."""

from __future__ import annotations

from fayan.problems.given import NOTHING_MORE
from fayan_dsl.problem import Problem, Term


class UnknownOutput(Problem):
    code = "FY7341"
    name = "unknown-output-format"
    zh = "「{path}」这样的文件，这里写不了"
    en = "files like “{path}” are not written here"
    help_zh = "{ways}"
    help_en = "{ways}"

    path: str
    #: What names there may be, and what is written under them.
    ways: Term


class OutputThere(Problem):
    code = "FY7342"
    name = "output-folder-exists"
    zh = "「{path}」已经有了，不覆盖，也不往里写"
    en = "“{path}” is there already, so nothing is written to it"
    help_zh = "换一个名字，或者先把它移走。{resume}"
    help_en = "Choose another name or move it away first.{resume}"

    path: str
    #: How to go on, of what can be gone on with.
    resume: Term = NOTHING_MORE


class OutputIsInput(Problem):
    code = "FY7349"
    name = "output-is-input"
    zh = "「{path}」是要读的表，不能把结果写在上面"
    en = "“{path}” is a table to be read; the results cannot be written over it"
    help_zh = "结果换一个名字。"
    help_en = "Choose another name for the results."

    path: str


class TooManyRows(Problem):
    code = "FY7343"
    name = "too-many-rows-for-a-workbook"
    zh = "“{sheet}”有 {count} 行，一张工作表最多 {limit} 行"
    en = "“{sheet}” has {count} rows; a worksheet takes at most {limit}"
    help_zh = "改写成 Parquet 或者 CSV：-o 结果，或者 -o 结果.csv/。"
    help_en = "Write Parquet or CSV instead: -o result, or -o result.csv/."

    sheet: str
    count: int
    limit: int


class NotWritten(Problem):
    code = "FY7344"
    name = "output-not-written"
    zh = "写不了「{path}」：{reason}"
    en = "cannot write “{path}”: {reason}"
    help_zh = "请核对所在的文件夹在不在、能不能写、有没有空间；没有留下写了一半的东西。"
    help_en = "Check that its folder is there, may be written to and has room; nothing half-written is left."

    path: str
    reason: Term


class NothingToResume(Problem):
    code = "FY7346"
    name = "nothing-to-resume"
    zh = "这样的运行不分段，没有做到一半的可以接着算"
    en = "a run like this is not made part by part, so there is nothing to go on with"
    help_zh = "输入是分区的文件夹、头一个输出是 Parquet 的文件夹（如 -o 结果）的，才用 --resume；别的从头算，不会留下写了一半的东西。"
    help_en = "Use --resume where the input is a folder of parts and the first output a folder of Parquet, as in -o result; anything else starts anew and leaves nothing half-written."


class NotTheSameRun(Problem):
    code = "FY7347"
    name = "not-the-same-run"
    zh = "不能接着「{path}」算：那一次的{differs}和现在的不一样"
    en = "cannot go on with “{path}”: it was run with other {differs}"
    help_zh = "照那一次的写法再运行，或者换一个输出的名字从头算。"
    help_en = "Run it as it was run then, or choose another output and start anew."

    path: str
    differs: Term


class InTwoParts(Problem):
    code = "FY7348"
    name = "enterprise-in-two-parts"
    zh = "「{key}」的行分在两个分区里：{first}、{second}（这样的企业共 {count} 家）"
    en = "“{key}” has rows in two parts: {first} and {second} (enterprises like that: {count})"
    help_zh = "一家企业的各表要放在同一个分区里，否则每处都只凭一部分事实判定。"
    help_en = "Keep all tables of an enterprise in one part; otherwise each decides on half of its facts."

    key: str
    #: Where rows of it stand: part and table.
    first: str
    second: str
    count: int


class EngineMissing(Problem):
    code = "FY7351"
    name = "engine-missing"
    zh = "不能用 Spark 判定：{reason}"
    en = "Spark cannot decide this: {reason}"
    help_zh = "要有 Java 17 以上和 PySpark（pip install 'fayan[spark]'）。--engine duckdb 不用装别的，结果一样。"
    help_en = "It takes Java 17 or later and PySpark (pip install 'fayan[spark]'). --engine duckdb needs nothing more and gives the same."

    reason: Term


class NotDecided(Problem):
    code = "FY7345"
    name = "no-such-enterprise"
    zh = "判定过的企业里没有「{key}」"
    en = "“{key}” is not among the enterprises that were decided"
    help_zh = "写统一社会信用代码；有一行退回的企业没有判定，见退回清单。"
    help_en = "Give the unified social credit code; an enterprise with a rejected row was not decided, see the rejects."

    key: str
