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
    about_zh = "规则里用到一个名字，而这个名字既不是“事实”里声明的，也不是“定义”出来的，不知道它的值从哪里来。"
    about_en = "A rule uses a name that is neither declared among the facts nor defined: where its value would come from is not known."
    zh = "“{word}”没有定义过{times}。"
    en = "“{word}” is not declared{times}."


class UnknownType(Unknown):
    code = "FY2002"
    name = "unknown-type"
    about_zh = (
        "一个事实或者参数的类型，既不是语言自带的（是否、文本、日期、金额、带单位的数等），也没有用“类型”声明过。"
    )
    about_en = "The type of a fact or parameter is neither built in (是否, 文本, 日期, 金额, numbers with units …) nor declared by 类型."
    zh = "没有“{word}”这个类型{times}。"
    en = "There is no type “{word}”{times}."


class UnknownList(Unknown):
    code = "FY2003"
    name = "unknown-list"
    about_zh = "“逐次”“中”后面要写“事实”里声明为清单或系列的名字，这个名字不是。"
    about_en = "After 逐次 and before 中 stands a name that is declared as a list or series; this one is not."
    zh = "没有“{word}”这个清单{times}。"
    en = "There is no list “{word}”{times}."


class UnknownField(Unknown):
    code = "FY2004"
    name = "unknown-field"
    about_zh = "清单里的每一项由几栏组成，这里用到的一栏没有声明过。"
    about_en = "The items of a list have the fields that are declared for it; the one used here is not among them."
    zh = "“{list}”没有“{word}”这一项{times}。"
    en = "“{list}” has no field “{word}”{times}."
    list: str


class UnknownProvision(Unknown):
    code = "FY2005"
    name = "unknown-provision"
    about_zh = "限额、就高、扣减、“见”和示例里点名的规则，本文件里没有。"
    about_en = "A rule named by a cap, 就高, 扣减, 见 or an example is not in this document."
    zh = "没有“{word}”这条规则{times}。"
    en = "There is no rule “{word}”{times}."


class UnknownReading(Unknown):
    code = "FY2006"
    name = "unknown-reading"
    about_zh = "规则里“依”的口径没有声明过。一种读法从哪来、有几种选项，都要先在“口径”里写明。"
    about_en = "The reading that a rule goes by is not declared: where it comes from and which options it has is said under 口径 first."
    zh = "没有口径 {word}{times}。"
    en = "There is no reading {word}{times}."


class UnknownOption(Unknown):
    code = "FY2007"
    name = "unknown-option"
    about_zh = "口径的每种读法有自己的字母，这里写的字母不在其中。"
    about_en = "Each option of a reading has its letter; this one is not among them."
    zh = "口径 {reading} 没有“{word}”这种读法{times}。"
    en = "The reading {reading} has no option “{word}”{times}."
    reading: str


class UnknownMember(Unknown):
    code = "FY2008"
    name = "unknown-member"
    about_zh = "这里要写某个类型列出的几种之一，写的不在其中。"
    about_en = "One of the members that a type lists is asked for here, and this is none of them."
    zh = "“{word}”不是“{type}”里的一种{times}。"
    en = "“{word}” is none of the members of {type}{times}."
    type: str


class UnknownCondition(Unknown):
    code = "FY2009"
    name = "unknown-condition"
    about_zh = "示例说某条规则因为某个条件不予，而那条规则没有叫这个名字的条件。"
    about_en = "An example says that a rule refuses because of a condition, and the rule has none of that name."
    zh = "“{target}”没有叫“{word}”的条件{times}。"
    en = "“{target}” has no condition called “{word}”{times}."
    target: str


class UnknownOutcome(Unknown):
    code = "FY2010"
    name = "unknown-outcome"
    about_zh = "示例里“则”后面要写一种结果：给予、不予、不明、酌定、不在期内、不适用、得多少、应付多少等。"
    about_en = (
        "After 则 an example states an outcome: 给予, 不予, 不明, 酌定, 不在期内, 不适用, an amount got or payable."
    )
    zh = "“{word}”不是一种结果{times}。"
    en = "“{word}” is no outcome{times}."


class AmbiguousName(Problem):
    """A name that could mean two things at this place."""

    code = "FY2011"
    name = "ambiguous-name"
    about_zh = "同一个名字在这里可以指两样东西，读的人和机器都分不清。"
    about_en = "One name could mean two things here, to a reader and to the machine."
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
