"""FY6xxx: what the rules say and what 原文 says must be the same. None of these stops a computation."""

from __future__ import annotations

from attrs import frozen

from fayan_dsl.problem import Problem, Severity, Term


@frozen(kw_only=True)
class SentenceUnaccounted(Problem):
    code = "FY6001"
    name = "sentence-unaccounted"
    zh = "这句原文没有着落：“{sentence}”"
    en = "nothing rests on this sentence: “{sentence}”"
    help_zh = "在它下面写规则，或用“见”指出在本条别处的规则，或注明它是程式、说明、倡导、不编码。"
    help_en = "Write a rule under it, name one elsewhere in the measure with 见, or mark it 程式, 说明, 倡导 or 不编码."
    sentence: str


@frozen(kw_only=True)
class FigureUnused(Problem):
    code = "FY6101"
    name = "figure-unused"
    zh = "原文的“{figure}”没有规则用到"
    en = "no rule uses “{figure}” of the text"
    help_zh = "核对规则里的数是不是抄错了；确实不参与计算的，加一行“数字 {figure} 理由”。"
    help_en = "Check whether a rule has it wrong; if nothing computes with it, add the line 数字 {figure} and why."
    figure: str


@frozen(kw_only=True)
class FigureUnfounded(Problem):
    code = "FY6102"
    name = "figure-unfounded"
    zh = "规则用了“{figure}”，{where}的原文里没有这个数"
    en = "a rule uses “{figure}”, which the text of {where} does not have"
    help_zh = "照原文改规则，或连原文一起改；{known}。"
    help_en = "Correct the rule, or the text with it; {known}."
    figure: str
    where: Term
    known: Term


@frozen(kw_only=True)
class MarkedFigureAbsent(Problem):
    code = "FY6103"
    name = "marked-figure-absent"
    severity = Severity.WARNING
    zh = "“数字”标的“{figure}”，上面的原文里没有"
    en = "数字 marks “{figure}”, which the text above does not have"
    help_zh = "第一个词写原文里的那个数，后面写理由；原文已经改了的，删去这一行。"
    help_en = (
        "The first word is the figure as the text has it, then the reason; if the text has changed, remove the line."
    )
    figure: str


@frozen(kw_only=True)
class BoundaryWord(Problem):
    code = "FY6201"
    name = "boundary-word"
    zh = "规则写“{rule}”，原文写“{text}”：恰好等于这个数时结果不同"
    en = "the rule says “{rule}”, the text says “{text}”: they differ at exactly this figure"
    help_zh = "超过、高于、不满、低于、以外不含本数，达到、不低于、不超过、以上、以下、以内含本数（民法典第一千二百五十九条）；改成原文的词。"
    help_en = (
        "超过, 高于, 不满, 低于 and 以外 exclude the number; 达到, 不低于, 不超过, 以上, 以下 and 以内 include it "
        "(Civil Code, article 1259). Use the word of the text."
    )
    rule: str
    text: str


@frozen(kw_only=True)
class CiteNotVerbatim(Problem):
    code = "FY6301"
    name = "cite-not-verbatim"
    zh = "{where}的原文里没有「{cite}」"
    en = "the text of {where} does not have “{cite}”"
    help_zh = "引用要一字不差{nearest}；中间略去的用“……”。"
    help_en = "A quotation is word for word{nearest}; write …… for what is left out."
    cite: str
    where: Term
    nearest: Term


@frozen(kw_only=True)
class StagesTotal(Problem):
    code = "FY6401"
    name = "stages-total"
    zh = "各阶段相加是{sum}，不是所写的{stated}"
    en = "the stages add up to {sum}, not to {stated} as stated"
    help_zh = "核对各阶段的数；原文就是这样的，加一行“容许 阶段合计 因 …”并把读法列为口径。"
    help_en = "Check the stages; if the text is like this, add 容许 阶段合计 因 … and declare a reading."
    sum: str
    stated: str


@frozen(kw_only=True)
class StagesTotalDeclared(Problem):
    code = "FY6402"
    name = "stages-total-declared"
    severity = Severity.NOTE
    zh = "各阶段相加是{sum}，不是所写的{stated}；政策已经声明：{reason}"
    en = "the stages add up to {sum}, not to {stated} as stated; the policy declares it: {reason}"
    sum: str
    stated: str
    reason: str


@frozen(kw_only=True)
class WaiverUnneeded(Problem):
    code = "FY6403"
    name = "waiver-unneeded"
    severity = Severity.WARNING
    zh = "容许了“{check}”，这里却没有这个问题"
    en = "“{check}” is waived, but there is nothing here to waive"
    help_zh = "删去这一行；可以容许的检查有：阶段合计、数字无据。"
    help_en = (
        "Remove the line; the checks that can be waived are 阶段合计 (stages-total) and 数字无据 (figure-unfounded)."
    )
    check: str


@frozen(kw_only=True)
class HeaderNotInText(Problem):
    code = "FY6501"
    name = "header-not-in-text"
    zh = "“{key}”写的是“{value}”，原文里没有"
    en = "the header {key} says “{value}”, which the text does not have"
    help_zh = "照原文改这一行。"
    help_en = "Correct this line from the text."
    key: str
    value: str
