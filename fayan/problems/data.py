"""What can be wrong with facts: FY70xx the file, FY71xx keys and shapes, FY72xx values. Each class is one cause."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term

# ---------------------------------------------------------------- the file


class FactsTooLarge(Problem):
    code = "FY7001"
    name = "facts-too-large"
    zh = "事实文件超过 {limit} MiB，不像是一户企业的事实。"
    en = "The facts file is larger than {limit} MiB, which the facts of one enterprise are not."
    help_zh = "请核对路径；一批企业要放在表里，用 fayan run 判定。"
    help_en = "Check the path; many enterprises go into a table, decided with fayan run."
    limit: int


class UnseenCharacter(Problem):
    code = "FY7002"
    name = "unseen-character"
    zh = "这里有看不见的字符（{character}）。"
    en = "Here is a character that cannot be seen ({character})."
    help_zh = "删去它，把这一处重新打一遍；从网页或表格粘贴时常会带进来。"
    help_en = "Delete it and type this place again; pasting from web pages and tables often brings it in."
    character: str


class Empty(Problem):
    code = "FY7003"
    name = "empty-facts"
    zh = "文件是空的，没有写任何事实。"
    en = "The file is empty; it states no facts."
    help_zh = "先写“企业:”，下面每行一个事实，行首空两格，如“  区内企业: 是”。"
    help_en = "Write “企业:”, and below it one fact a line, indented by two spaces, such as “  区内企业: 是”."


class TooDeepData(Problem):
    code = "FY7004"
    name = "facts-too-deep"
    zh = "括号或缩进套了 {limit} 层以上。"
    en = "Brackets or indentation are nested deeper than {limit}."
    help_zh = "事实最多四层：企业、清单、清单里的一项、一项里的值。"
    help_en = "Facts have four levels at most: 企业, a list, an item, a value of the item."
    limit: int


class TooManyValues(Problem):
    code = "FY7005"
    name = "too-many-values"
    zh = "文件里的值超过 {limit} 个，不像是一户企业的事实。"
    en = "The file holds more than {limit} values, which the facts of one enterprise do not."
    help_zh = "请核对文件；一批企业要放在表里，用 fayan run 判定。"
    help_en = "Check the file; many enterprises go into a table, decided with fayan run."
    limit: int


class BadYaml(Problem):
    code = "FY7006"
    name = "bad-yaml"
    zh = "这里读不下去：{reason}。"
    en = "The file cannot be read from here on: {reason}."
    help_zh = "每行写“键: 值”，冒号用半角、后面空一格；下一层比上一层多空两格，不用制表符；清单的每一项以“- ”开头。"
    help_en = "Write “key: value” on each line; indent what belongs below by two more spaces, without tabs; begin list items with “- ”."
    reason: Term


class NumberBrackets(Problem):
    code = "FY7014"
    name = "number-brackets"
    zh = "花括号里的“{given}”是清单的括号，文号不能这样写。"
    en = "Inside braces “{given}” is a list; a document number is not written so."
    help_zh = "文号写作 {right}，或者给整个文号加引号。"
    help_en = "Write {right} in the number, or put the number in quotes."
    given: str
    right: str


class Colon(Problem):
    code = "FY7007"
    name = "colon"
    zh = "“{key}”后面要写半角冒号和一个空格。"
    en = "After “{key}” a plain colon and a space are needed."
    help_zh = "写作“{key}: ”，再写值。"
    help_en = "Write “{key}: ” and then the value."
    key: str


class SeveralLines(Problem):
    code = "FY7008"
    name = "several-lines"
    zh = "这个值写了不止一行，分不清下一行是不是另一个事实。"
    en = "This value goes on over several lines; the next line may have been meant as another fact."
    help_zh = "把值写在一行里；若下一行是另一个事实，写成“键: 值”并与上一行的键对齐。"
    help_en = "Write the value on one line; if the next line is another fact, write “key: value” and align it with the key above."


class Anchor(Problem):
    code = "FY7009"
    name = "yaml-anchor"
    zh = "事实文件不用 YAML 的锚点和引用（& 和 *）。"
    en = "Facts files do not use YAML anchors and aliases (& and *)."
    help_zh = "把引用的内容原样写出来；以 & 或 * 开头的文本要加引号。"
    help_en = "Write out what is referred to; put text that begins with & or * in quotes."


class Tag(Problem):
    code = "FY7010"
    name = "yaml-tag"
    zh = "事实文件不用 YAML 的类型标记（{tag}）。"
    en = "Facts files do not use YAML tags ({tag})."
    help_zh = "删去以 ! 开头的标记；值的类型由政策规定。"
    help_en = "Remove the tag that begins with !; the policy says what type a value has."
    tag: str


class MergeKey(Problem):
    code = "FY7011"
    name = "yaml-merge-key"
    zh = "事实文件不用 YAML 的合并键（<<）。"
    en = "Facts files do not use YAML merge keys (<<)."
    help_zh = "把要合并的内容原样写出来。"
    help_en = "Write out what is to be merged."


class SeveralDocuments(Problem):
    code = "FY7012"
    name = "several-documents"
    zh = "一个文件只写一户企业，这里又起了一份（---）。"
    en = "A file is about one enterprise; here another document begins (---)."
    help_zh = "每户企业写一个文件，分别判定。"
    help_en = "Write one file for each enterprise and decide them one by one."


class BadJson(Problem):
    code = "FY7013"
    name = "bad-json"
    zh = "这里不是合法的 JSON：{reason}。"
    en = "This is not JSON: {reason}."
    help_zh = "键和文本用半角双引号，项与项之间用半角逗号，最后一项后面不写逗号，括号成对。"
    help_en = (
        "Put keys and text in double quotes, commas between items but not after the last, and close every bracket."
    )
    reason: Term


#: What the parsers say, in Chinese; the first that occurs in their words.
YAML_REASONS = {
    "mapping values are not allowed": "这里不该有冒号，可能是上一行缩进不齐，或者值里的冒号没有加引号",
    "cannot start any token": "值不能以这个字符开头，缩进也不能用制表符",
    "found a tab character": "缩进不能用制表符",
    "found unexpected end of stream": "引号没有闭合",
    "expected ',' or": "括号没有闭合，或者少了逗号",
    "could not find expected ':'": "键的后面少了冒号",
    "did not find expected key": "这一行的缩进与上面的键没有对齐",
    "expected '-' indicator": "清单的每一项要以“- ”开头并且对齐",
    "unknown escape": "双引号里的反斜杠写法不对",
    "expected node content": "这里少了一个值",
}
JSON_REASONS = {
    "Expecting property name": "这里要写带双引号的键",
    "Expecting ':'": "键的后面少了冒号",
    "Expecting ','": "两项之间少了逗号，或者括号没有闭合",
    "Expecting value": "这里少了一个值，或者文本没有加双引号",
    "Unterminated string": "双引号没有闭合",
    "Extra data": "括号闭合以后还有多余的内容",
    "control character": "双引号里的文本不能换行",
    "escape": "双引号里的反斜杠写法不对",
    "trailing comma": "最后一项后面多了逗号",
}

# ---------------------------------------------------------------- keys and shapes


NOTHING = Term("", "")
TOP = Term("最外层", "the top level")


class DataProblem(Problem):
    """``where`` is the path of the fact, ``given`` the value as it was given, ``expected`` and ``example`` what is declared."""

    where: Term = TOP
    given: str = ""
    expected: Term = NOTHING
    example: str = ""
    #: What is possible here, or what a check worked out; see each class.
    first: str | Term = ""
    second: str = ""
    listed: Term = NOTHING


class UnknownKey(DataProblem):
    code = "FY7101"
    name = "unknown-key"
    about_zh = "事实文件里的键要和政策“附 事实”里声明的名字一样，写错的不会悄悄略过。"
    about_en = "The keys of a facts file are the names the policy declares; one that is none of them is not passed over in silence."
    zh = "{where}里没有“{given}”这一项，政策没有声明它。"
    en = "{where} has no “{given}”; the policy does not declare it."
    help_zh = "改成政策声明的名称，或者删去这一行；这里可以写：{listed}。"
    help_en = "Use a name that the policy declares or remove the line; possible here: {listed}."


class DuplicateKey(DataProblem):
    code = "FY7102"
    name = "duplicate-key"
    zh = "{where}里“{given}”写了两次，不知道以哪个为准。"
    en = "“{given}” stands twice in {where}; it is not clear which one counts."
    help_zh = "只留一个。"
    help_en = "Keep only one of the two."


class BadKey(DataProblem):
    code = "FY7103"
    name = "bad-key"
    zh = "{where}里的键要是一个名称。"
    en = "A key in {where} must be a name."
    help_zh = "键写政策声明的名称，如“区内企业: 是”。"
    help_en = "Write a name that the policy declares, as in “区内企业: 是”."


class NoEnterprise(DataProblem):
    code = "FY7104"
    name = "no-enterprise"
    zh = "最外层没有“企业”这一项。"
    en = "“企业” (the enterprise) is missing at the top level."
    help_zh = "最外层写“企业:”，企业的事实写在它下面。"
    help_en = "Write “企业:” at the top level and the enterprise's facts below it."


class WrongShape(DataProblem):
    code = "FY7105"
    name = "wrong-shape"
    about_zh = "事实要么是一个值，要么是一个清单，要么是一组“键: 值”，这里写成了另一种。"
    about_en = "A fact is a single value, a list, or pairs of keys and values; another of these stands here."
    zh = "{where}要写{wanted}，这里是{found}。"
    en = "{where} must be {wanted}; here is {found}."
    help_zh = "{way}。"
    help_en = "{way}."
    wanted: Term
    found: Term
    way: Term


class Null(DataProblem):
    code = "FY7106"
    name = "null"
    zh = "{where}不能是空值，要写{expected}。"
    en = "{where} cannot be null; it is {expected}."
    help_zh = "写上值，如 {example}；不知道的事实不写。"
    help_en = "Give the value, such as {example}; leave out a fact that is not known."


class NoYear(DataProblem):
    code = "FY7107"
    name = "no-year"
    zh = "{where}没有写年度，不知道是哪一年的。"
    en = "{where} lacks 年度, so it is not known which year it is about."
    help_zh = "加一行“年度: 2024年”。"
    help_en = "Add a line “年度: 2024年”."


class DuplicateYear(DataProblem):
    code = "FY7108"
    name = "duplicate-year"
    zh = "{where}：{first}前面已经写过。"
    en = "{where}: {first} has been given before."
    help_zh = "每年只写一项，把两项合成一项。"
    help_en = "Give one item a year; make one of the two."


class ThousandsComma(DataProblem):
    code = "FY7110"
    name = "thousands-comma"
    zh = "花括号里，逗号把“{given}”断开了。"
    en = "Within braces, a comma cuts “{given}” apart."
    help_zh = "去掉千位的逗号，或者给这个数加上引号。"
    help_en = "Leave out the comma of the thousands, or put the number in quotes."


class TooMany(DataProblem):
    code = "FY7109"
    name = "too-many"
    zh = "错处太多，后面的不再列出。"
    en = "There are too many faults; the rest are not listed."
    help_zh = "先改好前面列出的，再读一次。"
    help_en = "Correct those listed first and read the file again."


# ---------------------------------------------------------------- values


class WrongType(DataProblem):
    code = "FY7201"
    name = "wrong-type"
    zh = "{where}要写{expected}，“{given}”不是。"
    en = "{where} must be {expected}; “{given}” is not."
    help_zh = "写成 {example} 这样；JSON 里的文本、日期和带单位的数要加双引号。"
    help_en = "Write it like {example}; in JSON, text, dates and numbers with units stand in double quotes."


class NotANumber(DataProblem):
    code = "FY7202"
    name = "not-a-number"
    about_zh = "金额、面积、家数等要写一个数和它的单位，多写了“约”“左右”或者别的字就读不出来。"
    about_en = "Amounts, areas and counts are one number and its unit; words such as 约 cannot be read."
    zh = "{where}要写{expected}，“{given}”读不出数来。"
    en = "{where} must be {expected}; “{given}” cannot be read as a number."
    help_zh = "写成 {example} 这样，只写一个数和它的单位。"
    help_en = "Write one number and its unit, like {example}."


class WrongUnit(DataProblem):
    code = "FY7203"
    name = "wrong-unit"
    about_zh = "给的单位和政策声明的不是一类量，不能换算。"
    about_en = "The unit given is of another kind of quantity than the policy declares, and cannot be converted."
    zh = "{where}要写{expected}，“{given}”用的是别的单位。"
    en = "{where} must be {expected}; “{given}” has another unit."
    help_zh = "换算成所要的单位，写成 {example} 这样。"
    help_en = "Convert it to the unit wanted and write it like {example}."


class UnknownUnit(DataProblem):
    code = "FY7204"
    name = "unknown-unit"
    about_zh = "数后面的字不是认得的单位，常见的是把“万元”写成“万”。"
    about_en = "What stands after the number is no known unit; often 万元 is shortened to 万."
    zh = "{where}要写{expected}，“{given}”里的“{first}”不是认识的单位。"
    en = "{where} must be {expected}; “{first}” in “{given}” is not a known unit."
    help_zh = "写成 {example} 这样。"
    help_en = "Write it like {example}."


class Negative(DataProblem):
    code = "FY7205"
    name = "negative"
    zh = "{where}不能是负数，这里是“{given}”。"
    en = "{where} cannot be negative; here is “{given}”."
    help_zh = "写零或者正数，如 {example}。"
    help_en = "Give zero or more, such as {example}."


class RatioOutOfRange(DataProblem):
    code = "FY7206"
    name = "ratio-out-of-range"
    zh = "{where}要在 0 到 100% 之间，这里是“{given}”。"
    en = "{where} must be from 0 to 100%; here is “{given}”."
    help_zh = "百分之十二写作 12% 或 0.12；不带 % 的 12 是百分之一千二百。"
    help_en = "Write twelve percent as 12% or 0.12; 12 without % is 1200%."


class NotWhole(DataProblem):
    code = "FY7207"
    name = "not-whole"
    zh = "{where}要写{expected}，这里是“{given}”。"
    en = "{where} must be {expected}; here is “{given}”."
    help_zh = "写成 {example} 这样。"
    help_en = "Write it like {example}."


class NumberTooLong(DataProblem):
    code = "FY7208"
    name = "number-too-long"
    zh = "{where}的数超过 40 位，不会是真的。"
    en = "The number of {where} has more than 40 digits, which no real one has."
    help_zh = "核对数字，写成 {example} 这样。"
    help_en = "Check the number and write it like {example}."


class NotFinite(DataProblem):
    code = "FY7209"
    name = "not-finite"
    zh = "“{given}”不是一个确定的数。"
    en = "“{given}” is not a definite number."
    help_zh = "写上确定的数；不知道的事实不写。"
    help_en = "Give a definite number; leave out a fact that is not known."


class NotADate(DataProblem):
    code = "FY7210"
    name = "not-a-date"
    zh = "{where}要写年月日，“{given}”读不出来。"
    en = "{where} must be a day of a year; “{given}” cannot be read as one."
    help_zh = "写作 2024年12月12日 或 2024-12-12。"
    help_en = "Write it like 2024年12月12日 or 2024-12-12."


class NoSuchDay(DataProblem):
    code = "FY7211"
    name = "no-such-day"
    zh = "{where}：日历上没有“{given}”，{first}只有 {second} 天。"
    en = "{where}: the calendar has no “{given}”; {first} has {second} days."
    help_zh = "核对原件，写上实有的日期。"
    help_en = "Check the original document and give a day that exists."


class NoSuchMonth(DataProblem):
    code = "FY7212"
    name = "no-such-month"
    zh = "{where}：“{given}”里的月份不在 1 到 12 之间。"
    en = "{where}: the month in “{given}” is not from 1 to 12."
    help_zh = "按年、月、日的顺序写，如 {example}。"
    help_en = "Write year, month and day in this order, like {example}."


class NotAMonth(DataProblem):
    code = "FY7213"
    name = "not-a-month"
    zh = "{where}要写年月，“{given}”读不出来。"
    en = "{where} must be a month of a year; “{given}” cannot be read as one."
    help_zh = "写作 2024年11月 或 2024-11。"
    help_en = "Write it like 2024年11月 or 2024-11."


class NotAYear(DataProblem):
    code = "FY7214"
    name = "not-a-year"
    zh = "{where}要写年度，“{given}”读不出来。"
    en = "{where} must be a year; “{given}” cannot be read as one."
    help_zh = "写作 2024年 或 2024。"
    help_en = "Write it like 2024年 or 2024."


class YearOutOfRange(DataProblem):
    code = "FY7215"
    name = "year-out-of-range"
    zh = "{where}：“{given}”不在 1900 年到 2200 年之间。"
    en = "{where}: “{given}” is not from 1900 to 2200."
    help_zh = "核对年份，用公历四位数写，如 {example}。"
    help_en = "Check the year and write it with four digits, like {example}."


class NotYesNo(DataProblem):
    code = "FY7216"
    name = "not-yes-no"
    zh = "{where}要写 是 或 否，这里是“{given}”。"
    en = "{where} must be 是 (yes) or 否 (no); here is “{given}”."
    help_zh = "写 是、否、true 或 false；不知道的不写。"
    help_en = "Write 是, 否, true or false; leave it out if it is not known."


class NotAMember(DataProblem):
    code = "FY7217"
    name = "not-a-member"
    zh = "{where}没有“{given}”这一种。"
    en = "“{given}” is not one of the kinds of {where}."
    help_zh = "可以写：{listed}。"
    help_en = "Possible are: {listed}."


class RepeatedMember(DataProblem):
    code = "FY7218"
    name = "repeated-member"
    zh = "{where}里“{given}”写了两次。"
    en = "“{given}” stands twice in {where}."
    help_zh = "删去一个；若要写的是另一种，改成那一种。"
    help_en = "Remove one of the two, or write the kind that was meant."


class CreditCodeForm(DataProblem):
    code = "FY7219"
    name = "credit-code-form"
    zh = "{where}要有 18 位数字和大写字母（不用 I、O、S、V、Z），这里的 {first} 位不是这样。"
    en = "{where} has 18 digits and capital letters (without I, O, S, V, Z); the {first} characters here are not so."
    help_zh = "照营业执照核对，如 {example}；注意 0 与 O、1 与 I、2 与 Z。"
    help_en = "Compare it with the business licence; it looks like {example}. Mind 0 and O, 1 and I, 2 and Z."


class CreditCodeCheck(DataProblem):
    code = "FY7220"
    name = "credit-code-check"
    zh = "{where}的校验码不对：按前 17 位，末位应为“{second}”，这里是“{first}”。"
    en = "The check character of {where} is wrong: from the first 17 it should be “{second}”, here it is “{first}”."
    help_zh = "照营业执照逐位核对，多半是前面抄错了一位（GB 32100-2015）。"
    help_en = "Compare it with the business licence character by character; most likely one before it was miscopied (GB 32100-2015)."


class DocumentNumberForm(DataProblem):
    code = "FY7223"
    name = "document-number-form"
    zh = "{where}要写完整的文号，“{given}”不是。"
    en = "{where} must be the whole number of a document; “{given}” is not."
    help_zh = "照文件抄全发文机关代字、年份、序号，如 {example}；括号和数字全角半角都可以。"
    help_en = "Copy it whole from the document: issuer, year, number, like {example}; brackets and digits may be of any width."


class EndsBefore(DataProblem):
    code = "FY7224"
    name = "ends-before"
    zh = "{where}“{given}”早于这一项的{first}（{second}）。"
    en = "{where}, “{given}”, is before the day of the item itself ({first}: {second})."
    help_zh = "照文件核对这两个日期；没有写有效期的，写“无”。"
    help_en = "Compare both days with the document; write “无” where it states no end."


class EmptyText(DataProblem):
    code = "FY7221"
    name = "empty-text"
    zh = "{where}写了空的文本。"
    en = "{where} is an empty text."
    help_zh = "写上内容；不知道的不写。"
    help_en = "Give the text; leave it out if it is not known."


class UnseenInText(DataProblem):
    code = "FY7226"
    name = "unseen-in-text"
    zh = "{where}里有看不见的字符（{first}）。"
    en = "{where} holds a character that cannot be seen ({first})."
    help_zh = "删去它；从网页或表格粘贴时常会带进来。"
    help_en = "Remove it; pasting from web pages and tables often brings it in."


class LongText(DataProblem):
    code = "FY7222"
    name = "long-text"
    zh = "{where}要写在一行里，不超过 {first} 个字。"
    en = "{where} must be on one line, of at most {first} characters."
    help_zh = "只留要紧的内容。"
    help_en = "Keep only what matters."
