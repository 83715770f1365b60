"""What can be wrong when the version of a policy that holds on a day is asked for."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class NoneInForce(Problem):
    code = "FY7851"
    name = "none-in-force"
    zh = "{day}没有一版有效"
    en = "no version is in force on {day}"
    help_zh = "给出的有：{known}。换一天，或者把那一天有效的文件也写上。"
    help_en = "Given are: {known}. Choose another day, or give the document of that day too."

    day: Term
    known: Term


class NotKnownInForce(Problem):
    """A day on which a version begins or ends was not seen, or two took effect on one day."""

    code = "FY7852"
    name = "in-force-not-known"
    zh = "{day}有效的是哪一版，断定不了：{why}"
    en = "which version is in force on {day} cannot be told: {why}"
    help_zh = "查到日期，在文件头写上“施行日期”；各版：{known}。"
    help_en = "Find the date and write 施行日期 into the header; the versions: {known}."

    day: Term
    why: Term
    known: Term


class GivenTwice(Problem):
    """Two files have one document number: the same file, or two drafts of it."""

    code = "FY7854"
    name = "given-twice"
    zh = "{first}和{second}是同一份文件（{number}），按日期分不出先后"
    en = "{first} and {second} are one document ({number}); no day tells them apart"
    help_zh = "每份文件只写一次；同一文号的两稿，用 fayan diff 比较。"
    help_en = "Give each document once; compare two drafts of one number with fayan diff."

    first: str
    second: str
    number: str


class NotOnePolicy(Problem):
    code = "FY7853"
    name = "not-one-policy"
    zh = "“{number}”和前面的文件看不出是同一政策的几版"
    en = "nothing shows that “{number}” is a version of the same policy as the files before it"
    help_zh = "后一版的文件头用“废止 文号”或者“前版 文号”写明它接替哪一份；不相干的文件分开写。"
    help_en = "The header of the later version says with 废止 or 前版 which document it takes the place of; ask about others apart."

    number: str
