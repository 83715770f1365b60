"""Generated policies of any length, and how long it takes to check them."""

from __future__ import annotations

from time import perf_counter

from fayan.checking import check
from fayan_dsl.source import Source

HEAD = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

"""
MEASURE = """措施 {n} 给予第{n}种奖励
｜对收入超过{n}万元、获得市级认定的区内企业给予{m}万元奖励，同一企业累计不超过50万元。
    奖励 奖励{n}
        逐次 认定记录
        其中 级别 为 市级
        须 属区内（日期） 「区内企业」
        须 收入过线{n}：收入线{n}
        金额 {m}万元
        由 区财政局
    定义 收入线{n} 指 收入 超过 {n}万元
    限额 限额{n} 每户
        不超过 50万元
        及于 奖励{n}
责任单位 区财政局

"""
TAIL = """附 声明

类型 认定级别 分 市级、国家级
定义 属区内（某日） 指 区内企业 且 某日 不晚于 评估日
事实 企业
    区内企业 是否
    收入 金额
    认定记录 清单
        级别 认定级别
        日期 日期
"""


def policy(lines: int) -> str:
    """A policy of about so many lines."""
    count = lines // (MEASURE.count("\n"))
    return HEAD + "".join(MEASURE.format(n=n, m=n % 40 + 1) for n in range(1, count + 1)) + TAIL


def seconds(text: str) -> float:
    """How long a check of a text takes."""
    start = perf_counter()
    check(Source("长.pol", text))
    return perf_counter() - start
