"""Small policies the tests of dsl share."""

from fayan_dsl import tree
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source

HEAD = """政策 某区扶持措施
    文号 某府办发〔2024〕1号
    成文日期 2024年12月12日

附 名词
事实 企业
    区内企业 是否 佐证 营业执照
    租金 元/平方米·月
    产值 金额 可无
    认定记录 清单
        级别 认定级别
        日期 日期
类型 认定级别 分 市级、国家级
定义 达标（某年：年度） 指 产值 超过 20万元

措施 5 给予认定奖励
｜对区内企业，给予10万元。
"""

RULE = (
    HEAD
    + """    奖励 首次认定
        逐次 认定记录
        须 区内企业
        金额 10万元
"""
)

CHINESE = """政策 某区扶持措施
    文号 某府办发〔2024〕1号
    成文日期 2024年12月12日
    废止 旧文

｜｜各部门：
章 一 奖励
措施 5 给予认定奖励
｜对区内企业，给予10万元、50万元。
    奖励 首次认定 「给予10万元」
        逐次 认定记录
        其中 非 级别 属于 市级、国家级
        仅首次 按 级别
        须 属区内：区内企业 且 （产值 不低于 20万元 或 未有 产值） 「区内企业」
        须 租金 在 20元/平方米·月 以上
        须 领域 都含 汽车、电子
        须 认定记录 中 没有 日期 早于 本 日期 的
        于 日期
        金额 按 级别
            市级 10万元
            其余 分情形
                当 认定记录 中 个数 超过 2 得出 50万元
                否则 认定记录 中 其 级别 为 国家级 的 最大 奖金 × 2 - 1元
        有效期 自 2022年1月1日 至 2024年11月
        由 区财政局
        裁量 从优
        性质 cash
        佐证 证书
        容许 检查名 因 原文如此
    见 首次认定
    数字 10 已用
    就高 首次认定 累计 当 R5.1 为 b
    扣减 首次认定 减去 甲、乙
责任单位 区财政局、区经济信息委
附 名词
口径 R5.1 怎么算 「给予10万元」
    a 分别
    b 累计
口径 G1 何时
    不计算 只列明
事实 企业
    区内企业 是否 可无 缺省 否 佐证 执照
    领域 若干 产业
    认定记录 清单
        级别 认定级别
    年度经营 系列
        年度 年度
定义 上限（某额：金额） 依 R5.1
    a 某额
    b 较小（某额，10万元）
限额 总限额 每户每年
    不超过 50万元
    及于 首次认定 当 R5.1 为 a
    分算 按 级别
    先后 按日期
    适用 当 区内企业
抵扣 已兑付
    其中 是
职责 配备专员
    核查 已有 服务专员
目标 总数 数量 达到 180家 截至 2025年
遴选 示范企业
    须 区内企业
    名额 每年 10家
    入选 宣传 为 无
示例 恰在边界
    评估日 2025年6月30日
    设 区内企业 是
    设 认定记录
        级别 日期
        市级 2024年1月1日
    则 R5.1 b 首次认定 得 10万元
    则 首次认定 应付 0元
    则 措施 5 不予 因 属区内 缺 营业执照
    则
        R5.1 首次认定
        a 10万元
"""

#: The same, word for word, with the English aliases and signs people type on an English keyboard.
ENGLISH = """policy 某区扶持措施
    number 某府办发〔2024〕1号
    dated 2024-12-12
    repeals 旧文

||各部门：
chapter 一 奖励
measure 5 给予认定奖励
|对区内企业，给予10万元、50万元。
    award 首次认定 「给予10万元」
        each_time 认定记录
        among not 级别 in 市级、国家级
        first_only by 级别
        must 属区内: 区内企业 and (产值 not_below 20万元 or absent 产值) 「区内企业」
        must 租金 at 20元/平方米·月 or_more
        must 领域 has_all 汽车、电子
        must 认定记录 where no 日期 before this 日期 get
        on 日期
        amount by 级别
            市级 10万元
            else cases
                when 认定记录 where count exceeds 2 yields 50万元
                otherwise 认定记录 where its 级别 is 国家级 get largest 奖金 * 2 - 1元
        period from 2022-01-01 to 2024年11月
        payer 区财政局
        discretion 从优
        nature cash
        evidence 证书
        waive 检查名 because 原文如此
    see 首次认定
    figure 10 已用
    highest 首次认定 cumulative when R5.1 is b
    deduct 首次认定 less 甲、乙
responsible 区财政局、区经济信息委
appendix 名词
reading R5.1 怎么算 「给予10万元」
    a 分别
    b 累计
reading G1 何时
    not_computed 只列明
facts 企业
    区内企业 是否 optional default no_ evidence 执照
    领域 set_of 产业
    认定记录 list
        级别 认定级别
    年度经营 series
        年度 年度
define 上限(某额:金额) per R5.1
    a 某额
    b 较小(某额, 10万元)
ceiling 总限额 per_enterprise_year
    at_most 50万元
    covers 首次认定 when R5.1 is a
    split by 级别
    order by_date
    applies when 区内企业
set_off 已兑付
    among yes
duty 配备专员
    check present 服务专员
target 总数 数量 reaches 180家 until 2025年
selection 示范企业
    must 区内企业
    quota every_year 10家
    chosen 宣传 is none
example 恰在边界
    assessed_on 2025-06-30
    given 区内企业 yes
    given 认定记录
        级别 日期
        市级 2024-01-01
    expect R5.1 b 首次认定 gets 10万元
    expect 首次认定 payable 0元
    expect measure 5 denied because 属区内 lacks 营业执照
    expect
        R5.1 首次认定
        a 10万元
"""


def read(text: str) -> tuple[tree.Policy, list[Problem]]:
    policy, problems = parse(Source("试.pol", text))
    assert policy is not None
    return policy, problems


def sound(text: str) -> tree.Policy:
    """The tree of a text without a fault."""
    policy, problems = read(text)
    assert [problem.title() for problem in problems] == []
    return policy


def marked(text: str) -> list[tuple[str, str]]:
    """The problems of a text: code and the words under the finger."""
    _, problems = parse(Source("试.pol", text))
    return [(problem.code, text[problem.span.start : problem.span.end]) for problem in problems]


def expression(text: str) -> tree.Expr:
    """An expression, read as the value of a definition."""
    annotation = sound(HEAD + f"定义 甲 指 {text}\n").measures[0].passages[-1].annotations[-1]
    assert isinstance(annotation, tree.Define)
    return annotation.value.expr
