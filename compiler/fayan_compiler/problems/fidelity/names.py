"""FY61xx: what the rules look at and give is what 原文 names."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Term


class NameUnused(Lint):
    code = "FY6105"
    name = "name-unused"
    word = "用词未用"
    zh = "原文的“{words}”没有规则用到"
    en = "no rule uses “{words}” of the text"
    help_zh = "在规则里用它作条件；确实不影响计算的，加一行“用词 {mark} 理由”。"
    help_en = "Use it as a condition; if nothing depends on it, add the line 用词 {mark} and why."
    words: str
    mark: str


class RuleIgnores(Lint):
    code = "FY6106"
    name = "rule-ignores"
    word = "条件未用"
    zh = "“{rule}”没有用到原文的“{words}”"
    en = "“{rule}” does not use “{words}” of the text"
    help_zh = "看是不是漏了一个条件；原文的这个词与这条规则无关的，加一行“{mark} 理由”。"
    help_en = "See whether a condition is missing; if the words do not concern this rule, add {mark} and why."
    rule: str
    words: str
    mark: str


class NameUnfounded(Lint):
    code = "FY6109"
    name = "name-unfounded"
    word = "用词无据"
    zh = "规则用到“{words}”，{where}的原文没有说"
    en = "the rule uses “{words}”, of which the text of {where} does not speak"
    help_zh = "看是不是漏抄了一句原文，或者多写了一个条件；另有依据的，加一行“容许 用词无据 因 ……”写明出处。"
    help_en = (
        "See whether a sentence of the text is missing or a condition is one too many; if it comes from elsewhere, say "
        "from where: 容许 用词无据 因 …."
    )
    words: str
    where: Term


class KindDiffers(Lint):
    """A rule gives another kind of money than its words: what is added to what, and who reports it, goes by the kind."""

    code = "FY6110"
    name = "kind-differs"
    word = "种类不同"
    zh = "规则写作“{rule}”，原文说的是“{text}”"
    en = "the rule is written as “{rule}”, the text speaks of “{text}”"
    help_zh = "照原文写作“{kinds}”；没有写错的，加一行“性质 {rule}”写明。"
    help_en = "Write it as “{kinds}”, as the text has it; if “{rule}” is right, say so with the line 性质 {rule}."
    rule: str
    text: str
    kinds: str


class CountedByOther(Lint):
    code = "FY6112"
    name = "counted-by-other"
    word = "逐户计错位"
    zh = "“{fact}”写成逐户计“{counted}”，与它同名的定义是“{meant}”"
    en = "“{fact}” counts “{counted}”; the definition of like name is “{meant}”"
    help_zh = "改为“{meant}”；没有写错的，加一行“容许 逐户计错位 因 ……”。"
    help_en = "Write {meant}; if it is right as it is, add 容许 逐户计错位 因 …."
    fact: str
    counted: str
    meant: str


class NameSlips(Lint):
    code = "FY6113"
    name = "name-slips"
    word = "名称倒字"
    zh = "名称写作“{name_given}”，原文写作“{meant}”"
    en = "the name is written “{name_given}”, in the text it is “{meant}”"
    help_zh = "改为“{meant}”；名称本来就不同的，加一行“容许 名称倒字 因 ……”。"
    help_en = "Write {meant}; if the name is meant to be another, add 容许 名称倒字 因 …."
    name_given: str
    meant: str


class PolarityDiffers(Lint):
    code = "FY6114"
    name = "polarity-differs"
    word = "是非不同"
    zh = "规则要的是“{rule}”，原文说的是“{text}”"
    en = "the rule asks for “{rule}”, the text says “{text}”"
    help_zh = "照原文改规则；原文抄错了的改原文；意思本来相合的，加一行“容许 是非不同 因 ……”。"
    help_en = "Correct the rule from the text, or the text; if they say the same, add 容许 是非不同 因 …."
    rule: str
    text: str


class ListDiffers(Lint):
    code = "FY6115"
    name = "list-differs"
    word = "列举不同"
    zh = "原文还列了“{item}”，规则只列了“{members}”"
    en = "the text lists “{item}” too, the rule only “{members}”"
    help_zh = "在规则和类型里补上它；原文这一项不归这条规则管的，加一行“容许 列举不同 因 ……”。"
    help_en = "Add it to the rule and its type; if it does not concern this rule, add 容许 列举不同 因 …."
    item: str
    members: str


class SaysOtherwise(Lint):
    code = "FY6116"
    name = "says-otherwise"
    word = "说法不合"
    zh = "规则按“{rule}”算，原文说的是“{text}”"
    en = "the rule goes by “{rule}”, the text says “{text}”"
    help_zh = "照原文改规则；意思本来相合的，加一行“容许 说法不合 因 ……”。"
    help_en = "Correct the rule from the text; if they say the same, add 容许 说法不合 因 …."
    rule: str
    text: str
