"""What can be wrong when the version of a policy that holds on a day is asked for."""

from __future__ import annotations

from typing import ClassVar

from fayan_dsl.problem import Problem, Term


class NoneInForce(Problem):
    code: ClassVar[str] = "FY7851"
    name: ClassVar[str] = "none-in-force"
    zh: ClassVar[str] = "{day}没有一版有效"
    en: ClassVar[str] = "no version is in force on {day}"
    help_zh: ClassVar[str] = "给出的有：{known}。换一天，或者把那一天有效的文件也写上。"
    help_en: ClassVar[str] = "Given are: {known}. Choose another day, or give the document of that day too."

    day: Term
    known: Term


class NotKnownInForce(Problem):
    """A day on which a version begins or ends was not seen, or two took effect on one day."""

    code: ClassVar[str] = "FY7852"
    name: ClassVar[str] = "in-force-not-known"
    zh: ClassVar[str] = "{day}有效的是哪一版，断定不了：{why}"
    en: ClassVar[str] = "which version is in force on {day} cannot be told: {why}"
    help_zh: ClassVar[str] = "查到日期，在文件头写上“施行日期”；各版：{known}。"
    help_en: ClassVar[str] = "Find the date and write 施行日期 into the header; the versions: {known}."

    day: Term
    why: Term
    known: Term


class GivenTwice(Problem):
    """Two files have one document number: the same file, or two drafts of it."""

    code: ClassVar[str] = "FY7854"
    name: ClassVar[str] = "given-twice"
    zh: ClassVar[str] = "{first}和{second}是同一份文件（{number}），按日期分不出先后"
    en: ClassVar[str] = "{first} and {second} are one document ({number}); no day tells them apart"
    help_zh: ClassVar[str] = "每份文件只写一次；同一文号的两稿，用 fayan diff 比较。"
    help_en: ClassVar[str] = "Give each document once; compare two drafts of one number with fayan diff."

    first: str
    second: str
    number: str


class NotOnePolicy(Problem):
    code: ClassVar[str] = "FY7853"
    name: ClassVar[str] = "not-one-policy"
    zh: ClassVar[str] = "“{number}”和前面的文件看不出是同一政策的几版"
    en: ClassVar[str] = "nothing shows that “{number}” is a version of the same policy as the files before it"
    help_zh: ClassVar[str] = "后一版的文件头用“废止 文号”或者“前版 文号”写明它接替哪一份；不相干的文件分开写。"
    help_en: ClassVar[str] = (
        "The header of the later version says with 废止 or 前版 which document it takes the place of; ask about others apart."
    )

    number: str
