"""FY2xxx: names, what they may mean, and where they may stand."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term

#: What a hint says where there is nothing close to suggest.
NO_HINT = Term("", "")


class Unknown(Problem):
    """A word that nothing declares; ``times`` says how often it is used where that is more than once."""

    help_zh = "{hint}"
    help_en = "{hint}"
    word: str
    hint: Term = NO_HINT
    times: Term = NO_HINT


class UnknownName(Unknown):
    """A name that nothing declares."""

    code = "FY2001"
    name = "unknown-name"
    zh = "“{word}”没有定义过{times}。"
    en = "“{word}” is not declared{times}."


class UnknownType(Unknown):
    code = "FY2002"
    name = "unknown-type"
    zh = "没有“{word}”这个类型{times}。"
    en = "There is no type “{word}”{times}."


class UnknownList(Unknown):
    code = "FY2003"
    name = "unknown-list"
    zh = "没有“{word}”这个清单{times}。"
    en = "There is no list “{word}”{times}."


class UnknownField(Unknown):
    code = "FY2004"
    name = "unknown-field"
    zh = "“{list}”没有“{word}”这一项{times}。"
    en = "“{list}” has no field “{word}”{times}."
    list: str


class UnknownProvision(Unknown):
    code = "FY2005"
    name = "unknown-provision"
    zh = "没有“{word}”这条规则{times}。"
    en = "There is no rule “{word}”{times}."


class UnknownReading(Unknown):
    code = "FY2006"
    name = "unknown-reading"
    zh = "没有口径 {word}{times}。"
    en = "There is no reading {word}{times}."


class UnknownOption(Unknown):
    code = "FY2007"
    name = "unknown-option"
    zh = "口径 {reading} 没有“{word}”这种读法{times}。"
    en = "The reading {reading} has no option “{word}”{times}."
    reading: str


class UnknownMember(Unknown):
    code = "FY2008"
    name = "unknown-member"
    zh = "“{word}”不是“{type}”里的一种{times}。"
    en = "“{word}” is none of the members of {type}{times}."
    type: str


class UnknownCondition(Unknown):
    code = "FY2009"
    name = "unknown-condition"
    zh = "“{target}”没有叫“{word}”的条件{times}。"
    en = "“{target}” has no condition called “{word}”{times}."
    target: str


class UnknownOutcome(Unknown):
    code = "FY2010"
    name = "unknown-outcome"
    zh = "“{word}”不是一种结果{times}。"
    en = "“{word}” is no outcome{times}."


class AmbiguousName(Problem):
    """A name that could mean two things at this place."""

    code = "FY2011"
    name = "ambiguous-name"
    zh = "“{word}”在这里有两种意思：{meanings}。"
    en = "“{word}” could mean either of two things here: {meanings}."
    help_zh = "{hint}"
    help_en = "{hint}"
    word: str
    meanings: Term
    hint: Term


class DuplicateDeclaration(Problem):
    code = "FY2012"
    name = "duplicate-declaration"
    zh = "“{word}”已经声明过了。"
    en = "“{word}” is already declared."
    help_zh = "{hint}"
    help_en = "{hint}"
    word: str
    hint: Term = Term("换一个名字，或者删去其中一处。", "Choose another name, or delete one of the two.")


class DuplicateNumber(Problem):
    code = "FY2018"
    name = "duplicate-number"
    zh = "“{word}”这个编号用了两次。"
    en = "The number “{word}” is used twice."
    help_zh = "改成没有用过的编号。"
    help_en = "Give it a number that is not in use."
    word: str


class ReservedName(Problem):
    code = "FY2013"
    name = "reserved-name"
    zh = "“{word}”是语言自己的词，不能再作名字。"
    en = "“{word}” is a word of the language and cannot be declared."
    help_zh = "换一个名字。"
    help_en = "Choose another name."
    word: str


class CycleOfDefinitions(Problem):
    code = "FY2014"
    name = "cycle-of-definitions"
    zh = "定义互相依赖，绕成了一圈：{cycle}。"
    en = "Definitions depend on one another in a circle: {cycle}."
    help_zh = "让其中一个定义不再用到后一个。"
    help_en = "Make one of them do without the next."
    cycle: str


class OutsideItem(Problem):
    """发生日, 本年度 or 本 X where no rule looks at its items one by one."""

    code = "FY2015"
    name = "outside-item"
    zh = "“{word}”只能用在逐次的或分阶段的规则里，这里没有正在看的那一项。"
    en = "“{word}” has a meaning only in a rule over items or stages; there is no item here."
    help_zh = "{hint}"
    help_en = "{hint}"
    word: str
    hint: Term


class OutsideQuery(Problem):
    code = "FY2016"
    name = "outside-query"
    zh = "“其 {word}”只能用在“清单 中 …… 的”里面。"
    en = "“其 {word}” has a meaning only inside “list 中 … 的”."
    help_zh = "规则正在看的那一项写“本 {word}”。"
    help_en = "For the item of the rule write “本 {word}”."
    word: str


class CannotInferParameter(Problem):
    code = "FY2017"
    name = "cannot-infer-parameter"
    zh = "从“{word}”看不出这个参数是什么类型。"
    en = "The type of the parameter “{word}” cannot be told from its name."
    help_zh = "写出类型，如（{word}：金额）。"
    help_en = "Write the type, as in （{word}：金额）."
    word: str


class UndeclaredNames(Problem):
    """Many names that nothing comes near: what declares them is missing."""

    code = "FY2019"
    name = "undeclared-names"
    zh = "有 {count} 个名字用到了而没有声明：{words}。"
    en = "{count} names are used and not declared: {words}."
    help_zh = "声明写在“事实”“类型”“定义”“口径”里；请看文件是不是没有写完，或者少抄了一段。"
    help_en = "Names are declared by 事实, 类型, 定义 and 口径; see whether the file is cut short or a part is missing."
    count: int
    words: Term


class MisspeltDeclaration(Problem):
    """A name that is declared and never used, and another like it that is used and never declared."""

    code = "FY2020"
    name = "misspelt-declaration"
    zh = "这里声明的是“{word}”，用到它的 {uses} 处写的是“{used}”。"
    en = "“{word}” is declared here; where it is used ({uses}) it is written “{used}”."
    help_zh = "两处写成同一个名字。"
    help_en = "Make both the same name."
    word: str
    used: str
    uses: int
