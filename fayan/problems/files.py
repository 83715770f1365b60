"""What can be wrong with a file at the doors: it cannot be read, is no text, cannot be written."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class Unreadable(Problem):
    """The file cannot be opened: it is not there, it is a folder, it may not be read."""

    code = "FY7801"
    name = "unreadable-file"
    zh = "读不了文件「{path}」：{reason}"
    en = "cannot read the file “{path}”: {reason}"
    help_zh = "请核对路径，以及有没有读取的权限。"
    help_en = "Check the path and whether you may read it."

    path: str
    reason: Term


class NotUtf8(Problem):
    code = "FY7802"
    name = "not-utf8"
    zh = "文件「{path}」不是 UTF-8 编码：第 {line} 行有读不出的字节"
    en = "the file “{path}” is not UTF-8: line {line} has bytes that cannot be read"
    help_zh = "请用编辑器把文件另存为 UTF-8。"
    help_en = "Save the file as UTF-8 in your editor."

    path: str
    line: int


class NulInText(Problem):
    """UTF-8 allows for the character, but no text has one: a file of another kind, or one that was damaged."""

    code = "FY7814"
    name = "nul-in-text"
    zh = "文件「{path}」第 {line} 行有空字符（NUL），文本里不会有这个字符"
    en = "line {line} of the file “{path}” has the character NUL, which no text has"
    help_zh = "请核对给的是不是政策文件；是的话，用编辑器删去这个字符再保存。"
    help_en = "Check that this is the policy file; if it is, delete the character in your editor."

    path: str
    line: int


class LoneReturn(Problem):
    """CR without LF: the line ends of a system long gone, or of a file converted twice."""

    code = "FY7815"
    name = "lone-return"
    zh = "文件「{path}」第 {line} 行里有单独的回车符（CR），它不算换行"
    en = "line {line} of the file “{path}” has a carriage return (CR) alone, which ends no line"
    help_zh = "请用编辑器把换行符改成 LF 或 CRLF 再保存。"
    help_en = "Save the file with LF or CRLF as line ends in your editor."

    path: str
    line: int


class FilesSwapped(Problem):
    """The policy is given where the facts belong, and the facts where the policy does."""

    code = "FY7813"
    name = "files-swapped"
    zh = "两个文件像是放反了：“{policy}”是事实，“{facts}”是政策"
    en = "the two files look swapped: “{policy}” holds facts, “{facts}” is a policy"
    help_zh = "写成 fayan eval {facts} --facts {policy}。"
    help_en = "Write fayan eval {facts} --facts {policy}."

    policy: str
    facts: str


class TooLarge(Problem):
    code = "FY7803"
    name = "policy-file-too-large"
    zh = "文件「{path}」超过 {limit} MiB，不像是一份政策"
    en = "the file “{path}” is larger than {limit} MiB, which no policy is"
    help_zh = "请核对路径，给出政策文件本身。"
    help_en = "Check the path and give the policy file itself."

    path: str
    limit: int


class Unwritable(Problem):
    code = "FY7820"
    name = "unwritable-file"
    zh = "改不了文件「{path}」：{reason}"
    en = "cannot write the file “{path}”: {reason}"
    help_zh = "文件没有改动。请核对有没有改写它和它所在文件夹的权限。"
    help_en = "The file is as it was. Check whether you may write it and the folder it is in."

    path: str
    reason: Term


def why_unreadable(error: Exception) -> Term:
    """Why the system would not give a file, in words."""
    match error:
        case FileNotFoundError():
            return Term("没有这个文件", "there is no such file")
        case IsADirectoryError():
            return Term("这是一个文件夹", "this is a folder")
        case PermissionError():
            return Term("没有读取的权限", "you may not read it")
        case TypeError() | ValueError() if not error.args:
            return Term("没有写是哪个文件", "no file is named")
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
