"""FY2xxx: names, what they may mean, and where they may stand."""

from __future__ import annotations

from attrs import frozen

from fayan_dsl.problem import Problem, Term

#: What a hint says where there is nothing close to suggest.
NO_HINT = Term("", "")


@frozen(kw_only=True)
class _Unknown(Problem):
    help_zh = "{hint}"
    help_en = "{hint}"
    word: str
    hint: Term = NO_HINT


@frozen(kw_only=True)
class UnknownName(_Unknown):
    """A name that nothing declares."""

    code = "FY2001"
    name = "unknown-name"
    zh = "“{word}”没有定义过。"
    en = "“{word}” is not declared."


@frozen(kw_only=True)
class UnknownType(_Unknown):
    code = "FY2002"
    name = "unknown-type"
    zh = "没有“{word}”这个类型。"
    en = "There is no type “{word}”."


@frozen(kw_only=True)
class UnknownList(_Unknown):
    code = "FY2003"
    name = "unknown-list"
    zh = "没有“{word}”这个清单。"
    en = "There is no list “{word}”."


@frozen(kw_only=True)
class UnknownField(_Unknown):
    code = "FY2004"
    name = "unknown-field"
    zh = "“{list}”没有“{word}”这一项。"
    en = "“{list}” has no field “{word}”."
    list: str


@frozen(kw_only=True)
class UnknownProvision(_Unknown):
    code = "FY2005"
    name = "unknown-provision"
    zh = "没有“{word}”这条规则。"
    en = "There is no rule “{word}”."


@frozen(kw_only=True)
class UnknownReading(_Unknown):
    code = "FY2006"
    name = "unknown-reading"
    zh = "没有口径 {word}。"
    en = "There is no reading {word}."


@frozen(kw_only=True)
class UnknownOption(_Unknown):
    code = "FY2007"
    name = "unknown-option"
    zh = "口径 {reading} 没有“{word}”这种读法。"
    en = "The reading {reading} has no option “{word}”."
    reading: str


@frozen(kw_only=True)
class UnknownMember(_Unknown):
    code = "FY2008"
    name = "unknown-member"
    zh = "“{word}”不是“{type}”里的一种。"
    en = "“{word}” is none of the members of {type}."
    type: str


@frozen(kw_only=True)
class UnknownCondition(_Unknown):
    code = "FY2009"
    name = "unknown-condition"
    zh = "“{target}”没有叫“{word}”的条件。"
    en = "“{target}” has no condition called “{word}”."
    target: str


@frozen(kw_only=True)
class UnknownOutcome(_Unknown):
    code = "FY2010"
    name = "unknown-outcome"
    zh = "“{word}”不是一种结果。"
    en = "“{word}” is no outcome."


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class DuplicateDeclaration(Problem):
    code = "FY2012"
    name = "duplicate-declaration"
    zh = "“{word}”已经声明过了。"
    en = "“{word}” is already declared."
    help_zh = "换一个名字，或者删去其中一处。"
    help_en = "Choose another name, or delete one of the two."
    word: str


@frozen(kw_only=True)
class DuplicateNumber(Problem):
    code = "FY2018"
    name = "duplicate-number"
    zh = "“{word}”这个编号用了两次。"
    en = "The number “{word}” is used twice."
    help_zh = "改成没有用过的编号。"
    help_en = "Give it a number that is not in use."
    word: str


@frozen(kw_only=True)
class ReservedName(Problem):
    code = "FY2013"
    name = "reserved-name"
    zh = "“{word}”是语言自己的词，不能再作名字。"
    en = "“{word}” is a word of the language and cannot be declared."
    help_zh = "换一个名字。"
    help_en = "Choose another name."
    word: str


@frozen(kw_only=True)
class CycleOfDefinitions(Problem):
    code = "FY2014"
    name = "cycle-of-definitions"
    zh = "定义互相依赖，绕成了一圈：{cycle}。"
    en = "Definitions depend on one another in a circle: {cycle}."
    help_zh = "让其中一个定义不再用到后一个。"
    help_en = "Make one of them do without the next."
    cycle: str


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class OutsideQuery(Problem):
    code = "FY2016"
    name = "outside-query"
    zh = "“其 {word}”只能用在“清单 中 …… 的”里面。"
    en = "“其 {word}” has a meaning only inside “list 中 … 的”."
    help_zh = "规则正在看的那一项写“本 {word}”。"
    help_en = "For the item of the rule write “本 {word}”."
    word: str


@frozen(kw_only=True)
class CannotInferParameter(Problem):
    code = "FY2017"
    name = "cannot-infer-parameter"
    zh = "从“{word}”看不出这个参数是什么类型。"
    en = "The type of the parameter “{word}” cannot be told from its name."
    help_zh = "写出类型，如（{word}：金额）。"
    help_en = "Write the type, as in （{word}：金额）."
    word: str
