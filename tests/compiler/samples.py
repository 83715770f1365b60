"""A small policy that declares something of every kind, for the tests beside it to add to."""

from __future__ import annotations

from fayan_compiler.examples import compile_examples
from fayan_compiler.pipeline import compile_policy
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase

HEAD = """政策 测试政策
    文号 测试〔2024〕1号
    发文机关 某局
    成文日期 2024年12月12日

措施 1 奖
｜对企业给予10万元奖励，每年不超过50万元。
｜订单另给2万元。
"""
FACTS = """
类型 级别 分 甲级、乙级、丙级
类型 颜色 分 红色、绿色、甲级
事实 企业
    规上 是否
    收入 金额
    上年收入 金额
    厂房 面积
    占比 比例
    员工 人
    等级 级别
    年限 年
    迁入日期 日期 可无
    成立日期 日期
    领域 若干 颜色
    标杆年度 若干 年度
    备注 文本
    订单 清单
        日期 日期
        等次 级别
        数额 金额
        截止 日期 可无
    合同 清单
        年度 年度
        数额 金额
        面积 面积
        租金 元/平方米·月
        租期 月
    税费 清单
        所属期 年月
        税额 金额
    经营 系列
        年度 年度
        产值 金额
    已付 清单
        措施 整数
        事项 文本
        日期 日期
        金额 金额
事实 全区
    企业数 家
口径 R1 怎样算
    a 一
    b 二
    c 三
口径 R2 另一问
    a 一
    b 二
    不计算 不涉及金额
定义 用到口径 指 R1 为 a
"""


def policy(rules: str = "", more: str = "") -> Source:
    """The sample policy with rules under its sentence and declarations in its appendix."""
    indented = "".join(f"    {line}\n" for line in rules.splitlines())
    return Source("sample.pol", f"{HEAD}{indented}\n附 声明\n{more}\n{FACTS}")


def compiled(rules: str = "", more: str = "") -> ir.Program:
    """The program of a policy that has no fault."""
    parsed, problems = parse(policy(rules, more))
    assert parsed is not None and not problems
    program, problems = compile_policy(parsed)
    assert [problem.title() for problem in problems] == []
    assert program is not None
    return program


def faults(rules: str = "", more: str = "") -> list[Problem]:
    """What is wrong with a policy that can be parsed; there is no program then."""
    parsed, problems = parse(policy(rules, more))
    assert parsed is not None and not problems, [problem.title() for problem in problems]
    program, problems = compile_policy(parsed)
    assert (program is None) == bool(problems)
    return problems


def fault(rules: str = "", more: str = "") -> tuple[str, str, str]:
    """Code, underlined text and Chinese sentence of the one thing that is wrong."""
    problems = faults(rules, more)
    assert len(problems) == 1, [problem.title() for problem in problems]
    return problems[0].code, underlined(problems[0]), problems[0].title()


def underlined(problem: Problem) -> str:
    return problem.source.text[problem.span.start : problem.span.end]


def body(expression: str) -> ir.Expr:
    """The core form of an expression that stands in a definition."""
    return compiled(more=f"定义 测试式 指 {expression}").functions[0].body


def cases(example: str, rules: str = "", more: str = "") -> tuple[tuple[ExampleCase, ...], list[Problem]]:
    parsed, problems = parse(policy(rules, f"{more}\n{example}"))
    assert parsed is not None and not problems, [problem.title() for problem in problems]
    program, problems = compile_policy(parsed)
    assert program is not None, [problem.title() for problem in problems]
    return compile_examples(parsed, program)
