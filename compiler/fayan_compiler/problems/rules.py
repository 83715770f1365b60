"""FY4xxx: rules, readings, and what must and must not stand in them."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class MissingMember(Problem):
    code = "FY4001"
    name = "missing-member"
    about_zh = "“按 类型”下面要把这个类型的每一种都写到，不然碰到没写的那一种就没有结果。"
    about_en = "Under 按 every member of the type has its row, or there would be no answer for the one left out."
    zh = "“按”下面没有写全“{type}”，还缺：{missing}。"
    en = "The rows under 按 do not cover {type}; missing: {missing}."
    help_zh = "给每一种各写一行，或用“其余”合写。"
    help_en = "Write a row for each, or one row 其余 for the rest."
    type: str
    missing: str


class MissingOption(Problem):
    code = "FY4002"
    name = "missing-option"
    about_zh = "“依 口径”下面要把每种读法都写到，不然选了没写的那一种就没有结果。"
    about_en = "Under 依 every option of the reading has its row, or there would be no answer for the one left out."
    zh = "“依 {reading}”下面没有写全各种读法，还缺：{missing}。"
    en = "The rows under 依 {reading} do not cover its options; missing: {missing}."
    help_zh = "给每一种读法各写一行，或用“其余”合写。"
    help_en = "Write a row for each option, or one row 其余 for the rest."
    reading: str
    missing: str


class DuplicateArm(Problem):
    code = "FY4003"
    name = "duplicate-arm"
    zh = "“{word}”写了两行。"
    en = "“{word}” has two rows."
    help_zh = "留下一行；后面几行本来属于另一个“按”或“依”的，补上那一行。"
    help_en = "Keep one of them; if the later rows belong to another 按 or 依, write that line above them."
    word: str
    #: How many rows there are too many.
    rows: int


class AwardWithoutAmount(Problem):
    code = "FY4004"
    name = "award-without-amount"
    zh = "“{word}”没有写金额。"
    en = "“{word}” states no amount."
    help_zh = "加一行“金额”或“阶段”；原文没有写数额的，用“支持”并写“裁量”。"
    help_en = "Add a line 金额 or 阶段; where the text leaves the amount open, use 支持 with 裁量."
    word: str


class UncomputedReadingUsed(Problem):
    code = "FY4005"
    name = "uncomputed-reading-used"
    zh = "口径 {reading} 标了“不计算”，规则和示例不能用它。"
    en = "The reading {reading} is marked 不计算; no rule and no example can use it."
    help_zh = "删去口径里的“不计算”，或者改用别的口径。"
    help_en = "Delete 不计算 from the reading, or use another one."
    reading: str


class ReadingNeverUsed(Problem):
    code = "FY4006"
    name = "reading-never-used"
    zh = "口径 {reading} 没有规则用到，也没有标“不计算”。"
    en = "No rule uses the reading {reading}, and it is not marked 不计算."
    help_zh = "在规则里用“依 {reading}”，或者在口径下面写“不计算”和理由。"
    help_en = "Use 依 {reading} in a rule, or add a line 不计算 with the reason."
    reading: str


class SeriesMisuse(Problem):
    code = "FY4007"
    name = "series-misuse"
    zh = "“{word}”是系列，只能按年度取一项。"
    en = "“{word}” is a series; all it gives is one field of one year."
    help_zh = "写成“{word} 中 年度 为 某年 的 {field}”。"
    help_en = "Write “{word} 中 年度 为 某年 的 {field}”."
    word: str
    field: str


class ReadingsOnly(Problem):
    code = "FY4008"
    name = "readings-only"
    zh = "这里的条件只能看口径，不能看企业的情况。"
    en = "A condition here may look at readings only, not at facts."
    help_zh = "写成“当 R1.1 为 a”的样子；要看企业的情况，写在规则自己的“其中”或“须”里。"
    help_en = "Write it as “当 R1.1 为 a”; what depends on facts belongs to 其中 or 须 of the rule itself."


class CallsTooDeep(Problem):
    code = "FY4009"
    name = "calls-too-deep"
    zh = "定义一层套一层，超过了 {limit} 层的上限。"
    en = "Definitions use one another deeper than the limit of {limit}."
    help_zh = "把其中几层合成一个定义。"
    help_en = "Join some of them into one."
    limit: int


class NestingTooDeep(Problem):
    code = "FY4010"
    name = "nesting-too-deep"
    zh = "式子套得太深，超过了 {limit} 层的上限。"
    en = "The expression is nested deeper than the limit of {limit}."
    help_zh = "把里层的内容另写成定义，再用它的名字。"
    help_en = "Write the inner part as a definition (定义) and use its name."
    limit: int


class MissingOtherwise(Problem):
    code = "FY4011"
    name = "missing-otherwise"
    zh = "“分情形”没有写“否则”怎样。"
    en = "分情形 does not say what holds otherwise."
    help_zh = "最后加一行“否则 ……”。"
    help_en = "Add a last row 否则 …."


class ReadingAsValue(Problem):
    code = "FY4012"
    name = "reading-as-value"
    zh = "口径 {reading} 不是一个值。"
    en = "The reading {reading} is not a value."
    help_zh = "写成“{reading} 为 {option}”，或者“依 {reading}”另起各行。"
    help_en = "Write “{reading} 为 {option}”, or 依 {reading} with its rows."
    reading: str
    option: str


class MisplacedClause(Problem):
    """A line that cannot stand in this kind of rule, or not beside another one."""

    code = "FY4013"
    name = "misplaced-clause"
    about_zh = "各种规则、限额、就高下面能写的行不一样，这一行不能写在这里，或者不能和另一行同时写。"
    about_en = (
        "What lines may stand in a rule, a cap or 就高 differs; this one cannot stand here, or not beside another."
    )
    zh = "“{rule}”里不能有这一行：{why}。"
    en = "This line cannot stand in “{rule}”: {why}."
    help_zh = "{hint}"
    help_en = "{hint}"
    rule: str
    why: Term
    hint: Term


class BadFact(Problem):
    code = "FY4014"
    name = "bad-fact"
    about_zh = "事实的声明前后不合，比如清单下面没有各栏、单个的值下面却有。"
    about_en = "The declaration of a fact does not hold together: a list without fields, a single value with some."
    zh = "“{word}”不能这样声明：{why}。"
    en = "“{word}” cannot be declared like this: {why}."
    word: str
    why: Term


class CountsByDistrict(Problem):
    code = "FY4026"
    name = "counts-by-district"
    zh = "“{word}”是逐户计的，“{definition}”却看了全区的“{figure}”。"
    en = "“{word}” counts enterprises one by one, but “{definition}” looks at “{figure}” of the district."
    help_zh = "逐户计的定义只看一家企业的事实；全区的数先要数出来，才谈得上用。"
    help_en = (
        "A definition that is counted looks at the facts of one enterprise only; figures of the district come after."
    )
    word: str
    definition: str
    figure: str


class BadOffset(Problem):
    code = "FY4015"
    name = "bad-offset"
    about_zh = "“抵扣”要拿已经兑付的清单来抵，那张清单要有措施、事项、日期、金额，才对得上是哪一笔。"
    about_en = (
        "抵扣 sets off a list of payments, which has to say measure, item, day and amount so that each can be matched."
    )
    zh = "不能拿“{word}”抵扣：{why}。"
    en = "Nothing can be set off against “{word}”: {why}."
    word: str
    why: Term


class UnknownNature(Problem):
    code = "FY4016"
    name = "unknown-nature"
    about_zh = "“性质”说明给的是哪一种好处，合计时不同性质不相加。"
    about_en = "性质 says what kind of benefit is given; kinds are never added together."
    zh = "没有“{word}”这种性质。"
    en = "There is no nature “{word}”."
    help_zh = "可写的有：{known}。"
    help_en = "Known ones: {known}."
    word: str
    known: str


class RuleOutsideMeasure(Problem):
    code = "FY4017"
    name = "rule-outside-measure"
    zh = "“{word}”写在附里，没有原文可依。"
    en = "“{word}” stands in an appendix, where there is no text to rest on."
    help_zh = "把它移到所依原文的措施下面。"
    help_en = "Move it under the measure whose text it rests on."
    word: str


class IncompleteRule(Problem):
    """A rule lacks a line that its kind needs."""

    code = "FY4018"
    name = "incomplete-rule"
    about_zh = "规则里的别的行用到了它，它却没有写。"
    about_en = "Another line of the rule needs it, and it is not there."
    zh = "“{word}”少了“{line}”一行。"
    en = "“{word}” lacks the line {line}."
    help_zh = "在它下面补上。"
    help_en = "Add it below."
    word: str
    line: str


class MissingHeader(Problem):
    code = "FY4019"
    name = "missing-header"
    zh = "“政策”下面没有写{key}。"
    en = "The header does not give {key}."
    help_zh = "在“政策”下面加上“{lines}”；成文日期没有见到的，写“成文日期 未见”。"
    help_en = "Below 政策 add “{lines}”; a date that has not been seen is 成文日期 未见."
    key: str
    lines: str


class ExampleFact(Problem):
    """示例 gives a fact that the policy's declarations do not allow."""

    code = "FY4020"
    name = "example-fact"
    about_zh = "示例里的事实照企业填报的一样核对：负数、超出范围、日期颠倒都不行。"
    about_en = "The facts of an example are checked as those of an enterprise are: no negative amounts, nothing out of range, no days in the wrong order."
    zh = "示例里的“{path}”不能这样写：{why}。"
    en = "“{path}” cannot be given like this in an example: {why}."
    path: str
    why: Term


class ExampleShape(Problem):
    """示例 is not put together as it must be."""

    code = "FY4021"
    name = "example-shape"
    zh = "示例写得不完整：{why}。"
    en = "The example is not complete: {why}."
    help_zh = "{hint}"
    help_en = "{hint}"
    why: Term
    hint: Term = Term(
        "写全这几行：示例 说明，下面写“评估日 2025年12月31日”“设 事实 值”“则 规则名 得 10万元”。",
        "Write all of it: 示例 and what it shows; below, 评估日 2025年12月31日, 设 a fact and its value, 则 a rule 得 10万元.",
    )


class DaysOverlap(Problem):
    """Two rows of a 参数 have a value for the same day."""

    code = "FY4022"
    name = "days-overlap"
    zh = "{day}这一天有两行都管到。"
    en = "Two rows have a value for {day}."
    help_zh = "改前一行的末日或者这一行的首日，使每一天只有一个值。"
    help_en = "Change the last day of the one or the first day of the other, so that each day has one value."
    day: str


class PeriodBackwards(Problem):
    code = "FY4023"
    name = "period-backwards"
    zh = "这一段从{start}到{end}，末日在首日以前。"
    en = "This stretch runs from {start} to {end}: its last day comes before its first."
    help_zh = "核对两个日期，把先后改过来。"
    help_en = "Check the two dates."
    start: str
    end: str


class OtherMeasure(Problem):
    """A rule of another measure, named as if it stood in this one or in a third."""

    code = "FY4024"
    name = "other-measure"
    about_zh = "就高、限额、扣减里点别的措施的规则，要连措施的号一起写，免得同名的弄错。"
    about_en = (
        "A rule of another measure is named with the number of the measure, lest one of the same name be taken for it."
    )
    zh = "“{word}”是措施 {number} 的规则。"
    en = "“{word}” is a rule of measure {number}."
    help_zh = "写成“措施 {number} {word}”。"
    help_en = "Write “措施 {number} {word}”."
    word: str
    number: int


class RepeatedMember(Problem):
    """A rule named twice in one 限额, 就高 or 扣减, or beside a stage of its own: its amounts would count twice."""

    code = "FY4025"
    name = "rule-counted-twice"
    zh = "“{word}”在{rule}里已经算过一次。"
    en = "“{word}” is counted in {rule} already."
    help_zh = "删去重复的一处；只管某个阶段的，只写阶段，不写整项规则。"
    help_en = "Delete the repetition; to name one stage only, leave out the rule as a whole."
    word: str
    rule: str


class EachMisfits(Problem):
    """逐年 of items without a year, 逐月 of items without a month."""

    code = "FY4027"
    name = "each-misfits"
    about_zh = "“逐年”按年度一项一项给，“逐月”按月，“逐次”按日期，清单里要有相应的一栏。"
    about_en = "逐年 goes by year, 逐月 by month, 逐次 by day; the list needs the field for it."
    zh = "写了“{each}”，“{word}”的各项却没有{what}。"
    en = "It says {each}, but the items of “{word}” have no {what}."
    help_zh = "写“{fitting}”，或者换成各项有{what}的清单。"
    help_en = "Write {fitting}, or name a list whose items have a {what}."
    each: str
    word: str
    what: Term
    fitting: str
