"""FY65xx, FY66xx: the document as a whole: its header, its numbers, who is responsible, what of its words is on file."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Problem, Severity, Term


class HeaderNotInText(Lint):
    code = "FY6501"
    name = "header-not-in-text"
    word = "文头不符"
    zh = "“{key}”写的是“{value}”，原文里没有"
    en = "the header {key} says “{value}”, which the text does not have"
    help_zh = "照原文改这一行；漏抄了原文这一句的，补上那一句。"
    help_en = "Correct this line from the text; if that sentence was left out when copying, put it back."
    key: str
    value: str


class NumberMissing(Lint):
    code = "FY6502"
    name = "number-missing"
    word = "编号中断"
    zh = "“{this}”前面缺“{missing}”"
    en = "“{missing}” is missing before “{this}”"
    help_zh = "补上缺的一行，或改正编号；原文不在手边的，写上标题并注明“原文未见”。"
    help_en = "Put the line back or correct the number; where the text is not on file, write the heading and 原文未见."
    this: str
    missing: str


class UnitsMissing(Lint):
    code = "FY6503"
    name = "units-missing"
    word = "缺责任单位"
    zh = "措施 {measure} 没有写责任单位，别的措施写了"
    en = "measure {measure} names no responsible unit; others do"
    help_zh = "照原文补上“责任单位 ……”一行；原文没有写的，加一行“容许 缺责任单位 因 ……”。"
    help_en = "Add the line 责任单位 from the text; if the text has none, add 容许 缺责任单位 因 …."
    measure: int


class UnitUnaccounted(Lint):
    code = "FY6504"
    name = "unit-unaccounted"
    word = "单位未用"
    zh = "责任单位“{unit}”没有规则提到"
    en = "no rule mentions the responsible unit “{unit}”"
    help_zh = "在规则里写“由 ……”；原文没有写它做什么的，加一行“单位 {mark} 理由”。"
    help_en = (
        "Write 由 and the unit in a rule; if the text does not say what it does, add the line 单位 {mark} and why."
    )
    unit: str
    mark: str


class UnitUnknown(Lint):
    code = "FY6505"
    name = "unit-unknown"
    word = "单位无据"
    zh = "规则写了“{unit}”，责任单位里没有，原文也没有"
    en = "a rule names “{unit}”, which is no responsible unit, nor in the text"
    help_zh = "{hint}照原文改规则，或者补上责任单位。"
    help_en = "{hint}Correct the rule from the text, or complete the responsible units."
    unit: str
    hint: Term


class DiscretionMissing(Lint):
    code = "FY6507"
    name = "discretion-missing"
    word = "缺裁量"
    zh = "“{rule}”没有写数额，也没有写余下由谁裁量"
    en = "“{rule}” has no amount, and does not say who decides the rest"
    help_zh = "加一行“裁量 ……”，写原文没有定的是什么、由谁定；原文写了数额的，改写成奖励等并写金额。"
    help_en = (
        "Add the line 裁量 with what the text leaves open, and to whom; if the text has an amount, make it an award."
    )
    rule: str


class PayerMissing(Lint):
    code = "FY6506"
    name = "payer-missing"
    word = "缺兑付单位"
    zh = "“{rule}”没有写由谁兑付"
    en = "“{rule}” does not say who pays"
    help_zh = "加一行“由 ……”，写责任单位中的一个；原文没有写的，加一行“容许 缺兑付单位 因 ……”。"
    help_en = "Add the line 由 with one of the responsible units; if the text does not say, add 容许 缺兑付单位 因 …."
    rule: str


class PayerDiffers(Lint):
    code = "FY6508"
    name = "payer-differs"
    word = "兑付单位不同"
    zh = "规则写由“{rule}”兑付，原文写由“{text}”"
    en = "the rule says that “{rule}” pays, the text says “{text}”"
    help_zh = "照原文改规则；原文本身要改的，连原文一起改。"
    help_en = "Correct the rule from the text; if the text itself is to change, change both."
    rule: str
    text: str


class PayerMarkedIdle(Lint):
    code = "FY6510"
    name = "payer-marked-idle"
    word = "单位两说"
    zh = "“{rule}”写由“{unit}”兑付，本条又用“单位”标它没有要做的事"
    en = "“{rule}” is paid by “{unit}”, which the measure marks with 单位 as having nothing to do"
    help_zh = "看“由”后面的单位是不是写错了；没有写错的，从“单位”一行里删去它。"
    help_en = "See whether the unit after 由 is wrong; if it is right, take it out of the line 单位."
    unit: str
    rule: str


class HeaderLacking(Lint):
    code = "FY6509"
    name = "header-lacking"
    word = "缺文头"
    zh = "原文说“{value}”，文件头没有写“{key}”"
    en = "the text says “{value}”, the header has no line {key}"
    help_zh = "在文件头加一行“{key} {value}”；不必写的，加一行“容许 缺文头 因 ……”。"
    help_en = "Add the line {key} {value} to the header; if it need not be there, add 容许 缺文头 因 …."
    key: str
    value: str


# ---------------------------------------------------------------- words that are not on file
class WordsNotOnFile(Problem):
    """A measure, or a document, of which the words are not on file."""

    code = "FY6601"
    name = "words-not-on-file"
    severity = Severity.NOTE
    zh = "{where}{what}：{text}"
    en = "{where}: {what}: {text}"
    help_zh = "有了原文，写成“｜”开头的句子放在规则上面，再删去这一行。"
    help_en = "When the text is at hand, write its sentences with ｜ above the rules and remove this line."
    where: Term
    what: Term
    text: str


class RuleOnUnseenWords(Problem):
    """A rule where neither words nor a source of figures are given."""

    code = "FY6602"
    name = "rule-on-unseen-words"
    zh = "“{rule}”上面没有原文：没有见到的文字不能写成规则。"
    en = "“{rule}” rests on no words: what has not been seen cannot be made a rule."
    help_zh = "把它写在见到的那句原文下面；数字另有出处的，在本条写一行“原文未录 出处”。"
    help_en = (
        "Put it under the sentence that was seen; where its figures have another source, add 原文未录 and the source."
    )
    rule: str
