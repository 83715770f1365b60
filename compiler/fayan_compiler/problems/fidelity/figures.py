"""FY61xx: figures of 原文 are used by the rules, those of the rules stand in 原文."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Problem, Severity, Term


class FigureUnused(Lint):
    code = "FY6101"
    name = "figure-unused"
    word = "数字未用"
    zh = "原文的“{figure}”没有规则用到"
    en = "no rule uses “{figure}” of the text"
    help_zh = "核对规则里的数是不是抄错了；确实不参与计算的，加一行“数字 {mark} 理由”。"
    help_en = "Check whether a rule has it wrong; if nothing computes with it, add the line 数字 {mark} and why."
    figure: str
    mark: str


class FigureUnfounded(Lint):
    code = "FY6102"
    name = "figure-unfounded"
    word = "数字无据"
    zh = "规则用了“{figure}”，它所依的{where}原文里没有这个数"
    en = "a rule uses “{figure}”, which the text of {where} it rests on does not have"
    help_zh = "照原文改规则，或连原文一起改{known}；数出自别处的，加一行“容许 数字无据 因 《……》第几条”。"
    help_en = (
        "Correct the rule, or the text with it{known}; if it is from elsewhere, add 容许 数字无据 因 and the source."
    )
    figure: str
    where: Term
    known: Term


class MarkedFigureAbsent(Problem):
    code = "FY6103"
    name = "marked-figure-absent"
    severity = Severity.WARNING
    zh = "“{kind}”标的“{figure}”，上面的原文里没有"
    en = "{kind} marks “{figure}”, which the text above does not have"
    help_zh = "第一个词照写原文，后面写理由；原文已经改了的，删去这一行。"
    help_en = "The first word is as the text has it, then the reason; if the text has changed, remove the line."
    kind: str
    figure: str


class FigureDiffers(Lint):
    code = "FY6104"
    name = "figure-differs"
    word = "数字不同"
    zh = "规则写“{rule}”，原文写“{text}”"
    en = "the rule has “{rule}”, the text has “{text}”"
    help_zh = "照原文改规则；原文本身要改的，连原文一起改。"
    help_en = "Correct the rule from the text; if the text itself is to change, change both."
    rule: str
    text: str


class OptionFigure(Lint):
    code = "FY6107"
    name = "option-figure"
    word = "口径数字"
    zh = "口径 {reading} 说到“{figure}”，{how}"
    en = "reading {reading} speaks of “{figure}”, {how}"
    help_zh = "照原文或规则改这一行；只是举例的数，加一行“容许 口径数字 因 ……”。"
    help_en = "Correct this line from the text or the rules; if the figure only illustrates, add 容许 口径数字 因 …."
    figure: str
    reading: str
    how: Term


class FigureForOther(Lint):
    code = "FY6108"
    name = "figure-for-other"
    word = "数字错行"
    zh = "规则的“{figure}”是给“{rule}”的，原文这个数写在“{text}”后面"
    en = "the rule gives “{figure}” to “{rule}”; the text has it beside “{text}”"
    help_zh = "照原文改规则；原文本身要改的，连原文一起改。"
    help_en = "Correct the rule from the text; if the text itself is to change, change both."
    figure: str
    rule: str
    text: str
