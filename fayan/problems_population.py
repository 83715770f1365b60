"""What can be wrong with deciding a population, beyond its tables: FY734x."""

from __future__ import annotations

from typing import ClassVar

from fayan_dsl.problem import Problem, Term


class UnknownOutput(Problem):
    code: ClassVar[str] = "FY7341"
    name: ClassVar[str] = "unknown-output-format"
    zh: ClassVar[str] = "看不出「{path}」要写成什么"
    en: ClassVar[str] = "what “{path}” is to be written as cannot be told from its name"
    help_zh: ClassVar[str] = (
        "名字以 .xlsx（工作簿）、.html（网页）、.csv、.parquet、.jsonl 结尾；没有后缀的是 Parquet 的文件夹，名字以 .csv/ 结尾的是 CSV 的文件夹。"
    )
    help_en: ClassVar[str] = (
        "End its name in .xlsx, .html, .csv, .parquet or .jsonl; a name without a suffix is a folder of Parquet, one that ends in .csv/ a folder of CSV."
    )

    path: str


class OutputThere(Problem):
    code: ClassVar[str] = "FY7342"
    name: ClassVar[str] = "output-folder-exists"
    zh: ClassVar[str] = "文件夹「{path}」里已经有东西，不往里写"
    en: ClassVar[str] = "the folder “{path}” is not empty, so nothing is written to it"
    help_zh: ClassVar[str] = "换一个名字，或者先把它移走；接着没有做完的一次运行，用 --resume。"
    help_en: ClassVar[str] = (
        "Choose another name or move it away first; to go on with a run that did not finish, use --resume."
    )

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
