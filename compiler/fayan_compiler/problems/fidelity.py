"""FY6xxx: what the rules say and what 原文 says must be the same. None of these stops a computation."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Problem, Severity, Term


# ---------------------------------------------------------------- sentences, figures and names
class SentenceUnaccounted(Lint):
    code = "FY6001"
    name = "sentence-unaccounted"
    word = "句无着落"
    zh = "这句原文没有着落：“{sentence}”"
    en = "nothing rests on this sentence: “{sentence}”"
    help_zh = (
        "在它下面写规则，或用“见”指出在本条别处的规则，或注明它是程式、说明、倡导、不编码；一个注只管它上面的一句。"
    )
    help_en = (
        "Write a rule under it, name one elsewhere in the measure with 见, or mark it 程式, 说明, 倡导 or 不编码; "
        "a mark is for the one sentence above it."
    )
    sentence: str


class NotAsIssued(Lint):
    code = "FY6004"
    name = "not-as-issued"
    word = "原文不同"
    zh = "原文写「{written}」，公布的是「{issued}」"
    en = "the text has “{written}”, the document as issued “{issued}”"
    help_zh = "照公布的原文（{file}）改；公布的文件本身改了的，连那个文件一起改。"
    help_en = "Correct it from the document as issued ({file}); if that itself has changed, change both."
    written: str
    issued: str
    file: str


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


class Unpaired(Lint):
    code = "FY6002"
    name = "unpaired"
    word = "符号不成对"
    zh = "原文的“{sign}”不成对"
    en = "“{sign}” in the text has no partner"
    help_zh = "照原文补上或删去；原文就是这样的，加一行“容许 符号不成对 因 ……”。"
    help_en = "Put its partner back or take it out, as in the text; if the text is like this, add 容许 符号不成对 因 …."
    sign: str


class MarkWithoutSentence(Lint):
    code = "FY6007"
    name = "mark-without-sentence"
    word = "注无原文"
    zh = "“{mark}”上面没有它自己的一句原文"
    en = "“{mark}” has no sentence of its own above it"
    help_zh = "一个注只管它上面的一句：看是不是漏抄了一句原文；多写的删去。"
    help_en = "A mark is for the one sentence above it: see whether a sentence of the text is missing; if not, delete the mark."
    mark: str


class HalfWidth(Lint):
    code = "FY6003"
    name = "half-width"
    word = "半角符号"
    severity = Severity.WARNING
    zh = "原文里有半角的“{sign}”，公文用全角"
    en = "the text has a half-width “{sign}”; official documents use the full-width sign"
    help_zh = "照原文改为“{full}”；原文就是半角的，加一行“容许 半角符号 因 ……”。"
    help_en = "Write “{full}” as in the text; if the text has it half-width, add 容许 半角符号 因 …."
    sign: str
    full: str


# ---------------------------------------------------------------- comparison words
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


# ---------------------------------------------------------------- quotations and terms
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


# ---------------------------------------------------------------- amounts, periods, readings
class StagesTotal(Lint):
    code = "FY6401"
    name = "stages-total"
    word = "阶段合计"
    zh = "各阶段相加是{sum}，不是所写的{stated}"
    en = "the stages add up to {sum}, not to {stated} as stated"
    help_zh = "核对各阶段的数；原文就是这样的，加一行“容许 阶段合计 因 …”并把读法列为口径。"
    help_en = "Check the stages; if the text is like this, add 容许 阶段合计 因 … and declare a reading."
    sum: str
    stated: str


class WaiverUnneeded(Problem):
    code = "FY6403"
    name = "waiver-unneeded"
    severity = Severity.WARNING
    zh = "容许了“{check}”，这里却没有这个问题"
    en = "“{check}” is waived, but there is nothing here to waive"
    help_zh = "删去这一行。"
    help_en = "Remove the line."
    check: str


class WaiverUnknown(Problem):
    code = "FY6404"
    name = "waiver-unknown"
    zh = "没有叫“{check}”的检查"
    en = "there is no check called “{check}”"
    help_zh = "{hint}"
    help_en = "{hint}"
    check: str
    hint: Term


class PeriodEndsSoon(Lint):
    code = "FY6405"
    name = "period-ends-soon"
    word = "临近到期"
    severity = Severity.WARNING
    zh = "有效期到{day}为止，{left}"
    en = "the period ends on {day}, {left}"
    help_zh = "核对截止日期；原文就是这样的，加一行“容许 临近到期 因 ……”，并看上位政策是否已经延长。"
    help_en = "Check the date; if the text is like this, add 容许 临近到期 因 … and see whether the policy above it goes on longer."
    day: str
    left: Term


class CapNeverBinds(Lint):
    code = "FY6406"
    name = "cap-never-binds"
    word = "限额无用"
    severity = Severity.WARNING
    zh = "“{ceiling}”的{cap}从来限不住：所限的各项最多合计{most}"
    en = "the cap “{ceiling}” of {cap} never binds: what it covers comes to {most} at most"
    help_zh = "核对限额和各项的数，以及“及于”是不是漏了；原文就是这样的，加一行“容许 限额无用 因 ……”。"
    help_en = (
        "Check the figures, and whether 及于 leaves something out; if the text is like this, add 容许 限额无用 因 …."
    )
    ceiling: str
    cap: str
    most: str


class OptionsAlike(Lint):
    code = "FY6407"
    name = "options-alike"
    word = "读法相同"
    zh = "口径 {reading} 的“{one}”和“{other}”算法一样"
    en = "options {one} and {other} of reading {reading} compute the same"
    help_zh = "改正其中一行；两种读法在这里确实没有分别的，合写成“{one}、{other}”一行。"
    help_en = "Correct one of them; if the two are the same here, write them in one line, {one}、{other}."
    reading: str
    one: str
    other: str


class OptionsOrder(Lint):
    code = "FY6408"
    name = "options-order"
    word = "读法次序"
    zh = "口径 {reading} 的 {option} 排在后面，现在采用的是排在最前的 {first}"
    en = "option {option} of reading {reading} is out of order; the first, {first}, is the one that holds"
    help_zh = "照 a、b、c 的次序排；有意改用 {first} 的，加一行“容许 读法次序 因 ……”。"
    help_en = "Put them in the order of their letters; if {first} is meant to hold, add 容许 读法次序 因 …."
    reading: str
    option: str
    first: str


class OptionsExchanged(Lint):
    code = "FY6410"
    name = "options-exchanged"
    word = "读法对调"
    zh = "口径 {reading} 的“{one}”和“{other}”说法对调了：“{one}”的话说的是“{other}”的规则"
    en = (
        "the words of options {one} and {other} of reading {reading} have changed places: each says what the other does"
    )
    help_zh = "把两种说法或者两边的规则换过来；没有对调的，把话改得与规则相合，或者加一行“容许 读法对调 因 ……”。"
    help_en = (
        "Exchange the words, or the rules; if neither is wrong, say more plainly what each rule does, or add "
        "容许 读法对调 因 …."
    )
    reading: str
    one: str
    other: str


class StageOtherDay(Lint):
    code = "FY6411"
    name = "stage-other-day"
    word = "阶段错位"
    zh = "阶段“{stage}”按“{day}”计，与它同名的日期是“{meant}”"
    en = "the stage “{stage}” goes by “{day}”; the day of like name is “{meant}”"
    help_zh = "改为“{meant}”；没有写错的，加一行“容许 阶段错位 因 ……”。"
    help_en = "Write {meant}; if it is right as it is, add 容许 阶段错位 因 …."
    stage: str
    day: str
    meant: str


class CapMixes(Lint):
    code = "FY6409"
    name = "cap-mixes"
    word = "限额混算"
    zh = "限额“{ceiling}”所及的性质不同，不能加在一起：{natures}"
    en = "what the ceiling “{ceiling}” covers cannot be added up: {natures}"
    help_zh = "性质相同而说法不同的，写一行“性质 ……”；确实要合起来算的，加一行“容许 限额混算 因 ……”。"
    help_en = "If they are of one nature, say so by 性质 …; if they are to be counted together, add 容许 限额混算 因 …."
    ceiling: str
    natures: Term


# ---------------------------------------------------------------- examples, counts and names
class ExampleTitle(Lint):
    code = "FY6702"
    name = "example-title"
    word = "示例说明"
    zh = "示例的说明里有“{figure}”，它的事实、结果和{where}里都没有这个数"
    en = "the title of the example speaks of “{figure}”, which is in none of its facts and results, nor in {where}"
    help_zh = "照示例改说明，或者照说明改示例；只是打比方的数，加一行“容许 示例说明 因 ……”。"
    help_en = "Correct the title or the example; if the figure only illustrates, add 容许 示例说明 因 …."
    figure: str
    where: Term


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


class ExamplesFail(Problem):
    code = "FY6701"
    name = "examples-fail"
    zh = "“{target}”与 {count} 处示例不合：应当是“{expected}”，算出来是“{found}”"
    en = "{count} example(s) of “{target}” do not hold: “{expected}” is expected, “{found}” comes out"
    help_zh = "示例是算好的：改了规则就改回去；规则确实要改的，连示例一起改。用 fayan test 看全部。"
    help_en = (
        "Examples are worked out by hand: undo the change, or change the examples with the rule. fayan test shows all."
    )
    target: str
    count: int
    expected: Term
    found: Term


#: What documents often are, and what is then let stand.
OFTEN_LET = (
    StagesTotal, PeriodEndsSoon, CapNeverBinds, CapMixes, NotInLibrary, NoSuchArticle, ArticleNotOnFile, TermTwice,
)  # fmt: skip
