"""FY50xx: other documents that a policy refers to (引用)."""

from __future__ import annotations

from fayan_compiler.problems.names import Unknown
from fayan_dsl.problem import Problem, Term


class UnknownDocument(Problem):
    code = "FY5001"
    name = "unknown-document"
    zh = "文库里没有文号是“{word}”的文件。"
    en = "No document in the library has the number “{word}”."
    help_zh = "{hint}文件放在政策文件旁边的 upstream 文件夹里，“文号”要写得一样。"
    help_en = "{hint} A document lies in the folder upstream beside the policy, with this very number in its header."
    word: str
    hint: Term


class NumberTwice(Problem):
    """Two files of the library have the number that is referred to."""

    code = "FY5002"
    name = "document-number-twice"
    zh = "文库里有两个文件的文号都是“{number}”：{files}。"
    en = "Two files of the library have the number “{number}”: {files}."
    help_zh = "留下一个，或者改正文号。"
    help_en = "Keep one of them, or correct its number."
    number: str
    files: str


class NoVersionInForce(Problem):
    code = "FY5003"
    name = "no-version-in-force"
    zh = "“{number}”在 {on} 没有有效的版本。"
    en = "No version of “{number}” is in force on {on}."
    help_zh = "文库里有：{known}。"
    help_en = "The library has: {known}."
    number: str
    on: str
    known: str


class ImportCycle(Problem):
    code = "FY5004"
    name = "import-cycle"
    zh = "文件之间的引用绕回了自己：{cycle}。"
    en = "The references between documents lead back to themselves: {cycle}."
    help_zh = "去掉其中一处引用；两份文件都要用的定义，写到第三份文件里。"
    help_en = "Remove one of them; put what both need into a third document."
    cycle: str


class NothingToTake(Unknown):
    code = "FY5005"
    name = "nothing-to-take"
    zh = "“{number}”里没有“{word}”{times}。"
    en = "“{number}” declares no “{word}”{times}."
    number: str


class FactNotHere(Problem):
    """What is taken looks at a fact that the policy does not have."""

    code = "FY5006"
    name = "fact-not-taken"
    zh = "“{word}”要看事实“{facts}”，本文件没有。"
    en = "“{word}” looks at {facts}, which this policy does not have."
    help_zh = "在“取用”里写上“{facts}”，或者在“事实”里声明。"
    help_en = "Add {facts} to the line 取用, or declare it under 事实."
    word: str
    facts: str


class Unlike(Problem):
    """A fact or type that both documents declare, and not alike."""

    code = "FY5007"
    name = "declared-otherwise"
    zh = "“{word}”本文件和“{number}”声明得不一样。"
    en = "“{word}” is not declared alike here and in “{number}”."
    help_zh = "把本文件的声明改得一样，或者删去，从那份文件“取用”。"
    help_en = "Make the declaration here the same, or delete it and take that of the other document."
    word: str
    number: str


class CannotRename(Problem):
    code = "FY5008"
    name = "cannot-rename"
    zh = "“{word}”取用时不能改名。"
    en = "“{word}” cannot be renamed when it is taken."
    help_zh = "只有定义可以用“作”改名；类型、事实照原名用，规则只能在“见”里提到。"
    help_en = "Only definitions are renamed by 作; types and facts keep their names."
    word: str


class LibraryTooLarge(Problem):
    """There are more files beside the policy than are looked through."""

    code = "FY5009"
    name = "library-too-large"
    zh = "{folder}里有 {found} 个 .pol 文件，最多查看 {limit} 个，没有去找引用的文件。"
    en = "There are {found} .pol files in {folder}; at most {limit} are looked through, so what is referred to was not sought."
    help_zh = "在政策文件旁边建 upstream 文件夹，里面只放引用的文件。"
    help_en = "Make a folder upstream beside the policy, with nothing in it but the documents referred to."
    folder: Term
    found: int
    limit: int


class DateNotSeen(Problem):
    """A date of the document that its header says has not been seen (未见)."""

    code = "FY5010"
    name = "date-not-seen"
    zh = "本文件的{word}没有见到，不能用它计算。"
    en = "The {word} of this document has not been seen; nothing can be computed with it."
    help_zh = "有了这个日期，先写进“政策”下面的{word}。"
    help_en = "When it is known, write it as {word} in the header."
    word: str
