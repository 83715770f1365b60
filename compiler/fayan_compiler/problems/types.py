"""FY30xx: types and values that may not exist; FY31xx: units."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term

NO_HINT = Term("", "")
SAME_UNIT = Term("改成同一种单位的量。", "Make both the same kind of quantity.")
ADD_UNIT = Term("给没有单位的数补上单位。", "Give the number without unit its unit.")

MAKE_MONEY = Term(
    "让单位相乘相除以后只剩下元，如 5元/平方米·月 × 面积 × 租用月数。",
    "Make the units come out as 元, as in 5元/平方米·月 × 面积 × 租用月数.",
)


class TypeMismatch(Problem):
    code = "FY3001"
    name = "type-mismatch"
    about_zh = "这个位置要一种值（比如条件、日期、类型里的一种），写的是另一种，代进去没有意义。"
    about_en = "A value of one type is asked for here, such as a condition, a date or a member of a type, and another stands there: it would mean nothing."
    zh = "这里要的是{expected}，写的却是{found}。"
    en = "Expected {expected}, found {found}."
    help_zh = "{hint}"
    help_en = "{hint}"
    expected: Term
    found: Term
    hint: Term


class WrongArgumentCount(Problem):
    code = "FY3003"
    name = "wrong-argument-count"
    about_zh = "定义或者函数声明了几个参数，用的时候就要给几个值。"
    about_en = "A definition takes as many values as it declares parameters."
    zh = "“{word}”要 {expected} 个值，这里给了 {found} 个。"
    en = "The number of values “{word}” takes is {expected}; {found} given."
    help_zh = "照定义写：{form}。"
    help_en = "Write it as declared: {form}."
    word: str
    expected: str
    found: int
    form: str


class UnguardedOptional(Problem):
    code = "FY3004"
    name = "unguarded-optional"
    zh = "“{word}”可能没有，不能直接使用。"
    en = "“{word}” may not exist and cannot be used just so."
    help_zh = "先说明有没有，如“已有 {word} 且 ……”或“未有 {word} 或 ……”。"
    help_en = "Say first whether it exists, as in “已有 {word} 且 …” or “未有 {word} 或 …”."
    word: str


class NeverAbsent(Problem):
    code = "FY3005"
    name = "never-absent"
    zh = "“{word}”没有标“可无”，是总有的，规则却问它有没有。"
    en = "“{word}” is not marked 可无 and always exists, and a rule asks whether it does."
    help_zh = "它可能没有的，在声明里加“可无”；总是有的，删去问有没有的条件。"
    help_en = (
        "If it may be missing, mark it 可无 where it is declared; if it always exists, delete the condition that asks."
    )
    word: str


class AmountNotMoney(Problem):
    code = "FY3006"
    name = "amount-not-money"
    zh = "金额要以元计，这里得出的是{found}。"
    en = "An amount is in 元; this gives {found}."
    help_zh = "{hint}"
    help_en = "{hint}"
    found: Term
    hint: Term = MAKE_MONEY


class NotADate(Problem):
    code = "FY3007"
    name = "date-expected"
    about_zh = "期限、阶段的日子和“于”后面要一个日期。"
    about_en = "A period, the day of a stage and 于 take a date."
    zh = "{place}要写日期，写的却是{found}。"
    en = "{place} takes a date, found {found}."
    help_zh = "写成某年某月某日，或写一个日期的名字。"
    help_en = "Write a full date, or the name of a date."
    place: Term
    found: Term


class WrongComparison(Problem):
    code = "FY3008"
    name = "wrong-comparison"
    about_zh = "数用“超过、不低于、不满、不超过”比，日期用“早于、不早于、晚于、不晚于”比，类型和是否用“为、属于”比。"
    about_en = "Numbers are compared by 超过, 不低于, 不满 and 不超过, dates by 早于, 不早于, 晚于 and 不晚于, members and yes or no by 为 and 属于."
    zh = "“{word}”不能用来比较{found}。"
    en = "“{word}” does not compare {found}."
    help_zh = "改用“{instead}”。"
    help_en = "Use “{instead}”."
    word: str
    found: Term
    instead: str


class DayAgainstTime(Problem):
    """A day compared with a length of time."""

    code = "FY3013"
    name = "day-against-time"
    about_zh = "日期是某一天，3个月、2年是一段时间。一天不能比一段时间早或者晚，要先说从哪一天算起。"
    about_en = "A date is a day, three months are a length of time; the one is neither before nor after the other until it is said from which day the time is counted."
    zh = "{day}是一天，{time}是一段时间，两者不能比先后。"
    en = "{day} is a day and {time} a length of time: neither comes before the other."
    help_zh = "从一个日期算起，写成两个日期相比，如“{day} {instead} 评估日 - {time}”。"
    help_en = "Count from a date and compare two dates, as in “{day} {instead} 评估日 - {time}”."
    day: str
    time: str
    instead: str


class NotConstant(Problem):
    code = "FY3009"
    name = "not-constant"
    about_zh = "这里要一个写死的值，不能用要算出来的式子。"
    about_en = "A fixed value stands here, not one to be computed."
    zh = "{place}要写定数。"
    en = "{place} takes a fixed value."
    help_zh = "{hint}"
    help_en = "{hint}"
    place: Term
    hint: Term


class ParameterWithoutDay(Problem):
    code = "FY3011"
    name = "parameter-without-day"
    zh = "“{word}”逐日不同，这里没有事项日，看不出要哪一天的。"
    en = "“{word}” differs from day to day, and there is no event day here to take it for."
    help_zh = "写明是哪一天的，如“{word}（评估日）”。"
    help_en = "Say for which day, as in “{word}（评估日）”."
    word: str


class ListAsValue(Problem):
    code = "FY3010"
    name = "list-as-value"
    zh = "“{word}”是清单，不是一个值。"
    en = "“{word}” is a list, not a value."
    help_zh = "写明要其中的什么，如“{word} 中 有 …… 的”或“{word} 中 个数”。"
    help_en = "Say what of it is meant, as in “{word} 中 有 … 的” or “{word} 中 个数”."
    word: str


class WrongArgumentOrder(Problem):
    """The values of a call are those it takes, in another order."""

    code = "FY3012"
    name = "wrong-argument-order"
    about_zh = "给定义的几个值都有，只是次序和它声明的参数不一样。"
    about_en = "All values that a definition takes are given, in another order than its parameters."
    zh = "“{word}”的几个值次序不对。"
    en = "The values given to “{word}” are in the wrong order."
    help_zh = "照定义的次序写：{form}。"
    help_en = "Write them in the order declared: {form}."
    word: str
    form: str


class UnitMismatch(Problem):
    """Two numbers of unlike units added, compared or standing for one another."""

    code = "FY3101"
    name = "unit-mismatch"
    about_zh = "单位不同的两个量相加减、比大小，或者作同一个值的几种情形，得不出有意义的数：人数和家数、元和平方米、一段时间和一笔钱。单位在检查时就核对，不等到算错了才发现。"
    about_en = "Quantities of unlike units are added, compared or given as cases of one value, which makes no sense: people and enterprises, money and floor area, a length of time and an amount. Units are checked before anything is computed."
    zh = "{left}和{right}不能{action}。"
    en = "{left} and {right} cannot be {action}."
    help_zh = "{hint}"
    help_en = "{hint}"
    left: Term
    right: Term
    action: Term
    hint: Term = SAME_UNIT
