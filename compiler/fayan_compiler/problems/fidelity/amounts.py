"""FY64xx: what rules and readings amount to, and what a policy lets stand."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Problem, Severity, Term


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
