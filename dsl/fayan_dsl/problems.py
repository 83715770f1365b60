"""Syntax problems, FY1001 to FY1099: each class is one cause."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class FileTooLarge(Problem):
    code = "FY1001"
    name = "file-too-large"
    zh = "文件有 {size} 个字符，超过了 {limit} 个的上限。"
    en = "The file has {size} characters; the limit is {limit}."
    help_zh = "把它分成几个文件。"
    help_en = "Split it into several files."
    size: int
    limit: int


class TooDeep(Problem):
    code = "FY1002"
    name = "too-deep"
    zh = "括号和缩进套得太深，超过了 {limit} 层的上限。"
    en = "Brackets and indentation are nested deeper than the limit of {limit}."
    help_zh = "把里层的内容另写成定义，再用它的名字。"
    help_en = "Write the inner part as a definition (定义) and use its name."
    limit: int


class TabIndent(Problem):
    code = "FY1003"
    name = "tab-indent"
    read_on = True
    zh = "行首的缩进用了制表符；缩进只用空格，每一层四个。"
    en = "A line is indented with a tab; indentation is made of spaces, four a level."
    help_zh = "把每个制表符换成四个空格（共 {count} 行）。"
    help_en = "Replace each tab with four spaces (lines: {count})."
    count: int


class UnexpectedIndent(Problem):
    code = "FY1004"
    name = "unexpected-indent"
    zh = "这一行比上一行缩进得深，但上一行下面不能再写从属的内容。"
    en = "This line is indented under the line above, which takes nothing under it."
    help_zh = "让它与上一行对齐；若它接着上一行说，行首要有“且”“或”或运算符号。"
    help_en = "Align it with the line above; a line that goes on with it begins with 且, 或 or an operator."


class Misaligned(Problem):
    code = "FY1005"
    name = "misaligned"
    zh = "这一行的缩进与前面哪一层都没有对齐。"
    en = "The indentation of this line matches no level above it."
    help_zh = "与它同一层的行{way}。"
    help_en = "Lines of its level {way}."
    way: Term


class BlockMissing(Problem):
    code = "FY1006"
    name = "block-missing"
    zh = "“{word}”这一行下面还没有内容。"
    en = "Nothing stands under the line “{word}”."
    help_zh = "在下面另起行，比它多缩进四个空格，写{expected}。"
    help_en = "Write below it, four spaces further in: {expected}."
    word: str
    expected: Term


class MissingPolicyHeader(Problem):
    code = "FY1007"
    name = "missing-policy-header"
    zh = "文件开头没有“政策”一行。"
    en = "The file does not begin with a 政策 (policy) line."
    help_zh = "第一行写“政策”和文件的标题，下面缩进四个空格写文号、发文机关、成文日期。"
    help_en = "Begin with 政策 and the title; below it, indented, 文号, 发文机关 and 成文日期."


class MisspeltKeyword(Problem):
    code = "FY1008"
    name = "misspelt-keyword"
    read_on = True
    zh = "没有“{word}”这个词，是不是“{meant}”？已按“{meant}”往下读。"
    en = "There is no word “{word}”; did you mean “{meant}”? It was read as that."
    help_zh = "改成“{meant}”。"
    help_en = "Write “{meant}”."
    word: str
    meant: str


class UnknownLine(Problem):
    code = "FY1009"
    name = "unknown-line"
    about_zh = "行首的词说明这一行是什么：原文、规则的一个条件、数额、由谁给，等等。这一行的第一个词在这个位置不能作开头：也许漏了行首的词，也许是原文漏了“｜”，也许缩进到了别处。"
    about_en = "The first word of a line says what the line is: 原文, a condition of a rule, an amount, who pays. This one cannot begin a line here: the word may be left out, the ｜ of 原文 may be, or the line may stand under another one."
    zh = "“{word}”不能作这一行的开头。"
    en = "A line cannot begin with “{word}” here."
    help_zh = "{way}"
    help_en = "{way}"
    word: str
    way: Term


class Unexpected(Problem):
    code = "FY1010"
    name = "unexpected-word"
    about_zh = "读到这个词就读不下去了：按前面的写法，这里应当是别的东西。多半是少了一个词，或者把两件事写在了一行里。"
    about_en = "The line can be read up to this word, and what stands before asks for something else. Mostly a word is missing, or two things are said on one line."
    zh = "这里读不懂“{word}”。"
    en = "“{word}” does not fit here."
    help_zh = "{way}{form}"
    help_en = "{way}{form}"
    word: str
    way: Term
    form: Term


class Unfinished(Problem):
    code = "FY1011"
    name = "unfinished-line"
    about_zh = "这一行写到这里就完了，而它还缺一部分，比如比较的数、规则的名字。"
    about_en = "The line ends here and still lacks a part: the figure to compare with, the name of a rule."
    zh = "这一行到“{word}”就断了，话没有说完。"
    en = "The line stops after “{word}” before it is complete."
    help_zh = "{way}{form}"
    help_en = "{way}{form}"
    word: str
    way: Term
    form: Term


class UnknownUnit(Problem):
    code = "FY1012"
    name = "no-such-unit"
    about_zh = "数字后面跟着的单位不在认得的单位里，不知道是多少、能不能和别的数比。"
    about_en = "The unit after the number is none that is known: how much it is, and what it can be compared with, cannot be told."
    zh = "数字后面的“{unit}”不是认得的单位。"
    en = "“{unit}” after the number is no known unit."
    help_zh = "{way}"
    help_en = "{way}"
    unit: str
    way: Term


class NoSuchDate(Problem):
    code = "FY1013"
    name = "no-such-date"
    zh = "日历上没有“{text}”。"
    en = "“{text}” is not in the calendar."
    help_zh = "核对月份和日子；日期写成 2024年2月29日 或 2024-02-29。"
    help_en = "Check month and day; a date is written 2024年2月29日 or 2024-02-29."
    text: str


class DateWithoutYear(Problem):
    code = "FY1014"
    name = "date-without-year"
    zh = "“{text}”没有写年份。"
    en = "“{text}” has no year."
    help_zh = "日期要连年份写，如 2024年{text}。"
    help_en = "Write dates with the year, such as 2024年{text}."
    text: str


class UnclosedBracket(Problem):
    code = "FY1015"
    name = "unclosed-bracket"
    zh = "这个左括号没有配上右括号。"
    en = "This opening bracket is never closed."
    help_zh = "在它该结束的地方写上“）”。"
    help_en = "Write ） where it should end."


class ExtraBracket(Problem):
    code = "FY1016"
    name = "extra-bracket"
    zh = "这个右括号前面没有与它相配的左括号。"
    en = "This closing bracket has no opening one."
    help_zh = "删去它，或在前面补上“（”。"
    help_en = "Delete it, or write （ before."


class UnclosedQuote(Problem):
    code = "FY1017"
    name = "unclosed-quote"
    zh = "“{mark}”开了引号，这一行里没有收住。"
    en = "The quotation opened by {mark} does not end on this line."
    help_zh = "在引文末尾写上“{closing}”。"
    help_en = "Write {closing} where the quotation ends."
    mark: str
    closing: str


class MixedAndOr(Problem):
    code = "FY1018"
    name = "mixed-and-or"
    zh = "“且”和“或”混用而没有括号，意思不定。"
    en = "且 (and) and 或 (or) are mixed without brackets, which leaves the meaning open."
    help_zh = "用括号把先算的一组括起来：甲 且 （乙 或 丙），或（甲 且 乙） 或 丙。"
    help_en = "Bracket what belongs together: 甲 且 （乙 或 丙）, or （甲 且 乙） 或 丙."


class GluedWords(Problem):
    code = "FY1019"
    name = "glued-words"
    read_on = True
    zh = "“{word}”是几个词连写在一起，应分开写成“{apart}”。已照此往下读。"
    en = "“{word}” is several words run together; write “{apart}”. It was read as that."
    help_zh = "词与词之间空一格。"
    help_en = "Put a space between words."
    word: str
    apart: str


class DuplicateClause(Problem):
    code = "FY1020"
    name = "duplicate-clause"
    zh = "“{word}”在这里写了两次，只能有一个。"
    en = "“{word}” is written twice here; only one can hold."
    help_zh = "删去一个，或把两者合成一条；后面几行若属于另一条，补上它的开头。"
    help_en = "Delete one of them or make one of both; if the later lines belong to another block, write its head."
    word: str


class StraySign(Problem):
    code = "FY1021"
    name = "stray-sign"
    zh = "规则里不用“{sign}”这个符号。"
    en = "The sign “{sign}” has no use in a rule."
    help_zh = "删去它；只有“｜”后面的原文和说明文字可以用任何标点。"
    help_en = "Delete it; only 原文 after ｜ and remarks may use any punctuation."
    sign: str


class QuoteNotAtMargin(Problem):
    code = "FY1022"
    name = "text-not-at-margin"
    zh = "“｜”引出的原文要顶格写。"
    en = "A line of 原文 begins with ｜ at the margin."
    help_zh = "删去它前面的空格。"
    help_en = "Delete the spaces before it."


class MisplacedInAppendix(Problem):
    code = "FY1023"
    name = "misplaced-in-appendix"
    zh = "“附”下面不是原文，不能写“{word}”。"
    en = "“{word}” cannot stand under 附 (appendix), which is no part of 原文."
    help_zh = "把它移到所属的措施里。"
    help_en = "Move it to the measure it belongs to."
    word: str


class TooManyProblems(Problem):
    code = "FY1024"
    name = "too-many-problems"
    zh = "错误已有 {count} 处，其余的没有再列出。"
    en = "There are {count} problems already; the rest is not listed."
    help_zh = "先改好前面的，再检查一次。"
    help_en = "Mend the first ones and check again."
    count: int


class OtherWord(Problem):
    """A word or sign of everyday speech for which the language has its own."""

    code = "FY1025"
    name = "other-word"
    read_on = True
    zh = "“{word}”在这里要写成“{meant}”。已按“{meant}”往下读。"
    en = "For “{word}” write “{meant}” here. It was read as that."
    help_zh = "改成“{meant}”。"
    help_en = "Write “{meant}”."
    word: str
    meant: str


class QuotationMarks(Problem):
    code = "FY1026"
    name = "quotation-marks"
    read_on = True
    zh = "行尾引用原文用「」，不用引号。已按「{quoted}」往下读。"
    en = "Words of 原文 at the end of a line are quoted in 「」. It was read as 「{quoted}」."
    help_zh = "写成「{quoted}」；“”里是文本，用来和别的文本比较。"
    help_en = "Write 「{quoted}」; “” hold a text that is compared with other texts."
    quoted: str


class WideIndent(Problem):
    code = "FY1027"
    name = "wide-indent"
    read_on = True
    zh = "行首的缩进用了全角空格；缩进只用半角空格，每一层四个。"
    en = "A line is indented with full-width spaces; indentation is made of plain spaces, four a level."
    help_zh = "把每个全角空格换成两个半角空格（共 {count} 行）。"
    help_en = "Replace each full-width space with two plain ones (lines: {count})."
    count: int


class HeadMissing(Problem):
    """A line that stands under another one, which is not there or further in."""

    code = "FY1028"
    name = "head-missing"
    zh = "“{word}”要写在{heads}这样一行的下面，这里上面没有这样一行。"
    en = "A line with “{word}” stands under a line {heads}; there is none above it."
    help_zh = "在上面补上那一行；那一行还在的，把这一行缩进到它下面。"
    help_en = "Write that line above; if it is there, indent this line under it."
    word: str
    heads: Term


class NoSuchForm(Problem):
    """A word of everyday speech for which the language has another way of saying it, not another word."""

    code = "FY1030"
    name = "no-such-form"
    about_zh = "这个词或者符号日常可以这样说，规则里说同样的意思另有一种写法。"
    about_en = "What this word or sign says in everyday language is said in another way in a rule."
    zh = "“{word}”不能这样写在规则里。"
    en = "“{word}” is not written like this in a rule."
    help_zh = "{way}"
    help_en = "{way}"
    word: str
    way: Term


class NotIndented(Problem):
    code = "FY1029"
    name = "not-indented"
    read_on = True
    zh = "“{word}”这一行要缩进到“{head}”的下面。已照此往下读。"
    en = "The line with “{word}” stands under “{head}”; indent it. It was read as that."
    help_zh = "行首加四个空格。"
    help_en = "Put four more spaces before it."
    word: str
    head: str


class BlockIncomplete(Problem):
    code = "FY1031"
    name = "block-incomplete"
    zh = "“{word}”下面没有写全。"
    en = "Not all that belongs under “{word}” is there."
    help_zh = "在已有的几行下面再写一行，这里可以写：{expected}。"
    help_en = "Add a line to those below it. What can stand there: {expected}."
    word: str
    expected: Term


class NothingCompared(Problem):
    """A word that compares, with nothing before it that could be compared."""

    code = "FY1032"
    name = "nothing-compared"
    zh = "“{word}”前面没有写拿什么来比。"
    en = "Nothing stands before “{word}” to be compared."
    help_zh = "{each}要写出比的是什么，如“{whole}”。"
    help_en = "Say what is compared{each}, as in “{whole}”."
    word: str
    whole: str
    each: Term


class NoSuchNumber(Problem):
    code = "FY1033"
    name = "no-such-number"
    zh = "“{text}”不是一个写得对的数。"
    en = "“{text}” is not a number."
    help_zh = "小数点最多一个，如 10.5万元；千位的逗号每三位一个，如 1,000元，也可以不写。"
    help_en = (
        "A number has at most one point, as in 10.5万元; commas, where there are any, part groups of three: 1,000元."
    )
    text: str


class ByMissing(Problem):
    """Rows stand under a line that names what they go by and does not say that they do."""

    code = "FY1034"
    name = "by-missing"
    read_on = True
    zh = "下面分行写各种情形，“{word}”前面缺“{missing}”。已照此往下读。"
    en = "Rows stand below, so that {missing} is missing before “{word}”. It was read as that."
    help_zh = "写成“{missing} {word}”；下面不分情形的，把那几行并上来。"
    help_en = "Write {missing} {word}; if it is not by cases, take the rows below into this line."
    word: str
    missing: str


class ColonAfterHead(Problem):
    """The word a line begins with has a colon behind it, as in a form."""

    code = "FY1035"
    name = "colon-after-head"
    read_on = True
    zh = "“{word}”后面空一格，不写冒号。已照此往下读。"
    en = "A space stands after “{word}”, no colon. It was read as that."
    help_zh = "把冒号换成空格；冒号只写在条件的名字后面，如“须 增速达标：增速 超过 20%”。"
    help_en = "Write a space for the colon, which stands only behind the name of a condition, as in 须 增速达标：增速 超过 20%."
    word: str
