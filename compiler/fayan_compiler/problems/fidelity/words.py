"""FY62xx and FY63xx: comparison words, quotations, terms and documents cited."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Severity, Term


class BoundaryWord(Lint):
    code = "FY6201"
    name = "boundary-word"
    word = "界限用词"
    zh = "规则写“{rule}”，原文写“{text}”：恰好等于这个数时结果不同"
    en = "the rule says “{rule}”, the text says “{text}”: they differ at exactly this figure"
    help_zh = "超过、高于、不满、低于、以外不含本数，达到、不低于、不超过、以上、以下、以内含本数（民法典第一千二百五十九条）；改成原文的词。"
    help_en = (
        "超过, 高于, 不满, 低于 and 以外 exclude the number; 达到, 不低于, 不超过, 以上, 以下 and 以内 include it "
        "(Civil Code, article 1259). Use the word of the text."
    )
    rule: str
    text: str


class DateWord(Lint):
    code = "FY6202"
    name = "date-word"
    word = "日期用词"
    zh = "规则写“{rule}”，原文写“{text}”，说的不是同一段时间"
    en = "the rule says “{rule}”, the text says “{text}”: not the same stretch of time"
    help_zh = "“2022年以前”写“早于 2022年1月1日”，“2022年以后（包括2022年）”写“不早于 2022年1月1日”。"
    help_en = "2022年以前 is 早于 2022年1月1日; 2022年以后（包括2022年） is 不早于 2022年1月1日."
    rule: str
    text: str


class BoundUnused(Lint):
    code = "FY6203"
    name = "bound-unused"
    word = "界限未用"
    zh = "原文写“{text}”，规则用了这个数，却没有拿它作比较"
    en = "the text says “{text}”; a rule has the figure but compares nothing with it"
    help_zh = "在“须”里写成比较，或写成限额；确实不是条件的，加一行“数字 … 理由”。"
    help_en = "Write it as a comparison in 须, or as a 限额; if it is no condition, mark it with 数字 and why."
    text: str


class CiteNotVerbatim(Lint):
    code = "FY6301"
    name = "cite-not-verbatim"
    word = "引文不符"
    zh = "{where}的原文里没有「{cite}」"
    en = "the text of {where} does not have “{cite}”"
    help_zh = "引用要一字不差{nearest}；中间略去的用“……”。"
    help_en = "A quotation is word for word{nearest}; write …… for what is left out."
    cite: str
    where: Term
    nearest: Term


class TermTwice(Lint):
    code = "FY6302"
    name = "term-twice"
    word = "一词两义"
    zh = "“{term}”在原文里解释了两次，说法不同"
    en = "the text explains “{term}” twice, in different words"
    help_zh = "留一处解释；原文就是这样的，列为口径，再加一行“容许 一词两义 因 ……”。"
    help_en = "Keep one; if the text is like this, declare a reading and add 容许 一词两义 因 …."
    term: str


class NotInLibrary(Lint):
    code = "FY6303"
    name = "not-in-library"
    word = "文件不在库"
    severity = Severity.WARNING
    zh = "原文引了“{document}”，文库里没有，也没有写“引用”"
    en = "the text cites “{document}”, which is not in the library nor referred to with 引用"
    help_zh = "文件在文库里的，加一行“引用 文号”；手边没有的，加一行“容许 文件不在库 因 ……”，写明为什么不影响计算。"
    help_en = "If it is in the library add 引用 and its number; if it is not at hand add 容许 文件不在库 因 … and why nothing depends on it."
    document: str


class NoSuchArticle(Lint):
    code = "FY6304"
    name = "no-such-article"
    word = "条款不存在"
    zh = "{document}没有第{article}条"
    en = "{document} has no article {article}"
    help_zh = "核对条号；原文就是这样的，加一行“容许 条款不存在 因 ……”。"
    help_en = "Check the number; if the text is like this, add 容许 条款不存在 因 …."
    document: Term
    article: str


class ArticleNotOnFile(Lint):
    """The document cited is in the library, its articles are not: whether there is such an article nobody has looked up."""

    code = "FY6305"
    name = "article-not-on-file"
    word = "条款未核"
    severity = Severity.WARNING
    zh = "{document}的原文没有收录，核不了有没有第{article}条"
    en = "the words of {document} are not on file: whether it has an article {article} cannot be checked"
    help_zh = "查原文核对条号；核对过的，加一行“容许 条款未核 因 ……”，写明在哪里看到的。"
    help_en = "Look it up in the document; once that is done, add 容许 条款未核 因 … and where it was seen."
    document: Term
    article: str
